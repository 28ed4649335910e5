//! Functions (ECMA-262 §10.2, §15).

use std::rc::Rc;

use axil_grammar::Span;
use axil_grammar::ast::{
    ArrowBody, ArrowFunction, Expression, ExpressionStatement, FormalParameters, Function,
    FunctionKind, Identifier, MethodKind, Pattern, PropertyKey, ReturnStatement, Statement,
};
use axil_grammar::scope::{
    BindingFlags, BindingId, BindingKind, FunctionFacts, Resolution, ScopeId, ScopeKind,
};

use super::class::{Member, is_anonymous_function};
use super::context::{Receiver, count_of_kept};
use super::control::Exit;
use super::pattern::{Binding, PatternSource};
use super::variable::Entered;
use super::{Compiled, Compiler, FunctionState, NotBuilt, Place};
use crate::bytecode::{Assembler, Code, CodeFlags, CodeParts, Instruction, Register};
use crate::heap::Gc;
use crate::string::JsString;
use crate::value::Value;

/// What a function's body is.
#[derive(Clone)]
pub(super) enum Body<'a> {
    Statements(&'a [Statement<'a>]),
    Expression(Expression<'a>),
    /// That of a class constructor that is not written down.
    DefaultConstructor,
    /// What members of a class want done.
    Members(Vec<Member<'a>>),
}

/// What a function is made of.
#[derive(Clone)]
pub(super) struct Parts<'a> {
    pub(super) name: Gc<JsString>,
    pub(super) span: Span,
    pub(super) params: FormalParameters<'a>,
    pub(super) body: Body<'a>,
    /// The scope of a function expression's name.
    pub(super) name_scope: ScopeId,
    pub(super) scope: ScopeId,
    pub(super) facts: FunctionFacts,
    pub(super) flags: CodeFlags,
    /// The number of members that each instance gets, if it is the constructor of a class.
    pub(super) fields: u8,
}

impl<'a> Parts<'a> {
    /// What the function of a declaration, an expression or a method is made of.
    pub(super) fn of(function: &'a Function<'a>, name: Gc<JsString>, flags: CodeFlags) -> Self {
        let facts = function.facts.get();
        Self {
            name,
            span: function.span,
            params: function.params,
            body: Body::Statements(function.body.statements),
            name_scope: function.name_scope.get(),
            scope: function.scope.get(),
            facts,
            flags: flags | strictness(facts) | kind_flags(function.kind),
            fields: 0,
        }
    }

    /// A function that stands nowhere in the text.
    pub(super) fn synthesized(
        name: Gc<JsString>,
        span: Span,
        body: Body<'a>,
        flags: CodeFlags,
    ) -> Self {
        Self {
            name,
            span,
            params: FormalParameters { span, items: &[], rest: None },
            body,
            name_scope: ScopeId::NONE,
            scope: ScopeId::NONE,
            facts: FunctionFacts::STRICT,
            flags,
            fields: 0,
        }
    }
}

/// What the name of an accessor's function begins with.
fn prefix(kind: MethodKind) -> &'static str {
    match kind {
        MethodKind::Get => "get ",
        MethodKind::Set => "set ",
        MethodKind::Method | MethodKind::Constructor => "",
    }
}

/// What `kind` of [`Instruction::DefineMethod`] and [`Instruction::SetFunctionName`] is.
fn method_number(kind: MethodKind) -> u32 {
    match kind {
        MethodKind::Get => 1,
        MethodKind::Set => 2,
        MethodKind::Method | MethodKind::Constructor => 0,
    }
}

