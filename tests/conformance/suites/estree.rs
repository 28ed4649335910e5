//! ESTree, byte for byte as acorn gives it: `cargo test -p axil-conformance
//! --test estree [-- PART_OF_A_NAME…]`.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axil_conformance::estree::acorn::{Acorn, Answer};
use axil_conformance::estree::compare::{Verdict, compare};
use axil_conformance::estree::packages::{self, File};
use axil_conformance::jobs::{self, Outcome};
use axil_conformance::summary::{Summary, filters, skip, wanted};

const SUITE: &str = "ESTree against acorn";

/// The longest a file may take, the largest being 9 MB.
const LIMIT: Duration = Duration::from_mins(3);

/// Differences shown in full.
const SHOWN: usize = 20;

fn main() -> ExitCode {
    let acorn = match Acorn::find() {
        Ok(acorn) => acorn,
        Err(reason) => return skip(SUITE, reason),
    };
    let begin = Instant::now();
    let prepared = packages::files().and_then(|files| {
        let answers = acorn.answers(&files)?;
        Ok(files.into_iter().zip(answers).collect::<Vec<_>>())
    });
    match prepared {
        Ok(pairs) => judge(acorn, pairs, begin).close(),
        Err(error) => {
            eprintln!("{SUITE}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn judge(acorn: Acorn, mut pairs: Vec<(File, Answer)>, begin: Instant) -> Summary {
    let filters = filters();
    pairs.retain(|(file, _)| wanted(&file.name, &filters));
    let names: Vec<String> = pairs.iter().map(|(file, _)| file.name.clone()).collect();
    let bytes: u64 = pairs.iter().map(|(file, _)| file.length).sum();
    let waited = begin.elapsed();
    let acorn = Arc::new(acorn);
    let outcomes = jobs::run(pairs, LIMIT, move |(file, answer)| compare(file, answer, &acorn));
    let mut summary = Summary::default();
    let mut refused = 0;
    for (name, outcome) in names.iter().zip(outcomes) {
        let complaint = match outcome {
            Outcome::Done(Verdict::Equal) => {
                summary.passed += 1;
                continue;
            }
            Outcome::Done(Verdict::BothRefuse) => {
                summary.passed += 1;
                refused += 1;
                continue;
            }
            Outcome::Done(Verdict::Different(what)) => what,
            Outcome::Panicked(message) => format!("crash: {message}"),
            Outcome::TimedOut => "hang".to_owned(),
        };
        summary.failed += 1;
        if summary.failed <= SHOWN {
            println!("\n{name}\n{}", complaint.trim_end());
        }
    }
    println!(
        "\n{SUITE}: {} files, {:.1} MB, {refused} refused by both, {waited:.1?} for acorn, {:.1?} in all",
        names.len(),
        bytes as f64 / 1e6,
        begin.elapsed(),
    );
    summary
}
