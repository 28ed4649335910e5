//! One case that is valid and one that is not for each rule; the messages are
//! V8's.

use super::{Flags, RegExpError, validate};

/// What [`check`] expects: `Ok` or V8's message.
type Expected = Result<(), &'static str>;

const OK: Expected = Ok(());

#[track_caller]
fn check(pattern: impl AsRef<[u8]>, flags: &str, expected: Expected) {
    let pattern = pattern.as_ref();
    let found = validate(pattern, Flags::parse(flags).expect("valid flags"));
    let message = found.as_ref().map_err(|error| error.message.as_str()).copied();
    let shown = String::from_utf8_lossy(&pattern[..pattern.len().min(80)]);
    assert_eq!(message, expected, "/{shown}/{flags}");
}

/// The byte offset of the fault.
#[track_caller]
fn check_offset(pattern: &str, flags: &str, offset: u32) {
    let error = validate(pattern.as_bytes(), Flags::parse(flags).expect("valid flags"));
    assert_eq!(
        error.map_err(|RegExpError { offset, .. }| offset),
        Err(offset),
        "/{pattern}/{flags}"
    );
}

#[test]
fn flags() {
    assert_eq!(Flags::parse(""), Some(Flags::NONE));
    assert!(Flags::parse("dgimsuy").is_some_and(Flags::unicode_mode));
    assert!(Flags::parse("v").is_some_and(Flags::unicode_sets_mode));
    for invalid in ["x", "gg", "uv", "vgu", "G", "\u{131}", "g "] {
        assert_eq!(Flags::parse(invalid), None, "{invalid}");
    }
}

#[test]
fn disjunction() {
    check("", "", OK);
    check("a|b||", "u", OK);
    check("(a|(?:b))|", "v", OK);
    check("(a", "", Err("Unterminated group"));
    check("a)", "", Err("Unmatched ')'"));
    check("(a))", "u", Err("Unmatched ')'"));
}

#[test]
fn quantifier() {
    check("a*b+?c??d{1}e{2,}f{3,4}?", "u", OK);
    check("a**", "", Err("Nothing to repeat"));
    check("*", "", Err("Nothing to repeat"));
    check("|+", "", Err("Nothing to repeat"));
    check("(?)", "", Err("Invalid group"));
    check("^*", "", Err("Nothing to repeat"));
    check("\\b?", "u", Err("Nothing to repeat"));
    check("{1}", "", Err("Nothing to repeat"));
    check("a{1}{1}", "", Err("Nothing to repeat"));
    check("é+", "", OK);
}

#[test]
fn quantifier_braces_are_literal_only_in_annex_b() {
    check("a{", "", OK);
    check("a{,5}", "", OK);
    check("x{1,b}", "", OK);
    check("}]", "", OK);
    check("a{", "u", Err("Incomplete quantifier"));
    check("a{,5}", "v", Err("Incomplete quantifier"));
    check("{", "u", Err("Lone quantifier brackets"));
    check("}", "v", Err("Lone quantifier brackets"));
    check("]", "u", Err("Lone quantifier brackets"));
}

#[test]
fn quantifier_numbers_are_compared_at_any_length() {
    check("a{1,1}", "", OK);
    check("a{0002,3}", "", OK);
    check("a{2,1}", "", Err("numbers out of order in {} quantifier"));
    check("a{10,9}", "", Err("numbers out of order in {} quantifier"));
    check("a{99999999999999999999,100000000000000000000}", "", OK);
    check(
        "a{100000000000000000000,99999999999999999999}",
        "",
        Err("numbers out of order in {} quantifier"),
    );
}

#[test]
fn lookaround_is_quantifiable_only_ahead_and_only_in_annex_b() {
    check("(?=a)*(?!b){2}", "", OK);
    check("(?=a)(?!b)(?<=c)(?<!d)", "u", OK);
    check("(?=a)*", "u", Err("Invalid quantifier"));
    check("(?!a){2}", "v", Err("Invalid quantifier"));
    check("(?<=a)?", "", Err("Invalid quantifier"));
    check("(?<!a)+", "", Err("Invalid quantifier"));
    check("(?<=a){", "", OK);
}

