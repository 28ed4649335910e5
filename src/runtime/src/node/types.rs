//! `util.types`: what values are, whatever their prototypes say.
//!
//! <https://nodejs.org/api/util.html#utiltypes>

use axil_engine::bytecode::CodeFlags;
use axil_engine::heap::{CellKind, Gc};
use axil_engine::kinds;
use axil_engine::object::{
    ArrayBuffer, CollectionIterator, Function, IterationKind, MapIterator, Object,
    PrimitiveWrapper, Promise, PromiseState, Proxy, SetIterator, TypedArray,
};
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use crate::native::{Row, array, define_functions, string};

/// A row of a predicate of values.
macro_rules! predicates {
    ($($name:literal => $test:expr,)*) => {
        &[$(($name, 1, |_, arguments| {
            let test: fn(Value) -> bool = $test;
            Ok(Value::bool(test(arguments.get(0))))
        })),*]
    };
}

/// In the order in which programs see them.
const FUNCTIONS: &[Row] = predicates! {
    "isExternal" => |_| false,
    "isDate" => |value| is(value, kinds::DATE),
    "isArgumentsObject" => |value| is(value, kinds::ARGUMENTS),
    "isBigIntObject" => |value| wraps(value, |inside| is(inside, kinds::BIGINT)),
    "isBooleanObject" => |value| wraps(value, Value::is_bool),
    "isNumberObject" => |value| wraps(value, Value::is_number),
    "isStringObject" => |value| wraps(value, |inside| is(inside, kinds::STRING)),
    "isSymbolObject" => |value| wraps(value, |inside| is(inside, kinds::SYMBOL)),
    "isBoxedPrimitive" => |value| is(value, kinds::PRIMITIVE_WRAPPER),
    "isNativeError" => |value| is(value, kinds::ERROR),
    "isRegExp" => |value| is(value, kinds::REGEXP),
    "isAsyncFunction" => |value| has_flag(value, CodeFlags::ASYNC),
    "isGeneratorFunction" => |value| has_flag(value, CodeFlags::GENERATOR),
    "isGeneratorObject" => |value| is(value, kinds::COROUTINE),
    "isPromise" => |value| is(value, kinds::PROMISE),
    "isMap" => |value| is(value, kinds::MAP),
    "isSet" => |value| is(value, kinds::SET),
    "isMapIterator" => |value| is(value, kinds::MAP_ITERATOR),
    "isSetIterator" => |value| is(value, kinds::SET_ITERATOR),
    "isWeakMap" => |value| is(value, kinds::WEAK_MAP),
    "isWeakSet" => |value| is(value, kinds::WEAK_SET),
    "isArrayBuffer" => |value| buffer(value).is_some_and(|buffer| !buffer.is_shared),
    "isDataView" => |value| is(value, kinds::DATA_VIEW),
    "isSharedArrayBuffer" => |value| buffer(value).is_some_and(|buffer| buffer.is_shared),
    "isProxy" => |value| is(value, kinds::PROXY),
    "isModuleNamespaceObject" => |value| is(value, kinds::NAMESPACE),
    "isAnyArrayBuffer" => |value| is(value, kinds::ARRAY_BUFFER),
    "isArrayBufferView" => |value| is(value, kinds::DATA_VIEW) || is(value, kinds::TYPED_ARRAY),
    "isTypedArray" => |value| is(value, kinds::TYPED_ARRAY),
    "isUint8Array" => |value| is_array_of(value, "Uint8Array"),
    "isUint8ClampedArray" => |value| is_array_of(value, "Uint8ClampedArray"),
    "isUint16Array" => |value| is_array_of(value, "Uint16Array"),
    "isUint32Array" => |value| is_array_of(value, "Uint32Array"),
    "isInt8Array" => |value| is_array_of(value, "Int8Array"),
    "isInt16Array" => |value| is_array_of(value, "Int16Array"),
    "isInt32Array" => |value| is_array_of(value, "Int32Array"),
    "isFloat16Array" => |value| is_array_of(value, "Float16Array"),
    "isFloat32Array" => |value| is_array_of(value, "Float32Array"),
    "isFloat64Array" => |value| is_array_of(value, "Float64Array"),
    "isBigInt64Array" => |value| is_array_of(value, "BigInt64Array"),
    "isBigUint64Array" => |value| is_array_of(value, "BigUint64Array"),
};

