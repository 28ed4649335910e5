//! Node.js's own tests: which there are, and how one ends.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::{archive, paths};

/// The variable that names a checkout of Node.js.
const VARIABLE: &str = "NODE_TEST_DIR";

/// The folder of Node.js's tests: what `NODE_TEST_DIR` names, else the archive beside the
/// workspace, unpacked. None where there is neither.
///
/// # Errors
/// If the archive cannot be unpacked.
pub fn locate() -> io::Result<Option<PathBuf>> {
    archive::locate(VARIABLE, "node-tests")
}

/// A module's tests, by how their names begin behind `test-`, and the share of them that is
/// to pass.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// The module.
    pub name: &'static str,
    /// How names begin.
    pub prefixes: &'static [&'static str],
    /// The share, in percent.
    pub share: usize,
}

/// The groups that are run.
pub const GROUPS: &[Group] = &[
    group("assert", &["assert"], 85),
    group("buffer", &["buffer", "atob", "btoa"], 85),
    group("console", &["console"], 85),
    group("events", &["event", "events"], 85),
    group("fs", &["fs", "file"], 75),
    group("http", &["http"], 75),
    group("net", &["net"], 75),
    group("path", &["path"], 85),
    group("process", &["process", "next-tick", "promise", "unhandled"], 85),
    group("querystring", &["querystring"], 85),
    group("stream", &["stream", "stream2", "stream3", "readable", "writable"], 75),
    group("string_decoder", &["string-decoder"], 85),
    group("timers", &["timers"], 85),
    group("url", &["url", "whatwg-url"], 85),
    group("util", &["util"], 85),
];

const fn group(name: &'static str, prefixes: &'static [&'static str], share: usize) -> Group {
    Group { name, prefixes, share }
}

/// The group that a test belongs to.
pub fn group_of(name: &str) -> Option<Group> {
    let file = name.rsplit('/').next().unwrap_or(name);
    let stem = file.strip_prefix("test-")?;
    let begins =
        |prefix: &&str| stem.strip_prefix(*prefix).is_some_and(|rest| rest.starts_with(['-', '.']));
    GROUPS.iter().find(|group| group.prefixes.iter().any(&begins)).copied()
}

/// The tests of all groups, by name, but for those that look into Node.js's insides.
///
/// # Errors
/// If the folder cannot be read.
pub fn tests(root: &Path) -> io::Result<Vec<String>> {
    let is_test = |path: &Path| {
        path.extension().is_some_and(|extension| extension == "js" || extension == "mjs")
    };
    let mut names = Vec::new();
    for folder in ["parallel", "sequential"] {
        for file in paths::files_below(&root.join("test").join(folder), &is_test)? {
            let name = paths::relative(&file, root);
            let looks_inside = || {
                let text = fs::read(&file).unwrap_or_default();
                let text = String::from_utf8_lossy(&text).into_owned();
                text.contains("--expose-internals") || text.contains("--expose_internals")
            };
            if group_of(&name).is_some() && !looks_inside() {
                names.push(name);
            }
        }
    }
    Ok(names)
}

/// How a test has ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ending {
    /// With exit code 0.
    Passed,
    /// With another one; the line of what it has said that tells most.
    Failed(String),
    /// By a signal, or in a panic.
    Crashed(String),
    /// Not at all, in the time it had.
    TimedOut,
}

/// Runs a test.
///
/// # Errors
/// If the program cannot be started.
pub fn run(program: &Path, root: &Path, name: &str, limit: Duration) -> io::Result<Ending> {
    let scratch = std::env::temp_dir().join(format!("axil-node-tests-{}", std::process::id()));
    fs::create_dir_all(&scratch)?;
    let log = scratch.join(name.replace('/', "_"));
    let file = fs::File::create(&log)?;
    let mut child = Command::new(program)
        .args(options(&root.join(name)))
        .arg(name)
        .current_dir(root)
        // Tests write below a folder of their own, by the number of their thread.
        .env("NODE_TEST_DIR", &scratch)
        .env("TEST_THREAD_ID", thread_number())
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()?;
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if start.elapsed() > limit {
            let _ = child.kill();
            child.wait()?;
            break None;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let said = fs::read(&log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())?;
    let _ = fs::remove_file(&log);
    let Some(status) = status else { return Ok(Ending::TimedOut) };
    if said.contains("panicked at ") || status.code().is_none() || status.code() == Some(134) {
        return Ok(Ending::Crashed(telling_line(&said)));
    }
    Ok(if status.success() { Ending::Passed } else { Ending::Failed(telling_line(&said)) })
}

/// The options that a test wants: words of a line near its beginning.
fn options(test: &Path) -> Vec<String> {
    const BEGINNING: &str = "// Flags:";
    let text = fs::read(test).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let line = text.lines().find_map(|line| line.strip_prefix(BEGINNING));
    line.unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

/// The number of the thread that runs a test: no two at a time have the same.
fn thread_number() -> String {
    let id = format!("{:?}", std::thread::current().id());
    id.chars().filter(char::is_ascii_digit).collect()
}

/// The line of a report that names the error.
fn telling_line(said: &str) -> String {
    let line = said.lines().find(|line| {
        let word = line.split([':', ' ']).next().unwrap_or_default();
        word.ends_with("Error") || line.contains("panicked at")
    });
    line.or_else(|| said.lines().next()).unwrap_or_default().chars().take(160).collect()
}
