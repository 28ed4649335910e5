//! What each name means: which declaration, whether it may be used too early,
//! and where only run time can tell.
//!
//! Scopes and their bindings as text are tested in `tests/conformance/scope`;
//! here it is the identifiers of the tree that are asked.

use axil_grammar::scope::{BindingFlags, Resolution};
use axil_grammar::{Arena, Goal, Source, parse};

/// Every place where the name stands, in text order, each with the declaration it
/// means.
fn meanings(text: &str, goal: Goal<'_>, name: &str) -> Vec<String> {
    let source = Source::new("scopes.js", text);
    let arena = Arena::new();
    let program = match parse(&source, goal, &arena) {
        Ok(program) => program,
        Err(faults) => panic!("{text:?} is refused: {faults}"),
    };
    // The debug form of a tree has all its identifiers, whatever they stand in.
    let form = format!("{program:?}");
    let mut found: Vec<(u32, String)> = form
        .split("Identifier { span: ")
        .skip(1)
        .filter_map(|identifier| {
            let start: u32 = identifier.split("..").next()?.parse().ok()?;
            let end: u32 = identifier.split("..").nth(1)?.split(',').next()?.parse().ok()?;
            let (_, resolution) = identifier.split_once("resolution: Cell { value: ")?;
            (&text[start as usize..end as usize] == name)
                .then(|| (start, meaning(program.scopes.bindings, resolution)))
        })
        .collect();
    found.sort();
    found.dedup();
    found.into_iter().map(|(_, meaning)| meaning).collect()
}

