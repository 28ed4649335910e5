//! Primitive values, and strings in quotation marks.

use axil_engine::kinds;
use axil_engine::operators::number_to_string;
use axil_engine::string::{JsString, PropertyKey, Units};
use axil_engine::value::Value;
use axil_engine::vm::Completion;

use super::style::Style;
use super::{Compact, Inspector};

impl Inspector<'_> {
    /// A primitive value in its style.
    pub(super) fn primitive(&mut self, value: Value) -> Completion<String> {
        if let Some(string) = value.downcast::<JsString>() {
            return self.string(string);
        }
        let style = match value.kind() {
            Some(kinds::SYMBOL) => Style::Symbol,
            Some(kinds::BIGINT) => Style::BigInt,
            _ if value.is_number() => Style::Number,
            _ if value.is_bool() => Style::Boolean,
            _ if value.is_null() => Style::Null,
            _ => Style::Undefined,
        };
        let text = self.plain_primitive(value);
        self.stylize(text, style)
    }

    /// A primitive value without style, a string in one line.
    pub(super) fn plain_primitive(&self, value: Value) -> String {
        let memory = &self.vm.memory;
        if let Some(string) = value.downcast::<JsString>() {
            return quote(string.units(memory));
        }
        let is_grouped = self.request.options.numeric_separator;
        match value.as_number() {
            Some(number) => number_text(number, is_grouped),
            None if value.kind() == Some(kinds::BIGINT) => {
                let digits = self.vm.display(value);
                format!("{}n", if is_grouped { group(&digits) } else { digits })
            }
            None => self.vm.display(value),
        }
    }

    /// A string, its lines one below the other if it is long.
    fn string(&mut self, string: axil_engine::heap::Gc<JsString>) -> Completion<String> {
        /// A string of so many units is not taken apart.
        const SHORT: usize = 16;
        let options = self.request.options;
        let length = string.len() as usize;
        let mut trailer = String::new();
        let mut shown = length;
        if length as f64 > options.max_string_length {
            let most = options.max_string_length;
            // A negative end counts from the other one.
            let end = if most < 0.0 { length as f64 + most } else { most };
            shown = end.max(0.0) as usize;
            let left_out = length as f64 - most;
            let many = if left_out > 1.0 { "s" } else { "" };
            trailer = format!("... {} more character{many}", number_to_string(left_out));
        }
        let room = options.break_length - self.indentation as f64 - 4.0;
        let is_whole = options.compact == Compact::Always || shown <= SHORT || shown as f64 <= room;
        let units = string.units(&self.vm.memory).slice(0, shown);
        if is_whole {
            let text = quote(units);
            return Ok(self.stylize(text, Style::String)? + &trailer);
        }
        let mut lines = Vec::new();
        let mut begin = 0;
        for (index, unit) in units.iter().enumerate() {
            if unit == u16::from(b'\n') || index + 1 == shown {
                lines.push(quote(units.slice(begin, index + 1)));
                begin = index + 1;
            }
        }
        for line in &mut lines {
            *line = self.stylize(std::mem::take(line), Style::String)?;
        }
        let separator = format!(" +\n{}", " ".repeat(self.indentation + 2));
        Ok(lines.join(&separator) + &trailer)
    }

    /// A property key as it stands before a colon.
    pub(super) fn key(&mut self, key: PropertyKey, is_hidden: bool) -> Completion<String> {
        let text = self.vm.display_key(key);
        if key.as_symbol().is_some() {
            let escaped = escaped(&text);
            let text = self.stylize(escaped, Style::Symbol)?;
            return Ok(if is_hidden { format!("[{text}]") } else { text });
        }
        if text == "__proto__" {
            return Ok("['__proto__']".to_owned());
        }
        if is_hidden {
            return Ok(format!("[{}]", escaped(&text)));
        }
        self.key_text(&text)
    }

    /// A key that is a string: as it is if it looks like a name.
    pub(super) fn key_text(&mut self, text: &str) -> Completion<String> {
        let is_word = {
            let mut bytes = text.bytes();
            bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
                && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        if is_word {
            return self.stylize(text.to_owned(), Style::Name);
        }
        // A name in brackets stands for what is no property.
        if text.starts_with('[') && text.ends_with(']') && text[1..].starts_with("byte")
            || text == "[buffer]"
        {
            return self.stylize(text.to_owned(), Style::String);
        }
        let units: Vec<u16> = text.encode_utf16().collect();
        self.stylize(quote(Units::Utf16(&units)), Style::String)
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match u16::try_from(u32::from(c)) {
            Ok(unit) if c == '\'' => {
                let _ = unit;
                escaped.push_str("\\'");
            }
            Ok(unit) => escape(&mut escaped, unit),
            Err(_) => escaped.push(c),
        }
    }
    escaped
}

/// A number, its digits in groups of three if that is wanted.
pub(super) fn number_text(number: f64, is_grouped: bool) -> String {
    if number == 0.0 && number.is_sign_negative() {
        return "-0".to_owned();
    }
    let text = number_to_string(number);
    if !is_grouped || !number.is_finite() || text.contains('e') {
        return text;
    }
    match text.split_once('.') {
        None => group(&text),
        Some((integer, fraction)) => {
            let parts: Vec<&str> = fraction
                .as_bytes()
                .chunks(3)
                .map(|chunk| std::str::from_utf8(chunk).unwrap_or_default())
                .collect();
            format!("{}.{}", group(integer), parts.join("_"))
        }
    }
}

/// Digits in groups of three, from the right.
pub(super) fn group(digits: &str) -> String {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", digits),
    };
    let mut text = sign.to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
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
