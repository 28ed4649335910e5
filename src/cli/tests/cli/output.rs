use std::process::Stdio;

use crate::Folder;

const PROGRAM: &str = "const answer = 6 * 7;\n";

#[test]
fn formats() {
    let folder = Folder::new().file("a.js", PROGRAM);
    let mut runs = String::new();
    for arguments in [
        &["tokens", "a.js"][..],
        &["ast", "a.js"],
        &["ast", "--format", "sexpr", "a.js"],
        &["ast", "--format", "estree", "a.js"],
        &["ast", "--format", "estree", "--compact", "--loc", "--range", "a.js"],
        &["scopes", "a.js"],
        &["check", "a.js"],
    ] {
        runs += &format!("$ axil {}\n{}\n", arguments.join(" "), folder.run(arguments));
    }
    insta::assert_snapshot!(runs);
}

#[test]
fn check_goes_through_all_files() {
    let folder =
        Folder::new().file("first.js", "let let").file("good.js", "let a").file("last.js", "f(");
    insta::assert_snapshot!(folder.run(&["check", "first.js", "absent.js", "good.js", "last.js"]));
}

#[test]
fn colors() {
    let folder = Folder::new().file("a.js", "f(");
    let colored = |variables: &[(&str, &str)]| {
        let mut command = folder.command(&["check", "a.js"]);
        let output = command.envs(variables.iter().copied()).output().expect("the program starts");
        output.stderr.contains(&0x1b)
    };
    assert!(!colored(&[]), "standard error is no terminal here");
    assert!(colored(&[("FORCE_COLOR", "1")]));
    assert!(colored(&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]));
    assert!(!colored(&[("FORCE_COLOR", "0")]));
    assert!(!colored(&[("NO_COLOR", "1")]));
}

#[test]
fn a_reader_that_goes_away() {
    let folder = Folder::new().file("a.js", "f();\n".repeat(50_000));
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_axil"))
        .args(["ast", "a.js"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.starts_with("axil: cannot write to standard output: "), "{stderr}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let folder = Folder::new().file("a.js", PROGRAM);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("it opens");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_axil"))
        .args(["ast", "a.js"])
        .current_dir(folder.path())
        .stdout(full)
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
}
