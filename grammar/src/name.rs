//! The interner: one [`NameEntry`] for each distinct identifier text of a parse.

use std::cell::Cell;
use std::hash::{BuildHasher, BuildHasherDefault};

use bumpalo::Bump;
use hashbrown::HashTable;
use rustc_hash::FxHasher;

use crate::ast::{Name, NameClass, NameEntry};

/// The names of one parse.
pub(crate) struct Names<'a> {
    table: HashTable<&'a NameEntry<'a>>,
    hasher: BuildHasherDefault<FxHasher>,
}

impl<'a> Names<'a> {
    pub(crate) fn new() -> Self {
        Self { table: HashTable::with_capacity(256), hasher: BuildHasherDefault::default() }
    }

    /// The name with this text; `text` has to live in the arena or the source.
    pub(crate) fn intern(&mut self, text: &'a str, arena: &'a Bump) -> Name<'a> {
        let hash = self.hasher.hash_one(text.as_bytes());
        let hasher = &self.hasher;
        let entry = self.table.entry(
            hash,
            |entry| entry.text == text,
            |entry| hasher.hash_one(entry.text.as_bytes()),
        );
        Name(entry
            .or_insert_with(|| {
                arena.alloc(NameEntry {
                    text,
                    class: NameClass::of(text),
                    binding: Cell::new(u32::MAX),
                })
            })
            .get())
    }
}

impl NameClass {
    fn of(text: &str) -> Self {
        match text {
            "arguments" => Self::Arguments,
            "async" => Self::Async,
            "await" => Self::Await,
            "eval" => Self::Eval,
            "let" => Self::Let,
            "static" | "implements" | "interface" | "package" | "private" | "protected"
            | "public" => Self::StrictReserved,
            "undefined" => Self::Undefined,
            "using" => Self::Using,
            "yield" => Self::Yield,
            _ => Self::Plain,
        }
    }
}
