//! Iteration that goes a short way for arrays, and asynchronous iteration.

use super::{Completion, Coroutine, CoroutineState, Throw, Vm, WellKnown};
use crate::heap::Gc;
use crate::internal_methods::IteratorRecord;
use crate::kinds;
use crate::object::{
    Array, ArrayIterator, HelperState, IterationKind, IteratorHelper, MapIterator, Object,
    SetIterator,
};
use crate::operators::{as_object, is_callable};
use crate::realm::{Intrinsic, RootShape};
use crate::string::PropertyKey;
use crate::value::Value;

/// What a generator has been told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told {
    /// To go on.
    Next,
    /// To throw.
    Throw,
    /// To return.
    Return,
}

impl Told {
    /// What a number stands for in compiled code.
    pub(super) fn of(number: Value) -> Self {
        match number.as_int() {
            Some(1) => Self::Throw,
            Some(2) => Self::Return,
            _ => Self::Next,
        }
    }
}

/// Where the methods stand by which arrays are iterated over.
#[derive(Clone, Copy, Default)]
pub(super) struct ArrayIteration {
    /// The prototype epoch, and the realm, for which the slots are right.
    epoch: u32,
    realm: u64,
    slots: [u32; 2],
    /// Iterators over arrays have no `return`.
    needs_no_closing: bool,
}

impl Vm {
    /// The array that a value is, if iterating over it does nothing that a program could
    /// see: `Symbol.iterator` and `next` are what they were, and nothing is to be closed.
    pub(crate) fn plain_array(&mut self, value: Value) -> Option<Gc<Array>> {
        let array = value.downcast::<Array>()?;
        let realm = self.realm();
        if array.as_object().shape(&self.memory) != realm.shape(RootShape::Array)
            || array.as_object().is_sparse()
        {
            return None;
        }
        self.arrays_iterate_plainly().then_some(array)
    }

    /// Whether an iterator is one of this engine's own that [`Self::step_own`] can step, and
    /// `next` the method of its kind.
    #[inline(never)]
    pub(super) fn is_own_iterator(&self, iterator: Value, next: Value) -> bool {
        let expected = match iterator.kind() {
            Some(kinds::COROUTINE) => Intrinsic::GeneratorNext,
            Some(kinds::MAP_ITERATOR) => Intrinsic::MapIteratorNext,
            Some(kinds::SET_ITERATOR) => Intrinsic::SetIteratorNext,
            Some(kinds::ARRAY_ITERATOR) => Intrinsic::ArrayIteratorNext,
            Some(kinds::STRING_ITERATOR) => Intrinsic::StringIteratorNext,
            Some(kinds::ITERATOR_HELPER) => Intrinsic::IteratorHelperNext,
            _ => return false,
        };
        let is_free = if let Some(generator) = iterator.downcast::<Coroutine>() {
            generator.is_generator() && generator.state() != CoroutineState::Running
        } else {
            let helper = iterator.downcast::<IteratorHelper>();
            helper.is_none_or(|helper| helper.state.get() != HelperState::Running)
        };
        is_free && self.realm().find(expected).map(Value::cell) == Some(next)
    }

    /// The next element of an iterator whose results nobody gets to see, without making
    /// them; `EMPTY` at the end.
    #[inline(never)]
    pub(super) fn step_own(&mut self, iterator: Value) -> Completion {
        let value = if let Some(generator) = iterator.downcast::<Coroutine>() {
            self.step_generator(generator)?
        } else if let Some(iterator) = iterator.downcast::<ArrayIterator>() {
            self.step_array_iterator(iterator)?
        } else if let Some(iterator) = iterator.downcast::<MapIterator>() {
            self.step_collection(iterator)
        } else if let Some(iterator) = iterator.downcast::<SetIterator>() {
            self.step_collection(iterator)
        } else if let Some(helper) = iterator.downcast::<IteratorHelper>() {
            self.step_helper(helper)?
        } else {
            iterator.downcast().and_then(|iterator| self.step_string_iterator(iterator))
        };
        Ok(value.unwrap_or(Value::EMPTY))
    }

    /// `IteratorStepValue` (§7.4.10) for an iterator and its `next`: own iterators give
    /// their values without result objects.
    pub(crate) fn step_iterator(
        &mut self,
        (iterator, next): (Value, Value),
    ) -> Completion<Option<Value>> {
        if self.is_own_iterator(iterator, next) {
            let value = self.step_own(iterator)?;
            return Ok((!value.is_empty()).then_some(value));
        }
        let result = self.call(next, iterator, &[])?;
        self.iterator_value(result)
    }

