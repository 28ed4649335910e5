//! The virtual machine.
//!
//! Registers of all running functions lie on one stack, in windows that overlap: the
//! arguments a caller has laid out are the callee's first registers. Below them stand
//! the callee, where to return to, and `this`:
//!
//! ```text
//! caller's  R[f]      callee
//!           R[f + 1]  the caller's next instruction
//!           R[f + 2]  the caller's constants
//!           R[f + 3]  this
//!           R[f + 4]  first argument        == callee's R[0]
//!           …
//! ```
//!
//! So a call writes two words, and a function that calls another does not use the
//! native stack. Native functions and operators that call functions do.

mod access;
mod arguments;
mod async_functions;
mod bytes;
mod call_site;
mod callback;
mod calls;
mod classes;
mod clock;
mod coroutine;
mod dispatch;
mod eval;
mod finalization;
mod globals;
mod handlers;
mod host;
mod instances;
mod interrupts;
mod iteration;
mod jobs;
mod lazy;
mod promises;
mod property_cache;
mod random;
mod realms;
mod rendering;
mod resources;
mod stack;
pub(crate) mod stack_trace;
mod symbols;
mod trace;
mod unwinding;
mod waiting;

use std::cell::{Cell, RefCell};

use rustc_hash::FxHashMap;

use crate::bytecode::Code;
use crate::heap::{CellKind, Gc, Root, RootedVec, Settings};
use crate::kinds;
use crate::module::ModuleLoader;
use crate::object::{Attributes, Function, Memory, Object, PrimitiveWrapper, Proxy};
use crate::operators;
use crate::realm::{Intrinsic, Realm};
use crate::string::{JsString, PropertyKey};
use crate::value::Value;

pub(crate) use async_functions::AsyncRequest;
pub(crate) use callback::Callback;
pub use calls::{Arguments, NativeCode, NativeFunction};
pub use clock::{Clock, TIME_ZONE_DATA, UtcClock};
pub use coroutine::{Coroutine, CoroutineState};
use instances::InstanceCache;
pub use interrupts::Interrupter;
use interrupts::Interrupts;
pub use iteration::Told;
use jobs::Jobs;
pub use jobs::{JobHost, PromiseEvent, RejectionEvent};
pub(crate) use lazy::Fill;
pub use lazy::LazyObject;
pub use promises::PromiseCapability;
pub(crate) use promises::Target;
use property_cache::PropertyCache;
pub(crate) use resources::next_resource;
use stack::Stack;
pub use stack_trace::HostFrame;
use symbols::Symbols;
pub use symbols::WellKnown;
pub use trace::TraceOptions;

/// An exception is on its way; it waits in the [`Vm`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Throw;

/// What an operation gives: a value, or an exception.
pub type Completion<T = Value> = Result<T, Throw>;

