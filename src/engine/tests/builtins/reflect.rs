//! `Reflect`.

use crate::support::check;

#[test]
fn the_internal_methods() {
    check(&[
        ("Reflect.apply(Math.max, undefined, [1, 3, 2])", "3"),
        ("Reflect.apply(function (a) { return this.x + a }, { x: 1 }, { length: 1, 0: 5 })", "6"),
        (
            "let o = {}; Reflect.defineProperty(o, 'x', { value: 1 }) + ',' + Reflect.defineProperty(o, 'x', { value: 2 }) + o.x",
            "true,false1",
        ),
        (
            "let o = { x: 1 }; Reflect.deleteProperty(o, 'x') + ',' + Reflect.deleteProperty(Object.freeze({ y: 1 }), 'y') + Reflect.has(o, 'x')",
            "true,falsefalse",
        ),
        (
            "let o = Object.defineProperty({}, 'x', { get: function () { 'use strict'; return this } }); Reflect.get(o, 'x') === o && Reflect.get(o, 'x', o) === o",
            "true",
        ),
        ("let o = {}, r = {}; Reflect.set(o, 'x', 1, r) + ',' + r.x + o.x", "true,1undefined"),
        ("Reflect.set(Object.freeze({ x: 1 }), 'x', 2)", "false"),
        ("Reflect.set({}, 'x', 2, 1)", "false"),
        ("let k = Reflect.ownKeys({ a: 1, 0: 2 }); k[0] + k[1] + typeof k[0]", "0astring"),
        ("Reflect.getOwnPropertyDescriptor({ x: 4 }, 'x').value", "4"),
        (
            "Reflect.isExtensible({}) + ',' + Reflect.preventExtensions({}) + ',' + Reflect.isExtensible(Object.preventExtensions([]))",
            "true,true,false",
        ),
        (
            "let p = {}, o = {}; Reflect.setPrototypeOf(o, p) + ',' + (Reflect.getPrototypeOf(o) === p) + Reflect.setPrototypeOf(p, o)",
            "true,truefalse",
        ),
    ]);
}

#[test]
fn construct() {
    check(&[
        ("function P(x) { this.x = x } Reflect.construct(P, [3]).x", "3"),
        ("function P() { return { y: 1 } } Reflect.construct(P, []).y", "1"),
        ("function P() { return 5 } typeof Reflect.construct(P, [])", "object"),
        ("function P() {} function Q() {} Q.prototype.q = 8; Reflect.construct(P, [], Q).q", "8"),
        (
            "function Q() {} let e = Reflect.construct(TypeError, ['m'], Q); e.message + (Object.getPrototypeOf(e) === Q.prototype)",
            "mtrue",
        ),
        ("function P() { throw 'out' } try { Reflect.construct(P, []) } catch (e) { e }", "out"),
    ]);
}

#[test]
fn what_is_wrong_is_refused() {
    let thrown = |text: &str, message: &str| {
        check(&[(
            &format!("try {{ {text} }} catch (e) {{ e + '' }}"),
            &format!("TypeError: {message}"),
        )]);
    };
    for method in [
        "defineProperty",
        "deleteProperty",
        "get",
        "getOwnPropertyDescriptor",
        "getPrototypeOf",
        "has",
        "isExtensible",
        "ownKeys",
        "preventExtensions",
        "set",
        "setPrototypeOf",
    ] {
        thrown(&format!("Reflect.{method}(1)"), &format!("Reflect.{method} called on non-object"));
    }
    thrown(
        "Reflect.apply(1)",
        "Function.prototype.apply was called on 1, which is a number and not a function",
    );
    thrown("Reflect.apply(() => 1, 1, 1)", "CreateListFromArrayLike called on non-object");
    thrown("Reflect.apply(() => 1)", "CreateListFromArrayLike called on non-object");
    thrown("Reflect.construct(() => 1, [])", "() => 1 is not a constructor");
    thrown(
        "Reflect.construct(Object, [], Math.max)",
        "function max() { [native code] } is not a constructor",
    );
    thrown("Reflect.construct(Object)", "CreateListFromArrayLike called on non-object");
    thrown("Reflect.setPrototypeOf({}, 1)", "Object prototype may only be an Object or null: 1");
}
