//! File descriptors as programs have them: numbers, of which each stands for an open file.
//!
//! Numbers that a program has opened are in a table, which owns them; so work on another
//! thread keeps a file open that is closed meanwhile. The three standard streams are there
//! from the beginning, and what the process was started with joins when it is asked for.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use rustix::io::Errno;

/// An open file.
#[derive(Debug)]
pub enum Descriptor {
    /// One of the standard streams.
    Standard(i32),
    /// Another one, which is closed with its last user.
    Owned(OwnedFd),
}

impl AsFd for Descriptor {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Self::Standard(0) => rustix::stdio::stdin(),
            Self::Standard(1) => rustix::stdio::stdout(),
            Self::Standard(_) => rustix::stdio::stderr(),
            Self::Owned(descriptor) => descriptor.as_fd(),
        }
    }
}

/// The last number of a standard stream.
const LAST_STANDARD: i32 = 2;

static TABLE: LazyLock<Mutex<FxHashMap<i32, Arc<Descriptor>>>> = LazyLock::new(|| {
    let standard = (0..=LAST_STANDARD).map(|number| (number, Descriptor::Standard(number)));
    Mutex::new(standard.map(|(number, it)| (number, Arc::new(it))).collect())
});

fn with_table<T>(action: impl FnOnce(&mut FxHashMap<i32, Arc<Descriptor>>) -> T) -> T {
    action(&mut TABLE.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The open file of a number.
///
/// # Errors
/// `EBADF` if there is none.
pub fn get(number: i32) -> Result<Arc<Descriptor>, Errno> {
    if let Some(known) = with_table(|table| table.get(&number).map(Arc::clone)) {
        return Ok(known);
    }
    if number <= LAST_STANDARD {
        return Err(Errno::BADF);
    }
    let descriptor = Arc::new(Descriptor::Owned(inherited(number)?));
    with_table(|table| table.insert(number, Arc::clone(&descriptor)));
    Ok(descriptor)
}

/// A second descriptor of a file that somebody else has opened.
#[cfg(target_os = "linux")]
fn inherited(number: i32) -> Result<OwnedFd, Errno> {
    use rustix::process::{PidfdFlags, PidfdGetfdFlags, getpid, pidfd_getfd, pidfd_open};
    let own = pidfd_open(getpid(), PidfdFlags::empty()).map_err(|_| Errno::BADF)?;
    // The number was free until just now.
    if own.as_raw_fd() == number {
        return Err(Errno::BADF);
    }
    pidfd_getfd(own, number, PidfdGetfdFlags::empty()).map_err(|_| Errno::BADF)
}

#[cfg(not(target_os = "linux"))]
fn inherited(_: i32) -> Result<OwnedFd, Errno> {
    Err(Errno::BADF)
}

/// Takes an open file into the table: its number.
pub fn adopt(descriptor: OwnedFd) -> i32 {
    let number = descriptor.as_raw_fd();
    with_table(|table| table.insert(number, Arc::new(Descriptor::Owned(descriptor))));
    number
}

/// Closes a number. What is under way with it goes on.
///
/// # Errors
/// `EBADF` if it is not open.
pub fn close(number: i32) -> Result<(), Errno> {
    let descriptor = get(number)?;
    with_table(|table| table.remove(&number));
    if let Descriptor::Standard(number) = *descriptor {
        // The number stays taken, as something that says nothing and hears nothing.
        let nothing = rustix::fs::open(
            "/dev/null",
            rustix::fs::OFlags::RDWR | rustix::fs::OFlags::CLOEXEC,
            rustix::fs::Mode::empty(),
        )?;
        match number {
            0 => rustix::stdio::dup2_stdin(nothing)?,
            1 => rustix::stdio::dup2_stdout(nothing)?,
            _ => rustix::stdio::dup2_stderr(nothing)?,
        }
    }
    Ok(())
}

/// Writes all of some bytes, waiting where the other side is slow.
///
/// # Errors
/// Those of the system.
pub fn write_all(descriptor: &Descriptor, bytes: &[u8]) -> Result<(), Errno> {
    use rustix::event::{PollFd, PollFlags, poll};
    let mut rest = bytes;
    while !rest.is_empty() {
        match rustix::io::write(descriptor, rest) {
            Ok(count) => rest = &rest[count..],
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => {
                let mut wanted = [PollFd::new(descriptor, PollFlags::OUT)];
                match poll(&mut wanted, None) {
                    Ok(_) | Err(Errno::INTR) => {}
                    Err(error) => return Err(error),
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
