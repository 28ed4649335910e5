//! The `RegExp` constructor. <https://tc39.es/ecma262/#sec-regexp-regular-expression-objects>

mod exec;
mod legacy;
mod replacing;
mod state;
mod symbols;

use axil_grammar::regexp::Flags;

use super::string::{Text, is_regexp};
use super::{Entry, accessor, add_entries, constructor, define_species, function};
use crate::heap::Gc;
use crate::object::{Object, RegExp, SharedPattern};
use crate::operators::{as_object, concatenate, is_white_space, to_boolean, to_string};
use crate::realm::Intrinsic;
use crate::regexp::Pattern;
use crate::string::{JsString, Units};
use crate::value::Value;
use crate::vm::{Arguments, Completion, NativeCode, Vm};
pub(crate) use state::RegExpState;

const REGEXP: &[Entry] = &[function("escape", 1, escape)];

const PROTOTYPE: &[Entry] = &[
    function("exec", 1, exec),
    accessor("dotAll", |vm, it| flag(vm, it, "dotAll", Flags::DOT_ALL), None),
    accessor("flags", flags, None),
    accessor("global", |vm, it| flag(vm, it, "global", Flags::GLOBAL), None),
    accessor("hasIndices", |vm, it| flag(vm, it, "hasIndices", Flags::HAS_INDICES), None),
    accessor("ignoreCase", |vm, it| flag(vm, it, "ignoreCase", Flags::IGNORE_CASE), None),
    accessor("multiline", |vm, it| flag(vm, it, "multiline", Flags::MULTILINE), None),
    accessor("source", source, None),
    accessor("sticky", |vm, it| flag(vm, it, "sticky", Flags::STICKY), None),
    accessor("unicode", |vm, it| flag(vm, it, "unicode", Flags::UNICODE), None),
    accessor("unicodeSets", |vm, it| flag(vm, it, "unicodeSets", Flags::UNICODE_SETS), None),
    function("compile", 2, compile),
    function("toString", 0, regexp_to_string),
    function("test", 1, test),
];

/// The properties that `flags` reads, in this order, and their letters (§22.2.6.4).
const LETTERS: [(&str, Flags, u8); 8] = [
    ("hasIndices", Flags::HAS_INDICES, b'd'),
    ("global", Flags::GLOBAL, b'g'),
    ("ignoreCase", Flags::IGNORE_CASE, b'i'),
    ("multiline", Flags::MULTILINE, b'm'),
    ("dotAll", Flags::DOT_ALL, b's'),
    ("unicode", Flags::UNICODE, b'u'),
    ("unicodeSets", Flags::UNICODE_SETS, b'v'),
    ("sticky", Flags::STICKY, b'y'),
];

/// The prototype is noted as it is made, so it has to be complete here.
pub(super) fn install(vm: &mut Vm, global: Gc<Object>) {
    let intrinsic = Intrinsic::RegExpPrototype;
    let row = ("RegExp", 2, construct as NativeCode);
    let regexp = constructor(vm, global, row, intrinsic, legacy::REGEXP);
    add_entries(vm, regexp, REGEXP);
    define_species(vm, regexp);
    let realm = vm.realm();
    realm.set(&vm.memory, Intrinsic::RegExp, regexp);
    let prototype = realm.get(intrinsic);
    add_entries(vm, prototype, PROTOTYPE);
    symbols::install(vm, prototype);
    let memory = &vm.memory;
    let exec = prototype.own_property(memory, memory.literal_key("exec"));
    if let Some(exec) = exec.and_then(|exec| as_object(prototype.get_slot(memory, exec.slot))) {
        realm.set(memory, Intrinsic::RegExpExec, exec);
    }
    if let Ok(pattern) = Pattern::new(&[], Flags::NONE) {
        let source = memory.intern_str("");
        let pattern = memory.allocate(SharedPattern::new(source, pattern));
        let instance = vm.new_regexp(pattern);
        vm.note_regexp_prototype(instance);
    }
}

