//! What a program runs in: the state behind all native halves of modules, and the way
//! from the event loop into a program.

use std::cell::{Cell, OnceCell, RefCell};
use std::io;
use std::path::PathBuf;
use std::rc::Rc;

use axil_engine::heap::{Gc, Root};
use axil_engine::object::Object;
use axil_engine::operators::as_object;
use axil_engine::value::Value;
use axil_engine::vm::Vm;
use rustc_hash::FxHashMap;

use crate::event_loop::{EventLoop, ScriptTimers, Task};
use crate::options::Options;
use crate::rejections::Rejections;
use crate::ticks::{self, Ticks};
use crate::uncaught::Uncaught;
use crate::{builtin_modules, uncaught};

/// How the program was called.
#[derive(Clone, Default, Debug)]
pub struct Invocation {
    /// The program itself (`process.execPath`).
    pub executable: PathBuf,
    /// The first argument as it was given (`process.argv0`).
    pub argv0: String,
    /// The arguments before the script (`process.execArgv`).
    pub options: Vec<String>,
    /// The script, if it is a file, and the arguments behind it (`process.argv` from 1 on).
    pub arguments: Vec<String>,
    /// The code of `--eval` or `--print`.
    pub code: Option<String>,
    /// What the options mean.
    pub settings: Options,
}

/// The state of a program that runs.
pub struct Runtime {
    /// What it waits for.
    pub event_loop: EventLoop,
    /// What `process.nextTick` was given.
    pub(crate) ticks: RefCell<Ticks>,
    /// What nobody has handled.
    pub(crate) rejections: Rc<Rejections>,
    /// How it was called.
    pub invocation: Invocation,
    /// When it began.
    pub started: std::time::Instant,
    /// The modules of [`builtin_modules`], by name.
    pub(crate) modules: RefCell<FxHashMap<Box<str>, Root<Object>>>,
    /// The native halves, by name.
    pub(crate) natives: RefCell<FxHashMap<Box<str>, Root<Object>>>,
    require: OnceCell<Root<Object>>,
    native: OnceCell<Root<Object>>,
    /// What JavaScript halves have native code call, by name.
    hooks: RefCell<FxHashMap<&'static str, Root<Object>>>,
    /// What is done when everything else of a turn is.
    end_of_turn: RefCell<Vec<Task>>,
    /// How many callbacks are under way, one within the other.
    depth: Cell<u32>,
    /// What is done before the process ends.
    at_exit: RefCell<Vec<Task>>,
    /// The states that native halves keep, by type.
    states: RefCell<FxHashMap<std::any::TypeId, Rc<dyn std::any::Any>>>,
}

/// The state of the program that a machine runs.
///
/// # Panics
/// If the machine has been given none.
pub fn of(vm: &Vm) -> Rc<Runtime> {
    vm.embedder().expect("the machine was set up by `install`")
}

impl Runtime {
    /// Gives a machine a state.
    ///
    /// # Errors
    /// Those of the system, which has to give the means to wait.
    pub fn install(vm: &mut Vm, invocation: Invocation) -> io::Result<Rc<Self>> {
        let runtime = Rc::new(Self {
            event_loop: EventLoop::new()?,
            ticks: RefCell::new(Ticks::new(&vm.memory)),
            rejections: Rejections::install(vm),
            invocation,
            started: std::time::Instant::now(),
            modules: RefCell::default(),
            natives: RefCell::default(),
            require: OnceCell::new(),
            native: OnceCell::new(),
            hooks: RefCell::default(),
            end_of_turn: RefCell::default(),
            depth: Cell::new(0),
            at_exit: RefCell::default(),
            states: RefCell::default(),
        });
        vm.set_embedder(Rc::clone(&runtime));
        Ok(runtime)
    }

    /// `require` as the JavaScript halves have it.
    pub(crate) fn builtin_require(&self, vm: &Vm) -> Value {
        let function = self.require.get_or_init(|| {
            let code = builtin_modules::require_function;
            vm.memory.root(vm.new_native_function("require", 1, code))
        });
        Value::cell(function.get())
    }

    /// `native` as the JavaScript halves have it.
    pub(crate) fn native_halves(&self, vm: &Vm) -> Value {
        let function = self.native.get_or_init(|| {
            let code = builtin_modules::native_function;
            vm.memory.root(vm.new_native_function("native", 1, code))
        });
        Value::cell(function.get())
    }

