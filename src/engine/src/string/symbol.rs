//! Symbols (ECMA-262 §6.1.5).

use super::JsString;
use super::hash::HASH_BIT;
use crate::heap::{CellKind, Gc, Header, Heap, HeapCell, Tracer};
use crate::kinds;

/// A symbol. Private names (`#x`) are symbols too, which no program gets to see.
///
/// The header's `shape` is a number that serves as the hash.
#[repr(C)]
pub struct Symbol {
    header: Header,
    description: Option<Gc<JsString>>,
}

/// The symbol is a private name.
const PRIVATE: u8 = 0;
/// The symbol is in the registry of `Symbol.for`.
const REGISTERED: u8 = 1;

// SAFETY: It begins with the header, and the description is visited.
unsafe impl HeapCell for Symbol {
    const KIND: CellKind = kinds::SYMBOL;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        if let Some(description) = self.description {
            tracer.cell(description);
        }
    }
}

impl Gc<Symbol> {
    /// A new symbol.
    pub fn new(heap: &Heap, description: Option<Gc<JsString>>) -> Self {
        let symbol = heap.allocate(Symbol { header: Header::new(kinds::SYMBOL, 0), description });
        // Cells do not move, so an address is as good a hash as any.
        symbol.header.shape.set((symbol.as_ptr().addr().get() as u64 >> 4) as u32 | HASH_BIT);
        symbol
    }

    /// A new private name, `#` included in its description.
    pub fn new_private(heap: &Heap, description: Gc<JsString>) -> Self {
        let symbol = Self::new(heap, Some(description));
        symbol.header.set_flag(PRIVATE, true);
        symbol
    }
}

impl Symbol {
    /// What it was described as.
    pub fn description(&self) -> Option<Gc<JsString>> {
        self.description
    }

    /// Whether it is a private name.
    pub fn is_private(&self) -> bool {
        self.header.flag(PRIVATE)
    }

    /// Whether `Symbol.for` has made it.
    pub fn is_registered(&self) -> bool {
        self.header.flag(REGISTERED)
    }

    /// Says that it is in the registry of `Symbol.for`.
    pub fn set_registered(&self) {
        self.header.set_flag(REGISTERED, true);
    }
}
