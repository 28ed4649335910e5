//! Sine and cosine, after Sun's fdlibm: an angle is brought near zero by multiples of π/2,
//! and what is left is put into a polynomial.

use super::ieee754::high;

/// A quarter of a circle less a bit: so far angles are near zero.
const NEAR_ZERO: i32 = 0x3FE9_21FB;

pub(super) fn sin(x: f64) -> f64 {
    if high(x.abs()) <= NEAR_ZERO {
        return sin_near_zero(x, 0.0);
    }
    let (quarter, x, rest) = reduce(x);
    match quarter & 3 {
        0 => sin_near_zero(x, rest),
        1 => cos_near_zero(x, rest),
        2 => -sin_near_zero(x, rest),
        _ => -cos_near_zero(x, rest),
    }
}

pub(super) fn cos(x: f64) -> f64 {
    if high(x.abs()) <= NEAR_ZERO {
        return cos_near_zero(x, 0.0);
    }
    let (quarter, x, rest) = reduce(x);
    match quarter & 3 {
        0 => cos_near_zero(x, rest),
        1 => -sin_near_zero(x, rest),
        2 => -cos_near_zero(x, rest),
        _ => sin_near_zero(x, rest),
    }
}

/// The sine of x + rest, where the rest is below x's last bit.
fn sin_near_zero(x: f64, rest: f64) -> f64 {
    const S: [f64; 6] = [
        f64::from_bits(0xBFC5_5555_5555_5549),
        f64::from_bits(0x3F81_1111_1110_F8A6),
        f64::from_bits(0xBF2A_01A0_19C1_61D5),
        f64::from_bits(0x3EC7_1DE3_57B1_FE7D),
        f64::from_bits(0xBE5A_E5E6_8A2B_9CEB),
        f64::from_bits(0x3DE5_D93A_5ACF_D57C),
    ];
    if high(x.abs()) < 0x3E40_0000 {
        return x;
    }
    let z = x * x;
    let v = z * x;
    let r = S[1] + z * (S[2] + z * (S[3] + z * (S[4] + z * S[5])));
    if rest == 0.0 {
        x + v * (S[0] + z * r)
    } else {
        x - ((z * (0.5 * rest - v * r) - rest) - v * S[0])
    }
}

/// The cosine of x + rest.
fn cos_near_zero(x: f64, rest: f64) -> f64 {
    const C: [f64; 6] = [
        f64::from_bits(0x3FA5_5555_5555_554C),
        f64::from_bits(0xBF56_C16C_16C1_5177),
        f64::from_bits(0x3EFA_01A0_19CB_1590),
        f64::from_bits(0xBE92_7E4F_809C_52AD),
        f64::from_bits(0x3E21_EE9E_BDB4_B1C4),
        f64::from_bits(0xBDA8_FAE9_BE88_38D4),
    ];
    let upper = high(x.abs());
    if upper < 0x3E40_0000 {
        return 1.0;
    }
    let z = x * x;
    let r = z * (C[0] + z * (C[1] + z * (C[2] + z * (C[3] + z * (C[4] + z * C[5])))));
    if upper < 0x3FD3_3333 {
        return 1.0 - (0.5 * z - (z * r - x * rest));
    }
    // A number of few bits near x²/2, so that its difference from one is exact.
    let near = if upper > 0x3FE9_0000 {
        0.28125
    } else {
        f64::from_bits(((upper - 0x20_0000) as u64) << 32)
    };
    let half = 0.5 * z - near;
    (1.0 - near) - (half - (z * r - x * rest))
}

/// Parts of π/2 of 33 bits each, and what follows each part.
const PARTS: [(f64, f64); 3] = [
    (f64::from_bits(0x3FF9_21FB_5440_0000), f64::from_bits(0x3DD0_B461_1A62_6331)),
    (f64::from_bits(0x3DD0_B461_1A60_0000), f64::from_bits(0x3BA3_198A_2E03_7073)),
    (f64::from_bits(0x3BA3_198A_2E00_0000), f64::from_bits(0x397B_839A_2520_49C1)),
];

/// The nearest multiple of π/2, by its number, and how far an angle is from it: a number,
/// and what is below its last bit.
fn reduce(x: f64) -> (i64, f64, f64) {
    if !x.is_finite() {
        return (0, f64::NAN, f64::NAN);
    }
    let size = x.abs();
    let (quarter, near, rest) = if high(size) < 0x4002_D97C {
        reduce_once(size)
    } else if high(size) <= 0x4139_21FB {
        reduce_by_parts(size)
    } else {
        reduce_exactly(size)
    };
    if x < 0.0 { (-quarter, -near, -rest) } else { (quarter, near, rest) }
}

/// For angles below ¾π.
fn reduce_once(x: f64) -> (i64, f64, f64) {
    let mut z = x - PARTS[0].0;
    let mut tail = PARTS[0].1;
    if high(x) == 0x3FF9_21FB {
        z -= PARTS[1].0;
        tail = PARTS[1].1;
    }
    let near = z - tail;
    (1, near, (z - near) - tail)
}

