//! Text to values (ECMA-262 §25.5.1.1, ECMA-404). It does not recurse: the values of arrays
//! and objects that are not finished wait on a stack, so that what is made of them at
//! their end has just the room that it takes.

mod key_tree;
mod scan;

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::heap::{Gc, Heap, Liveness, RootedVec, WeakTable};
use crate::object::{Array, Attributes, Elements, Object};
use crate::operators::as_object;
use crate::realm::RootShape;
use crate::string::{JsString, PropertyKey, Units};
use crate::value::Value;
use crate::vm::{Completion, Throw, Vm};
use key_tree::{KeyTree, MOST_KEYS, ROOT};
pub(super) use scan::special_latin1;
use scan::{Scanner, Unit};

/// Where primitive values stand in the source: by what they are a property of, and its
/// key. Those who are told of it have asked for more than the values.
pub(super) struct Sources {
    ranges: FxHashMap<(u64, u64), (Range<usize>, usize)>,
    /// The values, and what keeps the keys above alive.
    values: RootedVec<Value>,
    /// Where the values stand that wait for what they are a property of.
    waiting: Vec<Range<usize>>,
}

impl Sources {
    pub(super) fn new(vm: &Vm) -> Self {
        Self { ranges: FxHashMap::default(), values: vm.memory.rooted_vec(), waiting: Vec::new() }
    }

