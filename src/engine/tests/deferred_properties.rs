//! Properties whose values are made when somebody wants them.

use axil_engine::heap::{Gc, Settings};
use axil_engine::object::{Accessor, Attributes, PropertyDescriptor};
use axil_engine::operators::as_object;
use axil_engine::value::Value;
use axil_engine::vm::Vm;

/// What a program gives, with a global `late` that becomes 7.
fn check(program: &str, expected: &str) {
    let mut vm = Vm::new(Settings::default());
    vm.enter(|vm| {
        let get = vm.new_native_function("late", 0, |vm, arguments| {
            let global = as_object(arguments.this()).unwrap_or(vm.realm().global);
            let key = vm.memory.key("late");
            let made = PropertyDescriptor::data(Value::number(7.0), Attributes::METHOD);
            vm.define_own_property(global, key, &made)?;
            Ok(Value::number(7.0))
        });
        let accessor = Gc::<Accessor>::deferred(&vm.memory, Value::cell(get), Value::UNDEFINED);
        let attributes = Attributes::CONFIGURABLE | Attributes::ACCESSOR;
        let (global, key) = (vm.realm().global, vm.memory.key("late"));
        global.add_property(&vm.memory, key, Value::cell(accessor), attributes);
        let result = vm.evaluate("program", program);
        let shown = match result {
            Ok(value) => vm.display(value),
            Err(_) => {
                let exception = vm.take_exception();
                vm.display(exception)
            }
        };
        assert_eq!(shown, expected, "{program}");
    });
}

#[test]
fn it_is_data_as_far_as_programs_can_tell() {
    check("late + late", "14");
    check(
        "JSON.stringify(Object.getOwnPropertyDescriptor(globalThis, 'late'))",
        r#"{"value":7,"writable":true,"enumerable":false,"configurable":true}"#,
    );
    check("Reflect.getOwnPropertyDescriptor(globalThis, 'late').value", "7");
    check("Object.getOwnPropertyDescriptors(globalThis).late.value", "7");
}

#[test]
fn what_is_not_said_of_it_stays() {
    check(
        "Object.defineProperty(globalThis, 'late', { value: 1 });
        late = 2;
        late",
        "2",
    );
    check("Object.defineProperty(globalThis, 'late', { get: () => 3 }); late", "3");
}
