//! Which characters are the same where case does not matter (ECMA-262 §22.2.2.7.3).
//!
//! A pattern compares the canonical forms of characters. So for a set of characters one
//! can as well ask whether a character is in the set of all that have the canonical form
//! of a member, and need not look at canonical forms while matching: [`Folding::close`].

use std::sync::OnceLock;

use icu_casemap::CaseMapper;

use super::code_points::CodePoints;

/// How characters are made canonical.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Folding {
    /// By `toUppercase` of a code unit, where that is one unit again and does not make an
    /// ASCII character of another one.
    UpperCase,
    /// By Unicode's simple case folding, with `u` and `v`.
    Simple,
}

impl Folding {
    /// `Canonicalize`
    pub(super) fn canonicalize(self, point: u32) -> u32 {
        let Some(character) = char::from_u32(point) else { return point };
        match self {
            Self::UpperCase if character.is_ascii() => u32::from(character.to_ascii_uppercase()),
            Self::Simple if character.is_ascii() => u32::from(character.to_ascii_lowercase()),
            Self::Simple => u32::from(CaseMapper::new().simple_fold(character)),
            Self::UpperCase => {
                let mut upper = character.to_uppercase();
                match (upper.next(), upper.next()) {
                    (Some(upper), None) if !upper.is_ascii() && u32::from(upper) <= 0xFFFF => {
                        u32::from(upper)
                    }
                    _ => point,
                }
            }
        }
    }

    /// The set of all characters that have the canonical form of a member.
    pub(super) fn close(self, set: &CodePoints) -> CodePoints {
        let mut ranges = set.ranges().to_vec();
        if set.ranges().last().is_none_or(|(_, end)| *end < 0x80) {
            // The letters alone, which is nearly always so.
            for letter in b'A'..=b'Z' {
                let (upper, lower) = (u32::from(letter), u32::from(letter | 0x20));
                match (set.contains(upper), set.contains(lower)) {
                    (false, false) => continue,
                    (true, true) => {}
                    (true, false) => ranges.push((lower, lower)),
                    (false, true) => ranges.push((upper, upper)),
                }
                let other = match (self, letter) {
                    (Self::Simple, b'K') => 0x212A,
                    (Self::Simple, b'S') => 0x017F,
                    _ => continue,
                };
                ranges.push((other, other));
            }
        } else {
            let members = self.members();
            for same in members.chunk_by(|a, b| a.0 == b.0) {
                if same.iter().any(|(_, point)| set.contains(*point)) {
                    ranges.extend(same.iter().map(|(_, point)| (*point, *point)));
                }
            }
        }
        CodePoints::new(ranges)
    }

    /// The set of all characters that are the same as one.
    pub(super) fn close_one(self, point: u32) -> CodePoints {
        if point < 0x80 {
            return self.close(&CodePoints::one(point));
        }
        let canonical = self.canonicalize(point);
        let members = self.members();
        let start = members.partition_point(|member| member.0 < canonical);
        let same = members[start..].iter().take_while(|member| member.0 == canonical);
        let mut ranges: Vec<_> = same.map(|(_, point)| (*point, *point)).collect();
        ranges.push((point, point));
        CodePoints::new(ranges)
    }

    /// All characters that are the same as others, with their canonical form, sorted by
    /// it. Made when a pattern needs it.
    fn members(self) -> &'static [(u32, u32)] {
        static UPPER_CASE: OnceLock<Vec<(u32, u32)>> = OnceLock::new();
        static SIMPLE: OnceLock<Vec<(u32, u32)>> = OnceLock::new();
        let (table, end) = match self {
            Self::UpperCase => (&UPPER_CASE, 0x1_0000),
            // No character beyond has case.
            Self::Simple => (&SIMPLE, 0x2_0000),
        };
        table.get_or_init(|| {
            let mut members = Vec::new();
            for point in 0..end {
                let canonical = self.canonicalize(point);
                if canonical != point {
                    members.push((canonical, point));
                    members.push((canonical, canonical));
                }
            }
            members.sort_unstable();
            members.dedup();
            members
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(folding: Folding, point: char) -> String {
        let set = folding.close_one(u32::from(point));
        assert_eq!(folding.close(&CodePoints::one(u32::from(point))), set, "{point}");
        set.iter().filter_map(char::from_u32).collect()
    }

    #[test]
    fn upper_case() {
        assert_eq!(same(Folding::UpperCase, 's'), "Ss");
        assert_eq!(same(Folding::UpperCase, 'ſ'), "ſ");
        assert_eq!(same(Folding::UpperCase, 'µ'), "µΜμ");
        assert_eq!(same(Folding::UpperCase, 'ß'), "ß");
        assert_eq!(same(Folding::UpperCase, 'ÿ'), "ÿŸ");
        assert_eq!(same(Folding::UpperCase, 'ǆ'), "Ǆǅǆ");
        assert_eq!(same(Folding::UpperCase, '\u{10428}'), "\u{10428}");
    }

    #[test]
    fn simple() {
        assert_eq!(same(Folding::Simple, 's'), "Ssſ");
        assert_eq!(same(Folding::Simple, 'ſ'), "Ssſ");
        assert_eq!(same(Folding::Simple, 'K'), "Kk\u{212A}");
        assert_eq!(same(Folding::Simple, 'å'), "Åå\u{212B}");
        assert_eq!(same(Folding::Simple, 'ß'), "ßẞ");
        assert_eq!(same(Folding::Simple, 'İ'), "İ");
        assert_eq!(same(Folding::Simple, '\u{10428}'), "\u{10400}\u{10428}");
    }

    #[test]
    fn nothing_beyond_the_table_has_case() {
        for point in 0x2_0000..=super::super::code_points::LAST {
            assert_eq!(Folding::Simple.canonicalize(point), point);
        }
    }
}
