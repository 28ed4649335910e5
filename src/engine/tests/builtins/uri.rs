//! `encodeURI` and its kin, `escape` and `unescape`.

use crate::support::check;

#[test]
fn texts_become_parts_of_uris() {
    check(&[
        ("encodeURI('http://a/ü?q=€ 1&b#c')", "http://a/%C3%BC?q=%E2%82%AC%201&b#c"),
        ("encodeURIComponent('a/b?c=d&e+f')", "a%2Fb%3Fc%3Dd%26e%2Bf"),
        ("encodeURIComponent(\"-.!~*'()_\")", "-.!~*'()_"),
        ("encodeURIComponent('😀') + encodeURI('[]')", "%F0%9F%98%80%5B%5D"),
        ("encodeURI()", "undefined"),
        ("try { encodeURI('a\\ud800') } catch (e) { e + '' }", "URIError: URI malformed"),
        ("try { encodeURI('\\udc00\\ud800') } catch (e) { e.message }", "URI malformed"),
        ("try { encodeURI(Symbol()) } catch (e) { e.name }", "TypeError"),
    ]);
}

#[test]
fn parts_of_uris_become_texts() {
    check(&[
        ("decodeURI('%41%23%2f%c3%BC%E2%82%AC%F0%9F%98%80')", "A%23%2fü€😀"),
        ("decodeURIComponent('%41%23%2f')", "A#/"),
        ("decodeURI('ü€') + decodeURIComponent('€%41')", "ü€€A"),
        (
            "var out = ''; for (let s of ['%', '%4', '%G1', '%80', '%C0%80', '%C3', '%C3%4', '%C3x',
               '%ED%A0%80', '%F4%90%80%80', '%F8%80%80%80%80', '%C3%41', '%+1'])
               try { out += decodeURIComponent(s) } catch (e) { out += e instanceof URIError ? 1 : 0 }
             out",
            "1111111111111",
        ),
    ]);
}

#[test]
fn texts_are_escaped_by_code_unit() {
    check(&[
        ("escape('ü€ @*_+-./~\\ud83d')", "%FC%u20AC%20@*_+-./%7E%uD83D"),
        ("unescape('%u20AC%FC%41')", "€üA"),
        ("unescape('%u12%%4%u%uGGGG%')", "%u12%%4%u%uGGGG%"),
        ("unescape('%uD83D%uDE00') + unescape('%%41')", "😀%A"),
        ("escape.length + unescape.name + new Set([escape()]).size", "1unescape1"),
    ]);
}
