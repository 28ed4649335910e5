//! The `JSON` object. <https://tc39.es/ecma262/#sec-json-object>

mod parse;
mod revive;
mod stringify;

use std::cell::Cell;
use std::rc::Rc;

use super::{Entry, define_tag, function, namespace};
use crate::heap::{Gc, Heap, RootedVec};
use crate::kinds;
use crate::object::{Attributes, Object};
use crate::operators::{as_object, to_string};
use crate::string::PropertyKey;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

/// What `JSON` has learned of the objects it has met.
pub(crate) struct JsonState {
    parser: Rc<parse::ParserState>,
    plans: Rc<stringify::Plans>,
    /// Empty lists that the last call of `stringify` has left, to be used by the next.
    outer: Cell<Option<(RootedVec<Value>, RootedVec<PropertyKey>)>>,
}

impl JsonState {
    /// Nothing so far.
    pub(crate) fn new(heap: &Heap) -> Self {
        Self {
            parser: parse::ParserState::new(heap),
            plans: Rc::new(stringify::Plans::new()),
            outer: Cell::default(),
        }
    }
}

const JSON: &[Entry] = &[
    function("parse", 2, parse),
    function("stringify", 3, stringify::stringify),
    function("rawJSON", 1, raw_json),
    function("isRawJSON", 1, |_, arguments| {
        Ok(Value::bool(arguments.get(0).kind() == Some(kinds::RAW_JSON)))
    }),
];

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    let json = namespace(vm, global, "JSON", JSON);
    define_tag(vm, json, "JSON");
}

/// `JSON.parse` (§25.5.1), with what revivers are told of the source
/// (<https://tc39.es/proposal-json-parse-with-source/>).
fn parse(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let text = to_string(vm, arguments.get(0))?;
    let reviver = arguments.get(1);
    if crate::operators::is_callable(reviver) {
        let mut sources = parse::Sources::new(vm);
        let value = parse::parse(vm, text, Some(&mut sources))?;
        return revive::revive(vm, value, text, reviver, &sources);
    }
    parse::parse(vm, text, None)
}

/// `JSON.rawJSON` (<https://tc39.es/proposal-json-parse-with-source/#sec-json.rawjson>)
fn raw_json(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let text = to_string(vm, arguments.get(0))?;
    let units = text.units(&vm.memory);
    let is_space = |unit: u16| matches!(unit, 0x09 | 0x0A | 0x0D | 0x20);
    let Some(first) = units.get(0) else {
        return Err(vm.throw_syntax_error("Invalid value for JSON.rawJSON"));
    };
    if is_space(first) || matches!(first, 0x5B | 0x7B) {
        return Err(parse::throw_unexpected(vm, text, 0));
    }
    if is_space(units.at(units.len() - 1)) {
        return Err(vm.throw_syntax_error("Invalid value for JSON.rawJSON"));
    }
    let value = parse::parse(vm, text, None)?;
    debug_assert!(as_object(value).is_none());
    let shape = vm.shape_for_prototype(None, kinds::RAW_JSON, 1);
    let raw = Gc::<Object>::ordinary(&vm.memory, shape);
    let attributes = Attributes::ENUMERABLE;
    raw.add_property(&vm.memory, vm.memory.literal_key("rawJSON"), Value::cell(text), attributes);
    raw.prevent_extensions(&vm.memory);
    Ok(Value::cell(raw))
}
