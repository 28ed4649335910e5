//! `Number`, `Boolean`, and the functions of the global object.

use crate::support::check;

#[test]
fn numbers_have_text_in_every_radix() {
    check(&[
        ("255..toString(16) + (-255).toString(2)", "ff-11111111"),
        ("0.1.toString(3)", "0.0022002200220022002200220022002201"),
        ("255.5.toString(36) + 1e21.toString(7)", "73.i5135235413265003022600000"),
        ("1e21.toString(19)", "38ga9iebc43i9i000"),
        ("0.5.toString(16) + NaN.toString(2)", "0.8NaN"),
        (
            "try { 1..toString(37) } catch (e) { e.message }",
            "toString() radix argument must be between 2 and 36",
        ),
        (
            "try { ({ f: Number.prototype.toString }).f() } catch (e) { e.message }",
            "Number.prototype.toString requires that 'this' be a Number",
        ),
    ]);
}

#[test]
fn half_way_cases_go_up() {
    check(&[
        ("0.5.toFixed(0) + 1.5.toFixed(0) + 2.5.toFixed() + (-2.5).toFixed()", "123-3"),
        ("1.005.toFixed(2) + 1.45.toFixed(1) + 9.995.toFixed(2)", "1.001.49.99"),
        ("5.892e-18.toFixed(9) + 1e21.toFixed(2)", "0.0000000001e+21"),
        ("(-0.0000001).toFixed(2)", "-0.00"),
        ("28483963012695.3125.toExponential()", "2.8483963012695312e+13"),
        ("1234567.8915.toLocaleString() + (-0.0001).toLocaleString()", "1,234,567.892-0"),
        ("25..toPrecision(1) + 35..toExponential(0) + 9.5.toPrecision(1)", "3e+14e+11e+1"),
        ("123.456.toPrecision(4) + 0.000123.toPrecision(2)", "123.50.00012"),
        ("1e21.toPrecision(3) + 0..toPrecision(3)", "1.00e+210.00"),
        ("123456..toExponential() + 123456..toExponential(2)", "1.23456e+51.23e+5"),
        (
            "try { 1..toFixed(101) } catch (e) { e.message }",
            "toFixed() digits argument must be between 0 and 100",
        ),
        (
            "try { 1..toPrecision(0) } catch (e) { e.message }",
            "toPrecision() argument must be between 1 and 100",
        ),
    ]);
}

#[test]
fn constructors_convert_or_wrap() {
    check(&[
        ("Number('0x10') + Number() + Number(null)", "16"),
        ("typeof new Number(5) + typeof Number(5)", "objectnumber"),
        ("new Number(5) + 1", "6"),
        ("new Number(5).constructor === Number", "true"),
        ("Number.prototype.valueOf()", "0"),
        ("Boolean('') + ',' + Boolean('a') + ',' + typeof new Boolean()", "false,true,object"),
        ("new Boolean(false) ? new Boolean(false).toString() : 0", "false"),
        (
            "try { ({ f: Boolean.prototype.valueOf }).f() } catch (e) { e.message }",
            "Boolean.prototype.valueOf requires that 'this' be a Boolean",
        ),
        ("Number.isInteger(5) && !Number.isInteger('5') && !Number.isSafeInteger(2 ** 53)", "true"),
        ("Number.MAX_VALUE * Number.EPSILON / Number.MIN_VALUE", "Infinity"),
        ("Number.name + Number.length + Number.prototype.toFixed.length", "Number11"),
    ]);
}

#[test]
fn numbers_are_parsed_from_the_beginning_of_texts() {
    check(&[
        ("parseInt('42px') + parseInt(' -0x1f')", "11"),
        ("parseInt('0b1') + parseInt('z', 36) + parseInt('777', 8)", "546"),
        ("parseInt('') + '' + parseInt('1', 37) + parseInt('2', 2)", "NaNNaNNaN"),
        ("1 / parseInt('-0')", "-Infinity"),
        (
            "parseInt('9007199254740993') + ',' + parseInt('111111111111111111111111111111111111111111111111111111111111', 3)",
            "9007199254740992,2.11955791376081e+28",
        ),
        ("parseFloat('3.14abc') + parseFloat('.5.5') + parseFloat('1e1e1')", "13.64"),
        ("parseFloat('-Infinityx') + '' + parseFloat('inf') + parseFloat('.')", "-InfinityNaNNaN"),
        ("parseFloat('1e') + parseFloat('1e+') + parseFloat('5.e1')", "52"),
        ("isNaN('a') && !isNaN('1') && isFinite('1') && !isFinite(Infinity)", "true"),
        ("Number.parseInt === parseInt && Number.parseFloat === parseFloat", "true"),
    ]);
}
