//! The ECMAScript engine: from a syntax tree to values.
//!
//! A text goes through `axil-grammar`'s tree to register bytecode ([`compiler`],
//! [`bytecode`]), which a virtual machine runs ([`vm`]) on a heap of its own ([`heap`]).
//!
//! It will never know of files, sockets, clocks, `process` or `node:` modules:
//! what an embedder wants a program to reach, it hands in.
//!
//! # Embedding
//!
//! A machine owns its heap; nothing is shared between two of them. Values are held in
//! variables inside [`vm::Vm::enter`] only, where the collector finds them.
//!
//! ```
//! use std::rc::Rc;
//!
//! use axil_engine::compiler::compile;
//! use axil_engine::heap::Settings;
//! use axil_engine::operators::to_number;
//! use axil_engine::value::Value;
//! use axil_engine::vm::{Completion, Vm};
//! use axil_grammar::{Arena, Goal, Source, parse};
//!
//! /// Runs a script in the machine's realm; gives its completion value.
//! fn evaluate(vm: &mut Vm, text: &str) -> Completion {
//!     let source = Rc::new(Source::new("example.js", text));
//!     let arena = Arena::new();
//!     let program = match parse(&source, Goal::Script, &arena) {
//!         Ok(program) => program,
//!         Err(faults) => return Err(vm.throw_syntax_error(&faults.first().message)),
//!     };
//!     match compile(&vm.memory, &source, program) {
//!         Ok(code) => vm.run(code),
//!         Err(missing) => Err(vm.throw_not_built(&missing)),
//!     }
//! }
//!
//! // A heap of 64 MB at most: past it the process ends, as Node's does.
//! let mut vm = Vm::new(Settings { limit: 64 << 20, ..Settings::default() });
//! vm.enter(|vm| {
//!     // A native function, and a property of the global object that holds it.
//!     let double = vm.new_native_function("double", 1, |vm, arguments| {
//!         let number = to_number(vm, arguments.get(0))?;
//!         Ok(Value::number(2.0 * number))
//!     });
//!     let (global, key) = (vm.realm().global, vm.memory.key("double"));
//!     vm.set(global, key, Value::cell(double)).expect("nobody is in the way");
//!
//!     // Code that calls it, and a function of the code's that is called from here.
//!     let function = evaluate(vm, "(function (x) { return double(x) + 1 })").expect("it runs");
//!     let result = vm.call(function, Value::UNDEFINED, &[Value::int(20)]);
//!     assert_eq!(result, Ok(Value::int(41)));
//!
//!     // An exception waits in the machine.
//!     assert!(evaluate(vm, "null.x").is_err());
//!     let exception = vm.take_exception();
//!     let text = "TypeError: Cannot read properties of null (reading 'x')";
//!     assert_eq!(vm.display(exception), text);
//!
//!     // Another realm has globals of its own.
//!     let other = vm.create_realm();
//!     let there = vm.in_realm(other, |vm| evaluate(vm, "typeof double"));
//!     assert_eq!(there.map(|value| vm.display(value)), Ok("undefined".to_owned()));
//!
//!     // Promises go on when the embedder says so.
//!     evaluate(vm, "var seen; Promise.resolve(7).then(x => seen = x)").expect("it runs");
//!     vm.run_jobs();
//!     assert_eq!(evaluate(vm, "seen"), Ok(Value::int(7)));
//! });
//! ```

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
