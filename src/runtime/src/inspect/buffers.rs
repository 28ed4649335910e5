//! Buffers, what looks at them, and dates.

use axil_engine::heap::Gc;
use axil_engine::kinds;
use axil_engine::object::{ArrayBuffer, DataView, Date, TypedArray};
use axil_engine::value::Value;
use axil_engine::vm::Completion;

use super::Inspector;
use super::constructor::Names;

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
        entries: &mut Vec<String>,
    ) -> Completion<()> {
        if let Some(array) = value.downcast::<TypedArray>() {
            let length = array.length().unwrap_or(0);
            let shown = length.min(self.options.max_array_length);
            for index in 0..shown {
                let element = array.element_at(&self.vm.memory, index);
                entries.push(self.primitive(element.unwrap_or(Value::UNDEFINED)));
            }
            match length - shown {
                0 => {}
                1 => entries.push("... 1 more item".to_owned()),
                more => entries.push(format!("... {more} more items")),
            }
        } else if let Some(buffer) = value.downcast::<ArrayBuffer>() {
            entries.push(self.contents(buffer));
            entries.push(format!("[byteLength]: {}", buffer.byte_length()));
        } else if let Some(view) = value.downcast::<DataView>() {
            let length = view.byte_length();
            let offset = length.map_or(0, |_| view.byte_offset);
            entries.push(format!("[byteLength]: {}", length.unwrap_or(0)));
            entries.push(format!("[byteOffset]: {offset}"));
            let buffer = self.indented(2, |this| this.value(Value::cell(view.buffer), depth))?;
            entries.push(format!("[buffer]: {buffer}"));
        }
        Ok(())
    }

    /// The bytes of a buffer, in hexadecimal digits.
    fn contents(&self, buffer: Gc<ArrayBuffer>) -> String {
        if buffer.is_detached() {
            return "(detached)".to_owned();
        }
        let bytes = buffer.bytes();
        let shown = bytes.len().min(self.options.max_array_length);
        let mut digits: Vec<String> =
            bytes[..shown].iter().map(|byte| format!("{byte:02x}")).collect();
        match bytes.len() - shown {
            0 => {}
            1 => digits.push("... 1 more byte".to_owned()),
            more => digits.push(format!("... {more} more bytes")),
        }
        format!("[Uint8Contents]: <{}>", digits.join(" "))
    }
}
