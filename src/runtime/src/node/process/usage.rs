//! What a process uses: memory, processors, and what there is.
//!
//! <https://nodejs.org/api/process.html#processmemoryusage>

use std::fs;

use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use crate::native::array;

/// What `process.memoryUsage()` gives, in its order: in bytes.
pub(super) fn memory_usage(vm: &mut Vm, _: Arguments<'_>) -> Completion {
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
pub(super) fn resident_set_size() -> u64 {
    // The second field is in pages.
    let pages = fs::read_to_string("/proc/self/statm").ok().and_then(|text| {
        text.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok())
    });
    #[cfg(unix)]
    let page = rustix::param::page_size() as u64;
    #[cfg(not(unix))]
    let page = 4096;
    pages.unwrap_or(0) * page
}

/// Microseconds of processor time: the program's, and the system's for it.
pub(super) fn cpu_usage(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    times(vm, false)
}

/// The same of the thread alone.
pub(super) fn thread_cpu_usage(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    times(vm, true)
}

#[cfg(unix)]
fn times(vm: &mut Vm, of_thread: bool) -> Completion {
    use nix::sys::resource::{UsageWho, getrusage};
    #[cfg(target_os = "linux")]
    let who = if of_thread { UsageWho::RUSAGE_THREAD } else { UsageWho::RUSAGE_SELF };
    #[cfg(not(target_os = "linux"))]
    let who = {
        let _ = of_thread;
        UsageWho::RUSAGE_SELF
    };
    let times = getrusage(who).map_or([0.0; 2], |usage| {
        [usage.user_time(), usage.system_time()]
            .map(|time| time.tv_sec() as f64 * 1e6 + time.tv_usec() as f64)
    });
    Ok(array(vm, &times.map(Value::number)))
}

#[cfg(not(unix))]
fn times(vm: &mut Vm, _: bool) -> Completion {
    let elapsed = crate::runtime::of(vm).started.elapsed().as_micros() as f64;
    Ok(array(vm, &[elapsed, 0.0].map(Value::number)))
}

/// What `process.resourceUsage()` gives, in its order.
pub(super) fn resource_usage(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    #[cfg(unix)]
    let usage = {
        use nix::sys::resource::{UsageWho, getrusage};
        getrusage(UsageWho::RUSAGE_SELF).map_or([0.0; 16], |usage| {
            let microseconds =
                |time: nix::sys::time::TimeVal| time.tv_sec() as f64 * 1e6 + time.tv_usec() as f64;
            [
                microseconds(usage.user_time()),
                microseconds(usage.system_time()),
                usage.max_rss() as f64,
                usage.shared_integral() as f64,
                usage.unshared_data_integral() as f64,
                usage.unshared_stack_integral() as f64,
                usage.minor_page_faults() as f64,
                usage.major_page_faults() as f64,
                usage.full_swaps() as f64,
                usage.block_reads() as f64,
                usage.block_writes() as f64,
                usage.ipc_sends() as f64,
                usage.ipc_receives() as f64,
                usage.signals() as f64,
                usage.voluntary_context_switches() as f64,
                usage.involuntary_context_switches() as f64,
            ]
        })
    };
    #[cfg(not(unix))]
    let usage = [0.0; 16];
    Ok(array(vm, &usage.map(Value::number)))
}

/// How much memory could be had, in bytes.
pub(super) fn available_memory(_: &mut Vm, _: Arguments<'_>) -> Completion {
    let limit = cgroup_limit();
    let available = crate::node::os::memory().1;
    let available = match limit {
        Some(limit) if limit > 0 => available.min(limit.saturating_sub(cgroup_used())),
        _ => available,
    };
    Ok(Value::number(available as f64))
}

/// How much memory the process may have at most, in bytes: 0 if nobody says.
pub(super) fn constrained_memory(_: &mut Vm, _: Arguments<'_>) -> Completion {
    Ok(Value::number(cgroup_limit().unwrap_or(0) as f64))
}

/// The folder of the process's control group.
fn cgroup_file(modern: &str, old: &str) -> Option<String> {
    let group = fs::read_to_string("/proc/self/cgroup").ok()?;
    let modern_path = group.lines().find_map(|line| line.strip_prefix("0::"));
    let mut candidates = Vec::new();
    if let Some(path) = modern_path {
        candidates.push(format!("/sys/fs/cgroup{path}/{modern}"));
        candidates.push(format!("/sys/fs/cgroup/{modern}"));
    }
    for line in group.lines() {
        let mut parts = line.splitn(3, ':');
        if parts.nth(1).is_some_and(|names| names.split(',').any(|name| name == "memory"))
            && let Some(path) = parts.next()
        {
            candidates.push(format!("/sys/fs/cgroup/memory{path}/{old}"));
            candidates.push(format!("/sys/fs/cgroup/memory/{old}"));
        }
    }
    candidates.iter().find_map(|path| fs::read_to_string(path).ok())
}

fn cgroup_limit() -> Option<u64> {
    /// What a group without a limit has as its limit, or nearly.
    const NO_LIMIT: u64 = 0x7fff_ffff_ffff_0000;
    let text = cgroup_file("memory.max", "memory.limit_in_bytes")?;
    match text.trim() {
        "max" => None,
        number => number.parse().ok().filter(|limit| *limit < NO_LIMIT),
    }
}

fn cgroup_used() -> u64 {
    let text = cgroup_file("memory.current", "memory.usage_in_bytes");
    text.and_then(|text| text.trim().parse().ok()).unwrap_or(0)
}
