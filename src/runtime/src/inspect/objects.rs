//! Objects: what kind they are, their elements and their properties.

use axil_engine::heap::{Gc, RootedVec};
use axil_engine::kinds;
use axil_engine::object::{Array, Object, PrimitiveWrapper, Promise, PromiseState, TypedArray};
use axil_engine::operators::{as_object, is_callable, to_number};
use axil_engine::realm::Intrinsic;
use axil_engine::string::{JsString, PropertyKey};
use axil_engine::value::Value;
use axil_engine::vm::{Completion, WellKnown};

use super::collections::Held;
use super::constructor::Names;
use super::layout::{Entries, Parts};
use super::property::Around;
use super::style::Style;
use super::{Compact, ENOUGH, Inspector};

/// What is known of an object before it is gone into.
struct Outline {
    /// What stands before the opening brace, or instead of all, with its style.
    base: (String, Option<Style>),
    braces: [String; 2],
    /// Whether the base is all if there are no properties.
    base_is_all: bool,
    /// What the object is if there are no properties.
    empty: Option<String>,
    /// Whether it is shown by its base alone if it is too deep.
    base_if_deep: bool,
    kind: Entries,
    held: Option<Held>,
}

impl Outline {
    fn new(prefix: &str) -> Self {
        Self {
            base: (String::new(), None),
            braces: [format!("{prefix}{{"), "}".to_owned()],
            base_is_all: false,
            empty: None,
            base_if_deep: false,
            kind: Entries::Properties,
            held: None,
        }
    }

    /// An object that has a text of its own.
    fn text(base: String, style: Option<Style>) -> Self {
        Self { base: (base, style), base_is_all: true, ..Self::new("") }
    }

    fn list(prefix: &str, kind: Entries) -> Self {
        Self { braces: [format!("{prefix}["), "]".to_owned()], kind, ..Self::new("") }
    }
}

