//! Child processes: what `child_process.js` has of the system.
//!
//! A `Process` is one child. Its script sets `onexit(code, signal)`, which is called once;
//! results that are negative are errors of the system.
//!
//! <https://nodejs.org/api/child_process.html>

mod command;
mod exit;
mod sync;

use std::cell::{Cell, RefCell};
use std::io;
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::sync::Arc;

use axil_engine::heap::{Gc, Root};
use axil_engine::object::Object;
use axil_engine::operators::{as_object, to_boolean};
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use self::command::{Request, Slot};
use self::exit::{Exit, Notice};
use super::net;
use super::net::stream::{Io, Stream};
use super::system_error::SystemError;
use crate::descriptors::{self, Descriptor};
use crate::event_loop::poll::{self, Interest, Readiness, SourceFd};
use crate::event_loop::{Hold, Source};
use crate::native::{Row, array, define, define_functions, integer, text};
use crate::runtime;

const FUNCTIONS: &[Row] = &[
    ("spawnSync", 12, sync::spawn_sync),
    // closeInherited(descriptor): of one that the process was started with, and that
    // somebody has a copy of.
    ("closeInherited", 1, |_, arguments| {
        let number = integer(arguments, 0) as i32;
        // What is not open is as good as closed.
        let _ = nix::unistd::close(number);
        Ok(Value::UNDEFINED)
    }),
];

const PROCESS: &[Row] = &[
    // spawn(file, words, environment, folder, is detached, user, group, stdio): an array
    // of the number of the child and our ends of its pipes, or an error's number.
    ("spawn", 8, spawn),
    // kill(signal)
    ("kill", 1, |vm, arguments| {
        let process = process(vm, arguments)?;
        let signal = integer(arguments, 0) as i32;
        let result = match process.pid.get() {
            Some(pid) => send(pid, signal),
            None => Err(Errno::SRCH),
        };
        Ok(result.map_or_else(|error| errno(&error.into()), |()| Value::int(0)))
    }),
    ("ref", 0, |vm, arguments| set_referenced(vm, arguments, true)),
    ("unref", 0, |vm, arguments| set_referenced(vm, arguments, false)),
    ("hasRef", 0, |vm, arguments| {
        let process = process(vm, arguments)?;
        let runs = process.pid.get().is_some();
        Ok(Value::bool(runs && process.hold.is_referenced()))
    }),
    ("close", 0, |vm, arguments| {
        process(vm, arguments)?.hold.set_active(false);
        Ok(Value::UNDEFINED)
    }),
];

/// A child.
struct Process {
    /// Its number, until it has ended.
    pid: Cell<Option<Pid>>,
    hold: Hold,
    /// The script's object, while there is something to tell it.
    object: RefCell<Option<Root<Object>>>,
    notice: RefCell<Option<(Notice, usize)>>,
}

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    let class = vm.new_native_class(
        ("Process", 0, |vm, arguments| {
            let process = Rc::new(Process {
                pid: Cell::new(None),
                hold: runtime::of(vm).event_loop.hold(),
                object: RefCell::new(None),
                notice: RefCell::new(None),
            });
            vm.new_host_object(arguments, process).map(|it| Value::cell(it.as_object()))
        }),
        PROCESS,
    );
    define(vm, half, "Process", Value::cell(class));
    Ok(())
}

