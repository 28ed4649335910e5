//! Whatever the text, the parser answers: with a tree, or with a diagnostic that
//! can be shown.

use axil_grammar::{Arena, Goal, Source, parse, tokens, tree};
use proptest::prelude::*;

const GOALS: [Goal<'static>; 4] = [Goal::Script, Goal::Module, Goal::CommonJs, Goal::Expression];

fn answer(source: &Source) {
    for goal in GOALS {
        let arena = Arena::new();
        match parse(source, goal, &arena) {
            Ok(program) => {
                let _ = tree::scopes(program, source);
                tokens::dump(source, goal).expect("what parses has tokens");
            }
            Err(faults) => {
                for fault in &faults {
                    let text = source.text().len();
                    assert!(fault.span.start <= fault.span.end, "{fault:?}");
                    assert!(fault.span.end as usize <= text, "{fault:?} of {text}");
                    assert!(fault.render(source, false).ends_with('\n'));
                }
            }
        }
    }
}

/// What programs are made of, and what they are broken with.
const SCRAPS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    ".",
    "...",
    "?.",
    "?",
    "=>",
    "=",
    "+=",
    "**=",
    "??=",
    "&&",
    "||",
    "??",
    "|",
    "+",
    "-",
    "*",
    "/",
    "**",
    "++",
    "--",
    "!",
    "~",
    "<",
    "==",
    "in",
    "of",
    "instanceof",
    "typeof",
    "delete",
    "new",
    "this",
    "super",
    "null",
    "var",
    "let",
    "const",
    "using",
    "function",
    "class",
    "extends",
    "static",
    "get",
    "set",
    "async",
    "await",
    "yield",
    "return",
    "break",
    "continue",
    "if",
    "else",
    "for",
    "while",
    "do",
    "switch",
    "case",
    "default",
    "try",
    "catch",
    "finally",
    "throw",
    "with",
    "debugger",
    "import",
    "export",
    "from",
    "as",
    "enum",
    "eval",
    "arguments",
    "a",
    "b",
    "#p",
    "1",
    "0x",
    "1n",
    "08",
    "1_",
    "'s'",
    "'use strict'",
    "'",
    "\"",
    "`",
    "`t`",
    "`a${",
    "}b`",
    "/r/g",
    "/(/",
    "\\u0061",
    "\\",
    "é",
    "𠮷",
    "@",
    "#",
    "<!--",
    "-->",
    "/*",
    "*/",
    "//",
    "\n",
    "\u{2028}",
    "\u{feff}",
    "\0",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn scraps_in_any_order(scraps in prop::collection::vec(prop::sample::select(SCRAPS), 0..24), spaced: bool) {
        let text = scraps.join(if spaced { " " } else { "" });
        answer(&Source::new("scraps.js", text));
    }

    #[test]
    fn any_characters(text in any::<String>()) {
        answer(&Source::new("characters.js", text));
    }

    #[test]
    fn any_units(units in prop::collection::vec(prop_oneof![0u16..0x80, 0xD7FE..0xE002u16, any::<u16>()], 0..64)) {
        answer(&Source::from_utf16("units.js", &units));
    }
}
