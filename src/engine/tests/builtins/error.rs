//! `Error` and its kinds.

use crate::support::check;

#[test]
fn errors_are_made() {
    check(&[
        ("let e = new Error('m'); e.message + e.name + e", "mErrorError: m"),
        (
            "let e = TypeError('m'); e + ',' + (Object.getPrototypeOf(e) === TypeError.prototype)",
            "TypeError: m,true",
        ),
        (
            "let e = new Error(); Object.getOwnPropertyNames(e).length + '[' + e.message + ']' + e",
            "1[]Error",
        ),
        (
            "let d = Object.getOwnPropertyDescriptor(new Error(7), 'message'); typeof d.value + d.writable + d.enumerable + d.configurable",
            "stringtruefalsetrue",
        ),
        (
            "let e = new RangeError('m', { cause: 0 }); e.cause + ',' + Object.hasOwn(new Error('m', {}), 'cause')",
            "0,false",
        ),
        ("Object.hasOwn(new Error('m', Object.create({ cause: undefined })), 'cause')", "true"),
        (
            "let e = new AggregateError([1, 2], 'm', { cause: 3 }); e.errors[0] + e.errors[1] + e.errors.length + e.message + e.cause",
            "5m3",
        ),
        (
            "Error.isError(new EvalError()) + ',' + Error.isError(Object.create(Error.prototype))",
            "true,false",
        ),
        (
            "function E(m) { return Reflect.construct(Error, [m], E) } E.prototype = Object.create(Error.prototype); let e = new E('m'); e + ',' + Error.isError(e)",
            "Error: m,true",
        ),
        ("throw new SyntaxError('up')", "throws SyntaxError: up"),
    ]);
}

#[test]
fn kinds_and_their_prototypes() {
    for name in [
        "EvalError",
        "RangeError",
        "ReferenceError",
        "SyntaxError",
        "TypeError",
        "URIError",
        "AggregateError",
    ] {
        check(&[
            (
                &format!(
                    "{name}.name + {name}.prototype.name + Object.hasOwn({name}.prototype, 'message')"
                ),
                &format!("{name}{name}true"),
            ),
            (
                &format!(
                    "Object.getPrototypeOf({name}) === Error && Object.getPrototypeOf({name}.prototype) === Error.prototype"
                ),
                "true",
            ),
            (
                &format!(
                    "{name}.prototype.constructor === {name} && !Object.hasOwn({name}.prototype, 'toString')"
                ),
                "true",
            ),
        ]);
    }
    check(&[
        (
            "let n = Object.getOwnPropertyNames(Error.prototype); n[0] + n[1] + n[2] + n[3] + n.length",
            "constructornamemessagetoString4",
        ),
        ("Error.length + ',' + AggregateError.length", "1,2"),
    ]);
}

#[test]
fn errors_of_the_engine_are_of_the_realm() {
    check(&[
        (
            "try { null.x } catch (e) { Object.getPrototypeOf(e) === TypeError.prototype && e.constructor === TypeError }",
            "true",
        ),
        (
            "try { missing } catch (e) { e.constructor === ReferenceError && Error.isError(e) }",
            "true",
        ),
        ("try { [].length = -1 } catch (e) { e.constructor === RangeError }", "true"),
    ]);
}

#[test]
fn to_string() {
    check(&[
        ("Error.prototype.toString.call({ name: 'N', message: 'm' })", "N: m"),
        (
            "Error.prototype.toString.call({ name: '', message: 'm' }) + Error.prototype.toString.call({ message: '' })",
            "mError",
        ),
        ("Error.prototype.toString.call({})", "Error"),
        (
            "try { Error.prototype.toString.call(1) } catch (e) { e.message }",
            "Method Error.prototype.toString called on incompatible receiver 1",
        ),
    ]);
}
