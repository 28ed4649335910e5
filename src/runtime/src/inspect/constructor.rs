//! What an object is called: its constructor, and its tag.

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::operators::{as_object, is_callable};
use axil_engine::realm::Intrinsic;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, WellKnown};

use super::{Inspector, Options};

/// The prototypes that are known without their constructors.
const WELL_KNOWN: &[(Intrinsic, &str)] = &[
    (Intrinsic::ArrayPrototype, "Array"),
    (Intrinsic::FunctionPrototype, "Function"),
    (Intrinsic::ObjectPrototype, "Object"),
];

/// What an object is called.
pub(super) struct Names {
    /// The name of its constructor; none without prototypes.
    pub(super) constructor: Option<String>,
    /// `Symbol.toStringTag`, if it says more than its properties; else empty.
    pub(super) tag: String,
}

impl Names {
    /// What stands before the opening brace, with a space after it.
    pub(super) fn prefix(&self, fallback: &str, size: &str) -> String {
        let tag = &self.tag;
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
        let constructor = self.constructor_name(object, depth)?;
        let key = self.vm.well_known_key(WellKnown::ToStringTag);
        let tag = match self.vm.get(object, key) {
            Ok(tag) => self.text(tag).unwrap_or_default(),
            Err(_) => {
                self.vm.take_exception();
                String::new()
            }
        };
        let own = self.vm.get_own_property(object, key)?;
        let is_shown = match own {
            Some(own) => self.options.show_hidden || own.enumerable == Some(true),
            None => false,
        };
        Ok(Names { constructor, tag: if is_shown { String::new() } else { tag } })
    }

    /// The name of the first constructor among the prototypes whose instance it is.
    fn constructor_name(&mut self, object: Gc<Object>, depth: usize) -> Completion<Option<String>> {
        let key = self.vm.memory.keys().constructor;
        let mut at = Some(object);
        while let Some(holder) = at {
            // Whatever a program has done to their `constructor`.
            let well_known = WELL_KNOWN.iter().find(|(prototype, _)| {
                holder != object && self.vm.realm().get(*prototype) == holder
            });
            if let Some((_, name)) = well_known {
                return Ok(Some((*name).to_owned()));
            }
            if let Some(own) = self.vm.get_own_property(holder, key)?
                && let Some(constructor) = own.value.filter(|value| is_callable(*value))
                && let Some(name) = self.name_of(constructor)
                && self.is_instance(object, constructor)?
            {
                return Ok(Some(name));
            }
            at = self.vm.get_prototype_of(holder)?;
        }
        let Some(prototype) = self.vm.get_prototype_of(object)? else { return Ok(None) };
        if self.is_too_deep(depth) {
            return Ok(Some("Object <Complex prototype>".to_owned()));
        }
        let of_prototype = self.constructor_name(prototype, depth + 1)?;
        Ok(Some(match of_prototype {
            Some(name) => format!("Object <{name}>"),
            None => {
                let options = Options { depth: None, ..self.options };
                let empty = super::inspect(self.vm, Value::cell(prototype), options)?;
                format!("Object <{empty}>")
            }
        }))
    }

    /// The name of a function, if it has one.
    pub(super) fn name_of(&mut self, function: Value) -> Option<String> {
        let name = self.get_quietly(as_object(function)?, "name")?;
        self.text(name).filter(|name| !name.is_empty())
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
