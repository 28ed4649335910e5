//! The code units of a string, as slices.

use std::borrow::Cow;
use std::cmp::Ordering;

/// Code units in one of their two widths.
#[derive(Clone, Copy, Debug)]
pub enum Units<'s> {
    /// Units below 256, a byte each.
    Latin1(&'s [u8]),
    /// Units of any value.
    Utf16(&'s [u16]),
}

impl<'s> Units<'s> {
    /// The number of units.
    #[inline]
    #[must_use]
    pub fn len(self) -> usize {
        match self {
            Self::Latin1(units) => units.len(),
            Self::Utf16(units) => units.len(),
        }
    }

    /// Whether there are none.
    #[inline]
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The unit at an index.
    ///
    /// # Panics
    /// If there is none.
    #[inline]
    #[must_use]
    pub fn at(self, index: usize) -> u16 {
        match self {
            Self::Latin1(units) => u16::from(units[index]),
            Self::Utf16(units) => units[index],
        }
    }

    /// The unit at an index, if there is one.
    #[inline]
    #[must_use]
    pub fn get(self, index: usize) -> Option<u16> {
        (index < self.len()).then(|| self.at(index))
    }

    /// The units from `start` up to `end`.
    ///
    /// # Panics
    /// If there are not so many.
    #[inline]
    #[must_use]
    pub fn slice(self, start: usize, end: usize) -> Self {
        match self {
            Self::Latin1(units) => Self::Latin1(&units[start..end]),
            Self::Utf16(units) => Self::Utf16(&units[start..end]),
        }
    }

    /// All units, in order.
    #[inline]
    pub fn iter(self) -> impl DoubleEndedIterator<Item = u16> + ExactSizeIterator + 's {
        (0..self.len()).map(move |index| self.at(index))
    }

    /// The code point that begins at an index, and the number of its units. A
    /// surrogate without its other half is itself.
    #[must_use]
    pub fn code_point_at(self, index: usize) -> (u32, usize) {
        let lead = self.at(index);
        if let 0xD800..=0xDBFF = lead
            && let Some(trail @ 0xDC00..=0xDFFF) = self.get(index + 1)
        {
            return (
                0x1_0000 + ((u32::from(lead) - 0xD800) << 10) + (u32::from(trail) - 0xDC00),
                2,
            );
        }
        (u32::from(lead), 1)
    }

    /// The text, with U+FFFD for lone surrogates.
    #[must_use]
    pub fn to_rust(self) -> String {
        match self {
            Self::Latin1(units) if units.is_ascii() => String::from_utf8_lossy(units).into_owned(),
            Self::Latin1(units) => units.iter().map(|unit| char::from(*unit)).collect(),
            Self::Utf16(units) => String::from_utf16_lossy(units),
        }
    }

    /// The text, with U+FFFD for lone surrogates: of ASCII the units themselves.
    #[must_use]
    pub fn to_text(self) -> Cow<'s, str> {
        match self {
            Self::Latin1(units) if units.is_ascii() => {
                // SAFETY: ASCII is UTF-8.
                Cow::Borrowed(unsafe { std::str::from_utf8_unchecked(units) })
            }
            _ => Cow::Owned(self.to_rust()),
        }
    }

    /// The units as UTF-16.
    #[must_use]
    pub fn to_utf16(self) -> Vec<u16> {
        self.iter().collect()
    }

    /// Where these units begin in others, from `from` on.
    #[must_use]
    pub fn find_in(self, text: Self, from: usize) -> Option<usize> {
        if from > text.len() {
            return None;
        }
        if self.is_empty() {
            return Some(from);
        }
        match (self, text) {
            (Self::Latin1([unit]), Self::Latin1(text)) => {
                memchr::memchr(*unit, &text[from..]).map(|at| at + from)
            }
            (Self::Latin1(needle), Self::Latin1(text)) => {
                memchr::memmem::find(&text[from..], needle).map(|at| at + from)
            }
            (Self::Utf16(needle), Self::Utf16(text)) => find_wide(needle, text, from),
            (Self::Latin1(needle), Self::Utf16(text)) => {
                let needle: Vec<u16> = needle.iter().copied().map(u16::from).collect();
                find_wide(&needle, text, from)
            }
            // A wide needle may have narrow units only.
            (Self::Utf16(needle), Self::Latin1(text)) => {
                let needle: Option<Vec<u8>> =
                    needle.iter().map(|unit| u8::try_from(*unit).ok()).collect();
                memchr::memmem::find(&text[from..], &needle?).map(|at| at + from)
            }
        }
    }

    /// Where these units, which are some, begin in others, from `from` on and without
    /// overlaps: so many places at most.
    #[must_use]
    pub fn find_all_in(self, text: Self, from: usize, most: usize) -> Vec<u32> {
        let place = |at: usize| (from + at) as u32;
        match (self, text) {
            (Self::Latin1([unit]), Self::Latin1(text)) => {
                memchr::memchr_iter(*unit, &text[from..]).take(most).map(place).collect()
            }
            (Self::Latin1(needle), Self::Latin1(text)) => {
                memchr::memmem::find_iter(&text[from..], needle).take(most).map(place).collect()
            }
            _ => {
                let (mut places, mut from) = (Vec::new(), from);
                while places.len() < most
                    && let Some(at) = self.find_in(text, from)
                {
                    places.push(at as u32);
                    from = at + self.len();
                }
                places
            }
        }
    }

    /// Where these units begin in others for the last time, at or before `from`.
    #[must_use]
    pub fn find_last_in(self, text: Self, from: usize) -> Option<usize> {
        let last = text.len().checked_sub(self.len())?.min(from);
        (0..=last).rev().find(|at| text.slice(*at, at + self.len()) == self)
    }
}

/// Where units begin in others. Long ones are looked for as bytes, which takes linear
/// time, however alike the two texts are.
fn find_wide(needle: &[u16], text: &[u16], from: usize) -> Option<usize> {
    /// As many comparisons at each place are no matter.
    const SHORT: usize = 8;
    if needle.len() <= SHORT {
        let mut windows = text.get(from..)?.windows(needle.len());
        return windows.position(|units| units == needle).map(|at| at + from);
    }
    let needle: Vec<u8> = needle.iter().flat_map(|unit| unit.to_ne_bytes()).collect();
    let finder = memchr::memmem::Finder::new(&needle);
    // SAFETY: Units are two bytes each.
    let text = unsafe { std::slice::from_raw_parts(text.as_ptr().cast::<u8>(), text.len() * 2) };
    let mut at = from * 2;
    loop {
        at += finder.find(&text[at..])?;
        if at.is_multiple_of(2) {
            return Some(at / 2);
        }
        // It stands across units.
        at += 1;
    }
}

impl PartialEq for Units<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Self::Latin1(a), Self::Latin1(b)) => a == b,
            (Self::Utf16(a), Self::Utf16(b)) => a == b,
            (Self::Latin1(narrow), Self::Utf16(wide))
            | (Self::Utf16(wide), Self::Latin1(narrow)) => {
                narrow.len() == wide.len()
                    && narrow.iter().zip(wide).all(|(a, b)| u16::from(*a) == *b)
            }
        }
    }
}

impl Eq for Units<'_> {}

impl PartialOrd for Units<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By code unit, as `<` compares strings.
impl Ord for Units<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (*self, *other) {
            (Self::Latin1(a), Self::Latin1(b)) => a.cmp(b),
            (Self::Utf16(a), Self::Utf16(b)) => a.cmp(b),
            _ => self.iter().cmp(other.iter()),
        }
    }
}
