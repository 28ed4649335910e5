//! A socket that connections come to.

use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;
use std::time::Duration;

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::vm::Vm;

use super::stream::Io;
#[cfg(unix)]
use crate::event_loop::poll::UnixListener;
use crate::event_loop::poll::{Interest, Readiness, TcpListener};
use crate::event_loop::{Hold, Source};
use crate::log::log;
use crate::node::system_error::SystemError;
use crate::runtime;

/// So many connections are taken in one turn, so that others have theirs.
const AT_ONCE: usize = 128;

/// How long nothing is accepted after the system has run out of descriptors.
const PAUSE: Duration = Duration::from_millis(50);

/// A listening socket of the system.
pub enum ListenerIo {
    /// TCP
    Tcp(TcpListener),
    /// A Unix domain socket, and the path that is removed with it.
    #[cfg(unix)]
    Unix(UnixListener, Option<std::path::PathBuf>),
}

/// Who is told of connections.
pub trait Acceptor {
    /// One has come.
    fn accepted(self: Rc<Self>, vm: &mut Vm, io: Io);

    /// One could not be taken.
    fn failed(self: Rc<Self>, vm: &mut Vm, error: SystemError);

    /// The script's object for the socket.
    fn object(&self) -> Option<Gc<Object>> {
        None
    }
}

/// A listening socket.
pub struct Listener {
    io: RefCell<Option<ListenerIo>>,
    source: Cell<Option<usize>>,
    /// While it is open, and referenced, the loop goes on.
    pub hold: Hold,
    acceptor: RefCell<Option<Rc<dyn Acceptor>>>,
    is_paused: Cell<bool>,
}

impl Listener {
    /// Takes a listening socket into the loop.
    ///
    /// # Errors
    /// Those of the system.
    pub fn open(vm: &Vm, io: ListenerIo, acceptor: Rc<dyn Acceptor>) -> io::Result<Rc<Self>> {
        let runtime = runtime::of(vm);
        let listener = Rc::new(Self {
            io: RefCell::new(Some(io)),
            source: Cell::new(None),
            hold: runtime.event_loop.hold(),
            acceptor: RefCell::new(Some(acceptor)),
            is_paused: Cell::new(false),
        });
        let who: Rc<dyn Source> = Rc::<Self>::clone(&listener);
        let mut io = listener.io.borrow_mut();
        let event_loop = &runtime.event_loop;
        let source = match io.as_mut() {
            Some(ListenerIo::Tcp(tcp)) => event_loop.register(tcp, Interest::Readable, who)?,
            #[cfg(unix)]
            Some(ListenerIo::Unix(unix, _)) => {
                event_loop.register(unix, Interest::Readable, who)?
            }
            None => return Err(io::ErrorKind::NotConnected.into()),
        };
        listener.source.set(Some(source));
        drop(io);
        listener.hold.set_active(true);
        Ok(listener)
    }

    /// Does something with the socket of the system; none if it is closed.
    pub fn with_io<T>(&self, action: impl FnOnce(&ListenerIo) -> T) -> Option<T> {
        self.io.borrow().as_ref().map(action)
    }

    /// Sets who is told from now on.
    pub fn set_acceptor(&self, acceptor: Rc<dyn Acceptor>) {
        *self.acceptor.borrow_mut() = Some(acceptor);
    }

    /// Closes the socket. Connections that it has taken stay.
    pub fn close(&self, vm: &Vm) {
        let Some(mut io) = self.io.borrow_mut().take() else { return };
        let event_loop = &runtime::of(vm).event_loop;
        if let Some(source) = self.source.take() {
            match &mut io {
                ListenerIo::Tcp(tcp) => event_loop.deregister(tcp, source),
                #[cfg(unix)]
                ListenerIo::Unix(unix, _) => event_loop.deregister(unix, source),
            }
        }
        #[cfg(unix)]
        if let ListenerIo::Unix(_, Some(path)) = &io {
            // Somebody may have removed it already.
            let _ = std::fs::remove_file(path);
        }
        self.hold.set_active(false);
        *self.acceptor.borrow_mut() = None;
    }

    fn accept(self: &Rc<Self>, vm: &mut Vm) {
        for _ in 0..AT_ONCE {
            let result = match &*self.io.borrow() {
                Some(ListenerIo::Tcp(tcp)) => tcp.accept().map(|(stream, _)| Io::Tcp(stream)),
                #[cfg(unix)]
                Some(ListenerIo::Unix(unix, _)) => {
                    unix.accept().map(|(stream, _)| Io::Unix(stream))
                }
                None => return,
            };
            let Some(acceptor) = self.acceptor.borrow().clone() else { return };
            match result {
                Ok(io) => {
                    log!(Net, Trace, "accepted a connection");
                    acceptor.accepted(vm, io);
                }
                Err(error) => match error.kind() {
                    io::ErrorKind::WouldBlock => return,
                    // It was given up before anybody took it.
                    io::ErrorKind::Interrupted | io::ErrorKind::ConnectionAborted => {}
                    _ => {
                        log!(Net, Error, "accepting failed: {error}");
                        acceptor.failed(vm, SystemError::of(&error));
                        return self.pause(vm);
                    }
                },
            }
        }
        let this = Rc::clone(self);
        runtime::of(vm).event_loop.defer_ready(Box::new(move |vm| this.accept(vm)));
    }

    /// Waits for the system to have descriptors again. What has come meanwhile waits in
    /// the system's queue.
    fn pause(self: &Rc<Self>, vm: &Vm) {
        if self.is_paused.replace(true) {
            return;
        }
        let this = Rc::clone(self);
        let event_loop = &runtime::of(vm).event_loop;
        let at = std::time::Instant::now() + PAUSE;
        event_loop.set_timer(
            at,
            Box::new(move |vm| {
                this.is_paused.set(false);
                this.accept(vm);
            }),
        );
    }
}

impl Source for Listener {
    fn resource(&self) -> Option<(&'static str, Option<Gc<Object>>)> {
        let name = self.with_io(|io| match io {
            ListenerIo::Tcp(_) => "TCPServerWrap",
            #[cfg(unix)]
            ListenerIo::Unix(..) => "PipeServerWrap",
        })?;
        let object = self.acceptor.borrow().as_ref().and_then(|acceptor| acceptor.object());
        self.hold.is_referenced().then_some((name, object))
    }

    fn ready(self: Rc<Self>, vm: &mut Vm, _: Readiness) {
        if !self.is_paused.get() {
            self.accept(vm);
        }
    }
}
