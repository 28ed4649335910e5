//! Errors of the system as programs see them: with `errno`, `code`, `syscall`, and what
//! they were about.
//!
//! <https://nodejs.org/api/errors.html#class-systemerror>

use std::io;

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::operators::as_object;
use axil_engine::value::Value;
use axil_engine::vm::{Throw, Vm};

use crate::native::{define, string};

/// An error of the system: the negative number by which libuv knows it, its code, and
/// what it says in words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SystemError {
    /// The number.
    pub errno: i32,
    /// The code, like `ENOENT`.
    pub code: &'static str,
    /// What has gone wrong.
    pub message: &'static str,
}

/// Makes the table of errors: names as rustix has them, codes, words.
macro_rules! errors {
    ($($errno:ident $code:literal $message:literal)*) => {
        #[cfg(unix)]
        const ERRORS: &[(rustix::io::Errno, &str, &str)] =
            &[$((rustix::io::Errno::$errno, $code, $message),)*];
        /// Codes and words, for systems that have numbers of their own.
        const WORDS: &[(&str, &str)] = &[$(($code, $message),)*];
    };
}

errors! {
    TOOBIG "E2BIG" "argument list too long"
    ACCESS "EACCES" "permission denied"
    ADDRINUSE "EADDRINUSE" "address already in use"
    ADDRNOTAVAIL "EADDRNOTAVAIL" "address not available"
    AFNOSUPPORT "EAFNOSUPPORT" "address family not supported"
    AGAIN "EAGAIN" "resource temporarily unavailable"
    ALREADY "EALREADY" "connection already in progress"
    BADF "EBADF" "bad file descriptor"
    BUSY "EBUSY" "resource busy or locked"
    CANCELED "ECANCELED" "operation canceled"
    CONNABORTED "ECONNABORTED" "software caused connection abort"
    CONNREFUSED "ECONNREFUSED" "connection refused"
    CONNRESET "ECONNRESET" "connection reset by peer"
    DESTADDRREQ "EDESTADDRREQ" "destination address required"
    EXIST "EEXIST" "file already exists"
    FAULT "EFAULT" "bad address in system call argument"
    FBIG "EFBIG" "file too large"
    HOSTUNREACH "EHOSTUNREACH" "host is unreachable"
    INTR "EINTR" "interrupted system call"
    INVAL "EINVAL" "invalid argument"
    IO "EIO" "i/o error"
    ISCONN "EISCONN" "socket is already connected"
    ISDIR "EISDIR" "illegal operation on a directory"
    LOOP "ELOOP" "too many symbolic links encountered"
    MFILE "EMFILE" "too many open files"
    MSGSIZE "EMSGSIZE" "message too long"
    NAMETOOLONG "ENAMETOOLONG" "name too long"
    NETDOWN "ENETDOWN" "network is down"
    NETUNREACH "ENETUNREACH" "network is unreachable"
    NFILE "ENFILE" "file table overflow"
    NOBUFS "ENOBUFS" "no buffer space available"
    NODEV "ENODEV" "no such device"
    NOENT "ENOENT" "no such file or directory"
    NOMEM "ENOMEM" "not enough memory"
    NONET "ENONET" "machine is not on the network"
    NOPROTOOPT "ENOPROTOOPT" "protocol not available"
    NOSPC "ENOSPC" "no space left on device"
    NOSYS "ENOSYS" "function not implemented"
    NOTCONN "ENOTCONN" "socket is not connected"
    NOTDIR "ENOTDIR" "not a directory"
    NOTEMPTY "ENOTEMPTY" "directory not empty"
    NOTSOCK "ENOTSOCK" "socket operation on non-socket"
    NOTSUP "ENOTSUP" "operation not supported on socket"
    OVERFLOW "EOVERFLOW" "value too large for defined data type"
    PERM "EPERM" "operation not permitted"
    PIPE "EPIPE" "broken pipe"
    PROTO "EPROTO" "protocol error"
    PROTONOSUPPORT "EPROTONOSUPPORT" "protocol not supported"
    PROTOTYPE "EPROTOTYPE" "protocol wrong type for socket"
    RANGE "ERANGE" "result too large"
    ROFS "EROFS" "read-only file system"
    SHUTDOWN "ESHUTDOWN" "cannot send after transport endpoint shutdown"
    SPIPE "ESPIPE" "invalid seek"
    SRCH "ESRCH" "no such process"
    TIMEDOUT "ETIMEDOUT" "connection timed out"
    TXTBSY "ETXTBSY" "text file is busy"
    XDEV "EXDEV" "cross-device link not permitted"
    NXIO "ENXIO" "no such device or address"
    MLINK "EMLINK" "too many links"
    HOSTDOWN "EHOSTDOWN" "host is down"
    REMOTEIO "EREMOTEIO" "remote I/O error"
    NOTTY "ENOTTY" "inappropriate ioctl for device"
    ILSEQ "EILSEQ" "illegal byte sequence"
    SOCKTNOSUPPORT "ESOCKTNOSUPPORT" "socket type not supported"
    NODATA "ENODATA" "no data available"
    UNATCH "EUNATCH" "protocol driver not attached"
    NOEXEC "ENOEXEC" "exec format error"
}

