//! `Promise`, and the order in which jobs run.

use std::cell::Cell;
use std::rc::Rc;

use axil_engine::compiler::compile;
use axil_engine::heap::{Gc, Settings};
use axil_engine::object::Promise;
use axil_engine::value::Value;
use axil_engine::vm::{JobHost, PromiseEvent, RejectionEvent, Vm};
use axil_grammar::{Arena, Goal, Source, parse};

/// Writes down what it is told, in the order of the programs' own notes.
struct Witness;

impl JobHost for Witness {
    fn track_rejection(&self, vm: &mut Vm, promise: Gc<Promise>, event: RejectionEvent) {
        let event = match event {
            RejectionEvent::Reject => "unhandled",
            RejectionEvent::Handle => "handled",
            RejectionEvent::RejectAfterResolved | RejectionEvent::ResolveAfterResolved => return,
        };
        let reason = vm.display(promise.result());
        note(vm, &format!("{event} {reason}"));
    }

    fn report_error(&self, vm: &mut Vm, exception: Value) {
        let text = vm.display(exception);
        note(vm, &format!("threw {text}"));
    }

    fn promise_event(&self, vm: &mut Vm, _: Gc<Promise>, event: PromiseEvent) {
        note(vm, &format!("{event:?}").to_lowercase());
    }
}

/// Calls the program's `note`.
fn note(vm: &mut Vm, text: &str) {
    let (global, key) = (vm.realm().global, vm.memory.key("note"));
    let function = vm.get(global, key).expect("the program has it");
    let text = Value::cell(vm.memory.string(text));
    vm.call(function, Value::UNDEFINED, &[text]).expect("it does not throw");
}

const PRELUDE: &str = "
    globalThis.log = '';
    globalThis.note = (text) => { log += (log === '' ? '' : ' ') + text };
    let list = (...items) => {
        let at = 0;
        return {
            [Symbol.iterator]() { return this },
            next() { return at < items.length ? { value: items[at++] } : { done: true } },
            return() { note('closed'); return {} },
        };
    };
";

/// How a program begins whose promises are all told of.
const WATCHED: &str = "/* watched */";

fn run_with(settings: Settings, text: &str) -> String {
    let source = Rc::new(Source::new("test.js", format!("{PRELUDE}{text}")));
    let arena = Arena::new();
    let program = match parse(&source, Goal::Script, &arena) {
        Ok(program) => program,
        Err(faults) => panic!("{text:?} is refused: {faults}"),
    };
    let mut vm = Vm::new(settings);
    vm.set_job_host(Rc::new(Witness));
    vm.tell_of_promises(text.starts_with(WATCHED));
    vm.enter(|vm| {
        let code = match compile(&vm.memory, &source, program) {
            Ok(code) => code,
            Err(missing) => return format!("{} is not built yet", missing.what),
        };
        if vm.run(code).is_err() {
            let exception = vm.take_exception();
            let text = format!("throws {}", vm.display(exception));
            note(vm, &text);
        }
        vm.run_jobs();
        assert!(!vm.has_jobs());
        let (global, key) = (vm.realm().global, vm.memory.key("log"));
        let log = vm.get(global, key).expect("it is a plain property");
        vm.display(log)
    })
}

/// Runs each program and then its jobs: what it has noted is expected.
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(run_with(Settings::default(), text), *expected, "{text}");
        let stressed = Settings { stress: Some(1), ..Settings::default() };
        assert_eq!(run_with(stressed, text), *expected, "{text}, under stress");
    }
}

#[test]
fn promises_are_told_of_to_those_who_watch() {
    check(&[
        (
            "/* watched */ Promise.resolve().then(() => note('runs'))",
            "settled before runs settled after",
        ),
        (
            "/* watched */ (async () => { await null; note('goes on') })()",
            "settled before goes on settled settled after",
        ),
        ("Promise.resolve().then(() => note('runs'))", "runs"),
    ]);
}

