//! What a frame on the machine's stack looks like: the callee, two words of the machine's
//! own, `this`, and the registers, of which the first are the arguments.

use crate::bytecode::Instruction;
use crate::heap::Gc;
use crate::object::Function;
use crate::value::Value;
use crate::vm::Vm;

/// How many words lie between a callee and its first register.
pub(in crate::vm) const FRAME: usize = 4;

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

/// The instruction to which a function returns that native code has called: it stops the
/// machine.
pub(in crate::vm) fn return_to_native() -> Box<u64> {
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
pub(in crate::vm) struct ReturnTo {
    /// The next instruction of the caller.
    pub(super) pc: *const u64,
    /// Its constants.
    pub(super) constants: *const u64,
    /// The register of the caller with which the frame begins.
    pub(super) frame: usize,
    /// The register of the caller that gets the result.
    pub(super) dst: usize,
}

impl ReturnTo {
    /// Behind the instruction of a call, which names the registers.
    ///
    /// # Safety
    /// There is one at `pc`.
    #[inline(always)]
    pub(super) unsafe fn after_call(pc: *const u64, constants: *const u64) -> Self {
        // SAFETY: By the caller's word.
        unsafe { Self { pc: pc.add(1), constants, frame: operand(pc, 1), dst: operand(pc, 3) } }
    }

    /// To native code: the result goes to where the callee stands.
    #[inline]
    pub(in crate::vm) fn native(vm: &Vm) -> Self {
        let pc = &raw const *vm.native_return;
        Self { pc, constants: std::ptr::null(), frame: 0, dst: 0 }
    }

    /// Writes the words into a frame.
    ///
    /// # Safety
    /// There is room.
    #[inline(always)]
    pub(super) unsafe fn write(self, frame: *mut Value) {
        // SAFETY: By the caller's word.
        unsafe {
            *frame.add(1) = tagged(self.pc, self.frame);
            *frame.add(2) = tagged(self.constants, self.dst);
        }
    }
}

/// A frame as the words below its first register tell it.
pub(in crate::vm) struct Caller {
    /// The next instruction of the caller.
    pub(in crate::vm) pc: *const u64,
    /// Its first register.
    pub(in crate::vm) registers: *mut Value,
    /// Its constants.
    pub(in crate::vm) constants: *const u64,
    /// The register that gets the result.
    pub(in crate::vm) dst: usize,
}

/// Who called the function whose first register this is.
///
/// # Safety
/// It is that of a frame.
#[inline(always)]
pub(in crate::vm) unsafe fn caller(registers: *mut Value) -> Caller {
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
pub(in crate::vm) unsafe fn is_constructing(registers: *mut Value) -> bool {
    // SAFETY: By the caller's word.
    unsafe { (*registers.sub(3)).bits() & CONSTRUCTING != 0 }
}

/// Notes in a frame that its function is called with `new`.
///
/// # Safety
/// Its words have been written.
#[inline(always)]
pub(super) unsafe fn mark_constructing(frame: *mut Value) {
    // SAFETY: By the caller's word.
    unsafe { *frame.add(1) = Value::from_bits((*frame.add(1)).bits() | CONSTRUCTING) };
}

/// The function whose first register this is.
///
/// # Safety
/// It is that of a frame.
#[inline(always)]
pub(in crate::vm) unsafe fn callee(registers: *mut Value) -> Gc<Function> {
    // SAFETY: It stands below, and is a function, since it runs.
    unsafe { (*registers.sub(FRAME)).cell_unchecked() }
}

/// Where a function stands that enters another.
#[derive(Clone, Copy)]
pub(in crate::vm) struct Running {
    /// Its instruction.
    pub(in crate::vm) pc: *const u64,
    /// Its first register.
    pub(in crate::vm) registers: *mut Value,
    /// Its constants.
    pub(in crate::vm) constants: *const u64,
}

/// The number of registers of the function that has these constants: it stands before them.
///
/// # Safety
/// They are those of a function.
#[inline(always)]
pub(in crate::vm) unsafe fn size(constants: *const u64) -> usize {
    // SAFETY: By the caller's word.
    unsafe { constants.sub(1).read() as usize }
}

/// An operand of 16 bits of the instruction at `pc`: `a` is 1, `b` 2, `c` 3.
#[inline(always)]
pub(super) unsafe fn operand(pc: *const u64, index: usize) -> usize {
    // SAFETY: An instruction has four of them, the opcode being in the first.
    unsafe { usize::from(pc.cast::<u16>().add(index).read()) }
}
