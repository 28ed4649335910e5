//! A process that runs tests: `axil --test262-worker`.
//!
//! It takes one test after another, each in a machine of its own. Where it dies, or
//! takes too long and is killed, another takes its place.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use serde_json::Value;

/// What came of a test.
#[derive(Debug)]
pub enum Answer {
    /// The worker's answer.
    Given(Value),
    /// The worker has died; what it said last.
    Died(String),
    /// The worker took too long.
    TimedOut,
}

/// A worker, and the process that it is at the moment.
pub struct Worker {
    program: PathBuf,
    running: Option<Running>,
}

struct Running {
    process: Child,
    requests: ChildStdin,
    answers: Receiver<String>,
}

impl Worker {
    /// A worker that is this program.
    pub fn new(program: &Path) -> Self {
        Self { program: program.to_path_buf(), running: None }
    }

    /// Has it run a test.
    pub fn ask(&mut self, request: &Value, limit: Duration) -> io::Result<Answer> {
        if self.running.is_none() {
            self.running = Some(Running::start(&self.program)?);
        }
        let Some(running) = &mut self.running else { unreachable!("it has been started") };
        let sent = writeln!(running.requests, "{request}").and_then(|()| running.requests.flush());
        let answer = match running.answers.recv_timeout(limit) {
            Ok(line) => serde_json::from_str(&line).ok().filter(|_| sent.is_ok()),
            Err(RecvTimeoutError::Timeout) => {
                self.stop();
                return Ok(Answer::TimedOut);
            }
            Err(RecvTimeoutError::Disconnected) => None,
        };
        match answer {
            Some(answer) => Ok(Answer::Given(answer)),
            None => Ok(Answer::Died(self.stop())),
        }
    }

    /// Ends the process; gives what it said on standard error.
    fn stop(&mut self) -> String {
        let Some(mut running) = self.running.take() else { return String::new() };
        let _ = running.process.kill();
        let status = running.process.wait();
        let mut said = String::new();
        if let Some(stderr) = &mut running.process.stderr {
            let _ = stderr.take(1 << 16).read_to_string(&mut said);
        }
        // Without its backtrace, a panic is its place and its message.
        let said: Vec<&str> =
            said.lines().filter(|line| !line.is_empty() && !line.starts_with("note:")).collect();
        let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
        if said.is_empty() { status } else { said.join(" ") }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Running {
    fn start(program: &Path) -> io::Result<Self> {
        let mut process = Command::new(program)
            .arg("--test262-worker")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let missing = || io::Error::other("a worker without pipes");
        let requests = process.stdin.take().ok_or_else(missing)?;
        let stdout = process.stdout.take().ok_or_else(missing)?;
        let (sender, answers) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines() {
                let Ok(line) = line else { break };
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Self { process, requests, answers })
    }
}
