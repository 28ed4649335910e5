//! Matching (ECMA-262 §22.2.7).

use crate::heap::Gc;
use crate::object::{Array, Attributes, Object, RegExp};
use crate::operators::{as_object, is_callable, to_length};
use crate::realm::{Intrinsic, RootShape};
use crate::regexp::{Captures, Pattern, Subject};
use crate::string::{JsString, PropertyKey};
use crate::value::Value;
use crate::vm::{Completion, Vm};
use axil_grammar::regexp::Flags;

impl Vm {
    /// Looks for a match of a pattern.
    pub(super) fn find_match(
        &mut self,
        pattern: &Pattern,
        subject: &Subject<'_>,
        start: usize,
        sticky: bool,
    ) -> Completion<Option<Captures>> {
        pattern.find(subject, start, sticky).map_err(|_| {
            let (text, letters) = (pattern.text(), super::letters(pattern.flags()));
            self.throw_syntax_error(&format!(
                "Invalid regular expression: /{text}/{letters}: Regular expression too large"
            ))
        })
    }

    /// `RegExpBuiltinExec` (§22.2.7.2), up to where the match lies.
    pub(super) fn builtin_exec(
        &mut self,
        regexp: Gc<RegExp>,
        string: Gc<JsString>,
    ) -> Completion<Option<Captures>> {
        let last_index = regexp.last_index(&self.memory);
        let mut start = match last_index.as_int() {
            Some(index) => f64::from(index.max(0)),
            None => to_length(self, last_index)?,
        };
        // What converting has changed counts.
        let shared = regexp.pattern.get();
        let pattern = &shared.pattern;
        let is_sticky = pattern.flags().contains(Flags::STICKY);
        let is_stateful = is_sticky || pattern.flags().contains(Flags::GLOBAL);
        if !is_stateful {
            start = 0.0;
        }
        let found = if start > f64::from(string.len()) {
            None
        } else {
            let subject =
                Subject::new(string.units(&self.memory), string.is_ascii(&self.memory), pattern);
            self.find_match(pattern, &subject, start as usize, is_sticky)?
        };
        let Some(captures) = found else {
            if is_stateful {
                self.put_last_index(regexp, 0)?;
            }
            return Ok(None);
        };
        if is_stateful {
            let end = captures.first().and_then(Clone::clone).map_or(0, |whole| whole.end);
            self.put_last_index(regexp, end as u32)?;
        }
        self.remember_match(string, &captures);
        Ok(Some(captures))
    }

    fn put_last_index(&mut self, regexp: Gc<RegExp>, index: u32) -> Completion<()> {
        if regexp.set_last_index(&self.memory, Value::from(index)) {
            return Ok(());
        }
        Err(self.throw_cannot_assign(Value::cell(regexp), self.memory.keys().last_index))
    }

    /// `RegExpExec` (§22.2.7.1): an object, or `null`.
    pub(super) fn regexp_exec(&mut self, object: Gc<Object>, string: Gc<JsString>) -> Completion {
        let exec = self.get(object, self.memory.key("exec"))?;
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
        let captures = self.builtin_exec(regexp, string)?;
        Ok(captures.map_or(Value::NULL, |captures| self.match_array(regexp, string, &captures)))
    }

    /// The text of a group.
    pub(super) fn captured(
        &self,
        string: Gc<JsString>,
        group: Option<&std::ops::Range<usize>>,
    ) -> Value {
        group.map_or(Value::UNDEFINED, |range| {
            Value::cell(string.substring(&self.memory, range.start as u32, range.end as u32))
        })
    }

    /// What a successful match is as an array (§22.2.7.2, from step 21).
    pub(super) fn match_array(
        &mut self,
        regexp: Gc<RegExp>,
        string: Gc<JsString>,
        captures: &Captures,
    ) -> Value {
        let pattern = regexp.pattern.get();
        let shape = self.realm().shape(RootShape::Array);
        let array = Gc::<Array>::new(&self.memory, shape, captures.len() as u32);
        for capture in captures {
            array.push(&self.memory, self.captured(string, capture.as_ref()));
        }
        let index = captures.first().and_then(Clone::clone).map_or(0, |whole| whole.start);
        let groups = self.groups_object(
            &pattern.pattern,
            |vm, group| vm.captured(string, captures.get(group).and_then(Option::as_ref)),
            captures,
        );
        let object = array.as_object();
        let keys = self.memory.keys();
        for (key, value) in [
            (keys.index, Value::from(index as u32)),
            (keys.input, Value::cell(string)),
            (keys.groups, groups),
        ] {
            object.add_property(&self.memory, key, value, Attributes::DATA);
        }
        if pattern.pattern.flags().contains(Flags::HAS_INDICES) {
            let indices = self.indices_array(&pattern.pattern, captures);
            let key = self.memory.key("indices");
            object.add_property(&self.memory, key, indices, Attributes::DATA);
        }
        Value::cell(object)
    }

    /// The named groups as an object without prototype; `undefined` if there are none.
    pub(super) fn groups_object(
        &self,
        pattern: &Pattern,
        value: impl Fn(&Self, usize) -> Value,
        captures: &Captures,
    ) -> Value {
        if pattern.names().is_empty() {
            return Value::UNDEFINED;
        }
        let object = self.ordinary_object_create(None);
        for name in pattern.names() {
            let string = Gc::<JsString>::from_utf16(&self.memory, &name.name);
            let key = self.memory.key_of_string(string);
            // Of groups with one name, at most one takes part.
            let taken =
                name.groups.iter().find(|group| captures.get(**group).is_some_and(Option::is_some));
            let value = taken.map_or(Value::UNDEFINED, |group| value(self, *group));
            object.add_property(&self.memory, key, value, Attributes::DATA);
        }
        Value::cell(object)
    }

    /// `MakeMatchIndicesIndexPairArray` (§22.2.7.8)
    fn indices_array(&mut self, pattern: &Pattern, captures: &Captures) -> Value {
        let array = self.new_array();
        for capture in captures {
            let pair = capture.as_ref().map_or(Value::UNDEFINED, |range| {
                let (start, end) = (range.start as u32, range.end as u32);
                self.array_of(&[Value::from(start), Value::from(end)])
            });
            array.push(&self.memory, pair);
        }
        let object = array.as_object();
        let groups = self.groups_object(pattern, |_, group| object.element(group as u32), captures);
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
