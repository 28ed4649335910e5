//! `stack` of errors, `Error.captureStackTrace`, and the sites of calls that
//! `Error.prepareStackTrace` is given: no part of ECMA-262, but what programs expect.
//!
//! <https://v8.dev/docs/stack-trace-api>

use super::{Entry, add_entries, define, function};
use crate::heap::Gc;
use crate::object::{Accessor, Attributes, Elements, Object, PropertyDescriptor};
use crate::operators::{as_object, is_callable};
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::stack_trace::{Frame, Skip};
use crate::vm::{Arguments, Completion, Vm};

const ERROR: &[Entry] = &[function("captureStackTrace", 2, capture_stack_trace)];

/// How many frames `stack` has unless a program says otherwise.
const LIMIT: i32 = 10;

/// What a row of the methods of a site gives.
type Read = fn(&mut Vm, Frame) -> Value;

/// Makes the table of the methods of sites of calls: what each reads of its frame.
macro_rules! site_methods {
    ($($name:literal => $read:expr;)*) => {
        const CALL_SITE: &[Entry] = &[$(
            function($name, 0, |vm, arguments| {
                const READ: Read = $read;
                let frame = this_frame(vm, arguments, $name)?;
                Ok(READ(vm, frame))
            }),
        )*];
    };
}

site_methods! {
    "getColumnNumber" => |vm, frame| number(frame.place(vm).map(|place| place.column));
    "getEnclosingColumnNumber" => |_, frame| {
        number(frame.function_place().map(|place| place.column))
    };
    "getEnclosingLineNumber" => |_, frame| {
        number(frame.function_place().map(|place| place.line))
    };
    "getEvalOrigin" => |vm, frame| match frame.place(vm).filter(|_| frame.is_eval()) {
        Some(place) => {
            let origin = place.file.trim_end_matches(", <anonymous>");
            Value::cell(vm.memory.string(origin))
        }
        None => Value::UNDEFINED,
    };
    "getFileName" => |vm, frame| file_name(vm, frame);
    "getFunction" => |_, frame| if frame.is_strict() { Value::UNDEFINED } else { frame.function };
    "getFunctionName" => |vm, frame| {
        let name = vm.frame_function_name(frame);
        text(vm, name)
    };
    "getLineNumber" => |vm, frame| number(frame.place(vm).map(|place| place.line));
    "getMethodName" => |vm, frame| {
        let name = vm.frame_method_name(frame);
        text(vm, name)
    };
    "getPosition" => |vm, frame| {
        Value::from(frame.place(vm).map_or(0, |place| place.offset))
    };
    "getPromiseIndex" => |_, _| Value::NULL;
    "getScriptNameOrSourceURL" => |vm, frame| file_name(vm, frame);
    "getThis" => |_, frame| if frame.is_strict() { Value::UNDEFINED } else { frame.this };
    "getTypeName" => |vm, frame| {
        let name = vm.frame_type_name(frame);
        text(vm, name)
    };
    "isAsync" => |_, frame| Value::bool(frame.is_async);
    "isConstructor" => |_, frame| Value::bool(frame.is_constructor);
    "isEval" => |_, frame| Value::bool(frame.is_eval());
    "isNative" => |_, frame| Value::bool(frame.is_native());
    "isPromiseAll" => |_, _| Value::FALSE;
    "isToplevel" => |vm, frame| Value::bool(vm.frame_is_toplevel(frame));
    "toString" => |vm, frame| {
        let text = vm.frame_text(frame);
        Value::cell(vm.memory.string(&text))
    };
}

/// Gives `Error` what it has of stacks, and the realm the accessor that its instances
/// get.
pub(super) fn install(vm: &Vm, error: Gc<Object>) {
    let (realm, memory) = (vm.realm(), &vm.memory);
    realm.set(memory, Intrinsic::Error, error);
    add_entries(vm, error, ERROR);
    let key = memory.keys().stack_trace_limit;
    error.add_property(memory, key, Value::int(LIMIT), Attributes::DATA);
    let get = vm.new_native_function("", 0, get_stack);
    let set = vm.new_native_function("", 1, set_stack);
    let accessor = Gc::<Accessor>::new(memory, Value::cell(get), Value::cell(set));
    realm.set_stack_accessor(memory, accessor);
    let prototype = vm.ordinary_object_create(Some(realm.get(Intrinsic::ObjectPrototype)));
    let constructor = vm.new_native_function("CallSite", 0, |vm, _| {
        Err(vm.throw_type_error("Illegal constructor"))
    });
    define(vm, prototype, "constructor", Value::cell(constructor));
    add_entries(vm, prototype, CALL_SITE);
    realm.set(memory, Intrinsic::CallSitePrototype, prototype);
}

