//! Printing a tree and parsing the text gives the tree back: for trees made up
//! by proptest, which have hardly any parentheses of their own, and for programs
//! written by hand.

mod generate;
mod snippets;

use axil_grammar::ast::Program;
use axil_grammar::{Arena, Goal, Source, parse, print, sexpr};
use proptest::collection::vec;
use proptest::prelude::*;

use generate::{Generator, Names};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// The bytes are the choices the generator makes; shrinking them makes the
    /// program simpler.
    #[test]
    fn generated_trees_come_back(recipe in vec(any::<u8>(), 0..1500).prop_map(Recipe)) {
        let names = Source::new("names", Names::program());
        let arena = Arena::new();
        let names = Names::read(&names, &arena);
        let mut generator = Generator::new(&arena, &names, &recipe.0);
        let program = generator.program();
        if let Err(report) = comes_back(program, generator.goal()) {
            prop_assert!(false, "{report}");
        }
    }
}

/// Choices, which a failed test need not list: it shows the program.
struct Recipe(Vec<u8>);

impl std::fmt::Debug for Recipe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} choices", self.0.len())
    }
}

/// Prints and parses; says what went wrong.
fn comes_back(program: &Program<'_>, goal: Goal<'static>) -> Result<(), String> {
    let text = print::print(program);
    let source = Source::new("printed", text.as_str());
    let arena = Arena::new();
    let again = parse(&source, goal, &arena).map_err(|diagnostics| {
        let errors: String =
            diagnostics.into_iter().map(|error| error.render(&source, false)).collect();
        format!("printed text is refused:\n{text}\n{errors}")
    })?;
    let (before, after) =
        (sexpr::print_without_parentheses(program), sexpr::print_without_parentheses(again));
    if before != after {
        return Err(format!("tree changed:\n{text}\n--- before\n{before}\n--- after\n{after}"));
    }
    let second = print::print(again);
    if text != second {
        return Err(format!("text changed:\n--- first\n{text}\n--- second\n{second}"));
    }
    Ok(())
}
