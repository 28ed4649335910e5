//! Programs that try parts of the language together. Each file of `programs/` collects in
//! `out` what it finds; beside it stands what has to be there when its jobs are done.

mod support;

use std::fs;
use std::path::Path;

#[test]
fn programs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.extension().is_some_and(|extension| extension == "js") {
            let program = fs::read_to_string(&path).expect("a program");
            let expected = fs::read_to_string(path.with_extension("txt")).expect("its output");
            support::check(&[(&program, expected.strip_suffix('\n').unwrap_or(&expected))]);
            count += 1;
        }
    }
    assert!(count > 0);
}
