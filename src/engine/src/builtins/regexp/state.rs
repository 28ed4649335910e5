//! What the machine remembers of regular expressions: the last match, for the properties
//! of the constructor that show it, and whether the prototype is as it was made.

use crate::heap::{Gc, RootedVec};
use crate::object::{Memory, Object, RegExp};
use crate::realm::{Intrinsic, RootShape};
use crate::regexp::{Captures, Machine};
use crate::string::JsString;
use crate::value::Value;
use crate::vm::Vm;

/// See above.
pub(crate) struct RegExpState {
    /// The string of the last match, what `RegExp.input` is, and an object that keeps the
    /// shape of all alive.
    strings: RootedVec<Value>,
    /// Where the last match and its groups lie.
    last: Vec<u32>,
    /// What looks for matches.
    pub(super) machine: Machine,
    /// See [`Vm::set_regexp_steps`].
    pub(super) most_steps: u64,
    /// The prototype's slots as they were made.
    prototype: RootedVec<Value>,
    /// The shape that the prototype was given.
    prototype_shape: u32,
    /// The shape of objects that nobody has added properties to.
    own_shape: u32,
}

impl RegExpState {
    /// Nothing has been matched.
    pub(crate) fn new(memory: &Memory) -> Self {
        let mut strings = memory.rooted_vec();
        for _ in 0..3 {
            strings.push(Value::UNDEFINED);
        }
        let prototype = memory.rooted_vec();
        Self {
            strings,
            last: Vec::new(),
            machine: Machine::default(),
            most_steps: 1 << 30,
            prototype,
            prototype_shape: 0,
            own_shape: 0,
        }
    }

    /// The match that has just been found.
    pub(super) fn found(&self) -> Captures<'_> {
        self.machine.captures()
    }

    /// The match that has been remembered.
    pub(super) fn last(&self) -> Captures<'_> {
        Captures::new(&self.last)
    }

    /// Whether nobody has changed what properties a regular expression has.
    #[inline]
    pub(super) fn has_own_shape(&self, regexp: Gc<RegExp>) -> bool {
        regexp.as_object().header().shape.get() == self.own_shape
    }
}

impl Vm {
    /// Remembers how the prototype is made.
    pub(super) fn note_regexp_prototype(&mut self, instance: Gc<RegExp>) {
        let prototype = self.realm().get(Intrinsic::RegExpPrototype);
        let shape = prototype.shape(&self.memory);
        for slot in 0..shape.slots() {
            let value = prototype.get_slot(&self.memory, slot);
            self.regexp.prototype.push(value);
        }
        self.regexp.strings.set(2, Value::cell(instance));
        self.regexp.prototype_shape = shape.number();
        self.regexp.own_shape = instance.as_object().shape(&self.memory).number();
    }

    /// The regular expression that a value is, if none of its properties, own or inherited,
    /// is other than it was made: then nobody sees how they are used.
    pub(super) fn pristine_regexp(&self, object: Gc<Object>) -> Option<Gc<RegExp>> {
        let regexp = Value::cell(object).downcast::<RegExp>()?;
        let state = &self.regexp;
        let prototype = self.realm().get(Intrinsic::RegExpPrototype);
        if object.header().shape.get() != state.own_shape
            || prototype.header().shape.get() != state.prototype_shape
            || !regexp.last_index(&self.memory).is_number()
        {
            return None;
        }
        prototype.has_values(&self.memory, state.prototype.as_slice()).then_some(regexp)
    }

    /// The shape of regular expressions of the realm's own constructor.
    pub(super) fn regexp_shape(&self) -> Gc<crate::object::Shape> {
        self.realm().shape(RootShape::RegExp)
    }

    /// Remembers the match that has just been found.
    pub(super) fn remember_match(&mut self, string: Gc<JsString>) {
        let state = &mut self.regexp;
        state.strings.set(0, Value::cell(string));
        state.strings.set(1, Value::cell(string));
        state.last.clear();
        state.last.extend_from_slice(state.machine.captures().registers());
    }

    /// `RegExp.input`
    pub(super) fn regexp_input(&self) -> Value {
        match self.regexp.strings.get(1) {
            Some(input) if !input.is_undefined() => input,
            _ => Value::cell(self.memory.intern_str("")),
        }
    }

    /// Changes `RegExp.input`.
    pub(super) fn set_regexp_input(&mut self, input: Gc<JsString>) {
        self.regexp.strings.set(1, Value::cell(input));
    }

    /// A part of the string of the last match, by where the match and its groups lie.
    pub(super) fn part_of_last_match(
        &self,
        part: impl FnOnce(Captures<'_>, usize) -> Option<std::ops::Range<usize>>,
    ) -> Value {
        let string = self.regexp.strings.get(0).and_then(Value::downcast::<JsString>);
        let range = string.and_then(|string| part(self.regexp.last(), string.len() as usize));
        match (string, range) {
            (Some(string), Some(range)) => {
                let (start, end) = (range.start as u32, range.end as u32);
                Value::cell(string.substring(&self.memory, start, end))
            }
            _ => Value::cell(self.memory.intern_str("")),
        }
    }
}
