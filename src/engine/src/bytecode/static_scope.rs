//! What a direct eval has to know of the code around it.

use std::rc::Rc;

use axil_grammar::scope::BindingKind;

/// An environment around a direct eval, as the compiler knew it.
#[derive(Default, Debug)]
pub struct StaticScope {
    /// The environment around it.
    pub outer: Option<Rc<StaticScope>>,
    /// Its variables with names.
    pub names: Vec<StaticName>,
    /// Its one variable is the object of a `with`.
    pub with_object: bool,
    /// The variable that holds what evals have declared in its function, if they may.
    pub variables_of_eval: Option<u32>,
    /// The variables that hold what a call has given to a function, if it has some.
    pub kept: Option<Kept>,
    /// The private names that are among its variables, without `#`.
    pub private_names: Vec<(Box<str>, u32)>,
}

/// The variables of an environment that hold what a call has given to a function: `this`
/// first, then the function itself, then `new.target`, or the first ones of these.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Kept {
    /// The number of the first one.
    pub first: u32,
    /// How many there are.
    pub count: u32,
    /// The function is the constructor of a class that extends another.
    pub is_derived: bool,
}

impl Kept {
    /// The variable that holds `this`.
    pub fn this(self) -> u32 {
        self.first
    }

    /// The variable that holds the function.
    pub fn callee(self) -> u32 {
        debug_assert!(self.count > 1, "who asks for it has been seen before");
        self.first + 1
    }

    /// The variable that holds `new.target`.
    pub fn new_target(self) -> u32 {
        debug_assert!(self.count > 2, "who asks for it has been seen before");
        self.first + 2
    }
}

/// A variable of an environment.
#[derive(Debug)]
pub struct StaticName {
    /// Its name.
    pub name: Box<str>,
    /// Its number.
    pub index: u32,
    /// How it is declared.
    pub kind: BindingKind,
}

/// The place of a direct eval.
#[derive(Debug)]
pub struct EvalSite {
    /// The environment around it.
    pub scope: Option<Rc<StaticScope>>,
    /// The code is strict mode code.
    pub strict: bool,
    /// It is in a function that is no arrow function.
    pub in_function: bool,
    /// It is in a method.
    pub in_method: bool,
    /// It is in the constructor of a class that extends another.
    pub in_derived_constructor: bool,
    /// It is in the initialiser of a class field.
    pub in_class_field_initializer: bool,
    /// It is among the parameters of a function: they keep `var`s of their names out.
    pub in_parameters: bool,
}

impl StaticScope {
    /// The variable of a name.
    pub fn find(&self, name: &str) -> Option<&StaticName> {
        self.names.iter().find(|own| *own.name == *name)
    }

    /// This environment and those around it, the innermost first.
    pub fn chain(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |scope| scope.outer.as_deref())
    }
}
