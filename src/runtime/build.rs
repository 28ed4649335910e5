//! Makes the table of the JavaScript halves of modules: `src/js/`, by file name. Their texts
//! are one, away from the names: who looks for a name does not touch all of them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("src/js");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files);
    let mut modules: Vec<(String, PathBuf)> = files
        .into_iter()
        .map(|file| {
            let name = file.strip_prefix(&root).expect("it lies there").with_extension("");
            (name.to_string_lossy().replace('\\', "/"), file)
        })
        .collect();
    // By names, not by paths: `stream` comes before `stream/promises`.
    modules.sort();
    let mut texts = String::new();
    let mut table = String::from("/// Each module's name, and where its text begins and ends.\n");
    table.push_str("#[allow(clippy::unreadable_literal, reason = \"a program writes it\")]\n");
    table.push_str("static MODULES: &[(&str, usize, usize)] = &[\n");
    for (name, file) in &modules {
        let begin = texts.len();
        texts.push_str(&fs::read_to_string(file).expect("the file can be read"));
        writeln!(table, "    ({name:?}, {begin}, {}),", texts.len()).expect("a string takes it");
    }
    table.push_str("];\n");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("modules.js"), texts).expect("the folder of the build can be written");
    fs::write(out.join("modules.rs"), table).expect("the folder of the build can be written");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "js") {
            files.push(path);
        }
    }
}
