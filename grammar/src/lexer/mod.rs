//! From text to lexemes.
//!
//! logos recognises the tokens; what surrounds them (white space, comments), the
//! words, and the bodies of strings, templates and regular expressions are scanned
//! here. A word is looked up once: its entry among the names says whether it is a
//! keyword. The lexer reads one lexeme at a time and never ahead, because what a
//! lexeme is may depend on where the automaton stands.

pub(crate) mod chunk;
pub(crate) mod escape;
mod number;
pub(crate) mod trivia;
pub(crate) mod word;

use std::cell::RefCell;

use chunk::Chunk;
use logos::Logos;
use word::AsciiWord;

use crate::diagnostic::{Diagnostic, Fault};
use crate::name::Names;
use crate::source::{Span, as_u32};
use crate::token::Token;

/// One lexeme: the first reading of it, and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexeme {
    pub(crate) token: Token,
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Whether a line terminator stands before it.
    pub(crate) newline: bool,
    /// Whether it is a word written with escapes.
    pub(crate) escaped: bool,
}

impl Lexeme {
    pub(crate) fn span(self) -> Span {
        Span::new(self.start, self.end)
    }
}

pub(crate) struct Lexer<'c, 'a> {
    text: &'a [u8],
    names: &'c RefCell<Names<'a>>,
    /// Whether HTML-like comments are comments here: not in modules.
    html_comments: bool,
    // The lexeme read last.
    token: Token,
    newline: bool,
    escaped: bool,
    start: u32,
    end: usize,
}

impl<'c, 'a> Lexer<'c, 'a> {
    pub(crate) fn new(text: &'a [u8], names: &'c RefCell<Names<'a>>, html_comments: bool) -> Self {
        Self {
            text,
            names,
            html_comments,
            token: Token::EndOfInput,
            newline: false,
            escaped: false,
            start: 0,
            end: 0,
        }
    }

    /// §12.5: `#!` and the rest of the line, at the very beginning.
    pub(crate) fn hashbang(&mut self) -> Option<Span> {
        if !self.text.starts_with(b"#!") {
            return None;
        }
        let end = trivia::line_end(self.text, 2);
        self.end = end;
        Some(Span::new(0, as_u32(end)))
    }

    /// The lexeme read last.
    #[inline]
    pub(crate) fn current(&self) -> Lexeme {
        Lexeme {
            token: self.token,
            start: self.start,
            end: self.end(),
            newline: self.newline,
            escaped: self.escaped,
        }
    }

    /// Its token.
    #[inline]
    pub(crate) fn token(&self) -> Token {
        self.token
    }

    /// Where it begins.
    #[inline]
    pub(crate) fn start(&self) -> u32 {
        self.start
    }

    /// Where it ends.
    #[inline]
    pub(crate) fn end(&self) -> u32 {
        self.end as u32
    }

    /// Whether it is a word written with escapes.
    #[inline]
    pub(crate) fn escaped(&self) -> bool {
        self.escaped
    }

    /// Whether a line terminator stands before it.
    #[inline]
    pub(crate) fn newline(&self) -> bool {
        self.newline
    }

    /// Moves to the next lexeme; at the end of the text it stays at
    /// [`Token::EndOfInput`].
    ///
    /// Its parts are left in fields, not returned: a lexeme that goes through
    /// memory as a whole is written in small pieces and read in large ones, for
    /// which processors wait (measured: 8% of a parse).
    #[inline]
    pub(crate) fn advance(&mut self) -> Result<(), Fault> {
        let start = if let Some(start) = trivia::at_most_a_space(self.text, self.end) {
            self.newline = false;
            start
        } else {
            let skipped = trivia::skip(self.text, self.end, self.html_comments)?;
            self.newline = skipped.newline;
            skipped.end
        };
        self.start = start as u32;
        self.escaped = false;
        let mut tokens = Token::lexer(&self.text[start..]);
        let token = match tokens.next() {
            Some(Ok(token)) => token,
            None => Token::EndOfInput,
            Some(Err(())) => return self.no_token(start),
        };
        // Of two lexemes one is a word.
        if token == Token::Identifier {
            return match word::short(self.text, start) {
                Some(word) => self.word(start, word),
                None => self.long_word(start),
            };
        }
        self.token = token;
        self.end = start + tokens.span().end;
        if token.is_unfinished() { self.finish(token) } else { Ok(()) }
    }

