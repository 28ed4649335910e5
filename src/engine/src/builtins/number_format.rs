//! Numbers as text in the forms that programs choose (ECMA-262 §21.1.3).
//!
//! All functions take finite numbers.

use crate::operators::number_to_string;

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// `Number::toString` with a radix other than 10 (§6.1.6.1.20). How many digits of the
/// fraction there are is up to the engine: as many as V8 gives, which stops where they
/// tell the number from its neighbours.
pub(super) fn to_radix(number: f64, radix: u32) -> String {
    let magnitude = number.abs();
    if magnitude < TWO_TO_53 && magnitude.fract() == 0.0 {
        return integer_to_radix(number < 0.0, magnitude as u64, radix);
    }
    let base = f64::from(radix);
    let (mut integer, mut fraction) = (magnitude.floor(), magnitude.fract());
    let mut delta = (0.5 * (magnitude.next_up() - magnitude)).max(f64::from_bits(1));
    let mut digits: Vec<u8> = Vec::new();
    while fraction >= delta {
        fraction *= base;
        delta *= base;
        let digit = fraction as u8;
        digits.push(digit);
        fraction -= f64::from(digit);
        let rounds_up = fraction > 0.5 || fraction == 0.5 && digit % 2 == 1;
        if rounds_up && fraction + delta > 1.0 {
            integer += f64::from(u8::from(carry(&mut digits, radix)));
            break;
        }
    }
    let mut text = Vec::new();
    // What lies beyond the precision is zero.
    while integer / base >= TWO_TO_53 {
        integer /= base;
        text.push(b'0');
    }
    loop {
        let digit = integer % base;
        text.push(DIGITS[digit as usize]);
        integer = (integer - digit) / base;
        if integer <= 0.0 {
            break;
        }
    }
    if number < 0.0 {
        text.push(b'-');
    }
    text.reverse();
    if !digits.is_empty() {
        text.push(b'.');
        text.extend(digits.iter().map(|digit| DIGITS[usize::from(*digit)]));
    }
    text.into_iter().map(char::from).collect()
}

fn integer_to_radix(is_negative: bool, mut integer: u64, radix: u32) -> String {
    // As many as digits of base 2 and a sign.
    let mut text = [0; 54];
    let mut start = text.len();
    let mut put = |digit| {
        start -= 1;
        text[start] = digit;
    };
    loop {
        put(DIGITS[(integer % u64::from(radix)) as usize]);
        integer /= u64::from(radix);
        if integer == 0 {
            break;
        }
    }
    if is_negative {
        put(b'-');
    }
    text[start..].iter().copied().map(char::from).collect()
}

/// The integer next to `magnitude` × 10^`scale`, half-way cases going up; none if that is
/// not found out at once.
fn scaled(magnitude: f64, scale: usize) -> Option<u64> {
    /// The powers of ten that are numbers.
    const POWERS: [f64; 23] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];
    /// Less than this has a digit more behind the point.
    const MOST: f64 = TWO_TO_53 / 2.0;
    /// What is less might have no exact product.
    const LEAST: f64 = 1e-200;
    let power = *POWERS.get(scale)?;
    let product = magnitude * power;
    if product >= MOST || magnitude < LEAST && magnitude > 0.0 {
        return None;
    }
    // The product is exactly `product + rest`, and the rest less than half a unit of the
    // product's last place, so it counts where the product itself is half-way only.
    let rest = magnitude.mul_add(power, -product);
    let integer = product.floor();
    let beyond = product - integer - 0.5;
    let rounds_up = beyond > 0.0 || beyond == 0.0 && rest >= 0.0;
    Some(integer as u64 + u64::from(rounds_up))
}

/// From here on not every integer is a number.
const TWO_TO_53: f64 = 9_007_199_254_740_992.0;

/// Adds one to the last digit of a decimal.
fn increment(decimal: &str) -> String {
    let mut text = decimal.to_owned().into_bytes();
    for digit in text.iter_mut().rev().filter(|digit| **digit != b'.') {
        if *digit < b'9' {
            *digit += 1;
            return text.into_iter().map(char::from).collect();
        }
        *digit = b'0';
    }
    std::iter::once('1').chain(text.into_iter().map(char::from)).collect()
}

/// Adds one to the last of the digits and drops those that become zero. Whether it goes
/// beyond the first.
fn carry(digits: &mut Vec<u8>, radix: u32) -> bool {
    while let Some(digit) = digits.pop() {
        if u32::from(digit) + 1 < radix {
            digits.push(digit + 1);
            return false;
        }
    }
    true
}

/// So many significant digits of a magnitude, and the power of ten of the first: half-way
/// cases go up.
fn significant(magnitude: f64, count: usize) -> (String, i32) {
    if let Some(found) = few_significant(magnitude, count) {
        return found;
    }
    let (longer, exponent) = scientific(magnitude, count + 1);
    if let Some(kept) = longer.strip_suffix('5')
        && is_exact(magnitude, &longer)
    {
        // Rust rounds half-way cases to even.
        let mut digits = increment(kept);
        let carried = digits.len() > count;
        digits.truncate(count);
        return (digits, exponent + i32::from(carried));
    }
    scientific(magnitude, count)
}

