//! What the engine asks an embedder about time.

use std::rc::Rc;
use std::time::SystemTime;

use super::Vm;

/// ICU's time zone data, which V8 uses. Whoever wants them takes them from here, so that
/// the program has them once.
pub static TIME_ZONE_DATA: &[u32] = zoneinfo64::ZONEINFO64_RES_FOR_TESTING;

/// A clock and the local time zone.
pub trait Clock {
    /// Milliseconds since the beginning of 1970, UTC.
    fn now(&self) -> f64;

    /// By how many milliseconds local time is ahead of UTC, at a time of UTC in
    /// milliseconds.
    fn offset(&self, utc: f64) -> f64;

    /// Nanoseconds since the beginning of 1970, UTC, as exactly as the clock knows.
    fn nanoseconds(&self) -> i128 {
        self.now() as i128 * 1_000_000
    }

    /// The name of the local time zone, such as `Europe/Berlin`.
    fn zone_id(&self) -> String {
        "UTC".to_owned()
    }

    /// What people call local time at a time of UTC, such as `Central European Summer
    /// Time`; None where there is no name.
    fn zone_name(&self, utc: f64) -> Option<String>;

    /// The same as [`Self::offset`] in the time zone of a name; None for a zone that the
    /// clock does not know.
    fn offset_in(&self, zone: &str, _utc: f64) -> Option<f64> {
        zone.eq_ignore_ascii_case("UTC").then_some(0.0)
    }

    /// The same as [`Self::zone_name`] in the time zone of a name.
    fn zone_name_in(&self, zone: &str, _utc: f64) -> Option<String> {
        zone.eq_ignore_ascii_case("UTC").then(|| "Coordinated Universal Time".to_owned())
    }
}

/// The system's clock, and UTC.
#[derive(Clone, Copy, Debug, Default)]
pub struct UtcClock;

impl Clock for UtcClock {
    fn now(&self) -> f64 {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        since.map_or(0.0, |since| since.as_millis() as f64)
    }

    fn nanoseconds(&self) -> i128 {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        since.map_or(0, |since| since.as_nanos() as i128)
    }

    fn offset(&self, _: f64) -> f64 {
        0.0
    }

    fn zone_name(&self, _: f64) -> Option<String> {
        Some("Coordinated Universal Time".to_owned())
    }
}

impl Vm {
    /// Gives the machine another clock than [`UtcClock`].
    pub fn set_clock(&mut self, clock: Rc<dyn Clock>) {
        self.clock = clock;
    }

    /// The machine's clock.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }
}
