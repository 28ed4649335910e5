//! Calls: from JavaScript to JavaScript, to native code, and from native code.

use std::cell::Cell;
use std::marker::PhantomData;

use super::dispatch::{self, HALTED, go, proceed};
use super::{Completion, Coroutine, Throw, Vm};
use crate::bytecode::{Code, CodeFlags, Instruction};
use crate::heap::{CellKind, Gc, HeapCell, RootedVec, Tracer};
use crate::kinds;
use crate::object::{Array, BoundFunction, Environment, Function, Memory, Object, Proxy, Shape};
use crate::operators::{as_object, is_callable, is_constructor};
use crate::realm::{Realm, RootShape};
use crate::string::JsString;
use crate::value::Value;

/// How many words lie between a callee and its first register.
pub(super) const FRAME: usize = 4;

/// So many arguments at most come out of an array.
const MOST_SPREAD: usize = 1 << 19;

/// What the machine's own words in a frame have set, so that the collector does not
/// take them for cells: addresses of words are multiples of eight.
const TAG: u64 = 2;

/// What the return address of a constructor has set too.
const CONSTRUCTING: u64 = 1;

/// So many bits of the machine's own words are for an address, the others for the number
/// of a register.
const ADDRESS_BITS: u32 = 48;

/// The bits of an address that may be set.
const ADDRESS: u64 = ((1 << ADDRESS_BITS) - 1) & !7;

/// The code of a native function.
pub type NativeCode = fn(&mut Vm, Arguments<'_>) -> Completion;

/// `this` and the arguments of a call of a native function.
#[derive(Clone, Copy)]
pub struct Arguments<'f> {
    frame: *const Value,
    count: usize,
    new_target: Value,
    lifetime: PhantomData<&'f Value>,
}

impl<'f> Arguments<'f> {
    /// The argument of a number; `undefined` if there is none.
    #[inline]
    pub fn get(self, index: usize) -> Value {
        if index < self.count {
            // SAFETY: So many arguments lie in the frame, which stays as it is while
            // the native function runs.
            unsafe { self.frame.add(FRAME + index).read() }
        } else {
            Value::UNDEFINED
        }
    }

    /// The number of arguments.
    #[inline]
    pub fn len(self) -> usize {
        self.count
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.count == 0
    }

    /// The arguments from a number on.
    #[inline]
    pub fn from(self, index: usize) -> &'f [Value] {
        let count = self.count.saturating_sub(index);
        // SAFETY: As above.
        unsafe { std::slice::from_raw_parts(self.frame.add(FRAME + self.count - count), count) }
    }

    /// `this`
    #[inline]
    pub fn this(self) -> Value {
        // SAFETY: As above.
        unsafe { self.frame.add(FRAME - 1).read() }
    }

    /// The function itself.
    #[inline]
    pub fn callee(self) -> Value {
        // SAFETY: As above.
        unsafe { self.frame.read() }
    }

    /// What the function closes over.
    ///
    /// # Panics
    /// If it has been made without.
    pub fn captured(self) -> Gc<Environment> {
        let function = self.callee().downcast::<NativeFunction>();
        function.and_then(|function| function.captured).expect("a closure has an environment")
    }

    /// `new.target`: `undefined` in a call without `new`.
    #[inline]
    pub fn new_target(self) -> Value {
        self.new_target
    }
}

/// A function that was written in Rust.
#[repr(C)]
pub struct NativeFunction {
    object: Object,
    /// What it does.
    pub code: NativeCode,
    /// `[[InitialName]]`
    pub name: Gc<JsString>,
    /// Whether it can be called with `new`.
    pub is_constructor: Cell<bool>,
    /// What it closes over: its internal slots, where the specification gives it some.
    pub captured: Option<Gc<Environment>>,
    /// `[[Realm]]`, if it has been made when there were several.
    pub realm: Cell<Option<Gc<Realm>>>,
}

// SAFETY: It begins with an object, which is visited.
unsafe impl HeapCell for NativeFunction {
    const KIND: CellKind = kinds::NATIVE_FUNCTION;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        tracer.cell(self.name);
        if let Some(captured) = self.captured {
            tracer.cell(captured);
        }
        if let Some(realm) = self.realm.get() {
            tracer.cell(realm);
        }
    }
}

