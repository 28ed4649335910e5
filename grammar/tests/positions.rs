//! Lines, columns and offsets: UTF-16 code units, whatever ends the lines.

use axil_grammar::{Arena, Goal, Source, Utf16Offsets, estree, parse};

/// Line and column of the fault in a text, the column from 0.
fn fault(text: &str) -> (u32, u32) {
    let source = Source::new("places.js", text);
    let arena = Arena::new();
    let faults = parse(&source, Goal::Script, &arena).expect_err("it is refused");
    let position = source.position(faults.first().span.start);
    (position.line, position.column)
}

#[test]
fn lines_end_in_five_ways() {
    assert_eq!(fault("a\nb )"), (2, 2));
    assert_eq!(fault("a\rb )"), (2, 2));
    assert_eq!(fault("a\r\nb )"), (2, 2));
    assert_eq!(fault("a\u{2028}b )"), (2, 2));
    assert_eq!(fault("a\u{2029}b )"), (2, 2));
    assert_eq!(fault("\r\n\r\r\n\n )"), (5, 1));
}

#[test]
fn other_separators_end_no_line() {
    assert_eq!(fault("a\u{85}"), (1, 1));
    assert_eq!(fault("a;\u{b}\u{c}\u{feff}\u{a0} )"), (1, 7));
}

#[test]
fn line_separators_stand_in_strings() {
    assert_eq!(fault("'\u{2028}' )"), (2, 2));
    assert_eq!(fault("'\\\r\n' )"), (2, 2));
}

#[test]
fn comments_and_templates_count_their_lines() {
    assert_eq!(fault("/*\n\n*/ )"), (3, 3));
    assert_eq!(fault("`\n\r\n` )"), (3, 2));
    assert_eq!(fault("// a\u{2028})"), (2, 0));
}

#[test]
fn columns_count_utf16_units() {
    assert_eq!(fault("'é' )"), (1, 4));
    assert_eq!(fault("'漢' )"), (1, 4));
    assert_eq!(fault("'😀' )"), (1, 5));
    assert_eq!(fault("𠮷 )"), (1, 3));
}

#[test]
fn the_end_of_the_text_is_a_place() {
    assert_eq!(fault("("), (1, 1));
    assert_eq!(fault("(\n"), (2, 0));
    assert_eq!(fault("('😀'"), (1, 5));
}

#[test]
fn lone_surrogates_are_one_unit() {
    let units: Vec<u16> =
        "'_' )".encode_utf16().map(|u| if u == 0x5F { 0xD83D } else { u }).collect();
    let source = Source::from_utf16("places.js", &units);
    let arena = Arena::new();
    let faults = parse(&source, Goal::Script, &arena).expect_err("it is refused");
    assert_eq!(source.position(faults.first().span.start).column, 4);
}

#[test]
fn offsets_agree_with_counting() {
    let text = "a é\u{2028}漢 😀\r\n𠮷 b\n";
    let source = Source::new("places.js", text);
    let offsets = Utf16Offsets::new(&source);
    for (offset, _) in text.char_indices() {
        let units = text[..offset].encode_utf16().count();
        let at = u32::try_from(offset).expect("short");
        assert_eq!(offsets.get(at) as usize, units, "at byte {offset}");
        assert_eq!(offsets.position(at), source.position(at), "at byte {offset}");
    }
}

#[test]
fn estree_counts_utf16_units() {
    let source = Source::new("places.js", "'😀'; b");
    let arena = Arena::new();
    let program = parse(&source, Goal::Script, &arena).expect("it parses");
    let json = estree::to_json(program, &source, &estree::Options::default()).expect("it is flat");
    assert!(json.contains(r#"{"type":"Identifier","start":6,"end":7,"name":"b"}"#), "{json}");
}
