//! The interner: one string for each content that is a property key.

use std::cell::RefCell;
use std::ptr::NonNull;
use std::rc::Rc;

use hashbrown::HashTable;

use super::{INTERNED, JsString, Units, hash};
use crate::heap::{Gc, Heap, Liveness, WeakTable};

/// All interned strings of a heap. It does not keep them alive.
#[derive(Default)]
pub struct Interner {
    table: RefCell<Table>,
}

#[derive(Default)]
struct Table {
    strings: HashTable<NonNull<JsString>>,
    /// Those made since the last collection: the others are old, and a minor
    /// collection leaves them alone.
    young: Vec<NonNull<JsString>>,
}

/// A hash with its bits where the table looks for them: at both ends.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

impl Interner {
    /// An empty interner, which forgets what the heap's collector frees.
    pub fn new(heap: &Heap) -> Rc<Self> {
        let interner = Rc::<Self>::default();
        heap.add_weak_table(Rc::clone(&interner) as Rc<dyn WeakTable>);
        interner
    }

    /// The interned string with the content of this one.
    pub fn intern(&self, heap: &Heap, string: Gc<JsString>) -> Gc<JsString> {
        if string.is_interned() {
            return string;
        }
        let hash = string.hash(heap);
        if let Some(found) = self.find(hash, string.units(heap)) {
            return found;
        }
        // Views keep more alive than themselves, and are slower to read.
        let flat = if string.form() == super::FLAT {
            string
        } else {
            Self::flat(heap, string.units(heap))
        };
        self.insert(hash, flat)
    }

    /// The interned string with these units.
    pub fn intern_units(&self, heap: &Heap, units: Units<'_>) -> Gc<JsString> {
        let hash = hash::hash(units);
        self.find(hash, units).unwrap_or_else(|| self.insert(hash, Self::flat(heap, units)))
    }

    /// The interned string with this text.
    pub fn intern_str(&self, heap: &Heap, text: &str) -> Gc<JsString> {
        if text.is_ascii() {
            return self.intern_units(heap, Units::Latin1(text.as_bytes()));
        }
        self.intern(heap, Gc::<JsString>::from_str(heap, text))
    }

    fn flat(heap: &Heap, units: Units<'_>) -> Gc<JsString> {
        match units {
            Units::Latin1(units) => Gc::<JsString>::from_latin1(heap, units),
            Units::Utf16(units) => Gc::<JsString>::from_utf16(heap, units),
        }
    }

    fn find(&self, hash: u32, units: Units<'_>) -> Option<Gc<JsString>> {
        let table = self.table.borrow();
        let found = table.strings.find(spread(hash), |string| {
            // SAFETY: What is dead has been removed by the collector.
            let string: Gc<JsString> = unsafe { Gc::from_ptr(*string) };
            string.header.shape.get() == hash && string.flat_units() == units
        });
        // SAFETY: As above.
        found.map(|string| unsafe { Gc::from_ptr(*string) })
    }

    fn insert(&self, hash: u32, string: Gc<JsString>) -> Gc<JsString> {
        string.header.shape.set(hash);
        string.header.set_flag(INTERNED, true);
        let mut table = self.table.borrow_mut();
        table.strings.insert_unique(spread(hash), string.as_ptr(), |string| {
            // SAFETY: What is dead has been removed by the collector.
            spread(unsafe { string.as_ref() }.header.shape.get())
        });
        table.young.push(string.as_ptr());
        string
    }
}

impl WeakTable for Interner {
    fn sweep(&self, liveness: &Liveness<'_>) {
        let mut table = self.table.borrow_mut();
        // SAFETY: The cells are there until the collection ends.
        let is_alive =
            |string: &NonNull<JsString>| unsafe { liveness.is_alive(Gc::from_ptr(*string)) };
        let Table { strings, young } = &mut *table;
        if liveness.is_minor() {
            for string in young.iter().filter(|string| !is_alive(string)) {
                // SAFETY: As above.
                let hash = spread(unsafe { string.as_ref() }.header.shape.get());
                if let Ok(entry) = strings.find_entry(hash, |other| other == string) {
                    entry.remove();
                }
            }
        } else {
            strings.retain(|string| is_alive(string));
        }
        young.clear();
    }
}

impl Gc<JsString> {
    /// A hash of the units.
    pub fn hash(self, heap: &Heap) -> u32 {
        let known = self.header.shape.get();
        if known != 0 {
            return known;
        }
        let hash = hash::hash(self.units(heap));
        self.header.shape.set(hash);
        hash
    }
}
