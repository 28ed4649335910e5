//! A connected socket: what is read goes to whoever consumes it, what is written waits
//! until the system takes it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io::{self, IoSlice, Read, Write};
use std::net::Shutdown;
use std::rc::Rc;

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::vm::Vm;

#[cfg(unix)]
use crate::event_loop::poll::UnixStream;
use crate::event_loop::poll::{Interest, Readiness, TcpStream};
use crate::event_loop::{Hold, Source};
use crate::node::system_error::SystemError;
use crate::runtime;

/// How much is read at once.
const READ_SIZE: usize = 64 << 10;

/// A socket of the system.
pub enum Io {
    /// TCP
    Tcp(TcpStream),
    /// A Unix domain socket.
    #[cfg(unix)]
    Unix(UnixStream),
}

impl Io {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(stream) => stream.read(into),
            #[cfg(unix)]
            Self::Unix(stream) => stream.read(into),
        }
    }

    fn write(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        match (self, slices) {
            (Self::Tcp(stream), [one]) => stream.write(one),
            (Self::Tcp(stream), many) => stream.write_vectored(many),
            #[cfg(unix)]
            (Self::Unix(stream), [one]) => stream.write(one),
            #[cfg(unix)]
            (Self::Unix(stream), many) => stream.write_vectored(many),
        }
    }

    fn shut_down(&self) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.shutdown(Shutdown::Write),
            #[cfg(unix)]
            Self::Unix(stream) => stream.shutdown(Shutdown::Write),
        }
    }

    fn error(&self) -> Option<io::Error> {
        let error = match self {
            Self::Tcp(stream) => stream.take_error(),
            #[cfg(unix)]
            Self::Unix(stream) => stream.take_error(),
        };
        error.ok().flatten()
    }
}

/// Who is told what happens to a socket. Whoever is called may do anything with it.
pub trait Consumer {
    /// A connection that was being made is there, or has failed.
    fn connected(self: Rc<Self>, vm: &mut Vm, result: Result<(), SystemError>) {
        let _ = (vm, result);
    }

    /// Bytes have come.
    fn data(self: Rc<Self>, vm: &mut Vm, bytes: &[u8]);

    /// The other end writes no more.
    fn end(self: Rc<Self>, vm: &mut Vm);

    /// The connection is broken.
    fn error(self: Rc<Self>, vm: &mut Vm, error: SystemError);

    /// The socket is being closed here: the last moment to write something.
    fn closing(self: Rc<Self>, vm: &mut Vm, stream: &Stream) {
        let _ = (vm, stream);
    }

    /// The socket has been closed here.
    fn closed(self: Rc<Self>, vm: &mut Vm) {
        let _ = vm;
    }

    /// What was to be written is.
    fn flushed(self: Rc<Self>, vm: &mut Vm) {
        let _ = vm;
    }

    /// The script's object for the socket.
    fn object(&self) -> Option<Gc<Object>> {
        None
    }
}

/// What is done when all that was to be written before is written, or cannot be.
pub type Written = Box<dyn FnOnce(&mut Vm, Result<(), SystemError>)>;

/// What waits to be written.
#[derive(Default)]
struct Output {
    pieces: VecDeque<Vec<u8>>,
    /// How much of the first piece is written.
    offset: usize,
    /// How much waits.
    length: usize,
    /// Who waits, and for how much of all that was ever written.
    waiting: VecDeque<(u64, Written)>,
    /// After it, nothing is written any more.
    is_last: bool,
    /// Who is told when the other end has been told that.
    shut_down: Option<Written>,
}

/// A socket.
pub struct Stream {
    io: RefCell<Option<Io>>,
    source: Cell<Option<usize>>,
    /// While something is waited for, and it is referenced, the loop goes on.
    pub hold: Hold,
    consumer: RefCell<Option<Rc<dyn Consumer>>>,
    is_connecting: Cell<bool>,
    /// Somebody wants what comes.
    is_reading: Cell<bool>,
    /// The system may have something.
    is_readable: Cell<bool>,
    /// The other end has closed, or the connection is broken: behind what can be read
    /// stands an end, of which the system tells only once.
    end_is_near: Cell<bool>,
    /// A read is to be tried again in the next turn.
    is_scheduled: Cell<bool>,
    has_ended: Cell<bool>,
    output: RefCell<Output>,
    /// How many bytes have come.
    pub bytes_read: Cell<u64>,
    /// How many bytes were written, those that wait included.
    pub bytes_written: Cell<u64>,
    /// How many bytes the system has taken.
    bytes_sent: Cell<u64>,
}

/// The memory that all sockets read into, one after the other.
struct ReadBuffer(RefCell<Vec<u8>>);

