use crate::Folder;

#[test]
fn standard_input() {
    let folder = Folder::new();
    let mut command = folder.command(&["ast", "--format", "sexpr", "-"]);
    let output = command.write_stdin("a + b").output().expect("the program starts");
    insta::assert_snapshot!(crate::transcript(&output));
}

#[test]
fn unreadable() {
    let folder = Folder::new().file("folder/a.js", "");
    insta::assert_snapshot!(folder.run(&["ast", "absent.js"]) + &folder.run(&["ast", "folder"]));
}

#[test]
fn not_utf8() {
    let folder = Folder::new().file("latin1.js", b"// fine\nvar caf\xe9 = 1;\n");
    insta::assert_snapshot!(folder.run(&["tokens", "latin1.js"]));
}

#[test]
fn empty() {
    let folder = Folder::new().file("empty.js", "");
    for command in ["ast", "tokens", "scopes", "check"] {
        let run = folder.run(&[command, "empty.js"]);
        assert!(run.starts_with("exit 0\n"), "{command}: {run}");
    }
}

#[test]
fn bytes_without_sense() {
    let noise: String = (0..0x300).filter_map(char::from_u32).collect();
    let folder = Folder::new().file("noise.js", noise);
    for command in ["ast", "tokens", "scopes", "check"] {
        let run = folder.run(&[command, "noise.js"]);
        assert!(run.starts_with("exit 1\n"), "{command}: {run}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn file_names_that_are_not_unicode() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = Folder::new();
    let name = OsStr::from_bytes(b"caf\xe9.js");
    std::fs::write(folder.path().join(name), "let =").expect("the file is written");
    let mut command = folder.command(&["check"]);
    let output = command.arg(name).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
}