fn is(value: Value, kind: CellKind) -> bool {
    value.kind() == Some(kind)
}

fn wraps(value: Value, test: fn(Value) -> bool) -> bool {
    value.downcast::<PrimitiveWrapper>().is_some_and(|wrapper| test(wrapper.value()))
}

fn has_flag(value: Value, flag: CodeFlags) -> bool {
    value.downcast::<Function>().is_some_and(|function| function.code.flags.contains(flag))
}

fn buffer(value: Value) -> Option<Gc<ArrayBuffer>> {
    value.downcast()
}

fn is_array_of(value: Value, class: &str) -> bool {
    value.downcast::<TypedArray>().is_some_and(|array| array.element.class_name() == class)
}

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    Ok(())
}

/// What other modules have to know of objects, and programs have no other way to find out.
const INSIDES: &[Row] = &[
    // proxyTarget(value): undefined if it is no proxy, null if it is revoked.
    ("proxyTarget", 1, |_, arguments| {
        Ok(match arguments.get(0).downcast::<Proxy>().map(|proxy| proxy.ends()) {
            None => Value::UNDEFINED,
            Some(None) => Value::NULL,
            Some(Some((target, _))) => Value::cell(target),
        })
    }),
    // promiseDetails(promise): 0 pending, 1 fulfilled, 2 rejected, with the result.
    ("promiseDetails", 1, promise_details),
    // markHandled(promise)
    ("markHandled", 1, |_, arguments| {
        if let Some(promise) = arguments.get(0).downcast::<Promise>() {
            promise.set_handled();
        }
        Ok(Value::UNDEFINED)
    }),
    // previewEntries(iterator): what an iterator over a map or a set has still to give, and
    // whether those are pairs.
    ("previewEntries", 1, preview_entries),
    // className(value): of a typed array.
    ("className", 1, |vm, arguments| {
        let array = arguments.get(0).downcast::<TypedArray>();
        Ok(array.map_or(Value::UNDEFINED, |array| string(vm, array.element.class_name())))
    }),
];

fn preview_entries(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    fn rest<const KIND: u8>(vm: &Vm, iterator: Gc<CollectionIterator<KIND>>) -> Value {
        let list = vm.new_array();
        for (key, value) in iterator.cursor().into_iter().flatten() {
            match iterator.gives {
                IterationKind::Keys => list.push(&vm.memory, key),
                IterationKind::Values => list.push(&vm.memory, value),
                IterationKind::Entries => {
                    list.push(&vm.memory, key);
                    list.push(&vm.memory, value);
                }
            }
        }
        let is_pairs = Value::bool(iterator.gives == IterationKind::Entries);
        array(vm, &[Value::cell(list), is_pairs])
    }
    let value = arguments.get(0);
    Ok(match (value.downcast::<MapIterator>(), value.downcast::<SetIterator>()) {
        (Some(iterator), _) => rest(vm, iterator),
        (_, Some(iterator)) => rest(vm, iterator),
        _ => Value::UNDEFINED,
    })
}

fn promise_details(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(promise) = arguments.get(0).downcast::<Promise>() else { return Ok(Value::UNDEFINED) };
    let state = match promise.state() {
        PromiseState::Pending => 0,
        PromiseState::Fulfilled => 1,
        PromiseState::Rejected => 2,
    };
    let result = if state == 0 { Value::UNDEFINED } else { promise.result() };
    Ok(array(vm, &[Value::int(state), result]))
}

pub(super) fn make_insides(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, INSIDES);
    Ok(())
}
