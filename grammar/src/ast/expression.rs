//! Expressions (ECMA-262 §13).

use super::{
    ArrowFunction, BigIntLiteral, BooleanLiteral, Class, Function, Identifier, IdentifierName,
    MethodKind, NumericLiteral, Pattern, PrivateIdentifier, RegExpLiteral, Spanned, StringLiteral,
    TemplateLiteral, spanned,
};
use crate::source::Span;

/// `Expression`, at any level of precedence.
#[derive(Clone, Copy, Debug)]
pub enum Expression<'a> {
    /// `this`
    This(Span),
    /// `x`
    Identifier(&'a Identifier<'a>),
    /// `null`
    Null(Span),
    /// `true`, `false`
    Boolean(&'a BooleanLiteral),
    /// `1`
    Number(&'a NumericLiteral),
    /// `1n`
    BigInt(&'a BigIntLiteral<'a>),
    /// `"s"`
    String(&'a StringLiteral<'a>),
    /// `/r/`
    RegExp(&'a RegExpLiteral<'a>),
    /// `` `t` ``
    Template(&'a TemplateLiteral<'a>),
    /// `` tag`t` ``
    TaggedTemplate(&'a TaggedTemplate<'a>),
    /// `[ … ]`
    Array(&'a ArrayLiteral<'a>),
    /// `{ … }`
    Object(&'a ObjectLiteral<'a>),
    /// `function …`
    Function(&'a Function<'a>),
    /// `x => …`
    Arrow(&'a ArrowFunction<'a>),
    /// `class …`
    Class(&'a Class<'a>),
    /// `( … )`
    Parenthesized(&'a ParenthesizedExpression<'a>),
    /// `o.p`, `o[p]`, `o.#p`, `super.p`
    Member(&'a MemberExpression<'a>),
    /// `f( … )`
    Call(&'a CallExpression<'a>),
    /// `super( … )`
    SuperCall(&'a SuperCall<'a>),
    /// `a?.b` with all that is skipped when `a` is nullish
    Chain(&'a ChainExpression<'a>),
    /// `new F( … )`
    New(&'a NewExpression<'a>),
    /// `import( … )`
    Import(&'a ImportCall<'a>),
    /// `import.meta`
    ImportMeta(Span),
    /// `new.target`
    NewTarget(Span),
    /// `x++`, `--x`
    Update(&'a UpdateExpression<'a>),
    /// `-x`, `typeof x`, …
    Unary(&'a UnaryExpression<'a>),
    /// `a + b`, `a < b`, …
    Binary(&'a BinaryExpression<'a>),
    /// `#x in o`
    PrivateIn(&'a PrivateInExpression<'a>),
    /// `a && b`, `a || b`, `a ?? b`
    Logical(&'a LogicalExpression<'a>),
    /// `a ? b : c`
    Conditional(&'a ConditionalExpression<'a>),
    /// `a = b`, `a += b`, …
    Assignment(&'a AssignmentExpression<'a>),
    /// `yield`, `yield*`
    Yield(&'a YieldExpression<'a>),
    /// `await`
    Await(&'a AwaitExpression<'a>),
    /// `a, b`
    Sequence(&'a SequenceExpression<'a>),
}

/// An element of an array literal.
#[derive(Clone, Copy, Debug)]
pub enum ArrayElement<'a> {
    /// A hole.
    Elision,
    /// A value.
    Expression(Expression<'a>),
    /// `...x`
    Spread(&'a SpreadElement<'a>),
}

/// `ArrayLiteral`.
#[derive(Debug)]
pub struct ArrayLiteral<'a> {
    /// Where it stands, brackets included.
    pub span: Span,
    /// The elements, holes among them; a comma at the end adds none.
    pub elements: &'a [ArrayElement<'a>],
    /// Whether `...x` at the very end has a comma after it: right for an array,
    /// wrong for the pattern the literal may turn out to be.
    pub comma_after_spread: bool,
}

/// `...x` in an array, an object or arguments.
#[derive(Debug)]
pub struct SpreadElement<'a> {
    /// The dots and the operand.
    pub span: Span,
    /// The operand.
    pub argument: Expression<'a>,
}

/// `ObjectLiteral`.
#[derive(Debug)]
pub struct ObjectLiteral<'a> {
    /// Where it stands, braces included.
    pub span: Span,
    /// The properties, in order.
    pub properties: &'a [Property<'a>],
    /// Whether `...x` at the very end has a comma after it: right for an object,
    /// wrong for the pattern the literal may turn out to be.
    pub comma_after_spread: bool,
}

