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
use crate::source::{Span, as_u32};

/// A name entry's value of `arguments` where a use would make the binding of a function.
const IMPLICIT_ARGUMENTS: u32 = u32::MAX - 1;

/// A binding and what the walk has to know of it while its scope is open. It is
/// all that a use reads, and lies in one cache line.
#[derive(Clone, Copy)]
struct Entry<'a> {
    binding: Binding<'a>,
    /// The function it belongs to.
    function: ScopeId,
    /// Whether all code from here on runs after the initialisation, as far as it
    /// is not in a function declaration, which may be called earlier.
    initialized: bool,
}

/// Where the walk is among the scopes.
#[derive(Clone, Copy)]
struct Place {
    /// The innermost open scope.
    scope: ScopeId,
    /// The function (or program) whose code is being walked.
    function: ScopeId,
    /// The innermost scope that may gain bindings at run time; names bound outside
    /// it are not known before.
    dynamic_barrier: Barrier,
    /// The innermost function declaration.
    hoist_barrier: Barrier,
    /// The innermost function scope that binds `arguments` if asked for.
    arguments_owner: ScopeId,
    /// The length of the log when the scope was opened.
    log: u32,
}

/// An open scope that changes what code in it may know of bindings outside it, or
/// none. It is kept as one more than the scope's number, or zero.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
struct Barrier(u32);

impl Barrier {
    const NONE: Self = Self(0);

    fn at(scope: ScopeId) -> Self {
        Self(scope.0 + 1)
    }

    /// Whether it stands between the walk and another open scope.
    #[inline]
    fn hides(self, scope: ScopeId) -> bool {
        // Scopes are numbered as they open.
        self > Self::at(scope)
    }
}

pub(crate) struct Tables<'a> {
    scopes: Vec<Scope<'a>>,
    entries: Vec<Entry<'a>>,
    here: Place,
    /// The places around the scopes that are open.
    outside: Vec<Place>,
    /// Name entries that were overwritten, with what they held.
    log: Vec<(Name<'a>, u32)>,
}

impl<'a> Tables<'a> {
    /// Tables for a text of so many bytes.
    pub(crate) fn new(len: usize) -> Self {
        Self {
            // Estimates for programs as people write them: growing copies.
            scopes: Vec::with_capacity(len / 128),
            entries: Vec::with_capacity(len / 64),
            here: Place {
                scope: ScopeId::NONE,
                function: ScopeId::NONE,
                dynamic_barrier: Barrier::NONE,
                hoist_barrier: Barrier::NONE,
                arguments_owner: ScopeId::NONE,
                log: 0,
            },
            outside: Vec::new(),
            log: Vec::new(),
        }
    }

    /// The innermost open scope.
    #[inline]
    pub(crate) fn current(&self) -> ScopeId {
        self.here.scope
    }

    /// Opens a scope. `function` says that it is a function's or the program's.
    pub(crate) fn enter(
        &mut self,
        kind: ScopeKind,
        span: Span,
        flags: ScopeFlags,
        function: bool,
    ) -> ScopeId {
        let id = ScopeId(as_u32(self.scopes.len()));
        let outside = self.here;
        let function = if function { id } else { outside.function };
        self.scopes.push(Scope {
            kind,
            parent: outside.scope,
            function,
            span,
            bindings: &[],
            flags,
        });
        self.outside.push(outside);
        self.here.scope = id;
        self.here.function = function;
        self.here.log = as_u32(self.log.len());
        if kind == ScopeKind::With || flags.contains(ScopeFlags::EVAL_MAY_DECLARE) {
            self.here.dynamic_barrier = Barrier::at(id);
        }
        id
    }

    /// The scope just opened belongs to a function declaration: its code may run
    /// before anything around it is initialised.
    pub(crate) fn raise_hoist_barrier(&mut self) {
        self.here.hoist_barrier = Barrier::at(self.here.scope);
    }

    /// The function scope just opened has an `arguments` object of its own.
    pub(crate) fn own_arguments(&mut self, arguments: Name<'a>) {
        self.here.arguments_owner = self.here.scope;
        self.overwrite(arguments, IMPLICIT_ARGUMENTS);
    }

    /// Whether the function whose scope is the innermost uses its `arguments` object.
    pub(crate) fn uses_arguments(&self, arguments: Name<'a>) -> bool {
        self.own(arguments).is_some_and(|binding| binding.kind == BindingKind::Arguments)
    }

    fn overwrite(&mut self, name: Name<'a>, value: u32) {
        self.log.push((name, name.0.binding.replace(value)));
    }

    /// Closes the innermost scope.
    pub(crate) fn leave(&mut self) {
        let Some(outside) = self.outside.pop() else { return };
        // Backwards: a name may stand there twice.
        let from = self.here.log as usize;
        for (name, before) in self.log[from..].iter().rev() {
            name.0.binding.set(*before);
        }
        self.log.truncate(from);
        self.here = outside;
    }

