//! How tightly expressions bind.

use crate::ast::{BinaryOperator, Expression, LogicalOperator, MemberObject};

/// The productions of the specification's expression grammar that an operand
/// can ask for, from `Expression` down to `PrimaryExpression`
/// (ECMA-262 §13.2–§13.16).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Precedence {
    Expression,
    Assignment,
    Conditional,
    /// `ShortCircuitExpression`, of which `a ?? b` is one.
    ShortCircuit,
    LogicalOr,
    LogicalAnd,
    BitwiseOr,
    BitwiseXor,
    BitwiseAnd,
    Equality,
    Relational,
    Shift,
    Additive,
    Multiplicative,
    Exponentiation,
    Unary,
    Update,
    LeftHandSide,
    Call,
    Member,
    Primary,
}

impl Precedence {
    /// The production an expression is one of, and none below.
    pub(super) fn of(expression: Expression<'_>) -> Self {
        match expression {
            Expression::Sequence(_) => Self::Expression,
            Expression::Assignment(_) | Expression::Arrow(_) | Expression::Yield(_) => {
                Self::Assignment
            }
            Expression::Conditional(_) => Self::Conditional,
            Expression::Logical(node) => Self::of_logical(node.operator),
            Expression::Binary(node) => Self::of_binary(node.operator),
            Expression::PrivateIn(_) => Self::Relational,
            Expression::Unary(_) | Expression::Await(_) => Self::Unary,
            Expression::Update(_) => Self::Update,
            Expression::Chain(_) => Self::LeftHandSide,
            Expression::Call(_) | Expression::SuperCall(_) | Expression::Import(_) => Self::Call,
            Expression::Member(_)
            | Expression::New(_)
            | Expression::TaggedTemplate(_)
            | Expression::ImportMeta(_)
            | Expression::NewTarget(_) => Self::Member,
            Expression::This(_)
            | Expression::Identifier(_)
            | Expression::Null(_)
            | Expression::Boolean(_)
            | Expression::Number(_)
            | Expression::BigInt(_)
            | Expression::String(_)
            | Expression::RegExp(_)
            | Expression::Template(_)
            | Expression::Array(_)
            | Expression::Object(_)
            | Expression::Function(_)
            | Expression::Class(_)
            | Expression::Parenthesized(_) => Self::Primary,
        }
    }

    pub(super) fn of_logical(operator: LogicalOperator) -> Self {
        match operator {
            LogicalOperator::Coalesce => Self::ShortCircuit,
            LogicalOperator::Or => Self::LogicalOr,
            LogicalOperator::And => Self::LogicalAnd,
        }
    }

    pub(super) fn of_binary(operator: BinaryOperator) -> Self {
        use BinaryOperator::*;
        match operator {
            BitOr => Self::BitwiseOr,
            BitXor => Self::BitwiseXor,
            BitAnd => Self::BitwiseAnd,
            Equal | NotEqual | StrictEqual | StrictNotEqual => Self::Equality,
            Less | LessEqual | Greater | GreaterEqual | In | Instanceof => Self::Relational,
            ShiftLeft | ShiftRight | ShiftRightUnsigned => Self::Shift,
            Add | Subtract => Self::Additive,
            Multiply | Divide | Remainder => Self::Multiplicative,
            Exponent => Self::Exponentiation,
        }
    }

    /// What the left operand of `operator` has to be. `**` takes no unary
    /// operator there.
    pub(super) fn left_of_binary(operator: BinaryOperator) -> Self {
        match operator {
            BinaryOperator::Exponent => Self::Update,
            _ => Self::of_binary(operator),
        }
    }

    /// What the right operand of `operator` has to be: for all but `**`, which
    /// groups to the right, something that binds tighter.
    pub(super) fn right_of_binary(operator: BinaryOperator) -> Self {
        match Self::of_binary(operator) {
            Self::BitwiseOr => Self::BitwiseXor,
            Self::BitwiseXor => Self::BitwiseAnd,
            Self::BitwiseAnd => Self::Equality,
            Self::Equality => Self::Relational,
            Self::Relational => Self::Shift,
            Self::Shift => Self::Additive,
            Self::Additive => Self::Multiplicative,
            Self::Multiplicative => Self::Exponentiation,
            other => other,
        }
    }

    /// What the left operand of a logical operator has to be: `??` takes itself,
    /// but not `||` and `&&`.
    pub(super) fn left_of_logical(operator: LogicalOperator, left: Expression<'_>) -> Self {
        match (operator, left) {
            (LogicalOperator::Coalesce, Expression::Logical(inner))
                if inner.operator == LogicalOperator::Coalesce =>
            {
                Self::ShortCircuit
            }
            (LogicalOperator::Coalesce, _) => Self::BitwiseOr,
            _ => Self::of_logical(operator),
        }
    }

    pub(super) fn right_of_logical(operator: LogicalOperator) -> Self {
        match operator {
            LogicalOperator::Or => Self::LogicalAnd,
            LogicalOperator::And | LogicalOperator::Coalesce => Self::BitwiseOr,
        }
    }

    /// What the constructor after `new` has to be. Were there a call in it, its
    /// arguments would be taken for those of `new`.
    pub(super) fn callee_of_new(callee: Expression<'_>) -> Self {
        let mut innermost = callee;
        loop {
            innermost = match innermost {
                Expression::Member(node) => match node.object {
                    MemberObject::Expression(object) => object,
                    MemberObject::Super(_) => return Self::Member,
                },
                Expression::TaggedTemplate(node) => node.tag,
                Expression::Call(_)
                | Expression::SuperCall(_)
                | Expression::Import(_)
                | Expression::Chain(_) => return Self::Primary,
                _ => return Self::Member,
            }
        }
    }
}
