//! `Math`, to the last bit as V8 has it.

use crate::support::values;

#[test]
fn functions_have_the_last_bit_of_v8() {
    values(&[
        ("Math.sin(987.062)", "0.5662151734885585"),
        ("Math.cos(1e300)", "-0.5753861119575491"),
        ("Math.sin(2 ** 1000)", "-0.15920170308624243"),
        ("Math.log(1.5707963267948963)", "0.45158270528945466"),
        ("Math.log10(0.7853981633974485)", "-0.10491011863382842"),
        ("Math.log1p(1e-10)", "9.999999999500001e-11"),
        ("Math.cbrt(9.704165680934657e-148)", "9.90039983452482e-50"),
        ("Math.atan2(-337.319, -0.0006581892691883695)", "-1.570798278031765"),
        ("Math.acosh(10.21017612416683)", "3.014125255389071"),
        ("Math.asinh(0.4999999999999998)", "0.4812118250596032"),
        ("Math.cosh(-1)", "1.5430806348152437"),
        ("Math.exp(1) === Math.E", "true"),
        ("Math.tanh(710) + Math.sinh(711)", "Infinity"),
        ("[Math.sin, Math.cos, Math.log, Math.cbrt].map((f) => f(NaN))", "NaN,NaN,NaN,NaN"),
        (
            "[Math.sin(-0), Math.cbrt(-0), Math.asinh(-0), Math.tanh(-0)].map((x) => 1 / x)",
            "-Infinity,-Infinity,-Infinity,-Infinity",
        ),
    ]);
}