    /// `IteratorStep` (§7.4.9): whether there has been a value, which nobody looks at.
    pub(crate) fn skip_value(&mut self, (iterator, next): (Value, Value)) -> Completion<bool> {
        if self.is_own_iterator(iterator, next) {
            return Ok(!self.step_own(iterator)?.is_empty());
        }
        let result = self.call(next, iterator, &[])?;
        self.is_iterator_done(result).map(|(_, done)| !done)
    }

    /// Whether `Array.prototype[Symbol.iterator]` and `next` of its iterators are what they
    /// were. Where they stand is looked up when a prototype has changed its shape.
    fn arrays_iterate_plainly(&self) -> bool {
        let realm = self.realm();
        let epoch = self.memory.shapes().prototype_epoch();
        let holders = [Intrinsic::ArrayPrototype, Intrinsic::ArrayIteratorPrototype];
        let mut known = self.array_iteration.get();
        if known.epoch != epoch || known.realm != realm.to_word() {
            let keys = [self.well_known_key(WellKnown::Iterator), self.memory.keys().next];
            let mut slots = [u32::MAX; 2];
            for ((holder, key), slot) in holders.into_iter().zip(keys).zip(&mut slots) {
                let property =
                    realm.find(holder).and_then(|holder| holder.own_property(&self.memory, key));
                *slot = property.map_or(u32::MAX, |property| property.slot);
            }
            known =
                ArrayIteration { epoch, realm: realm.to_word(), slots, needs_no_closing: false };
            self.array_iteration.set(known);
        }
        let expected = [Intrinsic::ArrayPrototypeValues, Intrinsic::ArrayIteratorNext];
        holders.into_iter().zip(expected).zip(known.slots).all(|((holder, expected), slot)| {
            slot != u32::MAX
                && realm.find(expected).is_some_and(|expected| {
                    realm.get(holder).get_slot(&self.memory, slot) == Value::cell(expected)
                })
        })
    }

    /// The next element of an array that is iterated over; `EMPTY` at the end.
    pub(super) fn array_next(&mut self, array: &mut Value, index: &mut Value) -> Completion {
        let at = index.as_int().unwrap_or(0) as u32;
        let Some(source) = array.downcast::<Array>().filter(|source| at < source.length.get())
        else {
            // From now on the array is of no interest, even if it grows.
            *array = Value::cell(self.new_array());
            *index = Value::ZERO;
            return Ok(Value::EMPTY);
        };
        *index = Value::int(at as i32 + 1);
        self.get(source.as_object(), PropertyKey::index(at))
    }

    /// The iterator over an array that has been iterated over a short way, if it has to
    /// be closed: somebody has given it a `return`.
    pub(super) fn closable_array_iterator(
        &mut self,
        array: Gc<Array>,
        index: u32,
    ) -> Option<Gc<Object>> {
        let known = self.array_iteration.get();
        if known.needs_no_closing
            && known.epoch == self.memory.shapes().prototype_epoch()
            && known.realm == self.realm().to_word()
        {
            return None;
        }
        let prototype = self.realm().find(Intrinsic::ArrayIteratorPrototype)?;
        let key = self.memory.keys().return_;
        let mut at = Some(prototype);
        while let Some(object) = at {
            if object.is_exotic() || object.own_property(&self.memory, key).is_some() {
                let (target, index) = (array.as_object(), f64::from(index));
                return Some(self.new_array_iterator(target, index, IterationKind::Values));
            }
            at = object.prototype(&self.memory);
        }
        if known.epoch == self.memory.shapes().prototype_epoch()
            && known.realm == self.realm().to_word()
        {
            self.array_iteration.set(ArrayIteration { needs_no_closing: true, ..known });
        }
        None
    }

    /// Adds all that an iterable gives at the end of an array that nobody else has seen.
    pub(super) fn append_iterable(
        &mut self,
        array: Gc<Array>,
        iterable: Value,
        to_call: bool,
    ) -> Completion<()> {
        if let Some(source) = self.plain_array(iterable) {
            // Holes and what has no room among the elements are asked for one by one.
            let elements = source.as_object().elements();
            if let Some(elements) = elements
                && elements.length() == source.length.get()
                && elements.as_cells().iter().all(|value| !value.get().is_empty())
            {
                array.extend(&self.memory, elements.as_cells());
                return Ok(());
            }
            let mut index = 0;
            while index < source.length.get() {
                self.heed_interrupt()?;
                let mut value = source.as_object().element(index);
                if value.is_empty() {
                    value = self.get(source.as_object(), PropertyKey::index(index))?;
                }
                array.push(&self.memory, value);
                index += 1;
            }
            return Ok(());
        }
        let Some(mut record) = self.find_iterator(iterable)? else {
            if !to_call {
                return Err(self.throw_not_iterable_here(iterable, 0));
            }
            let message = if iterable.is_nullish() {
                let text = self.named_value().unwrap_or_else(|| self.display(iterable));
                format!("{text} is not iterable (cannot read property undefined)")
            } else {
                "Spread syntax requires ...iterable[Symbol.iterator] to be a function".to_owned()
            };
            return Err(self.throw_type_error(&message));
        };
        while let Some(value) = self.iterator_step(&mut record)? {
            self.heed_interrupt()?;
            array.push(&self.memory, value);
        }
        Ok(())
    }

