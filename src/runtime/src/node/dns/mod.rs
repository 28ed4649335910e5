//! What `dns.js` has: the system's own look-up of names, and queries, on the thread pool.
//!
//! <https://nodejs.org/api/dns.html#dnslookuphostname-options-callback>

mod exchange;

use std::cell::{Cell, RefCell};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};
use dns_lookup::{AddrFamily, AddrInfoHints, LookupError, LookupErrorKind, SockType};

use self::exchange::Exchange;
use crate::native::{Row, array, define_functions, integer, string, text};
use crate::runtime::{self, Callback};

const FUNCTIONS: &[Row] = &[
    ("lookup", 4, lookup),
    ("lookupService", 3, lookup_service),
    ("exchange", 8, begin_exchange),
    // address6(text): an address as it is usually written.
    ("address6", 1, |vm, arguments| {
        let address = text(vm, arguments, 0)?.parse::<Ipv6Addr>();
        Ok(address.map_or(Value::UNDEFINED, |address| string(vm, &address.to_string())))
    }),
    // cancel(number): nobody wants the answer to a message any more.
    ("cancel", 1, |vm, arguments| {
        let number = integer(arguments, 0);
        let waiting = runtime::of(vm).state(Waiting::default);
        for (_, cancelled) in waiting.all.borrow().iter().filter(|(other, _)| *other == number) {
            cancelled.store(true, Ordering::Relaxed);
        }
        Ok(Value::UNDEFINED)
    }),
];

/// The messages that wait for answers, by number, each with a word that says whether it is
/// still wanted.
#[derive(Default)]
struct Waiting {
    last: Cell<i64>,
    all: RefCell<Vec<(i64, Arc<AtomicBool>)>>,
}

/// `exchange(servers, message, timeout, most, tries, local4, local6, callback)`: asks servers,
/// which are addresses with ports and spaces between, for at most so many milliseconds and
/// rounds, from local addresses that may be empty. Gives a number for `cancel`; calls back
/// with the code of an error, or with null and the answer.
fn begin_exchange(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let servers = text(vm, arguments, 0)?;
    let servers = servers.split_whitespace().filter_map(|server| server.parse().ok()).collect();
    let message = vm.with_bytes(arguments.get(1), |_, bytes| bytes.to_vec()).unwrap_or_default();
    let milliseconds = |index| Duration::from_millis(integer(arguments, index).max(0) as u64);
    let (timeout, most) = (milliseconds(2), milliseconds(3));
    let tries = integer(arguments, 4) as u32;
    let local = (text(vm, arguments, 5)?.parse().ok(), text(vm, arguments, 6)?.parse().ok());
    let Some(callback) = Callback::new(vm, arguments.get(7)) else { return Ok(Value::UNDEFINED) };
    let runtime = runtime::of(vm);
    let waiting = runtime.state(Waiting::default);
    let number = waiting.last.get() + 1;
    waiting.last.set(number);
    let cancelled = Arc::new(AtomicBool::new(false));
    waiting.all.borrow_mut().push((number, Arc::clone(&cancelled)));
    let exchange = Exchange { servers, message, timeout, most, tries, local, cancelled };
    let finish = move |vm: &mut Vm, result: Option<Result<Vec<u8>, &'static str>>| {
        waiting.all.borrow_mut().retain(|(other, _)| *other != number);
        let answer = result.unwrap_or(Err("ENOMEM")).and_then(|bytes| {
            vm.new_uint8_array(&bytes).map_err(|_| {
                vm.take_exception();
                "ENOMEM"
            })
        });
        let answer = match answer {
            Ok(bytes) => [Value::NULL, Value::cell(bytes)],
            Err(code) => [string(vm, code), Value::UNDEFINED],
        };
        callback.call(vm, Value::UNDEFINED, &answer);
    };
    runtime.event_loop.run_blocking(move || exchange.run(), finish);
    Ok(Value::number(number as f64))
}

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    Ok(())
}

/// The flags of `getaddrinfo` as programs have them in `dns`.
const ADDRCONFIG: i64 = 32;
const ALL: i64 = 16;
const V4MAPPED: i64 = 8;

