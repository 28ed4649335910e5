//! Big integers: literals, operators, `BigInt`.

use crate::support::{thrown, values};

#[test]
fn literals() {
    values(&[
        ("0n", "0"),
        ("-0n", "0"),
        ("123456789012345678901234567890n", "123456789012345678901234567890"),
        ("0xFFFFFFFFFFFFFFFFFn", "295147905179352825855"),
        ("0b101n", "5"),
        ("0o17n", "15"),
        ("1_000n", "1000"),
        ("({ 1n: 'a', 0x10n: 'b' })[16]", "b"),
        ("({ [1n]: 'a' })[1]", "a"),
        ("[7, 8][1n]", "8"),
        ("typeof 1n + typeof Object(1n)", "bigintobject"),
        ("0n ? 1 : 2", "2"),
        ("!1n", "false"),
        ("`${18446744073709551616n}`", "18446744073709551616"),
    ]);
}

#[test]
fn arithmetic() {
    values(&[
        ("18446744073709551615n + 1n", "18446744073709551616"),
        ("18446744073709551616n - 1n", "18446744073709551615"),
        (
            "18446744073709551615n * 18446744073709551615n",
            "340282366920938463426481119284349108225",
        ),
        ("2n ** 200n / 2n ** 190n", "1024"),
        ("-5n / 2n", "-2"),
        ("-5n % 2n", "-1"),
        ("-(2n ** 100n) % 1000n", "-376"),
        ("(-2n) ** 3n", "-8"),
        ("0n ** 0n", "1"),
        ("(-1n) ** (2n ** 200n + 1n)", "-1"),
        ("1n ** (2n ** 200n)", "1"),
        ("~5n", "-6"),
        ("~(2n ** 70n)", "-1180591620717411303425"),
        ("-(2n ** 70n) & (2n ** 71n - 1n)", "1180591620717411303424"),
        ("-5n & 0xFFn", "251"),
        ("-5n | 2n", "-5"),
        ("-5n ^ 2n", "-7"),
        ("1n << 100n", "1267650600228229401496703205376"),
        ("-5n >> 1n", "-3"),
        ("-(2n ** 100n + 1n) >> 99n", "-3"),
        ("5n >> -1n", "10"),
        ("5n << -10n", "0"),
        ("-5n << -10n", "-1"),
        ("-5n >> (2n ** 64n)", "-1"),
        ("5n >> 64n", "0"),
        ("18446744073709551615n >> 64n", "0"),
        ("-18446744073709551615n >> 64n", "-1"),
        ("-18446744073709551615n << 62n", "-85070591730234615861231965839514664960"),
        ("(() => { let x = 18446744073709551615n; x++; ++x; return x })()", "18446744073709551617"),
        (
            "(() => { let x = -18446744073709551616n; let old = x--; return old + ',' + x })()",
            "-18446744073709551616,-18446744073709551617",
        ),
        ("(() => { let x = 0n; x--; return -x })()", "1"),
        ("1n + { valueOf() { return 2n } }", "3"),
        ("Object(1n) + 1n", "2"),
        ("1n + 'x' + Object(2n)", "1x2"),
    ]);
}

#[test]
fn comparison() {
    values(&[
        ("1n < 2n", "true"),
        ("2n ** 70n > 2n ** 69n", "true"),
        ("-(2n ** 70n) < 2n ** 69n", "true"),
        ("1n === 1n", "true"),
        ("2n ** 70n === 2n ** 70n", "true"),
        ("1n === 1", "false"),
        ("1n == 1", "true"),
        ("1n == true", "true"),
        ("10n == ' 10 '", "true"),
        ("10n == 'x'", "false"),
        ("'0x10' == 16n", "true"),
        ("2n ** 64n == 2 ** 64", "true"),
        ("2n ** 64n + 1n > 2 ** 64", "true"),
        ("2n > 1.5 && 1n < 1.5 && -1n > -1.5 && -2n < -1.5", "true"),
        ("1n < Infinity && 1n > -Infinity", "true"),
        ("1n < NaN || 1n >= NaN || NaN > 1n", "false"),
        ("1n < '2' && '1' < 2n", "true"),
        ("'a' < 1n || 'a' >= 1n", "false"),
        ("1n == Symbol.iterator", "false"),
        ("1n == null", "false"),
        ("1n == { valueOf() { return 1n } }", "true"),
        ("Object.is(-0n, 0n)", "true"),
        ("Object.is(1n, 2n)", "false"),
    ]);
}

