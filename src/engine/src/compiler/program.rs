//! Programs: scripts, modules, and the code of evals (ECMA-262 §16, §19.2.1).

use std::rc::Rc;

use axil_grammar::Source;
use axil_grammar::ast::{Program, ProgramKind};
use axil_grammar::scope::{Binding, BindingFlags, BindingId, BindingKind, ScopeKind, ScopeTree};
use rustc_hash::{FxHashMap, FxHashSet};

use super::context::{Receiver, count_of_kept};
use super::function::declared_function;
use super::pattern::PatternSource;
use super::{Compiled, Compiler, EnvironmentScope, Names, Place, not_built};
use crate::bytecode::{Code, CodeFlags, EvalSite, Instruction, Register, StaticScope};
use crate::heap::Gc;
use crate::object::Memory;
use crate::string::PropertyKey;
use crate::value::Value;

/// What `kind` of [`Instruction::CheckGlobal`] and [`Instruction::DeclareGlobal`] is.
const LEXICAL: u32 = 0;
const CONSTANT: u32 = 1;
const VARIABLE: u32 = 2;
const FUNCTION: u32 = 3;

/// Where a variable is at run time.
pub(super) enum Home {
    /// In the scope that declares it.
    Scope,
    /// Among the global variables.
    Global(PropertyKey),
    /// In the function around an eval, where it is looked for by name.
    Function,
}

impl<'c, 'a> Compiler<'c, 'a> {
    pub(super) fn new(
        memory: &'c Memory,
        source: &'c Rc<Source>,
        program: &Program<'a>,
        site: Option<&Rc<EvalSite>>,
    ) -> Self {
        let mut compiler = Self {
            memory,
            source,
            scopes: program.scopes,
            environments: Vec::new(),
            places: FxHashMap::default(),
            names: FxHashMap::default(),
            functions: Vec::new(),
            private_names: Vec::new(),
            outer_site: site.cloned(),
            is_nested_eval: false,
            is_function_program: program.kind == ProgramKind::CommonJs,
            pattern_source: PatternSource::Nested,
            capture_parameters: false,
            default_export: None,
            inferred_names: FxHashMap::default(),
            module: None,
        };
        if let Some(scope) = site.and_then(|site| site.scope.as_ref()) {
            compiler.is_nested_eval = true;
            let mut chain = vec![scope];
            while let Some(outer) = chain.last().and_then(|scope| scope.outer.as_ref()) {
                chain.push(outer);
            }
            for scope in chain.into_iter().rev() {
                compiler.environments.push(outer_environment(scope));
            }
        }
        compiler
    }

    /// Compiles a program as a function that returns its completion value.
    pub(super) fn program(&mut self, program: &Program<'a>) -> Compiled<Gc<Code>> {
        let (receiver, is_derived) = match (program.kind, self.outer_receiver()) {
            (ProgramKind::Eval, Some(outer)) => outer,
            (ProgramKind::Module, _) => (Receiver::Module, false),
            (ProgramKind::CommonJs, _) => (Receiver::Frame, false),
            _ => (Receiver::Global, false),
        };
        self.begin_function(receiver);
        let state = self.state();
        state.is_program = true;
        state.is_derived = is_derived;
        state.strict = program.strict;
        let mut flags = CodeFlags::empty();
        flags.set(CodeFlags::STRICT, program.strict);
        let code = match program.kind {
            ProgramKind::Script | ProgramKind::Eval => self.script(program, flags)?,
            ProgramKind::CommonJs => self.commonjs(program, flags)?,
            ProgramKind::Module => self.module(program)?,
            _ => return not_built("a program of this kind", program),
        };
        Ok(code)
    }

    /// The register of the environment around the program comes next.
    pub(super) fn begin_program(&mut self) {
        let outer = self.temporary();
        self.state().outer_environment = outer;
        self.state().code.replace_first(Instruction::LoadEnvironment { dst: outer });
    }

    pub(super) fn end_program(
        &mut self,
        program: &Program<'a>,
        parameters: u32,
        flags: CodeFlags,
    ) -> Compiled<Gc<Code>> {
        let name = self.string("");
        self.end_function(name, program.span, parameters, parameters, flags)
    }

