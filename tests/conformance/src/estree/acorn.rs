//! acorn, run by Node.js.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use sha2::{Digest, Sha256};

use super::packages::{File, SourceType};
use crate::{node, paths};

/// A form of the tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// `start` and `end` in every node.
    Plain,
    /// `loc` and `range` too.
    Full,
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Full => "full",
        }
    }
}

/// What acorn makes of a file.
#[derive(Clone, Debug)]
pub enum Answer {
    /// It accepts it.
    Accepted {
        /// As this.
        goal: SourceType,
        /// The hash of its JSON.
        plain: String,
        /// The hash of its JSON with all positions; none for large files.
        full: Option<String>,
    },
    /// It refuses it, with this message.
    Refused(String),
}

/// acorn at work.
#[derive(Debug)]
pub struct Acorn {
    node: PathBuf,
    package: PathBuf,
    trees_left: AtomicUsize,
}

impl Acorn {
    /// The text of the script that Node.js runs.
    const SCRIPT: &'static str = include_str!("acorn.js");

    /// The trees given out at most; each starts a process.
    const TREES: usize = 20;

    /// The acorn that `make peers` installed; the error says what is missing.
    pub fn find() -> Result<Self, &'static str> {
        let package = node::packages().join("acorn/dist/acorn.js");
        if !package.is_file() {
            return Err("`make peers` installs the packages, and has not");
        }
        let node = node::program().ok_or("there is no Node.js to run acorn with")?;
        Ok(Self { node, package, trees_left: AtomicUsize::new(Self::TREES) })
    }

    /// What acorn makes of each of `files`. The answers are kept under
    /// `target/` until files or script change, for acorn takes its time.
    pub fn answers(&self, files: &[File]) -> io::Result<Vec<Answer>> {
        let mut list = String::new();
        for File { path, goals, .. } in files {
            let goals: Vec<&str> = goals.iter().map(|goal| goal.name()).collect();
            list += &format!("{}\t{}\n", goals.join(","), path.display());
        }
        let kept = paths::scratch().join("peers/acorn-answers.txt");
        let key = self.key(&list, files);
        let known = fs::read_to_string(&kept).ok();
        let known = known.as_deref().and_then(|text| text.strip_prefix(&key));
        let text = if let Some(text) = known {
            text.to_owned()
        } else {
            let text = self.run(&["hashes"], &list)?;
            fs::write(&kept, key + &text)?;
            text
        };
        let answers: Vec<Answer> = text.lines().map(answer).collect();
        if answers.len() == files.len() {
            Ok(answers)
        } else {
            Err(io::Error::other("acorn did not answer for every file"))
        }
    }

    /// acorn's tree of one file as JSON, for the first few that ask.
    pub fn tree(&self, file: &Path, goal: SourceType, form: Form) -> io::Result<String> {
        let take = |left: usize| left.checked_sub(1);
        if self.trees_left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_err() {
            return Err(io::Error::other("the trees differ"));
        }
        let file = file.to_string_lossy();
        self.run(&["tree", form.name(), goal.name(), &file], "")
    }

    /// A line that changes whenever the answers may.
    fn key(&self, list: &str, files: &[File]) -> String {
        let mut hash = Sha256::new();
        hash.update(Self::SCRIPT);
        hash.update(self.package.to_string_lossy().as_bytes());
        hash.update(list);
        for file in files {
            hash.update(file.length.to_le_bytes());
        }
        hex(hash) + "\n"
    }

    fn run(&self, arguments: &[&str], input: &str) -> io::Result<String> {
        let mut child = Command::new(&self.node)
            .arg("--stack-size=8000")
            .arg(paths::conformance().join("src/estree/acorn.js"))
            .arg(&self.package)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut stdin = child.stdin.take().expect("standard input is piped");
        let input = input.to_owned();
        let writer = thread::spawn(move || stdin.write_all(input.as_bytes()));
        let output = child.wait_with_output()?;
        writer.join().expect("the writer does not panic")?;
        if !output.status.success() {
            return Err(io::Error::other(format!("acorn under Node.js: {}", output.status)));
        }
        String::from_utf8(output.stdout).map_err(io::Error::other)
    }
}

fn answer(line: &str) -> Answer {
    let mut words = line.split(' ');
    let goal = SourceType::of_name(words.next().unwrap_or_default());
    match (goal, words.next(), words.next()) {
        (Some(goal), Some(plain), Some(full)) => Answer::Accepted {
            goal,
            plain: plain.to_owned(),
            full: (full != "-").then(|| full.to_owned()),
        },
        _ => Answer::Refused(line.trim_start_matches("refused ").to_owned()),
    }
}

/// The hexadecimal digits of a finished hash.
pub fn hex(hash: Sha256) -> String {
    hash.finalize().iter().fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"))
}
