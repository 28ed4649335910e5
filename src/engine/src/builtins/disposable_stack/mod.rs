//! `DisposableStack` and `AsyncDisposableStack`.
//! <https://tc39.es/ecma262/#sec-disposablestack-objects>,
//! <https://tc39.es/ecma262/#sec-asyncdisposablestack-objects>

mod asynchronous;

use super::{Entry, accessor, add_entries, constructor, define_symbol, define_tag, function};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{
    Array, AsyncDisposableStack, Attributes, DisposableStack, Object, ResourceStack,
};
use crate::operators::{as_object, is_callable};
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, NativeCode, Vm, WellKnown};

/// The number of a kind of stack.
const SYNC: u8 = kinds::DISPOSABLE_STACK.0;
const ASYNC: u8 = kinds::ASYNC_DISPOSABLE_STACK.0;

const PROTOTYPE: &[Entry] = &[
    function("use", 1, use_::<SYNC>),
    function("dispose", 0, dispose),
    function("adopt", 2, adopt::<SYNC>),
    function("defer", 1, defer::<SYNC>),
    function("move", 0, move_::<SYNC>),
    accessor("disposed", disposed::<SYNC>, None),
];

const ASYNC_PROTOTYPE: &[Entry] = &[
    function("use", 1, use_::<ASYNC>),
    function("disposeAsync", 0, |vm, arguments| Ok(asynchronous::dispose(vm, arguments.this()))),
    function("adopt", 2, adopt::<ASYNC>),
    function("defer", 1, defer::<ASYNC>),
    function("move", 0, move_::<ASYNC>),
    accessor("disposed", disposed::<ASYNC>, None),
];

pub(super) fn install(vm: &mut Vm, global: Gc<Object>) {
    let realm = vm.realm();
    let row = (name(SYNC), 0, construct::<SYNC> as NativeCode);
    constructor(vm, global, row, Intrinsic::DisposableStackPrototype, &[]);
    vm.fill_lazily(realm.get(Intrinsic::DisposableStackPrototype), |vm, prototype| {
        add_entries(vm, prototype, PROTOTYPE);
        fill_with_symbols(vm, prototype, "dispose", WellKnown::Dispose, name(SYNC));
    });
    let row = (name(ASYNC), 0, construct::<ASYNC> as NativeCode);
    constructor(vm, global, row, Intrinsic::AsyncDisposableStackPrototype, &[]);
    vm.fill_lazily(realm.get(Intrinsic::AsyncDisposableStackPrototype), |vm, prototype| {
        add_entries(vm, prototype, ASYNC_PROTOTYPE);
        fill_with_symbols(vm, prototype, "disposeAsync", WellKnown::AsyncDispose, name(ASYNC));
    });
    asynchronous::install(vm);
}

/// The method that disposes, once more by its symbol, and the tag.
fn fill_with_symbols(vm: &Vm, prototype: Gc<Object>, method: &str, symbol: WellKnown, tag: &str) {
    if let Some(property) = prototype.own_property(&vm.memory, vm.memory.key(method)) {
        let dispose = prototype.get_slot(&vm.memory, property.slot);
        define_symbol(vm, prototype, symbol, dispose, Attributes::METHOD);
    }
    define_tag(vm, prototype, tag);
}

/// What stacks of a kind are called.
const fn name(kind: u8) -> &'static str {
    if kind == ASYNC { "AsyncDisposableStack" } else { "DisposableStack" }
}

/// `DisposableStack` (§27.3.1.1), `AsyncDisposableStack` (§27.4.1.1)
fn construct<const KIND: u8>(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(new_target) = as_object(arguments.new_target()) else {
        let message = format!("Constructor {} requires 'new'", name(KIND));
        return Err(vm.throw_type_error(&message));
    };
    let prototype = vm.get_prototype_from_constructor(new_target, intrinsic(KIND))?;
    let resources = vm.new_array();
    Ok(new_stack::<KIND>(vm, prototype, resources))
}

/// The prototype of stacks of a kind.
const fn intrinsic(kind: u8) -> Intrinsic {
    if kind == ASYNC {
        Intrinsic::AsyncDisposableStackPrototype
    } else {
        Intrinsic::DisposableStackPrototype
    }
}

