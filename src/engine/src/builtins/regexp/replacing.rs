//! Replacing the matches of a regular expression (ECMA-262 §22.2.6.11).

use std::ops::Range;

use axil_grammar::regexp::Flags;

use super::symbols::each_match;
use crate::builtins::string::{Text, substitute};
use crate::heap::{Gc, RootedVec};
use crate::object::RegExp;
use crate::operators::to_string;
use crate::regexp::{Captures, Pattern};
use crate::string::{JsString, Units};
use crate::value::Value;
use crate::vm::{Completion, Vm};

/// A match that is to be replaced.
pub(super) struct Found<'c> {
    pub(super) string: Gc<JsString>,
    pub(super) matched: Gc<JsString>,
    pub(super) position: usize,
    pub(super) captures: &'c RootedVec<Value>,
    /// The named groups as an object, or `undefined`.
    pub(super) named: Value,
}

/// Adds what a match is replaced by.
pub(super) fn replaced(
    vm: &mut Vm,
    text: &mut Text,
    found: &Found<'_>,
    replacement: Value,
    template: Option<Gc<JsString>>,
) -> Completion<()> {
    let Found { string, matched, position, captures, named } = *found;
    if let Some(template) = template {
        let named = if named.is_undefined() { None } else { Some(vm.to_object(named)?) };
        let place = (string, matched, position);
        return substitute(vm, text, place, captures.as_slice(), named, template);
    }
    let mut arguments = vm.memory.rooted_vec();
    arguments.push(Value::cell(matched));
    for capture in captures.as_slice() {
        arguments.push(*capture);
    }
    arguments.push(Value::from(position as u32));
    arguments.push(Value::cell(string));
    if !named.is_undefined() {
        arguments.push(named);
    }
    let result = vm.call(replacement, Value::UNDEFINED, arguments.as_slice())?;
    let result = to_string(vm, result)?;
    text.push(result.units(&vm.memory));
    Ok(())
}

/// Tells of the matches that are to be replaced: all, or the first.
fn matches_to_replace(
    vm: &mut Vm,
    regexp: Gc<RegExp>,
    string: Gc<JsString>,
    mut tell: impl FnMut(&mut Vm, Range<usize>) -> Completion<()>,
) -> Completion<bool> {
    if regexp.pattern.get().pattern.flags().contains(Flags::GLOBAL) {
        return each_match(vm, regexp, string, tell);
    }
    match vm.builtin_exec(regexp, string)? {
        Some(whole) => tell(vm, whole).map(|()| true),
        None => Ok(false),
    }
}

/// Replaces the matches of a regular expression that nobody has interfered with by what a
/// template says. Nobody's code runs meanwhile.
pub(super) fn replace_by_template(
    vm: &mut Vm,
    regexp: Gc<RegExp>,
    string: Gc<JsString>,
    template: Gc<JsString>,
) -> Completion {
    let shared = regexp.pattern.get();
    let mut pieces = None;
    let (mut text, mut end) = (Text::default(), 0);
    let any = matches_to_replace(vm, regexp, string, |vm, whole| {
        let units = string.units(&vm.memory);
        text.push(units.slice(end, whole.start));
        end = whole.end;
        let found = vm.regexp.found();
        let pieces = pieces.get_or_insert_with(|| {
            Piece::all(template.units(&vm.memory), found.len(), &shared.pattern)
        });
        for piece in pieces {
            piece.push(&mut text, template.units(&vm.memory), units, found);
            if text.is_too_long() {
                break;
            }
        }
        text.check(vm)
    })?;
    if !any {
        return Ok(Value::cell(string));
    }
    text.push(string.units(&vm.memory).slice(end, string.len() as usize));
    text.finish(vm)
}

/// A part of a template (§22.1.3.19.1).
enum Piece {
    /// A part of it that stands for itself.
    Text(Range<usize>),
    /// `$&`
    Match,
    /// `` $` ``
    Before,
    /// `$'`
    After,
    /// `$1`, or `$<name>`: the one of some groups that takes part.
    Groups(Vec<usize>),
}

