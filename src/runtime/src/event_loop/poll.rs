//! Readiness of sockets: the one file that names mio.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use mio::{Events, Poll, Token};

pub use mio::event::Source as Pollable;
pub use mio::net::{TcpListener, TcpStream};
#[cfg(unix)]
pub use mio::net::{UnixListener, UnixStream};
#[cfg(unix)]
pub use mio::unix::{SourceFd, pipe};

/// What somebody wants to be told of a source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Interest {
    /// That it can be read.
    Readable,
    /// That it can be written.
    Writable,
    /// Both.
    Both,
}

impl From<Interest> for mio::Interest {
    fn from(interest: Interest) -> Self {
        match interest {
            Interest::Readable => Self::READABLE,
            Interest::Writable => Self::WRITABLE,
            Interest::Both => Self::READABLE | Self::WRITABLE,
        }
    }
}

/// What has happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    /// Another thread has something to say.
    Woken,
    /// A source is ready.
    Ready {
        /// The number it was registered with.
        source: usize,
        /// For what.
        readiness: Readiness,
    },
}

/// What a source is ready for. It is told once; who does not read until there is nothing
/// more has to remember.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Readiness {
    /// Something can be read, if only the end or an error.
    pub readable: bool,
    /// Something can be written, or an error be had.
    pub writable: bool,
    /// The other end will write no more.
    pub read_closed: bool,
    /// There is an error, which reading or writing gives.
    pub error: bool,
}

/// The number by which the waker is told from sources.
const WAKER: Token = Token(usize::MAX);

/// How many events are taken at once.
const CAPACITY: usize = 1024;

/// What waits for sources.
pub struct Poller {
    poll: Poll,
    events: Events,
    waker: Arc<mio::Waker>,
}

/// Ends a wait from any thread.
#[derive(Clone)]
pub struct Waker(Arc<mio::Waker>);

impl Waker {
    /// Ends the wait that is under way, or else the next one.
    pub fn wake(&self) {
        // It fails only where the loop is gone.
        let _ = self.0.wake();
    }
}

impl Poller {
    /// One without sources.
    ///
    /// # Errors
    /// Those of the system.
    pub fn new() -> io::Result<Self> {
        let poll = Poll::new()?;
        let waker = Arc::new(mio::Waker::new(poll.registry(), WAKER)?);
        Ok(Self { poll, events: Events::with_capacity(CAPACITY), waker })
    }

    /// What ends a wait.
    pub fn waker(&self) -> Waker {
        Waker(Arc::clone(&self.waker))
    }

    /// Adds a source under a number.
    ///
    /// # Errors
    /// Those of the system.
    pub fn register(
        &self,
        source: &mut impl Pollable,
        number: usize,
        interest: Interest,
    ) -> io::Result<()> {
        self.poll.registry().register(source, Token(number), interest.into())
    }

    /// Takes a source away.
    ///
    /// # Errors
    /// Those of the system.
    pub fn deregister(&self, source: &mut impl Pollable) -> io::Result<()> {
        self.poll.registry().deregister(source)
    }

    /// Waits until something happens or the time is over, and gives what has happened.
    ///
    /// # Errors
    /// Those of the system; that a signal has come is none.
    pub fn wait(&mut self, timeout: Option<Duration>, into: &mut Vec<Event>) -> io::Result<()> {
        match self.poll.poll(&mut self.events, timeout) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(()),
            other => other?,
        }
        into.extend(self.events.iter().map(|event| {
            if event.token() == WAKER {
                return Event::Woken;
            }
            let readiness = Readiness {
                readable: event.is_readable(),
                writable: event.is_writable(),
                read_closed: event.is_read_closed(),
                error: event.is_error(),
            };
            Event::Ready { source: event.token().0, readiness }
        }));
        Ok(())
    }
}
