//! Expressions.

use crate::ast::*;
use crate::source::Span;

use super::{ArrowHead, Cx, Fallible, ListStart, cover, syntax_error};

/// `CoverParenthesizedExpressionAndArrowParameterList`.
pub(crate) struct Cover<'a> {
    pub(crate) span: Span,
    /// What is inside: the items of a comma list, not the list as a whole.
    pub(crate) items: &'a [Expression<'a>],
    pub(crate) trailing_comma: bool,
    pub(crate) rest: Option<&'a RestElement<'a>>,
    /// The items as one expression.
    expression: Option<Expression<'a>>,
}

impl<'a> Cx<'a> {
    pub(crate) fn cover(
        &self,
        l: u32,
        expression: Option<Expression<'a>>,
        trailing_comma: bool,
        rest: Option<&'a RestElement<'a>>,
        r: u32,
    ) -> &'a Cover<'a> {
        let items = match expression {
            None => &[],
            Some(Expression::Sequence(sequence)) => sequence.expressions,
            Some(expression) => self.arena.alloc_slice_copy(&[expression]),
        };
        self.alloc(Cover { span: Span::new(l, r), items, trailing_comma, rest, expression })
    }

    pub(crate) fn cover_list(
        &self,
        l: u32,
        list: ListStart,
        trailing_comma: bool,
        rest: Option<&'a RestElement<'a>>,
        r: u32,
    ) -> &'a Cover<'a> {
        let items = self.expressions.finish(list, self.arena);
        self.alloc(Cover { span: Span::new(l, r), items, trailing_comma, rest, expression: None })
    }

