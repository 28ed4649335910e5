//! Generators, their functions, and the constructors of functions of all kinds.
//! <https://tc39.es/ecma262/#sec-generator-objects>

use axil_grammar::ast::FunctionKind;

use super::{Entry, add_entries, define_symbol, function};
use crate::heap::Gc;
use crate::object::{Attributes, Object};
use crate::operators::as_object;
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{
    Arguments, Completion, Coroutine, CoroutineState, NativeCode, NativeFunction, Told, Vm,
    WellKnown,
};

const GENERATOR_PROTOTYPE: &[Entry] = &[
    function("next", 1, |vm, arguments| tell(vm, arguments, Told::Next, "next")),
    function("return", 1, |vm, arguments| tell(vm, arguments, Told::Return, "return")),
    function("throw", 1, |vm, arguments| tell(vm, arguments, Told::Throw, "throw")),
];

const ASYNC_GENERATOR_PROTOTYPE: &[Entry] = &[
    function("next", 1, |vm, arguments| Ok(vm.tell_async_generator(arguments, Told::Next, "next"))),
    function("return", 1, |vm, arguments| {
        Ok(vm.tell_async_generator(arguments, Told::Return, "return"))
    }),
    function("throw", 1, |vm, arguments| {
        Ok(vm.tell_async_generator(arguments, Told::Throw, "throw"))
    }),
];

/// A constructor of functions: its name, what it does, the prototype of its functions,
/// and that of the generators that they give.
type Constructor = (&'static str, NativeCode, Intrinsic, Option<(Intrinsic, &'static str)>);

/// `%Iterator.prototype% [ @@iterator ]` (§27.1.4.14), and what async iterators have.
const THIS: NativeCode = |_, arguments| Ok(arguments.this());

pub(super) fn install(vm: &Vm, _: Gc<Object>) {
    let generator = vm.realm().get(Intrinsic::GeneratorPrototype);
    add_entries(vm, generator, GENERATOR_PROTOTYPE);
    let next = generator.own_property(&vm.memory, vm.memory.keys().next);
    if let Some(next) = next.and_then(|next| as_object(generator.get_slot(&vm.memory, next.slot))) {
        vm.realm().set(&vm.memory, Intrinsic::GeneratorNext, next);
    }
    let async_generator = vm.realm().get(Intrinsic::AsyncGeneratorPrototype);
    add_entries(vm, async_generator, ASYNC_GENERATOR_PROTOTYPE);
    for (prototype, symbol, name) in [
        (Intrinsic::IteratorPrototype, WellKnown::Iterator, "[Symbol.iterator]"),
        (Intrinsic::AsyncIteratorPrototype, WellKnown::AsyncIterator, "[Symbol.asyncIterator]"),
    ] {
        let this = Value::cell(vm.new_native_function(name, 0, THIS));
        define_symbol(vm, vm.realm().get(prototype), symbol, this, Attributes::METHOD);
    }
    let constructors: [Constructor; 3] = [
        (
            "GeneratorFunction",
            |vm, arguments| dynamic(vm, arguments, FunctionKind::Generator),
            Intrinsic::GeneratorFunctionPrototype,
            Some((Intrinsic::GeneratorPrototype, "Generator")),
        ),
        (
            "AsyncFunction",
            |vm, arguments| dynamic(vm, arguments, FunctionKind::Async),
            Intrinsic::AsyncFunctionPrototype,
            None,
        ),
        (
            "AsyncGeneratorFunction",
            |vm, arguments| dynamic(vm, arguments, FunctionKind::AsyncGenerator),
            Intrinsic::AsyncGeneratorFunctionPrototype,
            Some((Intrinsic::AsyncGeneratorPrototype, "AsyncGenerator")),
        ),
    ];
    for (name, code, prototype, instances) in constructors {
        install_functions(vm, name, code, prototype, instances);
    }
}

/// The constructor of functions of a kind, their prototype, and that of what they give.
fn install_functions(
    vm: &Vm,
    name: &str,
    code: NativeCode,
    prototype: Intrinsic,
    instances: Option<(Intrinsic, &str)>,
) {
    let memory = &vm.memory;
    let tag = |object: Gc<Object>, text: &str| {
        let text = Value::cell(memory.intern_str(text));
        define_symbol(vm, object, WellKnown::ToStringTag, text, Attributes::CONFIGURABLE);
    };
    let prototype = vm.realm().get(prototype);
    let constructor = vm.new_native_function(name, 1, code);
    if let Some(native) = Value::cell(constructor).downcast::<NativeFunction>() {
        native.is_constructor.set(true);
    }
    // It is a kind of Function.
    let parent = vm.realm().get(Intrinsic::FunctionPrototype);
    let key = memory.keys().constructor;
    if let Some(property) = parent.own_property(memory, key)
        && let Some(function) = as_object(parent.get_slot(memory, property.slot))
    {
        constructor.set_prototype(memory, Some(function));
    }
    let keys = memory.keys();
    constructor.add_property(memory, keys.prototype, Value::cell(prototype), Attributes::FIXED);
    let configurable = Attributes::CONFIGURABLE;
    prototype.add_property(memory, keys.constructor, Value::cell(constructor), configurable);
    if let Some((instances, text)) = instances {
        let instances = vm.realm().get(instances);
        prototype.add_property(memory, keys.prototype, Value::cell(instances), configurable);
        instances.add_property(memory, keys.constructor, Value::cell(prototype), configurable);
        tag(instances, text);
    }
    tag(prototype, name);
}

/// `CreateDynamicFunction` (§20.2.1.1.1) for a call of its constructor, with `new` or
/// without.
pub(super) fn dynamic(vm: &mut Vm, arguments: Arguments<'_>, kind: FunctionKind) -> Completion {
    let new_target = arguments.new_target();
    let new_target = if new_target.is_undefined() { arguments.callee() } else { new_target };
    vm.create_dynamic_function(arguments.from(0), new_target, kind)
}

/// `next`, `return` and `throw` (§27.5.1.2 – §27.5.1.4)
fn tell(vm: &mut Vm, arguments: Arguments<'_>, told: Told, method: &str) -> Completion {
    let this = arguments.this();
    let generator = this.downcast::<Coroutine>().filter(|generator| generator.is_generator());
    let Some(generator) = generator else {
        let text = vm.display(this);
        return Err(
            vm.throw_type_error(&format!("{method} method called on incompatible receiver {text}"))
        );
    };
    let value = arguments.get(0);
    match (generator.state(), told) {
        (CoroutineState::Running, _) => {
            return Err(vm.throw_type_error("Generator is already running"));
        }
        (CoroutineState::Start, Told::Return | Told::Throw) => generator.set_finished(),
        _ => {}
    }
    if generator.state() != CoroutineState::Finished {
        return vm.resume(generator, told, value);
    }
    match told {
        Told::Next => Ok(vm.create_iterator_result(Value::UNDEFINED, true)),
        Told::Return => Ok(vm.create_iterator_result(value, true)),
        Told::Throw => Err(vm.throw(value)),
    }
}
