//! Properties of the constructor that show the last match. The specification has none of
//! them, but browsers and Node.js do.
//! <https://github.com/tc39/proposal-regexp-legacy-features>

use crate::builtins::{Entry, accessor};
use crate::operators::to_string;
use crate::value::Value;
use crate::vm::{Arguments, Completion, NativeCode, Vm};

/// Assignments are for `input` only; elsewhere they do nothing.
const IGNORE: Option<NativeCode> = Some(|_, _| Ok(Value::UNDEFINED));

pub(super) const REGEXP: &[Entry] = &[
    accessor("input", |vm, _| Ok(vm.regexp_input()), Some(set_input)),
    accessor("$_", |vm, _| Ok(vm.regexp_input()), Some(set_input)),
    accessor("lastMatch", last_match, IGNORE),
    accessor("$&", last_match, IGNORE),
    accessor("lastParen", last_paren, IGNORE),
    accessor("$+", last_paren, IGNORE),
    accessor("leftContext", left_context, IGNORE),
    accessor("$`", left_context, IGNORE),
    accessor("rightContext", right_context, IGNORE),
    accessor("$'", right_context, IGNORE),
    accessor("$1", |vm, _| Ok(group(vm, 1)), IGNORE),
    accessor("$2", |vm, _| Ok(group(vm, 2)), IGNORE),
    accessor("$3", |vm, _| Ok(group(vm, 3)), IGNORE),
    accessor("$4", |vm, _| Ok(group(vm, 4)), IGNORE),
    accessor("$5", |vm, _| Ok(group(vm, 5)), IGNORE),
    accessor("$6", |vm, _| Ok(group(vm, 6)), IGNORE),
    accessor("$7", |vm, _| Ok(group(vm, 7)), IGNORE),
    accessor("$8", |vm, _| Ok(group(vm, 8)), IGNORE),
    accessor("$9", |vm, _| Ok(group(vm, 9)), IGNORE),
];

fn set_input(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let input = to_string(vm, arguments.get(0))?;
    vm.set_regexp_input(input);
    Ok(Value::UNDEFINED)
}

#[expect(clippy::unnecessary_wraps, reason = "it stands in the table")]
fn last_match(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    Ok(group(vm, 0))
}

#[expect(clippy::unnecessary_wraps, reason = "it stands in the table")]
fn last_paren(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    Ok(vm.part_of_last_match(|captures, _| {
        captures.len().checked_sub(1).filter(|last| *last > 0).and_then(|last| captures.get(last))
    }))
}

#[expect(clippy::unnecessary_wraps, reason = "it stands in the table")]
fn left_context(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    Ok(vm.part_of_last_match(|captures, _| Some(0..captures.get(0)?.start)))
}

#[expect(clippy::unnecessary_wraps, reason = "it stands in the table")]
fn right_context(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    Ok(vm.part_of_last_match(|captures, end| Some(captures.get(0)?.end..end)))
}

/// A group of the last match; nothing if it took no part.
fn group(vm: &Vm, number: usize) -> Value {
    vm.part_of_last_match(|captures, _| captures.get(number))
}
