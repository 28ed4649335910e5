//! What to say about a lexeme that cannot stand where it does, in V8's words.

use crate::builder::FunctionContext;
use crate::diagnostic::{Diagnostic, Fault};
use crate::layout::{Layout, Table};
use crate::lexer::{Lexeme, word};
use crate::source::Span;
use crate::token::Token;

/// The fault for a lexeme that nothing could be done about.
#[cold]
pub(crate) fn fault(automaton: &impl Table, layout: &Layout<'_, '_>, lexeme: Lexeme) -> Fault {
    let place = Place { automaton, layout, previous: layout.previous(), lexeme };
    if let Some((span, message)) = place.before() {
        let fault = Diagnostic::syntax(span, message);
        return if fault.message.starts_with("Cannot use import") && !layout.is_module() {
            fault.help("use `import()`, or make the file a module: by the name .mjs, or by \"type\": \"module\" in package.json")
        } else {
            fault
        };
    }
    let (span, message) = place.here().unwrap_or_else(|| place.unexpected(lexeme));
    explain(automaton, layout, lexeme, Diagnostic::syntax(span, message))
}

/// Where a parse has come to its end.
struct Place<'p, 'c, 'a, T> {
    automaton: &'p T,
    layout: &'p Layout<'c, 'a>,
    /// The last lexeme that could stand.
    previous: Lexeme,
    /// The one that cannot.
    lexeme: Lexeme,
}

