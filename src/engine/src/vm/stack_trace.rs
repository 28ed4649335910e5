//! Stack traces: which functions run, and where they are.
//!
//! A frame of the machine's stack leads to its caller by the words below its first
//! register. Where native code has called back, that chain ends; there a list goes on
//! whose entries lie on the native stack:
//!
//! ```text
//! machine's stack            native stack
//! frame of f ──┐
//! frame of g ◀─┘ leads to    Entry { frame of g, instruction and registers of h }
//!                              │ outer
//! frame of h ◀─────────────────┘
//! ```
//!
//! Native functions that the machine calls itself are not in the list: the instruction
//! at which their caller stands is a call whose callee they are.
//!
//! An embedder can stand in a trace itself, as a function of its own ([`HostFrame`]):
//! what lies on the native stack when it says so is above it, what comes later below.
//!
//! What is kept of a trace is a list of frames, three words each: the function, `this`,
//! and a number that tells the instruction. Text is made of it when somebody asks.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::calls::{Caller, FRAME, callee, caller, is_constructing};
use super::{Coroutine, NativeFunction, Vm};
use crate::bytecode::{CodeFlags, Op};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Attributes, Elements, Function, Memory, Object, Promise};
use crate::operators::as_object;
use crate::realm::Intrinsic;
use crate::string::PropertyKey;
use crate::value::Value;

/// A call from native code: on the native stack while it lasts.
pub(super) struct Entry {
    outer: *const Entry,
    /// Where the machine was left before.
    pc: *const u64,
    registers: *mut Value,
    /// The frame that has been entered.
    frame: *mut Value,
    /// The coroutine that goes on.
    coroutine: Option<Gc<Coroutine>>,
}

impl Entry {
    /// One from where the machine has been left, into a frame behind all frames in use.
    pub(super) fn here(vm: &Vm, coroutine: Option<Gc<Coroutine>>) -> Self {
        Self {
            outer: vm.entries.0.get(),
            pc: vm.pc.get(),
            registers: vm.registers.get(),
            frame: vm.top.get(),
            coroutine,
        }
    }

    /// The frame that is entered.
    pub(super) fn frame(&self) -> *mut Value {
        self.frame
    }
}

/// The innermost entry.
pub(super) struct Entries(Cell<*const Entry>);

impl Entries {
    pub(super) fn none() -> Self {
        Self(Cell::new(std::ptr::null()))
    }
}

/// A function of the embedder's, written in no language that the machine runs, that
/// programs see in stacks while it calls them.
#[derive(Debug)]
pub struct HostFrame {
    /// What its `this` is called, if it is a method.
    pub receiver: Option<&'static str>,
    /// Its name.
    pub function: &'static str,
    /// The file that it is said to be in.
    pub file: &'static str,
    /// The line, from one.
    pub line: u32,
    /// The column, from one.
    pub column: u32,
}

/// A frame of the embedder's, and what was on the native stack when it said so.
pub(super) type CurrentHostFrame = (&'static HostFrame, *const Entry);

/// Those that have been in traces: a [`Frame`] has the number of one.
#[derive(Default)]
pub(super) struct HostFrames {
    current: Cell<Option<CurrentHostFrame>>,
    known: RefCell<Vec<&'static HostFrame>>,
}

impl HostFrames {
    fn number_of(&self, frame: &'static HostFrame) -> usize {
        let mut known = self.known.borrow_mut();
        known.iter().position(|it| std::ptr::eq(*it, frame)).unwrap_or_else(|| {
            known.push(frame);
            known.len() - 1
        })
    }
}

impl Vm {
    /// From now on the embedder is this function, in the traces of what it calls; or none.
    pub fn set_host_frame(&self, frame: Option<&'static HostFrame>) {
        let entry = self.entries.0.get();
        self.host_frames.current.set(frame.map(|frame| (frame, entry)));
    }

    /// Runs `action`, during which nothing of the embedder is in traces but what `action` says;
    /// afterwards it is again what it has been.
    pub fn keep_host_frame<T>(&mut self, action: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.host_frames.current.replace(None);
        let result = action(self);
        self.host_frames.current.set(outer);
        result
    }

    /// Runs `call`, which enters a frame from native code behind all frames in use; the
    /// machine is left where it was before.
    pub(super) fn with_entry<T>(
        &mut self,
        coroutine: Option<Gc<Coroutine>>,
        call: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let entry = Entry::here(self, coroutine);
        self.in_entry(&entry, call)
    }

    /// Runs `call`, which enters the frame of an entry from where that was made.
    #[inline]
    pub(super) fn in_entry<T>(&mut self, entry: &Entry, call: impl FnOnce(&mut Self) -> T) -> T {
        self.entries.0.set(entry);
        let result = call(self);
        self.entries.0.set(entry.outer);
        self.pc.set(entry.pc);
        self.registers.set(entry.registers);
        self.top.set(entry.frame);
        result
    }
}

/// A frame of a trace.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// The function: one of ECMAScript's, or a native one.
    pub(crate) function: Value,
    /// `this`, as the call has given it.
    pub(crate) this: Value,
    /// The instruction it stands at.
    pub(crate) instruction: u32,
    /// It was called with `new`.
    pub(crate) is_constructor: bool,
    /// It awaits what runs.
    pub(crate) is_async: bool,
}

