//! The system's clock and the local time zone.
//!
//! Offsets come from ICU's time zone data, which is what V8 uses; nothing of it is looked
//! at before somebody asks for local time.

mod names;

use std::cell::OnceCell;
use std::env;

use axil_engine::vm::{Clock, TIME_ZONE_DATA, UtcClock};
use zoneinfo64::{Offset, ZoneInfo64};

/// The last second up to which V8 asks the data whether clocks are put forward.
const LAST_SECOND: f64 = 2_147_483_647.0;

/// The system's clock, in the time zone of `TZ`, or else of the system.
#[derive(Default)]
pub struct SystemClock {
    zone: OnceCell<Zone>,
}

/// A time zone.
struct Zone {
    name: String,
    /// The data, and the zone's number among them.
    data: Option<(ZoneInfo64<'static>, u16)>,
}

impl Zone {
    fn local() -> Self {
        Self::chosen(env::var("TZ").ok().as_deref())
    }

    /// The zone that `TZ` chooses, or else the system's.
    fn chosen(name: Option<&str>) -> Self {
        let named = name.filter(|name| !name.is_empty()).map(str::to_owned);
        let name = named.or_else(|| iana_time_zone::get_timezone().ok());
        Self::of(name.as_deref().unwrap_or("UTC").trim_start_matches(':'))
    }

    fn of(name: &str) -> Self {
        let data = ZoneInfo64::try_from_u32s(TIME_ZONE_DATA).ok();
        let data = data.and_then(|data| {
            let number = data.get(name)?.into_raw_parts().0;
            Some((data, number))
        });
        Self { name: name.to_owned(), data }
    }

    /// The zone of a name, whose letters may be small or capital ones; None for a name that
    /// nobody knows.
    fn named(name: &str) -> Option<Self> {
        let mut begins = true;
        let usual = name.chars().map(|letter| {
            let letter =
                if begins { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() };
            begins = !letter.is_ascii_alphabetic();
            letter
        });
        let spellings = [name.to_owned(), name.to_ascii_uppercase(), usual.collect()];
        spellings.iter().map(|name| Self::of(name)).find(|zone| zone.data.is_some())
    }

    /// What its time is called.
    fn time_name(&self, utc: f64) -> Option<String> {
        let second = (utc / 1000.0).floor();
        let second =
            if (0.0..=LAST_SECOND).contains(&second) { second } else { equivalent(second) };
        let is_forward = self.at(second)?.rule_applies;
        names::find(&self.name, is_forward).map(str::to_owned)
    }

    /// What is ahead of UTC at a second of UTC; None for a zone that nobody knows.
    fn at(&self, second: f64) -> Option<Offset> {
        let (data, number) = self.data.as_ref()?;
        let zone = zoneinfo64::Zone::from_raw_parts((*number, data));
        Some(zone.for_timestamp(second as i64))
    }
}

impl SystemClock {
    /// A clock that has not looked for its zone yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A clock in the zone that `TZ` chooses, or else in the system's.
    #[must_use]
    pub fn in_zone(name: Option<&str>) -> Self {
        let zone = OnceCell::new();
        let _ = zone.set(Zone::chosen(name));
        Self { zone }
    }

    fn zone(&self) -> &Zone {
        self.zone.get_or_init(Zone::local)
    }
}

impl Clock for SystemClock {
    fn now(&self) -> f64 {
        UtcClock.now()
    }

    fn offset(&self, utc: f64) -> f64 {
        let offset = self.zone().at((utc / 1000.0).floor());
        offset.map_or(0.0, |offset| f64::from(offset.offset.seconds()) * 1000.0)
    }

    fn nanoseconds(&self) -> i128 {
        UtcClock.nanoseconds()
    }

    fn zone_id(&self) -> String {
        self.zone().name.clone()
    }

    fn zone_name(&self, utc: f64) -> Option<String> {
        self.zone().time_name(utc)
    }

    fn offset_in(&self, zone: &str, utc: f64) -> Option<f64> {
        let offset = Zone::named(zone)?.at((utc / 1000.0).floor())?;
        Some(f64::from(offset.offset.seconds()) * 1000.0)
    }

    fn zone_name_in(&self, zone: &str, utc: f64) -> Option<String> {
        Zone::named(zone)?.time_name(utc)
    }
}

/// The second at the same place of a year of our time, which begins on the same day of
/// the week and is as long: V8 has the names of other times by it.
fn equivalent(second: f64) -> f64 {
    const DAY: i64 = 86_400;
    let second = second as i64;
    let (days, rest) = (second.div_euclid(DAY), second.rem_euclid(DAY));
    // The year, by an estimate that is at most one too great.
    let mut year = 1970 + (days as f64 / 365.2425).floor() as i64 + 1;
    while first_day(year) > days {
        year -= 1;
    }
    let first = first_day(year);
    let weekday = (first + 4).rem_euclid(7);
    let is_leap = first_day(year + 1) - first == 366;
    let recent = if is_leap { 1956 } else { 1967 } + weekday * 12 % 28;
    let other = 2008 + (recent + 3 * 28 - 2008) % 28;
    ((first_day(other) + days - first) * DAY + rest) as f64
}

/// The day since the beginning of 1970 on which a year begins.
fn first_day(year: i64) -> i64 {
    let before = year - 1;
    365 * (year - 1970) + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400)
        - 477
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(name: &str) -> SystemClock {
        let zone = OnceCell::new();
        let _ = zone.set(Zone::of(name));
        SystemClock { zone }
    }

    #[test]
    fn zones_have_offsets_and_names() {
        for (zone, time, offset, name) in [
            ("UTC", 0.0, 0.0, "Coordinated Universal Time"),
            ("Europe/Berlin", 0.0, 3600.0, "Central European Standard Time"),
            ("Europe/Berlin", 1e12, 7200.0, "Central European Summer Time"),
            ("Europe/Berlin", -4e12, 3208.0, "Central European Summer Time"),
            ("America/New_York", 1e15, -14_400.0, "Eastern Daylight Time"),
            ("Asia/Kolkata", 1e12, 19_800.0, "India Standard Time"),
            ("Australia/Lord_Howe", 0.0, 36_000.0, "Lord Howe Standard Time"),
            ("Europe/Dublin", 1e12, 3600.0, "Irish Standard Time"),
        ] {
            let clock = clock(zone);
            assert_eq!(clock.offset(time), offset * 1000.0, "{zone} {time}");
            assert_eq!(clock.zone_name(time).as_deref(), Some(name), "{zone} {time}");
        }
        assert_eq!(clock("Nowhere/Land").offset(0.0), 0.0);
        assert_eq!(clock("Nowhere/Land").zone_name(0.0), None);
    }

    #[test]
    fn years_begin_where_they_do() {
        for (year, day) in [(1970, 0), (1971, 365), (1969, -365), (2000, 10_957), (0, -719_528)] {
            assert_eq!(first_day(year), day, "{year}");
        }
    }
}
