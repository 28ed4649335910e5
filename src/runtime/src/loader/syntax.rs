//! Texts that are no programs: the error shows where.

use std::cell::RefCell;

use axil_engine::heap::{Gc, Root};
use axil_engine::module::Module;
use axil_engine::object::Object;
use axil_engine::operators::as_object;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Throw, Vm};
use axil_grammar::{Diagnostics, Source};

use crate::runtime;
use crate::uncaught::excerpt;

/// The last error of this kind, and the lines that show its place.
#[derive(Default)]
struct Last {
    error: RefCell<Option<(Root<Object>, String)>>,
}

/// Throws for a text that is no program. Errors of CommonJS have the place in their stack.
pub(crate) fn throw(vm: &mut Vm, source: &Source, faults: &Diagnostics, in_stack: bool) -> Throw {
    let Throw = vm.throw_diagnostics(faults);
    let exception = vm.take_exception();
    if let Some(error) = as_object(exception) {
        let place = excerpt(source, faults.first().span);
        if in_stack {
            let key = vm.memory.literal_key("stack");
            if let Ok(stack) = vm.get(error, key) {
                let stack = format!("{place}\n{}", vm.display(stack));
                let stack = Value::cell(vm.memory.string(&stack));
                // An error that takes no stack keeps its own.
                if vm.set(error, key, stack).is_err() {
                    vm.take_exception();
                }
            } else {
                vm.take_exception();
            }
        }
        remember(vm, error, place);
    }
    vm.throw(exception)
}

fn remember(vm: &Vm, error: Gc<Object>, place: String) {
    let last = runtime::of(vm).state(Last::default);
    *last.error.borrow_mut() = Some((vm.memory.root(error), place));
}

/// Links a module: an error about an import shows where it stands.
pub(crate) fn link(vm: &mut Vm, module: Gc<Module>) -> Completion<()> {
    vm.link_module(module).map_err(|_| {
        let exception = vm.take_exception();
        if let (Some(error), Some((source, span))) = (as_object(exception), vm.unresolved_import())
        {
            // The error comes right below the caret there.
            let place = excerpt(&source, span);
            remember(vm, error, place.trim_end().to_owned());
        }
        vm.throw(exception)
    })
}

/// The place of an error, if it is one of these: the lines that show it, unless its stack
/// does.
pub(crate) fn place(vm: &mut Vm, error: Value) -> Option<String> {
    let object = as_object(error)?;
    let last = runtime::of(vm).state(Last::default);
    let last = last.error.borrow();
    let (known, place) = last.as_ref()?;
    if known.get() != object {
        return None;
    }
    let key = vm.memory.literal_key("stack");
    let stack = vm.get(object, key).ok().map(|stack| vm.display(stack)).unwrap_or_default();
    Some(if stack.starts_with(&**place) { String::new() } else { place.clone() })
}
