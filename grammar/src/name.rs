//! Interned words: one [`NameEntry`] for each distinct text of a parse.
//!
//! Every word of a text is looked up here when it is read. The words that a rule
//! of the language mentions are there from the beginning, so one look tells
//! keywords from identifiers, and gives the identifier's name as well.

use std::cell::Cell;
use std::fmt;

use bumpalo::Bump;

use crate::lexer::chunk::Chunk;
use crate::lexer::word::AsciiWord;
use crate::token::Token;

/// An interned identifier: two names of one parse are equal when their text is,
/// and comparing them compares addresses.
#[derive(Clone, Copy)]
pub struct Name<'a>(pub(crate) &'a NameEntry<'a>);

/// What the interner keeps for one distinct text.
pub(crate) struct NameEntry<'a> {
    pub(crate) text: &'a str,
    /// Its first eight bytes.
    head: u64,
    pub(crate) class: NameClass,
    /// The keyword it is, or [`Token::Identifier`].
    token: Token,
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

/// By what a text is looked up: its first eight bytes, and a hash of all.
#[derive(Clone, Copy)]
pub(crate) struct Key {
    head: u64,
    hash: u64,
}

impl Key {
    /// The key of a text that begins with this chunk. A text is cut into whole
    /// chunks and a last one that is not, which may hold nothing.
    #[inline]
    pub(crate) fn new(first: Chunk) -> Self {
        Self { head: first.0, hash: 0 }.with(first)
    }

    /// The key once the next chunk has been read.
    #[inline]
    pub(crate) fn with(self, chunk: Chunk) -> Self {
        // The two halves of a product, folded: all bits of the chunk reach all of
        // the hash.
        let product = u128::from(self.hash ^ chunk.0) * 0x9E37_79B9_7F4A_7C15;
        Self { head: self.head, hash: product as u64 ^ (product >> 64) as u64 }
    }

    fn of(text: &[u8]) -> Self {
        let mut chunks = (0..=text.len()).step_by(8).map(|at| Chunk::at(text, at));
        let first = Self::new(chunks.next().unwrap_or(Chunk(0)));
        chunks.fold(first, Self::with)
    }
}

/// A place in the table, taken or free.
#[derive(Clone, Copy)]
struct Slot<'a> {
    hash: u64,
    entry: Option<&'a NameEntry<'a>>,
}

impl Slot<'_> {
    const FREE: Self = Self { hash: 0, entry: None };
}

/// The names of one parse.
pub(crate) struct Names<'a> {
    arena: &'a Bump,
    /// An open-addressing table, probed from the hash on. Their number is a power
    /// of two, and at most half are taken. They hold the hashes, so that the table
    /// grows without a look at the texts.
    slots: Vec<Slot<'a>>,
    taken: usize,
    /// The words read last, each at its offset modulo [`RECENT`]: the grammar asks
    /// for their names when it has seen the lexeme after them.
    recent: [(u32, Option<&'a NameEntry<'a>>); RECENT],
}

const RECENT: usize = 64;

impl<'a> Names<'a> {
    pub(crate) fn new(arena: &'a Bump) -> Self {
        let mut names = Self {
            arena,
            slots: vec![Slot::FREE; 256],
            taken: 0,
            recent: [(u32::MAX, None); RECENT],
        };
        for token in Token::keywords() {
            let text = token.text();
            names.insert(Key::of(text.as_bytes()), text, token, NameClass::of(text));
        }
        for text in NameClass::TEXTS_OF_IDENTIFIERS {
            let class = NameClass::of(text);
            names.insert(Key::of(text.as_bytes()), text, Token::Identifier, class);
        }
        names
    }

    /// Notes a word that begins at `start`: the keyword it is, or an identifier.
    #[inline(always)]
    pub(crate) fn read(&mut self, text: &'a [u8], start: usize, word: AsciiWord) -> Token {
        // Most words are short, and stand where their hash says.
        let slot = self.slots[self.place_of(word.key.hash)];
        let entry = match slot.entry {
            Some(entry)
                if slot.hash == word.key.hash
                    && entry.head == word.key.head
                    && entry.text.len() == word.end - start
                    && word.end - start <= 8 =>
            {
                entry
            }
            _ => self.find_or_insert(word.key, &text[start..word.end]),
        };
        self.recent[start % RECENT] = (start as u32, Some(entry));
        entry.token
    }

    #[inline(never)]
    fn find_or_insert(&mut self, key: Key, text: &'a [u8]) -> &'a NameEntry<'a> {
        self.find(key, text).unwrap_or_else(|| {
            // It is ASCII.
            let text = std::str::from_utf8(text).unwrap_or_default();
            self.insert(key, text, Token::Identifier, NameClass::Plain)
        })
    }

    /// The name of the word that begins at `start`, if it was read lately.
    #[inline]
    pub(crate) fn recent(&self, start: u32) -> Option<Name<'a>> {
        let (at, entry) = self.recent[start as usize % RECENT];
        if at == start { entry.map(Name) } else { None }
    }

    /// The name with this text; `text` has to live in the arena or the source.
    pub(crate) fn intern(&mut self, text: &'a str) -> Name<'a> {
        let key = Key::of(text.as_bytes());
        let found = self.find(key, text.as_bytes());
        Name(found.unwrap_or_else(|| self.insert(key, text, Token::Identifier, NameClass::Plain)))
    }

    /// Where the search for a text begins.
    #[inline]
    fn place_of(&self, hash: u64) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    #[inline]
    fn find(&self, key: Key, text: &[u8]) -> Option<&'a NameEntry<'a>> {
        let mut at = self.place_of(key.hash);
        loop {
            let slot = self.slots[at];
            let entry = slot.entry?;
            if slot.hash == key.hash
                && entry.head == key.head
                && entry.text.len() == text.len()
                && (text.len() <= 8 || entry.text.as_bytes()[8..] == text[8..])
            {
                return Some(entry);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Adds a text that is not there.
    fn insert(
        &mut self,
        key: Key,
        text: &'a str,
        token: Token,
        class: NameClass,
    ) -> &'a NameEntry<'a> {
        self.taken += 1;
        if 2 * self.taken > self.slots.len() {
            self.grow();
        }
        let entry = NameEntry { text, head: key.head, class, token, binding: Cell::new(u32::MAX) };
        let entry = self.arena.alloc(entry);
        self.place(Slot { hash: key.hash, entry: Some(entry) });
        entry
    }

    fn place(&mut self, slot: Slot<'a>) {
        let mut at = self.place_of(slot.hash);
        while self.slots[at].entry.is_some() {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = slot;
    }

    fn grow(&mut self) {
        let slots = vec![Slot::FREE; 2 * self.slots.len()];
        for slot in std::mem::replace(&mut self.slots, slots) {
            if slot.entry.is_some() {
                self.place(slot);
            }
        }
    }
}

impl NameClass {
    /// The texts of a class of their own that are no keywords.
    const TEXTS_OF_IDENTIFIERS: [&'static str; 9] = [
        "arguments",
        "eval",
        "implements",
        "interface",
        "package",
        "private",
        "protected",
        "public",
        "undefined",
    ];

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
