//! The code of one function.

use std::cell::{Cell, UnsafeCell};
use std::fmt::Debug;
use std::rc::Rc;

use bitflags::bitflags;

use super::{EvalSite, ModuleParts};
use crate::heap::{CellKind, Gc, Header, Heap, HeapCell, RootedVec, Tracer};
use crate::kinds;
use crate::realm::Realm;
use crate::string::{JsString, PropertyKey};
use crate::value::Value;

bitflags! {
    /// What is known about a function.
    #[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
    pub struct CodeFlags: u32 {
        /// Strict mode code.
        const STRICT = 1;
        /// It has no `this` of its own.
        const ARROW = 1 << 1;
        /// It can be called with `new`.
        const CONSTRUCTOR = 1 << 2;
        /// It has to be called with `new`.
        const CLASS_CONSTRUCTOR = 1 << 3;
        /// `this` comes from the constructor of its superclass.
        const DERIVED = 1 << 4;
        /// A call makes a generator.
        const GENERATOR = 1 << 5;
        /// A call makes a promise.
        const ASYNC = 1 << 6;
        /// All arguments of a call are wanted, in a list.
        const COLLECTS_ARGUMENTS = 1 << 7;
        /// `new.target` is wanted, in a register.
        const TAKES_NEW_TARGET = 1 << 8;
        /// It is a method: it has a home object, and no `prototype`.
        const METHOD = 1 << 9;
    }
}

/// Where control goes when an exception is thrown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Handler {
    /// The first instruction it is for.
    pub start: u32,
    /// Past the last instruction it is for.
    pub end: u32,
    /// Where control goes.
    pub target: u32,
    /// The register that gets the exception.
    pub exception: u16,
}

/// Where in the source text an instruction comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    /// The first instruction that comes from there.
    pub instruction: u32,
    /// The offset in the source text, in bytes.
    pub offset: u32,
}

/// What a place in the code has learned about the properties it accesses.
///
/// It is four words, the last of them a constant: the key.
#[repr(C)]
pub struct InlineCache {
    /// The shape of the objects it knows.
    pub shape: Cell<u32>,
    /// The slot of the property.
    pub slot: Cell<u32>,
    /// If the property is another object's: the prototype epoch at which it was.
    pub epoch: Cell<u32>,
    /// The shape after a property has been added, or 0.
    pub next_shape: Cell<u32>,
    /// The object that has the property, if it is not the one accessed; else 0.
    pub holder: Cell<u64>,
    key: Cell<u64>,
}

/// The number of no shape, and no string's hash either: caches begin with it.
const NO_SHAPE: u32 = (1 << 31) - 1;

const CACHE_WORDS: usize = size_of::<InlineCache>() / size_of::<u64>();

impl InlineCache {
    /// The property's key.
    #[inline]
    pub fn key(&self) -> PropertyKey {
        // SAFETY: `Code::new` was given it, or `set_key`; of an empty one nobody looks
        // into the key.
        unsafe { PropertyKey::from_bits(self.key.get()) }
    }

    /// A cache that knows nothing, and has no key.
    #[allow(clippy::declare_interior_mutable_const, reason = "many are made of it")]
    pub const EMPTY: Self = Self {
        shape: Cell::new(NO_SHAPE),
        slot: Cell::new(0),
        epoch: Cell::new(0),
        next_shape: Cell::new(0),
        holder: Cell::new(0),
        key: Cell::new(0),
    };

    /// Makes it one for another key. Those of a [`Code`] have theirs for good.
    pub fn set_key(&self, key: PropertyKey) {
        self.key.set(key.bits());
    }

    /// Makes it one that knows nothing.
    pub fn forget(&self) {
        self.shape.set(NO_SHAPE);
        self.holder.set(0);
        self.key.set(0);
    }

    /// Takes over what another one knows of a read. The heap has to hear of the holder.
    pub fn learn(&self, other: &Self) {
        self.slot.set(other.slot.get());
        self.epoch.set(other.epoch.get());
        self.holder.set(other.holder.get());
        self.shape.set(other.shape.get());
    }
}

