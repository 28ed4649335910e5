//! `Iterator`, iterator helpers, and iterators of the engine's own.

use crate::support::{thrown, values};

#[test]
fn helpers_pass_on_values() {
    values(&[
        ("[1, 2, 3].values().map((x, i) => x * 10 + i).toArray()", "10,21,32"),
        ("[1, 2, 3, 4].values().filter((x) => x % 2).toArray()", "1,3"),
        (
            "[1, 2, 3].values().take(2).toArray() + '|' + [1, 2, 3].values().take(Infinity).toArray()",
            "1,2|1,2,3",
        ),
        ("[1, 2, 3].values().drop(2).toArray() + '|' + [1, 2, 3].values().drop(9).toArray()", "3|"),
        ("[1, 2].values().flatMap((x) => [x, [x]]).map(JSON.stringify).toArray()", "1,[1],2,[2]"),
        ("[1, 2].values().flatMap((x) => new String('ab')).toArray()", "a,b,a,b"),
        ("Iterator.concat([1, 2], new Set([3]), 'a'.match(/a/)).toArray()", "1,2,3,a"),
        ("Iterator.concat().next().done", "true"),
        ("[1, 2, 3].values().reduce((a, b, i) => a + b * i)", "9"),
        ("[1, 2, 3].values().reduce((a, b, i) => a + b * i, 100)", "108"),
        (
            "[1, 2, 3].values().some((x) => x > 2) + ',' + [1].values().every((x) => x > 2) + ',' + [5, 6].values().find((x) => x > 5) + ',' + [].values().find(() => 1)",
            "true,false,6,undefined",
        ),
        (
            "(() => { let s = 0; [1, 2].values().forEach((x, i) => { s += x * (i + 1) }); return s })()",
            "5",
        ),
        (
            "(() => { let s = ''; for (let x of [1, 2, 3].values().map((x) => x * 2).filter((x) => x > 2)) { s += x } return s })()",
            "46",
        ),
        (
            "(() => { function* g() { let i = 0; while (true) yield i++ } return g().filter((x) => x % 3 === 0).map((x) => x * x).drop(1).take(3).toArray() })()",
            "9,36,81",
        ),
        (
            "(() => { let s = ''; for (let [k, v] of new Map([[1, 2]]).entries().map((e) => e)) { s += k + v } for (let c of 'a😀'[Symbol.iterator]().map((c) => c.length)) { s += c } return s })()",
            "312",
        ),
        (
            "[...[1, 2].entries().map(String), ...new Uint8Array([3, 4]).values().take(1), ...'xy'[Symbol.iterator]()]",
            "0,1,1,2,3,x,y",
        ),
        (
            "Iterator.from('ab').toArray() + Iterator.from([1, 2]).toArray() + Iterator.from({ next() { return { done: true } } }).toArray()",
            "a,b1,2",
        ),
        (
            "(() => { let a = [1, 2, 3], it = a.values(), h = it.map((x) => x); h.next(); a.push(4); return h.toArray() })()",
            "2,3,4",
        ),
    ]);
}

