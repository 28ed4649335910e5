//! test262 for an engine: what must run to its end, and what must end how.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::corpus::Test;
use super::metadata::Metadata;
use super::parse_mode::Mode;
use super::worker::{Answer, Worker};

/// The folders that are left to full runs: what takes long and seldom changes.
const LONG: &[&str] = &["built-ins/RegExp/property-escapes/", "intl402/", "staging/"];

/// Whether a test is run whenever the suites are.
pub fn is_in_share(test: &str) -> bool {
    !LONG.iter().any(|folder| test.starts_with(folder))
}

/// The longest a test may take.
const LIMIT: Duration = Duration::from_secs(10);

/// How many times longer it may take where the collector is under stress.
const STRESS_FACTOR: u32 = 30;

/// What an asynchronous test prints when all is well.
const ASYNC_COMPLETE: &str = "Test262:AsyncTestComplete";

/// Why a test has not passed.
#[derive(Clone, Debug)]
pub enum Failure {
    /// It went another way than it should have.
    Wrong(String),
    /// The process has died.
    Crash(String),
    /// It did not end.
    Hang,
}

impl Failure {
    /// In a line.
    pub fn text(&self) -> String {
        match self {
            Self::Wrong(text) => text.clone(),
            Self::Crash(text) => format!("crash: {text}"),
            Self::Hang => "hang".to_owned(),
        }
    }
}

/// Runs a test in one mode, with a collection at every so many allocations under
/// `stress`.
///
/// # Errors
/// If no worker can be started.
pub fn run(
    worker: &mut Worker,
    harness: &Path,
    test: &Test,
    metadata: &Metadata,
    mode: Mode,
    stress: Option<u32>,
) -> std::io::Result<Option<Failure>> {
    let mut files = Vec::new();
    if !metadata.flag("raw") {
        files.extend(["assert.js", "sta.js"].map(|name| harness.join(name)));
        if metadata.flag("async") {
            files.push(harness.join("doneprintHandle.js"));
        }
        files.extend(metadata.includes.iter().map(|name| harness.join(name)));
    }
    files.push(test.path.clone());
    let request = json!({
        "files": files,
        "strict": mode == Mode::Strict,
        "module": mode == Mode::Module,
        "stress": stress,
    });
    let limit = if stress.is_some() { LIMIT * STRESS_FACTOR } else { LIMIT };
    Ok(match worker.ask(&request, limit)? {
        Answer::Given(answer) => judge(&answer, metadata).err().map(Failure::Wrong),
        Answer::Died(text) => Some(Failure::Crash(text)),
        Answer::TimedOut => Some(Failure::Hang),
    })
}

/// Whether an answer is the one that is due.
fn judge(answer: &Value, metadata: &Metadata) -> Result<(), String> {
    let text = |name: &str| answer[name].as_str().unwrap_or_default();
    let (phase, name, message) = (text("phase"), text("name"), text("message"));
    match &metadata.negative {
        Some(negative) => {
            let phases_agree = phase == negative.phase;
            if phase.is_empty() {
                Err(format!("a {} was due ({})", negative.kind, negative.phase))
            } else if !phases_agree || name != negative.kind {
                Err(format!(
                    "a {} was due ({}), not {name}: {message}",
                    negative.kind, negative.phase
                ))
            } else {
                Ok(())
            }
        }
        None if !phase.is_empty() => Err(format!("{name}: {message}")),
        None if metadata.flag("async") => {
            let printed = text("printed");
            if printed.lines().any(|line| line == ASYNC_COMPLETE) {
                Ok(())
            } else {
                let said = printed.lines().next().unwrap_or("nothing was printed");
                Err(format!("not completed: {said}"))
            }
        }
        None => Ok(()),
    }
}
