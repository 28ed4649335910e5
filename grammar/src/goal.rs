//! What a source text is parsed as.

use crate::ast::{FunctionKind, ProgramKind};
use crate::builder::FunctionContext;
use crate::token::Token;

/// The goal symbol of a parse, with what the parse has to know of its context.
#[derive(Clone, Copy, Debug)]
pub enum Goal<'s> {
    /// `Script`.
    Script,
    /// `Module`.
    Module,
    /// A CommonJS module: the body of the function that Node wraps around it, so
    /// `return` may stand at the top level and `exports`, `require`, `module`,
    /// `__filename` and `__dirname` are parameters.
    CommonJs,
    /// `FunctionBody`, as the `Function` constructor parses its last argument.
    FunctionBody(FunctionKind),
    /// `FormalParameters`, as the `Function` constructor parses its other
    /// arguments, joined with commas.
    FormalParameters(FunctionKind),
    /// One `Expression`.
    Expression,
    /// `Script` as the argument of `eval`.
    Eval(EvalContext<'s>),
}

/// Where a direct eval stands (ECMA-262 §19.2.1.1). The default is an indirect
/// eval: global code.
#[derive(Clone, Copy, Debug, Default)]
pub struct EvalContext<'s> {
    /// The caller is strict mode code.
    pub strict: bool,
    /// In a function that is no arrow function: `new.target` may stand.
    pub in_function: bool,
    /// In a method: `super.x` may stand.
    pub in_method: bool,
    /// In the constructor of a derived class: `super()` may stand.
    pub in_derived_constructor: bool,
    /// In the initialiser of a class field: `arguments` must not stand.
    pub in_class_field_initializer: bool,
    /// The private names that are in scope, without `#`.
    pub private_names: &'s [&'s str],
}

impl Goal<'_> {
    pub(crate) fn token(&self) -> Token {
        match self {
            Self::Script | Self::CommonJs | Self::Eval(_) => Token::GoalScript,
            Self::Module => Token::GoalModule,
            Self::FunctionBody(_) => Token::GoalFunctionBody,
            Self::FormalParameters(_) => Token::GoalParameters,
            Self::Expression => Token::GoalExpression,
        }
    }

    pub(crate) fn function_context(&self) -> FunctionContext {
        match self {
            Self::Module => FunctionContext::ASYNC,
            Self::FunctionBody(kind) | Self::FormalParameters(kind) => {
                let mut context = FunctionContext::FUNCTION;
                context.set(FunctionContext::YIELD, kind.is_generator());
                context.set(FunctionContext::AWAIT, kind.is_async());
                context
            }
            _ => FunctionContext::FUNCTION,
        }
    }

    /// The goal without its context.
    #[must_use]
    pub fn kind(&self) -> ProgramKind {
        match self {
            Self::Script => ProgramKind::Script,
            Self::Module => ProgramKind::Module,
            Self::CommonJs => ProgramKind::CommonJs,
            Self::FunctionBody(kind) => ProgramKind::FunctionBody(*kind),
            Self::FormalParameters(kind) => ProgramKind::FormalParameters(*kind),
            Self::Expression => ProgramKind::Expression,
            Self::Eval(_) => ProgramKind::Eval,
        }
    }
}