impl Inspector<'_> {
    pub(super) fn object(
        &mut self,
        object: Gc<Object>,
        depth: usize,
        in_array: bool,
    ) -> Completion<String> {
        let (indentation, seen) = (self.indentation, self.seen.len());
        let mut name = None;
        let result = match self.vm.check_native_stack() {
            Ok(()) => self.shown_object(object, depth, in_array, &mut name),
            Err(throw) => Err(throw),
        };
        let Err(throw) = result else { return result };
        let Some(name) = name else { return Err(throw) };
        let exception = self.vm.take_exception();
        if !self.is_overflow(exception) {
            return Err(self.vm.throw(exception));
        }
        self.indentation = indentation;
        self.seen.truncate(seen);
        let text = "Inspection interrupted prematurely. Maximum call stack size exceeded.";
        self.stylize(format!("[{name}: {text}]"), Style::Special)
    }

    fn is_overflow(&mut self, exception: Value) -> bool {
        let Some(error) = as_object(exception) else { return false };
        let [name, message] = ["name", "message"].map(|name| {
            let value = self.get_quietly(error, name);
            value.and_then(|value| self.text(value)).unwrap_or_default()
        });
        name == "RangeError" && message == "Maximum call stack size exceeded"
    }

    fn shown_object(
        &mut self,
        object: Gc<Object>,
        depth: usize,
        in_array: bool,
        called: &mut Option<String>,
    ) -> Completion<String> {
        let names = self.names(object, depth)?;
        let mut keys = self.keys(object)?;
        let value = Value::cell(object);
        let outline = self.outline(object, &names, &mut keys)?;
        let is_bare = keys.is_empty() && names.inherited.is_empty();
        let (mut base, style) = outline.base;
        if is_bare {
            if let Some(empty) = outline.empty {
                return Ok(empty);
            }
            if in_array && value.kind() == Some(kinds::ARRAY_BUFFER) {
                let open = &outline.braces[0];
                let length = self.key_text("[byteLength]")?;
                let count = self.named_number(object, "byteLength")?;
                return Ok(format!("{open} {length}: {count} }}"));
            }
        }
        if (is_bare && outline.base_is_all) || (outline.base_if_deep && self.is_too_deep(depth)) {
            return match style {
                Some(style) => self.stylize(base, style),
                None => Ok(base),
            };
        }
        if self.is_too_deep(depth) {
            let fallback = if value.kind() == Some(kinds::ARRAY) { "Array" } else { "Object" };
            let name = names.prefix(fallback, "");
            let name = name.trim_end();
            let text =
                if names.constructor.is_some() { format!("[{name}]") } else { name.to_owned() };
            return self.stylize(text, Style::Special);
        }
        let (braces, kind) = (outline.braces, outline.kind);
        *called = Some(names.prefix("Object", "").trim_end().to_owned());
        self.seen.push(value);
        self.current_depth = depth + 1;
        let mut entries = Vec::new();
        self.contents(object, outline.held, depth + 1, in_array, &mut entries)?;
        let around = if kind == Entries::Properties { Around::Object } else { Around::List };
        let before_properties = entries.len();
        for index in 0..keys.len() {
            let Some(key) = keys.get(index) else { continue };
            entries.push(self.property(object, key, depth + 1, around)?);
        }
        entries.extend(names.inherited);
        let mut braces = braces;
        if let Some(index) = self.circular.as_slice().iter().position(|other| *other == value) {
            let reference = self.stylize(format!("<ref *{}>", index + 1), Style::Special)?;
            if self.request.options.compact == Compact::Always {
                braces[0] = format!("{reference} {}", braces[0]);
            } else {
                base = if base.is_empty() { reference } else { format!("{reference} {base}") };
            }
        }
        self.seen.pop();
        if self.request.options.sorted {
            let from = if kind == Entries::Properties { 0 } else { before_properties };
            self.sort(&mut entries[from..])?;
        }
        let kind = match kind {
            Entries::Elements { .. } => {
                let numbers = self.has_numbers_only(object, entries.len())?;
                Entries::Elements { numbers }
            }
            Entries::Properties => Entries::Properties,
        };
        let text = self.join(Parts { base, braces, entries, kind }, depth + 1);
        self.budget += text.len();
        if self.budget > ENOUGH {
            self.request.options.depth = Some(-1.0);
        }
        Ok(text)
    }

    /// Sorts texts as the program wants, or by their units.
    fn sort(&mut self, entries: &mut [String]) -> Completion<()> {
        let compare = self.request.compare;
        if compare.is_undefined() {
            entries.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
            return Ok(());
        }
        // A sort by insertion takes whatever the function says.
        for end in 1..entries.len() {
            let mut at = end;
            while at > 0 {
                let a = Value::cell(self.vm.memory.string(&entries[at - 1]));
                let b = Value::cell(self.vm.memory.string(&entries[at]));
                let order = self.vm.call(compare, Value::UNDEFINED, &[a, b])?;
                if to_number(self.vm, order)? > 0.0 {
                    entries.swap(at - 1, at);
                    at -= 1;
                } else {
                    break;
                }
            }
        }
        Ok(())
    }

    /// What kind of object it is.
    fn outline(
        &mut self,
        object: Gc<Object>,
        names: &Names,
        keys: &mut RootedVec<PropertyKey>,
    ) -> Completion<Outline> {
        let value = Value::cell(object);
        // Collections that cannot be iterated are objects like others.
        let is_list = names.constructor.is_none() || self.is_iterable(object)?;
        Ok(match value.kind() {
            Some(kinds::ARRAY) => {
                let length = value.downcast::<Array>().map_or(0, |array| array.length.get());
                let prefix = if names.is("Array") && names.tag.is_empty() {
                    String::new()
                } else {
                    names.prefix("Array", &format!("({length})"))
                };
                let empty = (length == 0).then(|| format!("{prefix}[]"));
                Outline { empty, ..Outline::list(&prefix, Entries::Elements { numbers: false }) }
            }
            _ if is_callable(value) => {
                Outline::text(self.function(object, names)?, Some(Style::Special))
            }
            Some(kinds::ARGUMENTS) if names.is("Object") => {
                let empty = Some("[Arguments] {}".to_owned());
                Outline { empty, ..Outline::new("[Arguments] ") }
            }
            _ if self.is_error(object, names)? => {
                Outline::text(self.error(object, names, keys)?, None)
            }
            Some(kinds::TYPED_ARRAY) => {
                let array = value.downcast::<TypedArray>();
                let class = array.map_or("TypedArray", |array| array.element.class_name());
                let length = array.and_then(|array| array.length()).unwrap_or(0);
                let prefix = names.prefix(class, &format!("({length})"));
                let is_empty = length == 0 && !self.request.options.show_hidden;
                let empty = is_empty.then(|| format!("{prefix}[]"));
                Outline { empty, ..Outline::list(&prefix, Entries::Elements { numbers: true }) }
            }
            Some(kinds::DATE) => {
                let text = value.downcast().map_or_else(String::new, |date| self.date(date, names));
                Outline::text(text, Some(Style::Date))
            }
            Some(kinds::REGEXP) => {
                let text = self.regexp(object, names)?;
                // It is one even where properties follow.
                let text = self.stylize(text, Style::RegExp)?;
                Outline { base_if_deep: true, ..Outline::text(text, None) }
            }
            Some(kinds::PROMISE) => Outline::new(&names.prefix("Promise", "")),
            Some(kinds::NAMESPACE) => Outline::new(&names.prefix("Module", "")),
            Some(kinds::PRIMITIVE_WRAPPER) => {
                let text = self.wrapper(value, names)?;
                let style = match value.downcast::<PrimitiveWrapper>().map(|it| it.value()) {
                    Some(inside) if inside.is_bool() => Style::Boolean,
                    Some(inside) => match inside.kind() {
                        Some(kinds::STRING) => Style::String,
                        Some(kinds::SYMBOL) => Style::Symbol,
                        Some(kinds::BIGINT) => Style::BigInt,
                        _ => Style::Number,
                    },
                    None => Style::Number,
                };
                Outline::text(text, Some(style))
            }
            _ if let Some(prefix) = Self::bytes_prefix(value, names) => Outline::new(&prefix),
            _ if let Some((prefix, held)) = self.collection(object, names)
                && (is_list || matches!(value.kind(), Some(kinds::WEAK_MAP | kinds::WEAK_SET))) =>
            {
                let is_empty =
                    matches!(&held, Held::Entries(cursor, _) if cursor.clone().next().is_none());
                let is_plain =
                    !matches!(value.kind(), Some(kinds::MAP_ITERATOR | kinds::SET_ITERATOR));
                let empty = (is_empty && is_plain).then(|| format!("{prefix}{{}}"));
                Outline { held: Some(held), empty, ..Outline::new(&prefix) }
            }
            _ => {
                let prefix = if names.is("Object") && names.tag.is_empty() {
                    String::new()
                } else {
                    names.prefix("Object", "")
                };
                Outline { empty: Some(format!("{prefix}{{}}")), ..Outline::new(&prefix) }
            }
        })
    }

    /// Whether it is an error, or inherits from those.
    fn is_error(&mut self, object: Gc<Object>, names: &Names) -> Completion<bool> {
        match Value::cell(object).kind() {
            Some(kinds::ERROR) => return Ok(true),
            Some(kinds::OBJECT | kinds::HOST) if !names.is("Object") => {}
            _ => return Ok(false),
        }
        let errors = self.vm.realm().get(Intrinsic::ErrorPrototype);
        let mut at = self.vm.get_prototype_of(object)?;
        while let Some(prototype) = at {
            if prototype == errors {
                return Ok(true);
            }
            at = self.vm.get_prototype_of(prototype)?;
        }
        Ok(false)
    }

    fn is_iterable(&mut self, object: Gc<Object>) -> Completion<bool> {
        let is_any = matches!(
            Value::cell(object).kind(),
            Some(kinds::MAP | kinds::SET | kinds::MAP_ITERATOR | kinds::SET_ITERATOR)
        );
        let key = self.vm.well_known_key(WellKnown::Iterator);
        Ok(is_any && self.vm.has_property(object, key)?)
    }

    /// What an object holds beside properties.
    fn contents(
        &mut self,
        object: Gc<Object>,
        held: Option<Held>,
        depth: usize,
        in_array: bool,
        entries: &mut Vec<String>,
    ) -> Completion<()> {
        let value = Value::cell(object);
        if let Some(array) = value.downcast::<Array>() {
            self.elements(array, depth, entries)?;
        }
        self.bytes(value, depth, in_array, entries)?;
        if let Some(held) = held {
            self.collected(held, depth, entries)?;
        }
        if let Some(promise) = value.downcast::<Promise>() {
            entries.push(self.promise(promise, depth)?);
        }
        if value.kind() == Some(kinds::NAMESPACE) {
            self.exports(object, depth, entries)?;
        }
        Ok(())
    }

    /// A regular expression as a literal.
    fn regexp(&mut self, object: Gc<Object>, names: &Names) -> Completion<String> {
        let mut literal = String::new();
        for name in ["source", "flags"] {
            literal.push('/');
            let key = self.vm.memory.literal_key(name);
            // Without a prototype it has no `source`; then it says what it is all the same.
            let value = if names.constructor.is_some() {
                self.vm.get(object, key)?
            } else {
                let prototype = self.vm.realm().get(Intrinsic::RegExpPrototype);
                self.vm.get_with_receiver(prototype, key, Value::cell(object))?
            };
            literal.push_str(&self.vm.display(value));
        }
        Ok(match names.prefix("RegExp", "").as_str() {
            "RegExp " => literal,
            prefix => format!("{prefix}{literal}"),
        })
    }

    /// What has become of a promise.
    fn promise(&mut self, promise: Gc<Promise>, depth: usize) -> Completion<String> {
        let result = promise.result();
        match promise.state() {
            PromiseState::Pending => self.stylize("<pending>".to_owned(), Style::Special),
            PromiseState::Fulfilled => self.indented(2, |this| this.value(result, depth)),
            PromiseState::Rejected => {
                let reason = self.indented(2, |this| this.value(result, depth))?;
                let mark = self.stylize("<rejected>".to_owned(), Style::Special)?;
                Ok(format!("{mark} {reason}"))
            }
        }
    }

    /// The exports of a module; those that have no value yet are said to have none.
    fn exports(
        &mut self,
        object: Gc<Object>,
        depth: usize,
        entries: &mut Vec<String>,
    ) -> Completion<()> {
        let keys = self.vm.own_property_keys(object)?;
        for index in 0..keys.len() {
            let Some(key) = keys.get(index).filter(|key| key.as_symbol().is_none()) else {
                continue;
            };
            if self.vm.get_own_property(object, key).is_ok() {
                entries.push(self.property(object, key, depth, Around::Object)?);
            } else {
                self.vm.take_exception();
                let name = self.key(key, false)?;
                let mark = self.stylize("<uninitialized>".to_owned(), Style::Special)?;
                entries.push(format!("{name}: {mark}"));
            }
        }
        Ok(())
    }

    /// The keys of the properties to be shown, without an array's elements and a string's
    /// units.
    fn keys(&mut self, object: Gc<Object>) -> Completion<RootedVec<PropertyKey>> {
        let value = Value::cell(object);
        let is_list = matches!(value.kind(), Some(kinds::ARRAY | kinds::TYPED_ARRAY));
        let all = if is_list {
            self.vm.own_named_keys(object)
        } else {
            self.vm.own_property_keys(object)?
        };
        let is_namespace = value.kind() == Some(kinds::NAMESPACE);
        let units = value
            .downcast::<PrimitiveWrapper>()
            .and_then(|wrapper| wrapper.value().downcast::<JsString>())
            .map_or(0, |string| string.len());
        let show_hidden = self.request.options.show_hidden;
        let mut keys = self.vm.memory.rooted_vec();
        for index in 0..all.len() {
            let Some(key) = all.get(index) else { continue };
            if let Some(index) = key.as_index()
                && (is_list || index < units)
            {
                continue;
            }
            if is_namespace && key.as_symbol().is_none() {
                continue;
            }
            if show_hidden {
                keys.push(key);
                continue;
            }
            let own = self.vm.get_own_property(object, key)?;
            if own.is_some_and(|own| own.enumerable == Some(true)) {
                keys.push(key);
            }
        }
        Ok(keys)
    }

    /// A Boolean, Number, String or Symbol object.
    fn wrapper(&mut self, value: Value, names: &Names) -> Completion<String> {
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
        Ok(format!("[{kind}{class}: {}]{tag}", self.plain_primitive(inside)))
    }

    fn elements(
        &mut self,
        array: Gc<Array>,
        depth: usize,
        entries: &mut Vec<String>,
    ) -> Completion<()> {
        let length = array.length.get();
        let object = array.as_object();
        let most = self.most(length as usize);
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
            let text = format!("<{} empty {items}>", index - begin);
            entries.push(self.stylize(text, Style::Undefined)?);
        }
        let max = self.request.options.max_array_length;
        let is_cut = index < length && max.is_finite();
        if is_cut {
            let shown = if index as usize == most { max.max(0.0) } else { index.into() };
            entries.extend(left_out(f64::from(length) - shown, "item"));
        }
        Ok(())
    }

    /// How many of so many elements are shown.
    pub(super) fn most(&self, count: usize) -> usize {
        let max = self.request.options.max_array_length;
        if max.is_nan() { 0 } else { (max.max(0.0).ceil() as usize).min(count) }
    }

    /// Adds how many of so many elements are not shown.
    pub(super) fn add_left_out(&self, count: usize, what: &str, entries: &mut Vec<String>) {
        let max = self.request.options.max_array_length.max(0.0).min(count as f64);
        if !self.request.options.max_array_length.is_nan() {
            entries.extend(left_out(count as f64 - max, what));
        }
    }

    /// The first element from an index on.
    fn next_element(&mut self, object: Gc<Object>, from: u32, length: u32) -> Completion<u32> {
        // The keys are few where elements are far apart.
        let keys = self.vm.own_property_keys(object)?;
        let after = keys.as_slice().iter().filter_map(|key| key.as_index());
        Ok(after.filter(|index| *index >= from).min().unwrap_or(length).min(length))
    }

    /// Whether so many elements are all numbers: they stand to the right then.
    fn has_numbers_only(&mut self, object: Gc<Object>, count: usize) -> Completion<bool> {
        for index in 0..count as u32 {
            let value = self.vm.get(object, PropertyKey::index(index))?;
            if !value.is_number() && value.kind() != Some(kinds::BIGINT) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// What says how many are not shown.
pub(super) fn left_out(count: f64, what: &str) -> Option<String> {
    let many = if count > 1.0 { "s" } else { "" };
    let number = axil_engine::operators::number_to_string(count);
    (count > 0.0).then(|| format!("... {number} more {what}{many}"))
}
