//! Expressions.

use super::{Leaf, Sink, Walker, node};
use crate::ast::{
    Argument, ArrayElement, AssignmentExpression, CallExpression, Expression, Identifier,
    IdentifierName, MemberExpression, MemberObject, MemberProperty, NumericForm, NumericLiteral,
    PrivateIdentifier, Property, PropertyKey, SpreadElement, StringLiteral, TemplateElement,
    TemplateLiteral,
};

impl<'p, S: Sink> Walker<'p, '_, S> {
    /// Any expression. Links of chains, on the left (`a + b + c`, `a.b.c()`) or
    /// on the right (`a ? b : c ? d : e`, `a = b = c`), are opened in a loop.
    pub(super) fn expression(&mut self, role: &'static str, expression: Expression<'p>) {
        crate::depth::grow(|| {
            let outer = self.open.len();
            let (mut role, mut innermost) = (role, self.visible(expression));
            while let Some((inner_role, inner)) = self.open_expression(role, innermost) {
                self.open.push(innermost);
                (role, innermost) = (inner_role, self.visible(inner));
            }
            self.whole_expression(role, innermost);
            while self.open.len() > outer {
                if let Some(expression) = self.open.pop() {
                    self.finish_expression(expression);
                }
            }
        });
    }

    fn visible(&self, expression: Expression<'p>) -> Expression<'p> {
        if self.parentheses { expression } else { expression.without_parentheses() }
    }

    pub(super) fn optional_expression(
        &mut self,
        role: &'static str,
        expression: Option<Expression<'p>>,
    ) {
        if let Some(expression) = expression {
            self.expression(role, expression);
        }
    }

    pub(super) fn expression_or_absent(
        &mut self,
        role: &'static str,
        expression: Option<Expression<'p>>,
    ) {
        match expression {
            Some(expression) => self.expression(role, expression),
            None => self.sink.absent(role),
        }
    }

    /// Opens a link of a chain, up to the child that is the next link.
    fn open_expression(
        &mut self,
        role: &'static str,
        expression: Expression<'p>,
    ) -> Option<(&'static str, Expression<'p>)> {
        let inner = match expression {
            Expression::Binary(node) => {
                self.sink.open(role, "Binary", node.span);
                self.sink.word(node.operator.as_str());
                ("left", node.left)
            }
            Expression::Logical(node) => {
                self.sink.open(role, "Logical", node.span);
                self.sink.word(node.operator.as_str());
                ("left", node.left)
            }
            Expression::Member(node) => {
                let MemberObject::Expression(object) = node.object else { return None };
                self.sink.open(role, member_kind(node), node.span);
                ("object", object)
            }
            Expression::Call(node) => {
                self.sink.open(role, call_kind(node), node.span);
                ("callee", node.callee)
            }
            Expression::TaggedTemplate(node) => {
                self.sink.open(role, "TaggedTemplate", node.span);
                ("tag", node.tag)
            }
            Expression::Conditional(node) => {
                self.sink.open(role, "Conditional", node.span);
                self.expression("test", node.test);
                self.expression("then", node.consequent);
                ("else", node.alternate)
            }
            Expression::Assignment(node) => {
                self.assignment_target(role, node);
                ("value", node.right)
            }
            Expression::Unary(node) => {
                self.sink.open(role, "Unary", node.span);
                self.sink.word(node.operator.as_str());
                ("", node.argument)
            }
            Expression::Parenthesized(node) => {
                self.sink.open(role, "Parenthesized", node.span);
                ("", node.expression)
            }
            _ => return None,
        };
        Some(inner)
    }

    fn finish_expression(&mut self, expression: Expression<'p>) {
        match expression {
            Expression::Binary(node) => self.expression("right", node.right),
            Expression::Logical(node) => self.expression("right", node.right),
            Expression::Member(node) => self.member_property(node.property),
            Expression::Call(node) => self.list("argument", node.arguments, Self::argument),
            Expression::TaggedTemplate(node) => self.template("", node.quasi),
            _ => {}
        }
        self.sink.close();
    }

    fn whole_expression(&mut self, role: &'static str, expression: Expression<'p>) {
        match expression {
            Expression::This(span) => self.sink.leaf(role, "This", Leaf::Kind, span),
            Expression::Identifier(node) => self.identifier(role, node),
            Expression::Null(span) => self.sink.leaf(role, "Null", Leaf::Kind, span),
            Expression::Boolean(node) => {
                let text = if node.value { "true" } else { "false" };
                self.sink.leaf(role, "Boolean", Leaf::Word(text), node.span);
            }
            Expression::Number(node) => self.number(role, node),
            Expression::BigInt(node) => {
                self.sink.leaf(role, "BigInt", Leaf::Word(&format!("{}n", node.digits)), node.span);
            }
            Expression::String(node) => self.string(role, node),
            Expression::RegExp(node) => {
                let text = Leaf::RegExp(node.pattern.as_bytes(), node.flags);
                self.sink.leaf(role, "RegExp", text, node.span);
            }
            Expression::Template(node) => self.template(role, node),
            Expression::Array(node) => node!(self, role, "Array", node.span,
                element: list(node.elements, |this, _, element| this.array_element(element))),
            Expression::Object(node) => node!(self, role, "Object", node.span,
                property: list(node.properties, |this, _, property| this.property(property))),
            Expression::Function(node) => self.function(role, node),
            Expression::Arrow(node) => self.arrow(role, node),
            Expression::Class(node) => self.class(role, node),
            Expression::Member(node) => self.member(role, node),
            Expression::SuperCall(node) => node!(self, role, "SuperCall", node.span,
                argument: list(node.arguments, Self::argument)),
            Expression::Chain(node) => node!(self, role, "Chain", node.span,
                chain: only_expression(node.expression)),
            Expression::New(node) => node!(self, role, "New", node.span,
                callee: expression(node.callee),
                argument: list(node.arguments, Self::argument)),
            Expression::Import(node) => node!(self, role, "ImportCall", node.span,
                source: expression(node.source),
                options: optional_expression(node.options)),
            Expression::ImportMeta(span) => self.sink.leaf(role, "ImportMeta", Leaf::Kind, span),
            Expression::NewTarget(span) => self.sink.leaf(role, "NewTarget", Leaf::Kind, span),
            Expression::Update(node) => {
                let kind = if node.prefix { "PrefixUpdate" } else { "PostfixUpdate" };
                node!(self, role, kind, node.span,
                    operator: word(node.operator.as_str()),
                    target: only_pattern(node.argument));
            }
            Expression::PrivateIn(node) => node!(self, role, "PrivateIn", node.span,
                left: private_identifier(node.left),
                right: expression(node.right)),
            Expression::Yield(node) => {
                let kind = if node.delegate { "YieldDelegate" } else { "Yield" };
                self.sink.open(role, kind, node.span);
                self.optional_expression("", node.argument);
                self.sink.close();
            }
            Expression::Await(node) => node!(self, role, "Await", node.span,
                operand: only_expression(node.argument)),
            Expression::Sequence(node) => node!(self, role, "Sequence", node.span,
                item: list(node.expressions, |this, _, &item| this.expression("", item))),
            Expression::Parenthesized(_)
            | Expression::TaggedTemplate(_)
            | Expression::Call(_)
            | Expression::Unary(_)
            | Expression::Binary(_)
            | Expression::Logical(_)
            | Expression::Conditional(_)
            | Expression::Assignment(_) => unreachable!("links of chains are opened one by one"),
        }
    }

    /// The only child of its node, which needs no role.
    pub(super) fn only_expression(&mut self, _role: &'static str, expression: Expression<'p>) {
        self.expression("", expression);
    }

    pub(super) fn identifier(&mut self, role: &'static str, node: &Identifier<'p>) {
        self.sink.leaf(role, "Identifier", Leaf::Word(node.name.as_str()), node.span);
    }

    pub(super) fn identifier_name(&mut self, role: &'static str, node: &IdentifierName<'p>) {
        self.sink.leaf(role, "Name", Leaf::Word(node.text), node.span);
    }

    pub(super) fn private_identifier(&mut self, role: &'static str, node: &PrivateIdentifier<'p>) {
        self.sink.leaf(role, "Private", Leaf::Private(node.name.as_str()), node.span);
    }

    fn number(&mut self, role: &'static str, node: &NumericLiteral) {
        let mut buffer = ryu_js::Buffer::new();
        let text = buffer.format(node.value);
        match node.form {
            NumericForm::Standard => self.sink.leaf(role, "Number", Leaf::Word(text), node.span),
            NumericForm::LegacyOctal => {
                node!(self, role, "LegacyOctal", node.span, value: word(text));
            }
            NumericForm::LeadingZeroDecimal => {
                node!(self, role, "LeadingZeroDecimal", node.span, value: word(text));
            }
        }
    }

    pub(super) fn string(&mut self, role: &'static str, node: &StringLiteral<'p>) {
        let text = Leaf::Quoted(node.value.as_bytes());
        self.sink.leaf(role, "String", text, node.span);
    }

    fn template(&mut self, role: &'static str, node: &TemplateLiteral<'p>) {
        self.sink.open(role, "Template", node.span);
        let mut expressions = node.expressions.iter();
        for quasi in node.quasis {
            self.template_element(quasi);
            if let Some(&expression) = expressions.next() {
                self.expression("", expression);
            }
        }
        self.sink.close();
    }

    /// The text as written, and where that differs also the text it means.
    fn template_element(&mut self, node: &TemplateElement<'p>) {
        if node.cooked == Some(node.raw) {
            self.sink.leaf("", "Chunk", Leaf::Quoted(node.raw.as_bytes()), node.span);
            return;
        }
        let kind = if node.cooked.is_some() { "EscapedChunk" } else { "InvalidChunk" };
        self.sink.open("", kind, node.span);
        self.sink.quoted(node.raw.as_bytes());
        if let Some(cooked) = node.cooked {
            self.sink.quoted(cooked.as_bytes());
        }
        self.sink.close();
    }

    fn array_element(&mut self, element: &ArrayElement<'p>) {
        match *element {
            ArrayElement::Elision => self.sink.absent("hole"),
            ArrayElement::Expression(expression) => self.expression("", expression),
            ArrayElement::Spread(node) => self.spread("", node),
        }
    }

    fn argument(&mut self, role: &'static str, argument: &Argument<'p>) {
        match *argument {
            Argument::Expression(expression) => self.expression(role, expression),
            Argument::Spread(node) => self.spread(role, node),
        }
    }

    fn spread(&mut self, role: &'static str, node: &SpreadElement<'p>) {
        node!(self, role, "Spread", node.span, operand: only_expression(node.argument));
    }

    fn property(&mut self, property: &Property<'p>) {
        match *property {
            Property::KeyValue(node) => node!(self, "", "Property", node.span,
                key: property_key(node.key),
                value: expression(node.value)),
            Property::Shorthand(node) => node!(self, "", "Shorthand", node.span,
                name: identifier(node.name),
                initializer: optional_expression(node.initializer)),
            Property::Method(node) => self.object_method(node),
            Property::Spread(node) => self.spread("", node),
        }
    }

    pub(super) fn property_key(&mut self, role: &'static str, key: PropertyKey<'p>) {
        match key {
            PropertyKey::Identifier(name) => self.identifier_name(role, name),
            PropertyKey::String(string) => self.string(role, string),
            PropertyKey::Number(number) => self.number(role, number),
            PropertyKey::BigInt(node) => {
                self.sink.leaf(role, "BigInt", Leaf::Word(&format!("{}n", node.digits)), node.span);
            }
            PropertyKey::Computed(expression) => {
                self.sink.open(role, "Computed", crate::ast::Spanned::span(&expression));
                self.expression("", expression);
                self.sink.close();
            }
            PropertyKey::Private(name) => self.private_identifier(role, name),
        }
    }

    /// A member expression that is no link of a chain: an assignment target, or
    /// a property of `super`.
    pub(super) fn member(&mut self, role: &'static str, node: &MemberExpression<'p>) {
        self.sink.open(role, member_kind(node), node.span);
        match node.object {
            MemberObject::Expression(object) => self.expression("object", object),
            MemberObject::Super(span) => self.sink.leaf("object", "Super", Leaf::Kind, span),
        }
        self.member_property(node.property);
        self.sink.close();
    }

    fn member_property(&mut self, property: MemberProperty<'p>) {
        match property {
            MemberProperty::Name(name) => self.identifier_name("property", name),
            MemberProperty::Computed(expression) => self.expression("property", expression),
            MemberProperty::Private(name) => self.private_identifier("property", name),
        }
    }

    fn assignment_target(&mut self, role: &'static str, node: &AssignmentExpression<'p>) {
        self.sink.open(role, "Assignment", node.span);
        self.sink.word(node.operator.as_str());
        if node.parenthesized_target {
            self.sink.open_group("parenthesized-target", true);
            self.pattern("target", node.left);
            self.sink.close_group();
        } else {
            self.pattern("target", node.left);
        }
    }
}

fn member_kind(node: &MemberExpression<'_>) -> &'static str {
    match (node.property, node.optional) {
        (MemberProperty::Computed(_), false) => "Index",
        (MemberProperty::Computed(_), true) => "OptionalIndex",
        (_, false) => "Member",
        (_, true) => "OptionalMember",
    }
}

fn call_kind(node: &CallExpression<'_>) -> &'static str {
    if node.optional { "OptionalCall" } else { "Call" }
}
