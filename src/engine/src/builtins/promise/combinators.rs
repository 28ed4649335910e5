//! `Promise.all`, `allSettled`, `any` and `race` (ECMA-262 §27.2.4.1 – §27.2.4.5).

use super::this_constructor;
use crate::builtins::{Entry, define, function};
use crate::heap::Gc;
use crate::internal_methods::IteratorRecord;
use crate::kinds;
use crate::object::{Array, Environment, Object};
use crate::operators::is_callable;
use crate::realm::{Intrinsic, RootShape};
use crate::value::Value;
use crate::vm::{Arguments, Completion, NativeCode, PromiseCapability, Vm};

pub(super) const PROMISE: &[Entry] = &[
    function("all", 1, |vm, arguments| combine(vm, arguments, &ALL)),
    function("allSettled", 1, |vm, arguments| combine(vm, arguments, &ALL_SETTLED)),
    function("any", 1, |vm, arguments| combine(vm, arguments, &ANY)),
    function("race", 1, |vm, arguments| combine(vm, arguments, &RACE)),
];

/// How the results of many promises become that of one.
struct Combinator {
    name: &'static str,
    /// What a value does: it settles the whole if there is nothing here.
    on_fulfilled: Option<NativeCode>,
    /// What a reason does: it settles the whole if there is nothing here.
    on_rejected: Option<NativeCode>,
    /// What all results together do, when each has been noted.
    finish: fn(&mut Vm, &Whole) -> Completion<()>,
}

const ALL: Combinator = Combinator {
    name: "Promise.all",
    on_fulfilled: Some(|vm, arguments| note(vm, arguments, arguments.get(0), resolve_with_list)),
    on_rejected: None,
    finish: resolve_with_list,
};

const ALL_SETTLED: Combinator = Combinator {
    name: "Promise.allSettled",
    on_fulfilled: Some(|vm, arguments| note_outcome(vm, arguments, "fulfilled", "value")),
    on_rejected: Some(|vm, arguments| note_outcome(vm, arguments, "rejected", "reason")),
    finish: resolve_with_list,
};

const ANY: Combinator = Combinator {
    name: "Promise.any",
    on_fulfilled: None,
    on_rejected: Some(|vm, arguments| note(vm, arguments, arguments.get(0), reject_with_list)),
    finish: reject_with_list,
};

const RACE: Combinator = Combinator {
    name: "Promise.race",
    on_fulfilled: None,
    on_rejected: None,
    finish: |_, _| Ok(()),
};

/// What the functions of one combination share: results, how many are still to come,
/// and the functions of the whole.
struct Whole(Gc<Environment>);

impl Whole {
    fn new(vm: &Vm, capability: PromiseCapability) -> Self {
        let results = Value::cell(vm.new_array());
        // The one that counts as long as the promises are not all known.
        let remaining = Value::int(1);
        Self(vm.new_captured(&[results, remaining, capability.resolve, capability.reject]))
    }

    fn results(&self) -> Gc<Array> {
        let results = self.0.variables()[0].get();
        results.downcast().expect("results are kept in an array")
    }

    /// Changes how many results are to come; whether that is none.
    fn count(&self, change: i32) -> bool {
        let remaining = &self.0.variables()[1];
        let count = remaining.get().as_int().unwrap_or_default() + change;
        remaining.set(Value::int(count));
        count == 0
    }

    fn resolve(&self) -> Value {
        self.0.variables()[2].get()
    }

    fn reject(&self) -> Value {
        self.0.variables()[3].get()
    }
}

fn combine(vm: &mut Vm, arguments: Arguments<'_>, how: &Combinator) -> Completion {
    let constructor = this_constructor(vm, arguments, how.name)?;
    let capability = vm.new_promise_capability(constructor)?;
    if perform(vm, constructor, capability, arguments.get(0), how).is_err() {
        let reason = vm.take_exception();
        vm.call(capability.reject, Value::UNDEFINED, &[reason])?;
    }
    Ok(capability.promise)
}

