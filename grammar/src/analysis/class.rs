//! Classes (§15.7).

use rustc_hash::FxHashMap;

use crate::ast::*;
use crate::early_errors::{Context, classes, identifiers};
use crate::scope::{BindingId, BindingKind, FunctionFacts, ScopeFlags, ScopeId, ScopeKind};
use crate::source::Span;

use super::Walk;
use super::function::Role;
use super::tables::Tables;

impl<'a> Walk<'_, 'a> {
    pub(super) fn class_declaration(&mut self, node: &'a Class<'a>) {
        self.class(node);
        if let Some(id) = node.id {
            Tables::resolve_declaration(id);
            self.tables.initialize(id.name);
        }
    }

    /// All of a class is strict mode code.
    pub(super) fn class(&mut self, node: &'a Class<'a>) {
        let outer = self.context;
        self.context |= Context::STRICT;
        let binding = self.enter_class_scope(node);
        // The heritage does not see the private names.
        if let Some(superclass) = node.superclass {
            self.expression(superclass);
        }
        self.check(classes::duplicate_constructor(node));
        let declared = self.declare_private_names(node);
        for element in node.elements {
            self.class_element(*element, node.superclass.is_some(), binding);
        }
        for name in &declared {
            if let Some(count) = self.private_names.get_mut(name) {
                *count -= 1;
                if *count == 0 {
                    self.private_names.remove(name);
                }
            }
        }
        self.tables.leave();
        self.context = outer;
    }

    /// Opens the scope of a class with the inner binding of its name.
    #[inline(never)]
    fn enter_class_scope(&mut self, node: &'a Class<'a>) -> Option<BindingId> {
        let flags = self.scope_flags();
        node.scope.set(self.tables.enter(ScopeKind::Class, node.span, flags, false));
        let id = node.id?;
        self.check(identifiers::reserved_in_context(id, self.context));
        self.check(identifiers::eval_or_arguments(id, self.context));
        let binding = self.tables.declare(id.name, BindingKind::ClassName, id.span, false);
        Tables::resolve_declaration(id);
        Some(binding)
    }

    /// Brings the private names that a class declares into scope, and gives them.
    #[inline(never)]
    fn declare_private_names(&mut self, node: &'a Class<'a>) -> Vec<Name<'a>> {
        let mut declared = FxHashMap::default();
        for element in node.elements {
            self.check(classes::private_constructor(element));
            self.check(classes::duplicate_private_name(element, &mut declared));
        }
        let names: Vec<_> = declared.into_keys().collect();
        for name in &names {
            *self.private_names.entry(*name).or_insert(0) += 1;
        }
        names
    }

    fn class_element(
        &mut self,
        element: ClassElement<'a>,
        derived: bool,
        class_name: Option<BindingId>,
    ) {
        // Keys are evaluated before the class's name is initialised; methods and
        // initialisers run after.
        match element {
            ClassElement::Method(method) => {
                self.check(classes::method_name(method));
                self.class_key(method.key);
                self.with_class_name(class_name, |walk| {
                    let derived_constructor = derived && method.kind == MethodKind::Constructor;
                    walk.function(method.value, Role::Method { derived_constructor });
                });
            }
            ClassElement::Field(field) => {
                self.check(classes::field_name(field));
                self.class_key(field.key);
                if let Some(value) = field.value {
                    self.with_class_name(class_name, |walk| walk.field_initializer(field, value));
                }
            }
            ClassElement::StaticBlock(block) => {
                self.with_class_name(class_name, |walk| walk.static_block(block));
            }
        }
    }

    #[inline(never)]
    fn field_initializer(&mut self, field: &'a ClassField<'a>, value: Expression<'a>) {
        let (kind, context) = (ScopeKind::FieldInitializer, Context::empty());
        let (scope, facts) =
            self.class_code(kind, value.span(), field.facts.get(), context, |walk| {
                walk.expression(value);
            });
        field.scope.set(scope);
        field.facts.set(facts);
    }

    #[inline(never)]
    fn static_block(&mut self, block: &'a StaticBlock<'a>) {
        let (kind, context) = (ScopeKind::StaticBlock, Context::STATIC_BLOCK);
        let (scope, facts) =
            self.class_code(kind, block.span, block.facts.get(), context, |walk| {
                walk.declare_body(block.statements, block.hoisted, true, None);
                walk.statements(block.statements);
            });
        block.scope.set(scope);
        block.facts.set(facts);
    }

    fn class_key(&mut self, key: PropertyKey<'a>) {
        match key {
            PropertyKey::Private(_) => {}
            _ => self.property_key(key),
        }
    }

    /// Code that runs when the class's own name is initialised.
    fn with_class_name(&mut self, name: Option<BindingId>, code: impl FnOnce(&mut Self)) {
        if let Some(name) = name {
            self.tables.set_initialized(name, true);
        }
        code(self);
        if let Some(name) = name {
            self.tables.set_initialized(name, false);
        }
    }

    /// A field initialiser or static block: a method of its own, without
    /// `arguments`.
    fn class_code(
        &mut self,
        kind: ScopeKind,
        span: Span,
        facts: FunctionFacts,
        context: Context,
        code: impl FnOnce(&mut Self),
    ) -> (ScopeId, FunctionFacts) {
        let context = context
            | Context::STRICT
            | (self.context & Context::MODULE)
            | Context::NEW_TARGET
            | Context::SUPER_PROPERTY
            | Context::NO_ARGUMENTS;
        let facts = facts | FunctionFacts::STRICT | FunctionFacts::SIMPLE_PARAMETERS;
        let outer = self.enter_function(context, facts);
        let scope = self.tables.enter(kind, span, ScopeFlags::STRICT, true);
        code(self);
        self.tables.leave();
        (scope, self.leave_function(outer))
    }
}
