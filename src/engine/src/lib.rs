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
//! A machine ([`vm::Vm`]) owns its heap; nothing is shared between two of them. Values are
//! held in variables inside [`vm::Vm::enter`] only, where the collector finds them: not in
//! a `Vec`, a `Box` or a hash map ([`heap::Heap::rooted_vec`] is for lists of them).
//!
//! ## Programs and functions
//!
//! ```
//! use axil_engine::heap::Settings;
//! use axil_engine::operators::to_number;
//! use axil_engine::value::Value;
//! use axil_engine::vm::Vm;
//!
//! let mut vm = Vm::new(Settings::default());
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
//!     let function = vm.evaluate("example.js", "(function (x) { return double(x) + 1 })");
//!     let result = vm.call(function.expect("it runs"), Value::UNDEFINED, &[Value::int(20)]);
//!     assert_eq!(result, Ok(Value::int(41)));
//!
//!     // An exception waits in the machine.
//!     assert!(vm.evaluate("example.js", "null.x").is_err());
//!     let exception = vm.take_exception();
//!     let text = "TypeError: Cannot read properties of null (reading 'x')";
//!     assert_eq!(vm.display(exception), text);
//!
//!     // Another realm has globals of its own.
//!     let other = vm.create_realm();
//!     let there = vm.in_realm(other, |vm| vm.evaluate("example.js", "typeof double"));
//!     assert_eq!(there.map(|value| vm.display(value)), Ok("undefined".to_owned()));
//! });
//! ```
//!
//! ## Classes
//!
//! An instance of a native class holds a state written in Rust, which is dropped when the
//! collector frees the instance. Programs can extend the class.
//!
//! ```
//! use std::cell::Cell;
//! use std::rc::Rc;
//!
//! use axil_engine::heap::Settings;
//! use axil_engine::value::Value;
//! use axil_engine::vm::Vm;
//!
//! /// The state: no values, which the collector would not see here.
//! struct Counter {
//!     count: i32,
//! }
//!
//! thread_local!(static DROPPED: Rc<Cell<u32>> = Rc::default());
//!
//! impl Drop for Counter {
//!     fn drop(&mut self) {
//!         DROPPED.with(|dropped| dropped.set(dropped.get() + 1));
//!     }
//! }
//!
//! let mut vm = Vm::new(Settings::default());
//! vm.enter(|vm| {
//!     let class = vm.new_native_class(
//!         ("Counter", 0, |vm, arguments| {
//!             let object = vm.new_host_object(arguments, Counter { count: 0 })?;
//!             // What the state owns outside the heap makes the collector come sooner.
//!             object.set_external_memory(&vm.memory, size_of::<Counter>());
//!             Ok(Value::cell(object))
//!         }),
//!         &[("add", 1, |vm, arguments| {
//!             let by = arguments.get(0).as_int().unwrap_or(1);
//!             let count = vm.with_host_object(arguments.this(), |counter: &mut Counter| {
//!                 counter.count += by;
//!                 counter.count
//!             })?;
//!             Ok(Value::int(count))
//!         })],
//!     );
//!     let (global, key) = (vm.realm().global, vm.memory.key("Counter"));
//!     vm.set(global, key, Value::cell(class)).expect("nobody is in the way");
//!
//!     let program = "class Twice extends Counter { add(by) { return super.add(2 * by) } }
//!                    let counter = new Twice; counter.add(1); counter.add(20)";
//!     assert_eq!(vm.evaluate("example.js", program), Ok(Value::int(42)));
//!     assert!(vm.evaluate("example.js", "counter.add.call({})").is_err());
//! });
//! drop(vm);
//! assert_eq!(DROPPED.with(|dropped| dropped.get()), 1);
//! ```
//!
//! ## Limits
//!
//! Recursion that is too deep ends in a `RangeError`. Where the heap is full the process
//! ends, as that of Node.js does. A program that runs too long is stopped from another
//! thread, or after so many instructions; no handler of its own gets in between.
//!
//! ```
//! use std::time::Duration;
//!
//! use axil_engine::heap::Settings;
//! use axil_engine::vm::Vm;
//!
//! // 64 MB at most, and an exception where nothing is left of the stack.
//! let mut vm = Vm::new(Settings { limit: 64 << 20, ..Settings::default() });
//! vm.enter(|vm| {
//!     assert!(vm.evaluate("example.js", "(function f() { f() })()").is_err());
//!     let exception = vm.take_exception();
//!     assert_eq!(vm.display(exception), "RangeError: Maximum call stack size exceeded");
//!
//!     vm.set_budget(Some(100_000));
//!     assert!(vm.evaluate("example.js", "try { for (;;); } finally { throw 1 }").is_err());
//!     assert!(vm.is_interrupted());
//!     vm.take_exception();
//!     vm.clear_interrupt();
//!
//!     let interrupter = vm.interrupter();
//!     let thread = std::thread::spawn(move || {
//!         std::thread::sleep(Duration::from_millis(10));
//!         interrupter.interrupt();
//!     });
//!     assert!(vm.evaluate("example.js", "for (;;);").is_err());
//!     thread.join().expect("it ends");
//!     vm.take_exception();
//!     vm.clear_interrupt();
//!     assert!(vm.evaluate("example.js", "1").is_ok());
//! });
//! ```
//!
//! ## Jobs
//!
//! Promises go on when the embedder says so. It is told of those that are rejected without
//! anybody who would handle that.
//!
//! ```
//! use std::cell::RefCell;
//! use std::rc::Rc;
//!
//! use axil_engine::heap::{Gc, Settings};
//! use axil_engine::object::Promise;
//! use axil_engine::value::Value;
//! use axil_engine::vm::{JobHost, RejectionEvent, Vm};
//!
//! #[derive(Default)]
//! struct Host {
//!     events: RefCell<Vec<RejectionEvent>>,
//! }
//!
//! impl JobHost for Host {
//!     fn track_rejection(&self, _: &mut Vm, _: Gc<Promise>, event: RejectionEvent) {
//!         self.events.borrow_mut().push(event);
//!     }
//!
//!     fn report_error(&self, vm: &mut Vm, exception: Value) {
//!         eprintln!("{}", vm.display(exception));
//!     }
//! }
//!
//! let host = Rc::new(Host::default());
//! let mut vm = Vm::new(Settings::default());
//! vm.set_job_host(host.clone());
//! vm.enter(|vm| {
//!     let program = "var seen; Promise.resolve(7).then(x => seen = x); Promise.reject(1)";
//!     vm.evaluate("example.js", program).expect("it runs");
//!     vm.run_jobs();
//!     assert_eq!(vm.evaluate("example.js", "seen"), Ok(Value::int(7)));
//! });
//! assert_eq!(*host.events.borrow(), [RejectionEvent::Reject]);
//! ```
//!
//! ## Modules
//!
//! Where modules come from is the embedder's business.
//!
//! ```
//! use std::rc::Rc;
//!
//! use axil_engine::bytecode::ModuleRequest;
//! use axil_engine::compiler::compile;
//! use axil_engine::heap::{Gc, Settings};
//! use axil_engine::module::{Module, ModuleLoader};
//! use axil_engine::value::Value;
//! use axil_engine::vm::{Completion, Vm};
//! use axil_grammar::{Arena, Goal, Source, parse};
//!
//! fn load(vm: &mut Vm, name: &str, text: &str) -> Completion<Gc<Module>> {
//!     let source = Rc::new(Source::new(name, text));
//!     let arena = Arena::new();
//!     let program = match parse(&source, Goal::Module, &arena) {
//!         Ok(program) => program,
//!         Err(faults) => return Err(vm.throw_syntax_error(&faults.first().message)),
//!     };
//!     match compile(&vm.memory, &source, program) {
//!         Ok(code) => Ok(vm.new_module(name, code)),
//!         Err(missing) => Err(vm.throw_not_built(&missing)),
//!     }
//! }
//!
//! /// Knows one module. One that knows many gives the same one for the same name.
//! struct Loader;
//!
//! impl ModuleLoader for Loader {
//!     fn load(&self, vm: &mut Vm, _: &str, request: &ModuleRequest) -> Completion<Gc<Module>> {
//!         match &*request.specifier {
//!             "answer" => load(vm, "answer", "export default 42"),
//!             name => Err(vm.throw_error(&format!("Cannot find module '{name}'"))),
//!         }
//!     }
//! }
//!
//! let mut vm = Vm::new(Settings::default());
//! vm.set_module_loader(Rc::new(Loader));
//! vm.enter(|vm| {
//!     let text = "import answer from 'answer'; globalThis.seen = answer";
//!     let module = load(vm, "main", text).expect("it is a module");
//!     vm.load_requested_modules(module).expect("they are there");
//!     vm.link_module(module).expect("they export what is imported");
//!     vm.evaluate_module(module);
//!     vm.run_jobs();
//!     assert_eq!(vm.evaluate("example.js", "seen"), Ok(Value::int(42)));
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
