//! test262 on the engine: `cargo test -p axil-conformance --test test262_run
//! [-- PART_OF_A_NAME… [OPTIONS]]`.
//!
//! ```text
//! --all          what takes long as well
//! --list         print every failure, also of what is known to fail
//! --messages N   print the N most frequent messages of failures
//! --depth N      print a table of the folders, N levels deep
//! --stress N     collect at every N-th allocation
//! --sample N     one test in N
//! ```
//!
//! `test262-run.expected` lists what is known to fail.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use std::{io, thread};

use axil_conformance::summary::{Summary, skip, wanted};
use axil_conformance::test262::corpus::{self, Test};
use axil_conformance::test262::expectations::{Expectations, Verdict};
use axil_conformance::test262::metadata::Metadata;
use axil_conformance::test262::parse_mode::Mode;
use axil_conformance::test262::run_mode::{self, Failure};
use axil_conformance::test262::worker::Worker;
use axil_conformance::{blessing, paths, program};

const SUITE: &str = "test262, run mode";

/// Regressions shown; after so many the pattern is clear.
const SHOWN: usize = 20;

/// What the arguments ask for.
struct Options {
    /// Parts of names of tests.
    filters: Vec<String>,
    /// Run what takes long as well.
    all: bool,
    /// Print every failure.
    list: bool,
    /// How many of the most frequent messages to print.
    messages: usize,
    /// How many folders deep the table goes.
    depth: usize,
    /// Collect at every so many allocations.
    stress: Option<u32>,
    /// Run one test in so many.
    sample: usize,
}

impl Options {
    /// Whether everything is run that the list speaks of.
    fn is_complete(&self) -> bool {
        self.filters.is_empty() && self.sample == 1 && self.stress.is_none()
    }
}

/// The outcome of one test in one mode.
struct Run {
    test: String,
    mode: Mode,
    metadata: Arc<Metadata>,
    failure: Option<Failure>,
}

impl Run {
    fn name(&self) -> String {
        format!("{} {}", self.test, self.mode)
    }
}

fn main() -> ExitCode {
    let options = options();
    let root = match corpus::locate() {
        Ok(Some(root)) => root,
        Ok(None) => return skip(SUITE, "set TEST262_DIR to a checkout of test262"),
        Err(error) => return fail(&error),
    };
    match run_suite(&root, &options) {
        Ok(summary) => summary.close(),
        Err(error) => fail(&error),
    }
}

fn run_suite(root: &Path, options: &Options) -> io::Result<Summary> {
    let file = paths::conformance().join("test262-run.expected");
    let mut expectations = Expectations::read(&file)?;
    let mut tests = corpus::tests(root)?;
    tests.retain(|test| {
        wanted(&test.name, &options.filters)
            && (options.all || !options.filters.is_empty() || run_mode::is_in_share(&test.name))
    });
    let tests: Vec<Test> = tests.into_iter().step_by(options.sample).collect();
    let program = program::build_optimised()?;
    let begin = Instant::now();
    let runs = run_all(&tests, &program, &root.join("harness"), options, &expectations)?;
    println!("\n{SUITE}: {} files, {} runs, {:.1?}\n", tests.len(), runs.len(), begin.elapsed());
    if options.list {
        for run in &runs {
            if let Some(failure) = &run.failure {
                println!("{}  {}", run.name(), failure.text());
            }
        }
        println!();
    }
    print_folders(&runs, options.depth);
    print_messages(&runs, options.messages);
    judge(&runs, &mut expectations, options)
}

fn fail(error: &io::Error) -> ExitCode {
    eprintln!("{SUITE}: {error}");
    ExitCode::FAILURE
}

fn options() -> Options {
    let mut options = Options {
        filters: Vec::new(),
        all: false,
        list: false,
        messages: 0,
        depth: 1,
        stress: None,
        sample: 1,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number =
            |default| arguments.next().and_then(|number| number.parse().ok()).unwrap_or(default);
        match argument.as_str() {
            "--all" => options.all = true,
            "--list" => options.list = true,
            "--stress" => options.stress = u32::try_from(number(1)).ok(),
            "--sample" => options.sample = number(1).max(1),
            "--messages" => options.messages = number(options.messages),
            "--depth" => options.depth = number(options.depth),
            other if other.starts_with('-') => {}
            _ => options.filters.push(argument),
        }
    }
    options
}

