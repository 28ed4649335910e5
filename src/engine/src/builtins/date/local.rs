//! Local time (ECMA-262 §21.4.1.25, §21.4.1.26).

use super::calendar::DAY;
use crate::vm::Vm;

impl Vm {
    /// `LocalTime` (§21.4.1.25)
    pub(super) fn local_time(&self, utc: f64) -> f64 {
        utc + self.clock().offset(utc)
    }

    /// `UTC` (§21.4.1.26): of two times that have the same local time, the earlier one;
    /// what a change of the clocks leaves out is counted with the offset before it.
    pub(super) fn utc(&self, local: f64) -> f64 {
        if !local.is_finite() {
            return f64::NAN;
        }
        let clock = self.clock();
        // No two changes are as near to each other as this.
        let [before, after] = [local - DAY, local + DAY].map(|time| clock.offset(time));
        if before != after && clock.offset(local - before) != before {
            let later = local - after;
            if clock.offset(later) == after {
                return later;
            }
        }
        local - before
    }
}
