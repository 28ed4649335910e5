//! What constructs of the language are compiled to: a small program, and its code.
//!
//! The snapshots are meant to be read beside the chapters of ECMA-262, and beside
//! `src/compiler`, where a construct is compiled.

use std::fmt::Write as _;
use std::rc::Rc;

use axil_engine::bytecode::{Code, disassemble};
use axil_engine::compiler::compile;
use axil_engine::heap::{Gc, Settings};
use axil_engine::object::Memory;
use axil_engine::vm::Vm;
use axil_grammar::ast::Statement;
use axil_grammar::{Arena, Goal, Source, parse};

/// A program and its code. Of a script that only declares functions theirs is enough.
fn bytecode(goal: Goal, text: &str) -> String {
    let source = Rc::new(Source::new("test.js", text));
    let arena = Arena::new();
    let program = match parse(&source, goal, &arena) {
        Ok(program) => program,
        Err(faults) => panic!("{text:?} is refused: {faults}"),
    };
    let vm = Vm::new(Settings::default());
    vm.memory.without_collections(|| match compile(&vm.memory, &source, program) {
        Ok(code) => {
            let is_function = |statement: &Statement| matches!(statement, Statement::Function(_));
            let code = if program.body.iter().all(is_function) {
                functions(&vm.memory, code)
            } else {
                disassemble(&vm.memory, code)
            };
            format!("{text}\n---\n{code}")
        }
        Err(missing) => panic!("{} is not built", missing.what),
    })
}

/// The code of the functions that a program declares.
fn functions(memory: &Memory, program: Gc<Code>) -> String {
    let mut text = String::new();
    for constant in 0..program.constant_count() {
        if let Some(code) = program.constant(constant).downcast::<Code>() {
            let gap = if text.is_empty() { "" } else { "\n" };
            // Writing to a string does not fail.
            let _ = write!(text, "{gap}{}", disassemble(memory, code));
        }
    }
    text
}

/// A module of one test and one snapshot a construct.
macro_rules! constructs {
    ($chapter:ident, $goal:ident: $($name:ident: $text:literal)*) => {
        mod $chapter {
            $(#[test]
            fn $name() {
                let code = super::bytecode(axil_grammar::Goal::$goal, $text);
                insta::with_settings!({omit_expression => true}, {
                    insta::assert_snapshot!(code);
                });
            })*
        }
    };
}

// §13
constructs! { expressions, Script:
    arithmetic: "function f(a, b) { return (a + b * 2) % (a - 1) }"
    bits_and_shifts: "function f(a, b) { return ~a & b | a << 2 ^ b >>> a >> 1 }"
    exponent: "function f(a, b) { return -(a ** 2) + a ** b }"
    unary: "function f(a) { return [+a, -a, !a, void a.b, typeof a, typeof nowhere] }"
    comparison: "function f(a, b) { return [a < b, a >= b, a == b, a !== b] }"
    in_and_instanceof: "function f(a, b) { return a in b && a instanceof b }"
    condition: "function f(a, b) { return a < b && b !== 0 || !a ? a : b }"
    coalesce: "function f(a, b) { return a ?? b.c ?? 1 }"
    comma: "function f(a, b) { return a(), b++, a }"
    update: "function f(a) { a++; --a; return a++ + ++a }"
    update_of_properties: "function f(o, k) { o.a++; --o[k]; return o.a++ + --o[k] }"
    compound_assignment: "function f(a, o, k) { a += 1; o.p -= a; o[k] *= 2; return a **= o.p }"
    logical_assignment: "function f(a, o) { a ??= 1; o.p ||= a; return a &&= 2 }"
    assignment_in_operand: "function f(a) { return a + (a = 2) + a }"
    assignment_to_constant: "function f() { const x = 1; x = g() }"
    delete: "function f(o, k) { return delete o.a && delete o[k] && delete o?.a.b && delete f }"
    literals: "function f(x) { return { a: x, b: [x, , 1], ['c' + x]: `t${x}`, m() { return this } } }"
    plain_object: "function f(a) { return { a, b: [1], c: () => a } }"
    object_literal: "function f(a, o) { return { a, 0: 1, __proto__: o, f: () => a, ...o, get x() { return 1 }, set x(v) {} } }"
    primitive_literals: "function f() { return [null, true, 1.5, -0, 12345678901234567890n, 'text', undefined] }"
    regexp_literal: "function f(s) { return /a+/g.exec(s) }"
    template: "function f(a, b) { return `${a} and ${b}` }"
    tagged_template: r"function f(tag, a) { return tag`one ${a} two \n` }"
    properties: "function f(o, k) { o.a = o.b + o[k]; o.m(1); delete o[k]; return new o.C(k) }"
    computed_method_call: "function f(o, k) { return o[k](1) + o.length }"
    optional_chain: "function f(o) { return o?.a.b?.(1) }"
    optional_call: "function f(g, o, k) { return g?.() ?? o?.[k]?.(g) ?? (o?.m)() }"
    spread: "function f(a, b) { a(...b, 1); a.m(...b); new a(...b); return [1, ...b, 2] }"
    new_target: "function f() { return new.target === f }"
    import_call: "function f(name, o) { return import(name, o) }"
    direct_eval: "function f(text) { let a = 1; eval(text); return a }"
    global_variables: "function f() { g = h + 1; return typeof g }"
}