/// The code of one function.
#[repr(C)]
pub struct Code {
    header: Header,
    /// The instruction that a call begins with, and the first constant: what a call
    /// wants stands together.
    entry: *const u64,
    constants: *const u64,
    registers: u32,
    /// How many parameters have registers.
    pub parameters: u32,
    /// What is known about the function.
    pub flags: CodeFlags,
    /// `length` of the function.
    pub length: u32,
    /// How many properties it gives to what it constructs, as far as its text tells.
    pub instance_slots: u8,
    /// The instructions.
    words: Box<[u64]>,
    /// The inline caches, the last one first; the number of registers; the
    /// constants. One pointer to the first constant reaches all of them.
    data: Box<[UnsafeCell<u64>]>,
    caches: usize,
    /// Its name; empty if it has none.
    pub name: Gc<JsString>,
    /// What stack traces call it if it has no name: what it is assigned to.
    pub inferred_name: Option<Box<str>>,
    /// The text it was compiled from.
    pub source: Rc<axil_grammar::Source>,
    /// Where in the text the function stands, in bytes.
    pub span: (u32, u32),
    /// The innermost handler of an instruction comes before those around it.
    pub handlers: Box<[Handler]>,
    /// Where instructions come from, in order.
    pub positions: Box<[Position]>,
    /// Where direct evals stand in it.
    pub eval_sites: Box<[Rc<EvalSite>]>,
    /// The variables of parameters that are elements of `arguments`: one more than their
    /// numbers, 0 where there is none.
    pub parameter_variables: Box<[u32]>,
    /// What of the text the value of an instruction is called by, where messages name it:
    /// the instruction, and a stretch of the text.
    pub texts: Box<[(u32, u32, u32)]>,
    /// What it imports and exports, if it is that of a module.
    pub module: Option<Box<ModuleParts>>,
    /// The realm of its functions, if that is not the first one. Code is of one realm:
    /// its inline caches know of global variables.
    pub realm: Cell<Option<Gc<Realm>>>,
}

/// What a [`Code`] is made of.
pub struct CodeParts {
    /// The instructions.
    pub words: Vec<u64>,
    /// Where a call begins: an index of an instruction.
    pub entry: u32,
    /// The keys of the inline caches.
    pub cache_keys: RootedVec<PropertyKey>,
    /// The constants.
    pub constants: RootedVec<Value>,
    /// The number of registers.
    pub registers: u32,
    /// How many parameters have registers.
    pub parameters: u32,
    /// `length` of the function.
    pub length: u32,
    /// How many properties it gives to what it constructs.
    pub instance_slots: u8,
    /// What is known about the function.
    pub flags: CodeFlags,
    /// Its name.
    pub name: Gc<JsString>,
    /// What stack traces call it if it has no name.
    pub inferred_name: Option<Box<str>>,
    /// The text it was compiled from.
    pub source: Rc<axil_grammar::Source>,
    /// Where in the text the function stands.
    pub span: (u32, u32),
    /// Where exceptions go.
    pub handlers: Vec<Handler>,
    /// Where instructions come from.
    pub positions: Vec<Position>,
    /// Where direct evals stand in it.
    pub eval_sites: Vec<Rc<EvalSite>>,
    /// The variables of parameters that are elements of `arguments`.
    pub parameter_variables: Vec<u32>,
    /// What values of instructions are called by.
    pub texts: Vec<(u32, u32, u32)>,
    /// What a module imports and exports.
    pub module: Option<Box<ModuleParts>>,
}

// SAFETY: It begins with the header; name, constants and caches are visited.
unsafe impl HeapCell for Code {
    const KIND: CellKind = kinds::CODE;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.cell(self.name);
        for index in 0..self.constant_count() {
            tracer.word(self.constant(index).bits());
        }
        for index in 0..self.caches {
            let cache = self.cache(index);
            tracer.word(cache.key.get());
            tracer.word(cache.holder.get());
        }
        if let Some(realm) = self.realm.get() {
            tracer.cell(realm);
        }
    }
}

