//! Bytecode: what the compiler makes of a function and the machine runs.

mod assembler;
mod code;
mod disassembler;
mod opcode;
mod static_scope;

pub use assembler::{Assembler, Label};
pub use code::{Code, CodeFlags, CodeParts, Handler, InlineCache, Position};
pub use disassembler::disassemble;
pub use opcode::{Instruction, Op, Operand, Place, Register};
pub use static_scope::{EvalSite, StaticName, StaticScope};