/// `PropertyDefinition`.
#[derive(Clone, Copy, Debug)]
pub enum Property<'a> {
    /// `key: value`
    KeyValue(&'a KeyValue<'a>),
    /// `x`
    Shorthand(&'a ShorthandProperty<'a>),
    /// A method, getter or setter.
    Method(&'a MethodProperty<'a>),
    /// `...x`
    Spread(&'a SpreadElement<'a>),
}

/// `key: value` in an object literal.
#[derive(Debug)]
pub struct KeyValue<'a> {
    /// Key and value.
    pub span: Span,
    /// The key.
    pub key: PropertyKey<'a>,
    /// The value.
    pub value: Expression<'a>,
}

/// `x` in an object literal, or `x = 1` in one that turns out to be a pattern
/// (`CoverInitializedName`).
#[derive(Debug)]
pub struct ShorthandProperty<'a> {
    /// Name and initialiser.
    pub span: Span,
    /// Both the key and the variable read.
    pub name: &'a Identifier<'a>,
    /// Only in a literal that becomes a pattern; a finished tree has none.
    pub initializer: Option<Expression<'a>>,
}

/// `MethodDefinition` in an object literal.
#[derive(Debug)]
pub struct MethodProperty<'a> {
    /// The whole definition.
    pub span: Span,
    /// Method, getter or setter.
    pub kind: MethodKind,
    /// Its name.
    pub key: PropertyKey<'a>,
    /// Its function.
    pub value: &'a Function<'a>,
}

/// `PropertyName` or `ClassElementName`.
#[derive(Clone, Copy, Debug)]
pub enum PropertyKey<'a> {
    /// `x`
    Identifier(&'a IdentifierName<'a>),
    /// `"x"`
    String(&'a StringLiteral<'a>),
    /// `1`
    Number(&'a NumericLiteral),
    /// `1n`
    BigInt(&'a BigIntLiteral<'a>),
    /// `[x]`
    Computed(Expression<'a>),
    /// `#x`
    Private(&'a PrivateIdentifier<'a>),
}

/// `CoverParenthesizedExpressionAndArrowParameterList` that is an expression.
#[derive(Debug)]
pub struct ParenthesizedExpression<'a> {
    /// Where it stands, parentheses included.
    pub span: Span,
    /// What is inside.
    pub expression: Expression<'a>,
}

/// `MemberExpression`: a property of an object.
#[derive(Debug)]
pub struct MemberExpression<'a> {
    /// Object and property.
    pub span: Span,
    /// The object.
    pub object: MemberObject<'a>,
    /// The property.
    pub property: MemberProperty<'a>,
    /// Whether `?.` stands right before the property.
    pub optional: bool,
}

/// Whose property a member expression names.
#[derive(Clone, Copy, Debug)]
pub enum MemberObject<'a> {
    /// A value.
    Expression(Expression<'a>),
    /// `super`
    Super(Span),
}

/// Which property a member expression names.
#[derive(Clone, Copy, Debug)]
pub enum MemberProperty<'a> {
    /// `.x`
    Name(&'a IdentifierName<'a>),
    /// `[x]`
    Computed(Expression<'a>),
    /// `.#x`
    Private(&'a PrivateIdentifier<'a>),
}

/// One of the arguments of a call.
#[derive(Clone, Copy, Debug)]
pub enum Argument<'a> {
    /// A value.
    Expression(Expression<'a>),
    /// `...x`
    Spread(&'a SpreadElement<'a>),
}

/// `CallExpression`.
#[derive(Debug)]
pub struct CallExpression<'a> {
    /// Callee and arguments.
    pub span: Span,
    /// What is called.
    pub callee: Expression<'a>,
    /// The arguments.
    pub arguments: &'a [Argument<'a>],
    /// Whether `?.` stands right before the parenthesis.
    pub optional: bool,
}

/// `SuperCall`.
#[derive(Debug)]
pub struct SuperCall<'a> {
    /// `super` and arguments.
    pub span: Span,
    /// `super` alone.
    pub super_span: Span,
    /// The arguments.
    pub arguments: &'a [Argument<'a>],
}

/// `OptionalExpression`: the extent of what a nullish `?.` skips.
#[derive(Debug)]
pub struct ChainExpression<'a> {
    /// The whole chain.
    pub span: Span,
    /// Its outermost member or call; at least one link is `optional`.
    pub expression: Expression<'a>,
}

