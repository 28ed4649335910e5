//! Matching (ECMA-262 §22.2.7).

use std::ops::Range;

use axil_grammar::regexp::Flags;

use crate::heap::Gc;
use crate::object::{Array, Attributes, Object, RegExp, SharedPattern};
use crate::operators::{as_object, is_callable, to_length};
use crate::realm::{Intrinsic, RootShape};
use crate::regexp::{Captures, Failure, Pattern, Watch};
use crate::string::{JsString, PropertyKey};
use crate::value::Value;
use crate::vm::{Completion, Throw, Vm};

impl Vm {
    /// Looks for a match of a pattern, and says where it lies. Its groups are what
    /// `RegExpState::found` gives until another match is looked for.
    pub(super) fn find_match(
        &mut self,
        shared: Gc<SharedPattern>,
        string: Gc<JsString>,
        start: usize,
        sticky: bool,
    ) -> Completion<Option<Range<usize>>> {
        let mut machine = std::mem::take(&mut self.regexp.machine);
        let interrupts = &self.interrupts;
        let mut watch = Watch {
            most_steps: self.regexp.most_steps,
            is_to_stop: &mut |steps| interrupts.spend(steps),
        };
        let units = string.units(&self.memory);
        let found = shared.pattern.find(units, start, sticky, &mut machine, &mut watch);
        let found = found.map(|found| found.map(Captures::whole));
        self.regexp.machine = machine;
        found.map_err(|failure| self.throw_failure(&shared.pattern, failure))
    }

    /// Throws for want of an answer.
    fn throw_failure(&mut self, pattern: &Pattern, failure: Failure) -> Throw {
        let literal = || format!("/{}/{}", pattern.text(), super::letters(pattern.flags()));
        match failure {
            Failure::TooLarge => {
                let literal = literal();
                let why = "Regular expression too large";
                let message = format!("Invalid regular expression: {literal}: {why}");
                self.throw_syntax_error(&message)
            }
            // V8 says so when its stack for regular expressions is full.
            Failure::TooMuchMemory => self.throw_range_error("Maximum call stack size exceeded"),
            Failure::TooManySteps => {
                let message = format!("Regular expression takes too many steps: {}", literal());
                self.throw_range_error(&message)
            }
            Failure::Interrupted => self.throw_interrupt(),
        }
    }

    /// The most steps that a regular expression may make at one place of a text before an
    /// error is thrown: 2^30 unless this is called. V8 has no such limit. Texts of any
    /// length can be searched, as each place where a match might begin counts for itself.
    pub fn set_regexp_steps(&mut self, most: u64) {
        self.regexp.most_steps = most;
    }

    /// `RegExpBuiltinExec` (§22.2.7.2), up to where the match lies. It is remembered, and
    /// so are its groups.
    pub(super) fn builtin_exec(
        &mut self,
        regexp: Gc<RegExp>,
        string: Gc<JsString>,
    ) -> Completion<Option<Range<usize>>> {
        let last_index = regexp.last_index(&self.memory);
        let mut start = match last_index.as_int() {
            Some(index) => f64::from(index.max(0)),
            None => to_length(self, last_index)?,
        };
        // What converting has changed counts.
        let shared = regexp.pattern.get();
        let flags = shared.pattern.flags();
        let is_sticky = flags.contains(Flags::STICKY);
        let is_stateful = is_sticky || flags.contains(Flags::GLOBAL);
        if !is_stateful {
            start = 0.0;
        }
        let found = if start > f64::from(string.len()) {
            None
        } else {
            self.find_match(shared, string, start as usize, is_sticky)?
        };
        if is_stateful {
            let end = found.as_ref().map_or(0, |whole| whole.end);
            self.put_last_index(regexp, end as u32)?;
        }
        if found.is_some() {
            self.remember_match(string);
        }
        Ok(found)
    }

    fn put_last_index(&mut self, regexp: Gc<RegExp>, index: u32) -> Completion<()> {
        if self.regexp.has_own_shape(regexp) {
            regexp.put_last_index(&self.memory, Value::from(index));
            return Ok(());
        }
        if regexp.set_last_index(&self.memory, Value::from(index)) {
            return Ok(());
        }
        Err(self.throw_cannot_assign(Value::cell(regexp), self.memory.keys().last_index))
    }

    /// `RegExpExec` (§22.2.7.1): an object, or `null`.
    pub(super) fn regexp_exec(&mut self, object: Gc<Object>, string: Gc<JsString>) -> Completion {
        let exec = self.get(object, self.memory.literal_key("exec"))?;
        let builtin = Value::cell(self.realm().get(Intrinsic::RegExpExec));
        let regexp = Value::cell(object).downcast::<RegExp>();
        if is_callable(exec) && (exec != builtin || regexp.is_none()) {
            let result = self.call(exec, Value::cell(object), &[Value::cell(string)])?;
            if as_object(result).is_none() && !result.is_null() {
                return Err(self.throw_type_error(
                    "RegExp exec method returned something other than an Object or null",
                ));
            }
            return Ok(result);
        }
        let Some(regexp) = regexp else {
            let text = self.display(Value::cell(object));
            return Err(self.throw_type_error(&format!(
                "Method RegExp.prototype.exec called on incompatible receiver {text}"
            )));
        };
        self.exec_to_array(regexp, string)
    }