/// A virtual machine: memory, stack, and the state between instructions.
pub struct Vm {
    /// Where everything lives.
    pub memory: Memory,
    stack: Stack,
    /// The exception that is on its way, kept alive.
    exception: RootedVec<Value>,
    /// The code in which the last exception was thrown, and the instruction.
    thrown_in: RootedVec<Value>,
    thrown_at: Cell<u32>,
    /// The calls from native code that are under way.
    entries: stack_trace::Entries,
    host_frames: stack_trace::HostFrames,
    /// What somebody who traces the machine is told.
    trace: Option<Box<trace::Trace>>,
    /// The realm that there is from the beginning.
    first_realm: Root<Realm>,
    /// Whether there have ever been others.
    has_realms: Cell<bool>,
    /// The realm of the native code that runs; none while a frame does.
    native_realm: Cell<Option<Gc<Realm>>>,
    symbols: Symbols,
    jobs: Jobs,
    waits: waiting::Waits,
    clock: std::rc::Rc<dyn Clock>,
    pub(crate) regexp: crate::builtins::RegExpState,
    pub(crate) json: crate::builtins::JsonState,
    /// The shapes of objects by their prototype and kind, for constructors.
    prototype_shapes: RefCell<FxHashMap<(u64, CellKind, u16), u32>>,
    property_cache: std::rc::Rc<PropertyCache>,
    instances: std::rc::Rc<InstanceCache>,
    pub(crate) interrupts: Interrupts,
    random: random::Random,
    finalization: finalization::Finalization,
    array_iteration: Cell<iteration::ArrayIteration>,
    promise_species: Cell<promises::PromiseSpecies>,
    /// An object whose first slot is `undefined`: where caches find what is nowhere.
    nothing: Root<Object>,
    native_return: Box<u64>,
    /// Where the native stack may reach to: an address.
    native_limit: usize,
    /// The frame that was running when the machine was left last: the instruction and
    /// the first register. Set before anything slow.
    pc: Cell<*const u64>,
    registers: Cell<*mut Value>,
    /// Past the last register of that frame: where the next one may begin.
    top: Cell<*mut Value>,
    /// The arrays that are being joined: each is empty inside itself.
    pub(crate) joined: RootedVec<Gc<Object>>,
    /// What an embedder keeps here for its native functions.
    embedder: Option<std::rc::Rc<dyn std::any::Any>>,
    /// What an embedder loads modules with.
    pub(crate) module_loader: Option<std::rc::Rc<dyn ModuleLoader>>,
    /// Where the import stands that was not found when modules were linked last.
    pub(crate) unresolved_import:
        RefCell<Option<(std::rc::Rc<axil_grammar::Source>, axil_grammar::Span)>>,
    /// How many modules have begun to be evaluated asynchronously.
    pub(crate) async_modules: u32,
    /// Where the machine goes on: only without tail calls.
    #[cfg(debug_assertions)]
    resume: dispatch::Resume,
    /// Whether `pc`, `registers` and `top` are those of what runs.
    #[cfg(debug_assertions)]
    is_left: Cell<bool>,
}

/// How much of the native stack is left for what cannot be stopped half-way, in bytes.
const NATIVE_RESERVE: usize = 256 << 10;

impl Vm {
    /// A machine with empty memory.
    pub fn new(settings: Settings) -> Self {
        let memory = Memory::new(settings);
        let (stack, exception) = (Stack::new(&memory), memory.rooted_vec());
        let thrown_in = memory.rooted_vec();
        let joined = memory.rooted_vec();
        let first_realm = memory.enter(|| memory.root(Gc::<Realm>::new(&memory)));
        let symbols = memory.enter(|| Symbols::new(&memory));
        let jobs = Jobs::new(&memory);
        let regexp = crate::builtins::RegExpState::new(&memory);
        let json = crate::builtins::JsonState::new(&memory);
        let property_cache = PropertyCache::new(&memory);
        let instances = InstanceCache::new(&memory);
        let finalization = finalization::Finalization::new(&memory);
        let nothing = memory.enter(|| {
            let shape = first_realm.get().shape(crate::realm::RootShape::Object);
            let nothing = Gc::<Object>::ordinary(&memory, shape);
            let name = PropertyKey::name(memory.intern_str(""));
            nothing.add_property(&memory, name, Value::UNDEFINED, Attributes::FIXED);
            memory.root(nothing)
        });
        let top = stack.start();
        let waits = waiting::Waits::new(memory.rooted_vec());
        let mut vm = Self {
            memory,
            stack,
            exception,
            thrown_in,
            thrown_at: Cell::new(0),
            entries: stack_trace::Entries::none(),
            host_frames: stack_trace::HostFrames::default(),
            trace: None,
            native_realm: Cell::new(Some(first_realm.get())),
            first_realm,
            has_realms: Cell::new(false),
            symbols,
            jobs,
            waits,
            clock: std::rc::Rc::new(UtcClock),
            regexp,
            json,
            prototype_shapes: RefCell::default(),
            property_cache,
            instances,
            interrupts: Interrupts::new(),
            random: random::Random::new(),
            finalization,
            array_iteration: Cell::default(),
            promise_species: Cell::default(),
            nothing,
            native_return: calls::return_to_native(),
            native_limit: stacker::remaining_stack().map_or(0, |left| {
                let here = 0_u8;
                (&raw const here).addr().saturating_sub(left) + NATIVE_RESERVE
            }),
            pc: Cell::new(std::ptr::null()),
            registers: Cell::new(std::ptr::null_mut()),
            top: Cell::new(top),
            joined,
            embedder: None,
            module_loader: None,
            unresolved_import: RefCell::default(),
            async_modules: 0,
            #[cfg(debug_assertions)]
            resume: dispatch::Resume::NOWHERE,
            #[cfg(debug_assertions)]
            is_left: Cell::new(true),
        };
        vm.enter(crate::builtins::install);
        vm
    }

