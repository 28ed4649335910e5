//! The compiler: from a syntax tree and its scopes to bytecode.
//!
//! Each variable that no closure captures is a register; the others are in
//! environments, one for each scope that has any. Registers above those of variables
//! hold intermediate results, and are used again as soon as these are consumed.

mod call;
mod class;
mod condition;
mod context;
mod control;
mod coroutine;
mod dynamic;
mod expression;
mod function;
mod inferred_name;
mod iteration;
mod module;
mod pattern;
mod position;
mod program;
mod property;
mod resources;
mod statement;
mod variable;

use std::rc::Rc;

use axil_grammar::ast::{FunctionKind, Program, Spanned};
use axil_grammar::scope::{BindingId, ScopeId, ScopeTree};
use axil_grammar::{Source, Span};
use rustc_hash::FxHashMap;

use class::PrivateNames;
use context::Receiver;
pub(crate) use control::EXCEPTION;
use control::{Control, WayOut};
use pattern::PatternSource;

use crate::bytecode::{Assembler, Code, EvalSite, Instruction, Kept, Label, Register, StaticScope};
use crate::heap::Gc;
use crate::object::Memory;
use crate::string::{JsString, PropertyKey};
use crate::value::Value;

/// A part of the language that the compiler does not know yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotBuilt {
    /// What it is.
    pub what: &'static str,
    /// Where it stands.
    pub span: Span,
}

/// The most registers that a function has. Instructions could name a few more, so that
/// what is some registers further on has a number, too; the other half of the numbers
/// are negative.
const MOST_REGISTERS: u16 = i16::MAX as u16 - 16;

/// The result of compiling a part of a program.
type Compiled<T = ()> = Result<T, NotBuilt>;

/// Compiles a program.
///
/// # Errors
/// If the program has a part of the language that is not built yet.
pub fn compile(
    memory: &Memory,
    source: &Rc<Source>,
    program: &Program<'_>,
) -> Result<Gc<Code>, NotBuilt> {
    memory.without_collections(|| Compiler::new(memory, source, program, None).program(program))
}

/// Compiles what an eval has parsed, for the place where it stands.
///
/// # Errors
/// As for [`compile`].
pub fn compile_eval(
    memory: &Memory,
    source: &Rc<Source>,
    program: &Program<'_>,
    site: &Rc<EvalSite>,
) -> Result<Gc<Code>, NotBuilt> {
    memory
        .without_collections(|| Compiler::new(memory, source, program, Some(site)).program(program))
}

/// The state of a compilation.
struct Compiler<'c, 'a> {
    memory: &'c Memory,
    source: &'c Rc<Source>,
    scopes: ScopeTree<'a>,
    /// The environments that exist at the place the compiler has reached, those of the
    /// functions around it included.
    environments: Vec<EnvironmentScope>,
    /// Where variables are.
    places: FxHashMap<BindingId, Place>,
    /// The bindings of large scopes by name, once something has been looked for there.
    names: FxHashMap<usize, FxHashMap<&'a str, BindingId>>,
    /// The functions around the place, the innermost last.
    functions: Vec<FunctionState>,
    /// The private names that classes around the place have declared.
    private_names: Vec<PrivateNames<'a>>,
    /// Where an eval stands whose code this is.
    outer_site: Option<Rc<EvalSite>>,
    /// There is something around the program.
    is_nested_eval: bool,
    /// The program is the body of a function.
    is_function_program: bool,
    /// Where the value comes from that the next pattern takes apart.
    pattern_source: PatternSource,
    /// Parameters have to be in an environment.
    capture_parameters: bool,
    /// Where a module keeps what it exports by default without a name.
    default_export: Option<Place>,
    /// What functions without names are assigned to, by where they stand.
    inferred_names: FxHashMap<u32, Box<str>>,
    /// Where a module keeps itself.
    module: Option<Place>,
}

/// Where a variable is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a register of its function.
    Register(Register),
    /// In an environment: its index among [`Compiler::environments`], and the number of
    /// the variable.
    Environment { environment: usize, index: u32 },
    /// In another module, to which a variable of an environment leads.
    Import { environment: usize, index: u32 },
    /// Among the global variables.
    Global(PropertyKey),
}

/// The variables of an environment that have names.
enum Names {
    None,
    /// Those of a scope.
    Scope(ScopeId),
    /// Those that code around an eval has declared.
    Static(Rc<StaticScope>),
}

/// An environment that exists at some place of the program.
struct EnvironmentScope {
    /// The function that has made it: an index among [`Compiler::functions`].
    function: usize,
    /// Where it has it.
    register: Register,
    names: Names,
    /// The number of the first variable without a name.
    first_extra: u32,
    /// Its one variable is the object of a `with`.
    with_object: bool,
    /// The variable that holds what evals have declared, if they may.
    variables_of_eval: Option<u32>,
    /// The variables that hold what a call has given, if it has some.
    kept: Option<Kept>,
}

