//! Numbers for people (ECMA-262 §21.1.3.4, §21.2.3.2; ECMA-402 §19.2, §19.3): in American
//! English, whatever language is asked for.
//!
//! Options are those of `Intl.NumberFormat` that say how many digits there are, how they
//! are grouped, and whether the number is a percentage or an amount of money. Others are
//! refused by name.

use super::locale::{number_option, options_object, requested_locale, text_option};
use crate::heap::Gc;
use crate::object::Object;
use crate::operators::{to_boolean, to_string};
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

/// How many digits there are when nobody says it.
const MOST_FRACTION_DIGITS: usize = 3;

/// Currencies with signs of their own; others go by their code.
const SIGNS: &[(&str, &str)] = &[
    ("AUD", "A$"),
    ("BRL", "R$"),
    ("CAD", "CA$"),
    ("CNY", "CN¥"),
    ("EUR", "€"),
    ("GBP", "£"),
    ("HKD", "HK$"),
    ("ILS", "₪"),
    ("INR", "₹"),
    ("JPY", "¥"),
    ("KRW", "₩"),
    ("MXN", "MX$"),
    ("NZD", "NZ$"),
    ("PHP", "₱"),
    ("TWD", "NT$"),
    ("USD", "$"),
    ("VND", "₫"),
    ("XAF", "FCFA"),
    ("XCD", "EC$"),
    ("XCG", "Cg."),
    ("XOF", "F\u{202F}CFA"),
    ("XPF", "CFPF"),
    ("XXX", "¤"),
];

/// Currencies whose amounts are whole.
const WHOLE: &[&str] = &[
    "AFN", "ALL", "BIF", "CLP", "COP", "DJF", "GNF", "HUF", "IDR", "IQD", "IRR", "ISK", "JPY",
    "KMF", "KPW", "KRW", "LAK", "LBP", "MGA", "MMK", "PKR", "PYG", "RWF", "SLL", "SOS", "SYP",
    "UGX", "VND", "VUV", "XAF", "XOF", "XPF", "YER",
];

/// Currencies of which a unit has a thousand parts.
const THOUSANDTHS: &[&str] = &["BHD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// A decimal number: digits, and how many of them stand before the point, which may be less
/// than none.
#[derive(Clone, Debug)]
pub(super) struct Decimal {
    is_negative: bool,
    digits: Vec<u8>,
    point: i32,
}

impl Decimal {
    /// The shortest decimal that is a finite number and no other.
    fn of_number(number: f64) -> Self {
        let (digits, exponent) = super::number_format::shortest(number.abs());
        Self::new(number.is_sign_negative(), digits.bytes(), exponent + 1)
    }

    /// An integer, from its digits.
    pub(super) fn of_integer(text: &str) -> Self {
        let digits = text.trim_start_matches('-');
        Self::new(text.starts_with('-'), digits.bytes(), digits.len() as i32)
    }

    fn new(is_negative: bool, digits: impl Iterator<Item = u8>, point: i32) -> Self {
        let mut decimal =
            Self { is_negative, digits: digits.map(|digit| digit - b'0').collect(), point };
        decimal.trim();
        decimal
    }

    /// Without zeros at the ends.
    fn trim(&mut self) {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        let zeros = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..zeros);
        self.point = if self.digits.is_empty() { 1 } else { self.point - zeros as i32 };
    }

    /// Rounds to so many digits from the first one; half-way cases go away from zero.
    fn round(&mut self, count: i32) {
        if count < 0 {
            self.digits.clear();
        } else if (count as usize) < self.digits.len() {
            let rounds_up = self.digits[count as usize] >= 5;
            self.digits.truncate(count as usize);
            if rounds_up {
                self.increment();
            }
        }
        self.trim();
    }

    fn increment(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < 9 {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
        self.point += 1;
    }

    /// The digit at a place before the point, counted from it to the left, or behind it if
    /// the place is negative.
    fn digit(&self, place: i32) -> char {
        let index = self.point - 1 - place;
        let digit = usize::try_from(index).ok().and_then(|index| self.digits.get(index));
        char::from(b'0' + digit.copied().unwrap_or(0))
    }
}

/// How thousands are set apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Grouping {
    Never,
    Always,
    /// From ten thousand on.
    FromTwo,
}

/// How many digits there are.
#[derive(Clone, Copy, Debug)]
enum Digits {
    Fraction { least: usize, most: usize },
    Significant { least: usize, most: usize },
}

#[derive(Clone, Debug)]
struct Format {
    is_percent: bool,
    /// What stands before the digits: a currency.
    sign: String,
    least_integer_digits: usize,
    digits: Digits,
    grouping: Grouping,
}

