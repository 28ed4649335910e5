//! Jobs (ECMA-262 §9.5): what runs when nothing else does.
//!
//! Jobs wait in a ring of words, four each. The first word says by its kind what the
//! job is:
//!
//! | first      | second    | third                 | fourth  |                     |
//! |------------|-----------|-----------------------|---------|---------------------|
//! | a reaction | a result  | whether it is a reason |         | §27.2.2.1           |
//! | a promise  | a thenable | its `then`           | context | §27.2.2.2           |
//! | a function | argument  |                       | context | of the embedder's   |
//!
//! The *context* is a value of the embedder's own, which follows programs from where a
//! job is made to where it runs (§9.5.2).

use std::rc::Rc;

use super::coroutine::Coroutine;
use super::{Completion, Throw, Vm};
use crate::heap::{Gc, RootedVec};
use crate::object::{Memory, Promise, PromiseState, Reaction, ReactionKind};
use crate::value::Value;

/// What an embedder is told of jobs and promises.
pub trait JobHost {
    /// `HostPromiseRejectionTracker` (§27.2.1.9)
    fn track_rejection(&self, vm: &mut Vm, promise: Gc<Promise>, event: RejectionEvent);

    /// `HostReportErrors` (§16.1.7): a job has thrown.
    fn report_error(&self, vm: &mut Vm, exception: Value);

    /// Something happens to a promise; called only after [`Vm::tell_of_promises`].
    fn promise_event(&self, vm: &mut Vm, promise: Gc<Promise>, event: PromiseEvent) {
        let _ = (vm, promise, event);
    }

    /// A promise is new, made for the result of a reaction to `parent` if there is one;
    /// called only after [`Vm::tell_of_promises`].
    fn promise_made(&self, vm: &mut Vm, promise: Gc<Promise>, parent: Option<Gc<Promise>>) {
        let _ = (vm, promise, parent);
    }
}

/// What happens to a promise, for those who watch them all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PromiseEvent {
    /// What will settle it is about to run.
    Before,
    /// That has run.
    After,
    /// It has a result.
    Settled,
}

/// What has happened to a promise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RejectionEvent {
    /// It was rejected, and nobody has asked for its result.
    Reject,
    /// Somebody has asked for its result after it was rejected.
    Handle,
    /// One of its resolving functions wants to reject it when its result is settled.
    RejectAfterResolved,
    /// One of its resolving functions wants to resolve it when its result is settled.
    ResolveAfterResolved,
}

/// So many words are a job.
const JOB: usize = 4;

/// The jobs that wait, and what comes with them.
pub(super) struct Jobs {
    ring: RootedVec<Value>,
    /// The number of the first job that waits.
    first: usize,
    /// How many wait.
    count: usize,
    /// They are being run.
    is_running: bool,
    host: Option<Rc<dyn JobHost>>,
    /// The host is told of what happens to promises.
    tells_of_promises: bool,
    /// The context of what runs: one word.
    context: RootedVec<Value>,
}

impl Jobs {
    /// No jobs.
    pub(super) fn new(memory: &Memory) -> Self {
        let mut context = memory.rooted_vec();
        context.push(Value::UNDEFINED);
        let ring = memory.rooted_vec();
        Self {
            ring,
            first: 0,
            count: 0,
            is_running: false,
            host: None,
            tells_of_promises: false,
            context,
        }
    }

    /// How many jobs there is room for: a power of two, or none.
    fn capacity(&self) -> usize {
        self.ring.len() / JOB
    }

    fn push(&mut self, job: [Value; JOB]) {
        if self.count == self.capacity() {
            self.grow();
        }
        let at = (self.first + self.count) & (self.capacity() - 1);
        for (offset, word) in job.into_iter().enumerate() {
            self.ring.set(at * JOB + offset, word);
        }
        self.count += 1;
    }

    /// Doubles the room. What stands before the first job moves behind the others.
    #[cold]
    fn grow(&mut self) {
        let old = self.ring.len();
        for _ in 0..old.max(16 * JOB) {
            self.ring.push(Value::EMPTY);
        }
        for word in 0..self.first * JOB {
            let value = self.ring.get(word).unwrap_or(Value::EMPTY);
            self.ring.set(old + word, value);
            self.ring.set(word, Value::EMPTY);
        }
    }

