//! Rejections that nobody handles, and exceptions of jobs.
//!
//! <https://nodejs.org/api/process.html#event-unhandledrejection>

use std::cell::RefCell;
use std::rc::Rc;

use axil_engine::heap::Gc;
use axil_engine::heap::RootedVec;
use axil_engine::object::Promise;
use axil_engine::operators::to_boolean;
use axil_engine::value::Value;
use axil_engine::vm::{JobHost, PromiseEvent, RejectionEvent, Vm};

use crate::runtime;
use crate::uncaught::{self, Uncaught};

/// The promises that were rejected without anybody who would handle that.
pub struct Rejections {
    /// Those that nobody has been told of yet, in order.
    new: RefCell<RootedVec<Value>>,
    /// The contexts in which those were rejected.
    contexts: RefCell<RootedVec<Value>>,
    /// Those that somebody has been told of.
    told: RefCell<RootedVec<Value>>,
    /// Those of the latter that are handled after all.
    handled: RefCell<RootedVec<Value>>,
}

impl Rejections {
    /// The host of jobs that keeps them, which the machine asks from now on.
    pub(crate) fn install(vm: &mut Vm) -> Rc<Self> {
        let list = |vm: &Vm| RefCell::new(vm.memory.rooted_vec());
        let rejections =
            Rc::new(Self { new: list(vm), contexts: list(vm), told: list(vm), handled: list(vm) });
        vm.set_job_host(rejections.clone());
        rejections
    }

    /// Whether there are any that nobody has been told of.
    pub(crate) fn has_any(&self) -> bool {
        !self.new.borrow().is_empty() || !self.handled.borrow().is_empty()
    }

    /// Tells the program of what has been rejected: what it does not handle is its end.
    /// Whether anything was told.
    pub(crate) fn report(&self, vm: &mut Vm) -> bool {
        if !self.has_any() {
            return false;
        }
        let runtime = runtime::of(vm);
        while let Some(promise) = take_first(&self.handled, vm) {
            if let Some(hook) = runtime.hook("rejectionHandled") {
                runtime.call_back(vm, hook, Value::UNDEFINED, &[promise]);
            }
        }
        // What is rejected meanwhile has its turn after ticks and jobs.
        let count = self.new.borrow().len();
        for _ in 0..count {
            let Some((promise, context)) = self.take_new(vm) else { break };
            vm.set_job_context(context);
            let Some(reason) = promise.downcast::<Promise>().map(|it| it.result()) else {
                continue;
            };
            self.told.borrow_mut().push(promise);
            let is_handled = match runtime.hook("unhandledRejection") {
                Some(hook) => runtime
                    .call_back(vm, hook, Value::UNDEFINED, &[promise, reason])
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

    /// The first that nobody has been told of, and its context.
    fn take_new(&self, vm: &Vm) -> Option<(Value, Value)> {
        let promise = self.new.borrow().get(0)?;
        let context = self.contexts.borrow().get(0).unwrap_or(Value::UNDEFINED);
        self.forget_new(vm, promise);
        Some((promise, context))
    }

    /// Takes a promise off the list of those that nobody has been told of. Whether it was
    /// there.
    fn forget_new(&self, vm: &Vm, promise: Value) -> bool {
        let mut promises = self.new.borrow_mut();
        let Some(at) = promises.as_slice().iter().position(|other| *other == promise) else {
            return false;
        };
        let mut contexts = self.contexts.borrow_mut();
        for list in [&mut promises, &mut contexts] {
            let mut rest = vm.memory.rooted_vec();
            for (index, other) in list.as_slice().iter().enumerate() {
                if index != at {
                    rest.push(*other);
                }
            }
            **list = rest;
        }
        true
    }
}

fn take_first(list: &RefCell<RootedVec<Value>>, vm: &Vm) -> Option<Value> {
    let mut list = list.borrow_mut();
    let first = list.get(0)?;
    remove(&mut list, vm, first);
    Some(first)
}

/// Takes a value off a list. Whether it was there.
fn remove(list: &mut RootedVec<Value>, vm: &Vm, value: Value) -> bool {
    let before = list.len();
    let mut rest = vm.memory.rooted_vec();
    for other in list.as_slice().iter().filter(|other| **other != value) {
        rest.push(*other);
    }
    *list = rest;
    list.len() < before
}

impl JobHost for Rejections {
    fn track_rejection(&self, vm: &mut Vm, promise: Gc<Promise>, event: RejectionEvent) {
        let promise = Value::cell(promise);
        match event {
            RejectionEvent::Reject => {
                self.new.borrow_mut().push(promise);
                self.contexts.borrow_mut().push(vm.job_context());
            }
            RejectionEvent::Handle => {
                let is_new = self.forget_new(vm, promise);
                if !is_new && remove(&mut self.told.borrow_mut(), vm, promise) {
                    self.handled.borrow_mut().push(promise);
                }
            }
            RejectionEvent::RejectAfterResolved | RejectionEvent::ResolveAfterResolved => {}
        }
    }

    fn report_error(&self, vm: &mut Vm, exception: Value) {
        uncaught::raise(vm, Uncaught::Exception(exception));
    }

    fn promise_event(&self, vm: &mut Vm, promise: Gc<Promise>, event: PromiseEvent) {
        let Some(hook) = runtime::of(vm).hook("promiseEvent") else { return };
        let event = match event {
            PromiseEvent::Before => 0,
            PromiseEvent::After => 1,
            PromiseEvent::Settled => 2,
        };
        if vm.call(hook, Value::UNDEFINED, &[Value::cell(promise), Value::int(event)]).is_err() {
            let exception = vm.take_exception();
            uncaught::raise(vm, Uncaught::Exception(exception));
        }
    }
}
