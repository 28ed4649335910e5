//! JSON text as `JSON.stringify` lays it out.

use super::TooDeep;

/// A JSON text under construction.
///
/// Fields are given with their punctuation, `,"name":`, so that on one line a
/// field costs one copy.
pub(super) struct Json {
    text: Vec<u8>,
    /// Spaces a level; `None` for all on one line.
    indent: Option<usize>,
    /// How many objects and arrays are open.
    depth: usize,
    too_deep: bool,
}

impl Json {
    pub(super) fn new(capacity: usize, indent: Option<u8>) -> Self {
        let indent = indent.filter(|&spaces| spaces > 0).map(|spaces| usize::from(spaces.min(10)));
        Self { text: Vec::with_capacity(capacity), indent, depth: 0, too_deep: false }
    }

    pub(super) fn finish(self) -> Result<String, TooDeep> {
        if self.too_deep {
            return Err(TooDeep);
        }
        Ok(String::from_utf8(self.text).expect("WTF-8 was escaped to UTF-8"))
    }

    /// Whether the text outgrew its limit and nothing more is worth writing.
    #[inline]
    pub(super) fn is_too_deep(&self) -> bool {
        self.too_deep
    }

    /// Opens an object; `head` is `{` or `{"name":"value"`.
    #[inline]
    pub(super) fn open_object(&mut self, head: &'static str) {
        if self.indent.is_none() {
            self.text.extend_from_slice(head.as_bytes());
            return;
        }
        self.text.push(b'{');
        self.go_deeper();
        if let Some((name, value)) = head[1..].split_once(':') {
            self.new_line();
            for part in [name, ": ", value] {
                self.raw(part);
            }
        }
    }

    #[inline]
    pub(super) fn close_object(&mut self) {
        self.close(b'}');
    }

    #[inline]
    pub(super) fn open_array(&mut self) {
        self.text.push(b'[');
        if self.indent.is_some() {
            self.go_deeper();
            self.new_line();
        }
    }

    #[inline]
    pub(super) fn next_element(&mut self) {
        self.text.push(b',');
        if self.indent.is_some() {
            self.new_line();
        }
    }

    #[inline]
    pub(super) fn close_array(&mut self) {
        self.close(b']');
    }

    #[inline]
    fn close(&mut self, bracket: u8) {
        if self.indent.is_some() {
            self.depth -= 1;
            self.new_line();
        }
        self.text.push(bracket);
    }

    /// Begins a field; `name` is `,"name":`.
    #[inline]
    pub(super) fn field(&mut self, name: &'static str) {
        if self.indent.is_none() {
            self.text.extend_from_slice(name.as_bytes());
            return;
        }
        self.text.push(b',');
        self.first_field(&name[1..]);
    }

    /// Begins the first field of an object; `name` is `"name":`.
    #[inline]
    pub(super) fn first_field(&mut self, name: &'static str) {
        if self.indent.is_none() {
            self.text.extend_from_slice(name.as_bytes());
            return;
        }
        self.new_line();
        self.raw(name);
        self.text.push(b' ');
    }

    #[cold]
    fn go_deeper(&mut self) {
        self.depth += 1;
        self.too_deep |= self.depth > TooDeep::LIMIT;
    }

    #[cold]
    fn new_line(&mut self) {
        let spaces = if self.too_deep { 0 } else { self.depth * self.indent.unwrap_or(0) };
        self.text.push(b'\n');
        self.text.resize(self.text.len() + spaces, b' ');
    }

    /// Text that is JSON already.
    #[inline]
    pub(super) fn raw(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
    }

    #[inline]
    pub(super) fn integer(&mut self, value: u32) {
        let mut digits = [0; 10];
        let mut at = digits.len();
        let mut rest = value;
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.text.extend_from_slice(&digits[at..]);
    }

    /// A number as JavaScript writes it; `null` for what JSON has no number for.
    pub(super) fn number(&mut self, value: f64) {
        if value.is_finite() {
            self.raw(ryu_js::Buffer::new().format_finite(value));
        } else {
            self.raw("null");
        }
    }

    /// A string, given as WTF-8 (`QuoteJSONString`, ECMA-262 §25.5.2.3).
    pub(super) fn string(&mut self, value: &[u8]) {
        self.text.push(b'"');
        let mut written = 0;
        for (at, &byte) in value.iter().enumerate() {
            if !NEEDS_CARE[byte as usize] {
                continue;
            }
            // A lone surrogate is the one thing three bytes after 0xED can be
            // when the second is 0xA0 or more.
            if byte == 0xED && value.get(at + 1).is_none_or(|&second| second < 0xA0) {
                continue;
            }
            self.text.extend_from_slice(&value[written..at]);
            written = at + self.escape(&value[at..]);
        }
        self.text.extend_from_slice(&value[written..]);
        self.text.push(b'"');
    }

    /// Writes what `bytes` begins with as an escape; how many bytes that took.
    fn escape(&mut self, bytes: &[u8]) -> usize {
        let short = match bytes[0] {
            b'"' => b'"',
            b'\\' => b'\\',
            0x08 => b'b',
            0x09 => b't',
            0x0A => b'n',
            0x0C => b'f',
            0x0D => b'r',
            _ => {
                let (code_point, len) = crate::wtf8::decode(bytes, 0);
                self.raw("\\u");
                for shift in [12, 8, 4, 0] {
                    let digit = b"0123456789abcdef"[(code_point >> shift & 0xF) as usize];
                    self.text.push(digit);
                }
                return len;
            }
        };
        self.text.extend_from_slice(&[b'\\', short]);
        1
    }
}

/// The bytes of WTF-8 that are, or may begin, something JSON escapes.
const NEEDS_CARE: [bool; 256] = {
    let mut table = [false; 256];
    let mut control = 0;
    while control < 0x20 {
        table[control] = true;
        control += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table[0xED] = true;
    table
};

#[cfg(test)]
mod tests {
    use super::Json;

    fn check(write: impl FnOnce(&mut Json), expected: &str) {
        let mut json = Json::new(0, None);
        write(&mut json);
        assert_eq!(json.finish().as_deref(), Ok(expected));
    }

    #[test]
    fn strings_are_escaped_as_json_stringify_does() {
        check(|json| json.string(b"\"\\/"), r#""\"\\/""#);
        check(
            |json| json.string(b"\x08\t\n\x0B\x0C\r\0\x1F\x7F"),
            "\"\\b\\t\\n\\u000b\\f\\r\\u0000\\u001f\x7F\"",
        );
        check(|json| json.string("é\u{2028}\u{D7FF}😀".as_bytes()), "\"é\u{2028}\u{D7FF}😀\"");
        // Lone surrogates, a lead and a trail.
        check(|json| json.string(b"\xED\xA0\xBDa\xED\xB8\x80"), r#""\ud83da\ude00""#);
    }

    #[test]
    fn numbers_are_those_of_javascript() {
        for (value, expected) in [
            (0.0, "0"),
            (1e21, "1e+21"),
            (123e18, "123000000000000000000"),
            (1e-7, "1e-7"),
            (0.1, "0.1"),
            (f64::INFINITY, "null"),
        ] {
            check(|json| json.number(value), expected);
        }
        check(|json| json.integer(0), "0");
        check(|json| json.integer(u32::MAX), "4294967295");
    }
}
