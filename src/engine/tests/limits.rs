//! Whatever a program does, it ends in an exception at worst: not in a signal.

use std::rc::Rc;

use axil_engine::compiler::compile;
use axil_engine::heap::Settings;
use axil_engine::vm::Vm;
use axil_grammar::{Arena, Goal, Source, parse};

const TOO_DEEP: &str = "RangeError: Maximum call stack size exceeded";
const STRING_TOO_LONG: &str = "RangeError: Invalid string length";
const ARRAY_TOO_LONG: &str = "RangeError: Invalid array length";

/// What a program leaves in `out`, when its jobs are done; else its value, or what it
/// throws. With a small nursery the collector has to come by often.
fn run(text: &str) -> String {
    let source = Rc::new(Source::new("test.js", text));
    let arena = Arena::new();
    let program = parse(&source, Goal::Script, &arena).expect("the program is right");
    let mut vm = Vm::new(Settings { nursery: 256 << 10, ..Settings::default() });
    vm.enter(|vm| {
        let code = compile(&vm.memory, &source, program).expect("all of it is built");
        let result = vm.run(code).and_then(|value| {
            vm.run_jobs();
            let (global, key) = (vm.realm().global, vm.memory.key("out"));
            let out = vm.get(global, key)?;
            Ok(if out.is_undefined() { value } else { out })
        });
        let value = result.unwrap_or_else(|_| vm.take_exception());
        vm.display(value)
    })
}

fn check(cases: &[(&str, &str)]) {
    for (program, expected) in cases {
        assert_eq!(run(program), *expected, "{program}");
    }
}

/// Programs that call themselves without an end.
fn check_too_deep(programs: &[&str]) {
    for program in programs {
        assert_eq!(run(program), TOO_DEEP, "{program}");
    }
}

#[test]
fn functions_that_call_themselves() {
    check_too_deep(&[
        "(function f() { f() })()",
        "(function f(a, b, c, d) { f(a) })()",
        "(function f() { f(...[1, 2]) })()",
        "(function f(...rest) { f(1) })()",
        "(function f() { return arguments.length + f(1, 2) })()",
        "(function f() { try { f() } finally { 1 } })()",
        "class C { constructor() { new C() } } new C()",
        "class C { x = new C() } new C()",
        "class C { static x = (() => { throw 1 })() } ; 1"
            .replace("throw 1", "(function f() { f() })()")
            .as_str(),
        "class B {} class D extends B { constructor() { super(); new D() } } new D()",
        "function* g() { yield* g() } g().next()",
        "function* g() { [...g()] } g().next()",
        "var f = s => f`a`; f()",
    ]);
}

#[test]
fn functions_that_native_code_calls() {
    check_too_deep(&[
        "(function f() { f.call() })()",
        "(function f() { f.apply(null, []) })()",
        "(function f() { Reflect.apply(f, null, []) })()",
        "(function f() { Reflect.construct(f, []) })()",
        "(function f() { [2, 1].sort(f) })()",
        "(function f() { [1].map(f) })()",
        "(function f() { [1].reduce(f, 1) })()",
        "(function f() { Array.from([1], f) })()",
        "(function f() { 'a'.replace('a', f) })()",
        "(function f() { 'a'.replace(/a/, f) })()",
        "(function f() { eval('f()') })()",
        "(function f() { new Function('f', 'f(f)')(f) })()",
        "var i = { [Symbol.iterator]() { return [...i] } }; [...i]",
        "var h = { [Symbol.hasInstance]() { return 1 instanceof h } }; 1 instanceof h",
        "JSON.stringify({ toJSON() { return JSON.stringify(this) } })",
        "JSON.parse('[1]', function f(k, v) { return JSON.parse('[1]', f) })",
    ]);
}

#[test]
fn accessors_and_conversions() {
    check_too_deep(&[
        "({ get x() { return this.x } }).x",
        "({ set x(v) { this.x = v } }).x = 1",
        "({ __proto__: { get x() { return this.x } } }).x",
        "'' + { toString() { return '' + this } }",
        "+{ valueOf() { return +this } }",
        "({ [Symbol.toPrimitive]() { return this * 1 } }) * 1",
        "({ toString() { return [this] + '' } }) + ''",
    ]);
}

