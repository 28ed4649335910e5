//! Text to values (ECMA-262 §25.5.1.1, ECMA-404). It does not recurse: arrays and objects
//! that are not finished wait on a list.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::builtins::string::Text;
use crate::heap::{Gc, RootedVec};
use crate::object::{Array, Attributes, Object};
use crate::operators::as_object;
use crate::realm::RootShape;
use crate::string::{JsString, PropertyKey, Units};
use crate::value::Value;
use crate::vm::{Completion, Throw, Vm};

/// Where primitive values stand in the source: by what they are a property of, and its
/// key. Those who are told of it have asked for more than the values.
pub(super) struct Sources {
    ranges: FxHashMap<(u64, u64), (Range<usize>, usize)>,
    /// The values, and what keeps the keys above alive.
    values: RootedVec<Value>,
}

impl Sources {
    pub(super) fn new(vm: &Vm) -> Self {
        Self { ranges: FxHashMap::default(), values: vm.memory.rooted_vec() }
    }

    fn add(&mut self, holder: Option<Gc<Object>>, key: u64, range: Range<usize>, value: Value) {
        let holder_word = holder.map_or(0, Gc::to_word);
        self.ranges.insert((holder_word, key), (range, self.values.len()));
        self.values.push(value);
        if let Some(holder) = holder {
            self.values.push(Value::cell(holder));
        }
    }

    /// Where a value stands that is still the one that was read.
    pub(super) fn find(
        &self,
        vm: &Vm,
        holder: Option<Gc<Object>>,
        key: PropertyKey,
        value: Value,
    ) -> Option<Range<usize>> {
        let (range, index) = self.ranges.get(&(holder.map_or(0, Gc::to_word), key.bits()))?;
        let known = self.values.get(*index)?;
        crate::operators::same_value(vm, known, value).then(|| range.clone())
    }
}

/// Throws because of a unit that cannot stand where it does, as V8 does.
pub(super) fn throw_unexpected(vm: &mut Vm, text: Gc<JsString>, at: usize) -> Throw {
    /// So many units are shown before and after.
    const CONTEXT: usize = 10;
    let units = text.units(&vm.memory);
    let whole = units.to_rust();
    let length = units.len();
    let message = if matches!(whole.as_str(), "undefined" | "NaN" | "Infinity" | "[object Object]")
    {
        format!("\"{whole}\" is not valid JSON")
    } else if at >= length {
        "Unexpected end of JSON input".to_owned()
    } else {
        let token = units.slice(at, at + 1).to_rust();
        match units.at(at) {
            0x22 => format!("Unexpected string in JSON at {}", place(units, at)),
            0x2D | 0x30..=0x39 => format!("Unexpected number in JSON at {}", place(units, at)),
            _ if length <= 2 * CONTEXT => {
                format!("Unexpected token '{token}', \"{whole}\" is not valid JSON")
            }
            _ => {
                let (from, to) = (at.saturating_sub(CONTEXT), (at + CONTEXT).min(length));
                let before = if at < CONTEXT { "" } else { "..." };
                let after = if at >= length - CONTEXT { "" } else { "..." };
                let (from, to) = (
                    if before.is_empty() { 0 } else { from },
                    if after.is_empty() { length } else { to },
                );
                let part = units.slice(from, to).to_rust();
                format!("Unexpected token '{token}', {before}\"{part}\"{after} is not valid JSON")
            }
        }
    };
    vm.throw_syntax_error(&message)
}

/// A place as messages name it.
fn place(units: Units<'_>, at: usize) -> String {
    let (mut line, mut start) = (1, 0);
    for index in 0..at.min(units.len()) {
        let unit = units.at(index);
        let is_pair = unit == 0x0D && units.get(index + 1) == Some(0x0A);
        if unit == 0x0A || unit == 0x0D && !is_pair {
            line += 1;
            start = index + 1;
        }
    }
    format!("position {at} (line {line} column {})", at - start + 1)
}

/// What is being read, and how far.
struct Parser<'u> {
    units: Units<'u>,
    at: usize,
}

/// Why it does not go on.
enum Fault {
    /// A unit that cannot stand there, or the end.
    Unexpected,
    /// Something that there is a message for.
    Known(&'static str),
}

type Parsed<T> = Result<T, Fault>;

impl Parser<'_> {
    #[inline]
    fn peek(&self) -> Option<u8> {
        // Nothing but ASCII means anything outside of strings.
        self.units.get(self.at).map(|unit| u8::try_from(unit).unwrap_or(0xFF))
    }