#[test]
fn modifiers() {
    check("(?i:a)(?ims:a)(?-i:a)(?i-ms:a)(?i-:a)", "", OK);
    check("(?-:a)", "", Err("Invalid flag group"));
    check("(?ii:a)", "", Err("Repeated flag in flag group"));
    check("(?i-i:a)", "", Err("Repeated flag in flag group"));
    check("(?-s-:a)", "", Err("Multiple dashes in flag group"));
    check("(?--i:a)", "", Err("Multiple dashes in flag group"));
    check("(?g:a)", "", Err("Invalid group"));
    check("(?i)", "", Err("Invalid group"));
    check("(?I:a)", "", Err("Invalid group"));
    check("(?i", "", Err("Invalid group"));
    check("(?i:", "", Err("Unterminated group"));
}

#[test]
fn group_name() {
    check("(?<a>)(?<$>)(?<_>)(?<π1>)(?<a\u{200C}\u{200D}>)", "", OK);
    check("(?<>a)", "", Err("Invalid capture group name"));
    check("(?<1a>a)", "", Err("Invalid capture group name"));
    check("(?<a-b>a)", "", Err("Invalid capture group name"));
    check("(?<a", "u", Err("Invalid capture group name"));
    check("(?<❤>a)", "u", Err("Invalid capture group name"));
    check(b"(?<\xED\xA0\xBD>a)", "", Err("Invalid capture group name"));
}

#[test]
fn group_name_has_unicode_mode_escapes_under_all_flags() {
    for flags in ["", "u", "v"] {
        check("(?<𝒜>)\\k<𝒜>", flags, OK);
        check("(?<\\u{1d49c}>)\\k<\\ud835\\udc9c>\\k<𝒜>", flags, OK);
        check("(?<\\u0061>)\\k<a>", flags, OK);
        check("(?<\\u{110000}>)", flags, Err("Invalid Unicode escape"));
        check("(?<\\u{}>)", flags, Err("Invalid Unicode escape"));
        check("(?<\\u{000000061>)", flags, Err("Invalid Unicode escape"));
        check("(?<\\ud835>)", flags, Err("Invalid capture group name"));
        check("(?<\\x61>)", flags, Err("Invalid capture group name"));
    }
}

#[test]
fn duplicate_group_name_only_in_different_alternatives() {
    check("(?<a>x)|(?<a>y)|(?<a>z)", "", OK);
    check("(?:(?<a>x)|(?<a>y))z", "u", OK);
    check("(?:(?<a>x)|y)|(?<a>z)", "", OK);
    check("(?:(?:(?<a>x)|y)(?<b>)|(?<a>z)(?<b>))", "", OK);
    for duplicate in [
        "(?<a>x)(?<a>y)",
        "(?<a>x)(?<\\u0061>y)",
        "(?<a>(?<a>y))",
        "(?:(?<a>x)|y)(?<a>z)",
        "(?<a>x)(?:y|(?<a>z))",
        "(?<a>x)|(?:y|(?<a>z)(?<a>))",
        "(?:(?<a>x)|(?<a>y))(?<b>)(?<a>z)",
        "(?=(?<a>x))(?<a>x)",
        "(?<a>(?:|(?<b>)|(?<c>(?<a>))))",
    ] {
        check(duplicate, "", Err("Duplicate capture group name"));
    }
}

#[test]
fn named_reference_depends_on_whether_a_group_has_a_name() {
    check("\\k", "", OK);
    check("\\k<a>", "", OK);
    check("[\\k](?<=a)(?<!b)", "", OK);
    check("\\k<a>(?<a>x)", "", OK);
    check("\\k<a>|(?<a>x)", "u", OK);
    check("\\k(?<a>x)", "", Err("Invalid named reference"));
    check("(?<a>x)[\\k]", "", Err("Invalid escape"));
    check("[(?<a>x)]\\k", "", OK);
    check("\\(?<a>x\\k", "", OK);
    check("(?<a>x)\\k<b>", "", Err("Invalid named capture referenced"));
    check("\\k<a>", "u", Err("Invalid named capture referenced"));
    check("\\k", "u", Err("Invalid named reference"));
    check("(?<a>x)\\k<a", "", Err("Invalid capture group name"));
}

#[test]
fn decimal_escape() {
    check("\\1\\9\\99999999999999999999", "", OK);
    check("\\2(a)(?:b)(?<c>d)", "u", OK);
    check("\\3(a)(?:b)(?<c>d)", "u", Err("Invalid escape"));
    check("(a)\\99999999999999999999", "u", Err("Invalid escape"));
    check("\\1[(](?=a)(?<=a)\\(", "u", Err("Invalid escape"));
    check("\\0", "u", OK);
    check("\\00\\07\\377\\8", "", OK);
    check("\\00", "u", Err("Invalid decimal escape"));
    check("[\\1\\8]", "", OK);
    check("[\\1]", "u", Err("Invalid decimal escape"));
    check("[\\8]", "u", Err("Invalid escape"));
}

