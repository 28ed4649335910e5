//! What tests of programs have in common.

use std::rc::Rc;

use axil_engine::compiler::compile;
use axil_engine::heap::Settings;
use axil_engine::vm::Vm;
use axil_grammar::{Arena, Goal, Source, parse};

/// What a program gives: its global variable `out`, else its completion value, or `throws` and the exception.
fn run_with(settings: Settings, text: &str) -> String {
    let source = Rc::new(Source::new("test.js", text));
    let arena = Arena::new();
    let program = match parse(&source, Goal::Script, &arena) {
        Ok(program) => program,
        Err(faults) => panic!("{text:?} is refused: {faults}"),
    };
    let mut vm = Vm::new(settings);
    vm.enter(|vm| {
        let code = match compile(&vm.memory, &source, program) {
            Ok(code) => code,
            Err(missing) => return format!("{} is not built yet", missing.what),
        };
        let result = vm.run(code).and_then(|value| {
            vm.run_jobs();
            // What a program has found when its jobs are done too.
            let (global, key) = (vm.realm().global, vm.memory.key("out"));
            let out = vm.get(global, key)?;
            Ok(if out.is_undefined() { value } else { out })
        });
        match result {
            Ok(value) => vm.display(value),
            Err(_) => {
                let exception = vm.take_exception();
                format!("throws {}", vm.display(exception))
            }
        }
    })
}

/// Runs each program as it is, and under a collector that never rests.
pub fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(run_with(Settings::default(), text), *expected, "{text}");
        let stressed = Settings { stress: Some(1), ..Settings::default() };
        assert_eq!(run_with(stressed, text), *expected, "{text}, under stress");
    }
}

/// Programs whose value is compared as text.
#[allow(dead_code, reason = "not every suite has such programs")]
pub fn values(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        check(&[(&format!("({text}) + ''"), expected)]);
    }
}

/// Programs that throw.
#[allow(dead_code, reason = "not every suite has such programs")]
pub fn thrown(cases: &[(&str, &str)]) {
    for (text, error) in cases {
        check(&[(&format!("try {{ {text} }} catch (e) {{ e + '' }}"), error)]);
    }
}

/// Runs a program that takes too long under such a collector.
#[allow(dead_code, reason = "not every suite has such programs")]
pub fn check_once(text: &str, expected: &str) {
    assert_eq!(run_with(Settings::default(), text), expected, "{text}");
}
