//! The token layer: which terminal a lexeme is.
//!
//! Between the lexer, which knows only characters, and the automaton, which knows
//! only terminals, stand the rules that need both. An ambiguous lexeme is
//! resolved by asking the automaton what it would accept; semicolons are supplied
//! by the rules of ECMA-262 §12.10; a stack of brackets says where a template goes
//! on and which `in` belongs to a for-head.

use crate::builder::{Cx, FunctionContext};
use crate::diagnostic::{Diagnostic, Fault};
use crate::lexer::{Lexeme, Lexer, Peek};
use crate::source::Span;
use crate::token::Token;

/// What the token layer asks the automaton.
pub(crate) trait Table {
    /// Whether the automaton would shift this terminal now, after any reductions.
    fn accepts(&self, token: Token) -> bool;

    /// Whether the automaton would shift these terminals, one after the other.
    fn accepts_in_turn(&self, tokens: &[Token]) -> bool;

    /// Does the reductions that two readings of the next lexeme have in common,
    /// so that the context they lead to is known when one has to be chosen. Where
    /// `one` cannot stand at all, those of `other`.
    fn settle(&mut self, one: Token, other: Token, start: u32) -> Result<(), Fault>;
}

/// An open bracket.
#[derive(Clone, Copy)]
pub(crate) struct Bracket {
    pub(crate) token: Token,
    pub(crate) span: Span,
    /// Whether it is the parenthesis of a call's arguments.
    pub(crate) is_call: bool,
    /// Whether an `in` here is the one of a for-head.
    no_in: bool,
}

impl Bracket {
    /// The bracket as written.
    pub(crate) fn text(&self) -> &'static str {
        match self.token {
            Token::ObjectBrace | Token::BlockBrace => "{",
            Token::AsyncParenOpen => "(",
            Token::TemplateHead => "${",
            token => token.text(),
        }
    }
}

/// What to do about a lexeme the automaton refuses.
pub(crate) enum Remedy {
    /// Supply a terminal that stands nowhere, then try the lexeme again.
    Supply(Token),
    /// It is a keyword where a name may stand: take it as a name.
    Name,
}

pub(crate) struct Layout<'c, 'a> {
    lexer: Lexer<'c, 'a>,
    cx: &'c Cx<'a>,
    brackets: Vec<Bracket>,
    /// The last lexeme that was shifted.
    previous: Lexeme,
    /// The bracket that was closed last.
    closed: Span,
    /// `for` has been read, or `for await`, and its parenthesis comes next.
    for_head: bool,
    recording: bool,
}

impl<'c, 'a> Layout<'c, 'a> {
    pub(crate) fn new(cx: &'c Cx<'a>) -> Self {
        let mut lexer = Lexer::new(cx.text, &cx.names, cx.html_comments);
        cx.hashbang.set(lexer.hashbang());
        let previous = Lexeme { token: cx.goal, start: 0, end: 0, newline: false, escaped: false };
        let recording = cx.record.is_some();
        Self {
            lexer,
            cx,
            brackets: Vec::new(),
            previous,
            closed: Span::default(),
            for_head: false,
            recording,
        }
    }

    /// Moves to the next lexeme.
    #[inline]
    pub(crate) fn advance(&mut self) -> Result<(), Fault> {
        self.lexer.advance()?;
        if self.lexer.escaped() {
            self.cx.escaped_words.set(true);
        }
        Ok(())
    }

    /// The lexeme read last, in its first reading.
    pub(crate) fn current(&self) -> Lexeme {
        self.lexer.current()
    }

    /// The lexeme read last, if it is the terminal it looks like, wherever it
    /// stands: the terminal, and from where to where it reaches.
    #[inline]
    pub(crate) fn plain(&self) -> Option<(Token, u32, u32)> {
        let token = self.lexer.token();
        let plain = !(token.is_ambiguous()
            || self.lexer.newline() && self.previous.token.restricts_newline());
        plain.then(|| (token, self.lexer.start(), self.lexer.end()))
    }

    /// The last lexeme that was shifted.
    pub(crate) fn previous(&self) -> Lexeme {
        self.previous
    }

    /// Where the last lexeme ends: where terminals are supplied.
    #[inline]
    pub(crate) fn previous_end(&self) -> u32 {
        self.previous.end
    }

    /// The brackets that are open, the innermost last.
    pub(crate) fn brackets(&self) -> &[Bracket] {
        &self.brackets
    }