impl Default for Format {
    fn default() -> Self {
        Self {
            is_percent: false,
            sign: String::new(),
            least_integer_digits: 1,
            digits: Digits::Fraction { least: 0, most: MOST_FRACTION_DIGITS },
            grouping: Grouping::Always,
        }
    }
}

/// `Number.prototype.toLocaleString` (ECMA-402 §19.2.1)
pub(super) fn number_text(vm: &mut Vm, arguments: Arguments<'_>, number: f64) -> Completion {
    let format = read(vm, arguments, "Number.prototype.toLocaleString")?;
    let text = if number.is_nan() {
        format.surround(false, "NaN")
    } else if number.is_infinite() {
        format.surround(number < 0.0, "∞")
    } else {
        format.write(Decimal::of_number(number))
    };
    Ok(Value::cell(vm.memory.string(&text)))
}

/// `BigInt.prototype.toLocaleString` (ECMA-402 §19.3.1), of an integer's digits.
pub(super) fn bigint_text(vm: &mut Vm, arguments: Arguments<'_>, digits: &str) -> Completion {
    let format = read(vm, arguments, "BigInt.prototype.toLocaleString")?;
    let text = format.write(Decimal::of_integer(digits));
    Ok(Value::cell(vm.memory.string(&text)))
}

/// `InitializeNumberFormat` (ECMA-402 §16.1.2), without languages.
fn read(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<Format> {
    requested_locale(vm, arguments.get(0))?;
    let mut format = Format::default();
    let Some(options) = options_object(vm, arguments.get(1), method)? else { return Ok(format) };
    let text = |vm: &mut Vm, name: &str, allowed: &[&'static str]| {
        text_option(vm, options, method, name, allowed)
    };
    text(vm, "localeMatcher", &["lookup", "best fit"])?;
    let style = text(vm, "style", &["decimal", "percent", "currency", "unit"])?;
    let currency = currency(vm, options)?;
    let display = text(vm, "currencyDisplay", &["code", "symbol", "narrowSymbol", "name"])?;
    let notation = text(vm, "notation", &["standard", "scientific", "engineering", "compact"])?;
    for (what, value) in [("style", style), ("notation", notation), ("currencyDisplay", display)] {
        if let Some(value @ ("unit" | "scientific" | "engineering" | "compact" | "name")) = value {
            let message = format!("{method}: {what} '{value}' is not built yet");
            return Err(vm.throw_range_error(&message));
        }
    }
    let (mut least, mut most) = (0, MOST_FRACTION_DIGITS);
    match style {
        Some("percent") => {
            format.is_percent = true;
            most = 0;
        }
        Some("currency") => {
            let Some(code) = currency else {
                let message = "Currency code is required with currency style.";
                return Err(vm.throw_type_error(message));
            };
            let code = code.as_str();
            least = if WHOLE.contains(&code) {
                0
            } else if THOUSANDTHS.contains(&code) {
                3
            } else {
                2
            };
            most = least;
            format.sign = match display {
                Some("code") => format!("{code}\u{A0}"),
                Some("narrowSymbol") if sign_of(code).is_some_and(|it| it.contains('$')) => {
                    "$".to_owned()
                }
                _ => sign_of(code).map_or_else(|| format!("{code}\u{A0}"), spaced),
            };
        }
        _ => {}
    }
    read_digits(vm, options, &mut format, (least, most))?;
    format.grouping = grouping(vm, options, method)?;
    Ok(format)
}

fn sign_of(code: &str) -> Option<&'static str> {
    SIGNS.iter().find(|(known, _)| *known == code).map(|(_, sign)| *sign)
}

/// A sign that ends in a letter stands apart from digits.
fn spaced(sign: &str) -> String {
    let is_letter = sign.ends_with(char::is_alphabetic);
    format!("{sign}{}", if is_letter { "\u{A0}" } else { "" })
}

/// The option `currency`, three letters.
fn currency(vm: &mut Vm, options: Gc<Object>) -> Completion<Option<String>> {
    let value = vm.get(options, vm.memory.key("currency"))?;
    if value.is_undefined() {
        return Ok(None);
    }
    let code = to_string(vm, value)?.to_rust(&vm.memory);
    if code.len() != 3 || !code.bytes().all(|letter| letter.is_ascii_alphabetic()) {
        return Err(vm.throw_range_error(&format!("Invalid currency code : {code}")));
    }
    Ok(Some(code.to_ascii_uppercase()))
}

