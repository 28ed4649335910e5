//! Programs that are stopped from outside.

use std::rc::Rc;
use std::time::{Duration, Instant};

use axil_engine::compiler::compile;
use axil_engine::heap::Settings;
use axil_engine::vm::Vm;
use axil_grammar::{Arena, Goal, Source, parse};

/// Runs a program; gives what the machine shows of its value or exception.
fn run(vm: &mut Vm, text: &str) -> Result<String, String> {
    let source = Rc::new(Source::new("test.js", text));
    let arena = Arena::new();
    let program = parse(&source, Goal::Script, &arena).expect("a program");
    vm.enter(|vm| {
        let code = compile(&vm.memory, &source, program).expect("code");
        let result = vm.run(code);
        vm.run_jobs();
        match result {
            Ok(value) => Ok(vm.display(value)),
            Err(_) => {
                let exception = vm.take_exception();
                Err(vm.display(exception))
            }
        }
    })
}

const INTERRUPTED: &str = "Error: Script execution was interrupted.";

/// Programs that do not come to their end.
const ENDLESS: &[&str] = &[
    "for (;;);",
    "let i = 0; while (i < 1) i += 0;",
    "let i = 0; do { i++ } while (i > 0);",
    "for (;;) { try { for (;;); } catch { } finally { continue } }",
    "(function f() { try { f() } finally { f() } })()",
    "function* g() { for (;;) yield } for (const x of g());",
    "[1].forEach(function f() { [1, 2].map(() => { for (;;); }) })",
    "(async () => { for (;;) await 1 })()",
    "const p = new Proxy({}, { get() { for (;;); } }); p.x",
    "try { /(x+x+)+y/.test('x'.repeat(60)) } catch { }",
    "'x'.repeat(60).replace(/(x+x+)+y/g, '')",
    "label: for (const k in { a: 1 }) { for (;;) continue label; } for (;;) { [].sort() }",
];

#[test]
fn budgets_run_out() {
    for program in ENDLESS {
        let mut vm = Vm::new(Settings::default());
        vm.set_budget(Some(20_000));
        // What waits for the end of an async function is a job.
        let result = run(&mut vm, program);
        assert!(vm.is_interrupted(), "{program}");
        assert!(result.is_ok() || result == Err(INTERRUPTED.to_owned()), "{program}: {result:?}");
        assert_eq!(run(&mut vm, "1"), Err(INTERRUPTED.to_owned()));
        vm.clear_interrupt();
        assert_eq!(run(&mut vm, "try { throw 1 } catch (e) { e + 1 }"), Ok("2".to_owned()));
    }
}

#[test]
fn other_threads_interrupt() {
    for program in ENDLESS {
        let mut vm = Vm::new(Settings::default());
        let interrupter = vm.interrupter();
        let thread = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(20));
            interrupter.interrupt();
        });
        let _ = run(&mut vm, program);
        assert!(vm.is_interrupted(), "{program}");
        thread.join().expect("the thread ends");
        vm.clear_interrupt();
        assert_eq!(run(&mut vm, "2 + 2"), Ok("4".to_owned()));
    }
}

#[test]
fn who_is_not_interrupted_goes_on() {
    let mut vm = Vm::new(Settings::default());
    let other = Vm::new(Settings::default());
    other.interrupter().interrupt();
    let sum = "let sum = 0; for (let i = 0; i < 1000; i++) sum += i; sum";
    assert_eq!(run(&mut vm, sum), Ok("499500".to_owned()));
    vm.set_budget(Some(1_000_000));
    assert_eq!(run(&mut vm, sum.replace("sum", "total").as_str()), Ok("499500".to_owned()));
}

