//! Elementary functions, bit for bit as V8 computes them: after Sun's fdlibm, which leaves
//! the last bit to the order of operations.
//!
//! The crate `libm` descends from it too, by way of FreeBSD and musl, and gives what is not
//! here. What is here has been rewritten on that way.

#![allow(clippy::many_single_char_names, reason = "formulas have short names")]

const LN2_HI: f64 = f64::from_bits(0x3FE6_2E42_FEE0_0000);
const LN2_LO: f64 = f64::from_bits(0x3DEA_39EF_3579_3C76);

/// Coefficients of the logarithm near 1, of odd and even place.
const LG: [f64; 7] = [
    f64::from_bits(0x3FE5_5555_5555_5593),
    f64::from_bits(0x3FD9_9999_9997_FA04),
    f64::from_bits(0x3FD2_4924_9422_9359),
    f64::from_bits(0x3FCC_71C5_1D8E_78AF),
    f64::from_bits(0x3FC7_4664_96CB_03DE),
    f64::from_bits(0x3FC3_9A09_D078_C69F),
    f64::from_bits(0x3FC2_F112_DF3E_5244),
];

/// Below this, numbers are scaled up first.
const SMALLEST_NORMAL: f64 = f64::MIN_POSITIVE;
const TWO_54: f64 = 18_014_398_509_481_984.0;
const TWO_M28: f64 = 1.0 / 268_435_456.0;
const TWO_28: f64 = 268_435_456.0;

/// The upper half of a number's bits.
pub(super) fn high(x: f64) -> i32 {
    (x.to_bits() >> 32) as i32
}

/// A number with another upper half.
fn with_high(x: f64, high: i32) -> f64 {
    f64::from_bits(u64::from(high as u32) << 32 | x.to_bits() & 0xFFFF_FFFF)
}

/// A number of at least one, without sign, and what it has been multiplied by, as a power
/// of two.
fn normal(x: f64) -> (f64, i32) {
    if x < SMALLEST_NORMAL { (x * TWO_54, -54) } else { (x, 0) }
}

/// The exponential; e itself is right to the last bit.
pub(super) fn exp(x: f64) -> f64 {
    if x == 1.0 { std::f64::consts::E } else { libm::exp(x) }
}

/// The angle of a point. Far up or down it is a right one, on the left too.
pub(super) fn atan2(y: f64, x: f64) -> f64 {
    let exponent = |number: f64| high(number.abs()) >> 20;
    if x < 0.0 && x.is_finite() && y.is_finite() && exponent(y) - exponent(x) > 60 {
        return std::f64::consts::FRAC_PI_2.copysign(y);
    }
    libm::atan2(y, x)
}

/// The natural logarithm.
pub(super) fn log(x: f64) -> f64 {
    if x == 0.0 {
        return f64::NEG_INFINITY;
    }
    if x < 0.0 || !x.is_finite() {
        return if x == f64::INFINITY { x } else { f64::NAN };
    }
    let (x, mut power) = normal(x);
    power += (high(x) >> 20) - 1023;
    let fraction = high(x) & 0xF_FFFF;
    // x becomes a number between √2/2 and √2.
    let carry = (fraction + 0x9_5F64) & 0x10_0000;
    let x = with_high(x, fraction | (carry ^ 0x3FF0_0000));
    power += carry >> 20;
    let k = f64::from(power);
    let f = x - 1.0;
    if 0xF_FFFF & (2 + fraction) < 3 {
        if f == 0.0 {
            return if power == 0 { 0.0 } else { k * LN2_HI + k * LN2_LO };
        }
        let r = f * f * (0.5 - 0.333_333_333_333_333_3 * f);
        return if power == 0 { f - r } else { k * LN2_HI - ((r - k * LN2_LO) - f) };
    }
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let t1 = w * (LG[1] + w * (LG[3] + w * LG[5]));
    let t2 = z * (LG[0] + w * (LG[2] + w * (LG[4] + w * LG[6])));
    let r = t2 + t1;
    if (fraction - 0x6_147A) | (0x6_B851 - fraction) > 0 {
        let half_square = 0.5 * f * f;
        if power == 0 {
            f - (half_square - s * (half_square + r))
        } else {
            k * LN2_HI - ((half_square - (s * (half_square + r) + k * LN2_LO)) - f)
        }
    } else if power == 0 {
        f - s * (f - r)
    } else {
        k * LN2_HI - ((s * (f - r) - k * LN2_LO) - f)
    }
}

