//! `Object` and `Object.prototype`.

use crate::support::check;

#[test]
fn properties_are_listed_in_order() {
    check(&[
        (
            "let k = Object.keys({ b: 1, 2: 1, a: 1, 0: 1 }); k[0] + k[1] + k[2] + k[3] + k.length",
            "02ba4",
        ),
        ("let v = Object.values({ b: 'x', 2: 'y' }); v[0] + v[1] + v.length", "yx2"),
        (
            "let e = Object.entries({ b: 'x', 2: 'y' }); e[0][0] + e[0][1] + e[1][0] + e[1][1]",
            "2ybx",
        ),
        (
            "let o = Object.defineProperty({ a: 1 }, 'b', { value: 2 }); Object.keys(o).length + ',' + Object.getOwnPropertyNames(o).length",
            "1,2",
        ),
        ("let n = Object.getOwnPropertyNames([7, 8]); n[0] + n[1] + n[2]", "01length"),
        (
            "let n = Object.getOwnPropertyNames(function () {}); n[0] + n[1] + n[2]",
            "lengthnameprototype",
        ),
        ("let n = Object.getOwnPropertyNames(Object); n[0] + n[1] + n[2]", "lengthnameprototype"),
        ("Object.getOwnPropertySymbols({ a: 1 }).length", "0"),
        ("typeof Object.keys([5])[0]", "string"),
        (
            "try { Object.keys(null) } catch (e) { e.message }",
            "Cannot convert undefined or null to object",
        ),
    ]);
}

#[test]
fn properties_are_defined() {
    check(&[
        ("let o = Object.defineProperty({}, 'x', { value: 1 }); o.x = 2; o.x", "1"),
        (
            "let o = Object.defineProperty({}, 'x', { get() { return this.y }, configurable: true }); o.y = 4; o.x",
            "4",
        ),
        (
            "let o = Object.defineProperty({}, 'x', { set(v) { this.y = v } }); o.x = 5; o.y + typeof o.x",
            "5undefined",
        ),
        (
            "let o = Object.defineProperties({}, { a: { value: 1, enumerable: true }, b: { get() { return 2 } } }); o.a + o.b + Object.keys(o).length",
            "4",
        ),
        (
            "let d = Object.getOwnPropertyDescriptor({ x: 1 }, 'x'); d.value + ',' + d.writable + ',' + d.enumerable + ',' + d.configurable",
            "1,true,true,true",
        ),
        ("Object.getOwnPropertyDescriptor({}, 'x')", "undefined"),
        (
            "let d = Object.getOwnPropertyDescriptor({ get x() { return 3 } }, 'x'); d.get() + typeof d.set + ('value' in d)",
            "3undefinedfalse",
        ),
        (
            "let log = ''; Object.defineProperty({}, 'x', { get set() { log += 's' }, get get() { log += 'g' }, get writable() {}, get configurable() { log += 'c' }, get enumerable() { log += 'e' } })",
            "throws TypeError: Invalid property descriptor. Cannot both specify accessors and a value or writable attribute, #<Object>",
        ),
        (
            "let log = ''; Object.defineProperty({}, { toString() { log += 'k'; return 'x' } }, { get set() { log += 's' }, get get() { log += 'g' }, get configurable() { log += 'c' }, get enumerable() { log += 'e' } }); log",
            "kecgs",
        ),
        ("Object.getOwnPropertyDescriptor([1, 2], 'length').value", "2"),
        (
            "let d = Object.getOwnPropertyDescriptors({ a: 1, b: 2 }); d.a.value + d.b.value + Object.keys(d).length",
            "5",
        ),
        (
            "let o = {}; Object.defineProperty(o, 3, { value: 1 }); Object.getOwnPropertyNames(o)[0] + o[3]",
            "31",
        ),
        (
            "let a = [1, 2, 3]; Object.defineProperty(a, 1, { get() { return 'got' } }); a[0] + a[1] + a[2]",
            "1got3",
        ),
        (
            "let a = [1, 2, 3]; Object.defineProperty(a, 'length', { value: 1, writable: false }); a[1] = 5; a.length",
            "1",
        ),
    ]);
}

