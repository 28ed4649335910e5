//! Values to text (ECMA-262 §25.5.2).

mod plan;
mod quote;

use std::rc::Rc;

use crate::bigint::BigInt;
use crate::builtins::string::Text;
use crate::heap::{Gc, RootedVec};
use crate::kinds;
use crate::object::{Array, Object, PrimitiveWrapper};
use crate::operators::{
    NumberText, as_object, is_callable, to_integer_or_infinity, to_number, to_string,
};
use crate::realm::RootShape;
use crate::string::{JsString, PropertyKey};
use crate::value::Value;
use crate::vm::{Arguments, Completion, Throw, Vm};
use plan::Plan;
pub(super) use plan::Plans;
use quote::quote;

/// What `JSON.stringify` has been asked for, and how far it is.
struct Writer {
    text: Text,
    /// `[[ReplacerFunction]]`, or `undefined`.
    replacer: Value,
    /// `[[PropertyList]]`
    names: Option<RootedVec<PropertyKey>>,
    /// `[[Gap]]`
    gap: Text,
    /// The objects around what is being written, and by which key each was come by.
    stack: RootedVec<Value>,
    keys: RootedVec<PropertyKey>,
    plans: Rc<Plans>,
}

/// The bytes that there is room for from the beginning.
const ROOM: usize = 256;

/// `JSON.stringify` (§25.5.2)
pub(super) fn stringify(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let [value, replacer, space] = [0, 1, 2].map(|index| arguments.get(index));
    let outer = vm.json.outer.take();
    let (stack, keys) = outer.unwrap_or_else(|| (vm.memory.rooted_vec(), vm.memory.rooted_vec()));
    let mut writer = Writer {
        text: Text::Latin1(Vec::with_capacity(ROOM)),
        replacer: Value::UNDEFINED,
        names: None,
        gap: Text::default(),
        plans: Rc::clone(&vm.json.plans),
        stack,
        keys,
    };
    if is_callable(replacer) {
        writer.replacer = replacer;
    } else if let Some(list) = as_object(replacer)
        && vm.is_array(replacer)?
    {
        writer.names = Some(property_list(vm, list)?);
    }
    writer.gap = gap(vm, space)?;
    let key = vm.memory.keys().empty;
    // Only a replacer gets to see what the value is a property of.
    let wrapper = if writer.replacer.is_undefined() {
        None
    } else {
        let wrapper = Gc::<Object>::ordinary(&vm.memory, vm.realm().shape(RootShape::Object));
        vm.create_data_property(wrapper, key, value)?;
        Some(wrapper)
    };
    let Some(value) = writer.prepare(vm, wrapper, key, value)? else {
        return Ok(Value::UNDEFINED);
    };
    writer.value(vm, key, value)?;
    let Writer { text, stack, keys, .. } = writer;
    vm.json.outer.set(Some((stack, keys)));
    text.finish(vm)
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
fn gap(vm: &mut Vm, space: Value) -> Completion<Text> {
    let mut gap = Text::default();
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
        gap.push_ascii(&b"          "[..count]);
    } else if let Some(text) = space.downcast::<JsString>() {
        let units = text.units(&vm.memory);
        gap.push(units.slice(0, units.len().min(10)));
    }
    Ok(gap)
}

impl Writer {
    /// `SerializeJSONProperty` (§25.5.2.2), but for the writing: what is to be written of
    /// a property, if anything.
    #[inline(always)]
    fn prepare(
        &mut self,
        vm: &mut Vm,
        holder: Option<Gc<Object>>,
        key: PropertyKey,
        value: Value,
    ) -> Completion<Option<Value>> {
        if self.replacer.is_undefined() {
            match value.kind() {
                None => return Ok(Some(value).filter(|value| !value.is_undefined())),
                Some(kinds::STRING) => return Ok(Some(value)),
                Some(kinds::OBJECT | kinds::ARRAY)
                    if as_object(value)
                        .is_some_and(|object| self.plans.lacks_to_json(vm, object)) =>
                {
                    return Ok(Some(value));
                }
                Some(_) => {}
            }
        }
        self.prepare_slowly(vm, holder, key, value)
    }

