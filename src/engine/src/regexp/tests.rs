//! Patterns against texts, through the machine alone.

use axil_grammar::regexp::Flags;

use super::{Failure, Machine, Pattern, Watch};
use crate::string::Units;

/// Looks for a match in a text in both of its widths, if it has both. What is found is
/// shown as the whole match and its groups, separated by commas; `-` stands for a group
/// that takes no part.
fn find_from(pattern: &str, flags: &str, text: &str, start: usize) -> String {
    let units: Vec<u16> = pattern.encode_utf16().collect();
    let flags = Flags::parse(flags).expect("valid flags");
    let pattern = Pattern::new(&units, flags).expect("a valid pattern");
    let wide: Vec<u16> = text.encode_utf16().collect();
    let narrow: Option<Vec<u8>> = wide.iter().map(|unit| u8::try_from(*unit).ok()).collect();
    let sticky = flags.contains(Flags::STICKY);
    let mut machine = Machine::default();
    let mut look = |units: Units<'_>| {
        let mut watch = Watch { most_steps: 1 << 24, is_to_stop: &mut |_| false };
        let found = pattern.find(units, start, sticky, &mut machine, &mut watch);
        match found {
            Ok(Some(captures)) => {
                let group = |group| match captures.get(group) {
                    Some(range) => {
                        format!(
                            "{}:{}",
                            range.start,
                            String::from_utf16_lossy(&wide[range.clone()])
                        )
                    }
                    None => "-".to_owned(),
                };
                (0..captures.len()).map(group).collect::<Vec<_>>().join(",")
            }
            Ok(None) => "none".to_owned(),
            Err(failure) => format!("{failure:?}"),
        }
    };
    let found = look(Units::Utf16(&wide));
    if let Some(narrow) = narrow {
        assert_eq!(look(Units::Latin1(&narrow)), found, "both widths of {text:?}");
    }
    found
}

fn check(pattern: &str, flags: &str, text: &str, expected: &str) {
    assert_eq!(find_from(pattern, flags, text, 0), expected, "/{pattern}/{flags} in {text:?}");
}

#[test]
fn characters_and_sets() {
    check("b", "", "abc", "1:b");
    check("abc", "", "xxabcx", "2:abc");
    check("[b-d]x", "", "axcxb", "2:cx");
    check("[^a]", "", "aab", "2:b");
    check(r"\d\w\s\S", "", "_1a b", "1:1a b");
    check(".", "", "\n\u{2028}", "none");
    check(".", "s", "\n", "0:\n");
    check("é", "", "aé", "1:é");
    check("日本", "", "in 日本", "3:日本");
    check("[]", "", "a", "none");
    check("[^]", "", "\n", "0:\n");
}

#[test]
fn alternatives() {
    check("a|ab", "", "ab", "0:a");
    check("(a|ab)(c|bcd)(d*)", "", "abcd", "0:abcd,0:a,1:bcd,4:");
    check("one|two|three|four|five|six", "", "a six", "2:six");
    check("(?:if|in|instanceof|int)$", "", "instanceof", "0:instanceof");
    check("|a", "", "a", "0:");
    check("(?:a|b|)c", "", "xc", "1:c");
    check("(?:a|(b)|c)+", "", "abc", "0:abc,-");
}

#[test]
fn quantifiers() {
    check("a*", "", "aaa", "0:aaa");
    check("a*?b", "", "aab", "0:aab");
    check("a{2}", "", "aaa", "0:aa");
    check("a{2,}", "", "aaaa", "0:aaaa");
    check("a{1,2}?", "", "aaa", "0:a");
    check("a+ab", "", "aaab", "0:aaab");
    check("[ab]+b", "", "xabab", "1:abab");
    check("<.+>", "", "a<b>c>d", "1:<b>c>");
    check("<.+?>", "", "a<b>c>d", "1:<b>");
    check("(?:ab){2,3}", "", "abababab", "0:ababab");
    check("(?:ab){2,3}?", "", "abababab", "0:abab");
    check("(?:ab)+?b", "", "ababb", "0:ababb");
    check("(?:ab)??b", "", "abb", "0:abb");
    check("(z)((a+)?(b+)?(c))*", "", "zaacbbbcac", "0:zaacbbbcac,0:z,8:ac,8:a,-,9:c");
    check("(?=(a*))a{3}", "", "aaa", "0:aaa,0:aaa");
    check("x{0}(y)", "", "xy", "1:y,1:y");
}