    /// Throws because what the instruction that runs goes over is no iterable; `source`
    /// says where it comes from, as in [`Op::RequireObjectCoercible`].
    ///
    /// [`Op::RequireObjectCoercible`]: crate::bytecode::Op::RequireObjectCoercible
    pub(super) fn throw_not_iterable_here(&mut self, value: Value, source: u8) -> Throw {
        let named = match source {
            3 => Some(".for".to_owned()),
            _ => self.named_value(),
        };
        if let Some(function) = named.as_ref().and_then(|name| name.strip_suffix("(...)"))
            && !function.starts_with("new ")
        {
            return self.throw_type_error(&format!(
                "{function} is not a function or its return value is not iterable"
            ));
        }
        let is_word = |name: &String| !name.contains(['.', '(', '[', ' ']);
        let of_pattern = source != 0 && value.is_nullish();
        match named.filter(|name| !of_pattern || is_word(name)) {
            Some(name) => self.throw_type_error(&format!("{name} is not iterable")),
            None => self.throw_not_iterable(value),
        }
    }

    /// Throws because a value that a pattern takes apart is `undefined` or `null`; `key` is
    /// the first property that it looks at.
    pub(super) fn throw_not_destructurable(
        &mut self,
        value: Value,
        key: Value,
        source: u8,
    ) -> Throw {
        let text = self.display(value);
        if source == 0 && !key.is_undefined() {
            let key = self.display(key);
            let message = format!("Cannot read properties of {text} (reading '{key}')");
            return self.throw_type_error(&message);
        }
        let named = match source {
            3 => ".for".to_owned(),
            2 => self.describe(value).replace("undefined undefined", "undefined"),
            _ => self.named_value().unwrap_or_else(|| text.clone()),
        };
        self.throw_type_error(&if key.is_undefined() {
            format!("Cannot destructure '{named}' as it is {text}.")
        } else {
            let key = self.display(key);
            format!("Cannot destructure property '{key}' of '{named}' as it is {text}.")
        })
    }

    /// `GetIterator` (§7.4.4) with kind async.
    pub(super) fn get_async_iterator(&mut self, value: Value) -> Completion<IteratorRecord> {
        let key = self.well_known_key(WellKnown::AsyncIterator);
        let method = if value.is_nullish() { None } else { self.get_method(value, key)? };
        let Some(method) = method else {
            if value.is_nullish() {
                let text = self.display(value);
                return Err(self.throw_type_error(&format!(
                    "Cannot read properties of {text} (reading 'Symbol(Symbol.asyncIterator)')"
                )));
            }
            let key = self.well_known_key(WellKnown::Iterator);
            let method = self.get_of_value(value, key)?;
            if !is_callable(method) {
                let text = self.named_value().unwrap_or_else(|| self.describe(value));
                return Err(self.throw_type_error(&format!("{text} is not async iterable")));
            }
            let record = self.get_iterator_from_method(value, method)?;
            return self.create_async_from_sync_iterator(record);
        };
        let iterator = self.call(method, value, &[])?;
        match as_object(iterator) {
            Some(iterator) => {
                let mut record = self.get_iterator_direct(iterator)?;
                if self.is_own_iterator(Value::cell(iterator), record.next) {
                    // What a synchronous iterator gives is awaited here, and has to be an
                    // object: by this function the iterator is like a program's.
                    let next = self.new_native_closure(
                        "next",
                        1,
                        |vm, arguments| {
                            let next = arguments.captured().variables()[0].get();
                            vm.call(next, arguments.this(), &[arguments.get(0)])
                        },
                        &[record.next],
                    );
                    record.next = Value::cell(next);
                }
                Ok(record)
            }
            None => {
                Err(self
                    .throw_type_error("Result of the Symbol.asyncIterator method is not an object"))
            }
        }
    }
}