#[test]
fn iterators_are_closed() {
    values(&[
        (
            "(() => { let log = []; let it = { __proto__: Iterator.prototype, i: 0, next() { log.push('next'); return { value: this.i++, done: this.i > 4 } }, return() { log.push('return'); return {} } }; let run = (f) => { try { log.push(String(f())) } catch (e) { log.push(e) } }; run(() => it.map()); run(() => it.filter({})); run(() => it.take(-1)); run(() => it.drop(NaN)); run(() => it.take({ valueOf() { throw 'x' } })); run(() => it.reduce(1)); return log.join(' ') })()",
            "return TypeError: undefined is not a function return TypeError: object is not a function return RangeError: -1 must be positive return RangeError: NaN must be positive return x return TypeError: number 1 is not a function",
        ),
        (
            "(() => { let log = []; let it = { __proto__: Iterator.prototype, i: 0, next() { log.push('next'); return { value: this.i++, done: this.i > 4 } }, return() { log.push('return'); return {} } }; let run = (f) => { try { log.push(String(f())) } catch (e) { log.push(e) } }; run(() => it.map(() => { throw 'x' }).next()); return log.join(' ') })()",
            "next return x",
        ),
        (
            "(() => { let log = []; let it = { __proto__: Iterator.prototype, i: 0, next() { log.push('next'); return { value: this.i++, done: this.i > 4 } }, return() { log.push('return'); return {} } }; let run = (f) => { try { log.push(String(f())) } catch (e) { log.push(e) } }; run(() => it.filter(() => { throw 'x' }).next()); run(() => it.forEach(() => { throw 'y' })); run(() => it.flatMap(() => { throw 'z' }).next()); return log.join(' ') })()",
            "next return x next return y next return z",
        ),
        (
            "(() => { let log = []; let it = { __proto__: Iterator.prototype, i: 0, next() { log.push('next'); return { value: this.i++, done: this.i > 4 } }, return() { log.push('return'); return {} } }; let run = (f) => { try { log.push(String(f())) } catch (e) { log.push(e) } }; let h = it.take(1); run(() => h.next().value); run(() => h.next().done); run(() => h.next().done); return log.join(' ') })()",
            "next 0 return true true",
        ),
        (
            "(() => { let log = []; let it = { __proto__: Iterator.prototype, i: 0, next() { log.push('next'); return { value: this.i++, done: this.i > 4 } }, return() { log.push('return'); return {} } }; let run = (f) => { try { log.push(String(f())) } catch (e) { log.push(e) } }; let h = it.map((x) => x); run(() => h.return().done); run(() => h.next().done); run(() => h.return().done); return log.join(' ') })()",
            "return true true true",
        ),
        (
            "(() => { let log = []; let it = { __proto__: Iterator.prototype, i: 0, next() { log.push('next'); return { value: this.i++, done: this.i > 4 } }, return() { log.push('return'); return {} } }; let run = (f) => { try { log.push(String(f())) } catch (e) { log.push(e) } }; let h = it.map((x) => x); h.next(); run(() => h.return().done); run(() => h.return().done); return log.join(' ') })()",
            "next return true true",
        ),
        (
            "(() => { let log = []; let it = { __proto__: Iterator.prototype, i: 0, next() { log.push('next'); return { value: this.i++, done: this.i > 4 } }, return() { log.push('return'); return {} } }; let run = (f) => { try { log.push(String(f())) } catch (e) { log.push(e) } }; run(() => it.some((x) => x === 1)); run(() => it.every((x) => x > 5)); run(() => it.find((x) => true)); return log.join(' ') })()",
            "next next return true next return false next return 3",
        ),
        (
            "(() => { let log = []; let it = { __proto__: Iterator.prototype, i: 0, next() { log.push('next'); return { value: this.i++, done: this.i > 4 } }, return() { log.push('return'); return {} } }; let run = (f) => { try { log.push(String(f())) } catch (e) { log.push(e) } }; let h = it.flatMap(() => ({ __proto__: Iterator.prototype, next() { log.push('inner'); return { value: 1, done: false } }, return() { log.push('close'); throw 'q' } })); h.next(); run(() => h.return()); run(() => h.next().done); return log.join(' ') })()",
            "next inner close return q true",
        ),
        (
            "(() => { let log = []; let it = { __proto__: Iterator.prototype, i: 0, next() { log.push('next'); return { value: this.i++, done: this.i > 4 } }, return() { log.push('return'); return {} } }; let run = (f) => { try { log.push(String(f())) } catch (e) { log.push(e) } }; let h = it.flatMap(() => ({ next() { throw 'inner' } })); run(() => h.next()); return log.join(' ') })()",
            "next return inner",
        ),
        (
            "(() => { let log = []; let it = { __proto__: Iterator.prototype, i: 0, next() { log.push('next'); return { value: this.i++, done: this.i > 4 } }, return() { log.push('return'); return {} } }; let run = (f) => { try { log.push(String(f())) } catch (e) { log.push(e) } }; let h = it.flatMap(() => 1); run(() => h.next()); return log.join(' ') })()",
            "next return TypeError: Iterator.prototype.flatMap called on non-object",
        ),
        (
            "(() => { let log = []; let it = { __proto__: Iterator.prototype, i: 0, next() { log.push('next'); return { value: this.i++, done: this.i > 4 } }, return() { log.push('return'); return {} } }; let run = (f) => { try { log.push(String(f())) } catch (e) { log.push(e) } }; let h = Iterator.concat({ [Symbol.iterator]: () => it }, [7]); run(() => h.return().done); return log.join(' ') })()",
            "true",
        ),
        (
            "(() => { let log = []; let it = { __proto__: Iterator.prototype, i: 0, next() { log.push('next'); return { value: this.i++, done: this.i > 4 } }, return() { log.push('return'); return {} } }; let run = (f) => { try { log.push(String(f())) } catch (e) { log.push(e) } }; let h = Iterator.concat({ [Symbol.iterator]: () => it }, [7]); h.next(); run(() => h.return().done); run(() => h.next().done); return log.join(' ') })()",
            "next return true true",
        ),
        (
            "(() => { let log = []; let it = { __proto__: Iterator.prototype, i: 0, next() { log.push('next'); return { value: this.i++, done: this.i > 4 } }, return() { log.push('return'); return {} } }; let run = (f) => { try { log.push(String(f())) } catch (e) { log.push(e) } }; for (let x of it.map((x) => x + 1)) { log.push(x); break }; return log.join(' ') })()",
            "next 1 return",
        ),
        (
            "(() => { let log = []; let it = { __proto__: Iterator.prototype, i: 0, next() { log.push('next'); return { value: this.i++, done: this.i > 4 } }, return() { log.push('return'); return {} } }; let run = (f) => { try { log.push(String(f())) } catch (e) { log.push(e) } }; it.return = () => { throw 'late' }; let h = it.take(0); run(() => h.next()); run(() => h.next().done); return log.join(' ') })()",
            "late true",
        ),
        (
            "(() => { let log = []; let it = { __proto__: Iterator.prototype, i: 0, next() { log.push('next'); return { value: this.i++, done: this.i > 4 } }, return() { log.push('return'); return {} } }; let run = (f) => { try { log.push(String(f())) } catch (e) { log.push(e) } }; let h = it.drop(2); run(() => h.next().value); return log.join(' ') })()",
            "next next next 2",
        ),
        (
            "(() => { let log = []; let it = { __proto__: Iterator.prototype, i: 0, next() { log.push('next'); return { value: this.i++, done: this.i > 4 } }, return() { log.push('return'); return {} } }; let run = (f) => { try { log.push(String(f())) } catch (e) { log.push(e) } }; it[Symbol.dispose](); return log.join(' ') })()",
            "return",
        ),
    ]);
}

