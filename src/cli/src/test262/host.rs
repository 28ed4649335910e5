//! One test: a new machine, scripts in order, the jobs they leave behind.

use std::cell::RefCell;
use std::rc::Rc;

use axil_engine::compiler::compile;
use axil_engine::heap::{Gc, Settings};
use axil_engine::object::{ArrayBuffer, Attributes, Object, PromiseState};
use axil_engine::operators::{as_object, to_string};
use axil_engine::string::JsString;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, NativeCode, Vm};
use axil_grammar::ast::Program;
use axil_grammar::{Arena, Goal, Source, parse};
use axil_runtime::loader::file_modules::FileModules;

use super::agents;

/// The most memory a test may take, in bytes.
pub(super) const MEMORY: usize = 1 << 30;

/// A source text with its name.
#[derive(Clone)]
pub struct Text {
    /// What stack traces call it.
    pub name: String,
    /// The text itself.
    pub text: String,
}

/// How a test went.
pub struct Report {
    /// What `print` was given, a line each.
    pub printed: String,
    /// What stopped it.
    pub fault: Option<Fault>,
}

/// Why a test stopped.
pub struct Fault {
    /// Before anything ran, or while it ran.
    pub phase: Phase,
    /// The name of the constructor of what was thrown.
    pub name: String,
    /// The message.
    pub message: String,
}

/// When a test stopped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// The text was refused.
    Parse,
    /// The text has a part of the language that is not built yet.
    Compile,
    /// The modules it needs cannot be linked.
    Resolution,
    /// Something was thrown.
    Runtime,
}

impl Phase {
    /// Its name, as test262 has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Parse => "parse",
            Self::Compile => "compile",
            Self::Resolution => "resolution",
            Self::Runtime => "runtime",
        }
    }
}

