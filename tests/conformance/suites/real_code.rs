//! Programs that many people use, run unmodified as scripts of one file each: they print
//! what they print in Node.js.
//!
//! A script is made of a package from the npm registry, the texts that it works on, and a
//! few lines in `real_code/` that put it to work.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::{fs, io};

use axil_conformance::summary::{Summary, filters, skip, wanted};
use axil_conformance::{node, paths, program};

const SUITE: &str = "real code";

fn main() -> ExitCode {
    let Some(node) = node::program() else {
        return skip(SUITE, "there is no Node.js to compare with");
    };
    if !node::packages().join("typescript").is_dir() {
        return skip(SUITE, "the packages are not installed: `make peers`");
    }
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
    let folder = paths::scratch().join("real_code");
    fs::create_dir_all(&folder)?;
    let filters = filters();
    let mut summary = Summary::default();
    for (name, script) in scripts()? {
        if !wanted(&name, &filters) {
            continue;
        }
        let file = folder.join(&name).with_extension("cjs");
        fs::write(&file, script)?;
        let (ours, theirs) = (output(&axil, &file)?, output(node, &file)?);
        if ours == theirs {
            summary.passed += 1;
        } else {
            summary.failed += 1;
            println!("fails: {name}: {} prints something else", file.display());
            print!("{}", similar::TextDiff::from_lines(&theirs, &ours).unified_diff());
        }
    }
    Ok(summary)
}

/// What a program says of a script, and how it ends.
fn output(program: &Path, script: &Path) -> io::Result<String> {
    let output = Command::new(program).arg(script).output()?;
    let [said, complained] =
        [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    Ok(format!("{said}{complained}{}\n", output.status))
}

/// All scripts, by name.
fn scripts() -> io::Result<Vec<(String, String)>> {
    let package = |path: &str| fs::read_to_string(node::packages().join(path));
    let (jquery, typescript) =
        (package("jquery/dist/jquery.js")?, package("typescript/lib/typescript.js")?);
    let acorn = as_variable("acorn", &package("acorn/dist/acorn.js")?, ALONE);
    let terser = as_variable("terser", &package("terser/dist/bundle.min.js")?, "() => ({})");
    let parts = [
        ("acorn on jQuery", format!("{acorn}{}", as_text("text", &jquery)), "acorn.js"),
        ("acorn on TypeScript", format!("{acorn}{}", as_text("text", &typescript)), "acorn.js"),
        ("terser on jQuery", format!("{terser}{}", as_text("text", &jquery)), "terser.js"),
        ("TypeScript on a project", typescript_with_libraries(&typescript)?, "typescript.js"),
    ];
    let mut scripts = Vec::new();
    for (name, begin, end) in parts {
        let end = fs::read_to_string(paths::conformance().join("real_code").join(end))?;
        scripts.push((name.to_owned(), format!("'use strict';\n{begin}{end}")));
    }
    Ok(scripts)
}

/// TypeScript, and the declarations of ES2015 that it looks for.
fn typescript_with_libraries(typescript: &str) -> io::Result<String> {
    let folder = node::packages().join("typescript/lib");
    let is_wanted = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("lib.")
            && ["es5", "es2015", "decorators"].iter().any(|part| name.contains(part))
    };
    let mut libraries = serde_json::Map::new();
    for file in paths::files_below(&folder, &is_wanted)? {
        let name = format!("/lib/{}", paths::relative(&file, &folder));
        libraries.insert(name, fs::read_to_string(&file)?.into());
    }
    let libraries = serde_json::Value::from(libraries);
    Ok(format!("{}const libraries = {libraries};\n", as_variable("ts", typescript, ALONE)))
}

/// What stands for `require` where a module is to see that there is no Node.js around it.
const ALONE: &str = "undefined";

/// A CommonJS module as a variable; what it requires is of no importance.
fn as_variable(name: &str, module: &str, require: &str) -> String {
    format!(
        "const {name} = (function () {{\nconst module = {{ exports: {{}} }};\n\
         (function (exports, module, require) {{\n{module}\n}})\
         .call(globalThis, module.exports, module, {require});\n\
         return module.exports;\n}})();\n"
    )
}

/// A text as a variable.
fn as_text(name: &str, text: &str) -> String {
    format!("const {name} = {};\n", serde_json::Value::from(text))
}
