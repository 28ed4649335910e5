//! What constructs of the language are compiled to.

use std::rc::Rc;

use axil_engine::bytecode::disassemble;
use axil_engine::compiler::compile;
use axil_engine::heap::Settings;
use axil_engine::vm::Vm;
use axil_grammar::{Arena, Goal, Source, parse};

fn bytecode(text: &str) -> String {
    let source = Rc::new(Source::new("test.js", text));
    let arena = Arena::new();
    let program = match parse(&source, Goal::Script, &arena) {
        Ok(program) => program,
        Err(faults) => panic!("{text:?} is refused: {faults}"),
    };
    let vm = Vm::new(Settings::default());
    vm.memory.without_collections(|| match compile(&vm.memory, &source, program) {
        Ok(code) => format!("{text}\n---\n{}", disassemble(&vm.memory, code)),
        Err(missing) => panic!("{} is not built", missing.what),
    })
}

/// One test and one snapshot a construct.
macro_rules! bytecode_of {
    ($($name:ident: $text:literal)*) => {
        $(#[test]
        fn $name() {
            insta::assert_snapshot!(bytecode($text));
        })*
    };
}

bytecode_of! {
    arithmetic: "function f(a, b) { return (a + b * 2) % (a - 1) }"
    condition: "function f(a, b) { return a < b && b !== 0 || !a ? a : b }"
    loops: "function f(n) { let s = 0; for (let i = 0; i < n; i++) { if (i === 3) continue; s += i } return s }"
    closure_in_loop: "function f(a) { for (let i = 0; i < 3; i++) a[i] = () => i }"
    try_catch_finally: "function f(g) { for (;;) { try { return g() } catch (e) { break } finally { g(1) } } }"
    switch: "function f(x) { switch (x) { case 1: return 'one'; default: return 'many' } }"
    properties: "function f(o, k) { o.a = o.b + o[k]; o.m(1); delete o[k]; return new o.C(k) }"
    optional_chain: "function f(o) { return o?.a.b?.(1) }"
    literals: "function f(x) { return { a: x, b: [x, , 1], ['c' + x]: `t${x}`, m() { return this } } }"
    patterns: "function f({ a, b: { c } = {} }, d = a, ...rest) { return rest }"
    for_in: "function f(o) { for (const k in o) o[k]() }"
    dead_zone: "function f() { g(); let x = 1; function g() { return x } }"
    logical_assignment: "function f(a, o) { a ??= 1; o.p ||= a; return a &&= 2 }"
}