    #[inline(never)]
    fn prepare_slowly(
        &mut self,
        vm: &mut Vm,
        holder: Option<Gc<Object>>,
        key: PropertyKey,
        value: Value,
    ) -> Completion<Option<Value>> {
        let mut value = value;
        if as_object(value).is_some() || value.kind() == Some(kinds::BIGINT) {
            let to_json = vm.read_property(value, vm.memory.keys().to_json, None)?;
            if is_callable(to_json) {
                let name = vm.memory.value_of_key(key);
                value = vm.call(to_json, value, &[name])?;
            }
        }
        if let Some(holder) = holder.filter(|_| !self.replacer.is_undefined()) {
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
        let is_nothing =
            value.is_undefined() || value.kind() == Some(kinds::SYMBOL) || is_callable(value);
        Ok((!is_nothing).then_some(value))
    }

    /// Writes what has been prepared.
    #[inline(always)]
    fn value(&mut self, vm: &mut Vm, key: PropertyKey, value: Value) -> Completion<()> {
        if let Some(string) = value.downcast::<JsString>() {
            quote(&mut self.text, string.units(&vm.memory));
            return Ok(());
        }
        if let Some(int) = value.as_int() {
            let (digits, count) = digits(int);
            self.text.push_padded(&digits, count);
            return Ok(());
        }
        self.rare_value(vm, key, value)
    }

    #[inline(never)]
    fn rare_value(&mut self, vm: &mut Vm, key: PropertyKey, value: Value) -> Completion<()> {
        if let Some(number) = value.as_number() {
            if number.is_finite() {
                self.text.push_ascii(NumberText::new().format(number));
            } else {
                self.text.push_ascii(b"null");
            }
        } else if value.kind() == Some(kinds::BIGINT) {
            return Err(vm.throw_type_error("Do not know how to serialize a BigInt"));
        } else if let Some(object) = as_object(value) {
            if value.kind() == Some(kinds::RAW_JSON) {
                let raw = vm.get(object, vm.memory.literal_key("rawJSON"))?;
                let raw = to_string(vm, raw)?;
                self.text.push(raw.units(&vm.memory));
                return Ok(());
            }
            return self.object(vm, key, object);
        } else {
            self.text.push_ascii(match value {
                Value::TRUE => b"true",
                Value::FALSE => b"false",
                _ => b"null",
            });
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
        } else if self.names.is_none()
            && let Some(plan) = self.plans.find(vm, object)
        {
            self.planned_members(vm, object, &plan)?;
        } else {
            self.object_members(vm, object)?;
        }
        self.stack.pop();
        self.keys.pop();
        Ok(())
    }

    fn array_members(&mut self, vm: &mut Vm, array: Gc<Object>) -> Completion<()> {
        self.text.push_ascii(b"[");
        let is_array = array.header().kind() == kinds::ARRAY;
        let length = match Value::cell(array).downcast::<Array>() {
            Some(array) => f64::from(array.length.get()),
            None => vm.length_of_array_like(array)?,
        };
        let mut index = 0_u32;
        while f64::from(index) < length {
            if index > 0 {
                self.text.push_ascii(b",");
            }
            self.break_line(self.stack.len());
            let key = PropertyKey::index(index);
            let element = if is_array { array.element(index) } else { Value::EMPTY };
            let value = if element.is_empty() { vm.get(array, key)? } else { element };
            match self.prepare(vm, Some(array), key, value)? {
                Some(value) => self.value(vm, key, value)?,
                None => self.text.push_ascii(b"null"),
            }
            self.text.check(vm)?;
            index += 1;
        }
        if index > 0 {
            self.break_line(self.stack.len() - 1);
        }
        self.text.push_ascii(b"]");
        Ok(())
    }

    /// The members of an object for which there is a plan.
    fn planned_members(&mut self, vm: &mut Vm, object: Gc<Object>, plan: &Plan) -> Completion<()> {
        self.text.push_ascii(b"{");
        let shape = object.shape(&vm.memory);
        let mut is_first = true;
        for field in &plan.fields {
            // Functions that have been called may have changed the object.
            let value = if object.shape(&vm.memory) == shape {
                object.get_slot(&vm.memory, field.slot)
            } else {
                vm.get(object, field.key)?
            };
            let Some(value) = self.prepare(vm, Some(object), field.key, value)? else { continue };
            if self.gap.is_empty() {
                plan.push_text(field, &mut self.text, is_first);
            } else {
                if !is_first {
                    self.text.push_ascii(b",");
                }
                self.break_line(self.stack.len());
                plan.push_text(field, &mut self.text, true);
                self.text.push_ascii(b" ");
            }
            is_first = false;
            self.value(vm, field.key, value)?;
            self.text.check(vm)?;
        }
        // Up to here the plan's keys are in use, which the shape keeps alive.
        std::hint::black_box(shape);
        if !is_first {
            self.break_line(self.stack.len() - 1);
        }
        self.text.push_ascii(b"}");
        Ok(())
    }

    fn object_members(&mut self, vm: &mut Vm, object: Gc<Object>) -> Completion<()> {
        self.text.push_ascii(b"{");
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
            let Some(value) = self.prepare(vm, Some(object), *key, value)? else { continue };
            if !is_first {
                self.text.push_ascii(b",");
            }
            is_first = false;
            self.break_line(self.stack.len());
            if let Some(name) = vm.memory.value_of_key(*key).downcast::<JsString>() {
                quote(&mut self.text, name.units(&vm.memory));
            }
            self.text.push_ascii(if self.gap.is_empty() { b":" } else { b": " });
            self.value(vm, *key, value)?;
            self.text.check(vm)?;
        }
        if !is_first {
            self.break_line(self.stack.len() - 1);
        }
        self.text.push_ascii(b"}");
        Ok(())
    }

    /// A new line with so many gaps, if there are gaps.
    #[inline]
    fn break_line(&mut self, levels: usize) {
        if !self.gap.is_empty() {
            self.text.push_ascii(b"\n");
            for _ in 0..levels {
                self.text.push(self.gap.units());
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

/// The digits of an integer, with its sign, and how many there are; behind them is nothing
/// of meaning.
#[inline(always)]
fn digits(int: i32) -> ([u8; 16], usize) {
    let mut digits = [0; 16];
    let mut at = digits.len();
    let mut left = int.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    if int < 0 {
        at -= 1;
        digits[at] = b'-';
    }
    let digits = u128::from_le_bytes(digits) >> (8 * at);
    (digits.to_le_bytes(), 16 - at)
}