    /// `RegExpBuiltinExec` (§22.2.7.2): an array, or `null`.
    pub(super) fn exec_to_array(&mut self, regexp: Gc<RegExp>, string: Gc<JsString>) -> Completion {
        let shared = regexp.pattern.get();
        let found = self.builtin_exec(regexp, string)?;
        Ok(found.map_or(Value::NULL, |whole| self.match_array(shared, string, &whole)))
    }

    /// A part of a string.
    pub(super) fn captured(&self, string: Gc<JsString>, part: Option<&Range<usize>>) -> Value {
        let Some(&Range { start, end }) = part else { return Value::UNDEFINED };
        if end - start == 1 {
            return Value::cell(self.memory.unit_string(string, start as u32));
        }
        Value::cell(string.substring(&self.memory, start as u32, end as u32))
    }

    /// What the last match is as an array (§22.2.7.2, from step 21).
    fn match_array(
        &mut self,
        shared: Gc<SharedPattern>,
        string: Gc<JsString>,
        whole: &Range<usize>,
    ) -> Value {
        let groups = self.regexp.last().len();
        let shape = self.realm().shape(RootShape::MatchResult);
        let array = Gc::<Array>::new(&self.memory, shape, groups as u32);
        for group in 0..groups {
            let part = self.regexp.last().get(group);
            array.push(&self.memory, self.captured(string, part.as_ref()));
        }
        let object = array.as_object();
        let takes_part = |vm: &Self, group| vm.regexp.last().get(group).is_some();
        let named = self
            .groups_object(&shared.pattern, takes_part, |_, group| object.element(group as u32));
        let values = [Value::from(whole.start as u32), Value::cell(string), named];
        for (slot, value) in (0..).zip(values) {
            object.set_slot(&self.memory, slot, value);
        }
        if shared.pattern.flags().contains(Flags::HAS_INDICES) {
            let indices = self.indices_array(&shared.pattern);
            let key = self.memory.literal_key("indices");
            object.add_property(&self.memory, key, indices, Attributes::DATA);
        }
        Value::cell(object)
    }

    /// The named groups as an object without prototype; `undefined` if there are none.
    pub(super) fn groups_object(
        &self,
        pattern: &Pattern,
        takes_part: impl Fn(&Self, usize) -> bool,
        value: impl Fn(&Self, usize) -> Value,
    ) -> Value {
        if pattern.names().is_empty() {
            return Value::UNDEFINED;
        }
        let object = self.ordinary_object_create(None);
        for name in pattern.names() {
            let string = Gc::<JsString>::from_utf16(&self.memory, &name.name);
            let key = self.memory.key_of_string(string);
            // Of groups with one name, at most one takes part.
            let taken = name.groups.iter().find(|group| takes_part(self, **group));
            let value = taken.map_or(Value::UNDEFINED, |group| value(self, *group));
            object.add_property(&self.memory, key, value, Attributes::DATA);
        }
        Value::cell(object)
    }

    /// `MakeMatchIndicesIndexPairArray` (§22.2.7.8), of the last match.
    fn indices_array(&mut self, pattern: &Pattern) -> Value {
        let array = self.new_array();
        for group in 0..self.regexp.last().len() {
            let pair = self.regexp.last().get(group).map_or(Value::UNDEFINED, |range| {
                let (start, end) = (range.start as u32, range.end as u32);
                self.array_of(&[Value::from(start), Value::from(end)])
            });
            array.push(&self.memory, pair);
        }
        let object = array.as_object();
        let takes_part = |vm: &Self, group| vm.regexp.last().get(group).is_some();
        let groups =
            self.groups_object(pattern, takes_part, |_, group| object.element(group as u32));
        object.add_property(&self.memory, self.memory.keys().groups, groups, Attributes::DATA);
        Value::cell(object)
    }
}

/// `AdvanceStringIndex` (§22.2.7.3)
pub(super) fn advance(vm: &Vm, string: Gc<JsString>, index: f64, unicode: bool) -> f64 {
    if !unicode || index + 1.0 >= f64::from(string.len()) {
        return index + 1.0;
    }
    index + string.units(&vm.memory).code_point_at(index as usize).1 as f64
}

/// An index as a property key of an array.
pub(super) fn index_key(index: u32) -> PropertyKey {
    PropertyKey::index(index)
}