// §13.15.5, §14.3.3
constructs! { destructuring, Script:
    parameters: "function f({ a, b: { c } = {} }, d = a, ...rest) { return rest }"
    declarations: "function f(o, k) { const { a = 1, [k]: b, ...rest } = o; return a + b }"
    arrays: "function f(o) { let [a, , b = 2, ...rest] = o; return a + b }"
    assignment: "function f(o, a) { [a, o.x] = [o.x, a]; ({ a, b: o.y = 1, ...o.z } = o) }"
    of_exception: "function f(g) { try { g() } catch ({ message }) { return message } }"
}

// §14
constructs! { statements, Script:
    variables: "function f(g) { var a; let b; const c = g(a); return b }"
    dead_zone: "function f() { g(); let x = 1; function g() { return x } }"
    if_else: "function f(a) { if (a > 1) return 'many'; else if (!a) return 'none'; return 'one' }"
    loops: "function f(n) { let s = 0; for (let i = 0; i < n; i++) { if (i === 3) continue; s += i } return s }"
    while_and_do: "function f(n) { while (n > 10) n -= 3; do n++; while (n < 5 && n); return n }"
    endless_loop: "function f(g) { for (;;) if (g()) break }"
    closure_in_loop: "function f(a) { for (let i = 0; i < 3; i++) a[i] = () => i }"
    labels: "function f(a) { one: for (;;) { two: while (a()) { if (a(1)) continue one; break two } break one } }"
    labelled_block: "function f(a) { out: { if (a) break out; a = 1 } return a }"
    for_in: "function f(o) { for (const k in o) o[k]() }"
    for_of: "function f(o) { for (const x of o) { if (x) break; x.m() } }"
    for_of_pattern: "function f(o) { for (const { a, b = 1 } of o) a(b) }"
    for_of_closure: "function f(o, a) { for (let x of o) a.push(() => x) }"
    for_heads_that_assign: "function f(o, a) { for (a.x of o); for ([a] of o); for (a in o); }"
    return_out_of_for_of: "function f(o) { for (const x of o) return x.y }"
    switch: "function f(x) { switch (x) { case 1: return 'one'; default: return 'many' } }"
    switch_with_variables: "function f(x, g) { switch (x) { case g: let y = 1; case 2: return () => y } }"
    throw: "function f(x) { if (!x) throw new Error('no x') }"
    try_catch: "function f(g) { try { g() } catch { return 1 } return 2 }"
    catch_parameter_in_closure: "function f(g) { try { g() } catch (e) { return () => e } }"
    try_finally: "function f(g) { try { g() } finally { g(1) } }"
    try_catch_finally: "function f(g) { for (;;) { try { return g() } catch (e) { break } finally { g(1) } } }"
    finally_that_returns: "function f(g) { try { return g() } finally { return 1 } }"
    finally_inside_finally: "function f(g) { a: try { try { return g() } finally { g(1) } } finally { break a } }"
    with: "function f(o) { with (o) { x = y; z(); return typeof y } }"
    debugger_and_empty: "function f() { debugger; ; {} }"
    block_with_closure: "function f(a) { { let x = a; a = () => x } { let x = 2; return x } }"
    function_in_block: "function f(a) { if (a) { g(); function g() {} } return g }"
    using: "function f(o) { using x = o; x.m() }"
    for_of_using: "function f(o) { for (using x of o) x.m() }"
}