/// A frame takes so many words.
const WORDS: u32 = 3;

impl Frame {
    /// The embedder's function that it is, if it is one.
    pub(crate) fn host(&self, vm: &Vm) -> Option<&'static HostFrame> {
        let number = usize::try_from(self.function.as_int()?).ok()?;
        vm.host_frames.known.borrow().get(number).copied()
    }

    fn of_native(function: Value, this: Value) -> Self {
        Self { function, this, instruction: 0, is_constructor: false, is_async: false }
    }

    fn to_words(self) -> [Value; WORDS as usize] {
        let flags = u32::from(self.is_constructor) | u32::from(self.is_async) << 1;
        let place = Value::int((self.instruction << 2 | flags) as i32);
        [self.function, self.this.or_undefined(), place]
    }

    /// A list with this frame alone.
    pub(crate) fn to_elements(self, memory: &Memory) -> Gc<Elements> {
        let frames = Gc::<Elements>::with_capacity(memory, WORDS);
        frames.set_length(WORDS);
        for (index, word) in (0..).zip(self.to_words()) {
            frames.set(memory, index, word);
        }
        frames
    }

    /// Whether its function is strict mode code, of which others may not see much.
    pub(crate) fn is_strict(&self) -> bool {
        let function = self.function.downcast::<Function>();
        function.is_none_or(|function| function.code.flags.contains(CodeFlags::STRICT))
    }

    /// Whether its function is a script, or the code of an eval.
    fn is_program(&self) -> bool {
        let function = self.function.downcast::<Function>();
        let kinds = CodeFlags::ARROW
            | CodeFlags::ASYNC
            | CodeFlags::CONSTRUCTOR
            | CodeFlags::GENERATOR
            | CodeFlags::METHOD;
        function.is_some_and(|function| {
            !function.code.flags.intersects(kinds) && function.code.parameters == 0
        })
    }

    /// The frame of a number in what [`Vm::capture_frames`] gives.
    pub(crate) fn of(frames: Gc<Elements>, index: u32) -> Self {
        let [function, this, place] =
            [0, 1, 2].map(|word| frames.get(index * WORDS + word).or_undefined());
        let place = place.as_int().unwrap_or(0) as u32;
        Self {
            function,
            this,
            instruction: place >> 2,
            is_constructor: place & 1 != 0,
            is_async: place & 2 != 0,
        }
    }

    /// The number of frames.
    pub(crate) fn count(frames: Gc<Elements>) -> u32 {
        frames.length() / WORDS
    }
}

/// Goes from frame to frame, the innermost first.
struct Walk<'v> {
    vm: &'v Vm,
    pc: *const u64,
    registers: *mut Value,
    entry: *const Entry,
    /// Native functions that the frame has called have been given.
    natives_done: bool,
    /// The coroutine that goes on in the outermost frame so far.
    coroutine: Option<Gc<Coroutine>>,
    /// The embedder's frame, until it has been given.
    host: Option<CurrentHostFrame>,
}

impl<'v> Walk<'v> {
    fn new(vm: &'v Vm) -> Self {
        Self {
            vm,
            pc: vm.pc.get(),
            registers: vm.registers.get(),
            entry: vm.entries.0.get(),
            natives_done: false,
            coroutine: None,
            host: vm.host_frames.current.get(),
        }
    }

    /// The embedder's function, if all that it has called has been given.
    fn host_frame(&mut self) -> Option<Frame> {
        let (frame, _) = self.host.take_if(|(_, entry)| *entry == self.entry)?;
        let number = self.vm.host_frames.number_of(frame);
        Some(Frame::of_native(Value::int(number as i32), Value::UNDEFINED))
    }

    /// A native function that native code has called from the frame at hand.
    fn called_native(&mut self) -> Option<Frame> {
        // SAFETY: Entries live as long as the calls that have made them.
        let entry = unsafe { self.entry.as_ref()? };
        // SAFETY: The frame has callee and `this`.
        let (function, this) = unsafe { (*entry.frame, *entry.frame.add(FRAME - 1)) };
        if entry.pc != self.pc
            || entry.registers != self.registers
            || function.kind() != Some(kinds::NATIVE_FUNCTION)
        {
            return None;
        }
        self.entry = entry.outer;
        Some(Frame::of_native(function, this))
    }

