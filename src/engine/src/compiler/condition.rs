//! Conditions: expressions whose truth alone matters.

use axil_grammar::ast::{BinaryOperator, Expression, LogicalOperator, UnaryOperator};

use super::expression::small_int;
use super::{Compiled, Compiler};
use crate::bytecode::{Instruction, Label, Register};

impl<'a> Compiler<'_, 'a> {
    /// Jumps if a condition does not hold.
    pub(super) fn jump_unless(&mut self, test: Expression<'a>, to: Label) -> Compiled {
        self.jump_if_is(test, false, to)
    }

    /// Jumps if the truth of a condition is `when`.
    pub(super) fn jump_if_is(&mut self, test: Expression<'a>, when: bool, to: Label) -> Compiled {
        super::grow(|| self.scratch(|this| this.condition(test, when, to)))
    }

    fn condition(&mut self, test: Expression<'a>, when: bool, to: Label) -> Compiled {
        match test {
            Expression::Parenthesized(inner) => self.condition(inner.expression, when, to),
            Expression::Unary(unary) if unary.operator == UnaryOperator::Not => {
                self.jump_if_is(unary.argument, !when, to)
            }
            Expression::Logical(logical) if logical.operator != LogicalOperator::Coalesce => {
                // Does the left operand alone decide for the jump, or against it?
                let decides = logical.operator == LogicalOperator::Or;
                if decides == when {
                    self.jump_if_is(logical.left, when, to)?;
                    self.jump_if_is(logical.right, when, to)
                } else {
                    let past = self.label();
                    self.jump_if_is(logical.left, !when, past)?;
                    self.jump_if_is(logical.right, when, to)?;
                    self.bind(past);
                    Ok(())
                }
            }
            _ if let Some(truth) = constant_truth(test) => {
                if truth == when {
                    self.emit_jump(Instruction::Jump { to: 0 }, to);
                }
                Ok(())
            }
            Expression::Binary(binary)
                if let Some(equality) = strict_equality(binary.operator)
                    && self.is_undefined(binary.right) =>
            {
                let test = self.value(binary.left)?;
                let jump = if equality == when {
                    Instruction::JumpIfUndefined { test, to: 0 }
                } else {
                    Instruction::JumpIfNotUndefined { test, to: 0 }
                };
                self.emit_jump(jump, to);
                Ok(())
            }
            Expression::Binary(binary)
                if let Some(equality) = strict_equality(binary.operator)
                    && matches!(binary.right, Expression::Null(_)) =>
            {
                let test = self.value(binary.left)?;
                let jump = if equality == when {
                    Instruction::JumpIfNull { test, to: 0 }
                } else {
                    Instruction::JumpIfNotNull { test, to: 0 }
                };
                self.emit_jump(jump, to);
                Ok(())
            }
            Expression::Binary(binary)
                if let Some(compare) = comparison_with_int(binary.operator, when)
                    && let Some(value) = small_int(binary.right) =>
            {
                let lhs = self.value(binary.left)?;
                self.position_of_binary(binary);
                self.emit_jump(compare(lhs, value), to);
                Ok(())
            }
            Expression::Binary(binary) if is_comparison(binary.operator) => {
                let lhs = self.stable_value(binary.left, binary.right)?;
                let rhs = self.value(binary.right)?;
                let instruction = match (binary.operator, when) {
                    (BinaryOperator::Less, true) => Instruction::JumpIfLess { lhs, rhs, to: 0 },
                    (BinaryOperator::Less, false) => Instruction::JumpIfNotLess { lhs, rhs, to: 0 },
                    (BinaryOperator::LessEqual, true) => {
                        Instruction::JumpIfLessEqual { lhs, rhs, to: 0 }
                    }
                    (BinaryOperator::LessEqual, false) => {
                        Instruction::JumpIfNotLessEqual { lhs, rhs, to: 0 }
                    }
                    (BinaryOperator::Greater, true) => {
                        Instruction::JumpIfGreater { lhs, rhs, to: 0 }
                    }
                    (BinaryOperator::Greater, false) => {
                        Instruction::JumpIfNotGreater { lhs, rhs, to: 0 }
                    }
                    (BinaryOperator::GreaterEqual, true) => {
                        Instruction::JumpIfGreaterEqual { lhs, rhs, to: 0 }
                    }
                    (BinaryOperator::GreaterEqual, false) => {
                        Instruction::JumpIfNotGreaterEqual { lhs, rhs, to: 0 }
                    }
                    (BinaryOperator::StrictEqual, true)
                    | (BinaryOperator::StrictNotEqual, false) => {
                        Instruction::JumpIfStrictEqual { lhs, rhs, to: 0 }
                    }
                    (BinaryOperator::StrictEqual, false)
                    | (BinaryOperator::StrictNotEqual, true) => {
                        Instruction::JumpIfStrictNotEqual { lhs, rhs, to: 0 }
                    }
                    (BinaryOperator::Equal, true) | (BinaryOperator::NotEqual, false) => {
                        Instruction::JumpIfEqual { lhs, rhs, to: 0 }
                    }
                    _ => Instruction::JumpIfNotEqual { lhs, rhs, to: 0 },
                };
                self.position_of_binary(binary);
                self.emit_jump(instruction, to);
                Ok(())
            }
            _ => {
                let test = self.value(test)?;
                let instruction = if when {
                    Instruction::JumpIfTrue { test, to: 0 }
                } else {
                    Instruction::JumpIfFalse { test, to: 0 }
                };
                self.emit_jump(instruction, to);
                Ok(())
            }
        }
    }
}

