//! `Date`: the machine's clock here is UTC.

use crate::support::{thrown, values};

#[test]
fn construction() {
    values(&[
        ("new Date(0)", "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)"),
        ("new Date(2024, 1, 29, 12, 30, 15, 5).toISOString()", "2024-02-29T12:30:15.005Z"),
        ("new Date(99, 0).getFullYear() + new Date(100, 0).getFullYear()", "2099"),
        ("new Date(2024, 13, -1).toISOString()", "2025-01-30T00:00:00.000Z"),
        ("new Date(new Date(5)).getTime() + Number(new Date('1970'))", "5"),
        (
            "new Date(8.64e15).toISOString() + new Date(8.64e15 + 1)",
            "+275760-09-13T00:00:00.000ZInvalid Date",
        ),
        ("Date.UTC(2024) - Date.UTC(2023) + Date.UTC(2e6, 0)", "NaN"),
        ("typeof Date() + typeof Date.now() + Date.length + Date.UTC.length", "stringnumber77"),
        ("Object.is(new Date(-0).getTime(), 0) && Date.UTC()", "NaN"),
        ("new Date({ [Symbol.toPrimitive]: hint => hint === 'default' ? 7 : 8 }).getTime()", "7"),
        (
            "(class D extends Date {}, Object.prototype.toString.call(new (class D extends Date {})))",
            "[object Date]",
        ),
        ("new Date('x') + typeof Date.prototype.valueOf.call(new Date(NaN))", "Invalid Datenumber"),
    ]);
}

#[test]
fn texts_become_dates() {
    for (text, time) in [
        ("2024-02-29", "2024-02-29T00:00:00.000Z"),
        ("2024-02", "2024-02-01T00:00:00.000Z"),
        ("-000001-01-01T00:00Z", "-000001-01-01T00:00:00.000Z"),
        ("2024-02-29T24:00", "2024-03-01T00:00:00.000Z"),
        ("2024-02-29T10:20:30.123456+05:30", "2024-02-29T04:50:30.123Z"),
        ("Feb 29 2024", "2024-02-29T00:00:00.000Z"),
        ("29 February 2024 10:20 pm EST", "2024-03-01T03:20:00.000Z"),
        ("Thu, 29 Feb 24 10:20:30.5 GMT", "2024-02-29T10:20:30.500Z"),
        ("2/29/2024 (not (really)) 1:2", "2024-02-29T01:02:00.000Z"),
        ("2024-2-29 GMT-0330", "2024-02-29T03:30:00.000Z"),
        (
            "Tue Mar 01 2022 00:00:00 GMT+0100 (Central European Standard Time)",
            "2022-02-28T23:00:00.000Z",
        ),
        ("12", "2001-12-01T00:00:00.000Z"),
        ("1/1/49", "2049-01-01T00:00:00.000Z"),
        ("1/1/50", "1950-01-01T00:00:00.000Z"),
    ] {
        values(&[(&format!("new Date('{text}').toISOString()"), time)]);
    }
    for text in [
        "",
        "T",
        "2024-02-29T10",
        "2024-02-29T24:01",
        "2024-02-29T10:20x",
        "1 1 1 1",
        "2024-13-01",
        "29 Feb 2024 word",
        "10:20",
        "Feb 30 2024 )",
        "2024-02-29T10:20+24:00",
        "0",
        "1/1/2000 13:00 pm",
        "+275760-09-13T00:00:00.001Z",
    ] {
        let expected = if text == "0" { "946684800000" } else { "NaN" };
        values(&[(&format!("Date.parse('{text}')"), expected)]);
    }
}

