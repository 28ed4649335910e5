//! The `Date` constructor. <https://tc39.es/ecma262/#sec-date-objects>

mod calendar;
mod format;
mod getters;
mod local;
mod locale;
mod parse;
mod setters;

#[cfg(feature = "temporal")]
use super::temporal::date_to_temporal_instant;
use super::{Entry, add_entries, constructor, define, define_symbol, function};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Attributes, Date, Object};
use crate::operators::{
    Hint, as_object, ordinary_to_primitive, to_number, to_primitive, to_string,
};
use crate::realm::Intrinsic;
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, NativeCode, Vm, WellKnown};
pub(super) use calendar::Fields;
use calendar::{make_date, make_day, make_full_year, make_time, time_clip};
use locale::Usual;
use parse::Parsed;

const DATE: &[Entry] = &[
    // `Date.now` (§21.4.3.1)
    function("now", 0, |vm, _| Ok(Value::number(vm.clock().now().floor()))),
    function("parse", 1, |vm, arguments| {
        let text = to_string(vm, arguments.get(0))?;
        Ok(Value::number(parse_text(vm, text)))
    }),
    function("UTC", 7, |vm, arguments| {
        let time = time_of_fields(vm, arguments)?;
        Ok(Value::number(time_clip(time)))
    }),
];

const PROTOTYPE: &[Entry] = &[
    function("toString", 0, |vm, arguments| text(vm, arguments, Form::Full)),
    function("toDateString", 0, |vm, arguments| text(vm, arguments, Form::Date)),
    function("toTimeString", 0, |vm, arguments| text(vm, arguments, Form::Time)),
    function("toISOString", 0, to_iso_string),
    function("toUTCString", 0, |vm, arguments| text(vm, arguments, Form::Utc)),
    function("toLocaleString", 0, |vm, it| locale::text(vm, it, Usual::All)),
    function("toLocaleDateString", 0, |vm, it| locale::text(vm, it, Usual::Date)),
    function("toLocaleTimeString", 0, |vm, it| locale::text(vm, it, Usual::Time)),
    function("toJSON", 1, to_json),
];

pub(super) fn install(vm: &mut Vm, global: Gc<Object>) {
    let row = ("Date", 7, construct as NativeCode);
    constructor(vm, global, row, Intrinsic::DatePrototype, DATE);
    let prototype = vm.realm().get(Intrinsic::DatePrototype);
    vm.fill_lazily(prototype, fill_prototype);
}

fn fill_prototype(vm: &mut Vm, prototype: Gc<Object>) {
    for entries in [PROTOTYPE, getters::PROTOTYPE, setters::PROTOTYPE] {
        add_entries(vm, prototype, entries);
    }
    // `toGMTString` is the same function (§B.2.3.3).
    let key = vm.memory.literal_key("toUTCString");
    if let Some(property) = prototype.own_property(&vm.memory, key) {
        define(vm, prototype, "toGMTString", prototype.get_slot(&vm.memory, property.slot));
    }
    #[cfg(feature = "temporal")]
    add_entries(vm, prototype, &[function("toTemporalInstant", 0, date_to_temporal_instant)]);
    let to_primitive = vm.new_native_function("[Symbol.toPrimitive]", 1, date_to_primitive);
    let value = Value::cell(to_primitive);
    define_symbol(vm, prototype, WellKnown::ToPrimitive, value, Attributes::CONFIGURABLE);
}

impl Vm {
    /// A date of the usual prototype; a number that is no time value makes an invalid one.
    pub fn new_date(&self, time: f64) -> Gc<Date> {
        let prototype = self.realm().get(Intrinsic::DatePrototype);
        let shape = self.shape_for_prototype(Some(prototype), kinds::DATE, 0);
        Gc::<Date>::new(&self.memory, shape, time_clip(time))
    }

    /// A time value in the standard's form (§21.4.1.32); None for NaN.
    #[must_use]
    pub fn iso_date(&self, time: f64) -> Option<String> {
        (!time.is_nan()).then(|| Fields::of(time).iso_string())
    }
}

