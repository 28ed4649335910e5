//! What `net.js` has of sockets: handles, which hold a socket of the system each.
//!
//! A handle's script sets its callbacks as properties: `onread(bytes, errno)` with bytes,
//! with neither at the end, or with an error; `onconnect(errno)`; of one that listens
//! `onconnection(errno, handle)`. Results that are negative are errors of the system.

pub mod addresses;
pub mod listener;
pub mod stream;

use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;

use axil_engine::heap::{Gc, Root};
use axil_engine::object::{HostObject, Object};
use axil_engine::operators::{as_object, to_boolean};
use axil_engine::string::{JsString, Units};
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use self::addresses::ListenOptions;
use self::listener::{Acceptor, Listener, ListenerIo};
use self::stream::{Consumer, Io, Stream};
use super::system_error::SystemError;
use crate::log::log;
use crate::native::{Row, define, integer, text};
use crate::runtime::{self, Callback};

/// What a handle of a connection holds.
pub struct SocketHandle {
    stream: RefCell<Option<Rc<Stream>>>,
    /// The handle itself, as long as the socket is open.
    object: RefCell<Option<Root<Object>>>,
    onconnect: RefCell<Option<Callback>>,
    is_referenced: Cell<bool>,
}

/// What a handle of a socket that listens holds.
pub struct ListenerHandle {
    listener: RefCell<Option<Rc<Listener>>>,
    object: RefCell<Option<Root<Object>>>,
    is_referenced: Cell<bool>,
}

/// The classes of handles that native code makes.
#[derive(Default)]
struct Classes {
    socket: RefCell<Option<Root<Object>>>,
}

const SOCKET: &[Row] = &[
    ("open", 1, open_descriptor),
    ("connect", 5, connect_tcp),
    ("connectPath", 2, connect_path),
    // takeOver(): from now on the handle is told what happens to its socket.
    ("takeOver", 0, |vm, arguments| {
        let handle = socket(vm, arguments)?;
        let (stream, object) = (handle.stream(), as_object(arguments.this()));
        if let (Some(stream), Some(object)) = (stream, object) {
            handle.adopt(vm, object, stream);
        }
        Ok(Value::UNDEFINED)
    }),
    ("readStart", 0, |vm, arguments| {
        with_stream(vm, arguments, |vm, stream| {
            stream.start_reading(vm);
            Value::int(0)
        })
    }),
    ("readStop", 0, |vm, arguments| {
        with_stream(vm, arguments, |_, stream| {
            stream.stop_reading();
            Value::int(0)
        })
    }),
    ("write", 3, write),
    ("writev", 2, writev),
    ("shutdown", 1, shut_down),
    ("close", 1, close),
    ("reset", 1, reset),
    ("ref", 0, |vm, arguments| set_referenced(vm, arguments, true)),
    ("unref", 0, |vm, arguments| set_referenced(vm, arguments, false)),
    ("hasRef", 0, |vm, arguments| {
        let handle = socket(vm, arguments)?;
        let is_open = handle.stream.borrow().is_some();
        Ok(Value::bool(is_open && handle.is_referenced.get()))
    }),
    // setNoDelay(on)
    ("setNoDelay", 1, |vm, arguments| {
        let on = to_boolean(arguments.get(0));
        with_io(vm, arguments, |io| match io {
            Io::Tcp(tcp) => tcp.set_nodelay(on),
            #[cfg(unix)]
            Io::Unix(_) => Ok(()),
        })
    }),
    // setKeepAlive(on, seconds)
    ("setKeepAlive", 2, |vm, arguments| {
        let (on, seconds) = (to_boolean(arguments.get(0)), integer(arguments, 1));
        with_io(vm, arguments, |io| match io {
            Io::Tcp(tcp) => {
                let socket = socket2::SockRef::from(tcp);
                socket.set_keepalive(on)?;
                if on && seconds > 0 {
                    let time = std::time::Duration::from_secs(seconds as u64);
                    socket.set_tcp_keepalive(&socket2::TcpKeepalive::new().with_time(time))?;
                }
                Ok(())
            }
            #[cfg(unix)]
            Io::Unix(_) => Ok(()),
        })
    }),
    ("localAddress", 0, |vm, arguments| {
        address(vm, arguments, |io| match io {
            Io::Tcp(tcp) => tcp.local_addr().ok(),
            #[cfg(unix)]
            Io::Unix(_) => None,
        })
    }),
    ("remoteAddress", 0, |vm, arguments| {
        address(vm, arguments, |io| match io {
            Io::Tcp(tcp) => tcp.peer_addr().ok(),
            #[cfg(unix)]
            Io::Unix(_) => None,
        })
    }),
    ("bytesRead", 0, |vm, arguments| count(vm, arguments, |stream| stream.bytes_read.get())),
    ("bytesWritten", 0, |vm, arguments| count(vm, arguments, |stream| stream.bytes_written.get())),
    ("writeQueueSize", 0, |vm, arguments| count(vm, arguments, |stream| stream.queued() as u64)),
    ("fd", 0, |vm, arguments| {
        with_stream(vm, arguments, |_, stream| {
            Value::int(stream.with_io(descriptor_of).unwrap_or(-1))
        })
    }),
];

