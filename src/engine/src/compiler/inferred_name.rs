//! What stack traces call functions that have no names: `exports.f = function () {}` makes
//! one that is called `exports.f`, as V8 infers it.

use axil_grammar::ast::{
    ArrayElement, AssignmentExpression, AssignmentOperator, Expression, MemberExpression,
    MemberObject, MemberProperty, Pattern,
};

use super::{Compiler, grow};

impl<'a> Compiler<'_, 'a> {
    /// Notes what the functions are called that an assignment gives to a property.
    pub(super) fn infer_name(&mut self, assignment: &AssignmentExpression<'a>) {
        if let Pattern::Member(member) = assignment.left
            && assignment.operator == AssignmentOperator::Assign
            && may_give_function(assignment.right)
        {
            let mut name = String::new();
            name_of_member(member, &mut name);
            self.infer(assignment.right, &name);
        }
    }

    fn infer(&mut self, value: Expression<'a>, name: &str) {
        match value {
            Expression::Function(function) if function.id.is_none() => {
                self.inferred_names.entry(function.span.start).or_insert_with(|| name.into());
            }
            Expression::Arrow(arrow) => {
                self.inferred_names.entry(arrow.span.start).or_insert_with(|| name.into());
            }
            Expression::Parenthesized(inner) => grow(|| self.infer(inner.expression, name)),
            Expression::Conditional(conditional) => {
                grow(|| self.infer(conditional.consequent, name));
                grow(|| self.infer(conditional.alternate, name));
            }
            Expression::Logical(logical) => grow(|| self.infer(logical.right, name)),
            Expression::Sequence(sequence) => {
                if let Some(last) = sequence.expressions.last() {
                    grow(|| self.infer(*last, name));
                }
            }
            Expression::Array(array) => {
                for element in array.elements {
                    if let ArrayElement::Expression(element) = element {
                        grow(|| self.infer(*element, name));
                    }
                }
            }
            // `a.b = a.c = function () {}` is called `a.b.a.c`.
            Expression::Assignment(inner) if inner.operator == AssignmentOperator::Assign => {
                if let Pattern::Member(member) = inner.left {
                    let mut both = name.to_owned();
                    if both.len() < LONGEST {
                        name_of_member(member, &mut both);
                    }
                    grow(|| self.infer(inner.right, &both));
                }
            }
            _ => {}
        }
    }
}

/// Names get no longer than about this.
const LONGEST: usize = 200;

fn may_give_function(value: Expression<'_>) -> bool {
    matches!(
        value,
        Expression::Function(_)
            | Expression::Arrow(_)
            | Expression::Parenthesized(_)
            | Expression::Conditional(_)
            | Expression::Logical(_)
            | Expression::Sequence(_)
            | Expression::Array(_)
            | Expression::Assignment(_)
    )
}

/// The names of a chain of properties, with dots between; `prototype` is passed over.
fn name_of_member(member: &MemberExpression<'_>, name: &mut String) {
    if let MemberObject::Expression(object) = member.object {
        grow(|| name_of(object, name));
    }
    match member.property {
        MemberProperty::Name(property) if property.text == "prototype" => {}
        MemberProperty::Name(property) => add(property.text, name),
        MemberProperty::Private(property) => add(&format!("#{}", property.name.as_str()), name),
        MemberProperty::Computed(Expression::String(key)) => {
            add(key.value.as_str().unwrap_or("<computed>"), name);
        }
        MemberProperty::Computed(_) => add("<computed>", name),
    }
}

fn name_of(expression: Expression<'_>, name: &mut String) {
    match expression {
        Expression::Identifier(identifier) => add(identifier.name.as_str(), name),
        Expression::Member(member) => name_of_member(member, name),
        Expression::Call(call) => grow(|| name_of(call.callee, name)),
        Expression::Parenthesized(inner) => grow(|| name_of(inner.expression, name)),
        _ => {}
    }
}

fn add(part: &str, name: &mut String) {
    if name.len() < LONGEST {
        name.push_str(if name.is_empty() { "" } else { "." });
        name.push_str(part);
    }
}
