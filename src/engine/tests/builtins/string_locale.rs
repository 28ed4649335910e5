//! What strings know of languages. Every value is the one that V8 gives.

use crate::support::{thrown, values};

#[test]
fn strings_of_languages() {
    values(&[
        (
            r"'a'.normalize() + ('\u0065\u0301'.normalize() === 'é') + 'é'.normalize('NFD').length + 'ﬁ'.normalize('NFKC') + '①é'.normalize('NFKD').length",
            "atrue2fi3",
        ),
        (
            r"['\ud800e\u0301\udfff', '\u1e9b\u0323'].map((s) => ['NFC', 'NFD', 'NFKC', 'NFKD'].map((f) => escape(s.normalize(f)))).join()",
            "%uD800%E9%uDFFF,%uD800e%u0301%uDFFF,%uD800%E9%uDFFF,%uD800e%u0301%uDFFF,%u1E9B%u0323,%u017F%u0323%u0307,%u1E69,s%u0323%u0307",
        ),
        ("String.prototype.normalize.length + String.prototype.localeCompare.length", "1"),
        (
            "['a', 'B', 'A', 'b', '_', '1', '10', '2', 'é', 'e', 'z', 'Z', '-', 'ä', ' '].sort((a, b) => a.localeCompare(b))",
            " ,_,-,1,10,2,a,A,ä,b,B,e,é,z,Z",
        ),
        ("[...'日本あアаяБαωß'].sort((a, b) => a.localeCompare(b)).join('')", "ßαωаБяあア日本"),
        (
            "['resume', 'Resume', 'résumé', 'Résumé', 'resumes', 're-sume', 'co-op', 'coop'].sort((a, b) => a.localeCompare(b))",
            "co-op,coop,re-sume,resume,Resume,résumé,Résumé,resumes",
        ),
        (
            r"['a'.localeCompare('a'), 'a'.localeCompare(), 'undefined'.localeCompare(), 'é'.localeCompare('e\u0301'), ''.localeCompare('a'), 'a'.localeCompare('')]",
            "0,-1,0,0,-1,1",
        ),
        (
            "['a'.localeCompare('A', undefined, { sensitivity: 'base' }), 'a'.localeCompare('á', 'en', { sensitivity: 'base' }), 'a'.localeCompare('á', 'en', { sensitivity: 'accent' }), 'a'.localeCompare('A', 'en', { sensitivity: 'case' }), '10'.localeCompare('9', undefined, { numeric: true }), '10'.localeCompare('9', 'en-u-kn')]",
            "0,0,-1,-1,1,1",
        ),
        (
            "['ä'.localeCompare('z', 'sv'), 'ä'.localeCompare('z', 'de'), 'a'.localeCompare('A', undefined, { caseFirst: 'upper' }), 'a'.localeCompare('A', 'en'), 'a-b'.localeCompare('ab', 'en', { ignorePunctuation: true }), 'a'.localeCompare('b', 5)]",
            "1,-1,1,-1,0,-1",
        ),
        (
            "'I'.toLocaleLowerCase('tr') + 'i'.toLocaleUpperCase('tr') + 'i'.toLocaleUpperCase('az-Latn') + 'Ì'.toLocaleLowerCase('lt') + 'i'.toLocaleUpperCase(['tr', 'en']) + 'i'.toLocaleUpperCase([]) + 'άα'.toLocaleUpperCase('el') + 'ß'.toLocaleUpperCase('de')",
            "ıİİi̇̀İIΑΑSS",
        ),
        (
            r"'ΑΣ'.toLocaleLowerCase() + 'İ'.toLocaleLowerCase('tr') + escape('\ud800i'.toLocaleUpperCase('tr'))",
            "αςi%uD800%u0130",
        ),
    ]);
}

#[test]
fn wrong_languages_are_refused() {
    thrown(&[
        (
            "'a'.normalize('x')",
            "RangeError: The normalization form should be one of NFC, NFD, NFKC, NFKD.",
        ),
        (
            "'a'.normalize(null)",
            "RangeError: The normalization form should be one of NFC, NFD, NFKC, NFKD.",
        ),
        (
            "String.prototype.normalize.call(null)",
            "TypeError: String.prototype.normalize called on null or undefined",
        ),
        (
            "String.prototype.localeCompare.call(null)",
            "TypeError: String.prototype.localeCompare called on null or undefined",
        ),
        ("'a'.localeCompare('b', 'xx-')", "RangeError: Invalid language tag: xx-"),
        ("'a'.localeCompare('b', null)", "TypeError: Cannot convert undefined or null to object"),
        ("'i'.toLocaleUpperCase('x')", "RangeError: Invalid language tag: x"),
        ("'i'.toLocaleUpperCase(null)", "TypeError: Cannot convert undefined or null to object"),
        (
            "'a'.localeCompare('b', 'de', { sensitivity: 'x' })",
            "RangeError: Value x out of range for String.prototype.localeCompare options property sensitivity",
        ),
        (
            "'a'.localeCompare('b', 'de', { usage: 'x' })",
            "RangeError: Value x out of range for String.prototype.localeCompare options property usage",
        ),
    ]);
}