#[test]
fn loops_that_match_nothing() {
    check("(a*)*", "", "b", "0:,-");
    check("(a*)+", "", "b", "0:,0:");
    check("(?:a*)*b", "", "aab", "0:aab");
    check("(a?)*?$", "", "aa", "0:aa,1:a");
    check("(?:a?){3}", "", "aa", "0:aa");
    check("(a??){3}$", "", "aa", "0:aa,1:a");
    check("(?:){4294967295}", "", "a", "0:");
    check(r"(?:\b){4294967295,}a", "", "a", "0:a");
    check("(?:(?=a)|b){2}a", "", "ba", "0:ba");
    check("(|a)+b", "", "ab", "0:ab,0:a");
}

#[test]
fn looking_around() {
    check("a(?=b)", "", "aab", "1:a");
    check("a(?!b)", "", "aba", "2:a");
    check(r"(?<=\$)\d+", "", "1$23", "2:23");
    check(r"(?<!\$)\b\d+", "", "$1 23", "3:23");
    check("(?<=([ab]+)([bc]+))$", "", "abc", "3:,0:a,1:bc");
    check("(?<=(.)(.))c", "", "abc", "2:c,0:a,1:b");
    check(r"(?<=\1(a))b", "", "aab", "2:b,1:a");
    check(r"(?<=(a)\1)b", "", "aab", "2:b,1:a");
    check("(?=(a+))a*b\\1", "", "baaabac", "3:aba,3:a");
    check("(?!(a)b)a\\1c", "", "ac", "0:ac,-");
    check("(?:(?=(a))|b)*?c", "", "bc", "0:bc,-");
    check("(?<=ab|c)d", "", "abd", "2:d");
    check("(?<!abc)d", "", "abcd", "none");
}

#[test]
fn back_references() {
    check(r"(a+)b\1", "", "aaabaa", "1:aabaa,1:aa");
    check(r"(?<x>a)|(?<x>b)\k<x>", "", "bb", "0:bb,-,0:b");
    check(r"\1(a)", "", "a", "0:a,0:a");
    check(r"(a\1)", "", "aa", "0:a,0:a");
    check(r"(a)\1", "i", "aA", "0:aA,0:a");
    check(r"(?:(a)|\1b)+", "", "ab", "0:ab,-");
    check(r"(s)\1", "iu", "sſ", "0:sſ,0:s");
    check(r"(s)\1", "i", "sſ", "none");
}

#[test]
fn assertions() {
    check("^b", "", "ab", "none");
    check("^b", "m", "a\nb", "2:b");
    check("a$", "m", "ba\nb", "1:a");
    check("^a|b", "", "cb", "1:b");
    check(r"\bb", "", "ab b", "3:b");
    check(r"\Bb", "", "b ab", "3:b");
    check(r"\b", "iu", "ſ", "0:");
    check(r"\b", "i", "ſ", "none");
    check("^$", "m", "a\n\nb", "2:");
}

#[test]
fn case() {
    check("ABC", "i", "xabc", "1:abc");
    check("[^a]", "i", "Ab", "1:b");
    check("[a-z]+", "i", "12aBc", "2:aBc");
    check("s", "i", "ſ", "none");
    check("s", "iu", "ſ", "0:ſ");
    check("ß", "i", "ẞ", "none");
    check("ß", "iu", "ẞ", "0:ẞ");
    check("µ", "i", "Μ", "0:Μ");
    check("[à-ý]", "i", "É", "0:É");
    check(r"\w", "iu", "K", "0:K");
    check(r"\W", "iu", "K", "none");
    check(r"[^\W]", "iu", "s", "0:s");
    check(r"\P{Lu}", "iu", "A", "0:A");
    check(r"\P{Lu}", "iv", "A", "none");
    check(r"[^\P{Lu}]", "iv", "a", "0:a");
    check("(?i:a)b", "", "Ab", "0:Ab");
    check("(?-i:a)b", "i", "AB aB", "3:aB");
    check("(?s-m:.^)", "m", "\n", "none");
}

