//! `caller` and `arguments` of functions, as V8 has them.

mod support;

use support::check;

#[test]
fn caller_is_whoever_has_called() {
    check(&[
        ("function f() { return f.caller } function g() { return f() } g() === g", "true"),
        ("function f() { return f.caller } f()", "null"),
        ("function f() { return f.caller } eval('f()')", "null"),
        ("function f() { return f.caller } var a = () => f(); a() === a", "true"),
        ("function f() { return f.caller } [1].map(f)[0]", "null"),
        ("function f() { return f.caller } class A { static m() { return f() } } A.m()", "null"),
        ("function f() { return f.caller } (function () { 'use strict'; return f() })()", "null"),
        (
            "function f() { return f.caller } var g = Function('f', 'return f()'); g(f) === g",
            "true",
        ),
        ("function f(n) { return n ? f(n - 1) : f.caller } f(2) === f", "true"),
        ("function f() {} f.caller", "null"),
    ]);
}

#[test]
fn other_functions_throw() {
    let message = "throws TypeError: 'caller', 'callee', and 'arguments' properties may not be \
                   accessed on strict mode functions or the arguments objects for calls to them";
    for of in [
        "(() => 1)",
        "(class {})",
        "(function* () {})",
        "(async function () {})",
        "({ m() {} }).m",
        "parseInt",
        "(function () {}).bind()",
        "(function () { 'use strict' })",
        "new Proxy(function () {}, {})",
    ] {
        for access in ["caller", "arguments", "caller = 1", "arguments = 1"] {
            check(&[(&format!("{of}.{access}"), message)]);
        }
    }
}

#[test]
fn they_stand_in_the_prototype() {
    check(&[
        ("Object.getOwnPropertyNames(function () {}).join()", "length,name,prototype"),
        (
            "var d = Object.getOwnPropertyDescriptor(Function.prototype, 'caller');
             [d.get.name, d.get.length, d.set.name, d.set.length, d.enumerable, d.configurable].join()",
            "get caller,0,set caller,1,false,true",
        ),
        ("function f() {} f.caller = f.arguments = 1; [f.caller, f.arguments].join()", ","),
        (
            "function f() {} Object.defineProperty(f, 'caller', { value: 3 }); f.caller",
            "3",
        ),
        ("delete (function () {}).caller", "true"),
    ]);
}
