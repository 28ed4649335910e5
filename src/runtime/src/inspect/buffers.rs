//! Buffers, what looks at them, and dates.

use axil_engine::heap::Gc;
use axil_engine::kinds;
use axil_engine::object::{ArrayBuffer, DataView, Date, Object, TypedArray};
use axil_engine::value::Value;
use axil_engine::vm::Completion;

use super::Inspector;
use super::constructor::Names;
use super::objects::left_out;
use super::style::Style;

impl Inspector<'_> {
    /// A date without its properties.
    pub(super) fn date(&self, date: Gc<Date>, names: &Names) -> String {
        let text = self.vm.iso_date(date.value.get());
        let text = text.unwrap_or_else(|| "Invalid Date".to_owned());
        match names.prefix("Date", "").as_str() {
            "Date " => text,
            prefix => format!("{prefix}{text}"),
        }
    }

    /// What the text of a buffer or a `DataView` begins with.
    pub(super) fn bytes_prefix(value: Value, names: &Names) -> Option<String> {
        let fallback = match value.downcast::<ArrayBuffer>() {
            Some(buffer) if buffer.is_shared => "SharedArrayBuffer",
            Some(_) => "ArrayBuffer",
            None if value.kind() == Some(kinds::DATA_VIEW) => "DataView",
            None => return None,
        };
        Some(names.prefix(fallback, ""))
    }

    /// What is inside of a typed array, a buffer or a `DataView`.
    pub(super) fn bytes(
        &mut self,
        value: Value,
        depth: usize,
        in_array: bool,
        entries: &mut Vec<String>,
    ) -> Completion<()> {
        if let Some(array) = value.downcast::<TypedArray>() {
            let length = array.length().unwrap_or(0);
            for index in 0..self.most(length) {
                let element = array.element_at(&self.vm.memory, index);
                entries.push(self.primitive(element.unwrap_or(Value::UNDEFINED))?);
            }
            self.add_left_out(length, "item", entries);
            if self.request.options.show_hidden {
                let hidden = ["BYTES_PER_ELEMENT", "length", "byteLength", "byteOffset", "buffer"];
                for name in hidden {
                    let key = self.vm.memory.literal_key(name);
                    let property = self.vm.get(array.as_object(), key)?;
                    let text = self.indented(2, |this| this.value_in(property, depth, true))?;
                    entries.push(format!("[{name}]: {text}"));
                }
            }
        } else if let Some(buffer) = value.downcast::<ArrayBuffer>() {
            if !in_array {
                entries.push(self.octets(buffer)?);
            }
            self.named(buffer.as_object(), "byteLength", depth, entries)?;
        } else if let Some(view) = value.downcast::<DataView>() {
            for name in ["byteLength", "byteOffset", "buffer"] {
                self.named(view.as_object(), name, depth, entries)?;
            }
        }
        Ok(())
    }

    /// `[name]: value`
    fn named(
        &mut self,
        object: Gc<Object>,
        name: &'static str,
        depth: usize,
        entries: &mut Vec<String>,
    ) -> Completion<()> {
        let key = self.key_text(&format!("[{name}]"))?;
        let property = self.vm.memory.literal_key(name);
        let value = self.vm.get(object, property)?;
        let text = self.indented(2, |this| this.value(value, depth))?;
        entries.push(format!("{key}: {text}"));
        Ok(())
    }

    /// The text of a property that is a number.
    pub(super) fn named_number(
        &mut self,
        object: Gc<Object>,
        name: &'static str,
    ) -> Completion<String> {
        let key = self.vm.memory.literal_key(name);
        let value = self.vm.get(object, key)?;
        self.primitive(value)
    }

    /// The bytes of a buffer, in hexadecimal digits.
    fn octets(&mut self, buffer: Gc<ArrayBuffer>) -> Completion<String> {
        if buffer.is_detached() {
            return self.stylize("(detached)".to_owned(), Style::Special);
        }
        let bytes = buffer.bytes();
        let shown = self.most(bytes.len());
        let mut digits: Vec<String> =
            bytes[..shown].iter().map(|byte| format!("{byte:02x}")).collect();
        digits.extend(left_out((bytes.len() - shown) as f64, "byte"));
        let name = self.stylize("[Uint8Contents]".to_owned(), Style::Special)?;
        Ok(format!("{name}: <{}>", digits.join(" ")))
    }
}
