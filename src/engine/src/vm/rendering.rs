//! What messages call a value that some code has named: the text of the code, shortened
//! as V8 shortens it. `x.f(1, 2).g` is `x.f(...).g`; what has no name is
//! `(intermediate value)`.

use axil_grammar::ast::{
    ArrayElement, Expression, MemberExpression, MemberObject, MemberProperty, Pattern, Text,
    UnaryExpression,
};
use axil_grammar::{Arena, Goal, Source, Span, parse};

use super::Vm;
use super::calls::callee;
use crate::compiler::grow;
use crate::operators::number_to_string;

/// What stands for an expression that has no name.
const INTERMEDIATE: &str = "(intermediate value)";

/// What stands for `#` while a text is looked at.
const PRIVATE: &str = "axil_private_";

impl Vm {
    /// What the code calls the value that the instruction at `vm.pc` is about.
    pub(super) fn named_value(&self) -> Option<String> {
        // SAFETY: The machine has been left at an instruction of a frame.
        let code = unsafe { callee(self.registers.get()) }.code;
        // SAFETY: As above.
        let instruction = unsafe { self.pc.get().offset_from(code.words().as_ptr()) } as u32;
        let index = code.texts.binary_search_by_key(&instruction, |text| text.0).ok()?;
        let (_, start, end) = code.texts[index];
        Some(rendered(&code.source, Span::new(start, end)))
    }
}

/// An expression as messages show it.
fn rendered(source: &Source, span: Span) -> String {
    let Ok(text) = str::from_utf8(source.slice(span)) else { return INTERMEDIATE.to_owned() };
    if let Some(rest) = text.strip_prefix("super") {
        // Alone it is no expression; a variable may stand for it.
        let rendered = rendered_text(&format!("it{rest}"));
        return rendered.replacen("it", INTERMEDIATE, 1);
    }
    rendered_text(text)
}

fn rendered_text(text: &str) -> String {
    if text.contains(".#") {
        // Outside of its class a private name is none; V8 shows it as a computed key.
        let mut parts = text.split(".#");
        let mut public = parts.next().unwrap_or("").to_owned();
        for part in parts {
            let is_in_name = |unit: char| unit.is_alphanumeric() || unit == '$' || unit == '_';
            let end = part.find(|unit| !is_in_name(unit)).unwrap_or(part.len());
            public += &format!("[{PRIVATE}{}]{}", &part[..end], &part[end..]);
        }
        return rendered_text(&public).replace(PRIVATE, "#");
    }
    let part = Source::new("", text);
    let arena = Arena::new();
    let Ok(program) = parse(&part, Goal::Expression, &arena) else {
        return INTERMEDIATE.to_owned();
    };
    let mut rendered = String::new();
    if let [axil_grammar::ast::Statement::Expression(statement)] = program.body {
        render(statement.expression, &mut rendered);
    }
    if rendered.is_empty() { INTERMEDIATE.to_owned() } else { rendered }
}

/// So much text at most is made.
const MOST_TEXT: usize = 1 << 10;

