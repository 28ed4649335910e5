//! What `dns.js` has: the system's own look-up of names, on the thread pool.
//!
//! <https://nodejs.org/api/dns.html#dnslookuphostname-options-callback>

use std::net::{IpAddr, SocketAddr};

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};
use dns_lookup::{AddrFamily, AddrInfoHints, LookupError, LookupErrorKind, SockType};

use crate::native::{Row, array, define_functions, integer, string, text};
use crate::runtime::{self, Callback};

const FUNCTIONS: &[Row] = &[("lookup", 4, lookup), ("lookupService", 3, lookup_service)];

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
