//! The native halves of modules, a file or a folder each.
//!
//! What they give to the JavaScript halves are plain functions that take what those have
//! checked already.

mod async_context;
pub mod buffer;
#[cfg(unix)]
mod child_process;
mod crypto;
mod dns;
mod encoding;
mod errors;
#[cfg(unix)]
mod fs;
pub mod http;
mod inspect;
mod intl;
mod messaging;
pub mod net;
mod options;
#[cfg(unix)]
mod os;
pub(crate) mod process;
mod string_decoder;
mod structured_clone;
pub mod system_error;
mod timers;
#[cfg(unix)]
mod tty;
mod types;
mod url;
mod web_crypto;
mod zlib;

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::vm::{Completion, Vm};

/// What fills the object that a JavaScript half gets.
pub(crate) type Make = fn(&mut Vm, Gc<Object>) -> Completion<()>;

/// The native halves by name.
const HALVES: &[(&str, Make)] = &[
    ("async_context", async_context::make),
    ("buffer", buffer::make),
    #[cfg(unix)]
    ("child_process", child_process::make),
    ("dns", dns::make),
    ("encoding", encoding::make),
    ("crypto", crypto::make),
    ("errors", errors::make),
    #[cfg(unix)]
    ("fs", fs::make),
    ("http", http::make),
    ("inspect", inspect::make),
    ("intl", intl::make),
    ("messaging", messaging::make),
    ("modules", crate::loader::native_half),
    ("net", net::make),
    ("options", options::make),
    #[cfg(unix)]
    ("os", os::make),
    ("process", process::make),
    ("string_decoder", string_decoder::make),
    ("structured_clone", structured_clone::make),
    ("timers", timers::make),
    #[cfg(unix)]
    ("tty", tty::make),
    ("types", types::make),
    ("url", url::make),
    ("values", types::make_insides),
    ("web_crypto", web_crypto::make),
    ("zlib", zlib::make),
];

/// The native half of a name.
pub(crate) fn native_half(name: &str) -> Option<Make> {
    HALVES.iter().find(|(known, _)| *known == name).map(|(_, make)| *make)
}