/// `lookup(host, family, hints, callback)`: calls back with the code of an error, or with
/// null, and an array of addresses and families in turn.
fn lookup(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (host, family) = (text(vm, arguments, 0)?, integer(arguments, 1));
    let hints = integer(arguments, 2);
    let Some(callback) = Callback::new(vm, arguments.get(3)) else { return Ok(Value::UNDEFINED) };
    let work = move || {
        let address = match family {
            4 => i32::from(AddrFamily::Inet),
            6 => i32::from(AddrFamily::Inet6),
            _ => 0,
        };
        let hints = AddrInfoHints {
            socktype: SockType::Stream.into(),
            address,
            flags: system_flags(hints),
            ..AddrInfoHints::default()
        };
        let found = dns_lookup::getaddrinfo(Some(&host), None, Some(hints));
        let found = found.map_err(|error| code_of(&error))?;
        let mut addresses: Vec<IpAddr> = Vec::new();
        for info in found.filter_map(Result::ok) {
            let ip = info.sockaddr.ip();
            if !addresses.contains(&ip) {
                addresses.push(ip);
            }
        }
        if addresses.is_empty() { Err("ENOTFOUND") } else { Ok(addresses) }
    };
    let finish = move |vm: &mut Vm, result: Option<Result<Vec<IpAddr>, &'static str>>| {
        let answer = match result.unwrap_or(Err("EAI_FAIL")) {
            Ok(addresses) => {
                let list = vm.new_array();
                for ip in addresses {
                    list.push(&vm.memory, string(vm, &ip.to_string()));
                    list.push(&vm.memory, Value::int(if ip.is_ipv4() { 4 } else { 6 }));
                }
                [Value::NULL, Value::cell(list)]
            }
            Err(code) => [string(vm, code), Value::UNDEFINED],
        };
        callback.call(vm, Value::UNDEFINED, &answer);
    };
    runtime::of(vm).event_loop.run_blocking(work, finish);
    Ok(Value::UNDEFINED)
}

/// `lookupService(address, port, callback)`: calls back with a code, or with null, and an
/// array of the host's and the service's name.
fn lookup_service(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (address, port) = (text(vm, arguments, 0)?, integer(arguments, 1) as u16);
    let Some(callback) = Callback::new(vm, arguments.get(2)) else { return Ok(Value::UNDEFINED) };
    let work = move || {
        let ip: IpAddr = address.parse().map_err(|_| "ENOTFOUND")?;
        dns_lookup::getnameinfo(&SocketAddr::new(ip, port), 0).map_err(|error| code_of(&error))
    };
    let finish = move |vm: &mut Vm, result: Option<Result<(String, String), &'static str>>| {
        let answer = match result.unwrap_or(Err("EAI_FAIL")) {
            Ok((host, service)) => {
                let (host, service) = (string(vm, &host), string(vm, &service));
                [Value::NULL, array(vm, &[host, service])]
            }
            Err(code) => [string(vm, code), Value::UNDEFINED],
        };
        callback.call(vm, Value::UNDEFINED, &answer);
    };
    runtime::of(vm).event_loop.run_blocking(work, finish);
    Ok(Value::UNDEFINED)
}

/// The system's own numbers for the flags.
fn system_flags(hints: i64) -> i32 {
    // Those of Linux are those that programs have.
    #[cfg(target_os = "linux")]
    return (hints & (ADDRCONFIG | ALL | V4MAPPED)) as i32;
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (hints, ADDRCONFIG, ALL, V4MAPPED);
        0
    }
}

/// The code of an error. That a name is not there has one code whatever the system calls it.
fn code_of(error: &LookupError) -> &'static str {
    match error.kind() {
        LookupErrorKind::NoName | LookupErrorKind::NoData => "ENOTFOUND",
        LookupErrorKind::Again => "EAI_AGAIN",
        LookupErrorKind::Badflags => "EAI_BADFLAGS",
        LookupErrorKind::Fail => "EAI_FAIL",
        LookupErrorKind::Family => "EAI_FAMILY",
        LookupErrorKind::Memory => "EAI_MEMORY",
        LookupErrorKind::Service => "EAI_SERVICE",
        LookupErrorKind::Socktype => "EAI_SOCKTYPE",
        _ => "ENOTFOUND",
    }
}