impl Gc<NativeFunction> {
    /// A function without properties.
    pub fn new(memory: &Memory, shape: Gc<Shape>, name: Gc<JsString>, code: NativeCode) -> Self {
        Self::closure(memory, shape, name, code, None)
    }

    /// A function without properties that closes over something.
    pub fn closure(
        memory: &Memory,
        shape: Gc<Shape>,
        name: Gc<JsString>,
        code: NativeCode,
        captured: Option<Gc<Environment>>,
    ) -> Self {
        let inside = usize::from(shape.layout().inline_slots) * size_of::<Value>();
        let (object, is_constructor) = (Object::new(shape), Cell::new(false));
        let realm = Cell::new(None);
        let function = NativeFunction { object, code, name, is_constructor, captured, realm };
        memory.allocate_object(function, shape, inside)
    }

    /// The object that it is.
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: A function begins with one.
        unsafe { self.cast() }
    }
}

/// The instruction to which a function returns that native code has called: it stops the
/// machine.
pub(super) fn return_to_native() -> Box<u64> {
    Box::new(Instruction::Halt {}.encode())
}

/// The address in a word of the machine's own.
#[inline(always)]
fn address(word: Value) -> *const u64 {
    std::ptr::with_exposed_provenance((word.bits() & ADDRESS) as usize)
}

/// The number of a register in a word of the machine's own.
#[inline(always)]
fn register(word: Value) -> usize {
    (word.bits() >> ADDRESS_BITS) as usize
}

/// A word of the machine's own for an address and the number of a register.
#[inline(always)]
fn tagged(address: *const u64, register: usize) -> Value {
    let address = address.expose_provenance() as u64;
    debug_assert!(address & !ADDRESS == 0, "programs live in the lower half of 48 bits");
    // SAFETY: To the collector the word is no cell; nobody else reads it as a value.
    unsafe { Value::from_bits(address | TAG | (register as u64) << ADDRESS_BITS) }
}

/// Where a function returns to, and where its result goes: what its frame keeps in two
/// words.
#[derive(Clone, Copy)]
pub(super) struct ReturnTo {
    /// The next instruction of the caller.
    pc: *const u64,
    /// Its constants.
    constants: *const u64,
    /// The register of the caller with which the frame begins.
    frame: usize,
    /// The register of the caller that gets the result.
    dst: usize,
}

impl ReturnTo {
    /// Behind the instruction of a call, which names the registers.
    ///
    /// # Safety
    /// There is one at `pc`.
    #[inline(always)]
    unsafe fn after_call(pc: *const u64, constants: *const u64) -> Self {
        // SAFETY: By the caller's word.
        unsafe { Self { pc: pc.add(1), constants, frame: operand(pc, 1), dst: operand(pc, 3) } }
    }

    /// To native code: the result goes to where the callee stands.
    #[inline]
    pub(super) fn native(vm: &Vm) -> Self {
        let pc = &raw const *vm.native_return;
        Self { pc, constants: std::ptr::null(), frame: 0, dst: 0 }
    }

    /// Writes the words into a frame.
    ///
    /// # Safety
    /// There is room.
    #[inline(always)]
    unsafe fn write(self, frame: *mut Value) {
        // SAFETY: By the caller's word.
        unsafe {
            *frame.add(1) = tagged(self.pc, self.frame);
            *frame.add(2) = tagged(self.constants, self.dst);
        }
    }
}

/// A frame as the words below its first register tell it.
pub(super) struct Caller {
    /// The next instruction of the caller.
    pub(super) pc: *const u64,
    /// Its first register.
    pub(super) registers: *mut Value,
    /// Its constants.
    pub(super) constants: *const u64,
    /// The register that gets the result.
    pub(super) dst: usize,
}

/// Who called the function whose first register this is.
///
/// # Safety
/// It is that of a frame.
#[inline(always)]
pub(super) unsafe fn caller(registers: *mut Value) -> Caller {
    // SAFETY: A frame has its words below.
    unsafe {
        let (first, second) = (*registers.sub(3), *registers.sub(2));
        Caller {
            pc: address(first),
            registers: registers.sub(FRAME + register(first)),
            constants: address(second),
            dst: register(second),
        }
    }
}

