//! Expressions.

use super::{Printer, fields, node, open};
use crate::ast::{
    Argument, ArrayElement, AssignmentExpression, Expression, ImportCall, MemberObject,
    MemberProperty, NewExpression, ObjectLiteral, Property, PropertyKey, SpreadElement, SuperCall,
    UpdateExpression, YieldExpression,
};
use crate::source::Span;

impl<'p> Printer<'p> {
    /// Any expression.
    ///
    /// Long chains go down on the left (`a + b + c`, `a.b.c()`) or on the right
    /// (`a ? b : c ? d : e`, `a = b = c`), so those nodes are opened one inside
    /// the other in a loop, and finished from the inside out.
    pub(super) fn expression(&mut self, expression: Expression<'p>) {
        if self.json.is_too_deep() {
            return;
        }
        crate::depth::grow(|| {
            let outer = self.open.len();
            let mut innermost = expression.without_parentheses();
            while let Some(inner) = self.open_expression(innermost) {
                self.open.push(innermost);
                innermost = inner.without_parentheses();
            }
            self.whole_expression(innermost);
            while self.open.len() > outer {
                if let Some(expression) = self.open.pop() {
                    self.finish_expression(expression);
                }
            }
        });
    }

    pub(super) fn optional_expression(&mut self, expression: Option<Expression<'p>>) {
        match expression {
            Some(expression) => self.expression(expression),
            None => self.null(),
        }
    }