    /// Runs code that may hold values in variables.
    pub fn enter<R>(&mut self, run: impl FnOnce(&mut Self) -> R) -> R {
        let this = std::ptr::from_mut(self);
        // SAFETY: The heap is not moved while the code runs, and the collector
        // touches nothing of the machine but what is shared with it.
        let heap: &crate::heap::Heap = unsafe { &(*this).memory };
        heap.enter(|| run(self))
    }

    /// The machine is left at an instruction of a frame.
    #[inline]
    fn leave(&self, pc: *const u64, registers: *mut Value, constants: *const u64) {
        self.pc.set(pc);
        self.registers.set(registers);
        // SAFETY: By the caller's word the constants are those of the function that runs.
        let count = unsafe { calls::size(constants) };
        self.top.set(registers.wrapping_add(count));
        #[cfg(debug_assertions)]
        self.is_left.set(true);
    }

    /// Throws if the native stack is nearly used up: asked by native code that recurses.
    ///
    /// # Errors
    /// A `RangeError`.
    pub fn check_native_stack(&mut self) -> Completion<()> {
        let here = 0_u8;
        if (&raw const here).addr() < self.native_limit {
            return Err(self.throw_range_error("Maximum call stack size exceeded"));
        }
        Ok(())
    }

    /// Runs a program as a function without parameters.
    ///
    /// # Errors
    /// What the program throws.
    pub fn run(&mut self, code: Gc<Code>) -> Completion {
        let function = self.instantiate(code);
        self.call(function, Value::UNDEFINED, &[])
    }

    /// The function that a program has been compiled to. That of a CommonJS module has
    /// the parameters `exports`, `require`, `module`, `__filename` and `__dirname`.
    pub fn instantiate(&mut self, code: Gc<Code>) -> Value {
        Value::cell(self.new_function(code, None))
    }

    // -----------------------------------------------------------------------
    // Exceptions
    // -----------------------------------------------------------------------

    /// Throws a value.
    pub fn throw(&mut self, value: Value) -> Throw {
        self.exception.truncate(0);
        self.exception.push(value);
        self.thrown_in.truncate(0);
        Throw
    }

    /// Lets an exception go on that has been held up on its way: where it was thrown stays
    /// what it was.
    pub fn throw_on(&mut self, value: Value) -> Throw {
        self.exception.truncate(0);
        self.exception.push(value);
        Throw
    }

    /// The exception that is on its way, which it is not any more.
    pub fn take_exception(&mut self) -> Value {
        self.exception.pop().unwrap_or(Value::UNDEFINED)
    }

    fn throw_new(&mut self, prototype: Intrinsic, message: &str) -> Throw {
        let message = self.memory.string(message);
        self.throw_new_with(prototype, message)
    }

