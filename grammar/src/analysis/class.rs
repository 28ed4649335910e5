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
        let flags = self.scope_flags();
        node.scope.set(self.tables.enter(ScopeKind::Class, node.span, flags, false));
        let binding = node.id.map(|id| {
            self.check(identifiers::reserved_in_context(id, self.context));
            self.check(identifiers::eval_or_arguments(id, self.context));
            let binding = self.tables.declare(id.name, BindingKind::ClassName, id.span, false);
            Tables::resolve_declaration(id);
            binding
        });
        // The heritage does not see the private names.
        if let Some(superclass) = node.superclass {
            self.expression(superclass);
        }
        self.check(classes::duplicate_constructor(node));
        let mut declared = FxHashMap::default();
        for element in node.elements {
            self.check(classes::private_constructor(element));
            self.check(classes::duplicate_private_name(element, &mut declared));
        }
        for name in declared.keys() {
            *self.private_names.entry(*name).or_insert(0) += 1;
        }
        for element in node.elements {
            self.class_element(*element, node.superclass.is_some(), binding);
        }
        for name in declared.keys() {
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
                    self.with_class_name(class_name, |walk| {
                        let kind = ScopeKind::FieldInitializer;
                        let span = value.span();
                        let (scope, facts) = walk.class_code(
                            kind,
                            span,
                            field.facts.get(),
                            Context::empty(),
                            |walk| {
                                walk.expression(value);
                            },
                        );
                        field.scope.set(scope);
                        field.facts.set(facts);
                    });
                }
            }
            ClassElement::StaticBlock(block) => self.with_class_name(class_name, |walk| {
                let (kind, context) = (ScopeKind::StaticBlock, Context::STATIC_BLOCK);
                let (scope, facts) =
                    walk.class_code(kind, block.span, block.facts.get(), context, |walk| {
                        walk.declare_body(block.statements, block.hoisted, true, None);
                        walk.statements(block.statements);
                    });
                block.scope.set(scope);
                block.facts.set(facts);
            }),
        }
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
