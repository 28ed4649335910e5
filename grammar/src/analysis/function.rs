//! Functions (§15).

use crate::ast::*;
use crate::early_errors::{Context, functions, identifiers};
use crate::scope::{BindingKind, FunctionFacts, ScopeFlags, ScopeId, ScopeKind};
use crate::source::Span;

use super::tables::Tables;
use super::{Jumps, Walk};

/// What a function is to the code around it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Declaration,
    Expression,
    /// A method, getter, setter or constructor.
    Method {
        /// Of a class that extends another.
        derived_constructor: bool,
    },
}

/// What of the walk's state belongs to the function around.
#[derive(Clone, Copy)]
pub(super) struct Outer {
    context: Context,
    facts: FunctionFacts,
    jumps: Jumps,
    using_allowed: bool,
    var_scope: ScopeId,
}

/// `[Yield]` and `[Await]` in the body of a function of this kind.
pub(super) fn kind_context(kind: FunctionKind) -> Context {
    let mut context = Context::empty();
    context.set(Context::YIELD, kind.is_generator());
    context.set(Context::AWAIT, kind.is_async());
    context
}

impl<'a> Walk<'_, 'a> {
    /// Begins the code of a function, with what it allows.
    pub(super) fn enter_function(&mut self, context: Context, facts: FunctionFacts) -> Outer {
        let outer = Outer {
            context: self.context,
            facts: self.facts,
            jumps: self.jumps,
            using_allowed: self.using_allowed,
            var_scope: self.var_scope,
        };
        self.context = context;
        self.facts = facts;
        self.jumps = Jumps { labels: self.labels.len(), in_loop: false, breakable: false };
        self.using_allowed = true;
        outer
    }

    /// Ends the code of a function and gives what was found out about it.
    pub(super) fn leave_function(&mut self, outer: Outer) -> FunctionFacts {
        self.context = outer.context;
        self.jumps = outer.jumps;
        self.using_allowed = outer.using_allowed;
        self.var_scope = outer.var_scope;
        std::mem::replace(&mut self.facts, outer.facts)
    }

    pub(super) fn function(&mut self, node: &'a Function<'a>, role: Role) {
        let outer = self.begin_function(node, role);
        self.function_code(&node.body);
        self.end_function(node, role, outer);
    }

    /// All that comes before the body. It is no part of [`Self::function`], whose
    /// frame lies on the stack once for each function around.
    #[inline(never)]
    fn begin_function(&mut self, node: &'a Function<'a>, role: Role) -> Outer {
        let directive = functions::use_strict_directive(node.body.statements, self.cx.text);
        let inherited = self.context & (Context::STRICT | Context::MODULE);
        let mut context =
            inherited | kind_context(node.kind) | Context::RETURN | Context::NEW_TARGET;
        context.set(Context::STRICT, inherited.contains(Context::STRICT) || directive.is_some());
        if let Role::Method { derived_constructor } = role {
            context |= Context::SUPER_PROPERTY;
            context.set(Context::SUPER_CALL, derived_constructor);
        }
        self.function_name(node, role, context);
        let strict = context.contains(Context::STRICT);
        let mut facts = node.facts.get();
        facts.set(FunctionFacts::STRICT, strict);
        let outer = self.enter_function(context, facts);
        let named = node.id.filter(|_| role == Role::Expression);
        if let Some(id) = named {
            let flags = self.scope_flags();
            let scope = self.tables.enter(ScopeKind::FunctionName, node.span, flags, false);
            node.name_scope.set(scope);
            let binding = self.tables.declare(id.name, BindingKind::FunctionName, id.span, true);
            // The function reads its own name without capturing anything.
            self.tables.belongs_to_next_function(binding);
            Tables::resolve_declaration(id);
        }
        node.scope.set(self.enter_function_scope(node.span, facts));
        if role == Role::Declaration {
            self.tables.raise_hoist_barrier();
        }
        self.tables.own_arguments(self.arguments);
        let unique = !matches!(role, Role::Declaration | Role::Expression);
        self.check(functions::use_strict_with_complex_parameters(&node.params, directive));
        self.declare_parameters(&node.params, unique || !self.sloppy());
        self.context.set(Context::NO_YIELD, node.kind.is_generator());
        self.context.set(Context::NO_AWAIT, node.kind.is_async());
        self.parameters(&node.params);
        self.context = context;
        outer
    }

    /// The body has been walked.
    #[inline(never)]
    fn end_function(&mut self, node: &'a Function<'a>, role: Role, outer: Outer) {
        let uses_arguments = self.tables.uses_arguments(self.arguments);
        self.facts.set(FunctionFacts::USES_ARGUMENTS, uses_arguments);
        self.tables.leave();
        if role == Role::Expression && node.id.is_some() {
            self.tables.leave();
        }
        node.facts.set(self.leave_function(outer));
    }

    /// A declaration's name belongs to the code around it, an expression's to the
    /// function; both follow the function's own strictness (§15.2.1).
    fn function_name(&mut self, node: &'a Function<'a>, role: Role, own: Context) {
        let Some(id) = node.id else { return };
        let mut context = if role == Role::Expression { own } else { self.context };
        context.set(Context::STRICT, own.contains(Context::STRICT));
        // In a static block, the name of a function expression is its own.
        self.check(identifiers::reserved_in_context(id, context));
        self.check(identifiers::eval_or_arguments(id, context));
        if role == Role::Declaration {
            Tables::resolve_declaration(id);
        }
    }

    #[inline]
    pub(super) fn enter_function_scope(&mut self, span: Span, facts: FunctionFacts) -> ScopeId {
        let mut flags = self.scope_flags();
        let may_declare = facts.contains(FunctionFacts::DIRECT_EVAL) && self.sloppy();
        flags.set(ScopeFlags::EVAL_MAY_DECLARE, may_declare);
        self.tables.enter(ScopeKind::Function, span, flags, true)
    }

    /// Declares the names of parameters. `unique` refuses a name that comes twice;
    /// only plain parameters may repeat at all.
    pub(super) fn declare_parameters(&mut self, params: &'a FormalParameters<'a>, unique: bool) {
        let simple = params.is_simple();
        let expressions = !simple && has_expressions(params);
        self.facts.set(FunctionFacts::SIMPLE_PARAMETERS, simple);
        self.facts.set(FunctionFacts::PARAMETER_EXPRESSIONS, expressions);
        let unique = unique || !simple;
        let mut declare = |identifier: &'a Identifier<'a>| match self
            .tables
            .own(identifier.name)
            .map(|binding| binding.span)
        {
            Some(first) if unique => {
                self.fault(functions::duplicate_parameter(identifier, first));
            }
            Some(_) => self.facts |= FunctionFacts::DUPLICATE_PARAMETERS,
            None => {
                let kind = BindingKind::Parameter;
                self.tables.declare(identifier.name, kind, identifier.span, !expressions);
            }
        };
        for item in params.items {
            item.target.bound_names(&mut declare);
        }
        if let Some(rest) = params.rest {
            rest.target.bound_names(&mut declare);
        }
    }

    /// The code of a body whose parameters are done. It has a scope of its own
    /// where the parameters have expressions (§10.2.11 step 28).
    fn function_code(&mut self, body: &'a FunctionBody<'a>) {
        let parameters = self.tables.current();
        let separate = self.facts.contains(FunctionFacts::PARAMETER_EXPRESSIONS);
        if separate {
            let flags = self.scope_flags();
            self.tables.enter(ScopeKind::FunctionBody, body.span, flags, false);
        }
        let parameters = separate.then_some(parameters);
        self.declare_body(body.statements, body.hoisted, true, parameters);
        self.statements(body.statements);
        if separate {
            self.tables.leave();
        }
    }

    pub(super) fn arrow(&mut self, node: &'a ArrowFunction<'a>) {
        let directive = match &node.body {
            ArrowBody::Block(body) => {
                functions::use_strict_directive(body.statements, self.cx.text)
            }
            ArrowBody::Expression(_) => None,
        };
        let kind = FunctionKind::new(node.is_async, false);
        let outside = self.context;
        // `this`, `super` and `new.target` are those of the function around.
        let kept = Context::STRICT
            | Context::MODULE
            | Context::NEW_TARGET
            | Context::SUPER_PROPERTY
            | Context::SUPER_CALL
            | Context::NO_ARGUMENTS;
        let mut context = (outside & kept) | kind_context(kind) | Context::RETURN;
        context.set(Context::STRICT, outside.contains(Context::STRICT) || directive.is_some());
        let mut facts = node.facts.get();
        facts.set(FunctionFacts::STRICT, context.contains(Context::STRICT));
        let outer = self.enter_function(context, facts);
        node.scope.set(self.enter_function_scope(node.span, facts));
        self.check(functions::use_strict_with_complex_parameters(&node.params, directive));
        self.declare_parameters(&node.params, true);
        // §15.3: the parameters are read as the code around, but hold neither
        // `yield` nor `await`.
        self.context |= outside & (Context::AWAIT | Context::YIELD | Context::STATIC_BLOCK);
        self.context |= Context::NO_YIELD | Context::NO_AWAIT;
        self.parameters(&node.params);
        self.context = context;
        match &node.body {
            ArrowBody::Expression(expression) => self.expression(*expression),
            ArrowBody::Block(body) => self.function_code(body),
        }
        self.tables.leave();
        let facts = self.leave_function(outer);
        node.facts.set(facts);
        let uses = facts
            & (FunctionFacts::USES_THIS
                | FunctionFacts::USES_SUPER
                | FunctionFacts::USES_NEW_TARGET
                | FunctionFacts::CAPTURES_THIS);
        self.facts |= uses;
        if !uses.is_empty() {
            self.facts |= FunctionFacts::CAPTURES_THIS;
        }
    }
}

/// Whether parameters have a default value or a computed key.
fn has_expressions(params: &FormalParameters<'_>) -> bool {
    params.items.iter().any(element_has_expressions)
        || params.rest.is_some_and(|rest| pattern_has_expressions(rest.target))
}

fn element_has_expressions(element: &PatternElement<'_>) -> bool {
    element.initializer.is_some() || pattern_has_expressions(element.target)
}

fn pattern_has_expressions(pattern: Pattern<'_>) -> bool {
    match pattern {
        Pattern::Identifier(_) | Pattern::Member(_) | Pattern::Call(_) => false,
        Pattern::Array(array) => crate::depth::grow(|| {
            array.elements.iter().flatten().any(element_has_expressions)
                || array.rest.is_some_and(|rest| pattern_has_expressions(rest.target))
        }),
        Pattern::Object(object) => crate::depth::grow(|| {
            object.properties.iter().any(|property| {
                matches!(property.key, PropertyKey::Computed(_))
                    || element_has_expressions(&property.element)
            }) || object.rest.is_some_and(|rest| pattern_has_expressions(rest.target))
        }),
    }
}