fn process(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<Rc<Process>> {
    vm.with_host_object(arguments.this(), |process: &mut Rc<Process>| Rc::clone(process))
}

fn set_referenced(vm: &mut Vm, arguments: Arguments<'_>, referenced: bool) -> Completion {
    process(vm, arguments)?.hold.set_referenced(referenced);
    Ok(Value::UNDEFINED)
}

fn errno(error: &io::Error) -> Value {
    Value::int(SystemError::of(error).errno)
}

/// Sends a child a signal; with 0 it is only asked for.
fn send(pid: Pid, signal: i32) -> Result<(), Errno> {
    if signal == 0 {
        return test_kill_process(pid);
    }
    kill_process(pid, Signal::from_named_raw(signal).ok_or(Errno::INVAL)?)
}

// ---------------------------------------------------------------------------
// The beginning
// ---------------------------------------------------------------------------

/// How the script says that a descriptor is nothing.
const NOTHING: i64 = -1;

/// What the first eight arguments say.
fn request(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<Result<Request, Errno>> {
    let number = |at: usize| arguments.get(at).as_number().map(|number| number as i64 as u32);
    let folder = if arguments.get(3).is_nullish() { None } else { Some(text(vm, arguments, 3)?) };
    let mut slots = Vec::new();
    let list = vm.create_list_from_array_like(arguments.get(7))?;
    for slot in list.as_slice() {
        if let Some(handle) = net::socket_of(*slot) {
            let copy = handle.stream().and_then(|stream| stream.with_io(duplicate));
            match copy {
                Some(Ok(copy)) => slots.push(Slot::Descriptor(Arc::new(copy))),
                Some(Err(error)) => return Ok(Err(error)),
                None => return Ok(Err(Errno::BADF)),
            }
            continue;
        }
        slots.push(match slot.as_number().map(|number| number as i64) {
            None => Slot::Pipe,
            Some(NOTHING) => Slot::Nothing,
            Some(number) => match descriptors::get(number as i32) {
                Ok(descriptor) => Slot::Descriptor(descriptor),
                Err(error) => return Ok(Err(error)),
            },
        });
    }
    Ok(Ok(Request {
        file: text(vm, arguments, 0)?,
        words: texts(vm, arguments.get(1))?,
        environment: texts(vm, arguments.get(2))?,
        folder,
        is_detached: to_boolean(arguments.get(4)),
        user: number(5),
        group: number(6),
        slots,
    }))
}

/// A second descriptor of a socket that a handle has.
fn duplicate(io: &Io) -> Result<Descriptor, Errno> {
    let copy = match io {
        Io::Tcp(tcp) => rustix::io::fcntl_dupfd_cloexec(tcp, 0),
        Io::Unix(unix) => rustix::io::fcntl_dupfd_cloexec(unix, 0),
    };
    copy.map(Descriptor::Owned)
}

fn texts(vm: &mut Vm, array: Value) -> Completion<Vec<String>> {
    let list = vm.create_list_from_array_like(array)?;
    Ok(list.as_slice().iter().map(|value| vm.display(*value)).collect())
}

fn spawn(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let process = process(vm, arguments)?;
    let request = match request(vm, arguments)? {
        Ok(request) => request,
        Err(error) => return Ok(errno(&error.into())),
    };
    let started = match request.start() {
        Ok(started) => started,
        Err(error) => return Ok(errno(&error)),
    };
    if let Some(object) = as_object(arguments.this())
        && let Err(error) = process.watch(vm, object, started.pid)
    {
        return Ok(errno(&error));
    }
    let mut results = vm.memory.rooted_vec();
    results.push(Value::int(started.pid.as_raw_nonzero().get()));
    for end in started.ends {
        let handle = end.map(|end| socket_handle(vm, end)).transpose()?;
        results.push(handle.map_or(Value::UNDEFINED, Value::cell));
    }
    Ok(array(vm, results.as_slice()))
}

/// A handle, as `net.js` has it, for our end of a pipe.
fn socket_handle(vm: &mut Vm, end: UnixStream) -> Completion<Gc<Object>> {
    match Stream::open(vm, Io::Unix(poll::UnixStream::from_std(end)), false) {
        Ok(stream) => net::new_socket_handle(vm, stream),
        Err(error) => Err(super::system_error::throw_bare(vm, &error, "spawn")),
    }
}

// ---------------------------------------------------------------------------
// The end
// ---------------------------------------------------------------------------

impl Process {
    fn watch(self: &Rc<Self>, vm: &Vm, object: Gc<Object>, pid: Pid) -> io::Result<()> {
        let notice = Notice::of(pid)?;
        let runtime = runtime::of(vm);
        let who: Rc<dyn Source> = Rc::clone(self) as _;
        let mut source = SourceFd(&notice.number());
        let number = runtime.event_loop.register(&mut source, Interest::Readable, who)?;
        self.pid.set(Some(pid));
        *self.object.borrow_mut() = Some(vm.memory.root(object));
        *self.notice.borrow_mut() = Some((notice, number));
        self.hold.set_active(true);
        Ok(())
    }

    fn tell(&self, vm: &mut Vm, exit: Exit) {
        self.hold.set_active(false);
        let Some(object) = self.object.borrow_mut().take() else { return };
        let object = object.get();
        let arguments = match exit {
            Exit::Code(code) => [Value::int(code), Value::int(0)],
            Exit::Signal(signal) => [Value::int(0), Value::int(signal)],
        };
        let key = vm.memory.literal_key("onexit");
        runtime::of(vm).scope(vm, |vm| {
            let function = vm.get(object, key)?;
            if function.is_nullish() {
                return Ok(Value::UNDEFINED);
            }
            vm.call(function, Value::cell(object), &arguments)
        });
    }
}

impl Source for Process {
    fn resource(&self) -> Option<(&'static str, Option<Gc<Object>>)> {
        let object = self.object.borrow().as_ref().map(Root::get);
        self.hold.holds().then_some(("ProcessWrap", object))
    }

    fn ready(self: Rc<Self>, vm: &mut Vm, _: Readiness) {
        let Some(exit) = self.pid.get().and_then(exit::reap) else { return };
        self.pid.set(None);
        let runtime = runtime::of(vm);
        let notice = self.notice.borrow_mut().take();
        if let Some((notice, number)) = notice {
            runtime.event_loop.deregister(&mut SourceFd(&notice.number()), number);
        }
        // What the child has written comes first, and that it writes no more: sockets that
        // are told of in this turn are read to their ends in the next one.
        runtime.event_loop.defer_ready(Box::new(move |vm| {
            let event_loop = &runtime::of(vm).event_loop;
            event_loop.defer(Box::new(move |vm| self.tell(vm, exit)));
        }));
    }
}