/// `Error.captureStackTrace(object, function)`
fn capture_stack_trace(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(object) = as_object(arguments.get(0)) else {
        return Err(vm.throw_type_error("invalid_argument"));
    };
    let key = vm.memory.keys().stack;
    if !vm.is_extensible(object)? {
        let message = "Cannot define property stack, object is not extensible";
        return Err(vm.throw_type_error(message));
    }
    let from = arguments.get(1);
    let skip = Skip::Until(if is_callable(from) { from } else { arguments.callee() });
    // What is there already gives way.
    let own = PropertyDescriptor::data(Value::UNDEFINED, Attributes::DATA);
    if vm.has_own_property(object, key)? {
        vm.define_property_or_throw(object, key, &own)?;
        vm.delete_property(object, key)?;
    }
    let frames_key = vm.frames_key();
    if object.own_property(&vm.memory, frames_key).is_some() {
        object.remove_property(&vm.memory, frames_key);
    }
    vm.install_stack(object, skip);
    Ok(Value::UNDEFINED)
}

/// The object with frames that a value is, or inherits from.
fn holder(vm: &mut Vm, this: Value) -> Completion<Option<Gc<Object>>> {
    let (mut at, mut proxies, key) = (as_object(this), 0, vm.frames_key());
    while let Some(object) = at {
        if object.own_property(&vm.memory, key).is_some() {
            return Ok(Some(object));
        }
        at = vm.next_prototype(object, &mut proxies)?;
    }
    Ok(None)
}

/// What an object has under the private name of frames.
fn kept(vm: &Vm, holder: Gc<Object>) -> Value {
    let property = holder.own_property(&vm.memory, vm.frames_key());
    property.map_or(Value::UNDEFINED, |property| holder.get_slot(&vm.memory, property.slot))
}

fn keep(vm: &Vm, holder: Gc<Object>, value: Value) {
    if let Some(property) = holder.own_property(&vm.memory, vm.frames_key()) {
        holder.set_slot(&vm.memory, property.slot, value);
    }
}

/// The getter of `stack`: makes text of the frames, or has `Error.prepareStackTrace` make
/// something of them, when it is called first.
fn get_stack(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(holder) = holder(vm, arguments.this())? else { return Ok(Value::UNDEFINED) };
    let Some(frames) = kept(vm, holder).downcast::<Elements>() else {
        return Ok(kept(vm, holder));
    };
    // In the meantime there is nothing.
    keep(vm, holder, Value::UNDEFINED);
    let error = Value::cell(vm.realm().get(Intrinsic::Error));
    let key = vm.memory.literal_key("prepareStackTrace");
    let prepare = vm.get_of_value(error, key)?;
    let stack = if is_callable(prepare) {
        let sites = call_sites(vm, frames);
        vm.call(prepare, error, &[Value::cell(holder), sites])?
    } else {
        let text = vm.stack_text(holder, frames);
        Value::cell(vm.memory.string(&text))
    };
    keep(vm, holder, stack);
    Ok(stack)
}

fn set_stack(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    if let Some(holder) = holder(vm, arguments.this())? {
        keep(vm, holder, arguments.get(0));
    }
    Ok(Value::UNDEFINED)
}

// ---------------------------------------------------------------------------
// Sites of calls
// ---------------------------------------------------------------------------

/// An array with an object for each frame.
fn call_sites(vm: &Vm, frames: Gc<Elements>) -> Value {
    let sites = vm.new_array();
    let prototype = vm.realm().get(Intrinsic::CallSitePrototype);
    for index in 0..Frame::count(frames) {
        let site = vm.ordinary_object_create(Some(prototype));
        let frame = Frame::of(frames, index).to_elements(&vm.memory);
        let attributes = Attributes::empty();
        site.add_property(&vm.memory, vm.frames_key(), Value::cell(frame), attributes);
        sites.push(&vm.memory, Value::cell(site));
    }
    Value::cell(sites)
}

/// The frame that the site is that a method was called on.
fn this_frame(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<Frame> {
    let frames = as_object(arguments.this())
        .and_then(|site| kept(vm, site).downcast::<Elements>())
        .filter(|frames| Frame::count(*frames) == 1);
    match frames {
        Some(frames) => Ok(Frame::of(frames, 0)),
        None => {
            let text = vm.display(arguments.this());
            Err(vm.throw_type_error(&format!(
                "CallSite method {method} expects CallSite as receiver, got {text}"
            )))
        }
    }
}

fn number(number: Option<u32>) -> Value {
    number.map_or(Value::NULL, Value::from)
}

fn text(vm: &Vm, text: Option<String>) -> Value {
    text.map_or(Value::NULL, |text| Value::cell(vm.memory.string(&text)))
}

fn file_name(vm: &Vm, frame: Frame) -> Value {
    match frame.place(vm) {
        Some(place) => Value::cell(vm.memory.string(&place.file)),
        None => Value::UNDEFINED,
    }
}
