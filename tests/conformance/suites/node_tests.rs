//! Node.js's own tests, module by module.
//!
//! `tests/conformance/node-tests.expected` lists those that are known to fail, with reasons:
//! a new failure fails the suite, and so does one that is explained there and passes. Those
//! that nobody has looked into yet may pass: some depend on the clock. Words among the
//! arguments choose tests whose names hold one of them.

use std::collections::{BTreeMap, HashSet};
use std::process::ExitCode;
use std::time::Duration;

use axil_conformance::jobs::{self, Outcome};
use axil_conformance::node_tests::{self, Ending, GROUPS};
use axil_conformance::summary::{Summary, filters, skip, wanted};
use axil_conformance::test262::ratchet::Ratchet;
use axil_conformance::{blessing, paths, program};

const SUITE: &str = "Node.js's tests";

/// The longest that a test may take.
const LIMIT: Duration = Duration::from_mins(1);

/// The longest that one may take which is known to fail: many of those wait for something
/// that never comes.
const LIMIT_OF_LISTED: Duration = Duration::from_secs(4);

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{SUITE}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> std::io::Result<ExitCode> {
    let Some(root) = node_tests::locate()? else {
        return Ok(skip(SUITE, "NODE_TEST_DIR names none, and there is no archive of them"));
    };
    let ratchet = Ratchet::read(&paths::conformance().join("node-tests.expected"))?;
    let filters = filters();
    let axil = program::build_optimised()?;
    let names: Vec<String> =
        node_tests::tests(&root)?.into_iter().filter(|name| wanted(name, &filters)).collect();
    let work = {
        let root = root.clone();
        let listed: HashSet<String> = ratchet.runs().map(str::to_owned).collect();
        move |name: &String| {
            if listed.contains(name) {
                return node_tests::run(&axil, &root, name, LIMIT_OF_LISTED);
            }
            let ending = node_tests::run(&axil, &root, name, LIMIT);
            match ending {
                // Another test may have had the processor, or the port.
                Ok(Ending::Failed(_) | Ending::TimedOut) => {
                    node_tests::run(&axil, &root, name, LIMIT)
                }
                other => other,
            }
        }
    };
    let outcomes = jobs::run(names.clone(), 3 * LIMIT, work);
    let mut groups: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let (mut summary, mut failing) = (Summary::default(), Vec::new());
    for (name, outcome) in names.iter().zip(outcomes) {
        let ending = match outcome {
            Outcome::Done(Ok(ending)) => ending,
            Outcome::Done(Err(error)) => Ending::Failed(error.to_string()),
            Outcome::Panicked(message) => Ending::Failed(message),
            Outcome::TimedOut => Ending::TimedOut,
        };
        let group = node_tests::group_of(name).map_or("", |group| group.name);
        let (passed, all) = groups.entry(group).or_default();
        *all += 1;
        if ending == Ending::Passed {
            *passed += 1;
        } else {
            failing.push(name.clone());
        }
        match (&ending, ratchet.lists(name)) {
            (Ending::Passed, false) => summary.passed += 1,
            (Ending::Passed, true) if ratchet.explains(name) => {
                summary.failed += 1;
                println!("passes, and is listed: {name}");
            }
            (Ending::Passed, true) => {
                summary.passed += 1;
                println!("passes, and may be taken off the list: {name}");
            }
            (Ending::Failed(_) | Ending::TimedOut, true) => summary.skipped += 1,
            (Ending::Crashed(line), _) => {
                summary.failed += 1;
                println!("crashes: {name}\n  {line}");
            }
            (Ending::Failed(line), false) => {
                summary.failed += 1;
                println!("fails: {name}\n  {line}");
            }
            (Ending::TimedOut, false) => {
                summary.failed += 1;
                println!("hangs: {name}");
            }
        }
    }
    println!();
    for group in GROUPS {
        let Some((passed, all)) = groups.get(group.name) else { continue };
        let share = passed * 100 / all;
        let mark = if share >= group.share { "" } else { "  below what is asked" };
        println!("{:16} {passed:4} of {all:4}  {share:3}%{mark}", group.name);
    }
    if blessing() && filters.is_empty() {
        ratchet.rewrite(&failing)?;
        return Ok(ExitCode::SUCCESS);
    }
    Ok(summary.close())
}
