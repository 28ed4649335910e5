//! Interned identifiers: one [`NameEntry`] for each distinct text of a parse.

use std::cell::Cell;
use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault};

use bumpalo::Bump;
use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// An interned identifier: two names of one parse are equal when their text is,
/// and comparing them compares addresses.
#[derive(Clone, Copy)]
pub struct Name<'a>(pub(crate) &'a NameEntry<'a>);

/// What the interner keeps for one distinct identifier text.
pub(crate) struct NameEntry<'a> {
    pub(crate) text: &'a str,
    pub(crate) class: NameClass,
    /// While scope analysis walks the tree: the binding this name stands for at
    /// the place the walk has reached. `u32::MAX` when there is none.
    pub(crate) binding: Cell<u32>,
}

/// Identifier texts that some static semantics rule asks about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NameClass {
    /// No rule mentions it.
    Plain,
    /// `arguments`
    Arguments,
    /// `async`
    Async,
    /// `await`
    Await,
    /// `eval`
    Eval,
    /// `let`
    Let,
    /// `static`, `implements`, `interface`, `package`, `private`, `protected`,
    /// `public`: reserved in strict mode code only.
    StrictReserved,
    /// `undefined`
    Undefined,
    /// `using`
    Using,
    /// `yield`
    Yield,
}

impl<'a> Name<'a> {
    /// The identifier's text: its `StringValue`, with escapes resolved.
    #[inline]
    #[must_use]
    pub fn as_str(self) -> &'a str {
        self.0.text
    }

    /// Which rules care about this name.
    #[inline]
    #[must_use]
    pub fn class(self) -> NameClass {
        self.0.class
    }
}

impl PartialEq for Name<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Name<'_> {}

impl std::hash::Hash for Name<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        std::ptr::hash(self.0, state);
    }
}

impl fmt::Debug for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

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
        Name(
            entry
                .or_insert_with(|| {
                    arena.alloc(NameEntry {
                        text,
                        class: NameClass::of(text),
                        binding: Cell::new(u32::MAX),
                    })
                })
                .get(),
        )
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