impl Gc<Code> {
    /// Makes a code of its parts.
    pub fn new(heap: &Heap, parts: CodeParts) -> Self {
        let caches = parts.cache_keys.len();
        let mut data = Vec::with_capacity(caches * CACHE_WORDS + 1 + parts.constants.len());
        for key in parts.cache_keys.as_slice().iter().rev() {
            data.extend([u64::from(NO_SHAPE), 0, 0, key.bits()]);
        }
        data.push(u64::from(parts.registers));
        data.extend(parts.constants.as_slice().iter().map(|constant| constant.bits()));
        let size = (data.len() + parts.words.len()) * size_of::<u64>();
        let words: Box<[u64]> = parts.words.into();
        let data: Box<[UnsafeCell<u64>]> = data.into_iter().map(UnsafeCell::new).collect();
        let code = heap.allocate(Code {
            header: Header::new(kinds::CODE, 0),
            // Both boxes live, and stay where they are, as long as the code.
            entry: words[parts.entry as usize..].as_ptr(),
            constants: data[caches * CACHE_WORDS + 1..].as_ptr().cast(),
            registers: parts.registers,
            parameters: parts.parameters,
            flags: parts.flags,
            length: parts.length,
            instance_slots: parts.instance_slots,
            words,
            data,
            caches,
            name: parts.name,
            inferred_name: parts.inferred_name,
            source: parts.source,
            span: parts.span,
            handlers: parts.handlers.into(),
            positions: parts.positions.into(),
            eval_sites: parts.eval_sites.into(),
            parameter_variables: parts.parameter_variables.into(),
            texts: parts.texts.into(),
            module: parts.module,
            realm: Cell::new(None),
        });
        heap.external_memory(size as isize);
        code
    }
}

impl Code {
    /// The instructions.
    #[inline]
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// The instruction that a call begins with.
    #[inline]
    pub fn entry(&self) -> *const u64 {
        self.entry
    }

    /// The number of that instruction: what stands before is not wanted.
    pub fn first(&self) -> usize {
        (self.entry.addr() - self.words.as_ptr().addr()) / size_of::<u64>()
    }

    /// Whether a call does no more than lay out a frame.
    #[inline]
    pub fn is_ordinary(&self) -> bool {
        let special = CodeFlags::CLASS_CONSTRUCTOR
            .union(CodeFlags::COLLECTS_ARGUMENTS)
            .union(CodeFlags::TAKES_NEW_TARGET);
        !self.flags.intersects(special)
    }

    fn first_constant(&self) -> usize {
        self.caches * CACHE_WORDS + 1
    }

    /// Where the constants begin; the number of registers stands right before, and
    /// before that the inline caches, the first one nearest.
    #[inline]
    pub fn constants(&self) -> *const u64 {
        self.constants
    }

    /// The number of constants.
    pub fn constant_count(&self) -> usize {
        self.data.len() - self.first_constant()
    }

    /// The constant of a number.
    ///
    /// # Panics
    /// If there is none.
    pub fn constant(&self, index: usize) -> Value {
        let word = self.data[self.first_constant() + index].get();
        // SAFETY: Constants are values, and nobody changes them.
        unsafe { Value::from_bits(*word) }
    }

    /// The inline cache of a number.
    ///
    /// # Panics
    /// If there is none.
    pub fn cache(&self, index: usize) -> &InlineCache {
        let words = &self.data[(self.caches - 1 - index) * CACHE_WORDS..][..CACHE_WORDS];
        // SAFETY: The words are those of a cache, which is changed through cells.
        unsafe { &*words.as_ptr().cast() }
    }

    /// The text of the function, as the source has it.
    pub fn text(&self, heap: &Heap) -> Gc<JsString> {
        let span = axil_grammar::Span::new(self.span.0, self.span.1);
        if let Ok(text) = str::from_utf8(self.source.slice(span)) {
            return Gc::<JsString>::from_str(heap, text);
        }
        let mut units = Vec::new();
        for code_point in self.source.code_points(span) {
            match char::from_u32(code_point) {
                Some(c) => units.extend_from_slice(c.encode_utf16(&mut [0; 2])),
                // A lone surrogate.
                None => units.push(code_point as u16),
            }
        }
        Gc::<JsString>::from_utf16(heap, &units)
    }

    /// The number of registers.
    #[inline]
    pub fn registers(&self) -> u32 {
        self.registers
    }

    /// The handler of an instruction, if it has one.
    pub fn handler_of(&self, instruction: u32) -> Option<Handler> {
        let is_for = |handler: &&Handler| (handler.start..handler.end).contains(&instruction);
        self.handlers.iter().find(is_for).copied()
    }

    /// Where in the source text an instruction comes from, in bytes.
    pub fn offset_of(&self, instruction: u32) -> u32 {
        let after = self.positions.partition_point(|position| position.instruction <= instruction);
        after.checked_sub(1).map_or(self.span.0, |index| self.positions[index].offset)
    }
}

impl Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Code").field("flags", &self.flags).finish_non_exhaustive()
    }
}
