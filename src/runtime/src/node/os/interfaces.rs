//! The network interfaces that a system has.
//!
//! <https://nodejs.org/api/os.html#osnetworkinterfaces>

use std::collections::HashMap;
use std::net::{Ipv4Addr, Ipv6Addr};

use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};
use nix::ifaddrs::getifaddrs;
use nix::net::if_::InterfaceFlags;

use crate::native::{array, string};

/// An array an address: name, address, netmask, family, MAC, whether it is internal, the
/// number of the scope (−1 for IPv4), and the length of the prefix.
pub(super) fn interfaces(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    let list = vm.new_array();
    let Ok(addresses) = getifaddrs() else { return Ok(Value::cell(list)) };
    let addresses: Vec<_> = addresses.collect();
    let mut hardware = HashMap::new();
    for interface in &addresses {
        let link = interface.address.as_ref().and_then(|address| address.as_link_addr());
        if let Some(bytes) = link.and_then(nix::sys::socket::LinkAddr::addr) {
            let text = bytes.map(|byte| format!("{byte:02x}")).join(":");
            hardware.insert(interface.interface_name.clone(), text);
        }
    }
    for interface in &addresses {
        let is_up = interface.flags.contains(InterfaceFlags::IFF_UP | InterfaceFlags::IFF_RUNNING);
        let Some(address) = interface.address.as_ref().filter(|_| is_up) else { continue };
        let mask = interface.netmask.as_ref();
        let (text, mask, family, scope, prefix) = if let Some(address) = address.as_sockaddr_in() {
            let bits =
                mask.and_then(|mask| mask.as_sockaddr_in()).map_or(0, |mask| mask.ip().into());
            let mask = Ipv4Addr::from(bits);
            (address.ip().to_string(), mask.to_string(), "IPv4", -1, bits.count_ones())
        } else if let Some(address) = address.as_sockaddr_in6() {
            let mask =
                mask.and_then(|mask| mask.as_sockaddr_in6()).map(nix::sys::socket::SockaddrIn6::ip);
            let mask = mask.unwrap_or(Ipv6Addr::UNSPECIFIED);
            let prefix = mask.to_bits().count_ones();
            let scope = i64::from(address.scope_id());
            (address.ip().to_string(), mask.to_string(), "IPv6", scope, prefix)
        } else {
            continue;
        };
        let name = &interface.interface_name;
        let mac = hardware.get(name).map_or("00:00:00:00:00:00", String::as_str);
        let row = [
            string(vm, name),
            string(vm, &text),
            string(vm, &mask),
            string(vm, family),
            string(vm, mac),
            Value::bool(interface.flags.contains(InterfaceFlags::IFF_LOOPBACK)),
            Value::number(scope as f64),
            Value::from(prefix),
        ];
        let row = array(vm, &row);
        list.push(&vm.memory, row);
    }
    Ok(Value::cell(list))
}