/// Whether the function whose first register this is was called with `new`.
///
/// # Safety
/// It is that of a frame.
#[inline(always)]
pub(super) unsafe fn is_constructing(registers: *mut Value) -> bool {
    // SAFETY: By the caller's word.
    unsafe { (*registers.sub(3)).bits() & CONSTRUCTING != 0 }
}

/// Notes in a frame that its function is called with `new`.
///
/// # Safety
/// Its words have been written.
#[inline(always)]
unsafe fn mark_constructing(frame: *mut Value) {
    // SAFETY: By the caller's word.
    unsafe { *frame.add(1) = Value::from_bits((*frame.add(1)).bits() | CONSTRUCTING) };
}

/// The function whose first register this is.
///
/// # Safety
/// It is that of a frame.
#[inline(always)]
pub(super) unsafe fn callee(registers: *mut Value) -> Gc<Function> {
    // SAFETY: It stands below, and is a function, since it runs.
    unsafe { (*registers.sub(FRAME)).cell_unchecked() }
}

/// Enters a function whose frame has callee, `this` and arguments: the other words are
/// filled in. None if the function is not an ordinary one.
///
/// # Safety
/// The frame lies on the machine's stack, behind that of the caller.
#[inline(always)]
pub(super) unsafe fn enter(
    frame: *mut Value,
    count: usize,
    return_to: ReturnTo,
    vm: *mut Vm,
) -> Option<(*const u64, *mut Value, *const u64)> {
    // SAFETY: By the caller's word; a cell has a header.
    unsafe {
        let callee = *frame;
        if !callee.is_cell()
            || callee.cell_unchecked::<crate::heap::Header>().kind() != kinds::FUNCTION
        {
            return None;
        }
        let code: Gc<Code> = callee.cell_unchecked::<Function>().code;
        let registers = frame.add(FRAME);
        let end = registers.add(code.registers() as usize).cast_const().cast();
        let is_plain = code.is_ordinary() && count >= code.parameters as usize;
        if !is_plain || end > (*vm).stack.high() {
            return None;
        }
        return_to.write(frame);
        Some((code.entry(), registers, code.constants()))
    }
}

/// Where a function stands that enters another.
#[derive(Clone, Copy)]
pub(super) struct Running {
    /// Its instruction.
    pub(super) pc: *const u64,
    /// Its first register.
    pub(super) registers: *mut Value,
    /// Its constants.
    pub(super) constants: *const u64,
}

/// The number of registers of the function that has these constants: it stands before them.
///
/// # Safety
/// They are those of a function.
#[inline(always)]
pub(super) unsafe fn size(constants: *const u64) -> usize {
    // SAFETY: By the caller's word.
    unsafe { constants.sub(1).read() as usize }
}

/// Enters a getter, or a setter with its argument, in a frame behind the caller's
/// registers: None if it is no ordinary function.
///
/// # Safety
/// The caller runs; `dst` is one of its registers, or the first word of the frame.
#[inline(always)]
pub(super) unsafe fn enter_accessor(
    function: Value,
    this: Value,
    argument: Option<Value>,
    dst: usize,
    caller: Running,
    vm: *mut Vm,
) -> Option<(*const u64, *mut Value, *const u64)> {
    // SAFETY: There is room up to `high`, and what lies behind the caller's registers is
    // in use by nobody.
    unsafe {
        let Running { pc, registers, constants } = caller;
        let size = size(constants);
        let frame = registers.add(size);
        if size > usize::from(u16::MAX) || !(*vm).stack.reserve(frame.add(FRAME + 1)) {
            return None;
        }
        *frame = function;
        *frame.add(FRAME - 1) = this;
        if let Some(argument) = argument {
            *frame.add(FRAME) = argument;
        }
        let return_to = ReturnTo { pc: pc.add(1), constants, frame: size, dst };
        enter(frame, usize::from(argument.is_some()), return_to, vm)
    }
}

