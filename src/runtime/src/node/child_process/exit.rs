//! A child process ends: how it is noticed, and what has become of it.

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};

use rustix::io::Errno;
use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};

/// How a child has ended.
#[derive(Clone, Copy, Debug)]
pub(super) enum Exit {
    /// With a code.
    Code(i32),
    /// By a signal.
    Signal(i32),
}

/// Something that can be read from once a child has ended.
pub(super) struct Notice(OwnedFd);

impl Notice {
    /// A notice of the end of a child.
    pub(super) fn of(pid: Pid) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        {
            use rustix::process::{PidfdFlags, pidfd_open};
            if let Ok(descriptor) = pidfd_open(pid, PidfdFlags::empty()) {
                return Ok(Self(descriptor));
            }
        }
        Self::from_thread(pid)
    }

    /// The same on systems without descriptors of processes: a thread waits, and closes its
    /// end of a pipe. The child stays to be reaped, so nobody else gets its number.
    fn from_thread(pid: Pid) -> io::Result<Self> {
        let (ours, theirs) = io::pipe()?;
        let wait = move || {
            let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
            while matches!(waitid(WaitId::Pid(pid), options), Err(Errno::INTR)) {}
            drop(theirs);
        };
        std::thread::Builder::new().name("axil-child".to_owned()).spawn(wait)?;
        Ok(Self(ours.into()))
    }

    /// The number of its descriptor.
    pub(super) fn number(&self) -> i32 {
        self.0.as_raw_fd()
    }
}

impl AsFd for Notice {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

/// Asks the system how a child has ended, which then forgets it. None while it runs.
pub(super) fn reap(pid: Pid) -> Option<Exit> {
    loop {
        match waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOHANG) {
            Err(Errno::INTR) => {}
            Ok(status) => {
                let status = status?;
                return Some(match status.exit_status() {
                    Some(code) => Exit::Code(code),
                    None => Exit::Signal(status.terminating_signal().unwrap_or(0)),
                });
            }
            // Somebody else has reaped it.
            Err(_) => return Some(Exit::Code(0)),
        }
    }
}
