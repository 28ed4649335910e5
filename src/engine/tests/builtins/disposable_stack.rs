//! `DisposableStack`, `AsyncDisposableStack` and `Array.fromAsync`.

use crate::support::{check, thrown, values};

#[test]
fn stacks_dispose_of_what_is_on_them() {
    values(&[
        (
            "(() => { let log = []; { const s = new DisposableStack(); s.use({ [Symbol.dispose]() { log.push('use') } }); s.adopt(5, (v) => log.push('adopt' + v)); s.defer(() => log.push('defer')); s.use(null); s.dispose(); s.dispose(); log.push(s.disposed) } return log })()",
            "defer,adopt5,use,true",
        ),
        (
            "(() => { let log = []; { using s = new DisposableStack(); s.defer(() => log.push(1)); s.defer(() => log.push(2)) } return log })()",
            "2,1",
        ),
        (
            "(() => { let log = []; const s = new DisposableStack(); s.defer(() => log.push(1)); const t = s.move(); log.push(s.disposed, t.disposed); t.dispose(); return log })()",
            "true,false,1",
        ),
        (
            "(() => { const s = new DisposableStack(); s.defer(() => { throw 1 }); s.defer(() => { throw 2 }); s.defer(() => { throw 3 }); try { s.dispose() } catch (e) { return [e.name, e.message, e.error, e.suppressed.error, e.suppressed.suppressed, Object.getOwnPropertyNames(e)] } })()",
            "SuppressedError,An error was suppressed during disposal,1,2,3,stack,message,error,suppressed",
        ),
        (
            "(() => { const s = new DisposableStack(), o = {}; return s.use(null) + '|' + s.adopt(o, () => 1).constructor.name + s.defer(() => 1) })()",
            "null|Objectundefined",
        ),
        (
            "Reflect.ownKeys(DisposableStack.prototype).map(String)",
            "constructor,use,dispose,adopt,defer,move,disposed,Symbol(Symbol.dispose),Symbol(Symbol.toStringTag)",
        ),
        (
            "Reflect.ownKeys(AsyncDisposableStack.prototype).map(String)",
            "constructor,use,disposeAsync,adopt,defer,move,disposed,Symbol(Symbol.asyncDispose),Symbol(Symbol.toStringTag)",
        ),
        (
            "DisposableStack.prototype[Symbol.dispose] === DisposableStack.prototype.dispose && AsyncDisposableStack.prototype[Symbol.asyncDispose] === AsyncDisposableStack.prototype.disposeAsync",
            "true",
        ),
        (
            "Object.prototype.toString.call(new DisposableStack()) + Object.prototype.toString.call(new AsyncDisposableStack())",
            "[object DisposableStack][object AsyncDisposableStack]",
        ),
        ("new (class extends DisposableStack { }) instanceof DisposableStack", "true"),
        (
            "(() => { try { using a = { [Symbol.dispose]() { throw 1 } }; throw 2 } catch (e) { return e + e.error + e.suppressed } })()",
            "SuppressedError: An error was suppressed during disposal12",
        ),
    ]);
}

/// Every message is the one that V8 has.
#[test]
fn wrong_uses_are_refused() {
    thrown(&[
        ("DisposableStack()", "TypeError: Constructor DisposableStack requires 'new'"),
        (
            "new DisposableStack().use(1)",
            "TypeError: An object is expected with `using` declarations",
        ),
        ("new DisposableStack().use({})", "TypeError: Symbol(Symbol.dispose) is not a function"),
        (
            "new DisposableStack().use({ [Symbol.dispose]: 1 })",
            "TypeError: Symbol(Symbol.dispose) is not a function",
        ),
        ("new DisposableStack().adopt(1)", "TypeError: undefined is not a function"),
        ("new DisposableStack().defer(1)", "TypeError: 1 is not a function"),
        (
            "DisposableStack.prototype.use.call({}, 1)",
            "TypeError: Method DisposableStack.prototype.use called on incompatible receiver #<Object>",
        ),
        (
            "DisposableStack.prototype.dispose.call(1)",
            "TypeError: Method DisposableStack.prototype.dispose called on incompatible receiver 1",
        ),
        (
            "Object.getOwnPropertyDescriptor(DisposableStack.prototype, 'disposed').get.call(1)",
            "TypeError: Method get DisposableStack.prototype.disposed called on incompatible receiver 1",
        ),
        (
            "const s = new DisposableStack(); s.dispose(); s.use(null)",
            "ReferenceError: Cannot call DisposableStack.prototype.use on an already-disposed DisposableStack",
        ),
        (
            "const s = new DisposableStack(); s.dispose(); s.adopt(null)",
            "ReferenceError: Cannot call DisposableStack.prototype.adopt on an already-disposed DisposableStack",
        ),
        (
            "const s = new DisposableStack(); s.dispose(); s.defer(null)",
            "ReferenceError: Cannot call DisposableStack.prototype.defer on an already-disposed DisposableStack",
        ),
        (
            "const s = new DisposableStack(); s.dispose(); s.move()",
            "ReferenceError: Cannot call DisposableStack.prototype.move on an already-disposed DisposableStack",
        ),
        ("AsyncDisposableStack()", "TypeError: Constructor AsyncDisposableStack requires 'new'"),
        (
            "new AsyncDisposableStack().use(1)",
            "TypeError: An object is expected with `using` declarations",
        ),
        (
            "new AsyncDisposableStack().use({})",
            "TypeError: Symbol(Symbol.dispose) is not a function",
        ),
        (
            "AsyncDisposableStack.prototype.move.call({})",
            "TypeError: Method AsyncDisposableStack.prototype.move called on incompatible receiver #<Object>",
        ),
        (
            "const s = new AsyncDisposableStack(); s.disposeAsync(); s.move()",
            "ReferenceError: Cannot call AsyncDisposableStack.prototype.move on an already-disposed DisposableStack",
        ),
        ("new AsyncDisposableStack().defer(1)", "TypeError: 1 is not a function"),
        ("using x = 1", "TypeError: An object is expected with `using` declarations"),
        ("using x = {}", "TypeError: Symbol(Symbol.dispose) is not a function"),
    ]);
}

