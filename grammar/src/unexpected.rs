//! What to say about a lexeme that cannot stand where it does, in V8's words.

use crate::diagnostic::{Diagnostic, Fault};
use crate::layout::{Layout, Table};
use crate::lexer::Lexeme;
use crate::token::Token;

/// The fault for a lexeme that nothing could be done about.
#[cold]
pub(crate) fn fault(automaton: &impl Table, layout: &Layout<'_, '_>, lexeme: Lexeme) -> Fault {
    let fault = Diagnostic::syntax(lexeme.span(), message(automaton, layout, lexeme));
    explain(automaton, layout, lexeme, fault)
}

fn message(automaton: &impl Table, layout: &Layout<'_, '_>, lexeme: Lexeme) -> String {
    let text = String::from_utf8_lossy(layout.text(lexeme));
    let previous = layout.previous();
    if lexeme.escaped && lexeme.token == Token::KeywordName {
        return "Keyword must not contain escaped characters".to_owned();
    }
    if previous.token == Token::Import
        && !automaton.accepts(Token::From)
        && lexeme.token != Token::Dot
    {
        return "Cannot use import statement outside a module".to_owned();
    }
    if lexeme.token == Token::StarStar
        && !automaton.accepts(Token::StarStar)
        && automaton.accepts(Token::Star)
    {
        return "Unary operator used immediately before exponentiation expression. \
                Parenthesis must be used to disambiguate operator precedence"
            .to_owned();
    }
    if previous.token == Token::Identifier
        && layout.text(previous) == b"await"
        && !lexeme.newline
        && lexeme.token != Token::EndOfInput
        && !automaton.accepts(Token::BlockBrace)
        && begins_operand(lexeme.token)
    {
        return "await is only valid in async functions and the top level bodies of modules"
            .to_owned();
    }
    if previous.token == Token::Identifier
        && layout.text(previous) == b"let"
        && lexeme.token == Token::Identifier
    {
        return "Lexical declaration cannot appear in a single-statement context".to_owned();
    }
    if in_arguments(layout)
        && automaton.accepts(Token::ParenClose)
        && automaton.accepts(Token::Comma)
    {
        return "missing ) after argument list".to_owned();
    }
    match lexeme.token {
        Token::EndOfInput => "Unexpected end of input".to_owned(),
        Token::Identifier | Token::PrivateName => format!("Unexpected identifier '{text}'"),
        Token::Number | Token::BigInt => "Unexpected number".to_owned(),
        Token::String => "Unexpected string".to_owned(),
        Token::Template | Token::TemplateHead => "Unexpected template string".to_owned(),
        Token::TemplateMiddle | Token::TemplateTail => "Unexpected token '}'".to_owned(),
        Token::RegExp => "Unexpected regular expression".to_owned(),
        Token::Enum | Token::Await | Token::AwaitUsing => "Unexpected reserved word".to_owned(),
        Token::AsyncParenOpen => "Unexpected identifier 'async'".to_owned(),
        token
            if token.is_contextual_keyword()
                && token != Token::Yield
                && token != Token::NewlineYield =>
        {
            format!("Unexpected identifier '{text}'")
        }
        Token::AsyncFunction | Token::AsyncFunctionExpression => {
            "Unexpected identifier 'async'".to_owned()
        }
        _ => format!("Unexpected token '{text}'"),
    }
}

/// Whether an operand of `await` could begin with this terminal.
fn begins_operand(token: Token) -> bool {
    matches!(
        token,
        Token::Identifier
            | Token::String
            | Token::Number
            | Token::New
            | Token::This
            | Token::FunctionExpression
            | Token::Import
            | Token::ObjectBrace
    )
}

/// Whether the innermost bracket is the parenthesis of a call.
fn in_arguments(layout: &Layout<'_, '_>) -> bool {
    layout.brackets().last().is_some_and(|bracket| bracket.is_call)
}

/// Adds what helps: the bracket that is not closed, or the few terminals that
/// could stand here.
fn explain(automaton: &impl Table, layout: &Layout<'_, '_>, lexeme: Lexeme, fault: Fault) -> Fault {
    let closes = matches!(
        lexeme.token,
        Token::EndOfInput | Token::BraceClose | Token::ParenClose | Token::BracketClose
    );
    if let Some(open) = layout.brackets().last()
        && (closes || in_arguments(layout))
        && let Some(closing) = closing(open.token)
    {
        let fits = lexeme.token != Token::EndOfInput && closing.text() == lexeme.token.text();
        if !fits {
            let text = format!("this `{}` is not closed", open.text());
            return fault.label(open.span, text);
        }
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

/// The terminals that could stand here, those of the text only.
fn expected(automaton: &impl Table) -> impl Iterator<Item = Token> {
    let real = Token::ALL.iter().copied().filter(|token| !token.is_virtual());
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