impl<T: Table> Place<'_, '_, '_, T> {
    fn accepts(&self, token: Token) -> bool {
        self.automaton.accepts(token)
    }

    /// Whether what has been read could be an operand.
    fn after_operand(&self) -> bool {
        self.accepts(Token::Plus)
    }

    /// Whether what has been read could be the name of a method.
    fn after_property_name(&self) -> bool {
        self.accepts(Token::ParenOpen) && !self.after_operand()
    }

    /// Whether a name may be followed by its initialiser: it is being declared.
    fn after_binding(&self) -> bool {
        self.accepts(Token::Assign) && !self.after_operand()
    }

    /// The text of a lexeme; of a word, what its escapes stand for.
    fn word(&self, lexeme: Lexeme) -> String {
        let text = self.layout.text(lexeme);
        if matches!(lexeme.token, Token::Identifier | Token::KeywordName | Token::PrivateName) {
            word::unescape(text)
        } else {
            String::from_utf8_lossy(text).into_owned()
        }
    }

    /// Whether all code here is strict mode code: that of a module, or after a
    /// directive.
    fn is_strict(&self) -> bool {
        let braces = self.layout.brackets().iter().filter(|open| open.token == Token::BlockBrace);
        self.layout.is_module()
            || std::iter::once(0)
                .chain(braces.map(|open| open.span.end))
                .any(|start| self.layout.begins_with_use_strict(start))
    }

    /// Whether the last lexeme comes right after this text.
    fn previous_follows(&self, text: &str) -> bool {
        let before = self.layout.text_before(self.previous).trim_ascii_end();
        before.strip_suffix(text.as_bytes()).is_some_and(|rest| {
            let word = text.starts_with(|c: char| c.is_ascii_alphabetic());
            !word || !rest.last().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'.')
        })
    }

    /// What could only have gone on in one way, and did not, is itself the fault.
    fn before(&self) -> Option<(Span, String)> {
        let (previous, lexeme) = (self.previous, self.lexeme);
        let module = self.layout.is_module();
        // The name of a property means nothing.
        let word = if self.previous_follows(".") { String::new() } else { self.word(previous) };
        let word = word.as_str();
        let escaped = self.layout.text(previous).contains(&b'\\');
        let at_previous = |message: &str| Some((previous.span(), message.to_owned()));
        match previous.token {
            Token::Import if !module && !matches!(lexeme.token, Token::Dot | Token::ParenOpen) => {
                at_previous("Cannot use import statement outside a module")
            }
            Token::Super => at_previous("'super' keyword unexpected here"),
            Token::PrivateName if self.accepts(Token::In) || self.accepts(Token::ForIn) => {
                Some(self.unexpected(previous))
            }
            Token::Import if lexeme.token == Token::ParenOpen => {
                at_previous("Cannot use new with import")
            }
            Token::KeywordName
                if self.accepts(Token::As)
                    && matches!(lexeme.token, Token::BraceClose | Token::Comma) =>
            {
                at_previous("Unexpected reserved word")
            }
            // Of the names of properties, only an identifier may stand alone.
            Token::Number | Token::BigInt | Token::String | Token::KeywordName
                if self.accepts(Token::Colon)
                    && !self.after_operand()
                    && matches!(lexeme.token, Token::BraceClose | Token::Comma | Token::Assign) =>
            {
                Some(self.unexpected(previous))
            }
            Token::Identifier
                if word == "let"
                    && !escaped
                    && !lexeme.newline
                    && begins_binding(lexeme.token)
                    && self.accepts(Token::Colon)
                    && self.accepts(Token::AutoSemicolon) =>
            {
                at_previous("Lexical declaration cannot appear in a single-statement context")
            }
            Token::Identifier if escaped && self.is_escaped_keyword(word) => {
                at_previous("Keyword must not contain escaped characters")
            }
            Token::Identifier if word == "await" && module => {
                at_previous("Unexpected reserved word")
            }
            Token::Identifier
                if is_reserved_in_strict_mode(word)
                    && !self.after_property_name()
                    && self.is_strict() =>
            {
                at_previous(reserved_in_strict_mode(word, escaped))
            }
            Token::Identifier
                if word == "await"
                    && !lexeme.newline
                    && lexeme.token != Token::EndOfInput
                    && self.accepts(Token::AutoSemicolon) =>
            {
                at_previous(
                    "await is only valid in async functions and the top level bodies of modules",
                )
            }
            Token::Export if module => Some(self.unexpected(previous)),
            Token::Identifier if self.accepts(Token::Arrow) && !self.after_operand() => {
                Some(self.unexpected(previous))
            }
            // Among all that may be bound so, only a declaration has more to come.
            Token::BraceClose | Token::BracketClose
                if self.after_binding()
                    && self.accepts(Token::Comma)
                    && self.accepts(Token::Semicolon)
                    && lexeme.token != Token::EndOfInput =>
            {
                let message = "Missing initializer in destructuring declaration";
                Some((self.layout.closed().to(previous.span()), message.to_owned()))
            }
            Token::Identifier if self.after_binding() && lexeme.token != Token::EndOfInput => {
                let keywords = ["const", "await using", "using"];
                let keyword = keywords.into_iter().find(|k| self.previous_follows(k))?;
                at_previous(&format!("Missing initializer in {keyword} declaration"))
            }
            _ => None,
        }
    }

    /// What the lexeme would have to be, or what it is taken for.
    fn here(&self) -> Option<(Span, String)> {
        let (previous, lexeme) = (self.previous, self.lexeme);
        let at_lexeme = |message: &str| Some((lexeme.span(), message.to_owned()));
        // What is missing is missing after what could stand.
        let at_previous = |message: &str| Some((previous.span(), message.to_owned()));
        let innermost = self.layout.brackets().last().map(|bracket| bracket.token);
        if lexeme.escaped && lexeme.token == Token::KeywordName {
            return at_lexeme("Keyword must not contain escaped characters");
        }
        if previous.token == Token::BraceClose && self.accepts(Token::Catch) {
            return at_previous("Missing catch or finally after try");
        }
        if lexeme.token == Token::ParenOpen && self.accepts(Token::Identifier) {
            let nameless = match previous.token {
                Token::Function | Token::AsyncFunction => true,
                Token::Star => !self.accepts(Token::KeywordName),
                _ => false,
            };
            if nameless {
                // Of `async function`, the second word.
                const FUNCTION: u32 = "function".len() as u32;
                let start = previous.start.max(previous.end.saturating_sub(FUNCTION));
                let span = Span::new(start, previous.end);
                return Some((span, "Function statements require a function name".to_owned()));
            }
        }
        if lexeme.token == Token::StarStar && self.accepts(Token::Star) {
            return at_lexeme(
                "Unary operator used immediately before exponentiation expression. \
                 Parenthesis must be used to disambiguate operator precedence",
            );
        }
        if lexeme.token == Token::OptionalDot && self.accepts(Token::Dot) {
            return at_lexeme("Invalid optional chain from new expression");
        }
        if lexeme.token == Token::ParenClose
            && previous.token == Token::ParenOpen
            && self.previous_follows("import")
        {
            return at_previous("import() requires a specifier");
        }
        if lexeme.token == Token::Arrow && self.accepts(Token::Question) {
            return at_lexeme("Malformed arrow function parameter list");
        }
        for (keyword, token) in [("from", Token::From), ("as", Token::As)] {
            if lexeme.escaped && self.accepts(token) && self.word(lexeme) == keyword {
                return at_lexeme(&format!("'{keyword}' must not contain escaped characters"));
            }
        }
        if self.layout.is_module()
            && let Some(at) = self.html_comment()
        {
            let message = "HTML comments are not allowed in modules";
            return Some((Span::new(at, at + 1), message.to_owned()));
        }
        let of = lexeme.token == Token::Identifier && self.layout.text(lexeme) == b"of";
        if (lexeme.token == Token::ForIn || of && self.layout.in_for_head())
            && self.accepts(Token::Semicolon)
            && self.accepts(Token::Comma)
        {
            return at_lexeme("Invalid left-hand side in for-loop");
        }
        if previous.token == Token::Identifier && self.previous_follows("...") {
            let message = match (innermost, lexeme.token) {
                (Some(Token::ParenOpen), Token::Comma) => {
                    Some("Rest parameter must be last formal parameter")
                }
                (Some(Token::ParenOpen), Token::Assign) => {
                    Some("Rest parameter may not have a default initializer")
                }
                (Some(Token::BracketOpen | Token::ObjectBrace), Token::Comma) => {
                    Some("Rest element must be last element")
                }
                _ => None,
            };
            if message.is_some() {
                return message.and_then(at_lexeme);
            }
        }
        if innermost == Some(Token::TemplateHead) && self.accepts(Token::TemplateTail) {
            return at_previous("Missing } in template expression");
        }
        // A body follows parameters.
        let parameters = self.automaton.accepts_in_turn(&[Token::ParenClose, Token::BlockBrace]);
        if in_arguments(self.layout)
            && !parameters
            && self.accepts(Token::ParenClose)
            && self.accepts(Token::Comma)
        {
            return at_previous("missing ) after argument list");
        }
        None
    }

    /// Whether the last lexeme would be a keyword here if it had no escapes.
    fn is_escaped_keyword(&self, word: &str) -> bool {
        let context = self.layout.function_context();
        match word {
            "await" => context.contains(FunctionContext::AWAIT),
            "yield" => context.contains(FunctionContext::YIELD),
            "get" | "set" | "async" => self.after_property_name(),
            _ => false,
        }
    }

    /// The end of what would begin an HTML-like comment in a script (Annex B.1.1):
    /// `-->` does so at the beginning of a line.
    fn html_comment(&self) -> Option<u32> {
        let (start, text) = (self.lexeme.start, self.layout.text_from(self.lexeme));
        let before = self.layout.text_before(self.previous);
        let line = before.rsplit(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or(before);
        let closes = self.previous.end == start
            && self.layout.text(self.previous) == b"--"
            && line.trim_ascii().is_empty();
        match text {
            [b'<', b'!', b'-', b'-', ..] => Some(start + 3),
            [b'>', ..] if closes => Some(start),
            _ => None,
        }
    }

    /// The lexeme by its kind.
    fn unexpected(&self, lexeme: Lexeme) -> (Span, String) {
        let text = self.word(lexeme);
        let word = text.as_str();
        let escaped = self.layout.text(lexeme).contains(&b'\\');
        let token = match lexeme.token {
            Token::KeywordName => Token::of_word(word.as_bytes()),
            token => token,
        };
        let message = match token {
            _ if lexeme.token == Token::KeywordName && escaped => {
                "Keyword must not contain escaped characters".to_owned()
            }
            Token::EndOfInput => "Unexpected end of input".to_owned(),
            Token::Number | Token::BigInt => "Unexpected number".to_owned(),
            Token::String => "Unexpected string".to_owned(),
            Token::Template | Token::TemplateHead => "Unexpected template string".to_owned(),
            Token::TemplateMiddle | Token::TemplateTail => "Unexpected token '}'".to_owned(),
            Token::RegExp => "Unexpected regular expression".to_owned(),
            Token::Enum | Token::Await | Token::AwaitUsing => "Unexpected reserved word".to_owned(),
            Token::Identifier if word == "await" => "Unexpected reserved word".to_owned(),
            _ if is_reserved_in_strict_mode(word)
                && (escaped && word != "yield" || self.is_strict()) =>
            {
                reserved_in_strict_mode(word, escaped).to_owned()
            }
            Token::AsyncParenOpen | Token::AsyncFunction | Token::AsyncFunctionExpression => {
                "Unexpected token 'async'".to_owned()
            }
            // V8 counts these among its tokens, but not `as` and `from`.
            _ if matches!(word, "accessor" | "async" | "get" | "set" | "of" | "using") => {
                format!("Unexpected token '{text}'")
            }
            Token::Identifier | Token::PrivateName => format!("Unexpected identifier '{text}'"),
            token if token.is_contextual_keyword() => format!("Unexpected identifier '{text}'"),
            _ => format!("Unexpected token '{text}'"),
        };
        (lexeme.span(), message)
    }
}