#[test]
fn asynchronous_stacks_wait() {
    check(&[
        (
            "let log = []; (async () => { const s = new AsyncDisposableStack(); s.use({ async [Symbol.asyncDispose]() { log.push('a'); await 1; log.push('b') } }); s.use({ [Symbol.dispose]() { log.push('sync') } }); s.adopt(7, async (v) => log.push(v)); s.defer(() => log.push('defer')); s.use(null); await s.disposeAsync(); log.push(s.disposed, await s.disposeAsync()); out = log.join() })()",
            "defer,7,sync,a,b,true,",
        ),
        (
            "(async () => { const s = new AsyncDisposableStack(); s.defer(() => { throw 1 }); s.defer(async () => { throw 2 }); s.defer(() => 3); try { await s.disposeAsync() } catch (e) { out = [e.name, e.message, e.error, e.suppressed].join() } })()",
            "SuppressedError,An error was suppressed during disposal,1,2",
        ),
        (
            "(async () => { try { await AsyncDisposableStack.prototype.disposeAsync.call(1) } catch (e) { out = e } })()",
            "TypeError: Receiver is not an AsyncDisposableStack",
        ),
        (
            "let log = []; (async () => { const s = new AsyncDisposableStack(); s.use(null); const p = s.disposeAsync(); Promise.resolve().then(() => log.push('job')); await p; log.push('done'); out = log.join() })()",
            "job,done",
        ),
        (
            "let log = []; (async () => { { await using s = new AsyncDisposableStack(); s.defer(async () => { await 0; log.push(1) }); s.defer(() => log.push(2)) } out = log.join() })()",
            "2,1",
        ),
        (
            "let log = []; (async () => { const s = new AsyncDisposableStack(); s.defer(() => log.push(1)); const t = s.move(); await s.disposeAsync(); log.push('moved'); await t.disposeAsync(); out = log.join() })()",
            "moved,1",
        ),
        (
            "(async () => { async function* g() { try { yield 1 } finally { out = 'closed' } } const it = g(); await it.next(); await it[Symbol.asyncDispose]() })()",
            "closed",
        ),
        (
            "(async () => { let p = Object.getPrototypeOf(Object.getPrototypeOf((async function* () { }).prototype)); let s = String(await p[Symbol.asyncDispose].call({})); try { await p[Symbol.asyncDispose].call({ return() { throw 'x' } }) } catch (e) { s += e } out = s })()",
            "undefinedx",
        ),
    ]);
}

#[test]
fn arrays_from_asynchronous_iterables() {
    check(&[
        (
            "(async () => { out = (await Array.fromAsync([1, Promise.resolve(2), 3])).join() })()",
            "1,2,3",
        ),
        (
            "(async () => { async function* g() { yield 1; yield 2 } out = (await Array.fromAsync(g(), async (x, i) => x * 10 + i)).join() })()",
            "10,21",
        ),
        (
            "(async () => { out = JSON.stringify(await Array.fromAsync({ length: 3, 0: Promise.resolve('a'), 2: 'c' })) })()",
            r#"["a",null,"c"]"#,
        ),
        (
            "(async () => { out = (await Array.fromAsync('ab', function (x) { return x + this.y }, { y: 1 })).join() })()",
            "a1,b1",
        ),
        (
            "let log = []; (async () => { let it = { [Symbol.asyncIterator]() { return this }, i: 0, async next() { return { value: this.i++, done: false } }, async return() { log.push('return'); return {} } }; try { await Array.fromAsync(it, (x) => { if (x > 1) throw 'x' }) } catch (e) { log.push(e) } out = log.join() })()",
            "return,x",
        ),
        (
            "let log = []; (async () => { let it = { [Symbol.iterator]() { return this }, next() { return { value: Promise.reject('no'), done: false } }, return() { log.push('return'); return {} } }; try { await Array.fromAsync(it) } catch (e) { log.push(e) } out = log.join() })()",
            "return,no",
        ),
        (
            "let log = []; (async () => { class C { constructor(...a) { log.push('new' + a) } set length(v) { log.push('length' + v) } } let c = await Array.fromAsync.call(C, { length: 2, 0: 1, 1: 2 }); log.push(Object.keys(c), c instanceof C); log.push(await Array.fromAsync.call(C, [5]) instanceof C); out = log.join() })()",
            "new2,length2,0,1,true,new,length1,true",
        ),
        (
            "(async () => { let s = []; for (let a of [[1, [[1], 1]], [2, [{ [Symbol.asyncIterator]: () => ({}) }]], [3, [null]], [4, [{ length: -1 }]], [5, [5]]]) { try { s.push(a[0] + ':' + (await Array.fromAsync(...a[1]))) } catch (e) { s.push(e.name) } } out = s.join() })()",
            "TypeError,TypeError,TypeError,4:,5:",
        ),
        (
            "(async () => { let log = []; let p = Array.fromAsync([1, 2]).then(() => log.push('array')); for (let i = 0; i < 12; i++) { await 0; log.push(i) } await p; out = log.join() })()",
            "0,1,2,3,4,5,array,6,7,8,9,10,11",
        ),
    ]);
}
