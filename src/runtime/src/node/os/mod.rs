//! What `os.js` has of the system.
//!
//! <https://nodejs.org/api/os.html>

mod constants;
mod interfaces;
mod processors;

use std::fs;

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use super::system_error;
use crate::native::{Row, array, define, define_functions, integer, new_object, string, strings};

const FUNCTIONS: &[Row] = &[
    // names(): of the system, the host, the release, the version, the machine.
    ("names", 0, |vm, _| {
        let names = rustix::system::uname();
        let names =
            [names.sysname(), names.nodename(), names.release(), names.version(), names.machine()];
        Ok(strings(vm, names.map(|name| name.to_string_lossy().into_owned())))
    }),
    ("uptime", 0, |_, _| Ok(Value::number(uptime()))),
    // loadAverages(): of the last minute, five and fifteen minutes.
    ("loadAverages", 0, |vm, _| {
        let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let mut words = text.split_whitespace().map(|word| word.parse().unwrap_or(0.0));
        let averages = [(); 3].map(|()| Value::number(words.next().unwrap_or(0.0)));
        Ok(array(vm, &averages))
    }),
    ("totalMemory", 0, |_, _| Ok(Value::number(memory().0 as f64))),
    ("freeMemory", 0, |_, _| Ok(Value::number(memory().1 as f64))),
    ("parallelism", 0, |_, _| {
        let count = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Ok(Value::number(count as f64))
    }),
    ("processors", 0, processors::processors),
    ("interfaces", 0, interfaces::interfaces),
    // user(): name, number, group, home and shell of who runs the program.
    ("user", 0, user),
    // getPriority(pid)
    ("getPriority", 1, |vm, arguments| {
        let process = rustix::process::Pid::from_raw(integer(arguments, 0) as i32);
        match rustix::process::getpriority_process(process) {
            Ok(priority) => Ok(Value::int(priority)),
            Err(error) => Err(throw_system_error(vm, error, "uv_os_getpriority")),
        }
    }),
    // setPriority(pid, priority)
    ("setPriority", 2, |vm, arguments| {
        let process = rustix::process::Pid::from_raw(integer(arguments, 0) as i32);
        match rustix::process::setpriority_process(process, integer(arguments, 1) as i32) {
            Ok(()) => Ok(Value::UNDEFINED),
            Err(error) => Err(throw_system_error(vm, error, "uv_os_setpriority")),
        }
    }),
    // signals(), errors(), fileConstants(): objects of numbers by name.
    ("signals", 0, |vm, _| Ok(numbers(vm, constants::SIGNALS))),
    ("errors", 0, |vm, _| Ok(numbers(vm, &constants::errors()))),
    ("fileConstants", 0, |vm, _| Ok(numbers(vm, constants::FILES))),
];

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    Ok(())
}

/// An object of numbers.
fn numbers(vm: &Vm, rows: &[(&str, i32)]) -> Value {
    let object = new_object(vm);
    for (name, number) in rows {
        define(vm, object, name, Value::int(*number));
    }
    Value::cell(object)
}

/// All of the memory, and what of it could be had, in bytes.
pub(crate) fn memory() -> (u64, u64) {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let field = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim_start_matches(':').split_whitespace().next()?.parse::<u64>().ok()
    };
    let kilobytes = (field("MemTotal").unwrap_or(0), field("MemAvailable").unwrap_or(0));
    (kilobytes.0 * 1024, kilobytes.1 * 1024)
}

/// How long the system has been up, in seconds.
fn uptime() -> f64 {
    #[cfg(target_os = "linux")]
    {
        let text = fs::read_to_string("/proc/uptime").unwrap_or_default();
        text.split_whitespace().next().and_then(|seconds| seconds.parse().ok()).unwrap_or(0.0)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
        time.tv_sec as f64
    }
}

fn user(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    let number = rustix::process::getuid().as_raw();
    let user = nix::unistd::User::from_uid(nix::unistd::Uid::from_raw(number));
    let user = match user {
        Ok(Some(user)) => user,
        Ok(None) => {
            return Err(throw_system_error(vm, rustix::io::Errno::NOENT, "uv_os_get_passwd"));
        }
        Err(error) => {
            let errno = rustix::io::Errno::from_raw_os_error(error as i32);
            return Err(throw_system_error(vm, errno, "uv_os_get_passwd"));
        }
    };
    let texts = [
        string(vm, &user.name),
        Value::from(user.uid.as_raw()),
        Value::from(user.gid.as_raw()),
        string(vm, &user.dir.to_string_lossy()),
        string(vm, &user.shell.to_string_lossy()),
    ];
    Ok(array(vm, &texts))
}

/// Throws an array of number, code, words and call, of which `os.js` makes a
/// `SystemError`.
fn throw_system_error(
    vm: &mut Vm,
    error: rustix::io::Errno,
    syscall: &str,
) -> axil_engine::vm::Throw {
    let error = system_error::SystemError::of(&error.into());
    let parts = [
        Value::int(error.errno),
        string(vm, error.code),
        string(vm, error.message),
        string(vm, syscall),
    ];
    let parts = array(vm, &parts);
    vm.throw(parts)
}
