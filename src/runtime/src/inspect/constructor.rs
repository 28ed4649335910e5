//! What an object is called: its constructor, and its tag.

use axil_engine::heap::Gc;
use axil_engine::kinds;
use axil_engine::object::Object;
use axil_engine::operators::{as_object, is_callable};
use axil_engine::realm::Intrinsic;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, WellKnown};

use super::property::Around;
use super::{Inspector, Options, Request};

/// The prototypes that are known without their constructors, whatever a program has done to
/// those.
const WELL_KNOWN: &[(Intrinsic, &str)] = &[
    (Intrinsic::ObjectPrototype, "Object"),
    (Intrinsic::ArrayPrototype, "Array"),
    (Intrinsic::FunctionPrototype, "Function"),
    (Intrinsic::ErrorPrototype, "Error"),
    (Intrinsic::MapPrototype, "Map"),
    (Intrinsic::SetPrototype, "Set"),
    (Intrinsic::PromisePrototype, "Promise"),
    (Intrinsic::RegExpPrototype, "RegExp"),
    (Intrinsic::DatePrototype, "Date"),
];

/// The classes of the language and of Node.js: what of their prototypes is not shown.
const BUILTIN_CLASSES: &[&str] = &[
    "Object",
    "Function",
    "Array",
    "Number",
    "Boolean",
    "String",
    "Symbol",
    "BigInt",
    "Date",
    "Promise",
    "RegExp",
    "Error",
    "AggregateError",
    "EvalError",
    "RangeError",
    "ReferenceError",
    "SyntaxError",
    "TypeError",
    "URIError",
    "SuppressedError",
    "ArrayBuffer",
    "Uint8Array",
    "Int8Array",
    "Uint16Array",
    "Int16Array",
    "Uint32Array",
    "Int32Array",
    "Float16Array",
    "Float32Array",
    "Float64Array",
    "Uint8ClampedArray",
    "BigUint64Array",
    "BigInt64Array",
    "DataView",
    "Map",
    "Set",
    "WeakMap",
    "WeakSet",
    "WeakRef",
    "FinalizationRegistry",
    "Proxy",
    "Iterator",
    "SharedArrayBuffer",
    "DisposableStack",
    "AsyncDisposableStack",
];

/// Whether a name is that of a class of the language.
pub(super) fn is_builtin_class(name: &str) -> bool {
    BUILTIN_CLASSES.contains(&name)
}

/// What an object is called.
pub(super) struct Names {
    /// The name of its constructor; none without prototypes.
    pub(super) constructor: Option<String>,
    /// `Symbol.toStringTag`, if it says more than its properties; else empty.
    pub(super) tag: String,
    /// Properties of prototypes, where those that are hidden are shown.
    pub(super) inherited: Vec<String>,
    /// What it is, where there is no constructor and its kind says no more than that it is an
    /// object.
    origin: Option<Box<str>>,
}

impl Names {
    /// What stands before the opening brace, with a space after it.
    pub(super) fn prefix(&self, fallback: &str, size: &str) -> String {
        let tag = &self.tag;
        let fallback = match &self.origin {
            Some(origin) if fallback == "Object" => origin,
            _ => fallback,
        };
        match &self.constructor {
            None if !tag.is_empty() && tag != fallback => {
                format!("[{fallback}{size}: null prototype] [{tag}] ")
            }
            None => format!("[{fallback}{size}: null prototype] "),
            Some(constructor) if tag.is_empty() => format!("{constructor}{size} "),
            Some(constructor) => {
                let last = tag.rsplit_once('.').filter(|(before, _)| !before.is_empty());
                if last.map_or(tag.as_str(), |(_, last)| last) == constructor {
                    format!("{tag}{size} ")
                } else {
                    format!("{constructor}{size} [{tag}] ")
                }
            }
        }
    }

    /// Whether the constructor has this name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.constructor.as_deref() == Some(name)
    }
}