/// The date that `this` is.
fn this_date(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<Gc<Date>> {
    match arguments.this().downcast() {
        Some(date) => Ok(date),
        None => Err(vm.throw_type_error("this is not a Date object.")),
    }
}

/// The time value of a text.
fn parse_text(vm: &Vm, text: Gc<JsString>) -> f64 {
    match parse::parse(&text.units(&vm.memory).to_utf16()) {
        Some(Parsed::Utc(time)) => time_clip(time),
        Some(Parsed::Local(time)) => time_clip(vm.utc(time)),
        None => f64::NAN,
    }
}

/// The time that years, months and so on are, as `Date.UTC` is given them (§21.4.3.4).
fn time_of_fields(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<f64> {
    let mut fields = [f64::NAN, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0];
    fields[0] = to_number(vm, arguments.get(0))?;
    for (index, field) in fields.iter_mut().enumerate().take(arguments.len()).skip(1) {
        *field = to_number(vm, arguments.get(index))?;
    }
    let [year, month, day, hour, minute, second, millisecond] = fields;
    let day = make_day(make_full_year(year), month, day);
    Ok(make_date(day, make_time(hour, minute, second, millisecond)))
}

/// `Date ( ...values )` (§21.4.2.1)
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let now = vm.clock().now().floor();
    let Some(new_target) = as_object(arguments.new_target()) else {
        let text = text_of(vm, now, Form::Full);
        return Ok(Value::cell(vm.memory.string(&text)));
    };
    let time = match arguments.len() {
        0 => now,
        1 => time_of_value(vm, arguments.get(0))?,
        _ => {
            let local = time_of_fields(vm, arguments)?;
            time_clip(vm.utc(local))
        }
    };
    let prototype = vm.get_prototype_from_constructor(new_target, Intrinsic::DatePrototype)?;
    let shape = vm.shape_for_prototype(Some(prototype), kinds::DATE, 0);
    Ok(Value::cell(Gc::<Date>::new(&vm.memory, shape, time)))
}

/// The time value that a single argument is.
fn time_of_value(vm: &mut Vm, value: Value) -> Completion<f64> {
    if let Some(date) = value.downcast::<Date>() {
        return Ok(date.value.get());
    }
    let primitive = to_primitive(vm, value, Hint::Default)?;
    if let Some(text) = primitive.downcast::<JsString>() {
        return Ok(parse_text(vm, text));
    }
    to_number(vm, primitive).map(time_clip)
}

/// The forms in which dates are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    Full,
    Date,
    Time,
    Utc,
}

/// The methods that write a date as text (§21.4.4.35 – §21.4.4.43).
fn text(vm: &mut Vm, arguments: Arguments<'_>, form: Form) -> Completion {
    let time = this_date(vm, arguments)?.value.get();
    let text = text_of(vm, time, form);
    Ok(Value::cell(vm.memory.string(&text)))
}

fn text_of(vm: &Vm, time: f64, form: Form) -> String {
    if time.is_nan() {
        return "Invalid Date".to_owned();
    }
    if form == Form::Utc {
        return Fields::of(time).utc_string();
    }
    let offset = vm.clock().offset(time);
    let fields = Fields::of(time + offset);
    let time_string = || fields.time_string(offset, vm.clock().zone_name(time).as_deref());
    match form {
        Form::Date => fields.date_string(),
        Form::Time => time_string(),
        Form::Full | Form::Utc => format!("{} {}", fields.date_string(), time_string()),
    }
}

/// `toISOString` (§21.4.4.36)
fn to_iso_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let time = this_date(vm, arguments)?.value.get();
    match vm.iso_date(time) {
        Some(text) => Ok(Value::cell(vm.memory.string(&text))),
        None => Err(vm.throw_range_error("Invalid time value")),
    }
}

/// `toJSON` (§21.4.4.37)
fn to_json(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let object = vm.to_object(arguments.this())?;
    let time = to_primitive(vm, Value::cell(object), Hint::Number)?;
    if time.as_number().is_some_and(|time| !time.is_finite()) {
        return Ok(Value::NULL);
    }
    let key = vm.memory.literal_key("toISOString");
    vm.invoke(Value::cell(object), key, &[])
}

/// `Date.prototype [ @@toPrimitive ]` (§21.4.4.45)
fn date_to_primitive(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(object) = as_object(arguments.this()) else {
        let text = vm.display(arguments.this());
        return Err(vm.throw_type_error(&format!(
            "Method Date.prototype [ @@toPrimitive ] called on incompatible receiver {text}"
        )));
    };
    let hint = arguments.get(0).downcast::<JsString>().map(|hint| hint.to_rust(&vm.memory));
    match hint.as_deref() {
        Some("default" | "string") => ordinary_to_primitive(vm, object, Hint::String),
        Some("number") => ordinary_to_primitive(vm, object, Hint::Number),
        _ => {
            let text = vm.display(arguments.get(0));
            Err(vm.throw_type_error(&format!("Invalid hint: {text}")))
        }
    }
}
