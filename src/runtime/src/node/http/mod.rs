//! What `http.js` has natively: servers and their connections, heads, and a parser of
//! responses for clients.

pub mod connection;
mod diagnosis;
pub mod fields;
pub mod head_writer;
pub mod parser;
mod response_parser;
pub mod server;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use axil_engine::heap::{Gc, Root};
use axil_engine::object::Object;
use axil_engine::operators::{as_object, to_boolean};
use axil_engine::string::{JsString, Units};
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use self::connection::{Connection, Transport};
use self::head_writer::{Additions, Facts};
use self::parser::{Head, is_token};
use self::server::Server;
use super::net;
use crate::native::{Row, array, define, define_functions, integer, text};
use crate::runtime::{self, Callback};

/// The prototypes of objects that native code makes.
#[derive(Default)]
struct Prototypes {
    connection: RefCell<Option<Root<Object>>>,
    head: RefCell<Option<Root<Object>>>,
}

const FUNCTIONS: &[Row] = &[
    // isToken(text): whether it can be the name of a field, or a method.
    ("isToken", 1, |vm, arguments| {
        let value = arguments.get(0).downcast::<JsString>();
        let is_token = value.is_some_and(|text| match text.units(&vm.memory) {
            Units::Latin1(units) => !units.is_empty() && units.iter().all(|byte| is_token(*byte)),
            Units::Utf16(_) => false,
        });
        Ok(Value::bool(is_token))
    }),
    // isFieldValue(text): whether it can be the value of a field.
    ("isFieldValue", 1, |vm, arguments| {
        let value = arguments.get(0).downcast::<JsString>();
        let is_value = value.is_some_and(|text| match text.units(&vm.memory) {
            Units::Latin1(units) => units.iter().all(|byte| head_writer::is_in_value(*byte)),
            Units::Utf16(_) => false,
        });
        Ok(Value::bool(is_value))
    }),
    ("renderHead", 4, render_head),
];

const SERVER: &[Row] = &[
    ("attach", 1, |vm, arguments| {
        let server = server(vm, arguments)?;
        let listener = net::listener_of(arguments.get(0)).and_then(|handle| handle.listener());
        if let Some(listener) = listener {
            listener.set_acceptor(server);
        }
        Ok(Value::UNDEFINED)
    }),
    ("configure", 7, configure),
    // addStream(): the connection that a stream of the program's carries.
    ("addStream", 0, |vm, arguments| {
        let server = server(vm, arguments)?;
        let connection = server.add(vm, Transport::Script);
        connection.start(vm);
        Ok(connection.object())
    }),
    // closeConnections(only idle ones)
    ("closeConnections", 1, |vm, arguments| {
        let server = server(vm, arguments)?;
        server.close_connections(vm, to_boolean(arguments.get(0)));
        Ok(Value::UNDEFINED)
    }),
    // stop(), start(): no new connections come, or they do again.
    ("stop", 0, |vm, arguments| {
        let server = server(vm, arguments)?;
        server.stop(vm);
        Ok(Value::UNDEFINED)
    }),
    ("start", 0, |vm, arguments| {
        let server = server(vm, arguments)?;
        server.is_closing.set(false);
        Ok(Value::UNDEFINED)
    }),
    ("connectionCount", 0, |vm, arguments| {
        let server = server(vm, arguments)?;
        Ok(Value::number(server.connection_count() as f64))
    }),
];

