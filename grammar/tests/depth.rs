//! Programs nest as deep as they like: nothing recurses on the machine's stack.
//!
//! The threads of tests have 2 MiB; the nests are of 200,000 levels each. That
//! every other form of output copes too is tested in `tests/conformance`.

use axil_grammar::{Arena, Goal, Source, parse};

/// What stands before the nest, what opens a level, what stands innermost, what
/// closes a level, what stands after.
const NESTS: &[[&str; 5]] = &[
    ["", "(", "a", ")", ""],
    ["", "[", "", "]", ""],
    ["a = ", "{ a: ", "1", "}", ""],
    ["", "{", "", "}", ""],
    ["", "function f() {", "", "}", ""],
    ["a = ", "function () { return ", "1", "}", ""],
    ["", "a => ", "1", "", ""],
    ["", "() => {", "", "}", ""],
    ["", "(a = ", "1", ") => 1", ""],
    ["", "async () => ", "1", "", ""],
    ["a = ", "class { a = ", "1", "}", ""],
    ["", "class A { static {", "", "} }", ""],
    ["a = ", "class extends ", "a", " {}", ""],
    ["a = ", "{ get a() { return ", "1", "} }", ""],
    ["", "`${", "a", "}`", ""],
    ["", "!", "a", "", ""],
    ["", "- ", "a", "", ""],
    ["", "new ", "a", "", ""],
    ["", "(new ", "a", ")", ""],
    ["a", ".a", "", "", ""],
    ["a", "?.a", "", "", ""],
    ["a", "[0]", "", "", ""],
    ["", "a[", "0", "]", ""],
    ["a", "()", "", "", ""],
    ["", "a(", "", ")", ""],
    ["", "a ? b : ", "c", "", ""],
    ["", "a ? ", "b", " : c", ""],
    ["'a'", " + 'a'", "", "", ""],
    ["", "a ** ", "a", "", ""],
    ["a", " && a", "", "", ""],
    ["a", ", a", "", "", ""],
    ["", "a = ", "a", "", ""],
    ["function* g() {", "yield ", "a", "", "}"],
    ["async () => ", "await ", "a", "", ""],
    ["", "if (a) ; else ", ";", "", ""],
    ["", "if (a) ", ";", "", ""],
    ["", "while (a) ", ";", "", ""],
    ["", "for (;;) ", ";", "", ""],
    ["", "do ", ";", " while (a)", ""],
    ["", "with (a) ", ";", "", ""],
    ["", "switch (a) { case 1: ", "", "}", ""],
    ["", "try {", "", "} finally {}", ""],
    ["", "try {} catch (a) {", "", "}", ""],
    ["var ", "[", "a", "]", " = a"],
    ["var ", "{ a: ", "a", "}", " = a"],
    ["", "[", "a", "]", " = a"],
    ["(", "{ a: ", "a", "}", " = a)"],
    ["(", "[", "a", "]", ") => a"],
    ["", "import(", "a", ")", ""],
];

const DEPTH: usize = 200_000;

fn nest([head, open, core, close, tail]: &[&str; 5]) -> String {
    format!("{head}{}{core}{}{tail}", open.repeat(DEPTH), close.repeat(DEPTH))
}

#[test]
fn nests_parse() {
    for row in NESTS {
        let source = Source::new("nest.js", nest(row));
        let arena = Arena::new();
        if let Err(faults) = parse(&source, Goal::Script, &arena) {
            panic!("{row:?} is refused: {faults}");
        }
    }
}

#[test]
fn labels_nest() {
    let names: Vec<String> = (0..DEPTH).map(|index| format!("l{index}: ")).collect();
    let labels = names.concat();
    let source = Source::new("labels.js", labels + ";");
    assert!(parse(&source, Goal::Script, &Arena::new()).is_ok());
}

/// Nests that end too early are refused, with a diagnostic that can be shown.
#[test]
fn open_nests_are_refused() {
    for row in NESTS.iter().filter(|[_, _, _, close, _]| !close.is_empty()) {
        let [head, open, core, ..] = row;
        let source = Source::new("nest.js", format!("{head}{}{core}", open.repeat(DEPTH)));
        let arena = Arena::new();
        let faults = parse(&source, Goal::Script, &arena).expect_err("it is not closed");
        assert!(!faults.first().render(&source, false).is_empty());
    }
}
