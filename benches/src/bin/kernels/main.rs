//! Axil's engine beside QuickJS-ng, V8, Hermes and JSC on small programs: `make kernels`.
//!
//! A run of a kernel is a process of its own, start and end included; of the time the
//! median of an empty program is taken away. Every round runs each contender once, in
//! turn, so that a slow spell of the machine hits all alike. What counts is the ratio of
//! the medians.

mod contender;

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use axil_benches::statistics::{geometric_mean, median};

use contender::{Contender, Outcome};

/// Rounds that count; one before them does not.
const ROUNDS: usize = 5;

/// What the kernels begin with.
const PRELUDE: &str = "check.js";

/// The folders of kernels, each with a table of its own.
const SETS: [&str; 2] = ["language", "library"];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let result = match arguments.as_slice() {
        [option, file] if option == contender::RUN_QUICKJS => contender::run_quickjs(file),
        filters => compare(filters),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kernels: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A program to run.
struct Kernel {
    name: String,
    /// Where its text stands with what it begins with.
    file: PathBuf,
}

fn compare(filters: &[String]) -> io::Result<()> {
    let contenders = contender::all()?;
    let scratch = axil_conformance::paths::scratch().join("kernels");
    fs::create_dir_all(&scratch)?;
    let empty = Kernel { name: "empty".to_owned(), file: scratch.join("empty.js") };
    fs::write(&empty.file, "")?;
    let start_up: Vec<Duration> = measure(&empty, &contenders, 3 * ROUNDS)?
        .into_iter()
        .map(Result::unwrap_or_default)
        .collect();
    print_head(&contenders, &start_up);
    for set in SETS {
        let kernels = kernels(set, &scratch, filters)?;
        if !kernels.is_empty() {
            println!("\n{set}");
            compare_set(&kernels, &contenders, &start_up)?;
        }
    }
    Ok(())
}

/// A table's rows, and the geometric means of its ratios.
fn compare_set(
    kernels: &[Kernel],
    contenders: &[Contender],
    start_up: &[Duration],
) -> io::Result<()> {
    let mut ratios: Vec<Vec<f64>> = vec![Vec::new(); contenders.len()];
    for kernel in kernels {
        let outcomes = measure(kernel, contenders, ROUNDS)?;
        let times: Vec<Result<f64, String>> = outcomes
            .into_iter()
            .zip(start_up)
            .map(|(outcome, start)| Ok((outcome?.saturating_sub(*start)).as_secs_f64() * 1e3))
            .collect();
        print_row(&kernel.name, &times);
        if let Ok(axil) = times[0] {
            for (ratios, time) in ratios.iter_mut().zip(&times) {
                ratios.extend(time.as_ref().map(|time| time / axil));
            }
        }
    }
    print!("{:<18}{:>9}", "geometric mean", "");
    for ratios in ratios.iter().skip(1).filter(|ratios| !ratios.is_empty()) {
        print!("{:>20}", format!("×{:.2}", geometric_mean(ratios)));
    }
    println!();
    Ok(())
}

/// The kernels of a set whose names, `set/name`, hold one of the filters, as files to be
/// run.
fn kernels(set: &str, scratch: &Path, filters: &[String]) -> io::Result<Vec<Kernel>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("kernels");
    let prelude = fs::read_to_string(folder.join(PRELUDE))?;
    let mut kernels = Vec::new();
    for path in axil_conformance::paths::files_below(&folder.join(set), &|_| true)? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if !axil_conformance::summary::wanted(&format!("{set}/{name}"), filters) {
            continue;
        }
        let file = scratch.join(format!("{name}.js"));
        fs::write(&file, format!("{prelude}{}", fs::read_to_string(&path)?))?;
        kernels.push(Kernel { name, file });
    }
    Ok(kernels)
}

/// The median of each contender's times, or what it says where it fails.
fn measure(
    kernel: &Kernel,
    contenders: &[Contender],
    rounds: usize,
) -> io::Result<Vec<Result<Duration, String>>> {
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); contenders.len()];
    let mut failures: Vec<Option<String>> = vec![None; contenders.len()];
    for round in 0..=rounds {
        for (index, contender) in contenders.iter().enumerate() {
            if failures[index].is_some() {
                continue;
            }
            match contender.run(&kernel.file)? {
                Outcome::Time(_) if round == 0 => {}
                Outcome::Time(time) => times[index].push(time),
                Outcome::Failed(text) => failures[index] = Some(text),
            }
        }
    }
    Ok(times
        .into_iter()
        .zip(failures)
        .map(|(times, failure)| failure.map_or_else(|| Ok(median(times)), Err))
        .collect())
}

fn print_head(contenders: &[Contender], start_up: &[Duration]) {
    println!("Medians of one interleaved run, in ms, without start-up.");
    println!("× is how many times longer than {}.\n", contenders[0].name);
    print!("{:<18}{:>9}", "", contenders[0].name);
    for contender in &contenders[1..] {
        print!("{:>20}", contender.name);
    }
    print!("\n{:<18}", "start-up");
    for (index, time) in start_up.iter().enumerate() {
        let text = format!("{:.1}", time.as_secs_f64() * 1e3);
        if index == 0 { print!("{text:>9}") } else { print!("{text:>12}{:>8}", "") }
    }
    println!();
}

fn print_row(name: &str, times: &[Result<f64, String>]) {
    print!("{name:<18}");
    match &times[0] {
        Ok(time) => print!("{time:>9.1}"),
        Err(_) => print!("{:>9}", "-"),
    }
    for time in &times[1..] {
        match (time, &times[0]) {
            (Ok(time), Ok(axil)) => print!("{time:>12.1}{:>8}", format!("×{:.2}", time / axil)),
            (Ok(time), Err(_)) => print!("{time:>12.1}{:>8}", ""),
            (Err(_), _) => print!("{:>12}{:>8}", "-", ""),
        }
    }
    for failure in times.iter().filter_map(|time| time.as_ref().err()) {
        print!("  {failure}");
    }
    println!();
}
