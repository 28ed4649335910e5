//! Traces: every instruction that is executed, with what it reads and writes.
//!
//! While somebody traces, each entry of the dispatch table is a handler that tells of the
//! instruction and then goes to the one that belongs there (see
//! [`interrupts`](super::interrupts)). Nobody else pays for it.
//!
//! What an instruction writes is known when the next one begins, so it is told of then.

use std::fmt::Write as _;

use super::calls::callee;
use super::{Vm, dispatch};
use crate::bytecode::{Code, Op, Operand, Register, operand_text};
use crate::heap::Gc;
use crate::kinds;
use crate::string::JsString;
use crate::value::Value;

/// What is to be traced.
pub struct TraceOptions {
    /// Only functions of this name.
    pub function: Option<String>,
    /// Whether functions of a source of this name are told of.
    pub is_shown: fn(&str) -> bool,
    /// How many instructions are told of.
    pub limit: u64,
    /// Where the lines go, each without its end.
    pub sink: Box<dyn FnMut(&str)>,
}

/// A trace that is under way.
pub(super) struct Trace {
    options: TraceOptions,
    /// The instruction that has been begun.
    begun: Option<Begun>,
    /// The frames around it, by their first registers, the innermost last.
    frames: Vec<*mut Value>,
    /// The function, as the address of its code, and the line that were told of last.
    place: (u64, u32),
}

/// An instruction whose results are not known yet.
struct Begun {
    code: Gc<Code>,
    at: u32,
    registers: *mut Value,
    /// The line up to the operands.
    head: String,
    /// The operands; what is written is still missing.
    operands: Vec<String>,
}

/// Where the column begins that says what an instruction does.
const EFFECT: usize = 88;

impl Vm {
    /// Tells of every instruction from now on.
    ///
    /// Dispatch is the same for all machines of a process: those that do not trace go a
    /// little slower from here on, until [`Self::end_trace`].
    pub fn begin_trace(&mut self, options: TraceOptions) {
        let place = (0, 0);
        if self.trace.is_none() {
            dispatch::watch();
        }
        self.trace = Some(Box::new(Trace { options, begun: None, frames: Vec::new(), place }));
    }

    /// Tells of no more instructions.
    pub fn end_trace(&mut self) {
        if let Some(mut trace) = self.trace.take() {
            dispatch::unwatch();
            trace.finish(self, std::ptr::null_mut());
        }
    }

    /// Tells of the instruction that is to come, if somebody traces.
    #[cold]
    #[inline(never)]
    pub(super) fn trace_step(
        &mut self,
        pc: *const u64,
        registers: *mut Value,
        constants: *const u64,
    ) {
        let Some(mut trace) = self.trace.take() else { return };
        trace.finish(self, registers);
        // SAFETY: The machine is at an instruction of this frame. The one that ends a
        // call from native code belongs to no function.
        let is_native = pc == &raw const *self.native_return;
        if !is_native {
            // SAFETY: As above.
            let code = unsafe { callee(registers).code };
            debug_assert_eq!(code.constants(), constants);
            // SAFETY: As above.
            let at = unsafe { pc.offset_from(code.words().as_ptr()) } as u32;
            trace.begin(self, code, at, registers);
        }
        if trace.options.limit > 0 {
            self.trace = Some(trace);
        } else {
            (trace.options.sink)("… and so on");
            dispatch::unwatch();
        }
    }

    /// Tells that the instruction that has been begun ends in an exception.
    #[cold]
    #[inline(never)]
    pub(super) fn trace_throw(&mut self) {
        let Some(mut trace) = self.trace.take() else { return };
        if let Some(begun) = trace.begun.take() {
            let exception = self.exception.as_slice().last().copied().unwrap_or(Value::UNDEFINED);
            trace.tell(&begun, &format!("throws {}", self.short_text(exception)));
        }
        self.trace = Some(trace);
    }

