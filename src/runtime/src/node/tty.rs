//! Terminals and the standard streams: what they are, how they are read and written.
//!
//! <https://nodejs.org/api/tty.html>

use std::cell::{Cell, RefCell};
use std::os::fd::AsRawFd;
use std::rc::Rc;
use std::sync::Arc;

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::operators::to_boolean;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::FileType;
use rustix::io::Errno;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};
use slab::Slab;

use crate::descriptors::{self, Descriptor};
use crate::event_loop::poll::{Interest, Readiness, SourceFd};
use crate::event_loop::{Hold, Source};
use crate::native::{Row, array, define_functions, integer, string, text};
use crate::node::system_error::SystemError;
use crate::runtime::{self, Callback};

const FUNCTIONS: &[Row] = &[
    // kindOf(descriptor): `TTY`, `FILE`, `PIPE`, `TCP`, `UDP` or `UNKNOWN`.
    ("kindOf", 1, |vm, arguments| Ok(string(vm, kind_of(integer(arguments, 0) as i32)))),
    ("isTerminal", 1, |_, arguments| {
        let descriptor = descriptors::get(integer(arguments, 0) as i32);
        Ok(Value::bool(descriptor.is_ok_and(rustix::termios::isatty)))
    }),
    // windowSize(descriptor): columns and rows; undefined if it is no terminal.
    ("windowSize", 1, |vm, arguments| {
        let descriptor = descriptors::get(integer(arguments, 0) as i32);
        let Some(size) = descriptor.ok().and_then(|it| tcgetwinsize(it).ok()) else {
            return Ok(Value::UNDEFINED);
        };
        Ok(array(vm, &[Value::from(u32::from(size.ws_col)), Value::from(u32::from(size.ws_row))]))
    }),
    // setRawMode(descriptor, raw): 0, or the negative number of an error.
    ("setRawMode", 2, set_raw_mode),
    // writeAll(descriptor, bytes or text): 0, or the negative number of an error.
    ("writeAll", 2, write_all),
    ("open", 2, open),
    ("start", 1, |vm, arguments| {
        if let Some(reader) = reader(vm, arguments) {
            reader.start(vm);
        }
        Ok(Value::UNDEFINED)
    }),
    ("stop", 1, |vm, arguments| {
        if let Some(reader) = reader(vm, arguments) {
            reader.hold.set_active(false);
        }
        Ok(Value::UNDEFINED)
    }),
    // setReferenced(reader, referenced)
    ("setReferenced", 2, |vm, arguments| {
        if let Some(reader) = reader(vm, arguments) {
            reader.hold.set_referenced(to_boolean(arguments.get(1)));
        }
        Ok(Value::UNDEFINED)
    }),
    ("close", 1, close),
];

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    Ok(())
}

/// What an open file is.
fn kind_of(number: i32) -> &'static str {
    let Ok(descriptor) = descriptors::get(number) else { return "INVALID" };
    if rustix::termios::isatty(&*descriptor) {
        return "TTY";
    }
    let Ok(status) = rustix::fs::fstat(&*descriptor) else { return "UNKNOWN" };
    match FileType::from_raw_mode(status.st_mode) {
        FileType::RegularFile | FileType::CharacterDevice => "FILE",
        FileType::Fifo => "PIPE",
        FileType::Socket => {
            use rustix::net::{AddressFamily, SocketType, getsockname, sockopt};
            let kind = sockopt::socket_type(&*descriptor);
            let family = getsockname(&*descriptor).map(|address| address.address_family());
            match (kind, family) {
                (Ok(SocketType::STREAM), Ok(AddressFamily::UNIX)) => "PIPE",
                (Ok(SocketType::STREAM), Ok(AddressFamily::INET | AddressFamily::INET6)) => "TCP",
                (Ok(SocketType::DGRAM), Ok(AddressFamily::INET | AddressFamily::INET6)) => "UDP",
                _ => "UNKNOWN",
            }
        }
        _ => "UNKNOWN",
    }
}

/// A negative number, as libuv has it.
fn negative(error: Errno) -> Value {
    Value::int(SystemError::of(&error.into()).errno)
}

