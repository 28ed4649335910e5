//! Promises and their reactions (ECMA-262 §27.2).

use std::cell::Cell;

use super::{Memory, Object, Shape};
use crate::heap::{CellKind, Gc, Header, HeapCell, Tracer};
use crate::kinds;
use crate::value::Value;

/// `[[PromiseState]]`
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PromiseState {
    /// It has no result yet.
    Pending,
    /// It has a value.
    Fulfilled,
    /// It has the reason why there is no value.
    Rejected,
}

/// A promise.
#[repr(C)]
pub struct Promise {
    object: Object,
    state: Cell<PromiseState>,
    is_handled: Cell<bool>,
    /// What the embedder notes of it.
    mark: Cell<u8>,
    result: Cell<Value>,
    /// What waits for the result, the last first.
    reactions: Cell<Option<Gc<Reaction>>>,
}

// SAFETY: It begins with an object; all references are visited.
unsafe impl HeapCell for Promise {
    const KIND: CellKind = kinds::PROMISE;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
        tracer.word(self.result.get().bits());
        if let Some(reaction) = self.reactions.get() {
            tracer.cell(reaction);
        }
    }
}

impl Promise {
    /// `[[PromiseState]]`
    #[inline]
    pub fn state(&self) -> PromiseState {
        self.state.get()
    }

    /// `[[PromiseResult]]`: `undefined` while it is pending.
    #[inline]
    pub fn result(&self) -> Value {
        self.result.get()
    }

    /// What waits for it, the last first.
    #[inline]
    pub fn reactions(&self) -> Option<Gc<Reaction>> {
        self.reactions.get()
    }

    /// `[[PromiseIsHandled]]`: whether anybody has asked for the result.
    #[inline]
    pub fn is_handled(&self) -> bool {
        self.is_handled.get()
    }

    /// Says that somebody has asked for the result.
    #[inline]
    pub fn set_handled(&self) {
        self.is_handled.set(true);
    }

    /// What the embedder has noted of it: 0 at first.
    pub fn mark(&self) -> u8 {
        self.mark.get()
    }

    /// Notes something of the embedder's.
    pub fn set_mark(&self, mark: u8) {
        self.mark.set(mark);
    }
}

impl Gc<Promise> {
    /// A pending promise.
    pub fn new(memory: &Memory, shape: Gc<Shape>) -> Self {
        let inside = usize::from(shape.layout().inline_slots) * size_of::<Value>();
        let promise = Promise {
            object: Object::new(shape),
            state: Cell::new(PromiseState::Pending),
            is_handled: Cell::new(false),
            mark: Cell::new(0),
            result: Cell::new(Value::UNDEFINED),
            reactions: Cell::new(None),
        };
        memory.allocate_object(promise, shape, inside)
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: A promise begins with one.
        unsafe { self.cast() }
    }

    /// Lets a reaction wait for the result.
    pub fn add_reaction(self, memory: &Memory, reaction: Gc<Reaction>) {
        // The reaction is new, so that its link needs no barrier.
        reaction.next.set(self.reactions.replace(Some(reaction)));
        memory.write_barrier(self, reaction.to_word());
    }

    /// Gives a pending promise its result. What waits for it is returned, the first
    /// first.
    pub fn settle(
        self,
        memory: &Memory,
        state: PromiseState,
        result: Value,
    ) -> Option<Gc<Reaction>> {
        debug_assert!(self.state() == PromiseState::Pending);
        self.state.set(state);
        self.result.set(result);
        memory.write_barrier(self, result.bits());
        let (mut rest, mut reversed) = (self.reactions.take(), None);
        while let Some(reaction) = rest {
            rest = reaction.next.replace(reversed);
            if let Some(next) = reversed {
                memory.write_barrier(reaction, next.to_word());
            }
            reversed = Some(reaction);
        }
        reversed
    }
}

/// What a reaction does with a result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u16)]
pub enum ReactionKind {
    /// It calls a handler, and settles the promise that is its target, if it has one,
    /// by what that gives.
    Then,
    /// It calls a handler, and then a function of the capability that is its target.
    Capability,
    /// It goes on with the coroutine that is its target.
    Await,
    /// It settles the promise that is its target in the same way.
    Adopt,
}

/// A `PromiseReaction` record (§27.2.1.2) for both results, whichever comes.
#[repr(C)]
pub struct Reaction {
    header: Header,
    next: Cell<Option<Gc<Reaction>>>,
    /// The handler of a value: `undefined` if it is to be passed on.
    pub on_fulfilled: Value,
    /// The handler of a reason: `undefined` if it is to be passed on.
    pub on_rejected: Value,
    /// What [`ReactionKind`] says.
    pub target: Value,
    /// What the embedder had put there when the reaction was made.
    pub context: Value,
}

// SAFETY: It begins with the header; all references are visited.
unsafe impl HeapCell for Reaction {
    const KIND: CellKind = kinds::REACTION;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        if let Some(next) = self.next.get() {
            tracer.cell(next);
        }
        for value in [self.on_fulfilled, self.on_rejected, self.target, self.context] {
            tracer.word(value.bits());
        }
    }
}

impl Reaction {
    /// A reaction that waits for nothing yet.
    pub fn new(kind: ReactionKind, handlers: [Value; 2], target: Value, context: Value) -> Self {
        let header = Header::new(kinds::REACTION, 0);
        header.extra.set(kind as u16);
        let [on_fulfilled, on_rejected] = handlers;
        Self { header, next: Cell::new(None), on_fulfilled, on_rejected, target, context }
    }

    /// What it does.
    #[inline]
    pub fn kind(&self) -> ReactionKind {
        const KINDS: [ReactionKind; 4] = [
            ReactionKind::Then,
            ReactionKind::Capability,
            ReactionKind::Await,
            ReactionKind::Adopt,
        ];
        KINDS[usize::from(self.header.extra.get())]
    }

    /// The one after it.
    #[inline]
    pub fn next(&self) -> Option<Gc<Reaction>> {
        self.next.get()
    }
}
