//! How wide texts are in a terminal.

use unicode_width::UnicodeWidthChar;

/// The number of UTF-16 units.
pub(super) fn units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// The number of columns that a text without control sequences takes in a terminal: wide
/// characters take two, and what joins others takes none.
pub fn columns(text: &str) -> usize {
    const ZERO_WIDTH_JOINER: char = '\u{200d}';
    if text.is_ascii() {
        return text.bytes().filter(|byte| !byte.is_ascii_control()).count();
    }
    let mut columns = 0;
    let mut previous = '\0';
    for c in text.chars() {
        let width = c.width().unwrap_or(0);
        // An emoji that is joined to another one makes it no wider.
        if !(previous == ZERO_WIDTH_JOINER && width == 2) {
            columns += width;
        }
        previous = c;
    }
    columns
}