/// Errors that systems have no numbers for; libuv has given them some. Each comes before the
/// one of the system that is named last.
const OWN: &[(i32, &str, &str, &str)] = &[
    (-3000, "EAI_ADDRFAMILY", "address family not supported", "EALREADY"),
    (-3001, "EAI_AGAIN", "temporary failure", "EALREADY"),
    (-3002, "EAI_BADFLAGS", "bad ai_flags value", "EALREADY"),
    (-3013, "EAI_BADHINTS", "invalid value for hints", "EALREADY"),
    (-3003, "EAI_CANCELED", "request canceled", "EALREADY"),
    (-3004, "EAI_FAIL", "permanent failure", "EALREADY"),
    (-3005, "EAI_FAMILY", "ai_family not supported", "EALREADY"),
    (-3006, "EAI_MEMORY", "out of memory", "EALREADY"),
    (-3007, "EAI_NODATA", "no address", "EALREADY"),
    (-3008, "EAI_NONAME", "unknown node or service", "EALREADY"),
    (-3009, "EAI_OVERFLOW", "argument buffer overflow", "EALREADY"),
    (-3014, "EAI_PROTOCOL", "resolved protocol is unknown", "EALREADY"),
    (-3010, "EAI_SERVICE", "service not available for socket type", "EALREADY"),
    (-3011, "EAI_SOCKTYPE", "socket type not supported", "EALREADY"),
    (-4080, "ECHARSET", "invalid Unicode character", "ECONNABORTED"),
    (-4094, "UNKNOWN", "unknown error", "ENXIO"),
    (-4095, "EOF", "end of file", "ENXIO"),
    (-4028, "EFTYPE", "inappropriate file type or format", "EILSEQ"),
];

/// All errors in the order in which libuv has them, with those that it has added.
pub fn all_known() -> impl Iterator<Item = SystemError> {
    all().flat_map(|error| {
        let before = OWN.iter().filter(move |(.., next)| *next == error.code);
        let before = before.map(|&(errno, code, message, _)| SystemError { errno, code, message });
        before.chain(std::iter::once(error))
    })
}

/// The number, code and words of every error that there are on this system.
pub fn all() -> impl Iterator<Item = SystemError> {
    #[cfg(unix)]
    return ERRORS.iter().map(|(errno, code, message)| SystemError {
        errno: -errno.raw_os_error(),
        code,
        message,
    });
    #[cfg(not(unix))]
    return WORDS.iter().zip(0..).map(|((code, message), number)| SystemError {
        // libuv's numbers on systems without numbers of the kind.
        errno: -4096 + number,
        code,
        message,
    });
}