    fn pop(&mut self) -> Option<[Value; JOB]> {
        if self.count == 0 {
            return None;
        }
        let mut job = [Value::EMPTY; JOB];
        for (offset, word) in job.iter_mut().enumerate() {
            let at = self.first * JOB + offset;
            *word = self.ring.get(at).unwrap_or(Value::EMPTY);
            // What a job referred to need not live until the ring comes round.
            self.ring.set(at, Value::EMPTY);
        }
        self.first = (self.first + 1) & (self.capacity() - 1);
        self.count -= 1;
        Some(job)
    }
}

impl Vm {
    /// Sets who is told of rejections and of errors in jobs.
    pub fn set_job_host(&mut self, host: Rc<dyn JobHost>) {
        self.jobs.host = Some(host);
    }

    /// The embedder's value that belongs to what runs: `undefined` at first. Jobs run
    /// with that of the code that has made them.
    pub fn job_context(&self) -> Value {
        self.jobs.context.get(0).unwrap_or(Value::UNDEFINED)
    }

    /// Changes the embedder's value that belongs to what runs.
    pub fn set_job_context(&mut self, context: Value) {
        self.jobs.context.set(0, context);
    }

    /// Adds a job that calls a function with an argument (§9.5.3). An exception of it is
    /// reported to the host.
    pub fn enqueue_job(&mut self, function: Value, argument: Value) {
        let context = self.job_context();
        self.jobs.push([function, argument, Value::UNDEFINED, context]);
    }

    /// Adds a `PromiseReactionJob`.
    pub(super) fn enqueue_reaction(
        &mut self,
        reaction: Gc<Reaction>,
        state: PromiseState,
        result: Value,
    ) {
        let is_rejection = Value::bool(state == PromiseState::Rejected);
        self.jobs.push([Value::cell(reaction), result, is_rejection, Value::UNDEFINED]);
    }

    /// Adds a `PromiseResolveThenableJob`.
    pub(super) fn enqueue_thenable(&mut self, promise: Gc<Promise>, thenable: Value, then: Value) {
        let context = self.job_context();
        self.jobs.push([Value::cell(promise), thenable, then, context]);
    }

    /// Forgets the jobs that wait.
    pub(super) fn drop_jobs(&mut self) {
        while self.jobs.pop().is_some() {}
    }

    /// Whether jobs wait.
    pub fn has_jobs(&self) -> bool {
        self.jobs.count > 0
    }

    /// Runs jobs until there are no more. Within a job it does nothing: those that are
    /// left have their turn anyway.
    pub fn run_jobs(&mut self) {
        if self.jobs.is_running {
            return;
        }
        self.jobs.is_running = true;
        let context = self.job_context();
        self.clear_kept_objects();
        self.enqueue_cleanups();
        loop {
            // What an interrupted program has left is not run.
            while !self.is_interrupted()
                && let Some(job) = self.jobs.pop()
            {
                if let Err(throw) = self.run_job(job) {
                    self.report_job_error(throw);
                }
                self.clear_kept_objects();
                self.enqueue_cleanups();
                self.settle_waiting_promises();
            }
            if !self.settle_waiting_promises() {
                break;
            }
        }
        self.set_job_context(context);
        self.jobs.is_running = false;
    }

    fn run_job(&mut self, [first, second, third, context]: [Value; JOB]) -> Completion<()> {
        if let Some(reaction) = first.downcast::<Reaction>() {
            return self.run_reaction(reaction, second, third.is_true());
        }
        self.set_job_context(context);
        if let Some(promise) = first.downcast::<Promise>() {
            return self.run_thenable(promise, second, third);
        }
        self.call(first, Value::UNDEFINED, &[second]).map(drop)
    }

    /// Tells the host that a job has thrown. Without a host nobody can be told.
    fn report_job_error(&mut self, _: Throw) {
        let exception = self.take_exception();
        if let Some(host) = self.jobs.host.clone() {
            host.report_error(self, exception);
        }
    }

