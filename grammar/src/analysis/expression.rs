//! Expressions (§13).

use crate::ast::*;
use crate::depth;
use crate::early_errors::{classes, expressions, identifiers, literals};
use crate::scope::{BindingFlags, FunctionFacts};

use super::function::Role;
use super::{LEVELS_PER_STACK_CHECK, Walk};

impl<'a> Walk<'_, 'a> {
    #[inline(always)]
    pub(super) fn expression(&mut self, expression: Expression<'a>) {
        match expression {
            // Leaves are settled where they are met.
            Expression::Identifier(node) => self.reference(node),
            Expression::String(node) => self.check(literals::legacy_escape(node, self.context)),
            Expression::Number(node) => self.check(literals::legacy_number(node, self.context)),
            Expression::This(_) => self.facts |= FunctionFacts::USES_THIS,
            Expression::Null(_)
            | Expression::Boolean(_)
            | Expression::BigInt(_)
            | Expression::RegExp(_) => {}
            _ => self.compound(expression),
        }
    }

    fn reference(&mut self, node: &'a Identifier<'a>) {
        if node.name.class() != NameClass::Plain {
            self.special_name(node);
        }
        self.tables.refer(node, BindingFlags::USED);
    }

    /// A use of a name that some rule mentions.
    fn special_name(&mut self, node: &'a Identifier<'a>) {
        self.check(identifiers::reserved_in_context(node, self.context));
        self.check(identifiers::arguments_in_class(node, self.context));
    }

    fn compound(&mut self, expression: Expression<'a>) {
        self.depth += 1;
        if self.depth.is_multiple_of(LEVELS_PER_STACK_CHECK) {
            depth::grow(|| self.compound(expression));
            self.depth -= 1;
            return;
        }
        match expression {
            Expression::Template(node) => self.all(node.expressions),
            Expression::TaggedTemplate(node) => {
                self.expression(node.tag);
                self.all(node.quasi.expressions);
            }
            Expression::Array(node) => {
                for element in node.elements {
                    match element {
                        ArrayElement::Elision => {}
                        ArrayElement::Expression(value) => self.expression(*value),
                        ArrayElement::Spread(spread) => self.expression(spread.argument),
                    }
                }
            }
            Expression::Object(node) => self.object(node),
            Expression::Function(node) => self.function(node, Role::Expression),
            Expression::Arrow(node) => self.arrow(node),
            Expression::Class(node) => self.class(node),
            Expression::Parenthesized(node) => self.expression(node.expression),
            Expression::Member(node) => self.member(node),
            Expression::Call(node) => self.call(node),
            Expression::SuperCall(node) => {
                self.check(expressions::super_call(node.super_span, self.context));
                self.facts |= FunctionFacts::USES_SUPER
                    | FunctionFacts::USES_THIS
                    | FunctionFacts::USES_NEW_TARGET;
                self.arguments(node.arguments);
            }
            Expression::Chain(node) => self.expression(node.expression),
            Expression::New(node) => {
                self.expression(node.callee);
                self.arguments(node.arguments);
            }
            Expression::Import(node) => {
                self.expression(node.source);
                if let Some(options) = node.options {
                    self.expression(options);
                }
            }
            Expression::ImportMeta(span) => {
                self.check(expressions::import_meta(span, self.context));
            }
            Expression::NewTarget(span) => {
                self.check(expressions::new_target(span, self.context));
                self.facts |= FunctionFacts::USES_NEW_TARGET;
            }
            Expression::Update(node) => self.assignment_pattern(node.argument),
            Expression::Unary(node) => {
                self.check(expressions::delete_operand(node, self.context));
                self.expression(node.argument);
            }
            Expression::Binary(node) => {
                self.expression(node.left);
                self.expression(node.right);
            }
            Expression::PrivateIn(node) => {
                self.private_name(node.left);
                self.expression(node.right);
            }
            Expression::Logical(node) => {
                self.expression(node.left);
                self.expression(node.right);
            }
            Expression::Conditional(node) => {
                self.expression(node.test);
                self.expression(node.consequent);
                self.expression(node.alternate);
            }
            Expression::Assignment(node) => {
                let logical = matches!(
                    node.operator,
                    AssignmentOperator::And | AssignmentOperator::Or | AssignmentOperator::Coalesce
                );
                self.check(expressions::call_as_target(node.left, logical, self.context));
                self.assignment_pattern(node.left);
                self.expression(node.right);
            }
            Expression::Yield(node) => {
                self.check(expressions::yield_in_parameters(node.span, self.context));
                if let Some(argument) = node.argument {
                    self.expression(argument);
                }
            }
            Expression::Await(node) => {
                self.note_await(node.span);
                self.expression(node.argument);
            }
            Expression::Sequence(node) => self.all(node.expressions),
            Expression::Identifier(_)
            | Expression::Null(_)
            | Expression::Boolean(_)
            | Expression::Number(_)
            | Expression::BigInt(_)
            | Expression::String(_)
            | Expression::RegExp(_)
            | Expression::This(_) => self.expression(expression),
        }
        self.depth -= 1;
    }

    fn all(&mut self, expressions: &'a [Expression<'a>]) {
        for expression in expressions {
            self.expression(*expression);
        }
    }

    fn arguments(&mut self, arguments: &'a [Argument<'a>]) {
        for argument in arguments {
            match argument {
                Argument::Expression(value) => self.expression(*value),
                Argument::Spread(spread) => self.expression(spread.argument),
            }
        }
    }

    fn object(&mut self, node: &'a ObjectLiteral<'a>) {
        self.check(expressions::duplicate_proto(node));
        for property in node.properties {
            match property {
                Property::KeyValue(node) => {
                    self.property_key(node.key);
                    self.expression(node.value);
                }
                Property::Shorthand(node) => self.reference(node.name),
                Property::Method(node) => {
                    self.property_key(node.key);
                    self.function(node.value, Role::Method { derived_constructor: false });
                }
                Property::Spread(node) => self.expression(node.argument),
            }
        }
    }

    pub(super) fn property_key(&mut self, key: PropertyKey<'a>) {
        match key {
            PropertyKey::Computed(expression) => self.expression(expression),
            PropertyKey::String(node) => self.check(literals::legacy_escape(node, self.context)),
            PropertyKey::Number(node) => self.check(literals::legacy_number(node, self.context)),
            PropertyKey::Identifier(_) | PropertyKey::BigInt(_) | PropertyKey::Private(_) => {}
        }
    }

    #[inline(always)]
    pub(super) fn member(&mut self, node: &'a MemberExpression<'a>) {
        match node.object {
            MemberObject::Expression(object) => self.expression(object),
            MemberObject::Super(span) => {
                self.check(expressions::super_property(span, self.context));
                self.facts |= FunctionFacts::USES_SUPER | FunctionFacts::USES_THIS;
            }
        }
        match node.property {
            MemberProperty::Name(_) => {}
            MemberProperty::Computed(property) => self.expression(property),
            MemberProperty::Private(name) => self.private_name(name),
        }
    }

    #[inline(always)]
    fn call(&mut self, node: &'a CallExpression<'a>) {
        self.expression(node.callee);
        self.arguments(node.arguments);
        if let Expression::Identifier(identifier) = node.callee.without_parentheses()
            && identifier.name.class() == NameClass::Eval
            && !node.optional
        {
            self.facts |= FunctionFacts::DIRECT_EVAL
                | FunctionFacts::USES_THIS
                | FunctionFacts::USES_SUPER
                | FunctionFacts::USES_NEW_TARGET;
            self.tables.direct_eval(self.arguments);
        }
    }

    /// A use of a private name: a class around it has to declare it.
    fn private_name(&mut self, name: &'a PrivateIdentifier<'a>) {
        if !self.private_names.contains_key(&name.name) {
            self.fault(classes::undeclared_private_name(name));
        }
    }
}
