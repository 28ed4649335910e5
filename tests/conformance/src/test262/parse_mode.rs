//! test262 for a parser alone: what must parse, and what must be refused.

use std::fmt;

use axil_grammar::{Arena, Goal, Source};

use super::metadata::Metadata;

/// Features whose syntax is not part of the language yet. Tests that need one
/// are counted apart.
const PROPOSED_SYNTAX: [&str; 5] = [
    "decorators",
    "export-defer",
    "import-defer",
    "source-phase-imports",
    "source-phase-imports-module-source",
];

/// The ways in which a test can be run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mode {
    /// A script as it stands.
    Sloppy,
    /// A script after `"use strict";`.
    Strict,
    /// A module.
    Module,
}

impl Mode {
    /// The modes that the flags of a test ask for.
    pub fn of(metadata: &Metadata) -> &'static [Self] {
        if metadata.flag("module") {
            &[Self::Module]
        } else if metadata.flag("raw") || metadata.flag("noStrict") {
            &[Self::Sloppy]
        } else if metadata.flag("onlyStrict") {
            &[Self::Strict]
        } else {
            &[Self::Sloppy, Self::Strict]
        }
    }

    fn goal(self) -> Goal<'static> {
        if self == Self::Module { Goal::Module } else { Goal::Script }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sloppy => "sloppy",
            Self::Strict => "strict",
            Self::Module => "module",
        })
    }
}

/// What a test shows about a parser.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Class {
    /// That it accepts what it must.
    Positive,
    /// That it refuses what it must.
    Negative,
    /// How it stands to syntax that is only proposed.
    Proposal,
}

impl Class {
    /// The class that a test's front matter puts it in.
    pub fn of(metadata: &Metadata) -> Self {
        if metadata.features.iter().any(|f| PROPOSED_SYNTAX.contains(&f.as_str())) {
            Self::Proposal
        } else if parse_error(metadata).is_some() {
            Self::Negative
        } else {
            Self::Positive
        }
    }
}

/// The type of the error that a parser must refuse the test with.
fn parse_error(metadata: &Metadata) -> Option<&str> {
    let negative = metadata.negative.as_ref()?;
    (negative.phase == "parse").then_some(&negative.kind)
}

/// Runs a test in one mode; the error says what went wrong.
pub fn run(name: &str, text: &str, metadata: &Metadata, mode: Mode) -> Result<(), String> {
    let prefix = if mode == Mode::Strict { "\"use strict\";\n" } else { "" };
    let source = Source::new(name, format!("{prefix}{text}"));
    let arena = Arena::new();
    match (axil_grammar::parse(&source, mode.goal(), &arena), parse_error(metadata)) {
        (Ok(_), None) => Ok(()),
        (Ok(_), Some(kind)) => Err(format!("parsed, but a {kind} was due\n")),
        (Err(diagnostics), None) => Err(diagnostics.first().render(&source, false)),
        (Err(diagnostics), Some(kind)) => {
            let first = diagnostics.first();
            if first.kind.as_str() == kind {
                Ok(())
            } else {
                let given = first.kind.as_str();
                Err(format!("a {kind} was due, not {given}\n{}", first.render(&source, false)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(front_matter: &str, class: Class, modes: &[Mode]) {
        let metadata = Metadata::of(&format!("/*---\n{front_matter}\n---*/"));
        assert_eq!((Class::of(&metadata), Mode::of(&metadata)), (class, modes));
    }

    #[test]
    fn classes_and_modes() {
        check("flags: [module]", Class::Positive, &[Mode::Module]);
        check("flags: [raw, module]", Class::Positive, &[Mode::Module]);
        check("flags: [raw]", Class::Positive, &[Mode::Sloppy]);
        check("flags: [onlyStrict]", Class::Positive, &[Mode::Strict]);
        let negative = "negative:\n  phase: parse\n  type: SyntaxError";
        check(negative, Class::Negative, &[Mode::Sloppy, Mode::Strict]);
        check("negative:\n  phase: resolution\nflags: [module]", Class::Positive, &[Mode::Module]);
        check("features: [decorators]\nflags: [noStrict]", Class::Proposal, &[Mode::Sloppy]);
    }
}