/// Runs the tests on all cores, a worker on each.
fn run_all(
    tests: &[Test],
    program: &Path,
    harness: &Path,
    options: &Options,
    expectations: &Expectations,
) -> io::Result<Vec<Run>> {
    let next = AtomicUsize::new(0);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let mut worker = Worker::new(program);
        let mut runs = Vec::new();
        while let Some(test) = tests.get(next.fetch_add(1, Ordering::Relaxed)) {
            let metadata = Metadata::of(&fs::read_to_string(&test.path)?);
            // A full run tells of what is exempt, too, for one day it will pass.
            if !options.all && expectations.exempts(&test.name, &metadata) {
                continue;
            }
            let metadata = Arc::new(metadata);
            for &mode in Mode::of(&metadata) {
                let stress = options.stress;
                let failure = run_mode::run(&mut worker, harness, test, &metadata, mode, stress)?;
                let (test, metadata) = (test.name.clone(), Arc::clone(&metadata));
                runs.push(Run { test, mode, metadata, failure });
            }
        }
        Ok(runs)
    };
    let results: Vec<io::Result<Vec<Run>>> = thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let join = |thread: thread::ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or_else(|_| Err(io::Error::other("a thread has panicked")))
        };
        threads.into_iter().map(join).collect()
    });
    let mut runs: Vec<Run> =
        results.into_iter().collect::<io::Result<Vec<_>>>()?.into_iter().flatten().collect();
    runs.sort_by_key(Run::name);
    Ok(runs)
}

// ---------------------------------------------------------------------------
// The report
// ---------------------------------------------------------------------------

/// Compares with the list of what is known to fail.
fn judge(runs: &[Run], expectations: &mut Expectations, options: &Options) -> io::Result<Summary> {
    let (mut summary, mut new) = (Summary::default(), Vec::new());
    for run in runs {
        let failure = run.failure.as_ref().map(Failure::text);
        let mode = run.mode.to_string();
        let verdict = expectations.judge(&run.test, &mode, &run.metadata, failure.as_deref());
        match verdict {
            Verdict::Passed => summary.passed += 1,
            Verdict::Expected => summary.skipped += 1,
            Verdict::Unexpected => {}
            Verdict::Regression => {
                summary.failed += 1;
                new.push(run.name());
                if new.len() <= SHOWN {
                    println!("\nfails: {}\n  {}", run.name(), failure.unwrap_or_default());
                }
            }
        }
    }
    println!("\nknown to fail:\n{}", expectations.table());
    // What nobody complains of in a part, or in a run that takes another way through
    // the engine, says nothing of the list.
    let complete = options.is_complete();
    // Globals are wanted by tests that take long, too.
    let everything = complete && options.all;
    if blessing() && complete {
        expectations.rewrite(everything, &of_both_modes(&new))?;
        println!("rewrote test262-run.expected");
        return Ok(Summary { failed: 0, ..summary });
    }
    for entry in expectations.stale(everything) {
        summary.failed += 1;
        println!("listed in test262-run.expected, but does not fail any more: {entry}");
    }
    Ok(summary)
}

/// Names of runs, with those of one test in both modes made one.
fn of_both_modes(names: &[String]) -> Vec<String> {
    let is_there = |name: &str| names.iter().any(|other| other == name);
    let mut merged = Vec::new();
    for name in names {
        if let Some(test) = name.strip_suffix(" sloppy")
            && is_there(&format!("{test} strict"))
        {
            merged.push(test.to_owned());
        } else if let Some(test) = name.strip_suffix(" strict")
            && is_there(&format!("{test} sloppy"))
        {
        } else {
            merged.push(name.clone());
        }
    }
    merged
}

/// A table of the folders, down to a depth.
fn print_folders(runs: &[Run], depth: usize) {
    let mut folders: BTreeMap<PathBuf, (usize, usize)> = BTreeMap::new();
    for run in runs {
        let parent = Path::new(&run.test).parent().unwrap_or(Path::new(""));
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
            messages.entry(text.replace('\n', " ")).or_insert((0, &run.test)).0 += 1;
        }
    }
    let mut messages: Vec<_> = messages.into_iter().collect();
    messages.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    if most > 0 && !messages.is_empty() {
        println!("\nthe most frequent failures, each with its first run:");
    }
    for (message, (count, example)) in messages.iter().take(most) {
        println!("{count:>6}  {message}\n        {example}");
    }
}