    /// What a native half keeps: one of each type, made when it is asked for first.
    pub fn state<T: 'static>(&self, make: impl FnOnce() -> T) -> Rc<T> {
        let id = std::any::TypeId::of::<T>();
        let known = self.states.borrow().get(&id).map(Rc::clone);
        let state = known.unwrap_or_else(|| {
            let made: Rc<dyn std::any::Any> = Rc::new(make());
            self.states.borrow_mut().insert(id, Rc::clone(&made));
            made
        });
        state.downcast().expect("it is kept by its type")
    }

    // -----------------------------------------------------------------------
    // Hooks: what JavaScript halves have native code call
    // -----------------------------------------------------------------------

    /// Has native code call a function under a name.
    pub fn set_hook(&self, vm: &Vm, name: &'static str, function: Value) {
        if let Some(function) = as_object(function) {
            self.hooks.borrow_mut().insert(name, vm.memory.root(function));
        }
    }

    /// The function under a name, if some module has given one.
    pub fn hook(&self, name: &str) -> Option<Value> {
        self.hooks.borrow().get(name).map(|function| Value::cell(function.get()))
    }

    // -----------------------------------------------------------------------
    // Callbacks
    // -----------------------------------------------------------------------

    /// Calls a function of the program from the event loop: an exception is the program's
    /// end, unless it handles that; then ticks and jobs have their turn. None if it has
    /// thrown.
    pub fn call_back(
        &self,
        vm: &mut Vm,
        function: Value,
        this: Value,
        arguments: &[Value],
    ) -> Option<Value> {
        self.scope(vm, |vm| vm.call(function, this, arguments))
    }

    /// Does something that calls the program, as [`Self::scope`] does, but ticks and jobs
    /// wait: [`Self::settle`] is to follow soon.
    pub fn within<T>(
        &self,
        vm: &mut Vm,
        action: impl FnOnce(&mut Vm) -> axil_engine::vm::Completion<T>,
    ) -> Option<T> {
        self.depth.set(self.depth.get() + 1);
        let result = action(vm);
        let result = result.map_err(|_| {
            let exception = vm.take_exception();
            uncaught::raise(vm, Uncaught::Exception(exception));
        });
        self.depth.set(self.depth.get() - 1);
        result.ok()
    }

    /// Ticks and jobs have their turn, unless that comes later anyway.
    pub fn settle(&self, vm: &mut Vm) {
        if self.depth.get() == 0 {
            self.run_ticks(vm);
        }
    }

    /// Does something that calls the program, as [`Self::call_back`] does.
    pub fn scope<T>(
        &self,
        vm: &mut Vm,
        action: impl FnOnce(&mut Vm) -> axil_engine::vm::Completion<T>,
    ) -> Option<T> {
        let result = self.within(vm, action);
        self.settle(vm);
        result
    }

    /// Runs ticks and jobs until there are no more, and then looks at what was rejected.
    pub fn run_ticks(&self, vm: &mut Vm) {
        let is_outermost = self.depth.get() == 0;
        self.depth.set(self.depth.get() + 1);
        vm.keep_host_frame(|vm| self.run_ticks_as(vm, is_outermost));
        self.depth.set(self.depth.get() - 1);
    }

    /// Jobs that come before the first tick have no function of the queue's around them.
    fn run_ticks_as(&self, vm: &mut Vm, is_outermost: bool) {
        let mut frame_of_jobs = None;
        loop {
            while let Some(tick) = Ticks::take(&self.ticks, vm) {
                vm.set_host_frame(Some(ticks::frame(is_outermost, tick.place())));
                frame_of_jobs = Some(ticks::frame(is_outermost, ticks::JOBS));
                if tick.call(vm).is_err() {
                    vm.set_host_frame(None);
                    let exception = vm.take_exception();
                    uncaught::raise(vm, Uncaught::Exception(exception));
                }
            }
            vm.set_host_frame(frame_of_jobs);
            vm.set_job_context(Value::UNDEFINED);
            vm.run_jobs();
            vm.set_host_frame(Some(ticks::frame(is_outermost, ticks::REJECTIONS)));
            if self.ticks.borrow().is_empty() && !self.rejections.report(vm) {
                vm.set_host_frame(None);
                let tasks = std::mem::take(&mut *self.end_of_turn.borrow_mut());
                if tasks.is_empty() {
                    break;
                }
                for task in tasks {
                    task(vm);
                }
            }
        }
    }

    /// Does something when the program, its ticks and its jobs have had their turn: at once,
    /// where that is over.
    pub fn at_end_of_turn(&self, task: Task) {
        if self.depth.get() == 0 {
            self.event_loop.defer(task);
        } else {
            self.end_of_turn.borrow_mut().push(task);
        }
    }

    /// Whether there is something that [`Self::run_ticks`] would do.
    pub fn has_ticks(&self, vm: &Vm) -> bool {
        !self.ticks.borrow().is_empty() || vm.has_jobs() || self.rejections.has_any()
    }

    // -----------------------------------------------------------------------
    // From the beginning to the end
    // -----------------------------------------------------------------------

    /// Runs the event loop until nothing holds it and nobody wants to go on
    /// (`beforeExit`).
    pub fn run(&self, vm: &mut Vm) {
        loop {
            self.event_loop.run(vm, self);
            if let Some(hook) = self.hook("beforeExit") {
                self.call_back(vm, hook, Value::UNDEFINED, &[]);
            }
            if !self.event_loop.is_alive() {
                return;
            }
        }
    }

    /// The program has come to its end by itself: `exit` is emitted. What the process is to
    /// exit with.
    pub fn finish(&self, vm: &mut Vm) -> u8 {
        let code = match self.hook("exit") {
            Some(hook) => match vm.call(hook, Value::UNDEFINED, &[]) {
                Ok(code) => code.as_number().unwrap_or(0.0) as i64 as u8,
                Err(_) => {
                    let exception = vm.take_exception();
                    uncaught::end_with(vm, Uncaught::Exception(exception));
                }
            },
            None => 0,
        };
        self.run_at_exit(vm);
        code
    }

    /// Ends the process at once.
    pub fn exit(&self, vm: &mut Vm, code: u8) -> ! {
        self.run_at_exit(vm);
        std::process::exit(code.into())
    }

    /// Does something before the process ends.
    pub fn at_exit(&self, action: Task) {
        self.at_exit.borrow_mut().push(action);
    }

    fn run_at_exit(&self, vm: &mut Vm) {
        let actions = std::mem::take(&mut *self.at_exit.borrow_mut());
        for action in actions {
            action(vm);
        }
    }
}