/// `NewExpression`.
#[derive(Debug)]
pub struct NewExpression<'a> {
    /// From `new` to the end of the arguments, or of the callee without any.
    pub span: Span,
    /// The constructor.
    pub callee: Expression<'a>,
    /// The arguments.
    pub arguments: &'a [Argument<'a>],
}

/// `ImportCall`.
#[derive(Debug)]
pub struct ImportCall<'a> {
    /// The whole call.
    pub span: Span,
    /// The module specifier.
    pub source: Expression<'a>,
    /// The second argument, `{ with: … }`.
    pub options: Option<Expression<'a>>,
}

/// `` tag`t` ``.
#[derive(Debug)]
pub struct TaggedTemplate<'a> {
    /// Tag and template.
    pub span: Span,
    /// The function called.
    pub tag: Expression<'a>,
    /// The template.
    pub quasi: &'a TemplateLiteral<'a>,
}

/// `UpdateExpression`.
#[derive(Debug)]
pub struct UpdateExpression<'a> {
    /// Operator and operand.
    pub span: Span,
    /// `++` or `--`.
    pub operator: UpdateOperator,
    /// Whether the operator stands first.
    pub prefix: bool,
    /// What is changed.
    pub argument: Pattern<'a>,
}

/// `UnaryExpression`.
#[derive(Debug)]
pub struct UnaryExpression<'a> {
    /// Operator and operand.
    pub span: Span,
    /// The operator.
    pub operator: UnaryOperator,
    /// The operand.
    pub argument: Expression<'a>,
}

/// A binary operator that always evaluates both operands.
#[derive(Debug)]
pub struct BinaryExpression<'a> {
    /// Both operands.
    pub span: Span,
    /// The operator.
    pub operator: BinaryOperator,
    /// The left operand.
    pub left: Expression<'a>,
    /// The right operand.
    pub right: Expression<'a>,
}

/// `#x in o`.
#[derive(Debug)]
pub struct PrivateInExpression<'a> {
    /// Both operands.
    pub span: Span,
    /// The private name.
    pub left: &'a PrivateIdentifier<'a>,
    /// The object.
    pub right: Expression<'a>,
}

/// `&&`, `||` or `??`.
#[derive(Debug)]
pub struct LogicalExpression<'a> {
    /// Both operands.
    pub span: Span,
    /// The operator.
    pub operator: LogicalOperator,
    /// The left operand.
    pub left: Expression<'a>,
    /// The right operand, evaluated only when the left does not decide.
    pub right: Expression<'a>,
}

/// `ConditionalExpression`.
#[derive(Debug)]
pub struct ConditionalExpression<'a> {
    /// The whole expression.
    pub span: Span,
    /// The condition.
    pub test: Expression<'a>,
    /// The value when it holds.
    pub consequent: Expression<'a>,
    /// The value when it does not.
    pub alternate: Expression<'a>,
}

/// `AssignmentExpression`.
#[derive(Debug)]
pub struct AssignmentExpression<'a> {
    /// The whole expression.
    pub span: Span,
    /// The operator.
    pub operator: AssignmentOperator,
    /// What is assigned to.
    pub left: Pattern<'a>,
    /// Whether the target is in parentheses, and so gives an anonymous function
    /// on the right no name.
    pub parenthesized_target: bool,
    /// The value.
    pub right: Expression<'a>,
}

/// `YieldExpression`.
#[derive(Debug)]
pub struct YieldExpression<'a> {
    /// The whole expression.
    pub span: Span,
    /// `yield*`
    pub delegate: bool,
    /// The operand.
    pub argument: Option<Expression<'a>>,
}

/// `AwaitExpression`.
#[derive(Debug)]
pub struct AwaitExpression<'a> {
    /// The whole expression.
    pub span: Span,
    /// The operand.
    pub argument: Expression<'a>,
}

/// The comma operator, two expressions or more.
#[derive(Debug)]
pub struct SequenceExpression<'a> {
    /// From the first to the last.
    pub span: Span,
    /// The expressions, in order.
    pub expressions: &'a [Expression<'a>],
}

