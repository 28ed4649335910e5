//! What a pattern is made of, told to whoever wants to know.

/// Takes what a pattern is made of, in the order in which it stands: groups are opened
/// and closed, a quantifier follows its term. Whoever only validates needs none of it,
/// and gives `()`.
///
/// Of an invalid pattern some part is told before [`parse`](super::parse) fails.
pub trait Builder {
    /// A group begins.
    fn open(&mut self, _group: Group<'_>) {}
    /// The innermost open group ends, which is a term now.
    fn close(&mut self) {}
    /// `|`: another `Alternative` of the innermost open group.
    fn alternative(&mut self) {}
    /// `Quantifier` of the term that came last. Without `u` and `v` that may be one
    /// half of a [`character`](Self::character).
    fn quantifier(&mut self, _quantifier: Quantifier) {}
    /// A term that is a character, as its code point.
    fn character(&mut self, _code_point: u32) {}
    /// `.`
    fn dot(&mut self) {}
    /// A term that is `CharacterClassEscape`.
    fn class_escape(&mut self, _escape: ClassEscape<'_>) {}
    /// `^`, `$`, `\b` or `\B`.
    fn assertion(&mut self, _assertion: Assertion) {}
    /// `\1` and so on: there is a group of that number.
    fn back_reference(&mut self, _group: u32) {}
    /// `\k<name>`, in WTF-8 without escapes. The group may follow.
    fn named_reference(&mut self, _name: &[u8]) {}
    /// A class begins, among terms or in another class; `\q{…}` is one, too.
    fn open_class(&mut self, _is_negated: bool) {}
    /// The innermost open class ends: a term, or an operand of the class around it.
    fn close_class(&mut self) {}
    /// An operand of the innermost open class.
    fn class_operand(&mut self, _operand: ClassOperand<'_>) {}
    /// What stands between two operands. Without it their union is meant.
    fn class_operator(&mut self, _operator: ClassOperator) {}
}

impl Builder for () {}

/// What a parenthesis opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group<'p> {
    /// `(`: it captures, and has the next number.
    Capturing,
    /// `(?<name>`, the name in WTF-8 without escapes. It has a number too.
    Named(&'p [u8]),
    /// `(?:`
    Plain,
    /// `(?=`, `(?!`, `(?<=` or `(?<!`
    Look {
        /// It is about what comes before.
        is_behind: bool,
        /// It holds where its `Disjunction` does not match.
        is_negated: bool,
    },
    /// `(?ims-ims:`, as the letters before and after the dash.
    Modifiers {
        /// What is switched on.
        add: &'p [u8],
        /// What is switched off.
        remove: &'p [u8],
    },
}

/// How often a term matches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quantifier {
    /// At least so often. Larger numbers than there are stand for the largest.
    pub min: u32,
    /// At most so often; None if there is no bound.
    pub max: Option<u32>,
    /// As often as possible, not as rarely.
    pub is_greedy: bool,
}

/// An assertion in one or two characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Assertion {
    /// `^`
    Start,
    /// `$`
    End,
    /// `\b`
    WordBoundary,
    /// `\B`
    NoWordBoundary,
}

/// `CharacterClassEscape`
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClassEscape<'p> {
    /// Which characters it is about.
    pub set: EscapedSet<'p>,
    /// All but these: its letter is a capital.
    pub is_negated: bool,
}

/// The characters of a [`ClassEscape`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EscapedSet<'p> {
    /// `\d`
    Digits,
    /// `\s`
    Space,
    /// `\w`
    Word,
    /// `\p{name}` or `\p{name=value}`
    Property {
        /// A property, or a general category.
        name: &'p str,
        /// What the property is to be.
        value: Option<&'p str>,
        /// It is a property of strings, which only `v` knows.
        of_strings: bool,
    },
}

/// What stands in a class.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClassOperand<'p> {
    /// One character.
    Character(u32),
    /// All from one to another one, which is not before it.
    Range(u32, u32),
    /// A `CharacterClassEscape`.
    Escape(ClassEscape<'p>),
    /// One alternative of `\q{…}`, as code points.
    String(&'p [u32]),
}

/// What makes one class of two, with `v`. One class has one kind of them only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClassOperator {
    /// `&&`
    Intersection,
    /// `--`
    Subtraction,
}
