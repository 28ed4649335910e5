//! Dates for people (ECMA-262 §21.4.4.38 – §21.4.4.40, ECMA-402 §19.4): in American English,
//! whatever language is asked for, in the Gregorian calendar.
//!
//! Options are those of `Intl.DateTimeFormat`, but for `calendar`, `numberingSystem` and
//! `dayPeriod`, which are not heeded. Fields that nobody writes together, such as a year
//! and a day without a month, come in ICU's order too.

use super::super::locale::{
    boolean_option, number_option, options_object, requested_locale, text_option,
};
use super::calendar::Fields;
use super::this_date;
use crate::heap::Gc;
use crate::object::Object;
use crate::operators::to_string;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

const DAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const UTC_NAME: &str = "Coordinated Universal Time";

const GREENWICH_NAME: &str = "Greenwich Mean Time";

/// The end of the year 9999.
const LAST_NAMED: f64 = 253_402_300_800_000.0;

/// Times that Americans have short names for; other zones have an offset.
const SHORT_ZONE_NAMES: &[(&str, &str)] = &[
    (UTC_NAME, "UTC"),
    (GREENWICH_NAME, "GMT"),
    ("Eastern Standard Time", "EST"),
    ("Eastern Daylight Time", "EDT"),
    ("Central Standard Time", "CST"),
    ("Central Daylight Time", "CDT"),
    ("Mountain Standard Time", "MST"),
    ("Mountain Daylight Time", "MDT"),
    ("Pacific Standard Time", "PST"),
    ("Pacific Daylight Time", "PDT"),
    ("Alaska Standard Time", "AKST"),
    ("Alaska Daylight Time", "AKDT"),
    ("Hawaii-Aleutian Standard Time", "HST"),
    ("Hawaii-Aleutian Daylight Time", "HDT"),
];

/// What a method writes unless it is told otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Usual {
    All,
    Date,
    Time,
}

impl Usual {
    fn method(self) -> &'static str {
        match self {
            Self::All => "Date.prototype.toLocaleString",
            Self::Date => "Date.prototype.toLocaleDateString",
            Self::Time => "Date.prototype.toLocaleTimeString",
        }
    }
}

/// How a field is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Width {
    Numeric,
    TwoDigits,
    Long,
    Short,
    Narrow,
}