fn meaning(bindings: &[axil_grammar::scope::Binding<'_>], resolution: &str) -> String {
    let Some(binding) = resolution.strip_prefix("Binding { id: BindingId(") else {
        let word = resolution.split([' ', '}']).next().unwrap_or_default();
        return word.to_lowercase();
    };
    let index: usize = binding.split(')').next().and_then(|n| n.parse().ok()).expect("a number");
    let check = if binding.starts_with(&format!("{index}), check: true")) { " early" } else { "" };
    let captured = if bindings[index].flags.contains(BindingFlags::CAPTURED) { "*" } else { "" };
    format!("{:?}{captured}@{}{check}", bindings[index].kind, bindings[index].span.start)
}

/// One row a program: the name, and what it means at each place: the kind of its
/// declaration, `*` if that is captured, where it stands, and `early` if the use
/// has to check that it is initialised.
macro_rules! meanings {
    ($($text:literal, $name:literal => [$($meaning:literal),*];)*) => {
        $(assert_eq!(meanings($text, Goal::Script, $name), [$($meaning),*] as [&str; _], "{}", $text);)*
    };
}

#[test]
fn names_mean_the_innermost_declaration() {
    meanings! {
        "let a; { let a; a } a", "a" => ["Let@4", "Let@13", "Let@13", "Let@4"];
        "var a; function f(a) { a } a", "a" => ["Var@4", "Parameter@18", "Parameter@18", "Var@4"];
        "a", "a" => ["global"];
        "function f() { a; var a }", "a" => ["Var@22", "Var@22"];
        "try {} catch (a) { a } a", "a" => ["SimpleCatch@14", "SimpleCatch@14", "global"];
        "try {} catch ([a]) { a }", "a" => ["Catch@15", "Catch@15"];
        "switch (a) { case a: let a }", "a" => ["global", "Let@25 early", "Let@25"];
        "a: while (1) break a", "a" => ["none", "none"];
    }
}

#[test]
fn uses_before_the_initialisation_are_checked() {
    meanings! {
        "{ a; let a; a }", "a" => ["Let@9 early", "Let@9", "Let@9"];
        "{ let a = a }", "a" => ["Let@6", "Let@6 early"];
        "{ const a = () => a; a }", "a" => ["Const*@8", "Const*@8 early", "Const*@8"];
        "{ let a; () => a }", "a" => ["Let*@6", "Let*@6"];
        "{ let a; function f() { a } }", "a" => ["Let*@6", "Let*@6 early"];
        "{ class A { [A] } A }", "A" => ["Class@8", "ClassName@8 early", "Class@8"];
        "for (let a of a) a", "a" => ["Let@9", "Let@9 early", "Let@9"];
        "function f(a = a, b = a) {}", "a" =>
            ["Parameter@11", "Parameter@11 early", "Parameter@11"];
        "function f(a = b, b) {}", "b" => ["Parameter@18 early", "Parameter@18"];
        "switch (0) { case 0: let a; case 1: a }", "a" => ["Let@25", "Let@25 early"];
    }
}

#[test]
fn closures_capture() {
    meanings! {
        "function f(a) { return () => a }", "a" => ["Parameter*@11", "Parameter*@11"];
        "function f(a) { { a } }", "a" => ["Parameter@11", "Parameter@11"];
        "for (let a = 0;;) () => a", "a" => ["Let*@9", "Let*@9"];
        "{ let a; class B { c = a } }", "a" => ["Let*@6", "Let*@6"];
        "{ let a; class B { static { a } } }", "a" => ["Let*@6", "Let*@6"];
        "{ let a; class B { [a] } }", "a" => ["Let@6", "Let@6"];
    }
}

#[test]
fn with_and_eval_leave_names_to_run_time() {
    meanings! {
        "with (a) a", "a" => ["global", "dynamic"];
        "function f(a) { with (a) a }", "a" => ["Parameter*@11", "Parameter*@11", "dynamic"];
        "with (a) { let b; b }", "b" => ["Let@15", "Let@15"];
        "function f() { eval(''); a }", "a" => ["dynamic"];
        "function f(a) { eval(''); a }", "a" => ["Parameter*@11", "Parameter*@11"];
        "function f() { 'use strict'; eval(''); a }", "a" => ["global"];
        "function f(a) { return () => { eval(''); a } }", "a" => ["Parameter*@11", "dynamic"];
        "(0, eval)(''); a", "a" => ["global"];
    }
}

#[test]
fn functions_in_blocks_are_hoisted_in_sloppy_mode() {
    meanings! {
        "function f() { { function a() {} } a }", "a" => ["BlockFunction@26", "AnnexB@26"];
        "function f() { 'use strict'; { function a() {} } a }", "a" => ["BlockFunction@40", "global"];
        "function f() { let a; { function a() {} } a }", "a" =>
            ["Let@19", "BlockFunction@33", "Let@19"];
        "function f(a) { { function a() {} } a }", "a" =>
            ["Parameter@11", "BlockFunction@27", "Parameter@11"];
        "function f() { if (1) function a() {} a }", "a" => ["BlockFunction@31", "AnnexB@31"];
        "function f() { { async function a() {} } a }", "a" => ["BlockFunction@32", "global"];
    }
}

#[test]
fn functions_and_classes_know_their_own_names() {
    meanings! {
        "(function a() { a })", "a" => ["FunctionName@10", "FunctionName@10"];
        "(function a() { var a; a })", "a" => ["FunctionName@10", "Var@20", "Var@20"];
        "(function a(a) { a })", "a" => ["FunctionName@10", "Parameter@12", "Parameter@12"];
        "(class A { b() { A } })", "A" => ["ClassName*@7", "ClassName*@7"];
        "(class A extends A {})", "A" => ["ClassName@7", "ClassName@7 early"];
    }
}

#[test]
fn arguments_is_declared_where_it_is_used() {
    meanings! {
        "function f() { arguments }", "arguments" => ["Arguments@0"];
        "function f() { return () => arguments }", "arguments" => ["Arguments*@0"];
        "function f(arguments) { arguments }", "arguments" => ["Parameter@11", "Parameter@11"];
        "function f() { let arguments; arguments }", "arguments" => ["Let@19", "Let@19"];
        "() => arguments", "arguments" => ["global"];
    }
}

#[test]
fn parameters_with_expressions_have_a_scope_of_their_own() {
    meanings! {
        "function f(a, b = () => a) { var a; a }", "a" =>
            ["Parameter*@11", "Parameter*@11", "Var@33", "Var@33"];
        "function f(a, b) { var a; a }", "a" => ["Parameter@11", "Parameter@11", "Parameter@11"];
    }
}

#[test]
fn modules_have_bindings_of_their_own() {
    let module = |text: &str, name: &str| meanings(text, Goal::Module, name);
    assert_eq!(module("import a from 'b'; a", "a"), ["Import@7", "Import@7 early"]);
    assert_eq!(module("var a; export { a as b }", "a"), ["Var@4", "Var@4"]);
    assert_eq!(module("{ function a() {} } a", "a"), ["BlockFunction@11", "global"]);
}

#[test]
fn commonjs_modules_have_parameters() {
    assert_eq!(meanings("require; a", Goal::CommonJs, "require"), ["Parameter@0"]);
}

#[test]
fn unresolved_is_the_default() {
    assert_eq!(Resolution::default(), Resolution::None);
}