const CONNECTION: &[Row] = &[
    // attach(request, response)
    ("attach", 2, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        let objects = (as_object(arguments.get(0)), as_object(arguments.get(1)));
        if let (Some(request), Some(response)) = objects {
            connection.attach(vm, request, response);
        }
        Ok(Value::UNDEFINED)
    }),
    ("writeHead", 5, write_head),
    ("writeBody", 2, write_body),
    ("closeChunk", 0, close_chunk),
    ("endBody", 4, end_body),
    // release(): the head goes out, though no part of the body is there.
    ("release", 0, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        connection.with_output(vm, |_| {});
        Ok(Value::UNDEFINED)
    }),
    // whenWritten(callback)
    ("whenWritten", 1, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        if let Some(callback) = Callback::new(vm, arguments.get(0)) {
            connection.when_written(vm, callback);
        }
        Ok(Value::UNDEFINED)
    }),
    // wantDrain(): `drained` is told when all is written.
    ("wantDrain", 0, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        connection.want_drain();
        Ok(Value::UNDEFINED)
    }),
    // writeRaw(text): something before the response, like `100 Continue`.
    ("writeRaw", 1, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        let bytes = net::bytes_to_write(vm, arguments.get(0), true)?;
        let queued = connection.with_output(vm, |output| output.extend_from_slice(&bytes));
        Ok(Value::number(queued as f64))
    }),
    // queued(whether the message is ended, so that what there is goes to the system)
    ("queued", 1, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        let is_ended = to_boolean(arguments.get(0));
        let queued = if is_ended { connection.unsent() } else { connection.queued() };
        Ok(Value::number(queued as f64))
    }),
    ("flush", 0, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        connection.flush(vm);
        Ok(Value::UNDEFINED)
    }),
    // writeOut(): what waits goes to the system now; who waits for that is told later.
    ("writeOut", 0, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        connection.write_out(vm);
        Ok(Value::UNDEFINED)
    }),
    ("resume", 0, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        connection.resume(vm);
        Ok(Value::UNDEFINED)
    }),
    // hold(whether the program has enough to write for now)
    ("hold", 1, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        connection.hold(vm, to_boolean(arguments.get(0)));
        Ok(Value::UNDEFINED)
    }),
    ("renderHead", 5, render_waiting_head),
    // continueBody(facts): the response whose turn has come has had its head already.
    ("continueBody", 1, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        connection.set_facts(Facts::from_bits_truncate(integer(arguments, 0) as u32));
        Ok(Value::UNDEFINED)
    }),
    // endResponse(whether somebody listens for that): all of it is with the connection.
    ("endResponse", 1, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        connection.end_response(vm, to_boolean(arguments.get(0)));
        Ok(Value::UNDEFINED)
    }),
    // receive(bytes), receiveEnd(): of a stream of the program's.
    ("receive", 1, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        let bytes = net::bytes_to_write(vm, arguments.get(0), true)?;
        connection.receive(vm, &bytes);
        Ok(Value::UNDEFINED)
    }),
    ("receiveEnd", 0, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        connection.end(vm);
        Ok(Value::UNDEFINED)
    }),
    // answer(text): a response of native form, after which the connection is closed.
    ("answer", 1, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        let text = text(vm, arguments, 0)?;
        connection.answer_bare(vm, text.as_bytes());
        Ok(Value::UNDEFINED)
    }),
    ("close", 0, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        connection.close(vm);
        Ok(Value::UNDEFINED)
    }),
    ("isOpen", 0, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        Ok(Value::bool(connection.is_open()))
    }),
    // socketHandle(): a handle of `net` for the socket that carries it; undefined if a
    // stream of the program's does.
    ("socketHandle", 0, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        match connection.stream() {
            Some(stream) => Ok(Value::cell(net::new_shared_handle(vm, stream)?)),
            None => Ok(Value::UNDEFINED),
        }
    }),
    // giveToScript(): from now on the program's socket feeds it.
    ("giveToScript", 0, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        connection.give_to_script(vm);
        Ok(Value::UNDEFINED)
    }),
    // detach(): from now on the socket is somebody else's; `detached` tells what has come
    // behind the request.
    ("detach", 0, |vm, arguments| {
        let connection = connection(vm, arguments)?;
        connection.detach(vm);
        Ok(Value::UNDEFINED)
    }),
];

