//! What `process.js` has of the process.
//!
//! <https://nodejs.org/api/process.html>

#[cfg(unix)]
mod credentials;
#[cfg(unix)]
mod signals;
mod usage;

use std::rc::Rc;

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use super::system_error;
use crate::clock::SystemClock;
use crate::native::{
    Row, array, define, define_functions, integer, new_object, string, strings, text,
};
use crate::runtime;
use crate::uncaught::{self, Uncaught};

const FUNCTIONS: &[Row] = &[
    ("cwd", 0, |vm, _| match std::env::current_dir() {
        Ok(path) => Ok(string(vm, &path.to_string_lossy())),
        Err(error) => Err(system_error::throw(vm, &error, "uv_cwd", None)),
    }),
    // chdir(path)
    ("chdir", 1, |vm, arguments| {
        let path = text(vm, arguments, 0)?;
        match std::env::set_current_dir(&path) {
            Ok(()) => Ok(Value::UNDEFINED),
            Err(error) => {
                let folder = std::env::current_dir().unwrap_or_default();
                let folder = folder.to_string_lossy();
                Err(system_error::throw_with(vm, &error, "chdir", &folder, &path))
            }
        }
    }),
    ("hrtime", 0, hrtime),
    ("uptime", 0, |vm, _| Ok(Value::number(runtime::of(vm).started.elapsed().as_secs_f64()))),
    // exit(code): ends the process; `exit` has been emitted.
    ("exit", 1, |vm, arguments| {
        let code = integer(arguments, 0) as u8;
        runtime::of(vm).exit(vm, code)
    }),
    ("abort", 0, |_, _| std::process::abort()),
    // nextTick(callback, …arguments); the callback is known to be a function.
    ("nextTick", 1, |vm, arguments| {
        let runtime = runtime::of(vm);
        runtime.ticks.borrow_mut().add(vm, arguments.get(0), arguments.from(1));
        Ok(Value::UNDEFINED)
    }),
    // enqueueMicrotask(callback)
    ("enqueueMicrotask", 1, |vm, arguments| {
        vm.enqueue_job(arguments.get(0), Value::UNDEFINED);
        Ok(Value::UNDEFINED)
    }),
    // raise(exception): as if nobody had caught it.
    ("raise", 1, |vm, arguments| {
        uncaught::raise(vm, Uncaught::Exception(arguments.get(0)));
        Ok(Value::UNDEFINED)
    }),
    // setHook(name, function): has native code call a function.
    ("setHook", 2, set_hook),
    ("memoryUsage", 0, usage::memory_usage),
    ("rss", 0, |_, _| Ok(Value::number(usage::resident_set_size() as f64))),
    ("resourceUsage", 0, usage::resource_usage),
    ("availableMemory", 0, usage::available_memory),
    ("constrainedMemory", 0, usage::constrained_memory),
    ("environment", 0, |vm, _| {
        let environment = new_object(vm);
        for (name, value) in std::env::vars_os() {
            let (name, value) = (name.to_string_lossy(), value.to_string_lossy());
            let value = string(vm, &value);
            let key = vm.memory.key(&name);
            vm.create_data_property_or_throw(environment, key, value)?;
        }
        Ok(Value::cell(environment))
    }),
    // writeSync(descriptor, text or bytes): to one of the three standard streams.
    ("writeSync", 2, write_sync),
    ("umask", 1, umask),
    ("cpuUsage", 0, usage::cpu_usage),
    ("threadCpuUsage", 0, usage::thread_cpu_usage),
    // hasVariable(name): whether the process was given such a variable.
    ("hasVariable", 1, |vm, arguments| {
        let name = text(vm, arguments, 0)?;
        Ok(Value::bool(std::env::var_os(name).is_some()))
    }),
    // setTimeZone(name): what `TZ` says from now on; without a name it is the system's.
    ("setTimeZone", 1, |vm, arguments| {
        let name =
            if arguments.get(0).is_undefined() { None } else { Some(text(vm, arguments, 0)?) };
        vm.set_clock(Rc::new(SystemClock::in_zone(name.as_deref())));
        Ok(Value::UNDEFINED)
    }),
    ("setTitle", 1, |vm, arguments| {
        let title = text(vm, arguments, 0)?;
        set_title(&title);
        Ok(Value::UNDEFINED)
    }),
    // execve(path, arguments, environment)
    ("execve", 3, execve),
    // collectGarbage()
    ("collectGarbage", 0, |vm, _| {
        vm.memory.collect();
        Ok(Value::UNDEFINED)
    }),
    // kill(pid, signal number)
    ("kill", 2, kill),
    // watchPromises(watched): whether the hook `promiseEvent` is called with each promise.
    ("watchPromises", 1, |vm, arguments| {
        vm.tell_of_promises(arguments.get(0).is_true());
        Ok(Value::UNDEFINED)
    }),
    // activeResources(): how many pieces of work are under way, the names of what holds the
    // event loop, and the objects behind them.
    ("activeResources", 0, active_resources),
];

