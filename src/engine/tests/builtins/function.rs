//! `Function.prototype`.

use crate::support::check;

#[test]
fn call_and_apply() {
    check(&[
        (
            "function f(a, b) { return this.x + a + b } f.call({ x: 1 }, 2, 3) + f.apply({ x: 1 }, [2, 3])",
            "12",
        ),
        ("(function (a) { return typeof a }).call()", "undefined"),
        ("Math.max.apply(null, [4, 9, 2])", "9"),
        (
            "(function (a) { return typeof a }).apply({}) + (function (a) { return typeof a }).apply({}, null)",
            "undefinedundefined",
        ),
        ("let a = []; for (let i = 0; i < 500; i++) a[i] = i; Math.max.apply(null, a)", "499"),
        ("function f(n) { return n ? f.call(null, n - 1) + 1 : 0 } f(100)", "100"),
        (
            "function f() { return f.call() } try { f() } catch (e) { e.message }",
            "Maximum call stack size exceeded",
        ),
        (
            "try { (() => 1).apply(1, 1) } catch (e) { e.message }",
            "CreateListFromArrayLike called on non-object",
        ),
        (
            "try { Reflect.apply(Math.max, 0, { length: 1e9 }) } catch (e) { e + '' }",
            "RangeError: Maximum call stack size exceeded",
        ),
        (
            "try { Reflect.apply((() => 1).call, {}, []) } catch (e) { e.message }",
            "Function.prototype.call was called on #<Object>, which is an object and not a function",
        ),
        (
            "try { Reflect.apply((() => 1).apply, undefined, []) } catch (e) { e.message }",
            "Function.prototype.apply was called on undefined, which is undefined and not a function",
        ),
    ]);
}

#[test]
fn bind() {
    check(&[
        (
            "function f(a, b, c) { return this.x + a + b + c } let g = f.bind({ x: 1 }, 2); g(3, 4) + g.call({ x: 100 }, 3, 4)",
            "20",
        ),
        ("let g = Math.max.bind(null, 5).bind(null, 7); g(1) + g(9)", "16"),
        (
            "function f(a, b, c) {} let g = f.bind(null, 1); g.length + g.name + f.bind(0, 1, 2, 3, 4).length",
            "2bound f0",
        ),
        ("typeof (() => 1).bind() + ('prototype' in (() => 1).bind())", "functionfalse"),
        (
            "function P(x, y) { this.s = x + y } let B = P.bind({}, 1), o = new B(2); o.s + ',' + (Object.getPrototypeOf(o) === P.prototype)",
            "3,true",
        ),
        (
            "function P() {} function Q() {} let B = P.bind(); Object.getPrototypeOf(Reflect.construct(B, [], Q)) === Q.prototype",
            "true",
        ),
        ("function P() {} new P() instanceof P.bind().bind() && !({} instanceof P.bind())", "true"),
        ("let E = TypeError.bind(null, 'm'); new E() + ''", "TypeError: m"),
        (
            "function f() { return g() } let g = f.bind(); try { g() } catch (e) { e.message }",
            "Maximum call stack size exceeded",
        ),
        (
            "function f() {} Object.defineProperty(f, 'length', { value: -Infinity }); f.bind().length + 1 / f.bind().length",
            "Infinity",
        ),
        (
            "function f() {} Object.defineProperty(f, 'length', { value: Infinity }); f.bind(0, 1).length",
            "Infinity",
        ),
        (
            "function f() {} Object.defineProperty(f, 'name', { value: 3 }); '[' + f.bind().name + ']'",
            "[bound ]",
        ),
        (
            "let f = function () {}; Object.setPrototypeOf(f, null); Object.getPrototypeOf(Function.prototype.bind.call(f))",
            "null",
        ),
        (
            "try { Function.prototype.bind.call(1) } catch (e) { e.message }",
            "Bind must be called on a function",
        ),
        (
            "let o = { toString: (function () { return this.t }).bind({ t: 'bound' }) }; `${o}`",
            "bound",
        ),
        (
            "let n = Object.getOwnPropertyNames((() => 1).bind()); n[0] + n[1] + n.length",
            "lengthname2",
        ),
    ]);
}

#[test]
fn source_text() {
    check(&[
        (
            "(function  f( a ) { return a /* ä */ }).toString()",
            "function  f( a ) { return a /* ä */ }",
        ),
        ("((a, b) =>  a + b).toString()", "(a, b) =>  a + b"),
        ("'' + Math.max", "function max() { [native code] }"),
        ("'' + (function f() {}).bind()", "function () { [native code] }"),
        ("'' + Function.prototype", "function () { [native code] }"),
        (
            "Object.getOwnPropertyDescriptor(Object.prototype, '__proto__').get + ''",
            "function get __proto__() { [native code] }",
        ),
        (
            "try { Function.prototype.toString.call({}) } catch (e) { e.message }",
            "Function.prototype.toString requires that 'this' be a Function",
        ),
    ]);
}

#[test]
fn the_prototype_is_a_function() {
    check(&[
        ("Function.prototype() + typeof Function.prototype", "undefinedfunction"),
        ("Function.prototype.length + '[' + Function.prototype.name + ']'", "0[]"),
        ("(() => 1).constructor === Function && Math.max.constructor === Function", "true"),
        (
            "try { (() => 1).caller } catch (e) { e.message }",
            "'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or the arguments objects for calls to them",
        ),
        (
            "let d = Object.getOwnPropertyDescriptor((function () { 'use strict'; return arguments })(), 'callee'); (d.get === d.set) + ',' + Object.isFrozen(d.get) + d.enumerable",
            "true,truefalse",
        ),
        ("try { new Function('') } catch (e) { e.message }", "function anonymous(\n) {\n\n}"),
    ]);
}
