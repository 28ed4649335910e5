//! The native stack as a place where references to cells stand.
//!
//! Rust code holds cells in plain local variables. Nobody keeps a list of them, so
//! the collector takes every word of the stack for a reference that happens to be
//! the address of a cell, or of a place inside one.

use std::arch::asm;

/// Calls `visit` for each word between the top of the native stack, registers
/// included, and `base`, the address of something that lies deeper.
#[inline(never)]
pub(super) fn each_word(base: usize, visit: &mut dyn FnMut(usize)) {
    let registers = preserved_registers();
    for word in registers {
        visit(word);
    }
    let top = (&raw const registers).addr();
    for address in (top..base).step_by(size_of::<usize>()) {
        // SAFETY: The words between two live places on this thread's stack are
        // mapped. What they hold need not be initialised as far as Rust knows; as
        // a volatile read of raw memory it is some number, and any will do.
        visit(unsafe { std::ptr::with_exposed_provenance::<usize>(address).read_volatile() });
    }
}

/// The registers that a function has to leave as they are: all others have been
/// saved on the stack by the callers of this one, if they matter.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn preserved_registers() -> [usize; 8] {
    let mut registers = [0; 8];
    // SAFETY: Only the array is written.
    unsafe {
        asm!(
            "mov [{to}], rbx", "mov [{to} + 8], rbp", "mov [{to} + 16], r12",
            "mov [{to} + 24], r13", "mov [{to} + 32], r14", "mov [{to} + 40], r15",
            "mov [{to} + 48], rdi", "mov [{to} + 56], rsi",
            to = in(reg) registers.as_mut_ptr(),
            options(nostack, preserves_flags)
        );
    }
    registers
}

/// The registers that a function has to leave as they are: all others have been
/// saved on the stack by the callers of this one, if they matter.
#[cfg(target_arch = "aarch64")]
#[inline(always)]
fn preserved_registers() -> [usize; 11] {
    let mut registers = [0; 11];
    // SAFETY: Only the array is written.
    unsafe {
        asm!(
            "stp x19, x20, [{to}]", "stp x21, x22, [{to}, #16]", "stp x23, x24, [{to}, #32]",
            "stp x25, x26, [{to}, #48]", "stp x27, x28, [{to}, #64]", "str x29, [{to}, #80]",
            to = in(reg) registers.as_mut_ptr(),
            options(nostack, preserves_flags)
        );
    }
    registers
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
compile_error!("the collector has to know which registers functions preserve here");
