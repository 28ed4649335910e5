//! How people are shown their mistakes: the line, the caret, the bracket that is
//! not closed, and what would be right.
//!
//! `tests/conformance/syntax_error` has a file for each kind of mistake; here the
//! mistakes people make most stand side by side, and the corners of the drawing.

use axil_grammar::{Arena, Goal, Source, parse};

/// The report of a text that is no program.
fn report(text: &str, goal: Goal<'_>) -> String {
    let source = Source::new("main.js", text);
    let arena = Arena::new();
    match parse(&source, goal, &arena) {
        Ok(_) => format!("{text:?} is accepted\n"),
        Err(faults) => faults.first().render(&source, false),
    }
}

fn reports(goal: Goal<'_>, texts: &[&str]) -> String {
    let reports: Vec<String> = texts.iter().map(|text| report(text, goal)).collect();
    reports.join("\n")
}

#[test]
fn brackets() {
    insta::assert_snapshot!(reports(
        Goal::Script,
        &[
            "function sum(a, b) {\n  return a + b;\n",
            "if (a) {\n  b();\n}}\n",
            "console.log('a'\nlet b = 1;",
            "const a = [1, 2;\n",
            "const a = { b: 1\nconst c = 2;",
            "call(function () {\n  a();\n};\n",
            "if (a {\n}",
            "const a = (1 + 2];",
            "const a = `b ${c`;",
            "while (a\n  b();",
        ]
    ));
}

#[test]
fn names_and_words() {
    insta::assert_snapshot!(reports(
        Goal::Script,
        &[
            "let a = 1;\nlet b = 2;\nlet a = 3;",
            "const a;",
            "const a: number = 1;",
            "let class = 1;",
            "let 1a = 2;",
            "function (a) {}",
            "var a = b c;",
            "'use strict';\nlet static = 1;",
            "return 1;",
            "break;",
            "await a();",
            "() => { await a(); }",
            "import a from 'a';",
            "export const a = 1;",
        ]
    ));
}

#[test]
fn expressions() {
    insta::assert_snapshot!(reports(
        Goal::Script,
        &[
            "if (a = 1 = b) {}",
            "1 = a;",
            "a++ = 1;",
            "a || b ?? c;",
            "-a ** 2;",
            "const f = a, b => c;",
            "const f = (a, 1) => b;",
            "const f = (a)\n  => b;",
            "({ a = 1 });",
            "f(a b);",
            "f(a, , b);",
            "a?.b = 1;",
            "const a = { b; c };",
            "for (const a of b, c) {}",
            "switch (a) { b(); }",
            "try { a(); }\nb();",
            "if (a) const b = 1;",
            "class A { constructor() {} constructor() {} }",
            "class A { b: 1 }",
            "class A { b() { this.#c } }",
        ]
    ));
}

#[test]
fn literals() {
    insta::assert_snapshot!(reports(
        Goal::Script,
        &[
            "const a = 'b;\n",
            "const a = 'it's';",
            "const a = `b\nc",
            "const a = 1__0;",
            "const a = '\\x4';",
            "const a = /[b/;",
            "const a = /(b/u;",
            "const a = /b/gg;",
            "const a = \u{201C}b\u{201D};",
            "/* a",
        ]
    ));
}

#[test]
fn wide_characters_and_tabs_keep_the_caret_in_place() {
    insta::assert_snapshot!(reports(
        Goal::Script,
        &[
            "\tconst a = b c;",
            "const 漢字 = '漢字' b;",
            "const a = '😀' b;",
            "a;\r\nb c;\r\n",
            "a\u{2028}b c"
        ]
    ));
}

#[test]
fn long_lines_are_cut() {
    let before = "a;".repeat(5_000);
    let after = "b;".repeat(5_000);
    insta::assert_snapshot!(report(&format!("{before} c d; {after}"), Goal::Script));
    let far = format!("f(({before}");
    insta::assert_snapshot!(report(&far, Goal::Script));
}

#[test]
fn all_early_errors_are_reported_in_text_order() {
    let source = Source::new("main.js", "let a, a;\nbreak;\nlet b, b;\nreturn;");
    let arena = Arena::new();
    let faults = parse(&source, Goal::Script, &arena).expect_err("it has four faults");
    let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "Identifier 'a' has already been declared",
            "Illegal break statement",
            "Identifier 'b' has already been declared",
            "Illegal return statement",
        ]
    );
}

#[test]
fn colors_only_add_escapes() {
    let source = Source::new("main.js", "let a, a;");
    let arena = Arena::new();
    let faults = parse(&source, Goal::Script, &arena).expect_err("it is refused");
    let (plain, styled) =
        (faults.first().render(&source, false), faults.first().render(&source, true));
    assert!(!plain.contains('\u{1b}') && styled.contains('\u{1b}'));
}