const LISTENER: &[Row] = &[
    ("listen", 4, listen_tcp),
    ("listenPath", 2, listen_path),
    ("listenDescriptor", 2, listen_descriptor),
    ("close", 1, |vm, arguments| {
        let handle = listener(vm, arguments)?;
        if let Some(listener) = handle.listener.borrow_mut().take() {
            listener.close(vm);
        }
        *handle.object.borrow_mut() = None;
        close_later(vm, arguments.get(0));
        Ok(Value::int(0))
    }),
    ("ref", 0, |vm, arguments| set_listener_referenced(vm, arguments, true)),
    ("unref", 0, |vm, arguments| set_listener_referenced(vm, arguments, false)),
    ("hasRef", 0, |vm, arguments| {
        let handle = listener(vm, arguments)?;
        Ok(Value::bool(handle.listener.borrow().is_some() && handle.is_referenced.get()))
    }),
    ("localAddress", 0, |vm, arguments| {
        let handle = listener(vm, arguments)?;
        let local = handle.listener.borrow().as_ref().and_then(|listener| {
            listener.with_io(|io| match io {
                ListenerIo::Tcp(tcp) => tcp.local_addr().ok(),
                #[cfg(unix)]
                ListenerIo::Unix(..) => None,
            })?
        });
        Ok(local.map_or(Value::UNDEFINED, |it| Value::cell(addresses::to_object(vm, it))))
    }),
    ("fd", 0, |vm, arguments| {
        let handle = listener(vm, arguments)?;
        let descriptor = handle.listener.borrow().as_ref().and_then(|it| {
            it.with_io(|io| match io {
                #[cfg(unix)]
                ListenerIo::Tcp(tcp) => std::os::fd::AsRawFd::as_raw_fd(tcp),
                #[cfg(unix)]
                ListenerIo::Unix(unix, _) => std::os::fd::AsRawFd::as_raw_fd(unix),
                #[cfg(not(unix))]
                ListenerIo::Tcp(_) => -1,
            })
        });
        Ok(Value::int(descriptor.unwrap_or(-1)))
    }),
];

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    let class = vm.new_native_class(
        ("SocketHandle", 0, |vm, arguments| {
            let handle = Rc::new(SocketHandle {
                stream: RefCell::new(None),
                object: RefCell::new(None),
                onconnect: RefCell::new(None),
                is_referenced: Cell::new(true),
            });
            vm.new_host_object(arguments, handle).map(|it| Value::cell(it.as_object()))
        }),
        SOCKET,
    );
    define(vm, half, "SocketHandle", Value::cell(class));
    let classes = runtime::of(vm).state(Classes::default);
    *classes.socket.borrow_mut() = Some(vm.memory.root(class));
    let class = vm.new_native_class(
        ("ListenerHandle", 0, |vm, arguments| {
            let handle = Rc::new(ListenerHandle {
                listener: RefCell::new(None),
                object: RefCell::new(None),
                is_referenced: Cell::new(true),
            });
            vm.new_host_object(arguments, handle).map(|it| Value::cell(it.as_object()))
        }),
        LISTENER,
    );
    define(vm, half, "ListenerHandle", Value::cell(class));
    crate::native::define_functions(
        vm,
        half,
        &[("isIP", 1, |vm, arguments| {
            let text = text(vm, arguments, 0)?;
            let kind = match addresses::parse(&text, 0) {
                Some(it) if it.is_ipv4() => 4,
                Some(_) => 6,
                None => 0,
            };
            Ok(Value::int(kind))
        })],
    );
    Ok(())
}

