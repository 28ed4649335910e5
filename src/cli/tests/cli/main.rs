//! The program from outside: arguments in, text and exit code out.

mod console;
mod goal;
mod help;
mod input;
mod output;
mod run;
mod test262;
mod traces;

use std::fmt::Write as _;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// A folder with files, and the program run in it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, its folders included.
    fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders are made");
        std::fs::write(path, content).expect("the file is written");
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_axil"));
        command.current_dir(self.path()).args(arguments);
        command.env_remove("NO_COLOR").env_remove("FORCE_COLOR");
        command
    }

    /// Exit code, standard output and standard error of a run, for a snapshot.
    fn run(&self, arguments: &[&str]) -> String {
        transcript(&self.command(arguments).output().expect("the program starts"))
    }
}

fn transcript(output: &Output) -> String {
    let code = output.status.code().expect("an exit code, no signal");
    let mut text = format!("exit {code}\n");
    for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        if !bytes.is_empty() {
            let _ = write!(text, "--- {name}\n{}", without_inner_lines(bytes));
        }
    }
    text
}

/// A text in which frames within our own modules have no lines and columns, which change
/// whenever somebody edits those.
fn without_inner_lines(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut shown = String::new();
    for line in text.split_inclusive('\n') {
        let inner = line.starts_with("    at ").then(|| line.find("node:internal/")).flatten();
        let Some(start) = inner else {
            shown.push_str(line);
            continue;
        };
        let path = start + "node:".len();
        let end = line[path..].find(':').map_or(line.len(), |colon| path + colon);
        shown.push_str(&line[..end]);
        shown.push_str(
            line[end..].trim_start_matches(|letter: char| letter == ':' || letter.is_ascii_digit()),
        );
    }
    shown
}

/// The source type of the tree of `file`, or the first line of the complaint.
fn source_type(folder: &Folder, file: &str) -> String {
    let output = folder
        .command(&["ast", "--format", "estree", "--compact", file])
        .output()
        .expect("the program starts");
    let stdout = String::from_utf8_lossy(&output.stdout);
    match stdout.rsplit_once("\"sourceType\":\"") {
        Some((_, rest)) => rest.split('"').next().unwrap_or_default().to_owned(),
        None => String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or("").to_owned(),
    }
}