fn new_stack<const KIND: u8>(vm: &Vm, prototype: Gc<Object>, resources: Gc<Array>) -> Value {
    let shape = vm.shape_for_prototype(Some(prototype), crate::heap::CellKind(KIND), 0);
    Value::cell(Gc::<ResourceStack<KIND>>::new(&vm.memory, shape, resources).as_object())
}

/// The stack that `this` is.
fn receiver<const KIND: u8>(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
) -> Completion<Gc<ResourceStack<KIND>>> {
    match arguments.this().downcast() {
        Some(stack) => Ok(stack),
        None => {
            let (name, text) = (name(KIND), vm.display(arguments.this()));
            let method = match method {
                "disposed" => format!("get {name}.prototype.disposed"),
                _ => format!("{name}.prototype.{method}"),
            };
            Err(vm.throw_type_error(&format!(
                "Method {method} called on incompatible receiver {text}"
            )))
        }
    }
}

/// The resources of the stack that `this` is, if they have not been disposed of.
fn resources<const KIND: u8>(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
) -> Completion<(Gc<ResourceStack<KIND>>, Gc<Array>)> {
    let stack = receiver::<KIND>(vm, arguments, method)?;
    match stack.resources() {
        Some(resources) => Ok((stack, resources)),
        None => {
            let message = format!(
                "Cannot call {}.prototype.{method} on an already-disposed DisposableStack",
                name(KIND)
            );
            Err(vm.throw_reference_error(&message))
        }
    }
}

/// The function that a method is given.
fn callback(vm: &mut Vm, value: Value) -> Completion {
    if is_callable(value) {
        return Ok(value);
    }
    let text = vm.display(value);
    Err(vm.throw_type_error(&format!("{text} is not a function")))
}

/// `use` (§27.3.3.7, §27.4.3.7)
fn use_<const KIND: u8>(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (_, resources) = resources::<KIND>(vm, arguments, "use")?;
    let value = arguments.get(0);
    vm.add_resource(resources, value, KIND == ASYNC)?;
    Ok(value)
}

/// `adopt` (§27.3.3.1, §27.4.3.1)
fn adopt<const KIND: u8>(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (_, resources) = resources::<KIND>(vm, arguments, "adopt")?;
    let (value, function) = (arguments.get(0), callback(vm, arguments.get(1))?);
    let dispose = vm.new_native_closure(
        "",
        0,
        |vm, arguments| {
            let captured = arguments.captured();
            let [value, function] = [0, 1].map(|index: usize| captured.variables()[index].get());
            vm.call(function, Value::UNDEFINED, &[value])
        },
        &[value, function],
    );
    vm.add_deferred(resources, Value::cell(dispose), KIND == ASYNC);
    Ok(value)
}

/// `defer` (§27.3.3.2, §27.4.3.2)
fn defer<const KIND: u8>(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (_, resources) = resources::<KIND>(vm, arguments, "defer")?;
    let function = callback(vm, arguments.get(0))?;
    vm.add_deferred(resources, function, KIND == ASYNC);
    Ok(Value::UNDEFINED)
}

/// `move` (§27.3.3.6, §27.4.3.6)
fn move_<const KIND: u8>(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (stack, resources) = resources::<KIND>(vm, arguments, "move")?;
    let prototype = vm.realm().get(intrinsic(KIND));
    let moved = new_stack::<KIND>(vm, prototype, resources);
    stack.take_resources();
    Ok(moved)
}

/// `disposed` (§27.3.3.4, §27.4.3.4)
fn disposed<const KIND: u8>(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let stack = receiver::<KIND>(vm, arguments, "disposed")?;
    Ok(Value::bool(stack.resources().is_none()))
}

/// `DisposableStack.prototype.dispose` (§27.3.3.3)
fn dispose(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let stack: Gc<DisposableStack> = receiver(vm, arguments, "dispose")?;
    if let Some(resources) = stack.take_resources() {
        vm.dispose_resources(resources)?;
    }
    Ok(Value::UNDEFINED)
}
