//! Regular expressions as the engine sees them: a pattern is compiled once and looks for
//! matches in code units. All that is known here of the crate that does the work stands
//! in this file, so that it can be replaced.

mod groups;

use std::cell::OnceCell;
use std::ops::Range;

use axil_grammar::regexp::{Flags, RegExpError, validate};
use regress::Regex;

use crate::string::Units;
pub(crate) use groups::GroupName;

/// A pattern with its flags.
pub struct Pattern {
    units: Box<[u16]>,
    flags: Flags,
    /// The named groups, in the order in which they stand.
    names: Vec<GroupName>,
    /// The number of groups, the whole match included.
    groups: usize,
    /// Whether a match begins where the text does, or nowhere.
    anchored: bool,
    /// What looks for a match from a place on.
    search: OnceCell<Option<Regex>>,
    /// What tries one place only.
    sticky: OnceCell<Option<Regex>>,
}

/// Where a match and its groups lie; None for a group that takes no part.
pub type Captures = Vec<Option<Range<usize>>>;

/// The pattern has what cannot be compiled.
#[derive(Clone, Copy, Debug)]
pub struct NotSupported;

/// A text in which matches are looked for, in the form that suits a pattern.
pub enum Subject<'s> {
    /// All units are below 128.
    Ascii(&'s str),
    /// Units of any value.
    Wide(std::borrow::Cow<'s, [u16]>),
}

impl<'s> Subject<'s> {
    /// The form of some units, of which it is known whether all are below 128. Cases are
    /// compared by all of Unicode, so ASCII has no form of its own where they do not matter.
    pub fn new(units: Units<'s>, is_ascii: bool, pattern: &Pattern) -> Self {
        match units {
            Units::Latin1(bytes) if is_ascii && !pattern.flags.contains(Flags::IGNORE_CASE) => {
                debug_assert!(bytes.is_ascii());
                // SAFETY: What is below 128 is UTF-8.
                Self::Ascii(unsafe { std::str::from_utf8_unchecked(bytes) })
            }
            Units::Latin1(_) => Self::Wide(units.to_utf16().into()),
            Units::Utf16(units) => Self::Wide(units.into()),
        }
    }
}

/// What compiling a unit of a pattern may take of the native stack, in bytes.
const STACK_PER_UNIT: usize = 2 << 10;

/// The most that it may take in all, in bytes.
const MOST_STACK: usize = 1 << 30;

impl Pattern {
    /// A pattern that is known to be valid, or found to be.
    ///
    /// # Errors
    /// What is wrong with it, in V8's words.
    pub fn new(units: &[u16], flags: Flags) -> Result<Self, RegExpError> {
        validate(&wtf8(units), flags)?;
        let (groups, names) = groups::scan(units, flags);
        let anchored = is_anchored(units, flags);
        let units = units.into();
        let (search, sticky) = (OnceCell::new(), OnceCell::new());
        Ok(Self { units, flags, names, groups, anchored, search, sticky })
    }

    /// The pattern as it was written.
    pub fn text(&self) -> String {
        String::from_utf16_lossy(&self.units)
    }

    /// The flags it was made with.
    pub fn flags(&self) -> Flags {
        self.flags
    }

    /// The named groups, in the order in which they stand.
    pub(crate) fn names(&self) -> &[GroupName] {
        &self.names
    }

    /// The number of groups, the whole match included.
    pub fn groups(&self) -> usize {
        self.groups
    }

    /// Compiles the pattern, with something before and after it.
    fn compile(&self, before: &str, after: &str) -> Option<Regex> {
        let flags = regress::Flags {
            icase: self.flags.contains(Flags::IGNORE_CASE),
            multiline: self.flags.contains(Flags::MULTILINE),
            dot_all: self.flags.contains(Flags::DOT_ALL),
            no_opt: false,
            unicode: self.flags.contains(Flags::UNICODE),
            unicode_sets: self.flags.contains(Flags::UNICODE_SETS),
        };
        let wrap = |points: &mut dyn Iterator<Item = u32>| {
            let whole: Vec<u32> = before
                .chars()
                .map(u32::from)
                .chain(points)
                .chain(after.chars().map(u32::from))
                .collect();
            // It recurses, over alternatives as well.
            let stack = STACK_PER_UNIT * (whole.len() + 64);
            if stack > MOST_STACK {
                return None;
            }
            stacker::maybe_grow(stack, stack, || Regex::from_unicode(whole.into_iter(), flags).ok())
        };
        if !self.flags.unicode_mode() {
            // Without `u` a pattern is made of units, but for the names of groups.
            let by_unit = wrap(&mut self.units.iter().copied().map(u32::from));
            if by_unit.is_some() {
                return by_unit;
            }
        }
        wrap(
            &mut char::decode_utf16(self.units.iter().copied()).map(|point| {
                point.map_or_else(|lone| u32::from(lone.unpaired_surrogate()), u32::from)
            }),
        )
    }

    /// Looks for a match from an index on, or at it only if that is `sticky`.
    ///
    /// # Errors
    /// [`NotSupported`] for a valid pattern that cannot be compiled.
    pub fn find(
        &self,
        subject: &Subject<'_>,
        start: usize,
        sticky: bool,
    ) -> Result<Option<Captures>, NotSupported> {
        if self.anchored && start > 0 {
            return Ok(None);
        }
        let sticky = sticky || self.anchored;
        let compiled = if sticky {
            // It matches the pattern at once, and then the last group too, or nothing: so
            // that no other place is looked at.
            self.sticky.get_or_init(|| self.compile("(?:", ")()|")).as_ref()
        } else {
            self.search.get_or_init(|| self.compile("", "")).as_ref()
        };
        let Some(regex) = compiled else { return Err(NotSupported) };
        let unicode = self.flags.unicode_mode();
        let found = match subject {
            Subject::Ascii(text) => regex.find_from_ascii(text, start).next(),
            Subject::Wide(units) if unicode => {
                // No match begins between the halves of a code point.
                let is_inside = start > 0
                    && units.get(start).is_some_and(|unit| (0xDC00..=0xDFFF).contains(unit))
                    && (0xD800..=0xDBFF).contains(&units[start - 1]);
                regex.find_from_utf16(units, start - usize::from(is_inside)).next()
            }
            Subject::Wide(units) => regex.find_from_ucs2(units, start).next(),
        };
        let Some(found) = found else { return Ok(None) };
        let mut captures: Captures = found.groups().collect();
        if sticky && captures.pop().flatten().is_none() {
            return Ok(None);
        }
        Ok(Some(captures))
    }
}

/// Whether a pattern begins with `^`, has no alternatives at its top, and `^` is the
/// beginning of the text.
fn is_anchored(units: &[u16], flags: Flags) -> bool {
    if flags.contains(Flags::MULTILINE) || units.first() != Some(&u16::from(b'^')) {
        return false;
    }
    let (mut depth, mut in_class, mut escaped) = (0_u32, 0_u32, false);
    for unit in units {
        let unit = char::from_u32(u32::from(*unit)).unwrap_or_default();
        match unit {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' if in_class == 0 || flags.contains(Flags::UNICODE_SETS) => in_class += 1,
            ']' if in_class > 0 => in_class -= 1,
            _ if in_class > 0 => {}
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => return false,
            _ => {}
        }
    }
    true
}

/// Code units as WTF-8: UTF-8 in which lone surrogates have their three-byte form.
fn wtf8(units: &[u16]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(units.len());
    for point in char::decode_utf16(units.iter().copied()) {
        match point {
            Ok(c) => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Err(lone) => {
                let unit = lone.unpaired_surrogate();
                bytes.extend_from_slice(&[
                    0xE0 | (unit >> 12) as u8,
                    0x80 | (unit >> 6 & 0x3F) as u8,
                    0x80 | (unit & 0x3F) as u8,
                ]);
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(pattern: &str, flags: &str, text: &str, start: usize) -> Option<Captures> {
        let units: Vec<u16> = pattern.encode_utf16().collect();
        let flags = Flags::parse(flags).expect("valid flags");
        let pattern = Pattern::new(&units, flags).expect("a valid pattern");
        let text: Vec<u16> = text.encode_utf16().collect();
        let subject = Subject::new(Units::Utf16(&text), false, &pattern);
        let sticky = flags.contains(Flags::STICKY);
        pattern.find(&subject, start, sticky).expect("it can be compiled")
    }

    #[test]
    fn sticky_patterns_try_one_place() {
        assert_eq!(find("b|a(c)", "y", "abac", 0), None);
        assert_eq!(find("b|a(c)", "y", "abac", 1), Some(vec![Some(1..2), None]));
        assert_eq!(find("b|a(c)", "y", "abac", 2), Some(vec![Some(2..4), Some(3..4)]));
        assert_eq!(find("", "y", "ab", 2), Some(vec![Some(2..2)]));
    }

    #[test]
    fn anchors() {
        assert_eq!(find("^b", "", "ab", 0), None);
        assert_eq!(find("^b", "g", "ab", 1), None);
        assert_eq!(find("^a|b", "", "cb", 0), Some(vec![Some(1..2)]));
        assert_eq!(find("^[|](?:a|b)", "", "|b", 0), Some(vec![Some(0..2)]));
        assert_eq!(find("^b", "m", "a\nb", 0), Some(vec![Some(2..3)]));
    }

    #[test]
    fn units_and_code_points() {
        assert_eq!(find("^.$", "", "😀", 0), None);
        assert_eq!(find("^.$", "u", "😀", 0), Some(vec![Some(0..2)]));
        assert_eq!(find(".", "u", "😀", 1), Some(vec![Some(0..2)]));
        assert_eq!(find("[😀]", "", "😀", 0), Some(vec![Some(0..1)]));
        assert_eq!(find("ſ", "iu", "s", 0), Some(vec![Some(0..1)]));
    }
}
