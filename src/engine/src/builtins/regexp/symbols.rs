//! The methods of regular expressions that methods of strings leave their work to
//! (ECMA-262 §22.2.6.8 – §22.2.6.14), and the iterator of `matchAll`.
//!
//! Each has two ways: by the specification, property for property; and, for a regular
//! expression with which nobody has interfered, straight through the matches.

use std::ops::Range;

use axil_grammar::regexp::Flags;

use super::exec::{advance, index_key};
use super::replacing::{Found, replace_by_function, replace_by_template, replaced};
use super::this_object;
use crate::builtins::string::Text;
use crate::builtins::{add_entries, define_tag, function};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Attributes, Object, RegExp, RegExpStringIterator};
use crate::operators::{
    as_object, is_callable, same_value, to_integer_or_infinity, to_length, to_string,
    to_uint32_value,
};
use crate::realm::Intrinsic;
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, NativeCode, Vm, WellKnown};

pub(super) fn install(vm: &mut Vm, prototype: Gc<Object>) {
    let rows: [(WellKnown, &str, u8, NativeCode); 5] = [
        (WellKnown::Match, "[Symbol.match]", 1, match_),
        (WellKnown::MatchAll, "[Symbol.matchAll]", 1, match_all),
        (WellKnown::Replace, "[Symbol.replace]", 2, replace),
        (WellKnown::Search, "[Symbol.search]", 1, search),
        (WellKnown::Split, "[Symbol.split]", 2, split),
    ];
    for (symbol, name, length, code) in rows {
        let method = vm.new_native_function(name, length, code);
        let key = vm.well_known_key(symbol);
        prototype.add_property(&vm.memory, key, Value::cell(method), Attributes::METHOD);
    }
    let iterator = vm.realm().get(Intrinsic::RegExpStringIteratorPrototype);
    add_entries(vm, iterator, &[function("next", 0, next)]);
    define_tag(vm, iterator, "RegExp String Iterator");
}

/// `ToString` of a property.
fn text_of(vm: &mut Vm, object: Gc<Object>, name: &str) -> Completion<Gc<JsString>> {
    let value = vm.get(object, vm.memory.key(name))?;
    to_string(vm, value)
}

fn has(vm: &Vm, flags: Gc<JsString>, letter: u8) -> bool {
    flags.units(&vm.memory).iter().any(|unit| unit == u16::from(letter))
}

/// Sets `lastIndex` behind an empty match, so that the next one is another.
fn pass_empty_match(
    vm: &mut Vm,
    object: Gc<Object>,
    string: Gc<JsString>,
    unicode: bool,
) -> Completion<()> {
    let key = vm.memory.keys().last_index;
    let index = vm.get(object, key)?;
    let index = to_length(vm, index)?;
    let next = advance(vm, string, index, unicode);
    vm.set(object, key, Value::number(next))
}

/// Tells of all matches of a global regular expression that nobody has interfered with,
/// from the beginning: where each lies, while its groups are `RegExpState::found`. Says
/// whether there are any. `lastIndex` becomes 0.
pub(super) fn each_match(
    vm: &mut Vm,
    regexp: Gc<RegExp>,
    string: Gc<JsString>,
    mut tell: impl FnMut(&mut Vm, Range<usize>) -> Completion<()>,
) -> Completion<bool> {
    let shared = regexp.pattern.get();
    let flags = shared.pattern.flags();
    let (unicode, sticky) = (flags.unicode_mode(), flags.contains(Flags::STICKY));
    let (mut any, mut start) = (false, 0);
    while start <= string.len() as usize {
        let Some(whole) = vm.find_match(shared, string, start, sticky)? else { break };
        start = if whole.is_empty() {
            advance(vm, string, whole.end as f64, unicode) as usize
        } else {
            whole.end
        };
        any = true;
        vm.heed_interrupt()?;
        vm.remember_match(string);
        tell(vm, whole)?;
    }
    if !regexp.set_last_index(&vm.memory, Value::ZERO) {
        return Err(vm.throw_cannot_assign(Value::cell(regexp), vm.memory.keys().last_index));
    }
    Ok(any)
}

