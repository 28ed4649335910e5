//! Axil and Node.js on the same generated inputs: they print the same.
//!
//! A family is a program in `side_by_side/` that makes expressions about one subject from a
//! seed, and prints each with its value; `prelude.js` says how. Both programs run it, and
//! what they print is compared record by record. What may differ stands in `allowed.txt`,
//! with the reason.
//!
//! `FAMILY`, `SEED` and `COUNT` are environment variables: which families run (all whose
//! names hold the word), from which seed, and with how many inputs each.

use std::env;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::{fs, io};

use axil_conformance::summary::{Summary, skip, wanted};
use axil_conformance::{node, paths, program};

const SUITE: &str = "side by side";

/// What a record begins with.
const BULLET: &str = "• ";

/// Where families about local time run.
const ZONES: &[&str] =
    &["UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia"];

/// So many differences of a family are shown.
const SHOWN: usize = 10;

fn main() -> ExitCode {
    let Some(node) = node::program() else {
        return skip(SUITE, "there is no Node.js to compare with: `make peers`");
    };
    match run(&node) {
        Ok(summary) => summary.close(),
        Err(error) => {
            eprintln!("{SUITE}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(node: &Path) -> io::Result<Summary> {
    let axil = program::build_optimised()?;
    let folder = paths::conformance().join("side_by_side");
    let scratch = paths::scratch().join("side_by_side");
    fs::create_dir_all(&scratch)?;
    let prelude = fs::read_to_string(folder.join("prelude.js"))?;
    let allowances = Allowance::read(&fs::read_to_string(folder.join("allowed.txt"))?);
    let (seed, count) = (setting("SEED", 1), setting("COUNT", 2000));
    let family = env::var("FAMILY").unwrap_or_default();
    let mut summary = Summary::default();
    for file in paths::files_below(&folder, &|path| path.extension().is_some_and(|it| it == "js"))?
    {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if name == "prelude" || !wanted(&name, std::slice::from_ref(&family)) {
            continue;
        }
        let program = fs::read_to_string(&file)?;
        let zones = if name.starts_with("date_lo") { ZONES } else { &ZONES[..1] };
        let script = scratch.join(&name).with_extension("cjs");
        let count = count / zones.len() as u64;
        let head = format!("const SEED = {seed}, COUNT = {count};\n");
        fs::write(&script, format!("{head}{prelude}{program}"))?;
        for zone in zones {
            let [expected, got] = outputs([node, &axil], &script, zone)?;
            compare(&name, zone, [&expected, &got], &allowances, &mut summary);
        }
    }
    Ok(summary)
}

/// A number from the environment.
fn setting(name: &str, usual: u64) -> u64 {
    env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// What two programs print of a script; they run at the same time.
fn outputs(programs: [&Path; 2], script: &Path, zone: &str) -> io::Result<[String; 2]> {
    let output = |program: &Path| {
        let output = Command::new(program).arg(script).env("TZ", zone).output()?;
        let [said, complained] = [&output.stdout, &output.stderr]
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let ending = if output.status.success() {
            String::new()
        } else {
            format!("{BULLET}the end: {}\n{complained}", output.status)
        };
        io::Result::Ok(said + &ending)
    };
    std::thread::scope(|scope| {
        let first = scope.spawn(|| output(programs[0]));
        let second = output(programs[1])?;
        let first = first.join().map_err(|_| io::Error::other("a program could not be run"))?;
        Ok([first?, second])
    })
}

/// An input, and what came of it.
fn records(output: &str) -> Vec<(&str, &str)> {
    let records = output.strip_prefix(BULLET).unwrap_or(output).split("\n• ");
    records.map(|record| record.split_once('\n').unwrap_or((record, ""))).collect()
}

fn compare(
    family: &str,
    zone: &str,
    [expected, got]: [&str; 2],
    allowances: &[Allowance],
    summary: &mut Summary,
) {
    let (expected, got) = (records(expected), records(got));
    let mut failed = 0;
    for (index, &(input, expected)) in expected.iter().enumerate() {
        let (same_input, got) = got.get(index).copied().unwrap_or(("", "nothing"));
        if input == same_input && expected == got {
            summary.passed += 1;
        } else if allowances.iter().any(|it| it.covers(family, input, expected, got)) {
            summary.skipped += 1;
        } else {
            failed += 1;
            if failed <= SHOWN {
                println!("fails: {family} (TZ={zone}): {input}");
                if input != same_input {
                    println!("  another input: {same_input}");
                }
                println!("  expected: {}\n  got:      {}", expected.trim_end(), got.trim_end());
            }
        }
    }
    if failed > SHOWN {
        println!("fails: {family} (TZ={zone}): {} more", failed - SHOWN);
    }
    summary.failed += failed + got.len().saturating_sub(expected.len());
}

/// Differences that may be: inputs of a family that hold some words, and what the two
/// programs say to them.
struct Allowance {
    family: String,
    input: String,
    expected: String,
    got: String,
}

impl Allowance {
    /// A line each: family, and parts of input, expected and got, between bars.
    fn read(text: &str) -> Vec<Self> {
        let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        lines
            .map(|line| {
                let mut parts = line.split('|').map(|part| part.trim().to_owned());
                let mut part = || parts.next().unwrap_or_default();
                Self { family: part(), input: part(), expected: part(), got: part() }
            })
            .collect()
    }

    fn covers(&self, family: &str, input: &str, expected: &str, got: &str) -> bool {
        self.family == family
            && input.contains(&self.input)
            && expected.contains(&self.expected)
            && got.contains(&self.got)
    }
}
