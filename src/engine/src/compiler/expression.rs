//! Expressions (ECMA-262 §13).

use axil_grammar::ast::Spanned;
use axil_grammar::ast::{
    Argument, ArrayElement, AssignmentExpression, AssignmentOperator, BinaryExpression,
    BinaryOperator, Expression, Identifier, LogicalExpression, LogicalOperator, MemberObject,
    MemberProperty, Pattern, Property, PropertyKey, TemplateLiteral, Text, UnaryExpression,
    UnaryOperator, UpdateExpression, UpdateOperator,
};
use axil_grammar::regexp::Flags;
use axil_grammar::scope::Resolution;

use super::pattern::{Binding, PatternSource};
use super::property::Reference;
use super::{Compiled, Compiler, not_built};
use crate::bytecode::{Instruction, Register};
use crate::heap::Gc;
use crate::object::SharedPattern;
use crate::string::JsString;
use crate::value::Value;

/// What an assignment changes.
#[derive(Clone, Copy)]
pub(super) enum Target<'a> {
    /// A variable; where it is looked for at run time, the registers of what was found.
    Variable(&'a Identifier<'a>, Option<Register>),
    Property(Reference),
}

impl<'a> Compiler<'_, 'a> {
    /// Evaluates an expression; the result is in some register, a variable's own if it
    /// is one.
    pub(super) fn value(&mut self, expression: Expression<'a>) -> Compiled<Register> {
        if let Expression::Identifier(identifier) = expression
            && let Some(register) = self.register_of(identifier)
        {
            return Ok(register);
        }
        if let Expression::Parenthesized(inner) = expression {
            return super::grow(|| self.value(inner.expression));
        }
        if matches!(expression, Expression::This(_)) && self.has_this_in_frame() {
            return Ok(Register::THIS);
        }
        let dst = self.temporary();
        self.value_into(expression, dst)?;
        Ok(dst)
    }

    /// Evaluates an expression whose value has to stay what it is while `other` is
    /// evaluated.
    pub(super) fn stable_value(
        &mut self,
        expression: Expression<'a>,
        other: Expression<'a>,
    ) -> Compiled<Register> {
        if let Expression::Identifier(identifier) = expression
            && self.is_assigned(identifier)
            && may_assign(other)
        {
            let dst = self.temporary();
            self.value_into(expression, dst)?;
            return Ok(dst);
        }
        self.value(expression)
    }

    /// Evaluates an expression for what it does.
    pub(super) fn effect(&mut self, expression: Expression<'a>) -> Compiled {
        self.scratch(|this| match expression {
            Expression::Update(update) => this.update(update, None),
            Expression::Assignment(assignment) => this.assignment_effect(assignment),
            Expression::String(_)
            | Expression::Number(_)
            | Expression::Boolean(_)
            | Expression::Null(_) => Ok(()),
            _ => this.value(expression).map(|_| ()),
        })
    }

    /// An assignment whose value nobody wants.
    fn assignment_effect(&mut self, assignment: &AssignmentExpression<'a>) -> Compiled {
        if let Pattern::Identifier(identifier) = assignment.left
            && let Some(operator) = logical_operator(assignment.operator)
            && let Some(register) = self.register_of(identifier)
            && !self.is_constant(identifier)
        {
            let end = self.label();
            self.short_circuit(operator, register, end);
            let name = self.name_for(assignment.left, assignment.parenthesized_target);
            if is_written_last(assignment.right) {
                self.named_value_into(assignment.right, name, register)?;
            } else {
                let value = self.temporary();
                self.named_value_into(assignment.right, name, value)?;
                self.emit(Instruction::Move { dst: register, src: value });
            }
            self.bind(end);
            return Ok(());
        }
        if let Pattern::Member(_) = assignment.left
            && assignment.operator == AssignmentOperator::Assign
        {
            self.infer_name(assignment);
            let target = self.target(assignment.left, Some(assignment.right))?;
            let src = self.value(assignment.right)?;
            self.position_of_assignment(assignment);
            return self.store_target(target, src);
        }
        let dst = self.straight_target(assignment).unwrap_or_else(|| self.temporary());
        self.assignment(assignment, dst)
    }

    /// Evaluates an expression into a register.
    pub(super) fn value_into(&mut self, expression: Expression<'a>, dst: Register) -> Compiled {
        super::grow(|| self.scratch(|this| this.expression(expression, dst)))
    }

    fn expression(&mut self, expression: Expression<'a>, dst: Register) -> Compiled {
        match expression {
            Expression::This(_) => self.load_this(dst),
            Expression::Identifier(identifier) => return self.load_identifier(identifier, dst),
            Expression::Null(_) => self.emit(Instruction::LoadNull { dst }),
            Expression::Boolean(literal) if literal.value => {
                self.emit(Instruction::LoadTrue { dst });
            }
            Expression::Boolean(_) => self.emit(Instruction::LoadFalse { dst }),
            Expression::Number(literal) => self.load_number(literal.value, dst),
            Expression::BigInt(literal) => {
                let value = crate::bigint::parse_literal(self.memory, literal.digits);
                let Some(value) = value else {
                    return not_built("a big integer of more than 2^30 bits", literal);
                };
                let constant = self.constant(Value::cell(value));
                self.emit(Instruction::LoadConstant { dst, constant });
            }
            Expression::String(literal) => self.load_text(literal.value, dst),
            Expression::Template(template) => return self.template(template, dst),
            Expression::TaggedTemplate(template) => return self.tagged_template(template, dst),
            Expression::Function(function) => return self.function(function, None, dst),
            Expression::Arrow(arrow) => return self.arrow(arrow, None, dst),
            Expression::Class(class) => return self.class(class, None, dst),
            Expression::Parenthesized(inner) => return self.value_into(inner.expression, dst),
            Expression::Call(call) => return self.call(call, dst),
            Expression::SuperCall(call) => return self.super_call(call, dst),
            Expression::Member(member) => return self.member(member, dst),
            Expression::NewTarget(_) => self.load_new_target(dst),
            Expression::ImportMeta(_) => {
                if let Some(module) = self.module {
                    self.load_place(module, dst);
                }
                self.emit(Instruction::GetImportMeta { dst, module: dst });
            }
            Expression::Import(call) => return self.import_call(call, dst),
            Expression::Yield(expression) => return self.yield_expression(expression, dst),
            Expression::Await(expression) => return self.await_expression(expression, dst),
            Expression::PrivateIn(expression) => {
                let object = self.value(expression.right)?;
                let name = self.private_name(expression.left)?;
                self.position(expression);
                self.emit(Instruction::HasPrivate { dst, object, name });
            }
            Expression::Chain(chain) => return self.chain(chain, dst),
            Expression::New(new) => return self.new_expression(new, dst),
            Expression::Array(array) => return self.array(array, dst),
            Expression::Object(object) => return self.object(object, dst),
            Expression::Update(update) => return self.update(update, Some(dst)),
            Expression::Unary(unary) => return self.unary(unary, dst),
            Expression::Binary(binary) => return self.binary(binary, dst),
            Expression::Logical(logical) => return self.logical(logical, dst),
            Expression::Conditional(conditional) => {
                let (otherwise, end) = (self.label(), self.label());
                self.jump_unless(conditional.test, otherwise)?;
                self.value_into(conditional.consequent, dst)?;
                self.jump(end);
                self.bind(otherwise);
                self.value_into(conditional.alternate, dst)?;
                self.bind(end);
            }
            Expression::Assignment(assignment) => return self.assignment(assignment, dst),
            Expression::Sequence(sequence) => {
                if let Some((last, others)) = sequence.expressions.split_last() {
                    for expression in others {
                        self.effect(*expression)?;
                    }
                    self.value_into(*last, dst)?;
                }
            }
            Expression::RegExp(literal) => {
                let source = self.text(literal.pattern);
                let flags = Flags::parse(literal.flags).unwrap_or_default();
                let units = source.units(self.memory).to_utf16();
                let Ok(pattern) = crate::regexp::Pattern::new(&units, flags) else {
                    return not_built("this regular expression", literal);
                };
                let pattern = self.memory.allocate(SharedPattern::new(source, pattern));
                let pattern = self.constant(Value::cell(pattern));
                self.emit(Instruction::NewRegExp { dst, pattern });
            }
        }
        Ok(())
    }

    fn load_number(&mut self, number: f64, dst: Register) {
        let value = Value::number(number);
        if let Some(value) = value.as_int() {
            self.emit(Instruction::LoadInt { dst, value });
        } else {
            let constant = self.constant(value);
            self.emit(Instruction::LoadConstant { dst, constant });
        }
    }

    pub(super) fn text(&self, text: Text<'_>) -> Gc<JsString> {
        let string = match text.as_str() {
            Some(text) => return self.string(text),
            None => {
                let mut units = Vec::new();
                for code_point in text.code_points() {
                    match char::from_u32(code_point) {
                        Some(c) => units.extend_from_slice(c.encode_utf16(&mut [0; 2])),
                        // A lone surrogate.
                        None => units.push(code_point as u16),
                    }
                }
                Gc::<JsString>::from_utf16(self.memory, &units)
            }
        };
        self.memory.intern(string)
    }

    fn load_text(&mut self, text: Text<'a>, dst: Register) {
        let string = self.text(text);
        let constant = self.constant(Value::cell(string));
        self.emit(Instruction::LoadConstant { dst, constant });
    }

    fn template(&mut self, template: &TemplateLiteral<'a>, dst: Register) -> Compiled {
        let cooked = |index: usize| {
            template.quasis.get(index).and_then(|quasi| quasi.cooked).unwrap_or(Text(&[]))
        };
        let place = self.workplace(dst);
        let begins_empty = cooked(0).as_bytes().is_empty() && !template.expressions.is_empty();
        if !begins_empty {
            self.load_text(cooked(0), place);
        }
        for (index, expression) in template.expressions.iter().enumerate() {
            self.scratch(|this| {
                let src = this.value(*expression)?;
                this.position(expression);
                if index == 0 && begins_empty {
                    this.emit(Instruction::ToString { dst: place, src });
                } else {
                    let value = this.temporary();
                    this.emit(Instruction::ToString { dst: value, src });
                    this.emit(Instruction::Add { dst: place, lhs: place, rhs: value });
                }
                if !cooked(index + 1).as_bytes().is_empty() {
                    let value = this.temporary();
                    this.load_text(cooked(index + 1), value);
                    this.emit(Instruction::Add { dst: place, lhs: place, rhs: value });
                }
                Ok(())
            })?;
        }
        self.copy(dst, place);
        Ok(())
    }

    fn update(&mut self, update: &UpdateExpression<'a>, dst: Option<Register>) -> Compiled {
        let step = |dst, src| match update.operator {
            UpdateOperator::Increment => Instruction::Increment { dst, src },
            UpdateOperator::Decrement => Instruction::Decrement { dst, src },
        };
        if let Pattern::Identifier(identifier) = update.argument
            && let Some(register) = self.register_of(identifier)
            && dst != Some(register)
            && !self.is_constant(identifier)
        {
            self.position(update);
            match dst {
                None => self.emit(step(register, register)),
                Some(dst) if update.prefix => {
                    self.emit(step(register, register));
                    self.emit(Instruction::Move { dst, src: register });
                }
                Some(dst) => {
                    self.emit(Instruction::ToNumeric { dst, src: register });
                    self.emit(step(register, dst));
                }
            }
            return Ok(());
        }
        let value = self.temporary();
        let target = self.target(update.argument, None)?;
        let target = self.used_twice(target);
        self.load_target(target, value)?;
        self.position_of_update(update);
        if let Some(dst) = dst
            && !update.prefix
        {
            self.emit(Instruction::ToNumeric { dst, src: value });
        }
        self.emit(step(value, value));
        if let Some(dst) = dst
            && update.prefix
        {
            self.emit(Instruction::Move { dst, src: value });
        }
        self.store_read_target(target, value)
    }

    /// What an assignment changes; object and key are evaluated.
    pub(super) fn target(
        &mut self,
        pattern: Pattern<'a>,
        after: Option<Expression<'a>>,
    ) -> Compiled<Target<'a>> {
        match pattern {
            Pattern::Identifier(identifier) => {
                let resolved = self.resolve_target(identifier);
                Ok(Target::Variable(identifier, resolved))
            }
            Pattern::Member(member) => self.reference(member, after).map(Target::Property),
            // A call, which web reality lets stand there: it is made, and throws.
            Pattern::Call(call) => {
                self.effect(call)?;
                self.emit(Instruction::ThrowInvalidTarget {});
                let object = self.temporary();
                Ok(Target::Property(Reference::Element { object, key: object }))
            }
            _ => not_built("a pattern that is read", &pattern),
        }
    }

    /// The key of a property that is read and then written is converted once.
    fn used_twice(&mut self, target: Target<'a>) -> Target<'a> {
        let Target::Property(Reference::Element { object, key }) = target else { return target };
        let dst = self.temporary();
        self.emit(Instruction::ToElementKey { dst, object, key });
        Target::Property(Reference::Element { object, key: dst })
    }

    fn load_target(&mut self, target: Target<'a>, dst: Register) -> Compiled {
        match target {
            Target::Variable(identifier, _) => self.load_identifier(identifier, dst),
            Target::Property(reference) => {
                self.load_reference(reference, dst);
                Ok(())
            }
        }
    }

    pub(super) fn store_target(&mut self, target: Target<'a>, src: Register) -> Compiled {
        match target {
            Target::Variable(identifier, None) => self.store_identifier(identifier, src),
            Target::Variable(identifier, resolved) => self.store_dynamic(identifier, resolved, src),
            Target::Property(reference) => {
                self.store_reference(reference, src);
                Ok(())
            }
        }
    }

    /// Writes a target that has been read: a variable is known to be initialised.
    fn store_read_target(&mut self, target: Target<'a>, src: Register) -> Compiled {
        if let Target::Variable(identifier, None) = target
            && let Resolution::Binding { id, .. } = identifier.resolution.get()
            && self.places.contains_key(&id)
        {
            return self.store_binding(identifier, id, false, src);
        }
        self.store_target(target, src)
    }

    fn unary(&mut self, unary: &UnaryExpression<'a>, dst: Register) -> Compiled {
        if unary.operator == UnaryOperator::Void {
            self.effect(unary.argument)?;
            self.emit(Instruction::LoadUndefined { dst });
            return Ok(());
        }
        if let (UnaryOperator::Minus, Expression::Number(literal)) =
            (unary.operator, unary.argument)
        {
            self.load_number(-literal.value, dst);
            return Ok(());
        }
        if unary.operator == UnaryOperator::Delete {
            return self.delete(unary, dst);
        }
        if let (UnaryOperator::Typeof, Expression::Identifier(identifier)) =
            (unary.operator, unary.argument.without_parentheses())
            && self.register_of(identifier).is_none()
        {
            self.load_for_typeof(identifier, dst)?;
            self.emit(Instruction::TypeOf { dst, src: dst });
            return Ok(());
        }
        let src = self.value(unary.argument)?;
        self.position(unary);
        self.emit(match unary.operator {
            UnaryOperator::Typeof => Instruction::TypeOf { dst, src },
            UnaryOperator::Plus => Instruction::ToNumber { dst, src },
            UnaryOperator::Minus => Instruction::Negate { dst, src },
            UnaryOperator::BitNot => Instruction::BitNot { dst, src },
            UnaryOperator::Not => Instruction::Not { dst, src },
            UnaryOperator::Void | UnaryOperator::Delete => return not_built("this", unary),
        });
        Ok(())
    }

    fn delete(&mut self, unary: &UnaryExpression<'a>, dst: Register) -> Compiled {
        let mut argument = unary.argument;
        while let Expression::Parenthesized(inner) = argument {
            argument = inner.expression;
        }
        let argument = match argument {
            Expression::Chain(chain) => {
                let (nullish, end) = (self.label(), self.label());
                self.state().chains.push(nullish);
                let result = self.delete_reference(unary, chain.expression, dst);
                self.state().chains.pop();
                result?;
                self.jump(end);
                self.bind(nullish);
                self.emit(Instruction::LoadTrue { dst });
                self.bind(end);
                return Ok(());
            }
            argument => argument,
        };
        self.delete_reference(unary, argument, dst)
    }

    fn delete_reference(
        &mut self,
        unary: &UnaryExpression<'a>,
        argument: Expression<'a>,
        dst: Register,
    ) -> Compiled {
        let strict = u32::from(self.state().strict);
        let (object, key) = match argument {
            Expression::Member(member) if matches!(member.object, MemberObject::Super(_)) => {
                let this = self.temporary();
                self.load_this(this);
                if let MemberProperty::Computed(key) = member.property {
                    self.effect(key)?;
                }
                self.position(unary);
                self.emit(Instruction::ThrowDeleteSuper {});
                return Ok(());
            }
            Expression::Member(member) => match self.reference(member, None)? {
                Reference::Element { object, key } => (object, key),
                Reference::Named { object, key: name } => {
                    let key = self.temporary();
                    self.load_key(name, key);
                    (object, key)
                }
                Reference::Private { .. } | Reference::Super { .. } => {
                    return not_built("delete of this", unary);
                }
            },
            Expression::Identifier(identifier) => {
                self.delete_identifier(identifier, dst);
                return Ok(());
            }
            _ => {
                self.effect(argument)?;
                self.emit(Instruction::LoadTrue { dst });
                return Ok(());
            }
        };
        self.position(unary);
        self.emit(Instruction::DeleteElement { dst, object, key, strict });
        Ok(())
    }

    fn binary(&mut self, binary: &BinaryExpression<'a>, dst: Register) -> Compiled {
        if let Some(value) = small_int(binary.left)
            && is_commutative(binary.operator)
            && small_int(binary.right).is_none()
        {
            let rhs = self.value(binary.right)?;
            if let Some(instruction) = with_int(binary.operator, dst, rhs, value) {
                self.position_of_binary(binary);
                self.emit(instruction);
                return Ok(());
            }
        }
        let lhs = self.stable_value(binary.left, binary.right)?;
        if let Some(value) = small_int(binary.right)
            && let Some(instruction) = with_int(binary.operator, dst, lhs, value)
        {
            self.position_of_binary(binary);
            self.emit(instruction);
            return Ok(());
        }
        let rhs = self.value(binary.right)?;
        self.position_of_binary(binary);
        self.operate(binary.operator, dst, lhs, rhs);
        Ok(())
    }

    fn operate(&mut self, operator: BinaryOperator, dst: Register, lhs: Register, rhs: Register) {
        self.emit(match operator {
            BinaryOperator::Equal => Instruction::Equal { dst, lhs, rhs },
            BinaryOperator::NotEqual => Instruction::NotEqual { dst, lhs, rhs },
            BinaryOperator::StrictEqual => Instruction::StrictEqual { dst, lhs, rhs },
            BinaryOperator::StrictNotEqual => Instruction::StrictNotEqual { dst, lhs, rhs },
            BinaryOperator::Less => Instruction::Less { dst, lhs, rhs },
            BinaryOperator::LessEqual => Instruction::LessEqual { dst, lhs, rhs },
            BinaryOperator::Greater => Instruction::Greater { dst, lhs, rhs },
            BinaryOperator::GreaterEqual => Instruction::GreaterEqual { dst, lhs, rhs },
            BinaryOperator::In => Instruction::HasProperty { dst, key: lhs, object: rhs },
            BinaryOperator::Instanceof => Instruction::InstanceOf { dst, lhs, rhs },
            BinaryOperator::ShiftLeft => Instruction::ShiftLeft { dst, lhs, rhs },
            BinaryOperator::ShiftRight => Instruction::ShiftRight { dst, lhs, rhs },
            BinaryOperator::ShiftRightUnsigned => Instruction::ShiftRightUnsigned { dst, lhs, rhs },
            BinaryOperator::Add => Instruction::Add { dst, lhs, rhs },
            BinaryOperator::Subtract => Instruction::Subtract { dst, lhs, rhs },
            BinaryOperator::Multiply => Instruction::Multiply { dst, lhs, rhs },
            BinaryOperator::Divide => Instruction::Divide { dst, lhs, rhs },
            BinaryOperator::Remainder => Instruction::Remainder { dst, lhs, rhs },
            BinaryOperator::Exponent => Instruction::Exponent { dst, lhs, rhs },
            BinaryOperator::BitAnd => Instruction::BitAnd { dst, lhs, rhs },
            BinaryOperator::BitOr => Instruction::BitOr { dst, lhs, rhs },
            BinaryOperator::BitXor => Instruction::BitXor { dst, lhs, rhs },
        });
    }

    fn logical(&mut self, logical: &LogicalExpression<'a>, dst: Register) -> Compiled {
        let end = self.label();
        self.value_into(logical.left, dst)?;
        self.short_circuit(logical.operator, dst, end);
        self.value_into(logical.right, dst)?;
        self.bind(end);
        Ok(())
    }

    /// Jumps if a value decides.
    fn short_circuit(
        &mut self,
        operator: LogicalOperator,
        test: Register,
        end: crate::bytecode::Label,
    ) {
        let jump = match operator {
            LogicalOperator::And => Instruction::JumpIfFalse { test, to: 0 },
            LogicalOperator::Or => Instruction::JumpIfTrue { test, to: 0 },
            LogicalOperator::Coalesce => Instruction::JumpIfNotNullish { test, to: 0 },
        };
        self.emit_jump(jump, end);
    }

    /// The register of the variable that is assigned to, if the value can be made right
    /// there: the variable is written last, after all that may read it.
    fn straight_target(&self, assignment: &AssignmentExpression<'a>) -> Option<Register> {
        let Pattern::Identifier(identifier) = assignment.left else { return None };
        let written_last = match assignment.operator {
            AssignmentOperator::Assign => is_written_last(assignment.right),
            operator => binary_operator(operator).is_some() && !may_assign(assignment.right),
        };
        self.register_of(identifier).filter(|_| written_last && !self.is_constant(identifier))
    }

    fn assignment(&mut self, assignment: &AssignmentExpression<'a>, dst: Register) -> Compiled {
        if let Pattern::Object(_) | Pattern::Array(_) = assignment.left {
            self.value_into(assignment.right, dst)?;
            // V8 has no name for a variable that an array pattern takes apart.
            let is_named = !matches!(
                (assignment.left, assignment.right),
                (Pattern::Array(_), Expression::Identifier(_))
            );
            self.pattern_source = PatternSource::Assigned(
                self.place_of_operator(assignment),
                is_named.then(|| assignment.right.span()),
            );
            return self.bind_pattern(assignment.left, dst, Binding::Assign);
        }
        self.infer_name(assignment);
        let mut target = self.target(assignment.left, Some(assignment.right))?;
        if assignment.operator != AssignmentOperator::Assign {
            target = self.used_twice(target);
        }
        let Some(logical) = logical_operator(assignment.operator) else {
            let Some(operator) = binary_operator(assignment.operator) else {
                let name = self.name_for(assignment.left, assignment.parenthesized_target);
                self.named_value_into(assignment.right, name, dst)?;
                self.position_of_assignment(assignment);
                return self.store_target(target, dst);
            };
            let lhs = match target {
                Target::Variable(identifier, None) if !may_assign(assignment.right) => {
                    self.value(Expression::Identifier(identifier))?
                }
                _ => {
                    let lhs = self.temporary();
                    self.load_target(target, lhs)?;
                    lhs
                }
            };
            let with_int =
                small_int(assignment.right).and_then(|value| with_int(operator, dst, lhs, value));
            if let Some(instruction) = with_int {
                self.position_of_operands(assignment);
                self.emit(instruction);
            } else {
                let rhs = self.value(assignment.right)?;
                self.position_of_operands(assignment);
                self.operate(operator, dst, lhs, rhs);
            }
            self.position_of_assignment(assignment);
            return self.store_read_target(target, dst);
        };
        let end = self.label();
        self.load_target(target, dst)?;
        self.short_circuit(logical, dst, end);
        let name = self.name_for(assignment.left, assignment.parenthesized_target);
        self.named_value_into(assignment.right, name, dst)?;
        self.store_read_target(target, dst)?;
        self.bind(end);
        Ok(())
    }
}

