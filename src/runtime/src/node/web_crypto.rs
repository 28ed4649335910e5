//! Random numbers: the native half of `internal/web_crypto.js`.

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};

use crate::native::{Row, define_functions, string};

const FUNCTIONS: &[Row] = &[
    // fillRandom(bytes)
    ("fillRandom", 1, |vm, arguments| {
        let filled = vm.with_bytes_mut(arguments.get(0), |_, bytes| getrandom::fill(bytes).is_ok());
        match filled {
            Some(false) => Err(vm.throw_error("The system has no random numbers")),
            _ => Ok(Value::UNDEFINED),
        }
    }),
    // randomUuid(): of version 4
    ("randomUuid", 0, |vm, _| {
        let mut bytes = [0; 16];
        if getrandom::fill(&mut bytes).is_err() {
            return Err(vm.throw_error("The system has no random numbers"));
        }
        bytes[6] = bytes[6] & 0x0F | 0x40;
        bytes[8] = bytes[8] & 0x3F | 0x80;
        let digits = const_hex::encode(bytes);
        let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
        Ok(string(vm, &parts.join("-")))
    }),
];

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    Ok(())
}
