//! Any text is parsed, or refused with a diagnostic that can be shown; what is
//! parsed can be printed in every form, and its source form parses to the same
//! tree.
#![no_main]

use axil_grammar::{Arena, Goal, Source, estree, parse, print, sexpr, tokens, tree};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((&selector, text)) = data.split_first() else { return };
    let goal = match selector % 4 {
        0 => Goal::Script,
        1 => Goal::Module,
        2 => Goal::CommonJs,
        _ => Goal::Expression,
    };
    let source = if selector & 4 == 0 {
        Source::new("fuzz.js", String::from_utf8_lossy(text))
    } else {
        // Lone surrogates reach the parser only as UTF-16.
        let units: Vec<u16> =
            text.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        Source::from_utf16("fuzz.js", &units)
    };
    let arena = Arena::new();
    match parse(&source, goal, &arena) {
        Ok(program) => {
            let loc = estree::Options { loc: true, range: true, ..estree::Options::default() };
            let _ = estree::to_json(program, &source, &loc);
            let _ = tree::print(program, &source);
            let _ = tree::scopes(program, &source);
            let _ = tokens::dump(&source, goal);
            let before = sexpr::print_without_parentheses(program);
            let printed = Source::new("printed.js", print::print(program));
            let again = Arena::new();
            match parse(&printed, goal, &again) {
                Ok(program) => {
                    assert_eq!(before, sexpr::print_without_parentheses(program));
                }
                Err(faults) => panic!("printed text is refused: {faults}"),
            }
        }
        Err(faults) => {
            for fault in &faults {
                let _ = fault.render(&source, true);
            }
        }
    }
});
