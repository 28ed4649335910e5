//! Promises that wait for a notification (ECMA-262 §25.4.3.15).

use std::sync::Arc;
use std::time::Instant;

use super::Vm;
use crate::heap::{Gc, RootedVec};
use crate::object::{Block, Mailbox, Promise};
use crate::value::Value;

/// A promise that waits, beside it in [`Waits`].
struct Wait {
    /// The number of its waiter.
    number: u64,
    block: Arc<Block>,
    until: Option<Instant>,
}

/// The promises of a machine that wait.
pub(super) struct Waits {
    mailbox: Arc<Mailbox>,
    list: Vec<Wait>,
    /// The promises, in the same order.
    promises: RootedVec<Value>,
}

impl Waits {
    pub(super) fn new(promises: RootedVec<Value>) -> Self {
        Self { mailbox: Arc::default(), list: Vec::new(), promises }
    }
}

impl Vm {
    /// A promise for a notification at a place in shared bytes; or how the waiting has
    /// ended before it began.
    pub(crate) fn wait_asynchronously(
        &mut self,
        block: &Arc<Block>,
        offset: usize,
        is_expected: impl Fn() -> bool,
        until: Option<Instant>,
        is_over: bool,
    ) -> Result<Gc<Promise>, &'static str> {
        let waiters = block.waiters();
        let mailbox = &self.waits.mailbox;
        let number = waiters.wait_asynchronously(offset, is_expected, is_over, mailbox)?;
        let promise = self.new_promise();
        self.waits.list.push(Wait { number, block: block.clone(), until });
        self.waits.promises.push(Value::cell(promise));
        Ok(promise)
    }

    /// Whether a promise of `Atomics.waitAsync` waits: with `limited`, one that does not
    /// do so for ever.
    #[must_use]
    pub fn has_waiting_promises(&self, limited: bool) -> bool {
        self.waits.list.iter().any(|wait| !limited || wait.until.is_some())
    }

    /// Sleeps until a promise of `Atomics.waitAsync` can be settled, or up to a moment.
    pub fn sleep_until_notified(&self, until: Option<Instant>) {
        let deadlines = self.waits.list.iter().filter_map(|wait| wait.until);
        self.waits.mailbox.wait(deadlines.chain(until).min());
    }

    /// Settles the promises that have been notified, or have waited long enough: whether
    /// there were any.
    pub fn settle_waiting_promises(&mut self) -> bool {
        if self.waits.list.is_empty() {
            return false;
        }
        let mut settled = false;
        for number in self.waits.mailbox.take() {
            settled |= self.settle_wait(number, "ok");
        }
        let now = Instant::now();
        let late: Vec<u64> = self
            .waits
            .list
            .iter()
            .filter(|wait| wait.until.is_some_and(|until| until <= now))
            .filter(|wait| wait.block.waiters().give_up(wait.number))
            .map(|wait| wait.number)
            .collect();
        for number in late {
            settled |= self.settle_wait(number, "timed-out");
        }
        settled
    }

    fn settle_wait(&mut self, number: u64, outcome: &str) -> bool {
        let Some(at) = self.waits.list.iter().position(|wait| wait.number == number) else {
            return false;
        };
        self.waits.list.swap_remove(at);
        let last = self.waits.promises.pop().unwrap_or(Value::UNDEFINED);
        let promise = self.waits.promises.get(at).unwrap_or(last);
        if at < self.waits.promises.len() {
            self.waits.promises.set(at, last);
        }
        if let Some(promise) = promise.downcast::<Promise>() {
            let outcome = Value::cell(self.memory.intern_str(outcome));
            self.resolve_promise(promise, outcome);
        }
        true
    }
}