impl Width {
    const NAMES: &[&'static str] = &["narrow", "short", "long"];
    const DIGITS: &[&'static str] = &["2-digit", "numeric"];
    const ALL: &[&'static str] = &["2-digit", "numeric", "narrow", "short", "long"];

    fn of(name: &str) -> Self {
        match name {
            "numeric" => Self::Numeric,
            "2-digit" => Self::TwoDigits,
            "long" => Self::Long,
            "short" => Self::Short,
            _ => Self::Narrow,
        }
    }

    fn is_text(self) -> bool {
        !matches!(self, Self::Numeric | Self::TwoDigits)
    }

    fn number(self, number: i64) -> String {
        if self == Self::TwoDigits { format!("{:02}", number % 100) } else { number.to_string() }
    }

    fn name(self, name: &str) -> &str {
        match self {
            Self::Long => name,
            Self::Narrow => &name[..1],
            _ => &name[..3],
        }
    }
}

/// Which time zone a date is written in.
#[derive(Clone, Default, Debug)]
enum Zone {
    #[default]
    Local,
    Named(String),
    /// So many milliseconds ahead of UTC.
    Offset(f64),
}

impl Zone {
    fn offset(&self, vm: &Vm, time: f64) -> f64 {
        match self {
            Self::Local => vm.clock().offset(time),
            Self::Named(name) => vm.clock().offset_in(name, time).unwrap_or(0.0),
            Self::Offset(offset) => *offset,
        }
    }

    /// What a time is called that is so far ahead of UTC.
    fn name(&self, vm: &Vm, time: f64, offset: f64) -> Option<String> {
        match self {
            Self::Local => vm.clock().zone_name(time),
            Self::Named(name) => vm.clock().zone_name_in(name, time),
            Self::Offset(_) => None,
        }
        // ICU knows what times are called from 1970 to 9999, and that British clocks were
        // put forward for some years without an end.
        .filter(|name| (0.0..LAST_NAMED).contains(&time) || name == UTC_NAME)
        .filter(|name| offset == 0.0 || name != GREENWICH_NAME)
    }
}

/// What is to be written, and how.
#[derive(Clone, Default, Debug)]
struct Format {
    weekday: Option<Width>,
    era: Option<Width>,
    year: Option<Width>,
    month: Option<Width>,
    day: Option<Width>,
    hour: Option<Width>,
    minute: Option<Width>,
    second: Option<Width>,
    fraction_digits: Option<usize>,
    zone_name: Option<&'static str>,
    has_half_days: Option<bool>,
    zone: Zone,
}

/// The methods of this file.
pub(super) fn text(vm: &mut Vm, arguments: Arguments<'_>, usual: Usual) -> Completion {
    let time = this_date(vm, arguments)?.value.get();
    if time.is_nan() {
        return Ok(Value::cell(vm.memory.string("Invalid Date")));
    }
    requested_locale(vm, arguments.get(0))?;
    let format = match options_object(vm, arguments.get(1), usual.method())? {
        Some(options) => read(vm, options, usual)?,
        None => Format::default().with_usual(usual),
    };
    let text = format.write(vm, time);
    Ok(Value::cell(vm.memory.string(&text)))
}

const STYLES: &[&str] = &["full", "long", "medium", "short"];

/// `CreateDateTimeFormat` (ECMA-402 §11.1.2), without languages.
fn read(vm: &mut Vm, options: Gc<Object>, usual: Usual) -> Completion<Format> {
    let method = usual.method();
    let text = |vm: &mut Vm, name: &str, allowed: &[&'static str]| {
        text_option(vm, options, method, name, allowed)
    };
    let width = |vm: &mut Vm, name: &str, allowed: &[&'static str]| {
        Ok(text_option(vm, options, method, name, allowed)?.map(Width::of))
    };
    text(vm, "localeMatcher", &["lookup", "best fit"])?;
    let hour12 = boolean_option(vm, options, "hour12")?;
    let cycle = text(vm, "hourCycle", &["h11", "h12", "h23", "h24"])?;
    let cycle = cycle.map(|cycle| matches!(cycle, "h11" | "h12"));
    let zone = zone_option(vm, options)?;
    let given = Format {
        has_half_days: hour12.or(cycle),
        zone,
        weekday: width(vm, "weekday", Width::NAMES)?,
        era: width(vm, "era", Width::NAMES)?,
        year: width(vm, "year", Width::DIGITS)?,
        month: width(vm, "month", Width::ALL)?,
        day: width(vm, "day", Width::DIGITS)?,
        hour: width(vm, "hour", Width::DIGITS)?,
        minute: width(vm, "minute", Width::DIGITS)?,
        second: width(vm, "second", Width::DIGITS)?,
        fraction_digits: number_option(vm, options, "fractionalSecondDigits", (1, 3))?,
        zone_name: text(vm, "timeZoneName", &["short", "long", "shortOffset", "longOffset"])?,
    };
    text(vm, "formatMatcher", &["basic", "best fit"])?;
    let date_style = text(vm, "dateStyle", STYLES)?;
    let time_style = text(vm, "timeStyle", STYLES)?;
    if date_style.is_none() && time_style.is_none() {
        return Ok(given.with_usual(usual));
    }
    let refused = if given.has_fields() {
        Some("option")
    } else if usual == Usual::Date && time_style.is_some() {
        Some("timeStyle")
    } else if usual == Usual::Time && date_style.is_some() {
        Some("dateStyle")
    } else {
        None
    };
    match refused {
        Some(option) => Err(vm.throw_type_error(&format!("Invalid option : {option}"))),
        None => Ok(given.with_styles(date_style, time_style)),
    }
}

/// The option `timeZone`: the name of a zone, or an offset.
fn zone_option(vm: &mut Vm, options: Gc<Object>) -> Completion<Zone> {
    let value = vm.get(options, vm.memory.key("timeZone"))?;
    if value.is_undefined() {
        return Ok(Zone::Local);
    }
    let name = to_string(vm, value)?.to_rust(&vm.memory);
    if let Some(offset) = offset_of(&name) {
        return Ok(Zone::Offset(offset));
    }
    if ["GMT", "Etc/GMT", "Etc/UTC"].iter().any(|it| it.eq_ignore_ascii_case(&name)) {
        return Ok(Zone::Named("UTC".to_owned()));
    }
    if vm.clock().offset_in(&name, 0.0).is_none() {
        return Err(vm.throw_range_error(&format!("Invalid time zone specified: {name}")));
    }
    Ok(Zone::Named(name))
}

/// `±hh`, `±hhmm` or `±hh:mm` in milliseconds (ECMA-262 §21.4.1.33).
fn offset_of(text: &str) -> Option<f64> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1.0, rest),
        ("-", rest) => (-1.0, rest),
        _ => return None,
    };
    let digits = match rest.len() {
        2 | 4 => rest.to_owned(),
        5 if rest.as_bytes()[2] == b':' => rest.replacen(':', "", 1),
        _ => return None,
    };
    if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = digits.split_at_checked(2)?;
    let hours: f64 = hours.parse().ok()?;
    let minutes: f64 = if minutes.is_empty() { 0.0 } else { minutes.parse().ok()? };
    (hours < 24.0 && minutes < 60.0).then_some(sign * (hours * 60.0 + minutes) * 60_000.0)
}

