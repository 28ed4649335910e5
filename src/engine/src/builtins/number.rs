//! The `Number` constructor. <https://tc39.es/ecma262/#sec-number-objects>

use super::number_format::{to_exponential, to_fixed, to_precision, to_radix};
use super::{Entry, constructor, function, number, number_locale, wrapped};
use crate::heap::Gc;
use crate::object::Object;
use crate::operators::{Numeric, to_integer_or_infinity, to_numeric, to_string};
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

/// The largest integer up to which all are numbers: 2^53 − 1.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

const NUMBER: &[Entry] = &[
    number("EPSILON", f64::EPSILON),
    number("MAX_SAFE_INTEGER", MAX_SAFE_INTEGER),
    number("MAX_VALUE", f64::MAX),
    number("MIN_SAFE_INTEGER", -MAX_SAFE_INTEGER),
    number("MIN_VALUE", f64::from_bits(1)),
    number("NaN", f64::NAN),
    number("NEGATIVE_INFINITY", f64::NEG_INFINITY),
    number("POSITIVE_INFINITY", f64::INFINITY),
    function("isFinite", 1, |_, arguments| Ok(test(arguments, f64::is_finite))),
    function("isInteger", 1, |_, arguments| Ok(test(arguments, is_integer))),
    function("isNaN", 1, |_, arguments| Ok(test(arguments, f64::is_nan))),
    function("isSafeInteger", 1, |_, arguments| {
        Ok(test(arguments, |number| is_integer(number) && number.abs() <= MAX_SAFE_INTEGER))
    }),
];

const PROTOTYPE: &[Entry] = &[
    function("toExponential", 1, prototype_to_exponential),
    function("toFixed", 1, prototype_to_fixed),
    function("toLocaleString", 0, prototype_to_locale_string),
    function("toPrecision", 1, prototype_to_precision),
    function("toString", 1, prototype_to_string),
    function("valueOf", 0, |vm, arguments| {
        this_number(vm, arguments, "valueOf").map(Value::number)
    }),
];

/// The global functions `parseInt` and `parseFloat` are also properties of `Number`.
pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    let intrinsic = Intrinsic::NumberPrototype;
    let number = constructor(vm, global, ("Number", 1, construct), intrinsic, NUMBER);
    super::add_entries(vm, vm.realm().get(intrinsic), PROTOTYPE);
    for name in ["parseFloat", "parseInt"] {
        let key = vm.memory.key(name);
        if let Some(property) = global.own_property(&vm.memory, key) {
            super::define(vm, number, name, global.get_slot(&vm.memory, property.slot));
        }
    }
}

fn test(arguments: Arguments<'_>, holds: fn(f64) -> bool) -> Value {
    Value::bool(arguments.get(0).as_number().is_some_and(holds))
}

/// `IsIntegralNumber` (§7.2.6)
fn is_integer(number: f64) -> bool {
    number.is_finite() && number.trunc() == number
}

/// `Number ( value )` (§21.1.1.1)
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let number = if arguments.is_empty() {
        Value::ZERO
    } else {
        match to_numeric(vm, arguments.get(0))? {
            Numeric::Number(number) => number.into(),
            Numeric::BigInt(value) => value.to_number().into(),
        }
    };
    wrapped(vm, arguments, number, Intrinsic::NumberPrototype)
}

/// `ThisNumberValue` (§21.1.3.7.1)
fn this_number(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<f64> {
    super::this_primitive(arguments).as_number().ok_or_else(|| {
        vm.throw_type_error(&format!("Number.prototype.{method} requires that 'this' be a Number"))
    })
}

fn text(vm: &Vm, text: &str) -> Value {
    Value::cell(vm.memory.string(text))
}

fn prototype_to_exponential(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let number = this_number(vm, arguments, "toExponential")?;
    let digits = to_integer_or_infinity(vm, arguments.get(0))?;
    if !number.is_finite() {
        return to_string(vm, Value::number(number)).map(Value::cell);
    }
    if !(0.0..=100.0).contains(&digits) {
        return Err(vm.throw_range_error("toExponential() argument must be between 0 and 100"));
    }
    let digits = (!arguments.get(0).is_undefined()).then_some(digits as usize);
    Ok(text(vm, &to_exponential(number, digits)))
}

fn prototype_to_fixed(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let number = this_number(vm, arguments, "toFixed")?;
    let digits = to_integer_or_infinity(vm, arguments.get(0))?;
    if !(0.0..=100.0).contains(&digits) {
        return Err(vm.throw_range_error("toFixed() digits argument must be between 0 and 100"));
    }
    if !number.is_finite() {
        return to_string(vm, Value::number(number)).map(Value::cell);
    }
    Ok(text(vm, &to_fixed(number, digits as usize)))
}

/// `Number.prototype.toLocaleString` (§21.1.3.4)
fn prototype_to_locale_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let number = this_number(vm, arguments, "toLocaleString")?;
    number_locale::number_text(vm, arguments, number)
}

fn prototype_to_precision(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let number = this_number(vm, arguments, "toPrecision")?;
    if arguments.get(0).is_undefined() {
        return to_string(vm, Value::number(number)).map(Value::cell);
    }
    let precision = to_integer_or_infinity(vm, arguments.get(0))?;
    if !number.is_finite() {
        return to_string(vm, Value::number(number)).map(Value::cell);
    }
    if !(1.0..=100.0).contains(&precision) {
        return Err(vm.throw_range_error("toPrecision() argument must be between 1 and 100"));
    }
    Ok(text(vm, &to_precision(number, precision as usize)))
}

fn prototype_to_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let number = this_number(vm, arguments, "toString")?;
    let radix = match arguments.get(0) {
        Value::UNDEFINED => 10.0,
        radix => to_integer_or_infinity(vm, radix)?,
    };
    if !(2.0..=36.0).contains(&radix) {
        return Err(vm.throw_range_error("toString() radix argument must be between 2 and 36"));
    }
    if radix == 10.0 || !number.is_finite() {
        return to_string(vm, Value::number(number)).map(Value::cell);
    }
    Ok(text(vm, &to_radix(number, radix as u32)))
}
