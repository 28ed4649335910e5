//! The Node.js runtime: what a program finds around the language.
//!
//! Nothing is built here yet. This crate will hold the event loop, timers and
//! the thread pool, the loaders for CommonJS and ECMAScript modules, the
//! `node:` modules and the web APIs that Node.js has.
//!
//! It will stand on `axil-engine` for everything the language itself says.
