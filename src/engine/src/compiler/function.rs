//! Functions and programs.

use std::rc::Rc;

use axil_grammar::Span;
use axil_grammar::ast::{
    ArrowBody, ArrowFunction, ExpressionStatement, FormalParameters, Function, FunctionKind,
    Identifier, Pattern, Program, ReturnStatement, Spanned, Statement,
};
use axil_grammar::scope::{
    BindingFlags, BindingKind, FunctionFacts, Resolution, ScopeId, ScopeKind, ScopeTree,
};

use super::control::Exit;
use super::pattern::Binding;
use super::{Compiled, Compiler, FunctionState, Place, not_built};
use crate::bytecode::{Assembler, Code, CodeFlags, CodeParts, Instruction, Register};
use crate::heap::Gc;
use crate::value::Value;

/// What a function's body is.
#[derive(Clone, Copy)]
enum Body<'a> {
    Statements(&'a [Statement<'a>]),
    Expression(axil_grammar::ast::Expression<'a>),
}

/// What a function is made of.
#[derive(Clone, Copy)]
struct Parts<'a> {
    name: &'a str,
    span: Span,
    params: FormalParameters<'a>,
    body: Body<'a>,
    /// The scope of a function expression's name, and the name.
    name_scope: Option<(ScopeId, &'a Identifier<'a>)>,
    scope: ScopeId,
    facts: FunctionFacts,
    flags: CodeFlags,
}

