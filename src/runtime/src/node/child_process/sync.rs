//! Children that a program waits for: what it writes to them and reads of them goes through
//! a small loop of its own.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::Pid;

use super::exit::{self, Exit, Notice};
use super::{errno, request, send};
use crate::native::{array, define, integer, new_object};
use crate::node::system_error::SystemError;

/// How much is read at once.
const CHUNK: usize = 65_536;

/// A pipe to or from the child.
struct Pipe {
    /// None once everything is read and written.
    end: Option<UnixStream>,
    /// What is still to be written.
    input: Vec<u8>,
    written: usize,
    is_writing: bool,
    /// What was read; none if nothing is.
    output: Option<Vec<u8>>,
}

/// A child that is waited for.
struct Run {
    pid: Pid,
    notice: Notice,
    pipes: Vec<Option<Pipe>>,
    exit: Option<Exit>,
    error: Option<SystemError>,
    signal: i32,
    most: f64,
}

/// `spawnSync(…as for spawn, timeout, most bytes, signal, inputs)`: the first eight are
/// those of `Process.spawn`. A child is written to where `inputs` has bytes or null, and
/// read of where it has undefined.
pub(super) fn spawn_sync(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let result = new_object(vm);
    let request = match request(vm, arguments)? {
        Ok(request) => request,
        Err(error) => return Ok(errno(&error.into())),
    };
    let timeout = arguments.get(8).as_number().filter(|it| *it > 0.0);
    let most = arguments.get(9).as_number().unwrap_or(f64::INFINITY);
    let signal = integer(arguments, 10) as i32;
    let inputs = vm.create_list_from_array_like(arguments.get(11))?;
    let started = match request.start() {
        Ok(started) => started,
        Err(error) => return Ok(errno(&error)),
    };
    let mut pipes = Vec::new();
    for (number, end) in started.ends.into_iter().enumerate() {
        let input = inputs.as_slice().get(number).copied().unwrap_or(Value::UNDEFINED);
        let bytes = vm.with_bytes(input, |_, bytes| bytes.to_vec());
        pipes.push(end.map(|end| Pipe {
            end: Some(end),
            is_writing: !input.is_undefined(),
            input: bytes.unwrap_or_default(),
            written: 0,
            output: input.is_undefined().then(Vec::new),
        }));
    }
    let notice = match Notice::of(started.pid) {
        Ok(notice) => notice,
        Err(error) => return Ok(errno(&error)),
    };
    let mut run = Run { pid: started.pid, notice, pipes, exit: None, error: None, signal, most };
    let deadline = timeout
        .and_then(|it| Duration::try_from_secs_f64(it / 1000.0).ok())
        .and_then(|it| Instant::now().checked_add(it));
    run.finish(deadline);
    let mut outputs = vm.memory.rooted_vec();
    for pipe in &run.pipes {
        let bytes = pipe.as_ref().and_then(|pipe| pipe.output.as_ref());
        outputs.push(match bytes {
            Some(bytes) => Value::cell(vm.new_uint8_array(bytes)?),
            None => Value::NULL,
        });
    }
    let outputs = array(vm, outputs.as_slice());
    let (code, signal) = match run.exit {
        Some(Exit::Code(code)) => (Value::int(code), Value::NULL),
        Some(Exit::Signal(signal)) => (Value::NULL, Value::int(signal)),
        None => (Value::NULL, Value::NULL),
    };
    let error = run.error.map_or(Value::UNDEFINED, |error| Value::int(error.errno));
    let pid = Value::int(run.pid.as_raw_nonzero().get());
    let rows =
        [("pid", pid), ("status", code), ("signal", signal), ("error", error), ("output", outputs)];
    for (name, value) in rows {
        define(vm, result, name, value);
    }
    Ok(Value::cell(result))
}

impl Pipe {
    /// What it waits for.
    fn wanted(&self) -> PollFlags {
        if self.is_writing { PollFlags::OUT } else { PollFlags::IN }
    }

