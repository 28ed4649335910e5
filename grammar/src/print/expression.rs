//! Expressions.

use super::Printer;
use super::precedence::Precedence;
use crate::ast::{
    Argument, ArrayElement, ArrowBody, Expression, MemberExpression, MemberObject, MemberProperty,
    NameClass, Pattern, Property, PropertyKey, SpreadElement, UnaryExpression, UnaryOperator,
    UpdateOperator,
};

/// What is to be written after the innermost part of a chain of expressions.
pub(super) enum Open<'p> {
    /// The rest of an expression whose first part is written.
    Rest(Expression<'p>),
    /// A closing parenthesis; then `no_in` is this again.
    Parenthesis {
        /// As it was before the opening parenthesis.
        no_in: bool,
    },
}

/// What comes after a part of a chain: another expression, and what it has to
/// be. Whatever binds less tightly needs parentheses.
type Next<'p> = Option<(Expression<'p>, Precedence)>;

impl<'p> Printer<'p> {
    /// Any expression, in parentheses if it binds less tightly than `least`.
    ///
    /// Chains, whether they go down on the left or on the right, are written in
    /// a loop; only lists and bodies inside them recurse.
    pub(super) fn expression(&mut self, expression: Expression<'p>, least: Precedence) {
        crate::depth::grow(|| {
            let outer = self.open.len();
            let mut next = Some((expression, least));
            while let Some((expression, least)) = next {
                next = self.first_part(expression, least);
                while next.is_none() && self.open.len() > outer {
                    next = match self.open.pop() {
                        Some(Open::Rest(expression)) => self.rest(expression),
                        Some(Open::Parenthesis { no_in }) => {
                            self.push(")");
                            self.no_in = no_in;
                            None
                        }
                        None => None,
                    };
                }
            }
        });
    }

    /// One assignment expression, the element of most lists.
    pub(super) fn assignment(&mut self, expression: Expression<'p>) {
        self.expression(expression, Precedence::Assignment);
    }

    fn open_parenthesis(&mut self) {
        self.push("(");
        let no_in = std::mem::replace(&mut self.no_in, false);
        self.open.push(Open::Parenthesis { no_in });
    }

    fn needs_parentheses(&self, expression: Expression<'p>, least: Precedence) -> bool {
        if Precedence::of(expression) < least {
            return true;
        }
        match expression {
            Expression::Object(_) => self.brace_is_block(),
            Expression::Assignment(node) => {
                matches!(node.left, Pattern::Object(_))
                    && !node.parenthesized_target
                    && self.brace_is_block()
            }
            Expression::Function(_) | Expression::Class(_) => {
                self.is_at(self.statement_start) || self.is_at(self.export_default_start)
            }
            Expression::Identifier(node) if node.name.class() == NameClass::Let => {
                let index_follows = matches!(
                    self.open.last(),
                    Some(Open::Rest(Expression::Member(MemberExpression {
                        property: MemberProperty::Computed(_),
                        optional: false,
                        ..
                    })))
                );
                self.is_at(self.for_of_start)
                    || index_follows
                        && (self.is_at(self.statement_start) || self.is_at(self.for_head_start))
            }
            Expression::Binary(node) => {
                self.no_in && node.operator == crate::ast::BinaryOperator::In
            }
            Expression::PrivateIn(_) => self.no_in,
            _ => false,
        }
    }

    /// Whether `{` written here would begin a block.
    fn brace_is_block(&self) -> bool {
        self.is_at(self.statement_start) || self.is_at(self.arrow_body_start)
    }

