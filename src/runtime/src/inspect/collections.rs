//! Maps, sets and their iterators.

use axil_engine::heap::Gc;
use axil_engine::object::{
    CollectionIterator, Cursor, IterationKind, Map, MapIterator, Object, Set, SetIterator, WeakMap,
    WeakSet,
};
use axil_engine::value::Value;
use axil_engine::vm::Completion;

use super::Inspector;
use super::constructor::Names;
use super::layout::{Entries, Parts};
use super::style::Style;

/// What a collection holds.
pub(super) enum Held {
    /// Entries, from a place on.
    Entries(Cursor, Shown),
    /// What a weak collection held just now.
    Weak(axil_engine::heap::RootedVec<Value>, Shown),
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
            return Some(rest_of(iterator, "Map", names));
        }
        if let Some(iterator) = value.downcast::<SetIterator>() {
            return Some(rest_of(iterator, "Set", names));
        }
        let shows_entries = self.request.options.show_hidden;
        if let Some(map) = value.downcast::<WeakMap>() {
            let entries = shows_entries.then(|| Held::Weak(map.entries(memory), Shown::Pair));
            return Some((names.prefix("WeakMap", ""), entries.unwrap_or(Held::Unknown)));
        }
        if let Some(set) = value.downcast::<WeakSet>() {
            let entries = shows_entries.then(|| Held::Weak(set.entries(memory), Shown::Key));
            return Some((names.prefix("WeakSet", ""), entries.unwrap_or(Held::Unknown)));
        }
        None
    }

    /// Shows what a collection holds.
    pub(super) fn collected(
        &mut self,
        held: Held,
        depth: usize,
        entries: &mut Vec<String>,
    ) -> Completion<()> {
        match held {
            Held::Nothing => {}
            Held::Unknown => {
                entries.push(self.stylize("<items unknown>".to_owned(), Style::Special)?);
            }
            Held::Entries(cursor, shown) => {
                let count = cursor.clone().count();
                let most = self.most(count);
                for (key, value) in cursor.take(most) {
                    entries.push(self.entry(key, value, shown, depth)?);
                }
                // Of maps that are iterated each entry is two.
                self.add_left_out(count, "item", entries);
            }
            Held::Weak(pairs, shown) => {
                let count = pairs.len() / 2;
                let most = self.most(count);
                for index in 0..most {
                    let key = pairs.get(2 * index).unwrap_or(Value::UNDEFINED);
                    let value = pairs.get(2 * index + 1).unwrap_or(Value::UNDEFINED);
                    entries.push(self.entry(key, value, shown, depth)?);
                }
                // In whatever order they lie, people see one.
                entries.sort();
                self.add_left_out(count, "item", entries);
            }
        }
        Ok(())
    }

    fn entry(
        &mut self,
        key: Value,
        value: Value,
        shown: Shown,
        depth: usize,
    ) -> Completion<String> {
        self.indented(2, |this| {
            Ok(match shown {
                Shown::Pair => {
                    let key = this.value(key, depth)?;
                    format!("{key} => {}", this.value(value, depth)?)
                }
                Shown::List => {
                    let entries = vec![this.value(key, depth)?, this.value(value, depth)?];
                    let braces = ["[".to_owned(), "]".to_owned()];
                    let kind = Entries::Elements { numbers: true };
                    let parts = Parts { base: String::new(), braces, entries, kind };
                    this.join(parts, depth)
                }
                Shown::Key => this.value(key, depth)?,
                Shown::Value => this.value(value, depth)?,
            })
        })
    }
}

/// What an iterator has still to give.
fn rest_of<const KIND: u8>(
    iterator: Gc<CollectionIterator<KIND>>,
    name: &str,
    names: &Names,
) -> (String, Held) {
    let (kind, shown) = match iterator.gives {
        IterationKind::Entries => ("Entries", Shown::List),
        IterationKind::Values => ("Iterator", Shown::Value),
        IterationKind::Keys => ("Iterator", Shown::Key),
    };
    let held = iterator.cursor().map_or(Held::Nothing, |cursor| Held::Entries(cursor, shown));
    let own = format!("{name} Iterator");
    let tag = if names.tag.is_empty() || names.tag == own {
        String::new()
    } else {
        format!("[{}] ", names.tag)
    };
    (format!("{tag}[{name} {kind}] "), held)
}