#[test]
fn chains_of_bound_functions() {
    let bound = "var f = function () {}; for (var i = 0; i < 1e5; i++) f = f.bind();";
    for call in ["f()", "new f()", "[1].map(f)", "f.call()"] {
        assert_eq!(run(&format!("{bound} {call}")), TOO_DEEP, "{call}");
    }
    check(&[(&format!("{bound} [f.name.length, typeof f].join()"), "600001,function")]);
}

#[test]
fn chains_of_proxies() {
    let objects = "var p = {}; for (var i = 0; i < 1e5; i++) p = new Proxy(p, {});";
    for access in [
        "p.x",
        "p.x = 1",
        "'x' in p",
        "delete p.x",
        "Object.keys(p)",
        "p + ''",
        "JSON.stringify(p)",
        "({ ...p })",
        "for (var k in p) ;",
    ] {
        assert_eq!(run(&format!("{objects} {access}")), TOO_DEEP, "{access}");
    }
    let functions = "var p = function () {}; for (var i = 0; i < 1e5; i++) p = new Proxy(p, {});";
    for call in ["p()", "new p()", "Reflect.construct(Array, [], p)"] {
        assert_eq!(run(&format!("{functions} {call}")), TOO_DEEP, "{call}");
    }
}

#[test]
fn circles_of_prototypes() {
    let circle = "var p = new Proxy({}, {}), o = Object.create(p); Object.setPrototypeOf(p, o);";
    for access in [
        "o.x",
        "o.x = 1",
        "'x' in o",
        "o instanceof Array",
        "for (var k in o) ;",
        "Array.prototype.isPrototypeOf(o)",
        "o + ''",
        "o.__lookupGetter__('x')",
    ] {
        assert_eq!(run(&format!("{circle} {access}")), TOO_DEEP, "{access}");
    }
}

#[test]
fn nested_data() {
    let array = "var a = []; for (var i = 0; i < 1e5; i++) a = [a];";
    for access in ["a.join()", "a + ''", "a.flat(Infinity)", "JSON.stringify(a)", "a == 1"] {
        assert_eq!(run(&format!("{array} {access}")), TOO_DEEP, "{access}");
    }
    check(&[
        ("typeof JSON.parse('['.repeat(1e5) + ']'.repeat(1e5))", "object"),
        ("JSON.parse('['.repeat(1e5) + ']'.repeat(1e5), (k, v) => v)", TOO_DEEP),
        ("var o = {}; for (var i = 0; i < 1e5; i++) o = { o }; JSON.stringify(o)", TOO_DEEP),
    ]);
}

#[test]
fn what_is_deep_and_yet_no_recursion() {
    check(&[
        (
            "var o = { deep: 1 }; for (var i = 0; i < 2e5; i++) o = Object.create(o);
             var n = 0; for (var k in o) n++;
             [o.deep, o.none, 'deep' in o, o instanceof Array, n].join()",
            "1,,true,false,1",
        ),
        (
            "var f = () => 0; for (var i = 0; i < 2e5; i++) { let g = f; f = () => g }
             var rest; for (var i = 0; i < 1e6; i++) rest = [i];
             typeof f()",
            "function",
        ),
        (
            "var list = null; for (var i = 0; i < 5e5; i++) list = { next: list };
             var rest; for (var i = 0; i < 1e6; i++) rest = { i };
             var n = 0; while (list) { n++; list = list.next } n",
            "500000",
        ),
        (
            "var s = ''; for (var i = 0; i < 2e5; i++) s = 'abcdefghijklmnopqrstuvwxyz' + s + 'end';
             [s.length, s.charAt(3e6), ({ [s]: 1 })[s], s === s + ''].join()",
            "5800000,q,1,true",
        ),
    ]);
}

#[test]
fn chains_of_promises() {
    check(&[
        (
            "var out, p = Promise.resolve(0); for (var i = 0; i < 1e5; i++) p = p.then(x => x + 1);
             p.then(x => out = x); 0",
            "100000",
        ),
        (
            "var out, p = Promise.resolve('deep');
             for (let i = 0; i < 1e5; i++) { let q = p; p = new Promise(r => r(q)) }
             p.then(x => out = x); 0",
            "deep",
        ),
        (
            "var out, p = Promise.reject('x'); for (let i = 0; i < 1e5; i++) p = p.finally(() => {});
             p.catch(e => out = 'caught ' + e); 0",
            "caught x",
        ),
        (
            "var out, t = { then(r) { r('last') } };
             for (let i = 0; i < 1e4; i++) { let u = t; t = { then(r) { r(u) } } }
             Promise.resolve(t).then(x => out = x); 0",
            "last",
        ),
        ("var out; (async function f() { await f() })().catch(e => out = e + ''); 0", TOO_DEEP),
    ]);
}

