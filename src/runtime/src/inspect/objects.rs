//! Objects: what kind they are, their elements and their properties.

use axil_engine::heap::{Gc, RootedVec};
use axil_engine::kinds;
use axil_engine::object::{Array, Object, PrimitiveWrapper, Promise, PromiseState, TypedArray};
use axil_engine::operators::is_callable;
use axil_engine::string::{JsString, PropertyKey};
use axil_engine::value::Value;
use axil_engine::vm::Completion;

use super::Inspector;
use super::collections::Held;
use super::constructor::Names;
use super::layout::{Entries, Parts};

impl Inspector<'_> {
    pub(super) fn object(&mut self, object: Gc<Object>, depth: usize) -> Completion<String> {
        let names = self.names(object, depth)?;
        let mut keys = self.keys(object)?;
        let mut base = String::new();
        let mut braces = ["{".to_owned(), "}".to_owned()];
        let mut kind = Entries::Properties;
        let value = Value::cell(object);
        let array = value.downcast::<Array>();
        let mut held = None;
        match value.kind() {
            Some(kinds::ARRAY) => {
                let length = array.map_or(0, |array| array.length.get());
                let prefix = if names.is("Array") && names.tag.is_empty() {
                    String::new()
                } else {
                    names.prefix("Array", &format!("({length})"))
                };
                braces = [format!("{prefix}["), "]".to_owned()];
                if length == 0 && keys.is_empty() {
                    return Ok(format!("{prefix}[]"));
                }
                kind = Entries::Elements { numbers: self.has_numbers_only(object, length)? };
            }
            _ if is_callable(value) => {
                base = self.function(object, &names)?;
                if keys.is_empty() {
                    return Ok(base);
                }
            }
            Some(kinds::ARGUMENTS) if names.is("Object") => {
                braces[0].insert_str(0, "[Arguments] ");
                if keys.is_empty() {
                    return Ok("[Arguments] {}".to_owned());
                }
            }
            Some(kinds::ERROR) => {
                base = self.error(object, &names, &mut keys)?;
                if keys.is_empty() {
                    return Ok(base);
                }
            }
            Some(kinds::TYPED_ARRAY) => {
                let array = value.downcast::<TypedArray>();
                let class = array.map_or("TypedArray", |array| array.element.class_name());
                let length = array.and_then(|array| array.length()).unwrap_or(0);
                let prefix = names.prefix(class, &format!("({length})"));
                braces = [format!("{prefix}["), "]".to_owned()];
                if length == 0 && keys.is_empty() {
                    return Ok(format!("{prefix}[]"));
                }
                kind = Entries::Elements { numbers: true };
            }
            Some(kinds::DATE) => {
                base = value.downcast().map_or_else(String::new, |date| self.date(date, &names));
                if keys.is_empty() {
                    return Ok(base);
                }
            }
            Some(kinds::REGEXP) => {
                base = self.regexp(object, &names);
                if keys.is_empty() || self.is_too_deep(depth) {
                    return Ok(base);
                }
            }
            Some(kinds::PROMISE) => {
                braces[0] = names.prefix("Promise", "") + "{";
            }
            _ if let Some(prefix) = Self::bytes_prefix(value, &names) => {
                braces[0] = prefix + "{";
            }
            Some(kinds::PRIMITIVE_WRAPPER) => {
                base = self.wrapper(value, &names);
                if keys.is_empty() {
                    return Ok(base);
                }
            }
            _ if let Some((prefix, collection)) = self.collection(object, &names) => {
                braces[0] = prefix + "{";
                if matches!(&collection, Held::Entries(cursor, _) if cursor.clone().next().is_none())
                    && keys.is_empty()
                {
                    return Ok(format!("{}}}", braces[0]));
                }
                held = Some(collection);
            }
            _ => {
                if !(names.is("Object") && names.tag.is_empty()) {
                    braces[0] = names.prefix("Object", "") + "{";
                }
                if keys.is_empty() {
                    return Ok(format!("{}}}", braces[0]));
                }
            }
        }
        if self.is_too_deep(depth) {
            return Ok(too_deep(&names, array.is_some()));
        }
        self.seen.push(value);
        self.current_depth = depth + 1;
        let mut entries = Vec::new();
        if let Some(array) = array {
            self.elements(array, depth + 1, &mut entries)?;
        }
        self.bytes(value, depth + 1, &mut entries)?;
        if let Some(held) = held {
            self.collected(held, depth + 1, &mut entries)?;
        }
        if let Some(promise) = value.downcast::<Promise>() {
            entries.push(self.promise(promise, depth + 1)?);
        }
        for index in 0..keys.len() {
            let Some(key) = keys.get(index) else { continue };
            entries.push(self.property(object, key, depth + 1)?);
        }
        if let Some(index) = self.circular.as_slice().iter().position(|other| *other == value) {
            let reference = format!("<ref *{}>", index + 1);
            base = if base.is_empty() { reference } else { format!("{reference} {base}") };
        }
        self.seen.pop();
        Ok(self.join(Parts { base, braces, entries, kind }, depth + 1))
    }

    /// A regular expression as a literal.
    fn regexp(&mut self, object: Gc<Object>, names: &Names) -> String {
        let [source, flags] = ["source", "flags"].map(|name| {
            let value = self.get_quietly(object, name);
            value.and_then(|value| self.text(value)).unwrap_or_default()
        });
        let literal = format!("/{source}/{flags}");
        match names.prefix("RegExp", "").as_str() {
            "RegExp " => literal,
            prefix => format!("{prefix}{literal}"),
        }
    }

    /// What has become of a promise.
    fn promise(&mut self, promise: Gc<Promise>, depth: usize) -> Completion<String> {
        let result = promise.result();
        match promise.state() {
            PromiseState::Pending => Ok("<pending>".to_owned()),
            PromiseState::Fulfilled => self.indented(2, |this| this.value(result, depth)),
            PromiseState::Rejected => {
                let reason = self.indented(2, |this| this.value(result, depth))?;
                Ok(format!("<rejected> {reason}"))
            }
        }
    }

    /// The keys of the properties to be shown, without an array's elements and a string's
    /// units.
    fn keys(&mut self, object: Gc<Object>) -> Completion<RootedVec<PropertyKey>> {
        let all = self.vm.own_property_keys(object)?;
        let is_list = matches!(Value::cell(object).kind(), Some(kinds::ARRAY | kinds::TYPED_ARRAY));
        let units = Value::cell(object)
            .downcast::<PrimitiveWrapper>()
            .and_then(|wrapper| wrapper.value().downcast::<JsString>())
            .map_or(0, |string| string.len());
        let mut keys = self.vm.memory.rooted_vec();
        for index in 0..all.len() {
            let Some(key) = all.get(index) else { continue };
            if let Some(index) = key.as_index()
                && (is_list || index < units)
            {
                continue;
            }
            let own = self.vm.get_own_property(object, key)?;
            if own.is_some_and(|own| self.options.show_hidden || own.enumerable == Some(true)) {
                keys.push(key);
            }
        }
        Ok(keys)
    }

    /// A Boolean, Number, String or Symbol object.
    fn wrapper(&self, value: Value, names: &Names) -> String {
        let inside = value.downcast::<PrimitiveWrapper>().map(|wrapper| wrapper.value());
        let inside = inside.unwrap_or(Value::UNDEFINED);
        let kind = match inside.kind() {
            Some(kinds::STRING) => "String",
            Some(kinds::SYMBOL) => "Symbol",
            Some(kinds::BIGINT) => "BigInt",
            _ if inside.is_bool() => "Boolean",
            _ => "Number",
        };
        let class = match &names.constructor {
            Some(constructor) if constructor == kind => String::new(),
            Some(constructor) => format!(" ({constructor})"),
            None => " (null prototype)".to_owned(),
        };
        let tag = if names.tag.is_empty() || names.is(&names.tag) {
            String::new()
        } else {
            format!(" [{}]", names.tag)
        };
        format!("[{kind}{class}: {}]{tag}", self.primitive(inside))
    }

    fn elements(
        &mut self,
        array: Gc<Array>,
        depth: usize,
        entries: &mut Vec<String>,
    ) -> Completion<()> {
        let length = array.length.get();
        let object = array.as_object();
        let most = self.options.max_array_length;
        let mut index = 0;
        while index < length && entries.len() < most {
            let key = PropertyKey::index(index);
            if self.vm.get_own_property(object, key)?.is_some() {
                entries.push(self.element(object, key, depth)?);
                index += 1;
                continue;
            }
            let begin = index;
            index = self.next_element(object, index, length)?;
            let items = if index - begin == 1 { "item" } else { "items" };
            entries.push(format!("<{} empty {items}>", index - begin));
        }
        match length - index {
            0 => {}
            1 => entries.push("... 1 more item".to_owned()),
            more => entries.push(format!("... {more} more items")),
        }
        Ok(())
    }

    /// The first element from an index on.
    fn next_element(&mut self, object: Gc<Object>, from: u32, length: u32) -> Completion<u32> {
        // The keys are few where elements are far apart.
        let keys = self.vm.own_property_keys(object)?;
        let after = keys.as_slice().iter().filter_map(|key| key.as_index());
        Ok(after.filter(|index| *index >= from).min().unwrap_or(length).min(length))
    }

    fn has_numbers_only(&mut self, object: Gc<Object>, length: u32) -> Completion<bool> {
        for index in 0..length.min(self.options.max_array_length as u32) {
            let own = self.vm.get_own_property(object, PropertyKey::index(index))?;
            let is_number = |value: Value| value.is_number() || value.kind() == Some(kinds::BIGINT);
            if !own.and_then(|own| own.value).is_some_and(is_number) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// `key: value`
    fn property(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        depth: usize,
    ) -> Completion<String> {
        let own = self.vm.get_own_property(object, key)?;
        let is_hidden = own.is_some_and(|own| own.enumerable == Some(false));
        let name = self.key(key);
        let name = if is_hidden { format!("[{name}]") } else { name };
        Ok(format!("{name}: {}", self.element(object, key, depth)?))
    }

    /// The value of a property, or that it is an accessor.
    fn element(
        &mut self,
        object: Gc<Object>,
        key: PropertyKey,
        depth: usize,
    ) -> Completion<String> {
        let own = self.vm.get_own_property(object, key)?;
        let Some(own) = own else { return Ok("undefined".to_owned()) };
        let is_there = |function: Option<Value>| function.is_some_and(|it| !it.is_undefined());
        match own.value {
            Some(value) => self.indented(2, |this| this.value(value, depth)),
            None => Ok(match (is_there(own.get), is_there(own.set)) {
                (true, true) => "[Getter/Setter]",
                (true, false) => "[Getter]",
                (false, true) => "[Setter]",
                (false, false) => "undefined",
            }
            .to_owned()),
        }
    }
}

/// What stands for an object that is too deep.
fn too_deep(names: &Names, is_array: bool) -> String {
    let fallback = if is_array { "Array" } else { "Object" };
    let name = names.prefix(fallback, "");
    let name = name.trim_end();
    if names.constructor.is_some() { format!("[{name}]") } else { name.to_owned() }
}
