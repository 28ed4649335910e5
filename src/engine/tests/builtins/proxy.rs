//! `Proxy`: traps, what they may say, and who has to ask them.

use crate::support::check;

/// A handler that writes down which traps are asked, and lets all of them pass.
const LOGGED: &str = "
    let log = '';
    let logged = (target) => new Proxy(target, new Proxy({}, {
        get(_, trap) {
            return (...args) => {
                log += trap + (typeof args[1] === 'string' ? ':' + args[1] : '') + ' ';
                return Reflect[trap](...args);
            };
        },
    }));
";

#[test]
fn operators_ask_the_traps() {
    for (text, expected) in [
        ("p.x", "get:x "),
        ("p[0]", "get:0 "),
        ("p.x = 1", "set:x getOwnPropertyDescriptor:x defineProperty:x "),
        ("delete p.x", "deleteProperty:x "),
        ("'x' in p", "has:x "),
        ("({ ...p })", "ownKeys getOwnPropertyDescriptor:a get:a "),
        ("for (let k in p);", "ownKeys getPrototypeOf getOwnPropertyDescriptor:a "),
        ("({}) instanceof logged(Object)", "get get:prototype "),
        ("p instanceof Object", "getPrototypeOf "),
        ("Object.create(p).x", "get:x "),
        ("Object.create(p).x = 1", "set:x "),
        ("'x' in Object.create(p)", "has:x "),
        ("logged(function () {})()", "apply "),
        ("new (logged(function () {}))", "construct get:prototype "),
        ("new (logged(class {}))", "construct get:prototype "),
        ("logged({ f() {} }).f()", "get:f "),
        ("let { a, ...rest } = p", "get:a ownKeys "),
        ("p + ''", "get get:valueOf get:toString get "),
    ] {
        let text = format!("{LOGGED} let p = logged({{ a: 1 }}); {text}; log");
        check(&[(&text, expected)]);
    }
}

#[test]
fn functions_of_objects_ask_the_traps() {
    for (text, expected) in [
        ("Object.keys(p)", "ownKeys getOwnPropertyDescriptor:a "),
        ("Object.getPrototypeOf(p)", "getPrototypeOf "),
        ("p.__proto__", "get:__proto__ getPrototypeOf "),
        ("Object.setPrototypeOf(p, null)", "setPrototypeOf "),
        ("Object.isExtensible(p)", "isExtensible "),
        (
            "Object.freeze(p)",
            "preventExtensions ownKeys getOwnPropertyDescriptor:a defineProperty:a ",
        ),
        (
            "Object.isFrozen(Object.preventExtensions(p))",
            "preventExtensions isExtensible ownKeys getOwnPropertyDescriptor:a ",
        ),
        ("Object.defineProperty(p, 'x', {})", "defineProperty:x "),
        ("Object.getOwnPropertyDescriptor(p, 'a')", "getOwnPropertyDescriptor:a "),
        ("Object.hasOwn(p, 'a')", "getOwnPropertyDescriptor:a "),
        ("Object.assign(p, { b: 1 })", "set:b getOwnPropertyDescriptor:b defineProperty:b "),
        ("Object.entries(p)", "ownKeys getOwnPropertyDescriptor:a get:a "),
        ("Reflect.get(p, 'a')", "get:a "),
        ("Reflect.set({}, 'a', 1, p)", "getOwnPropertyDescriptor:a defineProperty:a "),
        ("Reflect.apply(Math.max, null, logged({ length: 1 }))", "get:length get:0 "),
        ("Object.prototype.toString.call(p)", "get "),
        ("Object.prototype.isPrototypeOf.call(Object.prototype, p)", "getPrototypeOf "),
    ] {
        let text = format!("{LOGGED} let p = logged({{ a: 1 }}); {text}; log");
        check(&[(&text, expected)]);
    }
}

/// Inline caches are not to learn what a trap may answer otherwise next time.
#[test]
fn caches_do_not_pass_by() {
    check(&[
        (
            "let n = 0; let o = Object.create(new Proxy({}, { get() { return ++n } })); let s = ''; for (let i = 0; i < 4; i++) { s += o.x } s",
            "1234",
        ),
        (
            "let n = 0; let proto = new Proxy({}, { set(t, k, v, r) { n++; return Reflect.defineProperty(r, k, { value: v, writable: true, enumerable: true, configurable: true }) } }); for (let i = 0; i < 5; i++) { Object.create(proto).x = i } n",
            "5",
        ),
        (
            "let n = 0; let f = (o) => o.x; for (let i = 0; i < 4; i++) { n += f(new Proxy({ x: i }, { get: (t, k) => t[k] * 10 })) } n",
            "60",
        ),
        (
            "let f = (o) => o.m(); let a = { m() { return 1 } }; let s = f(a) + f(a); Object.setPrototypeOf(a, new Proxy({}, { get: () => () => 2 })); delete a.m; s + f(a)",
            "4",
        ),
        (
            "let o = { __proto__: new Proxy({}, { has: () => true }) }; let s = 0; for (let i = 0; i < 3; i++) { s += 'q' in o ? 1 : 0 } s",
            "3",
        ),
    ]);
}

