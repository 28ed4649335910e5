//! The closing lines of suites that bring no test harness with them.

use std::process::ExitCode;

/// Counts for the line that ends a suite.
#[derive(Clone, Copy, Debug, Default)]
pub struct Summary {
    /// What went as it should.
    pub passed: usize,
    /// What did not.
    pub failed: usize,
    /// What was not tried, or is known to fail.
    pub skipped: usize,
}

impl Summary {
    /// Prints the closing line, and gives the exit code that goes with it.
    pub fn close(self) -> ExitCode {
        let Self { passed, failed, skipped } = self;
        println!("\n{passed} passed, {failed} failed, {skipped} skipped");
        if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// Says that a suite cannot run, and that this is no failure.
pub fn skip(suite: &str, reason: &str) -> ExitCode {
    println!("{suite}: skipped, {reason}");
    ExitCode::SUCCESS
}

/// The words among the arguments: tests are wanted that hold one of them.
/// Options of other harnesses pass unheeded, for `cargo test` gives the same
/// arguments to all.
pub fn filters() -> Vec<String> {
    std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect()
}

/// Whether `name` is among what `filters` asks for.
pub fn wanted(name: &str, filters: &[String]) -> bool {
    filters.is_empty() || filters.iter().any(|filter| name.contains(filter.as_str()))
}