/// `RegExp.prototype [ %Symbol.match% ]` (§22.2.6.8)
fn match_(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let object = this_object(vm, arguments, "@@match")?;
    let string = to_string(vm, arguments.get(0))?;
    if let Some(regexp) = vm.pristine_regexp(object) {
        if !regexp.pattern.get().pattern.flags().contains(Flags::GLOBAL) {
            return vm.regexp_exec(object, string);
        }
        let list = vm.new_array();
        let any = each_match(vm, regexp, string, |vm, whole| {
            list.push(&vm.memory, vm.captured(string, Some(&whole)));
            Ok(())
        })?;
        return Ok(if any { Value::cell(list) } else { Value::NULL });
    }
    let flags = text_of(vm, object, "flags")?;
    if !has(vm, flags, b'g') {
        return vm.regexp_exec(object, string);
    }
    let unicode = has(vm, flags, b'u') || has(vm, flags, b'v');
    vm.set(object, vm.memory.keys().last_index, Value::ZERO)?;
    let list = vm.new_array();
    while let Some(result) = as_object(vm.regexp_exec(object, string)?) {
        let text = vm.get(result, index_key(0))?;
        let text = to_string(vm, text)?;
        list.push(&vm.memory, Value::cell(text));
        if text.is_empty() {
            pass_empty_match(vm, object, string, unicode)?;
        }
    }
    Ok(if list.length.get() == 0 { Value::NULL } else { Value::cell(list) })
}

/// `RegExp.prototype [ %Symbol.matchAll% ]` (§22.2.6.9)
fn match_all(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let object = this_object(vm, arguments, "@@matchAll")?;
    let string = to_string(vm, arguments.get(0))?;
    let default = vm.realm().get(Intrinsic::RegExp);
    let constructor = vm.species_constructor(object, default)?;
    let flags = text_of(vm, object, "flags")?;
    let matcher =
        vm.construct(constructor, &[Value::cell(object), Value::cell(flags)], constructor)?;
    let key = vm.memory.keys().last_index;
    let last_index = vm.get(object, key)?;
    let last_index = to_length(vm, last_index)?;
    let matcher = vm.to_object(matcher)?;
    vm.set(matcher, key, Value::number(last_index))?;
    let (global, unicode) = (has(vm, flags, b'g'), has(vm, flags, b'u') || has(vm, flags, b'v'));
    let prototype = vm.realm().get(Intrinsic::RegExpStringIteratorPrototype);
    let shape = vm.shape_for_prototype(Some(prototype), kinds::REGEXP_STRING_ITERATOR, 0);
    let ends = (matcher, string);
    let iterator = Gc::<RegExpStringIterator>::new(&vm.memory, shape, ends, global, unicode);
    Ok(Value::cell(iterator))
}

/// `%RegExpStringIteratorPrototype%.next` (§22.2.9.2.1)
fn next(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(iterator) = arguments.this().downcast::<RegExpStringIterator>() else {
        let text = vm.display(arguments.this());
        return Err(vm.throw_type_error(&format!(
            "Method %RegExpStringIterator%.prototype.next called on incompatible receiver {text}"
        )));
    };
    let Some((regexp, string)) = iterator.ends.get() else {
        return Ok(vm.create_iterator_result(Value::UNDEFINED, true));
    };
    let result = match vm.regexp_exec(regexp, string) {
        Ok(result) => result,
        Err(throw) => {
            iterator.ends.set(None);
            return Err(throw);
        }
    };
    let Some(found) = as_object(result) else {
        iterator.ends.set(None);
        return Ok(vm.create_iterator_result(Value::UNDEFINED, true));
    };
    if !iterator.is_global {
        iterator.ends.set(None);
        return Ok(vm.create_iterator_result(result, false));
    }
    let text = vm.get(found, index_key(0))?;
    if to_string(vm, text)?.is_empty() {
        pass_empty_match(vm, regexp, string, iterator.is_unicode)?;
    }
    Ok(vm.create_iterator_result(result, false))
}