impl<'a> Compiler<'_, 'a> {
    /// The name that an anonymous function gets by being assigned to a target.
    pub(super) fn name_for(
        &self,
        target: Pattern<'a>,
        parenthesized: bool,
    ) -> Option<Gc<JsString>> {
        match target {
            Pattern::Identifier(identifier) if !parenthesized => {
                Some(self.string(identifier.name.as_str()))
            }
            _ => None,
        }
    }
}

/// The operator that a compound assignment does.
fn binary_operator(operator: AssignmentOperator) -> Option<BinaryOperator> {
    Some(match operator {
        AssignmentOperator::Add => BinaryOperator::Add,
        AssignmentOperator::Subtract => BinaryOperator::Subtract,
        AssignmentOperator::Multiply => BinaryOperator::Multiply,
        AssignmentOperator::Divide => BinaryOperator::Divide,
        AssignmentOperator::Remainder => BinaryOperator::Remainder,
        AssignmentOperator::Exponent => BinaryOperator::Exponent,
        AssignmentOperator::ShiftLeft => BinaryOperator::ShiftLeft,
        AssignmentOperator::ShiftRight => BinaryOperator::ShiftRight,
        AssignmentOperator::ShiftRightUnsigned => BinaryOperator::ShiftRightUnsigned,
        AssignmentOperator::BitAnd => BinaryOperator::BitAnd,
        AssignmentOperator::BitOr => BinaryOperator::BitOr,
        AssignmentOperator::BitXor => BinaryOperator::BitXor,
        AssignmentOperator::Assign
        | AssignmentOperator::And
        | AssignmentOperator::Or
        | AssignmentOperator::Coalesce => return None,
    })
}

