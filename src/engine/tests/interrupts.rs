//! Programs that are stopped from outside.

use std::rc::Rc;
use std::time::Duration;

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
