//! The ECMAScript engine: from a syntax tree to values.
//!
//! Built so far is what everything else stands on: the heap and its collector,
//! values, strings, objects with their shapes. The compiler from `axil-grammar`'s
//! tree to register bytecode, the virtual machine, and the builtins of ECMA-262 are
//! to come.
//!
//! It will never know of files, sockets, clocks, `process` or `node:` modules:
//! what an embedder wants a program to reach, it hands in.

mod bigint;
mod builtins;
pub mod bytecode;
mod cells;
pub mod compiler;
pub mod heap;
pub mod internal_methods;
pub mod kinds;
pub mod module;
pub mod object;
pub mod operators;
pub mod realm;
mod regexp;
pub mod string;
pub mod value;
pub mod vm;