    /// A script, or what an eval evaluates.
    fn script(&mut self, program: &Program<'a>, flags: CodeFlags) -> Compiled<Gc<Code>> {
        self.begin_program();
        let completion = self.temporary();
        self.emit(Instruction::LoadUndefined { dst: completion });
        self.state().completion = Some(completion);
        self.declare_globals(program)?;
        let entered = self.enter_scope(ScopeTree::PROGRAM);
        self.hoist_functions(program.body)?;
        self.statements_with_resources(program.body)?;
        self.leave_scope(entered);
        self.state().is_derived = false;
        self.emit(Instruction::Return { src: completion });
        self.end_program(program, 0, flags)
    }

    /// The body of the function that Node wraps around a module.
    fn commonjs(&mut self, program: &Program<'a>, flags: CodeFlags) -> Compiled<Gc<Code>> {
        const PARAMETERS: u32 = 5;
        for _ in 0..PARAMETERS {
            self.temporary();
        }
        let bindings = self.scopes.scope(ScopeTree::PROGRAM).bindings;
        let binding = |id: &&BindingId| self.scopes.binding(**id);
        let parameters = bindings.iter().filter(|id| binding(id).kind == BindingKind::Parameter);
        let parameters: Vec<BindingId> = parameters.copied().collect();
        for (index, id) in parameters.iter().enumerate() {
            if !self.scopes.binding(*id).flags.contains(BindingFlags::CAPTURED) {
                self.places.insert(*id, Place::Register(Register(index as u16)));
            }
        }
        let arguments = bindings
            .iter()
            .copied()
            .find(|id| self.scopes.binding(*id).kind == BindingKind::Arguments);
        let mut flags = flags;
        let list = arguments.map(|_| {
            flags |= CodeFlags::COLLECTS_ARGUMENTS;
            self.temporary()
        });
        self.begin_program();
        let kept = count_of_kept(program.facts, false);
        let entered = self.enter_scope_with(ScopeTree::PROGRAM, kept);
        if kept > 0 {
            self.keep_receiver(self.first_extra(), kept);
        }
        for (index, id) in parameters.iter().enumerate() {
            self.store_place(self.places[id], Register(index as u16));
        }
        if let (Some(arguments), Some(list)) = (arguments, list) {
            let dst = self.temporary();
            self.emit(Instruction::NewArguments { dst, list, mapped: 1 });
            self.store_place(self.places[&arguments], dst);
        }
        self.hoist_functions(program.body)?;
        self.statements_with_resources(program.body)?;
        self.leave_scope(entered);
        self.emit_return(None);
        self.end_program(program, PARAMETERS, flags)
    }

    /// Whether the variables of the program's own scope are those of something around.
    fn declares_outside(&self) -> bool {
        self.scopes.scopes.first().is_some_and(|scope| scope.kind == ScopeKind::Script)
    }

    /// Whether a variable is one of its scope's at run time: those of a script are
    /// global, those that sloppy mode evals declare with `var` too, or variables of the
    /// function around them.
    pub(super) fn home_of(&self, binding: &Binding<'a>) -> Home {
        let is_eval = self.outer_site.is_some();
        if binding.scope != ScopeTree::PROGRAM
            || !self.declares_outside()
            || is_eval && binding.kind.has_dead_zone()
        {
            Home::Scope
        } else if self.variable_environment().is_some() {
            Home::Function
        } else {
            Home::Global(self.memory.key(binding.name.as_str()))
        }
    }

    /// The environment that holds the variables of the function around an eval.
    fn variable_environment(&self) -> Option<usize> {
        let mut environments = self.environments.iter().enumerate().rev();
        environments.find_map(|(index, environment)| {
            let Names::Static(scope) = &environment.names else { return None };
            scope.variables_of_eval.map(|_| index)
        })
    }

