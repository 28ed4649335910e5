//! Sockets of the system, from the addresses that programs give.

use std::io;
use std::net::{IpAddr, SocketAddr};

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::value::Value;
use axil_engine::vm::Vm;
use socket2::{Domain, Protocol, SockAddr, Socket, Type};

use super::listener::ListenerIo;
use super::stream::Io;
use crate::event_loop::poll::{TcpListener, TcpStream};
use crate::log::log;
use crate::native::{define, new_object, string};

/// How a socket listens.
#[derive(Clone, Copy, Default, Debug)]
pub struct ListenOptions {
    /// How many connections may wait.
    pub backlog: i32,
    /// IPv4 is left to others.
    pub ipv6_only: bool,
    /// Others may listen at the same port, too, and connections are shared out.
    pub reuse_port: bool,
}

/// A socket that listens at an address.
///
/// # Errors
/// Those of the system.
pub fn listen_tcp(address: SocketAddr, options: ListenOptions) -> io::Result<ListenerIo> {
    log!(Net, Info, "listen at {address}");
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    // On Windows that would let others take the port.
    #[cfg(not(windows))]
    socket.set_reuse_address(true)?;
    if address.is_ipv6() {
        socket.set_only_v6(options.ipv6_only)?;
    }
    if options.reuse_port {
        #[cfg(all(unix, not(any(target_os = "solaris", target_os = "illumos"))))]
        socket.set_reuse_port(true)?;
        #[cfg(not(unix))]
        return Err(io::ErrorKind::Unsupported.into());
    }
    socket.set_nonblocking(true)?;
    socket.bind(&SockAddr::from(address))?;
    socket.listen(options.backlog)?;
    Ok(ListenerIo::Tcp(TcpListener::from_std(socket.into())))
}

/// A socket that begins to connect to an address. The other end is there when the loop says
/// that it can be written.
///
/// # Errors
/// Those of the system.
pub fn connect_tcp(address: SocketAddr, local: Option<SocketAddr>) -> io::Result<Io> {
    log!(Net, Info, "connect to {address}");
    let Some(local) = local else { return TcpStream::connect(address).map(Io::Tcp) };
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&SockAddr::from(local))?;
    match socket.connect(&SockAddr::from(address)) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
        #[cfg(unix)]
        Err(error)
            if error.raw_os_error() == Some(rustix::io::Errno::INPROGRESS.raw_os_error()) => {}
        Err(error) => return Err(error),
    }
    Ok(Io::Tcp(TcpStream::from_std(socket.into())))
}

/// The address of a text and a port.
pub fn parse(address: &str, port: u16) -> Option<SocketAddr> {
    let (text, zone) =
        address.split_once('%').map_or((address, None), |(it, zone)| (it, Some(zone)));
    let ip: IpAddr = text.parse().ok()?;
    let mut address = SocketAddr::new(ip, port);
    if let (SocketAddr::V6(v6), Some(zone)) = (&mut address, zone) {
        v6.set_scope_id(zone.parse().unwrap_or_else(|_| interface_index(zone)));
    }
    Some(address)
}

/// The number of a network interface; 0 if there is none of that name.
fn interface_index(name: &str) -> u32 {
    let path = format!("/sys/class/net/{name}/ifindex");
    let text = if name.contains('/') { None } else { std::fs::read_to_string(path).ok() };
    text.and_then(|text| text.trim().parse().ok()).unwrap_or(0)
}

/// `{ address, family, port }`
pub fn to_object(vm: &Vm, address: SocketAddr) -> Gc<Object> {
    let object = new_object(vm);
    let family = if address.is_ipv6() { "IPv6" } else { "IPv4" };
    define(vm, object, "address", string(vm, &address.ip().to_string()));
    define(vm, object, "family", string(vm, family));
    define(vm, object, "port", Value::int(address.port().into()));
    object
}
