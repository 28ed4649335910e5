//! Values to text (ECMA-262 §25.5.2).

use crate::bigint::BigInt;
use crate::builtins::string::Text;
use crate::heap::{Gc, RootedVec};
use crate::kinds;
use crate::object::{Object, PrimitiveWrapper};
use crate::operators::{
    as_object, is_callable, number_to_string, to_integer_or_infinity, to_number, to_string,
};
use crate::realm::RootShape;
use crate::string::{JsString, PropertyKey, Units};
use crate::value::Value;
use crate::vm::{Arguments, Completion, Throw, Vm};

/// What `JSON.stringify` has been asked for, and how far it is.
struct Writer {
    text: Text,
    /// `[[ReplacerFunction]]`, or `undefined`.
    replacer: Value,
    /// `[[PropertyList]]`
    names: Option<RootedVec<PropertyKey>>,
    /// `[[Gap]]`
    gap: Vec<u16>,
    /// The objects around what is being written, and by which key each was come by.
    stack: RootedVec<Value>,
    keys: RootedVec<PropertyKey>,
}

/// `JSON.stringify` (§25.5.2)
pub(super) fn stringify(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let [value, replacer, space] = [0, 1, 2].map(|index| arguments.get(index));
    let mut writer = Writer {
        text: Text::default(),
        replacer: Value::UNDEFINED,
        names: None,
        gap: Vec::new(),
        stack: vm.memory.rooted_vec(),
        keys: vm.memory.rooted_vec(),
    };
    if is_callable(replacer) {
        writer.replacer = replacer;
    } else if let Some(list) = as_object(replacer)
        && vm.is_array(replacer)?
    {
        writer.names = Some(property_list(vm, list)?);
    }
    writer.gap = gap(vm, space)?;
    let wrapper = Gc::<Object>::ordinary(&vm.memory, vm.realm().shape(RootShape::Object));
    let key = vm.memory.key("");
    vm.create_data_property(wrapper, key, value)?;
    if writer.property(vm, wrapper, key, value, &[])? {
        return writer.text.finish(vm);
    }
    Ok(Value::UNDEFINED)
}

/// The names that a list asks for, each once (§25.5.2, step 4.b).
fn property_list(vm: &mut Vm, list: Gc<Object>) -> Completion<RootedVec<PropertyKey>> {
    let mut names = vm.memory.rooted_vec();
    let mut seen = rustc_hash::FxHashSet::default();
    let length = vm.length_of_array_like(list)?;
    let mut index = 0_u32;
    while f64::from(index) < length {
        let item = vm.get(list, PropertyKey::index(index))?;
        index += 1;
        let inside = item.downcast::<PrimitiveWrapper>().map_or(item, |wrapper| wrapper.value());
        if !inside.is_number() && inside.downcast::<JsString>().is_none() {
            continue;
        }
        let name = to_string(vm, item)?;
        let key = vm.memory.key_of_string(name);
        if seen.insert(key.bits()) {
            names.push(key);
        }
    }
    Ok(names)
}

/// What each level is indented by.
fn gap(vm: &mut Vm, space: Value) -> Completion<Vec<u16>> {
    let mut space = space;
    if let Some(wrapper) = space.downcast::<PrimitiveWrapper>() {
        let inside = wrapper.value();
        if inside.is_number() {
            space = Value::number(to_number(vm, space)?);
        } else if inside.downcast::<JsString>().is_some() {
            space = Value::cell(to_string(vm, space)?);
        }
    }
    if space.is_number() {
        let count = to_integer_or_infinity(vm, space)?.clamp(0.0, 10.0) as usize;
        return Ok(vec![u16::from(b' '); count]);
    }
    Ok(space.downcast::<JsString>().map_or_else(Vec::new, |text| {
        let units = text.units(&vm.memory);
        units.slice(0, units.len().min(10)).to_utf16()
    }))
}