    /// The native function that the instruction at hand calls.
    fn native_callee(&self) -> Option<Frame> {
        if self.registers.is_null() {
            return None;
        }
        // SAFETY: The machine was left at an instruction of this frame.
        unsafe {
            let is_constructor = match Op::ALL[usize::from(self.pc.cast::<u8>().read())] {
                Op::Call | Op::CallWithArray => false,
                Op::New | Op::Construct | Op::ConstructWithArray => true,
                Op::IteratorNext | Op::StepDelegate => {
                    // It does itself what `next` of a generator does.
                    let generator = self.coroutine.filter(|generator| generator.is_generator())?;
                    let next = self.vm.realm().find(Intrinsic::GeneratorNext)?;
                    return Some(Frame::of_native(Value::cell(next), Value::cell(generator)));
                }
                _ => return None,
            };
            let frame = self.registers.add(usize::from(self.pc.cast::<u16>().add(1).read()));
            let (function, this) = (*frame, *frame.add(FRAME - 1));
            (function.kind() == Some(kinds::NATIVE_FUNCTION)
                && !(is_constructor && self.makes_no_frame(function)))
            .then_some(Frame { is_constructor, ..Frame::of_native(function, this) })
        }
    }

    /// Whether V8 has no frame for what a constructor does.
    fn makes_no_frame(&self, function: Value) -> bool {
        let native = function.downcast::<NativeFunction>();
        native.is_some_and(|native| {
            matches!(native.name.to_rust(&self.vm.memory).as_str(), "Array" | "Proxy")
        })
    }

    /// Whether a native function that another has called, such as `[Symbol.replace]`, is a
    /// part of that one in V8.
    fn is_part_of_another(&self, frame: Frame) -> bool {
        let native = frame.function.downcast::<NativeFunction>();
        native.is_some_and(|native| native.name.to_rust(&self.vm.memory).starts_with("[Symbol."))
    }

    /// Goes on with the frame around the one at hand.
    fn go_out(&mut self) {
        self.natives_done = false;
        // SAFETY: The registers are those of a frame.
        let Caller { pc, registers, .. } = unsafe { caller(self.registers) };
        if pc != &raw const *self.vm.native_return {
            self.pc = pc.wrapping_sub(1);
            self.registers = registers;
            self.coroutine = None;
            return;
        }
        // SAFETY: Entries live as long as the calls that have made them.
        match unsafe { self.entry.as_ref() } {
            Some(entry) => {
                self.coroutine = entry.coroutine;
                (self.pc, self.registers) = (entry.pc, entry.registers);
                self.entry = entry.outer;
            }
            None => self.registers = std::ptr::null_mut(),
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = Frame;

    fn next(&mut self) -> Option<Frame> {
        if let Some(frame) = self.host_frame() {
            return Some(frame);
        }
        if !self.natives_done {
            while let Some(frame) = self.called_native() {
                if !self.is_part_of_another(frame) {
                    return Some(frame);
                }
            }
            self.natives_done = true;
            if let Some(frame) = self.native_callee() {
                return Some(frame);
            }
        }
        if self.registers.is_null() {
            return None;
        }
        // SAFETY: The registers are those of a frame.
        let frame = unsafe {
            let function = callee(self.registers);
            let start = function.code.words().as_ptr();
            Frame {
                function: Value::cell(function),
                this: *self.registers.sub(1),
                instruction: self.pc.offset_from(start) as u32,
                is_constructor: is_constructing(self.registers),
                is_async: false,
            }
        };
        self.go_out();
        Some(frame)
    }
}

/// Which frames are left out of a trace.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Skip {
    /// None.
    Nothing,
    /// All up to the first call of this function.
    Until(Value),
}

impl Vm {
    /// The frames of what runs, at most so many, the innermost first.
    pub(crate) fn capture_frames(&self, limit: u32, skip: Skip) -> Gc<Elements> {
        let frames = Gc::<Elements>::with_capacity(&self.memory, limit.min(16) * WORDS);
        let mut frames = frames;
        let mut skipping = skip != Skip::Nothing;
        let mut walk = Walk::new(self);
        while Frame::count(frames) < limit {
            let Some(frame) = walk.next() else { break };
            if skipping {
                skipping = skip != Skip::Until(frame.function);
            } else if !self.is_hidden(frame) {
                frames = self.add_frame(frames, frame);
            }
        }
        let mut awaiting = walk.coroutine.filter(|_| walk.registers.is_null());
        while Frame::count(frames) < limit {
            awaiting = awaiting.and_then(awaiting_coroutine);
            let Some(coroutine) = awaiting else { break };
            let (this, instruction) = coroutine.suspended_at();
            let function = Value::cell(coroutine.function);
            let frame =
                Frame { function, this, instruction, is_constructor: false, is_async: true };
            frames = self.add_frame(frames, frame);
        }
        frames
    }

