//! The scope tables while the walk fills them.
//!
//! What a name means at the place the walk has reached is kept in the name's own
//! entry, as in the symbol tables of one-pass compilers: a declaration overwrites
//! it, a log restores it when the scope ends. A use is resolved in one step, at
//! any depth. That works because every scope knows all its declarations before
//! its code is walked; [`super::hoist`] collects the ones that stand further in.

use bumpalo::Bump;

use crate::ast::{Identifier, Name};
use crate::scope::{
    Binding, BindingFlags, BindingId, BindingKind, Resolution, Scope, ScopeFlags, ScopeId,
    ScopeKind, ScopeTree,
};
use crate::source::Span;

/// A name entry's value where the name has no binding.
const UNBOUND: u32 = u32::MAX;
/// The value of `arguments` where a use would make the binding of a function.
const IMPLICIT_ARGUMENTS: u32 = u32::MAX - 1;

/// What the walk has to know of a binding beside what the tables keep.
#[derive(Clone, Copy)]
struct Progress {
    /// The number of scopes around the binding's scope.
    depth: u32,
    function: ScopeId,
    /// Whether all code from here on runs after the initialisation, as far as it
    /// is not in a function declaration, which may be called earlier.
    initialized: bool,
}

/// A scope that is open.
#[derive(Clone, Copy)]
struct Open {
    id: ScopeId,
    /// The length of the log when it was opened.
    log: usize,
    /// The state of the two barriers outside it.
    dynamic_barrier: u32,
    hoist_barrier: u32,
}

/// A function scope that binds `arguments` if asked for.
#[derive(Clone, Copy)]
struct ArgumentsOwner {
    scope: ScopeId,
    depth: u32,
    used: bool,
}

pub(crate) struct Tables<'a> {
    scopes: Vec<Scope<'a>>,
    bindings: Vec<Binding<'a>>,
    progress: Vec<Progress>,
    open: Vec<Open>,
    /// Name entries that were overwritten, with what they held.
    log: Vec<(Name<'a>, u32)>,
    arguments_owners: Vec<ArgumentsOwner>,
    /// The depth of the innermost scope that may gain bindings at run time; names
    /// bound outside it are not known before. Zero for none.
    dynamic_barrier: u32,
    /// The depth of the innermost function declaration; zero for none.
    hoist_barrier: u32,
}

impl<'a> Tables<'a> {
    pub(crate) fn new() -> Self {
        Self {
            scopes: Vec::new(),
            bindings: Vec::new(),
            progress: Vec::new(),
            open: Vec::new(),
            log: Vec::new(),
            arguments_owners: Vec::new(),
            dynamic_barrier: 0,
            hoist_barrier: 0,
        }
    }

    fn depth(&self) -> u32 {
        crate::source::as_u32(self.open.len())
    }

    /// The innermost open scope.
    pub(crate) fn current(&self) -> ScopeId {
        self.open.last().map_or(ScopeId::NONE, |open| open.id)
    }

    /// The function (or program) whose code is being walked.
    fn current_function(&self) -> ScopeId {
        self.open.last().map_or(ScopeId::NONE, |open| self.scopes[open.id.0 as usize].function)
    }

    /// Opens a scope. `function` says that it is a function's or the program's.
    pub(crate) fn enter(
        &mut self,
        kind: ScopeKind,
        span: Span,
        flags: ScopeFlags,
        function: bool,
    ) -> ScopeId {
        let id = ScopeId(crate::source::as_u32(self.scopes.len()));
        let parent = self.current();
        let function = if function { id } else { self.current_function() };
        self.scopes.push(Scope { kind, parent, function, span, bindings: &[], flags });
        self.open.push(Open {
            id,
            log: self.log.len(),
            dynamic_barrier: self.dynamic_barrier,
            hoist_barrier: self.hoist_barrier,
        });
        if kind == ScopeKind::With || flags.contains(ScopeFlags::EVAL_MAY_DECLARE) {
            self.dynamic_barrier = self.depth();
        }
        id
    }

    /// The scope just opened belongs to a function declaration: its code may run
    /// before anything around it is initialised.
    pub(crate) fn raise_hoist_barrier(&mut self) {
        self.hoist_barrier = self.depth();
    }

    /// The function scope just opened has an `arguments` object of its own.
    pub(crate) fn own_arguments(&mut self, arguments: Name<'a>) {
        let owner = ArgumentsOwner { scope: self.current(), depth: self.depth(), used: false };
        self.arguments_owners.push(owner);
        self.overwrite(arguments, IMPLICIT_ARGUMENTS);
    }

