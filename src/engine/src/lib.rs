//! The ECMAScript engine: from a syntax tree to values.
//!
//! Nothing is built here yet. This crate will hold the heap and its collector,
//! values and strings, objects with their shapes, the compiler from
//! `axil-grammar`'s tree to register bytecode, the virtual machine, and the
//! builtins of ECMA-262.
//!
//! It will never know of files, sockets, clocks, `process` or `node:` modules:
//! what an embedder wants a program to reach, it hands in.