/// §12.7.2: the words that strict mode code reserves.
fn is_reserved_in_strict_mode(word: &str) -> bool {
    matches!(
        word,
        "implements"
            | "interface"
            | "let"
            | "package"
            | "private"
            | "protected"
            | "public"
            | "static"
            | "yield"
    )
}

/// What V8 says of such a word; it takes `yield` for a keyword however written.
fn reserved_in_strict_mode(word: &str, escaped: bool) -> &'static str {
    if escaped && word != "yield" {
        "Keyword must not contain escaped characters"
    } else {
        "Unexpected strict mode reserved word"
    }
}

/// Whether this could be what a declaration binds.
fn begins_binding(token: Token) -> bool {
    matches!(token, Token::Identifier | Token::BlockBrace | Token::ObjectBrace)
        || token.is_contextual_keyword()
}

/// Whether the innermost bracket is the parenthesis of a call.
fn in_arguments(layout: &Layout<'_, '_>) -> bool {
    layout.brackets().last().is_some_and(|bracket| bracket.is_call)
}

/// Adds what helps: the bracket that is not closed, or the few terminals that
/// could stand here.
fn explain(automaton: &impl Table, layout: &Layout<'_, '_>, lexeme: Lexeme, fault: Fault) -> Fault {
    if let Some(open) = layout.brackets().last()
        && let Some(closing) = closing(open.token)
        && closing.text() != lexeme.token.text()
        && (ends_bracket(open.token, lexeme) && automaton.accepts(closing)
            || matches!(
                lexeme.token,
                Token::EndOfInput | Token::BraceClose | Token::ParenClose | Token::BracketClose
            )
            || fault.message.starts_with("missing )"))
    {
        let text = format!("this `{}` is not closed", open.text());
        return fault.label(open.span, text);
    }
    let expected: Vec<Token> = expected(automaton).take(6).collect();
    match expected.as_slice() {
        [] => fault,
        [one] => fault.help(format!("expected {}", quoted(*one))),
        [first @ .., last] if first.len() < 5 => {
            let list: Vec<String> = first.iter().map(|token| quoted(*token)).collect();
            fault.help(format!("expected {} or {}", list.join(", "), quoted(*last)))
        }
        _ => fault,
    }
}