fn perform(
    vm: &mut Vm,
    constructor: Value,
    capability: PromiseCapability,
    iterable: Value,
    how: &Combinator,
) -> Completion<()> {
    // `GetPromiseResolve` (§27.2.4.1.1)
    let resolve = vm.get_of_value(constructor, vm.memory.literal_key("resolve"))?;
    if !is_callable(resolve) {
        return Err(vm.throw_type_error("resolve is not a function"));
    }
    let mut record = vm.get_iterator(iterable)?;
    let whole = Whole::new(vm, capability);
    let result = visit_all(vm, &mut record, [constructor, resolve], &whole, how);
    match result {
        Err(throw) if !record.done => Err(vm.iterator_close_throwing(record.iterator, throw)),
        result => result,
    }
}

/// `PerformPromiseAll` (§27.2.4.1.2) and those like it.
fn visit_all(
    vm: &mut Vm,
    record: &mut IteratorRecord,
    [constructor, resolve]: [Value; 2],
    whole: &Whole,
    how: &Combinator,
) -> Completion<()> {
    let collects = how.on_fulfilled.is_some() || how.on_rejected.is_some();
    while let Some(item) = vm.iterator_step(record)? {
        let promise = vm.call(resolve, constructor, &[item])?;
        let mut handlers = [whole.resolve(), whole.reject()];
        if collects {
            let index = whole.results().length.get();
            whole.results().push(&vm.memory, Value::UNDEFINED);
            // One result of each promise counts, whichever function gets it.
            let captured = vm.new_captured(&[Value::cell(whole.0), Value::from(index)]);
            for (handler, code) in handlers.iter_mut().zip([how.on_fulfilled, how.on_rejected]) {
                if let Some(code) = code {
                    *handler = Value::cell(vm.new_native("", 1, code, Some(captured)));
                }
            }
            whole.count(1);
        }
        vm.invoke(promise, vm.memory.keys().then, &handlers)?;
    }
    if whole.count(-1) { (how.finish)(vm, whole) } else { Ok(()) }
}

/// Notes the result of one promise, unless there was one before.
fn note(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    result: Value,
    finish: fn(&mut Vm, &Whole) -> Completion<()>,
) -> Completion {
    let captured = arguments.captured();
    let whole = captured.variables()[0].get().downcast().map(Whole);
    let index = captured.variables()[1].replace(Value::UNDEFINED).as_int();
    if let (Some(whole), Some(index)) = (whole, index) {
        whole.results().as_object().set_element(&vm.memory, index as u32, result);
        if whole.count(-1) {
            finish(vm, &whole)?;
        }
    }
    Ok(Value::UNDEFINED)
}

/// Notes what has become of one promise, as an object that says so.
fn note_outcome(vm: &mut Vm, arguments: Arguments<'_>, status: &str, field: &str) -> Completion {
    let outcome = Gc::<Object>::ordinary(&vm.memory, vm.realm().shape(RootShape::Object));
    let status = Value::cell(vm.memory.intern_str(status));
    for (name, value) in [("status", status), (field, arguments.get(0))] {
        vm.create_data_property(outcome, vm.memory.key(name), value)?;
    }
    note(vm, arguments, Value::cell(outcome), resolve_with_list)
}

fn resolve_with_list(vm: &mut Vm, whole: &Whole) -> Completion<()> {
    vm.call(whole.resolve(), Value::UNDEFINED, &[Value::cell(whole.results())]).map(drop)
}

fn reject_with_list(vm: &mut Vm, whole: &Whole) -> Completion<()> {
    let prototype = vm.realm().get(Intrinsic::AggregateErrorPrototype);
    let shape = vm.shape_for_prototype(Some(prototype), kinds::ERROR, 2);
    let error = Gc::<Object>::ordinary(&vm.memory, shape);
    let message = vm.memory.intern_str("All promises were rejected");
    define(vm, error, "message", Value::cell(message));
    define(vm, error, "errors", Value::cell(whole.results()));
    vm.call(whole.reject(), Value::UNDEFINED, &[Value::cell(error)]).map(drop)
}