/// The logarithm of one more than a number.
pub(super) fn log1p(x: f64) -> f64 {
    let [lp1, lp2, lp3, lp4, lp5, lp6, lp7] = LG;
    let size = x.abs();
    if x.is_nan() || x < -1.0 {
        return f64::NAN;
    }
    if x == -1.0 {
        return f64::NEG_INFINITY;
    }
    if x == f64::INFINITY {
        return x;
    }
    // Below 2^−29 a term or two are enough.
    if size < TWO_M28 / 2.0 {
        return if size < 1.0 / TWO_54 { x } else { x - x * x * 0.5 };
    }
    let (mut f, mut c, mut power, mut upper) = (x, 0.0, 0, 1);
    let is_near_one = high(x) < 0x3FDA_827A && (x > 0.0 || high(x) <= 0xBFD2_BEC4_u32 as i32);
    if !is_near_one {
        let u = if x < 9_007_199_254_740_992.0 {
            // What rounding takes away comes back as a correction.
            let u = 1.0 + x;
            power = (high(u) >> 20) - 1023;
            c = if power > 0 { 1.0 - (u - x) } else { x - (u - 1.0) };
            c /= u;
            u
        } else {
            power = (high(x) >> 20) - 1023;
            x
        };
        upper = high(u) & 0xF_FFFF;
        let u = if upper < 0x6_A09E {
            with_high(u, upper | 0x3FF0_0000)
        } else {
            power += 1;
            let halved = with_high(u, upper | 0x3FE0_0000);
            upper = (0x10_0000 - upper) >> 2;
            halved
        };
        f = u - 1.0;
    }
    let k = f64::from(power);
    let half_square = 0.5 * f * f;
    if upper == 0 {
        if f == 0.0 {
            return if power == 0 { 0.0 } else { k * LN2_HI + (c + k * LN2_LO) };
        }
        let r = half_square * (1.0 - 0.666_666_666_666_666_6 * f);
        return if power == 0 { f - r } else { k * LN2_HI - ((r - (k * LN2_LO + c)) - f) };
    }
    let s = f / (2.0 + f);
    let z = s * s;
    let r = z * (lp1 + z * (lp2 + z * (lp3 + z * (lp4 + z * (lp5 + z * (lp6 + z * lp7))))));
    if power == 0 {
        f - (half_square - s * (half_square + r))
    } else {
        k * LN2_HI - ((half_square - (s * (half_square + r) + (k * LN2_LO + c))) - f)
    }
}

/// The logarithm to base 10.
pub(super) fn log10(x: f64) -> f64 {
    const LOG10_2_HI: f64 = f64::from_bits(0x3FD3_4413_509F_6000);
    const LOG10_2_LO: f64 = f64::from_bits(0x3D59_FEF3_11F1_2B36);
    if x == 1.0 || x == 0.0 || x < 0.0 || !x.is_finite() {
        return log(x);
    }
    let (x, mut power) = normal(x);
    power += (high(x) >> 20) - 1023;
    let is_below_one = i32::from(power < 0);
    let x = with_high(x, high(x) & 0xF_FFFF | (0x3FF - is_below_one) << 20);
    let k = f64::from(power + is_below_one);
    (k * LOG10_2_LO + std::f64::consts::LOG10_E * log(x)) + k * LOG10_2_HI
}

/// The cubic root.
pub(super) fn cbrt(x: f64) -> f64 {
    /// A polynomial for the root's reciprocal, to 23 bits.
    const P: [f64; 5] = [
        1.875_951_824_271_77,
        -1.884_979_795_433_771_7,
        1.621_429_720_105_354_5,
        -0.758_397_934_778_766,
        0.145_996_192_886_612_45,
    ];
    // A third of the bits is nearly the root's.
    const OF_NORMAL: u32 = 715_094_163;
    const OF_SUBNORMAL: u32 = 696_219_795;
    if x == 0.0 || !x.is_finite() {
        return x + x;
    }
    let sign = high(x) as u32 & 0x8000_0000;
    let third = |x: f64, offset: u32| {
        let upper = sign | ((high(x) as u32 & 0x7FFF_FFFF) / 3 + offset);
        f64::from_bits(u64::from(upper) << 32)
    };
    let t = if x.abs() < SMALLEST_NORMAL {
        third(x * TWO_54, OF_SUBNORMAL)
    } else {
        third(x, OF_NORMAL)
    };
    let r = (t * t) * (t / x);
    let t = t * ((P[0] + r * (P[1] + r * P[2])) + ((r * r) * r) * (P[3] + r * P[4]));
    // With 23 bits its square is exact; then a step of Newton's.
    let t = f64::from_bits((t.to_bits() + 0x8000_0000) & 0xFFFF_FFFF_C000_0000);
    let r = x / (t * t);
    t + t * ((r - t) / (t + t + r))
}

