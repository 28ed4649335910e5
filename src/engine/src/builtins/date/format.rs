//! Times as text (ECMA-262 §21.4.4.41).

use super::calendar::Fields;

const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn year_text(year: i64) -> String {
    if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") }
}

impl Fields {
    fn day_name(&self) -> &'static str {
        DAYS[self.weekday as usize]
    }

    fn month_name(&self) -> &'static str {
        MONTHS[self.month as usize]
    }

    fn clock(&self) -> String {
        format!("{:02}:{:02}:{:02}", self.hour, self.minute, self.second)
    }

    /// `DateString` (§21.4.4.41.2)
    pub(super) fn date_string(&self) -> String {
        let (day, month) = (self.day_name(), self.month_name());
        format!("{day} {month} {:02} {}", self.day, year_text(self.year))
    }

    /// `TimeString` and `TimeZoneString` (§21.4.4.41.1, §21.4.4.41.3) of a time that is so
    /// many milliseconds ahead of UTC.
    pub(super) fn time_string(&self, offset: f64, zone: Option<&str>) -> String {
        let sign = if offset < 0.0 { '-' } else { '+' };
        let minutes = (offset.abs() / 60_000.0) as i64;
        let (hours, minutes) = (minutes / 60, minutes % 60);
        let zone = zone.map_or_else(String::new, |zone| format!(" ({zone})"));
        format!("{} GMT{sign}{hours:02}{minutes:02}{zone}", self.clock())
    }

    /// `toUTCString` (§21.4.4.43)
    pub(super) fn utc_string(&self) -> String {
        let (day, month, year) = (self.day_name(), self.month_name(), year_text(self.year));
        format!("{day}, {:02} {month} {year} {} GMT", self.day, self.clock())
    }

    /// The standard's form (§21.4.1.32), of UTC.
    pub(super) fn iso_string(&self) -> String {
        let year = match self.year {
            year @ 0..=9999 => format!("{year:04}"),
            year if year < 0 => format!("-{:06}", -year),
            year => format!("+{year:06}"),
        };
        let (month, day, clock) = (self.month + 1, self.day, self.clock());
        format!("{year}-{month:02}-{day:02}T{clock}.{:03}Z", self.millisecond)
    }

    /// The date as it is written in the United States.
    pub(in crate::builtins) fn locale_date(&self) -> String {
        // Years before the first one are counted backwards.
        let year = if self.year > 0 { self.year } else { 1 - self.year };
        format!("{}/{}/{year}", self.month + 1, self.day)
    }

    /// The time as it is written in the United States.
    pub(in crate::builtins) fn locale_time(&self) -> String {
        let hour = (self.hour + 11) % 12 + 1;
        let half = if self.hour < 12 { "AM" } else { "PM" };
        format!("{hour}:{:02}:{:02} {half}", self.minute, self.second)
    }
}