/// Enters a function that wants more than a frame, or more room than there is.
///
/// # Errors
/// A `RangeError` if the stack is full; a `TypeError` for the constructor of a class
/// without a new target.
///
/// # Safety
/// As for [`enter`]; the callee is a function.
unsafe fn enter_slowly(
    frame: *mut Value,
    count: usize,
    new_target: Value,
    return_to: ReturnTo,
    vm: &mut Vm,
) -> Completion<()> {
    // SAFETY: By the caller's word.
    unsafe {
        let code = (*frame).cell_unchecked::<Function>().code;
        let registers = frame.add(FRAME);
        if code.flags.contains(CodeFlags::CLASS_CONSTRUCTOR) && new_target.is_undefined() {
            let name = code.name.to_rust(&vm.memory);
            let message = format!("Class constructor {name} cannot be invoked without 'new'");
            let realm = vm.realm_of_function(*frame);
            return Err(vm.in_realm(realm, |vm| vm.throw_type_error(&message)));
        }
        let end = registers.add((code.registers() as usize).max(count));
        if !vm.stack.reserve(end) {
            return Err(vm.throw_range_error("Maximum call stack size exceeded"));
        }
        let mut next = code.parameters as usize;
        let list = code.flags.contains(CodeFlags::COLLECTS_ARGUMENTS).then(|| {
            let shape = vm.realm().shape(RootShape::Array);
            let list = Gc::<Array>::new(&vm.memory, shape, count as u32);
            let arguments = std::slice::from_raw_parts(registers.cast::<Cell<Value>>(), count);
            list.extend(&vm.memory, arguments);
            list
        });
        for missing in count..next {
            *registers.add(missing) = Value::UNDEFINED;
        }
        if let Some(list) = list {
            *registers.add(next) = Value::cell(list);
            next += 1;
        }
        if code.flags.contains(CodeFlags::TAKES_NEW_TARGET) {
            *registers.add(next) = new_target;
        }
        return_to.write(frame);
        Ok(())
    }
}

/// Goes to the function that has been entered.
///
/// # Safety
/// The frame is one that [`enter_slowly`] has filled in.
#[inline(always)]
unsafe fn go_into(frame: *mut Value, vm: *mut Vm) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        let code = (*frame).cell_unchecked::<Function>().code;
        go!(code.entry(), frame.add(FRAME), code.constants(), vm)
    }
}

/// A call as an instruction's handler.
///
/// # Safety
/// As for all handlers.
#[inline(always)]
pub(super) unsafe fn call_instruction(
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        let return_to = ReturnTo::after_call(pc, constants);
        match enter(registers.add(return_to.frame), operand(pc, 2), return_to, vm) {
            Some((pc, registers, constants)) => proceed(pc, registers, constants, vm),
            None => slow_call(pc, registers, constants, vm),
        }
    }
}

/// A call of what is no ordinary function: the instruction is one of a call.
#[inline(never)]
unsafe extern "C" fn slow_call(
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        (*vm).leave(pc, registers, constants);
        let frame = registers.add(operand(pc, 1));
        let count = operand(pc, 2);
        if let Some(function) = (*frame).downcast::<Function>()
            && function.code.is_ordinary()
        {
            // Fewer arguments than parameters; or there may be no room.
            let code = function.code;
            let inner = frame.add(FRAME);
            let end = inner.add(code.registers() as usize).cast_const().cast();
            if end <= (*vm).stack.high() {
                for missing in count..code.parameters as usize {
                    *inner.add(missing) = Value::UNDEFINED;
                }
                ReturnTo::after_call(pc, constants).write(frame);
                go!(code.entry(), inner, code.constants(), vm)
            }
        }
        if (*frame).kind() == Some(kinds::NATIVE_FUNCTION) {
            return match (*vm).call_native(frame, count, Value::UNDEFINED) {
                Ok(value) => {
                    *registers.add(operand(pc, 3)) = value;
                    go!(pc.add(1), registers, constants, vm)
                }
                Err(Throw) => super::unwinding::unwind(pc, registers, constants, vm),
            };
        }
        call_frame(pc, registers, constants, vm, frame, count)
    }
}

/// An operand of 16 bits of the instruction at `pc`: `a` is 1, `b` 2, `c` 3.
#[inline(always)]
unsafe fn operand(pc: *const u64, index: usize) -> usize {
    // SAFETY: An instruction has four of them, the opcode being in the first.
    unsafe { usize::from(pc.cast::<u16>().add(index).read()) }
}

