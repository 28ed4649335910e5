//! Operations on promises (ECMA-262 §27.2.1, §27.2.4.7, §27.2.5.4).

use super::{Arguments, Completion, PromiseEvent, RejectionEvent, Vm};
use crate::heap::Gc;
use crate::kinds;
use crate::object::{Accessor, Environment, Promise, PromiseState, Reaction, ReactionKind};
use crate::operators::{as_object, is_callable, is_constructor};
use crate::realm::{Intrinsic, RootShape};
use crate::value::Value;

/// A `PromiseCapability` record (§27.2.1.1).
#[derive(Clone, Copy, Debug)]
pub struct PromiseCapability {
    /// `[[Promise]]`
    pub promise: Value,
    /// `[[Resolve]]`
    pub resolve: Value,
    /// `[[Reject]]`
    pub reject: Value,
}

/// Who gets what a reaction gives.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target {
    /// Nobody wants to know how it ends.
    None,
    /// A promise that nobody else can settle.
    Promise(Gc<Promise>),
    /// A promise of a program's own kind.
    Capability(PromiseCapability),
}

/// Where `constructor` stands in `%Promise.prototype%`, and the getter of its species in
/// `%Promise%`, as long as both have these shapes.
#[derive(Clone, Copy, Default)]
pub(super) struct PromiseSpecies {
    shapes: [u32; 2],
    slots: [u32; 2],
}

impl Vm {
    /// A pending promise.
    pub fn new_promise(&self) -> Gc<Promise> {
        Gc::<Promise>::new(&self.memory, self.realm().shape(RootShape::Promise))
    }

    /// A pending promise that programs get to see: hooks are told of it.
    pub(crate) fn begin_promise(&mut self) -> Gc<Promise> {
        let promise = self.new_promise();
        self.note_new_promise(promise, None);
        promise
    }

    /// A pending promise for a constructor (§27.2.3.1, step 3).
    ///
    /// # Errors
    /// What a getter of `prototype` throws.
    pub(crate) fn new_promise_of(&mut self, new_target: Value) -> Completion<Gc<Promise>> {
        if let Some(constructor) = as_object(new_target)
            && constructor != self.realm().get(Intrinsic::Promise)
        {
            let prototype =
                self.get_prototype_from_constructor(constructor, Intrinsic::PromisePrototype)?;
            let shape = self.shape_for_prototype(Some(prototype), kinds::PROMISE, 0);
            let promise = Gc::<Promise>::new(&self.memory, shape);
            self.note_new_promise(promise, None);
            return Ok(promise);
        }
        Ok(self.begin_promise())
    }

    // -----------------------------------------------------------------------
    // Settling
    // -----------------------------------------------------------------------

    /// What a promise's resolve function does (§27.2.1.3.2): it fulfils the promise, or
    /// lets it become what a thenable becomes.
    pub fn resolve_promise(&mut self, promise: Gc<Promise>, resolution: Value) {
        let Some(object) = as_object(resolution) else {
            return self.settle_promise(promise, PromiseState::Fulfilled, resolution);
        };
        if promise.as_object() == object {
            let text = self.display(resolution);
            let message = format!("Chaining cycle detected for promise {text}");
            let _ = self.throw_type_error(&message);
            let reason = self.take_exception();
            return self.reject_promise(promise, reason);
        }
        match self.get(object, self.memory.keys().then) {
            Err(_) => {
                let reason = self.take_exception();
                self.reject_promise(promise, reason);
            }
            Ok(then) if is_callable(then) => self.enqueue_thenable(promise, resolution, then),
            Ok(_) => self.settle_promise(promise, PromiseState::Fulfilled, resolution),
        }
    }

    /// `RejectPromise` (§27.2.1.7)
    pub fn reject_promise(&mut self, promise: Gc<Promise>, reason: Value) {
        self.settle_promise(promise, PromiseState::Rejected, reason);
    }

    /// `FulfillPromise` (§27.2.1.4) or `RejectPromise` (§27.2.1.7), with
    /// `TriggerPromiseReactions` (§27.2.1.8).
    fn settle_promise(&mut self, promise: Gc<Promise>, state: PromiseState, result: Value) {
        let mut reactions = promise.settle(&self.memory, state, result);
        self.note_promise(promise, PromiseEvent::Settled);
        if state == PromiseState::Rejected && !promise.is_handled() {
            self.track_rejection(promise, RejectionEvent::Reject);
        }
        while let Some(reaction) = reactions {
            self.enqueue_reaction(reaction, state, result);
            reactions = reaction.next();
        }
    }

