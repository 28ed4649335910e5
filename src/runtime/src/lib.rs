//! The Node.js runtime: what a program finds around the language.
//!
//! A program waits in the [event loop](event_loop), which calls it back by way of the
//! [runtime]. Modules come from files by the [loader], or with the program
//! ([`builtin_modules`]): those have a JavaScript half in `js/`, and a native half in
//! [node].
//!
//! It stands on `axil-engine` for everything the language itself says.

pub mod builtin_modules;
pub mod clock;
pub mod console;
#[cfg(unix)]
pub mod descriptors;
pub mod event_loop;
pub mod globals;
pub mod inspect;
pub mod loader;
mod log;
pub mod main_program;
pub mod native;
pub mod node;
pub mod options;
pub mod rejections;
pub mod runtime;
mod ticks;
pub mod uncaught;
