//! Operations on iterators (ECMA-262 §7.4), for native code. Compiled code iterates
//! by instructions of its own, which let generators run without native recursion.

use std::ops::ControlFlow;

use crate::heap::Gc;
use crate::kinds;
use crate::object::Object;
use crate::operators::{as_object, is_callable, to_boolean};
use crate::realm::RootShape;
use crate::string::PropertyKey;
use crate::value::Value;
use crate::vm::{Completion, Throw, Vm, WellKnown};

/// An iterator record (§7.4.1).
#[derive(Clone, Copy, Debug)]
pub struct IteratorRecord {
    /// `[[Iterator]]`
    pub iterator: Gc<Object>,
    /// `[[NextMethod]]`
    pub next: Value,
    /// `[[Done]]`
    pub done: bool,
}

/// Whether `next` of an iterator may run a function of the program's, in whose stack traces
/// it stands: then it has to be called.
fn runs_program(iterator: Gc<Object>) -> bool {
    !matches!(
        iterator.header().kind(),
        kinds::ARRAY_ITERATOR | kinds::MAP_ITERATOR | kinds::SET_ITERATOR | kinds::STRING_ITERATOR
    )
}

impl Vm {
    /// `GetIterator` (§7.4.4) with kind sync.
    ///
    /// # Errors
    /// A `TypeError` if the value is not iterable; what its methods throw.
    pub fn get_iterator(&mut self, value: Value) -> Completion<IteratorRecord> {
        match self.find_iterator(value)? {
            Some(record) => Ok(record),
            None => Err(self.throw_not_iterable(value)),
        }
    }

    /// `GetIterator` (§7.4.4) with kind sync: None if the value is not iterable.
    ///
    /// # Errors
    /// What its methods throw.
    pub(crate) fn find_iterator(&mut self, value: Value) -> Completion<Option<IteratorRecord>> {
        if value.is_nullish() {
            return Ok(None);
        }
        let key = self.well_known_key(WellKnown::Iterator);
        let method = self.get_of_value(value, key)?;
        if !is_callable(method) {
            return Ok(None);
        }
        self.get_iterator_from_method(value, method).map(Some)
    }

    /// `GetIteratorFromMethod` (§7.4.3)
    ///
    /// # Errors
    /// A `TypeError` if the method gives no object; what it throws.
    pub fn get_iterator_from_method(
        &mut self,
        value: Value,
        method: Value,
    ) -> Completion<IteratorRecord> {
        let iterator = self.call(method, value, &[])?;
        let Some(iterator) = as_object(iterator) else {
            return Err(
                self.throw_type_error("Result of the Symbol.iterator method is not an object")
            );
        };
        self.get_iterator_direct(iterator)
    }

    /// `GetIteratorDirect` (§7.4.2)
    ///
    /// # Errors
    /// What getting `next` throws.
    pub fn get_iterator_direct(&mut self, iterator: Gc<Object>) -> Completion<IteratorRecord> {
        let next = self.get(iterator, self.memory.keys().next)?;
        Ok(IteratorRecord { iterator, next, done: false })
    }

    /// Throws because a value is no iterable.
    pub(crate) fn throw_not_iterable(&mut self, value: Value) -> Throw {
        let text = self.describe(value);
        // V8 says `undefined` without its type.
        let text = if value.is_undefined() { "undefined" } else { &text };
        self.throw_type_error(&format!(
            "{text} is not iterable (cannot read property Symbol(Symbol.iterator))"
        ))
    }

    /// `IteratorStepValue` (§7.4.10): None at the end. If it throws, the iterator is
    /// done, and not to be closed.
    ///
    /// # Errors
    /// A `TypeError` if `next` gives no object; what it or a getter throws.
    pub fn iterator_step(&mut self, record: &mut IteratorRecord) -> Completion<Option<Value>> {
        record.done = true;
        let iterator = Value::cell(record.iterator);
        let value = if runs_program(record.iterator) {
            let result = self.call(record.next, iterator, &[])?;
            self.iterator_value(result)?
        } else {
            self.step_iterator((iterator, record.next))?
        };
        record.done = value.is_none();
        Ok(value)
    }

