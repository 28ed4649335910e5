//! Maps, sets and their iterators.

use axil_engine::heap::Gc;
use axil_engine::kinds;
use axil_engine::object::{
    CollectionIterator, Cursor, IterationKind, Map, MapIterator, Object, Set, SetIterator,
};
use axil_engine::value::Value;
use axil_engine::vm::Completion;

use super::Inspector;
use super::constructor::Names;

/// What a collection holds.
pub(super) enum Held {
    /// Entries, from a place on.
    Entries(Cursor, Shown),
    /// Nothing any more: an iterator that has come to its end.
    Nothing,
    /// Nobody can tell.
    Unknown,
}

/// How an entry is shown.
#[derive(Clone, Copy)]
pub(super) enum Shown {
    /// `key => value`
    Pair,
    /// Its key.
    Key,
    /// Its value; a set's is the element.
    Value,
    /// Both, as an array.
    List,
}

impl Inspector<'_> {
    /// What the text of an object begins with and what it holds, if it is a collection.
    pub(super) fn collection(&self, object: Gc<Object>, names: &Names) -> Option<(String, Held)> {
        let (value, memory) = (Value::cell(object), &self.vm.memory);
        if let Some(map) = value.downcast::<Map>() {
            let prefix = names.prefix("Map", &format!("({})", map.len()));
            return Some((prefix, Held::Entries(map.cursor(memory), Shown::Pair)));
        }
        if let Some(set) = value.downcast::<Set>() {
            let prefix = names.prefix("Set", &format!("({})", set.len()));
            return Some((prefix, Held::Entries(set.cursor(memory), Shown::Value)));
        }
        if let Some(iterator) = value.downcast::<MapIterator>() {
            return Some(rest_of(iterator, "Map"));
        }
        if let Some(iterator) = value.downcast::<SetIterator>() {
            return Some(rest_of(iterator, "Set"));
        }
        let fallback = match value.kind() {
            Some(kinds::WEAK_MAP) => "WeakMap",
            Some(kinds::WEAK_SET) => "WeakSet",
            _ => return None,
        };
        Some((names.prefix(fallback, ""), Held::Unknown))
    }

    /// Shows what a collection holds.
    pub(super) fn collected(
        &mut self,
        held: Held,
        depth: usize,
        entries: &mut Vec<String>,
    ) -> Completion<()> {
        let (cursor, shown) = match held {
            Held::Nothing => return Ok(()),
            Held::Unknown => {
                entries.push("<items unknown>".to_owned());
                return Ok(());
            }
            Held::Entries(cursor, shown) => (cursor, shown),
        };
        let mut over = 0;
        for (key, value) in cursor {
            if entries.len() == self.options.max_array_length {
                over += 1;
                continue;
            }
            let mut text = |value| self.indented(2, |this| this.value(value, depth));
            entries.push(match shown {
                Shown::Pair => format!("{} => {}", text(key)?, text(value)?),
                Shown::List => format!("[ {}, {} ]", text(key)?, text(value)?),
                Shown::Key => text(key)?,
                Shown::Value => text(value)?,
            });
        }
        match over {
            0 => {}
            1 => entries.push("... 1 more item".to_owned()),
            more => entries.push(format!("... {more} more items")),
        }
        Ok(())
    }
}

/// What an iterator has still to give.
fn rest_of<const KIND: u8>(iterator: Gc<CollectionIterator<KIND>>, name: &str) -> (String, Held) {
    let (kind, shown) = match iterator.gives {
        IterationKind::Entries => ("Entries", Shown::List),
        IterationKind::Values => ("Iterator", Shown::Value),
        IterationKind::Keys => ("Iterator", Shown::Key),
    };
    let held = iterator.cursor().map_or(Held::Nothing, |cursor| Held::Entries(cursor, shown));
    (format!("[{name} {kind}] "), held)
}