impl Writer {
    /// `SerializeJSONProperty` (§25.5.2.2): whether there was anything to write. What is
    /// `before` is written first, if so.
    fn property(
        &mut self,
        vm: &mut Vm,
        holder: Gc<Object>,
        key: PropertyKey,
        value: Value,
        before: &[Units<'_>],
    ) -> Completion<bool> {
        let mut value = value;
        if as_object(value).is_some() || value.kind() == Some(kinds::BIGINT) {
            let to_json = vm.read_property(value, vm.memory.keys().to_json, None)?;
            if is_callable(to_json) {
                let name = vm.memory.value_of_key(key);
                value = vm.call(to_json, value, &[name])?;
            }
        }
        if !self.replacer.is_undefined() {
            let name = vm.memory.value_of_key(key);
            value = vm.call(self.replacer, Value::cell(holder), &[name, value])?;
        }
        if let Some(wrapper) = value.downcast::<PrimitiveWrapper>() {
            let inside = wrapper.value();
            value = if inside.is_number() {
                Value::number(to_number(vm, value)?)
            } else if inside.downcast::<JsString>().is_some() {
                Value::cell(to_string(vm, value)?)
            } else if inside.is_bool() || inside.downcast::<BigInt>().is_some() {
                inside
            } else {
                value
            };
        }
        if value.is_undefined() || value.kind() == Some(kinds::SYMBOL) || is_callable(value) {
            return Ok(false);
        }
        for units in before {
            self.text.push(*units);
        }
        self.value(vm, key, value)?;
        self.text.check(vm)?;
        Ok(true)
    }

    fn value(&mut self, vm: &mut Vm, key: PropertyKey, value: Value) -> Completion<()> {
        if let Some(string) = value.downcast::<JsString>() {
            quote(&mut self.text, string.units(&vm.memory));
        } else if let Some(int) = value.as_int() {
            self.text.push_str(&int.to_string());
        } else if let Some(number) = value.as_number() {
            let text =
                if number.is_finite() { number_to_string(number) } else { "null".to_owned() };
            self.text.push_str(&text);
        } else if value.kind() == Some(kinds::BIGINT) {
            return Err(vm.throw_type_error("Do not know how to serialize a BigInt"));
        } else if let Some(object) = as_object(value) {
            if value.kind() == Some(kinds::RAW_JSON) {
                let raw = vm.get(object, vm.memory.key("rawJSON"))?;
                let raw = to_string(vm, raw)?;
                self.text.push(raw.units(&vm.memory));
                return Ok(());
            }
            return self.object(vm, key, object);
        } else {
            let word = match value {
                Value::TRUE => "true",
                Value::FALSE => "false",
                _ => "null",
            };
            self.text.push_str(word);
        }
        Ok(())
    }

    /// `SerializeJSONObject` (§25.5.2.5) and `SerializeJSONArray` (§25.5.2.6)
    fn object(&mut self, vm: &mut Vm, key: PropertyKey, object: Gc<Object>) -> Completion<()> {
        vm.check_native_stack()?;
        let value = Value::cell(object);
        if let Some(start) = self.stack.as_slice().iter().position(|outer| *outer == value) {
            return Err(self.throw_circular(vm, start, key));
        }
        self.stack.push(value);
        self.keys.push(key);
        if vm.is_array(value)? {
            self.array_members(vm, object)?;
        } else {
            self.object_members(vm, object)?;
        }
        self.stack.pop();
        self.keys.pop();
        Ok(())
    }

    fn array_members(&mut self, vm: &mut Vm, array: Gc<Object>) -> Completion<()> {
        self.text.push_str("[");
        let length = vm.length_of_array_like(array)?;
        let mut index = 0_u32;
        while f64::from(index) < length {
            if index > 0 {
                self.text.push_str(",");
            }
            self.break_line(self.stack.len());
            let key = PropertyKey::index(index);
            let value = vm.get(array, key)?;
            if !self.property(vm, array, key, value, &[])? {
                self.text.push_str("null");
            }
            index += 1;
        }
        if index > 0 {
            self.break_line(self.stack.len() - 1);
        }
        self.text.push_str("]");
        Ok(())
    }

    fn object_members(&mut self, vm: &mut Vm, object: Gc<Object>) -> Completion<()> {
        self.text.push_str("{");
        let own;
        let names = match &self.names {
            Some(names) => {
                let mut copy = vm.memory.rooted_vec();
                names.as_slice().iter().for_each(|name| copy.push(*name));
                own = copy;
                own.as_slice()
            }
            None => {
                own = vm.enumerable_own_names(object)?;
                own.as_slice()
            }
        };
        let mut is_first = true;
        for key in names {
            let value = vm.get(object, *key)?;
            let mut before = Text::default();
            if !is_first {
                before.push_str(",");
            }
            if !self.gap.is_empty() {
                before.push_unit(0x0A);
                for _ in 0..self.stack.len() {
                    before.push(Units::Utf16(&self.gap));
                }
            }
            let Some(name) = vm.memory.value_of_key(*key).downcast::<JsString>() else { continue };
            quote(&mut before, name.units(&vm.memory));
            before.push_str(if self.gap.is_empty() { ":" } else { ": " });
            if self.property(vm, object, *key, value, &[before.units()])? {
                is_first = false;
            }
        }
        if !is_first {
            self.break_line(self.stack.len() - 1);
        }
        self.text.push_str("}");
        Ok(())
    }

    /// A new line with so many gaps, if there are gaps.
    fn break_line(&mut self, levels: usize) {
        if !self.gap.is_empty() {
            self.text.push_unit(0x0A);
            for _ in 0..levels {
                self.text.push(Units::Utf16(&self.gap));
            }
        }
    }

    /// Says how an object leads back to itself, as V8 does.
    fn throw_circular(&self, vm: &mut Vm, start: usize, last: PropertyKey) -> Throw {
        /// So many lines are shown at the beginning; of those after, only the last.
        const SHOWN: usize = 2;
        let step = |key: PropertyKey| match key.as_index() {
            Some(index) => format!("index {index}"),
            None => format!("property '{}'", vm.display_key(key)),
        };
        let constructor = |index: usize| {
            let object = self.stack.get(index).unwrap_or(Value::UNDEFINED);
            format!("object with constructor '{}'", vm.constructor_name(object))
        };
        let mut message = format!(
            "Converting circular structure to JSON\n    --> starting at {}",
            constructor(start)
        );
        let count = self.stack.len();
        for index in start + 1..count {
            let at = index - start - 1;
            if at < SHOWN || index == count - 1 {
                let key = self.keys.get(index).map_or_else(String::new, step);
                message.push_str(&format!("\n    |     {key} -> {}", constructor(index)));
            } else if at == SHOWN {
                message.push_str("\n    |     ...");
            }
        }
        message.push_str(&format!("\n    --- {} closes the circle", step(last)));
        vm.throw_type_error(&message)
    }
}

/// `QuoteJSONString` (§25.5.2.3)
fn quote(text: &mut Text, units: Units<'_>) {
    text.push_unit(0x22);
    let mut start = 0;
    let is_plain = |unit: u16| {
        unit >= 0x20 && unit != 0x22 && unit != 0x5C && !(0xD800..=0xDFFF).contains(&unit)
    };
    let mut at = 0;
    while at < units.len() {
        let unit = units.at(at);
        if is_plain(unit) {
            at += 1;
            continue;
        }
        let (_, length) = units.code_point_at(at);
        if length == 2 {
            at += 2;
            continue;
        }
        text.push(units.slice(start, at));
        match unit {
            0x08 => text.push_str("\\b"),
            0x09 => text.push_str("\\t"),
            0x0A => text.push_str("\\n"),
            0x0C => text.push_str("\\f"),
            0x0D => text.push_str("\\r"),
            0x22 => text.push_str("\\\""),
            0x5C => text.push_str("\\\\"),
            _ => text.push_str(&format!("\\u{unit:04x}")),
        }
        at += 1;
        start = at;
    }
    text.push(units.slice(start, units.len()));
    text.push_unit(0x22);
}