/// A property key, to be compared with others.
#[derive(Clone, Copy, PartialEq, Eq)]
struct PropertyName(u64);

/// A function under construction.
struct FunctionState {
    code: Assembler,
    /// The first register that is not in use.
    next: u16,
    /// The number of registers.
    registers: u16,
    /// How many environments there were where the function was made.
    outer_environments: usize,
    /// The register of the environment around the function.
    outer_environment: Register,
    uses_outer_environment: bool,
    strict: bool,
    kind: FunctionKind,
    /// The statements around the place that jumps may lead to, or have to pass.
    controls: Vec<Control>,
    /// Code on the way out of statements.
    ways_out: Vec<WayOut>,
    /// Where the optional chains around the place end when a link is nullish.
    chains: Vec<Label>,
    /// Where `this` and the like are.
    receiver: Receiver,
    /// The environment that keeps them for functions further in.
    kept: Option<usize>,
    /// It is the constructor of a class that extends another.
    is_derived: bool,
    is_method: bool,
    /// It is all of a program.
    is_program: bool,
    /// The place is among the parameters.
    in_parameters: bool,
    /// The place is in the initialiser of a class field.
    in_field: bool,
    /// The register of the list of what is to be disposed of.
    resources: Option<Register>,
    /// The register of `new.target`.
    new_target: Option<Register>,
    /// The register of a generator's or async function's state.
    coroutine: Option<Register>,
    /// Where the completion value of a program goes.
    completion: Option<Register>,
    /// The number of members that each instance gets of the class whose constructor it is.
    fields: u8,
    /// The names of the properties that it gives to `this`, each once.
    instance_properties: Vec<PropertyName>,
}

/// Calls a pass over a tree that may be deep, with enough native stack.
pub(crate) fn grow<T>(pass: impl FnOnce() -> T) -> T {
    /// What is left when it moves to more, and how much it gets, in bytes.
    const STACK: (usize, usize) = (128 << 10, 4 << 20);
    stacker::maybe_grow(STACK.0, STACK.1, pass)
}

impl Compiler<'_, '_> {
    fn state(&mut self) -> &mut FunctionState {
        self.functions.last_mut().expect("code is always that of a function")
    }

    fn emit(&mut self, instruction: Instruction) {
        self.state().code.emit(instruction);
    }

    fn emit_jump(&mut self, instruction: Instruction, label: Label) {
        self.state().code.emit_jump(instruction, label);
    }

    fn label(&mut self) -> Label {
        self.state().code.label()
    }

    fn bind(&mut self, label: Label) {
        self.state().code.bind(label);
    }

    /// Gives a label its place, where exceptions of the code between two others go.
    fn bind_handler(&mut self, label: Label, start: Label, past: Label) {
        self.state().code.bind_handler(label, start, past);
    }

    fn jump(&mut self, label: Label) {
        self.emit_jump(Instruction::Jump { to: 0 }, label);
    }

    fn constant(&mut self, value: Value) -> u32 {
        self.state().code.constant(value)
    }

    /// The instructions that follow come from this node.
    fn position(&mut self, node: &impl Spanned) {
        let offset = node.span().start;
        self.state().code.position(offset);
    }

    /// A register for an intermediate result. When there are no more the function is
    /// compiled to its end all the same, and refused then.
    fn temporary(&mut self) -> Register {
        let state = self.state();
        let register = Register(state.next);
        if state.next < MOST_REGISTERS {
            state.next += 1;
        } else {
            state.code.note_too_large();
        }
        state.registers = state.registers.max(state.next);
        register
    }

    /// So many registers, one after the other; the first one.
    fn temporaries(&mut self, count: u16) -> Register {
        let first = self.temporary();
        for _ in 1..count {
            self.temporary();
        }
        first
    }

    /// Runs `compile`; the registers it has taken are free again.
    fn scratch<T>(&mut self, compile: impl FnOnce(&mut Self) -> Compiled<T>) -> Compiled<T> {
        let next = self.state().next;
        let result = compile(self);
        self.state().next = next;
        result
    }

    /// The register that an expression can put its result together in, where that goes to
    /// `dst`: the same one if nobody else can know of it yet.
    fn workplace(&mut self, dst: Register) -> Register {
        if dst.0 + 1 == self.state().next { dst } else { self.temporary() }
    }

    /// Copies a register, unless it is the same one.
    fn copy(&mut self, dst: Register, src: Register) {
        if dst != src {
            self.emit(Instruction::Move { dst, src });
        }
    }

    fn string(&self, text: &str) -> Gc<JsString> {
        self.memory.intern_str(text)
    }
}

fn not_built<T>(what: &'static str, node: &impl Spanned) -> Compiled<T> {
    Err(NotBuilt { what, span: node.span() })
}
