use crate::Folder;

#[test]
fn program_and_commands() {
    let folder = Folder::new();
    insta::assert_snapshot!(folder.run(&["--help"]));
    for command in ["tokens", "ast", "scopes", "check", "bytecode", "trace"] {
        let by_option = folder.run(&[command, "--help"]);
        assert_eq!(by_option, folder.run(&["help", command]));
        assert!(by_option.contains(&format!("Usage: axil {command}")), "{by_option}");
    }
    assert_eq!(folder.run(&["--help"]), folder.run(&["help"]));
}

#[test]
fn version() {
    let expected = format!("exit 0\n--- stdout\naxil {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(Folder::new().run(&["--version"]), expected);
}

#[test]
fn wrong_arguments() {
    let folder = Folder::new();
    let runs: Vec<String> = [
        &["ast"][..],
        &["--frobnicate"],
        &["check"],
        &["tokens", "a.js", "b.js"],
        &["ast", "--format", "yaml", "a.js"],
        &["help", "cook"],
    ]
    .iter()
    .map(|arguments| format!("$ axil {}\n{}", arguments.join(" "), folder.run(arguments)))
    .collect();
    insta::assert_snapshot!(runs.join("\n"));
}
