//! Exceptions that nobody catches: the program is told, or ends with a report.

use axil_engine::kinds;
use axil_engine::operators::{as_object, to_boolean, to_string};
use axil_engine::value::Value;
use axil_engine::vm::Vm;
use axil_grammar::{Source, Span};

use crate::inspect::{Options, inspect};
use crate::loader;
use crate::runtime::{self, Runtime};

/// The line that ends a report, where Node.js names its own version.
const VERSION: &str = concat!("\nAxil v", env!("CARGO_PKG_VERSION"), "\n");

/// What ends a program.
#[derive(Clone, Copy, Debug)]
pub enum Uncaught {
    /// An exception.
    Exception(Value),
    /// The reason of a rejection.
    Rejection(Value),
}

/// What the process exits with after an exception, and after one in a handler of
/// exceptions.
const EXIT_UNCAUGHT: u8 = 1;
const EXIT_IN_HANDLER: u8 = 7;

/// Gives an exception to the program's handlers; if there are none, it ends.
pub fn raise(vm: &mut Vm, thrown: Uncaught) {
    let runtime = runtime::of(vm);
    let Some(hook) = runtime.hook("uncaughtException") else { end_with(vm, thrown) };
    let (value, is_rejection) = match thrown {
        Uncaught::Exception(value) => (value, Value::FALSE),
        Uncaught::Rejection(value) => (value, Value::TRUE),
    };
    match vm.call(hook, Value::UNDEFINED, &[value, is_rejection]) {
        Ok(handled) if to_boolean(handled) => {}
        Ok(_) => end_with(vm, thrown),
        Err(_) => {
            let exception = vm.take_exception();
            let report = report(vm, Uncaught::Exception(exception));
            eprint!("{report}");
            runtime.exit(vm, EXIT_IN_HANDLER);
        }
    }
}

/// Ends the program because of an exception: `exit` is emitted with 1.
pub fn end_with(vm: &mut Vm, thrown: Uncaught) -> ! {
    // `exit` comes before the report, which is about what has been thrown before.
    let report = report(vm, thrown);
    let runtime = runtime::of(vm);
    let mut code = EXIT_UNCAUGHT;
    if let Some(hook) = runtime.hook("exit") {
        match vm.call(hook, Value::UNDEFINED, &[Value::int(EXIT_UNCAUGHT.into())]) {
            Ok(changed) => code = changed.as_number().map_or(code, |changed| changed as i64 as u8),
            Err(_) => {
                vm.take_exception();
                code = EXIT_IN_HANDLER;
            }
        }
    }
    eprint!("{report}");
    runtime.exit(vm, code)
}

/// What Node.js prints before it exits with 1: the line that has thrown, and the
/// exception, with its stack if it is an error.
pub fn report(vm: &mut Vm, thrown: Uncaught) -> String {
    enhance_stack(vm, thrown);
    let (value, place) = match thrown {
        Uncaught::Exception(value) => (value, vm.thrown_at()),
        Uncaught::Rejection(value) => (value, vm.made_at(value)),
    };
    let is_error = value.kind() == Some(kinds::ERROR);
    let mut report = String::new();
    if let Uncaught::Rejection(_) = thrown
        && !is_error
    {
        let reason = vm.display(value);
        report.push_str(&unhandled(&reason));
        return report + VERSION;
    }
    if !is_error {
        report.push('\n');
    }
    if let Some(lines) = loader::syntax_error_place(vm, value) {
        report.push_str(&lines);
        if !lines.is_empty() {
            report.push('\n');
        }
    } else if let Some((source, offset)) = place {
        report.push_str(&excerpt(&source, Span::new(offset, offset + 1)));
        if is_error {
            report.push('\n');
        }
    }
    if as_object(value).is_some() {
        let depth = Some(f64::INFINITY);
        report.push_str(&shown(
            vm,
            value,
            Options { custom_inspect: false, depth, ..Options::default() },
        ));
        report.push('\n');
    } else {
        // Of symbols nothing is said.
        let text = to_string(vm, value).map(|text| text.to_rust(&vm.memory));
        report.push_str(&text.unwrap_or_default());
        report.push('\n');
        report
            .push_str("(Use `node --trace-uncaught ...` to show where the exception was thrown)\n");
    }
    report + VERSION
}

/// Has the stack of an error say where it became an event that nobody listened to.
fn enhance_stack(vm: &mut Vm, thrown: Uncaught) {
    let (Uncaught::Exception(value) | Uncaught::Rejection(value)) = thrown;
    if let Some(hook) = vm.embedder::<Runtime>().and_then(|runtime| runtime.hook("enhanceStack"))
        && vm.call(hook, Value::UNDEFINED, &[value]).is_err()
    {
        vm.take_exception();
    }
}

fn shown(vm: &mut Vm, value: Value, options: Options) -> String {
    match inspect(vm, value, options) {
        Ok(text) => text,
        Err(_) => {
            vm.take_exception();
            vm.display(value)
        }
    }
}

/// What is said of a promise that was rejected with something that is no error.
fn unhandled(reason: &str) -> String {
    format!(
        "UnhandledPromiseRejection: This error originated either by throwing inside of an async \
         function without a catch block, or by rejecting a promise which was not handled with \
         .catch(). The promise rejected with the reason \"{reason}\".\n    \
         at process.processTicksAndRejections (node:internal/process/task_queues:106:37) {{\n  \
         code: 'ERR_UNHANDLED_REJECTION'\n}}\n"
    )
}

/// The place of a span: file and line, the line itself, and carets below.
pub fn excerpt(source: &Source, span: Span) -> String {
    let position = source.position(span.start);
    let text = source.text();
    let begin = source.line_starts()[position.line as usize - 1] as usize;
    let rest = &text[begin..];
    let length = rest.iter().position(|&byte| byte == b'\n' || byte == b'\r');
    let line = String::from_utf8_lossy(&rest[..length.unwrap_or(rest.len())]).into_owned();
    let inside = line.chars().count().saturating_sub(position.column as usize);
    let width = (span.end.saturating_sub(span.start) as usize).clamp(1, inside.max(1));
    let indent: String = line
        .chars()
        .take(position.column as usize)
        .map(|c| if c == '\t' { '\t' } else { ' ' })
        .collect();
    format!("{}:{}\n{line}\n{indent}{}\n", source.name(), position.line, "^".repeat(width))
}