/// The inverse hyperbolic cosine.
pub(super) fn acosh(x: f64) -> f64 {
    if x < 1.0 || x.is_nan() {
        f64::NAN
    } else if x >= TWO_28 {
        if x.is_finite() { log(x) + std::f64::consts::LN_2 } else { x }
    } else if x == 1.0 {
        0.0
    } else if high(x) > 0x4000_0000 {
        log(2.0 * x - 1.0 / (x + (x * x - 1.0).sqrt()))
    } else {
        let t = x - 1.0;
        log1p(t + (2.0 * t + t * t).sqrt())
    }
}

/// The inverse hyperbolic sine.
pub(super) fn asinh(x: f64) -> f64 {
    let size = x.abs();
    if size < TWO_M28 || !x.is_finite() {
        return x;
    }
    let magnitude = if high(size) > 0x41B0_0000 {
        log(size) + std::f64::consts::LN_2
    } else if high(size) > 0x4000_0000 {
        log(2.0 * size + 1.0 / ((x * x + 1.0).sqrt() + size))
    } else {
        let t = x * x;
        log1p(size + t / (1.0 + (1.0 + t).sqrt()))
    };
    magnitude.copysign(x)
}

/// The inverse hyperbolic tangent.
pub(super) fn atanh(x: f64) -> f64 {
    let size = x.abs();
    if size < TWO_M28 {
        return x;
    }
    let twice = size + size;
    let ratio = if size < 0.5 { twice + twice * size / (1.0 - size) } else { twice / (1.0 - size) };
    (0.5 * log1p(ratio)).copysign(x)
}

/// Beyond this the exponential of a number is none, and ½·e^x is for a little longer.
const EXP_OVERFLOWS: f64 = f64::from_bits(0x4086_2E42_0000_0000);
const HALF_EXP_OVERFLOWS: f64 = 710.475_860_073_943_9;

/// Half the exponential, as far as it is a number; in two factors where it need be.
fn half_exp(size: f64) -> f64 {
    if size < EXP_OVERFLOWS {
        0.5 * exp(size)
    } else if size <= HALF_EXP_OVERFLOWS {
        let root = exp(0.5 * size);
        0.5 * root * root
    } else {
        size * f64::INFINITY
    }
}

/// The hyperbolic cosine.
pub(super) fn cosh(x: f64) -> f64 {
    let size = x.abs();
    if high(size) < 0x3FD6_2E43 {
        let t = libm::expm1(size);
        let w = 1.0 + t;
        return if high(size) < 0x3C80_0000 { w } else { 1.0 + (t * t) / (w + w) };
    }
    if size < 22.0 {
        let t = exp(size);
        return 0.5 * t + 0.5 / t;
    }
    half_exp(size)
}

/// The hyperbolic sine.
pub(super) fn sinh(x: f64) -> f64 {
    let size = x.abs();
    if size < TWO_M28 {
        return x;
    }
    if size < 22.0 {
        let half = 0.5_f64.copysign(x);
        let t = libm::expm1(size);
        let sum = if size < 1.0 { 2.0 * t - t * t / (t + 1.0) } else { t + t / (t + 1.0) };
        return half * sum;
    }
    half_exp(size).copysign(x)
}

/// The hyperbolic tangent.
pub(super) fn tanh(x: f64) -> f64 {
    let size = x.abs();
    if size < TWO_M28 || x.is_nan() {
        return x;
    }
    let magnitude = if size >= 22.0 {
        1.0
    } else if size >= 1.0 {
        1.0 - 2.0 / (libm::expm1(2.0 * size) + 2.0)
    } else {
        let t = libm::expm1(-2.0 * size);
        -t / (t + 2.0)
    };
    magnitude.copysign(x)
}
