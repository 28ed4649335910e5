//! What an `http.Server` has natively: its connections, its limits, and the way into the
//! program's half.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use axil_engine::heap::{Gc, RootedVec};
use axil_engine::object::Object;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};
use slab::Slab;

use super::connection::{Connection, Transport};
use super::parser::{Framing, Head, METHODS, ParseError};
use super::{new_connection_object, new_head_object};
use crate::native::string;
use crate::node::net::listener::Acceptor;
use crate::node::net::stream::{Io, Stream};
use crate::node::system_error::SystemError;
use crate::runtime;

bitflags::bitflags! {
    /// What the program's half is told of a request at once.
    struct Traits: i32 {
        const IS_1_1 = 1;
        const KEEP_ALIVE = 1 << 1;
        const UPGRADE = 1 << 2;
        const EXPECTS_CONTINUE = 1 << 3;
        const EXPECTS_OTHER = 1 << 4;
        const HAS_BODY = 1 << 5;
        const LACKS_HOST = 1 << 6;
        const IS_COUNTED = 1 << 7;
    }
}

/// Makes the list of the functions of the program's half.
macro_rules! hooks {
    ($($name:ident $text:literal)*) => {
        /// A function of the program's half.
        #[derive(Clone, Copy)]
        enum Hook {
            $($name,)*
        }

        /// Their names, in the same order.
        const HOOKS: &[&str] = &[$($text,)*];
    };
}

hooks! {
    AcceptFailed "acceptFailed"
    Answered "answered"
    Body "body"
    Broken "broken"
    Canceled "canceled"
    ClientError "clientError"
    Closed "closed"
    Complete "complete"
    Connection "connection"
    Detached "detached"
    Drained "drained"
    Finished "finished"
    InputEnded "inputEnded"
    Request "request"
    TimedOut "timedOut"
    Write "write"
}

/// How long a client may take from a response to its next request for that to be answered
/// though the server was stopped in between.
const GRACE: Duration = Duration::from_millis(500);

/// A server.
pub struct Server {
    /// The functions of the program's half, in the order of [`Hook`].
    hooks: RootedVec<Value>,
    connections: RefCell<Slab<Rc<Connection>>>,
    /// Buffers that responses were written from.
    buffers: RefCell<Vec<Vec<u8>>>,
    methods: RefCell<RootedVec<Value>>,
    /// The most bytes that a head may have.
    pub max_head: Cell<usize>,
    /// What careless clients send is taken.
    pub is_lenient: Cell<bool>,
    /// How long a connection without a request is kept.
    pub idle_timeout: Cell<Duration>,
    /// How long a head may take.
    pub head_timeout: Cell<Duration>,
    /// How long a request may take.
    pub request_timeout: Cell<Duration>,
    /// How many seconds clients are told that an idle connection is kept; 0 if they are not.
    pub told_timeout: Cell<u64>,
    /// How many requests a connection serves at most; 0 if there is no limit.
    pub max_requests: Cell<u32>,
    /// Who has closed its end is still answered.
    pub allows_half_open: Cell<bool>,
    /// The smallest delays are asked for.
    pub no_delay: Cell<bool>,
    /// No new connections come: those that are idle are closed.
    pub is_closing: Cell<bool>,
}

impl Server {
    /// One without connections, which tells the functions of an object.
    ///
    /// # Errors
    /// What getting the functions throws.
    pub fn new(vm: &mut Vm, object: Gc<Object>) -> Completion<Rc<Self>> {
        let mut hooks = vm.memory.rooted_vec();
        for name in HOOKS {
            let key = vm.memory.key(name);
            hooks.push(vm.get(object, key)?);
        }
        Ok(Rc::new(Self {
            hooks,
            connections: RefCell::default(),
            buffers: RefCell::default(),
            methods: RefCell::new(vm.memory.rooted_vec()),
            max_head: Cell::new(16 << 10),
            is_lenient: Cell::new(false),
            idle_timeout: Cell::new(Duration::ZERO),
            head_timeout: Cell::new(Duration::ZERO),
            request_timeout: Cell::new(Duration::ZERO),
            told_timeout: Cell::new(0),
            max_requests: Cell::new(0),
            allows_half_open: Cell::new(false),
            no_delay: Cell::new(true),
            is_closing: Cell::new(false),
        }))
    }