#[test]
fn proxies_are_what_their_targets_are() {
    check(&[
        ("typeof new Proxy(() => 1, {}) + typeof new Proxy({}, {})", "functionobject"),
        ("Object.prototype.toString.call(new Proxy([], {}))", "[object Array]"),
        ("Object.prototype.toString.call(new Proxy(() => 1, {}))", "[object Function]"),
        ("Object.prototype.toString.call(new Proxy(new Error, {}))", "[object Object]"),
        (
            "Function.prototype.toString.call(new Proxy(() => 1, {}))",
            "function () { [native code] }",
        ),
        ("new Proxy((a, b) => a + b, {})(1, 2)", "3"),
        ("new Proxy(function (a) { this.a = a }, {}).call.name", "call"),
        ("new (new Proxy(function (a) { this.a = a }, {}))(4).a", "4"),
        (
            "let P = new Proxy(class { constructor() { this.t = new.target } }, {}); new P().t === P",
            "true",
        ),
        ("class A extends new Proxy(class { f() { return 3 } }, {}) {} new A().f()", "3"),
        ("new Proxy({}, { apply() {} }).toString === Object.prototype.toString", "true"),
        (
            "new (new Proxy(function () {}, { construct(t, a, n) { return { n: a.length } } }))(1, 2).n",
            "2",
        ),
        ("new Proxy(() => 1, { apply(t, self, a) { return self + a.length } }).call(5, 1, 2)", "7"),
        ("let a = new Proxy([1, 2], {}); a[5] = 1; a.length", "6"),
        (
            "class A { #x = 1; static has(o) { return #x in o } } A.has(new A) + ',' + A.has(new Proxy(new A, {}))",
            "true,false",
        ),
        (
            "let s = Symbol(); let key; new Proxy({}, { get(t, k) { key = k } })[s]; key === s",
            "true",
        ),
        ("let key; new Proxy({}, { get(t, k) { key = k } })[7]; typeof key + key", "string7"),
    ]);
}

#[test]
fn proxies_can_be_revoked() {
    let revoked =
        "let { proxy: p, revoke } = Proxy.revocable(function () {}, {}); revoke(); revoke();";
    for (text, trap) in [
        ("p.x", "get"),
        ("p.x = 1", "set"),
        ("delete p.x", "deleteProperty"),
        ("'x' in p", "has"),
        ("p()", "apply"),
        ("new p", "construct"),
        ("Object.keys(p)", "ownKeys"),
        ("Object.getPrototypeOf(p)", "getPrototypeOf"),
        ("Object.setPrototypeOf(p, null)", "setPrototypeOf"),
        ("Object.isExtensible(p)", "isExtensible"),
        ("Object.preventExtensions(p)", "preventExtensions"),
        ("Object.defineProperty(p, 'x', {})", "defineProperty"),
        ("Object.getOwnPropertyDescriptor(p, 'x')", "getOwnPropertyDescriptor"),
        ("Object.prototype.toString.call(p)", "Object.prototype.toString"),
    ] {
        check(&[(
            &format!("{revoked} try {{ {text} }} catch (e) {{ e.message }}"),
            &format!("Cannot perform '{trap}' on a proxy that has been revoked"),
        )]);
    }
    check(&[(&format!("{revoked} typeof p + typeof new Proxy(p, {{}})"), "functionfunction")]);
}