#[test]
fn dates_become_texts() {
    values(&[
        (
            "new Date(1e12).toUTCString() + new Date(1e12).toDateString()",
            "Sun, 09 Sep 2001 01:46:40 GMTSun Sep 09 2001",
        ),
        ("new Date(1e12).toTimeString()", "01:46:40 GMT+0000 (Coordinated Universal Time)"),
        (
            "new Date(1e12).toLocaleString() + '|' + new Date(5e12).toLocaleTimeString()",
            "9/9/2001, 1:46:40 AM|8:53:20 AM",
        ),
        (
            "new Date(-1, 0).toLocaleDateString() + new Date(-1, 0).toUTCString()",
            "1/1/2Fri, 01 Jan -0001 00:00:00 GMT",
        ),
        ("JSON.stringify([new Date(0), new Date(NaN)])", r#"["1970-01-01T00:00:00.000Z",null]"#),
        ("Date.prototype.toGMTString === Date.prototype.toUTCString", "true"),
        ("new Date(5)[Symbol.toPrimitive]('number') + (new Date(5) - 1)", "9"),
    ]);
    thrown(&[
        ("new Date(NaN).toISOString()", "RangeError: Invalid time value"),
        ("Date.prototype.getTime.call({})", "TypeError: this is not a Date object."),
        ("new Date(0)[Symbol.toPrimitive]('x')", "TypeError: Invalid hint: x"),
        (
            "Date.prototype[Symbol.toPrimitive].call(1, 'number')",
            "TypeError: Method Date.prototype [ @@toPrimitive ] called on incompatible receiver 1",
        ),
    ]);
}

#[test]
fn fields() {
    values(&[
        (
            "(d => [d.getFullYear(), d.getMonth(), d.getDate(), d.getDay(), d.getHours(), d.getMinutes(), d.getSeconds(), d.getMilliseconds()])(new Date(-1))",
            "1969,11,31,3,23,59,59,999",
        ),
        (
            "(d => [d.getYear(), d.getTimezoneOffset(), d.getUTCDay()])(new Date(8e15))",
            "253579,0,5",
        ),
        (
            "(d => (d.setMonth(1), d.toISOString()))(new Date(Date.UTC(2024, 0, 31)))",
            "2024-03-02T00:00:00.000Z",
        ),
        (
            "(d => (d.setUTCHours(25, 61, 61, 1001), d.toISOString()))(new Date(0))",
            "1970-01-02T02:02:02.001Z",
        ),
        (
            "(d => [d.setHours(1), d.setFullYear(2000), d.getTime()])(new Date(NaN))",
            "NaN,946684800000,946684800000",
        ),
        ("(d => [d.setYear(70), d.setYear(NaN), d.getTime()])(new Date(0))", "0,NaN,NaN"),
        ("(d => [d.setTime(9e15), d.setTime(1.9)])(new Date(0))", "NaN,1"),
        // What a conversion does to the date meanwhile is forgotten.
        (
            "(d => (d.setHours({ valueOf() { d.setTime(NaN); return 5 } }), d.getTime()))(new Date(0))",
            "18000000",
        ),
        (
            "(d => { const s = []; const o = i => ({ valueOf() { s.push(i); return NaN } }); d.setHours(o(1), o(2), o(3), o(4)); return s })(new Date(NaN))",
            "1,2,3,4",
        ),
    ]);
}

#[test]
fn prototypes_are_complete_whoever_looks_first() {
    values(&[
        (
            "Object.getOwnPropertyNames(Date.prototype).length > 40 && Reflect.ownKeys(Math).length > 40",
            "true",
        ),
        ("'getTime' in Date.prototype && Date.prototype.hasOwnProperty('setTime')", "true"),
        ("(Date.prototype.getTime = () => 7, new Date(0).getTime())", "7"),
        ("(delete Date.prototype.getTime, typeof new Date(0).getTime)", "undefined"),
        ("Object.isFrozen(Object.freeze(Date.prototype)) && new Date(3).getTime()", "3"),
        ("(Object.preventExtensions(Date.prototype), new Date(3).getTime())", "3"),
        (
            "(Object.defineProperty(Date.prototype, 'x', { value: 1 }), new Date(3).getTime() + new Date(0).x)",
            "4",
        ),
        (
            "(() => { let s = ''; for (let i = 0; i < 4; i++) s += new Date(i).getTime() + Math.floor(i / 2); return s })()",
            "0134",
        ),
        (
            "(() => { 'use strict'; const d = new Date(5); try { Object.create(Uint8Array.prototype).length = 1 } catch (e) { return e.name + d.valueOf() } })()",
            "TypeError5",
        ),
        (
            "(d => (Object.setPrototypeOf(d, null), Object.setPrototypeOf(d, Date.prototype), d.getTime()))(new Date(2))",
            "2",
        ),
        ("(Array.prototype.toString = null, typeof new Uint8Array(1).toString)", "function"),
        (
            "(() => { let n = 0; for (const k in Object.create(Date.prototype)) n++; return n })()",
            "0",
        ),
        ("Object.entries(Object.getOwnPropertyDescriptors(Atomics)).length > 10", "true"),
    ]);
}