/// Programs that are in native code for long, or for ever: what they prepare, and what
/// takes so long.
const IN_NATIVE_CODE: &[(&str, &str)] = &[
    // Array-likes without end.
    ("const a = { length: 2 ** 53 - 1 }", "[].indexOf.call(a, 1)"),
    ("const a = { length: 2 ** 53 - 1 }", "[].lastIndexOf.call(a, 1)"),
    ("const a = { length: 2 ** 53 - 1 }", "[].includes.call(a, 1)"),
    ("const a = { length: 2 ** 53 - 1 }", "[].reverse.call(a)"),
    ("const a = { length: 2 ** 53 - 1 }", "[].copyWithin.call(a, 0, 1)"),
    ("const a = { length: 2 ** 53 - 1 }", "[].forEach.call(a, Math.abs)"),
    ("const a = { length: 2 ** 53 - 1 }", "[].sort.call(a)"),
    (
        "const a = { length: 2 ** 53 - 1 }",
        "[].concat(Object.assign(a, { [Symbol.isConcatSpreadable]: true }))",
    ),
    ("const a = { length: 2 ** 53 - 1 }", "[].unshift.call(a, ...[])  || [].shift.call(a)"),
    ("const a = { length: 2 ** 53 - 1 }", "[].splice.call(a, 0, 1)"),
    ("const a = { length: 2 ** 53 - 1 }", "[].flat.call(a)"),
    ("const a = { length: 2 ** 53 - 1 }", "[].find.call(a, Boolean)"),
    ("const a = { length: 2 ** 53 - 1 }", "[].reduce.call(a, Math.max)"),
    ("const a = { length: 2 ** 32 - 1 }", "[].join.call(a, '')"),
    ("const a = { length: 2 ** 32 - 1 }", "[].slice.call(a)"),
    ("const a = Array(2 ** 32 - 1)", "a.fill(1, 0, 0) && a.every(Boolean)"),
    ("const a = Array(2 ** 32 - 1)", "[...a]"),
    ("const a = Array(2 ** 32 - 1)", "Array.from(a)"),
    // Iterators without end that are native.
    (
        "const i = { next: Object.bind(null, { value: 1 }), [Symbol.iterator]() { return this } }",
        "new Set(i)",
    ),
    (
        "const i = { next: Object.bind(null, { value: 1 }), [Symbol.iterator]() { return this } }",
        "[...i]",
    ),
    (
        "const i = { next: Object.bind(null, { value: [1] }), [Symbol.iterator]() { return this } }",
        "new Map(i)",
    ),
    (
        "const i = { next: Object.bind(null, { value: 1 }), [Symbol.iterator]() { return this } }",
        "Math.max(...i)",
    ),
    (
        "const i = { next: Object.bind(null, { value: [1] }), [Symbol.iterator]() { return this } }",
        "Object.fromEntries(i)",
    ),
    // Large arrays.
    ("const a = Array.from({ length: 2 ** 16 }, (_, i) => i * 7919 % 65536)", "for (;;) a.sort()"),
    ("const a = new Uint8Array(2 ** 29)", "a.fill(1); a.reverse(); a.indexOf(2)"),
    (
        "const a = new Float64Array(2 ** 25)",
        "a.set(new Uint32Array(a.buffer).subarray(0, 2 ** 25).map(x => x)); for (;;) a.sort()",
    ),
    ("const a = new Uint8Array(2 ** 29)", "Object.keys(a)"),
    ("const a = new Uint8Array(2 ** 29)", "for (const k in a);"),
    ("const a = new Uint8Array(2 ** 29)", "JSON.stringify(a)"),
    ("const a = new Uint8Array(2 ** 29)", "for (;;) a.subarray(0, 2 ** 27).join('')"),
    // Long strings.
    ("const s = 'ab'.repeat(2 ** 27)", "s.split('a')"),
    ("const s = 'ab'.repeat(2 ** 27)", "s.split('')"),
    ("const s = 'ab'.repeat(2 ** 27)", "s.replaceAll('a', 'b')"),
    ("const s = 'ab'.repeat(2 ** 27)", "[...s]"),
    ("const s = 'Ā'.repeat(2 ** 24)", "for (;;) s.indexOf('Ā'.repeat(2 ** 12) + 'x')"),
    // Regular expressions.
    ("const s = 'x'.repeat(100)", "/(x+x+)+y/.test(s)"),
    ("const s = 'x'.repeat(2 ** 24)", "s.match(/(?=x)/g)"),
    // Sleepers.
    ("const a = new Int32Array(new SharedArrayBuffer(4))", "Atomics.wait(a, 0, 0)"),
    ("const a = new Int32Array(new SharedArrayBuffer(4))", "Atomics.wait(a, 0, 0, 1e9)"),
];

#[test]
fn native_code_is_interrupted() {
    /// How long a program runs, and how long it may take to notice: builds for tests are
    /// slow, and the machine may be busy.
    const RUN: Duration = Duration::from_millis(150);
    const NOTICED: Duration = Duration::from_secs(5);
    for (preparation, program) in IN_NATIVE_CODE {
        let mut vm = Vm::new(Settings::default());
        run(&mut vm, preparation).expect("it is prepared");
        let interrupter = vm.interrupter();
        let thread = std::thread::spawn(move || {
            std::thread::sleep(RUN);
            interrupter.interrupt();
        });
        let begun = Instant::now();
        let result = run(&mut vm, &format!("{program}; for (;;);"));
        let taken = begun.elapsed();
        assert_eq!(result, Err(INTERRUPTED.to_owned()), "{program}");
        assert!(taken < RUN + NOTICED, "{program}: {taken:?}");
        thread.join().expect("the thread ends");
        vm.clear_interrupt();
        assert_eq!(run(&mut vm, "2 + 2"), Ok("4".to_owned()), "{program}");
    }
}

#[test]
fn regular_expressions_take_so_many_steps() {
    let mut vm = Vm::new(Settings::default());
    vm.set_regexp_steps(1 << 20);
    let text = "try { /(a+)+$/.test('a'.repeat(40) + 'b') } catch (e) { e + '' }";
    let message = "RangeError: Regular expression takes too many steps: /(a+)+$/";
    assert_eq!(run(&mut vm, text), Ok(format!("'{message}'").replace('\'', "")));
    let text = "/a+$/.test('a'.repeat(1e6) + 'b')";
    assert_eq!(run(&mut vm, text), Ok("false".to_owned()));
}
