//! Nests of 200,000 levels, through the whole program: a tree or a clear error
//! in about a second, and never a crash.

use std::cmp::Reverse;
use std::path::Path;
use std::process::{Command, ExitCode, Output, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use axil_conformance::nests::{self, Nest};
use axil_conformance::{paths, program};
use libtest_mimic::{Arguments, Failed, Trial};

const DEPTH: usize = 200_000;

/// The time for one command: what takes more than a few times longer than it
/// should is not linear. It leaves room for a busy machine, and for code that
/// is not optimised; the slowest commands are printed at the end.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 5 });

/// Time and name of each command that was run.
static TIMES: Mutex<Vec<(Duration, String)>> = Mutex::new(Vec::new());

/// The commands that go over the whole tree, each in its own way.
const COMMANDS: [&[&str]; 5] = [
    &["tokens"],
    &["ast", "--format", "tree"],
    &["ast", "--format", "sexpr"],
    &["ast", "--format", "estree", "--compact"],
    &["scopes"],
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    if arguments.list {
        return libtest_mimic::run(&arguments, trials(Path::new("axil"))).exit_code();
    }
    match program::build() {
        Ok(axil) => {
            let conclusion = libtest_mimic::run(&arguments, trials(&axil));
            print_slowest();
            conclusion.exit_code()
        }
        Err(error) => {
            eprintln!("nests: {error}");
            ExitCode::FAILURE
        }
    }
}

fn print_slowest() {
    let mut times = TIMES.lock().unwrap_or_else(PoisonError::into_inner);
    times.sort_by_key(|(time, _)| Reverse(*time));
    for (time, name) in times.iter().take(3) {
        println!("{time:>8.2?}  {name}");
    }
}

fn trials(axil: &Path) -> Vec<Trial> {
    let trial = |nest: &'static Nest| {
        let axil = axil.to_path_buf();
        Trial::test(nest.name.replace(' ', "_"), move || check(nest, &axil).map_err(Failed::from))
    };
    nests::ALL.iter().map(trial).collect()
}

/// Every command on one nest.
fn check(nest: &Nest, axil: &Path) -> Result<(), String> {
    let folder = paths::scratch().join("nests");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let file = folder.join(format!("{}.js", nest.name.replace(' ', "_")));
    std::fs::write(&file, nest.program(DEPTH)).map_err(|error| error.to_string())?;
    let complaints: Vec<String> = COMMANDS
        .iter()
        .filter_map(|command| {
            let begin = Instant::now();
            let result = run(axil, command, &file);
            let name = format!("axil {}, {}", command.join(" "), nest.name);
            let mut times = TIMES.lock().unwrap_or_else(PoisonError::into_inner);
            times.push((begin.elapsed(), name.clone()));
            result.err().map(|what| format!("{name}: {what}"))
        })
        .collect();
    std::fs::remove_file(&file).map_err(|error| error.to_string())?;
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n")) }
}

/// One command on one file.
fn run(axil: &Path, command: &[&str], file: &Path) -> Result<(), String> {
    let begin = Instant::now();
    let mut child = Command::new(axil)
        .args(command)
        .arg("--script")
        .arg(file)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    // Diagnostics are short, so the pipe holds them until the program ends.
    while child.try_wait().map_err(|error| error.to_string())?.is_none() {
        if begin.elapsed() > LIMIT {
            child.kill().and_then(|()| child.wait()).map_err(|error| error.to_string())?;
            return Err(format!("took longer than {LIMIT:?}"));
        }
        thread::sleep(Duration::from_millis(2));
    }
    judge(&child.wait_with_output().map_err(|error| error.to_string())?)
}

fn judge(output: &Output) -> Result<(), String> {
    let stderr = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        None => Err(format!("ended by a signal: {}", output.status)),
        Some(0) => Ok(()),
        Some(1) if !stderr.trim().is_empty() && !stderr.contains("panicked at") => Ok(()),
        Some(code) => Err(format!("exit code {code}: {stderr}")),
    }
}