impl<'a> Compiler<'_, 'a> {
    /// Whether an expression is `undefined`, or `void` of a literal.
    fn is_undefined(&self, expression: Expression<'a>) -> bool {
        match expression {
            Expression::Identifier(identifier) => {
                identifier.name.as_str() == "undefined" && self.is_plain_global(identifier)
            }
            Expression::Unary(unary) => {
                unary.operator == UnaryOperator::Void
                    && matches!(unary.argument, Expression::Number(_))
            }
            _ => false,
        }
    }
}

/// The truth of a condition that is a literal.
fn constant_truth(test: Expression<'_>) -> Option<bool> {
    match test {
        Expression::Boolean(literal) => Some(literal.value),
        Expression::Number(literal) => Some(literal.value != 0.0),
        _ => None,
    }
}

/// Whether an operator is `===`, or `!==`; none if it is another one.
fn strict_equality(operator: BinaryOperator) -> Option<bool> {
    match operator {
        BinaryOperator::StrictEqual => Some(true),
        BinaryOperator::StrictNotEqual => Some(false),
        _ => None,
    }
}

/// The jump for a comparison with a small integer that comes out as `when`.
fn comparison_with_int(
    operator: BinaryOperator,
    when: bool,
) -> Option<fn(Register, i32) -> Instruction> {
    /// A function that makes an instruction.
    macro_rules! jump {
        ($name:ident) => {
            |lhs, value| Instruction::$name { lhs, value, to: 0 }
        };
    }
    Some(match (operator, when) {
        (BinaryOperator::Less, true) => jump!(JumpIfLessInt),
        (BinaryOperator::Less, false) => jump!(JumpIfNotLessInt),
        (BinaryOperator::LessEqual, true) => jump!(JumpIfLessEqualInt),
        (BinaryOperator::LessEqual, false) => jump!(JumpIfNotLessEqualInt),
        (BinaryOperator::Greater, true) => jump!(JumpIfGreaterInt),
        (BinaryOperator::Greater, false) => jump!(JumpIfNotGreaterInt),
        (BinaryOperator::GreaterEqual, true) => jump!(JumpIfGreaterEqualInt),
        (BinaryOperator::GreaterEqual, false) => jump!(JumpIfNotGreaterEqualInt),
        (BinaryOperator::StrictEqual, true) | (BinaryOperator::StrictNotEqual, false) => {
            jump!(JumpIfStrictEqualInt)
        }
        (BinaryOperator::StrictEqual, false) | (BinaryOperator::StrictNotEqual, true) => {
            jump!(JumpIfStrictNotEqualInt)
        }
        _ => return None,
    })
}

fn is_comparison(operator: BinaryOperator) -> bool {
    matches!(
        operator,
        BinaryOperator::Less
            | BinaryOperator::LessEqual
            | BinaryOperator::Greater
            | BinaryOperator::GreaterEqual
            | BinaryOperator::StrictEqual
            | BinaryOperator::StrictNotEqual
            | BinaryOperator::Equal
            | BinaryOperator::NotEqual
    )
}
