//! Names for generated trees. Only a parse can make them, so one does.

use axil_grammar::ast::{Expression, Name, Statement};
use axil_grammar::{Arena, Goal, Source, parse};

const WORDS: &str = "a b c let static yield await async of get set from as using target";
const FRESH: usize = 2000;

/// The names a generator may use.
pub struct Names<'a> {
    words: Vec<Name<'a>>,
    fresh: Vec<Name<'a>>,
}

impl<'a> Names<'a> {
    /// The program to read the names from.
    pub fn program() -> String {
        let fresh = (0..FRESH).map(|index| format!("v{index};"));
        WORDS.split(' ').map(|word| format!("{word};")).chain(fresh).collect()
    }

    /// Reads the names into the arena in which the tree will be.
    pub fn read(program: &'a Source, arena: &'a Arena) -> Self {
        let program = parse(program, Goal::Script, arena).expect("a list of names is a program");
        let mut words: Vec<_> = program
            .body
            .iter()
            .filter_map(|statement| match statement {
                Statement::Expression(node) => match node.expression {
                    Expression::Identifier(identifier) => Some(identifier.name),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        let fresh = words.split_off(words.len() - FRESH);
        Self { words, fresh }
    }

    pub fn get(&self, text: &str) -> Name<'a> {
        *self.words.iter().find(|name| name.as_str() == text).expect("a listed word")
    }

    pub fn fresh(&self, index: usize) -> Name<'a> {
        self.fresh[index]
    }
}