thread_local! {
    /// What `print` has been given.
    static PRINTED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs the texts as scripts, the last one as a module if `module` says so; with a
/// collection at every so many allocations under `stress`.
pub fn run(texts: &[Text], module: bool, stress: Option<u32>) -> Report {
    let mut vm = Vm::new(Settings { limit: MEMORY, stress, ..Settings::default() });
    let fault = vm.enter(|vm| {
        install(vm);
        let modules = FileModules::install(vm);
        let last = texts.len().saturating_sub(1);
        let fault = texts.iter().enumerate().find_map(|(index, text)| {
            let is_module = module && index == last;
            let modules = Some(&modules).filter(|_| is_module);
            run_text(vm, text, modules).err()
        });
        agents::run_jobs(vm);
        agents::end();
        fault
    });
    Report { printed: PRINTED.take(), fault }
}

fn run_text(vm: &mut Vm, text: &Text, modules: Option<&Rc<FileModules>>) -> Result<(), Fault> {
    let source = Rc::new(Source::new(text.name.as_str(), text.text.as_str()));
    let arena = Arena::new();
    let goal = if modules.is_some() { Goal::Module } else { Goal::Script };
    let program = parse(&source, goal, &arena).map_err(|diagnostics| {
        let first = diagnostics.first();
        let name = first.kind.as_str().to_owned();
        Fault { phase: Phase::Parse, name, message: first.message.clone() }
    })?;
    if let Some(modules) = modules {
        return run_module(vm, modules, &source, program);
    }
    let code = compile(&vm.memory, &source, program).map_err(|missing| {
        let message = missing.what.to_owned();
        Fault { phase: Phase::Compile, name: "NotBuilt".to_owned(), message }
    })?;
    vm.run(code).map(drop).map_err(|_| fault_of(vm, Phase::Runtime))
}

/// Loads, links and evaluates a module, and runs the jobs until its promise is settled.
fn run_module(
    vm: &mut Vm,
    modules: &FileModules,
    source: &Rc<Source>,
    program: &Program<'_>,
) -> Result<(), Fault> {
    let linked = modules.add(vm, source, program).and_then(|module| {
        vm.load_requested_modules(module)?;
        vm.link_module(module)?;
        Ok(module)
    });
    let module = linked.map_err(|_| fault_of(vm, Phase::Resolution))?;
    let promise = vm.evaluate_module(module);
    vm.run_jobs();
    match promise.state() {
        PromiseState::Rejected => {
            vm.throw(promise.result());
            Err(fault_of(vm, Phase::Runtime))
        }
        PromiseState::Fulfilled | PromiseState::Pending => Ok(()),
    }
}

/// What the exception that is on its way is called, and what it says.
fn fault_of(vm: &mut Vm, phase: Phase) -> Fault {
    let exception = vm.take_exception();
    let name = text_at(vm, exception, &["constructor", "name"])
        .filter(|name| !name.is_empty())
        .or_else(|| text_at(vm, exception, &["name"]))
        .unwrap_or_else(|| "Thrown".to_owned());
    let message = text_at(vm, exception, &["message"]).unwrap_or_else(|| vm.display(exception));
    Fault { phase, name, message }
}

/// The string at the end of a path of properties, if all goes well.
fn text_at(vm: &mut Vm, value: Value, path: &[&str]) -> Option<String> {
    let mut value = value;
    for name in path {
        let object = as_object(value)?;
        let key = vm.memory.key(name);
        value = vm.get(object, key).ok()?;
    }
    Some(value.downcast::<JsString>()?.to_rust(&vm.memory))
}

// ---------------------------------------------------------------------------
// What tests find
// ---------------------------------------------------------------------------

/// The functions of `$262`.
const FUNCTIONS: &[(&str, u8, NativeCode)] = &[
    ("createRealm", 0, create_realm),
    ("evalScript", 1, eval_script),
    ("detachArrayBuffer", 1, detach_array_buffer),
    ("gc", 0, |vm, _| {
        vm.memory.collect();
        Ok(Value::UNDEFINED)
    }),
];

/// Gives the global object of the current realm `print` and `$262`, which it returns.
pub(super) fn install(vm: &mut Vm) -> Gc<Object> {
    let global = vm.realm().global;
    let host = vm.ordinary_object_create(Some(
        vm.realm().get(axil_engine::realm::Intrinsic::ObjectPrototype),
    ));
    for &(name, length, code) in FUNCTIONS {
        let function = vm.new_native_function(name, length, code);
        define(vm, host, name, Value::cell(function));
    }
    agents::install(vm, host);
    define(vm, host, "global", Value::cell(global));
    define(vm, host, "IsHTMLDDA", Value::cell(vm.new_undetectable_object()));
    define(vm, global, "$262", Value::cell(host));
    let print = vm.new_native_function("print", 1, print);
    define(vm, global, "print", Value::cell(print));
    host
}

pub(super) fn define(vm: &Vm, object: Gc<Object>, name: &str, value: Value) {
    object.add_property(&vm.memory, vm.memory.key(name), value, Attributes::METHOD);
}

fn print(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let text = to_string(vm, arguments.get(0))?.to_rust(&vm.memory);
    PRINTED.with_borrow_mut(|printed| {
        printed.push_str(&text);
        printed.push('\n');
    });
    Ok(Value::UNDEFINED)
}

#[allow(clippy::unnecessary_wraps, reason = "native code may throw")]
fn create_realm(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    let realm = vm.create_realm();
    Ok(Value::cell(vm.in_realm(realm, install)))
}

fn eval_script(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let text = to_string(vm, arguments.get(0))?.units(&vm.memory).to_utf16();
    let source = Rc::new(Source::from_utf16("evalScript", &text));
    let arena = Arena::new();
    let program = match parse(&source, Goal::Script, &arena) {
        Ok(program) => program,
        Err(diagnostics) => {
            let message = diagnostics.first().message.clone();
            return Err(vm.throw_syntax_error(&message));
        }
    };
    match compile(&vm.memory, &source, program) {
        Ok(code) => vm.run(code),
        Err(missing) => Err(vm.throw_error(&format!("{} is not built yet", missing.what))),
    }
}

fn detach_array_buffer(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    match arguments.get(0).downcast::<ArrayBuffer>() {
        Some(buffer) => vm.detach_array_buffer(buffer).map(|()| Value::NULL),
        None => Err(vm.throw_type_error("only an ArrayBuffer can be detached")),
    }
}
