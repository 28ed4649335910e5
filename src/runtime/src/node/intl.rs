//! What `internal/intl` has of Unicode's tables: names of languages, and where texts may be
//! cut.
//!
//! <https://tc39.es/ecma402/>

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};
use icu_locale_core::Locale;
use unicode_segmentation::UnicodeSegmentation;

use crate::native::{Row, array, define_functions, string, text};

const FUNCTIONS: &[Row] = &[
    // canonicalLocale(tag): undefined if it is none.
    ("canonicalLocale", 1, |vm, arguments| {
        let tag = text(vm, arguments, 0)?;
        let locale = Locale::try_from_str(&tag).ok();
        Ok(locale.map_or(Value::UNDEFINED, |locale| string(vm, &locale.to_string())))
    }),
    // segmentEnds(text, granularity): where each piece ends, in UTF-16 units.
    ("segmentEnds", 2, |vm, arguments| {
        // A lone surrogate becomes another character that takes one unit, and is a piece
        // for itself as well.
        let whole = text(vm, arguments, 0)?;
        let granularity = text(vm, arguments, 1)?;
        let mut end = 0;
        let mut ends = Vec::new();
        let mut add = |piece: &str| {
            end += piece.encode_utf16().count() as i32;
            ends.push(end);
        };
        match &*granularity {
            "word" => whole.split_word_bounds().for_each(&mut add),
            "sentence" => whole.split_sentence_bounds().for_each(&mut add),
            _ => whole.graphemes(true).for_each(&mut add),
        }
        let ends: Vec<Value> = ends.into_iter().map(Value::int).collect();
        Ok(array(vm, &ends))
    }),
];

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    Ok(())
}
