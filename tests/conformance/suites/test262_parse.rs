//! test262 in parse mode: `cargo test -p axil-conformance --test
//! test262_parse [-- PART_OF_A_NAME…]`.

use std::fs;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use axil_conformance::jobs::{self, Outcome};
use axil_conformance::summary::{Summary, filters, skip, wanted};
use axil_conformance::test262::corpus::{self, Test};
use axil_conformance::test262::metadata::Metadata;
use axil_conformance::test262::parse_mode::{self, Class, Mode};
use axil_conformance::test262::ratchet::Ratchet;
use axil_conformance::{blessing, paths};

const SUITE: &str = "test262, parse mode";

/// The longest a test may take in all its modes.
const LIMIT: Duration = Duration::from_secs(20);

/// Regressions shown in full; after so many the pattern is clear.
const SHOWN: usize = 20;

/// The outcome of one test in one mode.
struct Run {
    class: Class,
    name: String,
    failure: Option<Failure>,
}

enum Failure {
    Wrong(String),
    Crash(String),
    Hang,
}

fn main() -> ExitCode {
    let tests = match corpus::locate() {
        Ok(Some(root)) => corpus::tests(&root),
        Ok(None) => return skip(SUITE, "set TEST262_DIR to a checkout of test262"),
        Err(error) => Err(error),
    };
    let begin = Instant::now();
    let result = tests.and_then(|mut tests| {
        let filters = filters();
        tests.retain(|test| wanted(&test.name, &filters));
        let files = tests.len();
        let runs = run_all(tests);
        println!("\n{SUITE}: {files} files, {} runs, {:.1?}", runs.len(), begin.elapsed());
        print_table(&runs);
        judge(&runs, &filters)
    });
    match result {
        Ok(summary) => summary.close(),
        Err(error) => {
            eprintln!("{SUITE}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run_all(tests: Vec<Test>) -> Vec<Run> {
    let names: Vec<String> = tests.iter().map(|test| test.name.clone()).collect();
    let outcomes = jobs::run(tests, LIMIT, run_test);
    let mut runs = Vec::new();
    for (name, outcome) in names.into_iter().zip(outcomes) {
        let failure = match outcome {
            Outcome::Done(results) => {
                runs.extend(results);
                continue;
            }
            Outcome::Panicked(message) => Failure::Crash(message),
            Outcome::TimedOut => Failure::Hang,
        };
        // Which mode it was is not known; that there is none is no less a name.
        runs.push(Run {
            class: Class::Positive,
            name: format!("{name} any"),
            failure: Some(failure),
        });
    }
    runs
}

fn run_test(test: &Test) -> Vec<Run> {
    let text = fs::read_to_string(&test.path).expect("tests are UTF-8");
    let metadata = Metadata::of(&text);
    let class = Class::of(&metadata);
    let run = |&mode: &Mode| {
        let failure = parse_mode::run(&test.name, &text, &metadata, mode).err();
        Run { class, name: format!("{} {mode}", test.name), failure: failure.map(Failure::Wrong) }
    };
    Mode::of(&metadata).iter().map(run).collect()
}

fn print_table(runs: &[Run]) {
    println!("{:<10} {:>7} {:>7} {:>7} {:>9}", "", "runs", "passed", "failed", "");
    for (class, title) in [
        (Class::Positive, "positive"),
        (Class::Negative, "negative"),
        (Class::Proposal, "proposals"),
    ] {
        let total = runs.iter().filter(|run| run.class == class).count();
        let passed = runs.iter().filter(|run| run.class == class && run.failure.is_none()).count();
        let percent = if total == 0 { 100.0 } else { passed as f64 * 100.0 / total as f64 };
        println!("{title:<10} {total:>7} {passed:>7} {:>7} {percent:>8.3}%", total - passed);
    }
    let count = |test: fn(&Failure) -> bool| {
        runs.iter().filter_map(|run| run.failure.as_ref()).filter(|failure| test(failure)).count()
    };
    println!("{:<10} {:>7}", "crashes", count(|failure| matches!(failure, Failure::Crash(_))));
    println!("{:<10} {:>7}", "hangs", count(|failure| matches!(failure, Failure::Hang)));
}

/// Compares with the list of what is known to fail.
fn judge(runs: &[Run], filters: &[String]) -> std::io::Result<Summary> {
    let file = paths::conformance().join("test262-parse.expected");
    let ratchet = Ratchet::read(&file)?;
    // Proposals are not judged, unless one crashes.
    let counts = |run: &&Run| {
        run.class != Class::Proposal || !matches!(run.failure, None | Some(Failure::Wrong(_)))
    };
    let judged: Vec<&Run> = runs.iter().filter(counts).collect();
    if blessing() && filters.is_empty() {
        let failing = judged.iter().filter(|run| run.failure.is_some());
        ratchet.rewrite(&failing.map(|run| run.name.clone()).collect::<Vec<_>>())?;
        println!("rewrote {}", paths::relative(&file, paths::workspace()));
        return Ok(Summary { passed: judged.len(), ..Summary::default() });
    }
    let mut summary = Summary { skipped: runs.len() - judged.len(), ..Summary::default() };
    for run in judged {
        match (&run.failure, ratchet.lists(&run.name)) {
            (None, false) => summary.passed += 1,
            (Some(_), true) => {
                summary.skipped += 1;
                show_if_asked(run, filters);
            }
            (None, true) => {
                summary.failed += 1;
                println!("\nlisted as failing, but passes: {}", run.name);
            }
            (Some(_), false) => {
                summary.failed += 1;
                if summary.failed <= SHOWN {
                    show(run);
                }
            }
        }
    }
    if filters.is_empty() {
        let names: std::collections::HashSet<&str> = runs.iter().map(|r| r.name.as_str()).collect();
        for gone in ratchet.runs().filter(|run| !names.contains(run)) {
            println!("\nlisted as failing, but absent from this copy of test262: {gone}");
        }
    }
    Ok(summary)
}

/// What a listed failure looks like, when it was asked for by name.
fn show_if_asked(run: &Run, filters: &[String]) {
    if !filters.is_empty() {
        show(run);
    }
}

fn show(run: &Run) {
    let text = match &run.failure {
        Some(Failure::Wrong(text)) => text.trim_end(),
        Some(Failure::Crash(message)) => &format!("crash: {message}"),
        Some(Failure::Hang) => "hang",
        None => return,
    };
    println!("\n{}\n{text}", run.name);
}
