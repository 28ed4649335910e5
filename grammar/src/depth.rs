//! Native stack for recursive passes.
//!
//! The automaton does not recurse, so source text may nest as deep as memory
//! allows; every pass over the tree takes the stack it needs from here.

/// Runs `f` with room on the native stack for some dozens of further frames,
/// moving to a new segment of stack where little is left.
#[inline]
pub(crate) fn grow<R>(f: impl FnOnce() -> R) -> R {
    const RED_ZONE: usize = 128 * 1024;
    const SEGMENT: usize = 4 * 1024 * 1024;
    stacker::maybe_grow(RED_ZONE, SEGMENT, f)
}