    fn throw_new_with(&mut self, prototype: Intrinsic, message: Gc<JsString>) -> Throw {
        let prototype = self.realm().get(prototype);
        let shape = self.shape_for_prototype(Some(prototype), kinds::ERROR, 4);
        let error = Gc::<Object>::ordinary(&self.memory, shape);
        self.install_stack(error, stack_trace::Skip::Nothing);
        let key = self.memory.keys().message;
        error.add_property(&self.memory, key, Value::cell(message), Attributes::METHOD);
        self.throw(Value::cell(error))
    }

    /// Throws an `Error`.
    pub fn throw_error(&mut self, message: &str) -> Throw {
        self.throw_new(Intrinsic::ErrorPrototype, message)
    }

    /// Throws a `TypeError`.
    pub fn throw_type_error(&mut self, message: &str) -> Throw {
        self.throw_new(Intrinsic::TypeErrorPrototype, message)
    }

    /// Throws a `RangeError`.
    pub fn throw_range_error(&mut self, message: &str) -> Throw {
        self.throw_new(Intrinsic::RangeErrorPrototype, message)
    }

    /// Throws a `ReferenceError`.
    pub fn throw_reference_error(&mut self, message: &str) -> Throw {
        self.throw_new(Intrinsic::ReferenceErrorPrototype, message)
    }

    /// Throws a `URIError`.
    pub fn throw_uri_error(&mut self, message: &str) -> Throw {
        self.throw_new(Intrinsic::UriErrorPrototype, message)
    }

    /// Throws a `SyntaxError`.
    pub fn throw_syntax_error(&mut self, message: &str) -> Throw {
        self.throw_new(Intrinsic::SyntaxErrorPrototype, message)
    }

    /// Throws a `SyntaxError` with a message that quotes a program's strings, in which
    /// halves of surrogate pairs may stand.
    pub(crate) fn throw_syntax_error_of(&mut self, message: &[u16]) -> Throw {
        let message = Gc::<JsString>::from_utf16(&self.memory, message);
        self.throw_new_with(Intrinsic::SyntaxErrorPrototype, message)
    }

    fn throw_not_a_function(&mut self, value: Value) -> Throw {
        let text = self.display(value);
        self.throw_type_error(&format!("{text} is not a function"))
    }

    /// Throws for what the instruction that runs calls, and is no function.
    fn throw_not_a_callee(&mut self, value: Value) -> Throw {
        let text = self.named_value().unwrap_or_else(|| self.display(value));
        self.throw_type_error(&format!("{text} is not a function"))
    }

    /// A property key as messages show it.
    pub fn display_key(&self, key: PropertyKey) -> String {
        match (key.as_index(), key.as_name(), key.as_symbol()) {
            (Some(index), ..) => index.to_string(),
            (_, Some(name), _) => name.to_rust(&self.memory),
            (_, _, Some(symbol)) => {
                let text = symbol.description().map(|text| text.to_rust(&self.memory));
                format!("Symbol({})", text.unwrap_or_default())
            }
            _ => String::new(),
        }
    }

    /// What `Function.prototype.toString` says (§20.2.3.5), if the value is a function.
    pub(crate) fn function_text(&self, value: Value) -> Option<Gc<JsString>> {
        if let Some(function) = value.downcast::<Function>() {
            return Some(function.code.text(&self.memory));
        }
        let name = match value.downcast::<NativeFunction>() {
            Some(native) => native.name.to_rust(&self.memory),
            None if operators::is_callable(value) => String::new(),
            None => return None,
        };
        Some(self.memory.string(&format!("function {name}() {{ [native code] }}")))
    }