/// Makes a fieldless operator enum with its text.
macro_rules! operators {
    ($(#[$meta:meta])* $name:ident { $($variant:ident $text:literal)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum $name {
            $(#[doc = concat!("`", $text, "`")] $variant,)*
        }

        impl $name {
            /// The operator as written.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }
    };
}

operators! {
    /// The operators of [`UpdateExpression`].
    UpdateOperator { Increment "++" Decrement "--" }
}

operators! {
    /// The operators of [`UnaryExpression`].
    UnaryOperator {
        Delete "delete" Void "void" Typeof "typeof" Plus "+" Minus "-" BitNot "~" Not "!"
    }
}

operators! {
    /// The operators of [`BinaryExpression`].
    BinaryOperator {
        Equal "==" NotEqual "!=" StrictEqual "===" StrictNotEqual "!=="
        Less "<" LessEqual "<=" Greater ">" GreaterEqual ">="
        In "in" Instanceof "instanceof"
        ShiftLeft "<<" ShiftRight ">>" ShiftRightUnsigned ">>>"
        Add "+" Subtract "-" Multiply "*" Divide "/" Remainder "%" Exponent "**"
        BitAnd "&" BitOr "|" BitXor "^"
    }
}

operators! {
    /// The operators of [`LogicalExpression`].
    LogicalOperator { And "&&" Or "||" Coalesce "??" }
}

operators! {
    /// The operators of [`AssignmentExpression`].
    AssignmentOperator {
        Assign "=" Add "+=" Subtract "-=" Multiply "*=" Divide "/=" Remainder "%="
        Exponent "**=" ShiftLeft "<<=" ShiftRight ">>=" ShiftRightUnsigned ">>>="
        BitAnd "&=" BitOr "|=" BitXor "^=" And "&&=" Or "||=" Coalesce "??="
    }
}

spanned! {
    ArrayLiteral SpreadElement ObjectLiteral KeyValue ShorthandProperty MethodProperty
    ParenthesizedExpression MemberExpression CallExpression SuperCall ChainExpression
    NewExpression ImportCall TaggedTemplate UpdateExpression UnaryExpression BinaryExpression
    PrivateInExpression LogicalExpression ConditionalExpression AssignmentExpression
    YieldExpression AwaitExpression SequenceExpression
}

impl PropertyKey<'_> {
    /// Where it stands; of a computed key the expression alone.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Identifier(node) => node.span,
            Self::String(node) => node.span,
            Self::Number(node) => node.span,
            Self::BigInt(node) => node.span,
            Self::Computed(expression) => expression.span(),
            Self::Private(node) => node.span,
        }
    }

    /// `PropName` (ECMA-262 §8.2.1 and others): whether the key is this very name,
    /// written as an identifier or a string.
    #[must_use]
    pub fn is_literally(&self, name: &str) -> bool {
        match self {
            Self::Identifier(node) => node.text == name,
            Self::String(node) => node.value.as_bytes() == name.as_bytes(),
            _ => false,
        }
    }
}

impl<'a> Expression<'a> {
    /// The expression inside any number of parentheses.
    #[must_use]
    pub fn without_parentheses(self) -> Expression<'a> {
        let mut expression = self;
        while let Expression::Parenthesized(node) = expression {
            expression = node.expression;
        }
        expression
    }
}

impl Spanned for Expression<'_> {
    fn span(&self) -> Span {
        match self {
            Expression::This(span)
            | Expression::Null(span)
            | Expression::ImportMeta(span)
            | Expression::NewTarget(span) => *span,
            Expression::Identifier(node) => node.span,
            Expression::Boolean(node) => node.span,
            Expression::Number(node) => node.span,
            Expression::BigInt(node) => node.span,
            Expression::String(node) => node.span,
            Expression::RegExp(node) => node.span,
            Expression::Template(node) => node.span,
            Expression::TaggedTemplate(node) => node.span,
            Expression::Array(node) => node.span,
            Expression::Object(node) => node.span,
            Expression::Function(node) => node.span,
            Expression::Arrow(node) => node.span,
            Expression::Class(node) => node.span,
            Expression::Parenthesized(node) => node.span,
            Expression::Member(node) => node.span,
            Expression::Call(node) => node.span,
            Expression::SuperCall(node) => node.span,
            Expression::Chain(node) => node.span,
            Expression::New(node) => node.span,
            Expression::Import(node) => node.span,
            Expression::Update(node) => node.span,
            Expression::Unary(node) => node.span,
            Expression::Binary(node) => node.span,
            Expression::PrivateIn(node) => node.span,
            Expression::Logical(node) => node.span,
            Expression::Conditional(node) => node.span,
            Expression::Assignment(node) => node.span,
            Expression::Yield(node) => node.span,
            Expression::Await(node) => node.span,
            Expression::Sequence(node) => node.span,
        }
    }
}
