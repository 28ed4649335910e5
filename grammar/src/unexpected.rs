//! What to say about a lexeme that cannot stand where it does, in V8's words.

use crate::diagnostic::{Diagnostic, Fault};
use crate::layout::{Layout, Table};
use crate::lexer::Lexeme;
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

    /// Whether a name may be followed by its initialiser: it is being declared.
    fn after_binding(&self) -> bool {
        self.accepts(Token::Assign) && !self.after_operand()
    }

    fn text(&self, lexeme: Lexeme) -> String {
        String::from_utf8_lossy(self.layout.text(lexeme)).into_owned()
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
        let mut word = self.layout.text(previous);
        if self.previous_follows(".") {
            // The name of a property means nothing.
            word = b"";
        }
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
                if word == b"let"
                    && !lexeme.newline
                    && begins_binding(lexeme.token)
                    && self.accepts(Token::Colon)
                    && self.accepts(Token::AutoSemicolon) =>
            {
                at_previous("Lexical declaration cannot appear in a single-statement context")
            }
            Token::Identifier if word == b"await" && module => {
                at_previous("Unexpected reserved word")
            }
            Token::Identifier if module && is_reserved_in_strict_mode(word) => {
                at_previous("Unexpected strict mode reserved word")
            }
            Token::Identifier
                if word == b"await"
                    && !lexeme.newline
                    && lexeme.token != Token::EndOfInput
                    && self.accepts(Token::AutoSemicolon) =>
            {
                at_previous(
                    "await is only valid in async functions and the top level bodies of modules",
                )
            }
            Token::ParenClose if self.accepts(Token::Arrow) && !self.after_operand() => {
                Some(self.unexpected(previous))
            }
            Token::Identifier if self.accepts(Token::Arrow) && !self.after_operand() => {
                Some(self.unexpected(previous))
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
        let innermost = self.layout.brackets().last().map(|bracket| bracket.token);
        if lexeme.escaped && lexeme.token == Token::KeywordName {
            return at_lexeme("Keyword must not contain escaped characters");
        }
        if previous.token == Token::BraceClose && self.accepts(Token::Catch) {
            return at_lexeme("Missing catch or finally after try");
        }
        if lexeme.token == Token::ParenOpen && self.accepts(Token::Identifier) {
            let nameless = match previous.token {
                Token::Function | Token::AsyncFunction => true,
                Token::Star => !self.accepts(Token::KeywordName),
                _ => false,
            };
            if nameless {
                return at_lexeme("Function statements require a function name");
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
            return at_lexeme("import() requires a specifier");
        }
        if lexeme.token == Token::Arrow && self.accepts(Token::Question) {
            return at_lexeme("Malformed arrow function parameter list");
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
            return at_lexeme("Missing } in template expression");
        }
        // A body follows parameters.
        let parameters = self.automaton.accepts_in_turn(&[Token::ParenClose, Token::BlockBrace]);
        if in_arguments(self.layout)
            && !parameters
            && self.accepts(Token::ParenClose)
            && self.accepts(Token::Comma)
        {
            return at_lexeme("missing ) after argument list");
        }
        None
    }

    /// The lexeme by its kind.
    fn unexpected(&self, lexeme: Lexeme) -> (Span, String) {
        let text = self.text(lexeme);
        let word = self.layout.text(lexeme);
        let token = match lexeme.token {
            Token::KeywordName => Token::of_word(word),
            token => token,
        };
        let message = match token {
            _ if lexeme.token == Token::KeywordName && word.contains(&b'\\') => {
                "Keyword must not contain escaped characters".to_owned()
            }
            Token::EndOfInput => "Unexpected end of input".to_owned(),
            Token::Number | Token::BigInt => "Unexpected number".to_owned(),
            Token::String => "Unexpected string".to_owned(),
            Token::Template | Token::TemplateHead => "Unexpected template string".to_owned(),
            Token::TemplateMiddle | Token::TemplateTail => "Unexpected token '}'".to_owned(),
            Token::RegExp => "Unexpected regular expression".to_owned(),
            Token::Enum | Token::Await | Token::AwaitUsing => "Unexpected reserved word".to_owned(),
            _ if self.layout.is_module() && is_reserved_in_strict_mode(word) => {
                "Unexpected strict mode reserved word".to_owned()
            }
            Token::AsyncParenOpen | Token::AsyncFunction | Token::AsyncFunctionExpression => {
                "Unexpected token 'async'".to_owned()
            }
            // V8 counts these among its tokens, but not `as` and `from`.
            _ if matches!(word, b"async" | b"get" | b"set" | b"of" | b"using") => {
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
fn is_reserved_in_strict_mode(word: &[u8]) -> bool {
    matches!(
        word,
        b"implements"
            | b"interface"
            | b"let"
            | b"package"
            | b"private"
            | b"protected"
            | b"public"
            | b"static"
            | b"yield"
    )
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