    /// Takes a connection.
    pub fn add(self: &Rc<Self>, vm: &mut Vm, transport: Transport) -> Rc<Connection> {
        let connection = Connection::new(vm, Rc::clone(self), transport);
        let object = new_connection_object(vm, &connection);
        connection.set_object(vm, object);
        let number = self.connections.borrow_mut().insert(Rc::clone(&connection));
        connection.number.set(number);
        connection
    }

    /// Forgets a connection.
    pub fn remove(&self, number: usize) {
        self.connections.borrow_mut().try_remove(number);
    }

    /// How many connections there are.
    pub fn connection_count(&self) -> usize {
        self.connections.borrow().len()
    }

    /// Closes all connections, or those that are idle.
    pub fn close_connections(&self, vm: &mut Vm, only_idle: bool) {
        let all: Vec<Rc<Connection>> =
            self.connections.borrow().iter().map(|(_, it)| Rc::clone(it)).collect();
        for connection in all {
            if !only_idle || connection.is_idle() {
                connection.close(vm);
            }
        }
    }

    /// No new connections come. Those that are idle are closed as soon as they have been for
    /// long enough that no request can be under way; the others when they have answered.
    pub fn stop(&self, vm: &Vm) {
        self.is_closing.set(true);
        let connections = self.connections.borrow();
        for (_, connection) in connections.iter().filter(|(_, it)| it.is_idle()) {
            connection.close_when_idle_for(vm, GRACE);
        }
    }

    /// An empty buffer.
    pub fn take_buffer(&self) -> Vec<u8> {
        self.buffers.borrow_mut().pop().unwrap_or_default()
    }

    /// Keeps an empty buffer for the next response.
    pub fn give_buffer(&self, buffer: Vec<u8>) {
        const MOST: usize = 16;
        let mut buffers = self.buffers.borrow_mut();
        if buffers.len() < MOST {
            buffers.push(buffer);
        }
    }

    // -----------------------------------------------------------------------
    // Into the program
    // -----------------------------------------------------------------------

    fn call(&self, vm: &mut Vm, hook: Hook, arguments: &[Value]) -> Option<Value> {
        let function = self.hooks.get(hook as usize)?;
        runtime::of(vm).call_back(vm, function, Value::UNDEFINED, arguments)
    }

    fn call_within(&self, vm: &mut Vm, hook: Hook, arguments: &[Value]) {
        if let Some(function) = self.hooks.get(hook as usize) {
            runtime::of(vm).within(vm, |vm| vm.call(function, Value::UNDEFINED, arguments));
        }
    }

    /// A request has come.
    pub(super) fn request(&self, vm: &mut Vm, connection: Value, head: Head, number: u32) {
        let mut traits = Traits::empty();
        traits.set(Traits::IS_1_1, head.is_1_1);
        traits.set(Traits::KEEP_ALIVE, head.should_keep_alive());
        traits.set(Traits::UPGRADE, head.asks_for_upgrade());
        traits.set(Traits::EXPECTS_CONTINUE, head.is_1_1 && head.expects == Some(true));
        traits.set(Traits::EXPECTS_OTHER, head.is_1_1 && head.expects == Some(false));
        traits.set(Traits::HAS_BODY, head.framing != Framing::None);
        traits.set(Traits::IS_COUNTED, self.max_requests.get() > 0);
        traits.set(Traits::LACKS_HOST, head.is_1_1 && !head.has_host);
        let method = self.method(vm, head.method());
        let target = Value::cell(vm.memory.latin1(head.target()));
        let head = new_head_object(vm, head);
        let arguments = [
            connection,
            Value::cell(head),
            method,
            target,
            Value::int(traits.bits()),
            Value::from(number),
        ];
        // Ticks and jobs have their turn when all has been looked at that has come.
        self.call_within(vm, Hook::Request, &arguments);
    }

    /// The string of a method: one for all requests.
    fn method(&self, vm: &Vm, method: &[u8]) -> Value {
        let mut methods = self.methods.borrow_mut();
        if methods.is_empty() {
            for method in METHODS {
                methods.push(Value::cell(vm.memory.latin1(method)));
            }
        }
        let known = METHODS.iter().position(|known| *known == method);
        known.and_then(|known| methods.get(known)).unwrap_or(Value::UNDEFINED)
    }

    /// A part of a body has come. Whether more is wanted.
    pub(super) fn body(&self, vm: &mut Vm, request: Value, chunk: Value) -> bool {
        self.call(vm, Hook::Body, &[request, chunk]).is_some_and(Value::is_true)
    }

    /// All of a request has come.
    pub(super) fn complete(&self, vm: &mut Vm, request: Value, trailers: Value) {
        self.call_within(vm, Hook::Complete, &[request, trailers]);
    }

