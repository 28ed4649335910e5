//! Patterns: names that are declared, names that are assigned to.

use crate::ast::*;
use crate::depth;
use crate::early_errors::{Context, declarations, expressions, identifiers};
use crate::scope::{BindingFlags, BindingKind};

use super::Walk;
use super::tables::Tables;

/// What an assignment makes of a binding.
const ASSIGNMENT: BindingFlags = BindingFlags::USED.union(BindingFlags::ASSIGNED);

/// What becomes of the names in a pattern.
#[derive(Clone, Copy)]
enum Leaf {
    /// `let`, `const`, `using`, or the names of a catch pattern.
    Lexical,
    /// `var`; whether a value is assigned.
    Var { assigned: bool },
    /// A parameter.
    Parameter,
    /// An assignment.
    Assigned,
}

impl<'a> Walk<'_, 'a> {
    pub(super) fn lexical_pattern(&mut self, pattern: Pattern<'a>) {
        self.pattern(pattern, Leaf::Lexical);
    }

    pub(super) fn catch_pattern(&mut self, pattern: Pattern<'a>) {
        self.pattern(pattern, Leaf::Lexical);
    }

    pub(super) fn var_pattern(&mut self, pattern: Pattern<'a>, assigned: bool) {
        self.pattern(pattern, Leaf::Var { assigned });
    }

    pub(super) fn assignment_pattern(&mut self, pattern: Pattern<'a>) {
        self.check(expressions::call_as_target(pattern, false, self.context));
        self.pattern(pattern, Leaf::Assigned);
    }

    /// The parameters of a function: initialisers see the parameters before them.
    pub(super) fn parameters(&mut self, params: &FormalParameters<'a>) {
        for element in params.items {
            self.element(element, Leaf::Parameter);
        }
        if let Some(rest) = params.rest {
            self.pattern(rest.target, Leaf::Parameter);
        }
    }

    #[inline(always)]
    fn pattern(&mut self, pattern: Pattern<'a>, leaf: Leaf) {
        match pattern {
            Pattern::Identifier(identifier) => self.leaf(identifier, leaf),
            _ => self.compound_pattern(pattern, leaf),
        }
    }

    fn compound_pattern(&mut self, pattern: Pattern<'a>, leaf: Leaf) {
        match pattern {
            Pattern::Identifier(identifier) => self.leaf(identifier, leaf),
            Pattern::Member(member) => self.member(member),
            Pattern::Call(call) => self.expression(call),
            Pattern::Object(object) => depth::grow(|| self.object_pattern(object, leaf)),
            Pattern::Array(array) => depth::grow(|| self.array_pattern(array, leaf)),
        }
    }

    fn object_pattern(&mut self, object: &'a ObjectPattern<'a>, leaf: Leaf) {
        for property in object.properties {
            self.property_key(property.key);
            self.element(&property.element, leaf);
        }
        if let Some(rest) = object.rest {
            self.pattern(rest.target, leaf);
        }
    }

    fn array_pattern(&mut self, array: &'a ArrayPattern<'a>, leaf: Leaf) {
        for element in array.elements.iter().flatten() {
            self.element(element, leaf);
        }
        if let Some(rest) = array.rest {
            self.pattern(rest.target, leaf);
        }
    }

    fn element(&mut self, element: &PatternElement<'a>, leaf: Leaf) {
        if let Some(initializer) = element.initializer {
            self.expression(initializer);
        }
        self.pattern(element.target, leaf);
    }

    #[inline]
    fn leaf(&mut self, identifier: &'a Identifier<'a>, leaf: Leaf) {
        if identifier.name.class() != NameClass::Plain {
            self.check(identifiers::reserved_in_context(identifier, self.context));
            self.check(identifiers::arguments_in_class(identifier, self.context));
            self.check(identifiers::eval_or_arguments(identifier, self.context));
        }
        match leaf {
            Leaf::Lexical | Leaf::Parameter => {
                Tables::resolve_declaration(identifier);
                self.tables.initialize(identifier.name);
            }
            Leaf::Var { assigned } => {
                self.var_name(identifier);
                if assigned {
                    // The value goes to the binding that is visible here, which
                    // may be a catch parameter or a property of a `with` object.
                    self.tables.refer(identifier, ASSIGNMENT);
                } else {
                    Tables::resolve_declaration(identifier);
                }
            }
            Leaf::Assigned => self.tables.refer(identifier, ASSIGNMENT),
        }
    }

    /// §14.2.1 and others: a `var` does not pass a lexical declaration of its name
    /// on its way to the function's scope. Annex B.3.4 lets it pass a catch
    /// parameter that is a plain name.
    fn var_name(&mut self, identifier: &'a Identifier<'a>) {
        let mut next = self.tables.lookup(identifier.name);
        while let Some(binding) = next
            && binding.kind == BindingKind::SimpleCatch
        {
            next = self.tables.behind_catch(binding);
        }
        let Some(binding) = next else { return };
        let lexical = match binding.kind {
            BindingKind::Var
            | BindingKind::Parameter
            | BindingKind::Arguments
            | BindingKind::AnnexB => false,
            // A module's functions are lexical, others of the top level are not.
            BindingKind::Function => self.context.contains(Context::MODULE) && binding.scope.0 == 0,
            _ => true,
        };
        // Scopes are numbered as they open, and both are open.
        if lexical && binding.scope >= self.var_scope {
            let first = binding.span;
            self.fault(declarations::redeclaration(identifier, first));
        }
    }

    /// The checks on a name that neither declares nor refers: a label.
    pub(super) fn name_in_context(&mut self, identifier: &'a Identifier<'a>) {
        self.check(identifiers::reserved_in_context(identifier, self.context));
    }
}
