//! Programs are run.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::rc::Rc;

use axil_engine::compiler::compile;
use axil_engine::heap::{Gc, Settings, Statistics};
use axil_engine::object::{Promise, PromiseState};
use axil_engine::value::Value;
use axil_engine::vm::{Completion, TraceOptions, Vm};
use axil_grammar::ast::{Program, ProgramKind};
use axil_grammar::{Arena, Diagnostic, Goal, Source};
use axil_runtime::modules::FileModules;
use axil_runtime::rejections::{Rejections, Uncaught};

use crate::args::{ProgramText, RunRequest};
use crate::commands::Failure;
use crate::goal::{GoalChoice, Goals};
use crate::input::Input;
use crate::output;

/// What Node.js exits with where the promise of the main module is never settled.
const EXIT_UNSETTLED: u8 = 13;

/// Runs a program to its end.
pub fn run(request: &RunRequest) -> Result<(), Failure> {
    let (source, goals) = read(&request.program)?;
    let source = Rc::new(source);
    let arena = Arena::new();
    let (program, _) = goals.parse(&source, &arena).map_err(|diagnostics| {
        output::report(&syntax_error(&source, diagnostics.first()));
        Failure::Reported
    })?;
    let mut settings = Settings::default();
    settings.limit = request.heap_limit.unwrap_or(settings.limit);
    let mut vm = Vm::new(settings);
    let result = vm.enter(|vm| {
        axil_runtime::install(vm);
        if let Some(choice) = &request.trace {
            vm.begin_trace(TraceOptions {
                function: choice.function.clone(),
                limit: choice.limit,
                sink: Box::new(|line| drop(output::print(&format!("{line}\n")))),
            });
        }
        let rejections = Rejections::install(vm);
        let modules = FileModules::install(vm);
        let module = match evaluate(vm, &modules, &source, program)? {
            Ok(Outcome::Value(value)) if request.print => {
                axil_runtime::console::log(vm, &[value]).map_err(|_| uncaught(vm))?;
                None
            }
            Ok(Outcome::Value(_)) => None,
            Ok(Outcome::Module(promise)) => Some(promise),
            Err(_) => return Err(uncaught(vm)),
        };
        if let Err(thrown) = rejections.run_jobs(vm) {
            output::report(&axil_runtime::uncaught::report(vm, thrown));
            return Err(Failure::Reported);
        }
        match module.map(|promise| promise.state()) {
            Some(PromiseState::Pending) => {
                output::report("Warning: Detected unsettled top-level await\n");
                Err(Failure::Exit(EXIT_UNSETTLED))
            }
            _ => Ok(()),
        }
    });
    vm.end_trace();
    if request.gc_stats {
        output::report(&collector_report(vm.memory.statistics()));
    }
    result
}

/// What the collector has done, a line each.
fn collector_report(statistics: Statistics) -> String {
    let milliseconds = |nanoseconds: u64| nanoseconds as f64 / 1e6;
    let kilobytes = |bytes: u64| bytes / 1024;
    format!(
        "gc: {} minor and {} major collections\n\
         gc: {:.2} ms in all, {:.2} ms the longest\n\
         gc: {} KiB allocated, {} KiB live after the last collection\n\
         gc: {} KiB taken from the system, and {} KiB outside the heap\n",
        statistics.minor_collections,
        statistics.major_collections,
        milliseconds(statistics.pause_total),
        milliseconds(statistics.pause_longest),
        kilobytes(statistics.allocated),
        kilobytes(statistics.live as u64),
        kilobytes(statistics.committed as u64),
        kilobytes(statistics.external as u64),
    )
}

/// Reports the exception that is on its way.
fn uncaught(vm: &mut Vm) -> Failure {
    let exception = vm.take_exception();
    output::report(&axil_runtime::uncaught::report(vm, Uncaught::Exception(exception)));
    Failure::Reported
}

/// The text of a program, and what it may be parsed as.
fn read(program: &ProgramText) -> Result<(Source, Goals), Failure> {
    match program {
        ProgramText::Code(code) => {
            Ok((Source::new("[eval]", code.as_str()), Goals::One(Goal::Script)))
        }
        ProgramText::Nowhere if io::stdin().is_terminal() => {
            Err(Failure::NotBuilt("the interactive prompt".to_owned()))
        }
        ProgramText::Nowhere | ProgramText::Stdin => {
            let text = Input::Stdin.read_text()?;
            Ok((Source::new("[stdin]", text), Goals::One(Goal::Script)))
        }
        ProgramText::File(path) => {
            let path = resolved(path)?;
            let input = Input::File(path);
            let goals = Goals::of(&input, GoalChoice::ByFile)?;
            Ok((input.read()?, goals))
        }
    }
}

/// The file that a path names, without links.
fn resolved(path: &Path) -> Result<std::path::PathBuf, Failure> {
    fs::canonicalize(path).map_err(|_| {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        Failure::Message(format!("Cannot find module '{}'", absolute.display()))
    })
}

/// What the evaluation of a program gives.
enum Outcome {
    /// The completion value of a script.
    Value(Value),
    /// The promise of a module.
    Module(Gc<Promise>),
}

fn evaluate(
    vm: &mut Vm,
    modules: &FileModules,
    source: &Rc<Source>,
    program: &Program<'_>,
) -> Result<Completion<Outcome>, Failure> {
    if program.kind == ProgramKind::Module {
        let linked = modules.add(vm, source, program).and_then(|module| {
            vm.load_requested_modules(module)?;
            vm.link_module(module)?;
            Ok(module)
        });
        return Ok(linked.map(|module| Outcome::Module(vm.evaluate_module(module))));
    }
    let code = compile(&vm.memory, source, program).map_err(|missing| {
        let place = source.position(missing.span.start);
        let (line, column) = (place.line, place.column + 1);
        Failure::NotBuilt(format!("{}:{line}:{column}: {}", source.name(), missing.what))
    })?;
    let result = if program.kind == ProgramKind::CommonJs {
        let function = vm.instantiate(code);
        let (this, arguments) = axil_runtime::commonjs::parameters(vm, Path::new(source.name()));
        vm.call(function, this, &arguments)
    } else {
        vm.run(code)
    };
    Ok(result.map(Outcome::Value))
}

/// A syntax error as Node.js reports it.
fn syntax_error(source: &Source, diagnostic: &Diagnostic) -> String {
    let excerpt = axil_runtime::uncaught::excerpt(source, diagnostic.span);
    format!("{excerpt}\n{}: {}\n", diagnostic.kind.as_str(), diagnostic.message)
}