impl Inspector<'_> {
    pub(super) fn names(&mut self, object: Gc<Object>, depth: usize) -> Completion<Names> {
        let mut inherited = Vec::new();
        let shows_inherited = self.request.options.show_hidden && !self.is_too_deep(depth);
        let wanted = shows_inherited.then_some(&mut inherited);
        let constructor = self.constructor_name(object, depth, wanted)?;
        let key = self.vm.well_known_key(WellKnown::ToStringTag);
        let tag = self.vm.get(object, key)?;
        let mut tag = self.text(tag).unwrap_or_default();
        // What is among the properties is not said twice.
        if !tag.is_empty()
            && let Some(own) = self.vm.get_own_property(object, key)?
            && (self.request.options.show_hidden || own.enumerable == Some(true))
        {
            tag = String::new();
        }
        let origin = constructor.is_none().then(|| self.origin(object)).flatten();
        Ok(Names { constructor, tag, inherited, origin })
    }

    /// What an object without prototype is called by its kind, or by what has made it.
    fn origin(&self, object: Gc<Object>) -> Option<Box<str>> {
        let value = Value::cell(object);
        Some(match value.kind() {
            Some(kinds::ARGUMENTS) => "Arguments".into(),
            Some(kinds::ARRAY_ITERATOR) => "Array Iterator".into(),
            Some(kinds::COROUTINE) => "Generator".into(),
            _ => return object.origin(&self.vm.memory),
        })
    }

    /// The name of the first constructor among the prototypes whose instance it is.
    fn constructor_name(
        &mut self,
        object: Gc<Object>,
        depth: usize,
        mut inherited: Option<&mut Vec<String>>,
    ) -> Completion<Option<String>> {
        let key = self.vm.memory.keys().constructor;
        let mut at = Some(object);
        let first = self.vm.get_prototype_of(object)?;
        while let Some(holder) = at {
            let well_known = WELL_KNOWN.iter().find(|(prototype, _)| {
                holder != object && self.vm.realm().find(*prototype) == Some(holder)
            });
            if let Some((_, name)) = well_known {
                if let Some(inherited) = inherited.take()
                    && first != Some(holder)
                {
                    self.inherited(object, first.unwrap_or(object), depth, inherited)?;
                }
                return Ok(Some((*name).to_owned()));
            }
            if let Some(own) = self.vm.get_own_property(holder, key)?
                && let Some(constructor) = own.value.filter(|value| is_callable(*value))
                && let Some(name) = self.name_of(constructor)?
                && self.is_instance(object, constructor)?
            {
                if let Some(inherited) = inherited.take()
                    && (first != Some(holder) || !is_builtin_class(&name))
                {
                    self.inherited(object, first.unwrap_or(object), depth, inherited)?;
                }
                return Ok(Some(name));
            }
            at = self.vm.get_prototype_of(holder)?;
        }
        let Some(prototype) = first else { return Ok(None) };
        let class = class_name(Value::cell(object));
        if self.is_too_deep(depth) {
            return Ok(Some(format!("{class} <Complex prototype>")));
        }
        self.vm.check_native_stack()?;
        let of_prototype = self.constructor_name(prototype, depth + 1, inherited)?;
        Ok(Some(match of_prototype {
            Some(name) => format!("{class} <{name}>"),
            None => {
                let options =
                    Options { depth: Some(-1.0), custom_inspect: false, ..self.request.options };
                let request = Request { options, ..self.request };
                let empty = super::inspect(self.vm, Value::cell(prototype), request)?;
                format!("{class} <{empty}>")
            }
        }))
    }

    /// Adds the properties, but for methods, that an object has by prototypes that are not
    /// the language's: three of them at most.
    fn inherited(
        &mut self,
        object: Gc<Object>,
        first: Gc<Object>,
        depth: usize,
        output: &mut Vec<String>,
    ) -> Completion<()> {
        const MOST: usize = 3;
        let constructor_key = self.vm.memory.keys().constructor;
        let mut seen = self.vm.memory.rooted_vec();
        let mut at = first;
        for level in 0..MOST {
            if level != 0 || object == first {
                let Some(next) = self.vm.get_prototype_of(at)? else { break };
                at = next;
                if let Some(own) = self.vm.get_own_property(at, constructor_key)?
                    && let Some(constructor) = own.value.filter(|value| is_callable(*value))
                    && self.name_of(constructor)?.is_some_and(|name| is_builtin_class(&name))
                {
                    break;
                }
            }
            let keys = self.vm.own_property_keys(at)?;
            self.seen.push(Value::cell(object));
            for index in 0..keys.len() {
                let Some(key) = keys.get(index) else { continue };
                let is_known = key == constructor_key
                    || self.vm.has_own_property(object, key)?
                    || (level != 0 && seen.as_slice().contains(&key));
                seen.push(key);
                let Some(own) = self.vm.get_own_property(at, key)? else { continue };
                if is_known || own.value.is_some_and(is_callable) {
                    continue;
                }
                let text = self.described_property(&own, key, depth, Around::Object, object)?;
                output.push(if self.request.options.colors {
                    format!("\u{1b}[2m{text}\u{1b}[22m")
                } else {
                    text
                });
            }
            self.seen.pop();
        }
        Ok(())
    }

    /// The name of a function, if it has one.
    pub(super) fn name_of(&mut self, function: Value) -> Completion<Option<String>> {
        let Some(function) = as_object(function) else { return Ok(None) };
        let key = self.vm.memory.keys().name;
        let name = self.vm.get(function, key)?;
        Ok(self.text(name).filter(|name| !name.is_empty()))
    }

    /// Whether the `prototype` of a constructor is among an object's prototypes.
    fn is_instance(&mut self, object: Gc<Object>, constructor: Value) -> Completion<bool> {
        let Some(constructor) = as_object(constructor) else { return Ok(false) };
        let prototype = self.get_quietly(constructor, "prototype").and_then(as_object);
        let mut at = self.vm.get_prototype_of(object)?;
        while let Some(ancestor) = at {
            if Some(ancestor) == prototype {
                return Ok(true);
            }
            at = self.vm.get_prototype_of(ancestor)?;
        }
        Ok(false)
    }
}

/// What an object is, whatever its prototypes say.
fn class_name(value: Value) -> &'static str {
    match value.kind() {
        _ if is_callable(value) => "Function",
        Some(kinds::ARRAY) => "Array",
        Some(kinds::ERROR) => "Error",
        Some(kinds::MAP) => "Map",
        Some(kinds::SET) => "Set",
        Some(kinds::WEAK_MAP) => "WeakMap",
        Some(kinds::WEAK_SET) => "WeakSet",
        Some(kinds::PROMISE) => "Promise",
        Some(kinds::DATE) => "Date",
        Some(kinds::REGEXP) => "RegExp",
        Some(kinds::ARRAY_BUFFER) => "ArrayBuffer",
        Some(kinds::DATA_VIEW) => "DataView",
        _ => "Object",
    }
}