    fn skip_white_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn word(&mut self, word: &str) -> Parsed<()> {
        for byte in word.bytes() {
            if self.peek() != Some(byte) {
                return Err(Fault::Unexpected);
            }
            self.at += 1;
        }
        Ok(())
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Parsed<f64> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
            if let Some(b'0'..=b'9') = self.peek() {
                return Err(Fault::Unexpected);
            }
        } else if self.digits() == 0 {
            return Err(Fault::Known("No number after minus sign"));
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return Err(Fault::Known("Unterminated fractional number"));
            }
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            if self.digits() == 0 {
                return Err(Fault::Known("Exponent part is missing a number"));
            }
        }
        let text = self.units.slice(start, self.at);
        Ok(match text {
            Units::Latin1(bytes) => fast_float2::parse(bytes),
            Units::Utf16(_) => fast_float2::parse(text.to_rust()),
        }
        .unwrap_or(f64::NAN))
    }

    /// The content of a string whose first quote is the next unit: the units between the
    /// quotes, or, with escapes, others.
    fn string(&mut self) -> Parsed<Result<Range<usize>, Text>> {
        self.at += 1;
        let start = self.at;
        while let Some(unit) = self.units.get(self.at) {
            match unit {
                0x22 => {
                    self.at += 1;
                    return Ok(Ok(start..self.at - 1));
                }
                0x5C => return self.escaped(start).map(Err),
                0..0x20 => return Err(Fault::Known("Bad control character in string literal")),
                _ => self.at += 1,
            }
        }
        Err(Fault::Known("Unterminated string"))
    }

    /// The rest of a string that has escapes.
    fn escaped(&mut self, start: usize) -> Parsed<Text> {
        let mut text = Text::default();
        let mut start = start;
        while let Some(unit) = self.units.get(self.at) {
            match unit {
                0x22 => {
                    text.push(self.units.slice(start, self.at));
                    self.at += 1;
                    return Ok(text);
                }
                0x5C => {
                    text.push(self.units.slice(start, self.at));
                    self.at += 1;
                    let escape = self.peek().ok_or(Fault::Unexpected)?;
                    let unit = match escape {
                        b'"' | b'\\' | b'/' => escape,
                        b'b' => 8,
                        b'f' => 12,
                        b'n' => b'\n',
                        b'r' => b'\r',
                        b't' => b'\t',
                        b'u' => {
                            text.push_unit(self.unicode_escape()?);
                            start = self.at;
                            continue;
                        }
                        _ => return Err(Fault::Known("Bad escaped character")),
                    };
                    text.push_unit(unit.into());
                    self.at += 1;
                    start = self.at;
                }
                0..0x20 => return Err(Fault::Known("Bad control character in string literal")),
                _ => self.at += 1,
            }
        }
        Err(Fault::Known("Unterminated string"))
    }

    fn unicode_escape(&mut self) -> Parsed<u16> {
        self.at += 1;
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else { return Err(Fault::Known("Bad Unicode escape")) };
            unit = unit << 4 | digit as u16;
            self.at += 1;
        }
        Ok(unit)
    }
}

/// The string of what [`Parser::string`] has found.
fn make_string(vm: &Vm, text: Gc<JsString>, found: Result<Range<usize>, Text>) -> Gc<JsString> {
    match found {
        Ok(range) => text.substring(&vm.memory, range.start as u32, range.end as u32),
        Err(text) => match text.units() {
            Units::Latin1(units) => Gc::<JsString>::from_latin1(&vm.memory, units),
            Units::Utf16(units) => Gc::<JsString>::from_utf16(&vm.memory, units),
        },
    }
}

/// The value of a text.
///
/// # Errors
/// A `SyntaxError` with V8's message.
pub(super) fn parse(vm: &mut Vm, text: Gc<JsString>, sources: Option<&mut Sources>) -> Completion {
    let units = text.units(&vm.memory);
    let mut parser = Parser { units, at: 0 };
    match parse_all(vm, text, &mut parser, sources) {
        Ok(value) => Ok(value),
        Err(Fault::Known(what)) => {
            let place = place(units, parser.at);
            let of_what = if what.ends_with("JSON") { "" } else { " in JSON" };
            Err(vm.throw_syntax_error(&format!("{what}{of_what} at {place}")))
        }
        Err(Fault::Unexpected) => Err(throw_unexpected(vm, text, parser.at)),
    }
}

