//! Numbers and dates for people, in American English.

use crate::support::{thrown, values};

#[test]
fn numbers() {
    values(&[
        ("(1234.5).toLocaleString('en-US', { minimumFractionDigits: 2 })", "1,234.50"),
        ("(1.005).toLocaleString('de', { maximumFractionDigits: 2 })", "1.01"),
        ("(0.615).toLocaleString('en', { style: 'percent' })", "62%"),
        ("(999.999).toLocaleString('en', { maximumSignificantDigits: 3 })", "1,000"),
        ("(0).toLocaleString('en', { minimumSignificantDigits: 3 })", "0.00"),
        ("(1234.5).toLocaleString('en', { minimumIntegerDigits: 7 })", "0,001,234.5"),
        ("(1234).toLocaleString('en', { useGrouping: 'min2' })", "1234"),
        ("(-5.5).toLocaleString('en', { style: 'currency', currency: 'usd' })", "-$5.50"),
        ("(5.5).toLocaleString('en', { style: 'currency', currency: 'JPY' })", "¥6"),
        ("(5).toLocaleString('en', { style: 'currency', currency: 'CHF' })", "CHF\u{A0}5.00"),
        ("(NaN).toLocaleString() + (-Infinity).toLocaleString()", "NaN-∞"),
        ("(5n).toLocaleString('en', { style: 'percent' })", "500%"),
    ]);
    thrown(&[
        (
            "(1).toLocaleString('en', { minimumFractionDigits: 101 })",
            "RangeError: minimumFractionDigits value is out of range.",
        ),
        (
            "(1).toLocaleString('en', { minimumFractionDigits: 5, maximumFractionDigits: 2 })",
            "RangeError: maximumFractionDigits value is out of range.",
        ),
        (
            "(1).toLocaleString('en', { style: 'currency' })",
            "TypeError: Currency code is required with currency style.",
        ),
        (
            "(1).toLocaleString('en', null)",
            "TypeError: Number.prototype.toLocaleString called on null or undefined",
        ),
        ("(1).toLocaleString('e')", "RangeError: Invalid language tag: e"),
    ]);
}

#[test]
fn dates() {
    values(&[
        ("new Date(1e12).toLocaleString('en-US', { timeZone: 'UTC' })", "9/9/2001, 1:46:40 AM"),
        (
            "new Date(1e12).toLocaleString([], { dateStyle: 'full', timeStyle: 'long' })",
            "Sunday, September 9, 2001 at 1:46:40 AM UTC",
        ),
        ("new Date(1e12).toLocaleDateString([], { month: 'short', day: '2-digit' })", "Sep 09"),
        ("new Date(1e12).toLocaleTimeString([], { hour12: false })", "01:46:40"),
        ("new Date(1e12).toLocaleTimeString([], { timeStyle: 'short' })", "1:46 AM"),
        ("new Date(1e12).toLocaleString([], { timeZone: '+05:30' })", "9/9/2001, 7:16:40 AM"),
        ("new Date(1e12).toLocaleString([], { weekday: 'short', hour: 'numeric' })", "Sun 1 AM"),
        ("new Date(NaN).toLocaleString()", "Invalid Date"),
    ]);
    thrown(&[
        (
            "new Date(0).toLocaleString([], { timeZone: 'Nowhere/Land' })",
            "RangeError: Invalid time zone specified: Nowhere/Land",
        ),
        (
            "new Date(0).toLocaleDateString([], { timeStyle: 'short' })",
            "TypeError: Invalid option : timeStyle",
        ),
        ("new Date(0).toLocaleString([], { get month() { throw new Error('no') } })", "Error: no"),
    ]);
}