#[test]
fn the_constructor() {
    values(&[
        ("BigInt(9007199254740991)", "9007199254740991"),
        ("BigInt(1e25)", "10000000000000000905969664"),
        ("BigInt(-0)", "0"),
        ("BigInt('  -10  ')", "-10"),
        ("BigInt('')", "0"),
        ("BigInt('0X1f')", "31"),
        ("BigInt(true)", "1"),
        ("BigInt({ valueOf() { return '0b11' } })", "3"),
        ("Number(2n ** 64n + 1n)", "18446744073709552000"),
        ("Number(2n ** 1024n)", "Infinity"),
        ("Number(9007199254740993n)", "9007199254740992"),
        ("Number(-9007199254740995n)", "-9007199254740996"),
        ("parseInt(15n)", "15"),
        ("BigInt.asIntN(8, 255n)", "-1"),
        ("BigInt.asIntN(8, 128n)", "-128"),
        ("BigInt.asIntN(8, -129n)", "127"),
        ("BigInt.asIntN(0, 5n)", "0"),
        ("BigInt.asIntN(64, 2n ** 63n)", "-9223372036854775808"),
        ("BigInt.asIntN(65, 2n ** 63n)", "9223372036854775808"),
        ("BigInt.asIntN(9007199254740991, -1n)", "-1"),
        ("BigInt.asUintN(8, -1n)", "255"),
        ("BigInt.asUintN(64, -1n)", "18446744073709551615"),
        ("BigInt.asUintN(200, -1n) === 2n ** 200n - 1n", "true"),
        ("BigInt.asUintN(0, 5n)", "0"),
        ("BigInt.asUintN(9007199254740991, 1n)", "1"),
        ("255n.toString(16)", "ff"),
        ("(-(35n ** 20n)).toString(36)", "-khrengdfh6068t1ph9g1"),
        ("12345678n.toLocaleString()", "12,345,678"),
        ("(-123n).toLocaleString()", "-123"),
        ("Object.prototype.toString.call(1n)", "[object BigInt]"),
        ("BigInt.length + BigInt.asIntN.length + BigInt.name", "3BigInt"),
    ]);
}

#[test]
fn what_is_wrong_is_refused() {
    let mixed = "TypeError: Cannot mix BigInt and other types, use explicit conversions";
    let large = "RangeError: Maximum BigInt size exceeded";
    thrown(&[
        ("1n + 1", mixed),
        ("1n * 'x'", mixed),
        ("null - 1n", mixed),
        ("let x = 1; x += 1n", mixed),
        ("+1n", "TypeError: Cannot convert a BigInt value to a number"),
        ("Math.max(1n)", "TypeError: Cannot convert a BigInt value to a number"),
        ("1n + Symbol()", "TypeError: Cannot convert a Symbol value to a number"),
        ("1n >>> 0n", "TypeError: BigInts have no unsigned right shift, use >> instead"),
        ("1n / 0n", "RangeError: Division by zero"),
        ("1n % 0n", "RangeError: Division by zero"),
        ("2n ** -1n", "RangeError: Exponent must be positive"),
        ("2n ** (2n ** 40n)", large),
        ("2n ** (2n ** 90n)", large),
        ("1n << (2n ** 30n)", large),
        ("1n << (2n ** 90n)", large),
        ("BigInt.asUintN(2 ** 40, -1n)", large),
        (
            "BigInt(1.5)",
            "RangeError: The number 1.5 cannot be converted to a BigInt because it is not an integer",
        ),
        (
            "BigInt(NaN)",
            "RangeError: The number NaN cannot be converted to a BigInt because it is not an integer",
        ),
        ("BigInt()", "TypeError: Cannot convert undefined to a BigInt"),
        ("BigInt(Symbol('q'))", "TypeError: Cannot convert Symbol(q) to a BigInt"),
        ("BigInt('1_0')", "SyntaxError: Cannot convert 1_0 to a BigInt"),
        ("BigInt('-0x10')", "SyntaxError: Cannot convert -0x10 to a BigInt"),
        ("BigInt('+')", "SyntaxError: Cannot convert + to a BigInt"),
        ("new BigInt(1)", "TypeError: BigInt is not a constructor"),
        ("BigInt.asIntN(-1, 0n)", "RangeError: Invalid value: not (convertible to) a safe integer"),
        ("BigInt.asIntN(1, 1)", "TypeError: Cannot convert 1 to a BigInt"),
        (
            "BigInt.prototype.toString.call(1)",
            "TypeError: BigInt.prototype.toString requires that 'this' be a BigInt",
        ),
        ("1n.toString(1)", "RangeError: toString() radix argument must be between 2 and 36"),
        (
            "(function () { 'use strict'; 1n.x = 1 })()",
            "TypeError: Cannot create property 'x' on bigint '1'",
        ),
    ]);
}