fn parse_all(
    vm: &mut Vm,
    text: Gc<JsString>,
    parser: &mut Parser<'_>,
    mut sources: Option<&mut Sources>,
) -> Parsed<Value> {
    // What is not finished, and for objects the key that waits for its value.
    let mut open = vm.memory.rooted_vec::<Value>();
    let mut keys = vm.memory.rooted_vec::<PropertyKey>();
    loop {
        // A value begins here.
        parser.skip_white_space();
        let start = parser.at;
        let mut value = match parser.peek() {
            Some(b'"') => {
                let found = parser.string()?;
                Value::cell(make_string(vm, text, found))
            }
            Some(b'-' | b'0'..=b'9') => Value::number(parser.number()?),
            Some(b't') => parser.word("true").map(|()| Value::TRUE)?,
            Some(b'f') => parser.word("false").map(|()| Value::FALSE)?,
            Some(b'n') => parser.word("null").map(|()| Value::NULL)?,
            Some(b'[') => {
                parser.at += 1;
                parser.skip_white_space();
                let array = Value::cell(vm.new_array());
                if parser.peek() != Some(b']') {
                    open.push(array);
                    continue;
                }
                parser.at += 1;
                array
            }
            Some(b'{') => {
                parser.at += 1;
                parser.skip_white_space();
                let shape = vm.realm().shape(RootShape::Object);
                let object = Value::cell(Gc::<Object>::ordinary(&vm.memory, shape));
                if parser.peek() != Some(b'}') {
                    let known = "Expected property name or '}'";
                    keys.push(key(vm, text, parser, known)?);
                    open.push(object);
                    continue;
                }
                parser.at += 1;
                object
            }
            _ => return Err(Fault::Unexpected),
        };
        let mut range = start..parser.at;
        // A value is finished: it goes into what waits for it, which may be finished too.
        loop {
            parser.skip_white_space();
            let Some(holder) = open.get(open.len().wrapping_sub(1)) else {
                if parser.peek().is_some() {
                    let is_number = vm.memory.key_of_value(value).is_none() || value.is_number();
                    let is_digit = matches!(parser.peek(), Some(b'0'..=b'9'));
                    if is_number && is_digit && parser.at == range.end {
                        return Err(Fault::Unexpected);
                    }
                    return Err(Fault::Known("Unexpected non-whitespace character after JSON"));
                }
                note(vm, &mut sources, None, vm.memory.key(""), range, value);
                return Ok(value);
            };
            let next = parser.peek();
            if let Some(array) = holder.downcast::<Array>() {
                let at = PropertyKey::index(array.length.get());
                note(vm, &mut sources, Some(array.as_object()), at, range.clone(), value);
                array.push(&vm.memory, value);
                match next {
                    Some(b',') => {
                        parser.at += 1;
                        break;
                    }
                    Some(b']') => {}
                    _ => return Err(Fault::Known("Expected ',' or ']' after array element")),
                }
            } else if let (Some(object), Some(at)) = (as_object(holder), keys.pop()) {
                note(vm, &mut sources, Some(object), at, range.clone(), value);
                add(vm, object, at, value);
                match next {
                    Some(b',') => {
                        parser.at += 1;
                        parser.skip_white_space();
                        let known = "Expected double-quoted property name";
                        keys.push(key(vm, text, parser, known)?);
                        break;
                    }
                    Some(b'}') => {}
                    _ => return Err(Fault::Known("Expected ',' or '}' after property value")),
                }
            }
            parser.at += 1;
            open.pop();
            value = holder;
            range = 0..0;
        }
    }
}

fn note(
    vm: &Vm,
    sources: &mut Option<&mut Sources>,
    holder: Option<Gc<Object>>,
    key: PropertyKey,
    range: Range<usize>,
    value: Value,
) {
    if let Some(sources) = sources
        && as_object(value).is_none()
    {
        sources.values.push(vm.memory.value_of_key(key));
        sources.add(holder, key.bits(), range, value);
    }
}

/// Reads a key and the colon behind it.
fn key(
    vm: &Vm,
    text: Gc<JsString>,
    parser: &mut Parser<'_>,
    known: &'static str,
) -> Parsed<PropertyKey> {
    if parser.peek() != Some(b'"') {
        return Err(Fault::Known(known));
    }
    let found = parser.string()?;
    let key = make_string(vm, text, found);
    parser.skip_white_space();
    if parser.peek() != Some(b':') {
        return Err(Fault::Known("Expected ':' after property name"));
    }
    parser.at += 1;
    Ok(vm.memory.key_of_string(key))
}

/// Gives an object that nobody else has seen a property, in place of one it may have.
fn add(vm: &Vm, object: Gc<Object>, key: PropertyKey, value: Value) {
    let memory = &vm.memory;
    if let Some(index) = key.as_index() {
        if let Some(property) = object.sparse_property(memory, index) {
            object.set_slot(memory, property.slot, value);
        } else if object.element(index).is_empty() {
            object.add_element(memory, index, value, Attributes::DATA);
        } else {
            object.set_element(memory, index, value);
        }
        return;
    }
    match object.own_property(memory, key) {
        Some(property) => object.set_slot(memory, property.slot, value),
        None => object.add_property(memory, key, value, Attributes::DATA),
    }
}
