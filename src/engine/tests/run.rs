//! Programs and their completion values.

mod support;

use support::check;

#[test]
fn arithmetic() {
    check(&[
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("7 / 2", "3.5"),
        ("6 / 2", "3"),
        ("-7 % 3", "-1"),
        ("2 ** 10", "1024"),
        ("2147483647 + 1", "2147483648"),
        ("-2147483648 - 1", "-2147483649"),
        ("65536 * 65536", "4294967296"),
        ("1 / (-3 * 0)", "-Infinity"),
        ("1 / (0 * -3)", "-Infinity"),
        ("0.1 + 0.2", "0.30000000000000004"),
        ("5 & 3 | 8 ^ 1", "9"),
        ("1 << 33", "2"),
        ("-1 >>> 0", "4294967295"),
        ("-9 >> 1", "-5"),
        ("~5", "-6"),
        ("'a' + 1 + 2", "a12"),
        ("1 + 2 + 'a'", "3a"),
        ("'3' * '4'", "12"),
        ("+'0x10'", "16"),
        ("null + 1", "1"),
        ("undefined + 1", "NaN"),
        ("true + true", "2"),
        ("`a${1 + 1}b${'c'}`", "a2bc"),
        (
            "typeof 1 + typeof 'a' + typeof undefined + typeof null + typeof true",
            "numberstringundefinedobjectboolean",
        ),
        ("typeof function () {}", "function"),
    ]);
}

#[test]
fn comparison_and_logic() {
    check(&[
        ("1 < 2", "true"),
        ("'a' < 'b'", "true"),
        ("'10' < '9'", "true"),
        ("'10' < 9", "false"),
        ("undefined < 1", "false"),
        ("!(undefined >= 1)", "true"),
        ("1 == '1'", "true"),
        ("null == undefined", "true"),
        ("null == 0", "false"),
        ("'a' === 'a'", "true"),
        ("0 === -0", "true"),
        ("0 / 0 === 0 / 0", "false"),
        ("1 !== 2 && 1 != '2'", "true"),
        ("0 || 'x'", "x"),
        ("0 ?? 'x'", "0"),
        ("null ?? 'x'", "x"),
        ("1 && 0", "0"),
        ("!'' ? 'empty' : 'full'", "empty"),
    ]);
}

#[test]
fn control_flow() {
    check(&[
        ("let s = 0; for (let i = 0; i < 10; i++) s += i; s", "45"),
        ("let n = 0; while (n < 5) n++; n", "5"),
        ("let n = 0; do n += 2; while (n < 5); n", "6"),
        (
            "let s = ''; for (let i = 0; i < 5; i++) { if (i === 1) continue; if (i > 3) break; s += i } s",
            "023",
        ),
        (
            "let s = 0; a: for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) { if (j === 2) continue a; if (i === 2) break a; s += 10 * i + j } s",
            "22",
        ),
        (
            "function f(x) { switch (x) { case 1: return 'one'; case 2: case 3: return 'few'; default: return 'many' } } f(1) + f(3) + f(9)",
            "onefewmany",
        ),
        (
            "let s = ''; switch (2) { case 1: s += 'a'; case 2: s += 'b'; case 3: s += 'c'; break; case 4: s += 'd' } s",
            "bc",
        ),
        ("let s = 'x'; b: { s += 'y'; break b; s += 'z' } s", "xy"),
        ("let a = 1; let b = a++ + ++a; a + ',' + b", "3,4"),
        ("let a = 1; a + (a = 5) + a", "11"),
        ("let a = null; a ??= 4; a &&= a + 1; a ||= 9; a", "5"),
    ]);
}

#[test]
fn functions_and_closures() {
    check(&[
        ("function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) } fib(15)", "610"),
        ("const add = (a, b) => a + b; add(2, 3)", "5"),
        ("(function (a, b) { return b })(1)", "undefined"),
        ("(function (a) { return a })(1, 2, 3)", "1"),
        (
            "function counter() { let n = 0; return () => ++n } const a = counter(), b = counter(); a(); a(); b(); a() + ',' + b()",
            "3,2",
        ),
        ("let f; for (let i = 0; i < 3; i++) if (i === 1) f = () => i; f()", "1"),
        ("let f; for (var i = 0; i < 3; i++) if (i === 1) f = () => i; f()", "3"),
        (
            "function outer(x) { function middle(y) { return z => x + y + z } return middle } outer(1)(2)(3)",
            "6",
        ),
        ("const f = function g(n) { return n ? n * g(n - 1) : 1 }; f(5)", "120"),
        ("early(); function early() { return 1 }", "1"),
        ("var x = 1; { let x = 2; { let x = 3; } } x", "1"),
        ("let s = ''; function f(n) { s += n; if (n) f(n - 1); s += n } f(2); s", "210012"),
    ]);
}

#[test]
fn exceptions() {
    check(&[
        ("try { throw 1 } catch (e) { e + 1 }", "2"),
        ("throw 'up'", "throws up"),
        (
            "function f(n) { if (n === 0) throw 'deep'; return f(n - 1) + 1 } try { f(20) } catch (e) { 'caught ' + e }",
            "caught deep",
        ),
        (
            "let s = ''; try { try { throw 'a' } catch (e) { s += e; throw 'b' } } catch (e) { s += e } s",
            "ab",
        ),
        ("try { x; let x } catch (e) { 'dead zone' }", "dead zone"),
        ("try { (void 0)() } catch { 'not a function' }", "not a function"),
        ("function f() { return f() } try { f() } catch { 'overflow' }", "overflow"),
        (
            "let n = 0; for (let i = 0; i < 5; i++) try { if (i % 2) throw i } catch (e) { n += e } n",
            "4",
        ),
    ]);
}