    /// Writes or reads what can be without waiting. Whether it has read.
    fn proceed(&mut self) -> io::Result<()> {
        let Some(end) = self.end.as_mut() else { return Ok(()) };
        if self.is_writing {
            match end.write(&self.input[self.written..]) {
                Ok(count) => {
                    self.written += count;
                    if self.written == self.input.len() {
                        self.end = None;
                    }
                    Ok(())
                }
                Err(error) if is_for_later(&error) => Ok(()),
                Err(error) => {
                    self.end = None;
                    Err(error)
                }
            }
        } else {
            let mut bytes = vec![0; CHUNK];
            match end.read(&mut bytes) {
                Ok(0) => self.end = None,
                Ok(count) => {
                    if let Some(output) = self.output.as_mut() {
                        output.extend_from_slice(&bytes[..count]);
                    }
                }
                Err(error) if is_for_later(&error) => {}
                // The child has gone without reading all that it was given.
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => self.end = None,
                Err(error) => {
                    self.end = None;
                    return Err(error);
                }
            }
            Ok(())
        }
    }
}

fn is_for_later(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted)
}

impl Run {
    /// Waits for the end of the child and of its pipes.
    fn finish(&mut self, deadline: Option<Instant>) {
        let mut deadline = deadline;
        for pipe in self.pipes.iter_mut().flatten() {
            if pipe.is_writing && pipe.input.is_empty() {
                pipe.end = None;
            }
        }
        while self.exit.is_none() || self.pipes.iter().flatten().any(|pipe| pipe.end.is_some()) {
            let ready = match self.wait(deadline) {
                Ok(ready) => ready,
                Err(error) => {
                    self.fail(SystemError::of(&error.into()));
                    self.kill();
                    return;
                }
            };
            for number in ready {
                self.proceed(number);
            }
            if self.exit.is_none() {
                self.look();
            }
            if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
                deadline = None;
                self.fail(SystemError::named("ETIMEDOUT"));
                self.kill();
            }
        }
    }

    /// Looks whether the child has ended.
    fn look(&mut self) {
        let mut wanted = [PollFd::new(&self.notice, PollFlags::IN)];
        let now = Timespec { tv_sec: 0, tv_nsec: 0 };
        if poll(&mut wanted, Some(&now)).is_ok_and(|count| count > 0) {
            self.exit = exit::reap(self.pid);
        }
    }

    /// The pipes that are ready.
    fn wait(&self, deadline: Option<Instant>) -> Result<Vec<usize>, Errno> {
        let mut wanted = Vec::new();
        let mut numbers = Vec::new();
        for (number, pipe) in self.pipes.iter().enumerate() {
            if let Some(pipe) = pipe
                && let Some(end) = &pipe.end
            {
                wanted.push(PollFd::new(end, pipe.wanted()));
                numbers.push(number);
            }
        }
        if self.exit.is_none() {
            wanted.push(PollFd::new(&self.notice, PollFlags::IN));
        }
        let patience = deadline.map(|deadline| {
            let left = deadline.saturating_duration_since(Instant::now());
            Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() }
        });
        match poll(&mut wanted, patience.as_ref()) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error),
        }
        let is_ready = |(_, fd): &(usize, &PollFd<'_>)| !fd.revents().is_empty();
        let ready = numbers.into_iter().zip(&wanted).filter(is_ready);
        Ok(ready.map(|(number, _)| number).collect())
    }

    fn proceed(&mut self, number: usize) {
        let Some(pipe) = self.pipes.get_mut(number).and_then(Option::as_mut) else { return };
        if let Err(error) = pipe.proceed() {
            let error = SystemError::of(&error);
            self.fail(error);
            return;
        }
        let length = pipe.output.as_ref().map_or(0, Vec::len);
        if self.most > 0.0 && length as f64 > self.most {
            self.fail(SystemError::named("ENOBUFS"));
            self.kill();
        }
    }

    fn fail(&mut self, error: SystemError) {
        self.error.get_or_insert(error);
    }

    /// Ends the child, and waits for none of its pipes: others may hold them.
    fn kill(&mut self) {
        for pipe in self.pipes.iter_mut().flatten() {
            pipe.end = None;
        }
        if self.exit.is_none()
            && let Err(error) = send(self.pid, self.signal)
            && error != Errno::SRCH
        {
            self.fail(SystemError::of(&error.into()));
            // A signal that the system has never heard of ends nobody.
            let _ = send(self.pid, rustix::process::Signal::KILL.as_raw());
        }
    }
}
