//! `console.log`, as Node.js prints it.

use crate::Folder;

/// Runs a program that logs; a line of `expected` for each of its output.
fn check(program: &str, expected: &str) {
    let folder = Folder::new().file("a.js", program);
    assert_eq!(folder.run(&["a.js"]), format!("exit 0\n--- stdout\n{expected}\n"), "{program}");
}

#[test]
fn primitives() {
    check(
        "console.log('a', 1, -0, true, null, undefined, Symbol('s'))",
        "a 1 -0 true null undefined Symbol(s)",
    );
    check("console.log()", "");
    check("console.log(['a', -0, Symbol.iterator])", "[ 'a', -0, Symbol(Symbol.iterator) ]");
    check(
        r#"console.log(["it's", `"it's"`, '\n\u0001\ud800', `'"\``])"#,
        r#"[ "it's", `"it's"`, '\n\x01\ud800', '\'"`' ]"#,
    );
}

#[test]
fn objects() {
    check(
        "console.log({ a: 1, 'b-c': [, 2, , ,], [Symbol('s')]: {} })",
        "{ a: 1, 'b-c': [ <1 empty item>, 2, <2 empty items> ], Symbol(s): {} }",
    );
    check(
        "console.log({ a: { b: { c: { d: 1 } } } }, [[[[]], [[1]]]])",
        "{ a: { b: { c: [Object] } } } [ [ [ [] ], [ [Array] ] ] ]",
    );
    check(
        "console.log({ get a() {}, set b(v) {}, get c() {}, set c(v) {} })",
        "{ a: [Getter], b: [Setter], c: [Getter/Setter] }",
    );
    check(
        "const o = { a: [] }; o.o = o; o.a.push = o.a; console.log(o)",
        "<ref *2> { a: <ref *1> [ push: [Circular *1] ], o: [Circular *2] }",
    );
    check(
        "console.log(Object.create(null), Object.create({}), Object.create(Object.create(null)))",
        "[Object: null prototype] {} {} Object <[Object: null prototype] {}> {}",
    );
    check(
        "console.log(new String('ab'), Object(1), Object(Symbol('s')))",
        "[String: 'ab'] [Number: 1] [Symbol: Symbol(s)]",
    );
    check("(function () { console.log(arguments) })(1)", "[Arguments] { '0': 1 }");
}

#[test]
fn functions_and_classes() {
    check(
        "console.log(function () {}, function f() {}, () => 1, function* g() {})",
        "[Function (anonymous)] [Function: f] [Function (anonymous)] [GeneratorFunction: g]",
    );
    check(
        "class A { static s = 1 } class B extends A {} console.log(A, B, class {}, new B(), [A])",
        "[class A] { s: 1 } [class B extends A] [class (anonymous)] B {} [ [class A] { s: 1 } ]",
    );
    check(
        "console.log(new (class { get [Symbol.toStringTag]() { return 'T' } })(), { [Symbol.toStringTag]: 'T' })",
        "Object [T] {} { Symbol(Symbol.toStringTag): 'T' }",
    );
}

#[test]
fn lines() {
    let program =
        "const list = []; for (let i = 0; i < 101; i++) list[i] = i * 7; console.log(list);";
    let rows: Vec<String> = (0..100)
        .map(|i| format!("{:>3}", i * 7))
        .collect::<Vec<_>>()
        .chunks(12)
        .map(|row| format!("  {}", row.join(", ")))
        .collect();
    check(program, &format!("[\n{},\n  ... 1 more item\n]", rows.join(",\n")));
    check(
        "console.log({ a: 'x'.repeat(40), b: 'y'.repeat(40) }, 'x')",
        &format!("{{\n  a: '{}',\n  b: '{}'\n}} x", "x".repeat(40), "y".repeat(40)),
    );
    check(
        "console.log(['a', 'bb', 'ccc', 'a', 'bb', 'ccc', 'dddddd'])",
        "[ 'a', 'bb', 'ccc', 'a', 'bb', 'ccc', 'dddddd' ]",
    );
}

#[test]
fn errors() {
    check(
        "const e = new Error('m'); e.stack = 'Error: m\\n    at x'; e.code = 1; console.log([e])",
        "[\n  Error: m\n      at x {\n    code: 1\n  }\n]",
    );
    check(
        "class Own extends Error {} const e = new Own('m'); e.stack = 'Error: m'; console.log(e)",
        "[Own [Error]: m]",
    );
    check(
        "const e = new Error('m', { cause: 1 }); e.stack = 'Error: m\\n    at x'; console.log(e)",
        "Error: m\n    at x {\n  [cause]: 1\n}",
    );
}

#[test]
fn specifiers() {
    check(
        "console.log('%s|%d|%i|%f|%O|%c|%%|%x', 'a', '42.5', '42.9', '1.5x', { a: 1 }, 'css', 'rest')",
        "a|42.5|42|1.5|{ a: 1 }||%|%x rest",
    );
    check(
        "console.log('%s %s %s', { a: { b: 1 } }, null, { toString() { return 'own' } }, '%s')",
        "{ a: [Object] } null own %s",
    );
    check("console.log('100%', 1); console.log('%d %s')", "100% 1\n%d %s");
}

#[test]
fn bytes_and_dates() {
    check(
        "console.log(new Int8Array(3), new Int8Array, new BigInt64Array([1n]), Object.assign(new Uint8Array(1), { a: 1 }))",
        "Int8Array(3) [ 0, 0, 0 ] Int8Array(0) [] BigInt64Array(1) [ 1n ] Uint8Array(1) [ 0, a: 1 ]",
    );
    check(
        "class U extends Uint8Array {} console.log(new U(2), [[[[new U]]]], [[[new U]]])",
        "U(2) [Uint8Array] [ 0, 0 ] [ [ [ [Array] ] ] ] [ [ [ U(0) [Uint8Array] [] ] ] ]",
    );
    check(
        "const { buffer } = new Uint8Array([1, 2, 254]); console.log(buffer, new SharedArrayBuffer(1)); buffer.transfer(); console.log(buffer)",
        "ArrayBuffer { [Uint8Contents]: <01 02 fe>, [byteLength]: 3 } SharedArrayBuffer { [Uint8Contents]: <00>, [byteLength]: 1 }\nArrayBuffer { (detached), [byteLength]: 0 }",
    );
    check(
        "console.log(new DataView(new ArrayBuffer(2), 1))",
        "DataView {\n  [byteLength]: 1,\n  [byteOffset]: 1,\n  [buffer]: ArrayBuffer { [Uint8Contents]: <00 00>, [byteLength]: 2 }\n}",
    );
    check(
        "class D extends Date {} console.log(new Date(0), [new Date(NaN)], new D(5), Object.assign(new Date(0), { a: 1 }))",
        "1970-01-01T00:00:00.000Z [ Invalid Date ] D 1970-01-01T00:00:00.005Z 1970-01-01T00:00:00.000Z { a: 1 }",
    );
}
