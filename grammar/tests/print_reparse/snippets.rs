//! Programs in which printing is easy to get wrong.

use axil_grammar::{Arena, Diagnostics, Goal, Source, parse, print, sexpr};

/// Parses, prints and parses again, each line a program of its own: the trees
/// have to be the same, with all their parentheses, and the second text the same
/// as the first.
fn check(goal: Goal<'static>, programs: &str) {
    for text in programs.trim().lines().map(str::trim) {
        let source = Source::new("snippet", text.replace('⏎', "\n"));
        let arena = Arena::new();
        let program =
            parse(&source, goal, &arena).unwrap_or_else(|error| fail(text, error, &source));
        let first = print::print(program);
        let printed = Source::new("printed", first.as_str());
        let again =
            parse(&printed, goal, &arena).unwrap_or_else(|error| fail(text, error, &printed));
        let (before, after) = (sexpr::print(program, &source), sexpr::print(again, &printed));
        assert_eq!(before, after, "the tree of {text}\nprints as\n{first}");
        assert_eq!(first, print::print(again), "{text}");
    }
}

fn fail(text: &str, errors: Diagnostics, source: &Source) -> ! {
    let error = errors.into_iter().next().map(|error| error.render(source, false));
    panic!("{text}\n{}", error.unwrap_or_default());
}

#[test]
fn operators() {
    check(
        Goal::Script,
        r"
        -(-x); - -x; +(+x); - --x; + ++x; -(+x); !(!x); a - -b; a + +b; a - --b; a++ + b
        typeof (() => {}); void 0; delete a.b; delete (a, b); ~-+!x
        a ?? (b || c); (a && b) ?? c; a ?? b ?? c; a || b && c; (a || b) && c; a ?? (b ?? c)
        (-1) ** 2; 2 ** -1; (a ** b) ** c; a ** b ** c; (++a) ** 2; a-- ** 2; -(a ** 2)
        a < b > c; a < !--b; a instanceof b in c; (a in b) in c; a in (b in c); a-- > b
        a + (b + c); a + b + c; a - (b - c); (a, b) + c; (a = b) + c; a * (b + c); (a * b) + c
        a ? b : c ? d : e; (a ? b : c) ? d : e; a ? (b, c) : d; a ? b ? c : d : e; (a = b) ? c : d
        a = b = c; a += b -= c; a ||= b &&= c ??= d; a = (b, c); a, b, c; (a, b), c; a, (b, c)
        (0, a.b)(); (a.b)(); ((a)); (((a)))++; ((a)) = 1; [((a))] = b
        ",
    );
}

#[test]
fn members_and_calls() {
    check(
        Goal::Script,
        r"
        new (f())(); new (f().g)(); new (f()).g(); new (f.g); new (f``); new f``(); new new X()()
        new (import('x'))(); new (a?.b)(); new (function() {})(); new (class {})(); new X
        (a?.b).c; a?.b.c; a?.[b]?.(c).d; (a?.b)(); (a?.b)?.c; a?.b[c]; (a?.b)``; a?.5:b
        (a?.b.c)().d; ((a?.b).c?.d).e; a?.().b; delete a?.b; a?.b?.c
        1..x; 1.5.x; 1e21.x; 1e-7.x; (1).x; 1[x]; 1?.x; 010.x; 089..x; 1e999.x; 1.0.x; 0x1.x
        import('a'); import('a', b); import((a, b)); import('a').then(b); import('a', b,)
        f((a, b), ...c); f(...a, ...b,); a.if.class.x; a.b`c`.d`e`; this.x; a[b, c]
        ",
    );
}

#[test]
fn literals() {
    check(
        Goal::Script,
        r#"
        0; 00; 017; 08; 089.5; 09e-1; 017777777777777777777777777777; 1e400; 5e-324; 0.1; .5; 5.
        0x1f; 0b11; 0o17; 1_000; 10n; 0x1Fn; 0b1n; 1_0n; 123456789012345680000; 1e21
        a / /b/.c; a / b / c; /a/g.test(b); /[/]/; a++ / 2; (a) / /c/; /\//u; /(?<a>b)/v
        x = '\'"'; x = "\"'"; x = '\u2028\0\x001\n\\'; x = '\ud800'; x = '\7'; x = '\8'; x = '\0018'
        x = '😀\t'; x = '\u{10FFFF}\uDBFF\uDFFF'; x = 'a\⏎b'; x = '\x7f\b'; x = '\79\8'
        `a${b}c${`d${e}`}`; `\``; `$`; `$${a}$`; `\${a}`; f`\u${a}\xg`; a.b`c`; new a`b`; `a⏎b`; `\⏎`
        [,]; [a,,]; [,a]; [,,]; [...a]; [...a, ...b,]; [(a, b)]; [a = b]; [,,a,,]
        ({}); ({}).x; ({}.x); [{}]; ({a, b: c, [d]: e, 'f': 1, 2: 3, 4n: 5, ...g, 017: 6})
        ({get a() {}, set a(b) {}, async c() {}, *d() {}, async *e() {}, get() {}, set: 1, async, of})
        ({'__proto__': a, __proto__() {}, ['__proto__']: b, get if() {}, async *[x]() {}})
        null; true; false; this; x
        "#,
    );
}

