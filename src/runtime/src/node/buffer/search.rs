//! `indexOf` and `lastIndexOf` of buffers.

use memchr::memmem;

/// Where a stretch of bytes begins in others: the first place from `from` on, or the last
/// one at or before it.
///
/// Text of 16-bit units (`is_wide`) is found at even places only. Nothing is found right
/// where the search begins.
pub(super) fn index_of(
    text: &[u8],
    needle: &[u8],
    from: i64,
    is_wide: bool,
    is_backward: bool,
) -> Option<usize> {
    let length = text.len() as i64;
    let mut start = if from < 0 { from + length } else { from };
    if start < 0 {
        if is_backward {
            return None;
        }
        start = 0;
    }
    if needle.is_empty() {
        return Some(start.min(length) as usize);
    }
    if text.is_empty() || needle.len() > text.len() {
        return None;
    }
    if is_wide && needle.len() < 2 {
        return None;
    }
    let start = start as usize;
    if is_backward {
        let last = start.min(text.len() - needle.len());
        return if is_wide {
            let finder = memmem::FinderRev::new(needle);
            last_even(&finder, &text[..last + needle.len()])
        } else if let [byte] = needle {
            memchr::memrchr(*byte, &text[..=last])
        } else {
            memmem::rfind(&text[..last + needle.len()], needle)
        };
    }
    if start + needle.len() > text.len() {
        return None;
    }
    if is_wide {
        let finder = memmem::Finder::new(needle);
        let start = start + start % 2;
        let mut at = start;
        while let Some(found) = finder.find(text.get(at..)?) {
            if (at + found).is_multiple_of(2) {
                return Some(at + found);
            }
            at += found + 1;
        }
        None
    } else if let [byte] = needle {
        memchr::memchr(*byte, &text[start..]).map(|at| at + start)
    } else {
        memmem::find(&text[start..], needle).map(|at| at + start)
    }
}

fn last_even(finder: &memmem::FinderRev<'_>, text: &[u8]) -> Option<usize> {
    let mut end = text.len();
    loop {
        let found = finder.rfind(&text[..end])?;
        if found.is_multiple_of(2) {
            return Some(found);
        }
        end = found + finder.needle().len() - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::index_of;

    #[test]
    fn wide_text_is_found_at_even_places() {
        let text = b"aa\0b\0b\0";
        assert_eq!(index_of(text, b"b\0", 0, true, false), None);
        assert_eq!(index_of(text, b"b\0", 0, false, false), Some(3));
        assert_eq!(index_of(b"b\0b\0", b"b\0", -1, true, true), Some(2));
    }

    #[test]
    fn places_count_from_the_end_too() {
        assert_eq!(index_of(b"abcabc", b"abc", -20, false, true), None);
        assert_eq!(index_of(b"abcabc", b"abc", -20, false, false), Some(0));
        assert_eq!(index_of(b"abcabc", b"", 20, false, false), Some(6));
        assert_eq!(index_of(b"abcabc", b"abc", -1, false, true), Some(3));
    }
}