#[test]
fn wrong_descriptors_are_refused() {
    let thrown = |text: &str, message: &str| {
        check(&[(
            &format!("try {{ {text} }} catch (e) {{ e + '' }}"),
            &format!("TypeError: {message}"),
        )]);
    };
    thrown("Object.defineProperty(1, 'x', {})", "Object.defineProperty called on non-object");
    thrown("Object.defineProperties(1, {})", "Object.defineProperties called on non-object");
    thrown("Object.defineProperty({}, 'x', 1)", "Property description must be an object: 1");
    thrown("Object.defineProperty({}, 'x', { get: 1 })", "Getter must be a function: 1");
    thrown("Object.defineProperty({}, 'x', { set: {} })", "Setter must be a function: #<Object>");
    thrown(
        "Object.defineProperty({}, 'x', { set() {}, value: 1 })",
        "Invalid property descriptor. Cannot both specify accessors and a value or writable attribute, #<Object>",
    );
    thrown(
        "Object.defineProperty(Object.freeze({ x: 1 }), 'x', { value: 2 })",
        "Cannot redefine property: x",
    );
    thrown(
        "Object.defineProperty(Object.freeze({ x: 1 }), 'y', { value: 2 })",
        "Cannot define property y, object is not extensible",
    );
    thrown(
        "let o = {}; try { Object.defineProperties(o, { a: { value: 1 }, b: 2 }) } catch (e) { if (!('a' in o)) throw e }",
        "Property description must be an object: 2",
    );
}

#[test]
fn objects_are_frozen_and_sealed() {
    check(&[
        (
            "let o = Object.freeze({ x: 1 }); o.x = 2; o.y = 3; delete o.x; o.x + typeof o.y",
            "1undefined",
        ),
        (
            "let a = Object.freeze([1, 2]); a[0] = 5; a[2] = 6; a.length = 0; a[0] + ',' + a.length",
            "1,2",
        ),
        (
            "let o = Object.seal({ x: 1 }); o.x = 2; delete o.x; o.x + ',' + Object.isSealed(o) + Object.isFrozen(o)",
            "2,truefalse",
        ),
        (
            "let o = Object.preventExtensions({ x: 1 }); o.y = 1; typeof o.y + Object.isExtensible(o)",
            "undefinedfalse",
        ),
        ("let o = Object.preventExtensions({}); Object.isFrozen(o)", "true"),
        (
            "Object.isFrozen(1) + ',' + Object.isExtensible('a') + ',' + Object.freeze(3)",
            "true,false,3",
        ),
        (
            "function f() {} Object.freeze(f); f.prototype = 1; f.x = 1; typeof f.prototype + f.x + f.name",
            "objectundefinedf",
        ),
        (
            "'use strict'; try { Object.freeze({ x: 1 }).x = 2 } catch (e) { e.message }",
            "Cannot assign to read only property 'x' of object '#<Object>'",
        ),
        (
            "'use strict'; try { 'abc'.x = 1 } catch (e) { e.message }",
            "Cannot create property 'x' on string 'abc'",
        ),
        (
            "'use strict'; try { Object.freeze([1])[1] = 2 } catch (e) { e.message }",
            "Cannot add property 1, object is not extensible",
        ),
        (
            "'use strict'; let o = Object.defineProperty({}, 'a', { get() {} }); try { o.a = 2 } catch (e) { e.message }",
            "Cannot set property a of #<Object> which has only a getter",
        ),
    ]);
}

#[test]
fn assign_copies_what_is_enumerable() {
    check(&[
        ("let o = Object.assign({ a: 1 }, null, { b: 2 }, undefined, { a: 3 }); o.a + o.b", "5"),
        ("let o = {}; Object.assign(o, [7, 8]) === o && o[0] + o[1]", "15"),
        (
            "let s = Object.defineProperty({}, 'h', { value: 1 }); Object.keys(Object.assign({}, s)).length",
            "0",
        ),
        (
            "try { Object.assign(Object.freeze({ a: 1 }), { a: 2 }) } catch (e) { e.message }",
            "Cannot assign to read only property 'a' of object '#<Object>'",
        ),
        (
            "try { Object.assign(Object.freeze({}), { a: 2 }) } catch (e) { e.message }",
            "Cannot add property a, object is not extensible",
        ),
    ]);
}

