//! The tokens: what logos recognises, and the terminals of the grammar.
//!
//! One enum serves both, so that a token **is** its index in LALRPOP's tables:
//! the discriminants stand in the order of the grammar's `extern` block. A token
//! has no payload; its text is its span. A few lexemes are ambiguous (`{` opens a
//! block or an object, `get` is a keyword or a name): for them logos gives the
//! first reading, and the token layer (`layout.rs`) asks the automaton
//! which one can stand here.

use logos::Logos;

/// Makes [`Token`] with, for each token, its text for people.
macro_rules! tokens {
    ($($(#[$meta:meta])* $name:ident $text:literal,)*) => {
        /// A terminal of the grammar.
        #[derive(Logos, Clone, Copy, PartialEq, Eq, Debug)]
        #[logos(utf8 = false)]
        #[repr(u8)]
        pub enum Token {
            $(#[doc = $text] $(#[$meta])* $name,)*
        }

        impl Token {
            /// All tokens, in the order of the grammar's terminals.
            pub const ALL: &[Token] = &[$(Token::$name),*];

            /// What the token is called in dumps and hints: its text where it
            /// has only one, else its name.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self {
                    $(Token::$name => $text,)*
                }
            }
        }
    };
}

tokens! {
    // The first token of every parse says what is parsed.
    GoalScript "script",
    GoalModule "module",
    GoalFunctionBody "function body",
    GoalParameters "formal parameters",
    GoalExpression "expression",

    // Tokens that stand nowhere in the text.
    AutoSemicolon "automatic semicolon",
    DoWhileSemicolon "semicolon after do-while",
    NoElse "no else",

    // Names and literals.
    // Only the first letter of a word, be it a keyword or not; the lexer reads on.
    #[regex(r"[A-Za-z_$]")]
    Identifier "identifier",
    KeywordName "keyword as name",
    #[regex(r"#[A-Za-z_$]")]
    PrivateName "private name",
    // The value and the finer rules (separators, what may follow) are the
    // lexer's; these only find where a number may end.
    #[regex(r"(0|[1-9][0-9_]*)(\.[0-9_]*)?([eE][+-]?[0-9_]+)?", priority = 5)]
    // A legacy octal number ends before a dot, a decimal one with leading zeros
    // does not.
    #[regex(r"0[0-9_]+", priority = 6)]
    #[regex(r"0[0-9]*[89][0-9]*(\.[0-9_]*)?([eE][+-]?[0-9_]+)?", priority = 7)]
    #[regex(r"\.[0-9][0-9_]*([eE][+-]?[0-9_]+)?")]
    #[regex(r"0[xX][0-9A-Fa-f_]+")]
    #[regex(r"0[oO][0-9_]+")]
    #[regex(r"0[bB][0-9_]+")]
    Number "number",
    #[regex(r"[0-9][0-9_]*n")]
    #[regex(r"0[xX][0-9A-Fa-f_]+n")]
    #[regex(r"0[oO][0-9_]+n")]
    #[regex(r"0[bB][0-9_]+n")]
    BigInt "bigint",
    // Only the opening quote; the lexer finds the closing one.
    #[token("\"")]
    #[token("'")]
    String "string",
    RegExp "regular expression",
    // Only the backtick; the lexer finds the end of the chunk.
    #[token("`")]
    Template "template",
    TemplateHead "template head",
    TemplateMiddle "template middle",
    TemplateTail "template tail",

    // Brackets.
    #[token("{")]
    BlockBrace "{",
    ObjectBrace "object {",
    #[token("}")]
    BraceClose "}",
    #[token("(")]
    ParenOpen "(",
    AsyncParenOpen "async (",
    #[token(")")]
    ParenClose ")",
    #[token("[")]
    BracketOpen "[",
    #[token("]")]
    BracketClose "]",

    // Punctuators.
    #[token(".")]
    Dot ".",
    #[token("...")]
    Ellipsis "...",
    #[token("?.")]
    OptionalDot "?.",
    #[token(";")]
    Semicolon ";",
    #[token(",")]
    Comma ",",
    #[token(":")]
    Colon ":",
    #[token("?")]
    Question "?",
    #[token("=>")]
    Arrow "=>",
    #[token("=")]
    Assign "=",
    #[token("+=")]
    AddAssign "+=",
    #[token("-=")]
    SubtractAssign "-=",
    #[token("*=")]
    MultiplyAssign "*=",
    #[token("/=")]
    DivideAssign "/=",
    #[token("%=")]
    RemainderAssign "%=",
    #[token("**=")]
    ExponentAssign "**=",
    #[token("<<=")]
    ShiftLeftAssign "<<=",
    #[token(">>=")]
    ShiftRightAssign ">>=",
    #[token(">>>=")]
    ShiftRightUnsignedAssign ">>>=",
    #[token("&=")]
    BitAndAssign "&=",
    #[token("|=")]
    BitOrAssign "|=",
    #[token("^=")]
    BitXorAssign "^=",
    #[token("&&=")]
    AndAssign "&&=",
    #[token("||=")]
    OrAssign "||=",
    #[token("??=")]
    CoalesceAssign "??=",
    #[token("||")]
    Or "||",
    #[token("&&")]
    And "&&",
    #[token("??")]
    Coalesce "??",
    #[token("|")]
    BitOr "|",
    #[token("^")]
    BitXor "^",
    #[token("&")]
    BitAnd "&",
    #[token("==")]
    Equal "==",
    #[token("!=")]
    NotEqual "!=",
    #[token("===")]
    StrictEqual "===",
    #[token("!==")]
    StrictNotEqual "!==",
    #[token("<")]
    Less "<",
    #[token(">")]
    Greater ">",
    #[token("<=")]
    LessEqual "<=",
    #[token(">=")]
    GreaterEqual ">=",
    #[token("<<")]
    ShiftLeft "<<",
    #[token(">>")]
    ShiftRight ">>",
    #[token(">>>")]
    ShiftRightUnsigned ">>>",
    #[token("+")]
    Plus "+",
    #[token("-")]
    Minus "-",
    #[token("*")]
    Star "*",
    #[token("/")]
    Slash "/",
    #[token("%")]
    Percent "%",
    #[token("**")]
    StarStar "**",
    #[token("!")]
    Not "!",
    #[token("~")]
    BitNot "~",
    #[token("++")]
    Increment "++",
    NewlineIncrement "++ on a new line",
    #[token("--")]
    Decrement "--",
    NewlineDecrement "-- on a new line",

    // Reserved words (ECMA-262 §12.7.2). The lexer looks words up among the names.
    Break "break",
    Case "case",
    Catch "catch",
    Class "class",
    ClassExpression "class expression",
    Const "const",
    Continue "continue",
    Debugger "debugger",
    Default "default",
    Delete "delete",
    Do "do",
    Else "else",
    Enum "enum",
    Export "export",
    Extends "extends",
    False "false",
    Finally "finally",
    For "for",
    Function "function",
    FunctionExpression "function expression",
    AsyncFunction "async function",
    AsyncFunctionExpression "async function expression",
    If "if",
    Import "import",
    In "in",
    ForIn "in of a for statement",
    Instanceof "instanceof",
    New "new",
    Null "null",
    Return "return",
    Super "super",
    Switch "switch",
    This "this",
    Throw "throw",
    True "true",
    Try "try",
    Typeof "typeof",
    Var "var",
    Void "void",
    While "while",
    With "with",

    // Words that are keywords only in some places.
    As "as",
    Async "async",
    Await "await",
    AwaitUsing "await using",
    From "from",
    Get "get",
    Let "let",
    Of "of",
    Set "set",
    Static "static",
    Using "using",
    Yield "yield",
    NewlineYield "yield before a new line",

    // Never given to the grammar.
    EndOfInput "end of input",
}

/// What the token layer has to know of a token at once, for one look at a table.
mod trait_bits {
    /// It may be another terminal, depending on where it stands.
    pub(super) const AMBIGUOUS: u8 = 1;
    /// It changes the account of brackets and for-heads.
    pub(super) const EFFECT: u8 = 2;
    /// A line end after it has a meaning (§12.10.1).
    pub(super) const RESTRICTS: u8 = 4;
    /// The lexer has more to read, or to check. So it has of every word.
    pub(super) const UNFINISHED: u8 = 8;
    /// It closes what another token has opened.
    pub(super) const CLOSES: u8 = 16;
    /// An expression may end with it that is called by a parenthesis after it.
    pub(super) const CALLEE_END: u8 = 32;
}

static TRAITS: [u8; Token::ALL.len()] = {
    use trait_bits::{AMBIGUOUS, CALLEE_END, CLOSES, EFFECT, RESTRICTS, UNFINISHED};
    let mut traits = [0; Token::ALL.len()];
    let mut index = 0;
    while index < Token::ALL.len() {
        let token = Token::ALL[index];
        let mut bits = 0;
        if token.is_contextual_keyword()
            || matches!(
                token,
                Token::BlockBrace
                    | Token::Function
                    | Token::Class
                    | Token::Slash
                    | Token::DivideAssign
                    | Token::Template
                    | Token::BraceClose
                    | Token::In
                    | Token::Increment
                    | Token::Decrement
                    | Token::Arrow
            )
        {
            bits |= AMBIGUOUS;
        }
        if matches!(
            token,
            Token::BlockBrace
                | Token::ObjectBrace
                | Token::BraceClose
                | Token::ParenOpen
                | Token::AsyncParenOpen
                | Token::ParenClose
                | Token::BracketOpen
                | Token::BracketClose
                | Token::TemplateHead
                | Token::TemplateTail
                | Token::Semicolon
                | Token::Of
                | Token::ForIn
                | Token::Question
                | Token::Colon
                | Token::For
        ) {
            bits |= EFFECT;
        }
        if matches!(
            token,
            Token::BraceClose | Token::ParenClose | Token::BracketClose | Token::TemplateTail
        ) {
            bits |= CLOSES;
        }
        if matches!(
            token,
            Token::Identifier
                | Token::KeywordName
                | Token::ParenClose
                | Token::BracketClose
                | Token::Super
                | Token::OptionalDot
        ) {
            bits |= CALLEE_END;
        }
        if matches!(token, Token::Continue | Token::Break | Token::Return | Token::Throw) {
            bits |= RESTRICTS;
        }
        if matches!(
            token,
            Token::PrivateName | Token::Number | Token::BigInt | Token::String | Token::OptionalDot
        ) {
            bits |= UNFINISHED;
        }
        traits[index] = bits;
        index += 1;
    }
    traits
};

/// The keywords that begin with each letter; in places that are left over stands
/// [`Token::Identifier`].
static KEYWORDS: [[Token; 5]; 26] = {
    let mut keywords = [[Token::Identifier; 5]; 26];
    let mut found = [0; 26];
    let mut index = Token::Break as usize;
    while index < Token::EndOfInput as usize {
        let token = Token::ALL[index];
        if is_one_word(token.text()) {
            let letter = (token.text().as_bytes()[0] - b'a') as usize;
            keywords[letter][found[letter]] = token;
            found[letter] += 1;
        }
        index += 1;
    }
    keywords
};

/// Not so the text of the terminals that stand for a word in some place, such as
/// "class expression".
const fn is_one_word(text: &str) -> bool {
    let mut index = 0;
    while index < text.len() {
        if !text.as_bytes()[index].is_ascii_lowercase() {
            return false;
        }
        index += 1;
    }
    true
}

impl Token {
    #[inline]
    fn has(self, bits: u8) -> bool {
        TRAITS[self as usize] & bits != 0
    }

    /// Whether the token may be another terminal, depending on where it stands.
    #[inline]
    pub(crate) fn is_ambiguous(self) -> bool {
        self.has(trait_bits::AMBIGUOUS)
    }

    /// Whether the token opens or closes something, or belongs to a for-head.
    #[inline]
    pub(crate) fn has_effect(self) -> bool {
        self.has(trait_bits::EFFECT)
    }

    /// Whether the token closes what another one has opened.
    #[inline]
    pub(crate) fn closes(self) -> bool {
        self.has(trait_bits::CLOSES)
    }

    /// Whether a parenthesis after the token may be the one of a call.
    #[inline]
    pub(crate) fn ends_callee(self) -> bool {
        self.has(trait_bits::CALLEE_END)
    }

    /// Whether a line end after the token has a meaning.
    #[inline]
    pub(crate) fn restricts_newline(self) -> bool {
        self.has(trait_bits::RESTRICTS)
    }

    /// Whether the lexer has more to read or to check when logos is done.
    #[inline]
    pub(crate) fn is_unfinished(self) -> bool {
        self.has(trait_bits::UNFINISHED)
    }

    /// Whether the token is a reserved word in all contexts.
    #[must_use]
    pub const fn is_reserved_word(self) -> bool {
        Token::Break as u8 <= self as u8 && self as u8 <= Token::With as u8
    }

    /// Whether the token is a word that is a keyword only in some places.
    #[must_use]
    pub const fn is_contextual_keyword(self) -> bool {
        Token::As as u8 <= self as u8 && self as u8 <= Token::NewlineYield as u8
    }

    /// Whether the token is a word of its own, reserved or contextual.
    #[must_use]
    pub const fn is_word(self) -> bool {
        self.is_reserved_word() || self.is_contextual_keyword()
    }

    /// The words that are keywords, somewhere at least.
    pub(crate) fn keywords() -> impl Iterator<Item = Token> {
        KEYWORDS.as_flattened().iter().copied().filter(|token| token.is_word())
    }

    /// The word's token, were it written without escapes.
    #[must_use]
    pub fn of_word(word: &[u8]) -> Token {
        let Some(letter @ b'a'..=b'z') = word.first() else { return Token::Identifier };
        let row = &KEYWORDS[usize::from(letter - b'a')];
        let keyword = row.iter().find(|token| token.text().as_bytes() == word);
        keyword.copied().unwrap_or(Token::Identifier)
    }

    /// Whether the token stands nowhere in the text.
    #[must_use]
    pub fn is_virtual(self) -> bool {
        (self as u8) <= Token::NoElse as u8
    }
}