impl Stream {
    /// Takes a socket that is connected, or is being connected, into the loop.
    ///
    /// # Errors
    /// Those of the system.
    pub fn open(vm: &Vm, io: Io, is_connecting: bool) -> io::Result<Rc<Self>> {
        let runtime = runtime::of(vm);
        let stream = Rc::new(Self {
            io: RefCell::new(Some(io)),
            source: Cell::new(None),
            hold: runtime.event_loop.hold(),
            consumer: RefCell::new(None),
            is_connecting: Cell::new(is_connecting),
            is_reading: Cell::new(false),
            is_readable: Cell::new(!is_connecting),
            end_is_near: Cell::new(false),
            is_scheduled: Cell::new(false),
            has_ended: Cell::new(false),
            output: RefCell::default(),
            bytes_read: Cell::new(0),
            bytes_written: Cell::new(0),
            bytes_sent: Cell::new(0),
        });
        stream.hold.set_active(is_connecting);
        let mut io = stream.io.borrow_mut();
        let who: Rc<dyn Source> = Rc::<Self>::clone(&stream);
        let source = match io.as_mut() {
            Some(Io::Tcp(tcp)) => runtime.event_loop.register(tcp, Interest::Both, who)?,
            #[cfg(unix)]
            Some(Io::Unix(unix)) => runtime.event_loop.register(unix, Interest::Both, who)?,
            None => return Err(io::ErrorKind::NotConnected.into()),
        };
        stream.source.set(Some(source));
        drop(io);
        Ok(stream)
    }

    /// Sets who is told from now on.
    pub fn set_consumer(&self, consumer: Rc<dyn Consumer>) {
        *self.consumer.borrow_mut() = Some(consumer);
    }

    fn consumer(&self) -> Option<Rc<dyn Consumer>> {
        self.consumer.borrow().clone()
    }

    /// Whether it has not been closed.
    pub fn is_open(&self) -> bool {
        self.io.borrow().is_some()
    }

    /// Whether the other end has written all that it will.
    pub fn has_ended(&self) -> bool {
        self.has_ended.get()
    }

    /// Does something with the socket of the system; none if it is closed.
    pub fn with_io<T>(&self, action: impl FnOnce(&Io) -> T) -> Option<T> {
        self.io.borrow().as_ref().map(action)
    }

    // -----------------------------------------------------------------------
    // Reading
    // -----------------------------------------------------------------------

    /// Has the consumer be told what comes, from the next turn on what is there already.
    pub fn start_reading(self: &Rc<Self>, vm: &Vm) {
        if !self.is_reading.replace(true) && self.is_readable.get() {
            self.schedule(vm);
        }
        self.settle_hold();
    }

    /// The loop goes on for what is read, written or connected, but not for a socket that
    /// is just there.
    fn settle_hold(&self) {
        let is_reading = self.is_reading.get() && !self.has_ended.get();
        let is_writing = self.queued() > 0 || self.output.borrow().is_last;
        let waits = self.is_connecting.get() || is_reading || is_writing;
        self.hold.set_active(waits && self.is_open());
    }

    /// Leaves what comes where it is.
    pub fn stop_reading(&self) {
        self.is_reading.set(false);
        self.settle_hold();
    }

    fn schedule(self: &Rc<Self>, vm: &Vm) {
        if self.is_scheduled.replace(true) {
            return;
        }
        let this = Rc::clone(self);
        let event_loop = &runtime::of(vm).event_loop;
        event_loop.defer_ready(Box::new(move |vm| {
            this.is_scheduled.set(false);
            this.read(vm);
        }));
    }