/// The operator that an assignment does only if a first value does not decide.
fn logical_operator(operator: AssignmentOperator) -> Option<LogicalOperator> {
    match operator {
        AssignmentOperator::And => Some(LogicalOperator::And),
        AssignmentOperator::Or => Some(LogicalOperator::Or),
        AssignmentOperator::Coalesce => Some(LogicalOperator::Coalesce),
        _ => None,
    }
}

/// Whether the register that an expression is evaluated into is written once, after all
/// that may read it or throw.
pub(super) fn is_written_last(expression: Expression<'_>) -> bool {
    matches!(
        expression,
        Expression::Binary(_)
            | Expression::Call(_)
            | Expression::New(_)
            | Expression::Member(_)
            | Expression::Number(_)
            | Expression::String(_)
            | Expression::Boolean(_)
            | Expression::Null(_)
            | Expression::Function(_)
            | Expression::Arrow(_)
    ) || matches!(
        expression,
        Expression::Identifier(identifier)
            if !matches!(identifier.resolution.get(), Resolution::Binding { check: true, .. })
    )
}

/// Whether evaluating an expression may assign to a variable of the function that it
/// stands in. Calls do not: what they can reach is in environments.
pub(super) fn may_assign(expression: Expression<'_>) -> bool {
    fn among(arguments: &[Argument<'_>], budget: &mut u32) -> bool {
        arguments.iter().any(|argument| match argument {
            Argument::Expression(argument) => look(*argument, budget),
            Argument::Spread(spread) => look(spread.argument, budget),
        })
    }

    /// Looks at so many expressions at most.
    fn look(expression: Expression<'_>, budget: &mut u32) -> bool {
        let Some(left) = budget.checked_sub(1) else { return true };
        *budget = left;
        match expression {
            Expression::Identifier(_)
            | Expression::Number(_)
            | Expression::String(_)
            | Expression::This(_)
            | Expression::Null(_)
            | Expression::Boolean(_)
            | Expression::Function(_)
            | Expression::Arrow(_) => false,
            Expression::Parenthesized(inner) => look(inner.expression, budget),
            Expression::Conditional(conditional) => {
                look(conditional.test, budget)
                    || look(conditional.consequent, budget)
                    || look(conditional.alternate, budget)
            }
            Expression::Template(template) => {
                template.expressions.iter().any(|expression| look(*expression, budget))
            }
            Expression::Array(array) => array.elements.iter().any(|element| match element {
                ArrayElement::Elision => false,
                ArrayElement::Expression(element) => look(*element, budget),
                ArrayElement::Spread(spread) => look(spread.argument, budget),
            }),
            Expression::Object(object) => object.properties.iter().any(|property| match property {
                Property::KeyValue(pair) => {
                    matches!(pair.key, PropertyKey::Computed(_)) || look(pair.value, budget)
                }
                Property::Shorthand(_) => false,
                Property::Method(method) => matches!(method.key, PropertyKey::Computed(_)),
                Property::Spread(spread) => look(spread.argument, budget),
            }),
            Expression::New(new) => look(new.callee, budget) || among(new.arguments, budget),
            Expression::Unary(unary) => look(unary.argument, budget),
            Expression::Binary(binary) => look(binary.left, budget) || look(binary.right, budget),
            Expression::Logical(logical) => {
                look(logical.left, budget) || look(logical.right, budget)
            }
            Expression::Member(member) => {
                let in_key = match member.property {
                    MemberProperty::Computed(key) => look(key, budget),
                    _ => false,
                };
                in_key
                    || match member.object {
                        MemberObject::Expression(object) => look(object, budget),
                        MemberObject::Super(_) => false,
                    }
            }
            Expression::Call(call) => look(call.callee, budget) || among(call.arguments, budget),
            _ => true,
        }
    }
    look(expression, &mut 24)
}

/// The value of a literal that fits into an instruction.
pub(super) fn small_int(expression: Expression<'_>) -> Option<i32> {
    let number = match expression {
        Expression::Number(literal) => literal.value,
        Expression::Unary(unary) if unary.operator == UnaryOperator::Minus => {
            let Expression::Number(literal) = unary.argument else { return None };
            -literal.value
        }
        _ => return None,
    };
    let value = Value::number(number).as_int()?;
    i16::try_from(value).is_ok().then_some(value)
}

/// Whether an operator gives the same for its operands in the other order, and finds the
/// same wrong with them, if one is a number.
fn is_commutative(operator: BinaryOperator) -> bool {
    matches!(
        operator,
        BinaryOperator::Multiply
            | BinaryOperator::BitAnd
            | BinaryOperator::BitOr
            | BinaryOperator::BitXor
    )
}

/// The instruction of an operator with a small integer on its right.
fn with_int(
    operator: BinaryOperator,
    dst: Register,
    lhs: Register,
    value: i32,
) -> Option<Instruction> {
    Some(match operator {
        BinaryOperator::Add => Instruction::AddInt { dst, lhs, value },
        BinaryOperator::Subtract => Instruction::SubtractInt { dst, lhs, value },
        BinaryOperator::Multiply => Instruction::MultiplyInt { dst, lhs, value },
        BinaryOperator::Divide => Instruction::DivideInt { dst, lhs, value },
        BinaryOperator::Remainder => Instruction::RemainderInt { dst, lhs, value },
        BinaryOperator::BitAnd => Instruction::BitAndInt { dst, lhs, value },
        BinaryOperator::BitOr => Instruction::BitOrInt { dst, lhs, value },
        BinaryOperator::BitXor => Instruction::BitXorInt { dst, lhs, value },
        BinaryOperator::ShiftLeft => Instruction::ShiftLeftInt { dst, lhs, value },
        BinaryOperator::ShiftRight => Instruction::ShiftRightInt { dst, lhs, value },
        BinaryOperator::ShiftRightUnsigned => {
            Instruction::ShiftRightUnsignedInt { dst, lhs, value }
        }
        _ => return None,
    })
}
