//! The `Temporal` object. <https://tc39.es/proposal-temporal/>
//!
//! What dates, times and durations are and how one calculates with them is `temporal_rs`'s,
//! which V8 has as well. Here is what programs see of it: classes, conversions, and the
//! order in which options and fields are read.
//!
//! Nothing of it is made before a program looks at `Temporal`.

mod arithmetic;
mod calendar;
mod duration;
mod fields;
mod instant;
mod locale;
mod now;
mod options;
mod plain_date;
mod plain_date_time;
mod plain_month_day;
mod plain_time;
mod plain_year_month;
mod relative_to;
mod time_zone;
mod values;
mod zoned_date_time;

use temporal_rs::error::ErrorKind;
use temporal_rs::{TemporalError, TemporalResult};

use super::{Entry, add_entries, constructor, define_tag, lazy_namespace};
use crate::heap::Gc;
use crate::object::{Object, TemporalObject, TemporalValue};
use crate::operators::as_object;
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, NativeCode, NativeFunction, Throw, Vm};

pub(super) use instant::date_to_temporal_instant;
use options::Options;
use values::{IntoValue, getters};

/// What is known about one of the classes.
struct Class {
    name: &'static str,
    tag: &'static str,
    length: u8,
    construct: NativeCode,
    prototype: Intrinsic,
    functions: &'static [Entry],
    getters: &'static [Entry],
    methods: &'static [Entry],
}

/// The classes, in V8's order.
const CLASSES: &[&Class] = &[
    &plain_date::CLASS,
    &plain_time::CLASS,
    &plain_date_time::CLASS,
    &zoned_date_time::CLASS,
    &duration::CLASS,
    &instant::CLASS,
    &plain_year_month::CLASS,
    &plain_month_day::CLASS,
];

pub(super) fn install(vm: &mut Vm, global: Gc<Object>) {
    let temporal = lazy_namespace(vm, global, "Temporal", fill);
    let realm = vm.realm();
    realm.set(&vm.memory, Intrinsic::Temporal, temporal);
    for class in CLASSES {
        let prototype = vm.realm().get(class.prototype);
        vm.fill_lazily(prototype, |vm, _| {
            let temporal = vm.realm().get(Intrinsic::Temporal);
            vm.complete_function(temporal);
        });
    }
}

/// Makes the classes.
fn fill(vm: &mut Vm, temporal: Gc<Object>) {
    define_tag(vm, temporal, "Temporal");
    now::install(vm, temporal);
    for class in CLASSES {
        let prototype = vm.realm().get(class.prototype);
        vm.complete_function(prototype);
        let row = (class.name, class.length, class.construct);
        constructor(vm, temporal, row, class.prototype, class.functions);
        add_entries(vm, prototype, class.getters);
        add_entries(vm, prototype, class.methods);
        define_tag(vm, prototype, class.tag);
    }
}

/// `valueOf` of all classes, which keeps `<` and `+` from giving what nobody wants.
fn value_of<T: TemporalValue>(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    let name = T::NAME;
    let message = format!(
        "Do not use {name}.prototype.valueOf; use {name}.prototype.compare for comparison."
    );
    Err(vm.throw_type_error(&message))
}

/// Throws what the crate says, as V8 does.
fn throw(vm: &mut Vm, error: TemporalError) -> Throw {
    let message = format!("Temporal error: {}", error.into_message());
    match error.kind() {
        ErrorKind::Type => vm.throw_type_error(&message),
        _ => vm.throw_range_error(&message),
    }
}

/// What the crate gives, or its error thrown.
trait OrThrow<T> {
    fn or_throw(self, vm: &mut Vm) -> Completion<T>;
}

impl<T> OrThrow<T> for TemporalResult<T> {
    fn or_throw(self, vm: &mut Vm) -> Completion<T> {
        self.map_err(|error| throw(vm, error))
    }
}

/// The value of an object of a class.
fn value_in<T: TemporalValue>(value: Value) -> Option<T> {
    value.downcast::<TemporalObject<T>>().map(|object| object.value.clone())
}

/// The value of the object that `this` is.
fn this<T: TemporalValue>(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<T> {
    value_in(arguments.this()).ok_or_else(|| {
        let method = method_name::<T>(vm, arguments);
        let text = vm.display(arguments.this());
        vm.throw_type_error(&format!("Method {method} called on incompatible receiver {text}"))
    })
}

/// What messages call the function that runs.
fn method_name<T: TemporalValue>(vm: &Vm, arguments: Arguments<'_>) -> String {
    let name = arguments.callee().downcast::<NativeFunction>();
    let name = name.map_or_else(String::new, |function| function.name.to_rust(&vm.memory));
    let name = name.trim_start_matches("get ");
    let of = if name == "from" || name == "compare" { "" } else { ".prototype" };
    format!("{}{of}.{name}", T::NAME)
}

/// An object of a class for a value.
fn create<T: TemporalValue>(vm: &Vm, value: T) -> Value {
    let prototype = vm.realm().get(T::PROTOTYPE);
    let shape = vm.shape_for_prototype(Some(prototype), T::KIND, 0);
    Value::cell(Gc::<TemporalObject<T>>::new(&vm.memory, shape, value))
}

/// An object of a class for what the crate gives.
fn created<T: TemporalValue>(vm: &mut Vm, value: TemporalResult<T>) -> Completion {
    let value = value.or_throw(vm)?;
    Ok(create(vm, value))
}

/// The function that `new` is used with; a constructor called without it throws.
fn new_target<T: TemporalValue>(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<Gc<Object>> {
    as_object(arguments.new_target()).ok_or_else(|| {
        let message = format!("Method invoked on an object that is not {}.", T::NAME);
        vm.throw_type_error(&message)
    })
}

/// What a constructor gives.
fn constructed<T: TemporalValue>(
    vm: &mut Vm,
    new_target: Gc<Object>,
    value: TemporalResult<T>,
) -> Completion {
    let value = value.or_throw(vm)?;
    let prototype = vm.get_prototype_from_constructor(new_target, T::PROTOTYPE)?;
    let shape = vm.shape_for_prototype(Some(prototype), T::KIND, 0);
    Ok(Value::cell(Gc::<TemporalObject<T>>::new(&vm.memory, shape, value)))
}

/// A text that the crate gives.
fn text(vm: &mut Vm, text: TemporalResult<String>) -> Completion {
    let text = text.or_throw(vm)?;
    Ok(text.into_value(vm))
}

/// A type error in V8's form.
fn type_error(vm: &mut Vm, message: &str) -> Throw {
    vm.throw_type_error(&format!("Temporal error: {message}"))
}

/// A range error in V8's form.
fn range_error(vm: &mut Vm, message: &str) -> Throw {
    vm.throw_range_error(&format!("Temporal error: {message}"))
}
