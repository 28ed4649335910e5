//! Regular expressions: literals, `RegExp`, and the methods of strings that use them.

use crate::support::check;

/// Programs whose value is compared as text; lists are joined by commas.
fn values(cases: &[(&str, &str)]) {
    let list = "let list = (a) => { if (a === null) { return 'null' } let s = ''; for (let i = 0; i < a.length; i++) { s += (i ? ',' : '') + a[i] } return s };";
    for (text, expected) in cases {
        check(&[(&format!("{list} ({text}) + ''"), expected)]);
    }
}

#[test]
fn exec_and_test() {
    values(&[
        ("list(/b(c)?(d)?/.exec('abc'))", "bc,c,undefined"),
        ("/b/.exec('abc').index + /b/.exec('abc').input", "1abc"),
        ("/x/.exec('abc')", "null"),
        (
            "/a.c/.test('abc') + ',' + /^b/m.test('a\\nb') + ',' + /a.c/.test('a\\nc') + ',' + /a.c/s.test('a\\nc')",
            "true,true,false,true",
        ),
        ("/(?<year>\\d+)-(?<day>\\d+)/.exec('on 2024-05').groups.day", "05"),
        ("/(?<a>x)|(?<a>y)/.exec('y').groups.a", "y"),
        ("Object.getPrototypeOf(/(?<a>x)/.exec('x').groups)", "null"),
        ("/x/.exec('x').groups", "undefined"),
        ("list(/(a)(?<n>b)?/d.exec('xab').indices[2])", "2,3"),
        ("list(/(a)(?<n>b)/d.exec('xab').indices.groups.n)", "2,3"),
        (
            "(() => { let r = /a/g, s = ''; while (r.test('banana')) { s += r.lastIndex } return s + r.lastIndex })()",
            "2460",
        ),
        (
            "(() => { let r = /a/y; r.lastIndex = 1; return r.test('banana') + ',' + r.lastIndex + r.test('banana') + r.lastIndex })()",
            "true,2false0",
        ),
        (
            "(() => { let r = /a/; r.lastIndex = 7; return r.test('a') + ',' + r.lastIndex })()",
            "true,7",
        ),
        (
            "(() => { let r = /a/g; r.lastIndex = { valueOf() { return 2 } }; r.test('baca'); return r.lastIndex })()",
            "4",
        ),
        (
            "/é/.test('café') + ',' + /É/i.test('café') + ',' + /[à-ü]+/.exec('xéè')[0]",
            "true,true,éè",
        ),
        (
            "/^.$/u.test('😀') + ',' + /^.$/.test('😀') + ',' + /\\u{1F600}/u.test('😀')",
            "true,false,true",
        ),
        (
            "/\\p{Lu}/u.test('É') + ',' + /[\\p{L}--[a-z]]/v.test('a') + ',' + /[[a-z]&&[aeiou]]/v.test('e')",
            "true,false,true",
        ),
        ("/(?<=\\$)\\d+/.exec('cost $42')[0] + /(?<!\\$)\\b\\d+/.exec('$1 23')[0]", "4223"),
        ("/(?i:a)b/.test('Ab') + ',' + /(?i:a)b/.test('AB')", "true,false"),
        ("list(/(z)((a+)?(b+)?(c))*/.exec('zaacbbbcac'))", "zaacbbbcac,z,ac,a,undefined,c"),
    ]);
}

#[test]
fn literals_are_new_objects() {
    values(&[
        (
            "(() => { let made = []; for (let i = 0; i < 2; i++) { made[i] = /a/g } made[0].lastIndex = 3; return (made[0] === made[1]) + ',' + made[1].lastIndex })()",
            "false,0",
        ),
        ("/a/ instanceof RegExp", "true"),
        ("Object.prototype.toString.call(/a/)", "[object RegExp]"),
        ("String(/a\\/b/gimsuy)", "/a\\/b/gimsuy"),
        ("(/a/dgimsvy).flags", "dgimsvy"),
        ("typeof /a/", "object"),
        (
            "Object.getOwnPropertyNames(/a/)[0] + Object.getOwnPropertyNames(/a/).length",
            "lastIndex1",
        ),
        ("Object.getOwnPropertyDescriptor(/a/, 'lastIndex').enumerable", "false"),
    ]);
}