    /// `CreateResolvingFunctions` (§27.2.1.3): the variable they share is the promise,
    /// until one of them has been called.
    pub(crate) fn resolving_functions(&mut self, promise: Gc<Promise>) -> PromiseCapability {
        let promise = Value::cell(promise);
        let captured = self.new_captured(&[promise, promise]);
        let resolve = |vm: &mut Self, arguments: Arguments<'_>| {
            match unresolved(arguments) {
                Some(promise) => vm.resolve_promise(promise, arguments.get(0)),
                None => note_late_call(vm, arguments, RejectionEvent::ResolveAfterResolved),
            }
            Ok(Value::UNDEFINED)
        };
        let reject = |vm: &mut Self, arguments: Arguments<'_>| {
            match unresolved(arguments) {
                Some(promise) => vm.reject_promise(promise, arguments.get(0)),
                None => note_late_call(vm, arguments, RejectionEvent::RejectAfterResolved),
            }
            Ok(Value::UNDEFINED)
        };
        let resolve = self.new_native("", 1, resolve, Some(captured));
        let reject = self.new_native("", 1, reject, Some(captured));
        let (resolve, reject) = (Value::cell(resolve), Value::cell(reject));
        PromiseCapability { promise, resolve, reject }
    }

    /// `PromiseResolve` (§27.2.4.7.1) with `%Promise%`.
    ///
    /// # Errors
    /// What a getter of `constructor` throws.
    pub fn promise_resolve(&mut self, value: Value) -> Completion<Gc<Promise>> {
        self.promise_resolve_for(value, None)
    }

    /// [`Self::promise_resolve`] for an async function that awaits the value.
    ///
    /// # Errors
    /// What a getter of `constructor` throws.
    #[inline]
    pub(super) fn promise_resolve_for(
        &mut self,
        value: Value,
        outer: Option<Gc<Promise>>,
    ) -> Completion<Gc<Promise>> {
        if let Some(promise) = value.downcast::<Promise>() {
            let constructor = self.promise_constructor(promise)?;
            if constructor == Value::cell(self.realm().get(Intrinsic::Promise)) {
                return Ok(promise);
            }
        }
        let promise = self.new_promise();
        self.note_new_promise(promise, outer);
        self.resolve_promise(promise, value);
        Ok(promise)
    }

    /// `PromiseResolve` (§27.2.4.7.1)
    ///
    /// # Errors
    /// What the constructor throws, or a getter of `constructor`.
    pub(crate) fn promise_resolve_with(&mut self, constructor: Value, value: Value) -> Completion {
        if let Some(promise) = value.downcast::<Promise>()
            && self.promise_constructor(promise)? == constructor
        {
            return Ok(value);
        }
        if constructor == Value::cell(self.realm().get(Intrinsic::Promise)) {
            let promise = self.begin_promise();
            self.resolve_promise(promise, value);
            return Ok(Value::cell(promise));
        }
        let capability = self.new_promise_capability(constructor)?;
        self.call(capability.resolve, Value::UNDEFINED, &[value])?;
        Ok(capability.promise)
    }

    /// `Get` of a promise's `constructor`.
    fn promise_constructor(&mut self, promise: Gc<Promise>) -> Completion {
        let (object, key) = (promise.as_object(), self.memory.keys().constructor);
        let root = self.realm().shape(RootShape::Promise);
        if object.header().shape.get() == root.number() {
            // It has no properties of its own.
            let prototype = self.realm().get(Intrinsic::PromisePrototype);
            if let Some(property) = prototype.own_property(&self.memory, key)
                && !property.attributes.is_accessor()
            {
                return Ok(prototype.get_slot(&self.memory, property.slot));
            }
        }
        self.get(object, key)
    }

    /// Whether `SpeciesConstructor` of a promise is `%Promise%`, as far as that can be
    /// told without running anything.
    fn has_own_species(&mut self, promise: Gc<Promise>) -> bool {
        let realm = self.realm();
        let root = realm.shape(RootShape::Promise);
        let (prototype, constructor) =
            (realm.get(Intrinsic::PromisePrototype), realm.get(Intrinsic::Promise));
        let (memory, object) = (&self.memory, promise.as_object());
        if object.header().shape.get() != root.number() {
            // It has properties of its own, or another prototype.
            let is_usual = object.prototype(memory) == Some(prototype)
                && object.own_property(memory, memory.keys().constructor).is_none();
            if !is_usual {
                return false;
            }
        }
        let shapes = [prototype, constructor].map(|object| object.shape(memory));
        let numbers = shapes.map(|shape| shape.number());
        let mut known = self.promise_species.get();
        if known.shapes != numbers {
            let keys = [memory.keys().constructor, self.well_known_key(super::WellKnown::Species)];
            let [Some(constructor), Some(species)] =
                [0, 1].map(|index| shapes[index].lookup(keys[index]))
            else {
                return false;
            };
            known = PromiseSpecies { shapes: numbers, slots: [constructor.slot, species.slot] };
            // The shape of a dictionary says nothing for long.
            if !shapes.iter().any(|shape| shape.is_dictionary()) {
                self.promise_species.set(known);
            }
        }
        let [own, species] = known.slots;
        let getter = constructor.get_slot(memory, species).downcast::<Accessor>();
        prototype.get_slot(memory, own) == Value::cell(constructor)
            && getter.is_some_and(|getter| {
                getter.get.get() == Value::cell(realm.get(Intrinsic::PromiseSpecies))
            })
    }

    // -----------------------------------------------------------------------
    // Capabilities
    // -----------------------------------------------------------------------

    /// `NewPromiseCapability` (§27.2.1.5)
    ///
    /// # Errors
    /// A `TypeError` if the value is no constructor or does not keep to the protocol;
    /// what it throws.
    pub fn new_promise_capability(&mut self, constructor: Value) -> Completion<PromiseCapability> {
        if constructor == Value::cell(self.realm().get(Intrinsic::Promise)) {
            let promise = self.begin_promise();
            return Ok(self.resolving_functions(promise));
        }
        if !is_constructor(constructor) {
            return Err(self.throw_not_a_constructor(constructor));
        }
        let captured = self.new_captured(&[Value::UNDEFINED, Value::UNDEFINED]);
        let executor = self.new_native("", 2, capability_executor, Some(captured));
        let promise = self.construct(constructor, &[Value::cell(executor)], constructor)?;
        let [resolve, reject] = [0, 1].map(|index: usize| captured.variables()[index].get());
        if !is_callable(resolve) || !is_callable(reject) {
            return Err(self.throw_type_error("Promise resolve or reject function is not callable"));
        }
        Ok(PromiseCapability { promise, resolve, reject })
    }

    /// Calls one of the functions of a capability that a reaction has kept.
    pub(super) fn settle_capability(
        &mut self,
        capability: Value,
        outcome: Completion,
    ) -> Completion<()> {
        let Some(functions) = capability.downcast::<Environment>() else { return Ok(()) };
        let (index, value) = match outcome {
            Ok(value) => (0, value),
            Err(_) => (1, self.take_exception()),
        };
        let function = functions.variables()[index].get();
        self.call(function, Value::UNDEFINED, &[value]).map(drop)
    }

    // -----------------------------------------------------------------------
    // Reactions
    // -----------------------------------------------------------------------

    /// `Promise.prototype.then` (§27.2.5.4) of a promise.
    ///
    /// # Errors
    /// What the constructor of the promise throws.
    pub fn promise_then(
        &mut self,
        promise: Gc<Promise>,
        on_fulfilled: Value,
        on_rejected: Value,
    ) -> Completion {
        if self.has_own_species(promise) {
            let derived = self.new_promise();
            self.note_new_promise(derived, Some(promise));
            let target = Target::Promise(derived);
            self.perform_promise_then(promise, on_fulfilled, on_rejected, target);
            return Ok(Value::cell(derived));
        }
        let default = self.realm().get(Intrinsic::Promise);
        let constructor = self.species_constructor(promise.as_object(), default)?;
        let capability = self.new_promise_capability(constructor)?;
        let target = Target::Capability(capability);
        self.perform_promise_then(promise, on_fulfilled, on_rejected, target);
        Ok(capability.promise)
    }

    /// `PerformPromiseThen` (§27.2.5.4.1): what is no function passes the result on.
    pub(crate) fn perform_promise_then(
        &mut self,
        promise: Gc<Promise>,
        on_fulfilled: Value,
        on_rejected: Value,
        target: Target,
    ) {
        let handlers = [on_fulfilled, on_rejected]
            .map(|handler| if is_callable(handler) { handler } else { Value::UNDEFINED });
        let (kind, target) = match target {
            Target::None => (ReactionKind::Then, Value::UNDEFINED),
            Target::Promise(promise) => (ReactionKind::Then, Value::cell(promise)),
            Target::Capability(PromiseCapability { resolve, reject, .. }) => {
                (ReactionKind::Capability, Value::cell(self.new_captured(&[resolve, reject])))
            }
        };
        self.react(promise, kind, handlers, target);
    }

    /// Goes on with a coroutine when a promise is settled: `Await` (§27.7.5.3) from
    /// where there is a promise. See [`Self::resume_coroutine`].
    pub fn await_promise(&mut self, promise: Gc<Promise>, coroutine: Value) {
        let mut handlers = [Value::UNDEFINED; 2];
        if self.tells_of_promises() {
            // Hooks are told of the promise that nobody gets to see (§27.7.5.3, step 9).
            let throwaway = self.new_promise();
            self.note_new_promise(throwaway, Some(promise));
            handlers[0] = Value::cell(throwaway);
        }
        self.react(promise, ReactionKind::Await, handlers, coroutine);
    }

    /// Lets a new reaction wait for a promise, or run if it is settled.
    fn react(
        &mut self,
        promise: Gc<Promise>,
        kind: ReactionKind,
        handlers: [Value; 2],
        target: Value,
    ) {
        let reaction = Reaction::new(kind, handlers, target, self.job_context());
        let reaction = self.memory.allocate(reaction);
        let state = promise.state();
        if state == PromiseState::Pending {
            promise.add_reaction(&self.memory, reaction);
        } else {
            if state == PromiseState::Rejected && !promise.is_handled() {
                self.track_rejection(promise, RejectionEvent::Handle);
            }
            self.enqueue_reaction(reaction, state, promise.result());
        }
        promise.set_handled();
    }

    /// `NewPromiseResolveThenableJob` (§27.2.2.2)
    pub(super) fn run_thenable(
        &mut self,
        promise: Gc<Promise>,
        thenable: Value,
        then: Value,
    ) -> Completion<()> {
        // What the functions for a promise's own `then` would do, a reaction can.
        if let Some(other) = thenable.downcast::<Promise>()
            && then == Value::cell(self.realm().get(Intrinsic::PromiseThen))
            && self.has_own_species(other)
            // Hooks are told of the promise that `then` gives.
            && !self.tells_of_promises()
        {
            self.react(other, ReactionKind::Adopt, [Value::UNDEFINED; 2], Value::cell(promise));
            return Ok(());
        }
        let PromiseCapability { resolve, reject, .. } = self.resolving_functions(promise);
        if self.call(then, thenable, &[resolve, reject]).is_err() {
            let reason = self.take_exception();
            self.call(reject, Value::UNDEFINED, &[reason])?;
        }
        Ok(())
    }
}

/// The promise of a resolving function that is the first of the two to be called.
fn unresolved(arguments: Arguments<'_>) -> Option<Gc<Promise>> {
    arguments.captured().variables()[0].replace(Value::UNDEFINED).downcast()
}

/// Tells the host that a resolving function has come too late.
fn note_late_call(vm: &mut Vm, arguments: Arguments<'_>, event: RejectionEvent) {
    if let Some(promise) = arguments.captured().variables()[1].get().downcast() {
        vm.track_rejection(promise, event);
    }
}

/// What `NewPromiseCapability` hands a constructor (§27.2.1.5, step 4).
fn capability_executor(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let captured = arguments.captured();
    if captured.variables().iter().any(|variable| !variable.get().is_undefined()) {
        return Err(vm.throw_type_error(
            "Promise executor has already been invoked with non-undefined arguments",
        ));
    }
    captured.set(&vm.memory, 0, arguments.get(0));
    captured.set(&vm.memory, 1, arguments.get(1));
    Ok(Value::UNDEFINED)
}
