//! The Node.js runtime: what a program finds around the language.
//!
//! Built so far are `console`, as much of `util.inspect` as it needs, modules in files, and
//! the report of an exception that nobody catches. This crate will hold the event loop, timers and
//! the thread pool, the loaders for CommonJS and ECMAScript modules, the `node:` modules
//! and the web APIs that Node.js has.
//!
//! It stands on `axil-engine` for everything the language itself says.

pub mod clock;
pub mod commonjs;
pub mod console;
pub mod inspect;
pub mod modules;
pub mod rejections;
pub mod uncaught;

use std::rc::Rc;

use axil_engine::vm::Vm;

/// Gives the global object what Node.js has beside the language.
pub fn install(vm: &mut Vm) {
    vm.set_clock(Rc::new(clock::SystemClock::new()));
    console::install(vm);
}