#[test]
fn the_constructor() {
    values(&[
        ("new RegExp('a/b', 'g')", "/a\\/b/g"),
        ("new RegExp('')", "/(?:)/"),
        ("new RegExp('[/]\\n')", "/[/]\\n/"),
        ("new RegExp('\\\\/').source", "\\/"),
        ("new RegExp(undefined)", "/(?:)/"),
        ("new RegExp(/a/g, 'i')", "/a/i"),
        (
            "(() => { let r = /a/g; return (RegExp(r) === r) + ',' + (new RegExp(r) === r) })()",
            "true,false",
        ),
        ("new RegExp({ [Symbol.match]: true, source: 'q', flags: 'y' })", "/q/y"),
        (
            "(() => { class R extends RegExp {} let r = new R('a'); return (r instanceof R) + r.exec('a')[0] })()",
            "truea",
        ),
        ("RegExp.prototype", "/(?:)/"),
        ("RegExp.prototype.global + RegExp.prototype.flags", "undefined"),
        ("/a/.compile('b', 'g')", "/b/g"),
        ("RegExp.escape('a.b-c/d\\n 1')", "\\x61\\.b\\x2dc\\/d\\n\\x201"),
        ("RegExp.escape('1\\ud800é\\u2028')", "\\x31\\ud800é\\u2028"),
        ("new RegExp(RegExp.escape('(x)+[y]')).test('(x)+[y]')", "true"),
        (
            "(/(b)(c)?/.exec('abd'), RegExp.$1 + '|' + RegExp.$2 + '|' + RegExp.lastMatch + RegExp['$`'] + RegExp[\"$'\"] + RegExp.input)",
            "b||badabd",
        ),
        ("RegExp.length + RegExp.name + RegExp.prototype.exec.length", "2RegExp1"),
        ("RegExp[Symbol.species] === RegExp", "true"),
    ]);
}

#[test]
fn strings_are_searched() {
    values(&[
        ("list('banana'.match(/a./g))", "an,an"),
        ("list('banana'.match(/a(.)/))", "an,n"),
        ("'banana'.match(/x/g)", "null"),
        ("list('abc'.match(/(?:)/g))", ",,,"),
        ("list('😀a'.match(/(?:)/gu))", ",,"),
        ("list('a1b2'.match('[0-9]'))", "1"),
        ("'banana'.search(/n/) + ',' + 'banana'.search('x')", "2,-1"),
        (
            "(() => { let r = /n/g; r.lastIndex = 4; return 'banana'.search(r) + ',' + r.lastIndex })()",
            "2,4",
        ),
        (
            "(() => { let s = ''; for (let m of 'a1b22'.matchAll(/[a-z](\\d+)/g)) { s += m[1] + '@' + m.index + ' ' } return s })()",
            "1@0 22@2 ",
        ),
        ("(() => { let s = 0; for (let m of 'abc'.matchAll(/(?:)/g)) { s++ } return s })()", "4"),
        ("Object.prototype.toString.call('a'.matchAll(/a/g))", "[object RegExp String Iterator]"),
    ]);
}

#[test]
fn strings_are_replaced() {
    values(&[
        ("'banana'.replace(/a/, 'o')", "bonana"),
        ("'banana'.replace(/a/g, 'o')", "bonono"),
        ("'banana'.replaceAll(/a/g, (m, at) => at)", "b1n3n5"),
        ("'john smith'.replace(/(\\w+) (\\w+)/, '$2, $1')", "smith, john"),
        ("'abc'.replace(/b/, \"[$&$`$'$$]\")", "a[bac$]c"),
        ("'abc'.replace(/(b)/, '$01$10$2$0')", "abb0$2$0c"),
        ("'2024-05'.replace(/(?<y>\\d+)-(?<m>\\d+)/, '$<m>/$<y>$<q>')", "05/2024"),
        ("'ab'.replace(/(a)/, '$<x>')", "$<x>b"),
        (
            "'ab'.replace(/(?<x>a)(z)?/, (m, x, z, at, s, groups) => x + z + at + s + groups.x)",
            "aundefined0abab",
        ),
        ("'abc'.replace(/(?:)/g, '-')", "-a-b-c-"),
        ("'😀'.replace(/(?:)/gu, '-')", "-😀-"),
        ("'aaa'.replace(/a/y, 'b')", "baa"),
        ("(() => { let r = /a/gy; return 'aaba'.replace(r, 'b') + r.lastIndex })()", "bbba0"),
        (
            "(() => { let r = /a/g; r.lastIndex = 2; return 'aaa'.replace(r, 'b') + r.lastIndex })()",
            "bbb0",
        ),
        ("'x'.replace(/x/, () => '$&')", "$&"),
        ("'éa'.replace(/a/, 'ü€')", "éü€"),
    ]);
}

