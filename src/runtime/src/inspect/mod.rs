//! `util.inspect` and `util.format`: values as people read them.
//!
//! <https://nodejs.org/api/util.html#utilinspectobject-options>

mod buffers;
mod collections;
mod constructor;
mod custom;
mod error;
mod format;
mod function;
mod layout;
mod objects;
mod options;
mod primitive;
mod property;
mod settings;
mod stack_frames;
mod style;
mod width;

pub use format::format;
pub use options::{Compact, Getters, Options, Request};
pub use primitive::quote;
pub use settings::Settings;
pub use style::without_control_sequences;
pub use width::columns;

use axil_engine::heap::{Gc, RootedVec};
use axil_engine::object::{Object, Proxy};
use axil_engine::operators::as_object;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};

use style::Style;

/// A value as text.
///
/// # Errors
/// What functions of the program throw that are called for it.
pub fn inspect(vm: &mut Vm, value: Value, request: impl Into<Request>) -> Completion<String> {
    let seen = vm.memory.rooted_vec();
    let circular = vm.memory.rooted_vec();
    let request = request.into();
    let mut inspector =
        Inspector { vm, request, seen, circular, indentation: 0, current_depth: 0, budget: 0 };
    inspector.value(value, 0)
}

/// How much text is enough: past it, objects are no longer gone into.
const ENOUGH: usize = 1 << 27;

/// The state of one inspection. It lies on the native stack, where the collector finds the
/// values of its request.
struct Inspector<'v> {
    vm: &'v mut Vm,
    request: Request,
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
        self.value_in(value, depth, false)
    }

    /// A value; of a typed array's buffer only the length is shown.
    fn value_in(&mut self, value: Value, depth: usize, in_array: bool) -> Completion<String> {
        let Some(object) = as_object(value) else { return self.primitive(value) };
        let mut shown = object;
        let is_proxy = value.downcast::<Proxy>().is_some();
        if let Some(proxy) = value.downcast::<Proxy>() {
            // No trap is asked.
            let Some((target, handler)) = proxy.ends() else {
                return self.stylize("<Revoked Proxy>".to_owned(), Style::Special);
            };
            if self.request.options.show_proxy {
                return self.proxy(target, handler, depth);
            }
            shown = target;
            if Value::cell(target).downcast::<Proxy>().is_some() {
                self.vm.check_native_stack()?;
                // A proxy of a proxy: each is named.
                let inner = self.value_in(Value::cell(target), depth, in_array)?;
                return self.named_proxy(&inner);
            }
        }
        if self.request.options.custom_inspect
            && let Some(text) = self.custom(object, shown, is_proxy, depth)?
        {
            return Ok(text);
        }
        let value = Value::cell(shown);
        if self.seen.as_slice().contains(&value) {
            let known = self.circular.as_slice().iter().position(|other| *other == value);
            let index = known.unwrap_or_else(|| {
                self.circular.push(value);
                self.circular.len() - 1
            });
            return self.stylize(format!("[Circular *{}]", index + 1), Style::Special);
        }
        let text = self.object(shown, depth, in_array)?;
        if is_proxy { self.named_proxy(&text) } else { Ok(text) }
    }

    fn named_proxy(&mut self, target: &str) -> Completion<String> {
        let open = self.stylize("Proxy(".to_owned(), Style::Special)?;
        let close = self.stylize(")".to_owned(), Style::Special)?;
        Ok(format!("{open}{target}{close}"))
    }

    /// A proxy with its target and its handler.
    fn proxy(
        &mut self,
        target: Gc<Object>,
        handler: Gc<Object>,
        depth: usize,
    ) -> Completion<String> {
        self.vm.check_native_stack()?;
        if self.is_too_deep(depth) {
            return self.stylize("Proxy [Array]".to_owned(), Style::Special);
        }
        let entries = self.indented(2, |this| {
            let target = this.value(Value::cell(target), depth + 1)?;
            Ok(vec![target, this.value(Value::cell(handler), depth + 1)?])
        })?;
        let braces = ["Proxy [".to_owned(), "]".to_owned()];
        let parts = layout::Parts {
            base: String::new(),
            braces,
            entries,
            kind: layout::Entries::Elements { numbers: true },
        };
        Ok(self.join(parts, depth + 1))
    }

    /// Whether objects of this depth are too deep to be shown.
    fn is_too_deep(&self, depth: usize) -> bool {
        self.request.options.depth.is_some_and(|most| depth as f64 > most)
    }

    /// With everything further to the right.
    fn indented<T>(&mut self, columns: usize, run: impl FnOnce(&mut Self) -> T) -> T {
        self.indentation += columns;
        let result = run(self);
        self.indentation -= columns;
        result
    }

    /// The value of a property; none if reading it throws.
    fn get_quietly(&mut self, object: Gc<Object>, name: &'static str) -> Option<Value> {
        let key = self.vm.memory.literal_key(name);
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
