//! `Temporal.PlainMonthDay`.
//! <https://tc39.es/proposal-temporal/#sec-temporal-plainmonthday-objects>

use temporal_rs::PlainMonthDay;
use temporal_rs::options::Overflow;
use temporal_rs::parsed_intermediates::ParsedDate;
use temporal_rs::partial::PartialDate;

use super::arithmetic::from;
use super::calendar::{calendar_argument, calendar_of, partial_object};
use super::fields::{Fields, Wanted};
use super::values::{field, to_integer_with_truncation};
use super::{
    Class, IntoValue, Options, OrThrow, constructed, created, getters, new_target, this,
    type_error, value_in, value_of,
};
use crate::builtins::function;
use crate::operators::as_object;
use crate::realm::Intrinsic;
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const CLASS: Class = Class {
    name: "PlainMonthDay",
    tag: "Temporal.PlainMonthDay",
    length: 2,
    construct,
    prototype: Intrinsic::PlainMonthDayPrototype,
    functions: &[function("from", 1, |vm, arguments| from(vm, arguments, to_month_day))],
    getters: getters! { PlainMonthDay:
        "calendarId" => PlainMonthDay::calendar_id,
        "monthCode" => PlainMonthDay::month_code,
        "day" => PlainMonthDay::day,
    },
    methods: &[
        function("with", 1, |vm, arguments| {
            let day: PlainMonthDay = this(vm, arguments)?;
            let object = partial_object(vm, arguments.get(0))?;
            let fields = Fields::read_some(vm, object, day.calendar(), Wanted::DATE)?;
            let overflow = Options::new::<PlainMonthDay>(arguments, 1).overflow(vm)?;
            created(vm, day.with(fields.date(), Some(overflow)))
        }),
        function("equals", 1, |vm, arguments| {
            let day: PlainMonthDay = this(vm, arguments)?;
            let other = to_month_day(vm, arguments.get(0), Options::NONE)?;
            Ok((day == other).into_value(vm))
        }),
        function("toLocaleString", 0, super::locale::month_day),
        function("toString", 0, |vm, arguments| {
            let day: PlainMonthDay = this(vm, arguments)?;
            let bag = Options::new::<PlainMonthDay>(arguments, 0).object(vm)?;
            let calendar = bag.calendar_name(vm)?;
            Ok(day.to_ixdtf_string(calendar).into_value(vm))
        }),
        function("toJSON", 0, |vm, arguments| {
            let day: PlainMonthDay = this(vm, arguments)?;
            Ok(day.to_string().into_value(vm))
        }),
        function("valueOf", 0, value_of::<PlainMonthDay>),
        function("toPlainDate", 1, |vm, arguments| {
            let day: PlainMonthDay = this(vm, arguments)?;
            let Some(object) = as_object(arguments.get(0)) else {
                return Err(type_error(vm, "year argument must be an object."));
            };
            let fields = Fields::read_some(vm, object, day.calendar(), Wanted::YEAR)?;
            created(vm, day.to_plain_date(Some(fields.date())))
        }),
    ],
};

/// The year that days without one are of: a leap year.
const REFERENCE_YEAR: f64 = 1972.0;

/// `Temporal.PlainMonthDay ( isoMonth, isoDay [ , calendar [ , referenceISOYear ] ] )`
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = new_target::<PlainMonthDay>(vm, arguments)?;
    let month = to_integer_with_truncation(vm, arguments.get(0))?;
    let day = to_integer_with_truncation(vm, arguments.get(1))?;
    let calendar = calendar_argument(vm, arguments.get(2))?;
    let year = match arguments.get(3) {
        year if year.is_undefined() => REFERENCE_YEAR,
        year => to_integer_with_truncation(vm, year)?,
    };
    let (month, day, year) = (field(month, u8::MAX), field(day, u8::MAX), field(year, i32::MAX));
    let reject = Overflow::Reject;
    let day = PlainMonthDay::new_with_overflow(month, day, calendar, reject, Some(year));
    constructed(vm, target, day)
}

/// `ToTemporalMonthDay`
fn to_month_day(vm: &mut Vm, value: Value, options: Options<'_>) -> Completion<PlainMonthDay> {
    if let Some(day) = value_in(value) {
        options.overflow(vm)?;
        return Ok(day);
    }
    if let Some(object) = as_object(value) {
        let calendar = calendar_of(vm, object)?;
        let calendar_fields = Fields::read(vm, object, &calendar, Wanted::DATE)?.date();
        let overflow = options.overflow(vm)?;
        let partial = PartialDate { calendar_fields, calendar };
        return PlainMonthDay::from_partial(partial, Some(overflow)).or_throw(vm);
    }
    let Some(text) = value.downcast::<JsString>() else {
        return Err(type_error(vm, "MonthDay argument must be object or string."));
    };
    let text = text.to_rust(&vm.memory);
    let parsed = ParsedDate::month_day_from_utf8(text.as_bytes()).or_throw(vm)?;
    options.overflow(vm)?;
    PlainMonthDay::from_parsed(parsed).or_throw(vm)
}
