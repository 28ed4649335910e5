//! What keeps the targets of weak references alive for a while, and tells of those that
//! have died (ECMA-262 §9.9 – §9.12).

use super::Vm;
use crate::heap::{Gc, RootedVec};
use crate::object::{FinalizationRegistry, Memory, Registration};
use crate::value::Value;

/// What the machine knows of weak references.
pub(super) struct Finalization {
    /// `[[KeptAlive]]`
    kept: RootedVec<Value>,
    /// The registries in which something is registered.
    registries: RootedVec<Gc<FinalizationRegistry>>,
    /// How many collections there had been when they were looked at.
    looked_at: u64,
}

impl Finalization {
    pub(super) fn new(memory: &Memory) -> Self {
        Self { kept: memory.rooted_vec(), registries: memory.rooted_vec(), looked_at: 0 }
    }
}

impl Vm {
    /// `AddToKeptObjects` (§9.11)
    pub(crate) fn keep_during_job(&mut self, value: Value) {
        self.finalization.kept.push(value);
    }

    /// `ClearKeptObjects` (§9.10)
    pub(super) fn clear_kept_objects(&mut self) {
        self.finalization.kept.truncate(0);
    }

    /// Something has been registered.
    pub(crate) fn watch_registry(&mut self, registry: Gc<FinalizationRegistry>) {
        let known = &mut self.finalization.registries;
        if !known.as_slice().contains(&registry) {
            known.push(registry);
        }
    }

    /// Adds a job for each target that has died (§9.9.3).
    pub(super) fn enqueue_cleanups(&mut self) {
        if self.finalization.registries.is_empty() {
            return;
        }
        let statistics = self.memory.statistics();
        let collections =
            u64::from(statistics.minor_collections) + u64::from(statistics.major_collections);
        if std::mem::replace(&mut self.finalization.looked_at, collections) == collections {
            return;
        }
        let registries =
            std::mem::replace(&mut self.finalization.registries, self.memory.rooted_vec());
        for registry in registries.as_slice() {
            let mut dead = self.memory.rooted_vec();
            registry.extract(&self.memory, Registration::is_dead, |cell| dead.push(cell.held));
            for held in dead.as_slice() {
                self.enqueue_job(registry.cleanup, *held);
            }
            if registry.first.get().is_some() {
                self.finalization.registries.push(*registry);
            }
        }
    }
}
