//! Async functions and async generators: what awaits promises (ECMA-262 §27.6, §27.7).

#![allow(clippy::unused_self, reason = "promises are still to come")]

use super::coroutine::Coroutine;
use super::{Completion, Vm};
use crate::heap::Gc;
use crate::internal_methods::IteratorRecord;
use crate::object::{Array, Object};
use crate::value::Value;

const MISSING: &str = "promises are not built yet";

impl Vm {
    pub(super) fn set_promise(&mut self, _: Gc<Coroutine>) {}

    pub(super) fn settle_async_function(&mut self, _: Gc<Coroutine>, _: Result<Value, Value>) {}

    pub(super) fn begin_await(&mut self, _: Gc<Coroutine>, _: Value) -> Completion<()> {
        Err(self.throw_error(MISSING))
    }

    pub(super) fn async_generator_yield(&mut self, _: Gc<Coroutine>, _: Value) {}

    pub(super) fn async_generator_finish(&mut self, _: Gc<Coroutine>, _: Result<Value, Value>) {}

    pub(super) fn create_async_from_sync_iterator(
        &mut self,
        _: IteratorRecord,
    ) -> Completion<IteratorRecord> {
        Err(self.throw_error(MISSING))
    }

    pub(super) fn array_iterator_at(&mut self, array: Gc<Array>, _: u32) -> Gc<Object> {
        array.as_object()
    }
}
