//! Programs are run.

use std::io::{self, IsTerminal};
use std::mem::ManuallyDrop;

use axil_engine::heap::{Settings, Statistics};
use axil_engine::vm::{TraceOptions, Vm};
use axil_runtime::main_program::{self, Main};
use axil_runtime::runtime::Invocation;

use crate::args::{ProgramText, RunRequest};
use crate::commands::Failure;
use crate::input::Input;
use crate::output;

/// Runs a program to its end.
pub fn run(request: &RunRequest) -> Result<(), Failure> {
    let main = read(request)?;
    let mut settings = Settings::default();
    settings.limit = request.heap_limit.unwrap_or(settings.limit);
    // The system takes the memory back at once; by parts it takes longer than an empty script.
    let mut vm = ManuallyDrop::new(Vm::new(settings));
    vm.enter(|vm| {
        let runtime = main_program::install(vm, invocation(request))
            .map_err(|error| Failure::Message(format!("cannot begin: {error}")))?;
        if let Some(choice) = &request.trace {
            vm.begin_trace(TraceOptions {
                function: choice.function.clone(),
                // What Node.js's modules do is another matter.
                is_shown: |source| !source.starts_with("node:"),
                limit: choice.limit,
                sink: Box::new(|line| drop(output::print(&format!("{line}\n")))),
            });
        }
        let tells_of_collector = request.gc_stats;
        runtime.at_exit(Box::new(move |vm| {
            vm.end_trace();
            if tells_of_collector {
                output::report(&collector_report(vm.memory.statistics()));
            }
        }));
        match main_program::run(vm, &runtime, &main) {
            0 => Ok(()),
            code => Err(Failure::Exit(code)),
        }
    })
}

/// How the program was called, as it is told.
fn invocation(request: &RunRequest) -> Invocation {
    let executable = std::env::current_exe().unwrap_or_default();
    let argv0 = std::env::args_os().next().unwrap_or_default();
    let is_test = request.settings.flag("test");
    let script = match &request.program {
        // What looks like a program is a pattern.
        ProgramText::File(path) if is_test => Some(path.to_string_lossy().into_owned()),
        ProgramText::File(path) => {
            let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            Some(path.to_string_lossy().into_owned())
        }
        ProgramText::Stdin => Some("-".to_owned()),
        ProgramText::Code(_) | ProgramText::Nowhere => None,
    };
    let arguments: Vec<String> =
        request.arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    Invocation {
        executable,
        argv0: argv0.to_string_lossy().into_owned(),
        options: request.options.clone(),
        arguments: script.into_iter().chain(arguments).collect(),
        code: match &request.program {
            ProgramText::Code(code) => Some(code.clone()),
            _ => None,
        },
        settings: request.settings.clone(),
    }
}

/// What is to be run.
fn read(request: &RunRequest) -> Result<Main, Failure> {
    let text = |name, text| Main::Text { name, text, print: request.print };
    if request.settings.flag("test") {
        return Ok(Main::Tests);
    }
    match &request.program {
        ProgramText::Code(code) => Ok(text("[eval]", code.clone())),
        ProgramText::Nowhere if io::stdin().is_terminal() => {
            Err(Failure::NotBuilt("the interactive prompt".to_owned()))
        }
        ProgramText::Nowhere | ProgramText::Stdin => Ok(text("[stdin]", Input::Stdin.read_text()?)),
        ProgramText::File(path) => Ok(Main::File(path.to_string_lossy().into_owned())),
    }
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
