//! The functions of the global object. <https://tc39.es/ecma262/#sec-function-properties-of-the-global-object>

use super::{Entry, add_entries, define, function};
use crate::heap::Gc;
use crate::object::Object;
use crate::operators::{digits_of_power_of_two, is_white_space, to_number, to_string};
use crate::realm::Intrinsic;
use crate::value::{Value, to_int32};
use crate::vm::{Arguments, Completion, Vm};

const GLOBALS: &[Entry] = &[
    function("isFinite", 1, |vm, arguments| {
        Ok(Value::bool(to_number(vm, arguments.get(0))?.is_finite()))
    }),
    function("isNaN", 1, |vm, arguments| {
        Ok(Value::bool(to_number(vm, arguments.get(0))?.is_nan()))
    }),
    function("parseFloat", 1, global_parse_float),
    function("parseInt", 2, global_parse_int),
];

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    add_entries(vm, global, GLOBALS);
    add_entries(vm, global, super::uri::FUNCTIONS);
    let eval =
        vm.new_native_function("eval", 1, |vm, arguments| vm.indirect_eval(arguments.get(0)));
    vm.realm().set(&vm.memory, Intrinsic::Eval, eval);
    define(vm, global, "eval", Value::cell(eval));
}

/// `parseFloat ( string )` (§19.2.4)
fn global_parse_float(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    if arguments.get(0).is_int() {
        return Ok(arguments.get(0));
    }
    let text = to_string(vm, arguments.get(0))?;
    let text = text.units(&vm.memory).to_text();
    Ok(Value::number(parse_float(text.trim_start_matches(is_white_space))))
}

/// The number at the beginning of a text.
fn parse_float(text: &str) -> f64 {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned.starts_with("Infinity") {
        return if text.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    // The parser below knows words that are no numbers here.
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return f64::NAN;
    }
    fast_float2::parse_partial(text).map_or(f64::NAN, |(number, _)| number)
}

/// `parseInt ( string, radix )` (§19.2.5)
fn global_parse_int(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    if arguments.get(0).is_int() && arguments.get(1).is_undefined() {
        return Ok(arguments.get(0));
    }
    let text = to_string(vm, arguments.get(0))?;
    let radix = to_int32(to_number(vm, arguments.get(1))?);
    let text = text.units(&vm.memory).to_text();
    Ok(Value::number(parse_int(text.trim_start_matches(is_white_space), radix)))
}

/// The integer at the beginning of a text; radix 0 lets the text say which it is.
fn parse_int(text: &str, radix: i32) -> f64 {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let after_prefix = unsigned.strip_prefix("0x").or_else(|| unsigned.strip_prefix("0X"));
    let (unsigned, radix) = match (radix, after_prefix) {
        (0 | 16, Some(digits)) => (digits, 16),
        (0, None) => (unsigned, 10),
        (2..=36, _) => (unsigned, radix as u32),
        _ => return f64::NAN,
    };
    let end = unsigned.find(|c: char| !c.is_digit(radix)).unwrap_or(unsigned.len());
    let digits = &unsigned[..end];
    let magnitude = match radix {
        _ if digits.is_empty() => return f64::NAN,
        10 => fast_float2::parse(digits).unwrap_or(f64::NAN),
        _ if radix.is_power_of_two() => digits_of_power_of_two(digits, radix),
        _ => digits_in_parts(digits, radix),
    };
    if text.starts_with('-') { -magnitude } else { magnitude }
}

/// Digits of a radix that is no power of two. The result may be an approximation: it is
/// the one of V8, which adds up as many digits at a time as fit into an integer.
fn digits_in_parts(digits: &str, radix: u32) -> f64 {
    let most = u32::MAX / 36;
    let (mut sum, mut part, mut multiplier) = (0.0, 0, 1);
    for digit in digits.trim_start_matches('0').chars().filter_map(|c| c.to_digit(radix)) {
        if multiplier * radix > most {
            sum = sum * f64::from(multiplier) + f64::from(part);
            (part, multiplier) = (0, 1);
        }
        part = part * radix + digit;
        multiplier *= radix;
    }
    sum * f64::from(multiplier) + f64::from(part)
}
