//! Functions with more of something than the operands of instructions count.

mod support;

use support::check_once;

/// More than 16 bits count.
const MANY: usize = 100_000;

/// A text with so many parts.
fn repeated(part: impl Fn(usize) -> String) -> String {
    (0..MANY).map(part).collect()
}

#[test]
fn constants() {
    let parts = repeated(|i| format!("s += 'string {i}'.length;"));
    check_once(&format!("(function () {{ let s = 0; {parts} return s }})()"), "1188890");
    let cases = repeated(|i| format!("case 'k{i}': return {i};"));
    let program = format!("(function (x) {{ switch (x) {{ {cases} }} }})('k99999')");
    check_once(&program, "99999");
    let cases = repeated(|i| format!("case {i}: return 'c{i}';"));
    let program = format!("(function (x) {{ switch (x) {{ {cases} }} }})(99999)");
    check_once(&program, "c99999");
}

#[test]
fn properties() {
    let writes = repeated(|i| format!("a.p{i} = {i};"));
    let reads = repeated(|i| format!("s += a.p{i};"));
    let program = format!("(function (a) {{ let s = 0; {writes} {reads} return s }})({{}})");
    check_once(&program, "4999950000");
    let calls = repeated(|i| format!("a.m({i});"));
    let program = format!(
        "let s = 0, a = {{ m(x) {{ if (this === a) s += x }} }};
         (function (a) {{ 'use strict'; {calls} a.s = s; return a.s + '' + a.s.length }})(a)"
    );
    check_once(&program, "4999950000undefined");
    let updates = repeated(|_| "a.p++; a.q ??= 1; delete a.r;".to_owned());
    let program = format!("(function (a) {{ {updates} return a.p + a.q }})({{ p: 0 }})");
    check_once(&program, "100001");
}

#[test]
fn errors_of_properties() {
    let reads = repeated(|i| format!("a.p{i};"));
    for (rest, message) in [
        ("null.x", "TypeError: Cannot read properties of null (reading 'x')"),
        ("null.x = 1", "TypeError: Cannot set properties of null (setting 'x')"),
        ("a.b.c()", "TypeError: Cannot read properties of undefined (reading 'c')"),
        ("a.b()", "TypeError: a.b is not a function"),
        ("'use strict'; nowhere", "ReferenceError: nowhere is not defined"),
    ] {
        let program =
            format!("try {{ (function (a) {{ {reads} {rest} }})({{}}) }} catch (e) {{ e + '' }}");
        check_once(&program, message);
    }
}

#[test]
fn literals() {
    let elements = repeated(|i| format!("{i},"));
    check_once(&format!("let a = [{elements}]; a.length + a[99999]"), "199999");
    let properties = repeated(|i| format!("k{i}: {i},"));
    let program = format!("let o = {{{properties}}}; Object.keys(o).length + o.k99999");
    check_once(&program, "199999");
    let methods = repeated(|i| format!("m{i}() {{ return {i} }}"));
    check_once(&format!("new (class {{ {methods} }})().m99999()"), "99999");
    let classes = repeated(|i| format!("class C{i} {{ m() {{ return C{i} && {i} }} }}"));
    check_once(&format!("(function () {{ {classes} return new C99999().m() }})()"), "99999");
}

#[test]
fn variables() {
    let names = repeated(|i| format!("let v{i} = {i};"));
    check_once(&format!("(function () {{ {names} return v0 + v99999 }})()"), "99999");
    let program = format!("(function () {{ {names} return () => v0 + v99999 + v65536 }})()()");
    check_once(&program, "165535");
    let functions = repeated(|i| format!("function f{i}() {{ return {i} }}"));
    check_once(&format!("(function () {{ {functions} return f0() + f99999() }})()"), "99999");
    let program = format!(
        "(function () {{ {functions} let x = 1; for (let i = 0; i < 3; i++) x += i;
         return (() => {{ f99999 = 2; return x + f99999 }})() }})()"
    );
    check_once(&program, "6");
}

#[test]
fn global_variables() {
    let functions = repeated(|i| format!("function f{i}() {{ return {i} }}"));
    check_once(&format!("{functions} f0() + f99999()"), "99999");
    let names = repeated(|i| format!("var v{i} = {i};"));
    check_once(&format!("{names} v99999++; v0 + v99999 + typeof v99999"), "100000number");
    let names = repeated(|i| format!("const v{i} = {i};"));
    check_once(
        &format!("{names} try {{ v99999 = 1 }} catch (e) {{ e.message + v99999 }}"),
        "Assignment to constant variable.99999",
    );
}

#[test]
fn jumps() {
    let branches = repeated(|i| format!("if (g < {i}) s += 1; else s -= 1;"));
    let loops = format!("for (let i = 0; i < 2; i++) {{ {branches} }}");
    check_once(&format!("(function (g) {{ let s = 0; {loops} return s }})(7)"), "199968");
    let tries = repeated(|i| format!("try {{ if (g === {i}) return {i} }} finally {{ s++ }}"));
    check_once(&format!("(function (g) {{ let s = 0; {tries} }})(99999)"), "99999");
}
