//! WTF-8: UTF-8 in which lone surrogates have their three-byte form.
//!
//! <https://simonsapin.github.io/wtf-8/>

/// Appends a code point. A trail surrogate after a lead surrogate joins it.
pub(crate) fn push(bytes: &mut Vec<u8>, code_point: u32) {
    if let Some(c) = char::from_u32(code_point) {
        bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        return;
    }
    if let (0xDC00..=0xDFFF, &[.., 0xED, b1 @ 0xA0..=0xAF, b2]) = (code_point, bytes.as_slice()) {
        let lead = 0xD000 | u32::from(b1 & 0x3F) << 6 | u32::from(b2 & 0x3F);
        bytes.truncate(bytes.len() - 3);
        push(bytes, 0x1_0000 + ((lead - 0xD800) << 10) + (code_point - 0xDC00));
        return;
    }
    #[expect(clippy::cast_possible_truncation, reason = "each value is masked to a byte")]
    bytes.extend_from_slice(&[
        (0xE0 | code_point >> 12) as u8,
        (0x80 | code_point >> 6 & 0x3F) as u8,
        (0x80 | code_point & 0x3F) as u8,
    ]);
}

/// WTF-8 of UTF-16 code units.
pub(crate) fn from_utf16(units: &[u16]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(units.len());
    for unit in char::decode_utf16(units.iter().copied()) {
        push(&mut bytes, unit.map_or_else(|lone| u32::from(lone.unpaired_surrogate()), u32::from));
    }
    bytes
}

/// The number of UTF-16 code units of the characters that begin in `bytes`.
pub(crate) fn utf16_len(bytes: &[u8]) -> usize {
    bytes.iter().map(|&b| usize::from(b & 0xC0 != 0x80) + usize::from(b >= 0xF0)).sum()
}

/// The code point that begins at `at`, and its length in bytes. A byte that
/// begins none counts as U+FFFD.
pub(crate) fn decode(bytes: &[u8], at: usize) -> (u32, usize) {
    let continuation = |i: usize| bytes.get(at + i).map_or(0, |b| u32::from(b & 0x3F));
    let first = bytes[at];
    let lead = u32::from(first);
    let (code_point, len) = match first {
        0..=0x7F => (lead, 1),
        0xC2..=0xDF => ((lead & 0x1F) << 6 | continuation(1), 2),
        0xE0..=0xEF => ((lead & 0x0F) << 12 | continuation(1) << 6 | continuation(2), 3),
        0xF0..=0xF4 => (
            (lead & 0x07) << 18 | continuation(1) << 12 | continuation(2) << 6 | continuation(3),
            4,
        ),
        _ => (0xFFFD, 1),
    };
    (code_point, len.min(bytes.len() - at))
}

/// The code points of WTF-8.
pub(crate) fn code_points(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        (at < bytes.len()).then(|| {
            let (code_point, len) = decode(bytes, at);
            at += len;
            code_point
        })
    })
}