#[test]
fn promises_are_settled_once() {
    check(&[
        ("Promise.resolve(1).then((v) => note('then ' + v)); note('first')", "first then 1"),
        ("new Promise((yes, no) => { yes(1); yes(2); no(3) }).then(note, () => note('no'))", "1"),
        (
            "new Promise((yes, no) => { no(1); yes(2) }).then(note, (e) => note('no ' + e))",
            "unhandled 1 handled 1 no 1",
        ),
        (
            "new Promise(() => { throw 5 }).catch((e) => note('caught ' + e))",
            "unhandled 5 handled 5 caught 5",
        ),
        ("new Promise((yes) => { yes(6); throw 5 }).then(note)", "6"),
        (
            "let p = Promise.resolve(7); note(p === Promise.resolve(p)); note(Object.prototype.toString.call(p))",
            "true [object Promise]",
        ),
        (
            "let yes, p = new Promise((f) => { yes = f }); p.then((v) => note('a' + v)); p.then((v) => note('b' + v)); p.then((v) => note('c' + v)); yes(1)",
            "a1 b1 c1",
        ),
        ("Promise.resolve(1).then(2).then(note)", "1"),
        ("Promise.reject(1).then(2).catch(note)", "unhandled 1 handled 1 1"),
        ("Promise.resolve(1).then(() => { throw 'x' }).then(note, (e) => note('no ' + e))", "no x"),
    ]);
}

#[test]
fn thenables_are_followed() {
    check(&[
        (
            "Promise.resolve({ then(yes) { note('then'); yes(3) } }).then(note); note('first')",
            "first then 3",
        ),
        ("Promise.resolve({ then(yes, no) { yes(1); no(2); throw 3 } }).then(note)", "1"),
        ("Promise.resolve({ then() { throw 3 } }).catch(note)", "3"),
        ("Promise.resolve({ get then() { throw 4 } }).catch(note)", "unhandled 4 handled 4 4"),
        ("Promise.resolve({ then: 4 }).then((o) => note(o.then))", "4"),
        (
            "let yes, p = new Promise((f) => { yes = f }); yes(p); p.catch((e) => note(e.message))",
            "unhandled TypeError: Chaining cycle detected for promise #<Promise> handled TypeError: Chaining cycle detected for promise #<Promise> Chaining cycle detected for promise #<Promise>",
        ),
        (
            "let p = Promise.resolve(); let q = p.then(() => q); q.catch((e) => note(e.message))",
            "Chaining cycle detected for promise #<Promise>",
        ),
    ]);
}

/// A promise that is the result of another costs two jobs more than a plain value.
#[test]
fn jobs_run_in_order() {
    let ticks = "let tick = (n) => { let p = Promise.resolve(); for (let i = 1; i <= n; i++) { p = p.then(() => note(i)) } };";
    check(&[
        (
            &format!(
                "new Promise((yes) => yes(Promise.resolve())).then(() => note('inner')); {ticks} tick(4)"
            ),
            "1 2 inner 3 4",
        ),
        (
            &format!(
                "let p = Promise.resolve(); p.then = p.then; new Promise((yes) => yes(p)).then(() => note('inner')); {ticks} tick(4)"
            ),
            "1 2 inner 3 4",
        ),
        (
            &format!(
                "Promise.resolve().then(() => Promise.resolve()).then(() => note('inner')); {ticks} tick(5)"
            ),
            "1 2 3 inner 4 5",
        ),
        (
            &format!(
                "Promise.resolve().finally(() => {{}}).then(() => note('inner')); {ticks} tick(5)"
            ),
            "1 2 3 inner 4 5",
        ),
        (
            "let p = Promise.resolve(); for (let i = 0; i < 100; i++) { p.then(() => { if (i % 10 === 0) note(i) }) }",
            "0 10 20 30 40 50 60 70 80 90",
        ),
        (
            "let left = 1000; let go = () => { if (left-- > 0) { Promise.resolve().then(go); Promise.resolve().then(() => {}) } else { note('end') } }; go()",
            "end",
        ),
    ]);
}

