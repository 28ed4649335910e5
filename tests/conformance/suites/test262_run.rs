//! test262 on the engine: `cargo test -p axil-conformance --test test262_run
//! [-- PART_OF_A_NAME… [--list] [--messages N] [--depth N]]`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use axil_conformance::program;
use axil_conformance::summary::{Summary, skip, wanted};
use axil_conformance::test262::corpus::{self, Test};
use axil_conformance::test262::metadata::Metadata;
use axil_conformance::test262::parse_mode::{Class, Mode};
use axil_conformance::test262::run_mode::{self, FOLDERS, Failure};
use axil_conformance::test262::worker::Worker;

const SUITE: &str = "test262, run mode";

/// What the arguments ask for.
struct Options {
    /// Parts of names of tests.
    filters: Vec<String>,
    /// Print every failure.
    list: bool,
    /// How many of the most frequent messages to print.
    messages: usize,
    /// How many folders deep the table goes.
    depth: usize,
}

/// The outcome of one test in one mode.
struct Run {
    name: String,
    failure: Option<Failure>,
}

fn main() -> ExitCode {
    let options = options();
    let root = match corpus::locate() {
        Ok(Some(root)) => root,
        Ok(None) => return skip(SUITE, "set TEST262_DIR to a checkout of test262"),
        Err(error) => return fail(&error),
    };
    let begin = Instant::now();
    let result = corpus::tests(&root).and_then(|mut tests| {
        tests.retain(|test| {
            wanted(&test.name, &options.filters)
                && FOLDERS.iter().any(|folder| test.name.starts_with(folder))
        });
        let program = program::build()?;
        let runs = run_all(&tests, &program, &root.join("harness"))?;
        println!(
            "\n{SUITE}: {} files, {} runs, {:.1?}\n",
            tests.len(),
            runs.len(),
            begin.elapsed()
        );
        Ok(runs)
    });
    match result {
        Ok(runs) => report(&runs, &options).close(),
        Err(error) => fail(&error),
    }
}

fn fail(error: &std::io::Error) -> ExitCode {
    eprintln!("{SUITE}: {error}");
    ExitCode::FAILURE
}

fn options() -> Options {
    let mut options = Options { filters: Vec::new(), list: false, messages: 25, depth: 3 };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number =
            |default| arguments.next().and_then(|number| number.parse().ok()).unwrap_or(default);
        match argument.as_str() {
            "--list" => options.list = true,
            "--messages" => options.messages = number(options.messages),
            "--depth" => options.depth = number(options.depth),
            other if other.starts_with('-') => {}
            _ => options.filters.push(argument),
        }
    }
    options
}

/// Runs the tests on all cores, a worker on each.
fn run_all(tests: &[Test], program: &Path, harness: &Path) -> std::io::Result<Vec<Run>> {
    let next = AtomicUsize::new(0);
    let runs = Mutex::new(Vec::new());
    let failed: Mutex<Option<std::io::Error>> = Mutex::new(None);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                let mut worker = Worker::new(program);
                while let Some(test) = tests.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match run_test(&mut worker, harness, test) {
                        Ok(of_test) => lock(&runs).extend(of_test),
                        Err(error) => *lock(&failed) = Some(error),
                    }
                }
            });
        }
    });
    if let Some(error) = failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    let mut runs = runs.into_inner().unwrap_or_else(PoisonError::into_inner);
    runs.sort_by(|a: &Run, b: &Run| a.name.cmp(&b.name));
    Ok(runs)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn run_test(worker: &mut Worker, harness: &Path, test: &Test) -> std::io::Result<Vec<Run>> {
    let text = fs::read_to_string(&test.path)?;
    let metadata = Metadata::of(&text);
    if Class::of(&metadata) == Class::Proposal {
        return Ok(Vec::new());
    }
    let run = |&mode: &Mode| {
        let failure = run_mode::run(worker, harness, test, &metadata, mode)?;
        Ok(Run { name: format!("{} {mode}", test.name), failure })
    };
    Mode::of(&metadata).iter().map(run).collect()
}

// ---------------------------------------------------------------------------
// The report
// ---------------------------------------------------------------------------

fn report(runs: &[Run], options: &Options) -> Summary {
    if options.list {
        for run in runs {
            if let Some(failure) = &run.failure {
                println!("{}  {}", run.name, failure.text());
            }
        }
        println!();
    }
    print_folders(runs, options.depth);
    print_messages(runs, options.messages);
    // While whole chapters of the language are missing, what fails is no news.
    let failing = runs.iter().filter(|run| run.failure.is_some()).count();
    Summary { passed: runs.len() - failing, failed: 0, skipped: failing }
}

/// A table of the folders, down to a depth.
fn print_folders(runs: &[Run], depth: usize) {
    let mut folders: BTreeMap<PathBuf, (usize, usize)> = BTreeMap::new();
    for run in runs {
        let parent = Path::new(&run.name).parent().unwrap_or(Path::new(""));
        for depth in 0..=depth.min(parent.components().count()) {
            let folder: PathBuf = parent.components().take(depth).collect();
            let (passed, total) = folders.entry(folder).or_default();
            *passed += usize::from(run.failure.is_none());
            *total += 1;
        }
    }
    for (folder, (passed, total)) in &folders {
        let percent = *passed as f64 * 100.0 / *total as f64;
        let name = if folder.as_os_str().is_empty() { Path::new("all") } else { folder };
        println!("{passed:>6} of {total:>6} {percent:>6.1}%  {}", name.display());
    }
}

/// The messages of failures, the most frequent first.
fn print_messages(runs: &[Run], most: usize) {
    let mut messages: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for run in runs {
        if let Some(failure) = &run.failure {
            let text: String = failure.text().chars().take(150).collect();
            messages.entry(text.replace('\n', " ")).or_insert((0, &run.name)).0 += 1;
        }
    }
    let mut messages: Vec<_> = messages.into_iter().collect();
    messages.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    if !messages.is_empty() {
        println!("\nthe most frequent failures, each with its first run:");
    }
    for (message, (count, example)) in messages.iter().take(most) {
        println!("{count:>6}  {message}\n        {example}");
    }
}