#[cfg(unix)]
const UNIX_FUNCTIONS: &[Row] = &[
    ("ids", 0, credentials::ids),
    ("groups", 0, credentials::groups),
    ("userId", 1, credentials::user_id),
    ("groupId", 1, credentials::group_id),
    ("userName", 1, credentials::user_name),
    ("setId", 2, credentials::set_id),
    ("setGroups", 1, credentials::set_groups),
    ("initGroups", 2, credentials::init_groups),
    ("watchSignal", 1, signals::watch),
    ("unwatchSignal", 1, signals::unwatch),
];

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    #[cfg(unix)]
    define_functions(vm, half, UNIX_FUNCTIONS);
    let runtime = runtime::of(vm);
    let invocation = &runtime.invocation;
    let executable = string(vm, &invocation.executable.to_string_lossy());
    define(vm, half, "executable", executable);
    let argv0 = string(vm, &invocation.argv0);
    define(vm, half, "argv0", argv0);
    let options = strings(vm, &invocation.options);
    define(vm, half, "options", options);
    let arguments = strings(vm, &invocation.arguments);
    define(vm, half, "arguments", arguments);
    let code = match &invocation.code {
        Some(code) => string(vm, code),
        None => Value::UNDEFINED,
    };
    define(vm, half, "code", code);
    define(vm, half, "pid", Value::from(std::process::id()));
    let texts =
        [("version", env!("CARGO_PKG_VERSION")), ("platform", platform()), ("arch", arch())];
    for (name, text) in texts {
        let text = string(vm, text);
        define(vm, half, name, text);
    }
    Ok(())
}

/// The operating system, by Node.js's name.
pub(crate) fn platform() -> &'static str {
    match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        "solaris" | "illumos" => "sunos",
        other => other,
    }
}

/// The processor, by Node.js's name.
pub(crate) fn arch() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "x64",
        "x86" => "ia32",
        "aarch64" => "arm64",
        "powerpc64" => "ppc64",
        "loongarch64" => "loong64",
        other => other,
    }
}

/// Nanoseconds of a clock that only goes forward: seconds, and the rest.
fn hrtime(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    #[cfg(unix)]
    let (seconds, nanoseconds) = {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
        (time.tv_sec as f64, time.tv_nsec as f64)
    };
    #[cfg(not(unix))]
    let (seconds, nanoseconds) = {
        let time = runtime::of(vm).started.elapsed();
        (time.as_secs() as f64, f64::from(time.subsec_nanos()))
    };
    Ok(array(vm, &[Value::number(seconds), Value::number(nanoseconds)]))
}

fn active_resources(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    let runtime = runtime::of(vm);
    let (names, objects) = (vm.new_array(), vm.new_array());
    runtime.event_loop.visit_resources(|name, object| {
        names.push(&vm.memory, string(vm, name));
        objects.push(&vm.memory, object.map_or(Value::NULL, Value::cell));
    });
    let works = Value::number(runtime.event_loop.works() as f64);
    Ok(array(vm, &[works, Value::cell(names), Value::cell(objects)]))
}

