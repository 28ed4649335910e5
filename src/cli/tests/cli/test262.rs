use crate::Folder;

fn check(files: &[&str], expected: &str) {
    let names = ["a.js", "b.js", "c.js"];
    let folder = files.iter().zip(names).fold(Folder::new(), |f, (text, name)| f.file(name, text));
    let mut arguments = vec!["--test262"];
    arguments.extend(names.iter().take(files.len()));
    assert_eq!(folder.run(&arguments), expected);
}

#[test]
fn scripts_share_a_realm() {
    check(&["globalThis.x = 1;", "print(x + 1);"], "exit 0\n--- stdout\n2\n");
    check(&["print($262.global === globalThis)"], "exit 0\n--- stdout\ntrue\n");
    check(&["print($262.evalScript('1 + 1'))"], "exit 0\n--- stdout\n2\n");
}

#[test]
fn the_first_line_names_the_error() {
    check(&["throw new TypeError('t')"], "exit 1\n--- stderr\nTypeError: t\n");
    check(&["throw 5"], "exit 1\n--- stderr\nThrown: 5\n");
    check(&["var a b"], "exit 1\n--- stderr\nSyntaxError: Unexpected identifier 'b'\n");
    let own = "function Own(message) { this.message = message } throw new Own('m')";
    check(&[own, "print('not reached')"], "exit 1\n--- stderr\nOwn: m\n");
    let caught = "try { $262.evalScript('{') } catch (error) { print(error.name) }";
    check(&[caught], "exit 0\n--- stdout\nSyntaxError\n");
}
