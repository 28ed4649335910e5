//! Expressions.

use axil_grammar::ast::*;

use super::{Generator, NOWHERE};

impl<'a> Generator<'a, '_> {
    /// Any expression.
    pub fn expression(&mut self) -> Expression<'a> {
        if self.room == 0 {
            return self.leaf();
        }
        self.deeper(Self::any_expression)
    }

    fn leaf(&mut self) -> Expression<'a> {
        match self.choices.below(11) {
            1 => Expression::This(NOWHERE),
            2 => Expression::Null(NOWHERE),
            3 => {
                let value = self.choices.flip();
                Expression::Boolean(self.arena.alloc(BooleanLiteral { span: NOWHERE, value }))
            }
            4 => Expression::Number(self.number()),
            5 => Expression::BigInt(self.bigint()),
            6 => Expression::String(self.string()),
            7 => Expression::RegExp(self.regexp()),
            8 if self.kind == ProgramKind::Module => Expression::ImportMeta(NOWHERE),
            9 if self.place.new_target => Expression::NewTarget(NOWHERE),
            _ => Expression::Identifier(self.reference()),
        }
    }

    fn any_expression(&mut self) -> Expression<'a> {
        match self.choices.below(40) {
            0..=3 => self.leaf(),
            4 => Expression::Template(self.template(false)),
            5 => self.tagged_template(),
            6 | 7 => self.array(),
            8 | 9 => self.object(),
            10 => {
                let id = self.maybe(Self::fresh_identifier);
                Expression::Function(self.function(id))
            }
            11 | 12 => self.arrow(),
            13 => {
                let id = self.maybe(Self::fresh_identifier);
                Expression::Class(self.class(id))
            }
            14 => {
                let expression = self.expression();
                let node = ParenthesizedExpression { span: NOWHERE, expression };
                Expression::Parenthesized(self.arena.alloc(node))
            }
            15..=17 => Expression::Member(self.member(false)),
            18 | 19 => self.call(false),
            20 if self.place.super_call => {
                let (span, super_span, arguments) = (NOWHERE, NOWHERE, self.arguments());
                Expression::SuperCall(self.arena.alloc(SuperCall { span, super_span, arguments }))
            }
            21 | 22 => self.chain(),
            23 => {
                let (span, callee, arguments) = (NOWHERE, self.expression(), self.arguments());
                Expression::New(self.arena.alloc(NewExpression { span, callee, arguments }))
            }
            24 => {
                let (span, source) = (NOWHERE, self.expression());
                let options = self.maybe(Self::expression);
                Expression::Import(self.arena.alloc(ImportCall { span, source, options }))
            }
            25 => self.update(),
            26 | 27 => self.unary(),
            28..=30 => self.binary(),
            31 if !self.place.private_names.is_empty() => {
                let (span, left, right) = (NOWHERE, self.private(), self.expression());
                Expression::PrivateIn(self.arena.alloc(PrivateInExpression { span, left, right }))
            }
            32 | 33 => self.logical(),
            34 => {
                let (span, test) = (NOWHERE, self.expression());
                let (consequent, alternate) = (self.expression(), self.expression());
                let node = ConditionalExpression { span, test, consequent, alternate };
                Expression::Conditional(self.arena.alloc(node))
            }
            35 | 36 => self.assignment(),
            37 if self.place.in_generator && !self.place.in_parameters => {
                let delegate = self.choices.flip();
                let argument =
                    if delegate || self.choices.flip() { Some(self.expression()) } else { None };
                let node = YieldExpression { span: NOWHERE, delegate, argument };
                Expression::Yield(self.arena.alloc(node))
            }
            38 if self.place.in_async && !self.place.in_parameters => {
                let argument = self.expression();
                Expression::Await(self.arena.alloc(AwaitExpression { span: NOWHERE, argument }))
            }
            39 => {
                let mut expressions = vec![self.expression(), self.expression()];
                expressions.extend(self.some(2, Self::expression));
                let expressions = self.slice(expressions);
                let node = SequenceExpression { span: NOWHERE, expressions };
                Expression::Sequence(self.arena.alloc(node))
            }
            _ => Expression::Identifier(self.reference()),
        }
    }

    fn tagged_template(&mut self) -> Expression<'a> {
        let (span, tag, quasi) = (NOWHERE, self.expression(), self.template(true));
        Expression::TaggedTemplate(self.arena.alloc(TaggedTemplate { span, tag, quasi }))
    }

    fn array(&mut self) -> Expression<'a> {
        let elements = self.some(4, |this| match this.choices.below(4) {
            2 => ArrayElement::Elision,
            3 => ArrayElement::Spread(this.spread()),
            _ => ArrayElement::Expression(this.expression()),
        });
        Expression::Array(self.arena.alloc(ArrayLiteral {
            span: NOWHERE,
            elements: self.slice(elements),
            comma_after_spread: false,
        }))
    }

    fn spread(&mut self) -> &'a SpreadElement<'a> {
        let argument = self.expression();
        self.arena.alloc(SpreadElement { span: NOWHERE, argument })
    }

    fn object(&mut self) -> Expression<'a> {
        let properties = self.some(4, |this| match this.choices.below(5) {
            1 => Property::Shorthand(this.arena.alloc(ShorthandProperty {
                span: NOWHERE,
                name: this.reference(),
                initializer: None,
            })),
            2 | 3 => Property::Method(this.object_method()),
            4 => Property::Spread(this.spread()),
            _ => {
                let (span, key, value) = (NOWHERE, this.property_key(), this.expression());
                Property::KeyValue(this.arena.alloc(KeyValue { span, key, value }))
            }
        });
        let (span, properties, comma_after_spread) = (NOWHERE, self.slice(properties), false);
        Expression::Object(self.arena.alloc(ObjectLiteral { span, properties, comma_after_spread }))
    }

    /// A key that is right for any property and any element of a class.
    pub fn property_key(&mut self) -> PropertyKey<'a> {
        match self.choices.below(6) {
            1 => PropertyKey::String(self.plain_string("k 1")),
            2 => PropertyKey::Number(self.number()),
            3 => PropertyKey::BigInt(self.bigint()),
            4 => PropertyKey::Computed(self.expression()),
            _ => PropertyKey::Identifier(self.property_name()),
        }
    }

    pub fn property_name(&mut self) -> &'a IdentifierName<'a> {
        const NAMES: [&str; 10] =
            ["x", "y", "get", "set", "static", "async", "if", "class", "of", "ünï"];
        let text = NAMES[self.choices.below(NAMES.len())];
        self.arena.alloc(IdentifierName { span: NOWHERE, text })
    }

    /// A property of an object or of `super`.
    pub fn member(&mut self, optional: bool) -> &'a MemberExpression<'a> {
        let object = if self.place.super_property && self.choices.rarely(4) {
            MemberObject::Super(NOWHERE)
        } else {
            MemberObject::Expression(self.expression())
        };
        self.member_of(object, optional)
    }

    fn member_of(&mut self, object: MemberObject<'a>, optional: bool) -> &'a MemberExpression<'a> {
        let property = match self.choices.below(4) {
            2 => MemberProperty::Computed(self.expression()),
            3 if !self.place.private_names.is_empty()
                && matches!(object, MemberObject::Expression(_)) =>
            {
                MemberProperty::Private(self.private())
            }
            _ => MemberProperty::Name(self.property_name()),
        };
        self.arena.alloc(MemberExpression { span: NOWHERE, object, property, optional })
    }

    pub fn private(&mut self) -> &'a PrivateIdentifier<'a> {
        let index = self.choices.below(self.place.private_names.len());
        let name = self.place.private_names[index];
        self.arena.alloc(PrivateIdentifier { span: NOWHERE, name })
    }

    fn call(&mut self, optional: bool) -> Expression<'a> {
        let callee = self.expression();
        self.call_of(callee, optional)
    }

    fn call_of(&mut self, callee: Expression<'a>, optional: bool) -> Expression<'a> {
        let arguments = self.arguments();
        let node = CallExpression { span: NOWHERE, callee, arguments, optional };
        Expression::Call(self.arena.alloc(node))
    }

    fn arguments(&mut self) -> &'a [Argument<'a>] {
        let arguments = self.some(3, |this| match this.choices.below(4) {
            3 => Argument::Spread(this.spread()),
            _ => Argument::Expression(this.expression()),
        });
        self.slice(arguments)
    }

    /// `a?.b(c)`: a first optional link, and any others after it.
    fn chain(&mut self) -> Expression<'a> {
        let mut expression = self.expression();
        for index in 0..=self.choices.below(4) {
            let optional = index == 0 || self.choices.flip();
            expression = if self.choices.flip() {
                let object = MemberObject::Expression(expression);
                Expression::Member(self.member_of(object, optional))
            } else {
                self.call_of(expression, optional)
            };
        }
        Expression::Chain(self.arena.alloc(ChainExpression { span: NOWHERE, expression }))
    }

    fn update(&mut self) -> Expression<'a> {
        let operator =
            [UpdateOperator::Increment, UpdateOperator::Decrement][self.choices.below(2)];
        let (prefix, argument) = (self.choices.flip(), self.simple_target());
        let node = UpdateExpression { span: NOWHERE, operator, prefix, argument };
        Expression::Update(self.arena.alloc(node))
    }

    fn unary(&mut self) -> Expression<'a> {
        use UnaryOperator::*;
        const OPERATORS: [UnaryOperator; 7] = [Minus, Plus, Not, BitNot, Typeof, Void, Delete];
        let operator = OPERATORS[self.choices.below(7)];
        let argument = if operator == Delete {
            // A name must not be deleted in strict mode code, nor a private one.
            Expression::Member(self.arena.alloc(MemberExpression {
                span: NOWHERE,
                object: MemberObject::Expression(self.expression()),
                property: MemberProperty::Name(self.property_name()),
                optional: false,
            }))
        } else {
            self.expression()
        };
        let node = UnaryExpression { span: NOWHERE, operator, argument };
        Expression::Unary(self.arena.alloc(node))
    }

    fn binary(&mut self) -> Expression<'a> {
        use BinaryOperator::*;
        const OPERATORS: [BinaryOperator; 22] = [
            Add,
            Subtract,
            In,
            Exponent,
            Less,
            Multiply,
            Divide,
            Equal,
            NotEqual,
            StrictEqual,
            StrictNotEqual,
            LessEqual,
            Greater,
            GreaterEqual,
            Instanceof,
            ShiftLeft,
            ShiftRight,
            ShiftRightUnsigned,
            Remainder,
            BitAnd,
            BitOr,
            BitXor,
        ];
        let operator = OPERATORS[self.choices.below(OPERATORS.len())];
        let (left, right) = (self.expression(), self.expression());
        let node = BinaryExpression { span: NOWHERE, operator, left, right };
        Expression::Binary(self.arena.alloc(node))
    }

    fn logical(&mut self) -> Expression<'a> {
        const OPERATORS: [LogicalOperator; 3] =
            [LogicalOperator::And, LogicalOperator::Or, LogicalOperator::Coalesce];
        let operator = OPERATORS[self.choices.below(3)];
        let (left, right) = (self.expression(), self.expression());
        let node = LogicalExpression { span: NOWHERE, operator, left, right };
        Expression::Logical(self.arena.alloc(node))
    }

    fn assignment(&mut self) -> Expression<'a> {
        use AssignmentOperator::*;
        const OPERATORS: [AssignmentOperator; 16] = [
            Assign,
            Add,
            Subtract,
            Multiply,
            Divide,
            Remainder,
            Exponent,
            ShiftLeft,
            ShiftRight,
            ShiftRightUnsigned,
            BitAnd,
            BitOr,
            BitXor,
            And,
            Or,
            Coalesce,
        ];
        let operator = if self.choices.flip() {
            Assign
        } else {
            OPERATORS[self.choices.below(OPERATORS.len())]
        };
        let left = if operator == Assign { self.assignment_target() } else { self.simple_target() };
        let simple = matches!(left, Pattern::Identifier(_) | Pattern::Member(_));
        let parenthesized_target = simple && self.choices.rarely(4);
        let right = self.expression();
        Expression::Assignment(self.arena.alloc(AssignmentExpression {
            span: NOWHERE,
            operator,
            left,
            parenthesized_target,
            right,
        }))
    }
}
