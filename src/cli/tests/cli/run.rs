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
fn what_is_not_built_says_so() {
    let folder = Folder::new().file("a.mjs", "export {}");
    let said = folder.run(&["a.mjs"]);
    assert!(said.starts_with("exit 9\n--- stderr\naxil: "), "{said}");
    assert!(said.ends_with("a.mjs:1:1: a module is not built yet. See `axil --help`.\n"), "{said}");
}