    /// The function that has called a function that runs, as V8 has it in `caller`: null
    /// where strict mode code or a function of the engine has, and where it does not run.
    pub(crate) fn caller_of(&self, function: Gc<Function>) -> Value {
        let mut walk = Walk::new(self);
        if !walk.any(|frame| frame.function == Value::cell(function)) {
            return Value::NULL;
        }
        match walk.find(|frame| !frame.is_program()) {
            Some(frame) if !frame.is_strict() => frame.function,
            _ => Value::NULL,
        }
    }

    fn add_frame(&self, frames: Gc<Elements>, frame: Frame) -> Gc<Elements> {
        let length = frames.length();
        let frames = if length + WORDS > frames.capacity() {
            frames.grown(&self.memory, frames.capacity() * 2)
        } else {
            frames
        };
        frames.set_length(length + WORDS);
        for (index, word) in (length..).zip(frame.to_words()) {
            frames.set(&self.memory, index, word);
        }
        frames
    }

    /// Functions that do nothing but call others are not shown.
    fn is_hidden(&self, frame: Frame) -> bool {
        let native = frame.function.downcast::<super::NativeFunction>();
        native.is_some_and(|native| {
            let name = native.name.to_rust(&self.memory);
            matches!(name.as_str(), "call" | "apply" | "construct" | "")
        })
    }

    /// Gives an object `stack` (of the form that V8 gives it): an accessor for the frames
    /// of what runs. `Error.stackTraceLimit` says how many; if it is no number there are
    /// none.
    pub(crate) fn install_stack(&self, object: Gc<Object>, skip: Skip) {
        let realm = self.realm();
        let Some(accessor) = realm.stack_accessor() else { return };
        let memory = &self.memory;
        let key = memory.keys().stack;
        let attributes = Attributes::CONFIGURABLE | Attributes::ACCESSOR;
        object.add_property(memory, key, accessor, attributes);
        let limit = realm.find(Intrinsic::Error).and_then(|constructor| {
            let key = memory.keys().stack_trace_limit;
            let property = constructor.own_property(memory, key)?;
            let is_data = !property.attributes.is_accessor();
            is_data.then(|| constructor.get_slot(memory, property.slot))?.as_number()
        });
        let frames = match limit {
            // What is below zero, or no number, is zero.
            Some(limit) => Value::cell(self.capture_frames(limit as u32, skip)),
            None => Value::UNDEFINED,
        };
        object.add_property(memory, self.frames_key(), frames, Attributes::WRITABLE);
    }

    /// The private name under which objects have their frames, and later their stack.
    pub(crate) fn frames_key(&self) -> PropertyKey {
        PropertyKey::symbol(self.symbols.frames())
    }

    /// Where the exception that was thrown last was thrown: the source text and an
    /// offset. None if that was in native code alone.
    pub fn thrown_at(&self) -> Option<(Rc<axil_grammar::Source>, u32)> {
        let code = self.thrown_in.get(0)?.downcast::<crate::bytecode::Code>()?;
        Some((Rc::clone(&code.source), code.offset_of(self.thrown_at.get())))
    }

    /// Where an error was made: the place of the innermost frame that is no native
    /// function's, as far as nobody has asked for its `stack`.
    pub fn made_at(&self, error: Value) -> Option<(Rc<axil_grammar::Source>, u32)> {
        let error = as_object(error)?;
        let property = error.own_property(&self.memory, self.frames_key())?;
        let frames = error.get_slot(&self.memory, property.slot).downcast::<Elements>()?;
        (0..Frame::count(frames)).find_map(|index| {
            let frame = Frame::of(frames, index);
            let code = frame.function.downcast::<Function>()?.code;
            Some((Rc::clone(&code.source), code.offset_of(frame.instruction)))
        })
    }
}

/// The async function that awaits another one, if nobody else does.
fn awaiting_coroutine(coroutine: Gc<Coroutine>) -> Option<Gc<Coroutine>> {
    let promise = coroutine.awaited_by()?;
    let promise: Gc<Promise> = promise.downcast()?;
    let reaction = promise.reactions()?;
    if reaction.next().is_some() {
        return None;
    }
    reaction.target.downcast::<Coroutine>()
}