    /// The binding a name has here, whichever scope holds it.
    pub(crate) fn lookup(&self, name: Name<'a>) -> Option<&Binding<'a>> {
        self.entries.get(name.0.binding.get() as usize).map(|entry| &entry.binding)
    }

    /// The binding the name of a plain catch parameter has outside the clause.
    pub(crate) fn behind_catch(&self, parameter: &Binding<'a>) -> Option<&Binding<'a>> {
        let place = match self.outside.binary_search_by_key(&parameter.scope, |place| place.scope) {
            Ok(index) => self.outside[index],
            Err(_) => self.here,
        };
        // The parameter is all that its scope declares.
        let (_, before) = self.log.get(place.log as usize)?;
        self.entries.get(*before as usize).map(|entry| &entry.binding)
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
        let Place { scope, function, .. } = self.here;
        let id = BindingId(as_u32(self.entries.len()));
        let flags = BindingFlags::empty();
        let binding = Binding { name, kind, scope, span, flags };
        self.entries.push(Entry { binding, function, initialized });
        self.overwrite(name, id.0);
        id
    }

    /// The name's binding in the innermost scope that has one is initialised from
    /// here on.
    pub(crate) fn initialize(&mut self, name: Name<'a>) {
        if let Some(entry) = self.entries.get_mut(name.0.binding.get() as usize) {
            entry.initialized = true;
        }
    }

    /// Code from here on may run before the name's binding is initialised.
    pub(crate) fn uninitialize(&mut self, name: Name<'a>) {
        if let Some(entry) = self.entries.get_mut(name.0.binding.get() as usize) {
            entry.initialized = false;
        }
    }

    /// The binding counts as one of the function whose scope is opened next.
    pub(crate) fn belongs_to_next_function(&mut self, id: BindingId) {
        self.entries[id.index()].function = ScopeId(as_u32(self.scopes.len()));
    }

    /// Whether the code being walked is in no function.
    pub(crate) fn in_program_code(&self) -> bool {
        self.here.function == ScopeId(0)
    }

    /// Whether code from here on runs after the initialisation of the binding.
    pub(crate) fn set_initialized(&mut self, id: BindingId, initialized: bool) {
        self.entries[id.index()].initialized = initialized;
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
        if let Some(entry) = self.entries.get_mut(name.0.binding.get() as usize) {
            entry.binding.flags |= flags;
        }
    }

    /// Resolves a use of a name; `flags` is what it makes of the binding.
    #[inline]
    pub(crate) fn refer(&mut self, identifier: &Identifier<'a>, mut flags: BindingFlags) {
        let index = identifier.name.0.binding.get();
        let Some(entry) = self.entries.get_mut(index as usize) else {
            return self.refer_to_unbound(identifier, flags);
        };
        let scope = entry.binding.scope;
        if entry.function != self.here.function {
            flags |= BindingFlags::CAPTURED;
        }
        let mut resolution = Resolution::Dynamic;
        if self.here.dynamic_barrier.hides(scope) {
            flags |= BindingFlags::CAPTURED | BindingFlags::ASSIGNED;
        } else {
            let check = !entry.initialized
                || (self.here.hoist_barrier.hides(scope) && entry.binding.kind.has_dead_zone());
            if check {
                flags |= BindingFlags::NEEDS_CHECK;
            }
            resolution = Resolution::Binding { id: BindingId(index), check };
        }
        entry.binding.flags |= flags;
        identifier.resolution.set(resolution);
    }

    /// Resolves a use of a name that no scope has declared.
    #[inline(never)]
    fn refer_to_unbound(&mut self, identifier: &Identifier<'a>, flags: BindingFlags) {
        let name = identifier.name;
        if name.0.binding.get() == IMPLICIT_ARGUMENTS {
            self.make_arguments(name);
            return self.refer(identifier, flags);
        }
        identifier.resolution.set(if self.here.dynamic_barrier == Barrier::NONE {
            Resolution::Global
        } else {
            Resolution::Dynamic
        });
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
    fn make_arguments(&mut self, name: Name<'a>) {
        let scope = self.here.arguments_owner;
        let start = self.scopes[scope.0 as usize].span.start;
        // The log holds what the name was before the function.
        name.0.binding.set(as_u32(self.entries.len()));
        let (kind, flags) = (BindingKind::Arguments, BindingFlags::empty());
        let binding = Binding { name, kind, scope, span: Span::new(start, start), flags };
        self.entries.push(Entry { binding, function: scope, initialized: true });
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
        for Entry { binding, .. } in &mut self.entries {
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
        let by_scope = arena.alloc_slice_fill_copy(self.entries.len(), BindingId(0));
        let mut next = counts.clone();
        for (index, entry) in self.entries.iter().enumerate() {
            let slot = &mut next[entry.binding.scope.0 as usize];
            by_scope[*slot as usize] = BindingId(as_u32(index));
            *slot += 1;
        }
        let by_scope: &'a [BindingId] = by_scope;
        for (index, scope) in self.scopes.iter_mut().enumerate() {
            scope.bindings = &by_scope[counts[index] as usize..counts[index + 1] as usize];
        }
        ScopeTree {
            scopes: arena.alloc_slice_copy(&self.scopes),
            bindings: arena.alloc_slice_fill_iter(self.entries.iter().map(|entry| entry.binding)),
        }
    }
}