/// Ends an instruction of a call: by going into the function, if that is what is to be
/// done, or with a result.
#[inline(always)]
unsafe fn finish_call(
    result: Completion<Option<Value>>,
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
    frame: *mut Value,
) -> u64 {
    // SAFETY: The instruction is one of a call, whose last operand is the destination.
    unsafe {
        match result {
            Ok(None) => go_into(frame, vm),
            Ok(Some(value)) => {
                *registers.add(operand(pc, 3)) = value;
                go!(pc.add(1), registers, constants, vm)
            }
            Err(Throw) => super::unwinding::unwind(pc, registers, constants, vm),
        }
    }
}

/// Calls what stands in a frame with so many arguments.
#[inline(never)]
unsafe extern "C" fn call_frame(
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
    frame: *mut Value,
    count: usize,
) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        let result = (*vm).begin_call(frame, count, pc, constants);
        finish_call(result, pc, registers, constants, vm, frame)
    }
}

/// `new` as an instruction's handler.
///
/// # Safety
/// As for all handlers.
pub(super) unsafe extern "C" fn construct_instruction(
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        let frame = registers.add(operand(pc, 1));
        if is_plain_constructor(*frame, operand(pc, 2))
            && (*frame.add(FRAME - 1)).kind() == Some(kinds::FUNCTION)
        {
            return construct_plainly(pc, registers, constants, vm);
        }
        slow_construct(pc, registers, constants, vm)
    }
}

/// Whether entering a constructor with so many arguments is no more than laying out a
/// frame.
#[inline(always)]
fn is_plain_constructor(callee: Value, count: usize) -> bool {
    let Some(function) = callee.downcast::<Function>() else { return false };
    let special = CodeFlags::COLLECTS_ARGUMENTS.union(CodeFlags::TAKES_NEW_TARGET);
    let wanted = special.union(CodeFlags::CONSTRUCTOR).union(CodeFlags::DERIVED);
    let code = function.code;
    code.flags.intersection(wanted) == CodeFlags::CONSTRUCTOR && count >= code.parameters as usize
}

/// `new` for a function that has no wishes.
#[inline(never)]
unsafe extern "C" fn construct_plainly(
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        (*vm).leave(pc, registers, constants);
        let frame = registers.add(operand(pc, 1));
        let code: Gc<Code> = (*frame).cell_unchecked::<Function>().code;
        let inner = frame.add(FRAME);
        let end = inner.add(code.registers() as usize).cast_const().cast();
        // The making of an instance can be seen, so it comes once it is sure to be done here.
        if end > (*vm).stack.high() {
            return slow_construct(pc, registers, constants, vm);
        }
        let Ok(this) = (*vm).new_instance((*frame.add(FRAME - 1)).cell_unchecked()) else {
            return super::unwinding::unwind(pc, registers, constants, vm);
        };
        ReturnTo::after_call(pc, constants).write(frame);
        mark_constructing(frame);
        *frame.add(FRAME - 1) = Value::cell(this);
        go!(code.entry(), inner, code.constants(), vm)
    }
}

/// `new` for anything else.
#[inline(never)]
unsafe extern "C" fn slow_construct(
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        (*vm).leave(pc, registers, constants);
        let frame = registers.add(operand(pc, 1));
        construct_frame(pc, registers, constants, vm, frame, operand(pc, 2))
    }
}

/// Calls what stands in a frame as a constructor.
#[inline(never)]
unsafe extern "C" fn construct_frame(
    pc: *const u64,
    registers: *mut Value,
    constants: *const u64,
    vm: *mut Vm,
    frame: *mut Value,
    count: usize,
) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        let result = (*vm).begin_construction(frame, count, pc, constants);
        finish_call(result, pc, registers, constants, vm, frame)
    }
}

/// A call, or a construction, with the elements of an array, as an instruction's
/// handler.
macro_rules! with_array {
    ($($name:ident, $frame:ident;)*) => {
        $(
            /// # Safety
            /// As for all handlers.
            #[inline(never)]
            pub(super) unsafe extern "C" fn $name(
                pc: *const u64,
                registers: *mut Value,
                constants: *const u64,
                vm: *mut Vm,
            ) -> u64 {
                // SAFETY: By the caller's word.
                unsafe {
                    (*vm).leave(pc, registers, constants);
                    let frame = registers.add(operand(pc, 1));
                    let array: Gc<Array> = (*registers.add(operand(pc, 2))).cell_unchecked();
                    match (*vm).spread(frame, array) {
                        Ok(count) => $frame(pc, registers, constants, vm, frame, count),
                        Err(Throw) => super::unwinding::unwind(pc, registers, constants, vm),
                    }
                }
            }
        )*
    };
}