// ---------------------------------------------------------------------------
// Modes
// ---------------------------------------------------------------------------

/// How terminals were before they became raw.
#[derive(Default)]
struct Modes {
    before: RefCell<Vec<(Arc<Descriptor>, i32, Termios)>>,
}

fn set_raw_mode(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let number = integer(arguments, 0) as i32;
    let is_raw = to_boolean(arguments.get(1));
    let runtime = runtime::of(vm);
    let modes = runtime.state(|| {
        runtime.at_exit(Box::new(|vm| {
            let modes = runtime::of(vm).state(Modes::default);
            for (descriptor, _, mode) in modes.before.borrow().iter() {
                // Nobody is left to be told.
                let _ = tcsetattr(&**descriptor, OptionalActions::Now, mode);
            }
        }));
        Modes::default()
    });
    let result = descriptors::get(number).and_then(|descriptor| {
        let now = tcgetattr(&*descriptor)?;
        let mut before = modes.before.borrow_mut();
        let known = before.iter().position(|(_, known, _)| *known == number);
        let mode = match known {
            Some(at) if !is_raw => before.remove(at).2,
            None if !is_raw => return Ok(()),
            _ => {
                let mut raw = now.clone();
                raw.make_raw();
                // What is written still goes to the beginning of lines.
                raw.output_modes = now.output_modes | rustix::termios::OutputModes::ONLCR;
                if known.is_none() {
                    before.push((Arc::clone(&descriptor), number, now));
                }
                raw
            }
        };
        tcsetattr(&*descriptor, OptionalActions::Drain, &mode)
    });
    Ok(result.map_or_else(negative, |()| Value::int(0)))
}

// ---------------------------------------------------------------------------
// Writing
// ---------------------------------------------------------------------------

fn write_all(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let descriptor = match descriptors::get(integer(arguments, 0) as i32) {
        Ok(descriptor) => descriptor,
        Err(error) => return Ok(negative(error)),
    };
    let value = arguments.get(1);
    let written = vm.with_bytes(value, |_, bytes| descriptors::write_all(&descriptor, bytes));
    let written = match written {
        Some(written) => written,
        None => {
            let text = text(vm, arguments, 1)?;
            descriptors::write_all(&descriptor, text.as_bytes())
        }
    };
    Ok(written.map_or_else(negative, |()| Value::int(0)))
}

// ---------------------------------------------------------------------------
// Reading
// ---------------------------------------------------------------------------

/// How much is read at once, and how often in one turn of the event loop.
const CHUNK: usize = 65_536;
const TIMES: usize = 16;

/// Something that is read when there is something to be read. The file stays one that
/// blocks, for others have it, too.
struct Reader {
    number: usize,
    descriptor: Arc<Descriptor>,
    /// Called with bytes, with null at the end, or with the negative number of an error.
    callback: Callback,
    hold: Hold,
    /// Its number in the event loop; none if the system cannot say when it can be read.
    source: Cell<Option<usize>>,
    is_scheduled: Cell<bool>,
    is_closed: Cell<bool>,
}

#[derive(Default)]
struct Readers {
    all: RefCell<Slab<Rc<Reader>>>,
}

fn reader(vm: &Vm, arguments: Arguments<'_>) -> Option<Rc<Reader>> {
    let readers = runtime::of(vm).state(Readers::default);

    readers.all.borrow().get(integer(arguments, 0) as usize).map(Rc::clone)
}

/// `open(descriptor, callback)`: the number of a reader, or that of an error.
fn open(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let descriptor = match descriptors::get(integer(arguments, 0) as i32) {
        Ok(descriptor) => descriptor,
        Err(error) => return Ok(negative(error)),
    };
    let Some(callback) = Callback::new(vm, arguments.get(1)) else {
        return Err(vm.throw_type_error("A reader wants a callback"));
    };
    let runtime = runtime::of(vm);
    let readers = runtime.state(Readers::default);
    let mut all = readers.all.borrow_mut();
    let entry = all.vacant_entry();
    let number = entry.key();
    let reader = Rc::new(Reader {
        number,
        descriptor,
        callback,
        hold: runtime.event_loop.hold(),
        source: Cell::new(None),
        is_scheduled: Cell::new(false),
        is_closed: Cell::new(false),
    });
    let who: Rc<dyn Source> = Rc::clone(&reader) as _;
    let raw = raw_number(&reader.descriptor);
    let source = runtime.event_loop.register(&mut SourceFd(&raw), Interest::Readable, who);
    reader.source.set(source.ok());
    entry.insert(reader);
    Ok(Value::number(number as f64))
}