#[test]
fn units_and_code_points() {
    check("^.$", "", "😀", "none");
    check("^.$", "u", "😀", "0:😀");
    check("[😀]", "u", "a😀", "1:😀");
    check("[^a]+", "u", "a😀b", "1:😀b");
    check("😀{2}", "u", "😀😀", "0:😀😀");
    check(".*b", "u", "😀b😀", "0:😀b");
    check(".+?b", "u", "😀😀b", "0:😀😀b");
    check(r"\uD83D", "u", "😀", "none");
    check(r"(?<=^.)b", "u", "😀b", "2:b");
    check(r"(?<=^😀a)b", "u", "😀ab", "3:b");
    check(r"(?<=\uDE00)b", "u", "😀b", "none");
    assert_eq!(find_from(".", "u", "😀", 1), "0:😀");
    assert_eq!(find_from(".", "uy", "😀", 1), "0:😀");
    check(r"\p{L}+", "u", "1日本é2", "1:日本é");
    check(r"\p{Script=Greek}", "u", "aλ", "1:λ");
}

#[test]
fn classes_of_sets() {
    check(r"[\w--\d]+", "v", "12ab3", "2:ab");
    check(r"[\w&&\d]+", "v", "ab12c", "2:12");
    check(r"[[a-z]--[aeiou]]", "v", "aeb", "2:b");
    check(r"[^[a-z]&&[aeiou]]", "v", "ab", "1:b");
    check(r"[\q{abc|ab|a|}x]", "v", "abx", "0:ab");
    check(r"[\q{abc|}x]b", "v", "xb", "0:xb");
    check(r"[\q{}]b", "v", "b", "0:b");
    check(r"[\q{ABC|abc}--\q{abc}]", "v", "abcABC", "3:ABC");
    check(r"[\q{ABC|x}--\q{abc}]", "vi", "abc", "none");
    check(r"[\q{ABC}]", "vi", "abc", "0:abc");
    check(r"^\p{RGI_Emoji}$", "v", "👨‍👩‍👧", "0:👨‍👩‍👧");
    check(r"^\p{Emoji_Keycap_Sequence}", "v", "7\u{FE0F}\u{20E3}", "0:7\u{FE0F}\u{20E3}");
    check(r"[\p{RGI_Emoji}--\q{🇺🇸}]", "v", "🇺🇸 🇩🇪", "5:🇩🇪");
}

#[test]
fn sticky_patterns_try_one_place() {
    assert_eq!(find_from("b|a(c)", "y", "abac", 0), "none");
    assert_eq!(find_from("b|a(c)", "y", "abac", 1), "1:b,-");
    assert_eq!(find_from("b|a(c)", "y", "abac", 2), "2:ac,3:c");
    assert_eq!(find_from("", "y", "ab", 2), "2:");
    assert_eq!(find_from("^b", "y", "ab", 1), "none");
    assert_eq!(find_from("^b", "my", "a\nb", 2), "2:b");
}

#[test]
fn hostile_patterns() {
    let letters = "a".repeat(40);
    let nested = "(?:(".repeat(100_000) + &"))".repeat(100_000);
    check(&nested, "", "", &vec!["0:"; 100_001].join(","));
    check(&"a?".repeat(10_000), "", &letters, &format!("0:{letters}"));
    check(&("[".repeat(10_000) + &"]".repeat(10_000)), "v", &letters, "none");
    check("((a{0,4294967295}){0,4294967295}){0,4294967295}", "", "b", "0:,-,-");
    check("(?:a?){4294967295}", "", "b", "TooManySteps");
    check("(?:a|){4294967295}b", "", &letters, "TooMuchMemory");
    check("(x+x+)+y", "", &"x".repeat(40), "TooManySteps");
}

#[test]
fn whoever_watches_stops_it() {
    let units: Vec<u16> = "(x+x+)+y".encode_utf16().collect();
    let pattern = Pattern::new(&units, Flags::NONE).expect("a valid pattern");
    let mut asked = 0;
    let mut is_to_stop = |_| {
        asked += 1;
        asked == 3
    };
    let mut watch = Watch { most_steps: u64::MAX, is_to_stop: &mut is_to_stop };
    let text = "x".repeat(60);
    let text = Units::Latin1(text.as_bytes());
    let mut machine = Machine::default();
    let found = pattern.find(text, 0, false, &mut machine, &mut watch);
    assert_eq!(found.map(|_| ()), Err(Failure::Interrupted));
    assert_eq!(asked, 3);
}
