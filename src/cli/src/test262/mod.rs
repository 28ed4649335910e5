//! The host that test262 wants (its `INTERPRETING.md`): scripts that are run in order
//! in one realm, which has `print` and `$262`.

mod agents;
mod host;
mod worker;

use std::fs;

use crate::args::Test262Request;
use crate::commands::Failure;
use crate::output;

pub use worker::work;

/// `axil --test262`: exits with 0 if nothing was thrown; else the first line on
/// standard error is the name of the error, a colon and the message.
pub fn run(request: &Test262Request) -> Result<(), Failure> {
    let mut scripts = Vec::new();
    for file in &request.files {
        let name = file.display().to_string();
        let text = fs::read_to_string(file).map_err(|error| format!("'{name}': {error}"))?;
        scripts.push(host::Text { name, text });
    }
    let report = host::run(&scripts, request.module, None);
    output::print(&report.printed)?;
    match report.fault {
        None => Ok(()),
        Some(fault) => {
            output::report(&format!("{}: {}\n", fault.name, fault.message));
            Err(Failure::Reported)
        }
    }
}