    /// What an iterator's result has as its value: None if it says that it is done
    /// (§7.4.6 – §7.4.8).
    ///
    /// # Errors
    /// A `TypeError` if the result is no object; what its getters throw.
    pub fn iterator_value(&mut self, result: Value) -> Completion<Option<Value>> {
        match self.is_iterator_done(result)? {
            (_, true) => Ok(None),
            (result, false) => self.get(result, self.memory.keys().value).map(Some),
        }
    }

    /// An iterator's result as an object, and whether it says that the iterator is done
    /// (§7.4.6, §7.4.7).
    ///
    /// # Errors
    /// A `TypeError` if the result is no object; what its getter throws.
    pub(crate) fn is_iterator_done(&mut self, result: Value) -> Completion<(Gc<Object>, bool)> {
        let Some(result) = as_object(result) else {
            let text = self.display(result);
            return Err(self.throw_type_error(&format!("Iterator result {text} is not an object")));
        };
        let done = self.get(result, self.memory.keys().done)?;
        Ok((result, to_boolean(done)))
    }

    /// The key and the value that an element of an iterable of entries has (§24.1.1.2 step
    /// 3.c – f).
    ///
    /// # Errors
    /// A `TypeError` if it is no object; what its getters throw.
    pub fn entry_of(&mut self, item: Value) -> Completion<[Value; 2]> {
        if item.kind() == Some(kinds::ARRAY)
            && let Some(entry) = as_object(item)
        {
            let [key, value] = [0, 1].map(|index| entry.element(index));
            if !key.is_empty() && !value.is_empty() {
                return Ok([key, value]);
            }
        }
        let Some(entry) = as_object(item) else {
            let text = self.display(item);
            return Err(
                self.throw_type_error(&format!("Iterator value {text} is not an entry object"))
            );
        };
        Ok([self.get(entry, PropertyKey::index(0))?, self.get(entry, PropertyKey::index(1))?])
    }

    /// `IteratorClose` (§7.4.11) for a normal completion.
    ///
    /// # Errors
    /// What `return` throws; a `TypeError` if it gives no object.
    pub fn iterator_close(&mut self, iterator: Gc<Object>) -> Completion<()> {
        let key = self.memory.keys().return_;
        let Some(method) = self.get_method(Value::cell(iterator), key)? else { return Ok(()) };
        let result = self.call(method, Value::cell(iterator), &[])?;
        if as_object(result).is_none() {
            let text = self.display(result);
            return Err(self.throw_type_error(&format!("{text} is not an object")));
        }
        Ok(())
    }

    /// `IteratorClose` (§7.4.11) for an exception, which goes on whatever `return` does.
    pub fn iterator_close_throwing(&mut self, iterator: Gc<Object>, _: Throw) -> Throw {
        let exception = self.take_exception();
        if self.iterator_close(iterator).is_err() {
            self.take_exception();
        }
        self.throw(exception)
    }

    /// Iterates over an iterable, as `for`-`of` does: an error of `visit` closes the
    /// iterator, and so does its end before that of the iterable.
    ///
    /// # Errors
    /// What the iterator throws, and `visit`.
    pub fn iterate(
        &mut self,
        iterable: Value,
        visit: impl FnMut(&mut Self, Value) -> Completion<ControlFlow<()>>,
    ) -> Completion<()> {
        let record = self.get_iterator(iterable)?;
        self.iterate_record(record, visit)
    }

    /// [`Self::iterate`] with an iterator.
    ///
    /// # Errors
    /// As there.
    pub fn iterate_record(
        &mut self,
        mut record: IteratorRecord,
        mut visit: impl FnMut(&mut Self, Value) -> Completion<ControlFlow<()>>,
    ) -> Completion<()> {
        while let Some(value) = self.iterator_step(&mut record)? {
            match visit(self, value) {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(())) => return self.iterator_close(record.iterator),
                Err(throw) => return Err(self.iterator_close_throwing(record.iterator, throw)),
            }
        }
        Ok(())
    }

    /// `CreateIteratorResultObject` (§7.4.14)
    pub fn create_iterator_result(&self, value: Value, done: bool) -> Value {
        let shape = self.realm().shape(RootShape::IteratorResult);
        let result = Gc::<Object>::ordinary(&self.memory, shape);
        result.set_slot(&self.memory, 0, value);
        result.set_slot(&self.memory, 1, Value::bool(done));
        Value::cell(result)
    }
}
