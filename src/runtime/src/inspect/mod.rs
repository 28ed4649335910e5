//! `util.inspect` and `util.format`: values as people read them.
//!
//! <https://nodejs.org/api/util.html#utilinspectobject-options>

mod buffers;
mod collections;
mod constructor;
mod error;
mod format;
mod function;
mod layout;
mod objects;
mod primitive;

pub use format::format;
pub use primitive::quote;

use axil_engine::heap::{Gc, RootedVec};
use axil_engine::object::{Object, Proxy};
use axil_engine::operators::as_object;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};

/// What can be chosen about the text of a value.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Options {
    /// How deep objects are shown that lie in others; no limit if there is none.
    pub depth: Option<usize>,
    /// Whether properties are shown that are not enumerable.
    pub show_hidden: bool,
    /// How many characters a line should have at most.
    pub break_length: usize,
    /// How many levels of objects share a line if they fit.
    pub compact: usize,
    /// How many elements are shown of an array, a map or a set.
    pub max_array_length: usize,
    /// How many units are shown of a string.
    pub max_string_length: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            depth: Some(2),
            show_hidden: false,
            break_length: 80,
            compact: 3,
            max_array_length: 100,
            max_string_length: 10_000,
        }
    }
}

/// A value as text.
///
/// # Errors
/// What a getter of `constructor` or of a tag throws.
pub fn inspect(vm: &mut Vm, value: Value, options: Options) -> Completion<String> {
    let seen = vm.memory.rooted_vec();
    let circular = vm.memory.rooted_vec();
    let mut inspector =
        Inspector { vm, options, seen, circular, indentation: 0, current_depth: 0, budget: 0 };
    inspector.value(value, 0)
}

/// How much text is enough: past it, objects are no longer gone into.
const ENOUGH: usize = 1 << 27;

/// The state of one inspection.
struct Inspector<'v> {
    vm: &'v mut Vm,
    options: Options,
    /// The objects around the one that is looked at.
    seen: RootedVec<Value>,
    /// The objects that lie within themselves; their numbers are their places, from one.
    circular: RootedVec<Value>,
    /// How many columns to the right the text stands.
    indentation: usize,
    /// The depth of the object that was gone into last.
    current_depth: usize,
    /// How much text there is.
    budget: usize,
}

impl Inspector<'_> {
    fn value(&mut self, value: Value, depth: usize) -> Completion<String> {
        let Some(object) = as_object(value) else { return Ok(self.primitive(value)) };
        if let Some(proxy) = value.downcast::<Proxy>() {
            // No trap is asked.
            return match proxy.ends() {
                Some((target, _)) => {
                    let target = self.value(Value::cell(target), depth)?;
                    Ok(format!("Proxy({target})"))
                }
                None => Ok("<Revoked Proxy>".to_owned()),
            };
        }
        if self.seen.as_slice().contains(&value) {
            let known = self.circular.as_slice().iter().position(|other| *other == value);
            let index = known.unwrap_or_else(|| {
                self.circular.push(value);
                self.circular.len() - 1
            });
            return Ok(format!("[Circular *{}]", index + 1));
        }
        self.object(object, depth)
    }

    /// Whether objects of this depth are too deep to be shown.
    fn is_too_deep(&self, depth: usize) -> bool {
        self.options.depth.is_some_and(|most| depth > most)
    }

    /// With everything further to the right.
    fn indented<T>(&mut self, columns: usize, run: impl FnOnce(&mut Self) -> T) -> T {
        self.indentation += columns;
        let result = run(self);
        self.indentation -= columns;
        result
    }

    /// The value of a property; none if reading it throws.
    fn get_quietly(&mut self, object: Gc<Object>, name: &str) -> Option<Value> {
        let key = self.vm.memory.key(name);
        match self.vm.get(object, key) {
            Ok(value) => Some(value),
            Err(_) => {
                self.vm.take_exception();
                None
            }
        }
    }

    /// A value as a Rust string, if it is a string.
    fn text(&self, value: Value) -> Option<String> {
        Some(value.downcast::<axil_engine::string::JsString>()?.to_rust(&self.vm.memory))
    }
}
