//! Rejections that nobody handles, and exceptions of jobs.

use std::cell::RefCell;
use std::rc::Rc;

use axil_engine::heap::{Gc, RootedVec};
use axil_engine::object::Promise;
use axil_engine::value::Value;
use axil_engine::vm::{JobHost, RejectionEvent, Vm};

/// Keeps what went wrong while jobs ran.
pub struct Rejections {
    /// The promises that were rejected and are not handled, in order.
    unhandled: RefCell<RootedVec<Value>>,
    /// What jobs have thrown.
    thrown: RefCell<RootedVec<Value>>,
}

impl Rejections {
    /// The host of jobs that keeps them, which the machine asks from now on.
    pub fn install(vm: &mut Vm) -> Rc<Self> {
        let unhandled = RefCell::new(vm.memory.rooted_vec());
        let thrown = RefCell::new(vm.memory.rooted_vec());
        let rejections = Rc::new(Self { unhandled, thrown });
        vm.set_job_host(rejections.clone());
        rejections
    }

    /// Runs all jobs.
    ///
    /// # Errors
    /// What one of them has thrown, or the reason of a rejection that nobody handles.
    pub fn run_jobs(&self, vm: &mut Vm) -> Result<(), Uncaught> {
        vm.run_jobs();
        if let Some(exception) = self.thrown.borrow().get(0) {
            return Err(Uncaught::Exception(exception));
        }
        let promise = self.unhandled.borrow().get(0);
        match promise.and_then(Value::downcast::<Promise>) {
            Some(promise) => Err(Uncaught::Rejection(promise.result())),
            None => Ok(()),
        }
    }
}

/// What ends a program.
#[derive(Clone, Copy, Debug)]
pub enum Uncaught {
    /// An exception.
    Exception(Value),
    /// The reason of a rejection.
    Rejection(Value),
}

impl JobHost for Rejections {
    fn track_rejection(&self, vm: &mut Vm, promise: Gc<Promise>, event: RejectionEvent) {
        let promise = Value::cell(promise);
        let mut unhandled = self.unhandled.borrow_mut();
        match event {
            RejectionEvent::Reject => unhandled.push(promise),
            RejectionEvent::Handle => {
                let mut rest = vm.memory.rooted_vec();
                for other in unhandled.as_slice().iter().filter(|other| **other != promise) {
                    rest.push(*other);
                }
                *unhandled = rest;
            }
            RejectionEvent::RejectAfterResolved | RejectionEvent::ResolveAfterResolved => {}
        }
    }

    fn report_error(&self, _: &mut Vm, exception: Value) {
        self.thrown.borrow_mut().push(exception);
    }
}
