//! Primitive values, and strings in quotation marks.

use axil_engine::operators::number_to_string;
use axil_engine::string::{JsString, PropertyKey, Units};
use axil_engine::value::Value;

use super::Inspector;

impl Inspector<'_> {
    pub(super) fn primitive(&self, value: Value) -> String {
        let memory = &self.vm.memory;
        if let Some(string) = value.downcast::<JsString>() {
            return self.string(string.units(memory));
        }
        if value == Value::NEGATIVE_ZERO {
            return "-0".to_owned();
        }
        match value.as_number() {
            Some(number) => number_to_string(number),
            None if value.kind() == Some(axil_engine::kinds::BIGINT) => {
                format!("{}n", self.vm.display(value))
            }
            None => self.vm.display(value),
        }
    }

    /// A string, its lines one below the other if it is long.
    fn string(&self, units: Units<'_>) -> String {
        /// A string of so many units is not taken apart.
        const SHORT: usize = 16;
        let shown = units.len().min(self.options.max_string_length);
        let left_out = units.len() - shown;
        let units = units.slice(0, shown);
        let trailer = match left_out {
            0 => String::new(),
            1 => "... 1 more character".to_owned(),
            many => format!("... {many} more characters"),
        };
        let room = self.options.break_length.saturating_sub(self.indentation + 4);
        if shown <= SHORT || shown <= room {
            return quote(units) + &trailer;
        }
        let separator = format!(" +\n{}", " ".repeat(self.indentation + 2));
        let mut lines = Vec::new();
        let mut begin = 0;
        for (index, unit) in units.iter().enumerate() {
            if unit == u16::from(b'\n') || index + 1 == shown {
                lines.push(quote(units.slice(begin, index + 1)));
                begin = index + 1;
            }
        }
        lines.join(&separator) + &trailer
    }

    /// A property key as it stands before a colon.
    pub(super) fn key(&self, key: PropertyKey) -> String {
        let text = self.vm.display_key(key);
        let is_word = |text: &str| {
            let mut bytes = text.bytes();
            bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
                && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        if key.as_symbol().is_some() {
            let mut escaped = String::new();
            for unit in text.encode_utf16() {
                escape(&mut escaped, unit);
            }
            escaped
        } else if text == "__proto__" {
            "['__proto__']".to_owned()
        } else if is_word(&text) {
            text
        } else {
            let units: Vec<u16> = text.encode_utf16().collect();
            quote(Units::Utf16(&units))
        }
    }
}

/// A string in those quotation marks of which it has none, if there are any.
pub fn quote(units: Units<'_>) -> String {
    let has = |mark: char| units.iter().any(|unit| unit == mark as u16);
    let substitution = |index: usize| {
        units.at(index) == u16::from(b'$') && units.get(index + 1) == Some(u16::from(b'{'))
    };
    let mark = if !has('\'') {
        '\''
    } else if !has('"') {
        '"'
    } else if !has('`') && !(0..units.len()).any(substitution) {
        '`'
    } else {
        '\''
    };
    let mut text = String::with_capacity(units.len() + 2);
    text.push(mark);
    let mut index = 0;
    while index < units.len() {
        let (point, width) = units.code_point_at(index);
        match char::from_u32(point) {
            Some(c) if c == mark => {
                text.push('\\');
                text.push(c);
            }
            Some(c) if point > 0xFFFF => text.push(c),
            _ => escape(&mut text, point as u16),
        }
        index += width;
    }
    text.push(mark);
    text
}

/// Adds a unit, escaped if it would not be seen.
fn escape(text: &mut String, unit: u16) {
    match unit {
        0x08 => text.push_str("\\b"),
        0x09 => text.push_str("\\t"),
        0x0A => text.push_str("\\n"),
        0x0C => text.push_str("\\f"),
        0x0D => text.push_str("\\r"),
        0x5C => text.push_str("\\\\"),
        0x00..0x20 | 0x7F..0xA0 => text.push_str(&format!("\\x{unit:02X}")),
        _ => match char::from_u32(unit.into()) {
            Some(c) => text.push(c),
            None => text.push_str(&format!("\\u{unit:x}")),
        },
    }
}