    /// Tells the host what has happened to a promise.
    pub(crate) fn track_rejection(&mut self, promise: Gc<Promise>, event: RejectionEvent) {
        if let Some(host) = self.jobs.host.clone() {
            host.track_rejection(self, promise, event);
        }
    }

    /// Has the host be told of what happens to promises, or no longer.
    pub fn tell_of_promises(&mut self, tells: bool) {
        self.jobs.tells_of_promises = tells;
    }

    /// Whether the host is told of what happens to promises.
    pub(super) fn tells_of_promises(&self) -> bool {
        self.jobs.tells_of_promises
    }

    /// Tells the host of a promise, if it wants to know.
    pub(super) fn note_promise(&mut self, promise: Gc<Promise>, event: PromiseEvent) {
        if self.jobs.tells_of_promises
            && let Some(host) = self.jobs.host.clone()
        {
            host.promise_event(self, promise, event);
        }
    }

    /// Tells the host of a promise that is new, if it wants to know.
    #[inline]
    pub(super) fn note_new_promise(&mut self, promise: Gc<Promise>, parent: Option<Gc<Promise>>) {
        if self.jobs.tells_of_promises
            && let Some(host) = self.jobs.host.clone()
        {
            host.promise_made(self, promise, parent);
        }
    }

    /// The promise that a reaction settles: of an `await` the async function's.
    fn promise_of(reaction: Gc<Reaction>) -> Option<Gc<Promise>> {
        match reaction.target.downcast::<Coroutine>() {
            Some(coroutine) => {
                let own = reaction.on_fulfilled.downcast::<Promise>();
                own.or_else(|| coroutine.extra.get().downcast::<Promise>())
            }
            None => reaction.target.downcast::<Promise>(),
        }
    }

    /// `NewPromiseReactionJob` (§27.2.2.1)
    fn run_reaction(
        &mut self,
        reaction: Gc<Reaction>,
        result: Value,
        is_rejection: bool,
    ) -> Completion<()> {
        self.set_job_context(reaction.context);
        if !self.jobs.tells_of_promises {
            return self.run_reaction_handlers(reaction, result, is_rejection);
        }
        let promise = Self::promise_of(reaction);
        if let Some(promise) = promise {
            self.note_promise(promise, PromiseEvent::Before);
        }
        let outcome = self.run_reaction_handlers(reaction, result, is_rejection);
        if let Some(promise) = promise {
            if reaction.kind() == ReactionKind::Await {
                self.note_promise(promise, PromiseEvent::Settled);
            }
            self.note_promise(promise, PromiseEvent::After);
        }
        outcome
    }

    fn run_reaction_handlers(
        &mut self,
        reaction: Gc<Reaction>,
        result: Value,
        is_rejection: bool,
    ) -> Completion<()> {
        match reaction.kind() {
            ReactionKind::Await => {
                self.resume_coroutine(reaction.target, is_rejection, result);
                return Ok(());
            }
            ReactionKind::Adopt => {
                if let Some(promise) = reaction.target.downcast::<Promise>() {
                    if is_rejection {
                        self.reject_promise(promise, result);
                    } else {
                        self.resolve_promise(promise, result);
                    }
                }
                return Ok(());
            }
            ReactionKind::Then | ReactionKind::Capability => {}
        }
        let handler = if is_rejection { reaction.on_rejected } else { reaction.on_fulfilled };
        let outcome = if handler.is_undefined() {
            if is_rejection { Err(self.throw(result)) } else { Ok(result) }
        } else {
            self.call(handler, Value::UNDEFINED, &[result])
        };
        if reaction.kind() == ReactionKind::Capability {
            return self.settle_capability(reaction.target, outcome);
        }
        let promise = reaction.target.downcast::<Promise>();
        match (outcome, promise) {
            (Ok(value), Some(promise)) => self.resolve_promise(promise, value),
            (Ok(_), None) => {}
            (Err(_), promise) => {
                let reason = self.take_exception();
                if let Some(promise) = promise {
                    self.reject_promise(promise, reason);
                }
            }
        }
        Ok(())
    }
}
