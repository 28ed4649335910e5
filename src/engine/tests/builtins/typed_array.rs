//! Typed arrays.

use crate::support::{thrown, values};

#[test]
fn construction() {
    values(&[
        ("new Int8Array(3)", "0,0,0"),
        ("new Int8Array([1, 300, -129, 2.9, '7', NaN])", "1,44,127,2,7,0"),
        ("new Uint8ClampedArray([-1, 300, 0.5, 1.5, NaN])", "0,255,0,2,0"),
        ("new Uint32Array([-1, 2 ** 32 + 5])", "4294967295,5"),
        ("new Float32Array([0.1])[0]", "0.10000000149011612"),
        ("new Float16Array([1.337, 65520, 1e-9])", "1.3369140625,Infinity,0"),
        ("new BigInt64Array([2n ** 63n])[0]", "-9223372036854775808"),
        ("new BigUint64Array([-1n])[0]", "18446744073709551615"),
        ("new Int16Array(new Float64Array([1.5, 70000]))", "1,4464"),
        ("new Int8Array({ length: 2, 0: 4 })", "4,0"),
        ("new Uint8Array(function* () { yield 1; yield 2 }())", "1,2"),
        ("new Int16Array(new ArrayBuffer(8), 2, 2).length", "2"),
        ("new Int16Array(new ArrayBuffer(8), 2).byteLength", "6"),
        ("Int8Array.from([1, 2], x => x * 2)", "2,4"),
        ("Int8Array.of(1, 2, 3)", "1,2,3"),
        ("Object.getPrototypeOf(Int8Array).name", "TypedArray"),
        ("Int8Array.length + Float64Array.BYTES_PER_ELEMENT", "11"),
        ("Object.prototype.toString.call(new Float16Array)", "[object Float16Array]"),
    ]);
    thrown(&[
        ("Int8Array(1)", "TypeError: Constructor Int8Array requires 'new'"),
        (
            "new (Object.getPrototypeOf(Int8Array))",
            "TypeError: Abstract class TypedArray not directly constructable",
        ),
        ("new Int8Array(-1)", "RangeError: Invalid typed array length: -1"),
        ("new Int8Array(2 ** 52)", "RangeError: Array buffer allocation failed"),
        ("new Int16Array(2 ** 52)", "RangeError: Invalid typed array length: 4503599627370496"),
        (
            "new Float64Array({ length: 2 ** 52 })",
            "RangeError: Invalid typed array length: 4503599627370496",
        ),
        (
            "new Int16Array(new ArrayBuffer(3))",
            "RangeError: byte length of Int16Array should be a multiple of 2",
        ),
        (
            "new Int16Array(new ArrayBuffer(4), 1)",
            "RangeError: start offset of Int16Array should be a multiple of 2",
        ),
        (
            "new Int16Array(new ArrayBuffer(4), 6)",
            "RangeError: Start offset 6 is outside the bounds of the buffer",
        ),
        ("new Int8Array([1n])", "TypeError: Cannot convert a BigInt value to a number"),
        ("new BigInt64Array([1])", "TypeError: Cannot convert 1 to a BigInt"),
        (
            "new Int8Array(new BigInt64Array(1))",
            "TypeError: Cannot mix BigInt and other types, use explicit conversions",
        ),
    ]);
}

#[test]
fn elements() {
    values(&[
        (
            "(a => (a[0] = 257, a[1] = 5, a[-1] = 1, a['-0'] = 1, a[0] + ',' + a[1] + ',' + Object.keys(a)))(new Uint8Array(1))",
            "1,undefined,0",
        ),
        ("(a => (a.x = 1, a['1.5'] = 2, Object.keys(a)))(new Uint8Array(1))", "0,x"),
        (
            "'0' in new Uint8Array(1) && !('1' in new Uint8Array(1)) && !('-0' in new Uint8Array(1))",
            "true",
        ),
        ("(a => delete a[1] && !Reflect.deleteProperty(a, 0))(new Uint8Array(1))", "true"),
        ("(a => (Object.create(a)[5] = 1, a[5]))(new Uint8Array(1))", "undefined"),
        ("(o => (o[5] = 1, o.hasOwnProperty(5)))(Object.create(new Uint8Array(1)))", "false"),
        (
            "JSON.stringify(Object.getOwnPropertyDescriptor(new Uint8Array(1), 0))",
            r#"{"value":0,"writable":true,"enumerable":true,"configurable":true}"#,
        ),
        (
            "(a => { let s = 0; for (let i = 0; i < 300; i++) a[i & 3] += i; for (const x of a) s += x; return s })(new Float64Array(4))",
            "44850",
        ),
        (
            "(a => { for (let i = 0; i < 300; i++) { a[0] = i + 0.5 } return a[0] })(new Int32Array(1))",
            "299",
        ),
        (
            "(a => { a[0] = 1; a[0] = { valueOf() { a.buffer.transfer(); return 7 } }; return a[0] })(new Int32Array(1))",
            "undefined",
        ),
        ("[...new Uint8Array([1, 2]).entries()].join(';')", "0,1;1,2"),
    ]);
    thrown(&[
        (
            "Object.freeze(new Uint8Array(1))",
            "TypeError: Cannot freeze array buffer views with elements",
        ),
        ("'use strict'; new BigInt64Array(1)[0] = 1", "TypeError: Cannot convert 1 to a BigInt"),
    ]);
}

