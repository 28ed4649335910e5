//! What goes wrong when modules are looked for: errors with Node.js's codes and words.
//!
//! <https://nodejs.org/api/errors.html#nodejs-error-codes>

use axil_engine::operators::as_object;
use axil_engine::vm::{Throw, Vm};

use crate::native::{define, string};

/// The class of an error.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Class {
    Error,
    TypeError,
    RangeError,
}

/// An error with a code, before it is thrown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Failure {
    pub(crate) code: &'static str,
    pub(crate) class: Class,
    pub(crate) message: String,
    /// What else the error has.
    pub(crate) extra: Option<(&'static str, String)>,
}

impl Failure {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, class: Class::Error, message: message.into(), extra: None }
    }

    pub(crate) fn of_type(code: &'static str, message: impl Into<String>) -> Self {
        Self { class: Class::TypeError, ..Self::new(code, message) }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.extra = Some((name, value.into()));
        self
    }

    /// Throws it.
    pub(crate) fn throw(&self, vm: &mut Vm) -> Throw {
        let Throw = match self.class {
            Class::Error => vm.throw_error(&self.message),
            Class::TypeError => vm.throw_type_error(&self.message),
            Class::RangeError => vm.throw_range_error(&self.message),
        };
        let exception = vm.take_exception();
        if let Some(error) = as_object(exception) {
            let code = string(vm, self.code);
            define(vm, error, "code", code);
            if let Some((name, value)) = &self.extra {
                let value = string(vm, value);
                define(vm, error, name, value);
            }
            // What `require` does not find has the plain name in its stack, and so have packages
            // that make no sense.
            if self.code.starts_with("ERR_") && self.code != "ERR_INVALID_PACKAGE_CONFIG" {
                vm.show_code_in_stack(error);
            }
        }
        vm.throw(exception)
    }
}

/// ` imported from …`, if it is known from where.
pub(crate) fn imported_from(base: Option<&str>) -> String {
    base.map_or_else(String::new, |base| format!(" imported from {base}"))
}

/// A specifier that can mean nothing.
pub(crate) fn invalid_specifier(specifier: &str, reason: &str, base: Option<&str>) -> Failure {
    let message = format!("Invalid module \"{specifier}\" {reason}{}", imported_from(base));
    Failure::of_type("ERR_INVALID_MODULE_SPECIFIER", message)
}

/// A package or a file that is not there.
pub(crate) fn not_found(kind: &str, what: &str, base: Option<&str>) -> Failure {
    let message = format!("Cannot find {kind} '{what}'{}", imported_from(base));
    Failure::new("ERR_MODULE_NOT_FOUND", message)
}
