//! A program from its beginning to its end.

use std::io;
use std::rc::Rc;

use axil_engine::value::Value;
use axil_engine::vm::Vm;

use crate::runtime::{Invocation, Runtime};
use crate::uncaught::{self, Uncaught};
use crate::{builtin_modules, clock, globals, loader, log};

/// Gives a machine what Node.js has beside the language.
///
/// # Errors
/// Those of the system, which has to give the means to wait.
pub fn install(vm: &mut Vm, invocation: Invocation) -> io::Result<Rc<Runtime>> {
    log::install();
    let runtime = Runtime::install(vm, invocation)?;
    // Who writes more than a file may hold is told so, instead of being ended. With a handler
    // of ours, programs that this one starts have the signal as it is usually.
    #[cfg(unix)]
    signal_hook::flag::register(
        signal_hook::consts::SIGXFSZ,
        std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false)),
    )?;
    vm.set_clock(Rc::new(clock::SystemClock::new()));
    globals::install(vm);
    loader::install(vm);
    Ok(runtime)
}

/// What is run.
#[derive(Clone, Debug)]
pub enum Main {
    /// A file, by the path that was given.
    File(String),
    /// The tests that the arguments name.
    Tests,
    /// A text: what it is called in messages, and whether its value is printed.
    Text {
        /// `[eval]` or `[stdin]`.
        name: &'static str,
        /// The text.
        text: String,
        /// Whether its value is printed.
        print: bool,
    },
}

/// Runs a program to its end: what the process is to exit with. An exception that nobody
/// handles ends the process here.
pub fn run(vm: &mut Vm, runtime: &Runtime, main: &Main) -> u8 {
    let member = match main {
        Main::File(_) => "runMain",
        Main::Tests => "runTests",
        Main::Text { .. } => "runText",
    };
    let arguments = match main {
        Main::File(path) => [vm.memory.string(path), vm.memory.empty_string()],
        Main::Tests => [vm.memory.empty_string(), vm.memory.empty_string()],
        Main::Text { name, text, .. } => [vm.memory.string(name), vm.memory.string(text)],
    };
    let print = matches!(main, Main::Text { print: true, .. });
    let arguments = [Value::cell(arguments[0]), Value::cell(arguments[1]), Value::bool(print)];
    match builtin_modules::require_member(vm, "internal/modules", member) {
        Ok(function) => {
            runtime.call_back(vm, function, Value::UNDEFINED, &arguments);
        }
        Err(_) => {
            let exception = vm.take_exception();
            uncaught::end_with(vm, Uncaught::Exception(exception));
        }
    }
    runtime.run(vm);
    let Some(place) = loader::unsettled_main(vm) else { return runtime.finish(vm) };
    finish_unsettled(vm, runtime, &place)
}

/// The end of a program whose main module still awaits something.
fn finish_unsettled(vm: &mut Vm, runtime: &Runtime, place: &str) -> u8 {
    const EXIT_UNSETTLED: i32 = 13;
    let arguments = [Value::int(EXIT_UNSETTLED)];
    let told = builtin_modules::require_member(vm, "internal/modules", "setUnsettled")
        .and_then(|function| vm.call(function, Value::UNDEFINED, &arguments));
    if told.is_err() {
        let exception = vm.take_exception();
        uncaught::end_with(vm, Uncaught::Exception(exception));
    }
    let code = runtime.finish(vm);
    if runtime.invocation.settings.flag("warnings") {
        eprint!("Warning: Detected unsettled top-level await at {place}");
    }
    code
}