#[test]
fn prototypes() {
    check(&[
        (
            "let p = { x: 1 }, o = Object.create(p); o.x + ',' + (Object.getPrototypeOf(o) === p)",
            "1,true",
        ),
        (
            "let o = Object.create(null); Object.getPrototypeOf(o) + typeof o.toString",
            "nullundefined",
        ),
        ("Object.create({}, { x: { value: 6 } }).x", "6"),
        ("let o = {}; Object.setPrototypeOf(o, { x: 2 }) === o && o.x", "2"),
        ("let o = {}; o['__proto__'] = { x: 3 }; o.x + ',' + Object.keys(o).length", "3,0"),
        ("let o = {}, p = o['__proto__']; p === Object.prototype", "true"),
        (
            "let p = {}; p.isPrototypeOf(Object.create(Object.create(p))) + ',' + p.isPrototypeOf({}) + p.isPrototypeOf(1)",
            "true,falsefalse",
        ),
        (
            "let p = { x: 1 }, o = Object.create(p), s = 0; for (let i = 0; i < 4; i++) { if (i === 2) { delete p.x; p.y = 9; Object.prototype.x = 10 } s += o.x } delete Object.prototype.x; s",
            "22",
        ),
        (
            "try { Object.create(1) } catch (e) { e.message }",
            "Object prototype may only be an Object or null: 1",
        ),
        (
            "try { Object.setPrototypeOf(null, {}) } catch (e) { e.message }",
            "Object.setPrototypeOf called on null or undefined",
        ),
        (
            "try { let a = {}; Object.setPrototypeOf(a, Object.create(a)) } catch (e) { e.message }",
            "Cyclic __proto__ value",
        ),
        (
            "function P() {} try { Object.setPrototypeOf(Object.freeze(new P()), {}) } catch (e) { e.message }",
            "#<P> is not extensible",
        ),
        (
            "try { Object.setPrototypeOf(Object.freeze([]), {}) } catch (e) { e.message }",
            "[object Array] is not extensible",
        ),
        (
            "try { Object.setPrototypeOf(Object.prototype, {}) } catch (e) { e.message }",
            "Immutable prototype object 'Object.prototype' cannot have their prototype set",
        ),
        ("Object.setPrototypeOf(Object.prototype, null) === Object.prototype", "true"),
    ]);
}

#[test]
fn a_property_added_to_a_prototype_is_seen_behind_caches() {
    check(&[(
        // The assignment has been learned from objects that are no prototypes.
        "Object.prototype.x = 'far'; function add(t) { t.x = 'near' } let p = {}, o = Object.create(p); o.own = 1; let warm = {}; let s = ''; for (let i = 0; i < 4; i++) { add({}); s += o.x; if (i === 1) add(p) } delete Object.prototype.x; s",
        "farfarnearnear",
    )]);
}

#[test]
fn methods_of_all_objects() {
    check(&[
        (
            "let o = { a: 1 }; o.hasOwnProperty('a') + ',' + o.hasOwnProperty('toString') + ',' + Object.hasOwn(o, 'a')",
            "true,false,true",
        ),
        ("[1].propertyIsEnumerable(0) + ',' + [1].propertyIsEnumerable('length')", "true,false"),
        ("'' + {}", "[object Object]"),
        ("({}).toLocaleString()", "[object Object]"),
        ("let o = {}; o.valueOf() === o", "true"),
        (
            "let t = Object.prototype.toString, s = ''; s += t.call([]) + t.call(t) + t.call(null) + t.call() + t.call(1) + t.call('') + t.call(true) + t.call(new Error()); s",
            "[object Array][object Function][object Null][object Undefined][object Number][object String][object Boolean][object Error]",
        ),
        (
            "let o = {}; o.__defineGetter__('x', function () { return 3 }); o.__defineSetter__('x', function (v) { this.y = v }); o.x = 5; o.x + o.y + typeof o.__lookupGetter__('x') + typeof Object.create(o).__lookupSetter__('x') + typeof o.__lookupGetter__('y')",
            "8functionfunctionundefined",
        ),
        (
            "try { ({}).__defineGetter__('x', 1) } catch (e) { e.message }",
            "Object.prototype.__defineGetter__: Expecting function",
        ),
        (
            "Object.is(NaN, NaN) + ',' + Object.is(0, -0) + ',' + Object.is('a', 'a')",
            "true,false,true",
        ),
    ]);
}

#[test]
fn the_constructor() {
    check(&[
        ("Object.getPrototypeOf(new Object()) === Object.prototype", "true"),
        ("let o = {}; Object(o) === o && new Object(o) === o", "true"),
        ("Object.getPrototypeOf(Object(null)) === Object.prototype", "true"),
        ("Object.prototype.constructor === Object && ({}).constructor === Object", "true"),
        ("Object.length + Object.name + Object.assign.length", "1Object2"),
        (
            "let d = Object.getOwnPropertyDescriptor(Object, 'prototype'); '' + d.writable + d.enumerable + d.configurable",
            "falsefalsefalse",
        ),
        ("function F() {} F.prototype.x = 1; Reflect.construct(Object, [], F).x", "1"),
    ]);
}
