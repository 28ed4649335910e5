//! What strings know of languages: normal forms, order, and letters whose case depends on
//! the language (ECMA-262 §22.1.3.12, §22.1.3.15; ECMA-402 §19.1). The data are ICU's; the
//! default language is American English.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_casemap::CaseMapperBorrowed;
use icu_collator::options::{AlternateHandling, CaseLevel, CollatorOptions, MaxVariable, Strength};
use icu_collator::preferences::{CollationCaseFirst, CollationNumericOrdering};
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use super::{Text, this_string};
use crate::builtins::locale::{requested_locale, text_option};
use crate::builtins::{Entry, function};
use crate::operators::{to_boolean, to_string};
use crate::string::Units;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("localeCompare", 1, locale_compare),
    function("normalize", 0, normalize),
    function("toLocaleLowerCase", 0, |vm, it| to_locale_case(vm, it, Case::Lower)),
    function("toLocaleUpperCase", 0, |vm, it| to_locale_case(vm, it, Case::Upper)),
];

// ---------------------------------------------------------------------------
// Normal forms
// ---------------------------------------------------------------------------

/// `String.prototype.normalize` (§22.1.3.15)
fn normalize(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let string = this_string(vm, arguments, "normalize")?;
    let form = match arguments.get(0) {
        Value::UNDEFINED => "NFC".to_owned(),
        form => to_string(vm, form)?.to_rust(&vm.memory),
    };
    let convert: fn(&[u16]) -> Vec<u16> = match form.as_str() {
        "NFC" => |run| ComposingNormalizerBorrowed::new_nfc().normalize_utf16(run).into_owned(),
        "NFD" => |run| DecomposingNormalizerBorrowed::new_nfd().normalize_utf16(run).into_owned(),
        "NFKC" => |run| ComposingNormalizerBorrowed::new_nfkc().normalize_utf16(run).into_owned(),
        "NFKD" => |run| DecomposingNormalizerBorrowed::new_nfkd().normalize_utf16(run).into_owned(),
        _ => {
            let message = "The normalization form should be one of NFC, NFD, NFKC, NFKD.";
            return Err(vm.throw_range_error(message));
        }
    };
    // What is Latin-1 is composed.
    if string.is_ascii(&vm.memory) || string.is_latin1() && form == "NFC" {
        return Ok(Value::cell(string));
    }
    let units = string.units(&vm.memory).to_utf16();
    let mut text = Text::default();
    // The normalizer would replace surrogates that stand alone.
    let mut start = 0;
    let mut at = 0;
    while at < units.len() {
        let (point, count) = Units::Utf16(&units).code_point_at(at);
        if (0xD800..0xE000).contains(&point) {
            text.push(Units::Utf16(&convert(&units[start..at])));
            text.push_unit(units[at]);
            start = at + 1;
        }
        at += count;
    }
    text.push(Units::Utf16(&convert(&units[start..])));
    text.finish(vm)
}

// ---------------------------------------------------------------------------
// Order
// ---------------------------------------------------------------------------

/// The order of the default language.
static DEFAULT_ORDER: LazyLock<Option<CollatorBorrowed<'static>>> = LazyLock::new(|| {
    CollatorBorrowed::try_new(CollatorPreferences::default(), CollatorOptions::default()).ok()
});

/// `String.prototype.localeCompare` (§22.1.3.12; ECMA-402 §19.1.1)
fn locale_compare(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let string = this_string(vm, arguments, "localeCompare")?;
    let other = to_string(vm, arguments.get(0))?;
    let (locales, options) = (arguments.get(1), arguments.get(2));
    let special;
    let order = if locales.is_undefined() && options.is_undefined() {
        DEFAULT_ORDER.as_ref()
    } else {
        let locale = requested_locale(vm, locales)?;
        special = collator(vm, locale, options)?;
        special.as_ref()
    };
    let (left, right) = (string.units(&vm.memory), other.units(&vm.memory));
    let ordering = match order {
        _ if left == right => Ordering::Equal,
        Some(order) => match (left, right) {
            (Units::Latin1(left), Units::Latin1(right)) if left.is_ascii() && right.is_ascii() => {
                order.compare_utf8(left, right)
            }
            _ => order.compare_utf16(&left.to_utf16(), &right.to_utf16()),
        },
        None => left.cmp(&right),
    };
    Ok(Value::int(ordering as i32))
}