// ---------------------------------------------------------------------------
// Handles of connections
// ---------------------------------------------------------------------------

fn socket(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<Rc<SocketHandle>> {
    vm.with_host_object(arguments.this(), |handle: &mut Rc<SocketHandle>| Rc::clone(handle))
}

/// The state of a handle.
pub fn socket_of(value: Value) -> Option<Rc<SocketHandle>> {
    value.downcast::<HostObject>()?.with(|handle: &mut Rc<SocketHandle>| Rc::clone(handle))
}

impl SocketHandle {
    /// The socket, if it is open.
    pub fn stream(&self) -> Option<Rc<Stream>> {
        self.stream.borrow().clone()
    }

    /// Gives the handle a socket, which tells it what happens.
    pub fn adopt(self: &Rc<Self>, vm: &Vm, object: Gc<Object>, stream: Rc<Stream>) {
        stream.hold.set_referenced(self.is_referenced.get());
        stream.set_consumer(Rc::<Self>::clone(self));
        *self.stream.borrow_mut() = Some(stream);
        *self.object.borrow_mut() = Some(vm.memory.root(object));
    }

    /// Forgets the socket, which somebody else has now.
    pub fn release(&self) -> Option<Rc<Stream>> {
        *self.object.borrow_mut() = None;
        self.stream.borrow_mut().take()
    }

    fn call(&self, vm: &mut Vm, name: &'static str, arguments: &[Value]) {
        let Some(object) = self.object.borrow().as_ref().map(Root::get) else { return };
        let key = vm.memory.literal_key(name);
        let runtime = runtime::of(vm);
        runtime.scope(vm, |vm| {
            let function = vm.get(object, key)?;
            if function.is_nullish() {
                return Ok(Value::UNDEFINED);
            }
            vm.call(function, Value::cell(object), arguments)
        });
    }
}

impl Consumer for SocketHandle {
    fn object(&self) -> Option<Gc<Object>> {
        self.object.borrow().as_ref().map(Root::get)
    }

    fn connected(self: Rc<Self>, vm: &mut Vm, result: Result<(), SystemError>) {
        match &result {
            Ok(()) => log!(Net, Trace, "connected"),
            Err(error) => log!(Net, Error, "connecting failed: {}", error.code),
        }
        let callback = self.onconnect.borrow_mut().take();
        if let Some(callback) = callback {
            callback.call(vm, Value::UNDEFINED, &[errno(result)]);
        }
    }

    fn data(self: Rc<Self>, vm: &mut Vm, bytes: &[u8]) {
        match vm.new_uint8_array(bytes) {
            Ok(array) => self.call(vm, "onread", &[Value::cell(array), Value::int(0)]),
            Err(_) => {
                vm.take_exception();
                self.error(vm, SystemError::named("ENOMEM"));
            }
        }
    }

    fn end(self: Rc<Self>, vm: &mut Vm) {
        self.call(vm, "onread", &[Value::UNDEFINED, Value::int(0)]);
    }

    fn error(self: Rc<Self>, vm: &mut Vm, error: SystemError) {
        self.call(vm, "onread", &[Value::UNDEFINED, Value::int(error.errno)]);
    }
}

/// A handle for a socket, for the script.
///
/// # Errors
/// What making objects throws.
pub fn new_socket_handle(vm: &mut Vm, stream: Rc<Stream>) -> Completion<Gc<Object>> {
    // The native half makes the classes.
    crate::builtin_modules::require(vm, "net")?;
    let class = runtime::of(vm).state(Classes::default).socket.borrow().as_ref().map(Root::get);
    let class = class.map_or(Value::UNDEFINED, Value::cell);
    let object = vm.construct(class, &[], class)?;
    if let (Some(handle), Some(object)) = (socket_of(object), as_object(object)) {
        handle.adopt(vm, object, stream);
        return Ok(object);
    }
    Err(vm.throw_type_error("Illegal invocation"))
}

/// A handle for a socket that tells somebody else what happens.
///
/// # Errors
/// What making objects throws.
pub fn new_shared_handle(vm: &mut Vm, stream: Rc<Stream>) -> Completion<Gc<Object>> {
    crate::builtin_modules::require(vm, "net")?;
    let class = runtime::of(vm).state(Classes::default).socket.borrow().as_ref().map(Root::get);
    let class = class.map_or(Value::UNDEFINED, Value::cell);
    let object = vm.construct(class, &[], class)?;
    if let Some(handle) = socket_of(object) {
        *handle.stream.borrow_mut() = Some(stream);
    }
    as_object(object).ok_or_else(|| vm.throw_type_error("Illegal invocation"))
}

fn errno(result: Result<(), SystemError>) -> Value {
    Value::int(result.map_or_else(|error| error.errno, |()| 0))
}

fn errno_of(error: &io::Error) -> Value {
    Value::int(SystemError::of(error).errno)
}

/// Does something with the socket of the handle that a method was called on.
fn with_stream(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    action: impl FnOnce(&mut Vm, Rc<Stream>) -> Value,
) -> Completion {
    let handle = socket(vm, arguments)?;
    let stream = handle.stream();
    Ok(match stream {
        Some(stream) => action(vm, stream),
        None => Value::int(SystemError::named("EBADF").errno),
    })
}

/// A number of bytes; 0 if there is no socket.
fn count(vm: &mut Vm, arguments: Arguments<'_>, read: impl FnOnce(&Stream) -> u64) -> Completion {
    let stream = socket(vm, arguments)?.stream();
    Ok(Value::number(stream.map_or(0, |stream| read(&stream)) as f64))
}

fn with_io(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    action: impl FnOnce(&Io) -> io::Result<()>,
) -> Completion {
    with_stream(vm, arguments, |_, stream| match stream.with_io(action) {
        Some(Ok(())) => Value::int(0),
        Some(Err(error)) => errno_of(&error),
        None => Value::int(SystemError::named("EBADF").errno),
    })
}

fn address(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    read: impl FnOnce(&Io) -> Option<std::net::SocketAddr>,
) -> Completion {
    let handle = socket(vm, arguments)?;
    let address = handle.stream().and_then(|stream| stream.with_io(read)?);
    Ok(address.map_or(Value::UNDEFINED, |it| Value::cell(addresses::to_object(vm, it))))
}

fn descriptor_of(io: &Io) -> i32 {
    #[cfg(unix)]
    {
        use std::os::fd::AsRawFd;
        match io {
            Io::Tcp(tcp) => tcp.as_raw_fd(),
            Io::Unix(unix) => unix.as_raw_fd(),
        }
    }
    #[cfg(not(unix))]
    {
        let _ = io;
        -1
    }
}

fn set_referenced(vm: &mut Vm, arguments: Arguments<'_>, referenced: bool) -> Completion {
    let handle = socket(vm, arguments)?;
    handle.is_referenced.set(referenced);
    if let Some(stream) = handle.stream() {
        stream.hold.set_referenced(referenced);
    }
    Ok(Value::UNDEFINED)
}

/// Gives the handle that a method was called on a socket.
fn adopt(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    io: io::Result<Io>,
    is_connecting: bool,
) -> Completion {
    let handle = socket(vm, arguments)?;
    let stream = io.and_then(|io| Stream::open(vm, io, is_connecting));
    Ok(match (stream, as_object(arguments.this())) {
        (Ok(stream), Some(object)) => {
            handle.adopt(vm, object, stream);
            Value::int(0)
        }
        (Err(error), _) => errno_of(&error),
        (_, None) => Value::int(SystemError::named("EINVAL").errno),
    })
}

/// `connect(address, port, callback, local address, local port)`
fn connect_tcp(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (address, port) = (text(vm, arguments, 0)?, integer(arguments, 1) as u16);
    let Some(remote) = addresses::parse(&address, port) else {
        return Ok(Value::int(SystemError::named("EINVAL").errno));
    };
    let local = if arguments.get(3).is_nullish() {
        None
    } else {
        let (address, port) = (text(vm, arguments, 3)?, integer(arguments, 4) as u16);
        match addresses::parse(&address, port) {
            Some(local) => Some(local),
            None => return Ok(Value::int(SystemError::named("EINVAL").errno)),
        }
    };
    let handle = socket(vm, arguments)?;
    *handle.onconnect.borrow_mut() = Callback::new(vm, arguments.get(2));
    adopt(vm, arguments, addresses::connect_tcp(remote, local), true)
}

/// `connectPath(path, callback)`
fn connect_path(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let path = text(vm, arguments, 0)?;
    let handle = socket(vm, arguments)?;
    *handle.onconnect.borrow_mut() = Callback::new(vm, arguments.get(1));
    #[cfg(unix)]
    let io = connect_unix(&path).map(Io::Unix);
    #[cfg(not(unix))]
    let io = {
        let _ = path;
        Err(io::ErrorKind::Unsupported.into())
    };
    adopt(vm, arguments, io, true)
}

#[cfg(unix)]
fn connect_unix(path: &str) -> io::Result<crate::event_loop::poll::UnixStream> {
    use crate::event_loop::poll::UnixStream;
    match path.strip_prefix('\0') {
        None => UnixStream::connect(path),
        #[cfg(target_os = "linux")]
        Some(name) => {
            use std::os::linux::net::SocketAddrExt;
            use std::os::unix::net::SocketAddr;
            UnixStream::connect_addr(&SocketAddr::from_abstract_name(name)?)
        }
        #[cfg(not(target_os = "linux"))]
        Some(_) => Err(io::ErrorKind::InvalidInput.into()),
    }
}

/// `open(descriptor)`: a socket that is connected already.
fn open_descriptor(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let io = duplicate(integer(arguments, 0) as i32).and_then(|socket| {
        socket.set_nonblocking(true)?;
        #[cfg(unix)]
        if socket.local_addr()?.is_unix() {
            let stream: std::os::unix::net::UnixStream = std::os::fd::OwnedFd::from(socket).into();
            return Ok(Io::Unix(crate::event_loop::poll::UnixStream::from_std(stream)));
        }
        Ok(Io::Tcp(crate::event_loop::poll::TcpStream::from_std(socket.into())))
    });
    adopt(vm, arguments, io, false)
}

/// A socket for a descriptor of the program's, which keeps its own.
fn duplicate(descriptor: i32) -> io::Result<socket2::Socket> {
    #[cfg(target_os = "linux")]
    {
        // The system's own list of what is open knows it by its number.
        use rustix::process::{Pid, PidfdFlags, PidfdGetfdFlags, pidfd_getfd, pidfd_open};
        let this = Pid::from_raw(std::process::id() as i32).ok_or(io::ErrorKind::InvalidInput)?;
        let process = pidfd_open(this, PidfdFlags::empty())?;
        let copy = pidfd_getfd(process, descriptor, PidfdGetfdFlags::empty())?;
        Ok(copy.into())
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = descriptor;
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// The bytes of a value that is written: those of a buffer, or of a string in one of the
/// encodings that need no table.
pub fn bytes_to_write(vm: &mut Vm, data: Value, is_latin1: bool) -> Completion<Vec<u8>> {
    if let Some(string) = data.downcast::<JsString>() {
        let units = string.units(&vm.memory);
        return Ok(match units {
            Units::Latin1(units) if is_latin1 || units.is_ascii() => units.to_vec(),
            Units::Utf16(units) if is_latin1 => units.iter().map(|unit| *unit as u8).collect(),
            units => units.to_rust().into_bytes(),
        });
    }
    match vm.with_bytes(data, |_, bytes| bytes.to_vec()) {
        Some(bytes) => Ok(bytes),
        None => Err(vm.throw_type_error("Only strings and buffers can be written")),
    }
}

/// `write(data, is Latin-1, callback)`: 0 if it is written, 1 if the callback will be
/// called with a number.
fn write(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let bytes = bytes_to_write(vm, arguments.get(0), to_boolean(arguments.get(1)))?;
    write_bytes(vm, arguments, bytes, arguments.get(2))
}

/// `writev(list of data, callback)`: the same of several buffers.
fn writev(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let list = vm.create_list_from_array_like(arguments.get(0))?;
    let mut all = Vec::new();
    for data in list.as_slice() {
        all.append(&mut bytes_to_write(vm, *data, false)?);
    }
    write_bytes(vm, arguments, all, arguments.get(1))
}

fn write_bytes(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    bytes: Vec<u8>,
    callback: Value,
) -> Completion {
    with_stream(vm, arguments, |vm, stream| {
        stream.write(vm, bytes);
        if stream.is_flushed() {
            return Value::int(0);
        }
        if let Some(callback) = Callback::new(vm, callback) {
            stream.when_written(Box::new(move |vm, result| {
                callback.call(vm, Value::UNDEFINED, &[errno(result)]);
            }));
        }
        Value::int(1)
    })
}

/// `shutdown(callback)`
fn shut_down(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    with_stream(vm, arguments, |vm, stream| {
        let callback = Callback::new(vm, arguments.get(0));
        stream.shut_down(
            vm,
            Some(Box::new(move |vm, result| {
                // Never before the call has returned, and never not at all.
                let event_loop = &runtime::of(vm).event_loop;
                event_loop.defer_held(Box::new(move |vm| {
                    if let Some(callback) = callback {
                        callback.call(vm, Value::UNDEFINED, &[errno(result)]);
                    }
                }));
            })),
        );
        Value::int(0)
    })
}

/// `close(callback)`
fn close(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let handle = socket(vm, arguments)?;
    if let Some(stream) = handle.release() {
        stream.close(vm);
    }
    close_later(vm, arguments.get(0));
    Ok(Value::int(0))
}

/// `reset(callback)`: the other end gets an error.
fn reset(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let handle = socket(vm, arguments)?;
    if let Some(stream) = handle.release() {
        stream.reset(vm);
    }
    close_later(vm, arguments.get(0));
    Ok(Value::int(0))
}

/// Calls a function in the closing phase, which there is without one, too.
fn close_later(vm: &mut Vm, callback: Value) {
    let callback = Callback::new(vm, callback);
    let event_loop = &runtime::of(vm).event_loop;
    event_loop.defer_close(Box::new(move |vm| {
        if let Some(callback) = callback {
            callback.call(vm, Value::UNDEFINED, &[]);
        }
    }));
}

// ---------------------------------------------------------------------------
// Handles of sockets that listen
// ---------------------------------------------------------------------------

fn listener(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<Rc<ListenerHandle>> {
    vm.with_host_object(arguments.this(), |handle: &mut Rc<ListenerHandle>| Rc::clone(handle))
}

/// The state of a handle.
pub fn listener_of(value: Value) -> Option<Rc<ListenerHandle>> {
    value.downcast::<HostObject>()?.with(|handle: &mut Rc<ListenerHandle>| Rc::clone(handle))
}

impl ListenerHandle {
    /// The socket, if it listens.
    pub fn listener(&self) -> Option<Rc<Listener>> {
        self.listener.borrow().clone()
    }

    fn call(&self, vm: &mut Vm, arguments: &[Value]) {
        let Some(object) = self.object.borrow().as_ref().map(Root::get) else { return };
        let key = vm.memory.literal_key("onconnection");
        let runtime = runtime::of(vm);
        runtime.scope(vm, |vm| {
            let function = vm.get(object, key)?;
            vm.call(function, Value::cell(object), arguments)
        });
    }
}

impl Acceptor for ListenerHandle {
    fn object(&self) -> Option<Gc<Object>> {
        self.object.borrow().as_ref().map(Root::get)
    }

    fn accepted(self: Rc<Self>, vm: &mut Vm, io: Io) {
        match Stream::open(vm, io, false) {
            Ok(stream) => match new_socket_handle(vm, stream) {
                Ok(handle) => self.call(vm, &[Value::int(0), Value::cell(handle)]),
                Err(_) => {
                    vm.take_exception();
                }
            },
            Err(error) => self.failed(vm, SystemError::of(&error)),
        }
    }

    fn failed(self: Rc<Self>, vm: &mut Vm, error: SystemError) {
        self.call(vm, &[Value::int(error.errno), Value::UNDEFINED]);
    }
}

fn set_listener_referenced(vm: &mut Vm, arguments: Arguments<'_>, referenced: bool) -> Completion {
    let handle = listener(vm, arguments)?;
    handle.is_referenced.set(referenced);
    if let Some(listener) = handle.listener() {
        listener.hold.set_referenced(referenced);
    }
    Ok(Value::UNDEFINED)
}

fn listen(vm: &mut Vm, arguments: Arguments<'_>, io: io::Result<ListenerIo>) -> Completion {
    let handle = listener(vm, arguments)?;
    let opened = io.and_then(|io| Listener::open(vm, io, Rc::<ListenerHandle>::clone(&handle)));
    Ok(match opened {
        Ok(listener) => {
            listener.hold.set_referenced(handle.is_referenced.get());
            *handle.listener.borrow_mut() = Some(listener);
            *handle.object.borrow_mut() =
                as_object(arguments.this()).map(|object| vm.memory.root(object));
            Value::int(0)
        }
        Err(error) => errno_of(&error),
    })
}

/// `listen(address, port, backlog, flags)`: flag 1 leaves IPv4 to others, flag 2 shares the
/// port with others.
fn listen_tcp(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (address, port) = (text(vm, arguments, 0)?, integer(arguments, 1) as u16);
    let Some(address) = addresses::parse(&address, port) else {
        return Ok(Value::int(SystemError::named("EINVAL").errno));
    };
    let flags = integer(arguments, 3);
    let options = ListenOptions {
        backlog: integer(arguments, 2) as i32,
        ipv6_only: flags & 1 != 0,
        reuse_port: flags & 2 != 0,
    };
    listen(vm, arguments, addresses::listen_tcp(address, options))
}

/// `listenPath(path, backlog)`
fn listen_path(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let path = text(vm, arguments, 0)?;
    #[cfg(unix)]
    let io = listen_unix(&path, integer(arguments, 1) as i32);
    #[cfg(not(unix))]
    let io = {
        let _ = path;
        Err(io::ErrorKind::Unsupported.into())
    };
    listen(vm, arguments, io)
}

#[cfg(unix)]
fn listen_unix(path: &str, backlog: i32) -> io::Result<ListenerIo> {
    use crate::event_loop::poll::UnixListener;
    let socket = socket2::Socket::new(socket2::Domain::UNIX, socket2::Type::STREAM, None)?;
    socket.set_nonblocking(true)?;
    let is_file = !path.starts_with('\0');
    socket.bind(&socket2::SockAddr::unix(path)?)?;
    socket.listen(backlog)?;
    let listener: std::os::unix::net::UnixListener = std::os::fd::OwnedFd::from(socket).into();
    let file = is_file.then(|| path.into());
    Ok(ListenerIo::Unix(UnixListener::from_std(listener), file))
}

/// `listenDescriptor(descriptor, backlog)`: a socket that is bound already.
fn listen_descriptor(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let io = duplicate(integer(arguments, 0) as i32).and_then(|socket| {
        socket.set_nonblocking(true)?;
        socket.listen(integer(arguments, 1) as i32)?;
        #[cfg(unix)]
        if socket.local_addr()?.is_unix() {
            let listener: std::os::unix::net::UnixListener =
                std::os::fd::OwnedFd::from(socket).into();
            let listener = crate::event_loop::poll::UnixListener::from_std(listener);
            return Ok(ListenerIo::Unix(listener, None));
        }
        Ok(ListenerIo::Tcp(crate::event_loop::poll::TcpListener::from_std(socket.into())))
    });
    listen(vm, arguments, io)
}