/// For angles up to 2^19 quarters: as many parts of π/2 are taken away as it takes to have
/// all bits of what is left.
fn reduce_by_parts(x: f64) -> (i64, f64, f64) {
    let quarter = (x * std::f64::consts::FRAC_2_PI + 0.5).floor();
    let exponent = |x: f64| high(x) >> 20 & 0x7FF;
    let mut r = x - quarter * PARTS[0].0;
    let mut w = quarter * PARTS[0].1;
    let is_far = quarter < 32.0 && high(x) != high(quarter * std::f64::consts::FRAC_PI_2);
    if !is_far {
        for (lost, (part, tail)) in [16, 49].into_iter().zip(&PARTS[1..]) {
            if exponent(x) - exponent(r - w) <= lost {
                break;
            }
            let before = r;
            w = quarter * part;
            r = before - w;
            w = quarter * tail - ((before - r) - w);
        }
    }
    let near = r - w;
    (quarter as i64, near, (r - near) - w)
}

/// The digits of 2/π in binary, more than the greatest number's exponent.
#[rustfmt::skip]
const TWO_OVER_PI: [u64; 19] = [
    0xA2F9_836E_4E44_1529, 0xFC27_57D1_F534_DDC0, 0xDB62_9599_3C43_9041,
    0xFE51_63AB_DEBB_C561, 0xB724_6E3A_424D_D2E0, 0x0649_2EEA_09D1_921C,
    0xFE1D_EB1C_B129_A73E, 0xE882_35F5_2EBB_4484, 0xE99C_7026_B45F_7E41,
    0x3991_D639_8353_39F4, 0x9C84_5F8B_BDF9_283B, 0x1FF8_97FF_DE05_980F,
    0xEF2F_118B_5A0A_6D1F, 0x6D36_7ECF_27CB_09B7, 0x4F46_3F66_9E5F_EA2D,
    0x7527_BAC7_EBE5_F17B, 0x3D07_39F7_8A52_92EA, 0x6BFB_5FB1_1F8D_5D08,
    0x5603_3046_FC7B_6BAB,
];

/// 64 bits of a number, from a place on.
fn word_at(words: &[u64], place: usize) -> u64 {
    let word = |index: usize| words.get(index).copied().unwrap_or(0);
    let (index, bit) = (place / 64, place % 64);
    let pair = u128::from(word(index)) << 64 | u128::from(word(index + 1));
    (pair >> (64 - bit)) as u64
}

/// For all angles: multiplied by those digits of 2/π that matter, an angle is a number of
/// quarters of which only the last two bits and the fraction are wanted.
fn reduce_exactly(x: f64) -> (i64, f64, f64) {
    // The angle is significand · 2^exponent.
    let significand = x.to_bits() & ((1 << 52) - 1) | 1 << 52;
    let exponent = i64::from(high(x) >> 20) - 1075;
    // Digits of 2/π that stand so far left give multiples of four.
    let first = (exponent - 2).max(0) as usize;
    let digits = |place: usize| word_at(&TWO_OVER_PI, place);
    // 256 digits, times the significand, from the right.
    let mut product = [0_u64; 5];
    let mut carry = 0_u128;
    for index in (0..4).rev() {
        let sum = u128::from(digits(first + 64 * index)) * u128::from(significand) + carry;
        product[index + 1] = sum as u64;
        carry = sum >> 64;
    }
    product[0] = carry as u64;
    // So many bits of it stand before the point.
    let point = (64 + exponent - first as i64) as usize;
    let bits = |place: usize| word_at(&product, place);
    let mut quarter = match point.checked_sub(64) {
        Some(place) => bits(place) as i64,
        None => (product[0] >> (64 - point)) as i64,
    };
    let mut fraction = u128::from(bits(point)) << 64 | u128::from(bits(point + 64));
    let mut below = bits(point + 128);
    // From a half on, the next multiple is nearer.
    let is_beyond = fraction >> 127 == 1;
    if is_beyond {
        quarter += 1;
        (fraction, below) = (!fraction, !below);
    }
    let zeros = fraction.leading_zeros();
    // No number is so near a multiple of π/2 that there are more zeros.
    let zeros = zeros.min(63);
    let mantissa = fraction << zeros | u128::from(below) << zeros >> 64;
    let (near, rest) = quarter_turn(mantissa, zeros);
    if is_beyond { (quarter, -near, -rest) } else { (quarter, near, rest) }
}

/// A fraction, of so many zeros and these bits, times π/2.
fn quarter_turn(mantissa: u128, zeros: u32) -> (f64, f64) {
    /// π/2, with one bit before the point.
    const HALF_PI: u128 = 0xC90F_DAA2_2168_C234_C4C6_628B_80DC_1CD1;
    let (high, low) = ((mantissa >> 64) as u64, mantissa as u64);
    let (pi_high, pi_low) = ((HALF_PI >> 64) as u64, HALF_PI as u64);
    let times = |one: u64, other: u64| u128::from(one) * u128::from(other);
    let middle = (times(high, pi_low) >> 64) + (times(low, pi_high) >> 64);
    // With two bits before the point, seen from the fraction's first one.
    let product = times(high, pi_high) + middle;
    let scale = |number: f64| number * 2_f64.powi(-127 - zeros as i32);
    let shift = 75 - product.leading_zeros();
    let half = 1_u128 << (shift - 1);
    let kept = (product + half) >> shift << shift;
    let rest = (product as i128).wrapping_sub(kept as i128);
    (scale(kept as f64), scale(rest as f64))
}
