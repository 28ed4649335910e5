//! Code that a program brings along as text: `eval` and the constructors of functions
//! (ECMA-262 §19.2.1, §20.2.1.1).

use std::rc::Rc;

use axil_grammar::ast::{Expression, FunctionKind, Statement};
use axil_grammar::scope::ScopeId;
use axil_grammar::{Arena, Diagnostics, ErrorKind, EvalContext, Goal, Source, parse};

use super::{Completion, Throw, Vm};
use crate::bytecode::EvalSite;
use crate::compiler::{NotBuilt, compile, compile_eval};
use crate::heap::Gc;
use crate::object::Environment;
use crate::operators::to_string;
use crate::realm::Intrinsic;
use crate::string::JsString;
use crate::value::Value;

impl Vm {
    /// Whether a function is `eval` of the running realm.
    pub(super) fn is_eval(&self, callee: Value) -> bool {
        self.realm().find(Intrinsic::Eval).is_some_and(|eval| Value::cell(eval) == callee)
    }

    /// Throws for a text that is no program.
    pub fn throw_diagnostics(&mut self, faults: &Diagnostics) -> Throw {
        let first = faults.first();
        match first.kind {
            ErrorKind::RangeError => self.throw_range_error(&first.message),
            ErrorKind::SyntaxError => self.throw_syntax_error(&first.message),
        }
    }

    /// Throws for a program with a part that is not built.
    pub fn throw_not_built(&mut self, missing: &NotBuilt) -> Throw {
        self.throw_error(&format!("{} is not built yet", missing.what))
    }

    /// `PerformEval` (§19.2.1.1) where nothing is around the code.
    ///
    /// # Errors
    /// A `SyntaxError`; what the code throws.
    pub fn indirect_eval(&mut self, text: Value) -> Completion {
        let site = Rc::new(EvalSite {
            scope: None,
            strict: false,
            in_function: false,
            in_method: false,
            in_derived_constructor: false,
            in_class_field_initializer: false,
            in_parameters: false,
        });
        let this = Value::cell(self.realm().global);
        self.direct_eval(text, &site, None, this)
    }

    /// `PerformEval` (§19.2.1.1) for a place in the code. What is no string is its own
    /// value.
    pub(super) fn direct_eval(
        &mut self,
        text: Value,
        site: &Rc<EvalSite>,
        environment: Option<Gc<Environment>>,
        this: Value,
    ) -> Completion {
        let Some(text) = text.downcast::<JsString>() else { return Ok(text) };
        self.check_native_stack()?;
        let name = self.eval_origin();
        let source = Rc::new(self.source(&name, text));
        let mut private_names: Vec<&str> = Vec::new();
        if let Some(scope) = &site.scope {
            for scope in scope.chain() {
                private_names.extend(scope.private_names.iter().map(|(name, _)| &**name));
            }
        }
        let goal = Goal::Eval(EvalContext {
            strict: site.strict,
            in_function: site.in_function,
            in_method: site.in_method,
            in_derived_constructor: site.in_derived_constructor,
            in_class_field_initializer: site.in_class_field_initializer,
            private_names: &private_names,
        });
        let arena = Arena::new();
        let program = match parse(&source, goal, &arena) {
            Ok(program) => program,
            Err(faults) => return Err(self.throw_diagnostics(&faults)),
        };
        let code = match compile_eval(&self.memory, &source, program, site) {
            Ok(code) => code,
            Err(missing) => return Err(self.throw_not_built(&missing)),
        };
        drop(arena);
        let function = self.new_function(code, environment);
        self.call(Value::cell(function), this, &[])
    }

    /// A source text for a string.
    fn source(&self, name: &str, text: Gc<JsString>) -> Source {
        Source::from_utf16(name, &text.units(&self.memory).to_utf16())
    }

    /// Runs a script in the current realm, and gives its completion value. `name` is what
    /// stack traces call it.
    ///
    /// # Errors
    /// A `SyntaxError`; what the script throws.
    pub fn evaluate(&mut self, name: &str, text: &str) -> Completion {
        let source = Rc::new(Source::new(name, text));
        let arena = Arena::new();
        let program = match parse(&source, Goal::Script, &arena) {
            Ok(program) => program,
            Err(faults) => return Err(self.throw_diagnostics(&faults)),
        };
        match compile(&self.memory, &source, program) {
            Ok(code) => self.run(code),
            Err(missing) => Err(self.throw_not_built(&missing)),
        }
    }

    /// `CreateDynamicFunction` (§20.2.1.1.1): the last argument is the body, the others
    /// are parameters.
    ///
    /// # Errors
    /// A `SyntaxError`; what converting the arguments throws.
    pub(crate) fn create_dynamic_function(
        &mut self,
        arguments: &[Value],
        new_target: Value,
        kind: FunctionKind,
    ) -> Completion {
        // Joined as units, since there may be lone surrogates.
        let mut params: Vec<u16> = Vec::new();
        let mut body = Vec::new();
        for (index, argument) in arguments.iter().enumerate() {
            let text = to_string(self, *argument)?.units(&self.memory).to_utf16();
            if index + 1 == arguments.len() {
                body = text;
            } else {
                params.extend((index > 0).then_some(u16::from(b',')));
                params.extend(text);
            }
        }
        let (prefix, default) = match kind {
            FunctionKind::Normal => ("function", Intrinsic::FunctionPrototype),
            FunctionKind::Generator => ("function*", Intrinsic::GeneratorFunctionPrototype),
            FunctionKind::Async => ("async function", Intrinsic::AsyncFunctionPrototype),
            FunctionKind::AsyncGenerator => {
                ("async function*", Intrinsic::AsyncGeneratorFunctionPrototype)
            }
        };
        // Each part has to be right by itself: a comment must not swallow the other.
        let name = self.eval_origin();
        let joined = |parts: &[&[u16]]| Source::from_utf16(name.as_str(), &parts.concat());
        let line_end = [u16::from(b'\n')];
        self.check_syntax(&joined(&[&params, &line_end]), Goal::FormalParameters(kind))?;
        self.check_syntax(&joined(&[&line_end, &body, &line_end]), Goal::FunctionBody(kind))?;
        let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
        let before = units(&format!("({prefix} anonymous("));
        let between = units("\n) {\n");
        let after = units("\n})");
        let source = Rc::new(joined(&[&before, &params, &between, &body, &after]));
        let arena = Arena::new();
        let program = match parse(&source, Goal::Script, &arena) {
            Ok(program) => program,
            Err(faults) => return Err(self.throw_diagnostics(&faults)),
        };
        // Its name is not bound in it, as that of an expression would be.
        if let [Statement::Expression(statement)] = program.body
            && let Expression::Function(function) = statement.expression.without_parentheses()
        {
            function.name_scope.set(ScopeId::NONE);
        }
        let code = match compile(&self.memory, &source, program) {
            Ok(code) => code,
            Err(missing) => return Err(self.throw_not_built(&missing)),
        };
        let function = self.run(code)?;
        if let (Some(function), Some(new_target)) =
            (crate::operators::as_object(function), crate::operators::as_object(new_target))
        {
            let prototype = self.get_prototype_from_constructor(new_target, default)?;
            if function.prototype(&self.memory) != Some(prototype) {
                function.set_prototype(&self.memory, Some(prototype));
            }
        }
        Ok(function)
    }

    fn check_syntax(&mut self, source: &Source, goal: Goal<'_>) -> Completion<()> {
        let arena = Arena::new();
        match parse(source, goal, &arena) {
            Ok(_) => Ok(()),
            Err(faults) => Err(self.throw_diagnostics(&faults)),
        }
    }
}