#[test]
fn finally_passes_results_on() {
    check(&[
        (
            "Promise.resolve(1).finally((...a) => { note('f' + a.length); return 2 }).then(note)",
            "f0 1",
        ),
        (
            "Promise.reject(1).finally(() => 2).catch((e) => note('e' + e))",
            "unhandled 1 handled 1 unhandled 1 handled 1 e1",
        ),
        ("Promise.resolve(1).finally(() => { throw 3 }).catch((e) => note('e' + e))", "e3"),
        (
            "Promise.resolve(1).finally(() => Promise.reject(4)).catch((e) => note('e' + e))",
            "unhandled 4 handled 4 unhandled 4 handled 4 e4",
        ),
        ("Promise.resolve(1).finally(5).then(note)", "1"),
    ]);
}

#[test]
fn many_become_one() {
    check(&[
        (
            "Promise.all(list(1, Promise.resolve(2), { then(f) { f(3) } })).then((a) => note(a[0] + a[1] + a[2] + ',' + a.length))",
            "6,3",
        ),
        ("Promise.all(list()).then((a) => note(a.length))", "0"),
        (
            "Promise.all(list(1, Promise.reject(2), Promise.reject(3))).catch((e) => note('e' + e))",
            "unhandled 2 unhandled 3 handled 2 handled 3 e2",
        ),
        (
            "Promise.allSettled(list(1, Promise.reject(2))).then((a) => note(a[0].status + a[0].value + a[1].status + a[1].reason))",
            "unhandled 2 handled 2 fulfilled1rejected2",
        ),
        ("Promise.any(list(Promise.reject(1), 2, 3)).then(note)", "unhandled 1 handled 1 2"),
        (
            "Promise.any(list(Promise.reject(1), Promise.reject(2))).catch((e) => note(e + e.errors[0] + e.errors[1] + (e instanceof AggregateError)))",
            "unhandled 1 unhandled 2 handled 1 handled 2 AggregateError: All promises were rejected12true",
        ),
        ("Promise.race(list(new Promise(() => {}), Promise.resolve(2), 3)).then(note)", "2"),
        (
            "Promise.all(5).catch((e) => note(e.name))",
            "unhandled TypeError: number 5 is not iterable (cannot read property Symbol(Symbol.iterator)) handled TypeError: number 5 is not iterable (cannot read property Symbol(Symbol.iterator)) TypeError",
        ),
        (
            "Promise.all({ [Symbol.iterator]() { return { next() { throw 1 }, return() { note('closed') } } } }).catch(note)",
            "unhandled 1 handled 1 1",
        ),
        (
            "let p = Promise.resolve(); p.then = () => { throw 2 }; Promise.all(list(p)).catch(note)",
            "closed unhandled 2 handled 2 2",
        ),
        (
            "let calls = 0; Promise.all(list({ then(f) { f(1); f(2) } }, new Promise(() => {}))).then(() => note('done')); note('waits')",
            "waits",
        ),
    ]);
}

#[test]
fn the_constructor_has_its_conveniences() {
    check(&[
        ("let { promise, resolve } = Promise.withResolvers(); resolve(1); promise.then(note)", "1"),
        ("Promise.try((a, b) => a + b, 1, 2).then(note)", "3"),
        ("Promise.try(() => { throw 1 }).catch(note)", "unhandled 1 handled 1 1"),
        (
            "note(Promise.length + Promise.name + Promise.all.length + Promise.prototype.then.length)",
            "1Promise12",
        ),
        ("note(Promise[Symbol.species] === Promise)", "true"),
    ]);
}