fn raw_number(descriptor: &Descriptor) -> i32 {
    use std::os::fd::AsFd;
    descriptor.as_fd().as_raw_fd()
}

fn close(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(reader) = reader(vm, arguments) else { return Ok(Value::UNDEFINED) };
    reader.hold.set_active(false);
    reader.is_closed.set(true);
    let runtime = runtime::of(vm);
    if let Some(source) = reader.source.take() {
        let raw = raw_number(&reader.descriptor);
        runtime.event_loop.deregister(&mut SourceFd(&raw), source);
    }
    runtime.state(Readers::default).all.borrow_mut().try_remove(reader.number);
    Ok(Value::UNDEFINED)
}

impl Reader {
    fn start(self: &Rc<Self>, vm: &Vm) {
        self.hold.set_active(true);
        // What came before nobody wanted it was told of already.
        if self.source.get().is_none() || self.can_read() {
            self.schedule(vm);
        }
    }

    fn schedule(self: &Rc<Self>, vm: &Vm) {
        if !self.is_scheduled.replace(true) {
            let reader = Rc::clone(self);
            runtime::of(vm).event_loop.defer_ready(Box::new(move |vm| {
                reader.is_scheduled.set(false);
                reader.read_all(vm);
            }));
        }
    }

    /// Whether reading would not wait.
    fn can_read(&self) -> bool {
        if self.source.get().is_none() {
            return true;
        }
        let mut wanted = [PollFd::new(&*self.descriptor, PollFlags::IN)];
        let now = rustix::event::Timespec { tv_sec: 0, tv_nsec: 0 };
        poll(&mut wanted, Some(&now)).is_ok_and(|ready| ready > 0)
    }

    fn is_wanted(&self) -> bool {
        self.hold.is_active() && !self.is_closed.get()
    }

    fn read_all(self: &Rc<Self>, vm: &mut Vm) {
        let mut bytes = vec![0; CHUNK];
        for _ in 0..TIMES {
            if !self.is_wanted() || !self.can_read() {
                return;
            }
            let told = match rustix::io::read(&*self.descriptor, &mut bytes) {
                Ok(0) => Ok(Value::NULL),
                Ok(count) => vm.new_uint8_array(&bytes[..count]).map(Value::cell),
                Err(Errno::INTR | Errno::AGAIN) => continue,
                // The other side of a terminal is gone.
                Err(Errno::IO) if rustix::termios::isatty(&*self.descriptor) => Ok(Value::NULL),
                Err(error) => Ok(negative(error)),
            };
            let Ok(told) = told else {
                // There is no memory for what was read.
                vm.take_exception();
                self.hold.set_active(false);
                self.callback.call(vm, Value::UNDEFINED, &[negative(Errno::NOMEM)]);
                return;
            };
            let is_over = told.is_null() || told.as_int().is_some();
            if is_over {
                self.hold.set_active(false);
            }
            self.callback.call(vm, Value::UNDEFINED, &[told]);
        }
        if self.is_wanted() && self.can_read() {
            self.schedule(vm);
        }
    }
}

impl Source for Reader {
    fn resource(&self) -> Option<(&'static str, Option<Gc<Object>>)> {
        let is_terminal = rustix::termios::isatty(&*self.descriptor);
        self.hold.holds().then_some((if is_terminal { "TTYWrap" } else { "PipeWrap" }, None))
    }

    fn ready(self: Rc<Self>, vm: &mut Vm, _: Readiness) {
        if self.is_wanted() {
            self.read_all(vm);
        }
    }
}
