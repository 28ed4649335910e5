//! Queries of programs: a message goes to one server after the other until one of them
//! answers (RFC 1035, §4.2 and §7). What messages say, `js/internal/dns/message.js` knows.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Whom a message goes to, and how long that is tried.
pub(super) struct Exchange {
    /// The servers, in order.
    pub servers: Vec<SocketAddr>,
    /// The message; its first two bytes become its number.
    pub message: Vec<u8>,
    /// How long the first attempt waits; each round waits twice as long.
    pub timeout: Duration,
    /// No attempt waits longer.
    pub most: Duration,
    /// How many rounds there are.
    pub tries: u32,
    /// Where messages come from, if not from anywhere.
    pub local: (Option<Ipv4Addr>, Option<Ipv6Addr>),
    /// Nobody wants the answer any more.
    pub cancelled: Arc<AtomicBool>,
}

/// The length of what every message begins with.
const HEADER: usize = 12;

/// So often somebody asks whether an answer is still wanted.
const SLICE: Duration = Duration::from_millis(50);

impl Exchange {
    /// The answer of the first server that has one, or the code of the last error.
    pub(super) fn run(mut self) -> Result<Vec<u8>, &'static str> {
        let mut outcome = Err("ECONNREFUSED");
        let mut wait = self.timeout;
        for _ in 0..self.tries {
            for server in self.servers.clone() {
                if self.cancelled.load(Ordering::Relaxed) {
                    return Err("ECANCELLED");
                }
                getrandom::fill(&mut self.message[..2]).map_err(|_| "ENOMEM")?;
                outcome = self.ask(server, wait.min(self.most));
                match &outcome {
                    // SERVFAIL, NOTIMP, REFUSED: another server may know more.
                    Ok(answer) if matches!(answer[3] & 15, 2 | 4 | 5) => {}
                    Ok(_) => return outcome,
                    Err(_) => {}
                }
            }
            wait = wait.saturating_mul(2);
        }
        outcome
    }

    fn ask(&self, server: SocketAddr, wait: Duration) -> Result<Vec<u8>, &'static str> {
        let deadline = Instant::now() + wait;
        let answer = self.ask_by_datagram(server, deadline).map_err(|error| code_of(&error))?;
        if answer[2] & 2 == 0 {
            return Ok(answer);
        }
        // It did not fit into a datagram.
        let answer = self.ask_by_stream(server, deadline).map_err(|error| code_of(&error))?;
        if self.is_answer(&answer) { Ok(answer) } else { Err("EBADRESP") }
    }

    fn ask_by_datagram(&self, server: SocketAddr, deadline: Instant) -> io::Result<Vec<u8>> {
        let local = match server {
            SocketAddr::V4(_) => IpAddr::V4(self.local.0.unwrap_or(Ipv4Addr::UNSPECIFIED)),
            SocketAddr::V6(_) => IpAddr::V6(self.local.1.unwrap_or(Ipv6Addr::UNSPECIFIED)),
        };
        let socket = UdpSocket::bind(SocketAddr::new(local, 0))?;
        socket.connect(server)?;
        socket.send(&self.message)?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || self.cancelled.load(Ordering::Relaxed) {
                return Err(io::ErrorKind::TimedOut.into());
            }
            socket.set_read_timeout(Some(left.min(SLICE)))?;
            match socket.recv(&mut buffer) {
                Ok(length) if self.is_answer(&buffer[..length]) => {
                    buffer.truncate(length);
                    return Ok(buffer);
                }
                // What is no answer comes from somebody else.
                Ok(_) => {}
                Err(error) if is_timeout(&error) => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn ask_by_stream(&self, server: SocketAddr, deadline: Instant) -> io::Result<Vec<u8>> {
        let left = || deadline.saturating_duration_since(Instant::now()).max(SLICE);
        let mut stream = TcpStream::connect_timeout(&server, left())?;
        stream.set_read_timeout(Some(left()))?;
        stream.set_write_timeout(Some(left()))?;
        let length = self.message.len() as u16;
        stream.write_all(&[&length.to_be_bytes(), &self.message[..]].concat())?;
        let mut length = [0; 2];
        stream.read_exact(&mut length)?;
        let mut answer = vec![0; u16::from_be_bytes(length).into()];
        stream.read_exact(&mut answer)?;
        Ok(answer)
    }

    /// Whether a message is the answer to what was asked.
    fn is_answer(&self, message: &[u8]) -> bool {
        message.len() >= HEADER && message[..2] == self.message[..2] && message[2] & 0x80 != 0
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}

fn code_of(error: &io::Error) -> &'static str {
    if is_timeout(error) { "ETIMEOUT" } else { "ECONNREFUSED" }
}