#[test]
fn methods() {
    values(&[
        ("new Float64Array([3, NaN, -0, 0, -1, Infinity]).sort().join()", "-1,0,0,3,Infinity,NaN"),
        ("Object.is(new Float64Array([0, -0]).sort()[0], -0)", "true"),
        ("new Int8Array([3, 1, 2]).sort((a, b) => b - a)", "3,2,1"),
        ("new BigInt64Array([3n, -1n]).toSorted()", "-1,3"),
        (
            "new Int8Array([1, 2, 3]).toReversed() + '|' + new Int8Array([1, 2, 3]).with(-1, 9)",
            "3,2,1|1,2,9",
        ),
        ("new Int8Array([1, 2, 3, 4]).subarray(1, 3).fill(7).buffer.byteLength", "4"),
        ("(a => (a.set(a.subarray(0, 3), 1), a))(new Int8Array([1, 2, 3, 4]))", "1,1,2,3"),
        (
            "(b => (new Int16Array(b, 0, 2).set(new Int8Array(b, 1, 2)), new Uint8Array(b)))(new Uint8Array([1, 2, 3, 4]).buffer)",
            "2,0,3,0",
        ),
        ("new Int8Array([1, 2, 3, 4, 5]).copyWithin(1, 0, 3)", "1,1,2,3,5"),
        ("new Int8Array([1, 2, 3]).map(x => x * 100)", "100,-56,44"),
        ("new Int8Array([1, 2, 3]).filter(x => x & 1)", "1,3"),
        (
            "new Float32Array([NaN]).includes(NaN) + ',' + new Float32Array([NaN]).indexOf(NaN)",
            "true,-1",
        ),
        ("new Int8Array([1, 2, 1]).lastIndexOf(1) + new Int8Array([1, 2]).at(-1)", "4"),
        ("new Int8Array([1, 2, 3]).reduceRight((a, b) => a + '' + b)", "321"),
        ("new Int8Array([1, 2]).join('-') + new Int8Array([5]).toLocaleString()", "1-25"),
        ("new Int8Array([1, 2, 3]).slice(-2)", "2,3"),
        ("Int8Array.prototype.toString === Array.prototype.toString", "true"),
    ]);
    thrown(&[
        ("Int8Array.prototype.fill.call([])", "TypeError: this is not a typed array."),
        ("new Int8Array(2).set([1, 2, 3])", "RangeError: offset is out of bounds"),
        ("new Int8Array(2).with(2, 0)", "RangeError: Invalid typed array index"),
        (
            "const a = new Int8Array(2); a.buffer.transfer(); a.fill(1)",
            "TypeError: Cannot perform %TypedArray%.prototype.fill on a detached or out-of-bounds ArrayBuffer",
        ),
        (
            "const a = new Int8Array(2), i = a.values(); i.next(); a.buffer.transfer(); i.next()",
            "TypeError: Cannot perform Array Iterator.prototype.next on a detached or out-of-bounds ArrayBuffer",
        ),
    ]);
}