    /// A value in a few characters.
    fn short_text(&self, value: Value) -> String {
        const MOST: usize = 24;
        if value.is_empty() {
            return "empty".to_owned();
        }
        if value.is_cell() && !self.memory.holds(value.bits()) {
            return "?".to_owned();
        }
        let text = match value.kind() {
            Some(kinds::STRING) => {
                let text = value.downcast::<JsString>();
                format!("{:?}", text.map_or_else(String::new, |text| text.to_rust(&self.memory)))
            }
            Some(kind) if kind.0 < kinds::FIRST_OBJECT.0 && kind != kinds::SYMBOL => {
                crate::cells::TYPES[usize::from(kind.0)].name.to_owned()
            }
            Some(kinds::FUNCTION) => {
                let function = value.downcast::<crate::object::Function>();
                let name = function.map(|function| function.code.name.to_rust(&self.memory));
                format!("function {}", name.unwrap_or_default())
            }
            _ => self.display(value),
        };
        let text = text.trim_end().replace('\n', " ");
        if text.chars().count() <= MOST {
            return text;
        }
        text.chars().take(MOST - 1).chain(['…']).collect()
    }
}

impl Trace {
    /// Tells of the instruction that has been begun: it has ended now, or has entered
    /// another function.
    fn finish(&mut self, vm: &Vm, registers: *mut Value) {
        let Some(mut begun) = self.begun.take() else { return };
        let word = begun.code.words()[begun.at as usize];
        let op = Op::ALL[usize::from(word as u8)];
        for ((_, operand), text) in op.operands().iter().zip(&mut begun.operands) {
            if let Operand::Out(place) = operand
                && registers == begun.registers
            {
                // SAFETY: It is a register of the frame, which is still there.
                let value =
                    unsafe { *registers.offset(Register(place.take(word) as u16).offset()) };
                let _ = write!(text, " := {}", vm.short_text(value));
            }
        }
        self.tell(&begun, op.effect());
    }

    /// Tells of an instruction, and what has come of it.
    fn tell(&mut self, begun: &Begun, end: &str) {
        let line = format!("{} {}", begun.head, begun.operands.join(", "));
        (self.options.sink)(&format!("{line:<EFFECT$}  {end}"));
    }

    /// Begins to tell of an instruction.
    fn begin(&mut self, vm: &Vm, code: Gc<Code>, at: u32, registers: *mut Value) {
        if !(self.options.is_shown)(code.source.name()) {
            return;
        }
        match self.frames.iter().rposition(|frame| *frame <= registers) {
            Some(index) if self.frames[index] == registers => self.frames.truncate(index + 1),
            Some(index) => {
                self.frames.truncate(index + 1);
                self.frames.push(registers);
            }
            None => self.frames = vec![registers],
        }
        let name = code.name.to_rust(&vm.memory);
        if self.options.function.as_ref().is_some_and(|wanted| *wanted != name) {
            return;
        }
        self.options.limit = self.options.limit.saturating_sub(1);
        let indent = "  ".repeat((self.frames.len() - 1).min(20));
        let line = code.source.position(code.offset_of(at)).line;
        if self.place != (code.to_word(), line) {
            self.place = (code.to_word(), line);
            let name = if name.is_empty() { "(anonymous)" } else { &name };
            let text = source_line(&code.source, line);
            (self.options.sink)(&format!("{indent}{name}, line {line}: {}", text.trim()));
        }
        let word = code.words()[at as usize];
        let op = Op::ALL[usize::from(word as u8)];
        let head = format!("{indent}{at:5}  {:<18}", op.name());
        let operands = op.operands().iter().map(|(name, operand)| {
            let shown = operand_text(&vm.memory, code, i64::from(at), word, *operand);
            let mut text = format!("{name}: {shown}");
            if let Operand::In(place) | Operand::Frame(place) = operand {
                // SAFETY: It is a register of the frame.
                let value =
                    unsafe { *registers.offset(Register(place.take(word) as u16).offset()) };
                let _ = write!(text, " = {}", vm.short_text(value));
            }
            text
        });
        let operands = operands.collect();
        self.begun = Some(Begun { code, at, registers, head, operands });
    }
}

/// The text of a line, counted from one.
fn source_line(source: &axil_grammar::Source, line: u32) -> String {
    let starts = source.line_starts();
    let begin = starts[line as usize - 1] as usize;
    let end = starts.get(line as usize).map_or(source.text().len(), |end| *end as usize);
    String::from_utf8_lossy(&source.text()[begin..end]).into_owned()
}
