use crate::{Folder, source_type};

fn check(folder: &Folder, file: &str, expected: &str) {
    assert_eq!(source_type(folder, file), expected, "{file}");
}

#[test]
fn extensions() {
    let folder = Folder::new()
        .file("package.json", r#"{"type": "module"}"#)
        .file("a.mjs", "1")
        .file("a.cjs", "1")
        .file("a.js", "1")
        .file("a", "1");
    check(&folder, "a.mjs", "module");
    check(&folder, "a.cjs", "script");
    check(&folder, "a.js", "module");
    check(&folder, "a", "module");
}

#[test]
fn nearest_package() {
    let folder = Folder::new()
        .file("package.json", r#"{"type": "module"}"#)
        .file("old/package.json", r#"{"type": "commonjs"}"#)
        .file("old/deep/a.js", "return 1")
        .file("silent/package.json", "{}")
        .file("silent/a.js", "1")
        .file("node_modules/a.js", "1");
    check(&folder, "old/deep/a.js", "script");
    // A package.json without "type" ends the search all the same.
    check(&folder, "silent/a.js", "script");
    check(&folder, "node_modules/a.js", "script");
}

#[test]
fn detection() {
    let folder = Folder::new()
        .file("package.json", "{}")
        .file("import.js", "import 'x'")
        .file("export.js", "export let a")
        .file("meta.js", "import.meta.url")
        .file("await.js", "await 0")
        .file("return.js", "return")
        .file("sloppy.js", "with (a) b");
    for module in ["import.js", "export.js", "meta.js", "await.js"] {
        check(&folder, module, "module");
    }
    check(&folder, "return.js", "script");
    check(&folder, "sloppy.js", "script");
}

#[test]
fn an_error_is_that_of_the_goal_that_got_further() {
    let folder = Folder::new()
        .file("package.json", "{}")
        .file("module.js", "import 'x'\nlet a = ;\n")
        .file("commonjs.js", "with (a) b;\nreturn;\nlet a = ;\n");
    insta::assert_snapshot!(
        folder.run(&["check", "module.js"]) + &folder.run(&["check", "commonjs.js"])
    );
}

#[test]
fn options_force_a_goal() {
    let folder = Folder::new().file("a.cjs", "var await").file("a.mjs", "export {}");
    insta::assert_snapshot!(
        folder.run(&["check", "--module", "a.cjs"]) + &folder.run(&["check", "--script", "a.mjs"])
    );
}

#[test]
fn broken_package() {
    let folder = Folder::new().file("package.json", "{\"type\": ").file("a.js", "1");
    let run = folder.run(&["check", "a.js"]);
    assert!(run.starts_with("exit 1\n--- stderr\naxil: invalid package config '"), "{run}");
}
