//! The `Math` object. <https://tc39.es/ecma262/#sec-math-object>
//!
//! Its functions give what V8's give, to the last bit.

mod ieee754;
mod trigonometry;

use std::f64::consts;
use std::ops::ControlFlow;

use dashu_int::IBig;
use dashu_int::ops::BitTest;

use super::{Entry, add_entries, define_tag, function, lazy_namespace, number};
use crate::heap::Gc;
use crate::object::Object;
use crate::operators::{Arithmetic, numbers, to_number};
use crate::value::{Value, from_float16, to_float16, to_int32, to_uint32};
use crate::vm::{Arguments, Completion, Vm};

const MATH: &[Entry] = &[
    number("E", consts::E),
    number("LN10", consts::LN_10),
    number("LN2", consts::LN_2),
    number("LOG10E", consts::LOG10_E),
    number("LOG2E", consts::LOG2_E),
    number("PI", consts::PI),
    number("SQRT1_2", consts::FRAC_1_SQRT_2),
    number("SQRT2", consts::SQRT_2),
    function("abs", 1, |vm, arguments| of_one(vm, arguments, f64::abs)),
    function("acos", 1, |vm, arguments| of_one(vm, arguments, libm::acos)),
    function("acosh", 1, |vm, arguments| of_one(vm, arguments, ieee754::acosh)),
    function("asin", 1, |vm, arguments| of_one(vm, arguments, libm::asin)),
    function("asinh", 1, |vm, arguments| of_one(vm, arguments, ieee754::asinh)),
    function("atan", 1, |vm, arguments| of_one(vm, arguments, libm::atan)),
    function("atanh", 1, |vm, arguments| of_one(vm, arguments, ieee754::atanh)),
    function("atan2", 2, |vm, arguments| of_two(vm, arguments, ieee754::atan2)),
    function("cbrt", 1, |vm, arguments| of_one(vm, arguments, ieee754::cbrt)),
    function("ceil", 1, |vm, arguments| of_one(vm, arguments, f64::ceil)),
    function("clz32", 1, clz32),
    function("cos", 1, |vm, arguments| of_one(vm, arguments, trigonometry::cos)),
    function("cosh", 1, |vm, arguments| of_one(vm, arguments, ieee754::cosh)),
    function("exp", 1, |vm, arguments| of_one(vm, arguments, ieee754::exp)),
    function("expm1", 1, |vm, arguments| of_one(vm, arguments, libm::expm1)),
    function("floor", 1, |vm, arguments| of_one(vm, arguments, f64::floor)),
    function("f16round", 1, |vm, arguments| of_one(vm, arguments, |x| from_float16(to_float16(x)))),
    function("fround", 1, |vm, arguments| of_one(vm, arguments, |x| f64::from(x as f32))),
    function("hypot", 2, hypot),
    function("imul", 2, imul),
    function("log", 1, |vm, arguments| of_one(vm, arguments, ieee754::log)),
    function("log1p", 1, |vm, arguments| of_one(vm, arguments, ieee754::log1p)),
    function("log10", 1, |vm, arguments| of_one(vm, arguments, ieee754::log10)),
    function("log2", 1, |vm, arguments| of_one(vm, arguments, libm::log2)),
    function("max", 2, max),
    function("min", 2, min),
    function("pow", 2, pow),
    function("random", 0, |vm, _| Ok(Value::number(vm.random()))),
    function("round", 1, |vm, arguments| of_one(vm, arguments, round)),
    function("sign", 1, |vm, arguments| of_one(vm, arguments, sign)),
    function("sin", 1, |vm, arguments| of_one(vm, arguments, trigonometry::sin)),
    function("sinh", 1, |vm, arguments| of_one(vm, arguments, ieee754::sinh)),
    function("sqrt", 1, |vm, arguments| of_one(vm, arguments, f64::sqrt)),
    function("sumPrecise", 1, sum_precise),
    function("tan", 1, |vm, arguments| of_one(vm, arguments, libm::tan)),
    function("tanh", 1, |vm, arguments| of_one(vm, arguments, ieee754::tanh)),
    function("trunc", 1, |vm, arguments| of_one(vm, arguments, f64::trunc)),
];

pub(super) fn install(vm: &mut Vm, global: Gc<Object>) {
    lazy_namespace(vm, global, "Math", |vm, math| {
        add_entries(vm, math, MATH);
        define_tag(vm, math, "Math");
    });
}

fn of_one(vm: &mut Vm, arguments: Arguments<'_>, function: fn(f64) -> f64) -> Completion {
    Ok(Value::number(function(to_number(vm, arguments.get(0))?)))
}

fn of_two(vm: &mut Vm, arguments: Arguments<'_>, function: fn(f64, f64) -> f64) -> Completion {
    let first = to_number(vm, arguments.get(0))?;
    Ok(Value::number(function(first, to_number(vm, arguments.get(1))?)))
}

