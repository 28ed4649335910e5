//! The walk over a finished tree that finds early errors and resolves names.
//!
//! One walk serves both, because both need the same knowledge: which function,
//! which class, which block a node stands in. The rules themselves are in
//! [`crate::early_errors`], the scopes under construction in [`tables`]; the walk
//! only knows the order of evaluation and what surrounds each node.

mod annex_b;
mod class;
mod declaration;
mod expression;
mod function;
mod lexical;
mod module;
mod pattern;
mod statement;
mod tables;

use rustc_hash::FxHashMap;

use crate::ast::{FormalParameters, Name, ProgramKind, Statement};
use crate::builder::Cx;
use crate::diagnostic::{Diagnostic, Diagnostics, Fault};
use crate::early_errors::{Context, functions};
use crate::goal::Goal;
use crate::scope::{FunctionFacts, ScopeFlags, ScopeId, ScopeKind, ScopeTree};
use crate::source::{Span, as_u32};
use tables::Tables;

/// The most faults that are reported at once.
const MOST_FAULTS: usize = 100;

/// The walk asks for native stack once in so many levels.
const LEVELS_PER_STACK_CHECK: u32 = 16;

/// What the walk found out about a program as a whole.
pub(crate) struct Findings<'a> {
    pub(crate) scopes: ScopeTree<'a>,
    pub(crate) strict: bool,
    pub(crate) has_top_level_await: bool,
    pub(crate) facts: FunctionFacts,
}

/// A label around the place the walk has reached.
#[derive(Clone, Copy)]
struct Label<'a> {
    name: Name<'a>,
    span: Span,
    of_loop: bool,
    /// Where an outer label of the same name stands.
    shadowed: Option<usize>,
}

/// What `break` and `continue` may refer to.
#[derive(Clone, Copy)]
struct Jumps {
    /// Where the labels of the innermost function begin.
    labels: usize,
    in_loop: bool,
    breakable: bool,
}

struct Walk<'c, 'a> {
    cx: &'c Cx<'a>,
    tables: Tables<'a>,
    context: Context,
    facts: FunctionFacts,
    labels: Vec<Label<'a>>,
    /// Where the innermost label of each name stands.
    label_indices: FxHashMap<Name<'a>, usize>,
    jumps: Jumps,
    /// Private names in scope, with the number of classes that declare each.
    private_names: FxHashMap<Name<'a>, u32>,
    /// Whether `using` may stand in the statement list that is being walked.
    using_allowed: bool,
    /// The scope that `var` declares in.
    var_scope: ScopeId,
    has_top_level_await: bool,
    arguments: Name<'a>,
    faults: Vec<Diagnostic>,
    depth: u32,
}

/// Walks a program.
pub(crate) fn analyse<'a>(
    cx: &Cx<'a>,
    goal: Goal<'_>,
    body: &'a [Statement<'a>],
    params: Option<&'a FormalParameters<'a>>,
) -> Result<Findings<'a>, Diagnostics> {
    let mut walk = Walk {
        cx,
        tables: Tables::new(cx.text.len()),
        context: initial_context(goal),
        facts: FunctionFacts::empty(),
        labels: Vec::new(),
        label_indices: FxHashMap::default(),
        jumps: Jumps { labels: 0, in_loop: false, breakable: false },
        private_names: FxHashMap::default(),
        using_allowed: true,
        var_scope: ScopeId(0),
        has_top_level_await: false,
        arguments: cx.intern("arguments"),
        faults: Vec::new(),
        depth: 0,
    };
    if let Goal::Eval(eval) = goal {
        for name in eval.private_names {
            let name = cx.intern(cx.arena.alloc_str(name));
            walk.private_names.insert(name, 1);
        }
    }
    walk.program(goal.kind(), body, params);
    let strict = walk.context.contains(Context::STRICT);
    // The walk is in order of evaluation; people and programs want text order.
    walk.faults.sort_by_key(|fault| fault.span.start);
    match Diagnostics::new(walk.faults) {
        Some(faults) => Err(faults),
        None => Ok(Findings {
            scopes: walk.tables.finish(cx.arena),
            strict,
            has_top_level_await: walk.has_top_level_await,
            facts: walk.facts,
        }),
    }
}