impl<'a> Compiler<'_, 'a> {
    pub(super) fn begin_function(&mut self, receiver: Receiver) {
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
            ways_out: Vec::new(),
            chains: Vec::new(),
            receiver,
            kept: None,
            is_derived: false,
            is_method: false,
            is_program: false,
            resources: None,
            new_target: None,
            coroutine: None,
            kind: FunctionKind::Normal,
            in_parameters: false,
            in_field: false,
            completion: None,
            fields: 0,
            instance_properties: Vec::new(),
        });
    }

    pub(super) fn end_function(
        &mut self,
        name: Gc<JsString>,
        span: Span,
        parameters: u32,
        length: u32,
        flags: CodeFlags,
    ) -> Compiled<Gc<Code>> {
        let state = self.functions.pop().expect("a function has been begun");
        let instance_slots = usize::from(state.fields) + state.instance_properties.len();
        let FunctionState { code, registers, uses_outer_environment, .. } = state;
        if code.is_too_large() {
            let what = "a function with so many variables and intermediate results at once";
            return Err(NotBuilt { what, span });
        }
        let assembled = code.finish();
        let parts = CodeParts {
            words: assembled.words,
            entry: u32::from(!uses_outer_environment),
            cache_keys: assembled.cache_keys,
            constants: assembled.constants,
            registers: u32::from(registers),
            parameters,
            length,
            instance_slots: u8::try_from(instance_slots).unwrap_or(u8::MAX),
            flags,
            name,
            inferred_name: self.inferred_names.remove(&span.start),
            source: Rc::clone(self.source),
            span: (span.start, span.end),
            handlers: assembled.handlers,
            positions: assembled.positions,
            eval_sites: assembled.eval_sites,
            parameter_variables: assembled.parameter_variables,
            texts: assembled.texts,
            module: assembled.module,
        };
        Ok(Gc::<Code>::new(self.memory, parts))
    }

    /// Makes the function of a declaration or an expression; an anonymous one gets
    /// `name`.
    pub(super) fn function(
        &mut self,
        function: &'a Function<'a>,
        name: Option<Gc<JsString>>,
        dst: Register,
    ) -> Compiled {
        let name = match function.id {
            Some(id) => self.string(id.name.as_str()),
            None => name.unwrap_or_else(|| self.string("")),
        };
        let flags = match function.kind {
            FunctionKind::Normal => CodeFlags::CONSTRUCTOR,
            _ => CodeFlags::empty(),
        };
        let parts = Parts::of(function, name, flags);
        self.closure(&parts, dst)
    }

    pub(super) fn arrow(
        &mut self,
        arrow: &'a ArrowFunction<'a>,
        name: Option<Gc<JsString>>,
        dst: Register,
    ) -> Compiled {
        let facts = arrow.facts.get();
        let kind = FunctionKind::new(arrow.is_async, false);
        let parts = Parts {
            name: name.unwrap_or_else(|| self.string("")),
            span: arrow.span,
            params: arrow.params,
            body: match &arrow.body {
                ArrowBody::Expression(expression) => Body::Expression(*expression),
                ArrowBody::Block(body) => Body::Statements(body.statements),
            },
            name_scope: ScopeId::NONE,
            scope: arrow.scope.get(),
            facts,
            flags: CodeFlags::ARROW | strictness(facts) | kind_flags(kind),
            fields: 0,
        };
        self.closure(&parts, dst)
    }

    /// Makes the function of a method, which `new` does not take.
    pub(super) fn method_closure(
        &mut self,
        function: &'a Function<'a>,
        name: Gc<JsString>,
        span: Span,
        dst: Register,
    ) -> Compiled {
        let parts = Parts { span, ..Parts::of(function, name, CodeFlags::METHOD) };
        self.closure(&parts, dst)
    }

    /// Defines a method of an object literal or, with `flags`, of a class. Its text
    /// begins at `start`.
    pub(super) fn method_definition(
        &mut self,
        key: PropertyKey<'a>,
        function: &'a Function<'a>,
        kind: MethodKind,
        object: Register,
        (start, flags): (u32, u32),
    ) -> Compiled {
        let constant = self.constant_key(key);
        let name = constant.and_then(|key| self.name_of_key(key));
        let name = match name {
            Some(name) => {
                let text = name.to_rust(self.memory);
                self.string(&format!("{}{text}", prefix(kind)))
            }
            None => self.string(""),
        };
        let key_register = self.key_value(key)?;
        let method = self.temporary();
        let span = Span::new(start, function.span.end);
        self.method_closure(function, name, span, method)?;
        let kind = method_number(kind);
        if constant.is_none() {
            self.emit(Instruction::SetFunctionName { function: method, key: key_register, kind });
        }
        if function.facts.get().contains(FunctionFacts::USES_SUPER) {
            self.emit(Instruction::SetHome { function: method, object });
        }
        let kind = kind | flags;
        self.emit(Instruction::DefineMethod { object, key: key_register, function: method, kind });
        Ok(())
    }

    /// The property key that a name is, as the name of a function.
    pub(super) fn name_of_key(&self, key: crate::string::PropertyKey) -> Option<Gc<JsString>> {
        match key.as_index() {
            Some(index) => Some(self.string(&index.to_string())),
            None => key.as_name(),
        }
    }

    /// Evaluates an expression; what is an anonymous function gets a name (§8.4.5).
    pub(super) fn named_value_into(
        &mut self,
        expression: Expression<'a>,
        name: Option<Gc<JsString>>,
        dst: Register,
    ) -> Compiled {
        if name.is_none() || !is_anonymous_function(expression) {
            return self.value_into(expression, dst);
        }
        self.scratch(|this| match expression.without_parentheses() {
            Expression::Function(function) => this.function(function, name, dst),
            Expression::Arrow(arrow) => this.arrow(arrow, name, dst),
            Expression::Class(class) => this.class(class, name, dst),
            _ => this.value_into(expression, dst),
        })
    }

    pub(super) fn closure(&mut self, parts: &Parts<'a>, dst: Register) -> Compiled {
        let code = self.code_of(parts)?;
        let environment = self.environment_register();
        if u16::try_from(code).is_ok() {
            self.emit(Instruction::NewFunction { dst, environment, code });
        } else {
            let next = self.state().next;
            let of = self.temporary();
            self.emit(Instruction::LoadConstant { dst: of, constant: code });
            self.emit(Instruction::NewFunctionOf { dst, environment, code: of });
            self.state().next = next;
        }
        Ok(())
    }

    /// Compiles a function; gives the constant that its code is.
    pub(super) fn code_of(&mut self, parts: &Parts<'a>) -> Compiled<u32> {
        let code = super::grow(|| self.function_code(parts))?;
        Ok(self.constant(Value::cell(code)))
    }

    fn function_code(&mut self, parts: &Parts<'a>) -> Compiled<Gc<Code>> {
        let is_arrow = parts.flags.contains(CodeFlags::ARROW);
        self.begin_function(if is_arrow { Receiver::Outer } else { Receiver::Frame });
        let kind = kind_of(parts.flags);
        let state = self.state();
        state.kind = kind;
        state.strict = parts.flags.contains(CodeFlags::STRICT);
        state.is_derived = parts.flags.contains(CodeFlags::DERIVED);
        state.is_method = parts.flags.contains(CodeFlags::METHOD);
        state.fields = parts.fields;
        let items = parts.params.items;
        for _ in items {
            self.temporary();
        }
        let mut flags = parts.flags;
        // The list of all arguments comes after the parameters, and then `new.target`.
        let arguments_binding = self.arguments_binding(parts);
        let is_default_derived =
            matches!(parts.body, Body::DefaultConstructor) && flags.contains(CodeFlags::DERIVED);
        let list =
            if parts.params.rest.is_some() || arguments_binding.is_some() || is_default_derived {
                flags |= CodeFlags::COLLECTS_ARGUMENTS;
                Some(self.temporary())
            } else {
                None
            };
        let wants_new_target = parts.facts.contains(FunctionFacts::USES_NEW_TARGET)
            || flags.contains(CodeFlags::DERIVED);
        if wants_new_target && !is_arrow {
            flags |= CodeFlags::TAKES_NEW_TARGET;
            let register = self.temporary();
            self.state().new_target = Some(register);
        }
        // The environment around the function has the register after these.
        let outer = self.temporary();
        self.state().outer_environment = outer;
        self.state().code.replace_first(Instruction::LoadEnvironment { dst: outer });
        let is_coroutine = kind != FunctionKind::Normal;
        let mapped = arguments_binding.is_some()
            && !flags.contains(CodeFlags::STRICT)
            && parts.facts.contains(FunctionFacts::SIMPLE_PARAMETERS);
        let is_simple = parts.params.is_simple();
        if !mapped {
            for (index, param) in items.iter().enumerate() {
                self.parameter(index, &param.target);
            }
        }
        let name_entered = self.bind_own_name(parts);
        // Sloppy mode functions take any value for an object.
        let uses_this = parts.facts.contains(FunctionFacts::USES_THIS);
        if uses_this && !is_arrow && !flags.contains(CodeFlags::STRICT) {
            self.emit(Instruction::CoerceThis {});
        }
        // An instance has its fields before parameters are looked at (§10.2.2).
        if parts.fields > 0 && !flags.contains(CodeFlags::DERIVED) {
            self.scratch(|this| {
                let receiver = this.temporary();
                this.load_this(receiver);
                this.initialize_fields(receiver);
                Ok(())
            })?;
        }
        let reject = (kind == FunctionKind::Async).then(|| self.begin_async());
        let is_derived = flags.contains(CodeFlags::DERIVED);
        let kept = if is_arrow { 0 } else { count_of_kept(parts.facts, is_derived) };
        let entered = self.enter_parameter_scope(parts.scope, mapped, kept);
        if let (Some(binding), Some(list)) = (arguments_binding, list)
            && self.scopes.binding(binding).scope == parts.scope
        {
            self.make_arguments(binding, list, mapped.then_some(items));
        }
        self.state().in_parameters = !is_simple;
        for (index, param) in items.iter().enumerate() {
            // Of plain parameters with one name the last one is meant: it is in place.
            if is_simple
                && let Pattern::Identifier(identifier) = param.target
                && let Some(Place::Register(_)) = self.place_of(identifier)
            {
                continue;
            }
            self.position(param);
            self.pattern_source = PatternSource::Argument;
            self.bind_element(param, Register(index as u16), Binding::Initialize)?;
        }
        if let (Some(rest), Some(list)) = (parts.params.rest, list) {
            let from = items.len() as u32;
            self.scratch(|this| {
                let rest_list = this.part_register(rest.target, Binding::Initialize);
                this.emit(Instruction::RestOfArguments { dst: rest_list, arguments: list, from });
                this.bind_pattern(rest.target, rest_list, Binding::Initialize)
            })?;
        }
        self.state().in_parameters = false;
        let body_entered = self.enter_body_scope(parts);
        if let (Some(binding), Some(list)) = (arguments_binding, list)
            && self.scopes.binding(binding).scope != parts.scope
        {
            self.make_arguments(binding, list, None);
        }
        let finish = (is_coroutine && kind != FunctionKind::Async).then(|| self.begin_generator());
        match &parts.body {
            Body::Statements(statements) => {
                self.hoist_functions(statements)?;
                self.statements_with_resources(statements)?;
                self.emit_return(None);
            }
            Body::Expression(expression) => {
                let src = self.value(*expression)?;
                self.emit_return(Some(src));
            }
            Body::DefaultConstructor => {
                if let Some(list) = list.filter(|_| is_default_derived) {
                    self.default_super_call(list);
                }
                self.emit_return(None);
            }
            Body::Members(members) => {
                self.members(members)?;
                self.emit_return(None);
            }
        }
        if let Some(start) = finish.or(reject) {
            self.end_coroutine(start);
        }
        self.leave_scope(body_entered);
        self.leave_scope(entered);
        self.leave_scope(name_entered);
        let count = items.len() as u32;
        let length = parts.params.expected_argument_count() as u32;
        self.end_function(parts.name, parts.span, count, length, flags)
    }

    /// The binding that gets the `arguments` object of a function, if it has one
    /// (§10.2.11 steps 15 – 18).
    fn arguments_binding(&self, parts: &Parts<'a>) -> Option<BindingId> {
        if parts.flags.contains(CodeFlags::ARROW) {
            return None;
        }
        let mut scopes = vec![parts.scope.index()?];
        scopes.extend(self.body_scope(parts));
        scopes.into_iter().find_map(|scope| {
            self.scopes.scopes[scope].bindings.iter().copied().find(|id| {
                let binding = self.scopes.binding(*id);
                binding.kind == BindingKind::Arguments
                    || matches!(binding.kind, BindingKind::Var | BindingKind::AnnexB)
                        && binding.name.as_str() == "arguments"
            })
        })
    }

    /// Makes the `arguments` object; its elements are the parameters of sloppy mode
    /// functions, if it is given them.
    fn make_arguments(
        &mut self,
        binding: BindingId,
        list: Register,
        parameters: Option<&'a [axil_grammar::ast::PatternElement<'a>]>,
    ) {
        let next = self.state().next;
        let dst = match self.places.get(&binding) {
            Some(Place::Register(register)) => *register,
            _ => self.temporary(),
        };
        match parameters.filter(|parameters| !parameters.is_empty()) {
            Some(parameters) => {
                let variables = parameters.iter().map(|parameter| {
                    let Pattern::Identifier(identifier) = parameter.target else { return 0 };
                    match self.place_of(identifier) {
                        Some(Place::Environment { index, .. }) => index + 1,
                        _ => 0,
                    }
                });
                let mut variables: Vec<u32> = variables.collect();
                // Of parameters with one name the last one is meant.
                for index in 0..variables.len() {
                    if variables[index + 1..].contains(&variables[index]) {
                        variables[index] = 0;
                    }
                }
                self.state().code.set_parameter_variables(variables);
                let environment = self.environment_register();
                self.emit(Instruction::NewMappedArguments { dst, list, environment });
            }
            None if self.state().strict => {
                self.emit(Instruction::NewArguments { dst, list, mapped: 0 });
            }
            // Sloppy mode functions have `callee`, unless their parameters are not plain.
            None => {
                let mapped = u32::from(parameters.is_some());
                self.emit(Instruction::NewArguments { dst, list, mapped });
            }
        }
        if let Some(place) = self.places.get(&binding).copied() {
            self.store_place(place, dst);
        }
        self.state().next = next;
    }

    /// A function expression can call itself by its name.
    fn bind_own_name(&mut self, parts: &Parts<'a>) -> Entered {
        let entered = self.enter_scope(parts.name_scope);
        if let Some(scope) = parts.name_scope.index()
            && let Some(binding) = self.scopes.scopes[scope].bindings.first()
        {
            let next = self.state().next;
            let callee = match self.places[binding] {
                Place::Register(register) => register,
                _ => self.temporary(),
            };
            self.emit(Instruction::LoadCallee { dst: callee });
            self.store_place(self.places[binding], callee);
            self.state().next = next;
        }
        entered
    }

    /// The scope of a body that has one beside that of the parameters.
    fn body_scope(&self, parts: &Parts<'a>) -> Option<usize> {
        if !parts.facts.contains(FunctionFacts::PARAMETER_EXPRESSIONS) {
            return None;
        }
        let first = parts.scope.index()? + 1;
        (first..self.scopes.scopes.len()).find(|index| {
            let scope = &self.scopes.scopes[*index];
            scope.kind == ScopeKind::FunctionBody && scope.parent == parts.scope
        })
    }

    /// The body has a scope of its own where parameters have expressions: its variables
    /// begin with the values of parameters that have their names (§10.2.11).
    fn enter_body_scope(&mut self, parts: &Parts<'a>) -> Entered {
        let Some(body) = self.body_scope(parts) else { return Entered::default() };
        let scopes = self.scopes;
        let entered = self.enter_scope(scopes.id(body));
        for id in scopes.scopes[body].bindings {
            let binding = scopes.binding(*id);
            if binding.kind.has_dead_zone() {
                continue;
            }
            let outer = parts.scope.index();
            let outer = outer.and_then(|scope| self.binding_in(scope, binding.name.as_str()));
            if let Some(outer) = outer {
                let next = self.state().next;
                let value = match self.places[id] {
                    Place::Register(register) => register,
                    _ => self.temporary(),
                };
                self.load_place(self.places[&outer], value);
                self.store_place(self.places[id], value);
                self.state().next = next;
            }
        }
        entered
    }

    /// A parameter that no closure captures stays where the call has put it.
    fn parameter(&mut self, index: usize, target: &Pattern<'a>) {
        let Pattern::Identifier(identifier) = target else { return };
        let Resolution::Binding { id, .. } = identifier.resolution.get() else { return };
        let elsewhere = BindingFlags::CAPTURED | BindingFlags::NEEDS_CHECK;
        if !self.scopes.binding(id).flags.intersects(elsewhere) {
            self.places.insert(id, Place::Register(Register(index as u16)));
        }
    }

    /// Makes the functions that are declared in a list of statements, which can be
    /// called before their declarations.
    pub(super) fn hoist_functions(&mut self, statements: &'a [Statement<'a>]) -> Compiled {
        for statement in statements {
            if let Some(function) = declared_function(*statement) {
                self.hoist_function(function)?;
            }
        }
        Ok(())
    }

    pub(super) fn hoist_function(&mut self, function: &'a Function<'a>) -> Compiled {
        let Some(id) = function.id else { return Ok(()) };
        self.scratch(|this| {
            let dst = match this.place_of(id) {
                Some(Place::Register(register)) => register,
                _ => this.temporary(),
            };
            this.function(function, None, dst)?;
            this.initialize_identifier(id, dst)
        })
    }

    /// A function in a block gives its value to the `var` of its name too, where it is
    /// declared (Annex B.3.2).
    pub(super) fn function_statement(&mut self, function: &'a Function<'a>) -> Compiled {
        let Some(id) = function.id else { return Ok(()) };
        let Resolution::Binding { id: own, .. } = id.resolution.get() else { return Ok(()) };
        if self.scopes.binding(own).kind != BindingKind::BlockFunction
            || function.kind != FunctionKind::Normal
            || self.state().strict
        {
            return Ok(());
        }
        match self.annex_b_variable(own) {
            Some(outer) => self.scratch(|this| {
                let value = this.temporary();
                this.load_place(this.places[&own], value);
                this.store_outer_function(outer, id, value)
            }),
            None => Ok(()),
        }
    }

    pub(super) fn return_statement(&mut self, statement: &ReturnStatement<'a>) -> Compiled {
        match statement.argument {
            None => self.leave(0, Exit::Return(None)),
            Some(argument) => {
                let src = self.value(argument)?;
                self.position(statement);
                let src = if self.state().kind == FunctionKind::AsyncGenerator {
                    // What an async generator returns is awaited where it stands.
                    let value = self.temporary();
                    self.emit(Instruction::Move { dst: value, src });
                    self.await_value(value);
                    value
                } else {
                    src
                };
                self.leave(0, Exit::Return(Some(src)));
            }
        }
        Ok(())
    }

    /// Ends the function with a value, or `undefined`.
    pub(super) fn emit_return(&mut self, src: Option<Register>) {
        let next = self.state().next;
        if self.state().is_derived {
            let (dst, this) = (self.temporary(), self.temporary());
            let value = src.unwrap_or_else(|| {
                self.emit(Instruction::LoadUndefined { dst });
                dst
            });
            self.load_unchecked_this(this);
            self.emit(Instruction::CheckConstructorResult { dst, value, this });
            self.emit(Instruction::Return { src: dst });
        } else if let Some(coroutine) = self.state().coroutine {
            let src = src.unwrap_or_else(|| {
                let dst = self.temporary();
                self.emit(Instruction::LoadUndefined { dst });
                dst
            });
            self.emit(Instruction::FinishCoroutine { src, coroutine });
        } else {
            self.emit(match src {
                Some(src) => Instruction::Return { src },
                None => Instruction::ReturnUndefined {},
            });
        }
        self.state().next = next;
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
            let src = match this.place_of(identifier) {
                Some(Place::Register(register)) => register,
                _ => this.temporary(),
            };
            this.emit(Instruction::LoadUndefined { dst: src });
            this.initialize_identifier(identifier, src)
        })
    }

    /// Enters the scope of a function. With `mapped`, its parameters are in an
    /// environment, where the `arguments` object finds them. So many of `this`, callee and
    /// `new.target` are kept there too.
    fn enter_parameter_scope(&mut self, scope: ScopeId, mapped: bool, kept: u32) -> Entered {
        if mapped {
            self.capture_parameters = true;
        }
        let entered = self.enter_scope_with(scope, kept);
        self.capture_parameters = false;
        if kept > 0 {
            self.keep_receiver(self.first_extra(), kept);
        }
        entered
    }
}

/// The function that an item of a list declares, labels looked through.
pub(super) fn declared_function(statement: Statement<'_>) -> Option<&Function<'_>> {
    use axil_grammar::ast::{ExportDefault, ExportKind};
    let statement = match statement {
        Statement::Labelled(node) => node.innermost(),
        Statement::Export(node) => match node.kind {
            ExportKind::Declaration(declaration) => declaration,
            ExportKind::Default(ExportDefault::Function(function)) => return Some(function),
            _ => return None,
        },
        _ => statement,
    };
    match statement {
        Statement::Function(function) => Some(function),
        _ => None,
    }
}

fn strictness(facts: FunctionFacts) -> CodeFlags {
    if facts.contains(FunctionFacts::STRICT) { CodeFlags::STRICT } else { CodeFlags::empty() }
}

fn kind_flags(kind: FunctionKind) -> CodeFlags {
    let mut flags = CodeFlags::empty();
    flags.set(CodeFlags::ASYNC, kind.is_async());
    flags.set(CodeFlags::GENERATOR, kind.is_generator());
    flags
}

fn kind_of(flags: CodeFlags) -> FunctionKind {
    FunctionKind::new(flags.contains(CodeFlags::ASYNC), flags.contains(CodeFlags::GENERATOR))
}