impl Piece {
    /// What a template is made of, for a pattern with so many groups.
    fn all(template: Units<'_>, groups: usize, pattern: &Pattern) -> Vec<Self> {
        let mut pieces = Vec::new();
        let (mut start, mut at) = (0, 0);
        let is = |at: usize, c: u8| template.get(at) == Some(u16::from(c));
        let digit = |at: usize| {
            let unit = template.get(at)?;
            char::from_u32(u32::from(unit))?.to_digit(10).map(|digit| digit as usize)
        };
        while at + 1 < template.len() {
            if !is(at, b'$') {
                at += 1;
                continue;
            }
            let one = digit(at + 1);
            let two = one.and_then(|one| Some(one * 10 + digit(at + 2)?));
            let two = two.filter(|number| (1..groups).contains(number));
            let name_end = || (at + 2..template.len()).find(|end| is(*end, b'>'));
            let (piece, length) = match template.at(at + 1).try_into() {
                // The second dollar stands for itself.
                Ok(b'$') => (Self::Text(at..at + 1), 2),
                Ok(b'&') => (Self::Match, 2),
                Ok(b'`') => (Self::Before, 2),
                Ok(b'\'') => (Self::After, 2),
                Ok(b'0'..=b'9') if let Some(two) = two => (Self::Groups(vec![two]), 3),
                Ok(b'0'..=b'9') if let Some(one) = one.filter(|one| (1..groups).contains(one)) => {
                    (Self::Groups(vec![one]), 2)
                }
                Ok(b'<')
                    if !pattern.names().is_empty()
                        && let Some(end) = name_end() =>
                {
                    let name = template.slice(at + 2, end);
                    let known = pattern.names().iter();
                    let mut known = known.filter(|known| Units::Utf16(&known.name) == name);
                    let groups = known.next().map_or_else(Vec::new, |known| known.groups.clone());
                    (Self::Groups(groups), end + 1 - at)
                }
                _ => {
                    at += 1;
                    continue;
                }
            };
            pieces.push(Self::Text(start..at));
            pieces.push(piece);
            at += length;
            start = at;
        }
        pieces.push(Self::Text(start..template.len()));
        pieces.retain(|piece| !matches!(piece, Self::Text(range) if range.is_empty()));
        pieces
    }

    /// Adds what it stands for.
    fn push(&self, text: &mut Text, template: Units<'_>, string: Units<'_>, found: Captures<'_>) {
        let Range { start, end } = found.whole();
        match self {
            Self::Text(range) => text.push(template.slice(range.start, range.end)),
            Self::Match => text.push(string.slice(start, end)),
            Self::Before => text.push(string.slice(0, start)),
            Self::After => text.push(string.slice(end, string.len())),
            Self::Groups(groups) => {
                if let Some(range) = groups.iter().find_map(|group| found.get(*group)) {
                    text.push(string.slice(range.start, range.end));
                }
            }
        }
    }
}

/// Replaces the matches of a regular expression that nobody has interfered with by what a
/// function gives for each. All are found before it is called.
pub(super) fn replace_by_function(
    vm: &mut Vm,
    regexp: Gc<RegExp>,
    string: Gc<JsString>,
    function: Value,
) -> Completion {
    let shared = regexp.pattern.get();
    let (mut all, mut registers) = (Vec::new(), 0);
    matches_to_replace(vm, regexp, string, |vm, _| {
        let found = vm.regexp.found().registers();
        registers = found.len();
        all.extend_from_slice(found);
        Ok(())
    })?;
    if all.is_empty() {
        return Ok(Value::cell(string));
    }
    let (mut text, mut end) = (Text::default(), 0);
    let mut arguments = vm.memory.rooted_vec();
    for found in all.chunks_exact(registers).map(Captures::new) {
        let whole = found.whole();
        text.push(string.units(&vm.memory).slice(end, whole.start));
        end = whole.end;
        arguments.truncate(0);
        for group in 0..found.len() {
            arguments.push(vm.captured(string, found.get(group).as_ref()));
        }
        arguments.push(Value::from(whole.start as u32));
        arguments.push(Value::cell(string));
        let takes_part = |_: &Vm, group| found.get(group).is_some();
        let named = vm.groups_object(&shared.pattern, takes_part, |vm, group| {
            vm.captured(string, found.get(group).as_ref())
        });
        if !named.is_undefined() {
            arguments.push(named);
        }
        let result = vm.call(function, Value::UNDEFINED, arguments.as_slice())?;
        let result = to_string(vm, result)?;
        text.push(result.units(&vm.memory));
        text.check(vm)?;
    }
    text.push(string.units(&vm.memory).slice(end, string.len() as usize));
    text.finish(vm)
}