#[test]
fn strings_are_split() {
    values(&[
        ("list('a1b2c'.split(/\\d/))", "a,b,c"),
        ("list('a1b2c'.split(/(\\d)/))", "a,1,b,2,c"),
        ("list('abc'.split(/(?:)/))", "a,b,c"),
        ("list(''.split(/x/)) + list(''.split(/(?:)/))", ""),
        ("''.split(/x/).length + ',' + ''.split(/(?:)/).length", "1,0"),
        ("list('a1b2c'.split(/\\d/, 2))", "a,b"),
        ("list('A<B>bold</B>and'.split(/<(\\/)?([^<>]+)>/))", "A,undefined,B,bold,/,B,and"),
        ("list('ab'.split(/a*?/))", "a,b"),
        ("list('ab'.split(/a*/))", ",b"),
        ("list('abc'.split(/$/)) + list('abc'.split(/c/y))", "abcab,"),
        ("list('😀b'.split(/(?:)/u))", "😀,b"),
    ]);
}

/// A program that interferes is followed property for property.
#[test]
fn protocols_are_kept() {
    values(&[
        (
            "(() => { let r = /a/; r.exec = () => ({ index: 1, 0: 'xy', length: 1 }); return 'abcd'.replace(r, '-') })()",
            "a-d",
        ),
        (
            "(() => { let n = 0, r = /a/g; r.exec = function (s) { n++; return RegExp.prototype.exec.call(this, s) }; list('aba'.match(r)); return n })()",
            "3",
        ),
        (
            "(() => { let r = /a/; Object.defineProperty(r, 'flags', { value: 'g' }); Object.defineProperty(r, 'exec', { value() { return null } }); return list('aa'.match(r)) })()",
            "null",
        ),
        (
            "(() => { class R extends RegExp { exec(s) { let m = super.exec(s); if (m) { m[0] = 'Q' } return m } } return list('aab'.match(new R('a', 'g'))) })()",
            "Q,Q",
        ),
        (
            "(() => { class R extends RegExp { static get [Symbol.species]() { return function (p, f) { return new RegExp('b', f) } } } return list('abc'.split(new R('x'))) })()",
            "a,c",
        ),
        (
            "(() => { let old = RegExp.prototype.exec, n = 0; RegExp.prototype.exec = function (s) { n++; return old.call(this, s) }; 'aa'.replace(/a/g, ''); /a/.test(''); RegExp.prototype.exec = old; 'aa'.replace(/a/g, ''); return n })()",
            "4",
        ),
        (
            "(() => { let log = ''; 'abc'.replace({ [Symbol.replace](s, r) { log += s + r } }, 'z'); return log })()",
            "abcz",
        ),
        (
            "(() => { let r = /a/g; let s = 'aaa'.replace(r, () => { r.lastIndex = 99; return 'b' }); return s + r.lastIndex })()",
            "bbb99",
        ),
    ]);
}