    /// All of a response is written; whether the next one has its turn now, and whether the
    /// program has its turn later.
    pub(super) fn answered(
        &self,
        vm: &mut Vm,
        (request, response): (Value, Value),
        has_next: bool,
        is_within: bool,
    ) {
        let arguments = [request, response, Value::bool(has_next)];
        if is_within {
            self.call_within(vm, Hook::Answered, &arguments);
        } else {
            self.call(vm, Hook::Answered, &arguments);
        }
    }

    /// What had to wait is written.
    pub(super) fn drained(&self, vm: &mut Vm, response: Value) {
        self.call(vm, Hook::Drained, &[response]);
    }

    /// The error of what does not go out any more.
    pub(super) fn canceled(&self, vm: &mut Vm) -> Value {
        self.call(vm, Hook::Canceled, &[]).unwrap_or(Value::UNDEFINED)
    }

    /// A connection is no more; so is the exchange that was under way, if there was one.
    pub(super) fn closed(&self, vm: &mut Vm, connection: Value, request: Value, response: Value) {
        self.call(vm, Hook::Closed, &[connection, request, response]);
    }

    /// All is written to a stream of the program's, which is to be ended.
    pub(super) fn finished(&self, vm: &mut Vm, connection: Value) {
        self.call(vm, Hook::Finished, &[connection]);
    }

    /// The other end of a connection writes no more.
    pub(super) fn input_ended(&self, vm: &mut Vm, connection: Value) {
        self.call(vm, Hook::InputEnded, &[connection]);
    }

    /// A connection has been idle for too long.
    pub(super) fn timed_out(&self, vm: &mut Vm, connection: Value) {
        self.call(vm, Hook::TimedOut, &[connection]);
    }

    /// A connection is broken.
    pub(super) fn broken(&self, vm: &mut Vm, connection: Value, error: SystemError) {
        self.call(vm, Hook::Broken, &[connection, Value::int(error.errno)]);
    }

    /// A connection has sent what is no request, which shows at some place of what has come
    /// last, or has taken too long; something may have been answered before in that.
    pub(super) fn client_error(
        &self,
        vm: &mut Vm,
        connection: Value,
        error: ParseError,
        bytes: &[u8],
        (at, has_answered): (usize, bool),
    ) {
        let Ok(packet) = vm.new_uint8_array(bytes) else {
            vm.take_exception();
            return;
        };
        let (code, reason) = (string(vm, error.code), string(vm, error.reason));
        let at = Value::number(at as f64);
        let has_answered = Value::bool(has_answered);
        let arguments = [connection, code, reason, Value::cell(packet), at, has_answered];
        self.call(vm, Hook::ClientError, &arguments);
    }

    /// A connection is somebody else's now, and so is what has come behind its last request.
    pub(super) fn detached(&self, vm: &mut Vm, connection: Value, bytes: &[u8]) {
        let Ok(ahead) = vm.new_uint8_array(bytes) else {
            vm.take_exception();
            return;
        };
        self.call(vm, Hook::Detached, &[connection, Value::cell(ahead)]);
    }

    /// Writes to a stream of the program's.
    pub(super) fn write_to_script(&self, vm: &mut Vm, connection: Value, bytes: &[u8]) {
        let Ok(chunk) = vm.new_uint8_array(bytes) else {
            vm.take_exception();
            return;
        };
        self.call(vm, Hook::Write, &[connection, Value::cell(chunk)]);
    }
}

impl Acceptor for Server {
    fn accepted(self: Rc<Self>, vm: &mut Vm, io: Io) {
        if self.no_delay.get()
            && let Io::Tcp(tcp) = &io
        {
            // It is gone already where this fails.
            let _ = tcp.set_nodelay(true);
        }
        match Stream::open(vm, io, false) {
            Ok(stream) => {
                let connection = self.add(vm, Transport::Native(stream));
                let is_wanted = self.call(vm, Hook::Connection, &[connection.object()]);
                // The program may want fewer connections, or know it by a socket.
                if is_wanted.is_some_and(Value::is_true) && connection.is_open() {
                    connection.start(vm);
                } else if connection.is_open() {
                    connection.close(vm);
                }
            }
            Err(error) => self.failed(vm, SystemError::of(&error)),
        }
    }

    fn failed(self: Rc<Self>, vm: &mut Vm, error: SystemError) {
        self.call(vm, Hook::AcceptFailed, &[Value::int(error.errno)]);
    }
}
