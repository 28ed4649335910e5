//! `String`, and the objects that strings are wrapped in.

use crate::support::check;

#[test]
fn strings_are_made_of_units_and_code_points() {
    check(&[
        ("String.fromCharCode(72, 105, 65536 + 33)", "Hi!"),
        ("String.fromCodePoint(0x1F600) === '\\ud83d\\ude00'", "true"),
        ("String.fromCodePoint(0x1F600).codePointAt(0) - 0x1F600", "0"),
        ("try { String.fromCodePoint('x') } catch (e) { e.message }", "Invalid code point NaN"),
        ("String.raw({ raw: ['a', 'b', 'c'] }, 1, 2, 3)", "a1b2c"),
        ("String(Symbol('s')) + String() + String(null)", "Symbol(s)null"),
        ("'abc'.at(-1) + 'abc'.charAt(1) + 'abc'.charCodeAt(9) + 'abc'.at(5)", "cbNaNundefined"),
        ("'a\\ud800'.isWellFormed() + 'a\\ud800'.toWellFormed()", "falsea\u{FFFD}"),
        (
            "try { (void 0, String.prototype.at)() } catch (e) { e.message }",
            "String.prototype.at called on null or undefined",
        ),
    ]);
}

#[test]
fn parts_and_searches_take_any_position() {
    check(&[
        ("'abcdef'.slice(-3, -1) + 'abcdef'.substring(4, 1) + 'abcdef'.substr(-2, 1)", "debcde"),
        ("'abc'.slice(2, 1) + 'abc'.slice(NaN) + 'abc'.substring(Infinity)", "abc"),
        ("'banana'.indexOf('an', 2) + 'banana'.lastIndexOf('an') + 'banana'.indexOf('x')", "5"),
        ("'abc'.lastIndexOf('', NaN) + 'abc'.indexOf('', 9)", "6"),
        ("'b\\u0101n\\u0101'.indexOf('n') + 'b\\u0101n\\u0101'.lastIndexOf('\\u0101')", "5"),
        ("'abc'.startsWith('b', 1) && 'abc'.endsWith('b', 2) && 'abc'.includes('')", "true"),
        (
            "try { 'a'.includes({ [Symbol.match]: true }) } catch (e) { e.message }",
            "First argument to String.prototype.includes must not be a regular expression",
        ),
        (
            "'\\ufeff\\n a b \\u2029'.trim() + '|' + ' a '.trimStart() + '|' + ' a '.trimEnd()",
            "a b|a | a",
        ),
        ("let p = 'a,b,,c'.split(','); p.length + p[0] + p[3] + 'abc'.split('').length", "4ac3"),
        ("'a,b,c'.split(',', 2).length + 'abc'.split().length + 'abc'.split('b', 0).length", "3"),
    ]);
}

#[test]
fn strings_grow_and_change_case() {
    check(&[
        ("'ab'.repeat(3) + 'x'.padStart(4, 'ab') + 'x'.padEnd(3) + '|'", "ababababaxx  |"),
        ("'Straße ÿ'.toUpperCase() + 'ÀÉ×'.toLowerCase()", "STRASSE Ÿàé×"),
        ("'ΟΔΥΣΣΕΥΣ ΑΣ'.toLowerCase()", "οδυσσευς ας"),
        ("'a\\ud800b'.toUpperCase() === 'A\\ud800B'", "true"),
        ("try { 'a'.repeat(-1) } catch (e) { e.message }", "Invalid count value: -1"),
        ("try { 'ab'.repeat(2 ** 29) } catch (e) { e.message }", "Invalid string length"),
        ("'a'.concat('b', 1, null) + 'x'.link('\"')", "ab1null<a href=\"&quot;\">x</a>"),
    ]);
}

#[test]
fn replacements_refer_to_what_was_found() {
    check(&[
        ("'abcb'.replace('b', '[$&|$`|$\\'|$$|$1]')", "a[b|a|cb|$|$1]cb"),
        ("'abcb'.replaceAll('b', (found, at) => found + at)", "ab1cb3"),
        ("'abc'.replaceAll('', '-') + 'abc'.replace('x', 'y')", "-a-b-c-abc"),
        ("'aaa'.replaceAll('aa', '\\u0101') === '\\u0101a'", "true"),
        ("'a'.replace({ [Symbol.replace](string, by) { return string + by } }, 5)", "a5"),
        (
            "try { 'a'.replaceAll({ [Symbol.match]: 1, flags: 'i' }) } catch (e) { e.message }",
            "String.prototype.replaceAll called with a non-global RegExp argument",
        ),
    ]);
}

#[test]
fn wrapped_strings_have_their_units() {
    check(&[
        (
            "let o = new String('abc'); o[1] + o.length + (2 in o) + (3 in o) + typeof o",
            "b3truefalseobject",
        ),
        (
            "let o = new String('abc'); o[1] = 'z'; o.length = 9; o[5] = 'e'; o[1] + o.length + o[5]",
            "b3e",
        ),
        ("let o = new String('abc'); (delete o[1]) + ',' + (o[7] = 1, delete o[7])", "false,true"),
        (
            "function f() { 'use strict'; new String('abc')[0] = 'z' } try { f() } catch (e) { e.message }",
            "Cannot assign to read only property '0' of object '[object String]'",
        ),
        ("new String('a') + 'b' + (new String('a') === new String('a'))", "abfalse"),
        (
            "String.prototype.trimLeft === String.prototype.trimStart && String.prototype.length",
            "0",
        ),
    ]);
}
