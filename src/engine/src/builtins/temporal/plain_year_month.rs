//! `Temporal.PlainYearMonth`.
//! <https://tc39.es/proposal-temporal/#sec-temporal-plainyearmonth-objects>

use temporal_rs::PlainYearMonth;
use temporal_rs::options::Overflow;
use temporal_rs::parsed_intermediates::ParsedDate;
use temporal_rs::partial::PartialYearMonth;

use super::arithmetic::{compare, difference, from, moved};
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
    name: "PlainYearMonth",
    tag: "Temporal.PlainYearMonth",
    length: 2,
    construct,
    prototype: Intrinsic::PlainYearMonthPrototype,
    functions: &[
        function("from", 1, |vm, arguments| from(vm, arguments, to_year_month)),
        function("compare", 2, |vm, arguments| {
            compare(vm, arguments, to_year_month, PlainYearMonth::compare_iso)
        }),
    ],
    getters: getters! { PlainYearMonth:
        "calendarId" => PlainYearMonth::calendar_id,
        "era" => PlainYearMonth::era,
        "eraYear" => PlainYearMonth::era_year,
        "year" => PlainYearMonth::year,
        "month" => PlainYearMonth::month,
        "monthCode" => PlainYearMonth::month_code,
        "daysInYear" => PlainYearMonth::days_in_year,
        "daysInMonth" => PlainYearMonth::days_in_month,
        "monthsInYear" => PlainYearMonth::months_in_year,
        "inLeapYear" => PlainYearMonth::in_leap_year,
    },
    methods: &[
        function("with", 1, |vm, arguments| {
            let month: PlainYearMonth = this(vm, arguments)?;
            let object = partial_object(vm, arguments.get(0))?;
            let fields = Fields::read_some(vm, object, month.calendar(), MONTH)?;
            let overflow = Options::new::<PlainYearMonth>(arguments, 1).overflow(vm)?;
            created(vm, month.with(fields.date().into(), Some(overflow)))
        }),
        function("add", 1, |vm, arguments| {
            moved(vm, arguments, |month: &PlainYearMonth, duration, overflow| {
                month.add(duration, overflow.unwrap_or(Overflow::Constrain))
            })
        }),
        function("subtract", 1, |vm, arguments| {
            moved(vm, arguments, |month: &PlainYearMonth, duration, overflow| {
                month.subtract(duration, overflow.unwrap_or(Overflow::Constrain))
            })
        }),
        function("until", 1, |vm, arguments| {
            let calendar = Some(PlainYearMonth::calendar as fn(&PlainYearMonth) -> &_);
            difference(vm, arguments, to_year_month, calendar, PlainYearMonth::until)
        }),
        function("since", 1, |vm, arguments| {
            let calendar = Some(PlainYearMonth::calendar as fn(&PlainYearMonth) -> &_);
            difference(vm, arguments, to_year_month, calendar, PlainYearMonth::since)
        }),
        function("equals", 1, |vm, arguments| {
            let month: PlainYearMonth = this(vm, arguments)?;
            let other = to_year_month(vm, arguments.get(0), Options::NONE)?;
            Ok((month == other).into_value(vm))
        }),
        function("toLocaleString", 0, super::locale::year_month),
        function("toString", 0, |vm, arguments| {
            let month: PlainYearMonth = this(vm, arguments)?;
            let bag = Options::new::<PlainYearMonth>(arguments, 0).object(vm)?;
            let calendar = bag.calendar_name(vm)?;
            Ok(month.to_ixdtf_string(calendar).into_value(vm))
        }),
        function("toJSON", 0, |vm, arguments| {
            let month: PlainYearMonth = this(vm, arguments)?;
            Ok(month.to_string().into_value(vm))
        }),
        function("valueOf", 0, value_of::<PlainYearMonth>),
        function("toPlainDate", 1, |vm, arguments| {
            let month: PlainYearMonth = this(vm, arguments)?;
            let Some(object) = as_object(arguments.get(0)) else {
                return Err(type_error(vm, "year argument must be an object."));
            };
            let fields = Fields::read_some(vm, object, month.calendar(), Wanted::DAY)?;
            created(vm, month.to_plain_date(Some(fields.date())))
        }),
    ],
};

/// The fields that make a month of a year.
const MONTH: Wanted = Wanted::YEAR.union(Wanted::MONTH);

/// `Temporal.PlainYearMonth ( isoYear, isoMonth [ , calendar [ , referenceISODay ] ] )`
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let target = new_target::<PlainYearMonth>(vm, arguments)?;
    let year = to_integer_with_truncation(vm, arguments.get(0))?;
    let month = to_integer_with_truncation(vm, arguments.get(1))?;
    let calendar = calendar_argument(vm, arguments.get(2))?;
    let day = match arguments.get(3) {
        day if day.is_undefined() => 1.0,
        day => to_integer_with_truncation(vm, day)?,
    };
    let (year, month) = (field(year, i32::MAX), field(month, u8::MAX));
    let month = PlainYearMonth::try_new(year, month, Some(field(day, u8::MAX)), calendar);
    constructed(vm, target, month)
}

/// `ToTemporalYearMonth`
fn to_year_month(vm: &mut Vm, value: Value, options: Options<'_>) -> Completion<PlainYearMonth> {
    if let Some(month) = value_in(value) {
        options.overflow(vm)?;
        return Ok(month);
    }
    if let Some(object) = as_object(value) {
        let calendar = calendar_of(vm, object)?;
        let calendar_fields = Fields::read(vm, object, &calendar, MONTH)?.date().into();
        let overflow = options.overflow(vm)?;
        let partial = PartialYearMonth { calendar_fields, calendar };
        return PlainYearMonth::from_partial(partial, Some(overflow)).or_throw(vm);
    }
    let Some(text) = value.downcast::<JsString>() else {
        return Err(type_error(vm, "YearMonth argument must be object or string."));
    };
    let text = text.to_rust(&vm.memory);
    let parsed = ParsedDate::year_month_from_utf8(text.as_bytes()).or_throw(vm)?;
    options.overflow(vm)?;
    PlainYearMonth::from_parsed(parsed).or_throw(vm)
}