    /// Reads once, so that others have their turn. Where there may be more, the rest is
    /// read in the next turn.
    fn read(self: &Rc<Self>, vm: &mut Vm) {
        let wants = self.is_reading.get() && self.is_readable.get() && !self.has_ended.get();
        if !wants || self.is_connecting.get() {
            return;
        }
        let shared = runtime::of(vm).state(|| ReadBuffer(RefCell::default()));
        let mut buffer = std::mem::take(&mut *shared.0.borrow_mut());
        buffer.resize(READ_SIZE, 0);
        let result = match self.io.borrow_mut().as_mut() {
            Some(io) => retry(|| io.read(&mut buffer)),
            None => return,
        };
        match result {
            Ok(0) => {
                self.has_ended.set(true);
                self.settle_hold();
                if let Some(consumer) = self.consumer() {
                    consumer.end(vm);
                }
            }
            Ok(count) => {
                self.bytes_read.set(self.bytes_read.get() + count as u64);
                // Less than there was room for: nothing is left, and there will be an event.
                self.is_readable.set(count == READ_SIZE || self.end_is_near.get());
                if let Some(consumer) = self.consumer() {
                    consumer.data(vm, &buffer[..count]);
                }
                if self.is_readable.get() && self.is_reading.get() && self.is_open() {
                    self.schedule(vm);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.is_readable.set(false),
            Err(error) => self.fail(vm, &error),
        }
        *shared.0.borrow_mut() = buffer;
    }

    /// Reads what the system has by now, without waiting for it to tell.
    pub fn read_what_is_there(self: &Rc<Self>, vm: &mut Vm) {
        self.is_readable.set(true);
        self.read(vm);
    }

    fn fail(self: &Rc<Self>, vm: &mut Vm, error: &io::Error) {
        self.is_readable.set(false);
        let error = SystemError::of(error);
        self.abandon_output(vm, error);
        // Nothing comes of it any more.
        self.is_reading.set(false);
        self.settle_hold();
        if let Some(consumer) = self.consumer() {
            consumer.error(vm, error);
        }
    }

    // -----------------------------------------------------------------------
    // Writing
    // -----------------------------------------------------------------------

    /// How many bytes wait to be written.
    pub fn queued(&self) -> usize {
        self.output.borrow().length
    }

    /// Writes bytes, as many as the system takes; the others wait. The consumer is told of
    /// an error in the next turn.
    pub fn write(self: &Rc<Self>, vm: &mut Vm, bytes: Vec<u8>) {
        self.bytes_written.set(self.bytes_written.get() + bytes.len() as u64);
        let mut output = self.output.borrow_mut();
        let was_empty = output.length == 0;
        output.length += bytes.len();
        if !bytes.is_empty() {
            output.pieces.push_back(bytes);
        }
        drop(output);
        if was_empty && !self.is_connecting.get() {
            self.try_to_write(vm);
        }
        self.settle_hold();
    }

    /// Writes bytes, and copies those that the system does not take at once.
    pub fn write_from(self: &Rc<Self>, vm: &mut Vm, bytes: &[u8]) {
        let mut written = 0;
        if self.queued() == 0 && !self.is_connecting.get() {
            let result = match self.io.borrow_mut().as_mut() {
                Some(io) => retry(|| io.write(&[IoSlice::new(bytes)])),
                None => return,
            };
            if let Ok(count) = result {
                written = count;
                self.bytes_written.set(self.bytes_written.get() + count as u64);
                self.bytes_sent.set(self.bytes_sent.get() + count as u64);
            }
        }
        if written < bytes.len() {
            self.write(vm, bytes[written..].to_vec());
        }
    }

    /// Writes bytes as far as the system takes them now, and forgets the others.
    pub fn write_if_possible(&self, bytes: &[u8]) {
        if self.queued() > 0 || self.is_connecting.get() {
            return;
        }
        if let Some(io) = self.io.borrow_mut().as_mut() {
            // Nobody waits for what does not go out.
            let _ = retry(|| io.write(&[IoSlice::new(bytes)]));
        }
    }

    /// Does something when all that has been given to [`Self::write`] is written.
    pub fn when_written(&self, action: Written) {
        let until = self.bytes_written.get();
        self.output.borrow_mut().waiting.push_back((until, action));
    }

    /// Whether everything that was given to [`Self::write`] is written.
    pub fn is_flushed(&self) -> bool {
        self.output.borrow().length == 0 && !self.is_connecting.get()
    }

    /// Writes no more once everything is written, and tells the other end so.
    pub fn shut_down(self: &Rc<Self>, vm: &mut Vm, then: Option<Written>) {
        let mut output = self.output.borrow_mut();
        output.is_last = true;
        output.shut_down = then;
        drop(output);
        if !self.is_connecting.get() {
            self.settle_output(vm);
        }
        self.settle_hold();
    }

    fn try_to_write(self: &Rc<Self>, vm: &mut Vm) {
        /// So many pieces at most are given to the system at once.
        const PIECES: usize = 64;
        loop {
            let mut output = self.output.borrow_mut();
            if output.length == 0 {
                break;
            }
            let offset = output.offset;
            let mut slices = [IoSlice::new(&[]); PIECES];
            let mut count = 0;
            for (slice, piece) in slices.iter_mut().zip(&output.pieces) {
                *slice = IoSlice::new(if count == 0 { &piece[offset..] } else { piece });
                count += 1;
            }
            let result = match self.io.borrow_mut().as_mut() {
                Some(io) => retry(|| io.write(&slices[..count])),
                None => return,
            };
            match result {
                Ok(written) => {
                    self.bytes_sent.set(self.bytes_sent.get() + written as u64);
                    output.length -= written;
                    output.offset += written;
                    while let Some(first) = output.pieces.front()
                        && output.offset >= first.len()
                    {
                        output.offset -= first.len();
                        output.pieces.pop_front();
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => {
                    drop(output);
                    // Whoever writes is told after it has returned.
                    let this = Rc::clone(self);
                    let event_loop = &runtime::of(vm).event_loop;
                    event_loop.defer(Box::new(move |vm| {
                        if this.is_open() {
                            this.fail(vm, &error);
                        }
                    }));
                    return;
                }
            }
        }
    }

    /// Tells those who wait for what is written by now.
    fn settle_output(self: &Rc<Self>, vm: &mut Vm) {
        loop {
            let mut output = self.output.borrow_mut();
            let sent = self.bytes_sent.get();
            if output.waiting.front().is_none_or(|(until, _)| *until > sent) {
                break;
            }
            let due = output.waiting.pop_front();
            drop(output);
            if let Some((_, written)) = due {
                written(vm, Ok(()));
            }
        }
        if self.queued() > 0 {
            return;
        }
        let mut output = self.output.borrow_mut();
        let is_last = std::mem::take(&mut output.is_last);
        let shut_down = output.shut_down.take();
        drop(output);
        if is_last {
            let result = match self.with_io(Io::shut_down) {
                Some(Err(error)) if error.kind() != io::ErrorKind::NotConnected => {
                    Err(SystemError::of(&error))
                }
                _ => Ok(()),
            };
            if let Some(then) = shut_down {
                then(vm, result);
            }
        }
    }

    /// Nothing that waits can be written any more.
    fn abandon_output(&self, vm: &mut Vm, error: SystemError) {
        let output = std::mem::take(&mut *self.output.borrow_mut());
        let waiting = output.waiting.into_iter().map(|(_, written)| written);
        for written in waiting.chain(output.shut_down) {
            written(vm, Err(error));
        }
    }

    // -----------------------------------------------------------------------
    // The end
    // -----------------------------------------------------------------------

    /// Closes the socket at once. Those who wait for something to be written are told that
    /// it is not.
    pub fn close(&self, vm: &mut Vm) {
        if !self.is_open() {
            return;
        }
        if let Some(consumer) = self.consumer() {
            consumer.closing(vm, self);
        }
        let Some(mut io) = self.io.borrow_mut().take() else { return };
        let event_loop = &runtime::of(vm).event_loop;
        if let Some(source) = self.source.take() {
            match &mut io {
                Io::Tcp(tcp) => event_loop.deregister(tcp, source),
                #[cfg(unix)]
                Io::Unix(unix) => event_loop.deregister(unix, source),
            }
        }
        drop(io);
        self.hold.set_active(false);
        self.is_reading.set(false);
        self.abandon_output(vm, SystemError::named("ECANCELED"));
        let consumer = self.consumer.borrow_mut().take();
        if let Some(consumer) = consumer {
            consumer.closed(vm);
        }
    }

    /// Closes the socket so that the other end gets an error.
    pub fn reset(&self, vm: &mut Vm) {
        #[cfg(unix)]
        let _ = self.with_io(|io| match io {
            Io::Tcp(tcp) => {
                rustix::net::sockopt::set_socket_linger(tcp, Some(std::time::Duration::ZERO))
            }
            Io::Unix(_) => Ok(()),
        });
        self.close(vm);
    }
}

impl Source for Stream {
    fn resource(&self) -> Option<(&'static str, Option<Gc<Object>>)> {
        let name = self.with_io(|io| match io {
            Io::Tcp(_) => "TCPSocketWrap",
            #[cfg(unix)]
            Io::Unix(_) => "PipeWrap",
        })?;
        let object = self.consumer().and_then(|consumer| consumer.object());
        self.hold.is_referenced().then_some((name, object))
    }

    fn ready(self: Rc<Self>, vm: &mut Vm, readiness: Readiness) {
        if self.is_connecting.get() {
            if !(readiness.writable || readiness.error) {
                return;
            }
            let result = match self.with_io(Io::error) {
                Some(Some(error)) => Err(SystemError::of(&error)),
                _ => Ok(()),
            };
            self.is_connecting.set(false);
            self.settle_hold();
            self.is_readable.set(readiness.readable);
            if let Some(consumer) = self.consumer() {
                consumer.connected(vm, result);
            }
            if result.is_err() {
                return;
            }
        }
        if readiness.writable && self.is_open() {
            let was_waiting = self.queued() > 0;
            self.try_to_write(vm);
            self.settle_output(vm);
            self.settle_hold();
            if was_waiting
                && self.queued() == 0
                && let Some(consumer) = self.consumer()
            {
                consumer.flushed(vm);
            }
        }
        if readiness.read_closed || readiness.error {
            self.end_is_near.set(true);
        }
        if readiness.readable || readiness.read_closed || readiness.error {
            self.is_readable.set(true);
            self.read(vm);
        }
    }
}

/// Tries again where a signal has come between.
fn retry<T>(mut action: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match action() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}
