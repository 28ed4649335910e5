//! The queue of `process.nextTick`.
//!
//! <https://nodejs.org/api/process.html#processnexttickcallback-args>

use std::cell::{Cell, RefCell};

use axil_engine::heap::{Gc, RootedVec};
use axil_engine::object::{Elements, Memory};
use axil_engine::value::Value;
use axil_engine::vm::{Completion, HostFrame, Vm};

/// What waits: a function, its arguments and its context each.
pub(crate) struct Ticks {
    words: RootedVec<Value>,
    /// The place of the first one.
    first: usize,
}

/// A tick takes so many words.
const WORDS: usize = 3;

/// One that has its turn.
pub(crate) struct Tick {
    /// What is called.
    pub(crate) function: Value,
    arguments: Value,
}

/// What the queue is in stacks: the function that Node.js has for it, where it stands there.
/// The places are these: calls without arguments to those with many, the one that runs jobs,
/// and the one that tells of rejections.
static FRAMES: [[HostFrame; 8]; 2] = [frames(Some("process")), frames(None)];

/// The places of [`FRAMES`] behind those that call functions.
pub(crate) const JOBS: usize = 6;
pub(crate) const REJECTIONS: usize = 7;

const fn frames(receiver: Option<&'static str>) -> [HostFrame; 8] {
    const fn at(receiver: Option<&'static str>, line: u32, column: u32) -> HostFrame {
        let function = "processTicksAndRejections";
        let file = "node:internal/process/task_queues";
        HostFrame { receiver, function, file, line, column }
    }
    [
        at(receiver, 85, 11),
        at(receiver, 89, 21),
        at(receiver, 90, 21),
        at(receiver, 91, 21),
        at(receiver, 92, 21),
        at(receiver, 93, 22),
        at(receiver, 104, 5),
        at(receiver, 106, 37),
    ]
}

/// The frame of a place of the queue: as the outermost function, or as one that timers
/// call.
pub(crate) fn frame(is_outermost: bool, place: usize) -> &'static HostFrame {
    &FRAMES[usize::from(!is_outermost)][place]
}

impl Tick {
    /// The place of the queue that calls it.
    pub(crate) fn place(&self) -> usize {
        let list = self.arguments.downcast::<Elements>();
        list.map_or(0, |list| list.length() as usize).min(JOBS - 1)
    }

    /// Calls it.
    pub(crate) fn call(&self, vm: &mut Vm) -> Completion {
        const FEW: usize = 4;
        let Some(list) = self.arguments.downcast::<Elements>() else {
            return vm.call(self.function, Value::UNDEFINED, &[]);
        };
        let count = list.length() as usize;
        let arguments = list.as_cells().iter().map(Cell::get).take(count);
        if count <= FEW {
            let mut few = [Value::UNDEFINED; FEW];
            few.iter_mut().zip(arguments).for_each(|(to, argument)| *to = argument);
            return vm.call(self.function, Value::UNDEFINED, &few[..count]);
        }
        let mut many = vm.memory.rooted_vec();
        arguments.for_each(|argument| many.push(argument));
        vm.call(self.function, Value::UNDEFINED, many.as_slice())
    }
}

impl Ticks {
    pub(crate) fn new(memory: &Memory) -> Self {
        Self { words: memory.rooted_vec(), first: 0 }
    }

    /// Adds one.
    pub(crate) fn add(&mut self, vm: &Vm, function: Value, arguments: &[Value]) {
        let arguments = if arguments.is_empty() {
            Value::EMPTY
        } else {
            Value::cell(Gc::<Elements>::from_values(&vm.memory, arguments))
        };
        for word in [function, arguments, vm.job_context()] {
            self.words.push(word);
        }
    }

    /// Whether none waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.first == self.words.len()
    }

    /// The first one, whose context is the current one from now on.
    pub(crate) fn take(ticks: &RefCell<Self>, vm: &mut Vm) -> Option<Tick> {
        let mut ticks = ticks.borrow_mut();
        if ticks.is_empty() {
            ticks.words.truncate(0);
            ticks.first = 0;
            return None;
        }
        let at = ticks.first;
        let mut word = |offset| {
            let value = ticks.words.get(at + offset).unwrap_or(Value::UNDEFINED);
            ticks.words.set(at + offset, Value::EMPTY);
            value
        };
        let (function, arguments, context) = (word(0), word(1), word(2));
        ticks.first += WORDS;
        vm.set_job_context(context);
        Some(Tick { function, arguments })
    }
}
