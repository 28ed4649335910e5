//! What the program prints, and in which colours.

use std::io::{self, IsTerminal, Write};

use crate::commands::Failure;

/// Writes `text` to standard output. A reader that has gone is a failure like
/// any other: the text did not arrive.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
        .map_err(|error| Failure::Message(format!("cannot write to standard output: {error}")))
}

/// Writes a message about the program's own doing to standard error.
pub fn complain(message: &str) {
    report(&format!("axil: {message}\n"));
}

/// Writes `text` to standard error. Nobody can be told if that fails.
pub fn report(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Whether what goes to standard error is coloured: as `NO_COLOR` and
/// `FORCE_COLOR` say, the latter first as in Node.js, else on terminals.
pub fn stderr_color() -> bool {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    if let Some(force) = std::env::var_os("FORCE_COLOR") {
        return force != "0" && force != "false";
    }
    variable("NO_COLOR").is_none() && io::stderr().is_terminal()
}
