//! The tables scope analysis fills.

use bitflags::bitflags;

use crate::name::Name;
use crate::source::Span;

/// Names a scope of a [`ScopeTree`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScopeId(pub(crate) u32);

impl ScopeId {
    /// No scope: the node declares nothing, so none was made for it.
    pub const NONE: Self = Self(u32::MAX);

    /// The index into [`ScopeTree::scopes`], if there is a scope.
    #[must_use]
    pub fn index(self) -> Option<usize> {
        (self != Self::NONE).then_some(self.0 as usize)
    }
}

impl std::fmt::Debug for ScopeId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.index() {
            Some(index) => write!(f, "scope {index}"),
            None => f.write_str("no scope"),
        }
    }
}

/// Names a binding of a [`ScopeTree`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct BindingId(pub(crate) u32);

impl BindingId {
    /// The index into [`ScopeTree::bindings`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What an identifier means.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Resolution {
    /// Not analysed, or the name of a label.
    #[default]
    None,
    /// This binding.
    Binding {
        /// The binding.
        id: BindingId,
        /// Whether the binding may not be initialised yet, so that a use has to
        /// check (the temporal dead zone).
        check: bool,
    },
    /// Nothing in this program: a property of the global object, a global
    /// lexical binding of another script, or for eval code something around it.
    Global,
    /// Known only at run time: a `with` object or a direct eval stands between
    /// the use and whatever declares it.
    Dynamic,
}

/// All scopes and bindings of one program.
#[derive(Clone, Copy, Debug, Default)]
pub struct ScopeTree<'a> {
    /// The scopes, each before the scopes inside it; the first is the program's.
    pub scopes: &'a [Scope<'a>],
    /// The bindings.
    pub bindings: &'a [Binding<'a>],
}

impl<'a> ScopeTree<'a> {
    /// The scope of the program.
    pub const PROGRAM: ScopeId = ScopeId(0);

    /// The name of the scope at an index of [`Self::scopes`].
    #[must_use]
    pub fn id(&self, index: usize) -> ScopeId {
        ScopeId(index as u32)
    }

    /// A scope by its name.
    ///
    /// # Panics
    /// If `id` is [`ScopeId::NONE`] or of another tree.
    #[must_use]
    pub fn scope(&self, id: ScopeId) -> &'a Scope<'a> {
        &self.scopes[id.0 as usize]
    }

    /// A binding by its name.
    ///
    /// # Panics
    /// If `id` is of another tree.
    #[must_use]
    pub fn binding(&self, id: BindingId) -> &'a Binding<'a> {
        &self.bindings[id.0 as usize]
    }
}

/// One scope: an environment record of the specification, before it is known
/// whether it needs to exist at run time.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// What made it.
    pub kind: ScopeKind,
    /// The scope around it.
    pub parent: ScopeId,
    /// The scope of the function (or program) it belongs to; itself if it is one.
    pub function: ScopeId,
    /// The source text it covers.
    pub span: Span,
    /// Its bindings, in the order of declaration.
    pub bindings: &'a [BindingId],
    /// What else is known about it.
    pub flags: ScopeFlags,
}

/// What makes a scope.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScopeKind {
    /// A script, or an eval in sloppy mode: its `var`s go to the scope around it.
    Script,
    /// A module.
    Module,
    /// Eval code with its own variables (strict mode).
    Eval,
    /// A function: parameters, `arguments`, and unless the parameters have
    /// expressions also the body's declarations.
    Function,
    /// The body of a function whose parameters have expressions.
    FunctionBody,
    /// The name of a named function expression.
    FunctionName,
    /// A class: the inner binding of its name.
    Class,
    /// The initialiser of a class field: a function of its own.
    FieldInitializer,
    /// A static initialisation block: a function of its own.
    StaticBlock,
    /// `{ … }`
    Block,
    /// The head of a `for` statement.
    For,
    /// The case block of a `switch`.
    Switch,
    /// The parameter of a `catch`.
    Catch,
    /// The object of a `with`.
    With,
}

