//! `JSON`.

use crate::support::{thrown, values};

#[test]
fn text_becomes_values() {
    values(&[
        ("JSON.parse('1')", "1"),
        ("JSON.parse(' [1, -2.5e3, true, false, null] ')[1]", "-2500"),
        ("1 / JSON.parse('-0')", "-Infinity"),
        ("JSON.parse('1E400')", "Infinity"),
        ("JSON.parse('{\"a\": {\"b\": [\"c\"]}}').a.b[0]", "c"),
        (r#"JSON.parse('"\\u0041\\n\\"\\\\\\/\\ud83d\\ude00é"')"#, "A\n\"\\/😀é"),
        ("JSON.parse('{\"__proto__\": 1}').__proto__", "1"),
        (
            "JSON.parse('{\"a\": 1, \"b\": 2, \"a\": 3}').a + Object.keys(JSON.parse('{\"a\": 1, \"b\": 2, \"a\": 3}'))[0]",
            "3a",
        ),
        ("Object.keys(JSON.parse('{\"b\": 1, \"1\": 2, \"0\": 3}'))[0]", "0"),
        ("JSON.parse('{\"100000000\": 1, \"100000000\": 2}')[1e8]", "2"),
        ("JSON.parse('\"' + 'ab'.repeat(50) + '\"').length", "100"),
        ("JSON.parse('[]').length + JSON.stringify(JSON.parse('{}'))", "0{}"),
        ("JSON.parse(null)", "null"),
    ]);
    crate::support::check_once(
        "let s = '['.repeat(200000) + ']'.repeat(200000); let d = 0; for (let a = JSON.parse(s); a; a = a[0]) { d++ } d",
        "200000",
    );
}

/// Objects that begin with the keys of those before them, and go on otherwise.
#[test]
fn keys_are_guessed() {
    let there_and_back = |text: &str, expected: &str| {
        values(&[(&format!("JSON.stringify(JSON.parse('{text}'))"), expected)]);
    };
    for text in [
        r#"[{"a":1,"b":2},{"a":3,"b":4},{"a":5,"c":6},{"a":7,"b":8,"c":9},{"b":0},{"a":1}]"#,
        r#"[{"a":1},{"ab":2},{"abc":3},{"":4},{"a":5},{"":6},{"b":7},{"c":8},{"d":9},{"a":0}]"#,
        r#"[{"x":{"x":{"x":1}}},{"x":{"x":{"x":2}}},{"x":{"y":[{"x":3}]}}]"#,
        r#"[{"ü":1,"日本":2},{"ü":3,"日本":4},{"u":5}]"#,
        r#"[{"__proto__":1,"constructor":2},{"__proto__":3,"constructor":4}]"#,
    ] {
        there_and_back(text, text);
    }
    there_and_back(
        r#"[{"a":1,"b":2,"a":3},{"a":1,"b":2,"a":4},{"a":1,"b":5}]"#,
        r#"[{"a":3,"b":2},{"a":4,"b":2},{"a":1,"b":5}]"#,
    );
    there_and_back(
        r#"[{"a":1,"1":2,"b":3,"0":4},{"a":5,"1":6,"b":7},{"0":8,"0":9}]"#,
        r#"[{"0":4,"1":2,"a":1,"b":3},{"1":6,"a":5,"b":7},{"0":9}]"#,
    );
    there_and_back(
        r#"[{ "a" : 1 , "b" : 2 } , { "a" :3,"b": 4 }, {"\\u0061": 5}, {"\\u0061": 6}, {"a\\n": 7}, {"a\\n": 8}]"#,
        r#"[{"a":1,"b":2},{"a":3,"b":4},{"a":5},{"a":6},{"a\n":7},{"a\n":8}]"#,
    );
    values(&[
        (
            "(() => { let o = {}; for (let i = 0; i < 150; i++) { o['k' + i] = i } let t = JSON.stringify([o, o]); return JSON.stringify(JSON.parse(t)) === t })()",
            "true",
        ),
        (
            "(() => { let o = JSON.parse('[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4}]')[1]; o.c = 5; delete o.a; return JSON.stringify(o) })()",
            r#"{"b":4,"c":5}"#,
        ),
        (
            "(() => { let a = JSON.parse('[1,2,3]'); a.push(4); a[6] = 7; return a.length + ':' + a })()",
            "7:1,2,3,4,,,7",
        ),
        (
            "(() => { let s = ''; JSON.parse('[{\"a\":1,\"b\":\"x\"},{\"a\":2,\"a\":3,\"0\":true}]', (k, v, c) => { s += k + c.source + ' '; return v }); return s })()",
            r#"a1 b"x" 0undefined 0true a3 1undefined undefined "#,
        ),
    ]);
    crate::support::check_once(
        "let o = {}; for (let i = 0; i < 5000; i++) { o['k' + i] = { ['u' + i]: i } } let t = JSON.stringify(o); let n = 0; for (let i = 0; i < 5; i++) { n += JSON.stringify(JSON.parse(t)) === t } n",
        "5",
    );
}

#[test]
fn numbers_are_exact() {
    for number in [
        "0",
        "-1",
        "7",
        "12345678",
        "-99999999",
        "123456789",
        "2147483647",
        "2147483648",
        "-2147483648",
        "-2147483649",
        "9007199254740991",
        "9007199254740993",
        "123456789012345678901234567890",
        "0.1",
        "-0.5",
        "1.25",
        "3.141592653589793",
        "0.30000000000000004",
        "1e21",
        "1.5e-7",
        "0.000001",
        "123456.789012",
        "5e-324",
        "1.7976931348623157e308",
        "100000000.000001",
        "999999999.999999",
        "4.35",
        "0.1234567",
    ] {
        let cases = [
            format!("Object.is(JSON.parse('[{number}]')[0], {number})"),
            format!("Object.is(JSON.parse('{number}'), {number})"),
            format!("Object.is(JSON.parse('[{number}, \"\\u65e5日\"]')[0], {number})"),
            format!("JSON.stringify([{number}]) === '[' + String({number}) + ']'"),
        ];
        for case in cases {
            values(&[(&case, "true")]);
        }
    }
    values(&[
        (
            "[1.5, -0.25, 1e-6, 1e-7, 0.1 + 0.2, 1e9, 1234.5678, 123456789.123456].join()",
            "1.5,-0.25,0.000001,1e-7,0.30000000000000004,1000000000,1234.5678,123456789.123456",
        ),
        (
            "Object.is(JSON.parse('[-0]')[0], -0) + ',' + Object.is(JSON.parse('-0.0'), -0)",
            "true,true",
        ),
        ("JSON.parse('[1E2,1e+2,10e-1,0e5]').join()", "100,100,1,0"),
        ("JSON.parse('[12.5e1,0.1e1]').join()", "125,1"),
    ]);
}

#[test]
fn revivers() {
    values(&[
        ("JSON.parse('{\"a\": [1, 2]}', (k, v) => typeof v === 'number' ? v + 1 : v).a[1]", "3"),
        (
            "(() => { let s = ''; JSON.parse('{\"a\": [1.0, {}], \"b\": \"x\"}', (k, v, c) => { s += k + ':' + c.source + ' '; return v }); return s })()",
            "0:1.0 1:undefined a:undefined b:\"x\" :undefined ",
        ),
        ("'a' in JSON.parse('{\"a\": 1}', (k, v) => k === 'a' ? undefined : v)", "false"),
        (
            "(() => { let s = ''; JSON.parse('[1, 2]', function (k, v, c) { if (k === '0') { this[1] = 3 } s += c.source + ' '; return v }); return s })()",
            "1 undefined undefined ",
        ),
        ("JSON.parse('5', (k, v, c) => c.source + k)", "5"),
    ]);
    thrown(&[("JSON.parse('[1]', () => { throw 'out' })", "out")]);
}

#[test]
fn values_become_text() {
    values(&[
        (
            "JSON.stringify({ a: [1, 'x', true, null, undefined, () => 1, Symbol()], b: undefined })",
            r#"{"a":[1,"x",true,null,null,null,null]}"#,
        ),
        ("JSON.stringify(undefined)", "undefined"),
        ("JSON.stringify(() => 1)", "undefined"),
        ("JSON.stringify([NaN, Infinity, -0, 1e21, 0.1])", "[null,null,0,1e+21,0.1]"),
        (r#"JSON.stringify('\u0007\b\t\n\f\r"\\\ud800é😀')"#, r#""\u0007\b\t\n\f\r\"\\\ud800é😀""#),
        (
            "JSON.stringify([new Number(1), new String('s'), new Boolean(false), Object(Symbol())])",
            r#"[1,"s",false,{}]"#,
        ),
        ("JSON.stringify({ toJSON(k) { return 'k' + k } })", "\"k\""),
        ("JSON.stringify({ a: { toJSON(k) { return k } } })", r#"{"a":"a"}"#),
        (
            "JSON.stringify({ a: 1, b: [1, 2] }, null, 2)",
            "{\n  \"a\": 1,\n  \"b\": [\n    1,\n    2\n  ]\n}",
        ),
        ("JSON.stringify([[], {}], null, '--')", "[\n--[],\n--{}\n]"),
        ("JSON.stringify([1], null, 'abcdefghijklmno')", "[\nabcdefghij1\n]"),
        ("JSON.stringify({ a: 1, b: 2, 3: 4 }, ['b', 3, 'b', {}])", r#"{"b":2,"3":4}"#),
        (
            "JSON.stringify({ a: 1, b: { a: 2 } }, (k, v) => k === 'a' ? undefined : v)",
            r#"{"b":{}}"#,
        ),
        (
            "JSON.stringify([1, 2], function (k, v) { return this === v || k === '' ? v : this[k] + 1 })",
            "[2,3]",
        ),
        ("JSON.stringify({ a: JSON.rawJSON('1e1000') })", r#"{"a":1e1000}"#),
        (
            "JSON.isRawJSON(JSON.rawJSON('1')) + ',' + JSON.isRawJSON({}) + Object.isFrozen(JSON.rawJSON('1'))",
            "true,falsetrue",
        ),
        (
            "JSON.stringify(new Proxy([1, 2], {})) + JSON.stringify(new Proxy({ a: 1 }, {}))",
            r#"[1,2]{"a":1}"#,
        ),
        ("JSON.stringify({ get a() { return 1 }, [Symbol()]: 2 })", r#"{"a":1}"#),
        ("JSON.stringify({ é: 'ü', 'a\"b': 1 })", r#"{"é":"ü","a\"b":1}"#),
        ("Object.prototype.toString.call(JSON)", "[object JSON]"),
    ]);
}

/// What is known of a shape is right no more when code has been called.
#[test]
fn objects_that_change_while_they_are_written() {
    values(&[
        (
            "(() => { let o = { a: 1, b: { toJSON() { delete o.c; o.d = 5; return 2 } }, c: 3, e: 4 }; return JSON.stringify(o) + JSON.stringify(o) })()",
            r#"{"a":1,"b":2,"e":4}{"a":1,"b":2,"e":4,"d":5}"#,
        ),
        (
            "(() => { let o = { a: { toJSON() { o.b = 'new'; return 1 } }, b: 'old' }; return JSON.stringify(o) })()",
            r#"{"a":1,"b":"new"}"#,
        ),
        (
            "(() => { let a = [{ toJSON() { a.length = 1; return 1 } }, 2, 3]; return JSON.stringify(a) })()",
            "[1,null,null]",
        ),
        (
            "(() => { let o = { a: 1 }; let s = JSON.stringify(o); Object.prototype.toJSON = () => 2; s += JSON.stringify(o) + JSON.stringify([o]); delete Object.prototype.toJSON; return s + JSON.stringify(o) })()",
            r#"{"a":1}22{"a":1}"#,
        ),
        (
            "(() => { Object.prototype.toJSON = undefined; let o = { a: 1 }, s = JSON.stringify(o); Object.prototype.toJSON = function () { return 3 }; s += JSON.stringify(o); delete Object.prototype.toJSON; return s })()",
            r#"{"a":1}3"#,
        ),
        (
            "(() => { Array.prototype.toJSON = () => 'array'; let s = JSON.stringify({ a: [] }); delete Array.prototype.toJSON; return s + JSON.stringify([]) })()",
            r#"{"a":"array"}[]"#,
        ),
        (
            "(() => { class A { #p = 1; x = 2; get y() { return 3 } } let a = new A(); Object.defineProperty(a, 'hidden', { value: 4 }); return JSON.stringify([a, a]) })()",
            r#"[{"x":2},{"x":2}]"#,
        ),
        (
            "(() => { let log = []; let p = new Proxy({}, { get(t, k) { log.push(k); return undefined } }); JSON.stringify({ __proto__: p, a: 1 }); JSON.stringify(Object.create(p)); return log })()",
            "toJSON,toJSON",
        ),
        (
            "JSON.stringify([{ a: undefined, b: 1 }, { a: () => 1, b: 2 }, { a: 3, b: Symbol() }, { 日: 'ü', ü: '日' }, { 日: 1, ü: [] }])",
            r#"[{"b":1},{"b":2},{"a":3},{"日":"ü","ü":"日"},{"日":1,"ü":[]}]"#,
        ),
        (
            "JSON.stringify({ 'with \"quotes\"': 1, 'a key that is longer than others': [1, , 3] }, null, '日')",
            "{\n日\"with \\\"quotes\\\"\": 1,\n日\"a key that is longer than others\": [\n日日1,\n日日null,\n日日3\n日]\n}",
        ),
        (
            "JSON.stringify('plain plain plain \\u007f\\x00 \\u00ff')",
            "\"plain plain plain \u{7f}\\u0000 \u{ff}\"",
        ),
        (
            "JSON.stringify([1, -1, 123456789, -2147483648, 10, 100])",
            "[1,-1,123456789,-2147483648,10,100]",
        ),
    ]);
}

#[test]
fn circles_are_refused() {
    let head = "TypeError: Converting circular structure to JSON\n    --> starting at object with constructor";
    thrown(&[
        (
            "let a = {}; a.a = a; JSON.stringify(a)",
            &format!("{head} 'Object'\n    --- property 'a' closes the circle"),
        ),
        (
            "let b = { x: { y: {} } }; b.x.y[1] = b; JSON.stringify(b)",
            &format!(
                "{head} 'Object'\n    |     property 'x' -> object with constructor 'Object'\n    |     property 'y' -> object with constructor 'Object'\n    --- index 1 closes the circle"
            ),
        ),
        (
            "let c = { x: { y: { z: { w: {} } } } }; c.x.y.z.w.q = c; JSON.stringify(c)",
            &format!(
                "{head} 'Object'\n    |     property 'x' -> object with constructor 'Object'\n    |     property 'y' -> object with constructor 'Object'\n    |     ...\n    |     property 'w' -> object with constructor 'Object'\n    --- property 'q' closes the circle"
            ),
        ),
        ("JSON.stringify(1n)", "TypeError: Do not know how to serialize a BigInt"),
    ]);
    crate::support::check_once(
        "let a = []; for (let i = 0; i < 200000; i++) { a = [a] } try { JSON.stringify(a) } catch (e) { e + '' }",
        "RangeError: Maximum call stack size exceeded",
    );
}

/// Every message is the one that V8 has.
#[test]
fn wrong_text_is_refused() {
    for (text, message) in [
        ("", "Unexpected end of JSON input"),
        ("{", "Expected property name or '}' in JSON at position 1 (line 1 column 2)"),
        ("[", "Unexpected end of JSON input"),
        ("[1", "Expected ',' or ']' after array element in JSON at position 2 (line 1 column 3)"),
        ("{\"a\"", "Expected ':' after property name in JSON at position 4 (line 1 column 5)"),
        ("{\"a\":", "Unexpected end of JSON input"),
        (
            "{\"a\":1",
            "Expected ',' or '}' after property value in JSON at position 6 (line 1 column 7)",
        ),
        (
            "{\"a\":1,",
            "Expected double-quoted property name in JSON at position 7 (line 1 column 8)",
        ),
        ("{a:1}", "Expected property name or '}' in JSON at position 1 (line 1 column 2)"),
        ("[1,]", "Unexpected token ']', \"[1,]\" is not valid JSON"),
        ("{\"a\" 1}", "Expected ':' after property name in JSON at position 5 (line 1 column 6)"),
        ("1 2", "Unexpected non-whitespace character after JSON at position 2 (line 1 column 3)"),
        ("01", "Unexpected number in JSON at position 1 (line 1 column 2)"),
        ("-", "No number after minus sign in JSON at position 1 (line 1 column 2)"),
        ("1.", "Unterminated fractional number in JSON at position 2 (line 1 column 3)"),
        ("1e+", "Exponent part is missing a number in JSON at position 3 (line 1 column 4)"),
        (".5", "Unexpected token '.', \".5\" is not valid JSON"),
        ("\"abc", "Unterminated string in JSON at position 4 (line 1 column 5)"),
        (
            "\"a\\nb\"",
            "Bad control character in string literal in JSON at position 2 (line 1 column 3)",
        ),
        ("\"\\\\x\"", "Bad escaped character in JSON at position 2 (line 1 column 3)"),
        ("\"\\\\u12g4\"", "Bad Unicode escape in JSON at position 5 (line 1 column 6)"),
        (
            "\\n\\n[1 2]",
            "Expected ',' or ']' after array element in JSON at position 5 (line 3 column 4)",
        ),
        ("nul", "Unexpected end of JSON input"),
        ("nullx", "Unexpected non-whitespace character after JSON at position 4 (line 1 column 5)"),
        ("undefined", "\"undefined\" is not valid JSON"),
        ("abcdefghijklmnopqrstuvwxyz", "Unexpected token 'a', \"abcdefghij\"... is not valid JSON"),
        (
            "[1,2,3,4,5,6,7,8,9,10,x,1,2,3,4,5,6,7,8]",
            "Unexpected token 'x', ...\",7,8,9,10,x,1,2,3,4,\"... is not valid JSON",
        ),
        (
            "[1,2,3,4,5,6,7,8,9,10,1,2,3,4,5,6,7,x]",
            "Unexpected token 'x', ...\"3,4,5,6,7,x]\" is not valid JSON",
        ),
        (
            "{\"a\":1}}",
            "Unexpected non-whitespace character after JSON at position 7 (line 1 column 8)",
        ),
    ] {
        thrown(&[(&format!("JSON.parse('{text}')"), &format!("SyntaxError: {message}"))]);
    }
    thrown(&[
        ("JSON.parse(undefined)", "SyntaxError: \"undefined\" is not valid JSON"),
        ("JSON.parse({})", "SyntaxError: \"[object Object]\" is not valid JSON"),
        ("JSON.rawJSON('{}')", "SyntaxError: Unexpected token '{', \"{}\" is not valid JSON"),
        ("JSON.rawJSON('')", "SyntaxError: Invalid value for JSON.rawJSON"),
        ("JSON.rawJSON(' 1')", "SyntaxError: Unexpected token ' ', \" 1\" is not valid JSON"),
        ("JSON.rawJSON('1 ')", "SyntaxError: Invalid value for JSON.rawJSON"),
    ]);
}
