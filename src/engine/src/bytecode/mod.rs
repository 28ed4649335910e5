//! Bytecode: what the compiler makes of a function and the machine runs.

mod assembler;
mod code;
mod disassembler;
mod module_parts;
mod opcode;
mod static_scope;

pub use assembler::{Assembler, Label};
pub use code::{Code, CodeFlags, CodeParts, Handler, InlineCache, Position};
pub use disassembler::disassemble;
pub(crate) use disassembler::operand_text;
pub use module_parts::{ImportEntry, ImportName, IndirectExport, ModuleParts, ModuleRequest};
pub use opcode::{Instruction, Op, Operand, Place, Register};
pub use static_scope::{EvalSite, Kept, StaticName, StaticScope};
