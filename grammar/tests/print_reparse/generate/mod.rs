//! Trees made up from choices: valid programs of all node kinds, with hardly any
//! parentheses.

mod choices;
mod class;
mod expression;
mod function;
mod literal;
mod module;
mod names;
mod pattern;
mod statement;

use axil_grammar::ast::*;
use axil_grammar::scope::{FunctionFacts, ScopeId, ScopeTree};
use axil_grammar::{Arena, Goal, Span};
use std::cell::Cell;

use choices::Choices;
pub use names::Names;

/// Makes one program.
pub struct Generator<'a, 'c> {
    arena: &'a Arena,
    names: &'c Names<'a>,
    choices: Choices<'c>,
    kind: ProgramKind,
    /// How much deeper the tree may become.
    room: usize,
    /// How many names were declared; each is declared once.
    declared: usize,
    place: Place<'a>,
    /// Names the module imports.
    imported: Vec<Name<'a>>,
}

/// What may stand where the generator is.
#[derive(Clone, Default)]
pub struct Place<'a> {
    strict: bool,
    /// `await` is an operator.
    in_async: bool,
    /// `yield` is an operator.
    in_generator: bool,
    /// `await` may be a name.
    await_name: bool,
    /// In parameters, where neither operator may stand.
    in_parameters: bool,
    may_return: bool,
    new_target: bool,
    super_property: bool,
    super_call: bool,
    may_break: bool,
    may_continue: bool,
    /// Labels in scope, and whether they label a loop.
    labels: Vec<(Name<'a>, bool)>,
    private_names: Vec<Name<'a>>,
}

const NOWHERE: Span = Span { start: 0, end: 0 };

fn no_scope() -> Cell<ScopeId> {
    Cell::new(ScopeId::NONE)
}

fn no_facts() -> Cell<FunctionFacts> {
    Cell::default()
}

impl<'a, 'c> Generator<'a, 'c> {
    /// A generator that makes these choices, and the first of all others once
    /// they are used up.
    pub fn new(arena: &'a Arena, names: &'c Names<'a>, choices: &'c [u8]) -> Self {
        let mut choices = Choices::new(choices);
        let kind =
            [ProgramKind::Script, ProgramKind::Module, ProgramKind::CommonJs][choices.below(3)];
        let place = Place {
            strict: kind == ProgramKind::Module,
            in_async: kind == ProgramKind::Module,
            await_name: kind != ProgramKind::Module,
            may_return: kind == ProgramKind::CommonJs,
            new_target: kind == ProgramKind::CommonJs,
            ..Place::default()
        };
        let (room, declared) = (7, 0);
        Self { arena, names, choices, kind, room, declared, place, imported: Vec::new() }
    }

    /// The goal to parse the program's text with.
    pub fn goal(&self) -> Goal<'static> {
        match self.kind {
            ProgramKind::Module => Goal::Module,
            ProgramKind::CommonJs => Goal::CommonJs,
            _ => Goal::Script,
        }
    }

    /// The program.
    pub fn program(&mut self) -> &'a Program<'a> {
        let mut body = self.prologue(true);
        body.extend(self.some(6, Self::top_level_item));
        if self.kind == ProgramKind::Module {
            self.final_exports(&mut body);
        }
        self.arena.alloc(Program {
            span: NOWHERE,
            kind: self.kind,
            hashbang: None,
            body: self.slice(body),
            params: None,
            strict: self.place.strict,
            has_top_level_await: false,
            facts: FunctionFacts::default(),
            scopes: ScopeTree::default(),
        })
    }

    #[allow(clippy::needless_pass_by_value, reason = "callers have just made the list")]
    fn slice<T: Copy>(&self, items: Vec<T>) -> &'a [T] {
        self.arena.alloc_slice_copy(&items)
    }

    /// Up to `most` of something.
    fn some<T>(&mut self, most: usize, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.choices.below(most + 1);
        (0..count).map(|_| one(self)).collect()
    }

    fn maybe<T>(&mut self, one: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.choices.flip().then(|| one(self))
    }

    /// Makes something one level deeper.
    fn deeper<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> T {
        self.room = self.room.saturating_sub(1);
        let made = make(self);
        self.room += 1;
        made
    }

    /// Makes something where other things are allowed.
    fn at<T>(&mut self, place: Place<'a>, make: impl FnOnce(&mut Self) -> T) -> T {
        let around = std::mem::replace(&mut self.place, place);
        let made = make(self);
        self.place = around;
        made
    }

    /// A name that is declared nowhere else.
    fn fresh(&mut self) -> Name<'a> {
        self.declared += 1;
        self.names.fresh(self.declared - 1)
    }

    fn fresh_identifier(&mut self) -> &'a Identifier<'a> {
        let name = self.fresh();
        self.identifier(name)
    }

    fn identifier(&self, name: Name<'a>) -> &'a Identifier<'a> {
        self.arena.alloc(Identifier { span: NOWHERE, name, resolution: Cell::default() })
    }

    /// A name as an expression may use it.
    fn reference(&mut self) -> &'a Identifier<'a> {
        let name = match self.choices.below(8) {
            6 if !self.place.strict => {
                let words = ["let", "static", "yield", "await"];
                match words[self.choices.below(4)] {
                    "yield" if self.place.in_generator => "a",
                    "await" if self.place.in_async || !self.place.await_name => "b",
                    // Inside parameters these would be errors of their own.
                    "yield" | "await" if self.place.in_parameters => "c",
                    word => word,
                }
            }
            7 => {
                let words = ["async", "of", "get", "set", "from", "as", "using", "target"];
                words[self.choices.below(words.len())]
            }
            ordinary => ["a", "b", "c"][ordinary % 3],
        };
        self.identifier(self.names.get(name))
    }
}
