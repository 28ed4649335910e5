//! Contenders that Node.js runs: acorn, and V8 itself.

use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use axil_benches::Program;
use axil_conformance::node;

use crate::contender::Contender;

/// A process that measures one contender for as long as it is asked to, and so
/// runs code that is hot.
pub struct NodeWorker {
    name: String,
    process: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl NodeWorker {
    /// Starts the worker for `acorn` or `V8`.
    pub fn start(what: &str) -> io::Result<Self> {
        let node = node::program()
            .ok_or_else(|| io::Error::other("there is no Node.js; `make peers` installs one"))?;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/compare/measure.js");
        let mut process = Command::new(node)
            .arg(script)
            .arg(what)
            .arg(node::packages())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let requests = process.stdin.take().expect("standard input is piped");
        let answers = BufReader::new(process.stdout.take().expect("standard output is piped"));
        let mut worker = Self { name: String::new(), process, requests, answers };
        worker.name = worker.answer()?;
        Ok(worker)
    }

    fn answer(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            let status = self.process.wait()?;
            return Err(io::Error::other(format!("Node.js ended early: {status}")));
        }
        Ok(line.trim_end().to_owned())
    }
}

impl Contender for NodeWorker {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn measure(&mut self, program: &Program) -> io::Result<Duration> {
        writeln!(self.requests, "{}", program.path.display())?;
        self.requests.flush()?;
        let answer = self.answer()?;
        answer
            .parse()
            .map(Duration::from_nanos)
            .map_err(|_| io::Error::other(format!("{} on {}: {answer}", self.name, program.name)))
    }
}

impl Drop for NodeWorker {
    fn drop(&mut self) {
        // It may have ended already; either way there is nothing left to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