// §15, §10.4.4
constructs! { functions, Script:
    defaults: "function f(a, b = a, c = () => a) { var a = 1; return c }"
    rest: "function f(a, ...b) { return b }"
    arguments_unmapped: "function f(a) { 'use strict'; a = 1; return arguments[0] }"
    arguments_mapped: "function f(a) { a = 1; return arguments[0] }"
    arguments_of_defaults: "function f(a = 1) { return arguments.length }"
    sloppy_this: "function f() { return this }"
    strict_this: "function f() { 'use strict'; return this }"
    arrow_captures_this: "function f() { return () => [this, arguments, new.target] }"
    own_name: "function f() { return function g(n) { return n ? g(n - 1) : 0 } }"
    assigned_own_name: "function f() { return function g() { g = 1 } }"
    closure: "function f(a) { let n = 0; return { add() { n += a }, get n() { return n } } }"
    nested_closures: "function f(a) { return b => c => a + b + c }"
    recursion: "function f(n) { return n < 2 ? n : f(n - 1) + f(n - 2) }"
    immediately_called: "function f(a) { return (function (b) { return b + 1 })(a) }"
    accessors: "function f(k) { return { get [k]() { return 1 }, set a(v) { this.b = v } } }"
    super_of_object: "function f() { return { m() { super.m(1); return super.x } } }"
}

// §15.7
constructs! { classes, Script:
    empty: "function f() { class A {} return A }"
    constructor: "function f() { return class A { constructor(x) { this.x = x; this.y = 1 } } }"
    derived: "function f(A) { return class B extends A { constructor(x) { super(x); this.y = x } } }"
    derived_default: "function f(A) { return class B extends A {} }"
    derived_with_arrow: "function f(A) { return class B extends A { constructor() { (() => super())() } } }"
    fields: "function f(k) { return class { a = 1; [k] = this.a; 'c'; static s = 2 } }"
    methods: "function f(k) { return class { m() {} static s() {} [k]() {} get x() { return 1 } static set x(v) {} } }"
    private_members: "function f() { return class { #a = 1; #m() { return this.#a } get #x() { return 2 } n(o) { o.#a += o.#x; return #a in o && o.#m() } } }"
    private_static: "function f() { return class A { static #n = 0; static #s() {} static next() { A.#s(); return A.#n++ } } }"
    static_block: "function f() { return class A { static { this.x = 1; let y = 2 } } }"
    super_properties: "function f(A) { return class extends A { m(k) { super.x = super[k]; return super.m(k) } static s() { return super.s } } }"
    own_name_inside: "function f() { class A { m() { return A } } A = 1; return A }"
}

// §15.5, §15.6, §15.8
constructs! { coroutines, Script:
    generator: "function* f(a) { const b = yield a; return b }"
    yield_star: "function* f(a) { return yield* a }"
    generator_with_finally: "function* f(a) { try { yield 1 } finally { a() } }"
    generator_with_loop: "function* f(n) { for (let i = 0; i < n; i++) yield i }"
    async_function: "async function f(a) { const b = await a; return b + 1 }"
    async_arrow: "function f(a) { return async () => (await a) + this.x }"
    await_in_try: "async function f(a) { try { return await a } catch (e) { return e } finally { await 1 } }"
    for_await: "async function f(a) { for await (const x of a) x() }"
    await_in_for_of: "async function f(a) { for (const x of a) await x }"
    async_generator: "async function* f(a) { const b = yield a; return b }"
    async_yield_star: "async function* f(a) { yield* a }"
    await_using: "async function f(o) { await using x = o; x.m() }"
}

// §16.1, §19.2.1: the completion value is what `Return` gives.
constructs! { scripts, Script:
    declarations: "var a = 1; let b = a; const c = b; class D {} function e() { return b }"
    completion_value: "1; var a = 2; if (a) { 3 } else ;"
    completion_of_loop: "do { 1; break } while (0)"
    completion_of_finally: "try { 1 } finally { 2 }"
    functions_of_annex_b: "{ function g() {} } g"
    strict: "'use strict'; x = 1; delete this.x"
}

// §16.2
constructs! { modules, Module:
    imports: "import a, { b as c } from 'm'; import * as n from 'm'; c(a, n.x)"
    exports: "export let a = 1; export function f() { a++ } export default class {} export { a as 'b c' }"
    exports_of_others: "export * from 'm'; export * as n from 'm'; export { x as default } from 'm'"
    export_default_expression: "export default () => 1"
    top_level_await: "const a = await 1; export { a }"
    import_meta: "import.meta.url"
    import_attributes: "import data from './data.json' with { type: 'json' }; data"
}
