//! What the compiler has made of the instructions' handlers: `make handlers`.
//!
//! The virtual machine is as fast as it is because a handler ends in a jump to the next
//! one (`src/engine/src/vm/dispatch.rs`). Nothing in Rust promises that: a local whose
//! address escapes, or a value that is dropped late, makes the jump a call, and the
//! native stack grows with every instruction. So the optimised program is disassembled
//! and everything looked at that can be reached from the dispatch table by jumps:
//!
//! - it must not return, but for the few that stop the machine;
//! - what programs are made of must not save registers on its way in.
//!
//! This is about x86-64 Linux. Elsewhere the suite is skipped.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use axil_conformance::program;
use axil_conformance::summary::{Summary, skip};
use iced_x86::{Decoder, DecoderOptions, FlowControl, Instruction, Mnemonic};
use object::{Object, ObjectSection, ObjectSymbol, RelocationTarget};

const SUITE: &str = "handlers";

/// Where the virtual machine's functions are.
const MACHINE: &str = "axil_engine::vm::";

/// The dispatch table.
const TABLE: &str = "axil_engine::vm::dispatch::HANDLERS";

/// What stops the machine, and so returns to native code.
const STOPPING: &[&str] = &["handlers::control::halt", "unwinding::unwind"];

/// Modules of handlers, and handlers, that programs spend their time with.
const HOT: &[&str] = &[
    "handlers::arithmetic::add",
    "handlers::arithmetic::add_int",
    "handlers::arithmetic::bit_and",
    "handlers::arithmetic::bit_and_int",
    "handlers::arithmetic::bit_or",
    "handlers::arithmetic::bit_or_int",
    "handlers::arithmetic::bit_xor",
    "handlers::arithmetic::decrement",
    "handlers::arithmetic::divide",
    "handlers::arithmetic::increment",
    "handlers::arithmetic::multiply",
    "handlers::arithmetic::multiply_int",
    "handlers::arithmetic::remainder",
    "handlers::arithmetic::remainder_int",
    "handlers::arithmetic::shift_left_int",
    "handlers::arithmetic::shift_right_int",
    "handlers::arithmetic::shift_right_unsigned_int",
    "handlers::arithmetic::subtract",
    "handlers::arithmetic::subtract_int",
    "handlers::comparison::jump_if_greater",
    "handlers::comparison::jump_if_greater_equal_int",
    "handlers::comparison::jump_if_less",
    "handlers::comparison::jump_if_less_equal",
    "handlers::comparison::jump_if_less_int",
    "handlers::comparison::jump_if_not_less",
    "handlers::comparison::jump_if_not_less_int",
    "handlers::comparison::jump_if_not_strict_equal",
    "handlers::comparison::jump_if_strict_equal",
    "handlers::comparison::less",
    "handlers::comparison::not",
    "handlers::comparison::strict_equal",
    "handlers::comparison::strict_not_equal",
    "handlers::control::call",
    "handlers::control::jump",
    "handlers::control::jump_if_false",
    "handlers::control::jump_if_true",
    "handlers::control::return_undefined",
    "handlers::control::return_value",
    "handlers::elements::get_element",
    "handlers::elements::set_element",
    "handlers::iteration::iterator_next",
    "handlers::moves::",
    "handlers::names::load_global",
    "handlers::names::store_global",
    "handlers::properties::add_property",
    "handlers::properties::define_property",
    "handlers::properties::get_method",
    "handlers::properties::get_property",
    "handlers::properties::set_property",
    "handlers::variables::check_initialized",
    "handlers::variables::load_environment",
    "handlers::variables::load_variable",
    "handlers::variables::store_variable",
];

