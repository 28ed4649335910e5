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
fn integer_operators_on_doubles() {
    check(&[
        ("[2 ** 53, -(2 ** 53), 1e20, -1e20].map(x => x | 0).join()", "0,0,1661992960,-1661992960"),
        ("[2 ** 63, -(2 ** 63), 1 / 0, -1 / 0, 0 / 0].map(x => x | 0).join()", "0,0,0,0,0"),
        ("[4294967296.5, -4294967297.7].map(x => x | 0).join()", "0,-1"),
        ("[2 ** 31, 2 ** 32 - 0.5].map(x => x ^ 1).join()", "-2147483647,-2"),
        (
            "[2.5, 1e10].map(x => [x & 7, x << 2, x >> 1, x >>> 1].join()).join(' ')",
            "2,8,1,1 0,1345294336,705032704,705032704",
        ),
        ("[2 ** 53, 5.5, -5, 1 / 0].map(x => x % 3).join()", "2,2.5,-2,NaN"),
        (
            "[1 / (-0 % 5), 1 / (-5 % 5), 1 / (2 ** 40 % 2 ** 20)].join()",
            "-Infinity,-Infinity,Infinity",
        ),
        ("[5 % (1 / 0), 5 % (2 ** 60), 2 ** 60 % 7, 5 % 0].join()", "5,5,1,NaN"),
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
        ("try { ({}).f() } catch (e) { e.message }", "{}.f is not a function"),
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
        (
            "try { new (() => 1)() } catch (e) { e.message }",
            "(intermediate value) is not a constructor",
        ),
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

#[test]
fn finally_is_passed_on_every_way() {
    check(&[
        ("let s = ''; try { s += 'a' } finally { s += 'b' } s", "ab"),
        ("let s = ''; try { try { throw 'x' } finally { s += 'f' } } catch (e) { s += e } s", "fx"),
        ("let s = ''; try { throw 'x' } catch (e) { s += e } finally { s += 'f' } s", "xf"),
        ("let s = ''; function f() { try { return 'r' } finally { s += 'f' } } f() + s", "rf"),
        ("function f() { try { return 1 } finally { return 2 } } f()", "2"),
        ("function f() { try { throw 1 } finally { return 2 } } f()", "2"),
        (
            "let s = ''; function f() { try { try { return s += 'r' } finally { s += '1' } } finally { s += '2' } } f() + s",
            "rr12",
        ),
        (
            "let s = ''; for (let i = 0; i < 4; i++) { try { if (i === 1) continue; if (i === 3) break; s += i } finally { s += 'f' } } s",
            "0ff2ff",
        ),
        (
            "let s = ''; a: for (;;) { try { for (;;) { try { break a } finally { s += 1 } } } finally { s += 2 } } s",
            "12",
        ),
        (
            "let s = ''; function f() { for (;;) { try { return 'r' } finally { s += 'f'; break } } return 'after' } f() + s",
            "afterf",
        ),
        (
            "let s = ''; try { try { throw 1 } catch (e) { throw e + 1 } finally { s += 'f' } } catch (e) { s += e } s",
            "f2",
        ),
    ]);
}

#[test]
fn this_is_that_of_the_call() {
    check(&[
        ("function f() { 'use strict'; return this } f() === undefined", "true"),
        ("function f() { return this } f() === globalThis", "true"),
        ("let o = { f() { return () => this.x }, x: 4 }; o.f()()", "4"),
        ("let o = { f() { return () => () => this }, x: 4 }; o.f()()() === o", "true"),
        ("function P() { this.get = () => this.v; this.v = 3 } let g = new P().get; g()", "3"),
        ("let f = () => this; f() === globalThis", "true"),
    ]);
}

#[test]
fn parameters_of_all_forms() {
    check(&[
        (
            "function f(a, b = a + 1) { return a + b } f(1) + ',' + f(1, 5) + ',' + f(1, undefined)",
            "3,6,3",
        ),
        ("function f(...r) { return r.length + r[1] } f(1, 2, 3)", "5"),
        ("function f(a, ...r) { return a + r.length } f(4) + f(4, 1, 1)", "10"),
        (
            "function f({ x, y: { z = 7 } = {} }) { return x + z } f({ x: 1 }) + f({ x: 1, y: { z: 2 } })",
            "11",
        ),
        ("((a, { b = a } = {}) => a + b)(3)", "6"),
        ("function f(a = () => b, b = 2) { return a() } f()", "2"),
        ("function f(x, g = () => x) { var x = 5; return x + g() } f(1)", "6"),
        ("function f(x, g = () => x) { var x; return x } f(3)", "3"),
        ("function f(a, b = 1, c) {} f.length", "1"),
        ("function C(...r) { this.n = r.length } new C(1, 2).n", "2"),
        ("let f = (...r) => r; f(1, 2)[1] + f().length", "2"),
    ]);
}

#[test]
fn object_patterns() {
    check(&[
        ("let { a, b: c, d = 4 } = { a: 1, b: 2 }; a + c + d", "7"),
        ("let { a: { b } } = { a: { b: 9 } }; b", "9"),
        ("let k = 'x'; let { [k + 'y']: v } = { xy: 5 }; v", "5"),
        ("let a, o = {}; ({ a, b: o.p, c: o['q'] = 3 } = { a: 1, b: 2 }); a + o.p + o.q", "6"),
        ("let a = 1, b = 2; ({ a: b, b: a } = { a, b }); a + ',' + b", "2,1"),
        (
            "try { let { x } = null } catch (e) { e.message }",
            "Cannot destructure property 'x' of 'null' as it is null.",
        ),
        ("try { throw { code: 5 } } catch ({ code }) { code }", "5"),
        ("let { length } = 'abc'; length", "3"),
    ]);
}

#[test]
fn optional_chains() {
    check(&[
        ("let o = { a: { f() { return this.v }, v: 3 } }; o?.a?.f() + o.a?.v", "6"),
        ("let n = null; n?.a.b.c === undefined && n?.f(1)(2) === undefined", "true"),
        ("let o = {}; o.f?.(1) === undefined", "true"),
        ("let s = 0, n; n?.[s++]; s", "0"),
        (
            "let o = { a: null }; try { o?.a.b } catch (e) { e.message }",
            "Cannot read properties of null (reading 'b')",
        ),
        ("let o = { a: { b: 1 } }; (o?.a).b + o?.['a']['b']", "2"),
    ]);
}

#[test]
fn for_in_comes_by_all_names() {
    check(&[
        ("let s = ''; for (let k in { b: 1, a: 2, 1: 3, 0: 4 }) s += k; s", "01ba"),
        ("let s = ''; for (var k in [7, 8]) s += k; s + k", "011"),
        (
            "function P() { this.own = 1 } P.prototype.up = 2; let s = ''; for (const k in new P()) s += k; s",
            "ownup",
        ),
        ("let o = { a: 1, b: 2, c: 3 }, s = ''; for (let k in o) { s += k; delete o.b } s", "ac"),
        ("let s = 'none'; for (let k in null) s = k; s", "none"),
        ("let o = {}; for (o.k in { x: 1 }); o.k", "x"),
        ("let f = []; for (let k in { a: 1, b: 2 }) f[f.length] = () => k; f[0]() + f[1]()", "ab"),
        (
            "let s = ''; for (let k in { a: 1, b: 2, c: 3 }) { if (k === 'b') continue; s += k } s",
            "ac",
        ),
    ]);
}

#[test]
fn operands_stay_what_they_were() {
    check(&[
        ("function f() { let x = 1; x = x + (x = 5) + x; return x } f()", "11"),
        ("function f() { let x = 1; x += (x = 5); return x } f()", "6"),
        ("function f() { let x = 2; x = x * x + x; return x } f()", "6"),
        ("function f() { let x = 1; x += x += 2; return x } f()", "4"),
        (
            "function f() { let o = { a: 1 }, p = o; o.a = (o = { a: 5 }, 7); return p.a + o.a } f()",
            "12",
        ),
        (
            "function f() { let a = [1, 2, 3], i = 0; a[i] = ++i; return a[0] + ',' + a[1] } f()",
            "1,2",
        ),
        (
            "function f() { let a = [1, 2, 3], i = 0; a[i++] += a[i]; return a[0] + ',' + i } f()",
            "3,1",
        ),
        ("function f() { let a = [1], b = a; a[(a = [9], 0)] = 4; return b[0] + a[0] } f()", "13"),
        ("function f() { let i = 0; return i + i++ + i } f()", "1"),
        ("function f() { let n = 3; n = n < 2 ? 1 : n; return n } f()", "3"),
        (
            "function f() { let x = 1; try { x = (() => { throw 0 })() } catch { return x } } f()",
            "1",
        ),
        ("let o = {}; o.f = () => 1; ({}); (() => 2)() + o.f()", "3"),
        (
            "const c = 1; try { c += 1 } catch (e) { c + e.message }",
            "1Assignment to constant variable.",
        ),
        (
            "const c = 1; try { c++ } catch (e) { c + e.message }",
            "1Assignment to constant variable.",
        ),
    ]);
}

#[test]
fn object_literals() {
    check(&[
        (
            "let o = { n: 2, get twice() { return this.n * 2 }, set twice(v) { this.n = v / 2 } }; o.twice = 10; o.n + o.twice",
            "15",
        ),
        ("let o = { get a() { return 1 } }; o.a = 2; o.a", "1"),
        (
            "'use strict'; let o = { get a() { return 1 } }; try { o.a = 2 } catch (e) { e.message }",
            "Cannot set property a of #<Object> which has only a getter",
        ),
        (
            "let p = { up: 1 }, o = { __proto__: p, own: 2 }; o.up + o.own + '' + ('__proto__' in { __proto__: null })",
            "3false",
        ),
        ("let o = { ...{ a: 1, b: 2 }, b: 3, ...null }; o.a + o.b", "4"),
        ("let o = { ...[7, 8] }; o[0] + o[1]", "15"),
        (
            "function A() {} let a = new A(); (a instanceof A) + ',' + ({} instanceof A)",
            "true,false",
        ),
        (
            "try { 1 instanceof 2 } catch (e) { e.message }",
            "Right-hand side of 'instanceof' is not an object",
        ),
        ("let k = 'z', o = { get [k + 1]() { return 4 } }; o.z1", "4"),
    ]);
}

#[test]
fn values_of_statements() {
    check(&[
        ("try { 5; throw 1 } catch {}", "undefined"),
        ("try { 5; throw 1 } catch { 7 } finally { 8 }", "7"),
        ("1; do { 2; if (true) break } while (0)", "undefined"),
        ("1; a: { 2; break a }", "2"),
    ]);
}

#[test]
fn what_throws_before_an_assignment_leaves_the_variable() {
    check(&[
        ("(function () { var x = 1; try { x = y } catch {} (() => y); let y; return x })()", "1"),
        ("(function (f) { var x = 1; try { x = [f()] } catch {} return x })()", "1"),
        ("(function (f) { var x = 1; try { var x = `a${f()}` } catch {} return x })()", "1"),
        ("(function (f) { var x = 1; try { var { x = f() } = {} } catch {} return x })()", "1"),
        ("(function (f) { var x; try { x ??= [f()] } catch {} return typeof x })()", "undefined"),
        ("(function () { var x = 1; x = x++ + x; return x })()", "3"),
        ("(function () { var x = 1; x = x++; return x })()", "1"),
    ]);
}

#[test]
fn what_control_does_not_come_to_is_no_code() {
    check(&[
        (
            "(function (f) { if (false) { for (;;) { try { f() } catch { continue } } } return 1 })()",
            "1",
        ),
        ("(function (f) { while (0) { try { f() } finally { continue } } return 1 })()", "1"),
        ("(function () { while (true) { try { return 1 } finally { break } } return 2 })()", "2"),
        ("(function () { return 1; var x = f(); function f() { return x } })()", "1"),
        ("[...(function* () { throw yield 1 })()].length", "throws undefined"),
    ]);
}