#[test]
fn character_escape() {
    check("\\f\\n\\r\\t\\v\\cA\\x41\\u0041\\^\\/", "u", OK);
    check("\\a\\e\\-\\_\\é\\😀", "", OK);
    check("\\a", "u", Err("Invalid escape"));
    check("\\-", "u", Err("Invalid escape"));
    check("\\é", "v", Err("Invalid escape"));
    check("\\x4\\u004\\c\\c1", "", OK);
    check("\\x4", "u", Err("Invalid escape"));
    check("\\c", "u", Err("Invalid Unicode escape"));
    check("\\c1", "v", Err("Invalid Unicode escape"));
    check("\\", "", Err("\\ at end of pattern"));
    check("[\\", "u", Err("\\ at end of pattern"));
}

#[test]
fn unicode_escape() {
    check("\\u{0}\\u{10FFFF}\\u{00000000000000041}\\ud83d\\ude00\\ud83d", "u", OK);
    check("\\u{110000}\\u{}\\u{x}\\u{\\u", "", OK);
    check("\\u{110000}", "u", Err("Invalid Unicode escape"));
    check("\\u{FFFFFFFFFFFFFFFFFFFF}", "u", Err("Invalid Unicode escape"));
    check("\\u{}", "u", Err("Invalid Unicode escape"));
    check("\\u{41", "u", Err("Invalid Unicode escape"));
    check("\\u004", "v", Err("Invalid Unicode escape"));
}

#[test]
fn class_ranges() {
    check("[][^][a-z][-a][a-][^-][--a]", "", OK);
    check("[(?<*+{]", "u", OK);
    check("[z-a]", "", Err("Range out of order in character class"));
    check("[\\x62-a]", "u", Err("Range out of order in character class"));
    check("[\\077-\\76]", "", Err("Range out of order in character class"));
    check("[\\cb-\\ca]", "", Err("Range out of order in character class"));
    check("[\\c1-\\c_\\c*]", "", OK);
    check("[\\b-\\-]", "u", OK);
    check("[a", "", Err("Unterminated character class"));
    check("[\\]", "", Err("Unterminated character class"));
}

#[test]
fn class_escape_as_end_of_a_range_only_in_annex_b() {
    check("[\\d-z][a-\\w][\\s-\\S]", "", OK);
    check("[\\d-]", "u", OK);
    check("[\\d-z]", "u", Err("Invalid character class"));
    check("[a-\\p{L}]", "u", Err("Invalid character class"));
    check("[\\w-a-Z]", "", OK);
    check("[a-\\w-Z]", "", OK);
}

#[test]
fn class_of_code_units_without_u() {
    check("[😀-😂]", "u", OK);
    check("[😂-😀]", "u", Err("Range out of order in character class"));
    // D83D DE00-D83D DE02
    check("[😀-😂]", "", Err("Range out of order in character class"));
    check("[a-😀]", "", OK);
    check("[a-😀-\\uFFFF]", "", OK);
    check("[a-😀-b]", "", Err("Range out of order in character class"));
    check("[\\ud83d\\ude00-\\ud83d]", "", Err("Range out of order in character class"));
    check("[\\ud83d\\ude00-\\ud83d\\ude02]", "u", OK);
    check(b"[\xED\xA0\xBD-\xED\xB8\x80]", "u", OK);
    check(b"[\xED\xB8\x80-\xED\xA0\xBD]", "u", Err("Range out of order in character class"));
}

#[test]
fn class_set() {
    check("[][^][a-z][[a]b[^c]][\\d\\q{}]", "v", OK);
    check("[a&&b&&[c]][a--b--\\d][[a--b]&&c][^\\p{L}--\\q{a|b}]", "v", OK);
    check("[\\&\\-\\!\\#\\%\\,\\:\\;\\<\\=\\>\\@\\`\\~\\b]", "v", OK);
    check("[a&b!c]", "v", OK);
    check("[a&&b--c]", "v", Err("Invalid set operation in character class"));
    check("[ab&&c]", "v", Err("Invalid set operation in character class"));
    check("[a&&bc]", "v", Err("Invalid set operation in character class"));
    check("[a-z&&b]", "v", Err("Invalid set operation in character class"));
    check("[a&&b-z]", "v", Err("Invalid set operation in character class"));
    check("[a--b-z]", "v", Err("Invalid set operation in character class"));
    check("[&&a]", "v", Err("Invalid set operation in character class"));
    check("[a&&&b]", "v", Err("Invalid character in character class"));
    check("[a&&]", "v", Err("Invalid character in character class"));
    check("[a", "v", Err("Unterminated character class"));
    check("[[a]", "v", Err("Unterminated character class"));
    check("[\\q{a", "v", Err("Unterminated character class"));
}

