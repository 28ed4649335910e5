//! Calls: from JavaScript to JavaScript, to native code, and from native code.

mod entry;
mod frame;
mod from_native;
mod instructions;
mod native;

pub(super) use entry::{enter, enter_accessor};
pub(super) use frame::{
    Caller, FRAME, ReturnTo, Running, callee, caller, is_constructing, return_to_native, size,
};
pub(super) use instructions::{
    call_instruction, call_with_array, construct_instruction, construct_with_array,
    return_instruction,
};
pub use native::{Arguments, NativeCode, NativeFunction};
