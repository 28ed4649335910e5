//! A child process begins: what it runs, where, as whom, and what its descriptors are.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::sync::Arc;

use command_fds::{CommandFdExt, FdMapping};
use process_wrap::std::{CommandWrap, ProcessSession};
use rustix::process::Pid;

use crate::descriptors::Descriptor;

/// What one of the child's descriptors is.
#[derive(Clone)]
pub(super) enum Slot {
    /// `/dev/null` if it is a standard stream, else it is closed.
    Nothing,
    /// One end of a pair of sockets.
    Pipe,
    /// An open file of ours.
    Descriptor(Arc<Descriptor>),
}

/// What is to be run.
pub(super) struct Request {
    pub(super) file: String,
    /// The words that the child gets, its own name first.
    pub(super) words: Vec<String>,
    /// Lines of `NAME=value`.
    pub(super) environment: Vec<String>,
    pub(super) folder: Option<String>,
    /// In a session of its own.
    pub(super) is_detached: bool,
    pub(super) user: Option<u32>,
    pub(super) group: Option<u32>,
    pub(super) slots: Vec<Slot>,
}

/// A child that runs: its number, and our ends of its pipes, by descriptor.
pub(super) struct Started {
    pub(super) pid: Pid,
    pub(super) ends: Vec<Option<UnixStream>>,
}

/// The number of the first descriptor that is no standard stream.
const FIRST_OTHER: usize = 3;

impl Request {
    /// Runs it.
    pub(super) fn start(self) -> io::Result<Started> {
        let mut command = Command::new(&self.file);
        let mut words = self.words.into_iter();
        command.arg0(words.next().unwrap_or(self.file));
        command.args(words);
        set_environment(&mut command, self.environment);
        if let Some(folder) = self.folder {
            command.current_dir(folder);
        }
        if let Some(group) = self.group {
            command.gid(group);
        }
        if let Some(user) = self.user {
            command.uid(user);
        }
        let mut ends = Vec::new();
        let mut others = Vec::new();
        for (number, slot) in self.slots.into_iter().enumerate() {
            let (ours, theirs) = open(slot)?;
            if number < FIRST_OTHER
                && let Some(theirs) = &theirs
            {
                // Programs do not expect a standard stream that does not wait.
                let _ = rustix::io::ioctl_fionbio(theirs, false);
            }
            ends.push(ours);
            match (number, theirs) {
                (FIRST_OTHER.., Some(parent_fd)) => {
                    others.push(FdMapping { parent_fd, child_fd: number as i32 });
                }
                (FIRST_OTHER.., None) => {}
                (_, theirs) => {
                    let stdio = theirs.map_or_else(Stdio::null, Stdio::from);
                    match number {
                        0 => command.stdin(stdio),
                        1 => command.stdout(stdio),
                        _ => command.stderr(stdio),
                    };
                }
            }
        }
        if !others.is_empty() {
            command.fd_mappings(others).map_err(io::Error::other)?;
        }
        let id = if self.is_detached {
            CommandWrap::from(command).wrap(ProcessSession).spawn()?.id()
        } else {
            command.spawn()?.id()
        };
        let pid = Pid::from_raw(id as i32).ok_or(io::ErrorKind::NotFound)?;
        Ok(Started { pid, ends })
    }
}

/// Our end of a descriptor, if it is a pipe, and the child's.
fn open(slot: Slot) -> io::Result<(Option<UnixStream>, Option<OwnedFd>)> {
    match slot {
        Slot::Nothing => Ok((None, None)),
        Slot::Pipe => {
            let (ours, theirs) = UnixStream::pair()?;
            ours.set_nonblocking(true)?;
            Ok((Some(ours), Some(theirs.into())))
        }
        Slot::Descriptor(descriptor) => Ok((None, Some(descriptor.as_fd().try_clone_to_owned()?))),
    }
}

/// Says what differs from our own environment: a child that gets the same is started in a
/// cheaper way, and sees its variables in the same order.
fn set_environment(command: &mut Command, lines: Vec<String>) {
    let mut own: HashMap<OsString, OsString> = std::env::vars_os().collect();
    for line in lines {
        let (name, value) = line.split_once('=').unwrap_or((&line, ""));
        if own.remove(&OsString::from(name)).is_none_or(|own| own != value) && !name.is_empty() {
            command.env(name, value);
        }
    }
    for name in own.keys() {
        command.env_remove(name);
    }
}
