//! What `\p{…}`, `\d`, `\s` and `\w` stand for (ECMA-262 §22.2.2.9), from ICU's data.

use std::ops::RangeInclusive;

use axil_grammar::regexp::EscapedSet;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup, Script};
use icu_properties::script::ScriptWithExtensions;
use icu_properties::{CodePointMapData, CodePointSetData, PropertyParser};

use super::code_points::CodePoints;

/// The characters of `\d`.
pub(super) fn digits() -> CodePoints {
    CodePoints::new(vec![(0x30, 0x39)])
}

/// The characters of `\w`, without those that case folding adds.
pub(super) fn word() -> CodePoints {
    CodePoints::new(vec![(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)])
}

/// The characters of `\s`: `WhiteSpace` and `LineTerminator`.
pub(super) fn space() -> CodePoints {
    CodePoints::new(vec![
        (0x09, 0x0D),
        (0x20, 0x20),
        (0xA0, 0xA0),
        (0x1680, 0x1680),
        (0x2000, 0x200A),
        (0x2028, 0x2029),
        (0x202F, 0x202F),
        (0x205F, 0x205F),
        (0x3000, 0x3000),
        (0xFEFF, 0xFEFF),
    ])
}

/// `LineTerminator`
pub(super) fn line_terminators() -> CodePoints {
    CodePoints::new(vec![(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)])
}

/// The characters of an escape's lower-case form. A property of strings has none.
pub(super) fn escaped(set: EscapedSet<'_>) -> CodePoints {
    match set {
        EscapedSet::Digits => digits(),
        EscapedSet::Space => space(),
        EscapedSet::Word => word(),
        EscapedSet::Property { name, value, .. } => property(name, value).unwrap_or_default(),
    }
}

/// The characters with a property. None if it is unknown, which the grammar rules out.
pub(super) fn property(name: &str, value: Option<&str>) -> Option<CodePoints> {
    match (name, value) {
        ("General_Category" | "gc", Some(value)) => general_category(value),
        ("Script" | "sc", Some(value)) => {
            let script = PropertyParser::<Script>::new().get_strict(value)?;
            let scripts = CodePointMapData::<Script>::new();
            Some(collect(scripts.iter_ranges_for_value(script)))
        }
        ("Script_Extensions" | "scx", Some(value)) => {
            let script = PropertyParser::<Script>::new().get_strict(value)?;
            Some(collect(ScriptWithExtensions::new().get_script_extensions_ranges(script)))
        }
        (_, Some(_)) => None,
        ("Any", None) => Some(CodePoints::all()),
        ("ASCII", None) => Some(CodePoints::new(vec![(0, 0x7F)])),
        ("space", None) => property("White_Space", None),
        ("Assigned", None) => general_category("Cn").map(|unassigned| unassigned.complement()),
        (name, None) => match CodePointSetData::new_for_ecma262(name.as_bytes()) {
            Some(set) => Some(collect(set.iter_ranges())),
            None => general_category(name),
        },
    }
}

fn general_category(value: &str) -> Option<CodePoints> {
    let group = PropertyParser::<GeneralCategoryGroup>::new().get_strict(value)?;
    let categories = CodePointMapData::<GeneralCategory>::new();
    Some(collect(categories.iter_ranges_for_group(group)))
}

fn collect(ranges: impl Iterator<Item = RangeInclusive<u32>>) -> CodePoints {
    CodePoints::new(ranges.map(RangeInclusive::into_inner).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(name: &str, value: Option<&str>, character: char) -> bool {
        property(name, value).expect("a known property").contains(u32::from(character))
    }

    #[test]
    fn known_properties() {
        assert!(has("Lu", None, 'A') && !has("Lu", None, 'a'));
        assert!(has("gc", Some("L"), 'ß') && !has("L", None, '1'));
        assert!(has("Script", Some("Greek"), 'α') && !has("sc", Some("Grek"), 'a'));
        assert!(has("scx", Some("Deva"), '।') && !has("sc", Some("Deva"), '।'));
        assert!(has("Any", None, '\0') && has("Assigned", None, 'a'));
        assert!(!has("Assigned", None, '\u{378}'));
        assert!(has("Emoji", None, '😀') && has("space", None, '\u{85}'));
        assert_eq!(property("Nonsense", None), None);
    }
}
