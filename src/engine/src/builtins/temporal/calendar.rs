//! Calendars. <https://tc39.es/proposal-temporal/#sec-temporal-calendars>

use temporal_rs::{
    Calendar, PlainDate, PlainDateTime, PlainMonthDay, PlainYearMonth, ZonedDateTime,
};

use super::{range_error, type_error, value_in};
use crate::heap::Gc;
use crate::object::{Object, TemporalObject, TemporalValue};
use crate::operators::as_object;
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Completion, Throw, Vm};

/// The calendar of an object of Temporal that has one.
pub(super) fn calendar_in(value: Value) -> Option<Calendar> {
    fn of<T: TemporalValue>(value: Value, ask: fn(&T) -> &Calendar) -> Option<Calendar> {
        value.downcast::<TemporalObject<T>>().map(|object| ask(&object.value).clone())
    }
    of(value, PlainDate::calendar)
        .or_else(|| of(value, PlainDateTime::calendar))
        .or_else(|| of(value, PlainMonthDay::calendar))
        .or_else(|| of(value, PlainYearMonth::calendar))
        .or_else(|| of(value, ZonedDateTime::calendar))
}

/// `ToTemporalCalendarIdentifier`
pub(super) fn to_calendar(vm: &mut Vm, value: Value) -> Completion<Calendar> {
    if let Some(calendar) = calendar_in(value) {
        return Ok(calendar);
    }
    let Some(text) = value.downcast::<JsString>() else {
        return Err(type_error(vm, "Calendar must be string or calendared Temporal object."));
    };
    let calendar = text.to_rust(&vm.memory).parse();
    calendar.map_err(|_| range_error(vm, "Invalid calendar string"))
}

/// A constructor's argument, which is the name of a calendar or undefined.
pub(super) fn calendar_argument(vm: &mut Vm, value: Value) -> Completion<Calendar> {
    if value.is_undefined() {
        return Ok(Calendar::default());
    }
    let Some(name) = value.downcast::<JsString>() else {
        return Err(type_error(vm, "Calendar must be string."));
    };
    let name = name.to_rust(&vm.memory);
    Calendar::try_from_utf8(name.as_bytes())
        .map_err(|_| range_error(vm, &format!("Unknown calendar type {name}.")))
}

/// `GetTemporalCalendarIdentifierWithISODefault`
pub(super) fn calendar_of(vm: &mut Vm, object: Gc<Object>) -> Completion<Calendar> {
    if let Some(calendar) = calendar_in(Value::cell(object)) {
        return Ok(calendar);
    }
    let key = vm.memory.key("calendar");
    let value = vm.get(object, key)?;
    if value.is_undefined() { Ok(Calendar::default()) } else { to_calendar(vm, value) }
}

/// `IsPartialTemporalObject`: the object, or a type error where it is none.
pub(super) fn partial_object(vm: &mut Vm, value: Value) -> Completion<Gc<Object>> {
    const MESSAGE: &str = "Argument to with() must contain some date/time fields.";
    let is_whole =
        calendar_in(value).is_some() || value_in::<temporal_rs::PlainTime>(value).is_some();
    let Some(object) = as_object(value).filter(|_| !is_whole) else {
        return Err(type_error(vm, MESSAGE));
    };
    for name in ["calendar", "timeZone"] {
        let key = vm.memory.key(name);
        if !vm.get(object, key)?.is_undefined() {
            return Err(type_error(vm, MESSAGE));
        }
    }
    Ok(object)
}

/// Says that calendars are not what they should be.
pub(super) fn mismatched(vm: &mut Vm) -> Throw {
    vm.throw_range_error("Mismatched calendars.")
}

/// Whether two calendars are the same; a range error if they are not.
pub(super) fn same_calendar(vm: &mut Vm, one: &Calendar, other: &Calendar) -> Completion<()> {
    if one == other {
        return Ok(());
    }
    Err(mismatched(vm))
}
