//! Dates as text, back to times (ECMA-262 §21.4.1.32, §21.4.3.2).
//!
//! A text in the standard's form is read as the standard says. What it leaves open is read
//! as V8 reads it: words before the first number do not count, nor does what stands in
//! parentheses; a number before a colon belongs to the time of day, and other numbers to
//! the date.

use super::calendar::{make_date, make_day, make_time};

/// A time: of UTC, or of local time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Parsed {
    /// Milliseconds of UTC.
    Utc(f64),
    /// Milliseconds of local time.
    Local(f64),
}

/// What a word stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Word {
    Month(i32),
    /// `am` and `pm`: what they add to the hour.
    HalfDay(i32),
    /// A time zone, so many hours ahead of UTC.
    Zone(i32),
    /// `T`
    Separator,
    Other,
}

/// A part of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Token {
    /// With the number of its digits.
    Number(i32, usize),
    /// One of `:`, `-`, `+`, `.` and `)`.
    Symbol(u8),
    /// With the number of its letters.
    Word(Word, usize),
    WhiteSpace,
    Other,
    End,
}

impl Token {
    fn is_number(self) -> bool {
        matches!(self, Self::Number(..))
    }

    fn is_sign(self) -> bool {
        matches!(self, Self::Symbol(b'+' | b'-'))
    }

    fn is_z(self) -> bool {
        self == Self::Word(Word::Zone(0), 1)
    }

    /// The number, if it has so many digits.
    fn fixed(self, digits: usize) -> Option<i32> {
        match self {
            Self::Number(number, length) if length == digits => Some(number),
            _ => None,
        }
    }
}

/// Words by their first three letters; only names of months may be longer.
const WORDS: &[(&str, Word)] = &[
    ("jan", Word::Month(1)),
    ("feb", Word::Month(2)),
    ("mar", Word::Month(3)),
    ("apr", Word::Month(4)),
    ("may", Word::Month(5)),
    ("jun", Word::Month(6)),
    ("jul", Word::Month(7)),
    ("aug", Word::Month(8)),
    ("sep", Word::Month(9)),
    ("oct", Word::Month(10)),
    ("nov", Word::Month(11)),
    ("dec", Word::Month(12)),
    ("am", Word::HalfDay(0)),
    ("pm", Word::HalfDay(12)),
    ("ut", Word::Zone(0)),
    ("utc", Word::Zone(0)),
    ("z", Word::Zone(0)),
    ("gmt", Word::Zone(0)),
    ("cdt", Word::Zone(-5)),
    ("cst", Word::Zone(-6)),
    ("edt", Word::Zone(-4)),
    ("est", Word::Zone(-5)),
    ("mdt", Word::Zone(-6)),
    ("mst", Word::Zone(-7)),
    ("pdt", Word::Zone(-7)),
    ("pst", Word::Zone(-8)),
    ("t", Word::Separator),
];

/// Digits of a number that count.
const MOST_DIGITS: usize = 9;

fn is_white_space(unit: u16) -> bool {
    char::from_u32(u32::from(unit)).is_some_and(crate::operators::is_white_space)
}

fn is_letter(unit: u16) -> bool {
    unit >= u16::from(b'A') && !is_white_space(unit)
}

