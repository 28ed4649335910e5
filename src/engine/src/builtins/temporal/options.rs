//! Bags of options. <https://tc39.es/proposal-temporal/#sec-getoptionsobject>
//!
//! Programs see in which order options are read: it is that of the alphabet, and nothing
//! is compared with anything else before all have been read.

use std::str::FromStr;

use temporal_rs::options::{
    DifferenceSettings, Disambiguation, DisplayCalendar, DisplayOffset, DisplayTimeZone,
    OffsetDisambiguation, Overflow, RoundingIncrement, RoundingMode, RoundingOptions,
    ToStringRoundingOptions, Unit,
};
use temporal_rs::parsers::Precision;

use super::{method_name, range_error, type_error};
use crate::heap::Gc;
use crate::object::{Attributes, Object, TemporalValue};
use crate::operators::{as_object, to_string};
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Throw, Vm};

/// An argument that may be options, and has not been looked at yet.
#[derive(Clone, Copy)]
pub(super) struct Options<'a> {
    value: Value,
    caller: Option<(Arguments<'a>, NameOf)>,
}

/// What says how messages call a method.
type NameOf = fn(&Vm, Arguments<'_>) -> String;

impl<'a> Options<'a> {
    /// No options.
    pub(super) const NONE: Self = Self { value: Value::UNDEFINED, caller: None };

    /// An argument of a method of a class.
    pub(super) fn new<T: TemporalValue>(arguments: Arguments<'a>, index: usize) -> Self {
        Self { value: arguments.get(index), caller: Some((arguments, method_name::<T>)) }
    }

    /// `GetOptionsObject`
    pub(super) fn object(self, vm: &mut Vm) -> Completion<Bag<'a>> {
        let object = as_object(self.value);
        if object.is_none() && !self.value.is_undefined() {
            return Err(type_error(vm, "Options must be an object or undefined."));
        }
        Ok(Bag { object, caller: self.caller })
    }

    /// What `round` and its like accept: an object, or the text of one option.
    pub(super) fn object_or_text(self, vm: &mut Vm, option: &str) -> Completion<Bag<'a>> {
        if self.value.is_undefined() {
            let message = match option {
                "unit" => "Must specify a totalOf parameter",
                "direction" => "Must specify a direction parameter.",
                _ => "Must specify a roundTo parameter.",
            };
            return Err(type_error(vm, message));
        }
        if as_object(self.value).is_some() {
            return self.object(vm);
        }
        if self.value.downcast::<JsString>().is_none() {
            return Err(type_error(vm, "roundTo must be an object."));
        }
        let object = vm.ordinary_object_create(None);
        let key = vm.memory.key(option);
        object.add_property(&vm.memory, key, self.value, Attributes::DATA);
        Ok(Bag { object: Some(object), caller: self.caller })
    }

    /// `GetTemporalOverflowOption`, of what may be no object.
    pub(super) fn overflow(self, vm: &mut Vm) -> Completion<Overflow> {
        self.object(vm)?.overflow(vm)
    }
}

/// Options to read.
#[derive(Clone, Copy)]
pub(super) struct Bag<'a> {
    object: Option<Gc<Object>>,
    caller: Option<(Arguments<'a>, NameOf)>,
}