/// `SetNumberFormatDigitOptions` (ECMA-402 §16.1.3)
fn read_digits(
    vm: &mut Vm,
    options: Gc<Object>,
    format: &mut Format,
    (least_usual, most_usual): (usize, usize),
) -> Completion<()> {
    /// `DefaultNumberOption` (ECMA-402 §9.2.12): a number again, in narrower bounds.
    fn within(
        vm: &mut Vm,
        name: &str,
        number: Option<usize>,
        (least, most): (usize, usize),
    ) -> Completion<Option<usize>> {
        match number {
            Some(number) if !(least..=most).contains(&number) => {
                Err(vm.throw_range_error(&format!("{name} value is out of range.")))
            }
            number => Ok(number),
        }
    }
    const MOST: usize = 100;
    const MOST_SIGNIFICANT: usize = 21;
    let integers = number_option(vm, options, "minimumIntegerDigits", (1, MOST_SIGNIFICANT))?;
    format.least_integer_digits = integers.unwrap_or(1);
    let fraction = ["minimumFractionDigits", "maximumFractionDigits"];
    let least = number_option(vm, options, fraction[0], (0, MOST))?;
    let most = number_option(vm, options, fraction[1], (0, MOST))?;
    let significant = ["minimumSignificantDigits", "maximumSignificantDigits"];
    let mut bounds = [None; 2];
    for (bound, name) in bounds.iter_mut().zip(significant) {
        *bound = number_option(vm, options, name, (1, MOST_SIGNIFICANT))?;
    }
    if bounds != [None; 2] {
        let least = bounds[0].unwrap_or(1);
        let most = within(vm, significant[1], bounds[1], (least, MOST_SIGNIFICANT))?;
        format.digits = Digits::Significant { least, most: most.unwrap_or(MOST_SIGNIFICANT) };
        return Ok(());
    }
    let (least, most) = match (least, most) {
        (None, None) => (least_usual, most_usual),
        (Some(least), None) => (least, most_usual.max(least)),
        (None, Some(most)) => (least_usual.min(most), most),
        (Some(least), most) => {
            let most = within(vm, fraction[1], most, (least, MOST))?;
            (least, most.unwrap_or(least))
        }
    };
    format.digits = Digits::Fraction { least, most };
    Ok(())
}

/// `GetBooleanOrStringNumberFormatOption` (ECMA-402 §16.5.13) of `useGrouping`.
fn grouping(vm: &mut Vm, options: Gc<Object>, method: &str) -> Completion<Grouping> {
    let value = vm.get(options, vm.memory.key("useGrouping"))?;
    if value.is_undefined() || value == Value::TRUE {
        return Ok(Grouping::Always);
    }
    if !to_boolean(value) {
        return Ok(Grouping::Never);
    }
    let text: Gc<JsString> = to_string(vm, value)?;
    match text.to_rust(&vm.memory).as_str() {
        "true" | "false" | "auto" | "always" => Ok(Grouping::Always),
        "min2" => Ok(Grouping::FromTwo),
        text => {
            let message =
                format!("Value {text} out of range for {method} options property useGrouping");
            Err(vm.throw_range_error(&message))
        }
    }
}

impl Format {
    /// What stands around the digits.
    fn surround(&self, is_negative: bool, digits: &str) -> String {
        let minus = if is_negative { "-" } else { "" };
        let percent = if self.is_percent { "%" } else { "" };
        let is_number = digits.starts_with(|c: char| c.is_ascii_digit());
        let sign = if is_number { &self.sign } else { self.sign.trim_end() };
        format!("{minus}{sign}{digits}{percent}")
    }

    fn write(&self, mut decimal: Decimal) -> String {
        if self.is_percent && !decimal.digits.is_empty() {
            decimal.point += 2;
        }
        // The digits of the fraction that are written.
        let fraction = match self.digits {
            Digits::Fraction { least, most } => {
                decimal.round(decimal.point + most as i32);
                (decimal.digits.len() as i32 - decimal.point).max(least as i32)
            }
            Digits::Significant { least, most } => {
                decimal.round(most as i32);
                (decimal.digits.len().max(least) as i32) - decimal.point
            }
        };
        let integers = decimal.point.max(self.least_integer_digits as i32);
        let is_grouped = match self.grouping {
            Grouping::Never => false,
            Grouping::Always => true,
            Grouping::FromTwo => integers > 4,
        };
        let mut text = String::new();
        for place in (0..integers).rev() {
            text.push(decimal.digit(place));
            if is_grouped && place > 0 && place % 3 == 0 {
                text.push(',');
            }
        }
        if fraction > 0 {
            text.push('.');
            text.extend((1..=fraction).map(|place| decimal.digit(-place)));
        }
        self.surround(decimal.is_negative, &text)
    }
}