#[test]
fn helpers_have_the_states_of_generators() {
    values(&[
        (
            "(() => { let g = [1].values().map(() => g.next()); try { g.next() } catch (e) { return e + '' + g.next().done } })()",
            "TypeError: Generator is already runningtrue",
        ),
        (
            "(() => { let g = [1].values().map(() => g.return()); try { g.next() } catch (e) { return e } })()",
            "TypeError: Generator is already running",
        ),
        (
            "(() => { let g = [1, 2].values().map(() => { for (let x of g) { } }); try { g.next() } catch (e) { return e } })()",
            "TypeError: Generator is already running",
        ),
        (
            "(() => { let g, it = { __proto__: Iterator.prototype, next() { return { value: 1, done: false } }, return() { return g.return() } }; g = it.map((x) => x); let s = '' + g.return().done; g = it.map((x) => x); g.next(); try { g.return() } catch (e) { s += e } return s })()",
            "trueTypeError: Generator is already running",
        ),
        (
            "(() => { let g = [1, 2].values().map((x) => { if (x === 1) throw 'x'; return x }); try { g.next() } catch { } return g.next().done })()",
            "true",
        ),
    ]);
}

#[test]
fn the_constructor() {
    values(&[
        ("Object.getOwnPropertyNames(Iterator)", "length,name,prototype,from,concat"),
        (
            "Reflect.ownKeys(Iterator.prototype).map(String)",
            "constructor,reduce,toArray,forEach,some,every,find,map,filter,take,drop,flatMap,Symbol(Symbol.iterator),Symbol(Symbol.toStringTag),Symbol(Symbol.dispose)",
        ),
        (
            "Reflect.ownKeys(Object.getPrototypeOf([].values().map((x) => x))).map(String)",
            "next,return,Symbol(Symbol.toStringTag)",
        ),
        (
            "Reflect.ownKeys(Object.getPrototypeOf(Iterator.from({ next() { } }))).map(String)",
            "next,return",
        ),
        (
            "Object.prototype.toString.call([].values().map((x) => x)) + Object.prototype.toString.call(Iterator.from({})) + Object.prototype.toString.call((function* () { })())",
            "[object Iterator Helper][object Iterator][object Generator]",
        ),
        (
            "class extends Iterator { }.name + (new (class extends Iterator { next() { return { done: true } } })() instanceof Iterator)",
            "true",
        ),
        (
            "(() => { let i = Object.create(Iterator.prototype); i[Symbol.toStringTag] = 'mine'; i.constructor = 1; return i[Symbol.toStringTag] + i.constructor + Object.keys(i) + i })()",
            "mine1constructor[object mine]",
        ),
        (
            "Iterator.prototype[Symbol.toStringTag] + (Iterator.prototype.constructor === Iterator) + (Object.getPrototypeOf(Object.getPrototypeOf([].values())) === Iterator.prototype)",
            "Iteratortruetrue",
        ),
        (
            "Iterator.from([].values()) instanceof Iterator && Iterator.from({ next() { } }) instanceof Iterator",
            "true",
        ),
        ("(() => { let it = [1].values(); return Iterator.from(it) === it })()", "true"),
        (
            "(() => { let w = Iterator.from({ next(x) { return { value: [this.k, arguments.length], done: false } }, k: 5, return() { return 7 } }); return w.next(1).value + '|' + w.return(2) + Iterator.from({}).return().done })()",
            "5,0|7true",
        ),
        (
            "(() => { 'use strict'; let s = Object.getOwnPropertyDescriptor(Iterator.prototype, Symbol.toStringTag); return s.get.name + s.set.name + s.enumerable + s.configurable })()",
            "get [Symbol.toStringTag]set [Symbol.toStringTag]falsetrue",
        ),
    ]);
}