with_array! {
    call_with_array, call_frame;
    construct_with_array, construct_frame;
}

/// A return as an instruction's handler.
///
/// # Safety
/// As for all handlers.
#[inline(always)]
pub(super) unsafe fn return_instruction(value: Value, registers: *mut Value, vm: *mut Vm) -> u64 {
    // SAFETY: By the caller's word.
    unsafe {
        let constructing = is_constructing(registers);
        let this = *registers.sub(1);
        let value = if constructing && as_object(value).is_none() { this } else { value };
        let Caller { pc, registers, constants, dst } = caller(registers);
        *registers.add(dst) = value;
        proceed(pc, registers, constants, vm)
    }
}

impl Vm {
    /// Calls what stands in a frame with so many arguments: None if it is a function that
    /// has been entered, and has to be gone into.
    ///
    /// # Safety
    /// The frame is one of the running function's, behind all that it uses; the other
    /// pointers are those of the instruction.
    #[inline(never)]
    unsafe fn begin_call(
        &mut self,
        frame: *mut Value,
        count: usize,
        pc: *const u64,
        constants: *const u64,
    ) -> Completion<Option<Value>> {
        // SAFETY: By the caller's word.
        unsafe {
            match (*frame).kind() {
                Some(kinds::NATIVE_FUNCTION) => {
                    self.call_native(frame, count, Value::UNDEFINED).map(Some)
                }
                Some(kinds::FUNCTION) => {
                    let undefined = Value::UNDEFINED;
                    let return_to = ReturnTo::after_call(pc, constants);
                    enter_slowly(frame, count, undefined, return_to, self)?;
                    Ok(None)
                }
                _ if is_callable(*frame) => {
                    let arguments = std::slice::from_raw_parts(frame.add(FRAME), count);
                    self.call(*frame, *frame.add(FRAME - 1), arguments).map(Some)
                }
                _ => Err(self.throw_not_a_callee(*frame)),
            }
        }
    }

    /// Calls what stands in a frame as a constructor: an ordinary function with a new
    /// object as `this`, and a flag in its frame that says that this is the result unless
    /// it returns an object itself.
    ///
    /// # Safety
    /// As for [`Self::begin_call`].
    #[inline(never)]
    unsafe fn begin_construction(
        &mut self,
        frame: *mut Value,
        count: usize,
        pc: *const u64,
        constants: *const u64,
    ) -> Completion<Option<Value>> {
        // SAFETY: By the caller's word.
        unsafe {
            let (callee, new_target) = (*frame, *frame.add(FRAME - 1));
            if !is_constructor(callee) {
                let text = self.named_value().unwrap_or_else(|| self.display(callee));
                return Err(self.throw_type_error(&format!("{text} is not a constructor")));
            }
            if callee.kind() == Some(kinds::NATIVE_FUNCTION) {
                *frame.add(FRAME - 1) = Value::UNDEFINED;
                return self.call_native(frame, count, new_target).map(Some);
            }
            let Some(function) = callee.downcast::<Function>() else {
                let arguments = std::slice::from_raw_parts(frame.add(FRAME), count);
                return self.construct(callee, arguments, new_target).map(Some);
            };
            *frame.add(FRAME - 1) = self.this_for(function, new_target)?;
            let return_to = ReturnTo::after_call(pc, constants);
            enter_slowly(frame, count, new_target, return_to, self)?;
            mark_constructing(frame);
            Ok(None)
        }
    }

    /// Lays out the elements of an array as the arguments of a frame.
    ///
    /// # Safety
    /// The frame is one of the running function's, behind all that it uses.
    unsafe fn spread(&mut self, frame: *mut Value, array: Gc<Array>) -> Completion<usize> {
        let count = array.length.get() as usize;
        let end = frame.wrapping_add(FRAME + count);
        if count > MOST_SPREAD || !self.stack.reserve(end) {
            return Err(self.throw_range_error("Maximum call stack size exceeded"));
        }
        for index in 0..count {
            let value = array.as_object().element(index as u32);
            // SAFETY: There is room.
            unsafe { *frame.add(FRAME + index) = value.or_undefined() };
        }
        self.top.set(end.max(self.top.get()));
        Ok(count)
    }

