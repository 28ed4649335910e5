//! What takes part: programs that run a file.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use axil_conformance::{node, program};
use rquickjs::{Context, Runtime};

/// The option by which this program runs a file in QuickJS-ng.
pub const RUN_QUICKJS: &str = "--quickjs";

/// A stack that QuickJS is content with, in bytes.
const STACK: usize = 4 << 20;

/// A program that runs a file.
pub struct Contender {
    /// What it is called in the table.
    pub name: &'static str,
    program: PathBuf,
    options: Vec<OsString>,
    /// A variable of its environment, and its value.
    variable: Option<(&'static str, &'static str)>,
}

/// How a run went.
pub enum Outcome {
    /// It took so long.
    Time(Duration),
    /// It failed, and said this.
    Failed(String),
}

/// All that take part, Axil first. Hermes, and the interpreter of JSC, which is Bun
/// without its compilers, come where their packages have a program for the machine.
pub fn all() -> io::Result<Vec<Contender>> {
    let node = node::program()
        .ok_or_else(|| io::Error::other("there is no Node.js; `make peers` installs one"))?;
    let this = std::env::current_exe()?;
    let contender = |name, program: &Path, options: &[&str]| Contender {
        name,
        program: program.to_path_buf(),
        options: options.iter().map(OsString::from).collect(),
        variable: None,
    };
    let mut all = vec![
        contender("Axil", &program::build()?, &[]),
        contender("QuickJS-ng", &this, &[RUN_QUICKJS]),
        contender("node --jitless", &node, &["--jitless"]),
    ];
    let packages = node::packages();
    let hermes = packages.join("hermes-engine-cli/linux64-bin/hermes");
    if cfg!(target_os = "linux") && hermes.exists() {
        all.push(contender("Hermes", &hermes, &["-O", "-w"]));
    }
    let bun = packages.join("@oven/bun-linux-x64/bin/bun");
    if cfg!(target_os = "linux") && bun.exists() {
        let interpreter = contender("JSC LLInt", &bun, &[]);
        all.push(Contender { variable: Some(("BUN_JSC_useJIT", "0")), ..interpreter });
    }
    all.push(contender("node", &node, &[]));
    Ok(all)
}

impl Contender {
    /// Runs a file.
    pub fn run(&self, file: &Path) -> io::Result<Outcome> {
        let mut command = Command::new(&self.program);
        command.args(&self.options).arg(file).stdout(Stdio::null());
        command.envs(self.variable);
        let begin = Instant::now();
        let output = command.output()?;
        let time = begin.elapsed();
        if output.status.success() {
            return Ok(Outcome::Time(time));
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let line = said.lines().find(|line| line.contains("Error") || line.contains("not built"));
        let line = line.unwrap_or("no word").trim_start_matches("axil: ");
        let line = line.rsplit_once(".js:").map_or(line, |(_, rest)| rest);
        Ok(Outcome::Failed(line.chars().take(60).collect()))
    }
}

/// Runs a file in QuickJS-ng.
pub fn run_quickjs(file: &str) -> io::Result<()> {
    let text = fs::read_to_string(file)?;
    let runtime = Runtime::new().map_err(io::Error::other)?;
    runtime.set_max_stack_size(STACK);
    let context = Context::full(&runtime).map_err(io::Error::other)?;
    context.with(|context| {
        context
            .eval::<(), _>(text)
            .map_err(|_| io::Error::other(format!("Error: {:?}", context.catch())))
    })?;
    while runtime.is_job_pending() {
        runtime.execute_pending_job().map_err(|_| io::Error::other("Error: a job has thrown"))?;
    }
    Ok(())
}