impl ScriptTimers for Runtime {
    fn run_timers(&self, vm: &mut Vm, now: u64) {
        if let Some(hook) = self.hook("processTimers") {
            self.call_back(vm, hook, Value::UNDEFINED, &[Value::number(now as f64)]);
        }
    }

    fn run_immediates(&self, vm: &mut Vm) {
        if let Some(hook) = self.hook("processImmediates") {
            self.call_back(vm, hook, Value::UNDEFINED, &[]);
        }
    }
}

/// A function of the program that is called later, in the context that it was given in.
pub struct Callback {
    function: Root<Object>,
    context: Option<Root<Object>>,
}

impl Callback {
    /// A function, with the context of what runs. None if the value is no object.
    pub fn new(vm: &Vm, function: Value) -> Option<Self> {
        let function = vm.memory.root(as_object(function)?);
        let context = as_object(vm.job_context()).map(|context| vm.memory.root(context));
        Some(Self { function, context })
    }

    /// The function.
    pub fn function(&self) -> Gc<Object> {
        self.function.get()
    }

    /// Calls it from the event loop.
    pub fn call(&self, vm: &mut Vm, this: Value, arguments: &[Value]) -> Option<Value> {
        let context = self.context.as_ref().map_or(Value::UNDEFINED, |it| Value::cell(it.get()));
        let runtime = of(vm);
        let function = Value::cell(self.function.get());
        let outer = vm.job_context();
        // Who is told of an exception is told in the context in which it was thrown.
        let result = runtime.scope(vm, |vm| {
            vm.set_job_context(context);
            let result = vm.call(function, this, arguments)?;
            vm.set_job_context(outer);
            Ok(result)
        });
        vm.set_job_context(outer);
        result
    }
}