#[test]
fn functions_and_patterns() {
    check(
        Goal::Script,
        r"
        (function() {}); (function() {})(); (function() {}()); !function() {}(); (class {}).x; (class {})
        (async function() {})(); (async () => {})(); async () => {}; async(a); async (a, b) => c; async a => b
        a => b; (a) => b; (a, b = c, ...d) => {}; a => ({}); a => ({}).x; a => (b, c); a => b => c
        (a => b)(); (a => b) || c; a || (b => c); a ? b => c : d => e; (a => {}) ? 1 : 2; a = b => c
        ({a} = b); [a, b] = c; ({a = 1, b: {c}, ...d} = e); [a = 1, , [b], ...c] = d; [, ] = a; [...[a]] = b
        a => ({b} = c); () => ({} = x); [a.b, c[d], (e).f, (g)] = h; ({a: b.c, ...d.e} = f); ({}) == a
        [{}.x] = a; ({a: {}.x} = b); [(a.b) = 1] = c; (a) = function() {}; (a.b) = 1; (a) += 1; (a)++
        ({a} = b), c; ({a} = b) ? c : d; x = {a} = b; [x = {a} = b] = c; ({[a in b]: c = d in e} = f)
        function f(a, {b}, [c] = d, ...e) {} function g() { 'use strict' } function h(...[a]) {}
        function* g() { yield; yield a; yield* b; (yield) + 1; (yield) ? 1 : 2; f(yield, yield a); [a[yield]] = [yield] }
        async function f() { await a; (await a) ** 2; await (a ** 2); -await a; await -a; await (await a) }
        async function f() { for await (a of b) ; for await (async of b) ; for await (let of of b) ; }
        async function* f() { yield await a; await (yield a); for await (const x of yield* y) z }
        function f() { new.target; () => new.target; new new.target; new new.target() }
        ({ a() { super.b; super[c](); () => super.d; super.e = 1; super.f++ } })
        yield; yield + 1; let; let + 1; (let[0]); (let)[0]; (let)[0] = 1; let.x; let(); static; await; async; of
        x = async; async.x; async `a`; async[x]; get; set; using; using.x; (using)[x]; await + 1; yield * 2
        ",
    );
}