/// Every message is the one that V8 has.
#[test]
fn what_traps_say_is_checked() {
    let setting = "
        'use strict';
        let frozen = Object.freeze({ x: 1 }), closed = Object.preventExtensions({ a: 1 });
        let writable = Object.defineProperty({}, 'x', { value: 1, writable: true });
        let P = (target, handler) => new Proxy(target, handler);
    ";
    for (text, message) in [
        ("Proxy({}, {})", "Constructor Proxy requires 'new'"),
        ("P(1, {})", "Cannot create proxy with a non-object as target or handler"),
        (
            "P({}, { get: 1 }).x",
            "'1' returned for property 'get' of object '#<Object>' is not a function",
        ),
        (
            "P(frozen, { get() { return 2 } }).x",
            "'get' on proxy: property 'x' is a read-only and non-configurable data property on the proxy target but the proxy did not return its actual value (expected '1' but got '2')",
        ),
        (
            "P(Object.freeze({ set y(v) {} }), { get() { return 2 } }).y",
            "'get' on proxy: property 'y' is a non-configurable accessor property on the proxy target and does not have a getter function, but the trap did not return 'undefined' (got '2')",
        ),
        (
            "P({}, { set() { return false } }).x = 1",
            "'set' on proxy: trap returned falsish for property 'x'",
        ),
        (
            "Object.create(P({}, { set() { return false } })).x = 1",
            "'set' on proxy: trap returned falsish for property 'x'",
        ),
        ("P(frozen, {}).x = 1", "Cannot assign to read only property 'x' of object '#<Object>'"),
        ("P(closed, {}).y = 1", "Cannot define property y, object is not extensible"),
        (
            "P(frozen, { set() { return true } }).x = 2",
            "'set' on proxy: trap returned truish for property 'x' which exists in the proxy target as a non-configurable and non-writable data property with a different value",
        ),
        (
            "P(Object.freeze({ get y() {} }), { set() { return true } }).y = 2",
            "'set' on proxy: trap returned truish for property 'y' which exists in the proxy target as a non-configurable and non-writable accessor property without a setter",
        ),
        (
            "delete P({}, { deleteProperty() { return false } }).x",
            "'deleteProperty' on proxy: trap returned falsish for property 'x'",
        ),
        (
            "delete P(frozen, { deleteProperty() { return true } }).x",
            "'deleteProperty' on proxy: trap returned truish for property 'x' which is non-configurable in the proxy target",
        ),
        (
            "delete P(closed, { deleteProperty() { return true } }).a",
            "'deleteProperty' on proxy: trap returned truish for property 'a' but the proxy target is non-extensible",
        ),
        (
            "'x' in P(frozen, { has() { return false } })",
            "'has' on proxy: trap returned falsish for property 'x' which exists in the proxy target as non-configurable",
        ),
        (
            "'a' in P(closed, { has() { return false } })",
            "'has' on proxy: trap returned falsish for property 'a' but the proxy target is not extensible",
        ),
        (
            "Object.getPrototypeOf(P(closed, { getPrototypeOf() { return 1 } }))",
            "'getPrototypeOf' on proxy: trap returned neither object nor null",
        ),
        (
            "Object.getPrototypeOf(P(closed, { getPrototypeOf() { return null } }))",
            "'getPrototypeOf' on proxy: proxy target is non-extensible but the trap did not return its actual prototype",
        ),
        (
            "Object.setPrototypeOf(P(closed, { setPrototypeOf() { return true } }), null)",
            "'setPrototypeOf' on proxy: trap returned truish for setting a new prototype on the non-extensible proxy target",
        ),
        (
            "Object.setPrototypeOf(P(closed, { setPrototypeOf() { return false } }), null)",
            "'setPrototypeOf' on proxy: trap returned falsish for property 'undefined'",
        ),
        (
            "Object.isExtensible(P(closed, { isExtensible() { return true } }))",
            "'isExtensible' on proxy: trap result does not reflect extensibility of proxy target (which is 'false')",
        ),
        (
            "Object.preventExtensions(P({}, { preventExtensions() { return true } }))",
            "'preventExtensions' on proxy: trap returned truish but the proxy target is extensible",
        ),
        (
            "Object.freeze(P({}, { preventExtensions() { return false } }))",
            "'preventExtensions' on proxy: trap returned falsish",
        ),
        (
            "Object.hasOwn(P({}, { getOwnPropertyDescriptor() { return 1 } }), 'x')",
            "'getOwnPropertyDescriptor' on proxy: trap returned neither object nor undefined for property 'x'",
        ),
        (
            "Object.hasOwn(P(frozen, { getOwnPropertyDescriptor() {} }), 'x')",
            "'getOwnPropertyDescriptor' on proxy: trap returned undefined for property 'x' which is non-configurable in the proxy target",
        ),
        (
            "Object.hasOwn(P(closed, { getOwnPropertyDescriptor() {} }), 'a')",
            "'getOwnPropertyDescriptor' on proxy: trap returned undefined for property 'a' which exists in the non-extensible proxy target",
        ),
        (
            "Object.hasOwn(P(closed, { getOwnPropertyDescriptor() { return { configurable: true } } }), 'b')",
            "'getOwnPropertyDescriptor' on proxy: trap returned descriptor for property 'b' that is incompatible with the existing property in the proxy target",
        ),
        (
            "Object.hasOwn(P({ x: 1 }, { getOwnPropertyDescriptor() { return { value: 1 } } }), 'x')",
            "'getOwnPropertyDescriptor' on proxy: trap reported non-configurability for property 'x' which is either non-existent or configurable in the proxy target",
        ),
        (
            "Object.hasOwn(P(writable, { getOwnPropertyDescriptor() { return { value: 1, writable: false } } }), 'x')",
            "'getOwnPropertyDescriptor' on proxy: trap reported non-configurable and non-writable for property 'x' which is non-configurable, writable in the proxy target",
        ),
        (
            "Object.defineProperty(P({}, { defineProperty() { return false } }), 'x', {})",
            "'defineProperty' on proxy: trap returned falsish for property 'x'",
        ),
        (
            "Object.defineProperty(P(closed, { defineProperty() { return true } }), 'x', {})",
            "'defineProperty' on proxy: trap returned truish for adding property 'x'  to the non-extensible proxy target",
        ),
        (
            "Object.defineProperty(P({ x: 1 }, { defineProperty() { return true } }), 'x', { configurable: false })",
            "'defineProperty' on proxy: trap returned truish for defining non-configurable property 'x' which is either non-existent or configurable in the proxy target",
        ),
        (
            "Object.defineProperty(P(frozen, { defineProperty() { return true } }), 'x', { value: 2 })",
            "'defineProperty' on proxy: trap returned truish for adding property 'x'  that is incompatible with the existing property in the proxy target",
        ),
        (
            "Object.defineProperty(P(writable, { defineProperty() { return true } }), 'x', { writable: false })",
            "'defineProperty' on proxy: trap returned truish for defining non-configurable property 'x' which cannot be non-writable, unless there exists a corresponding non-configurable, non-writable own property of the target object.",
        ),
        (
            "Reflect.ownKeys(P({}, { ownKeys() { return 1 } }))",
            "CreateListFromArrayLike called on non-object",
        ),
        ("Reflect.ownKeys(P({}, { ownKeys() { return [1] } }))", "1 is not a valid property name"),
        (
            "Reflect.ownKeys(P({}, { ownKeys() { return ['a', 'a'] } }))",
            "'ownKeys' on proxy: trap returned duplicate entries",
        ),
        (
            "Reflect.ownKeys(P(frozen, { ownKeys() { return [] } }))",
            "'ownKeys' on proxy: trap result did not include 'x'",
        ),
        (
            "Reflect.ownKeys(P(closed, { ownKeys() { return ['a', 'b'] } }))",
            "'ownKeys' on proxy: trap returned extra keys but proxy target is non-extensible",
        ),
        (
            "new (P(function () {}, { construct() { return 1 } }))",
            "'construct' on proxy: trap returned non-object ('1')",
        ),
    ] {
        check(&[(&format!("{setting} try {{ {text} }} catch (e) {{ e.message }}"), message)]);
    }
}