    /// The function ends; says whether it uses its `arguments` object.
    pub(crate) fn disown_arguments(&mut self) -> bool {
        self.arguments_owners.pop().is_some_and(|owner| owner.used)
    }

    fn overwrite(&mut self, name: Name<'a>, value: u32) {
        self.log.push((name, name.0.binding.replace(value)));
    }

    /// Closes the innermost scope.
    pub(crate) fn leave(&mut self) {
        let Some(open) = self.open.pop() else { return };
        while self.log.len() > open.log {
            if let Some((name, before)) = self.log.pop() {
                name.0.binding.set(before);
            }
        }
        self.dynamic_barrier = open.dynamic_barrier;
        self.hoist_barrier = open.hoist_barrier;
    }

    /// The binding a name has here, whichever scope holds it.
    pub(crate) fn lookup(&self, name: Name<'a>) -> Option<&Binding<'a>> {
        self.bindings.get(name.0.binding.get() as usize)
    }

    /// The binding the name of a plain catch parameter has outside the clause.
    pub(crate) fn behind_catch(&self, parameter: &Binding<'a>) -> Option<&Binding<'a>> {
        let open = self.open.binary_search_by_key(&parameter.scope, |open| open.id).ok()?;
        // The parameter is all that its scope declares.
        let (_, before) = self.log.get(self.open[open].log)?;
        self.bindings.get(*before as usize)
    }

    /// The binding a name has in the innermost scope.
    pub(crate) fn own(&self, name: Name<'a>) -> Option<&Binding<'a>> {
        self.lookup(name).filter(|binding| binding.scope == self.current())
    }

    /// Declares a name in the innermost scope. `initialized` is false where a use
    /// may come too early.
    pub(crate) fn declare(
        &mut self,
        name: Name<'a>,
        kind: BindingKind,
        span: Span,
        initialized: bool,
    ) -> BindingId {
        let scope = self.current();
        let function = self.current_function();
        let id = BindingId(crate::source::as_u32(self.bindings.len()));
        let flags = BindingFlags::empty();
        self.bindings.push(Binding { name, kind, scope, span, flags });
        self.progress.push(Progress { depth: self.depth(), function, initialized });
        self.overwrite(name, id.0);
        id
    }

    /// The name's binding in the innermost scope that has one is initialised from
    /// here on.
    pub(crate) fn initialize(&mut self, name: Name<'a>) {
        if let Some(progress) = self.progress.get_mut(name.0.binding.get() as usize) {
            progress.initialized = true;
        }
    }

    /// Code from here on may run before the name's binding is initialised.
    pub(crate) fn uninitialize(&mut self, name: Name<'a>) {
        if let Some(progress) = self.progress.get_mut(name.0.binding.get() as usize) {
            progress.initialized = false;
        }
    }

    /// The binding counts as one of the function whose scope is opened next.
    pub(crate) fn belongs_to_next_function(&mut self, id: BindingId) {
        self.progress[id.index()].function = ScopeId(crate::source::as_u32(self.scopes.len()));
    }

    /// Whether the code being walked is in no function.
    pub(crate) fn in_program_code(&self) -> bool {
        self.current_function() == ScopeId(0)
    }

    /// Whether code from here on runs after the initialisation of the binding.
    pub(crate) fn set_initialized(&mut self, id: BindingId, initialized: bool) {
        self.progress[id.index()].initialized = initialized;
    }

    /// Notes of the name's binding that something assigns to it.
    pub(crate) fn assign(&mut self, name: Name<'a>) {
        self.add_flags(name, BindingFlags::ASSIGNED);
    }

    /// Notes of the name's binding that an export names it.
    pub(crate) fn export(&mut self, name: Name<'a>) {
        self.add_flags(name, BindingFlags::EXPORTED | BindingFlags::USED);
    }

    fn add_flags(&mut self, name: Name<'a>, flags: BindingFlags) {
        if let Some(binding) = self.bindings.get_mut(name.0.binding.get() as usize) {
            binding.flags |= flags;
        }
    }

    /// Resolves a use of a name.
    #[inline]
    pub(crate) fn refer(&mut self, identifier: &Identifier<'a>) {
        let name = identifier.name;
        let mut index = name.0.binding.get();
        if index == IMPLICIT_ARGUMENTS {
            index = self.make_arguments(name);
        }
        let Some(binding) = self.bindings.get_mut(index as usize) else {
            identifier.resolution.set(if self.dynamic_barrier > 0 {
                Resolution::Dynamic
            } else {
                Resolution::Global
            });
            return;
        };
        let progress = self.progress[index as usize];
        let scope = self.open[self.open.len() - 1].id;
        let captured = progress.function != self.scopes[scope.0 as usize].function;
        binding.flags |= BindingFlags::USED;
        if captured {
            binding.flags |= BindingFlags::CAPTURED;
        }
        if self.dynamic_barrier > progress.depth {
            binding.flags |= BindingFlags::CAPTURED | BindingFlags::ASSIGNED;
            identifier.resolution.set(Resolution::Dynamic);
            return;
        }
        let check = !progress.initialized
            || (binding.kind.has_dead_zone() && self.hoist_barrier > progress.depth);
        if check {
            binding.flags |= BindingFlags::NEEDS_CHECK;
        }
        identifier.resolution.set(Resolution::Binding { id: BindingId(index), check });
    }

    /// A declaring identifier: it means the binding that its name has here.
    #[inline]
    pub(crate) fn resolve_declaration(identifier: &Identifier<'a>) {
        let index = identifier.name.0.binding.get();
        if index < IMPLICIT_ARGUMENTS {
            let id = BindingId(index);
            identifier.resolution.set(Resolution::Binding { id, check: false });
        }
    }

    /// Makes the binding of `arguments` that a use asks for.
    fn make_arguments(&mut self, name: Name<'a>) -> u32 {
        let Some(owner) = self.arguments_owners.last_mut() else { return UNBOUND };
        owner.used = true;
        let ArgumentsOwner { scope, depth, .. } = *owner;
        let index = crate::source::as_u32(self.bindings.len());
        let span = Span::new(
            self.scopes[scope.0 as usize].span.start,
            self.scopes[scope.0 as usize].span.start,
        );
        let (kind, flags) = (BindingKind::Arguments, BindingFlags::empty());
        self.bindings.push(Binding { name, kind, scope, span, flags });
        self.progress.push(Progress { depth, function: scope, initialized: true });
        // The log holds what the name was before the function.
        name.0.binding.set(index);
        index
    }

    /// A direct eval stands in the innermost scope: it may use anything that is
    /// visible here, `arguments` included.
    pub(crate) fn direct_eval(&mut self, arguments: Name<'a>) {
        if arguments.0.binding.get() == IMPLICIT_ARGUMENTS {
            self.make_arguments(arguments);
        }
        let mut scope = self.current();
        while let Some(index) = scope.index() {
            let data = &mut self.scopes[index];
            if data.flags.contains(ScopeFlags::INNER_EVAL) {
                break;
            }
            data.flags |= ScopeFlags::INNER_EVAL;
            scope = data.parent;
        }
    }

    /// The finished tables.
    pub(crate) fn finish(mut self, arena: &'a Bump) -> ScopeTree<'a> {
        let seen_by_eval = BindingFlags::CAPTURED
            | BindingFlags::ASSIGNED
            | BindingFlags::USED
            | BindingFlags::NEEDS_CHECK;
        let mut counts = vec![0u32; self.scopes.len() + 1];
        for binding in &mut self.bindings {
            let scope = &mut self.scopes[binding.scope.0 as usize];
            if scope.flags.contains(ScopeFlags::INNER_EVAL) {
                let mut flags = seen_by_eval;
                flags.set(BindingFlags::NEEDS_CHECK, binding.kind.has_dead_zone());
                binding.flags |= flags;
            }
            if binding.flags.contains(BindingFlags::CAPTURED) {
                scope.flags |= ScopeFlags::HAS_CAPTURED;
            }
            counts[binding.scope.0 as usize + 1] += 1;
        }
        for index in 1..counts.len() {
            counts[index] += counts[index - 1];
        }
        // A counting sort by scope; within a scope the order of declaration stays.
        let by_scope = arena.alloc_slice_fill_copy(self.bindings.len(), BindingId(0));
        let mut next = counts.clone();
        for (index, binding) in self.bindings.iter().enumerate() {
            let slot = &mut next[binding.scope.0 as usize];
            by_scope[*slot as usize] = BindingId(crate::source::as_u32(index));
            *slot += 1;
        }
        let by_scope: &'a [BindingId] = by_scope;
        for (index, scope) in self.scopes.iter_mut().enumerate() {
            scope.bindings = &by_scope[counts[index] as usize..counts[index + 1] as usize];
        }
        ScopeTree {
            scopes: arena.alloc_slice_copy(&self.scopes),
            bindings: arena.alloc_slice_copy(&self.bindings),
        }
    }
}