/// `RegExp.prototype [ %Symbol.search% ]` (§22.2.6.12)
fn search(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let object = this_object(vm, arguments, "@@search")?;
    let string = to_string(vm, arguments.get(0))?;
    let key = vm.memory.keys().last_index;
    let previous = vm.get(object, key)?;
    if !same_value(vm, previous, Value::ZERO) {
        vm.set(object, key, Value::ZERO)?;
    }
    let result = vm.regexp_exec(object, string)?;
    let current = vm.get(object, key)?;
    if !same_value(vm, current, previous) {
        vm.set(object, key, previous)?;
    }
    match as_object(result) {
        Some(result) => vm.get(result, vm.memory.keys().index),
        None => Ok(Value::int(-1)),
    }
}

// ---------------------------------------------------------------------------
// Replacing
// ---------------------------------------------------------------------------

/// `RegExp.prototype [ %Symbol.replace% ]` (§22.2.6.11)
fn replace(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let object = this_object(vm, arguments, "@@replace")?;
    let string = to_string(vm, arguments.get(0))?;
    let replacement = arguments.get(1);
    let template = if is_callable(replacement) { None } else { Some(to_string(vm, replacement)?) };
    if let Some(regexp) = vm.pristine_regexp(object) {
        return match template {
            Some(template) => replace_by_template(vm, regexp, string, template),
            None => replace_by_function(vm, regexp, string, replacement),
        };
    }
    let flags = text_of(vm, object, "flags")?;
    let (global, unicode) = (has(vm, flags, b'g'), has(vm, flags, b'u') || has(vm, flags, b'v'));
    if global {
        vm.set(object, vm.memory.keys().last_index, Value::ZERO)?;
    }
    let mut results = vm.memory.rooted_vec();
    while let Some(result) = as_object(vm.regexp_exec(object, string)?) {
        results.push(Value::cell(result));
        if !global {
            break;
        }
        let text = vm.get(result, index_key(0))?;
        if to_string(vm, text)?.is_empty() {
            pass_empty_match(vm, object, string, unicode)?;
        }
    }
    let (mut text, mut end) = (Text::default(), 0);
    for result in results.as_slice() {
        let Some(result) = as_object(*result) else { continue };
        let groups = vm.length_of_array_like(result)?;
        let matched = vm.get(result, index_key(0))?;
        let matched = to_string(vm, matched)?;
        let position = vm.get(result, vm.memory.keys().index)?;
        let position = to_integer_or_infinity(vm, position)?;
        let position = position.clamp(0.0, f64::from(string.len())) as usize;
        let mut captures = vm.memory.rooted_vec();
        let mut group = 1;
        while f64::from(group) < groups {
            let capture = vm.get(result, index_key(group))?;
            captures.push(if capture.is_undefined() {
                capture
            } else {
                Value::cell(to_string(vm, capture)?)
            });
            group += 1;
        }
        let named = vm.get(result, vm.memory.keys().groups)?;
        // What comes before the end of the last match is left out.
        let mut part = Text::default();
        let found = Found { string, matched, position, captures: &captures, named };
        replaced(vm, &mut part, &found, replacement, template)?;
        if position >= end {
            text.push(string.units(&vm.memory).slice(end, position));
            text.push(part.units());
            end = position + matched.len() as usize;
        }
        text.check(vm)?;
    }
    if end < string.len() as usize {
        text.push(string.units(&vm.memory).slice(end, string.len() as usize));
    }
    text.finish(vm)
}

// ---------------------------------------------------------------------------
// Splitting
// ---------------------------------------------------------------------------

