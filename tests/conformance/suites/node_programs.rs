//! Programs in `node/` that use Node.js's modules: each prints what the text beside it says,
//! which is what Node.js prints.
//!
//! `make bless` writes the texts: by Node.js, where there is one of the version that Axil is
//! like, else by Axil itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use axil_conformance::jobs::{self, Outcome};
use axil_conformance::summary::{Summary, filters, wanted};
use axil_conformance::{blessing, node, paths, program};

/// The longest that a program may take.
const LIMIT: Duration = Duration::from_mins(1);

fn main() -> ExitCode {
    let folder = paths::conformance().join("node");
    let is_program = |path: &Path| {
        path.extension().is_some_and(|extension| extension == "js" || extension == "mjs")
            && !path.components().any(|part| part.as_os_str() == "fixtures")
    };
    let programs = match paths::files_below(&folder, &is_program) {
        Ok(programs) => programs,
        Err(error) => {
            eprintln!("node programs: {error}");
            return ExitCode::FAILURE;
        }
    };
    let axil = match program::build() {
        Ok(axil) => axil,
        Err(error) => {
            eprintln!("node programs: {error}");
            return ExitCode::FAILURE;
        }
    };
    let filters = filters();
    let programs: Vec<PathBuf> = programs
        .into_iter()
        .filter(|path| wanted(&paths::relative(path, &folder), &filters))
        .collect();
    let names: Vec<String> = programs.iter().map(|path| paths::relative(path, &folder)).collect();
    let teller = if blessing() { node::program().unwrap_or(axil) } else { axil };
    let outcomes = jobs::run(programs.clone(), LIMIT, move |file| said(&teller, file));
    let mut summary = Summary::default();
    for ((name, file), outcome) in names.iter().zip(&programs).zip(outcomes) {
        let said = match outcome {
            Outcome::Done(said) => said,
            Outcome::Panicked(message) => message,
            Outcome::TimedOut => "it has not come to an end\n".to_owned(),
        };
        let expected = file.with_extension("txt");
        if blessing() {
            fs::write(&expected, &said).expect("the folder can be written");
        }
        let expected = fs::read_to_string(&expected).unwrap_or_default();
        if said == expected {
            summary.passed += 1;
        } else {
            summary.failed += 1;
            println!("fails: {name}");
            print!("{}", similar::TextDiff::from_lines(&expected, &said).unified_diff());
        }
    }
    summary.close()
}

/// What a program prints, and how it ends if that is not well.
fn said(program: &Path, file: &Path) -> String {
    let folder = file.parent().expect("a file lies in a folder");
    let output = Command::new(program).arg(file).current_dir(folder).output();
    match output {
        Ok(output) => {
            let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
            if !output.status.success() {
                said.push_str(&String::from_utf8_lossy(&output.stderr));
                said.push_str(&format!("{}\n", output.status));
            }
            // Wherever the folder lies, it is the same.
            said.replace(&*folder.to_string_lossy(), "/folder")
        }
        Err(error) => format!("{error}\n"),
    }
}