/// Every message is the one that V8 has.
#[test]
fn wrong_uses_are_refused() {
    thrown(&[
        ("Iterator()", "TypeError: Constructor Iterator requires 'new'"),
        ("new Iterator()", "TypeError: Abstract class Iterator not directly constructable"),
        ("[].values().map()", "TypeError: undefined is not a function"),
        ("[].values().map(1)", "TypeError: number 1 is not a function"),
        ("[].values().filter({})", "TypeError: object is not a function"),
        ("[].values().take(-1)", "RangeError: -1 must be positive"),
        ("[].values().take(NaN)", "RangeError: NaN must be positive"),
        ("[].values().take('a')", "RangeError: a must be positive"),
        ("[].values().drop(-1)", "RangeError: -1 must be positive"),
        ("[].values().take()", "RangeError: undefined must be positive"),
        ("[].values().reduce()", "TypeError: undefined is not a function"),
        (
            "[].values().reduce((a, b) => a)",
            "TypeError: Reduce of a done iterator with no initial value",
        ),
        (
            "[1].values().flatMap((x) => x).next()",
            "TypeError: Iterator.prototype.flatMap called on non-object",
        ),
        (
            "[1].values().flatMap((x) => 'ab').next()",
            "TypeError: Iterator.prototype.flatMap called on non-object",
        ),
        (
            "Iterator.prototype.map.call(1, (x) => x)",
            "TypeError: Iterator.prototype.map called on non-object",
        ),
        (
            "Iterator.prototype.toArray.call(1)",
            "TypeError: Iterator.prototype.toArray called on non-object",
        ),
        (
            "Iterator.prototype.take.call(null)",
            "TypeError: Iterator.prototype.take called on non-object",
        ),
        ("Iterator.from(1)", "TypeError: Iterator.from called on non-object"),
        ("Iterator.from()", "TypeError: Iterator.from called on non-object"),
        (
            "Iterator.from({ [Symbol.iterator]() { return 1 } })",
            "TypeError: #<Object> is not iterable",
        ),
        ("Iterator.concat(1)", "TypeError: Iterator.concat called on non-object"),
        ("Iterator.concat({})", "TypeError: #<Object> is not iterable"),
        (
            "Iterator.concat({ [Symbol.iterator]() { return 1 } }).next()",
            "TypeError: 1 is not iterable",
        ),
        (
            "Object.getPrototypeOf([].values().map((x) => x)).next.call({})",
            "TypeError: Method Iterator Helper.prototype.next called on incompatible receiver #<Object>",
        ),
        (
            "Object.getPrototypeOf([].values().map((x) => x)).return.call(1)",
            "TypeError: Method Iterator Helper.prototype.return called on incompatible receiver 1",
        ),
        (
            "Object.getPrototypeOf(Iterator.from({ next() { } })).next.call({})",
            "TypeError: Method %WrapForValidIteratorPrototype%.next called on incompatible receiver #<Object>",
        ),
        (
            "Iterator.prototype[Symbol.toStringTag] = 'x'",
            "TypeError: Cannot assign to read only property 'Symbol(Symbol.toStringTag)' of object '[object Object]'",
        ),
        (
            "Iterator.prototype.constructor = 1",
            "TypeError: Cannot assign to read only property 'constructor' of object '[object Object]'",
        ),
        (
            "Object.getOwnPropertyDescriptor(Iterator.prototype, Symbol.toStringTag).set.call(1, 2)",
            "TypeError: set Iterator.prototype[Symbol.toStringTag] called on non-object",
        ),
        (
            "Object.getOwnPropertyDescriptor(Iterator.prototype, 'constructor').set.call(1, 2)",
            "TypeError: set Iterator.prototype.constructor called on non-object",
        ),
        (
            "Iterator.prototype.map.call({ next() { return 1 } }, (x) => x).next()",
            "TypeError: Iterator result 1 is not an object",
        ),
        (
            "Iterator.prototype.toArray.call({ next() { return 1 } })",
            "TypeError: Iterator result 1 is not an object",
        ),
    ]);
}

