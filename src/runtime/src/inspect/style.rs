//! Styles: what is marked in a text for terminals.

use axil_engine::operators::{as_object, is_callable, to_string};
use axil_engine::string::JsString;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};

use super::Inspector;
use super::settings::Settings;

/// The styles, by the names that `inspect.styles` has for them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    Special,
    Number,
    BigInt,
    Boolean,
    Undefined,
    Null,
    String,
    Symbol,
    Date,
    RegExp,
    Module,
    Name,
}

impl Style {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Special => "special",
            Self::Number => "number",
            Self::BigInt => "bigint",
            Self::Boolean => "boolean",
            Self::Undefined => "undefined",
            Self::Null => "null",
            Self::String => "string",
            Self::Symbol => "symbol",
            Self::Date => "date",
            Self::RegExp => "regexp",
            Self::Module => "module",
            Self::Name => "name",
        }
    }
}

impl Inspector<'_> {
    /// A text in a style.
    pub(super) fn stylize(&mut self, text: String, style: Style) -> Completion<String> {
        if self.request.options.colors {
            return in_color(self.vm, text, style.name());
        }
        let stylize = self.request.stylize;
        if stylize.is_undefined() {
            return Ok(text);
        }
        let text = Value::cell(self.vm.memory.string(&text));
        let name = Value::cell(self.vm.memory.string(style.name()));
        let styled = self.vm.call(stylize, Value::UNDEFINED, &[text, name])?;
        Ok(to_string(self.vm, styled)?.to_rust(&self.vm.memory))
    }

    /// A text without what only terminals see, if there is such a thing in it.
    pub(super) fn visible<'t>(&self, text: &'t str) -> std::borrow::Cow<'t, str> {
        if self.request.options.colors { without_control_sequences(text) } else { text.into() }
    }
}

/// A text in the colour that a style has.
pub(super) fn in_color(vm: &mut Vm, text: String, style: &str) -> Completion<String> {
    let Some(settings) = Settings::of(vm) else { return Ok(text) };
    let (styles, colors) = settings.palette();
    let (Some(styles), Some(colors)) = (as_object(styles), as_object(colors)) else {
        return Ok(text);
    };
    let key = vm.memory.key(style);
    let color = vm.get(styles, key)?;
    if is_callable(color) {
        let text = Value::cell(vm.memory.string(&text));
        let styled = vm.call(color, Value::UNDEFINED, &[text])?;
        return Ok(to_string(vm, styled)?.to_rust(&vm.memory));
    }
    let Some(name) = color.downcast::<JsString>().map(|name| name.to_rust(&vm.memory)) else {
        return Ok(text);
    };
    let key = vm.memory.key(&name);
    let Some(codes) = as_object(vm.get(colors, key)?) else { return Ok(text) };
    let mut marks = [String::new(), String::new()];
    for (index, mark) in marks.iter_mut().enumerate() {
        let code = vm.get(codes, axil_engine::string::PropertyKey::index(index as u32))?;
        *mark = format!("\u{1b}[{}m", to_string(vm, code)?.to_rust(&vm.memory));
    }
    Ok(format!("{}{text}{}", marks[0], marks[1]))
}

/// A text without the control sequences of terminals (ECMA-48): colours, links and the
/// like.
pub fn without_control_sequences(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains(['\u{1b}', '\u{9b}']) {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\u{1b}', '\u{9b}']) {
        plain.push_str(&rest[..at]);
        let length = sequence_length(&rest[at..]);
        if length == 0 {
            let c = rest[at..].chars().next().map_or(1, char::len_utf8);
            plain.push_str(&rest[at..at + c]);
            rest = &rest[at + c..];
        } else {
            rest = &rest[at + length..];
        }
    }
    plain.push_str(rest);
    plain.into()
}

/// The length of the control sequence that a text begins with; 0 if it is none.
fn sequence_length(text: &str) -> usize {
    let start = text.chars().next().map_or(0, char::len_utf8);
    let body = &text[start..];
    let intermediates = body.bytes().take_while(|b| b"[]()#;?".contains(b)).count();
    let body = &body[intermediates..];
    let start = start + intermediates;
    // An operating system command ends in BEL or ST.
    if intermediates > 0 {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-_./#&.:=?%@~,;".contains(c);
        let length: usize = body.chars().take_while(|c| allowed(*c)).map(char::len_utf8).sum();
        let end = &body[length..];
        if length > 0 || end.starts_with('\u{7}') {
            for terminator in ["\u{7}", "\u{1b}\\", "\u{9c}"] {
                if end.starts_with(terminator) {
                    return start + length + terminator.len();
                }
            }
        }
    }
    let parameters: usize = {
        let mut at = 0;
        let bytes = body.as_bytes();
        while at < bytes.len() && (bytes[at].is_ascii_digit() || bytes[at] == b';') {
            at += 1;
        }
        at
    };
    let is_final = |byte: u8| {
        byte.is_ascii_digit()
            || (b'A'..=b'P').contains(&byte)
            || (b'R'..=b'T').contains(&byte)
            || b"Zcf-nqruy=><~".contains(&byte)
            || (b'f'..=b'n').contains(&byte)
    };
    match body.as_bytes().get(parameters) {
        Some(&last) if is_final(last) => start + parameters + 1,
        // The last digit is the end.
        _ if parameters > 0 && body.as_bytes()[parameters - 1].is_ascii_digit() => {
            start + parameters
        }
        _ => 0,
    }
}
