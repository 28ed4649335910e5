use crate::{Folder, transcript};

#[test]
fn files_are_run() {
    let folder = Folder::new()
        .file("a.js", "console.log(typeof exports, typeof require, this === module.exports);")
        .file("b.cjs", "return console.log(arguments_of()); function arguments_of() { return 1 }")
        .file("empty.js", "");
    assert_eq!(folder.run(&["a.js"]), "exit 0\n--- stdout\nobject function true\n");
    assert_eq!(folder.run(&["b.cjs"]), "exit 0\n--- stdout\n1\n");
    assert_eq!(folder.run(&["empty.js"]), "exit 0\n");
}

#[test]
fn code_from_arguments_and_standard_input() {
    let folder = Folder::new();
    assert_eq!(folder.run(&["-e", "console.log(6 * 7)"]), "exit 0\n--- stdout\n42\n");
    assert_eq!(folder.run(&["-p", "6 * 7"]), "exit 0\n--- stdout\n42\n");
    assert_eq!(folder.run(&["-pe", "6 * 7"]), "exit 0\n--- stdout\n42\n");
    for arguments in [&["-"][..], &[]] {
        let mut command = folder.command(arguments);
        command.write_stdin("console.log('in')");
        let output = command.output().expect("the program starts");
        assert_eq!(transcript(&output), "exit 0\n--- stdout\nin\n");
    }
}

#[test]
fn syntax_errors() {
    let folder = Folder::new();
    insta::assert_snapshot!(folder.run(&["-e", "let x = 1;\n\tx = Math.max(1, 2;"]));
}

#[test]
fn modules_import_files() {
    let folder = Folder::new()
        .file("a.mjs", "import { x, f } from './lib/b.mjs'; f(); console.log(x, await 3, this);")
        .file("lib/b.mjs", "export let x = 1; export function f() { x++ }");
    assert_eq!(folder.run(&["a.mjs"]), "exit 0\n--- stdout\n2 3 undefined\n");
}

#[test]
fn jobs_are_run() {
    let program = "Promise.resolve(2).then(x => console.log(x)); console.log(1)";
    assert_eq!(Folder::new().run(&["-e", program]), "exit 0\n--- stdout\n1\n2\n");
}

#[test]
fn a_main_module_that_waits_for_ever() {
    let folder = Folder::new().file("a.mjs", "await new Promise(() => {})");
    assert!(folder.run(&["a.mjs"]).starts_with("exit 13\n"));
}

#[test]
fn exceptions_that_nobody_catches() {
    let folder = Folder::new()
        .file("error.js", "function f() {\n\tnull.x;\n}\nf();")
        .file("value.js", "throw { a: 1 };")
        .file("number.js", "  throw 5;")
        .file("rejection.js", "async function f() { await 1; throw new Error('m'); }\nf();")
        .file("reason.js", "Promise.reject('r');")
        .file("cause.js", "throw new Error('m', { cause: 1 });");
    let root = folder.path().canonicalize().expect("it is there");
    let root = format!("{}/", root.display());
    let runs: Vec<String> = ["error", "value", "number", "rejection", "reason", "cause"]
        .iter()
        .map(|name| folder.run(&[&format!("{name}.js")]).replace(&root, "/"))
        .collect();
    insta::assert_snapshot!(runs.join("\n"));
}

#[test]
fn traces() {
    let program = "function area(shape) {
  return shape.width * shape.height;
}
let total = 0;
for (let i = 0; i < 2; i++) total += area({ width: 6, height: i });
try {
  area(null);
} catch {}
";
    let folder = Folder::new().file("a.cjs", program);
    insta::assert_snapshot!(folder.run(&["trace", "a.cjs"]));
    insta::assert_snapshot!(folder.run(&["trace", "--function", "area", "--limit", "6", "a.cjs"]));
}

#[test]
fn what_the_collector_has_done() {
    let said =
        Folder::new().run(&["--gc-stats", "-e", "let a; for (let i = 0; i < 1e6; i++) a = [i]"]);
    assert!(said.contains("minor and"), "{said}");
    assert_eq!(said.lines().count(), 6, "{said}");
}

#[test]
fn heaps_have_a_limit() {
    let program = "const all = []; for (;;) all.push([1, 2, 3]);";
    let said = Folder::new().run(&["--max-old-space-size=16", "-e", program]);
    assert_eq!(
        said,
        "exit 134\n--- stderr\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n"
    );
}