const HEAD: &[Row] = &[
    ("rawHeaders", 0, |vm, arguments| {
        let head = head(vm, arguments)?;
        Ok(fields::raw(vm, head.fields()))
    }),
    // headers(whether all that comes again is joined)
    ("headers", 1, |vm, arguments| {
        let head = head(vm, arguments)?;
        let joins = to_boolean(arguments.get(0));
        Ok(Value::cell(fields::joined(vm, head.fields(), joins)))
    }),
    ("headersDistinct", 0, |vm, arguments| {
        let head = head(vm, arguments)?;
        Ok(Value::cell(fields::distinct(vm, head.fields())))
    }),
];

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    let class = vm.new_native_class(
        ("Server", 1, |vm, arguments| {
            let Some(hooks) = as_object(arguments.get(0)) else {
                return Err(vm.throw_type_error("A server needs somebody to tell"));
            };
            let server = Server::new(vm, hooks)?;
            vm.new_host_object(arguments, server).map(|it| Value::cell(it.as_object()))
        }),
        SERVER,
    );
    define(vm, half, "Server", Value::cell(class));
    let prototypes = runtime::of(vm).state(Prototypes::default);
    let class = vm.new_native_class(("Connection", 0, refuse_construction), CONNECTION);
    *prototypes.connection.borrow_mut() = Some(prototype_of(vm, class)?);
    let class = vm.new_native_class(("Head", 0, refuse_construction), HEAD);
    *prototypes.head.borrow_mut() = Some(prototype_of(vm, class)?);
    let parser = response_parser::class(vm);
    define(vm, half, "ResponseParser", Value::cell(parser));
    let methods = parser::METHODS.iter().map(|method| String::from_utf8_lossy(method));
    let methods = crate::native::strings(vm, methods);
    define(vm, half, "methods", methods);
    Ok(())
}

fn refuse_construction(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    Err(vm.throw_type_error("Illegal constructor"))
}

fn prototype_of(vm: &mut Vm, class: Gc<Object>) -> Completion<Root<Object>> {
    let key = vm.memory.keys().prototype;
    let prototype = vm.get(class, key)?;
    match as_object(prototype) {
        Some(prototype) => Ok(vm.memory.root(prototype)),
        None => Err(vm.throw_type_error("A class has a prototype")),
    }
}

/// The object by which the program's half knows a connection.
fn new_connection_object(vm: &mut Vm, connection: &Rc<Connection>) -> Gc<Object> {
    let prototypes = runtime::of(vm).state(Prototypes::default);
    let prototype = prototypes.connection.borrow().as_ref().map(Root::get);
    let prototype = prototype.expect("the native half has made it");
    vm.new_instance_of(prototype, Rc::clone(connection)).as_object()
}

/// The object by which the program's half knows a head.
fn new_head_object(vm: &mut Vm, head: Head) -> Gc<Object> {
    let prototypes = runtime::of(vm).state(Prototypes::default);
    let prototype = prototypes.head.borrow().as_ref().map(Root::get);
    let prototype = prototype.expect("the native half has made it");
    vm.new_instance_of(prototype, Rc::new(head)).as_object()
}