    /// `GlobalDeclarationInstantiation` (§16.1.7) and `EvalDeclarationInstantiation`
    /// (§19.2.1.3): first all checks, then all declarations.
    fn declare_globals(&mut self, program: &Program<'a>) -> Compiled {
        if !self.declares_outside() {
            return Ok(());
        }
        let is_eval = self.outer_site.is_some();
        let bindings: Vec<&Binding<'a>> = self
            .scopes
            .scope(ScopeTree::PROGRAM)
            .bindings
            .iter()
            .map(|id| self.scopes.binding(*id))
            .filter(|binding| !(is_eval && binding.kind.has_dead_zone()))
            .collect();
        let functions = program.body.iter().filter_map(|statement| declared_function(*statement));
        let functions: FxHashSet<&str> =
            functions.filter_map(|function| function.id).map(|id| id.name.as_str()).collect();
        let variables = self.variable_environment();
        for binding in &bindings {
            self.state().code.position(binding.span.start);
            let name = self.string(binding.name.as_str());
            let name = self.constant(Value::cell(name));
            if is_eval && self.conflicts_around_eval(binding, variables) {
                if binding.kind != BindingKind::AnnexB {
                    self.emit(Instruction::ThrowRedeclaration { name });
                }
            } else if variables.is_none() {
                let kind = global_kind(binding, &functions);
                if binding.kind != BindingKind::AnnexB {
                    self.emit(Instruction::CheckGlobal { kind, name });
                }
            }
        }
        for binding in &bindings {
            if is_eval
                && binding.kind == BindingKind::AnnexB
                && self.conflicts_around_eval(binding, variables)
            {
                continue;
            }
            let name = self.memory.key(binding.name.as_str());
            let kind = global_kind(binding, &functions);
            match variables {
                None => {
                    let text = self.string(binding.name.as_str());
                    let name = self.constant(Value::cell(text));
                    let deletable = u32::from(is_eval) << 4;
                    let annex_b = u32::from(binding.kind == BindingKind::AnnexB) << 5;
                    let kind = kind | deletable | annex_b;
                    self.emit(Instruction::DeclareGlobal { kind, name });
                }
                Some(environment) => self.scratch(|this| {
                    if let Names::Static(scope) = &this.environments[environment].names
                        && let Some(index) = scope.variables_of_eval
                        && scope.find(binding.name.as_str()).is_none()
                    {
                        let place = Place::Environment { environment, index };
                        let (object, key) = (this.temporary(), this.temporary());
                        this.load_place(place, object);
                        this.load_key(name, key);
                        this.emit(Instruction::DeclareEvalVariable { object, key });
                        this.store_place(place, object);
                    }
                    Ok(())
                })?,
            }
        }
        Ok(())
    }

    /// Whether a `var` of an eval would have to go past a lexical declaration of its name
    /// (§19.2.1.3 step 3).
    fn conflicts_around_eval(&self, binding: &Binding<'a>, variables: Option<usize>) -> bool {
        let name = binding.name.as_str();
        let first = variables.unwrap_or(0);
        let in_parameters = self.outer_site.as_ref().is_some_and(|site| site.in_parameters);
        self.environments.iter().enumerate().skip(first).any(|(index, environment)| {
            let Names::Static(scope) = &environment.names else { return false };
            // A plain catch parameter lets a `var` pass (Annex B.3.4).
            scope.find(name).is_some_and(|found| {
                in_parameters && Some(index) == variables
                    || found.kind.has_dead_zone()
                    || matches!(found.kind, BindingKind::BlockFunction | BindingKind::Catch)
            })
        })
    }
}

/// An environment around an eval.
fn outer_environment(scope: &Rc<StaticScope>) -> EnvironmentScope {
    EnvironmentScope {
        function: usize::MAX,
        register: Register(0),
        names: Names::Static(Rc::clone(scope)),
        first_extra: 0,
        with_object: scope.with_object,
        variables_of_eval: scope.variables_of_eval,
        kept: scope.kept,
    }
}

/// How a global variable is declared, where these are the functions that a program declares.
fn global_kind(binding: &Binding<'_>, functions: &FxHashSet<&str>) -> u32 {
    match binding.kind {
        BindingKind::Const | BindingKind::Using => CONSTANT,
        BindingKind::Let | BindingKind::Class => LEXICAL,
        BindingKind::Function => FUNCTION,
        // A `var` may have the name of a function too.
        _ if functions.contains(binding.name.as_str()) => FUNCTION,
        _ => VARIABLE,
    }
}
