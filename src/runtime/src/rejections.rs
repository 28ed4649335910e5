//! Rejections that nobody handles, and exceptions of jobs.
//!
//! <https://nodejs.org/api/process.html#event-unhandledrejection>

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use axil_engine::heap::Gc;
use axil_engine::heap::RootedVec;
use axil_engine::object::Promise;
use axil_engine::operators::to_boolean;
use axil_engine::value::Value;
use axil_engine::vm::{JobHost, PromiseEvent, RejectionEvent, Vm};

use crate::runtime;
use crate::uncaught::{self, Uncaught};

/// The promises that were rejected without anybody who would handle that. Each has a mark
/// that says what has become of it, so that nothing is looked up, and a promise lives no
/// longer than the program wants.
pub struct Rejections {
    /// Those that were rejected in this turn, in order, each followed by the context in
    /// which that was.
    rejected: RefCell<RootedVec<Value>>,
    /// How many of them nobody has handled or been told of.
    waiting: Cell<usize>,
    /// Those that are handled after somebody was told of them.
    handled: RefCell<RootedVec<Value>>,
}

/// The mark of a promise that waits until somebody is told of it.
const WAITS: u8 = 1;
/// The mark of one that somebody has been told of.
const TOLD: u8 = 2;
/// The mark of one that is of no interest any more.
const SETTLED: u8 = 3;

impl Rejections {
    /// The host of jobs that keeps them, which the machine asks from now on.
    pub(crate) fn install(vm: &mut Vm) -> Rc<Self> {
        let list = |vm: &Vm| RefCell::new(vm.memory.rooted_vec());
        let (rejected, handled) = (list(vm), list(vm));
        let rejections = Rc::new(Self { rejected, waiting: Cell::new(0), handled });
        vm.set_job_host(rejections.clone());
        rejections
    }

    /// Whether there are any that nobody has been told of.
    pub(crate) fn has_any(&self) -> bool {
        self.waiting.get() > 0 || !self.handled.borrow().is_empty()
    }

    /// Tells the program of what has been rejected: what it does not handle is its end.
    /// Whether anything was told.
    pub(crate) fn report(&self, vm: &mut Vm) -> bool {
        if !self.has_any() {
            return false;
        }
        let runtime = runtime::of(vm);
        let handled = take(&self.handled, vm);
        for promise in handled.as_slice() {
            if let Some(hook) = runtime.hook("rejectionHandled") {
                runtime.call_back(vm, hook, Value::UNDEFINED, &[*promise]);
            }
        }
        // What is rejected meanwhile has its turn after ticks and jobs.
        let rejected = take(&self.rejected, vm);
        for pair in rejected.as_slice().chunks_exact(2) {
            let (value, context) = (pair[0], pair[1]);
            let Some(promise) = value.downcast::<Promise>().filter(|it| it.mark() == WAITS) else {
                continue;
            };
            promise.set_mark(TOLD);
            self.waiting.set(self.waiting.get() - 1);
            vm.set_job_context(context);
            let reason = promise.result();
            let is_handled = match runtime.hook("unhandledRejection") {
                Some(hook) => runtime
                    .call_back(vm, hook, Value::UNDEFINED, &[value, reason])
                    // What has thrown was reported for itself.
                    .is_none_or(to_boolean),
                None => false,
            };
            if !is_handled {
                uncaught::raise(vm, Uncaught::Rejection(reason));
            }
        }
        vm.set_job_context(Value::UNDEFINED);
        true
    }
}

impl Rejections {
    /// Takes promises off the list that have been handled, when they are most of it.
    fn forget_settled(&self, vm: &Vm) {
        const FEW: usize = 32;
        let mut rejected = self.rejected.borrow_mut();
        if rejected.len() / 2 < 2 * self.waiting.get() + FEW {
            return;
        }
        let mut rest = vm.memory.rooted_vec();
        for pair in rejected.as_slice().chunks_exact(2) {
            if pair[0].downcast::<Promise>().is_some_and(|it| it.mark() == WAITS) {
                rest.push(pair[0]);
                rest.push(pair[1]);
            }
        }
        *rejected = rest;
    }
}

/// All of a list, which is empty from now on.
fn take(list: &RefCell<RootedVec<Value>>, vm: &Vm) -> RootedVec<Value> {
    list.replace(vm.memory.rooted_vec())
}

impl JobHost for Rejections {
    fn track_rejection(&self, vm: &mut Vm, promise: Gc<Promise>, event: RejectionEvent) {
        match event {
            RejectionEvent::Reject => {
                promise.set_mark(WAITS);
                self.forget_settled(vm);
                self.waiting.set(self.waiting.get() + 1);
                let mut rejected = self.rejected.borrow_mut();
                rejected.push(Value::cell(promise));
                rejected.push(vm.job_context());
            }
            RejectionEvent::Handle => match promise.mark() {
                WAITS => {
                    promise.set_mark(SETTLED);
                    self.waiting.set(self.waiting.get() - 1);
                }
                TOLD => {
                    promise.set_mark(SETTLED);
                    self.handled.borrow_mut().push(Value::cell(promise));
                }
                _ => {}
            },
            RejectionEvent::RejectAfterResolved | RejectionEvent::ResolveAfterResolved => {}
        }
    }

    fn report_error(&self, vm: &mut Vm, exception: Value) {
        vm.keep_host_frame(|vm| uncaught::raise(vm, Uncaught::Exception(exception)));
    }

    fn promise_event(&self, vm: &mut Vm, promise: Gc<Promise>, event: PromiseEvent) {
        let event = match event {
            PromiseEvent::Before => 0,
            PromiseEvent::After => 1,
            PromiseEvent::Settled => 2,
        };
        tell_of_promise(vm, &[Value::cell(promise), Value::int(event)]);
    }

    fn promise_made(&self, vm: &mut Vm, promise: Gc<Promise>, parent: Option<Gc<Promise>>) {
        const MADE: i32 = 3;
        let parent = parent.map_or(Value::UNDEFINED, Value::cell);
        tell_of_promise(vm, &[Value::cell(promise), Value::int(MADE), parent]);
    }
}

/// Tells the hook that watches promises.
fn tell_of_promise(vm: &mut Vm, arguments: &[Value]) {
    let Some(hook) = runtime::of(vm).hook("promiseEvent") else { return };
    if vm.call(hook, Value::UNDEFINED, arguments).is_err() {
        let exception = vm.take_exception();
        uncaught::raise(vm, Uncaught::Exception(exception));
    }
}
