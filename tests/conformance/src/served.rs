//! A server that Axil runs, and clients that talk to it in bytes.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// A process that serves. It is killed when nobody holds it any more.
pub struct Served {
    process: Child,
    output: BufReader<ChildStdout>,
    port: u16,
}

impl Served {
    /// Starts a program, which says its port in the first line that it prints.
    ///
    /// # Errors
    /// If it cannot be started, or prints something else.
    pub fn start(axil: &Path, program: &Path, arguments: &[&str]) -> io::Result<Self> {
        let mut command = Command::new(axil);
        command.arg(program).args(arguments);
        Self::spawn(command)
    }

    /// The same of a command.
    ///
    /// # Errors
    /// The same.
    pub fn spawn(mut command: Command) -> io::Result<Self> {
        let mut process = command.stdout(Stdio::piped()).spawn()?;
        let output = process.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let mut output = BufReader::new(output);
        let mut line = String::new();
        output.read_line(&mut line)?;
        let port = line.trim().parse().map_err(|_| io::Error::other(format!("no port: {line}")))?;
        Ok(Self { process, output, port })
    }

    /// A connection to it.
    ///
    /// # Errors
    /// Those of the system.
    pub fn connect(&self) -> io::Result<TcpStream> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        stream.set_write_timeout(Some(Duration::from_secs(20)))?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    /// Sends bytes on a connection of their own; all that comes back until it is closed.
    ///
    /// # Errors
    /// Those of the system. A reset counts as an end.
    pub fn exchange(&self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut stream = self.connect()?;
        // Whoever refuses early may have closed by now.
        let _ = stream.write_all(bytes);
        read_to_end(&mut stream)
    }

    /// What a path gives, on a connection of its own: the body as text.
    ///
    /// # Errors
    /// Those of the system.
    pub fn get(&self, path: &str) -> io::Result<String> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let response = self.exchange(request.as_bytes())?;
        let response = String::from_utf8_lossy(&response).into_owned();
        let (_, body) = response.split_once("\r\n\r\n").unwrap_or(("", ""));
        Ok(body.to_owned())
    }

    /// A number that the program tells of itself at `/seen`.
    ///
    /// # Errors
    /// Those of the system; if there is no such number.
    pub fn seen(&self, name: &str) -> io::Result<u64> {
        let told = self.get("/seen")?;
        let all: serde_json::Value = serde_json::from_str(&told)?;
        all[name].as_u64().ok_or_else(|| io::Error::other(format!("no {name} in {told}")))
    }

    /// The bytes of memory that it has; none where the system does not say.
    pub fn memory(&self) -> Option<u64> {
        status_bytes(self.process.id(), "VmRSS:")
    }

    /// Asks it to end, as a supervisor does.
    ///
    /// # Errors
    /// Those of the system.
    pub fn terminate(&self) -> io::Result<()> {
        let status = Command::new("kill").arg(self.process.id().to_string()).status()?;
        if status.success() { Ok(()) } else { Err(io::Error::other("it cannot be told to end")) }
    }

    /// Waits for its end; what it has printed since the port, and whether it ended well.
    ///
    /// # Errors
    /// If it has not ended by then.
    pub fn wait(&mut self, patience: Duration) -> io::Result<(String, bool)> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait()? {
                let mut rest = String::new();
                self.output.read_to_string(&mut rest)?;
                return Ok((rest, status.success()));
            }
            if start.elapsed() > patience {
                return Err(io::Error::other("it has not come to an end"));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Whether it still runs.
    ///
    /// # Errors
    /// Those of the system.
    pub fn is_alive(&mut self) -> io::Result<bool> {
        Ok(self.process.try_wait()?.is_none())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A size that the system tells of a process, like `VmHWM:`, in bytes; none where it tells
/// nothing.
pub fn status_bytes(process: u32, name: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes << 10)
}

/// All that comes until the other end closes, or resets the connection.
///
/// # Errors
/// Those of the system, a time-out among them.
pub fn read_to_end(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut all = Vec::new();
    match stream.read_to_end(&mut all) {
        Err(error) if error.kind() != io::ErrorKind::ConnectionReset => Err(error),
        _ => Ok(all),
    }
}

/// One response of a connection that goes on: its head, and a body of the length it says.
///
/// # Errors
/// Those of the system; if it ends early.
pub fn read_response(reader: &mut impl BufRead) -> io::Result<(String, Vec<u8>)> {
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line == "\r\n" {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok((head, body))
}