impl<'a> Compiler<'_, 'a> {
    /// Compiles a program as a function without parameters that returns its completion
    /// value.
    pub(super) fn program(&mut self, program: &Program<'a>) -> Compiled<Gc<Code>> {
        self.begin_function();
        let root = self.scopes.scopes.first().map(|scope| scope.kind);
        if root != Some(ScopeKind::Script) {
            return not_built("a program that is no script", program);
        }
        // Nothing is around a program.
        let outer = self.temporary();
        self.state().outer_environment = outer;
        let completion = self.temporary();
        self.emit(Instruction::LoadUndefined { dst: completion });
        self.state().completion = Some(completion);
        self.state().strict = program.strict;
        let environment = self.enter_scope(ScopeTree::PROGRAM);
        self.hoist_functions(program.body)?;
        self.statements(program.body)?;
        self.leave_scope(environment);
        self.emit(Instruction::Return { src: completion });
        let flags = if program.strict { CodeFlags::STRICT } else { CodeFlags::empty() };
        Ok(self.end_function("", program.span, 0, 0, flags))
    }

    fn begin_function(&mut self) {
        let mut code = Assembler::new(self.memory);
        // Skipped if it turns out that nobody wants it.
        let outer_environment = Register(0);
        code.emit(Instruction::LoadEnvironment { dst: outer_environment });
        self.functions.push(FunctionState {
            code,
            next: 0,
            registers: 0,
            outer_environments: self.environments.len(),
            outer_environment,
            uses_outer_environment: false,
            strict: false,
            controls: Vec::new(),
            chains: Vec::new(),
            this: None,
            is_arrow: false,
            completion: None,
        });
    }

    fn end_function(
        &mut self,
        name: &str,
        span: Span,
        parameters: u32,
        length: u32,
        flags: CodeFlags,
    ) -> Gc<Code> {
        let state = self.functions.pop().expect("a function has been begun");
        let FunctionState { code, registers, uses_outer_environment, .. } = state;
        let assembled = code.finish();
        let parts = CodeParts {
            words: assembled.words,
            entry: u32::from(!uses_outer_environment),
            cache_keys: assembled.cache_keys,
            constants: assembled.constants,
            registers: u32::from(registers),
            parameters,
            length,
            flags,
            name: self.string(name),
            source: Rc::clone(self.source),
            span: (span.start, span.end),
            handlers: assembled.handlers,
            positions: assembled.positions,
        };
        Gc::<Code>::new(self.memory, parts)
    }

    pub(super) fn function_expression(
        &mut self,
        function: &Function<'a>,
        dst: Register,
    ) -> Compiled {
        self.function(function, dst)
    }

    /// Makes the function of a declaration or an expression.
    pub(super) fn function(&mut self, function: &Function<'a>, dst: Register) -> Compiled {
        if function.kind != FunctionKind::Normal {
            return not_built("a generator or an async function", function);
        }
        let facts = function.facts.get();
        let parts = Parts {
            name: function.id.map_or("", |id| id.name.as_str()),
            span: function.span,
            params: function.params,
            body: Body::Statements(function.body.statements),
            name_scope: function.id.map(|id| (function.name_scope.get(), id)),
            scope: function.scope.get(),
            facts,
            flags: CodeFlags::CONSTRUCTOR | strictness(facts),
        };
        Self::check_facts(facts, function)?;
        self.closure(parts, dst)
    }

    pub(super) fn arrow(&mut self, arrow: &ArrowFunction<'a>, dst: Register) -> Compiled {
        let facts = arrow.facts.get();
        if arrow.is_async {
            return not_built("an async arrow function", arrow);
        }
        let parts = Parts {
            name: "",
            span: arrow.span,
            params: arrow.params,
            body: match &arrow.body {
                ArrowBody::Expression(expression) => Body::Expression(*expression),
                ArrowBody::Block(body) => Body::Statements(body.statements),
            },
            name_scope: None,
            scope: arrow.scope.get(),
            facts,
            flags: CodeFlags::ARROW | strictness(facts),
        };
        Self::check_facts(facts, arrow)?;
        self.closure(parts, dst)
    }

    fn check_facts(facts: FunctionFacts, node: &impl Spanned) -> Compiled {
        if facts.intersects(FunctionFacts::USES_ARGUMENTS | FunctionFacts::DIRECT_EVAL) {
            return not_built("the arguments object, or a direct eval", node);
        }
        Ok(())
    }

    fn closure(&mut self, parts: Parts<'a>, dst: Register) -> Compiled {
        self.begin_function();
        let params = parts.params.items;
        for _ in params {
            self.temporary();
        }
        // The list of all arguments comes after the parameters.
        let arguments = parts.params.rest.map(|_| self.temporary());
        self.state().strict = parts.flags.contains(CodeFlags::STRICT);
        // The environment around the function has the register after the parameters.
        let outer = self.temporary();
        self.state().outer_environment = outer;
        let first = Instruction::LoadEnvironment { dst: outer };
        self.state().code.replace_first(first);
        let simple = parts.params.is_simple();
        for (index, param) in params.iter().enumerate().filter(|_| simple) {
            self.parameter(index, &param.target);
        }
        let mut name_environment = false;
        if let Some((scope, id)) = parts.name_scope.filter(|(scope, _)| *scope != ScopeId::NONE) {
            name_environment = self.enter_scope(scope);
            self.scratch(|this| {
                let callee = this.temporary();
                this.emit(Instruction::LoadCallee { dst: callee });
                let binding = this.scopes.scope(scope).bindings.first();
                let place = binding.map(|binding| this.places[binding]);
                place.map_or_else(
                    || not_built("a name without a variable", id),
                    |place| {
                        this.store_place(place, callee);
                        Ok(())
                    },
                )
            })?;
        }
        self.prepare_this(&parts);
        let environment = self.enter_scope(parts.scope);
        for (index, param) in params.iter().enumerate() {
            self.bind_element(param, Register(index as u16), Binding::Initialize)?;
        }
        if let (Some(rest), Some(arguments)) = (parts.params.rest, arguments) {
            let from = params.len() as u32;
            self.emit(Instruction::RestOfArguments { dst: arguments, arguments, from });
            self.bind_pattern(rest.target, arguments, Binding::Initialize)?;
        }
        let body_environment = self.enter_body_scope(&parts);
        match parts.body {
            Body::Statements(statements) => {
                self.hoist_functions(statements)?;
                self.statements(statements)?;
                self.emit(Instruction::ReturnUndefined {});
            }
            Body::Expression(expression) => {
                let src = self.value(expression)?;
                self.emit(Instruction::Return { src });
            }
        }
        self.leave_scope(body_environment);
        self.leave_scope(environment);
        let has_this = self.state().this.is_some();
        self.leave_scope(has_this);
        self.leave_scope(name_environment);
        let count = params.len() as u32;
        let length = parts.params.expected_argument_count() as u32;
        let collects =
            if arguments.is_some() { CodeFlags::COLLECTS_ARGUMENTS } else { CodeFlags::empty() };
        let flags = parts.flags | collects;
        let code = self.end_function(parts.name, parts.span, count, length, flags);
        let code = self.constant(Value::cell(code));
        let environment = self.environment_register();
        self.emit(Instruction::NewFunction { dst, environment, code });
        Ok(())
    }

    /// The body has a scope of its own where parameters have expressions: its variables
    /// begin with the values of parameters that have their names (§10.2.11).
    fn enter_body_scope(&mut self, parts: &Parts<'a>) -> bool {
        if !parts.facts.contains(FunctionFacts::PARAMETER_EXPRESSIONS) {
            return false;
        }
        let scopes = self.scopes;
        let body =
            (parts.scope.index().map_or(0, |index| index + 1)..scopes.scopes.len()).find(|index| {
                let scope = &scopes.scopes[*index];
                scope.kind == ScopeKind::FunctionBody && scope.parent == parts.scope
            });
        let Some(body) = body else { return false };
        let entered = self.enter_scope(scopes.id(body));
        for id in scopes.scopes[body].bindings {
            let name = scopes.binding(*id).name;
            let outer = scopes.scope(parts.scope).bindings.iter();
            let outer = outer.copied().find(|outer| scopes.binding(*outer).name == name);
            if let Some(outer) = outer {
                let next = self.state().next;
                let value = self.temporary();
                self.load_place(self.places[&outer], value);
                self.store_place(self.places[id], value);
                self.state().next = next;
            }
        }
        entered
    }

    /// Makes `this` what the code takes it for, and puts it where arrow functions find
    /// it.
    fn prepare_this(&mut self, parts: &Parts<'a>) {
        self.state().is_arrow = parts.flags.contains(CodeFlags::ARROW);
        if parts.flags.contains(CodeFlags::ARROW) || !parts.facts.contains(FunctionFacts::USES_THIS)
        {
            return;
        }
        if !parts.flags.contains(CodeFlags::STRICT) {
            self.emit(Instruction::CoerceThis {});
        }
        if parts.facts.contains(FunctionFacts::CAPTURES_THIS) {
            let src = self.temporary();
            self.emit(Instruction::LoadThis { dst: src });
            let place = self.push_environment_of_one();
            self.store_place(place, src);
            self.state().this = Some(place);
        }
    }

    /// A parameter that no closure captures stays where the call has put it.
    fn parameter(&mut self, index: usize, target: &Pattern<'a>) {
        let Pattern::Identifier(identifier) = target else { return };
        let Resolution::Binding { id, .. } = identifier.resolution.get() else { return };
        if !self.scopes.binding(id).flags.contains(BindingFlags::CAPTURED) {
            self.places.insert(id, Place::Register(Register(index as u16)));
        }
    }

    /// Makes the functions that are declared in a list of statements, which can be
    /// called before their declarations.
    pub(super) fn hoist_functions(&mut self, statements: &'a [Statement<'a>]) -> Compiled {
        for statement in statements {
            let Statement::Function(function) = statement else { continue };
            let Some(id) = function.id else { continue };
            if let Resolution::Binding { id, .. } = id.resolution.get()
                && self.scopes.binding(id).kind == BindingKind::AnnexB
            {
                return not_built("a function in a block that is hoisted out of it", *function);
            }
            self.scratch(|this| {
                let dst = this.temporary();
                this.function(function, dst)?;
                this.initialize_identifier(id, dst)
            })?;
        }
        Ok(())
    }

    pub(super) fn return_statement(&mut self, statement: &ReturnStatement<'a>) -> Compiled {
        match statement.argument {
            None => self.leave(0, Exit::Return(None)),
            Some(argument) => {
                let src = self.value(argument)?;
                self.position(statement);
                self.leave(0, Exit::Return(Some(src)));
            }
        }
        Ok(())
    }

    /// An expression statement: of a program its value is kept.
    pub(super) fn expression_statement(&mut self, statement: &ExpressionStatement<'a>) -> Compiled {
        match self.state().completion {
            Some(completion) => self.value_into(statement.expression, completion),
            None => self.effect(statement.expression),
        }
    }

    /// Declares a variable without an initialiser.
    pub(super) fn initialize_undefined(&mut self, identifier: &Identifier<'a>) -> Compiled {
        self.scratch(|this| {
            let src = this.temporary();
            this.emit(Instruction::LoadUndefined { dst: src });
            this.initialize_identifier(identifier, src)
        })
    }
}

fn strictness(facts: FunctionFacts) -> CodeFlags {
    if facts.contains(FunctionFacts::STRICT) { CodeFlags::STRICT } else { CodeFlags::empty() }
}