/// `RegExp.prototype [ %Symbol.split% ]` (§22.2.6.14)
fn split(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let object = this_object(vm, arguments, "@@split")?;
    let string = to_string(vm, arguments.get(0))?;
    let default = vm.realm().get(Intrinsic::RegExp);
    let pristine = vm.pristine_regexp(object);
    let constructor = vm.species_constructor(object, default)?;
    // To convert a limit that is an object might change the regular expression.
    let has_plain_limit = arguments.get(1).is_undefined() || arguments.get(1).is_number();
    if let Some(regexp) = pristine
        && has_plain_limit
        && constructor == Value::cell(default)
    {
        let limit = limit(vm, arguments.get(1))?;
        return split_by_matches(vm, regexp, string, limit);
    }
    let flags = text_of(vm, object, "flags")?;
    let unicode = has(vm, flags, b'u') || has(vm, flags, b'v');
    let mut sticky = Text::default();
    sticky.push(flags.units(&vm.memory));
    if !has(vm, flags, b'y') {
        sticky.push_unit(u16::from(b'y'));
    }
    let flags = sticky.finish(vm)?;
    let splitter = vm.construct(constructor, &[Value::cell(object), flags], constructor)?;
    let splitter = vm.to_object(splitter)?;
    let list = vm.new_array();
    let limit = limit(vm, arguments.get(1))?;
    if limit == 0 {
        return Ok(Value::cell(list));
    }
    if string.is_empty() {
        if vm.regexp_exec(splitter, string)?.is_null() {
            list.push(&vm.memory, Value::cell(string));
        }
        return Ok(Value::cell(list));
    }
    let key = vm.memory.keys().last_index;
    let (size, mut end, mut at) = (string.len(), 0_u32, 0_u32);
    while at < size {
        vm.set(splitter, key, Value::from(at))?;
        let result = vm.regexp_exec(splitter, string)?;
        let found = as_object(result);
        let mut match_end = end;
        if found.is_some() {
            let index = vm.get(splitter, key)?;
            match_end = to_length(vm, index)?.min(f64::from(size)) as u32;
        }
        let Some(result) = found.filter(|_| match_end != end) else {
            at = advance(vm, string, f64::from(at), unicode) as u32;
            continue;
        };
        list.push(&vm.memory, Value::cell(string.substring(&vm.memory, end, at)));
        if list.length.get() == limit {
            return Ok(Value::cell(list));
        }
        end = match_end;
        let groups = vm.length_of_array_like(result)?;
        let mut group = 1;
        while f64::from(group) < groups {
            let capture = vm.get(result, index_key(group))?;
            list.push(&vm.memory, capture);
            if list.length.get() == limit {
                return Ok(Value::cell(list));
            }
            group += 1;
        }
        at = end;
    }
    list.push(&vm.memory, Value::cell(string.substring(&vm.memory, end.min(size), size)));
    Ok(Value::cell(list))
}

fn limit(vm: &mut Vm, value: Value) -> Completion<u32> {
    if value.is_undefined() { Ok(u32::MAX) } else { to_uint32_value(vm, value) }
}

/// Splits by the matches of a regular expression that nobody has interfered with.
fn split_by_matches(
    vm: &mut Vm,
    regexp: Gc<RegExp>,
    string: Gc<JsString>,
    limit: u32,
) -> Completion {
    let shared = regexp.pattern.get();
    let list = vm.new_array();
    if limit == 0 {
        return Ok(Value::cell(list));
    }
    let unicode = shared.pattern.flags().unicode_mode();
    let size = string.len() as usize;
    if size == 0 {
        if vm.find_match(shared, string, 0, true)?.is_none() {
            list.push(&vm.memory, Value::cell(string));
        }
        return Ok(Value::cell(list));
    }
    let (mut end, mut at) = (0, 0);
    while at < size {
        let Some(whole) = vm.find_match(shared, string, at, false)? else { break };
        if whole.start >= size {
            break;
        }
        if whole.end == end || whole.start < at {
            at = advance(vm, string, whole.start.max(at) as f64, unicode) as usize;
            continue;
        }
        vm.heed_interrupt()?;
        list.push(&vm.memory, vm.captured(string, Some(&(end..whole.start))));
        vm.remember_match(string);
        for group in 1..vm.regexp.last().len() {
            if list.length.get() == limit {
                break;
            }
            let part = vm.regexp.last().get(group);
            list.push(&vm.memory, vm.captured(string, part.as_ref()));
        }
        if list.length.get() == limit {
            return Ok(Value::cell(list));
        }
        end = whole.end;
        at = end;
    }
    list.push(&vm.memory, vm.captured(string, Some(&(end..size))));
    Ok(Value::cell(list))
}