    /// Reads the rest of a lexeme that logos has begun, and checks it.
    #[inline]
    fn finish(&mut self, token: Token) -> Result<(), Fault> {
        let start = self.start as usize;
        match token {
            Token::PrivateName => self.private_name(start),
            Token::String => self.string(start),
            Token::Number | Token::BigInt => number::check(self.text, start, self.end),
            // §12.8: `a?.5:b` is a conditional.
            Token::OptionalDot if self.text.get(self.end).is_some_and(u8::is_ascii_digit) => {
                self.end = start + 1;
                self.token = Token::Question;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Takes a word that begins with an ASCII letter.
    #[inline(always)]
    fn word(&mut self, start: usize, word: AsciiWord) -> Result<(), Fault> {
        if word.may_go_on() && self.unusual_word(start, word.end)? {
            return Ok(());
        }
        self.end = word.end;
        self.token = self.names.borrow_mut().read(self.text, start, word);
        Ok(())
    }

    /// Takes a word that fills a chunk, or more.
    #[inline(never)]
    fn long_word(&mut self, start: usize) -> Result<(), Fault> {
        self.word(start, word::ascii(self.text, start))
    }

    /// `#` and a name that begins with an ASCII letter.
    #[inline(never)]
    fn private_name(&mut self, start: usize) -> Result<(), Fault> {
        let word = word::ascii(self.text, start + 1);
        if word.may_go_on() && self.unusual_word(start, word.end)? {
            return Ok(());
        }
        self.end = word.end;
        self.names.borrow_mut().read(self.text, start + 1, word);
        Ok(())
    }

    /// A word with an escape or a character beyond ASCII, read as ASCII up to
    /// `at`. `false` if it ends there: white space may begin with the same bytes
    /// as a letter.
    #[cold]
    fn unusual_word(&mut self, start: usize, at: usize) -> Result<bool, Fault> {
        let private = self.text[start] == b'#';
        let name = start + usize::from(private);
        let end = word::scan(self.text, name, at, &mut self.escaped)?;
        if end == at {
            return Ok(false);
        }
        self.end = end;
        self.token = if private {
            Token::PrivateName
        } else if self.escaped {
            // §12.7.1: a reserved word with an escape is a name of a property, at
            // most; other keywords written so are plain identifiers.
            let word = Token::of_word(word::unescape(&self.text[start..end]).as_bytes());
            if word.is_reserved_word() { Token::KeywordName } else { Token::Identifier }
        } else {
            Token::Identifier
        };
        Ok(true)
    }

    /// What logos does not know begins with a character beyond ASCII, an escape,
    /// or a `#` before one of them.
    #[cold]
    fn no_token(&mut self, start: usize) -> Result<(), Fault> {
        let name = start + usize::from(self.text[start] == b'#');
        if word::goes_on(self.text, name) && self.unusual_word(start, name)? {
            return Ok(());
        }
        Err(self.unexpected_character(start))
    }

    fn unexpected_character(&self, at: usize) -> Fault {
        let (_, len) = crate::wtf8::decode(self.text, at);
        let span = Span::new(as_u32(at), as_u32(at + len));
        Diagnostic::syntax(span, "Invalid or unexpected token")
    }

    /// Moves past a string literal, whose opening quote has been read.
    fn string(&mut self, start: usize) -> Result<(), Fault> {
        let quote = self.text[start];
        let mut at = start + 1;
        loop {
            let stops = Chunk::at(self.text, at).string_stops(quote);
            at += stops.first();
            if stops.is_empty() {
                continue;
            }
            match self.text.get(at) {
                Some(b'\\') => {
                    // A line continuation may be of two characters.
                    at += if self.text[at + 1..].starts_with(b"\r\n") { 3 } else { 2 };
                }
                Some(b'\n' | b'\r') | None => break,
                Some(&byte) if byte == quote => {
                    self.end = at + 1;
                    return Ok(());
                }
                Some(_) => at += 1,
            }
        }
        let span = Span::new(as_u32(start), as_u32(at.min(self.text.len())));
        let quote = char::from(quote);
        Err(Diagnostic::syntax(span, "Invalid or unexpected token")
            .help(format!("the string has no closing {quote} on its line")))
    }

    /// Moves past a regular expression that begins at the slash of `lexeme`
    /// (§12.9.5).
    pub(crate) fn rescan_regexp(&mut self, lexeme: Lexeme) -> Result<Lexeme, Fault> {
        let start = lexeme.start as usize;
        let unterminated = |end: usize| {
            let span = Span::new(as_u32(start), as_u32(end));
            Err(Diagnostic::syntax(span, "Invalid regular expression: missing /"))
        };
        let mut at = start + 1;
        let mut in_class = false;
        let line_end = trivia::line_end(self.text, at);
        loop {
            if at >= line_end {
                return unterminated(line_end);
            }
            match self.text[at] {
                b'/' if !in_class => break,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'\\' => at += 1,
                _ => {}
            }
            at += 1;
        }
        at += 1;
        while let Some(&byte) = self.text.get(at) {
            match byte {
                b'\\' => {
                    let span = Span::new(as_u32(start), as_u32(at + 1));
                    return Err(Diagnostic::syntax(span, "Invalid regular expression flags"));
                }
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'$' => at += 1,
                0x80.. => {
                    let (code_point, len) = crate::wtf8::decode(self.text, at);
                    if !word::is_part(code_point) {
                        break;
                    }
                    at += len;
                }
                _ => break,
            }
        }
        self.end = at;
        Ok(Lexeme { token: Token::RegExp, end: as_u32(at), ..lexeme })
    }

    /// Moves past a chunk of template text whose delimiter (a backtick or `}`) is
    /// `lexeme`. `whole` and `part` are the tokens for a chunk that ends with a
    /// backtick and one that ends with `${` (§12.9.6).
    pub(crate) fn rescan_template(
        &mut self,
        lexeme: Lexeme,
        whole: Token,
        part: Token,
    ) -> Result<Lexeme, Fault> {
        let mut at = lexeme.start as usize + 1;
        while let Some(found) =
            memchr::memchr3(b'`', b'$', b'\\', self.text.get(at..).unwrap_or(&[]))
        {
            at += found;
            let token = match self.text[at] {
                b'`' => whole,
                b'$' if self.text.get(at + 1) == Some(&b'{') => part,
                b'$' => {
                    at += 1;
                    continue;
                }
                _ => {
                    at += 2;
                    continue;
                }
            };
            let end = at + if token == whole { 1 } else { 2 };
            self.end = end;
            return Ok(Lexeme { token, end: as_u32(end), ..lexeme });
        }
        let span = Span::new(lexeme.start, lexeme.end);
        Err(Diagnostic::syntax(span, "Unterminated template literal")
            .help("the template that begins here has no closing `"))
    }

    /// What follows the lexeme just read.
    pub(crate) fn peek(&self) -> Peek<'a> {
        Peek::at(self.text, self.end, self.html_comments)
    }

    /// Extends a lexeme to `end`, which a [`Peek`] has found.
    pub(crate) fn extend(&mut self, lexeme: Lexeme, token: Token, end: usize) -> Lexeme {
        self.end = end;
        Lexeme { token, end: as_u32(end), ..lexeme }
    }
}

/// A look at what comes next, for the words whose meaning depends on it.
#[derive(Clone, Copy)]
pub(crate) struct Peek<'s> {
    text: &'s [u8],
    html_comments: bool,
    /// Where the next lexeme begins.
    at: usize,
    /// Whether a line terminator comes before it.
    pub(crate) newline: bool,
}

impl<'s> Peek<'s> {
    pub(crate) fn at(text: &'s [u8], from: usize, html_comments: bool) -> Self {
        // A comment that is not closed is reported when it is read.
        let skipped = trivia::skip(text, from, html_comments)
            .unwrap_or(trivia::Trivia { end: text.len(), newline: true });
        Self { text, html_comments, at: skipped.end, newline: skipped.newline }
    }