    /// Writes an expression, or its first part: up to the operand that comes
    /// next, which is returned.
    fn first_part(&mut self, expression: Expression<'p>, least: Precedence) -> Next<'p> {
        if self.needs_parentheses(expression, least) {
            self.open_parenthesis();
        }
        let next = match expression {
            Expression::Binary(node) => (node.left, Precedence::left_of_binary(node.operator)),
            Expression::Logical(node) => {
                (node.left, Precedence::left_of_logical(node.operator, node.left))
            }
            Expression::Conditional(node) => (node.test, Precedence::ShortCircuit),
            Expression::Call(node) => (node.callee, Precedence::Call),
            Expression::TaggedTemplate(node) => (node.tag, Precedence::Call),
            Expression::New(node) => {
                self.push("new ");
                (node.callee, Precedence::callee_of_new(node.callee))
            }
            Expression::Member(node) => match node.object {
                MemberObject::Expression(object) => (object, Precedence::Call),
                MemberObject::Super(_) => {
                    self.push("super");
                    self.member_property(node);
                    return None;
                }
            },
            _ => return self.last_part(expression),
        };
        self.open.push(Open::Rest(expression));
        Some(next)
    }

    /// Writes an expression after whose last operand, which is returned, nothing
    /// follows.
    fn last_part(&mut self, expression: Expression<'p>) -> Next<'p> {
        match expression {
            Expression::Parenthesized(node) => {
                self.open_parenthesis();
                Some((node.expression, Precedence::Expression))
            }
            Expression::Chain(node) => Some((node.expression, Precedence::LeftHandSide)),
            Expression::Unary(node) => {
                self.unary_operator(node);
                Some((node.argument, Precedence::Unary))
            }
            Expression::Await(node) => {
                self.push("await ");
                Some((node.argument, Precedence::Unary))
            }
            Expression::Yield(node) => {
                self.push(if node.delegate { "yield*" } else { "yield" });
                let argument = node.argument?;
                self.push(" ");
                Some((argument, Precedence::Assignment))
            }
            Expression::PrivateIn(node) => {
                self.private_identifier(node.left);
                self.push(" in ");
                Some((node.right, Precedence::Shift))
            }
            Expression::Assignment(node) => {
                if node.parenthesized_target {
                    self.within("(", ")", |this| this.pattern(node.left));
                } else {
                    self.pattern(node.left);
                }
                self.push(" ");
                self.push(node.operator.as_str());
                self.push(" ");
                Some((node.right, Precedence::Assignment))
            }
            Expression::Arrow(node) => {
                self.arrow_head(node);
                match &node.body {
                    ArrowBody::Expression(body) => {
                        self.arrow_body_start = self.text.len();
                        Some((*body, Precedence::Assignment))
                    }
                    ArrowBody::Block(body) => {
                        self.function_body(body);
                        None
                    }
                }
            }
            _ => {
                self.whole_expression(expression);
                None
            }
        }
    }

    /// Writes what follows the first operand.
    fn rest(&mut self, expression: Expression<'p>) -> Next<'p> {
        match expression {
            Expression::Binary(node) => {
                self.operator(node.operator.as_str());
                Some((node.right, Precedence::right_of_binary(node.operator)))
            }
            Expression::Logical(node) => {
                self.operator(node.operator.as_str());
                Some((node.right, Precedence::right_of_logical(node.operator)))
            }
            Expression::Conditional(node) => {
                self.within(" ? ", " : ", |this| this.assignment(node.consequent));
                Some((node.alternate, Precedence::Assignment))
            }
            Expression::Member(node) => {
                if let MemberObject::Expression(Expression::Number(number)) = node.object
                    && !matches!(node.property, MemberProperty::Computed(_))
                    && !node.optional
                {
                    self.end_of_number(number);
                }
                self.member_property(node);
                None
            }
            Expression::Call(node) => {
                self.push(if node.optional { "?." } else { "" });
                self.arguments(node.arguments);
                None
            }
            Expression::New(node) => {
                self.arguments(node.arguments);
                None
            }
            Expression::TaggedTemplate(node) => {
                self.template(node.quasi);
                None
            }
            _ => None,
        }
    }

    fn operator(&mut self, operator: &str) {
        self.push(" ");
        self.push(operator);
        self.push(" ");
    }

    fn unary_operator(&mut self, node: &UnaryExpression<'p>) {
        self.push(node.operator.as_str());
        let apart = match (node.operator, node.argument) {
            (UnaryOperator::Delete | UnaryOperator::Void | UnaryOperator::Typeof, _) => true,
            // `- -x`, `- --x`, `+ +x`, `+ ++x`.
            (UnaryOperator::Minus, Expression::Unary(inner)) => {
                inner.operator == UnaryOperator::Minus
            }
            (UnaryOperator::Plus, Expression::Unary(inner)) => {
                inner.operator == UnaryOperator::Plus
            }
            (UnaryOperator::Minus, Expression::Update(inner)) => {
                inner.prefix && inner.operator == UpdateOperator::Decrement
            }
            (UnaryOperator::Plus, Expression::Update(inner)) => {
                inner.prefix && inner.operator == UpdateOperator::Increment
            }
            _ => false,
        };
        if apart {
            self.push(" ");
        }
    }

    fn member_property(&mut self, node: &MemberExpression<'p>) {
        match node.property {
            MemberProperty::Name(name) => {
                self.push(if node.optional { "?." } else { "." });
                self.push(name.text);
            }
            MemberProperty::Private(name) => {
                self.push(if node.optional { "?." } else { "." });
                self.private_identifier(name);
            }
            MemberProperty::Computed(expression) => {
                let open = if node.optional { "?.[" } else { "[" };
                self.within(open, "]", |this| this.expression(expression, Precedence::Expression));
            }
        }
    }

    fn whole_expression(&mut self, expression: Expression<'p>) {
        match expression {
            Expression::This(_) => self.push("this"),
            Expression::Identifier(node) => self.push(node.name.as_str()),
            Expression::Null(_) => self.push("null"),
            Expression::Boolean(node) => self.push(if node.value { "true" } else { "false" }),
            Expression::Number(node) => self.number(node),
            Expression::BigInt(node) => self.bigint(node),
            Expression::String(node) => self.string(node),
            Expression::RegExp(node) => self.regexp(node),
            Expression::Template(node) => self.template(node),
            Expression::Array(node) => self.array(node.elements),
            Expression::Object(node) => self.object(node.properties),
            Expression::Function(node) => self.function(node),
            Expression::Class(node) => self.class(node),
            Expression::SuperCall(node) => {
                self.push("super");
                self.arguments(node.arguments);
            }
            Expression::Import(node) => self.within("import(", ")", |this| {
                this.assignment(node.source);
                if let Some(options) = node.options {
                    this.push(", ");
                    this.assignment(options);
                }
            }),
            Expression::ImportMeta(_) => self.push("import.meta"),
            Expression::NewTarget(_) => self.push("new.target"),
            Expression::Update(node) => {
                if node.prefix {
                    self.push(node.operator.as_str());
                }
                self.pattern(node.argument);
                if !node.prefix {
                    self.push(node.operator.as_str());
                }
            }
            Expression::Sequence(node) => {
                self.separated(node.expressions, |this, &item| this.assignment(item));
            }
            Expression::Parenthesized(_)
            | Expression::Arrow(_)
            | Expression::Member(_)
            | Expression::Call(_)
            | Expression::Chain(_)
            | Expression::New(_)
            | Expression::TaggedTemplate(_)
            | Expression::Unary(_)
            | Expression::Binary(_)
            | Expression::PrivateIn(_)
            | Expression::Logical(_)
            | Expression::Conditional(_)
            | Expression::Assignment(_)
            | Expression::Yield(_)
            | Expression::Await(_) => unreachable!("links of chains are written part by part"),
        }
    }

    pub(super) fn arguments(&mut self, arguments: &[Argument<'p>]) {
        self.within("(", ")", |this| {
            this.separated(arguments, |this, argument| match *argument {
                Argument::Expression(expression) => this.assignment(expression),
                Argument::Spread(node) => this.spread(node),
            });
        });
    }

    fn spread(&mut self, node: &SpreadElement<'p>) {
        self.push("...");
        self.assignment(node.argument);
    }

    fn array(&mut self, elements: &[ArrayElement<'p>]) {
        self.within("[", "]", |this| {
            this.separated(elements, |this, element| match *element {
                ArrayElement::Elision => {}
                ArrayElement::Expression(expression) => this.assignment(expression),
                ArrayElement::Spread(node) => this.spread(node),
            });
            // A comma at the end adds no element, so a hole there needs its own.
            if let Some(ArrayElement::Elision) = elements.last() {
                this.push(",");
            }
        });
    }

    fn object(&mut self, properties: &[Property<'p>]) {
        if properties.is_empty() {
            self.push("{}");
            return;
        }
        self.within("{ ", " }", |this| {
            this.separated(properties, Self::property);
        });
    }

    fn property(&mut self, property: &Property<'p>) {
        match *property {
            Property::KeyValue(node) => {
                self.property_key(node.key);
                self.push(": ");
                self.assignment(node.value);
            }
            Property::Shorthand(node) => {
                self.push(node.name.name.as_str());
                if let Some(initializer) = node.initializer {
                    self.push(" = ");
                    self.assignment(initializer);
                }
            }
            Property::Method(node) => self.method(node.kind, node.key, node.value),
            Property::Spread(node) => self.spread(node),
        }
    }

    pub(super) fn property_key(&mut self, key: PropertyKey<'p>) {
        match key {
            PropertyKey::Identifier(name) => self.push(name.text),
            PropertyKey::String(string) => self.string(string),
            PropertyKey::Number(number) => self.number(number),
            PropertyKey::BigInt(bigint) => self.bigint(bigint),
            PropertyKey::Computed(expression) => {
                self.within("[", "]", |this| this.assignment(expression));
            }
            PropertyKey::Private(name) => self.private_identifier(name),
        }
    }
}