#[test]
fn what_is_wrong_is_refused() {
    for (text, error) in [
        ("new RegExp('(')", "SyntaxError: Invalid regular expression: /(/: Unterminated group"),
        ("new RegExp('a', 'gg')", "SyntaxError: Invalid flags supplied to RegExp constructor 'gg'"),
        (
            "RegExp.prototype.exec.call({})",
            "TypeError: Method RegExp.prototype.exec called on incompatible receiver #<Object>",
        ),
        (
            "RegExp.prototype.test.call(1)",
            "TypeError: Method RegExp.prototype.test called on incompatible receiver 1",
        ),
        (
            "Object.getOwnPropertyDescriptor(RegExp.prototype, 'flags').get.call(1)",
            "TypeError: RegExp.prototype.flags getter called on non-object 1",
        ),
        (
            "Object.getOwnPropertyDescriptor(RegExp.prototype, 'global').get.call({})",
            "TypeError: RegExp.prototype.global getter called on non-RegExp object",
        ),
        (
            "RegExp.prototype[Symbol.match].call(1)",
            "TypeError: Method RegExp.prototype.@@match called on incompatible receiver 1",
        ),
        (
            "'a'.matchAll(/a/)",
            "TypeError: String.prototype.matchAll called with a non-global RegExp argument",
        ),
        (
            "'a'.replaceAll(/a/, '')",
            "TypeError: String.prototype.replaceAll called with a non-global RegExp argument",
        ),
        (
            "'a'.startsWith(/a/)",
            "TypeError: First argument to String.prototype.startsWith must not be a regular expression",
        ),
        (
            "let r = /a/; r.exec = () => 1; r.test('a')",
            "TypeError: RegExp exec method returned something other than an Object or null",
        ),
        (
            "Object.freeze(/a/g).test('a')",
            "TypeError: Cannot assign to read only property 'lastIndex' of object '[object RegExp]'",
        ),
        ("RegExp.escape(1)", "TypeError: input argument must be a string"),
        (
            "''.matchAll(/a/g).next.call({})",
            "TypeError: Method %RegExpStringIterator%.prototype.next called on incompatible receiver #<Object>",
        ),
    ] {
        check(&[(&format!("try {{ {text} }} catch (e) {{ e + '' }}"), error)]);
    }
}

#[test]
fn templates_for_replacements() {
    check(&[
        ("'abcd'.replace(/(b)(c)/, '[$2$1$$$&$`|$3$0$12]')", "a[cb$bca|$3$0b2]d"),
        ("'ab'.replace(/(?<x>a)|(?<x>b)/g, '<$<x>$<y>$<x>')", "<aa<bb"),
        ("'ab'.replace(/a/, '$<x>$')", "$<x>$b"),
        ("'aé日'.replace(/./gu, '[$&]')", "[a][é][日]"),
        ("'12'.replace(/(1)(2)?(3)?/, '$3|$2|$1')", "|2|1"),
        ("'x'.replace(/(?<n>x)/, '$<n')", "$<n"),
    ]);
}

#[test]
fn what_a_limit_does_to_a_pattern() {
    check(&[
        (
            "(() => { const r = /a/; return r[Symbol.split]('abba', { valueOf() { r.compile('b'); return -1 } }) + '' })()",
            ",bb,",
        ),
        ("'a1b2c'.split(/\\d/, 2) + ''", "a,b"),
        ("'a1b2c'.split(/(\\d)/, 2) + ''", "a,1"),
    ]);
}

#[test]
fn hostile_patterns() {
    check(&[
        ("new RegExp('a?'.repeat(1e4)).exec('aaa')[0]", "aaa"),
        ("new RegExp('(?:'.repeat(1e5) + ')'.repeat(1e5)).test('')", "true"),
        ("new RegExp('()'.repeat(1e4)).exec('').length", "10001"),
        ("new RegExp('(?:a|'.repeat(2e4) + 'b' + ')'.repeat(2e4)).exec('xb').index", "1"),
        ("new RegExp('(?:a{0,4294967295}){0,4294967295}b').test('aaa')", "false"),
        ("new RegExp('[' + 'a-z'.repeat(1e5) + ']').test('m')", "true"),
        ("/(?:a|a)*b/.test('a'.repeat(20))", "false"),
        ("/\\w+@/.test('a'.repeat(1e6))", "false"),
        ("/(?:.|\\n)*x/.test('\\n'.repeat(1e6))", "false"),
        ("try { /(?:a|)*?b/.test('a'.repeat(1e7)) } catch (e) { e.name }", "RangeError"),
    ]);
}