#[test]
fn buffers_that_change_meanwhile() {
    values(&[
        (
            "(b => { const a = new Int8Array(b); b.resize(2); return a.length + ',' + a.map(x => (b.resize(1), x)) })(new ArrayBuffer(4, { maxByteLength: 8 }))",
            "2,0,0",
        ),
        (
            "(b => { const a = new Int8Array(b, 2, 2), t = new Int8Array(b, 1); b.resize(3); return [a.length, a.byteOffset, t.length] })(new ArrayBuffer(4, { maxByteLength: 8 }))",
            "0,0,2",
        ),
        (
            "(b => { const a = new Int8Array(b); return a.fill({ valueOf() { b.resize(2); return 3 } }) })(new ArrayBuffer(4, { maxByteLength: 8 }))",
            "3,3",
        ),
        (
            "(b => { const a = new Int8Array(b); a.sort((x, y) => (b.resize(1), y - x)); return a })(new ArrayBuffer(20, { maxByteLength: 20 }))",
            "0",
        ),
        (
            "(b => { const a = new Int16Array(b, 2); b.resize(1); let s = ''; for (let i = 0; i < 3; i++) { a[i] = 5; s += a[i] } return s })(new ArrayBuffer(8, { maxByteLength: 8 }))",
            "undefinedundefinedundefined",
        ),
    ]);
}

#[test]
fn base64_and_hex() {
    values(&[
        ("new Uint8Array([0, 255, 16]).toHex() + Uint8Array.fromHex('fF01')", "00ff10255,1"),
        ("new Uint8Array([251, 255, 1, 2]).toBase64()", "+/8BAg=="),
        (
            "new Uint8Array([251, 255, 1, 2]).toBase64({ alphabet: 'base64url', omitPadding: true })",
            "-_8BAg",
        ),
        ("Uint8Array.fromBase64(' +/8B\\nAg ')", "251,255,1,2"),
        (
            "JSON.stringify(new Uint8Array(4).setFromBase64('AAECAwQF'))",
            r#"{"read":4,"written":3}"#,
        ),
        ("JSON.stringify(new Uint8Array(2).setFromHex('010203'))", r#"{"read":4,"written":2}"#),
        ("Uint8Array.fromBase64('AAECA', { lastChunkHandling: 'stop-before-partial' })", "0,1,2"),
        ("(a => { try { a.setFromHex('01zz') } catch { return a } })(new Uint8Array(2))", "1,0"),
    ]);
    thrown(&[
        (
            "Uint8Array.fromBase64('a')",
            "SyntaxError: The base64 input terminates with a single character, excluding padding (=).",
        ),
        (
            "Uint8Array.fromBase64('a*aa')",
            "SyntaxError: Found a character that cannot be part of a valid base64 string.",
        ),
        (
            "Uint8Array.fromBase64('ab==', { lastChunkHandling: 'strict' })",
            "SyntaxError: The base64 input terminates with non-zero padding bits.",
        ),
        (
            "Uint8Array.fromHex('a')",
            "SyntaxError: Input string must contain hex characters in even length",
        ),
        ("Uint8Array.fromBase64(1)", "TypeError: input argument must be a string"),
        ("Uint8Array.fromBase64('', { alphabet: 'x' })", "TypeError: invalid option x"),
    ]);
}

#[test]
fn lengths_and_methods_that_are_replaced() {
    values(&[
        (
            "(a => { let s = ''; for (let i = 0; i < 4; i++) { s += a.length; if (i === 1) Object.defineProperty(Object.getPrototypeOf(Int8Array.prototype), 'length', { get() { return 9 } }) } return s })(new Int8Array(2))",
            "2299",
        ),
        (
            "(a => { let s = ''; for (let i = 0; i < 4; i++) { s += a.length; if (i === 1) Object.defineProperty(Int8Array.prototype, 'length', { value: 5 }) } return s })(new Int8Array(2))",
            "2255",
        ),
        (
            "(a => { let s = ''; for (let i = 0; i < 4; i++) { s += a.length; if (i === 1) a.buffer.transfer() } return s })(new Int8Array(2))",
            "2200",
        ),
        (
            "(a => { let s = ''; for (let i = 0; i < 4; i++) { s += a.at(0); if (i === 1) a.at = () => 7 } return s })(new Int8Array(2))",
            "0077",
        ),
        (
            "(a => { let s = ''; for (const o of [a, [1], a, { length: 8 }, 'abc', a]) s += o.length; return s })(new Int8Array(2))",
            "212832",
        ),
        (
            "(a => { let s = ''; for (const i of [0, 1, 2, -1, 0.5, 1.5, '1', 2 ** 31]) { a[i] = i + 0.75; s += a[i] + ' ' } return s })(new Float32Array(2))",
            "0.75 1.75 undefined undefined undefined undefined 10.75 undefined ",
        ),
        (
            "(a => { let s = ''; for (const x of [1e20, NaN, -1.5, Infinity, 2 ** 32 + 3, true, '7']) { a[0] = x; s += a[0] + ' ' } return s })(new Int32Array(1))",
            "1661992960 0 -1 0 3 1 7 ",
        ),
    ]);
}
