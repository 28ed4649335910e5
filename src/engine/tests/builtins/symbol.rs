//! `Symbol`.

use crate::support::check;

#[test]
fn symbols_are_themselves() {
    check(&[
        ("let s = Symbol('a'); s.toString() + s.description + typeof s", "Symbol(a)asymbol"),
        ("Symbol('a') === Symbol('a')", "false"),
        ("Symbol().description === undefined && Symbol('').description === ''", "true"),
        ("let s = Symbol(), o = { [s]: 1 }; o[s] + o[Symbol()]", "NaN"),
        (
            "Symbol.iterator.toString() + typeof Symbol.asyncDispose",
            "Symbol(Symbol.iterator)symbol",
        ),
        ("let s = Symbol(); Symbol.prototype.valueOf === s.valueOf && s.valueOf() === s", "true"),
        ("try { new Symbol() } catch (e) { e.message }", "Symbol is not a constructor"),
        (
            "try { Symbol() + '' } catch (e) { e.message }",
            "Cannot convert a Symbol value to a string",
        ),
        (
            "try { Symbol.prototype.description } catch (e) { e.message }",
            "Symbol.prototype.description requires that 'this' be a Symbol",
        ),
    ]);
}

#[test]
fn registered_symbols_are_found_again() {
    check(&[
        ("Symbol.for('a') === Symbol.for('a') && Symbol.for('1') === Symbol.for(1)", "true"),
        ("Symbol.keyFor(Symbol.for('key')) + Symbol.keyFor(Symbol('a'))", "keyundefined"),
        (
            "let n = 0; for (let i = 0; i < 200; i++) n += Symbol.for('k' + i) === Symbol.for('k' + i); n",
            "200",
        ),
        ("try { Symbol.keyFor('a') } catch (e) { e.message }", "a is not a symbol"),
    ]);
}

#[test]
fn objects_say_what_primitive_they_are() {
    check(&[
        (
            "let o = { [Symbol.toPrimitive](hint) { return hint } }; `${o}` + (o + '') + o * 1",
            "stringdefaultNaN",
        ),
        (
            "try { ({ [Symbol.toPrimitive]: 1 }) + 1 } catch (e) { e.message }",
            "number 1 is not a function",
        ),
        (
            "try { ({ [Symbol.toPrimitive]() { return {} } }) + 1 } catch (e) { e.message }",
            "Cannot convert object to primitive value",
        ),
    ]);
}
