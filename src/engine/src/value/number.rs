//! Conversions between numbers (ECMA-262 §7.1).

/// `ToInt32` of a number (§7.1.6): modulo 2^32, as a signed integer.
#[inline]
#[must_use]
pub fn to_int32(number: f64) -> i32 {
    // One instruction of the processor. What does not fit comes out as an end of the range.
    let wide = number as i64;
    if wide > i64::MIN && wide < i64::MAX { wide as i32 } else { modulo(number) as i32 }
}

/// `ToUint32` of a number (§7.1.7): modulo 2^32.
#[inline]
#[must_use]
pub fn to_uint32(number: f64) -> u32 {
    to_int32(number) as u32
}

/// The integral part modulo 2^32, straight from the bits: it is the significand,
/// shifted by what the exponent says.
#[cold]
fn modulo(number: f64) -> u32 {
    let bits = number.to_bits();
    let exponent = (bits >> 52 & 0x7FF) as i32 - 1075;
    let significand = bits & 0xF_FFFF_FFFF_FFFF | 1 << 52;
    let magnitude = match exponent {
        // Infinities and NaNs have the largest exponent.
        -52..0 => (significand >> -exponent) as u32,
        0..32 => (significand << exponent) as u32,
        _ => 0,
    };
    if number.is_sign_negative() { magnitude.wrapping_neg() } else { magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn int32_is_modulo_two_to_the_32() {
        let two_to = |n: i32| 2_f64.powi(n);
        for (number, int) in [
            (0.0, 0),
            (-0.0, 0),
            (1.9, 1),
            (-1.9, -1),
            (two_to(31), i32::MIN),
            (two_to(32), 0),
            (two_to(32) + 5.5, 5),
            (-two_to(31) - 1.0, i32::MAX),
            (-two_to(32) - 3.0, -3),
            (two_to(53), 0),
            (two_to(83), 0),
            (two_to(84), 0),
            (9_007_199_254_740_993.0, 0),
            (9_007_199_254_740_991.0, -1),
            (6e9, 1_705_032_704),
            (1e300, 0),
            (5e-324, 0),
            (f64::NAN, 0),
            (f64::INFINITY, 0),
            (f64::NEG_INFINITY, 0),
        ] {
            assert_eq!(to_int32(number), int, "{number}");
        }
    }
}