impl Bag<'_> {
    /// An option; undefined where there is none.
    pub(super) fn get(&self, vm: &mut Vm, name: &str) -> Completion {
        let key = vm.memory.key(name);
        self.object.map_or(Ok(Value::UNDEFINED), |object| vm.get(object, key))
    }

    /// `GetOption`, of texts: one of those that the type knows.
    pub(super) fn choice<T: FromStr>(&self, vm: &mut Vm, name: &str) -> Completion<Option<T>> {
        let value = self.get(vm, name)?;
        if value.is_undefined() {
            return Ok(None);
        }
        let text = to_string(vm, value)?.to_rust(&vm.memory);
        text.parse().map(Some).map_err(|_| self.out_of_range(vm, &text, name))
    }

    /// An option that has to be there.
    pub(super) fn required<T: FromStr>(&self, vm: &mut Vm, name: &str) -> Completion<T> {
        match self.choice(vm, name)? {
            Some(choice) => Ok(choice),
            None => Err(self.out_of_range(vm, "undefined", name)),
        }
    }

    fn out_of_range(&self, vm: &mut Vm, text: &str, name: &str) -> Throw {
        let of = self.caller.map(|(arguments, name)| name(vm, arguments)).unwrap_or_default();
        vm.throw_range_error(&format!("Value {text} out of range for {of} options property {name}"))
    }

    /// `GetTemporalOverflowOption`
    pub(super) fn overflow(&self, vm: &mut Vm) -> Completion<Overflow> {
        Ok(self.choice(vm, "overflow")?.unwrap_or(Overflow::Constrain))
    }

    /// `GetTemporalDisambiguationOption`
    pub(super) fn disambiguation(&self, vm: &mut Vm) -> Completion<Disambiguation> {
        Ok(self.choice(vm, "disambiguation")?.unwrap_or(Disambiguation::Compatible))
    }

    /// `GetTemporalOffsetOption`
    pub(super) fn offset(&self, vm: &mut Vm) -> Completion<Option<OffsetDisambiguation>> {
        self.choice(vm, "offset")
    }

    /// `GetTemporalShowCalendarNameOption`
    pub(super) fn calendar_name(&self, vm: &mut Vm) -> Completion<DisplayCalendar> {
        Ok(self.choice(vm, "calendarName")?.unwrap_or(DisplayCalendar::Auto))
    }

    /// `GetTemporalShowOffsetOption`
    pub(super) fn show_offset(&self, vm: &mut Vm) -> Completion<DisplayOffset> {
        Ok(self.choice(vm, "offset")?.unwrap_or(DisplayOffset::Auto))
    }

    /// `GetTemporalShowTimeZoneNameOption`
    pub(super) fn time_zone_name(&self, vm: &mut Vm) -> Completion<DisplayTimeZone> {
        Ok(self.choice(vm, "timeZoneName")?.unwrap_or(DisplayTimeZone::Auto))
    }

    /// `GetRoundingModeOption`
    pub(super) fn rounding_mode(&self, vm: &mut Vm) -> Completion<Option<RoundingMode>> {
        self.choice(vm, "roundingMode")
    }

    /// `GetTemporalUnitValuedOption`
    pub(super) fn unit(&self, vm: &mut Vm, name: &str) -> Completion<Option<Unit>> {
        self.choice(vm, name)
    }

    /// `GetRoundingIncrementOption`
    pub(super) fn increment(&self, vm: &mut Vm) -> Completion<Option<RoundingIncrement>> {
        let value = self.get(vm, "roundingIncrement")?;
        if value.is_undefined() {
            return Ok(None);
        }
        let number = super::values::to_integer_with_truncation(vm, value)?;
        let increment = RoundingIncrement::try_from(number);
        increment.map(Some).map_err(|_| range_error(vm, "Integer out of range."))
    }

    /// `GetTemporalFractionalSecondDigitsOption`
    pub(super) fn digits(&self, vm: &mut Vm) -> Completion<Precision> {
        const MESSAGE: &str = "fractionalSecondDigits value is out of range.";
        let value = self.get(vm, "fractionalSecondDigits")?;
        if value.is_undefined() {
            return Ok(Precision::Auto);
        }
        if let Some(number) = value.as_number() {
            let digits = number.floor();
            if !(0.0..=9.0).contains(&digits) {
                return Err(vm.throw_range_error(MESSAGE));
            }
            return Ok(Precision::Digit(digits as u8));
        }
        match &*to_string(vm, value)?.to_rust(&vm.memory) {
            "auto" => Ok(Precision::Auto),
            _ => Err(vm.throw_range_error(MESSAGE)),
        }
    }

    /// `GetDifferenceSettings`, as far as it reads.
    pub(super) fn difference(&self, vm: &mut Vm) -> Completion<DifferenceSettings> {
        let mut settings = DifferenceSettings::default();
        settings.largest_unit = self.unit(vm, "largestUnit")?;
        settings.increment = self.increment(vm)?;
        settings.rounding_mode = self.rounding_mode(vm)?;
        settings.smallest_unit = self.unit(vm, "smallestUnit")?;
        not_auto(vm, settings.smallest_unit)?;
        Ok(settings)
    }

    /// The options of `round`.
    pub(super) fn rounding(&self, vm: &mut Vm) -> Completion<RoundingOptions> {
        let mut options = RoundingOptions::default();
        options.increment = self.increment(vm)?;
        options.rounding_mode = self.rounding_mode(vm)?;
        options.smallest_unit = Some(self.required(vm, "smallestUnit")?);
        not_auto(vm, options.smallest_unit)?;
        Ok(options)
    }

    /// The options of `toString` that round.
    pub(super) fn precision(&self, vm: &mut Vm) -> Completion<ToStringRoundingOptions> {
        let precision = self.digits(vm)?;
        let rounding_mode = self.rounding_mode(vm)?;
        let smallest_unit = self.unit(vm, "smallestUnit")?;
        Ok(ToStringRoundingOptions { precision, smallest_unit, rounding_mode })
    }
}

/// Throws where the smallest unit is `auto`.
pub(super) fn not_auto(vm: &mut Vm, unit: Option<Unit>) -> Completion<()> {
    match unit {
        Some(Unit::Auto) => Err(range_error(vm, "Auto unit not allowed here")),
        _ => Ok(()),
    }
}

/// Throws where texts of times would end in hours, or in no unit of times.
pub(super) fn seconds_or_minutes(vm: &mut Vm, unit: Option<Unit>) -> Completion<()> {
    match unit {
        Some(unit) if unit == Unit::Hour || !unit.is_time_unit() => Err(range_error(
            vm,
            "string rounding options cannot have hour or minute smallest unit.",
        )),
        _ => Ok(()),
    }
}
