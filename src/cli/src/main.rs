//! The program `axil`: from its arguments to an exit code.

mod args;
mod commands;
mod goal;
mod help;
mod input;
mod output;
mod run;
mod test262;

use std::process::ExitCode;

use args::Request;
use commands::Failure;

/// Wrong arguments, or a request this version cannot serve; Node's own number
/// for the former.
const EXIT_INVALID_ARGUMENT: u8 = 9;

/// Trees and scopes are made of large blocks, which the system's allocator takes
/// from the kernel and gives back each time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let environment = std::env::var("NODE_OPTIONS").ok();
    let request = match args::parse(std::env::args_os().skip(1), environment.as_deref()) {
        Ok(request) => request,
        Err(message) => {
            output::complain(&message);
            return ExitCode::from(EXIT_INVALID_ARGUMENT);
        }
    };
    match run(request) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Reported) => ExitCode::FAILURE,
        Err(Failure::Message(message)) => {
            output::complain(&message);
            ExitCode::FAILURE
        }
        Err(Failure::Exit(code)) => ExitCode::from(code),
        Err(Failure::NotBuilt(what)) => {
            output::complain(&format!("{what} is not built yet. See `axil --help`."));
            ExitCode::from(EXIT_INVALID_ARGUMENT)
        }
    }
}

fn run(request: Request) -> Result<(), Failure> {
    match request {
        Request::Help(topic) => output::print(help::text(topic)),
        Request::Version => output::print(concat!("axil ", env!("CARGO_PKG_VERSION"), "\n")),
        Request::Tokens(file) => commands::tokens(&file),
        Request::Ast(ast) => commands::ast(&ast),
        Request::Scopes(file) => commands::scopes(&file),
        Request::Check(check) => commands::check(&check),
        Request::Bytecode(file) => commands::bytecode(&file),
        Request::Run(program) => run::run(&program),
        Request::Test262(request) => test262::run(&request),
        Request::Test262Worker => test262::work(),
    }
}
