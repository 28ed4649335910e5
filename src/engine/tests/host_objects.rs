//! Objects with a state of the embedder's.

use std::rc::Rc;

use axil_engine::heap::Settings;
use axil_engine::object::HostObject;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};

/// A state that says how many of it there are.
struct Token(#[allow(dead_code, reason = "it is counted")] Rc<()>);

thread_local!(static ALIVE: Rc<()> = Rc::default());

fn alive() -> usize {
    ALIVE.with(Rc::strong_count) - 1
}

fn with_class<R>(settings: Settings, run: impl FnOnce(&mut Vm) -> R) -> R {
    let mut vm = Vm::new(settings);
    vm.enter(|vm| {
        let class = vm.new_native_class(
            ("Token", 0, |vm, arguments| {
                let token = Token(ALIVE.with(Rc::clone));
                let object = vm.new_host_object(arguments, token)?;
                object.set_external_memory(&vm.memory, 1 << 16);
                Ok(Value::cell(object))
            }),
            &[("touch", 0, |vm, arguments| {
                vm.with_host_object(arguments.this(), |_: &mut Token| Value::TRUE)
            })],
        );
        let (global, key) = (vm.realm().global, vm.memory.key("Token"));
        vm.set(global, key, Value::cell(class)).expect("nobody is in the way");
        run(vm)
    })
}

fn shown(vm: &mut Vm, result: Completion) -> String {
    match result {
        Ok(value) => vm.display(value),
        Err(_) => {
            let exception = vm.take_exception();
            format!("throws {}", vm.display(exception))
        }
    }
}

#[test]
fn classes_behave_like_classes() {
    for stress in [None, Some(1)] {
        with_class(Settings { stress, ..Settings::default() }, |vm| {
            for (program, expected) in [
                ("new Token().touch()", "true"),
                ("class T extends Token { x = 1 }; let t = new T; t.touch() + t.x", "2"),
                ("Token()", "throws TypeError: Constructor Token requires 'new'"),
                ("Token.prototype.touch()", "throws TypeError: Illegal invocation"),
                ("Reflect.construct(Token, [], Object) instanceof Token", "false"),
                ("Object.getOwnPropertyNames(Token.prototype).join()", "constructor,touch"),
                ("Token.name + Token.length + typeof Token", "Token0function"),
                (
                    "function F() {} F.prototype = 1; Reflect.construct(Token, [], F).touch()",
                    "true",
                ),
            ] {
                let result = vm.evaluate("test.js", program);
                assert_eq!(shown(vm, result), expected, "{program}");
            }
        });
    }
}

#[test]
fn states_are_dropped() {
    with_class(Settings::default(), |vm| {
        let program = "let kept = []; for (let i = 0; i < 5000; i++) kept[i % 10] = new Token";
        vm.evaluate("test.js", program).expect("it runs");
        // Each says that it owns 64 kilobytes: the collector has come by.
        assert!((10..2500).contains(&alive()), "{}", alive());
    });
    assert_eq!(alive(), 0);
}

#[test]
fn states_have_one_user_at_a_time() {
    with_class(Settings::default(), |vm| {
        let value = vm.evaluate("test.js", "new Token").expect("it runs");
        let object = value.downcast::<HostObject>().expect("a host object");
        assert_eq!(object.with(|_: &mut String| ()), None);
        let inner = object.with(|_: &mut Token| object.with(|_: &mut Token| ()));
        assert_eq!(inner, Some(None));
    });
}