#[test]
fn programs_that_are_deep_or_large() {
    check(&[
        ("eval('('.repeat(1e5) + 1 + ')'.repeat(1e5))", "1"),
        ("eval('1' + '+1'.repeat(1e4))", "10001"),
        ("eval('!'.repeat(1e4) + 1)", "true"),
        ("eval('{'.repeat(1e5) + '}'.repeat(1e5))", "undefined"),
        ("eval('try{'.repeat(1e4) + 2 + '}finally{}'.repeat(1e4))", "2"),
        ("eval('1?'.repeat(5e4) + 1 + ':0'.repeat(5e4))", "1"),
    ]);
    let message = "Error: a function with so many variables and intermediate results at once \
                   is not built yet";
    check(&[
        ("eval('['.repeat(1e5) + ']'.repeat(1e5))", message),
        ("eval('(x => x)('.repeat(3e4) + 1 + ')'.repeat(3e4))", message),
        ("Function(Array.from({ length: 7e4 }, (_, i) => 'v' + i), '')", message),
    ]);
}

#[test]
fn patterns_that_are_deep() {
    check(&[
        ("new RegExp('a|'.repeat(1e4)).test('b')", "true"),
        ("/^(?:a|b)*$/.test('ab'.repeat(1e5))", "true"),
        ("/^(a*)*$/.test('a'.repeat(1e4))", "true"),
        ("new RegExp('(?:'.repeat(1e5) + 'a' + ')'.repeat(1e5)).test('a')", "true"),
        ("new RegExp('(?=('.repeat(1e5) + 'a' + '))'.repeat(1e5)).test('a')", "true"),
        ("new RegExp('['.repeat(1e5) + 'a' + ']'.repeat(1e5), 'v').test('a')", "true"),
    ]);
}

#[test]
fn strings_that_would_be_too_long() {
    for program in [
        "'a'.repeat(2 ** 30)",
        "'ab'.padEnd(2 ** 30)",
        "Array(2 ** 30).join('a')",
        "var s = 'aaaa'; for (;;) s += s",
        "var s = 'a'.repeat(2 ** 28); s.concat(s)",
        "var s = 'a'.repeat(2 ** 28); `${s}${s}`",
        "var s = 'a'.repeat(2 ** 28); [s, s] + ''",
        "var s = 'a'.repeat(2 ** 28); String.raw({ raw: [s, s] }, '')",
        "'a'.repeat(2 ** 16).replaceAll('a', 'a'.repeat(2 ** 14))",
        "'a'.repeat(2 ** 16).replace(/a/g, () => 'a'.repeat(2 ** 14))",
    ] {
        assert_eq!(run(program), STRING_TOO_LONG, "{program}");
    }
}

#[test]
fn arrays_that_would_be_too_long() {
    for program in [
        "new Array(-1)",
        "Array(2 ** 32)",
        "[].length = -1",
        "[].length = 2 ** 32",
        "var a = []; a.length = 2 ** 32 - 1; a.concat([1, 2])"
            .replace("a.concat([1, 2])", "[].length = 2 ** 33")
            .as_str(),
        "Object.defineProperty([], 'length', { value: 1.5 })",
    ] {
        assert_eq!(run(program), ARRAY_TOO_LONG, "{program}");
    }
    check_too_deep(&[
        "Math.max(...Array(1e7))",
        "Math.max.apply(null, Array(1e7))",
        "String.fromCharCode.apply(null, Array(1e7))",
    ]);
    check(&[
        (
            "var a = []; a[2 ** 32 - 2] = 1; a.length + ',' + a.indexOf(1, -1)",
            "4294967295,4294967294",
        ),
        (
            "Array.prototype.push.call({ length: 2 ** 53 - 1 }, 1)",
            "TypeError: Pushing 1 elements on an array-like of length 9007199254740991 is disallowed by ECMA-262",
        ),
    ]);
}