/// [`significant`], where that is found out at once.
fn few_significant(magnitude: f64, count: usize) -> Option<(String, i32)> {
    if magnitude == 0.0 || count > 15 {
        return None;
    }
    // Too great by one at most, or too small, next to a power of ten.
    let guess = magnitude.log10().floor() as i32;
    let scale = usize::try_from(count as i32 - 1 - guess).ok()?;
    let integer = scaled(magnitude, scale)?;
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(integer);
    (digits.len() == count).then(|| (digits.to_owned(), guess))
}

/// Rust's rounding to so many significant digits.
fn scientific(magnitude: f64, count: usize) -> (String, i32) {
    split(&format!("{magnitude:.*e}", count - 1))
}

/// Digits and exponent of a number in scientific form.
fn split(text: &str) -> (String, i32) {
    let (digits, exponent) = text.split_once('e').unwrap_or((text, "0"));
    (digits.replace('.', ""), exponent.parse().unwrap_or(0))
}

/// As few significant digits as tell a magnitude from all others, and the power of ten of
/// the first. Of two that are as close, Rust takes another one than JavaScript.
pub(super) fn shortest(magnitude: f64) -> (String, i32) {
    let text = number_to_string(magnitude);
    let (decimal, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let point = decimal.find('.').unwrap_or(decimal.len());
    let digits = decimal.replace('.', "");
    let significant = digits.trim_start_matches('0');
    if significant.is_empty() {
        return (digits, 0);
    }
    let zeros = digits.len() - significant.len();
    let exponent = exponent.parse().unwrap_or(0) + point as i32 - 1 - zeros as i32;
    (significant.trim_end_matches('0').to_owned(), exponent)
}

/// Whether these significant digits are all that a magnitude has.
fn is_exact(magnitude: f64, digits: &str) -> bool {
    /// No number has more significant digits.
    const MOST: usize = 767;
    scientific(magnitude, MOST).0.trim_end_matches('0') == digits
}

fn sign(number: f64) -> &'static str {
    if number < 0.0 { "-" } else { "" }
}

/// `1.25e+3`
fn exponential(digits: &str, exponent: i32) -> String {
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    format!("{first}{point}{rest}e{exponent:+}")
}

/// `Number.prototype.toExponential` (§21.1.3.2), with as many digits as it takes if
/// their number is not given.
pub(super) fn to_exponential(number: f64, fraction_digits: Option<usize>) -> String {
    let magnitude = number.abs();
    let (digits, exponent) = match fraction_digits {
        Some(count) => significant(magnitude, count + 1),
        None => shortest(magnitude),
    };
    format!("{}{}", sign(number), exponential(&digits, exponent))
}

/// `Number.prototype.toPrecision` (§21.1.3.5)
pub(super) fn to_precision(number: f64, precision: usize) -> String {
    let (digits, exponent) = significant(number.abs(), precision);
    let text = if exponent < -6 || exponent >= precision as i32 {
        exponential(&digits, exponent)
    } else if exponent < 0 {
        format!("0.{}{digits}", "0".repeat(exponent.unsigned_abs() as usize - 1))
    } else {
        let (integer, fraction) = digits.split_at(exponent as usize + 1);
        format!("{integer}{}{fraction}", if fraction.is_empty() { "" } else { "." })
    };
    format!("{}{text}", sign(number))
}

/// `Number.prototype.toFixed` (§21.1.3.3)
pub(super) fn to_fixed(number: f64, fraction_digits: usize) -> String {
    if number.abs() >= 1e21 {
        return number_to_string(number);
    }
    let magnitude = number.abs();
    if let Some(integer) = scaled(magnitude, fraction_digits) {
        return with_point(number < 0.0, integer, fraction_digits);
    }
    let longer = format!("{magnitude:.*}", fraction_digits + 1);
    let rounded = match longer.strip_suffix('5') {
        Some(kept) if is_exact(magnitude, longer.replace('.', "").trim_start_matches('0')) => {
            increment(kept.trim_end_matches('.'))
        }
        _ => format!("{magnitude:.fraction_digits$}"),
    };
    // A sign stays that stands before nothing but zeros.
    format!("{}{rounded}", sign(number))
}

/// An integer of which so many digits stand behind the point.
fn with_point(is_negative: bool, integer: u64, fraction_digits: usize) -> String {
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(integer);
    let mut text = String::with_capacity(digits.len().max(fraction_digits + 1) + 2);
    if is_negative {
        text.push('-');
    }
    for _ in digits.len()..=fraction_digits {
        text.push('0');
    }
    text.push_str(digits);
    if fraction_digits > 0 {
        text.insert(text.len() - fraction_digits, '.');
    }
    text
}