#[test]
fn classes() {
    check(
        Goal::Script,
        r"
        class A {} class B extends A {} class C extends (a, b) {} class D extends a.b() {} class E extends (a => b) {}
        class F extends (a?.b) {} class G extends a?.b {} class H extends class {} {} class I extends {}.x {}
        class A { constructor() {} a() {} static a() {} get a() {} set a(b) {} async c() {} *d() {} async *e() {} static async *f() {} }
        class A { a; b = 1; static c; static d = 2; ['e'] = 3; 'f' = 4; 5 = 6; 7n; get; set; async; static; static static }
        class A { get = 1; static async = 2; static get; static set; static async() {} static static() {} get get() {} set set(a) {} }
        class A { #a; #b = 1; static #c() {} get #d() {} set #d(e) {} f() { this.#a; #b in this; a?.#b; #a in x == #b in y } }
        class A extends B { constructor() { super(); super(...a); super.x(); new.target; () => super() } static { this.x; { let y } } static {} }
        class A { static x = (this, new.target); a = () => this; b = super.c; [d] = [e]; 'constructor'() {} }
        class A { static prototype_() {} static constructor() {} static 'constructor'() {} static *constructor() {} }
        (class A {}); (class extends A {}); x = class {}; x = class A extends B {}
        ",
    );
}

#[test]
fn statements() {
    check(
        Goal::Script,
        r#"
        'use strict'; 'other'; ("not one"); 'neither'
        'use\x20strict'; with (a) b; "it's"; 'say "x"'
        ('use strict'); with (a) b
        'a\⏎b'; '\⏎'; 'c'.d; 'e'
        'a	b'; 'c' + d
        function f() { 'use strict'; 'b' } function g() { ('use strict'); 010 } () => { 'use strict' }
        ;;; {} {;} { { } } { 'use strict' }
        if (a) b; if (a) b; else c; if (a) { if (b) c } else d; if (a) if (b) c; else d
        if (a) b; else if (c) d; else if (e) f; else g; if (a) ; else ;
        if (a) for (;;) if (b) c; else d; else e; if (a) l: if (b) c; else d; else e
        if (a) function f() {} else function g() {}
        for (;;) ; for (a; b; c) d; for (var a = 1, b; a; b) c; for (let a = (b in c);;) d
        for (var a = [b in c], d = { e: f in g }, h = i[j in k], l = m(n in o);;) ;
        for (a = (b in c) ? (d in e) : (f in g);;) ; for (a ? b in c : (d in e);;) ; for (x;a in b;c in d) ;
        for (a => (b in c);;) ; for (a => { b in c };;) ; for (`${a in b}`;;) ; for ((a = b in c) => d;;) ;
        for (x = function() { return a in b };;) ; for (x = class { [a in b] = c in d };;) ;
        for (a in b) c; for (var a in b, c) d; for (let [a, b] in c) d; for (a.b in c) ; for ([a] in b) ; for ({a} in b) ;
        for (var a = 1 in b) ; for (var a = (b in c) in d) ; for (a in b in c) ; for (a[b in c] in d) ;
        for (a of b) c; for (let a of b) ; for (const {a, ...b} of c) ; for ([a, b] of c) ; for (a of (b, c)) ; for (a of b in c) ;
        for ((async) of a) ; for (async.x of a) ; for (async in a) ; for (let in a) ; for ((let)[0] in a) ;
        for ((let) of a) ; for ((let).x of a) ; for ((let)[0] of a) ; for ((let)() of a) ;
        for (async = 1;;) ; for (async of => 1;;) ; for (let;;) ; for (let = 1;;) ; for ((let)[0];;) ; for (let of = 1;;) ;
        for (of of of) ; for (var of of of) ; for (let of in a) ; for ({}.x of a) ; for (using in a) ; for (const of of of) ;
        for (using x of a) ; for (using x = a;;) ; for (using of a) ;
        while (a) b; do a; while (b); do { a } while (b) c; do if (a) b; else c; while (d)
        a: b: for (;;) { break a; continue b; break; continue }
        a: { break a } l: function f() {}
        switch (a) {} switch (a) { case b: c; d; case e: default: f; case g: { let h } }
        try {} catch {} try { a } catch (b) { c } finally { d } try {} catch ({a, b: [c]}) {} try {} finally {}
        throw a, b; function f() { return; return a; return a, b } debugger; with (a) with (b) c
        var a, b = 1, [c, d = 2] = e, {f} = g; let h = 1; const i = 2; { using j = k }
        async function f() { { await using c = d } for (await using x of y) ; for await (using x of y) ; }
        "#,
    );
}

#[test]
fn modules() {
    check(
        Goal::Module,
        r#"
        import 'a'; import b from 'c'; import * as d from 'e'; import f, * as g from 'h'; import i, {} from 'j'
        import {} from 'a'; import { b } from 'c'; import { d as e, default as f, "g h" as i, } from 'j'; import k, { l } from 'm'
        import 'a' with { type: 'json' }; import b from 'c' with { type: "json", 'd': 'e' }; import 'f' with {}
        import from from 'from'; import { as as as } from 'as'; import { of, get } from 'x'
        export {}; let a, b, c; export { a, b as d, c as default, a as "e f", b as if }
        export {} from 'a'; export { b, c as d, default, default as e, "f" as g, "h" as "i", "j" } from 'k' with { l: 'm' }
        export * from 'a'; export * as b from 'c'; export * as "d" from 'e' with { f: 'g' }; export * as default from 'h'
        export var a; export let b = 1; export const c = 2, [d] = e; export function f() {} export async function* g() {} export class H {}
        export default function() {}
        export default function* a() {}
        export default async function() {}
        export default class {}
        export default class A extends B {}
        export default (class {})
        export default (function() {})
        export default (function() {})()
        export default (class {}).x + 1
        export default (async function() {}, 1)
        export default async () => {}
        export default {}.x
        export default [] + 1
        export default a = b
        import.meta; import.meta.url; import.meta(); new import.meta(); new (import('a')); await a; await import('b')
        for await (const a of b) ; using a = b; await using c = d
        "#,
    );
}

#[test]
fn other_goals() {
    check(Goal::CommonJs, "return; if (a) return b; 'c'; new.target");
    check(Goal::Expression, "a, b\n{}\nfunction() {}\nclass {}\n{} + 1\nlet[0]");
}
