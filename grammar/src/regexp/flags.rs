//! Regular expression flags (ECMA-262 §12.9.5 and §22.2.3.3).

/// The flags of a regular expression literal: a set of the letters `dgimsuvy`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Flags(u8);

impl Flags {
    /// No flag at all.
    pub const NONE: Self = Self(0);
    /// `d`: match results have indices.
    pub const HAS_INDICES: Self = Self(1 << 0);
    /// `g`: matching goes on after a match.
    pub const GLOBAL: Self = Self(1 << 1);
    /// `i`: letters match regardless of case.
    pub const IGNORE_CASE: Self = Self(1 << 2);
    /// `m`: `^` and `$` match at line ends.
    pub const MULTILINE: Self = Self(1 << 3);
    /// `s`: `.` matches line ends.
    pub const DOT_ALL: Self = Self(1 << 4);
    /// `u`: the pattern is about code points, and Annex B does not apply.
    pub const UNICODE: Self = Self(1 << 5);
    /// `v`: as `u`, and classes are set expressions.
    pub const UNICODE_SETS: Self = Self(1 << 6);
    /// `y`: a match has to begin at `lastIndex`.
    pub const STICKY: Self = Self(1 << 7);

    /// Reads the text after the closing slash. `None` if a letter is unknown or
    /// repeated, or if `u` and `v` stand together (§22.2.3.3, `RegExpInitialize`).
    #[must_use]
    pub fn parse(flags: &str) -> Option<Self> {
        let mut set = Self::NONE;
        for letter in flags.bytes() {
            let flag = match letter {
                b'd' => Self::HAS_INDICES,
                b'g' => Self::GLOBAL,
                b'i' => Self::IGNORE_CASE,
                b'm' => Self::MULTILINE,
                b's' => Self::DOT_ALL,
                b'u' => Self::UNICODE,
                b'v' => Self::UNICODE_SETS,
                b'y' => Self::STICKY,
                _ => return None,
            };
            if set.contains(flag) {
                return None;
            }
            set = set.union(flag);
        }
        (!set.contains(Self::UNICODE.union(Self::UNICODE_SETS))).then_some(set)
    }

    /// Whether every flag of `other` is in this set.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The flags of both sets.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The flags of this set that are not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the grammar has `[+UnicodeMode]`: `u` or `v` is set.
    #[must_use]
    pub const fn unicode_mode(self) -> bool {
        self.0 & (Self::UNICODE.0 | Self::UNICODE_SETS.0) != 0
    }

    /// Whether the grammar has `[+UnicodeSetsMode]`: `v` is set.
    #[must_use]
    pub const fn unicode_sets_mode(self) -> bool {
        self.contains(Self::UNICODE_SETS)
    }
}