fn render(expression: Expression<'_>, text: &mut String) {
    if text.len() > MOST_TEXT {
        return;
    }
    match expression {
        Expression::This(_) => text.push_str("this"),
        Expression::Identifier(identifier) => text.push_str(identifier.name.as_str()),
        Expression::Null(_) => text.push_str("null"),
        Expression::Boolean(literal) => text.push_str(if literal.value { "true" } else { "false" }),
        Expression::Number(literal) => text.push_str(&number_to_string(literal.value)),
        Expression::String(literal) => {
            text.push('"');
            text.push_str(literal.value.as_str().unwrap_or(""));
            text.push('"');
        }
        Expression::Template(template) if template.expressions.is_empty() => {
            let cooked = template.quasis.first().and_then(|quasi| quasi.cooked);
            text.push('"');
            text.push_str(cooked.and_then(Text::as_str).unwrap_or(""));
            text.push('"');
        }
        Expression::Parenthesized(inner) => {
            grow(|| render(inner.expression, text));
        }
        Expression::Sequence(sequence) => {
            text.push('(');
            for (index, expression) in sequence.expressions.iter().enumerate() {
                text.push_str(if index > 0 { " , " } else { "" });
                grow(|| render(*expression, text));
            }
            text.push(')');
        }
        Expression::Member(member) => {
            grow(|| render_member(member, text));
        }
        Expression::Chain(chain) => {
            grow(|| render(chain.expression, text));
        }
        Expression::Call(call) => {
            grow(|| render(call.callee, text));
            text.push_str(if call.optional { "?.(...)" } else { "(...)" });
        }
        Expression::TaggedTemplate(template) => {
            grow(|| render(template.tag, text));
            text.push_str("(...)");
        }
        Expression::New(new) => {
            text.push_str("new ");
            grow(|| render(new.callee, text));
            text.push_str("(...)");
        }
        Expression::Array(array) => {
            text.push('[');
            for (index, element) in array.elements.iter().enumerate() {
                text.push_str(if index > 0 { "," } else { "" });
                if let ArrayElement::Expression(element) = element {
                    grow(|| render(*element, text));
                }
            }
            text.push(']');
        }
        Expression::Object(object) => {
            text.push('{');
            object.properties.iter().for_each(|_| text.push_str(INTERMEDIATE));
            text.push('}');
        }
        Expression::RegExp(literal) => {
            *text += &format!("/{}/{}", literal.pattern.as_str().unwrap_or(""), literal.flags);
        }
        Expression::Template(template) => {
            for expression in template.expressions {
                grow(|| render(*expression, text));
            }
        }
        Expression::Unary(unary) => grow(|| render_unary(unary, text)),
        Expression::Update(update) => {
            let operator = update.operator.as_str();
            text.push('(');
            text.push_str(if update.prefix { operator } else { "" });
            grow(|| render_pattern(update.argument, text));
            text.push_str(if update.prefix { "" } else { operator });
            text.push(')');
        }
        Expression::Binary(binary) => {
            text.push('(');
            grow(|| render_operands(expression, binary.operator.as_str(), text));
            text.push(')');
        }
        Expression::Logical(logical) => {
            text.push('(');
            grow(|| render_operands(expression, logical.operator.as_str(), text));
            text.push(')');
        }
        Expression::Assignment(assignment) => grow(|| render_pattern(assignment.left, text)),
        Expression::Conditional(_) => {
            (0..3).for_each(|_| text.push_str(INTERMEDIATE));
        }
        _ => text.push_str(INTERMEDIATE),
    }
}

/// Operands with the same operator between them.
fn render_operands(expression: Expression<'_>, operator: &str, text: &mut String) {
    let (left, right) = match expression {
        Expression::Binary(binary) if binary.operator.as_str() == operator => {
            (binary.left, binary.right)
        }
        Expression::Logical(logical) if logical.operator.as_str() == operator => {
            (logical.left, logical.right)
        }
        _ => return render(expression, text),
    };
    if text.len() > MOST_TEXT {
        return;
    }
    grow(|| render_operands(left, operator, text));
    *text += &format!(" {operator} ");
    grow(|| render(right, text));
}

fn render_unary(unary: &UnaryExpression<'_>, text: &mut String) {
    let operator = unary.operator.as_str();
    if let (Expression::Number(literal), "-") = (unary.argument, operator) {
        return text.push_str(&number_to_string(-literal.value));
    }
    *text += &format!("({operator}");
    text.push_str(if operator.len() > 1 { " " } else { "" });
    render(unary.argument, text);
    text.push(')');
}

/// What is assigned to, if it is no pattern.
fn render_pattern(pattern: Pattern<'_>, text: &mut String) {
    match pattern {
        Pattern::Identifier(identifier) => text.push_str(identifier.name.as_str()),
        Pattern::Member(member) => render_member(member, text),
        _ => text.push_str(INTERMEDIATE),
    }
}

fn render_member(member: &MemberExpression<'_>, text: &mut String) {
    match member.object {
        MemberObject::Expression(object) => render(object, text),
        MemberObject::Super(_) => text.push_str("(intermediate value)"),
    }
    let dot = if member.optional { "?." } else { "." };
    match member.property {
        MemberProperty::Name(name) => {
            text.push_str(dot);
            text.push_str(name.text);
        }
        MemberProperty::Private(name) => {
            text.push_str(dot);
            text.push('#');
            text.push_str(name.name.as_str());
        }
        MemberProperty::Computed(Expression::String(key)) => {
            text.push_str(dot);
            text.push_str(key.value.as_str().unwrap_or(""));
        }
        MemberProperty::Computed(key) => {
            text.push_str(if member.optional { "?.[" } else { "[" });
            render(key, text);
            text.push(']');
        }
    }
}
