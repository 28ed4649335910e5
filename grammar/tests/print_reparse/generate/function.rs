//! Functions.

use axil_grammar::ast::*;

use super::{Generator, NOWHERE, Place, no_facts, no_scope};

const KINDS: [FunctionKind; 4] = [
    FunctionKind::Normal,
    FunctionKind::Generator,
    FunctionKind::Async,
    FunctionKind::AsyncGenerator,
];

impl<'a> Generator<'a, '_> {
    /// A function declaration or expression of any kind.
    pub fn function(&mut self, id: Option<&'a Identifier<'a>>) -> &'a Function<'a> {
        let kind = KINDS[self.choices.below(4)];
        self.function_of(kind, id, 3, self.function_place(kind))
    }

    /// Inside a function that is no method.
    fn function_place(&self, kind: FunctionKind) -> Place<'a> {
        Place {
            strict: self.place.strict,
            in_async: kind.is_async(),
            in_generator: kind.is_generator(),
            await_name: self.kind != ProgramKind::Module,
            may_return: true,
            new_target: true,
            private_names: self.place.private_names.clone(),
            ..Place::default()
        }
    }

    pub fn function_of(
        &mut self,
        kind: FunctionKind,
        id: Option<&'a Identifier<'a>>,
        most_params: usize,
        place: Place<'a>,
    ) -> &'a Function<'a> {
        self.at(place, |this| {
            let params = this.parameters(most_params);
            let body = this.function_body(params.is_simple());
            this.arena.alloc(Function {
                span: NOWHERE,
                kind,
                id,
                params,
                body,
                scope: no_scope(),
                name_scope: no_scope(),
                facts: no_facts(),
            })
        })
    }

    fn parameters(&mut self, most: usize) -> FormalParameters<'a> {
        let place = Place { in_parameters: true, ..self.place.clone() };
        self.at(place, |this| {
            let items = this.some(most, Self::parameter);
            let rest = if most > 1 && this.choices.rarely(4) {
                let target = this.binding();
                Some(&*this.arena.alloc(RestElement { span: NOWHERE, target }))
            } else {
                None
            };
            FormalParameters { span: NOWHERE, items: this.slice(items), rest }
        })
    }

    fn parameter(&mut self) -> PatternElement<'a> {
        let target = self.binding();
        let initializer = if self.choices.rarely(3) { Some(self.expression()) } else { None };
        PatternElement { span: NOWHERE, target, initializer }
    }

    fn function_body(&mut self, may_use_strict: bool) -> FunctionBody<'a> {
        let mut statements = self.prologue(may_use_strict);
        statements.extend(self.list(3));
        FunctionBody { span: NOWHERE, statements: self.slice(statements), hoisted: None }
    }

    /// Directives, and perhaps a string that is none.
    pub fn prologue(&mut self, may_use_strict: bool) -> Vec<Statement<'a>> {
        let mut statements = Vec::new();
        for _ in 0..self.choices.below(3) {
            let text = ["a", "it's", "say \"x\"", "use strict"][self.choices.below(4)];
            let is_directive = self.choices.flip();
            if text == "use strict" && is_directive {
                if !may_use_strict {
                    continue;
                }
                self.place.strict = true;
            }
            let string = self.plain_string(text);
            let directive = is_directive.then(|| Self::span_of_directive(string.value));
            statements.push(Statement::Expression(self.arena.alloc(ExpressionStatement {
                span: NOWHERE,
                expression: Expression::String(string),
                directive: std::cell::Cell::new(directive),
            })));
            if !is_directive {
                break;
            }
        }
        statements
    }

    pub fn arrow(&mut self) -> Expression<'a> {
        let is_async = self.choices.flip();
        let around = self.place.clone();
        let params_place = Place {
            // The parameters are parsed before it is known what they are, so
            // neither operator and neither name may stand there.
            in_parameters: true,
            await_name: around.await_name && !is_async,
            ..around.clone()
        };
        let params = self.at(params_place, |this| this.parameters(3));
        let place = Place {
            in_async: is_async,
            in_generator: false,
            await_name: around.await_name && !around.in_async,
            in_parameters: false,
            may_return: true,
            may_break: false,
            may_continue: false,
            labels: Vec::new(),
            ..around
        };
        let body = self.at(place, |this| {
            if this.choices.flip() {
                ArrowBody::Block(this.function_body(params.is_simple()))
            } else {
                ArrowBody::Expression(this.expression())
            }
        });
        Expression::Arrow(self.arena.alloc(ArrowFunction {
            span: NOWHERE,
            is_async,
            params,
            body,
            scope: no_scope(),
            facts: no_facts(),
        }))
    }

    pub fn object_method(&mut self) -> &'a MethodProperty<'a> {
        let (kind, key) = (self.method_kind(), self.property_key());
        let value = self.method_function(kind, false);
        self.arena.alloc(MethodProperty { span: NOWHERE, kind, key, value })
    }

    pub fn method_kind(&mut self) -> MethodKind {
        [MethodKind::Method, MethodKind::Get, MethodKind::Set][self.choices.below(3)]
    }

    /// The function of a method; a getter has no parameter, a setter has one.
    pub fn method_function(&mut self, kind: MethodKind, derived: bool) -> &'a Function<'a> {
        let function_kind = match kind {
            MethodKind::Method => KINDS[self.choices.below(4)],
            _ => FunctionKind::Normal,
        };
        let place = Place {
            super_property: true,
            super_call: derived && kind == MethodKind::Constructor,
            ..self.function_place(function_kind)
        };
        let most = match kind {
            MethodKind::Get => 0,
            MethodKind::Set => return self.setter(place),
            MethodKind::Method | MethodKind::Constructor => 3,
        };
        self.function_of(function_kind, None, most, place)
    }

    fn setter(&mut self, place: Place<'a>) -> &'a Function<'a> {
        self.at(place, |this| {
            let place = Place { in_parameters: true, ..this.place.clone() };
            let item = this.at(place, Self::parameter);
            let params =
                FormalParameters { span: NOWHERE, items: this.slice(vec![item]), rest: None };
            let body = this.function_body(params.is_simple());
            this.arena.alloc(Function {
                span: NOWHERE,
                kind: FunctionKind::Normal,
                id: None,
                params,
                body,
                scope: no_scope(),
                name_scope: no_scope(),
                facts: no_facts(),
            })
        })
    }
}