fn server(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<Rc<Server>> {
    vm.with_host_object(arguments.this(), |server: &mut Rc<Server>| Rc::clone(server))
}

fn connection(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<Rc<Connection>> {
    vm.with_host_object(arguments.this(), |it: &mut Rc<Connection>| Rc::clone(it))
}

fn head(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<Rc<Head>> {
    vm.with_host_object(arguments.this(), |it: &mut Rc<Head>| Rc::clone(it))
}

/// `configure(max head, idle, head and request time-outs in milliseconds, seconds that are
/// told, most requests of a connection, flags)`: flag 1 wants small
/// delays, flag 2 answers who has closed its end, flag 4 takes what careless clients send.
fn configure(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let server = server(vm, arguments)?;
    let milliseconds = |index| Duration::from_millis(integer(arguments, index).max(0) as u64);
    server.max_head.set(integer(arguments, 0).max(0) as usize);
    server.idle_timeout.set(milliseconds(1));
    server.head_timeout.set(milliseconds(2));
    server.request_timeout.set(milliseconds(3));
    server.told_timeout.set(integer(arguments, 4).max(0) as u64);
    server.max_requests.set(integer(arguments, 5).clamp(0, i64::from(u32::MAX)) as u32);
    let flags = integer(arguments, 6);
    server.no_delay.set(flags & 1 != 0);
    server.allows_half_open.set(flags & 2 != 0);
    server.is_lenient.set(flags & 4 != 0);
    Ok(Value::UNDEFINED)
}

/// The status, reason, fields, facts and length that a response begins with, which has its
/// turn or waits for that.
fn head_into(
    vm: &mut Vm,
    connection: &Rc<Connection>,
    output: &mut Vec<u8>,
    arguments: Arguments<'_>,
    has_its_turn: bool,
) -> Completion<Option<Facts>> {
    let status = integer(arguments, 0) as u16;
    let reason = arguments.get(1).downcast::<JsString>();
    let reason = reason.map(|reason| match reason.units(&vm.memory) {
        Units::Latin1(units) => units.to_vec(),
        Units::Utf16(_) => reason.to_rust(&vm.memory).into_bytes(),
    });
    let start = output.len();
    head_writer::status_line(output, status, &reason.unwrap_or_default());
    let length = arguments.get(4).as_number().filter(|length| *length >= 0.0);
    let (timeout, max_requests) = connection.told();
    let mut facts = Facts::from_bits_truncate(integer(arguments, 3) as u32);
    facts.set(Facts::NO_CONTENT, status == 204 || status == 304);
    // Who is told so sends no request that nobody would read.
    if facts.contains(Facts::KEEP_ALIVE) && connection.should_be_last(has_its_turn) {
        facts.remove(Facts::KEEP_ALIVE);
    }
    let additions =
        Additions { facts, length: length.map(|length| length as u64), timeout, max_requests };
    let settled = head_writer::fields(vm, output, arguments.get(2), &additions);
    match settled {
        Ok(Ok(facts)) => Ok(Some(facts)),
        Ok(Err(_)) => {
            output.truncate(start);
            Ok(None)
        }
        Err(throw) => {
            output.truncate(start);
            Err(throw)
        }
    }
}

/// `writeHead(status, reason, fields, facts, length of the body or −1)`: what has been
/// settled, or −1 if a field cannot be. The head goes out with the first part of the body.
fn write_head(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let connection = connection(vm, arguments)?;
    let mut head = connection.take_held();
    let result = head_into(vm, &connection, &mut head, arguments, true);
    connection.give_held(head);
    let Some(facts) = result? else { return Ok(Value::int(-1)) };
    connection.set_facts(facts);
    Ok(Value::int(facts.bits() as i32))
}

/// `renderHead(status, reason, fields, facts, length of the body or −1)`: the head of a
/// response that waits for its turn as a Latin-1 string, and what has been settled;
/// undefined if a field cannot be.
fn render_waiting_head(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let connection = connection(vm, arguments)?;
    let mut head = Vec::new();
    let settled = head_into(vm, &connection, &mut head, arguments, false)?;
    let Some(facts) = settled else { return Ok(Value::UNDEFINED) };
    let text = Value::cell(vm.memory.latin1(&head));
    Ok(array(vm, &[text, Value::int(facts.bits() as i32)]))
}

/// Appends a part of a body, as it is.
fn append_bytes(vm: &mut Vm, output: &mut Vec<u8>, data: Value, is_latin1: bool) -> Completion<()> {
    if let Some(string) = data.downcast::<JsString>() {
        match string.units(&vm.memory) {
            Units::Latin1(units) if is_latin1 || units.is_ascii() => {
                output.extend_from_slice(units);
            }
            _ => output.extend_from_slice(&net::bytes_to_write(vm, data, is_latin1)?),
        }
        return Ok(());
    }
    match vm.with_bytes(data, |_, bytes| output.extend_from_slice(bytes)) {
        Some(()) => Ok(()),
        None => Err(vm.throw_type_error("Only strings and buffers can be written")),
    }
}

/// Appends a chunk; there is none of no bytes, for that would end the body.
fn append_chunk(output: &mut Vec<u8>, bytes: &[u8]) {
    if !bytes.is_empty() {
        output.extend_from_slice(format!("{:x}\r\n", bytes.len()).as_bytes());
        output.extend_from_slice(bytes);
        output.extend_from_slice(b"\r\n");
    }
}

/// `writeBody(data, whether it is Latin-1)`: how many bytes wait. Chunks stay open until
/// `closeChunk`.
fn write_body(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let connection = connection(vm, arguments)?;
    let Some(facts) = connection.facts() else { return Ok(Value::int(0)) };
    if facts.contains(Facts::HAS_BODY) {
        let (data, is_latin1) = (arguments.get(0), to_boolean(arguments.get(1)));
        if facts.contains(Facts::CHUNKED) {
            let mut chunk = connection.take_chunk();
            let result = append_bytes(vm, &mut chunk, data, is_latin1);
            connection.give_chunk(chunk);
            result?;
        } else {
            let mut output = connection.take_output();
            let result = append_bytes(vm, &mut output, data, is_latin1);
            connection.give_output(vm, output);
            result?;
        }
    }
    Ok(Value::number(connection.queued() as f64))
}

/// `closeChunk()`: what has been written since the last one is a chunk.
fn close_chunk(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let connection = connection(vm, arguments)?;
    let mut chunk = connection.take_chunk();
    if !chunk.is_empty() {
        let mut output = connection.take_output();
        append_chunk(&mut output, &chunk);
        connection.give_output(vm, output);
        chunk.clear();
        connection.give_chunk(chunk);
    }
    Ok(Value::UNDEFINED)
}

/// `endBody(data, whether it is Latin-1, trailers, whether somebody listens)`: the last part
/// of the body, or undefined; trailers are fields as text, or undefined.
fn end_body(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let connection = connection(vm, arguments)?;
    let Some(facts) = connection.facts() else { return Ok(Value::UNDEFINED) };
    let (data, trailers) = (arguments.get(0), arguments.get(2));
    let trailers = match trailers.downcast::<JsString>() {
        Some(_) => net::bytes_to_write(vm, trailers, true)?,
        None => Vec::new(),
    };
    let has_data = facts.contains(Facts::HAS_BODY) && !data.is_nullish();
    let is_latin1 = to_boolean(arguments.get(1));
    let mut result = Ok(());
    if facts.contains(Facts::CHUNKED) {
        let mut chunk = connection.take_chunk();
        if has_data {
            result = append_bytes(vm, &mut chunk, data, is_latin1);
        }
        let mut output = connection.take_output();
        append_chunk(&mut output, &chunk);
        chunk.clear();
        connection.give_chunk(chunk);
        output.extend_from_slice(b"0\r\n");
        output.extend_from_slice(&trailers);
        output.extend_from_slice(b"\r\n");
        connection.give_output(vm, output);
    } else {
        let mut output = connection.take_output();
        if has_data {
            result = append_bytes(vm, &mut output, data, is_latin1);
        }
        connection.give_output(vm, output);
    }
    connection.end_response(vm, to_boolean(arguments.get(3)));
    result.map(|()| Value::UNDEFINED)
}

/// `renderHead(first line, fields, facts, length or −1)`: the head as a Latin-1 string, and
/// what has been settled; undefined if a field cannot be. For clients.
fn render_head(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let mut output = net::bytes_to_write(vm, arguments.get(0), true)?;
    let length = arguments.get(3).as_number().filter(|length| *length >= 0.0);
    let additions = Additions {
        facts: Facts::from_bits_truncate(integer(arguments, 2) as u32),
        length: length.map(|length| length as u64),
        timeout: 0,
        max_requests: 0,
    };
    match head_writer::fields(vm, &mut output, arguments.get(1), &additions)? {
        Ok(facts) => {
            let text = Value::cell(vm.memory.latin1(&output));
            Ok(array(vm, &[text, Value::int(facts.bits() as i32)]))
        }
        Err(_) => Ok(Value::UNDEFINED),
    }
}
