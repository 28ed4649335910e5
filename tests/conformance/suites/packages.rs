//! Packages from the npm registry, unmodified: programs in `packages/programs/` that use
//! them do with Axil what they do with Node.js, to the last byte of both outputs.
//!
//! A program is a case. Servers among them ask themselves over bare sockets, so that all
//! that they answer is printed. Arguments choose cases by their names.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output};
use std::time::Duration;
use std::{fs, io};

use axil_conformance::jobs::{self, Outcome};
use axil_conformance::summary::{Summary, filters, skip, wanted};
use axil_conformance::{node, paths, program};

const SUITE: &str = "packages";

/// The longest that a program may take.
const LIMIT: Duration = Duration::from_mins(2);

/// So many lines of a difference are shown.
const SHOWN: usize = 60;

/// What both programs are like.
const NODE_VERSION: &str = "v26.";

fn main() -> ExitCode {
    let installed = paths::scratch().join("packages");
    if !installed.join(".installed").is_file() {
        return skip(SUITE, "they are not installed: `make packages`");
    }
    let Some(node) = node::program().filter(|node| is_like_ours(node)) else {
        return skip(SUITE, "there is no Node.js 26 to compare with: `make peers`");
    };
    match run(&installed, &node) {
        Ok(summary) => summary.close(),
        Err(error) => {
            eprintln!("{SUITE}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn is_like_ours(node: &Path) -> bool {
    let output = Command::new(node).arg("--version").output();
    output.is_ok_and(|output| output.stdout.starts_with(NODE_VERSION.as_bytes()))
}

fn run(installed: &Path, node: &Path) -> io::Result<Summary> {
    let axil = program::build_optimised()?;
    let programs = copied(&paths::conformance().join("packages/programs"), installed)?;
    let filters = filters();
    let cases: Vec<PathBuf> =
        programs.into_iter().filter(|program| wanted(&name(program), &filters)).collect();
    let interpreters = [node.to_path_buf(), axil];
    let outcomes = jobs::run(cases.clone(), LIMIT, move |program| {
        let [expected, got] = [0, 1].map(|which| said(&interpreters[which], program));
        difference(&expected, &got)
    });
    let mut summary = Summary::default();
    for (case, outcome) in cases.iter().zip(outcomes) {
        let name = name(case);
        let difference = match outcome {
            Outcome::Done(difference) => difference,
            Outcome::Panicked(message) => Some(message),
            Outcome::TimedOut => Some("it has not come to an end\n".to_owned()),
        };
        match difference {
            None => {
                summary.passed += 1;
                println!("passes: {name}");
            }
            Some(difference) => {
                summary.failed += 1;
                println!("fails: {name}\n{difference}");
            }
        }
    }
    Ok(summary)
}

fn name(program: &Path) -> String {
    program.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Copies programs, and what they have in common, to where the packages are, for packages
/// are looked for around a program; the programs there.
fn copied(from: &Path, installed: &Path) -> io::Result<Vec<PathBuf>> {
    let folder = installed.join("programs");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let mut programs = Vec::new();
    for file in paths::files_below(from, &|_| true)? {
        let relative = paths::relative(&file, from);
        let copy = folder.join(&relative);
        fs::create_dir_all(copy.parent().unwrap_or(&folder))?;
        fs::copy(&file, &copy)?;
        if !relative.contains('/') {
            programs.push(copy);
        }
    }
    Ok(programs)
}

/// Both outputs of a program, and how it ends.
fn said(interpreter: &Path, program: &Path) -> String {
    let folder = program.parent().expect("a file lies in a folder");
    let output = Command::new(interpreter)
        .arg(program)
        .current_dir(folder)
        .env_remove("NODE_OPTIONS")
        .env_remove("FORCE_COLOR")
        .output();
    match output {
        Ok(Output { status, stdout, stderr }) => format!(
            "{}--- standard error\n{}--- {status}\n",
            String::from_utf8_lossy(&stdout),
            String::from_utf8_lossy(&stderr)
        ),
        Err(error) => format!("{error}\n"),
    }
}

/// The first lines in which two outputs differ.
fn difference(expected: &str, got: &str) -> Option<String> {
    if expected == got {
        return None;
    }
    let difference = similar::TextDiff::from_lines(expected, got);
    let text = difference.unified_diff().header("Node.js", "Axil").to_string();
    let mut lines: Vec<&str> = text.lines().take(SHOWN).collect();
    if text.lines().count() > SHOWN {
        lines.push("…");
    }
    Some(lines.join("\n"))
}
