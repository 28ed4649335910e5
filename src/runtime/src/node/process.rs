//! What `process.js` has of the process.
//!
//! <https://nodejs.org/api/process.html>

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use super::system_error;
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
            Err(error) => Err(system_error::throw(vm, &error, "chdir", Some(&path))),
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
    ("memoryUsage", 0, memory_usage),
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
    ("ids", 0, ids),
    ("cpuUsage", 0, cpu_usage),
    // kill(pid, signal number)
    ("kill", 2, kill),
];

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
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

fn set_hook(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    const NAMES: &[&str] = &[
        "beforeExit",
        "enhanceStack",
        "exit",
        "rejectionHandled",
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

/// What `process.memoryUsage()` gives, in its order: in bytes.
fn memory_usage(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    let statistics = vm.memory.statistics();
    let usage = [
        resident_set_size() as f64,
        statistics.committed as f64,
        vm.memory.used() as f64,
        statistics.external as f64,
        statistics.external as f64,
    ];
    Ok(array(vm, &usage.map(Value::number)))
}

/// How much memory the process has, in bytes; 0 where the system does not say.
fn resident_set_size() -> u64 {
    // The second field is in pages.
    let pages = std::fs::read_to_string("/proc/self/statm").ok().and_then(|text| {
        text.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok())
    });
    #[cfg(unix)]
    let page = rustix::param::page_size() as u64;
    #[cfg(not(unix))]
    let page = 4096;
    pages.unwrap_or(0) * page
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

/// The numbers of the user, the group, those that count, and the parent process; empty
/// where there are none.
fn ids(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    #[cfg(unix)]
    {
        use rustix::process::{getegid, geteuid, getgid, getppid, getuid};
        let parent = getppid().map_or(0, |parent| parent.as_raw_nonzero().get());
        let ids = [
            Value::from(getuid().as_raw()),
            Value::from(getgid().as_raw()),
            Value::from(geteuid().as_raw()),
            Value::from(getegid().as_raw()),
            Value::int(parent),
        ];
        Ok(array(vm, &ids))
    }
    #[cfg(not(unix))]
    Ok(array(vm, &[]))
}

/// Microseconds of processor time: the program's and the system's for it.
fn cpu_usage(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    #[cfg(target_os = "linux")]
    let times = {
        let clock = rustix::time::ClockId::ProcessCPUTime;
        let all = rustix::time::clock_gettime(clock);
        let all = all.tv_sec as f64 * 1e6 + all.tv_nsec as f64 / 1e3;
        // The kernel tells the system's part in ticks of ten milliseconds.
        let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
        let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
        let system = fields.skip(12).next().and_then(|ticks| ticks.parse::<f64>().ok());
        let system = (system.unwrap_or(0.0) * 1e4).min(all);
        [all - system, system]
    };
    #[cfg(not(target_os = "linux"))]
    let times = [runtime::of(vm).started.elapsed().as_micros() as f64, 0.0];
    Ok(array(vm, &times.map(|time| Value::number(time.floor()))))
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
            Err(error) => Err(system_error::throw(vm, &error.into(), "kill", None)),
        }
    }
    #[cfg(not(unix))]
    {
        let _ = (pid, signal);
        Err(vm.throw_error("process.kill is not implemented on this system"))
    }
}