#[test]
fn class_set_character() {
    for syntax in ["(", ")", "{", "}", "/", "-", "|"] {
        check(format!("[{syntax}]"), "u", OK);
        check(format!("[\\{syntax}]"), "v", OK);
        check(format!("[{syntax}]"), "v", Err("Invalid character in character class"));
    }
    for double in [
        "&&", "!!", "##", "$$", "%%", "**", "++", ",,", "..", "::", ";;", "<<", "==", ">>", "??",
        "@@", "^^", "``", "~~",
    ] {
        check(format!("[a{double}]"), "u", OK);
        check(format!("[{} {}]", &double[..1], &double[..1]), "v", OK);
        // After && another operand is looked for, and ] is none.
        let message = match double {
            "&&" => "Invalid character in character class",
            _ => "Invalid set operation in character class",
        };
        check(format!("[a{double}]"), "v", Err(message));
    }
    check("[\\a]", "v", Err("Invalid escape"));
    check("[\\q]", "v", Err("Invalid escape"));
    check("\\q{a}", "v", Err("Invalid escape"));
}

#[test]
fn class_set_range() {
    check("[a-z0-9\\--\\/]", "v", OK);
    check("[z-a]", "v", Err("Range out of order in character class"));
    check("[a-]", "v", Err("Invalid character in character class"));
    check("[\\d-a]", "v", Err("Invalid character class"));
    check("[a-\\d]", "v", Err("Invalid character class"));
    check("[a-[b]]", "v", Err("Invalid character class"));
    check("[a-c-e]", "v", Err("Invalid character class"));
}

#[test]
fn negated_class_may_not_contain_strings() {
    let refused = Err("Negated character class may contain strings");
    check("[^\\q{a|b}]", "v", OK);
    check("[^\\q{ab}]", "v", refused);
    check("[^\\q{a|}]", "v", refused);
    check("[^\\q{}]", "v", refused);
    check("[^\\p{RGI_Emoji}]", "v", refused);
    check("[[^\\p{RGI_Emoji}]]", "v", refused);
    check("[^[\\q{ab}]]", "v", refused);
    check("[^a\\q{ab}b]", "v", refused);
    check("[^\\q{ab}&&\\q{ab}]", "v", refused);
    check("[^\\q{ab}&&a][^a&&\\q{ab}]", "v", OK);
    check("[^\\q{ab}--\\q{ab}]", "v", refused);
    check("[^a--\\q{ab}]", "v", OK);
    check("[\\q{ab}[\\q{cd}]]", "v", OK);
}

#[test]
fn unicode_property() {
    check("\\p{L}\\p{Letter}\\p{Alphabetic}\\P{Any}\\p{space}", "u", OK);
    check("\\p{gc=Lu}\\p{General_Category=Uppercase_Letter}", "u", OK);
    check("\\p{Script=Greek}\\p{sc=Grek}\\p{scx=Beria_Erfe}\\p{Script_Extensions=Zyyy}", "v", OK);
    check("\\p\\p{\\p{Foo}", "", OK);
    for refused in [
        "\\p",
        "\\p{",
        "\\p{}",
        "\\pL",
        "\\p{l}",
        "\\p{ L}",
        "\\p{Lower_case}",
        "\\p{Greek}",
        "\\p{Script}",
        "\\p{Script=}",
        "\\p{Script=greek}",
        "\\p{sc=L}",
        "\\p{Alphabetic=Y}",
        "\\p{L=Lu}",
        "\\p{Block=ASCII}",
        "\\p{Lu",
        "\\P{Foo}",
    ] {
        check(refused, "u", Err("Invalid property name"));
        check(format!("[{refused}]"), "v", Err("Invalid property name in character class"));
    }
}

