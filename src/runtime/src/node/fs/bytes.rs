//! Reading and writing open files.

use std::sync::Arc;

use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};
use rustix::io::Errno;

use super::{Failure, Given, Operation, Outcome, failing};
use crate::descriptors::Descriptor;

pub(super) const OPERATIONS: &[Operation] = &[
    // read(descriptor, length, position): bytes; the position is −1 for the current one.
    ("read", |vm, given| {
        let (length, position) = (given.integer(1).max(0) as usize, position(vm, given, 2));
        let descriptor = match given.descriptor(0) {
            Ok(descriptor) => descriptor,
            Err(errno) => return Ok(failing(Failure::of(errno, "read"))),
        };
        Ok(Box::new(move || {
            let mut bytes = vec![0; length];
            match read(&descriptor, &mut bytes, position) {
                Ok(count) => {
                    bytes.truncate(count);
                    Ok(Outcome::Bytes(bytes))
                }
                Err(errno) => Err(Failure::of(errno, "read")),
            }
        }))
    }),
    // write(descriptor, bytes or text, offset, length, position): how many were written.
    ("write", |vm, given| {
        let bytes = given.bytes(vm, 1);
        let offset = (given.integer(2).max(0) as usize).min(bytes.len());
        let length = match given.number(3) {
            Some(length) => (length.max(0.0) as usize).min(bytes.len() - offset),
            None => bytes.len() - offset,
        };
        let position = position(vm, given, 4);
        let descriptor = match given.descriptor(0) {
            Ok(descriptor) => descriptor,
            Err(errno) => return Ok(failing(Failure::of(errno, "write"))),
        };
        Ok(Box::new(move || match write(&descriptor, &bytes[offset..offset + length], position) {
            Ok(count) => Ok(Outcome::Number(count as f64)),
            Err(errno) => Err(Failure::of(errno, "write")),
        }))
    }),
];

/// A place in a file, which may be a bigint; none for the current one.
fn position(vm: &Vm, given: Given<'_>, index: usize) -> Option<u64> {
    let value = given.get(index);
    match value.as_number() {
        Some(position) => Some(position).filter(|it| *it >= 0.0).map(|it| it as u64),
        None => vm.display(value).trim_end_matches('n').parse().ok(),
    }
}

fn again<T>(mut call: impl FnMut() -> Result<T, Errno>) -> Result<T, Errno> {
    loop {
        match call() {
            Err(Errno::INTR) => {}
            other => return other,
        }
    }
}

pub(super) fn read(
    descriptor: &Descriptor,
    bytes: &mut [u8],
    position: Option<u64>,
) -> Result<usize, Errno> {
    match position {
        None => again(|| rustix::io::read(descriptor, &mut *bytes)),
        Some(position) => again(|| rustix::io::pread(descriptor, &mut *bytes, position)),
    }
}

pub(super) fn write(
    descriptor: &Descriptor,
    bytes: &[u8],
    position: Option<u64>,
) -> Result<usize, Errno> {
    match position {
        None => again(|| rustix::io::write(descriptor, bytes)),
        Some(position) => again(|| rustix::io::pwrite(descriptor, bytes, position)),
    }
}

fn throw(vm: &mut Vm, errno: Errno, syscall: &'static str) -> axil_engine::vm::Throw {
    let exception = Failure::of(errno, syscall).into_exception(vm);
    vm.throw(exception)
}

fn opened(vm: &mut Vm, given: Given<'_>, syscall: &'static str) -> Completion<Arc<Descriptor>> {
    given.descriptor(0).map_err(|errno| throw(vm, errno, syscall))
}

/// `readSync(descriptor, buffer, offset, length, position)`: how many bytes were read.
pub(super) fn read_sync(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let given = Given { arguments, first: 0 };
    let descriptor = opened(vm, given, "read")?;
    let (offset, length) = (given.integer(2).max(0) as usize, given.integer(3).max(0) as usize);
    let position = position(vm, given, 4);
    let result = vm.with_bytes_mut(given.get(1), |_, bytes| {
        let offset = offset.min(bytes.len());
        let end = offset.saturating_add(length).min(bytes.len());
        read(&descriptor, &mut bytes[offset..end], position)
    });
    match result.unwrap_or(Ok(0)) {
        Ok(count) => Ok(Value::number(count as f64)),
        Err(errno) => Err(throw(vm, errno, "read")),
    }
}

/// `writeSync(descriptor, buffer or text, offset, length, position)`: how many bytes were
/// written.
pub(super) fn write_sync(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let given = Given { arguments, first: 0 };
    let descriptor = opened(vm, given, "write")?;
    let (offset, length) = (given.integer(2).max(0) as usize, given.number(3));
    let position = position(vm, given, 4);
    let part = |bytes: &[u8]| {
        let offset = offset.min(bytes.len());
        let rest = &bytes[offset..];
        let length = length.map_or(rest.len(), |length| (length.max(0.0) as usize).min(rest.len()));
        write(&descriptor, &rest[..length], position)
    };
    let result = match vm.with_bytes(given.get(1), |_, bytes| part(bytes)) {
        Some(result) => result,
        None => part(&given.bytes(vm, 1)),
    };
    match result {
        Ok(count) => Ok(Value::number(count as f64)),
        Err(errno) => Err(throw(vm, errno, "write")),
    }
}
