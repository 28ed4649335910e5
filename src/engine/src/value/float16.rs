//! Numbers of 16 bits (IEEE 754 binary16), as they stand in buffers.

/// The number that bits are.
#[must_use]
pub fn from_float16(bits: u16) -> f64 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1F), f64::from(bits & 0x3FF));
    sign * match exponent {
        0 => fraction * 2_f64.powi(-24),
        0x1F if fraction == 0.0 => f64::INFINITY,
        0x1F => f64::NAN,
        _ => (1024.0 + fraction) * 2_f64.powi(exponent - 25),
    }
}

/// The bits of the number that is nearest: of two as near, the even one.
#[must_use]
pub fn to_float16(number: f64) -> u16 {
    let sign = if number.is_sign_negative() { 0x8000 } else { 0 };
    let magnitude = number.abs();
    if magnitude.is_nan() {
        return 0x7E00;
    }
    // From half-way between the greatest number and what would be the next.
    if magnitude >= 65520.0 {
        return sign | 0x7C00;
    }
    // The distance of numbers there: never below that of the smallest ones.
    let exponent =
        if magnitude < 2_f64.powi(-14) { -14 } else { (magnitude.to_bits() >> 52) as i32 - 1023 };
    let scaled = (magnitude * 2_f64.powi(10 - exponent)).round_ties_even() as u16;
    // Small numbers have no leading one of their own; for others it carries into the
    // exponent, as a rounding up to the next power of two does.
    let base = if magnitude < 2_f64.powi(-14) { 0 } else { (exponent + 14) as u16 };
    sign | ((base << 10) + scaled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_round_to_the_nearest() {
        for (number, bits) in [
            (0.0, 0),
            (-0.0, 0x8000),
            (1.0, 0x3C00),
            (-2.0, 0xC000),
            (65504.0, 0x7BFF),
            (65519.99, 0x7BFF),
            (65520.0, 0x7C00),
            (f64::INFINITY, 0x7C00),
            (2_f64.powi(-24), 1),
            (2_f64.powi(-25), 0),
            (2_f64.powi(-25) * 1.000_001, 1),
            (2_f64.powi(-14), 0x0400),
            (2_f64.powi(-14) - 2_f64.powi(-24), 0x03FF),
            (2_f64.powi(-14) - 2_f64.powi(-26), 0x0400),
            (1.0 + 2_f64.powi(-11), 0x3C00),
            (1.0 + 3.0 * 2_f64.powi(-11), 0x3C02),
            (1.999_99, 0x4000),
        ] {
            assert_eq!(to_float16(number), bits, "{number}");
        }
        for bits in (0..=u16::MAX).filter(|bits| !from_float16(*bits).is_nan()) {
            assert_eq!(to_float16(from_float16(bits)), bits);
        }
        assert!(from_float16(to_float16(f64::NAN)).is_nan());
    }
}