#[test]
fn deep_chains_end_in_an_error() {
    let deep = "let p = {}; for (let i = 0; i < 200000; i++) { p = new Proxy(p, {}) }";
    for operation in ["p.x", "p.x = 1", "'x' in p", "Object.keys(p)", "Object.getPrototypeOf(p)"] {
        let text = format!("{deep} try {{ {operation} }} catch (e) {{ e + '' }}");
        crate::support::check_once(&text, "RangeError: Maximum call stack size exceeded");
    }
    crate::support::check_once(
        "let p = new Proxy({}, {}); Object.setPrototypeOf(p, p); try { p.x } catch (e) { e + '' }",
        "RangeError: Maximum call stack size exceeded",
    );
    crate::support::check_once(
        "let p = function () {}; for (let i = 0; i < 200000; i++) { p = new Proxy(p, {}) } try { p() } catch (e) { e + '' }",
        "RangeError: Maximum call stack size exceeded",
    );
}

#[test]
fn instances_are_asked_for() {
    check(&[
        ("({}) instanceof { [Symbol.hasInstance]() { return 1 } }", "true"),
        (
            "class A { static [Symbol.hasInstance](v) { return v === 1 } } (1 instanceof A) + ',' + (new A instanceof A)",
            "true,false",
        ),
        ("function F() {} F.prototype = Object.getPrototypeOf([]); [] instanceof F.bind()", "true"),
        ("Function.prototype[Symbol.hasInstance].call({}, 1)", "false"),
        ("Function.prototype[Symbol.hasInstance].call(Object, {})", "true"),
        (
            "try { ({}) instanceof { [Symbol.hasInstance]: 1 } } catch (e) { e.message }",
            "number 1 is not a function",
        ),
        (
            "try { ({}) instanceof {} } catch (e) { e.message }",
            "Right-hand side of 'instanceof' is not callable",
        ),
        (
            "try { ({}) instanceof 1 } catch (e) { e.message }",
            "Right-hand side of 'instanceof' is not an object",
        ),
        (
            "try { ({}) instanceof (() => 1) } catch (e) { e.message }",
            "Function has non-object prototype 'undefined' in instanceof check",
        ),
    ]);
}