    /// Calls the native function that stands in a frame.
    ///
    /// # Safety
    /// The frame has callee, `this` and so many arguments.
    #[inline(never)]
    unsafe fn call_native(
        &mut self,
        frame: *mut Value,
        count: usize,
        new_target: Value,
    ) -> Completion {
        self.check_native_stack()?;
        // SAFETY: By the caller's word.
        let function = unsafe { (*frame).cell_unchecked::<NativeFunction>() };
        let arguments = Arguments { frame, count, new_target, lifetime: PhantomData };
        if self.has_realms.get() {
            let realm = self.realm_of_function(Value::cell(function));
            return self.in_realm(realm, |vm| (function.code)(vm, arguments));
        }
        (function.code)(self, arguments)
    }

    /// What `this` is when a constructor is entered: nothing if its superclass makes it.
    fn this_for(&mut self, function: Gc<Function>, new_target: Value) -> Completion {
        if function.code.flags.contains(CodeFlags::DERIVED) {
            return Ok(Value::EMPTY);
        }
        let Some(new_target) = as_object(new_target) else { return Ok(Value::UNDEFINED) };
        self.new_instance(new_target).map(Value::cell)
    }

    /// Calls a function.
    ///
    /// # Errors
    /// What the function throws; a `TypeError` if it is none.
    pub fn call(&mut self, callee: Value, this: Value, arguments: &[Value]) -> Completion {
        self.call_with(callee, this, arguments, Value::UNDEFINED)
    }

    /// Runs the function that has been entered in a frame, to its end.
    ///
    /// # Safety
    /// It returns to native code; the pointers are those of its first instruction.
    #[inline]
    pub(super) unsafe fn run_frame(
        &mut self,
        frame: *mut Value,
        pc: *const u64,
        registers: *mut Value,
        constants: *const u64,
    ) -> Completion {
        self.in_frames(|vm| {
            // SAFETY: By the caller's word.
            unsafe {
                match dispatch::run(dispatch::proceed, pc, registers, constants, vm) {
                    HALTED => Ok(*frame),
                    _ => Err(Throw),
                }
            }
        })
    }

    /// `Construct` (§7.3.14): what `new` does. `new_target` is a constructor.
    ///
    /// # Errors
    /// What the constructor throws; a `TypeError` if it is none.
    pub fn construct(
        &mut self,
        callee: Value,
        arguments: &[Value],
        new_target: Value,
    ) -> Completion {
        if let Some(bound) = callee.downcast::<BoundFunction>() {
            self.check_native_stack()?;
            let target = Value::cell(bound.target);
            let new_target = if new_target == callee { target } else { new_target };
            let arguments = self.bound_arguments(bound, arguments);
            return self.construct(target, arguments.as_slice(), new_target);
        }
        if !is_constructor(callee) {
            return Err(self.throw_not_a_constructor(callee));
        }
        if let Some(proxy) = callee.downcast::<Proxy>() {
            return self.proxy_construct(proxy, arguments, new_target);
        }
        let Some(function) = callee.downcast::<Function>() else {
            return self.call_with(callee, Value::UNDEFINED, arguments, new_target);
        };
        let this = self.this_for(function, new_target)?;
        let result = self.call_with(callee, this, arguments, new_target)?;
        Ok(if as_object(result).is_some() { result } else { this })
    }

    /// Throws for what cannot be called with `new`.
    pub(crate) fn throw_not_a_constructor(&mut self, value: Value) -> Throw {
        let text = self.display(value);
        self.throw_type_error(&format!("{text} is not a constructor"))
    }

    /// The arguments that a bound function's target gets.
    fn bound_arguments(&self, bound: Gc<BoundFunction>, arguments: &[Value]) -> RootedVec<Value> {
        let mut all = self.memory.rooted_vec();
        for argument in bound.arguments.as_cells() {
            all.push(argument.get());
        }
        for argument in arguments {
            all.push(*argument);
        }
        all
    }

