//! Code as text.

use std::fmt::Write as _;

use super::{Code, Op, Operand, Place, Register};
use crate::heap::{Gc, Heap};
use crate::kinds;
use crate::object::LiteralForm;
use crate::string::JsString;
use crate::value::Value;

/// A function's code, an instruction a line, and that of the functions inside it. The
/// text is the same on every machine and in every run.
pub fn disassemble(heap: &Heap, code: Gc<Code>) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write_code(&mut text, heap, code);
    text
}

fn write_code(text: &mut String, heap: &Heap, code: Gc<Code>) -> std::fmt::Result {
    let name = if code.name.is_empty() { "(anonymous)".into() } else { code.name.to_rust(heap) };
    writeln!(
        text,
        "function {name}: {} parameters, {} registers{}",
        code.parameters,
        code.registers(),
        flags(code)
    )?;
    let mut line = None;
    for (at, word) in code.words().iter().enumerate().skip(code.first()) {
        let here = code.source.position(code.offset_of(at as u32)).line;
        if line.replace(here) != Some(here) {
            writeln!(text, "  line {here}")?;
        }
        writeln!(text, "    {at:4}  {}", instruction(heap, code, at as i64, *word))?;
    }
    for handler in &code.handlers {
        writeln!(
            text,
            "  handler {}..{} goes to {} with r{}",
            handler.start, handler.end, handler.target, handler.exception
        )?;
    }
    for index in 0..code.constant_count() {
        if let Some(inner) = code.constant(index).downcast::<Code>() {
            writeln!(text)?;
            stacker::maybe_grow(128 << 10, 4 << 20, || write_code(text, heap, inner))?;
        }
    }
    Ok(())
}

fn flags(code: Gc<Code>) -> String {
    let names = code.flags.iter_names().map(|(name, _)| name.to_lowercase().replace('_', " "));
    names.map(|name| format!(", {name}")).collect()
}

/// One instruction.
fn instruction(heap: &Heap, code: Gc<Code>, at: i64, word: u64) -> String {
    let Some(op) = Op::ALL.get(usize::from(word as u8)) else { return format!("{word:#018x}") };
    let operands = op
        .operands()
        .iter()
        .map(|(name, operand)| format!("{name}: {}", operand_text(heap, code, at, word, *operand)));
    let operands: Vec<String> = operands.collect();
    format!("{:<22} {}", op.name(), operands.join(", ")).trim_end().to_owned()
}

/// An operand of an instruction.
pub(crate) fn operand_text(
    heap: &Heap,
    code: Gc<Code>,
    at: i64,
    word: u64,
    operand: Operand,
) -> String {
    match operand {
        Operand::Out(place) | Operand::In(place) | Operand::Frame(place) => {
            Register(place.take(word) as u16).to_string()
        }
        Operand::Constant(place) => constant(heap, code.constant(place.take(word) as usize)),
        Operand::Cache(place) => {
            let key = code.cache(place.take(word) as usize).key();
            match key.as_index() {
                Some(index) => index.to_string(),
                None => key.as_cell_value().map_or_else(String::new, |key| constant(heap, key)),
            }
        }
        Operand::Distance(place) => format!("{}", at + 1 + i64::from(signed(place, word))),
        Operand::Int(place) => signed(place, word).to_string(),
        Operand::Count(place) => place.take(word).to_string(),
    }
}

fn signed(place: Place, word: u64) -> i32 {
    match place {
        Place::X => i32::from(place.take(word) as i8),
        Place::Wide => place.take(word) as i32,
        _ => i32::from(place.take(word) as i16),
    }
}

fn constant(heap: &Heap, value: Value) -> String {
    if let Some(string) = value.downcast::<JsString>() {
        return format!("{:?}", string.to_rust(heap));
    }
    match value.kind() {
        Some(kinds::BIGINT) => value
            .downcast::<crate::bigint::BigInt>()
            .map_or_else(String::new, |number| format!("{}n", crate::bigint::to_text(number, 10))),
        Some(kinds::PATTERN) => "regular expression".to_owned(),
        Some(kinds::ELEMENTS) => "template".to_owned(),
        Some(kinds::CODE) => value.downcast::<Code>().map_or_else(String::new, |code| {
            format!("function {}", code.name.to_rust(heap)).trim_end().to_owned()
        }),
        Some(kinds::LITERAL_FORM) => {
            value.downcast::<LiteralForm>().map_or_else(String::new, |literal| {
                let keys: Vec<String> =
                    (0..literal.len()).map(|index| constant(heap, literal.key(index))).collect();
                format!("{{ {} }}", keys.join(", "))
            })
        }
        Some(kinds::SYMBOL) => "symbol".to_owned(),
        _ => format!("{value:?}"),
    }
}