impl Vm {
    /// A regular expression with a pattern: what a literal is.
    pub(crate) fn new_regexp(&self, pattern: Gc<SharedPattern>) -> Gc<RegExp> {
        Gc::<RegExp>::new(&self.memory, self.regexp_shape(), pattern)
    }

    /// The pattern of a text and flags (§22.2.3.3).
    fn new_pattern(&mut self, source: Gc<JsString>, flags: Value) -> Completion<Gc<SharedPattern>> {
        let flags = if flags.is_undefined() {
            Some(Flags::NONE)
        } else {
            let text = to_string(self, flags)?.to_rust(&self.memory);
            let parsed = Flags::parse(&text);
            if parsed.is_none() {
                let message = format!("Invalid flags supplied to RegExp constructor '{text}'");
                return Err(self.throw_syntax_error(&message));
            }
            parsed
        };
        let flags = flags.unwrap_or_default();
        match Pattern::new(&source.units(&self.memory).to_utf16(), flags) {
            Ok(pattern) => Ok(self.memory.allocate(SharedPattern::new(source, pattern))),
            Err(fault) => {
                let mut message: Vec<u16> =
                    "Invalid regular expression: /".encode_utf16().collect();
                message.extend(source.units(&self.memory).iter());
                let rest = format!("/{}: {}", letters(flags), fault.message);
                message.extend(rest.encode_utf16());
                Err(self.throw_syntax_error_of(&message))
            }
        }
    }

    /// `RegExpCreate` (§22.2.3.1)
    pub(super) fn regexp_create(&mut self, pattern: Value, flags: &str) -> Completion<Gc<Object>> {
        let source = self.pattern_text(pattern)?;
        let flags = Value::cell(self.memory.intern_str(flags));
        let pattern = self.new_pattern(source, flags)?;
        Ok(self.new_regexp(pattern).as_object())
    }

    /// A pattern's text: nothing if it is `undefined`.
    fn pattern_text(&mut self, pattern: Value) -> Completion<Gc<JsString>> {
        if pattern.is_undefined() {
            return Ok(self.memory.intern_str(""));
        }
        to_string(self, pattern)
    }
}

/// Flags as text.
fn letters(flags: Flags) -> String {
    let set = LETTERS.iter().filter(|(_, flag, _)| flags.contains(*flag));
    set.map(|(_, _, letter)| char::from(*letter)).collect()
}

/// `RegExp ( pattern, flags )` (§22.2.4.1)
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (pattern, flags) = (arguments.get(0), arguments.get(1));
    let like_regexp = is_regexp(vm, pattern)?;
    let mut new_target = arguments.new_target();
    if new_target.is_undefined() {
        new_target = arguments.callee();
        if like_regexp && flags.is_undefined() {
            let constructor = vm.get_of_value(pattern, vm.memory.keys().constructor)?;
            if constructor == new_target {
                return Ok(pattern);
            }
        }
    }
    let mut shared = None;
    let (source, flags) = if let Some(regexp) = pattern.downcast::<RegExp>() {
        let known = regexp.pattern.get();
        shared = flags.is_undefined().then_some(known);
        (Value::cell(known.source), flags)
    } else if like_regexp {
        let source = vm.get_of_value(pattern, vm.memory.literal_key("source"))?;
        let inherited = vm.memory.literal_key("flags");
        let flags = if flags.is_undefined() { vm.get_of_value(pattern, inherited)? } else { flags };
        (source, flags)
    } else {
        (pattern, flags)
    };
    let shape = match as_object(new_target) {
        Some(target) if target != vm.realm().get(Intrinsic::RegExp) => {
            let prototype =
                vm.get_prototype_from_constructor(target, Intrinsic::RegExpPrototype)?;
            vm.shape_for_prototype(Some(prototype), crate::kinds::REGEXP, 1)
        }
        _ => vm.regexp_shape(),
    };
    let pattern = match shared {
        Some(shared) => shared,
        None => {
            let source = vm.pattern_text(source)?;
            vm.new_pattern(source, flags)?
        }
    };
    Ok(Value::cell(Gc::<RegExp>::new(&vm.memory, shape, pattern)))
}

