//! Programs are run.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::rc::Rc;

use axil_engine::compiler::compile;
use axil_engine::heap::Settings;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};
use axil_grammar::ast::{Program, ProgramKind};
use axil_grammar::{Arena, Diagnostic, Goal, Source};

use crate::args::{ProgramText, RunRequest};
use crate::commands::Failure;
use crate::goal::{GoalChoice, Goals};
use crate::input::Input;
use crate::output;

/// Runs a program to its end.
pub fn run(request: &RunRequest) -> Result<(), Failure> {
    let (source, goals) = read(&request.program)?;
    let source = Rc::new(source);
    let arena = Arena::new();
    let (program, _) = goals.parse(&source, &arena).map_err(|diagnostics| {
        output::report(&syntax_error(&source, diagnostics.first()));
        Failure::Reported
    })?;
    let mut vm = Vm::new(Settings::default());
    vm.enter(|vm| {
        axil_runtime::install(vm);
        let result = evaluate(vm, &source, program)?;
        let result = match result {
            Ok(value) if request.print => axil_runtime::console::log(vm, &[value]),
            other => other.map(|_| ()),
        };
        result.map_err(|_| {
            let exception = vm.take_exception();
            let text = axil_runtime::uncaught::report(vm, exception);
            output::report(&text);
            Failure::Reported
        })
    })
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

fn evaluate(
    vm: &mut Vm,
    source: &Rc<Source>,
    program: &Program<'_>,
) -> Result<Completion, Failure> {
    let code = compile(&vm.memory, source, program).map_err(|missing| {
        let place = source.position(missing.span.start);
        let (line, column) = (place.line, place.column + 1);
        Failure::NotBuilt(format!("{}:{line}:{column}: {}", source.name(), missing.what))
    })?;
    if program.kind != ProgramKind::CommonJs {
        return Ok(vm.run(code));
    }
    let function = vm.instantiate(code);
    let (this, arguments) = axil_runtime::commonjs::parameters(vm, Path::new(source.name()));
    let arguments: [Value; 5] = arguments;
    Ok(vm.call(function, this, &arguments))
}

/// A syntax error as Node.js reports it.
fn syntax_error(source: &Source, diagnostic: &Diagnostic) -> String {
    let excerpt = axil_runtime::uncaught::excerpt(source, diagnostic.span);
    format!("{excerpt}\n{}: {}\n", diagnostic.kind.as_str(), diagnostic.message)
}