    /// §13.2.9.1: the cover grammar as a parenthesised expression.
    pub(crate) fn parenthesized(&self, cover: &'a Cover<'a>) -> Fallible<Expression<'a>> {
        if let Some(rest) = cover.rest {
            let dots = Span::new(rest.span.start, rest.span.start + 3);
            return syntax_error(dots, "Unexpected token '...'");
        }
        match cover.expression {
            Some(expression) if !cover.trailing_comma => {
                let node = ParenthesizedExpression { span: cover.span, expression };
                Ok(Expression::Parenthesized(self.alloc(node)))
            }
            _ => {
                let paren = Span::new(cover.span.end - 1, cover.span.end);
                syntax_error(paren, "Unexpected token ')'")
            }
        }
    }

    pub(crate) fn boolean(&self, l: u32, value: bool, r: u32) -> Expression<'a> {
        Expression::Boolean(self.alloc(BooleanLiteral { span: Span::new(l, r), value }))
    }

    pub(crate) fn array(
        &self,
        l: u32,
        list: ListStart,
        last: Option<ArrayElement<'a>>,
        r: u32,
    ) -> Expression<'a> {
        let elements = self.elements.finish(self.elements.push_last(list, last), self.arena);
        let comma_after_spread =
            last.is_none() && matches!(elements.last(), Some(ArrayElement::Spread(_)));
        let span = Span::new(l, r);
        Expression::Array(self.alloc(ArrayLiteral { span, elements, comma_after_spread }))
    }

    pub(crate) fn spread(&self, l: u32, argument: Expression<'a>, r: u32) -> &'a SpreadElement<'a> {
        self.alloc(SpreadElement { span: Span::new(l, r), argument })
    }

    pub(crate) fn object(
        &self,
        l: u32,
        list: ListStart,
        last: Option<Property<'a>>,
        r: u32,
    ) -> Expression<'a> {
        let properties = self.properties.finish(self.properties.push_last(list, last), self.arena);
        let comma_after_spread =
            last.is_none() && matches!(properties.last(), Some(Property::Spread(_)));
        let span = Span::new(l, r);
        Expression::Object(self.alloc(ObjectLiteral { span, properties, comma_after_spread }))
    }

    pub(crate) fn shorthand(&self, name: &'a Identifier<'a>) -> Property<'a> {
        let span = name.span;
        Property::Shorthand(self.alloc(ShorthandProperty { span, name, initializer: None }))
    }

    pub(crate) fn cover_initialized_name(
        &self,
        l: u32,
        name: &'a Identifier<'a>,
        initializer: Expression<'a>,
        r: u32,
    ) -> Property<'a> {
        let span = Span::new(l, r);
        self.cover_initialized.borrow_mut().push((span, true));
        let initializer = Some(initializer);
        Property::Shorthand(self.alloc(ShorthandProperty { span, name, initializer }))
    }

    /// A pattern has taken the initialiser of a shorthand property.
    pub(crate) fn accept_cover_initialized_name(&self, span: Span) {
        let mut stray = self.cover_initialized.borrow_mut();
        // They were noted as they ended.
        if let Ok(at) = stray.binary_search_by_key(&span.end, |(entry, _)| entry.end) {
            stray[at].1 = false;
            while let Some((_, false)) = stray.last() {
                stray.pop();
            }
        }
    }

    pub(crate) fn key_value(
        &self,
        l: u32,
        key: PropertyKey<'a>,
        value: Expression<'a>,
        r: u32,
    ) -> Property<'a> {
        Property::KeyValue(self.alloc(KeyValue { span: Span::new(l, r), key, value }))
    }

    fn member(
        &self,
        span: Span,
        object: MemberObject<'a>,
        property: MemberProperty<'a>,
        optional: bool,
    ) -> Expression<'a> {
        Expression::Member(self.alloc(MemberExpression { span, object, property, optional }))
    }

    pub(crate) fn member_computed(
        &self,
        l: u32,
        object: Expression<'a>,
        property: Expression<'a>,
        r: u32,
    ) -> Expression<'a> {
        let property = MemberProperty::Computed(property);
        self.member(Span::new(l, r), MemberObject::Expression(object), property, false)
    }

    pub(crate) fn member_name(
        &self,
        l: u32,
        object: Expression<'a>,
        name: &'a IdentifierName<'a>,
        r: u32,
    ) -> Expression<'a> {
        let property = MemberProperty::Name(name);
        self.member(Span::new(l, r), MemberObject::Expression(object), property, false)
    }

    pub(crate) fn member_private(
        &self,
        l: u32,
        object: Expression<'a>,
        name: &'a PrivateIdentifier<'a>,
        r: u32,
    ) -> Expression<'a> {
        let property = MemberProperty::Private(name);
        self.member(Span::new(l, r), MemberObject::Expression(object), property, false)
    }

    pub(crate) fn optional_computed(
        &self,
        l: u32,
        object: Expression<'a>,
        property: Expression<'a>,
        r: u32,
    ) -> Expression<'a> {
        let property = MemberProperty::Computed(property);
        self.member(Span::new(l, r), MemberObject::Expression(object), property, true)
    }

    pub(crate) fn optional_name(
        &self,
        l: u32,
        object: Expression<'a>,
        name: &'a IdentifierName<'a>,
        r: u32,
    ) -> Expression<'a> {
        let property = MemberProperty::Name(name);
        self.member(Span::new(l, r), MemberObject::Expression(object), property, true)
    }

    pub(crate) fn optional_private(
        &self,
        l: u32,
        object: Expression<'a>,
        name: &'a PrivateIdentifier<'a>,
        r: u32,
    ) -> Expression<'a> {
        let property = MemberProperty::Private(name);
        self.member(Span::new(l, r), MemberObject::Expression(object), property, true)
    }

    pub(crate) fn super_computed(
        &self,
        l: u32,
        m: u32,
        property: Expression<'a>,
        r: u32,
    ) -> Expression<'a> {
        let object = MemberObject::Super(Span::new(l, m));
        self.member(Span::new(l, r), object, MemberProperty::Computed(property), false)
    }

    pub(crate) fn super_name(
        &self,
        l: u32,
        m: u32,
        name: &'a IdentifierName<'a>,
        r: u32,
    ) -> Expression<'a> {
        let object = MemberObject::Super(Span::new(l, m));
        self.member(Span::new(l, r), object, MemberProperty::Name(name), false)
    }

    /// `super.#x` is in no production; V8 says why.
    pub(crate) fn super_private(&self, name: &PrivateIdentifier<'a>) -> Fallible<Expression<'a>> {
        syntax_error(name.span, "Unexpected private field")
    }

    pub(crate) fn super_call(&self, l: u32, m: u32, list: ListStart, r: u32) -> Expression<'a> {
        let arguments = self.arguments.finish(list, self.arena);
        let node = SuperCall { span: Span::new(l, r), super_span: Span::new(l, m), arguments };
        Expression::SuperCall(self.alloc(node))
    }

    pub(crate) fn new_target(
        &self,
        l: u32,
        name: &IdentifierName<'a>,
        r: u32,
    ) -> Fallible<Expression<'a>> {
        self.meta_property(l, name, r, "new.target", Expression::NewTarget)
    }

    pub(crate) fn import_meta(
        &self,
        l: u32,
        name: &IdentifierName<'a>,
        r: u32,
    ) -> Fallible<Expression<'a>> {
        self.meta_property(l, name, r, "import.meta", Expression::ImportMeta)
    }

    fn meta_property(
        &self,
        l: u32,
        name: &IdentifierName<'a>,
        r: u32,
        property: &str,
        make: fn(Span) -> Expression<'a>,
    ) -> Fallible<Expression<'a>> {
        let (_, expected) = property.split_once('.').unwrap_or(("", property));
        if name.text != expected {
            return syntax_error(name.span, format!("Unexpected identifier '{}'", name.text));
        }
        let span = Span::new(l, r);
        if &self.text[name.span.range()] != expected.as_bytes() {
            let message = format!("'{property}' must not contain escaped characters");
            return syntax_error(span, message);
        }
        Ok(make(span))
    }

    pub(crate) fn new_expression(
        &self,
        l: u32,
        callee: Expression<'a>,
        list: ListStart,
        r: u32,
    ) -> Expression<'a> {
        let arguments = self.arguments.finish(list, self.arena);
        Expression::New(self.alloc(NewExpression { span: Span::new(l, r), callee, arguments }))
    }

    pub(crate) fn call(
        &self,
        l: u32,
        callee: Expression<'a>,
        list: ListStart,
        r: u32,
    ) -> Expression<'a> {
        // §13.3.6.1: a call of the name `eval` is a direct eval.
        if let Expression::Identifier(identifier) = callee.without_parentheses()
            && identifier.name.class() == NameClass::Eval
        {
            self.note_direct_eval(l);
        }
        let arguments = self.arguments.finish(list, self.arena);
        let span = Span::new(l, r);
        Expression::Call(self.alloc(CallExpression { span, callee, arguments, optional: false }))
    }

    pub(crate) fn optional_call(
        &self,
        l: u32,
        callee: Expression<'a>,
        list: ListStart,
        r: u32,
    ) -> Expression<'a> {
        let arguments = self.arguments.finish(list, self.arena);
        let span = Span::new(l, r);
        // `eval?.()` is no direct eval.
        Expression::Call(self.alloc(CallExpression { span, callee, arguments, optional: true }))
    }

    /// `async (…)` that is a call after all.
    pub(crate) fn async_call(&self, head: &ArrowHead<'a>) -> Expression<'a> {
        let callee = Expression::Identifier(head.async_identifier(self));
        let (span, arguments) = (head.span, head.arguments);
        Expression::Call(self.alloc(CallExpression { span, callee, arguments, optional: false }))
    }

    pub(crate) fn import_call(
        &self,
        l: u32,
        source: Expression<'a>,
        options: Option<Expression<'a>>,
        r: u32,
    ) -> Expression<'a> {
        Expression::Import(self.alloc(ImportCall { span: Span::new(l, r), source, options }))
    }

    pub(crate) fn chain(&self, l: u32, expression: Expression<'a>, r: u32) -> Expression<'a> {
        Expression::Chain(self.alloc(ChainExpression { span: Span::new(l, r), expression }))
    }

    /// §13.3.1.1: no template after `?.`, and none in a chain.
    pub(crate) fn template_in_chain(
        &self,
        _chain: Expression<'a>,
        template: &TemplateLiteral<'a>,
    ) -> Fallible<Expression<'a>> {
        syntax_error(template.span, "Invalid tagged template on optional chain")
    }

    pub(crate) fn tagged_template(
        &self,
        l: u32,
        tag: Expression<'a>,
        quasi: &'a TemplateLiteral<'a>,
        r: u32,
    ) -> Expression<'a> {
        Expression::TaggedTemplate(self.alloc(TaggedTemplate { span: Span::new(l, r), tag, quasi }))
    }

    /// §13.4.1: the operand has to be an assignment target.
    pub(crate) fn update(
        &self,
        l: u32,
        operator: UpdateOperator,
        prefix: bool,
        argument: Expression<'a>,
        r: u32,
    ) -> Fallible<Expression<'a>> {
        let message = if prefix {
            "Invalid left-hand side expression in prefix operation"
        } else {
            "Invalid left-hand side expression in postfix operation"
        };
        let argument = cover::simple_target(argument, message)?;
        let span = Span::new(l, r);
        Ok(Expression::Update(self.alloc(UpdateExpression { span, operator, prefix, argument })))
    }

    pub(crate) fn unary(
        &self,
        l: u32,
        operator: UnaryOperator,
        argument: Expression<'a>,
        r: u32,
    ) -> Expression<'a> {
        Expression::Unary(self.alloc(UnaryExpression { span: Span::new(l, r), operator, argument }))
    }

    pub(crate) fn await_expression(
        &self,
        l: u32,
        argument: Expression<'a>,
        r: u32,
    ) -> Expression<'a> {
        Expression::Await(self.alloc(AwaitExpression { span: Span::new(l, r), argument }))
    }

    pub(crate) fn yield_expression(
        &self,
        l: u32,
        delegate: bool,
        argument: Option<Expression<'a>>,
        r: u32,
    ) -> Expression<'a> {
        Expression::Yield(self.alloc(YieldExpression { span: Span::new(l, r), delegate, argument }))
    }

    pub(crate) fn binary(
        &self,
        l: u32,
        left: Expression<'a>,
        operator: BinaryOperator,
        right: Expression<'a>,
        r: u32,
    ) -> Expression<'a> {
        let span = Span::new(l, r);
        Expression::Binary(self.alloc(BinaryExpression { span, operator, left, right }))
    }

    pub(crate) fn private_in(
        &self,
        l: u32,
        left: &'a PrivateIdentifier<'a>,
        right: Expression<'a>,
        r: u32,
    ) -> Expression<'a> {
        Expression::PrivateIn(self.alloc(PrivateInExpression {
            span: Span::new(l, r),
            left,
            right,
        }))
    }

    pub(crate) fn logical(
        &self,
        l: u32,
        left: Expression<'a>,
        operator: LogicalOperator,
        right: Expression<'a>,
        r: u32,
    ) -> Expression<'a> {
        let span = Span::new(l, r);
        Expression::Logical(self.alloc(LogicalExpression { span, operator, left, right }))
    }

    pub(crate) fn conditional(
        &self,
        l: u32,
        test: Expression<'a>,
        consequent: Expression<'a>,
        alternate: Expression<'a>,
        r: u32,
    ) -> Expression<'a> {
        let span = Span::new(l, r);
        Expression::Conditional(self.alloc(ConditionalExpression {
            span,
            test,
            consequent,
            alternate,
        }))
    }

    /// `=`: a literal on the left becomes a pattern.
    pub(crate) fn assign(
        &self,
        l: u32,
        target: Expression<'a>,
        right: Expression<'a>,
        r: u32,
    ) -> Fallible<Expression<'a>> {
        let left = cover::assignment_target(self, target, "Invalid left-hand side in assignment")?;
        Ok(self.assignment(Span::new(l, r), AssignmentOperator::Assign, target, left, right))
    }

    /// `+=` and its kind take simple targets only.
    pub(crate) fn compound_assign(
        &self,
        l: u32,
        target: Expression<'a>,
        operator: AssignmentOperator,
        right: Expression<'a>,
        r: u32,
    ) -> Fallible<Expression<'a>> {
        let left = cover::simple_target(target, "Invalid left-hand side in assignment")?;
        Ok(self.assignment(Span::new(l, r), operator, target, left, right))
    }

    fn assignment(
        &self,
        span: Span,
        operator: AssignmentOperator,
        target: Expression<'a>,
        left: Pattern<'a>,
        right: Expression<'a>,
    ) -> Expression<'a> {
        let parenthesized_target = matches!(target, Expression::Parenthesized(_));
        let node = AssignmentExpression { span, operator, left, parenthesized_target, right };
        Expression::Assignment(self.alloc(node))
    }

    pub(crate) fn sequence(&self, l: u32, list: ListStart, r: u32) -> Expression<'a> {
        let expressions = self.expressions.finish(list, self.arena);
        Expression::Sequence(self.alloc(SequenceExpression { span: Span::new(l, r), expressions }))
    }
}