/// Half-way cases go up, and what goes up to zero from below is −0.
fn round(x: f64) -> f64 {
    let floor = x.floor();
    let rounded = if x - floor >= 0.5 { floor + 1.0 } else { floor };
    rounded.copysign(x)
}

fn sign(x: f64) -> f64 {
    if x == 0.0 || x.is_nan() { x } else { 1_f64.copysign(x) }
}

fn clz32(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let number = to_uint32(to_number(vm, arguments.get(0))?);
    Ok(Value::int(number.leading_zeros() as i32))
}

fn imul(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let first = to_int32(to_number(vm, arguments.get(0))?);
    let second = to_int32(to_number(vm, arguments.get(1))?);
    Ok(Value::int(first.wrapping_mul(second)))
}

fn pow(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let base = to_number(vm, arguments.get(0))?;
    Ok(numbers(Arithmetic::Exponent, base, to_number(vm, arguments.get(1))?))
}

/// All arguments as numbers: all are converted, whatever the first ones are.
fn all_numbers(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<Vec<f64>> {
    (0..arguments.len()).map(|index| to_number(vm, arguments.get(index))).collect()
}

fn max(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let numbers = all_numbers(vm, arguments)?;
    Ok(Value::number(numbers.into_iter().fold(f64::NEG_INFINITY, |max, number| {
        if max.is_nan() || number.is_nan() {
            f64::NAN
        } else if number > max || number == max && max.is_sign_negative() {
            number
        } else {
            max
        }
    })))
}

fn min(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let numbers = all_numbers(vm, arguments)?;
    Ok(Value::number(numbers.into_iter().fold(f64::INFINITY, |min, number| {
        if min.is_nan() || number.is_nan() {
            f64::NAN
        } else if number < min || number == min && number.is_sign_negative() {
            number
        } else {
            min
        }
    })))
}

/// The root of the sum of squares, without overflow on the way: an infinity wins over
/// NaN.
fn hypot(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let numbers = all_numbers(vm, arguments)?;
    if numbers.iter().any(|number| number.is_infinite()) {
        return Ok(Value::double(f64::INFINITY));
    }
    let largest = numbers.iter().fold(0_f64, |largest, number| {
        if largest.is_nan() || number.is_nan() { f64::NAN } else { largest.max(number.abs()) }
    });
    if largest == 0.0 || largest.is_nan() {
        return Ok(Value::number(largest));
    }
    // Kahan's summation: what each addition loses is kept.
    let (mut sum, mut lost) = (0.0, 0.0);
    for number in numbers {
        let term = (number / largest) * (number / largest) - lost;
        let next = sum + term;
        lost = (next - sum) - term;
        sum = next;
    }
    Ok(Value::number(sum.sqrt() * largest))
}

/// `Math.sumPrecise ( items )`: the number next to the sum, which is exact until then.
fn sum_precise(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let items = arguments.get(0);
    let record = vm.get_iterator(items)?;
    // The sum of the finite ones, in the smallest units that doubles have.
    let mut sum = IBig::ZERO;
    let (mut is_minus_zero, mut others) = (true, None::<f64>);
    vm.iterate_record(record, |vm, item| {
        let Some(number) = item.as_number() else {
            let text = vm.describe(item);
            return Err(vm.throw_type_error(&format!("{text} is not a number")));
        };
        is_minus_zero &= number == 0.0 && number.is_sign_negative();
        if number.is_finite() {
            sum += in_units(number);
        } else {
            others = Some(others.unwrap_or(0.0) + number);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(Value::number(match others {
        Some(others) => others,
        None if is_minus_zero => -0.0,
        None => of_units(&sum),
    }))
}

/// The exponent of the smallest double: 2^−1074.
const UNIT: i32 = -1074;

/// A finite number in units of 2^−1074.
fn in_units(number: f64) -> IBig {
    let bits = number.to_bits();
    let exponent = (bits >> 52 & 0x7FF) as usize;
    let fraction = bits & ((1 << 52) - 1);
    let significand = if exponent == 0 { fraction } else { fraction | 1 << 52 };
    let magnitude = IBig::from(significand) << exponent.saturating_sub(1);
    if number < 0.0 { -magnitude } else { magnitude }
}

/// The number next to so many units; of two as near, the even one.
fn of_units(units: &IBig) -> f64 {
    let is_negative = *units < IBig::ZERO;
    let magnitude = if is_negative { -units } else { units.clone() };
    let shift = magnitude.bit_len().saturating_sub(53);
    let mut significand = u64::try_from(&magnitude >> shift).unwrap_or(0);
    if shift > 0 {
        let rest = &magnitude - (IBig::from(significand) << shift);
        let half = IBig::ONE << (shift - 1);
        significand += u64::from(rest > half || rest == half && significand & 1 == 1);
    }
    let (exponent, mut number) = (shift as i32 + UNIT, significand as f64);
    // The power may be smaller than any double, or greater, where the product is not.
    let half = exponent / 2;
    number = number * 2_f64.powi(half) * 2_f64.powi(exponent - half);
    if is_negative { -number } else { number }
}