#[test]
fn constructors_of_a_program_are_asked() {
    let own = "function Own(executor) { note('made'); executor((v) => note('yes ' + v), (v) => note('no ' + v)) }";
    check(&[
        (&format!("{own} note(Promise.resolve.call(Own, 1) instanceof Own)"), "made yes 1 true"),
        (&format!("{own} Promise.reject.call(Own, 1)"), "made no 1"),
        (
            &format!(
                "{own} let p = Promise.resolve(1); p.constructor = {{ [Symbol.species]: Own }}; note(p.then(() => 2) instanceof Own)"
            ),
            "made true yes 2",
        ),
        (
            &format!(
                "{own} Own.resolve = (v) => Promise.resolve(v); Promise.all.call(Own, list(1))"
            ),
            "made yes 1",
        ),
        (
            &format!("{own} Own.resolve = 1; Promise.all.call(Own, list(1))"),
            "made no TypeError: resolve is not a function",
        ),
        (
            "let p = Promise.resolve(1); p.constructor = 1; p.then()",
            "throws TypeError: The .constructor property is not an object",
        ),
        (
            "let p = Promise.resolve(1); p.constructor = { [Symbol.species]: {} }; p.then()",
            "throws TypeError: object.constructor[Symbol.species] is not a constructor",
        ),
        (
            "function Sub() { return Reflect.construct(Promise, [(yes) => yes(1)], Sub) } Sub.prototype = { __proto__: Promise.prototype }; let s = new Sub(); note(s instanceof Sub); s.then(note)",
            "true 1",
        ),
    ]);
}

#[test]
fn what_is_wrong_is_refused() {
    for (text, message) in [
        ("new Promise(1)", "Promise resolver 1 is not a function"),
        ("new Promise({})", "Promise resolver #<Object> is not a function"),
        ("Promise(() => {})", "Promise constructor cannot be invoked without 'new'"),
        (
            "Promise.prototype.then.call(1)",
            "Method Promise.prototype.then called on incompatible receiver 1",
        ),
        ("Promise.resolve.call(1)", "PromiseResolve called on non-object"),
        ("Promise.reject.call(1)", "PromiseReject called on non-object"),
        ("Promise.all.call(undefined)", "Promise.all called on non-object"),
        ("Promise.try.call(undefined)", "Promise.try called on non-object"),
        ("Promise.withResolvers.call({})", "#<Object> is not a constructor"),
        ("Promise.race.call({}, [])", "#<Object> is not a constructor"),
        (
            "Promise.resolve.call(function (e) { e(1, 2); e(1, 2) })",
            "Promise executor has already been invoked with non-undefined arguments",
        ),
        (
            "Promise.resolve.call(function (e) { e(1, 2) })",
            "Promise resolve or reject function is not callable",
        ),
        (
            "Promise.resolve.call(function () {})",
            "Promise resolve or reject function is not callable",
        ),
        ("Promise.prototype.finally.call(1)", "Promise.prototype.finally called on non-object"),
        (
            "Promise.prototype.catch.call(undefined)",
            "Cannot read properties of undefined (reading 'then')",
        ),
    ] {
        check(&[(text, &format!("throws TypeError: {message}"))]);
    }
}

/// Counts errors.
struct Counter(Rc<Cell<u32>>);
impl JobHost for Counter {
    fn track_rejection(&self, _: &mut Vm, _: Gc<Promise>, _: RejectionEvent) {}
    fn report_error(&self, _: &mut Vm, _: Value) {
        self.0.set(self.0.get() + 1);
    }
}

#[test]
fn the_host_has_jobs_of_its_own() {
    let mut vm = Vm::new(Settings::default());
    let seen = Rc::new(Cell::new(0));
    vm.set_job_host(Rc::new(Counter(Rc::clone(&seen))));
    vm.enter(|vm| {
        let function = vm.new_native_function("job", 1, |vm, arguments| {
            assert_eq!(vm.job_context(), arguments.get(0));
            Err(vm.throw_error("of a job"))
        });
        for context in [Value::int(1), Value::int(2), Value::UNDEFINED] {
            vm.set_job_context(context);
            vm.enqueue_job(Value::cell(function), context);
        }
        assert!(vm.has_jobs());
        vm.run_jobs();
        assert!(!vm.has_jobs());
        assert_eq!(vm.job_context(), Value::UNDEFINED);
    });
    assert_eq!(seen.get(), 3);
}