#[test]
fn long_strings_grow_in_place() {
    check(&[(
        "let s = ''; for (let i = 0; i < 300; i++) s += i; let t = s + s; t === s + s ? 'same' : 'different'",
        "same",
    )]);
}

#[test]
fn objects_and_properties() {
    check(&[
        ("let o = { a: 1, b: { c: 2 } }; o.a + o.b.c", "3"),
        ("let o = {}; o.x = 1; o.x += 4; o['y'] = 2; o.x * o['y']", "10"),
        ("let o = { a: 1 }; o.a++; ++o.a; o['a']--; o.a", "2"),
        ("let k = 'key', o = { [k + 1]: 5, 2: 6, 'x y': 7 }; o.key1 + o[2] + o['x y']", "18"),
        ("let o = { f(x) { return this.n + x }, n: 3 }; o.f(4) + o['f'](5)", "15"),
        ("let o = { a: 1 }; delete o.a; typeof o.a + ('a' in o)", "undefinedfalse"),
        (
            "let s = 0; for (let i = 0; i < 50; i++) { let o = { a: i, b: i }; o.c = i; s += o.a + o.b + o.c } s",
            "3675",
        ),
        (
            "let a = { x: 1 }, b = { y: 1, x: 2 }; let s = 0; for (let i = 0; i < 10; i++) s += (i % 2 ? a : b).x; s",
            "15",
        ),
        (
            "let o = {}; for (let i = 0; i < 3000; i++) o['p' + i] = i; o.p0 + o.p1500 + o.p2999",
            "4499",
        ),
        ("let o = { x: null }; o.x ??= 3; o.x ||= 4; o.x &&= 5; o.x", "5"),
        ("'abc'.length + 'abc'[1]", "3b"),
        ("try { null.x } catch (e) { e.message }", "Cannot read properties of null (reading 'x')"),
        (
            "try { let u; u.x = 1 } catch (e) { e.message }",
            "Cannot set properties of undefined (setting 'x')",
        ),
        ("try { ({}).f() } catch (e) { e.message }", "undefined is not a function"),
        ("try { missing } catch (e) { e.message }", "missing is not defined"),
        ("typeof missing", "undefined"),
        ("made = 4; made + 1", "5"),
        ("try { const c = 1; c = 2 } catch (e) { e.message }", "Assignment to constant variable."),
    ]);
}

#[test]
fn arrays() {
    check(&[
        ("let a = [1, 2, 3]; a[0] + a[2] + a.length", "7"),
        ("let a = []; for (let i = 0; i < 100; i++) a[i] = i * i; a[99] + a.length", "9901"),
        ("let a = [1, , 3]; (1 in a) + ',' + a.length", "false,3"),
        ("let a = [1, 2, 3]; a.length = 1; a[1] === undefined && a.length", "1"),
        ("let a = []; a[4000000000] = 1; a.length", "4000000001"),
        ("let a = [1]; a.x = 2; a['0'] + a.x", "3"),
        ("try { [].length = -1 } catch (e) { e.message }", "Invalid array length"),
        ("let a = [[1, 2], [3, 4]]; a[1][0] *= 5; a[1][0]", "15"),
    ]);
}

#[test]
fn constructors_and_prototypes() {
    check(&[
        ("function P(x) { this.x = x } new P(3).x", "3"),
        (
            "function P(x) { this.x = x } P.prototype.get = function () { return this.x }; new P(7).get()",
            "7",
        ),
        ("function P() { return { y: 1 } } new P().y", "1"),
        ("function P() { this.a = 1; return 5 } new P().a", "1"),
        ("function P() {} new P().constructor === P", "true"),
        ("function f(a, b) {} f.length + f.name + f.prototype.constructor.name", "2ff"),
        (
            "function P() {} P.prototype.m = function () { return 1 }; let s = 0, p = new P(); for (let i = 0; i < 20; i++) { if (i === 10) P.prototype.m = function () { return 100 }; s += p.m() } s",
            "1010",
        ),
        (
            "function P() {} let p = new P(); p.m = function () { return 2 }; P.prototype.m = function () { return 1 }; let s = 0; for (let i = 0; i < 4; i++) { if (i === 2) delete p.m; s += p.m() } s",
            "6",
        ),
        ("try { new (() => 1)() } catch (e) { e.message }", "() => 1 is not a constructor"),
        ("let o = { valueOf() { return 42 } }; o + 1", "43"),
        ("let o = { toString() { return 'me' } }; `${o}` + o", "meme"),
    ]);
}

#[test]
fn math() {
    check(&[
        ("Math.max(1, 5, 3) + Math.min(2, 0) + Math.max()", "-Infinity"),
        ("1 / Math.max(-0, 0) + 1 / Math.min(0, -0)", "NaN"),
        ("Math.round(2.5) + Math.round(-2.5) + Math.round(0.49999999999999994)", "1"),
        ("1 / Math.round(-0.2)", "-Infinity"),
        ("Math.hypot(3, 4) + Math.hypot()", "5"),
        ("Math.hypot(NaN, Infinity)", "Infinity"),
        ("Math.imul(0xffffffff, 5) + Math.clz32(1)", "26"),
        ("Math.sign(-3) + Math.trunc(-4.7) + Math.abs(-2)", "-3"),
        ("Math.floor.name + Math.atan2.length + typeof Math.PI", "floor2number"),
        ("Math.PI = 3; Math.PI", "3.141592653589793"),
        ("Math.pow(1, Infinity)", "NaN"),
    ]);
}