/// `this`, which has to be a regular expression.
fn this_regexp(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<Gc<RegExp>> {
    let this = arguments.this();
    if let Some(regexp) = this.downcast() {
        return Ok(regexp);
    }
    let text = vm.display(this);
    let message =
        format!("Method RegExp.prototype.{method} called on incompatible receiver {text}");
    Err(vm.throw_type_error(&message))
}

/// `this`, which has to be an object.
fn this_object(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<Gc<Object>> {
    if let Some(object) = as_object(arguments.this()) {
        return Ok(object);
    }
    let text = vm.display(arguments.this());
    let message =
        format!("Method RegExp.prototype.{method} called on incompatible receiver {text}");
    Err(vm.throw_type_error(&message))
}

/// `RegExp.prototype.exec` (§22.2.6.2)
fn exec(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let regexp = this_regexp(vm, arguments, "exec")?;
    let string = to_string(vm, arguments.get(0))?;
    vm.exec_to_array(regexp, string)
}

/// `RegExp.prototype.test` (§22.2.6.16)
fn test(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let object = this_object(vm, arguments, "test")?;
    let string = to_string(vm, arguments.get(0))?;
    if let Some(regexp) = vm.pristine_regexp(object) {
        return Ok(Value::bool(vm.builtin_exec(regexp, string)?.is_some()));
    }
    let result = vm.regexp_exec(object, string)?;
    Ok(Value::bool(!result.is_null()))
}

/// `RegExp.prototype.compile` (§B.2.4.1)
fn compile(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let regexp = this_regexp(vm, arguments, "compile")?;
    let (pattern, flags) = (arguments.get(0), arguments.get(1));
    let pattern = match pattern.downcast::<RegExp>() {
        Some(_) if !flags.is_undefined() => {
            return Err(vm.throw_type_error("Invalid flags supplied to RegExp constructor"));
        }
        Some(other) => other.pattern.get(),
        None => {
            let source = vm.pattern_text(pattern)?;
            vm.new_pattern(source, flags)?
        }
    };
    regexp.set_pattern(&vm.memory, pattern);
    vm.set(regexp.as_object(), vm.memory.keys().last_index, Value::ZERO)?;
    Ok(arguments.this())
}

/// The getter of a flag's property (§22.2.6.4.1)
fn flag(vm: &mut Vm, arguments: Arguments<'_>, name: &str, flag: Flags) -> Completion {
    match arguments.this().downcast::<RegExp>() {
        Some(regexp) => Ok(Value::bool(regexp.pattern.get().pattern.flags().contains(flag))),
        None => prototype_or_throw(vm, arguments, name, Value::UNDEFINED),
    }
}

/// What a getter gives for the prototype, which is no regular expression.
fn prototype_or_throw(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    name: &str,
    value: Value,
) -> Completion {
    if arguments.this() == Value::cell(vm.realm().get(Intrinsic::RegExpPrototype)) {
        return Ok(value);
    }
    let message = format!("RegExp.prototype.{name} getter called on non-RegExp object");
    Err(vm.throw_type_error(&message))
}

/// `get RegExp.prototype.flags` (§22.2.6.4)
fn flags(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(object) = as_object(arguments.this()) else {
        let text = vm.display(arguments.this());
        let message = format!("RegExp.prototype.flags getter called on non-object {text}");
        return Err(vm.throw_type_error(&message));
    };
    if let Some(regexp) = vm.pristine_regexp(object) {
        let text = letters(regexp.pattern.get().pattern.flags());
        return Ok(Value::cell(vm.memory.intern_str(&text)));
    }
    let mut text = String::new();
    for (name, _, letter) in LETTERS {
        let value = vm.get(object, vm.memory.key(name))?;
        if to_boolean(value) {
            text.push(char::from(letter));
        }
    }
    Ok(Value::cell(vm.memory.string(&text)))
}

/// `get RegExp.prototype.source` (§22.2.6.13)
fn source(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(regexp) = arguments.this().downcast::<RegExp>() else {
        let empty = Value::cell(vm.memory.intern_str("(?:)"));
        return prototype_or_throw(vm, arguments, "source", empty);
    };
    let source = regexp.pattern.get().source;
    let units = source.units(&vm.memory);
    if units.is_empty() {
        return Ok(Value::cell(vm.memory.intern_str("(?:)")));
    }
    let is_special = |unit: u16| matches!(unit, 0x2F | 0x0A | 0x0D | 0x2028 | 0x2029);
    if !units.iter().any(is_special) {
        return Ok(Value::cell(source));
    }
    escaped_source(units).finish(vm)
}

/// `EscapeRegExpPattern` (§22.2.6.13.1): so that it is a literal between slashes.
fn escaped_source(units: Units<'_>) -> Text {
    let mut text = Text::default();
    let (mut in_class, mut after_backslash) = (false, false);
    for unit in units.iter() {
        let escape = match unit {
            0x0A => Some("n"),
            0x0D => Some("r"),
            0x2028 => Some("u2028"),
            0x2029 => Some("u2029"),
            0x2F if !in_class && !after_backslash => Some("/"),
            _ => None,
        };
        match escape {
            Some(escape) => {
                if !after_backslash {
                    text.push_str("\\");
                }
                text.push_str(escape);
            }
            None => text.push_unit(unit),
        }
        if after_backslash {
            after_backslash = false;
            continue;
        }
        match u8::try_from(unit) {
            Ok(b'\\') => after_backslash = true,
            Ok(b'[') => in_class = true,
            Ok(b']') => in_class = false,
            _ => {}
        }
    }
    text
}

/// `RegExp.prototype.toString` (§22.2.6.17)
fn regexp_to_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let object = this_object(vm, arguments, "toString")?;
    let source = vm.get(object, vm.memory.literal_key("source"))?;
    let source = to_string(vm, source)?;
    let flags = vm.get(object, vm.memory.literal_key("flags"))?;
    let flags = to_string(vm, flags)?;
    let slash = vm.memory.intern_str("/");
    let text = concatenate(vm, slash, source)?;
    let text = concatenate(vm, text, slash)?;
    concatenate(vm, text, flags).map(Value::cell)
}

/// `RegExp.escape` (§22.2.5.1)
fn escape(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(string) = arguments.get(0).downcast::<JsString>() else {
        return Err(vm.throw_type_error("input argument must be a string"));
    };
    let units = string.units(&vm.memory);
    let (mut text, mut at) = (Text::default(), 0);
    while at < units.len() {
        let (point, length) = units.code_point_at(at);
        let c = char::from_u32(point);
        let hex = |digits: usize| {
            if digits == 2 { format!("\\x{point:02x}") } else { format!("\\u{point:04x}") }
        };
        match c {
            Some(c) if at == 0 && c.is_ascii_alphanumeric() => text.push_str(&hex(2)),
            Some(
                '^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|'
                | '/',
            ) => {
                text.push_str("\\");
                text.push_code_point(point);
            }
            Some('\t') => text.push_str("\\t"),
            Some('\n') => text.push_str("\\n"),
            Some('\u{B}') => text.push_str("\\v"),
            Some('\u{C}') => text.push_str("\\f"),
            Some('\r') => text.push_str("\\r"),
            Some(c) if ",-=<>#&!%:;@~'`\"".contains(c) => text.push_str(&hex(2)),
            Some(c) if is_white_space(c) => text.push_str(&hex(if point < 0x100 { 2 } else { 4 })),
            Some(_) => text.push_code_point(point),
            None => text.push_str(&hex(4)),
        }
        at += length;
    }
    text.finish(vm)
}