    /// A value as messages show it.
    pub fn display(&self, value: Value) -> String {
        if let Some(string) = value.downcast::<JsString>() {
            return string.to_rust(&self.memory);
        }
        match (value.as_number(), value.kind()) {
            (Some(number), _) => operators::number_to_string(number),
            (None, Some(kinds::ARRAY)) => "[object Array]".to_owned(),
            (None, Some(kinds::REGEXP)) => "[object RegExp]".to_owned(),
            (None, Some(kinds::TYPED_ARRAY)) => {
                let array = value.downcast::<crate::object::TypedArray>();
                let name = array.map_or("Object", |array| array.element.class_name());
                format!("[object {name}]")
            }
            (None, Some(kinds::PRIMITIVE_WRAPPER)) => {
                let inside = value.downcast::<PrimitiveWrapper>().map(|wrapper| wrapper.value());
                let name = match inside {
                    Some(inside) if inside.is_number() => "Number",
                    Some(inside) if inside.is_bool() => "Boolean",
                    Some(inside) if inside.kind() == Some(kinds::SYMBOL) => "Symbol",
                    Some(inside) if inside.kind() == Some(kinds::BIGINT) => "BigInt",
                    _ => "String",
                };
                format!("[object {name}]")
            }
            (None, Some(kinds::ERROR)) => self.display_error(value),
            (None, Some(kinds::BIGINT)) => {
                let value = value.downcast();
                value.map_or_else(String::new, |value| crate::bigint::to_text(value, 10))
            }
            (None, Some(kinds::SYMBOL)) => value
                .downcast()
                .map(PropertyKey::symbol)
                .map_or_else(String::new, |symbol| self.display_key(symbol)),
            (None, Some(_)) => match self.function_text(value) {
                Some(text) => text.to_rust(&self.memory),
                None => self.display_object(value),
            },
            (None, None) => format!("{value:?}"),
        }
    }

    /// An object by its constructor; one that says by itself how it is written, by its tag.
    fn display_object(&self, value: Value) -> String {
        if let Some((target, _)) = value.downcast::<Proxy>().and_then(|proxy| proxy.ends()) {
            return self.display(Value::cell(target));
        }
        let usual = Value::cell(self.realm().get(Intrinsic::ObjectPrototype));
        if self.find_data(value, "toString") == self.find_data(usual, "toString") {
            return format!("#<{}>", self.constructor_name(value));
        }
        let tag = self.find_data_of_key(value, self.well_known_key(WellKnown::ToStringTag));
        let tag = tag.and_then(Value::downcast::<JsString>);
        let tag = tag.map(|tag| tag.to_rust(&self.memory));
        let usual = if value.kind() == Some(kinds::DATE) { "Date" } else { "Object" };
        format!("[object {}]", tag.as_deref().unwrap_or(usual))
    }

    /// The name of an object's constructor, found without running anything.
    pub(crate) fn constructor_name(&self, value: Value) -> String {
        let constructor = self.find_data(value, "constructor");
        let name = constructor.and_then(|constructor| {
            match constructor.downcast::<Function>() {
                // Its properties may not have been made yet.
                Some(function) => Some(function.code.name),
                None => self.find_data(constructor, "name")?.downcast(),
            }
        });
        let name = name.map(|name: Gc<JsString>| name.to_rust(&self.memory));
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| "Object".to_owned())
    }

    /// The value of a data property of an object or of what it inherits from.
    pub(crate) fn find_data(&self, value: Value, name: &str) -> Option<Value> {
        self.find_data_of_key(value, self.memory.key(name))
    }

    /// The value of a data property of an object or of what it inherits from.
    fn find_data_of_key(&self, value: Value, key: PropertyKey) -> Option<Value> {
        let mut at = operators::as_object(value);
        while let Some(object) = at {
            if let Some(property) = object.own_property(&self.memory, key) {
                let is_data = !property.attributes.is_accessor();
                return is_data.then(|| object.get_slot(&self.memory, property.slot));
            }
            at = object.prototype(&self.memory);
        }
        None
    }

    fn display_error(&self, value: Value) -> String {
        let text = |name: &str| self.find_data(value, name).map(|text| self.display(text));
        let (name, message) = (text("name"), text("message"));
        format!("{}: {}", name.unwrap_or_default(), message.unwrap_or_default())
    }
}