/// What iterates synchronously may be given as an asynchronous iterator: its results are
/// awaited, not the values in them.
#[test]
fn own_iterators_as_asynchronous_ones() {
    let program = |iterator: &str| {
        format!(
            "let log = []; async function f() {{ for await (let x of {{ [Symbol.asyncIterator]: () => {iterator} }}) {{ log.push(x instanceof Promise) }} log.push('end') }} f(); Promise.resolve().then(() => log.push(1)).then(() => log.push(2)).then(() => {{ out = log.join() }}); var out"
        )
    };
    for iterator in [
        "[Promise.resolve(0)].values()",
        "new Set([Promise.resolve(0)]).values()",
        "[Promise.resolve(0)].values().map((x) => x)",
        "(function* () { yield Promise.resolve(0) })()",
    ] {
        crate::support::check(&[(&program(iterator), "true,1,end,2")]);
    }
}

/// Helpers behind helpers are as deep as the native stack allows, not deeper.
#[test]
fn deep_chains_end_in_an_error() {
    crate::support::check_once(
        "let it = [1].values(); for (let i = 0; i < 100000; i++) { it = it.map((x) => x) } try { it.next() } catch (e) { e + '' }",
        "RangeError: Maximum call stack size exceeded",
    );
    crate::support::check_once(
        "let it = [1].values(); for (let i = 0; i < 100000; i++) { it = it.take(5) } try { it.return() } catch (e) { e + '' }",
        "RangeError: Maximum call stack size exceeded",
    );
}
