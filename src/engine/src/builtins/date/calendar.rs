//! Days, months and years (ECMA-262 §21.4.1): the Gregorian calendar, in both
//! directions without end.

/// Milliseconds in a day.
pub(super) const DAY: f64 = 86_400_000.0;
pub(super) const HOUR: f64 = 3_600_000.0;
pub(super) const MINUTE: f64 = 60_000.0;
pub(super) const SECOND: f64 = 1000.0;

/// The greatest time value, 100 million days after the beginning of 1970.
const MOST: f64 = 8.64e15;

/// A time value as people read it.
#[derive(Clone, Copy, Debug)]
pub(in crate::builtins) struct Fields {
    pub year: i64,
    /// From 0.
    pub month: i64,
    /// Of the month, from 1.
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    pub millisecond: i64,
    /// From Sunday, which is 0.
    pub weekday: i64,
}

impl Fields {
    /// The fields of a time that is no NaN.
    pub(in crate::builtins) fn of(time: f64) -> Self {
        let (days, rest) = ((time / DAY).floor() as i64, time.rem_euclid(DAY) as i64);
        let (year, month, day) = civil(days);
        Self {
            year,
            month,
            day,
            hour: rest / 3_600_000,
            minute: rest / 60_000 % 60,
            second: rest / 1000 % 60,
            millisecond: rest % 1000,
            weekday: (days + 4).rem_euclid(7),
        }
    }
}

/// The year, the month from 0 and the day of the month of a day since the beginning of
/// 1970. The year is taken to begin in March, so that leap days stand at its end.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let year = year + era * 400 + i64::from(month >= 10);
    (year, (month + 2) % 12, day)
}

/// The day since the beginning of 1970 on which a month begins.
fn day_of(year: i64, month: i64) -> i64 {
    let year = if month < 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 10) % 12) + 2) / 5;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// `MakeTime` (§21.4.1.27)
pub(super) fn make_time(hour: f64, minute: f64, second: f64, millisecond: f64) -> f64 {
    let all = [hour, minute, second, millisecond];
    if !all.iter().all(|number| number.is_finite()) {
        return f64::NAN;
    }
    let [hour, minute, second, millisecond] = all.map(f64::trunc);
    hour * HOUR + minute * MINUTE + second * SECOND + millisecond
}

/// `MakeDay` (§21.4.1.28)
pub(super) fn make_day(year: f64, month: f64, day: f64) -> f64 {
    if ![year, month, day].iter().all(|number| number.is_finite()) {
        return f64::NAN;
    }
    let (year, month, day) = (year.trunc(), month.trunc(), day.trunc());
    // What is farther away is no time value any more, unless the other fields make up for
    // it, of which V8 knows nothing either.
    if year.abs() > 1e6 || month.abs() > 1e7 {
        return f64::NAN;
    }
    let year = year + (month / 12.0).floor();
    day_of(year as i64, month.rem_euclid(12.0) as i64) as f64 + day - 1.0
}

/// `MakeDate` (§21.4.1.29)
pub(super) fn make_date(day: f64, time: f64) -> f64 {
    let date = day * DAY + time;
    if date.is_finite() { date } else { f64::NAN }
}

/// `MakeFullYear` (§21.4.1.30)
pub(super) fn make_full_year(year: f64) -> f64 {
    let whole = year.trunc();
    if (0.0..=99.0).contains(&whole) { 1900.0 + whole } else { year }
}

/// `TimeClip` (§21.4.1.31)
pub(super) fn time_clip(time: f64) -> f64 {
    if time.abs() <= MOST { time.trunc() + 0.0 } else { f64::NAN }
}