/// What a goal allows before any code is seen.
fn initial_context(goal: Goal<'_>) -> Context {
    let mut context = Context::empty();
    match goal {
        Goal::Script | Goal::Expression => {}
        Goal::Module => context |= Context::STRICT | Context::MODULE | Context::AWAIT,
        Goal::CommonJs => context |= Context::RETURN | Context::NEW_TARGET,
        Goal::FunctionBody(kind) => {
            context |= Context::RETURN | Context::NEW_TARGET | function::kind_context(kind);
        }
        Goal::FormalParameters(kind) => {
            context |= Context::NEW_TARGET | function::kind_context(kind);
            context.set(Context::NO_YIELD, kind.is_generator());
            context.set(Context::NO_AWAIT, kind.is_async());
        }
        Goal::Eval(eval) => {
            context.set(Context::STRICT, eval.strict);
            context.set(Context::NEW_TARGET, eval.in_function);
            context.set(Context::SUPER_PROPERTY, eval.in_method);
            context.set(Context::SUPER_CALL, eval.in_derived_constructor);
            context.set(Context::NO_ARGUMENTS, eval.in_class_field_initializer);
        }
    }
    context
}

impl<'a> Walk<'_, 'a> {
    fn program(
        &mut self,
        kind: ProgramKind,
        body: &'a [Statement<'a>],
        params: Option<&'a FormalParameters<'a>>,
    ) {
        if functions::use_strict_directive(body, self.cx.text).is_some() {
            self.context |= Context::STRICT;
        }
        let strict = self.context.contains(Context::STRICT);
        let scope = match kind {
            ProgramKind::Module => ScopeKind::Module,
            ProgramKind::Eval if strict => ScopeKind::Eval,
            ProgramKind::CommonJs
            | ProgramKind::FunctionBody(_)
            | ProgramKind::FormalParameters(_) => ScopeKind::Function,
            _ => ScopeKind::Script,
        };
        let is_function = scope == ScopeKind::Function;
        self.using_allowed = is_function || scope == ScopeKind::Module;
        let mut flags = self.scope_flags();
        let direct_eval =
            self.cx.function_context().contains(crate::builder::FunctionContext::DIRECT_EVAL);
        flags.set(ScopeFlags::EVAL_MAY_DECLARE, direct_eval && !strict);
        let span = Span::new(0, as_u32(self.cx.text.len()));
        self.tables.enter(scope, span, flags, true);
        if is_function {
            self.tables.own_arguments(self.arguments);
        }
        if kind == ProgramKind::CommonJs {
            self.commonjs_parameters();
        }
        if let Some(params) = params {
            self.lone_parameters(params);
        }
        self.declare_imports(body);
        self.declare_body(body, self.cx.hoisted_by_program(), kind != ProgramKind::Module, None);
        self.statements(body);
        if kind == ProgramKind::Module {
            self.exports(body);
        }
        self.tables.leave();
    }

    fn lone_parameters(&mut self, params: &'a FormalParameters<'a>) {
        // Whether the body is strict is not known here; the function as a whole,
        // parsed next, tells.
        self.declare_parameters(params, false);
        self.parameters(params);
    }

    /// The flags of a scope that is opened here.
    fn scope_flags(&self) -> ScopeFlags {
        let mut flags = ScopeFlags::empty();
        flags.set(ScopeFlags::STRICT, self.context.contains(Context::STRICT));
        flags.set(ScopeFlags::IN_LOOP, self.jumps.in_loop);
        flags
    }

    fn sloppy(&self) -> bool {
        !self.context.contains(Context::STRICT)
    }

    /// Keeps what a rule found.
    #[inline]
    fn check(&mut self, fault: Option<Fault>) {
        if let Some(fault) = fault {
            self.fault(fault);
        }
    }

    #[cold]
    #[allow(clippy::boxed_local, reason = "faults are boxed everywhere else")]
    fn fault(&mut self, fault: Fault) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(*fault);
        }
    }
}