    fn add(
        &mut self,
        vm: &Vm,
        holder: Option<Gc<Object>>,
        key: PropertyKey,
        range: Range<usize>,
        value: Value,
    ) {
        if as_object(value).is_some() {
            return;
        }
        self.values.push(vm.memory.value_of_key(key));
        let holder_word = holder.map_or(0, Gc::to_word);
        self.ranges.insert((holder_word, key.bits()), (range, self.values.len()));
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
    let utf16 = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
    let message = if matches!(whole.as_str(), "undefined" | "NaN" | "Infinity" | "[object Object]")
    {
        utf16(&format!("\"{whole}\" is not valid JSON"))
    } else if at >= length {
        utf16("Unexpected end of JSON input")
    } else {
        match units.at(at) {
            0x22 => utf16(&format!("Unexpected string in JSON at {}", place(units, at))),
            0x2D | 0x30..=0x39 => {
                utf16(&format!("Unexpected number in JSON at {}", place(units, at)))
            }
            unit => {
                let is_short = length <= 2 * CONTEXT;
                let is_near_start = is_short || at < CONTEXT;
                let is_near_end = is_short || at >= length - CONTEXT;
                let from = if is_near_start { 0 } else { at - CONTEXT };
                let to = if is_near_end { length } else { at + CONTEXT };
                let (before, after) =
                    (if is_near_start { "" } else { "..." }, if is_near_end { "" } else { "..." });
                let mut message = utf16("Unexpected token '");
                message.push(unit);
                message.extend(utf16(&format!("', {before}\"")));
                message.extend(units.slice(from, to).iter());
                message.extend(utf16(&format!("\"{after} is not valid JSON")));
                message
            }
        }
    };
    vm.throw_syntax_error_of(&message)
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

/// Why it does not go on.
enum Fault {
    /// A unit that cannot stand there, or the end.
    Unexpected,
    /// Something that there is a message for.
    Known(&'static str),
}

type Parsed<T> = Result<T, Fault>;

/// What parsers leave to the next one.
pub(crate) struct ParserState {
    parts: RefCell<Parts>,
}

struct Parts {
    tree: KeyTree,
    /// The values of what is not finished; objects that are maps themselves.
    values: RootedVec<Value>,
    /// For each of those the key that waits for its value.
    map_keys: RootedVec<PropertyKey>,
}

impl ParserState {
    /// Nothing so far. It keeps what it knows alive only while a parser is at work.
    pub(super) fn new(heap: &Heap) -> Rc<Self> {
        let tree = KeyTree::new(heap.rooted_vec(), heap.rooted_vec());
        let (values, map_keys) = (heap.rooted_vec(), heap.rooted_vec());
        let state = Rc::new(Self { parts: RefCell::new(Parts { tree, values, map_keys }) });
        heap.add_weak_table(Rc::clone(&state) as Rc<dyn WeakTable>);
        state
    }
}

impl WeakTable for ParserState {
    fn sweep(&self, _: &Liveness<'_>) {
        if let Ok(mut parts) = self.parts.try_borrow_mut() {
            parts.tree.clear();
        }
    }
}

/// The value of a text.
///
/// # Errors
/// A `SyntaxError` with V8's message.
pub(super) fn parse(vm: &mut Vm, text: Gc<JsString>, sources: Option<&mut Sources>) -> Completion {
    let state = Rc::clone(&vm.json.parser);
    let parts = &mut *state.parts.borrow_mut();
    parts.tree.prepare(vm);
    let result = match text.units(&vm.memory) {
        Units::Latin1(units) => Parser::new(vm, parts, units, sources).run(),
        Units::Utf16(units) => Parser::new(vm, parts, units, sources).run(),
    };
    parts.values.truncate(0);
    parts.map_keys.truncate(0);
    match result {
        Ok(value) => Ok(value),
        Err((Fault::Known(what), at)) => {
            let place = place(text.units(&vm.memory), at);
            let of_what = if what.ends_with("JSON") { "" } else { " in JSON" };
            Err(vm.throw_syntax_error(&format!("{what}{of_what} at {place}")))
        }
        Err((Fault::Unexpected, at)) => Err(throw_unexpected(vm, text, at)),
    }
}

/// What is being read.
#[derive(Clone, Copy)]
enum Kind {
    /// The whole text.
    Text,
    /// An array, whose elements are on the stack.
    Array,
    /// An object whose keys lead to a node of the tree, and whose values are on the stack.
    Object(u32),
    /// An object that is there already, on the stack, for its keys are out of the ordinary.
    Map,
}

/// What is not finished.
#[derive(Clone, Copy)]
struct Frame {
    kind: Kind,
    /// Where its values begin on the stack.
    start: usize,
}

struct Parser<'p, U> {
    vm: &'p Vm,
    parts: &'p mut Parts,
    scanner: Scanner<'p, U>,
    sources: Option<&'p mut Sources>,
    /// What is around what is being read.
    outer: Vec<Frame>,
}

impl<'p, U: Unit> Parser<'p, U> {
    fn new(
        vm: &'p Vm,
        parts: &'p mut Parts,
        units: &'p [U],
        sources: Option<&'p mut Sources>,
    ) -> Self {
        Self { vm, parts, scanner: Scanner::new(units), sources, outer: Vec::new() }
    }

    /// The value, or what is wrong and where.
    fn run(mut self) -> Result<Value, (Fault, usize)> {
        self.text().map_err(|fault| (fault, self.scanner.at))
    }

    fn text(&mut self) -> Parsed<Value> {
        let mut frame = Frame { kind: Kind::Text, start: 0 };
        loop {
            // A value begins here.
            let next = self.scanner.peek_token();
            let start = self.scanner.at;
            let mut value = match next {
                b'"' => {
                    let content = self.scanner.string()?;
                    Value::cell(self.scanner.make_string(&self.vm.memory, &content))
                }
                b'-' | b'0'..=b'9' => self.scanner.number()?,
                b't' => self.scanner.word("true").map(|()| Value::TRUE)?,
                b'f' => self.scanner.word("false").map(|()| Value::FALSE)?,
                b'n' => self.scanner.word("null").map(|()| Value::NULL)?,
                b'[' => {
                    self.scanner.at += 1;
                    if self.scanner.peek_token() == b']' {
                        self.scanner.at += 1;
                        Value::cell(self.vm.new_array())
                    } else {
                        self.outer.push(frame);
                        frame = Frame { kind: Kind::Array, start: self.parts.values.len() };
                        continue;
                    }
                }
                b'{' => {
                    self.scanner.at += 1;
                    if self.scanner.peek_token() == b'}' {
                        self.scanner.at += 1;
                        let shape = self.vm.realm().shape(RootShape::Object);
                        Value::cell(Gc::<Object>::ordinary(&self.vm.memory, shape))
                    } else {
                        self.outer.push(frame);
                        frame = Frame { kind: Kind::Object(ROOT), start: self.parts.values.len() };
                        self.key(&mut frame, "Expected property name or '}'")?;
                        continue;
                    }
                }
                _ => return Err(Fault::Unexpected),
            };
            let mut range = start..self.scanner.at;
            // A value is finished. It waits with the others, which it may be the last of.
            loop {
                let next = self.scanner.peek_token();
                if let Some(sources) = &mut self.sources
                    && !matches!(frame.kind, Kind::Map)
                {
                    sources.waiting.push(range.clone());
                }
                match frame.kind {
                    Kind::Text => return self.end(value, range),
                    Kind::Array => {
                        self.parts.values.push(value);
                        match next {
                            b',' => {
                                self.scanner.at += 1;
                                break;
                            }
                            b']' => value = self.finish_array(frame.start),
                            _ => {
                                let known = "Expected ',' or ']' after array element";
                                return Err(Fault::Known(known));
                            }
                        }
                    }
                    Kind::Object(_) | Kind::Map => {
                        match frame.kind {
                            Kind::Map => self.add(frame.start, value, range),
                            _ => self.parts.values.push(value),
                        }
                        match (next, frame.kind) {
                            (b',', _) => {
                                self.scanner.at += 1;
                                self.scanner.peek_token();
                                self.key(&mut frame, "Expected double-quoted property name")?;
                                break;
                            }
                            (b'}', Kind::Object(node)) => {
                                value = Value::cell(self.make_object(node, frame.start));
                                self.parts.values.truncate(frame.start);
                            }
                            (b'}', _) => {
                                value = self.parts.values.pop().unwrap_or(Value::UNDEFINED);
                            }
                            _ => {
                                let known = "Expected ',' or '}' after property value";
                                return Err(Fault::Known(known));
                            }
                        }
                    }
                }
                self.scanner.at += 1;
                frame = self.outer.pop().unwrap_or(Frame { kind: Kind::Text, start: 0 });
                range = 0..0;
            }
        }
    }

    /// The value of the whole text, if nothing comes behind it.
    fn end(&mut self, value: Value, range: Range<usize>) -> Parsed<Value> {
        if self.scanner.at < self.scanner.units.len() {
            let is_digit = self.scanner.peek().is_ascii_digit();
            if value.is_number() && is_digit && self.scanner.at == range.end {
                return Err(Fault::Unexpected);
            }
            return Err(Fault::Known("Unexpected non-whitespace character after JSON"));
        }
        if let Some(sources) = &mut self.sources {
            sources.add(self.vm, None, self.vm.memory.keys().empty, range, value);
        }
        Ok(value)
    }

    /// The array of the elements on the stack from an index on.
    fn finish_array(&mut self, start: usize) -> Value {
        let memory = &self.vm.memory;
        let values = &self.parts.values.as_slice()[start..];
        let shape = self.vm.realm().shape(RootShape::Array);
        let elements = Gc::<Elements>::from_values(memory, values);
        let array = Gc::<Array>::from_elements(memory, shape, elements);
        if let Some(sources) = &mut self.sources {
            let ranges = sources.waiting.split_off(sources.waiting.len() - values.len());
            for (index, (range, value)) in ranges.into_iter().zip(values).enumerate() {
                let key = PropertyKey::index(index as u32);
                sources.add(self.vm, Some(array.as_object()), key, range, *value);
            }
        }
        self.parts.values.truncate(start);
        Value::cell(array)
    }

    /// The object with a node's keys and the values on the stack from an index on, which
    /// stay there.
    #[inline(always)]
    fn make_object(&mut self, node: u32, start: usize) -> Gc<Object> {
        let Parts { tree, values, .. } = &mut *self.parts;
        let values = &values.as_slice()[start..];
        let object = tree.object(self.vm, node, values);
        if let Some(sources) = &mut self.sources {
            let ranges = sources.waiting.split_off(sources.waiting.len() - values.len());
            let mut members = ranges.into_iter().zip(values);
            tree.each_key(node, |key| {
                if let Some((range, value)) = members.next() {
                    sources.add(self.vm, Some(object), key, range, *value);
                }
            });
        }
        object
    }

    /// Reads the key of the next property of an object and the colon behind it.
    #[inline(always)]
    fn key(&mut self, frame: &mut Frame, otherwise: &'static str) -> Parsed<()> {
        if self.scanner.peek() != b'"' {
            return Err(Fault::Known(otherwise));
        }
        if let Kind::Object(node) = frame.kind
            && let rest = &self.scanner.units[self.scanner.at + 1..]
            && let Some((child, length)) = self.parts.tree.guess(node, rest)
        {
            self.scanner.at += 1 + length;
            frame.kind = Kind::Object(child);
        } else {
            self.unexpected_key(frame)?;
        }
        if self.scanner.peek_token() != b':' {
            return Err(Fault::Known("Expected ':' after property name"));
        }
        self.scanner.at += 1;
        Ok(())
    }

    /// Reads a key that has not been guessed.
    fn unexpected_key(&mut self, frame: &mut Frame) -> Parsed<()> {
        let content = self.scanner.string()?;
        let key = self.vm.memory.key_of_units(self.scanner.content(&content));
        if let Kind::Object(node) = frame.kind {
            if let Some(child) = self.parts.tree.child(self.vm, node, key) {
                frame.kind = Kind::Object(child);
                return Ok(());
            }
            // It becomes a map: an object that gets its properties one by one.
            let object = self.make_object(node, frame.start);
            self.parts.values.truncate(frame.start);
            self.parts.values.push(Value::cell(object));
            frame.kind = Kind::Map;
        }
        self.parts.map_keys.push(key);
        Ok(())
    }

    /// Gives a map the property whose key waits for it, in place of one it may have.
    fn add(&mut self, map: usize, value: Value, range: Range<usize>) {
        let memory = &self.vm.memory;
        let object = self.parts.values.get(map).and_then(as_object);
        let (Some(object), Some(key)) = (object, self.parts.map_keys.pop()) else { return };
        if let Some(sources) = &mut self.sources {
            sources.add(self.vm, Some(object), key, range, value);
        }
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
            None => {
                // Nobody will make such objects again, so they need no shapes.
                if object.shape(memory).slots() == MOST_KEYS {
                    object.make_dictionary(memory);
                }
                object.add_property(memory, key, value, Attributes::DATA);
            }
        }
    }
}