/// Whether a lexeme is so unlikely within a bracket that people have rather
/// forgotten to close it.
fn ends_bracket(open: Token, lexeme: Lexeme) -> bool {
    let parenthesis = matches!(open, Token::ParenOpen | Token::AsyncParenOpen);
    match lexeme.token {
        Token::Semicolon => parenthesis || open == Token::BracketOpen,
        Token::BlockBrace | Token::ObjectBrace => parenthesis,
        token => {
            let statement = open != Token::BlockBrace && token.is_reserved_word();
            lexeme.newline && (parenthesis || statement)
        }
    }
}

/// The terminals that could stand here, those of the text only.
fn expected(automaton: &impl Table) -> impl Iterator<Item = Token> {
    let real = Token::ALL
        .iter()
        .copied()
        .filter(|token| !token.is_virtual() && *token != Token::EndOfInput);
    real.filter(|token| automaton.accepts(*token))
}

fn quoted(token: Token) -> String {
    let name = match token {
        Token::ObjectBrace => "{",
        Token::KeywordName | Token::Identifier => return "a name".to_owned(),
        token => token.text(),
    };
    if name.starts_with(|c: char| c.is_alphabetic()) && !token.is_word() {
        return format!("a {name}");
    }
    format!("`{name}`")
}

fn closing(open: Token) -> Option<Token> {
    match open {
        Token::BlockBrace | Token::ObjectBrace | Token::TemplateHead => Some(Token::BraceClose),
        Token::ParenOpen | Token::AsyncParenOpen => Some(Token::ParenClose),
        Token::BracketOpen => Some(Token::BracketClose),
        _ => None,
    }
}