    /// The opening bracket of the pair that was closed last.
    pub(crate) fn closed(&self) -> Span {
        self.closed
    }

    /// The text of a lexeme.
    pub(crate) fn text(&self, lexeme: Lexeme) -> &'a [u8] {
        &self.cx.text[lexeme.span().range()]
    }

    /// The text before a lexeme.
    pub(crate) fn text_before(&self, lexeme: Lexeme) -> &'a [u8] {
        &self.cx.text[..lexeme.start as usize]
    }

    /// A lexeme and the text after it.
    pub(crate) fn text_from(&self, lexeme: Lexeme) -> &'a [u8] {
        &self.cx.text[lexeme.start as usize..]
    }

    /// Whether the code that begins at `start` begins with the directive that makes
    /// it strict (§11.2.1).
    pub(crate) fn begins_with_use_strict(&self, start: u32) -> bool {
        let code = Peek::at(self.cx.text, start as usize, self.cx.html_comments);
        code.starts_with(b"'use strict'") || code.starts_with(b"\"use strict\"")
    }

    /// What the innermost function makes of `yield` and `await`.
    pub(crate) fn function_context(&self) -> FunctionContext {
        self.cx.function_context()
    }

    /// Whether a module is being parsed.
    pub(crate) fn is_module(&self) -> bool {
        self.cx.goal == Token::GoalModule
    }

    fn top_bracket(&self) -> Option<Token> {
        self.brackets.last().map(|bracket| bracket.token)
    }

    /// Whether an `in` here would be the one of a for-head.
    pub(crate) fn in_for_head(&self) -> bool {
        self.brackets.last().is_some_and(|bracket| bracket.no_in)
    }

    /// The terminal a lexeme is here. Some lexemes grow when their meaning is
    /// known: regular expressions, templates, `async function`.
    #[inline]
    pub(crate) fn classify(
        &mut self,
        automaton: &mut impl Table,
        raw: Lexeme,
    ) -> Result<Lexeme, Fault> {
        let as_token = |token| Ok(Lexeme { token, ..raw });
        match raw.token {
            Token::BlockBrace if !automaton.accepts(Token::BlockBrace) => {
                as_token(Token::ObjectBrace)
            }
            Token::Function if !automaton.accepts(Token::Function) => {
                as_token(Token::FunctionExpression)
            }
            Token::Class if !automaton.accepts(Token::Class) => as_token(Token::ClassExpression),
            Token::Slash | Token::DivideAssign
                if !automaton.accepts(raw.token) && automaton.accepts(Token::RegExp) =>
            {
                self.lexer.rescan_regexp(raw)
            }
            Token::Template => {
                self.lexer.rescan_template(raw, Token::Template, Token::TemplateHead)
            }
            Token::BraceClose if self.top_bracket() == Some(Token::TemplateHead) => {
                self.lexer.rescan_template(raw, Token::TemplateTail, Token::TemplateMiddle)
            }
            Token::In if self.in_for_head() => as_token(Token::ForIn),
            Token::Increment if raw.newline => as_token(Token::NewlineIncrement),
            Token::Decrement if raw.newline => as_token(Token::NewlineDecrement),
            Token::Arrow if raw.newline => {
                Err(Diagnostic::syntax(raw.span(), "Unexpected token '=>'")
                    .help("`=>` has to stand on the line on which the parameters end"))
            }
            token if token.is_contextual_keyword() => self.contextual_keyword(automaton, raw),
            _ => Ok(raw),
        }
    }

    /// §12.10.1: whether the line end before `raw` ends the statement that the
    /// word before it began.
    pub(crate) fn newline_ends_statement(
        &self,
        automaton: &impl Table,
        raw: Lexeme,
    ) -> Result<bool, Fault> {
        if !raw.newline {
            return Ok(false);
        }
        match self.previous.token {
            Token::Continue | Token::Break | Token::Return => Ok(raw.token != Token::Semicolon
                && raw.token != Token::BraceClose
                && raw.token != Token::EndOfInput
                && automaton.accepts(Token::AutoSemicolon)),
            Token::Throw => {
                Err(Diagnostic::syntax(self.previous.span(), "Illegal newline after throw"))
            }
            _ => Ok(false),
        }
    }

    /// The words that are keywords in some places and names in others.
    fn contextual_keyword(
        &mut self,
        automaton: &mut impl Table,
        raw: Lexeme,
    ) -> Result<Lexeme, Fault> {
        let keyword_if = |is_keyword: bool| {
            let token = if is_keyword { raw.token } else { Token::Identifier };
            Ok(Lexeme { token, ..raw })
        };
        match raw.token {
            Token::Of | Token::As | Token::From => keyword_if(automaton.accepts(raw.token)),
            Token::Get | Token::Set => {
                keyword_if(automaton.accepts(raw.token) && self.lexer.peek().is_property_name())
            }
            Token::Static => {
                let next = self.lexer.peek();
                let modifies = next.is_property_name() || matches!(next.byte(), Some(b'{' | b'*'));
                keyword_if(modifies && automaton.accepts(raw.token))
            }
            Token::Async => Ok(self.async_word(automaton, raw)),
            Token::Let => {
                let next = self.lexer.peek();
                let binds = matches!(next.byte(), Some(b'[' | b'{')) || next.is_identifier();
                if binds
                    && !automaton.accepts(Token::Let)
                    && next.byte() == Some(b'[')
                    && automaton.accepts(Token::Debugger)
                {
                    let message = "Lexical declaration cannot appear in a single-statement context";
                    return Err(Diagnostic::syntax(raw.span(), message));
                }
                keyword_if(binds && automaton.accepts(Token::Let))
            }
            Token::Using => {
                let next = self.lexer.peek();
                keyword_if(
                    !next.newline
                        && next.is_identifier()
                        && (!next.is_word("of") || self.using_binds_of(next))
                        && automaton.accepts(Token::Using),
                )
            }
            Token::Await => self.await_word(automaton, raw),
            _ => self.yield_word(automaton, raw),
        }
    }

    /// §14.7.5: `[lookahead ≠ using of]` in a for-of head; elsewhere `using of`
    /// binds.
    fn using_binds_of(&self, next: Peek<'_>) -> bool {
        let (_, after) = next.after_word();
        !self.in_for_head()
            || (after.starts_with(b"=") && !after.starts_with(b"==") && !after.starts_with(b"=>"))
    }

    fn async_word(&mut self, automaton: &impl Table, raw: Lexeme) -> Lexeme {
        let identifier = Lexeme { token: Token::Identifier, ..raw };
        let next = self.lexer.peek();
        if next.newline {
            return identifier;
        }
        if next.byte() == Some(b'(') {
            if automaton.accepts(Token::AsyncParenOpen) {
                return self.lexer.extend(raw, Token::AsyncParenOpen, next.after_byte());
            }
            return identifier;
        }
        if next.is_word("function") {
            for token in [Token::AsyncFunction, Token::AsyncFunctionExpression] {
                if automaton.accepts(token) {
                    let (end, _) = next.after_word();
                    return self.lexer.extend(raw, token, end);
                }
            }
        }
        if !automaton.accepts(Token::Async) {
            return identifier;
        }
        // In an expression the word begins an arrow function; in an object or a
        // class, where an expression cannot begin, it modifies a method.
        let in_expression = automaton.accepts(Token::AsyncFunctionExpression);
        let is_keyword = if in_expression {
            next.is_identifier() && (!next.is_word("of") || next.after_word().1.starts_with(b"=>"))
        } else {
            next.is_property_name() || next.byte() == Some(b'*')
        };
        if is_keyword { raw } else { identifier }
    }

    fn await_word(&mut self, automaton: &mut impl Table, raw: Lexeme) -> Result<Lexeme, Fault> {
        let token = |token| Ok(Lexeme { token, ..raw });
        automaton.settle(Token::Await, Token::Identifier, raw.start)?;
        if !self.cx.function_context().contains(FunctionContext::AWAIT) {
            if self.previous.token == Token::For {
                return Err(Diagnostic::syntax(raw.span(), "Unexpected reserved word").help(
                    "`for await` stands in async functions and at the top level of modules",
                ));
            }
            return token(Token::Identifier);
        }
        let next = self.lexer.peek();
        if !next.newline && next.is_word("using") && automaton.accepts(Token::AwaitUsing) {
            let (end, after) = next.after_word();
            if !after.newline && after.is_identifier() {
                return Ok(self.lexer.extend(raw, Token::AwaitUsing, end));
            }
        }
        token(Self::operator_or_name(automaton, Token::Await))
    }

    fn yield_word(&mut self, automaton: &mut impl Table, raw: Lexeme) -> Result<Lexeme, Fault> {
        let token = |token| Ok(Lexeme { token, ..raw });
        automaton.settle(Token::Yield, Token::Identifier, raw.start)?;
        if !self.cx.function_context().contains(FunctionContext::YIELD) {
            return token(Token::Identifier);
        }
        let ends = self.lexer.peek().newline;
        let operator = if ends { Token::NewlineYield } else { Token::Yield };
        token(Self::operator_or_name(automaton, operator))
    }

    /// Where `yield` or `await` is an operator it is no identifier, but it may
    /// still be the name of a property. What neither fits is left for the remedies.
    fn operator_or_name(automaton: &impl Table, operator: Token) -> Token {
        if !automaton.accepts(operator) && automaton.accepts(Token::KeywordName) {
            Token::KeywordName
        } else {
            operator
        }
    }

    /// What can be done about a lexeme that was refused.
    pub(crate) fn remedy(automaton: &impl Table, raw: Lexeme, token: Token) -> Option<Remedy> {
        let is_word = token != Token::KeywordName
            && raw.token as u8 >= Token::Break as u8
            && raw.token != Token::EndOfInput;
        if is_word && automaton.accepts(Token::KeywordName) {
            return Some(Remedy::Name);
        }
        if automaton.accepts(Token::NoElse) {
            return Some(Remedy::Supply(Token::NoElse));
        }
        let may_end = raw.newline || matches!(raw.token, Token::BraceClose | Token::EndOfInput);
        if may_end && automaton.accepts(Token::AutoSemicolon) {
            return Some(Remedy::Supply(Token::AutoSemicolon));
        }
        automaton
            .accepts(Token::DoWhileSemicolon)
            .then_some(Remedy::Supply(Token::DoWhileSemicolon))
    }

    /// A terminal that stands nowhere was supplied.
    pub(crate) fn supplied(&mut self, token: Token) {
        // The word whose line end restricts it has had its effect.
        self.previous.token = token;
    }

    /// Keeps the account of brackets and for-heads.
    #[inline]
    pub(crate) fn shifted(&mut self, token: Token, start: u32, end: u32) {
        if token.has_effect() || self.for_head {
            self.effect(token, Span::new(start, end));
        }
        if self.recording {
            self.record(token, Span::new(start, end));
        }
        self.previous.token = token;
        self.previous.start = start;
        self.previous.end = end;
    }

    #[cold]
    fn record(&self, token: Token, span: Span) {
        if let Some(record) = &self.cx.record {
            record.borrow_mut().push((token, span));
        }
    }

    #[inline(never)]
    fn effect(&mut self, token: Token, span: Span) {
        let after_for = self.for_head;
        if token.closes() {
            self.for_head = false;
            if let Some(open) = self.brackets.pop() {
                self.closed = open.span;
            }
            return;
        }
        self.for_head = token == Token::For || (token == Token::Await && after_for);
        match token {
            Token::BlockBrace
            | Token::ObjectBrace
            | Token::BracketOpen
            | Token::AsyncParenOpen
            | Token::TemplateHead => self.open(token, span, false),
            Token::ParenOpen => self.open(token, span, after_for),
            Token::Semicolon | Token::Of | Token::ForIn => {
                if let Some(bracket) = self.brackets.last_mut() {
                    bracket.no_in = false;
                }
            }
            // The middle operand of a conditional may have any `in`.
            Token::Question if self.in_for_head() => self.open(token, span, false),
            Token::Colon if self.top_bracket() == Some(Token::Question) => {
                self.brackets.pop();
            }
            _ => {}
        }
    }

    #[inline]
    fn open(&mut self, token: Token, span: Span, no_in: bool) {
        let is_call = token == Token::AsyncParenOpen
            || (token == Token::ParenOpen && self.previous.token.ends_callee());
        // Said apart, so that this needs no stack of its own.
        if self.brackets.len() == self.brackets.capacity() {
            return self.open_one_more(token, span, is_call, no_in);
        }
        self.brackets.push(Bracket { token, span, is_call, no_in });
    }

    #[cold]
    #[inline(never)]
    fn open_one_more(&mut self, token: Token, span: Span, is_call: bool, no_in: bool) {
        self.brackets.push(Bracket { token, span, is_call, no_in });
    }
}
