//! `QuoteJSONString` (ECMA-262 §25.5.2.3).

use crate::builtins::json::parse::special_latin1;
use crate::builtins::string::Text;
use crate::string::Units;

/// Writes a string.
#[inline]
pub(super) fn quote(text: &mut Text, units: Units<'_>) {
    match (&mut *text, units) {
        (Text::Latin1(text), Units::Latin1(units)) => quote_latin1(text, units),
        _ => quote_wide(text, units),
    }
}

fn quote_latin1(text: &mut Vec<u8>, units: &[u8]) {
    text.reserve(units.len() + 2);
    text.push(b'"');
    let mut start = 0;
    loop {
        let end = special_latin1(units, start);
        text.extend_from_slice(&units[start..end]);
        let Some(unit) = units.get(end) else { break };
        escape(u16::from(*unit), |byte| text.push(byte));
        start = end + 1;
    }
    text.push(b'"');
}

fn quote_wide(text: &mut Text, units: Units<'_>) {
    let is_plain = |unit: u16| {
        unit >= 0x20 && unit != 0x22 && unit != 0x5C && !(0xD800..=0xDFFF).contains(&unit)
    };
    text.push_unit(0x22);
    let (mut start, mut at) = (0, 0);
    while at < units.len() {
        let unit = units.at(at);
        if is_plain(unit) {
            at += 1;
            continue;
        }
        let (_, length) = units.code_point_at(at);
        if length == 2 {
            at += 2;
            continue;
        }
        text.push(units.slice(start, at));
        escape(unit, |byte| text.push_unit(byte.into()));
        at += 1;
        start = at;
    }
    text.push(units.slice(start, units.len()));
    text.push_unit(0x22);
}

/// Writes a unit that cannot stand for itself.
#[inline(always)]
fn escape(unit: u16, mut push: impl FnMut(u8)) {
    let letter = match unit {
        0x08 => b'b',
        0x09 => b't',
        0x0A => b'n',
        0x0C => b'f',
        0x0D => b'r',
        0x22 | 0x5C => unit as u8,
        _ => b'u',
    };
    push(b'\\');
    push(letter);
    if letter == b'u' {
        for shift in [12, 8, 4, 0] {
            push(b"0123456789abcdef"[usize::from(unit >> shift & 15)]);
        }
    }
}
