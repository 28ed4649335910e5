//! `$262.agent`: machines on threads of their own, which share nothing but the bytes of
//! buffers that are broadcast.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use axil_engine::compiler::compile;
use axil_engine::heap::{Gc, Settings};
use axil_engine::object::{ArrayBuffer, Block, Object};
use axil_engine::operators::{to_number, to_string};
use axil_engine::realm::Intrinsic;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, NativeCode, Vm};
use axil_grammar::{Arena, Goal, Source, parse};

use super::host::{MEMORY, define};

/// How often one who waits looks whether the test has ended.
const PATIENCE: Duration = Duration::from_millis(50);

/// Room for the native stack of an agent, in bytes.
const STACK: usize = 8 << 20;

/// A buffer for an agent.
struct Broadcast {
    block: Arc<Block>,
    is_growable: bool,
    number: i32,
    /// Dropped when the agent has received it.
    received: Sender<()>,
}

/// What all agents of a test have in common.
#[derive(Default)]
struct Cluster {
    reports: Mutex<VecDeque<String>>,
    has_ended: AtomicBool,
}

/// What an agent has.
#[derive(Default)]
struct Agent {
    cluster: Arc<Cluster>,
    /// Where those are reached that it has started.
    started: Vec<Started>,
    /// What it hears from the one who started it.
    inbox: Option<Receiver<Broadcast>>,
}

struct Started {
    outbox: Sender<Broadcast>,
    thread: thread::JoinHandle<()>,
}

thread_local! {
    /// The agent that this thread is.
    static AGENT: RefCell<Agent> = RefCell::default();
}

/// The functions of `$262.agent`.
const FUNCTIONS: &[(&str, u8, NativeCode)] = &[
    ("start", 1, start),
    ("broadcast", 1, broadcast),
    ("getReport", 0, get_report),
    ("sleep", 1, sleep),
    ("monotonicNow", 0, monotonic_now),
    ("receiveBroadcast", 1, receive_broadcast),
    ("report", 1, report),
    // Its thread ends by itself.
    ("leaving", 0, |_, _| Ok(Value::UNDEFINED)),
];

/// Gives an object the property `agent`.
pub fn install(vm: &mut Vm, host: Gc<Object>) {
    let prototype = vm.realm().get(Intrinsic::ObjectPrototype);
    let agent = vm.ordinary_object_create(Some(prototype));
    for &(name, length, code) in FUNCTIONS {
        let function = vm.new_native_function(name, length, code);
        define(vm, agent, name, Value::cell(function));
    }
    define(vm, host, "agent", Value::cell(agent));
}

/// Runs the jobs of the test's own agent, also those that come from others.
pub fn run_jobs(vm: &mut Vm) {
    vm.run_jobs();
    let others =
        || AGENT.with_borrow(|agent| agent.started.iter().any(|one| !one.thread.is_finished()));
    while vm.has_waiting_promises(true) || vm.has_waiting_promises(false) && others() {
        vm.sleep_until_notified(Some(Instant::now() + PATIENCE));
        vm.run_jobs();
    }
}

/// Lets all agents of a test know that it has ended.
pub fn end() {
    AGENT.take().cluster.has_ended.store(true, Ordering::Relaxed);
}

/// Runs a script as an agent.
fn run(text: &str, agent: Agent) {
    let cluster = agent.cluster.clone();
    AGENT.set(agent);
    let mut vm = Vm::new(Settings { limit: MEMORY, ..Settings::default() });
    vm.enter(|vm| {
        super::host::install(vm);
        let source = Rc::new(Source::new("agent", text));
        let arena = Arena::new();
        let Ok(program) = parse(&source, Goal::Script, &arena) else { return };
        let Ok(code) = compile(&vm.memory, &source, program) else { return };
        if vm.run(code).is_err() {
            let exception = vm.take_exception();
            eprintln!("an agent has thrown: {}", vm.display(exception));
        }
        vm.run_jobs();
        while vm.has_waiting_promises(false) && !cluster.has_ended.load(Ordering::Relaxed) {
            vm.sleep_until_notified(Some(Instant::now() + PATIENCE));
            vm.run_jobs();
        }
    });
}

fn start(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let text = to_string(vm, arguments.get(0))?.to_rust(&vm.memory);
    let (outbox, inbox) = mpsc::channel();
    let cluster = AGENT.with_borrow(|agent| agent.cluster.clone());
    let agent = move || Agent { cluster, started: Vec::new(), inbox: Some(inbox) };
    let thread = thread::Builder::new().stack_size(STACK).spawn(move || run(&text, agent()));
    let Ok(thread) = thread else { return Err(vm.throw_error("no thread for an agent")) };
    AGENT.with_borrow_mut(|agent| agent.started.push(Started { outbox, thread }));
    Ok(Value::UNDEFINED)
}

fn broadcast(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let buffer = arguments.get(0).downcast::<ArrayBuffer>().filter(|buffer| buffer.is_shared);
    let Some((buffer, block)) = buffer.and_then(|buffer| Some((buffer, buffer.block()?))) else {
        return Err(vm.throw_type_error("only a SharedArrayBuffer can be broadcast"));
    };
    let number = to_number(vm, arguments.get(1))? as i32;
    let (sender, received) = mpsc::channel();
    AGENT.with_borrow(|agent| {
        for one in &agent.started {
            // Those that have left need not be told.
            let _ = one.outbox.send(Broadcast {
                block: block.clone(),
                is_growable: buffer.is_resizable,
                number,
                received: sender.clone(),
            });
        }
    });
    drop(sender);
    // Nothing is ever sent: this ends when all have received it.
    let _ = received.recv();
    Ok(Value::UNDEFINED)
}

fn receive_broadcast(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let message =
        AGENT.with_borrow(|agent| agent.inbox.as_ref().and_then(|inbox| inbox.recv().ok()));
    let Some(Broadcast { block, is_growable, number, received }) = message else {
        return Err(vm.throw_error("nobody broadcasts any more"));
    };
    drop(received);
    let buffer = Value::cell(vm.new_array_buffer(block, true, is_growable));
    vm.call(arguments.get(0), Value::UNDEFINED, &[buffer, Value::int(number)])
}

fn report(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let text = to_string(vm, arguments.get(0))?.to_rust(&vm.memory);
    AGENT.with_borrow(|agent| {
        let reports = agent.cluster.reports.lock();
        reports.unwrap_or_else(PoisonError::into_inner).push_back(text);
    });
    Ok(Value::UNDEFINED)
}

#[allow(clippy::unnecessary_wraps, reason = "native code may throw")]
fn get_report(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    let report = AGENT.with_borrow(|agent| {
        let reports = agent.cluster.reports.lock();
        reports.unwrap_or_else(PoisonError::into_inner).pop_front()
    });
    Ok(report.map_or(Value::NULL, |report| Value::cell(vm.memory.string(&report))))
}

fn sleep(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let milliseconds = to_number(vm, arguments.get(0))?.max(0.0);
    thread::sleep(Duration::from_secs_f64(milliseconds / 1000.0));
    Ok(Value::UNDEFINED)
}

#[allow(clippy::unnecessary_wraps, reason = "native code may throw")]
fn monotonic_now(_: &mut Vm, _: Arguments<'_>) -> Completion {
    thread_local! {
        static START: Instant = Instant::now();
    }
    Ok(Value::number(START.with(Instant::elapsed).as_secs_f64() * 1000.0))
}
