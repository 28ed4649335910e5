//! What operations on files give, before it is a value: they may run where no values are.

use std::path::Path;

use axil_engine::operators::as_object;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};
use rustix::io::Errno;

use crate::native::{array, string};
use crate::node::system_error::{self, SystemError};

/// What an operation gives.
#[derive(Debug)]
pub(crate) enum Outcome {
    Nothing,
    Number(f64),
    Numbers(Vec<f64>),
    /// Numbers that need not be exact as doubles: they come as the bytes of 64-bit
    /// integers.
    Exact(Vec<i64>),
    /// Text; what is no UTF-8 is replaced.
    Text(Vec<u8>),
    Bytes(Vec<u8>),
    /// Names, as texts or as bytes, and the kinds of what they stand for, if asked for.
    Names {
        names: Vec<Vec<u8>>,
        kinds: Option<Vec<u8>>,
        as_bytes: bool,
    },
}

impl Outcome {
    /// A name as text or bytes.
    pub(crate) fn name(bytes: Vec<u8>, as_bytes: bool) -> Self {
        if as_bytes { Self::Bytes(bytes) } else { Self::Text(bytes) }
    }

    pub(crate) fn into_value(self, vm: &mut Vm) -> Completion {
        Ok(match self {
            Self::Nothing => Value::UNDEFINED,
            Self::Number(number) => Value::number(number),
            Self::Numbers(numbers) => {
                let numbers: Vec<Value> = numbers.into_iter().map(Value::number).collect();
                array(vm, &numbers)
            }
            Self::Exact(numbers) => {
                let bytes: Vec<u8> = numbers.into_iter().flat_map(i64::to_ne_bytes).collect();
                Value::cell(vm.new_uint8_array(&bytes)?)
            }
            Self::Text(bytes) => text(vm, &bytes),
            Self::Bytes(bytes) => Value::cell(vm.new_uint8_array(&bytes)?),
            Self::Names { names, kinds, as_bytes } => {
                let list = vm.new_array();
                for name in names {
                    let name = if as_bytes {
                        Value::cell(vm.new_uint8_array(&name)?)
                    } else {
                        text(vm, &name)
                    };
                    list.push(&vm.memory, name);
                }
                match kinds {
                    None => Value::cell(list),
                    Some(kinds) => {
                        let numbers = vm.new_array();
                        for kind in kinds {
                            numbers.push(&vm.memory, Value::int(kind.into()));
                        }
                        array(vm, &[Value::cell(list), Value::cell(numbers)])
                    }
                }
            }
        })
    }
}

fn text(vm: &Vm, bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) => string(vm, text),
        Err(_) => string(vm, &String::from_utf8_lossy(bytes)),
    }
}

/// Why an operation failed.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    errno: Errno,
    syscall: &'static str,
    path: Option<String>,
    destination: Option<String>,
    /// Other words than the system's, and whether the code is one of Node.js's own.
    special: Option<(&'static str, String)>,
}

impl Failure {
    pub(crate) fn of(errno: Errno, syscall: &'static str) -> Self {
        Self { errno, syscall, path: None, destination: None, special: None }
    }

    pub(crate) fn at(errno: Errno, syscall: &'static str, path: &Path) -> Self {
        Self { path: Some(super::shown(path)), ..Self::of(errno, syscall) }
    }

    pub(crate) fn between(errno: Errno, syscall: &'static str, paths: (&Path, &Path)) -> Self {
        let destination = Some(super::shown(paths.1));
        Self { destination, ..Self::at(errno, syscall, paths.0) }
    }

    /// An error with a code of Node.js's own.
    pub(crate) fn special(code: &'static str, message: String) -> Self {
        Self { special: Some((code, message)), ..Self::of(Errno::IO, "") }
    }

    pub(crate) fn errno(&self) -> Errno {
        self.errno
    }

    pub(crate) fn into_exception(self, vm: &mut Vm) -> Value {
        if let Some((code, message)) = self.special {
            let axil_engine::vm::Throw = vm.throw_range_error(&message);
            let exception = vm.take_exception();
            if let Some(error) = as_object(exception) {
                let code = string(vm, code);
                crate::native::define(vm, error, "code", code);
                vm.show_code_in_stack(error);
            }
            return exception;
        }
        let error = SystemError::of(&self.errno.into());
        let (path, destination) = (self.path.as_deref(), self.destination.as_deref());
        let exception = system_error::new_with(vm, error, self.syscall, path, destination);
        Value::cell(exception)
    }
}
