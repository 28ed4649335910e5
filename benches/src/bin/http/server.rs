//! The servers: processes on a processor of their own.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use axil_conformance::node;
use axil_conformance::served::status_bytes;

/// Who serves.
pub struct Contender {
    pub name: &'static str,
    pub program: PathBuf,
    pub options: Vec<String>,
}

/// One that serves; it is stopped when nobody holds it any more.
pub struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts a program, and waits until it listens.
    pub fn start(contender: &Contender, program: &Path, file: &Path) -> io::Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut process = Command::new(&contender.program)
            .args(&contender.options)
            .arg(program)
            .arg(port.to_string())
            .arg(file)
            .arg(node::packages())
            .stdout(Stdio::piped())
            .spawn()?;
        pin(process.id(), 0)?;
        let output = process.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        if line.trim() != "listening" {
            return Err(io::Error::other(format!("{} does not serve: {line}", contender.name)));
        }
        Ok(Self { process, port })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    /// The time that it has had the processor; 0 where the system does not tell.
    pub fn cpu_seconds(&self) -> f64 {
        let path = format!("/proc/{}/stat", self.process.id());
        let told = fs::read_to_string(path).unwrap_or_default();
        // Behind the name, which may hold spaces, in hundredths of a second.
        let fields: Vec<&str> = told.rsplit(')').next().unwrap_or("").split_whitespace().collect();
        let field = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok());
        (field(11).unwrap_or(0.0) + field(12).unwrap_or(0.0)) / 100.0
    }

    /// The most bytes of memory that it has had; 0 where the system does not tell.
    pub fn peak_memory(&self) -> u64 {
        status_bytes(self.process.id(), "VmHWM:").unwrap_or(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Has this process run on the second processor.
pub fn pin_this() -> io::Result<()> {
    pin(std::process::id(), 1)
}

/// Has a process run on one processor only, where the system can do that.
fn pin(process: u32, processor: usize) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::thread::{CpuSet, sched_setaffinity};
        let mut set = CpuSet::new();
        set.set(processor);
        let process =
            rustix::thread::Pid::from_raw(i32::try_from(process).map_err(io::Error::other)?);
        sched_setaffinity(process, &set)?;
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (process, processor);
    Ok(())
}