impl Format {
    fn has_date(&self) -> bool {
        [self.weekday, self.year, self.month, self.day].iter().any(Option::is_some)
    }

    fn has_time(&self) -> bool {
        [self.hour, self.minute, self.second].iter().any(Option::is_some)
            || self.fraction_digits.is_some()
    }

    fn has_fields(&self) -> bool {
        self.has_date() || self.has_time() || self.era.is_some() || self.zone_name.is_some()
    }

    /// With the fields that a method writes if none that it needs is asked for.
    fn with_usual(mut self, usual: Usual) -> Self {
        let is_enough = match usual {
            Usual::All => self.has_date() || self.has_time(),
            Usual::Date => self.has_date(),
            Usual::Time => self.has_time(),
        };
        let numeric = Some(Width::Numeric);
        if !is_enough && usual != Usual::Time {
            (self.year, self.month, self.day) = (numeric, numeric, numeric);
        }
        if !is_enough && usual != Usual::Date {
            (self.hour, self.minute, self.second) = (numeric, numeric, numeric);
        }
        self
    }

    /// With the fields that styles stand for.
    fn with_styles(mut self, date: Option<&str>, time: Option<&'static str>) -> Self {
        let numeric = Some(Width::Numeric);
        if let Some(style) = date {
            self.weekday = (style == "full").then_some(Width::Long);
            let (year, month) = match style {
                "short" => (Width::TwoDigits, Width::Numeric),
                "medium" => (Width::Numeric, Width::Short),
                _ => (Width::Numeric, Width::Long),
            };
            (self.year, self.month, self.day) = (Some(year), Some(month), numeric);
        }
        if let Some(style) = time {
            (self.hour, self.minute) = (numeric, numeric);
            self.second = (style != "short").then_some(Width::Numeric);
            self.zone_name = match style {
                "full" => Some("long"),
                "long" => Some("short"),
                _ => None,
            };
        }
        self
    }

    fn write(&self, vm: &Vm, time: f64) -> String {
        let offset = self.zone.offset(vm, time);
        let fields = Fields::of(time + offset);
        let date = self.date(&fields);
        let mut clock = self.time(&fields);
        if let Some(name) = self.zone_name {
            let name = self.zone_text(vm, time, offset, name);
            clock = if clock.is_empty() { name } else { format!("{clock} {name}") };
        }
        if date.is_empty() || clock.is_empty() {
            return date + &clock;
        }
        let is_weekday_alone = self.weekday.is_some()
            && [self.era, self.year, self.month, self.day].iter().all(Option::is_none);
        let is_plain = self.fraction_digits.is_none() && self.zone_name.is_none();
        let between = if is_weekday_alone && self.hour.is_some() && is_plain {
            " "
        } else if self.month == Some(Width::Long) {
            " at "
        } else {
            ", "
        };
        date + between + &clock
    }

