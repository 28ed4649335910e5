//! The compiler: from a syntax tree and its scopes to bytecode.
//!
//! Each variable that no closure captures is a register; the others are in
//! environments, one for each scope that has any. Registers above those of variables
//! hold intermediate results, and are used again as soon as these are consumed.

mod condition;
mod control;
mod expression;
mod function;
mod pattern;
mod property;
mod statement;
mod variable;

use std::rc::Rc;

use axil_grammar::ast::{Program, Spanned};
use axil_grammar::scope::{BindingId, ScopeTree};
use axil_grammar::{Source, Span};
use rustc_hash::FxHashMap;

use control::Control;

use crate::bytecode::{Assembler, Code, Instruction, Label, Register};
use crate::heap::Gc;
use crate::object::Memory;
use crate::string::JsString;
use crate::value::Value;

/// A part of the language that the compiler does not know yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotBuilt {
    /// What it is.
    pub what: &'static str,
    /// Where it stands.
    pub span: Span,
}

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
    memory.without_collections(|| {
        let mut compiler = Compiler {
            memory,
            source,
            scopes: program.scopes,
            environments: Vec::new(),
            places: FxHashMap::default(),
            functions: Vec::new(),
        };
        compiler.program(program)
    })
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
    /// The functions around the place, the innermost last.
    functions: Vec<FunctionState>,
}

/// Where a variable is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    /// In a register of its function.
    Register(Register),
    /// In an environment: its index among [`Compiler::environments`], and the number of
    /// the variable.
    Environment { environment: usize, index: u32 },
}

/// An environment that exists at some place of the program.
#[derive(Clone, Copy)]
struct EnvironmentScope {
    /// The function that has made it: an index among [`Compiler::functions`].
    function: usize,
    /// Where it has it.
    register: Register,
}

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
    /// The statements around the place that jumps may lead to, or have to pass.
    controls: Vec<Control>,
    /// Where the optional chains around the place end when a link is nullish.
    chains: Vec<Label>,
    /// Where `this` is for arrow functions further in.
    this: Option<Place>,
    is_arrow: bool,
    /// Where the completion value of a program goes.
    completion: Option<Register>,
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

    /// A register for an intermediate result.
    fn temporary(&mut self) -> Register {
        let state = self.state();
        let register = Register(state.next);
        state.next = state.next.checked_add(1).expect("checked where functions are begun");
        state.registers = state.registers.max(state.next);
        register
    }

    /// Runs `compile`; the registers it has taken are free again.
    fn scratch<T>(&mut self, compile: impl FnOnce(&mut Self) -> Compiled<T>) -> Compiled<T> {
        let next = self.state().next;
        let result = compile(self);
        self.state().next = next;
        result
    }

    fn string(&self, text: &str) -> Gc<JsString> {
        self.memory.intern_str(text)
    }
}

fn not_built<T>(what: &'static str, node: &impl Spanned) -> Compiled<T> {
    Err(NotBuilt { what, span: node.span() })
}