/// The order of a language with options (ECMA-402 §10.1.1).
fn collator(
    vm: &mut Vm,
    locale: Option<Locale>,
    options: Value,
) -> Completion<Option<CollatorBorrowed<'static>>> {
    let mut preferences =
        locale.map_or_else(CollatorPreferences::default, |locale| (&locale).into());
    let mut wanted = CollatorOptions::default();
    if !options.is_undefined() {
        let options = vm.to_object(options)?;
        let option = |vm: &mut Vm, name: &str, allowed: &[&'static str]| {
            text_option(vm, options, "String.prototype.localeCompare", name, allowed)
        };
        option(vm, "usage", &["sort", "search"])?;
        option(vm, "localeMatcher", &["lookup", "best fit"])?;
        let numeric = vm.get(options, vm.memory.literal_key("numeric"))?;
        if !numeric.is_undefined() {
            preferences.numeric_ordering = Some(if to_boolean(numeric) {
                CollationNumericOrdering::True
            } else {
                CollationNumericOrdering::False
            });
        }
        match option(vm, "caseFirst", &["upper", "lower", "false"])? {
            Some("upper") => preferences.case_first = Some(CollationCaseFirst::Upper),
            Some("lower") => preferences.case_first = Some(CollationCaseFirst::Lower),
            Some(_) => preferences.case_first = Some(CollationCaseFirst::False),
            None => {}
        }
        match option(vm, "sensitivity", &["base", "accent", "case", "variant"])? {
            Some("base") => wanted.strength = Some(Strength::Primary),
            Some("accent") => wanted.strength = Some(Strength::Secondary),
            Some("case") => {
                wanted.strength = Some(Strength::Primary);
                wanted.case_level = Some(CaseLevel::On);
            }
            _ => {}
        }
        let ignore_punctuation = vm.get(options, vm.memory.literal_key("ignorePunctuation"))?;
        if to_boolean(ignore_punctuation) {
            wanted.alternate_handling = Some(AlternateHandling::Shifted);
            wanted.max_variable = Some(MaxVariable::Punctuation);
        }
    }
    Ok(CollatorBorrowed::try_new(preferences, wanted).ok())
}

// ---------------------------------------------------------------------------
// Case
// ---------------------------------------------------------------------------

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Lower,
    Upper,
}

/// `toLocaleLowerCase`, `toLocaleUpperCase` (ECMA-402 §19.1.2, §19.1.3)
fn to_locale_case(vm: &mut Vm, arguments: Arguments<'_>, case: Case) -> Completion {
    let (method, convert): (_, fn(&mut Vm, Arguments<'_>, &str) -> Completion) = match case {
        Case::Lower => ("toLocaleLowerCase", super::building::to_lower_case),
        Case::Upper => ("toLocaleUpperCase", super::building::to_upper_case),
    };
    if arguments.get(0).is_undefined() {
        return convert(vm, arguments, method);
    }
    let string = this_string(vm, arguments, method)?;
    let locale = requested_locale(vm, arguments.get(0))?;
    let locale = locale.filter(|locale| {
        // In other languages letters have the case that Unicode gives them.
        matches!(locale.id.language.as_str(), "az" | "el" | "lt" | "tr")
    });
    let Some(locale) = locale else { return convert(vm, arguments, method) };
    let mapper = CaseMapperBorrowed::new();
    let units = string.units(&vm.memory).to_utf16();
    let text = super::building::by_runs(&units, |run| {
        match case {
            Case::Lower => mapper.lowercase_to_string(run, &locale.id),
            Case::Upper => mapper.uppercase_to_string(run, &locale.id),
        }
        .into_owned()
    });
    text.finish(vm)
}
