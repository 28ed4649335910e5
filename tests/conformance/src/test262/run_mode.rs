//! test262 for an engine: what must run to its end, and what must end how.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::corpus::Test;
use super::metadata::Metadata;
use super::parse_mode::Mode;
use super::worker::{Answer, Worker};

/// The folders of what is there to be run: the language, and the builtins that the
/// engine is to have first. A name that ends in `*` stands for all that begin so.
pub const FOLDERS: &[&str] = &[
    "language/",
    "annexB/language/",
    "built-ins/AggregateError/",
    "built-ins/Array/",
    "built-ins/ArrayIteratorPrototype/",
    "built-ins/AsyncFromSyncIteratorPrototype/",
    "built-ins/AsyncFunction/",
    "built-ins/AsyncGeneratorFunction/",
    "built-ins/AsyncGeneratorPrototype/",
    "built-ins/AsyncIteratorPrototype/",
    "built-ins/Boolean/",
    "built-ins/Error/",
    "built-ins/FinalizationRegistry/",
    "built-ins/Function/",
    "built-ins/GeneratorFunction/",
    "built-ins/GeneratorPrototype/",
    "built-ins/Infinity/",
    "built-ins/Iterator/",
    "built-ins/Map/",
    "built-ins/MapIteratorPrototype/",
    "built-ins/Math/",
    "built-ins/NaN/",
    "built-ins/NativeErrors/",
    "built-ins/Number/",
    "built-ins/Object/",
    "built-ins/Promise/",
    "built-ins/Proxy/",
    "built-ins/Reflect/",
    "built-ins/Set/",
    "built-ins/SetIteratorPrototype/",
    "built-ins/String/",
    "built-ins/StringIteratorPrototype/",
    "built-ins/Symbol/",
    "built-ins/ThrowTypeError/",
    "built-ins/WeakMap/",
    "built-ins/WeakRef/",
    "built-ins/WeakSet/",
    "built-ins/decodeURI/",
    "built-ins/decodeURIComponent/",
    "built-ins/encodeURI/",
    "built-ins/encodeURIComponent/",
    "built-ins/eval/",
    "built-ins/global/",
    "built-ins/isFinite/",
    "built-ins/isNaN/",
    "built-ins/parseFloat/",
    "built-ins/parseInt/",
    "built-ins/undefined/",
];

/// The longest a test may take.
pub const LIMIT: Duration = Duration::from_secs(10);

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

/// Runs a test in one mode.
///
/// # Errors
/// If no worker can be started.
pub fn run(
    worker: &mut Worker,
    harness: &Path,
    test: &Test,
    metadata: &Metadata,
    mode: Mode,
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
    });
    Ok(match worker.ask(&request, LIMIT)? {
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