    /// Calls a function, or a native constructor if there is a `new.target`.
    fn call_with(
        &mut self,
        callee: Value,
        this: Value,
        arguments: &[Value],
        new_target: Value,
    ) -> Completion {
        self.check_native_stack()?;
        let kind = callee.kind();
        if kind != Some(kinds::FUNCTION) {
            // Native code that calls native code comes by no instruction.
            self.heed_interrupt()?;
            if let Some(bound) = callee.downcast::<BoundFunction>() {
                let arguments = self.bound_arguments(bound, arguments);
                return self.call(Value::cell(bound.target), bound.this, arguments.as_slice());
            }
            if let Some(proxy) = callee.downcast::<Proxy>().filter(|proxy| proxy.is_callable) {
                return self.proxy_call(proxy, this, arguments);
            }
        }
        let frame = self.top.get();
        let end = frame.wrapping_add(FRAME + arguments.len());
        if !self.stack.reserve(end) {
            return Err(self.throw_range_error("Maximum call stack size exceeded"));
        }
        // SAFETY: There is room behind all frames in use.
        unsafe {
            *frame = callee;
            *frame.add(1) = Value::EMPTY;
            *frame.add(2) = Value::EMPTY;
            *frame.add(3) = this;
            for (index, argument) in arguments.iter().enumerate() {
                *frame.add(FRAME + index) = *argument;
            }
        }
        match kind {
            Some(kinds::NATIVE_FUNCTION) => self.with_entry(None, |vm| {
                vm.top.set(end);
                // SAFETY: The frame has been laid out.
                unsafe { vm.call_native(frame, arguments.len(), new_target) }
            }),
            Some(kinds::FUNCTION) => self.with_entry(None, |vm| {
                // SAFETY: The frame has been laid out.
                unsafe { vm.run_function(frame, arguments.len(), new_target) }
            }),
            Some(kinds::UNDETECTABLE) => Ok(Value::NULL),
            _ => Err(self.throw_not_a_function(callee)),
        }
    }

    /// Runs a function to its end.
    ///
    /// # Safety
    /// The frame has callee, `this` and so many arguments, behind all frames in use.
    unsafe fn run_function(
        &mut self,
        frame: *mut Value,
        count: usize,
        new_target: Value,
    ) -> Completion {
        // SAFETY: By the caller's word.
        unsafe {
            let return_to = ReturnTo::native(self);
            let vm = &raw mut *self;
            if new_target.is_undefined()
                && let Some((pc, registers, constants)) = enter(frame, count, return_to, vm)
            {
                return self.run_frame(frame, pc, registers, constants);
            }
            enter_slowly(frame, count, new_target, return_to, self)?;
            if !new_target.is_undefined() {
                mark_constructing(frame);
            }
            let code = (*frame).cell_unchecked::<Function>().code;
            self.run_frame(frame, code.entry(), frame.add(FRAME), code.constants())
        }
    }

    /// Brings a coroutine's frame back, behind all frames in use, and lets it go on by a
    /// handler: at an instruction, or by unwinding from there.
    ///
    /// # Errors
    /// What the coroutine throws.
    ///
    /// # Safety
    /// The instruction is one of the function's.
    pub(super) unsafe fn run_coroutine(
        &mut self,
        coroutine: Gc<Coroutine>,
        saved: &[Cell<Value>],
        handler: dispatch::Handler,
        pc: *const u64,
    ) -> Completion {
        self.check_native_stack()?;
        let function = coroutine.function;
        let code = function.code;
        let frame = self.top.get();
        if !self.stack.reserve(frame.wrapping_add(FRAME + code.registers() as usize)) {
            return Err(self.throw_range_error("Maximum call stack size exceeded"));
        }
        // SAFETY: There is room behind all frames in use.
        self.with_entry(Some(coroutine), |vm| unsafe {
            *frame = Value::cell(function);
            ReturnTo::native(vm).write(frame);
            // `this` comes first, right below the registers.
            for (index, value) in saved.iter().enumerate() {
                *frame.add(FRAME - 1 + index) = value.get();
            }
            vm.in_frames(|vm| {
                match dispatch::run(handler, pc, frame.add(FRAME), code.constants(), vm) {
                    HALTED => Ok(*frame),
                    _ => Err(Throw),
                }
            })
        })
    }
}
