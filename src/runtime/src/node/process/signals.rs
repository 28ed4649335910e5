//! Signals that a program listens to: they come through a pipe that the event loop watches,
//! and do not hold it.
//!
//! <https://nodejs.org/api/process.html#signal-events>

use std::cell::RefCell;
use std::io::{ErrorKind, Read};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};
use rustc_hash::FxHashMap;
use signal_hook::SigId;
use signal_hook::low_level;

use crate::event_loop::Source;
use crate::event_loop::poll::{Interest, Readiness, pipe};
use crate::native::integer;
use crate::node::system_error;
use crate::runtime;

/// The signals that the system gives to nobody, and those that mean that the program is
/// broken.
const KILL: i32 = rustix::process::Signal::KILL.as_raw();
const STOP: i32 = rustix::process::Signal::STOP.as_raw();

/// A signal that is listened to.
struct Watch {
    signal: i32,
    receiver: RefCell<pipe::Receiver>,
    /// Its number in the event loop.
    source: usize,
    action: SigId,
}

#[derive(Default)]
struct State {
    watches: RefCell<FxHashMap<i32, Rc<Watch>>>,
    /// Whether a signal does what it does to programs that do not listen; for each that
    /// was listened to once.
    defaults: RefCell<FxHashMap<i32, Arc<AtomicBool>>>,
}

/// What the event loop tells of a signal's pipe.
struct Arrival {
    signal: i32,
}

impl Source for Arrival {
    fn ready(self: Rc<Self>, vm: &mut Vm, _: Readiness) {
        let runtime = runtime::of(vm);
        let state = runtime.state(State::default);
        let watch = state.watches.borrow().get(&self.signal).map(Rc::clone);
        let Some(watch) = watch else { return };
        let mut count = 0;
        let mut bytes = [0; 64];
        loop {
            match watch.receiver.borrow_mut().read(&mut bytes) {
                Ok(0) => break,
                Ok(more) => count += more,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        for _ in 0..count {
            if let Some(hook) = runtime.hook("signal") {
                runtime.call_back(vm, hook, Value::UNDEFINED, &[Value::int(self.signal)]);
            }
        }
    }
}

/// `watchSignal(number)`: has the hook `signal` be called with it.
pub(super) fn watch(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let signal = integer(arguments, 0) as i32;
    if let Err(error) = begin(vm, signal) {
        return Err(system_error::throw_bare(vm, &error, "uv_signal_start"));
    }
    Ok(Value::UNDEFINED)
}

fn begin(vm: &mut Vm, signal: i32) -> std::io::Result<()> {
    if signal == KILL || signal == STOP {
        return Err(ErrorKind::InvalidInput.into());
    }
    let runtime = runtime::of(vm);
    let state = runtime.state(State::default);
    // What the processor raises is no event: the default stays.
    if signal_hook::consts::FORBIDDEN.contains(&signal)
        || state.watches.borrow().contains_key(&signal)
    {
        return Ok(());
    }
    // The default is what is done first, if it is on; it must be off before anything else.
    let default = state.defaults.borrow().get(&signal).map(Arc::clone);
    match default {
        Some(default) => default.store(false, Ordering::SeqCst),
        None => {
            let default = Arc::new(AtomicBool::new(false));
            signal_hook::flag::register_conditional_default(signal, Arc::clone(&default))?;
            state.defaults.borrow_mut().insert(signal, default);
        }
    }
    let (sender, mut receiver) = pipe::new()?;
    let action = low_level::pipe::register(signal, std::os::fd::OwnedFd::from(sender))?;
    let arrival = Rc::new(Arrival { signal });
    let source = runtime.event_loop.register(&mut receiver, Interest::Readable, arrival)?;
    let watch = Watch { signal, receiver: RefCell::new(receiver), source, action };
    state.watches.borrow_mut().insert(signal, Rc::new(watch));
    Ok(())
}

/// `unwatchSignal(number)`: it does again what it does to programs that do not listen.
pub(super) fn unwatch(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let signal = integer(arguments, 0) as i32;
    let runtime = runtime::of(vm);
    let state = runtime.state(State::default);
    let watch = state.watches.borrow_mut().remove(&signal);
    if let Some(watch) = watch {
        low_level::unregister(watch.action);
        runtime.event_loop.deregister(&mut *watch.receiver.borrow_mut(), watch.source);
        if let Some(default) = state.defaults.borrow().get(&watch.signal) {
            default.store(true, Ordering::SeqCst);
        }
    }
    Ok(Value::UNDEFINED)
}