fn main() -> ExitCode {
    if !cfg!(all(target_arch = "x86_64", target_os = "linux")) {
        return skip(SUITE, "it reads x86-64 ELF files only");
    }
    match program::build_optimised().and_then(|program| check(&program)) {
        Ok(summary) => summary.close(),
        Err(error) => {
            eprintln!("{SUITE}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn check(program: &Path) -> io::Result<Summary> {
    let bytes = fs::read(program)?;
    let program = Program::of(&bytes)?;
    let table = program.table()?;
    let mut waiting: Vec<u64> = table.iter().copied().collect();
    let mut seen = BTreeSet::new();
    let mut summary = Summary::default();
    while let Some(address) = waiting.pop() {
        if !seen.insert(address) {
            continue;
        }
        let Some(function) = program.functions.get(&address) else {
            summary.failed += 1;
            println!("a handler jumps to {address:#x}, where no function begins");
            continue;
        };
        let body = function.look(&program);
        let faults = body.faults(function);
        for fault in &faults {
            println!("{}: {fault}", function.name);
        }
        summary.failed += usize::from(!faults.is_empty());
        summary.passed += usize::from(faults.is_empty());
        waiting.extend(body.leads_to);
    }
    let reached = || seen.iter().filter_map(|address| program.functions.get(address));
    for hot in HOT.iter().filter(|hot| !reached().any(|function| is_of(hot, &function.name))) {
        println!("{hot} is said to be hot, but is no handler");
        summary.failed += 1;
    }
    println!("{SUITE}: {} in the table, {} with what they jump to", table.len(), seen.len());
    Ok(summary)
}

/// A program, taken apart.
struct Program<'a> {
    file: object::File<'a>,
    functions: BTreeMap<u64, Function>,
}

/// A function of the program.
struct Function {
    name: String,
    address: u64,
    size: u64,
}

/// What a function does, as far as it matters here.
struct Body {
    /// Whether it returns.
    returns: bool,
    /// Whether it saves a register before it has decided anything.
    saves: bool,
    /// The functions it jumps to.
    leads_to: Vec<u64>,
}

impl<'a> Program<'a> {
    fn of(bytes: &'a [u8]) -> io::Result<Self> {
        let file = object::File::parse(bytes).map_err(io::Error::other)?;
        let text = |symbol: &object::Symbol<'_, '_>| symbol.kind() == object::SymbolKind::Text;
        let function = |symbol: object::Symbol<'_, '_>| Function {
            name: name(&symbol),
            address: symbol.address(),
            size: symbol.size(),
        };
        let functions = file
            .symbols()
            .filter(|symbol| text(symbol) && symbol.size() > 0)
            .map(|symbol| (symbol.address(), function(symbol)))
            .collect();
        Ok(Self { file, functions })
    }

    /// The handlers: where the dispatch table points to. In a program that can be loaded
    /// anywhere its entries are filled in when it is loaded; with packed relocations what
    /// is added to stands in their places.
    fn table(&self) -> io::Result<BTreeSet<u64>> {
        let missing = || io::Error::other(format!("the program has no symbol {TABLE}"));
        let table = self.file.symbols().find(|symbol| name(symbol) == TABLE).ok_or_else(missing)?;
        let place = table.address()..table.address() + table.size();
        let entries: BTreeSet<u64> = self
            .file
            .dynamic_relocations()
            .into_iter()
            .flatten()
            .filter(|(offset, relocation)| {
                place.contains(offset) && relocation.target() == RelocationTarget::Absolute
            })
            .map(|(_, relocation)| relocation.addend().cast_unsigned())
            .collect();
        let entries =
            if entries.is_empty() { self.words(table.address(), table.size()) } else { entries };
        if entries.is_empty() {
            return Err(io::Error::other("the dispatch table is empty"));
        }
        Ok(entries)
    }

    fn code(&self, function: &Function) -> &'a [u8] {
        self.bytes(function.address, function.size)
    }

    fn bytes(&self, address: u64, size: u64) -> &'a [u8] {
        let found =
            self.file.sections().find_map(|section| section.data_range(address, size).ok()?);
        found.unwrap_or_default()
    }

    /// The words of a stretch that are not 0.
    fn words(&self, address: u64, size: u64) -> BTreeSet<u64> {
        let (words, _) = self.bytes(address, size).as_chunks();
        words.iter().map(|word| u64::from_le_bytes(*word)).filter(|word| *word != 0).collect()
    }
}

/// A symbol's name as people write it.
fn name(symbol: &object::Symbol<'_, '_>) -> String {
    let mangled = symbol.name().unwrap_or_default();
    format!("{:#}", rustc_demangle::demangle(mangled))
}

impl Function {
    fn look(&self, program: &Program<'_>) -> Body {
        let own = self.address..self.address + self.size;
        let mut decoder =
            Decoder::with_ip(64, program.code(self), self.address, DecoderOptions::NONE);
        let mut body = Body { returns: false, saves: false, leads_to: Vec::new() };
        let mut instruction = Instruction::default();
        let mut decided = false;
        while decoder.can_decode() {
            decoder.decode_out(&mut instruction);
            match instruction.flow_control() {
                FlowControl::Return => body.returns = true,
                FlowControl::UnconditionalBranch | FlowControl::ConditionalBranch => {
                    decided = true;
                    let target = instruction.near_branch_target();
                    if !own.contains(&target) {
                        body.leads_to.push(target);
                    }
                }
                FlowControl::IndirectBranch => decided = true,
                _ => body.saves |= !decided && instruction.mnemonic() == Mnemonic::Push,
            }
        }
        body
    }
}

/// Whether a function is what an entry of [`HOT`] speaks of.
fn is_of(hot: &str, name: &str) -> bool {
    let name = name.strip_prefix(MACHINE).unwrap_or(name);
    match hot.strip_suffix("::") {
        Some(module) => name
            .rsplit_once("::")
            .is_some_and(|(of, own)| of == module && !own.starts_with("slow_")),
        None => name == hot,
    }
}

impl Body {
    fn faults(&self, function: &Function) -> Vec<&'static str> {
        let name = function.name.strip_prefix(MACHINE).unwrap_or(&function.name);
        let mut faults = Vec::new();
        if self.returns && !STOPPING.contains(&name) {
            faults.push("it returns, so that a jump of it is a call");
        }
        let is_hot = HOT.iter().any(|hot| match hot.strip_suffix("::") {
            Some(module) => name
                .rsplit_once("::")
                .is_some_and(|(of, own)| of == module && !own.starts_with("slow_")),
            None => name == *hot,
        });
        if self.saves && is_hot {
            faults.push("it saves registers on its way in");
        }
        faults
    }
}
