//! Programs and their completion values.

use std::rc::Rc;

use axil_engine::compiler::compile;
use axil_engine::heap::Settings;
use axil_engine::vm::Vm;
use axil_grammar::{Arena, Goal, Source, parse};

/// What a program gives: its completion value, or `throws` and the exception.
fn run_with(settings: Settings, text: &str) -> String {
    let source = Rc::new(Source::new("test.js", text));
    let arena = Arena::new();
    let program = match parse(&source, Goal::Script, &arena) {
        Ok(program) => program,
        Err(faults) => panic!("{text:?} is refused: {faults}"),
    };
    let mut vm = Vm::new(settings);
    vm.enter(|vm| {
        let code = match compile(&vm.memory, &source, program) {
            Ok(code) => code,
            Err(missing) => return format!("{} is not built yet", missing.what),
        };
        match vm.run(code) {
            Ok(value) => vm.display(value),
            Err(_) => {
                let exception = vm.take_exception();
                format!("throws {}", vm.display(exception))
            }
        }
    })
}

/// Runs each program as it is, and under a collector that never rests.
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(run_with(Settings::default(), text), *expected, "{text}");
        let stressed = Settings { stress: Some(1), ..Settings::default() };
        assert_eq!(run_with(stressed, text), *expected, "{text}, under stress");
    }
}

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
