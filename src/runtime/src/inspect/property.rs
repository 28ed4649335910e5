//! Properties: their keys, and their values or accessors.

use axil_engine::heap::Gc;
use axil_engine::object::{Object, PropertyDescriptor};
use axil_engine::operators::as_object;
use axil_engine::string::PropertyKey;
use axil_engine::value::Value;
use axil_engine::vm::Completion;

use super::options::{Compact, Getters};
use super::style::Style;
use super::{Inspector, width};

/// What surrounds a property.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Around {
    /// An object without elements.
    Object,
    /// One with elements, after which it stands.
    List,
}

impl Inspector<'_> {
    /// `key: value`
    pub(super) fn property(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        depth: usize,
        around: Around,
    ) -> Completion<String> {
        let own = self.own_or_inherited(object, key)?;
        self.described_property(&own, key, depth, around, object)
    }

    /// The value of an element, or that it is an accessor.
    pub(super) fn element(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        depth: usize,
    ) -> Completion<String> {
        let own = self.own_or_inherited(object, key)?;
        Ok(self.content(&own, depth, Around::List, object)?.0)
    }

    fn own_or_inherited(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
    ) -> Completion<PropertyDescriptor> {
        if let Some(own) = self.vm.get_own_property(object, key)? {
            return Ok(own);
        }
        let value = self.vm.get(object, key)?;
        Ok(PropertyDescriptor::data(value, axil_engine::object::Attributes::DATA))
    }

    pub(super) fn described_property(
        &mut self,
        own: &PropertyDescriptor,
        key: PropertyKey,
        depth: usize,
        around: Around,
        receiver: Gc<Object>,
    ) -> Completion<String> {
        let (text, is_below) = self.content(own, depth, around, receiver)?;
        let name = self.key(key, own.enumerable == Some(false))?;
        if is_below {
            return Ok(format!("{name}:\n{}{text}", " ".repeat(self.indentation + 3)));
        }
        Ok(format!("{name}: {text}"))
    }

    /// What a property holds; whether it stands below the key.
    fn content(
        &mut self,
        own: &PropertyDescriptor,
        depth: usize,
        around: Around,
        receiver: Gc<Object>,
    ) -> Completion<(String, bool)> {
        if let Some(value) = own.value {
            let is_old =
                self.request.options.compact == Compact::Always && around == Around::Object;
            let text =
                self.indented(if is_old { 3 } else { 2 }, |this| this.value(value, depth))?;
            let is_below = is_old
                && self.request.options.break_length < width::columns(&self.visible(&text)) as f64;
            return Ok((text, is_below));
        }
        let function = |value: Option<Value>| value.filter(|value| !value.is_undefined());
        let text = match (function(own.get), function(own.set)) {
            (Some(get), set) => self.getter(get, set.is_some(), depth, receiver)?,
            (None, Some(_)) => self.stylize("[Setter]".to_owned(), Style::Special)?,
            (None, None) => self.stylize("undefined".to_owned(), Style::Undefined)?,
        };
        Ok((text, false))
    }

    fn getter(
        &mut self,
        get: Value,
        has_setter: bool,
        depth: usize,
        receiver: Gc<Object>,
    ) -> Completion<String> {
        let label = if has_setter { "Getter/Setter" } else { "Getter" };
        let is_called = match self.request.options.getters {
            Getters::None => false,
            Getters::All => true,
            Getters::WithoutSetter => !has_setter,
            Getters::WithSetter => has_setter,
        };
        if !is_called {
            return self.stylize(format!("[{label}]"), Style::Special);
        }
        let text = match self.vm.call(get, Value::cell(receiver), &[]) {
            Ok(value) if as_object(value).is_some() => {
                let head = self.stylize(format!("[{label}]"), Style::Special)?;
                let text = self.indented(2, |this| this.value(value, depth))?;
                return Ok(format!("{head} {text}"));
            }
            Ok(value) => self.indented(2, |this| this.primitive(value))?,
            Err(_) => {
                let exception = self.vm.take_exception();
                let text = self.indented(2, |this| this.value(exception, depth))?;
                format!("<Inspection threw ({text})>")
            }
        };
        let head = self.stylize(format!("[{label}:"), Style::Special)?;
        let tail = self.stylize("]".to_owned(), Style::Special)?;
        Ok(format!("{head} {text}{tail}"))
    }
}