    fn date(&self, fields: &Fields) -> String {
        let weekday =
            self.weekday.map(|width| width.name(DAYS[fields.weekday as usize]).to_owned());
        let year = self.year_text(fields);
        let day = self.day.map(|width| width.number(fields.day));
        let join = |parts: [Option<String>; 2], between: &str| {
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            parts.join(between)
        };
        let Some(month) = self.month else {
            return match (day, year) {
                (Some(day), Some(year)) if weekday.is_none() => format!("{year} (day: {day})"),
                (day @ Some(_), year) => join([Some(join([day, weekday], " ")), year], " "),
                (None, year) => join([year, weekday], " "),
            };
        };
        let has_day = day.is_some();
        let text = if month.is_text() {
            let name = month.name(MONTHS[fields.month as usize]).to_owned();
            let between = if has_day { ", " } else { " " };
            join([Some(join([Some(name), day], " ")), year], between)
        } else {
            let numbers = join([Some(month.number(fields.month + 1)), day], "/");
            join([Some(numbers), year], "/")
        };
        if has_day { join([weekday, Some(text)], ", ") } else { join([Some(text), weekday], " ") }
    }

    /// The year, and before or after what it is counted.
    fn year_text(&self, fields: &Fields) -> Option<String> {
        let is_before = fields.year <= 0;
        let number = if is_before { 1 - fields.year } else { fields.year };
        let year = self.year.map(|width| width.number(number));
        let era = self.era.map(|width| match (width, is_before) {
            (Width::Long, false) => "Anno Domini",
            (Width::Long, true) => "Before Christ",
            (Width::Narrow, false) => "A",
            (Width::Narrow, true) => "B",
            (_, false) => "AD",
            (_, true) => "BC",
        });
        match (year, era) {
            (Some(year), Some(era)) => Some(format!("{year} {era}")),
            (year, era) => year.or(era.map(str::to_owned)),
        }
    }

    fn time(&self, fields: &Fields) -> String {
        let has_half_days = self.has_half_days.unwrap_or(true);
        let has_fraction = self.fraction_digits.is_some();
        let mut parts = Vec::new();
        if let Some(width) = self.hour {
            let hour = if has_half_days { (fields.hour + 11) % 12 + 1 } else { fields.hour };
            let width = if has_half_days { width } else { Width::TwoDigits };
            parts.push(width.number(hour));
        }
        // What follows another field has two digits.
        let follows = |is_first: bool| if is_first { Width::Numeric } else { Width::TwoDigits };
        let has_second = self.second.is_some() || self.minute.is_some() && has_fraction;
        if self.minute.is_some() {
            parts.push(follows(self.hour.is_none() && !has_second).number(fields.minute));
        }
        let is_apart = self.hour.is_some() && self.minute.is_none();
        if has_second && !is_apart {
            parts.push(follows(self.minute.is_none()).number(fields.second));
        }
        let mut text = parts.join(":");
        if let Some(digits) = self.fraction_digits {
            let fraction = format!("{:03}", fields.millisecond);
            let point = if has_second { "." } else { "" };
            text = format!("{text}{point}{}", &fraction[..digits]);
        }
        if self.hour.is_some() && has_half_days {
            text += if fields.hour < 12 { " AM" } else { " PM" };
        }
        if has_second && is_apart {
            text += &format!(" (second: {})", fields.second);
        }
        text
    }

    fn zone_text(&self, vm: &Vm, time: f64, offset: f64, form: &str) -> String {
        let name = || self.zone.name(vm, time, offset);
        match form {
            "long" => name().unwrap_or_else(|| gmt(offset, true)),
            "short" => {
                let name = name();
                let known = SHORT_ZONE_NAMES
                    .iter()
                    .find(|(long, _)| name.as_deref() == Some(long))
                    .map(|(_, short)| (*short).to_owned());
                known.unwrap_or_else(|| gmt(offset, false))
            }
            _ => gmt(offset, form == "longOffset"),
        }
    }
}

/// An offset: `GMT+5:30`, or `GMT+05:30` if it is long.
fn gmt(offset: f64, is_long: bool) -> String {
    let sign = if offset < 0.0 { '-' } else { '+' };
    let seconds = (offset.abs() / 1000.0) as i64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut text = if is_long {
        format!("GMT{sign}{hours:02}:{minutes:02}")
    } else if minutes == 0 && seconds == 0 {
        format!("GMT{sign}{hours}")
    } else {
        format!("GMT{sign}{hours}:{minutes:02}")
    };
    if seconds != 0 {
        text += &format!(":{seconds:02}");
    }
    text
}
