//! Bags of fields. <https://tc39.es/proposal-temporal/#sec-temporal-preparecalendarfields>

use bitflags::bitflags;
use temporal_rs::fields::CalendarFields;
use temporal_rs::options::Overflow;
use temporal_rs::partial::PartialTime;
use temporal_rs::{Calendar, MonthCode, TimeZone, TinyAsciiStr, UtcOffset};

use super::time_zone::to_time_zone;
use super::values::{to_integer_with_truncation, to_positive_integer};
use super::{OrThrow, range_error, type_error};
use crate::heap::Gc;
use crate::object::Object;
use crate::operators::{Hint, to_primitive, to_string};
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Completion, Vm};

bitflags! {
    /// Which fields are asked for.
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub(super) struct Wanted: u8 {
        const YEAR = 1;
        const MONTH = 2;
        const DAY = 4;
        const TIME = 8;
        const OFFSET = 16;
        const ZONE = 32;
        const ZONE_IS_REQUIRED = 64;
        const DATE = 7;
    }
}

/// The fields of a bag. Numbers are integers of any size.
#[derive(Default)]
pub(super) struct Fields {
    year: Option<f64>,
    month: Option<f64>,
    month_code: Option<MonthCode>,
    day: Option<f64>,
    era: Option<TinyAsciiStr<19>>,
    era_year: Option<f64>,
    /// Hour, minute, second, millisecond, microsecond, nanosecond.
    time: [Option<f64>; 6],
    pub(super) offset: Option<UtcOffset>,
    pub(super) zone: Option<TimeZone>,
    is_any: bool,
}

/// The fields in the order of the alphabet, each with what asks for it.
const FIELDS: [(&str, Wanted); 14] = [
    ("day", Wanted::DAY),
    ("era", Wanted::YEAR),
    ("eraYear", Wanted::YEAR),
    ("hour", Wanted::TIME),
    ("microsecond", Wanted::TIME),
    ("millisecond", Wanted::TIME),
    ("minute", Wanted::TIME),
    ("month", Wanted::MONTH),
    ("monthCode", Wanted::MONTH),
    ("nanosecond", Wanted::TIME),
    ("offset", Wanted::OFFSET),
    ("second", Wanted::TIME),
    ("timeZone", Wanted::ZONE),
    ("year", Wanted::YEAR),
];

/// Whether years of a calendar are counted by eras.
fn has_eras(calendar: &Calendar) -> bool {
    !matches!(calendar.identifier(), "iso8601" | "chinese" | "dangi")
}

impl Fields {
    /// Reads the fields that are wanted. That some are missing, but for time zones, is
    /// somebody else's business.
    pub(super) fn read(
        vm: &mut Vm,
        object: Gc<Object>,
        calendar: &Calendar,
        wanted: Wanted,
    ) -> Completion<Self> {
        let mut fields = Self::default();
        for (name, group) in FIELDS {
            let is_wanted = wanted.contains(group)
                && (!matches!(name, "era" | "eraYear") || has_eras(calendar));
            if !is_wanted {
                continue;
            }
            let key = vm.memory.key(name);
            let value = vm.get(object, key)?;
            if !value.is_undefined() {
                fields.set(vm, name, value)?;
                fields.is_any = true;
            } else if name == "timeZone" && wanted.contains(Wanted::ZONE_IS_REQUIRED) {
                return Err(type_error(vm, "Must specify time zone."));
            }
        }
        Ok(fields)
    }

    /// Reads the fields that are wanted, of which there has to be one.
    pub(super) fn read_some(
        vm: &mut Vm,
        object: Gc<Object>,
        calendar: &Calendar,
        wanted: Wanted,
    ) -> Completion<Self> {
        let fields = Self::read(vm, object, calendar, wanted)?;
        if !fields.is_any {
            let of = if wanted == Wanted::TIME { "time" } else { "calendar" };
            return Err(type_error(vm, &format!("Must specify at least one {of} field.")));
        }
        Ok(fields)
    }

    fn set(&mut self, vm: &mut Vm, name: &str, value: Value) -> Completion<()> {
        match name {
            "day" => self.day = Some(to_positive_integer(vm, value)?),
            "era" => {
                let era = to_string(vm, value)?.to_rust(&vm.memory);
                match era.parse() {
                    Ok(era) => self.era = Some(era),
                    Err(_) => return Err(range_error(vm, "Invalid era code.")),
                }
            }
            "eraYear" => self.era_year = Some(to_integer_with_truncation(vm, value)?),
            "month" => self.month = Some(to_positive_integer(vm, value)?),
            "monthCode" => {
                let code = to_text(vm, value, "Month code out of range.")?;
                match code.parse::<MonthCode>() {
                    Ok(code) => self.month_code = Some(code),
                    Err(_) => return Err(range_error(vm, "Month code out of range.")),
                }
            }
            "offset" => {
                let offset = to_text(vm, value, "Offset must be string.")?;
                self.offset = Some(UtcOffset::from_utf8(offset.as_bytes()).or_throw(vm)?);
            }
            "timeZone" => self.zone = Some(to_time_zone(vm, value)?),
            "year" => self.year = Some(to_integer_with_truncation(vm, value)?),
            _ => {
                let index = TIME.iter().position(|field| *field == name).unwrap_or(0);
                self.time[index] = Some(to_integer_with_truncation(vm, value)?);
            }
        }
        Ok(())
    }

    /// The fields of the date. What no integer of the crate's has room for is out of the
    /// range of all fields in any case.
    pub(super) fn date(&self) -> CalendarFields {
        CalendarFields::new()
            .with_optional_year(self.year.map(|year| year as i32))
            .with_optional_month(self.month.map(|month| month as u8))
            .with_optional_month_code(self.month_code)
            .with_optional_day(self.day.map(|day| day as u8))
            .with_era(self.era)
            .with_era_year(self.era_year.map(|year| year as i32))
    }

    /// The fields of the time.
    pub(super) fn time(&self, vm: &mut Vm, overflow: Overflow) -> Completion<PartialTime> {
        let is_strange = |(index, field): (usize, &Option<f64>)| {
            let greatest = if index < 3 { 59.0 } else { 999.0 };
            field.is_some_and(|field| !(0.0..=greatest).contains(&field))
        };
        if overflow == Overflow::Reject && self.time.iter().enumerate().any(is_strange) {
            return Err(range_error(vm, "Invalid time provided"));
        }
        let [hour, minute, second, millisecond, microsecond, nanosecond] = self.time;
        Ok(PartialTime::new()
            .with_hour(hour.map(|field| field as u8))
            .with_minute(minute.map(|field| field as u8))
            .with_second(second.map(|field| field as u8))
            .with_millisecond(millisecond.map(|field| field as u16))
            .with_microsecond(microsecond.map(|field| field as u16))
            .with_nanosecond(nanosecond.map(|field| field as u16)))
    }
}

/// The fields of times, in the order of their size.
const TIME: [&str; 6] = ["hour", "minute", "second", "millisecond", "microsecond", "nanosecond"];

/// `ToPrimitiveAndRequireString`
fn to_text(vm: &mut Vm, value: Value, message: &str) -> Completion<String> {
    let primitive = to_primitive(vm, value, Hint::String)?;
    match primitive.downcast::<JsString>() {
        Some(text) => Ok(text.to_rust(&vm.memory)),
        None => Err(type_error(vm, message)),
    }
}
