//! Properties of strings, which are all about emoji (ECMA-262
//! `table-binary-unicode-properties-of-strings`, Unicode Technical Standard 51).
//!
//! Most strings follow from properties of characters. What does not is written here:
//! which flags there are, and which emoji are joined.

use super::properties::property;

/// Strings of code points, in no order.
pub(super) type Strings = Vec<Vec<u32>>;

const PRESENTATION_SELECTOR: u32 = 0xFE0F;
const KEYCAP: u32 = 0x20E3;
const REGIONAL_INDICATOR_A: u32 = 0x1F1E6;
const TONES: std::ops::RangeInclusive<u32> = 0x1F3FB..=0x1F3FF;

/// The only base of modifiers that makes no recommended sequence with them.
const FAMILY: u32 = 0x1F46A;

/// The strings with a property. None if no property has the name.
pub(super) fn property_of_strings(name: &str) -> Option<Strings> {
    Some(match name {
        "Basic_Emoji" => basic(),
        "Emoji_Keycap_Sequence" => keycaps(),
        "RGI_Emoji_Modifier_Sequence" => modified(),
        "RGI_Emoji_Flag_Sequence" => flags(),
        "RGI_Emoji_Tag_Sequence" => tagged(),
        "RGI_Emoji_ZWJ_Sequence" => joined(),
        "RGI_Emoji" => [basic(), keycaps(), modified(), flags(), tagged(), joined()].concat(),
        _ => return None,
    })
}

/// What is shown as an emoji by itself, or after a selector.
fn basic() -> Strings {
    let members = |name| property(name, None).unwrap_or_default();
    let presented = members("Emoji_Presentation");
    let by_itself = presented.difference(&members("Regional_Indicator"));
    let selected = members("Emoji").difference(&presented);
    let by_itself = by_itself.iter().map(|point| vec![point]).collect::<Vec<_>>();
    // Digits, # and * are emoji only as keycaps.
    let selected = selected.iter().filter(|point| *point >= 0x80);
    by_itself.into_iter().chain(selected.map(|point| vec![point, PRESENTATION_SELECTOR])).collect()
}

fn keycaps() -> Strings {
    "0123456789#*".chars().map(|key| vec![u32::from(key), PRESENTATION_SELECTOR, KEYCAP]).collect()
}

/// People and hands of five tones.
fn modified() -> Strings {
    let bases = property("Emoji_Modifier_Base", None).unwrap_or_default();
    let bases = bases.iter().filter(|base| *base != FAMILY);
    bases.flat_map(|base| TONES.map(move |tone| vec![base, tone])).collect()
}

fn flags() -> Strings {
    let letter = |letter: u8| REGIONAL_INDICATOR_A + u32::from(letter - b'A');
    FLAGS.split_whitespace().map(|flag| flag.bytes().map(letter).collect()).collect()
}

/// The flags of England, Scotland and Wales.
fn tagged() -> Strings {
    let tag = |letter: char| 0xE_0000 + u32::from(letter);
    ["gbeng", "gbsct", "gbwls"]
        .iter()
        .map(|region| {
            let tags = region.chars().map(tag);
            std::iter::once(0x1F3F4).chain(tags).chain([0xE_007F]).collect()
        })
        .collect()
}

/// Emoji joined to others, in all their tones.
fn joined() -> Strings {
    let mut strings = Vec::new();
    for (text, may_be_equal) in [(JOINED, true), (JOINED_OF_TWO_TONES, false)] {
        for pattern in text.split_whitespace() {
            let places = pattern.matches('*').count();
            let tones: Vec<u32> = if places > 0 { TONES.collect() } else { vec![0] };
            for first in &tones {
                let others = if places > 1 { &tones[..] } else { &[0] };
                for second in others {
                    if may_be_equal || first != second {
                        let mut tone = [*first, *second].into_iter();
                        let point = |character| match character {
                            '*' => tone.next().unwrap_or_default(),
                            _ => u32::from(character),
                        };
                        strings.push(pattern.chars().map(point).collect());
                    }
                }
            }
        }
    }
    strings
}

/// The two letters of each flag.
#[rustfmt::skip]
const FLAGS: &str = "\
    AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO \
    BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CP CQ CR CU CV CW CX CY CZ DE \
    DG DJ DK DM DO DZ EA EC EE EG EH ER ES ET EU FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL \
    GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU IC ID IE IL IM IN IO IQ IR IS IT JE JM JO \
    JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH \
    MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA \
    PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL \
    SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM \
    UN US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW \
";

/// A `*` stands for each tone of skin.
const JOINED: &str = include_str!("emoji_joined.txt");

/// Of two `*` each stands for each tone, but both never for the same: that is an emoji of
/// its own.
#[rustfmt::skip]
const JOINED_OF_TWO_TONES: &str = "\
    👨*\u{200D}🐰\u{200D}👨* 👨*\u{200D}🤝\u{200D}👨* \
    👨*\u{200D}🫯\u{200D}👨* 👩*\u{200D}🐰\u{200D}👩* \
    👩*\u{200D}🤝\u{200D}👨* 👩*\u{200D}🤝\u{200D}👩* \
    👩*\u{200D}🫯\u{200D}👩* 🧑*\u{200D}❤\u{FE0F}\u{200D}💋\u{200D}🧑* \
    🧑*\u{200D}❤\u{FE0F}\u{200D}🧑* 🧑*\u{200D}🐰\u{200D}🧑* \
    🧑*\u{200D}🫯\u{200D}🧑* 🫱*\u{200D}🫲* \
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_as_unicode_17_has() {
        let count = |name| {
            let mut strings = property_of_strings(name).expect("a known property");
            strings.sort_unstable();
            strings.dedup();
            strings.len()
        };
        assert_eq!(count("Basic_Emoji"), 1400);
        assert_eq!(count("Emoji_Keycap_Sequence"), 12);
        assert_eq!(count("RGI_Emoji_Modifier_Sequence"), 665);
        assert_eq!(count("RGI_Emoji_Flag_Sequence"), 259);
        assert_eq!(count("RGI_Emoji_Tag_Sequence"), 3);
        assert_eq!(count("RGI_Emoji_ZWJ_Sequence"), 1614);
        assert_eq!(count("RGI_Emoji"), 1400 + 12 + 665 + 259 + 3 + 1614);
        assert_eq!(property_of_strings("Emoji"), None);
    }
}
