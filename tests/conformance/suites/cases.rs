//! Source files with snapshots beside them, one test a file.

use std::process::ExitCode;

use axil_conformance::blessing;
use axil_conformance::cases::Subject;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let mut trials = Vec::new();
    for subject in Subject::ALL {
        let cases = match subject.cases() {
            Ok(cases) => cases,
            Err(error) => {
                eprintln!("cannot read the cases in {}: {error}", subject.folder());
                return ExitCode::FAILURE;
            }
        };
        trials.extend(cases.into_iter().map(|case| {
            Trial::test(case.name(), move || case.check(blessing()).map_err(Failed::from))
        }));
        trials.push(Trial::test(format!("{}::orphans", subject.folder()), move || {
            let orphans = subject.orphans()?;
            if orphans.is_empty() { Ok(()) } else { Err(format!("no case: {orphans:?}").into()) }
        }));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