    /// Opens a node that is a link of a chain, up to the field that holds the
    /// next link, which it returns.
    fn open_expression(&mut self, expression: Expression<'p>) -> Option<Expression<'p>> {
        let inner = match expression {
            Expression::Binary(node) => {
                open!(self, BinaryExpression, node.span);
                self.json.field(",\"left\":");
                node.left
            }
            Expression::Logical(node) => {
                open!(self, LogicalExpression, node.span);
                self.json.field(",\"left\":");
                node.left
            }
            Expression::Member(node) => {
                let MemberObject::Expression(object) = node.object else { return None };
                open!(self, MemberExpression, node.span);
                self.json.field(",\"object\":");
                object
            }
            Expression::Call(node) => {
                open!(self, CallExpression, node.span);
                self.json.field(",\"callee\":");
                node.callee
            }
            Expression::TaggedTemplate(node) => {
                open!(self, TaggedTemplateExpression, node.span);
                self.json.field(",\"tag\":");
                node.tag
            }
            Expression::Conditional(node) => {
                open!(self, ConditionalExpression, node.span,
                    test: expression(node.test),
                    consequent: expression(node.consequent));
                self.json.field(",\"alternate\":");
                node.alternate
            }
            Expression::Assignment(node) => {
                self.assignment_target(node);
                self.json.field(",\"right\":");
                node.right
            }
            Expression::Unary(node) => {
                open!(self, UnaryExpression, node.span,
                    operator: word(node.operator.as_str()),
                    prefix: boolean(true));
                self.json.field(",\"argument\":");
                node.argument
            }
            _ => return None,
        };
        Some(inner)
    }

    /// Writes what follows the inner link, and closes the node.
    fn finish_expression(&mut self, expression: Expression<'p>) {
        match expression {
            Expression::Binary(node) => fields!(self,
                operator: word(node.operator.as_str()),
                right: expression(node.right)),
            Expression::Logical(node) => fields!(self,
                operator: word(node.operator.as_str()),
                right: expression(node.right)),
            Expression::Member(node) => self.property(node.property, node.optional),
            Expression::Call(node) => fields!(self,
                arguments: list(node.arguments, Self::argument),
                optional: boolean(node.optional)),
            Expression::TaggedTemplate(node) => fields!(self, quasi: template_literal(node.quasi)),
            _ => {}
        }
        self.json.close_object();
    }

    /// An expression that is no link of a chain.
    fn whole_expression(&mut self, expression: Expression<'p>) {
        match expression {
            Expression::This(span) => node!(self, ThisExpression, span),
            Expression::Identifier(node) => self.identifier(node),
            Expression::Null(span) => self.null_literal(span),
            Expression::Boolean(node) => self.boolean_literal(node),
            Expression::Number(node) => self.numeric_literal(node),
            Expression::BigInt(node) => self.bigint_literal(node),
            Expression::String(node) => self.string_literal(node),
            Expression::RegExp(node) => self.regexp_literal(node),
            Expression::Template(node) => self.template_literal(node),
            Expression::Array(node) => node!(self, ArrayExpression, node.span,
                elements: list(node.elements, Self::array_element)),
            Expression::Object(node) => self.object_literal(node),
            Expression::Function(node) => self.function_expression(node),
            Expression::Arrow(node) => self.arrow_function(node),
            Expression::Class(node) => self.class_expression(node),
            Expression::Member(node) => {
                if let MemberObject::Super(span) = node.object {
                    open!(self, MemberExpression, node.span, object: super_object(span));
                    self.property(node.property, node.optional);
                    self.json.close_object();
                }
            }
            Expression::SuperCall(node) => self.super_call(node),
            Expression::Chain(node) => node!(self, ChainExpression, node.span,
                expression: expression(node.expression)),
            Expression::New(node) => self.new_expression(node),
            Expression::Import(node) => self.import_call(node),
            Expression::ImportMeta(span) => self.meta_property(span, "import", "meta"),
            Expression::NewTarget(span) => self.meta_property(span, "new", "target"),
            Expression::Update(node) => self.update_expression(node),
            Expression::PrivateIn(node) => node!(self, BinaryExpression, node.span,
                left: private_identifier(node.left),
                operator: word("in"),
                right: expression(node.right)),
            Expression::Yield(node) => self.yield_expression(node),
            Expression::Await(node) => node!(self, AwaitExpression, node.span,
                argument: expression(node.argument)),
            Expression::Sequence(node) => node!(self, SequenceExpression, node.span,
                expressions: list(node.expressions, |this, &item| this.expression(item))),
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

    fn assignment_target(&mut self, node: &AssignmentExpression<'p>) {
        open!(self, AssignmentExpression, node.span,
            operator: word(node.operator.as_str()),
            left: pattern(node.left));
    }

    /// The fields of a member expression after its object.
    pub(super) fn property(&mut self, property: MemberProperty<'p>, optional: bool) {
        fields!(self,
            property: member_property(property),
            computed: boolean(matches!(property, MemberProperty::Computed(_))),
            optional: boolean(optional));
    }

    fn member_property(&mut self, property: MemberProperty<'p>) {
        match property {
            MemberProperty::Name(name) => self.identifier_name(name),
            MemberProperty::Computed(expression) => self.expression(expression),
            MemberProperty::Private(name) => self.private_identifier(name),
        }
    }

    pub(super) fn super_object(&mut self, span: Span) {
        node!(self, Super, span);
    }

    fn super_call(&mut self, node: &SuperCall<'p>) {
        node!(self, CallExpression, node.span,
            callee: super_object(node.super_span),
            arguments: list(node.arguments, Self::argument),
            optional: boolean(false));
    }

    fn new_expression(&mut self, node: &NewExpression<'p>) {
        node!(self, NewExpression, node.span,
            callee: expression(node.callee),
            arguments: list(node.arguments, Self::argument));
    }

    fn import_call(&mut self, node: &ImportCall<'p>) {
        node!(self, ImportExpression, node.span,
            source: expression(node.source),
            options: optional_expression(node.options));
    }

    /// `import.meta` or `new.target`. Neither word may have escapes, so each
    /// stands at its end of the span.
    fn meta_property(&mut self, span: Span, meta: &'static str, property: &'static str) {
        let meta_span = Span::new(span.start, span.start + meta.len() as u32);
        let property_span = Span::new(span.end - property.len() as u32, span.end);
        node!(self, MetaProperty, span,
            meta: keyword(meta_span, meta),
            property: keyword(property_span, property));
    }

    fn keyword(&mut self, span: Span, name: &'static str) {
        node!(self, Identifier, span, name: word(name));
    }

    fn update_expression(&mut self, node: &UpdateExpression<'p>) {
        node!(self, UpdateExpression, node.span,
            operator: word(node.operator.as_str()),
            prefix: boolean(node.prefix),
            argument: pattern(node.argument));
    }

    fn yield_expression(&mut self, node: &YieldExpression<'p>) {
        node!(self, YieldExpression, node.span,
            delegate: boolean(node.delegate),
            argument: optional_expression(node.argument));
    }

    fn argument(&mut self, argument: &Argument<'p>) {
        match *argument {
            Argument::Expression(expression) => self.expression(expression),
            Argument::Spread(spread) => self.spread_element(spread),
        }
    }

    fn spread_element(&mut self, node: &SpreadElement<'p>) {
        node!(self, SpreadElement, node.span, argument: expression(node.argument));
    }

    fn array_element(&mut self, element: &ArrayElement<'p>) {
        match *element {
            ArrayElement::Elision => self.null(),
            ArrayElement::Expression(expression) => self.expression(expression),
            ArrayElement::Spread(spread) => self.spread_element(spread),
        }
    }

    fn object_literal(&mut self, node: &ObjectLiteral<'p>) {
        node!(self, ObjectExpression, node.span,
            properties: list(node.properties, Self::object_property));
    }

    fn object_property(&mut self, property: &Property<'p>) {
        match *property {
            Property::KeyValue(node) => node!(self, Property, node.span,
                method: boolean(false),
                shorthand: boolean(false),
                computed: boolean(matches!(node.key, PropertyKey::Computed(_))),
                key: property_key(node.key),
                value: expression(node.value),
                kind: word("init")),
            Property::Shorthand(node) => node!(self, Property, node.span,
                method: boolean(false),
                shorthand: boolean(true),
                computed: boolean(false),
                key: identifier(node.name),
                value: identifier(node.name),
                kind: word("init")),
            Property::Method(node) => self.object_method(node),
            Property::Spread(spread) => self.spread_element(spread),
        }
    }

    pub(super) fn property_key(&mut self, key: PropertyKey<'p>) {
        match key {
            PropertyKey::Identifier(name) => self.identifier_name(name),
            PropertyKey::String(string) => self.string_literal(string),
            PropertyKey::Number(number) => self.numeric_literal(number),
            PropertyKey::BigInt(bigint) => self.bigint_literal(bigint),
            PropertyKey::Computed(expression) => self.expression(expression),
            PropertyKey::Private(name) => self.private_identifier(name),
        }
    }
}
