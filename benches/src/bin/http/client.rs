//! The client: many connections on one thread, each of which asks again as soon as it is
//! answered.

use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};

/// What is asked, and by how many.
pub struct Load<'r> {
    pub request: &'r [u8],
    pub connections: usize,
}

/// What has come of it.
pub struct Served {
    /// Of each answer, in nanoseconds, in order.
    pub latencies: Vec<u64>,
    pub time: Duration,
}

impl Served {
    /// The latency in milliseconds that so many in a hundred stay below.
    pub fn percentile(&self, percent: f64) -> f64 {
        let at = (self.latencies.len() as f64 * percent / 100.0) as usize;
        let at = at.min(self.latencies.len().saturating_sub(1));
        self.latencies.get(at).map_or(0.0, |nanoseconds| *nanoseconds as f64 / 1e6)
    }
}

struct Connection {
    stream: TcpStream,
    /// When the request was sent that is being answered.
    since: Instant,
    /// What has come of the head.
    head: Vec<u8>,
    /// What is missing of the body; none while the head is.
    missing: Option<Missing>,
}

#[derive(Clone, Copy)]
enum Missing {
    Bytes(usize),
    /// Chunks up to the last one.
    Chunks,
}

/// What a body in chunks ends with. It is the last on its connection, for nothing is asked
/// before it has come.
const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

impl Load<'_> {
    /// Asks for a time.
    ///
    /// # Errors
    /// Those of the system, and if a response is none that can be counted.
    pub fn run(&self, address: SocketAddr, time: Duration) -> io::Result<Served> {
        let mut poll = Poll::new()?;
        let mut events = Events::with_capacity(self.connections);
        let start = Instant::now();
        let mut connections = Vec::with_capacity(self.connections);
        for number in 0..self.connections {
            let stream = std::net::TcpStream::connect(address)?;
            stream.set_nodelay(true)?;
            stream.set_nonblocking(true)?;
            let mut stream = TcpStream::from_std(stream);
            poll.registry().register(&mut stream, Token(number), Interest::READABLE)?;
            let mut connection =
                Connection { stream, since: start, head: Vec::new(), missing: None };
            connection.ask(self.request)?;
            connections.push(connection);
        }
        let mut latencies = Vec::with_capacity(1 << 20);
        let mut buffer = vec![0; 256 << 10];
        while start.elapsed() < time {
            poll.poll(&mut events, Some(Duration::from_millis(100)))?;
            for event in &events {
                let connection = &mut connections[event.token().0];
                while connection.read(&mut buffer)? {
                    latencies.push(connection.since.elapsed().as_nanos() as u64);
                    connection.ask(self.request)?;
                }
            }
        }
        let time = start.elapsed();
        latencies.sort_unstable();
        Ok(Served { latencies, time })
    }
}

impl Connection {
    fn ask(&mut self, request: &[u8]) -> io::Result<()> {
        self.since = Instant::now();
        // It is far shorter than what the system takes at once.
        if self.stream.write(request)? < request.len() {
            return Err(io::Error::other("a request was not taken at once"));
        }
        Ok(())
    }

    /// Reads what is there; whether a response is complete.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<bool> {
        loop {
            let count = match self.stream.read(buffer) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(false),
                Err(error) => return Err(error),
            };
            let bytes = &buffer[..count];
            let missing = match self.missing {
                Some(missing) => missing.without(bytes),
                None => {
                    self.head.extend_from_slice(bytes);
                    let end = self.head.windows(4).position(|part| part == b"\r\n\r\n");
                    let Some(end) = end else { continue };
                    let (head, body) = self.head.split_at(end + 4);
                    let missing = body_of(head)?.without(body);
                    self.head.clear();
                    missing
                }
            };
            match missing {
                Some(Missing::Bytes(0)) => {
                    self.missing = None;
                    return Ok(true);
                }
                Some(missing) => self.missing = Some(missing),
                None => return Err(io::Error::other("a response is longer than it says")),
            }
        }
    }
}

impl Missing {
    /// What is missing after some has come; none if that is too much.
    fn without(self, bytes: &[u8]) -> Option<Self> {
        match self {
            Self::Bytes(count) => count.checked_sub(bytes.len()).map(Self::Bytes),
            Self::Chunks if bytes.ends_with(LAST_CHUNK) => Some(Self::Bytes(0)),
            Self::Chunks => Some(self),
        }
    }
}

/// What follows a head.
fn body_of(head: &[u8]) -> io::Result<Missing> {
    let head = String::from_utf8_lossy(head);
    if !head.starts_with("HTTP/1.1 200 ") {
        return Err(io::Error::other(format!("a response is none: {head}")));
    }
    for (name, value) in head.lines().filter_map(|line| line.split_once(':')) {
        if name.eq_ignore_ascii_case("content-length") {
            return value.trim().parse().map(Missing::Bytes).map_err(io::Error::other);
        }
        if name.eq_ignore_ascii_case("transfer-encoding") {
            return Ok(Missing::Chunks);
        }
    }
    Err(io::Error::other("a response does not say how long it is"))
}