fn set_hook(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    const NAMES: &[&str] = &[
        "beforeExit",
        "enhanceStack",
        "exit",
        "promiseEvent",
        "rejectionHandled",
        "signal",
        "uncaughtException",
        "unhandledRejection",
    ];
    let name = text(vm, arguments, 0)?;
    let Some(name) = NAMES.iter().find(|known| **known == name) else {
        return Err(vm.throw_error(&format!("No such hook: {name}")));
    };
    runtime::of(vm).set_hook(vm, name, arguments.get(1));
    Ok(Value::UNDEFINED)
}

fn write_sync(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let to_error = integer(arguments, 0) == 2;
    let value = arguments.get(1);
    let bytes = match vm.with_bytes(value, |_, bytes| bytes.to_vec()) {
        Some(bytes) => bytes,
        None => text(vm, arguments, 1)?.into_bytes(),
    };
    crate::console::write_bytes(to_error, &bytes);
    Ok(Value::UNDEFINED)
}

/// umask(mask): the mask that was there before; without an argument it stays.
fn umask(_: &mut Vm, arguments: Arguments<'_>) -> Completion {
    #[cfg(unix)]
    {
        use rustix::fs::Mode;
        use rustix::process::umask;
        let mask = arguments.get(0).as_number();
        let old = umask(Mode::from_raw_mode(mask.unwrap_or(0.0) as u32));
        if mask.is_none() {
            umask(old);
        }
        Ok(Value::from(old.as_raw_mode()))
    }
    #[cfg(not(unix))]
    {
        let _ = arguments;
        Ok(Value::int(0))
    }
}

fn kill(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (pid, signal) = (integer(arguments, 0), integer(arguments, 1));
    #[cfg(unix)]
    {
        use rustix::process::{
            Pid, Signal, kill_current_process_group, kill_process, kill_process_group,
            test_kill_current_process_group, test_kill_process, test_kill_process_group,
        };
        let signal_number = Signal::from_named_raw(signal as i32);
        let target = Pid::from_raw((pid as i32).abs());
        let result = match (signal, signal_number, target) {
            (0, _, None) => test_kill_current_process_group(),
            (0, _, Some(target)) if pid < 0 => test_kill_process_group(target),
            (0, _, Some(target)) => test_kill_process(target),
            (_, Some(signal), None) => kill_current_process_group(signal),
            (_, Some(signal), Some(target)) if pid < 0 => kill_process_group(target, signal),
            (_, Some(signal), Some(target)) => kill_process(target, signal),
            (_, None, _) => Err(rustix::io::Errno::INVAL),
        };
        match result {
            Ok(()) => Ok(Value::UNDEFINED),
            Err(error) => Err(system_error::throw_bare(vm, &error.into(), "kill")),
        }
    }
    #[cfg(not(unix))]
    {
        let _ = (pid, signal);
        Err(vm.throw_error("process.kill is not implemented on this system"))
    }
}

/// Gives the process another name, as far as the system shows it.
fn set_title(title: &str) {
    #[cfg(target_os = "linux")]
    {
        /// The system keeps so many bytes.
        const MOST: usize = 15;
        let bytes: Vec<u8> = title.bytes().filter(|byte| *byte != 0).take(MOST).collect();
        if let Ok(name) = std::ffi::CString::new(bytes) {
            // The name is for people, and nothing depends on it.
            let _ = rustix::thread::set_name(&name);
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = title;
}

/// Replaces the program by another one.
fn execve(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let path = text(vm, arguments, 0)?;
    let words = texts(vm, arguments.get(1))?;
    let environment = texts(vm, arguments.get(2))?;
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        let mut command = std::process::Command::new(&path);
        let mut words = words.into_iter();
        if let Some(name) = words.next() {
            command.arg0(name);
        }
        command.args(words).env_clear();
        for entry in environment {
            if let Some((name, value)) = entry.split_once('=') {
                command.env(name, value);
            }
        }
        let error = command.exec();
        Err(system_error::throw(vm, &error, "execve", Some(&path)))
    }
    #[cfg(not(unix))]
    {
        let _ = (words, environment);
        Err(vm.throw_error("process.execve is not implemented on this system"))
    }
}

/// The texts of an array.
fn texts(vm: &mut Vm, array: Value) -> Completion<Vec<String>> {
    let list = vm.create_list_from_array_like(array)?;
    list.as_slice().iter().map(|value| Ok(vm.display(*value))).collect()
}
