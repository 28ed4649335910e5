//! What can be wrong with a regular expression literal.

/// Why a regular expression literal is not valid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegExpError {
    /// V8's words for it: what follows `Invalid regular expression: /…/: `.
    pub message: String,
    /// Where the fault is: a byte offset in the pattern.
    pub offset: u32,
    /// Whether the fault is in the flags. [`validate`](super::validate), which
    /// gets flags that are already parsed, never says so.
    pub in_flags: bool,
}

impl From<Fault> for RegExpError {
    fn from(fault: Fault) -> Self {
        Self {
            message: fault.rule.message().to_owned(),
            // Source text is smaller than 4 GiB, as spans are of 32 bits.
            offset: u32::try_from(fault.at).unwrap_or(u32::MAX),
            in_flags: false,
        }
    }
}

/// A broken rule and the byte offset where it was broken.
#[derive(Debug)]
pub(super) struct Fault {
    rule: Rule,
    at: usize,
}

/// The outcome of validating one production.
pub(super) type Validated<T> = Result<T, Fault>;

/// The rules that a pattern can break, one for each message of V8's.
///
/// Where no section is named, the text just does not derive the production.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rule {
    /// A group without its `)`.
    UnterminatedGroup,
    /// A `)` without its group.
    UnmatchedParen,
    /// `(?` without one of the forms of `Atom` or `Assertion`.
    InvalidGroup,
    /// `(?-:`, modifiers that neither add nor remove (§22.2.1.1, `Atom`).
    InvalidFlagGroup,
    /// A modifier that occurs twice (§22.2.1.1, `Atom`).
    RepeatedFlag,
    /// More than one `-` among modifiers.
    MultipleDashes,
    /// A `Quantifier` that follows no `Atom`.
    NothingToRepeat,
    /// A `Quantifier` after an `Assertion` that takes none.
    InvalidQuantifier,
    /// `{` in Unicode mode that begins no `Quantifier`.
    IncompleteQuantifier,
    /// `{`, `}` or `]` by itself in Unicode mode.
    LoneQuantifierBrackets,
    /// `{n,m}` with n > m (§22.2.1.1, `QuantifierPrefix`).
    NumbersOutOfOrder,
    /// A lone `\` as the last character.
    EscapeAtEndOfPattern,
    /// An `AtomEscape` or `ClassEscape` that is none in Unicode mode.
    InvalidEscape,
    /// `\0` before a digit, or `\1` in a class, in Unicode mode.
    InvalidDecimalEscape,
    /// A `RegExpUnicodeEscapeSequence` or `\c` that is none in Unicode mode.
    InvalidUnicodeEscape,
    /// `\p` without the name of a property (§22.2.1.1, `UnicodePropertyValueExpression`).
    InvalidPropertyName,
    /// The same within a class.
    InvalidPropertyNameInClass,
    /// `GroupName` that does not derive `RegExpIdentifierName`.
    InvalidCaptureGroupName,
    /// Two groups of one name that might both take part (§22.2.1.1, `Pattern`).
    DuplicateCaptureGroupName,
    /// `\k` without a `GroupName`.
    InvalidNamedReference,
    /// `\k` with a name that no group has (§22.2.1.1, `AtomEscape`).
    InvalidNamedCaptureReferenced,
    /// A class without its `]`.
    UnterminatedCharacterClass,
    /// A range that has a class for an end, in Unicode mode (§22.2.1.1,
    /// `NonemptyClassRanges`).
    InvalidCharacterClass,
    /// A range whose end is before its start (§22.2.1.1, `NonemptyClassRanges`
    /// and `ClassSetRange`).
    RangeOutOfOrder,
    /// Set operators mixed on one level, or where none may be.
    InvalidClassSetOperation,
    /// A character that has to be escaped where `v` is set.
    InvalidCharacterInClass,
    /// `[^…]` of something that may match strings (§22.2.1.1, `CharacterClass`).
    NegatedClassMayContainStrings,
}

impl Rule {
    /// The fault of breaking this rule at a byte offset.
    pub(super) fn at(self, at: usize) -> Fault {
        Fault { rule: self, at }
    }

    fn message(self) -> &'static str {
        match self {
            Self::UnterminatedGroup => "Unterminated group",
            Self::UnmatchedParen => "Unmatched ')'",
            Self::InvalidGroup => "Invalid group",
            Self::InvalidFlagGroup => "Invalid flag group",
            Self::RepeatedFlag => "Repeated flag in flag group",
            Self::MultipleDashes => "Multiple dashes in flag group",
            Self::NothingToRepeat => "Nothing to repeat",
            Self::InvalidQuantifier => "Invalid quantifier",
            Self::IncompleteQuantifier => "Incomplete quantifier",
            Self::LoneQuantifierBrackets => "Lone quantifier brackets",
            Self::NumbersOutOfOrder => "numbers out of order in {} quantifier",
            Self::EscapeAtEndOfPattern => "\\ at end of pattern",
            Self::InvalidEscape => "Invalid escape",
            Self::InvalidDecimalEscape => "Invalid decimal escape",
            Self::InvalidUnicodeEscape => "Invalid Unicode escape",
            Self::InvalidPropertyName => "Invalid property name",
            Self::InvalidPropertyNameInClass => "Invalid property name in character class",
            Self::InvalidCaptureGroupName => "Invalid capture group name",
            Self::DuplicateCaptureGroupName => "Duplicate capture group name",
            Self::InvalidNamedReference => "Invalid named reference",
            Self::InvalidNamedCaptureReferenced => "Invalid named capture referenced",
            Self::UnterminatedCharacterClass => "Unterminated character class",
            Self::InvalidCharacterClass => "Invalid character class",
            Self::RangeOutOfOrder => "Range out of order in character class",
            Self::InvalidClassSetOperation => "Invalid set operation in character class",
            Self::InvalidCharacterInClass => "Invalid character in character class",
            Self::NegatedClassMayContainStrings => "Negated character class may contain strings",
        }
    }
}