impl SystemError {
    /// What an error of the standard library is.
    pub fn of(error: &io::Error) -> Self {
        #[cfg(unix)]
        if let Some(number) = error.raw_os_error()
            && let Some(known) = all().find(|known| known.errno == -number)
        {
            return known;
        }
        let code = match error.kind() {
            io::ErrorKind::NotFound => "ENOENT",
            io::ErrorKind::PermissionDenied => "EACCES",
            io::ErrorKind::ConnectionRefused => "ECONNREFUSED",
            io::ErrorKind::ConnectionReset => "ECONNRESET",
            io::ErrorKind::ConnectionAborted => "ECONNABORTED",
            io::ErrorKind::NotConnected => "ENOTCONN",
            io::ErrorKind::AddrInUse => "EADDRINUSE",
            io::ErrorKind::AddrNotAvailable => "EADDRNOTAVAIL",
            io::ErrorKind::BrokenPipe => "EPIPE",
            io::ErrorKind::AlreadyExists => "EEXIST",
            io::ErrorKind::NotADirectory => "ENOTDIR",
            io::ErrorKind::IsADirectory => "EISDIR",
            io::ErrorKind::DirectoryNotEmpty => "ENOTEMPTY",
            io::ErrorKind::InvalidInput => "EINVAL",
            io::ErrorKind::TimedOut => "ETIMEDOUT",
            io::ErrorKind::OutOfMemory => "ENOMEM",
            io::ErrorKind::HostUnreachable => "EHOSTUNREACH",
            io::ErrorKind::NetworkUnreachable => "ENETUNREACH",
            io::ErrorKind::Unsupported => "ENOTSUP",
            _ => "EIO",
        };
        Self::named(code)
    }

    /// The error of a code.
    ///
    /// # Panics
    /// If there is none.
    pub fn named(code: &str) -> Self {
        let known = WORDS.iter().position(|(known, _)| *known == code);
        let index = known.expect("the table has all codes that are used");
        all().nth(index).expect("both tables have as many rows")
    }
}

/// The exception for an error of the system in a call, and the path that it was about.
pub fn new(vm: &mut Vm, error: SystemError, syscall: &str, path: Option<&str>) -> Gc<Object> {
    new_with(vm, error, syscall, path, None)
}

/// The same with a second path, where the call has two.
pub fn new_with(
    vm: &mut Vm,
    error: SystemError,
    syscall: &str,
    path: Option<&str>,
    destination: Option<&str>,
) -> Gc<Object> {
    let SystemError { errno, code, message } = error;
    let mut text = format!("{code}: {message}, {syscall}");
    if let Some(path) = path {
        text.push_str(&format!(" '{path}'"));
    }
    if let Some(destination) = destination {
        text.push_str(&format!(" -> '{destination}'"));
    }
    let Throw = vm.throw_error(&text);
    let exception = vm.take_exception();
    let exception = as_object(exception).expect("an error is an object");
    define(vm, exception, "errno", Value::int(errno));
    for (name, text) in
        [("code", Some(code)), ("syscall", Some(syscall)), ("path", path), ("dest", destination)]
    {
        if let Some(text) = text {
            let text = string(vm, text);
            define(vm, exception, name, text);
        }
    }
    exception
}

/// Throws it.
pub fn throw(vm: &mut Vm, error: &io::Error, syscall: &str, path: Option<&str>) -> Throw {
    let exception = new(vm, SystemError::of(error), syscall, path);
    vm.throw(Value::cell(exception))
}

/// Throws it as calls do that are about nothing in particular: `kill ESRCH`.
pub fn throw_bare(vm: &mut Vm, error: &io::Error, syscall: &str) -> Throw {
    let SystemError { errno, code, .. } = SystemError::of(error);
    let Throw = vm.throw_error(&format!("{syscall} {code}"));
    let exception = vm.take_exception();
    if let Some(object) = as_object(exception) {
        define(vm, object, "errno", Value::int(errno));
        for (name, text) in [("code", code), ("syscall", syscall)] {
            let text = string(vm, text);
            define(vm, object, name, text);
        }
    }
    vm.throw(exception)
}

/// Throws the error of a call with two paths.
pub fn throw_with(
    vm: &mut Vm,
    error: &io::Error,
    syscall: &str,
    path: &str,
    destination: &str,
) -> Throw {
    let exception = new_with(vm, SystemError::of(error), syscall, Some(path), Some(destination));
    vm.throw(Value::cell(exception))
}