/// The text, a token at a time.
struct Scanner<'t> {
    text: &'t [u16],
    at: usize,
    /// The token that comes next.
    peek: Token,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t [u16]) -> Self {
        let mut scanner = Self { text, at: 0, peek: Token::End };
        scanner.peek = scanner.scan();
        scanner
    }

    fn unit(&self) -> Option<u16> {
        self.text.get(self.at).copied()
    }

    fn skip_while(&mut self, holds: impl Fn(u16) -> bool) -> &'t [u16] {
        let start = self.at;
        while self.unit().is_some_and(&holds) {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    fn scan(&mut self) -> Token {
        let Some(unit) = self.unit() else { return Token::End };
        match u8::try_from(unit) {
            Ok(b'0'..=b'9') => {
                let digits = self.skip_while(|unit| (0x30..0x3A).contains(&unit));
                let counted = digits.iter().skip_while(|unit| **unit == 0x30).take(MOST_DIGITS);
                let number = counted.fold(0, |number, unit| number * 10 + i32::from(unit - 0x30));
                return Token::Number(number, digits.len());
            }
            Ok(symbol @ (b':' | b'-' | b'+' | b'.' | b')')) => {
                self.at += 1;
                return Token::Symbol(symbol);
            }
            _ => {}
        }
        if is_letter(unit) {
            let word = self.skip_while(is_letter);
            return Token::Word(word_of(word), word.len());
        }
        if is_white_space(unit) {
            self.skip_while(is_white_space);
            return Token::WhiteSpace;
        }
        if unit == u16::from(b'(') {
            self.skip_parentheses();
        } else {
            self.at += 1;
        }
        Token::Other
    }

    /// Skips what stands in parentheses, also those inside.
    fn skip_parentheses(&mut self) {
        let mut depth = 0;
        while let Some(unit) = self.unit() {
            self.at += 1;
            match u8::try_from(unit) {
                Ok(b'(') => depth += 1,
                Ok(b')') => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }

    fn next(&mut self) -> Token {
        let token = self.peek;
        self.peek = self.scan();
        token
    }

    fn skip(&mut self, symbol: u8) -> bool {
        let is_it = self.peek == Token::Symbol(symbol);
        if is_it {
            self.next();
        }
        is_it
    }
}

fn word_of(word: &[u16]) -> Word {
    let lower = |unit: &u16| u8::try_from(unit | 0x20).unwrap_or(0);
    let prefix: Vec<u8> = word.iter().take(3).map(lower).collect();
    let found = WORDS.iter().find(|(name, meaning)| {
        name.as_bytes() == prefix && (word.len() <= 3 || matches!(meaning, Word::Month(_)))
    });
    found.map_or(Word::Other, |(_, meaning)| *meaning)
}

// ---------------------------------------------------------------------------
// What has been found
// ---------------------------------------------------------------------------

/// The numbers of the date, in the order of the text.
#[derive(Default)]
struct Day {
    numbers: Vec<i32>,
    named_month: Option<i32>,
    is_iso: bool,
}

fn is_day(number: i32) -> bool {
    (1..=31).contains(&number)
}

fn is_month(number: i32) -> bool {
    (1..=12).contains(&number)
}

impl Day {
    fn add(&mut self, number: i32) -> Option<()> {
        (self.numbers.len() < 3).then(|| self.numbers.push(number))
    }

    /// The day since the beginning of 1970.
    fn finish(&self) -> Option<f64> {
        let first = *self.numbers.first()?;
        let [second, third] = [1, 2].map(|index| self.numbers.get(index).copied().unwrap_or(1));
        let (year, month, day) = match self.named_month {
            None if self.is_iso || !is_day(first) => (first, second, third),
            None => (third, first, second),
            Some(month) if !is_day(first) => (first, month, second),
            Some(month) => (second, month, first),
        };
        let year = match year {
            0..=49 if !self.is_iso => year + 2000,
            50..=99 if !self.is_iso => year + 1900,
            _ => year,
        };
        if !is_month(month) || !is_day(day) {
            return None;
        }
        Some(make_day(f64::from(year), f64::from(month - 1), f64::from(day)))
    }
}

/// The numbers of the time of day.
#[derive(Default)]
struct Time {
    numbers: Vec<i32>,
    half_day: Option<i32>,
}

impl Time {
    fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    fn add(&mut self, number: i32) -> Option<()> {
        (self.numbers.len() < 4).then(|| self.numbers.push(number))
    }

    /// Adds the last number, unless there are as many as there can be.
    fn add_final(&mut self, number: i32) {
        let _ = self.add(number);
        self.numbers.resize(4, 0);
    }

    /// Whether a number can be the next one.
    fn expects(&self, number: i32) -> bool {
        match self.numbers.len() {
            1 | 2 => (0..60).contains(&number),
            3 => (0..1000).contains(&number),
            _ => false,
        }
    }

    /// Milliseconds since the beginning of the day.
    fn finish(&self) -> Option<f64> {
        let number = |index: usize| self.numbers.get(index).copied().unwrap_or(0);
        let (mut hour, rest) = (number(0), [number(1), number(2), number(3)]);
        if let Some(half_day) = self.half_day {
            if !(0..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + half_day;
        }
        let [minute, second, millisecond] = rest;
        let is_usual = hour < 24 && minute < 60 && second < 60 && millisecond < 1000;
        if !is_usual && (hour != 24 || rest != [0; 3]) {
            return None;
        }
        let [hour, minute, second, millisecond] =
            [hour, minute, second, millisecond].map(f64::from);
        Some(make_time(hour, minute, second, millisecond))
    }
}

/// By how much the text says that its time is ahead of UTC.
#[derive(Default)]
struct Zone {
    sign: Option<i32>,
    hour: Option<i32>,
    minute: Option<i32>,
}

impl Zone {
    fn set(&mut self, hours: i32) {
        let sign = if hours < 0 { -1 } else { 1 };
        *self = Self { sign: Some(sign), hour: Some(hours * sign), minute: Some(0) };
    }

    fn is_utc(&self) -> bool {
        self.hour == Some(0) && self.minute == Some(0)
    }

    fn expects(&self, number: i32) -> bool {
        self.hour.is_some() && self.minute.is_none() && (0..60).contains(&number)
    }

    /// Milliseconds.
    fn finish(&self) -> Option<f64> {
        let sign = f64::from(self.sign?);
        let (hour, minute) = (self.hour.unwrap_or(0), self.minute.unwrap_or(0));
        Some(sign * make_time(f64::from(hour), f64::from(minute), 0.0, 0.0))
    }
}

#[derive(Default)]
struct Parser {
    day: Day,
    time: Time,
    zone: Zone,
}

/// Reads a text; None if it is no date.
pub(super) fn parse(text: &[u16]) -> Option<Parsed> {
    let mut parser = Parser::default();
    let mut scanner = Scanner::new(text);
    let next = parser.standard(&mut scanner)?;
    parser.legacy(&mut scanner, next)?;
    let time = make_date(parser.day.finish()?, parser.time.finish()?);
    Some(match parser.zone.finish() {
        Some(offset) => Parsed::Utc(time - offset),
        None => Parsed::Local(time),
    })
}

/// The milliseconds that the digits after a point are.
fn milliseconds(token: Token) -> Option<i32> {
    let Token::Number(number, length) = token else { return None };
    Some(match length {
        1 => number * 100,
        2 => number * 10,
        _ => number / 10_i32.pow(length.min(MOST_DIGITS) as u32 - 3),
    })
}

impl Parser {
    /// The standard's form: gives the token with which the other form goes on. None if the
    /// text cannot be a date any more.
    fn standard(&mut self, scanner: &mut Scanner<'_>) -> Option<Token> {
        if scanner.peek.is_sign() {
            let sign = scanner.next();
            let Some(year) = scanner.peek.fixed(6) else { return Some(sign) };
            scanner.next();
            let is_negative = sign == Token::Symbol(b'-');
            if is_negative && year == 0 {
                return Some(sign);
            }
            self.day.add(if is_negative { -year } else { year })?;
        } else if let Some(year) = scanner.peek.fixed(4) {
            scanner.next();
            self.day.add(year)?;
        } else {
            return Some(scanner.next());
        }
        for holds in [is_month, is_day] {
            if !scanner.skip(b'-') {
                break;
            }
            let Some(number) = scanner.peek.fixed(2).filter(|number| holds(*number)) else {
                return Some(scanner.next());
            };
            scanner.next();
            self.day.add(number)?;
        }
        if scanner.peek == Token::Word(Word::Separator, 1) {
            scanner.next();
            self.standard_time(scanner)?;
        } else if scanner.peek != Token::End {
            return Some(scanner.next());
        }
        // A date alone is of UTC; with a time it is of local time.
        if self.zone.hour.is_none() && self.time.is_empty() {
            self.zone.set(0);
        }
        self.day.is_iso = true;
        Some(Token::End)
    }

    fn standard_time(&mut self, scanner: &mut Scanner<'_>) -> Option<()> {
        let two = |scanner: &mut Scanner<'_>, most: i32| {
            scanner.next().fixed(2).filter(|number| *number <= most)
        };
        let hour = two(scanner, 24)?;
        // Midnight may be the end of the day.
        let most = if hour == 24 { 0 } else { 59 };
        self.time.add(hour)?;
        if !scanner.skip(b':') {
            return None;
        }
        self.time.add(two(scanner, most)?)?;
        if scanner.skip(b':') {
            self.time.add(two(scanner, most)?)?;
            if scanner.skip(b'.') {
                let token = scanner.next();
                if hour == 24 && !matches!(token, Token::Number(0, _)) {
                    return None;
                }
                self.time.add(milliseconds(token)?)?;
            }
        }
        if scanner.peek.is_z() {
            scanner.next();
            self.zone.set(0);
        } else if scanner.peek.is_sign() {
            let sign = if scanner.next() == Token::Symbol(b'-') { -1 } else { 1 };
            let (hour, minute) = if let Some(both) = scanner.peek.fixed(4) {
                scanner.next();
                (both / 100, both % 100)
            } else {
                let hour = two(scanner, 23)?;
                if !scanner.skip(b':') {
                    return None;
                }
                (hour, two(scanner, 59)?)
            };
            if hour > 23 || minute > 59 {
                return None;
            }
            self.zone = Zone { sign: Some(sign), hour: Some(hour), minute: Some(minute) };
        }
        (scanner.peek == Token::End).then_some(())
    }

    /// V8's form, from a token on.
    fn legacy(&mut self, scanner: &mut Scanner<'_>, first: Token) -> Option<()> {
        let mut has_number = !self.day.numbers.is_empty();
        let mut token = if first == Token::End { scanner.next() } else { first };
        while token != Token::End {
            match token {
                Token::Number(number, _) => {
                    has_number = true;
                    self.number(scanner, number)?;
                }
                Token::Word(Word::HalfDay(hours), _) if !self.time.is_empty() => {
                    self.time.half_day = Some(hours);
                }
                Token::Word(Word::Month(month), _) => {
                    self.day.named_month = Some(month);
                    scanner.skip(b'-');
                }
                Token::Word(Word::Zone(hours), _) if has_number => self.zone.set(hours),
                // Other words are for before the first number, and do not touch it.
                Token::Word(..) if has_number || scanner.peek.is_number() => return None,
                Token::Symbol(sign @ (b'+' | b'-'))
                    if self.zone.is_utc() || !self.time.is_empty() =>
                {
                    self.offset(scanner, if sign == b'-' { -1 } else { 1 })?;
                    has_number = true;
                }
                Token::Symbol(b'+' | b'-' | b')') if has_number => return None,
                _ => {}
            }
            token = scanner.next();
        }
        Some(())
    }

    fn number(&mut self, scanner: &mut Scanner<'_>, number: i32) -> Option<()> {
        if scanner.skip(b':') {
            if scanner.skip(b':') {
                if !self.time.is_empty() {
                    return None;
                }
                self.time.add(number)?;
                return self.time.add(0);
            }
            self.time.add(number)?;
            scanner.skip(b'.');
            return Some(());
        }
        if scanner.skip(b'.') && self.time.expects(number) {
            self.time.add(number)?;
            let token = scanner.peek;
            let milliseconds = milliseconds(token)?;
            scanner.next();
            self.time.add_final(milliseconds);
            return Some(());
        }
        if self.zone.expects(number) {
            self.zone.minute = Some(number);
            return Some(());
        }
        if self.time.expects(number) {
            self.time.add_final(number);
            // The time has to end here.
            let next = scanner.peek;
            let ends =
                matches!(next, Token::End | Token::WhiteSpace) || next.is_z() || next.is_sign();
            return ends.then_some(());
        }
        self.day.add(number)?;
        scanner.skip(b'-');
        Some(())
    }

    /// What follows a sign behind the time of day, or behind the name of UTC.
    fn offset(&mut self, scanner: &mut Scanner<'_>, sign: i32) -> Option<()> {
        self.zone.sign = Some(sign);
        let (mut number, mut length) = (0, 0);
        if let Token::Number(found, digits) = scanner.peek {
            scanner.next();
            (number, length) = (found, digits);
        }
        (self.zone.hour, self.zone.minute) = if scanner.peek == Token::Symbol(b':') {
            (Some(number), None)
        } else {
            match length {
                1 | 2 => (Some(number), Some(0)),
                3 | 4 => (Some(number / 100), Some(number % 100)),
                _ => return None,
            }
        };
        Some(())
    }
}