    /// The byte there.
    pub(crate) fn byte(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Whether this very text is there.
    pub(crate) fn starts_with(&self, text: &[u8]) -> bool {
        self.text[self.at..].starts_with(text)
    }

    /// The end of the word that is there.
    fn word_end(&self) -> usize {
        let word = word::ascii(self.text, self.at);
        if !word.may_go_on() {
            return word.end;
        }
        let mut escaped = false;
        word::scan(self.text, self.at, word.end, &mut escaped).unwrap_or(self.at)
    }

    /// Whether exactly this word is there.
    pub(crate) fn is_word(&self, word: &str) -> bool {
        self.starts_with(word.as_bytes()) && self.word_end() == self.at + word.len()
    }

    /// Whether an identifier is there: a word that is not reserved.
    pub(crate) fn is_identifier(&self) -> bool {
        word::starts_at(self.text, self.at)
            && !Token::of_word(&self.text[self.at..self.word_end()]).is_reserved_word()
    }

    /// Whether the name of a property is there.
    pub(crate) fn is_property_name(&self) -> bool {
        matches!(self.byte(), Some(b'"' | b'\'' | b'[' | b'#' | b'0'..=b'9'))
            || (self.byte() == Some(b'.')
                && self.text.get(self.at + 1).is_some_and(u8::is_ascii_digit))
            || word::starts_at(self.text, self.at)
    }

    /// The end of the word that is there, and what follows it.
    pub(crate) fn after_word(&self) -> (usize, Peek<'s>) {
        let end = self.word_end();
        (end, Peek::at(self.text, end, self.html_comments))
    }

    /// The offset past the byte that is there.
    pub(crate) fn after_byte(&self) -> usize {
        self.at + 1
    }
}