bitflags! {
    /// What is known about a scope beside its bindings.
    #[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
    pub struct ScopeFlags: u8 {
        /// Strict mode code.
        const STRICT = 1;
        /// A direct eval stands here or further in: every binding may be used
        /// and all names have to be known at run time.
        const INNER_EVAL = 1 << 1;
        /// A sloppy direct eval stands in this function: it may add `var`s.
        const EVAL_MAY_DECLARE = 1 << 2;
        /// A binding is captured by a closure, so the scope has to exist at run
        /// time.
        const HAS_CAPTURED = 1 << 3;
        /// The scope lies in a loop of its own function: a captured binding
        /// needs a fresh copy in every turn.
        const IN_LOOP = 1 << 4;
    }
}

/// One binding.
#[derive(Clone, Copy, Debug)]
pub struct Binding<'a> {
    /// Its name.
    pub name: Name<'a>,
    /// How it is declared.
    pub kind: BindingKind,
    /// The scope that holds it.
    pub scope: ScopeId,
    /// The first identifier that declares it.
    pub span: Span,
    /// What is known about its uses.
    pub flags: BindingFlags,
}

/// How a binding is declared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BindingKind {
    /// `var`
    Var,
    /// A function at the top level of a function or program.
    Function,
    /// A function in a block.
    BlockFunction,
    /// A parameter.
    Parameter,
    /// `arguments`, where the function uses it.
    Arguments,
    /// `let`
    Let,
    /// `const`
    Const,
    /// `using`, `await using`
    Using,
    /// `class`
    Class,
    /// The name of a class inside its body.
    ClassName,
    /// The name of a function expression inside it.
    FunctionName,
    /// A catch parameter that is one identifier: a `var` may have its name.
    SimpleCatch,
    /// A name in a catch parameter that is a pattern.
    Catch,
    /// An import.
    Import,
    /// A `var` that a function in a block makes in the function around it
    /// (Annex B.3.2).
    AnnexB,
}

impl BindingKind {
    /// Whether it must not be used before it is initialised.
    #[must_use]
    pub fn has_dead_zone(self) -> bool {
        matches!(self, Self::Let | Self::Const | Self::Using | Self::Class | Self::ClassName)
    }

    /// Whether assigning to it is an error: always in strict mode code, and for
    /// all but the name of a function expression in sloppy mode code too.
    #[must_use]
    pub fn is_constant(self) -> bool {
        matches!(
            self,
            Self::Const | Self::Using | Self::ClassName | Self::FunctionName | Self::Import
        )
    }
}

bitflags! {
    /// What is known about the uses of a binding.
    #[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
    pub struct BindingFlags: u8 {
        /// A closure uses it, or a direct eval or `with` may.
        const CAPTURED = 1;
        /// Something assigns to it after its declaration.
        const ASSIGNED = 1 << 1;
        /// Some use has to check whether it is initialised.
        const NEEDS_CHECK = 1 << 2;
        /// It is used at all.
        const USED = 1 << 3;
        /// A local export names it.
        const EXPORTED = 1 << 4;
    }
}

bitflags! {
    /// What is known about a function (or field initialiser, or static block).
    #[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
    pub struct FunctionFacts: u16 {
        /// Strict mode code.
        const STRICT = 1;
        /// Only plain identifiers as parameters.
        const SIMPLE_PARAMETERS = 1 << 1;
        /// A default value or a computed key stands in the parameters, so the
        /// body has a scope of its own.
        const PARAMETER_EXPRESSIONS = 1 << 2;
        /// It uses its `arguments` object.
        const USES_ARGUMENTS = 1 << 3;
        /// It, or an arrow function or eval in it, uses `this`.
        const USES_THIS = 1 << 4;
        /// It, or an arrow function or eval in it, uses `super`.
        const USES_SUPER = 1 << 5;
        /// It, or an arrow function or eval in it, uses `new.target`.
        const USES_NEW_TARGET = 1 << 6;
        /// An arrow function or eval in it uses its `this`, `arguments`, `super`
        /// or `new.target`: they have to outlive the frame.
        const CAPTURES_THIS = 1 << 7;
        /// A direct eval stands in it.
        const DIRECT_EVAL = 1 << 8;
        /// It has a parameter of that name twice (sloppy mode only).
        const DUPLICATE_PARAMETERS = 1 << 9;
    }
}