#[test]
fn unicode_property_of_strings_only_with_v() {
    for name in [
        "Basic_Emoji",
        "Emoji_Keycap_Sequence",
        "RGI_Modifier_Sequence",
        "RGI_Emoji_Flag_Sequence",
        "RGI_Emoji",
    ] {
        let is_name = name != "RGI_Modifier_Sequence";
        let expected = if is_name { OK } else { Err("Invalid property name") };
        check(format!("\\p{{{name}}}"), "v", expected);
        check(format!("\\p{{{name}}}"), "u", Err("Invalid property name"));
        check(format!("\\P{{{name}}}"), "v", Err("Invalid property name"));
        check(format!("\\p{{{name}=Y}}"), "v", Err("Invalid property name"));
    }
}

#[test]
fn tables_are_sorted() {
    use super::unicode_property_names as names;
    for table in [
        names::BINARY_PROPERTIES,
        names::PROPERTIES_OF_STRINGS,
        names::GENERAL_CATEGORY_VALUES,
        names::SCRIPT_VALUES,
    ] {
        assert!(table.is_sorted_by(|a, b| a < b));
    }
}

#[test]
fn offsets() {
    check_offset("ab(c", "", 2);
    check_offset("(a)b)", "", 4);
    check_offset("aé**", "", 4);
    check_offset("a{2,1}", "", 1);
    check_offset("x[b-a]", "", 2);
    check_offset("x[b", "", 1);
    check_offset("x\\a", "u", 1);
    check_offset("(?<a>)(?<a>)", "", 9);
    check_offset("(?<a>)\\k<b>", "", 9);
    check_offset("(?i-i:)", "", 4);
    check_offset("[a[^\\q{ab}]]", "v", 2);
}

#[test]
fn deep_nesting_needs_no_native_stack() {
    const DEPTH: usize = 200_000;
    let nested = |open: &str, close: &str| open.repeat(DEPTH) + &close.repeat(DEPTH);
    check(nested("(?:", ")"), "", OK);
    check(nested("(", ")*"), "u", OK);
    check(nested("(?=", ")"), "v", OK);
    check(nested("[", "]"), "v", OK);
    check(nested("[^", "]"), "v", OK);
    check("(".repeat(DEPTH), "", Err("Unterminated group"));
    check("[".repeat(DEPTH), "v", Err("Unterminated character class"));
    check(nested("(", ")") + ")", "", Err("Unmatched ')'"));
}

/// Each of these takes minutes if its time is quadratic.
#[test]
fn long_patterns_take_linear_time() {
    const COUNT: usize = 200_000;
    let each = |text: &str| {
        (0..COUNT).map(|n| text.replace('N', &n.to_string())).collect::<Vec<_>>().concat()
    };
    let names = each("(?<nN>)");
    check(&names, "", OK);
    check(names.clone() + &each("\\k<nN>"), "", OK);
    check(vec!["(?<a>)"; COUNT].join("|"), "", OK);
    check("(|".repeat(COUNT) + &names + &"|)".repeat(COUNT), "", OK);
    check("\\1".repeat(COUNT) + "()", "u", OK);
    check("\\k".repeat(COUNT), "", OK);
    check("a{1".repeat(COUNT), "", OK);
    check(format!("a{{{}", "1".repeat(COUNT)), "", OK);
    check("[a-z]\\d?".repeat(COUNT), "v", OK);
    check("[a&&[".to_owned() + &"\\q{ab}".repeat(COUNT) + "]]", "v", OK);
}

/// Bytes that are no WTF-8 count as characters of their own.
#[test]
fn any_bytes_are_validated() {
    check(b"\xFF\x80(\xC3)", "u", OK);
    check(b"[\xE2\x80]\\\xF0", "", OK);
    check(b"[\xE2]", "v", OK);
    check(b"(?<\xC3>)", "", Err("Invalid capture group name"));
    check(b"\\\xC3", "u", Err("Invalid escape"));
    let pieces = b"()[]{}?<>=!:|\\*^-&1kqpux\xC3\xA9\xED\xF0";
    let mut state = 1_u32;
    for length in 0..20_000 {
        let pattern: Vec<u8> = (0..length % 24)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                pieces[(state >> 16) as usize % pieces.len()]
            })
            .collect();
        for flags in [Flags::NONE, Flags::UNICODE, Flags::UNICODE_SETS] {
            if let Err(error) = validate(&pattern, flags) {
                assert!(error.offset as usize <= pattern.len());
            }
        }
    }
}
