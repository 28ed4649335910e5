//! The instructions.
//!
//! An instruction is a word of 64 bits: the opcode, a small operand `x` of 8 bits,
//! and three operands of 16 bits each, `a`, `b` and `c`. A wide operand takes `b`
//! and `c` together. One table below is the source of everything that has to know
//! the instructions: [`Op`], their operands, the encoder's methods, and the text
//! that `axil bytecode` prints.

use std::fmt;

/// What an operand is, and which part of the word it takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operand {
    /// A register that is written.
    Out(Place),
    /// A register that is read.
    In(Place),
    /// The first register of a call: callee, two words of the machine's own, `this`,
    /// and the arguments.
    Frame(Place),
    /// A constant.
    Constant(Place),
    /// An inline cache, which holds the property's key.
    Cache(Place),
    /// A jump's distance in words, from the next instruction.
    Distance(Place),
    /// A signed number.
    Int(Place),
    /// An unsigned number.
    Count(Place),
}

/// A part of the word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// 8 bits.
    X,
    /// 16 bits.
    A,
    /// 16 bits.
    B,
    /// 16 bits.
    C,
    /// 32 bits: where `B` and `C` are.
    Wide,
}

/// A register of the running function. The first ones hold its arguments.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Register(pub u16);

impl Register {
    /// What holds `this`: right below the first register.
    pub const THIS: Self = Self(u16::MAX);

    /// How far it is from the first one.
    #[must_use]
    pub fn offset(self) -> isize {
        isize::from(self.0 as i16)
    }
}

impl fmt::Display for Register {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::THIS => f.write_str("this"),
            Self(number) => write!(f, "r{number}"),
        }
    }
}

/// What an operand looks like to those who write and read instructions.
macro_rules! operand_type {
    (Out) => {
        Register
    };
    (In) => {
        Register
    };
    (Frame) => {
        Register
    };
    (Distance) => {
        i32
    };
    (Int) => {
        i32
    };
    ($unsigned:ident) => {
        u32
    };
}

/// An operand as bits, and back.
trait Bits: Sized {
    fn to_bits(self) -> u32;
    fn from_bits(bits: u32, place: Place) -> Self;
}

impl Bits for Register {
    fn to_bits(self) -> u32 {
        self.0.into()
    }

    fn from_bits(bits: u32, _: Place) -> Self {
        Self(bits as u16)
    }
}

impl Bits for u32 {
    fn to_bits(self) -> u32 {
        self
    }

    fn from_bits(bits: u32, _: Place) -> Self {
        bits
    }
}

impl Bits for i32 {
    fn to_bits(self) -> u32 {
        self as u32
    }

    fn from_bits(bits: u32, place: Place) -> Self {
        match place {
            Place::X => i32::from(bits as i8),
            Place::Wide => bits as i32,
            _ => i32::from(bits as i16),
        }
    }
}

impl Place {
    /// Puts an operand into a word.
    pub(super) fn put(self, bits: u32) -> u64 {
        let bits = u64::from(bits);
        match self {
            Self::X => (bits & 0xFF) << 8,
            Self::A => (bits & 0xFFFF) << 16,
            Self::B => (bits & 0xFFFF) << 32,
            Self::C => (bits & 0xFFFF) << 48,
            Self::Wide => bits << 32,
        }
    }

    /// Takes an operand out of a word.
    pub(crate) fn take(self, word: u64) -> u32 {
        match self {
            Self::X => u32::from((word >> 8) as u8),
            Self::A => u32::from((word >> 16) as u16),
            Self::B => u32::from((word >> 32) as u16),
            Self::C => u32::from((word >> 48) as u16),
            Self::Wide => (word >> 32) as u32,
        }
    }
}

macro_rules! opcodes {
    ($($(#[doc = $doc:literal])* $name:ident { $($operand:ident: $kind:ident $place:ident),* $(,)? } $effect:literal)*) => {
        /// An opcode.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub enum Op { $($(#[doc = $doc])* $name),* }

        /// An instruction with its operands.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[allow(missing_docs, reason = "the operands are described with the opcodes")]
        pub enum Instruction {
            $($(#[doc = $doc])* $name { $($operand: operand_type!($kind)),* }),*
        }

        impl Instruction {
            /// The instruction as a word.
            pub fn encode(self) -> u64 {
                match self {
                    $(Self::$name { $($operand),* } => {
                        Op::$name as u64 $(| Place::$place.put($operand.to_bits()))*
                    })*
                }
            }

            /// The instruction that a word is; none if it is not of this table.
            pub fn decode(word: u64) -> Option<Self> {
                match *Op::ALL.get(usize::from(word as u8))? {
                    $(Op::$name => Some(Self::$name {
                        $($operand: Bits::from_bits(Place::$place.take(word), Place::$place)),*
                    }),)*
                }
            }

            /// Its opcode.
            pub const fn op(self) -> Op {
                match self {
                    $(Self::$name { .. } => Op::$name,)*
                }
            }
        }

        impl Op {
            /// All opcodes, in order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),* }
            }

            /// Whether control never goes on with the next instruction.
            pub(super) const fn ends_control(self) -> bool {
                matches!(
                    self,
                    Self::Jump
                        | Self::Loop
                        | Self::Return
                        | Self::ReturnUndefined
                        | Self::Throw
                        | Self::Rethrow
                        | Self::ThrowConstantAssignment
                        | Self::ThrowRedeclaration
                        | Self::ThrowInvalidTarget
                        | Self::ThrowDeleteSuper
                        | Self::ThrowNoThrowMethod
                        | Self::FinishCoroutine
                        | Self::FailCoroutine
                )
            }

            /// What it does, as pseudo-code.
            pub const fn effect(self) -> &'static str {
                match self { $(Self::$name => $effect),* }
            }

            /// Its operands, with their names.
            pub const fn operands(self) -> &'static [(&'static str, Operand)] {
                match self {
                    $(Self::$name => &[$((stringify!($operand), Operand::$kind(Place::$place))),*],)*
                }
            }
        }
    };
}

opcodes! {
    // --- Constants and moves -----------------------------------------------

    /// Loads a constant.
    LoadConstant { dst: Out A, constant: Constant Wide } "R[dst] := K[constant]"
    /// Loads a 32-bit integer.
    LoadInt { dst: Out A, value: Int Wide } "R[dst] := value"
    /// Loads `undefined`.
    LoadUndefined { dst: Out A } "R[dst] := undefined"
    /// Loads `null`.
    LoadNull { dst: Out A } "R[dst] := null"
    /// Loads `true`.
    LoadTrue { dst: Out A } "R[dst] := true"
    /// Loads `false`.
    LoadFalse { dst: Out A } "R[dst] := false"
    /// Loads no value: the variable is in its temporal dead zone.
    LoadEmpty { dst: Out A } "R[dst] := empty"
    /// Copies a register.
    Move { dst: Out A, src: In B } "R[dst] := R[src]"

    // --- Variables ---------------------------------------------------------

    /// Loads the environment of the running function.
    LoadEnvironment { dst: Out A } "R[dst] := callee's environment"
    /// Makes an environment with so many variables, all empty.
    PushEnvironment { dst: Out A, parent: In B, size: Count C } "R[dst] := environment(R[parent], size)"
    /// Makes a copy of an environment: the next turn of a loop has variables of its own.
    CopyEnvironment { dst: Out A } "R[dst] := copy of R[dst]"
    /// Reads a variable, `depth` environments out.
    LoadVariable { dst: Out A, environment: In B, index: Count C, depth: Count X } "R[dst] := R[environment].up(depth)[index]"
    /// Writes a variable, `depth` environments out.
    StoreVariable { src: In A, environment: In B, index: Count C, depth: Count X } "R[environment].up(depth)[index] := R[src]"
    /// Makes an environment with more variables than an operand counts.
    PushLargeEnvironment { dst: Out A, parent: In B, size: In C } "R[dst] := environment(R[parent], R[size])"
    /// Reads a variable whose number no operand has room for.
    LoadFarVariable { dst: Out A, environment: In B, index: In C, depth: Count X } "R[dst] := R[environment].up(depth)[R[index]]"
    /// Writes such a variable.
    StoreFarVariable { src: In A, environment: In B, index: In C, depth: Count X } "R[environment].up(depth)[R[index]] := R[src]"
    /// Reads a variable of another module, to which such a variable leads.
    LoadFarImport { dst: Out A, environment: In B, index: In C, depth: Count X } "R[dst] := import R[environment].up(depth)[R[index]], or throw ReferenceError"
    /// Loads an environment further out.
    LoadOuterEnvironment { dst: Out A, environment: In B, depth: Count C } "R[dst] := R[environment].up(depth)"
    /// Reads a variable of another module, to which a variable leads.
    LoadImport { dst: Out A, environment: In B, index: Count C, depth: Count X } "R[dst] := import R[environment].up(depth)[index], or throw ReferenceError"
    /// Looks whether an object has a name, unless it has been found before: that of a
    /// `with` (1), or the variables that evals have declared (0).
    ResolveBinding { base: Frame A, object: In B, key: In C, with: Count X } "if R[base] is empty and R[key] in R[object] then R[base] := R[object]; R[base + 1] := with ? R[object] : undefined"
    /// Reads a name of an object that has had it.
    GetBinding { dst: Out A, object: In B, key: In C, strict: Count X } "R[dst] := R[object][R[key]], or throw ReferenceError"
    /// Writes a name of an object that has had it.
    SetBinding { object: In A, key: In B, src: In C, strict: Count X } "R[object][R[key]] := R[src], or throw ReferenceError"
    /// Makes room for a variable that an eval declares.
    DeclareEvalVariable { object: Out A, key: In B } "R[object] := R[object] or {}; R[object][R[key]] := undefined, if it is not there"
    /// Throws a `ReferenceError` if a variable is not initialised yet.
    CheckInitialized { value: In A, name: Constant Wide } "if R[value] is empty then throw ReferenceError(K[name])"
    /// Throws the `TypeError` of an assignment to a constant.
    ThrowConstantAssignment { name: Constant Wide } "throw TypeError(K[name])"
    /// Reads a global variable.
    LoadGlobal { dst: Out A, cache: Cache C } "R[dst] := global[cache.key], or throw ReferenceError"
    /// Reads a global variable; `undefined` if there is none.
    LoadGlobalOrUndefined { dst: Out A, cache: Cache C } "R[dst] := global[cache.key]"
    /// Writes a global variable. `strict` is 1 in strict mode code, where it has to exist.
    StoreGlobal { src: In A, cache: Cache C, strict: Count X } "global[cache.key] := R[src]"
    /// Reads a global variable without a cache: functions may have more of them than caches.
    /// `lenient` is 1 where `undefined` stands for one that does not exist.
    LoadNamedGlobal { dst: Out A, key: In B, lenient: Count X } "R[dst] := global[R[key]], or throw ReferenceError"
    /// Writes a global variable without a cache; `how` is 0 in sloppy mode code, 1 in strict
    /// mode code, 2 for the first value of a `let`, `const` or `class`.
    StoreNamedGlobal { src: In A, key: In B, how: Count X } "global[R[key]] := R[src]"
    /// Throws a `SyntaxError` if a script cannot declare a global variable: `let` (0),
    /// `const` (1), `var` (2), a function (3).
    CheckGlobal { kind: Count A, name: Constant Wide } "if K[name] cannot be declared then throw"
    /// Declares a global variable of such a kind; with 16 added it can be deleted, with
    /// 32 it is one only where that does no harm (Annex B.3.2).
    DeclareGlobal { kind: Count A, name: Constant Wide } "declare K[name]"
    /// Throws the `SyntaxError` of a name that is declared twice.
    ThrowRedeclaration { name: Constant Wide } "throw SyntaxError(K[name])"
    /// Deletes a global variable.
    DeleteGlobal { dst: Out A, key: In B } "R[dst] := delete global[R[key]]"
    /// Loads the global object.
    LoadGlobalThis { dst: Out A } "R[dst] := global this"
    /// Initialises a global `let`, `const` or `class`.
    InitializeGlobal { src: In A, cache: Cache C } "global lexical[cache.key] := R[src]"

    // --- Arithmetic --------------------------------------------------------

    /// Adds two values; strings concatenate.
    Add { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] + R[rhs]"
    /// Subtracts.
    Subtract { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] - R[rhs]"
    /// Multiplies.
    Multiply { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] * R[rhs]"
    /// Divides.
    Divide { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] / R[rhs]"
    /// Gives the remainder of a division.
    Remainder { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] % R[rhs]"
    /// Raises to a power.
    Exponent { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] ** R[rhs]"
    /// Combines bits with and.
    BitAnd { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] & R[rhs]"
    /// Combines bits with or.
    BitOr { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] | R[rhs]"
    /// Combines bits with exclusive or.
    BitXor { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] ^ R[rhs]"
    /// Shifts to the left.
    ShiftLeft { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] << R[rhs]"
    /// Shifts to the right, keeping the sign.
    ShiftRight { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] >> R[rhs]"
    /// Shifts to the right, filling with zeros.
    ShiftRightUnsigned { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] >>> R[rhs]"
    /// Adds a small integer.
    AddInt { dst: Out A, lhs: In B, value: Int C } "R[dst] := R[lhs] + value"
    /// Subtracts a small integer.
    SubtractInt { dst: Out A, lhs: In B, value: Int C } "R[dst] := R[lhs] - value"
    /// Multiplies with a small integer.
    MultiplyInt { dst: Out A, lhs: In B, value: Int C } "R[dst] := R[lhs] * value"
    /// Divides by a small integer.
    DivideInt { dst: Out A, lhs: In B, value: Int C } "R[dst] := R[lhs] / value"
    /// Gives the remainder of a division by a small integer.
    RemainderInt { dst: Out A, lhs: In B, value: Int C } "R[dst] := R[lhs] % value"
    /// Combines bits with those of a small integer with and.
    BitAndInt { dst: Out A, lhs: In B, value: Int C } "R[dst] := R[lhs] & value"
    /// Combines bits with those of a small integer with or.
    BitOrInt { dst: Out A, lhs: In B, value: Int C } "R[dst] := R[lhs] | value"
    /// Combines bits with those of a small integer with exclusive or.
    BitXorInt { dst: Out A, lhs: In B, value: Int C } "R[dst] := R[lhs] ^ value"
    /// Shifts to the left by a constant.
    ShiftLeftInt { dst: Out A, lhs: In B, value: Int C } "R[dst] := R[lhs] << value"
    /// Shifts to the right by a constant, keeping the sign.
    ShiftRightInt { dst: Out A, lhs: In B, value: Int C } "R[dst] := R[lhs] >> value"
    /// Shifts to the right by a constant, filling with zeros.
    ShiftRightUnsignedInt { dst: Out A, lhs: In B, value: Int C } "R[dst] := R[lhs] >>> value"
    /// Negates.
    Negate { dst: Out A, src: In B } "R[dst] := -R[src]"
    /// Inverts all bits.
    BitNot { dst: Out A, src: In B } "R[dst] := ~R[src]"
    /// Converts to a number.
    ToNumber { dst: Out A, src: In B } "R[dst] := +R[src]"
    /// Converts to a number or a big integer.
    ToNumeric { dst: Out A, src: In B } "R[dst] := numeric R[src]"
    /// Adds one to a numeric value.
    Increment { dst: Out A, src: In B } "R[dst] := R[src] + 1"
    /// Subtracts one from a numeric value.
    Decrement { dst: Out A, src: In B } "R[dst] := R[src] - 1"
    /// Converts to a property key.
    ToPropertyKey { dst: Out A, src: In B } "R[dst] := property key R[src]"
    /// Converts to the property key of an object that has properties; it is used twice.
    ToElementKey { dst: Out A, object: In B, key: In C } "if R[object] is not nullish then R[dst] := property key R[key] else R[dst] := R[key]"
    /// Converts to an object.
    ToObject { dst: Out A, src: In B } "R[dst] := object R[src]"
    /// Converts to a string, as template literals do.
    ToString { dst: Out A, src: In B } "R[dst] := string R[src]"

    // --- Logic and comparison ----------------------------------------------

    /// Negates a truth value.
    Not { dst: Out A, src: In B } "R[dst] := !R[src]"
    /// Names the type.
    TypeOf { dst: Out A, src: In B } "R[dst] := typeof R[src]"
    /// Compares loosely.
    Equal { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] == R[rhs]"
    /// Compares loosely, negated.
    NotEqual { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] != R[rhs]"
    /// Compares strictly.
    StrictEqual { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] === R[rhs]"
    /// Compares strictly, negated.
    StrictNotEqual { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] !== R[rhs]"
    /// Compares by order.
    Less { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] < R[rhs]"
    /// Compares by order.
    LessEqual { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] <= R[rhs]"
    /// Compares by order.
    Greater { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] > R[rhs]"
    /// Compares by order.
    GreaterEqual { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] >= R[rhs]"
    /// Says whether an object is an instance.
    InstanceOf { dst: Out A, lhs: In B, rhs: In C } "R[dst] := R[lhs] instanceof R[rhs]"
    /// Says whether an object has a property.
    HasProperty { dst: Out A, key: In B, object: In C } "R[dst] := R[key] in R[object]"

    // --- Jumps -------------------------------------------------------------

    /// Jumps.
    Jump { to: Distance Wide } "pc += to"
    /// Jumps back to the head of a loop.
    Loop { to: Distance Wide } "pc += to"
    /// Jumps if a value is truthy.
    JumpIfTrue { test: In A, to: Distance Wide } "if R[test] then pc += to"
    /// Jumps if a value is falsy.
    JumpIfFalse { test: In A, to: Distance Wide } "if !R[test] then pc += to"
    /// Jumps if a value is `undefined` or `null`.
    JumpIfNullish { test: In A, to: Distance Wide } "if R[test] is nullish then pc += to"
    /// Jumps if a value is neither `undefined` nor `null`.
    JumpIfNotNullish { test: In A, to: Distance Wide } "if R[test] is not nullish then pc += to"
    /// Jumps if a value is `undefined`.
    JumpIfUndefined { test: In A, to: Distance Wide } "if R[test] is undefined then pc += to"
    /// Jumps if a value is not `undefined`.
    JumpIfNotUndefined { test: In A, to: Distance Wide } "if R[test] is not undefined then pc += to"
    /// Jumps if there is no value.
    JumpIfEmpty { test: In A, to: Distance Wide } "if R[test] is empty then pc += to"
    /// Compares and jumps.
    JumpIfLess { lhs: In A, rhs: In B, to: Distance C } "if R[lhs] < R[rhs] then pc += to"
    /// Compares and jumps.
    JumpIfNotLess { lhs: In A, rhs: In B, to: Distance C } "if !(R[lhs] < R[rhs]) then pc += to"
    /// Compares and jumps.
    JumpIfLessEqual { lhs: In A, rhs: In B, to: Distance C } "if R[lhs] <= R[rhs] then pc += to"
    /// Compares and jumps.
    JumpIfNotLessEqual { lhs: In A, rhs: In B, to: Distance C } "if !(R[lhs] <= R[rhs]) then pc += to"
    /// Compares and jumps.
    JumpIfGreater { lhs: In A, rhs: In B, to: Distance C } "if R[lhs] > R[rhs] then pc += to"
    /// Compares and jumps.
    JumpIfNotGreater { lhs: In A, rhs: In B, to: Distance C } "if !(R[lhs] > R[rhs]) then pc += to"
    /// Compares and jumps.
    JumpIfGreaterEqual { lhs: In A, rhs: In B, to: Distance C } "if R[lhs] >= R[rhs] then pc += to"
    /// Compares and jumps.
    JumpIfNotGreaterEqual { lhs: In A, rhs: In B, to: Distance C } "if !(R[lhs] >= R[rhs]) then pc += to"
    /// Compares and jumps.
    JumpIfStrictEqual { lhs: In A, rhs: In B, to: Distance C } "if R[lhs] === R[rhs] then pc += to"
    /// Compares and jumps.
    JumpIfStrictNotEqual { lhs: In A, rhs: In B, to: Distance C } "if R[lhs] !== R[rhs] then pc += to"
    /// Compares and jumps.
    JumpIfEqual { lhs: In A, rhs: In B, to: Distance C } "if R[lhs] == R[rhs] then pc += to"
    /// Compares and jumps.
    JumpIfNotEqual { lhs: In A, rhs: In B, to: Distance C } "if R[lhs] != R[rhs] then pc += to"

    /// To `to` if `lhs < value`; `undefined < value` and the like as with any number.
    JumpIfLessInt { lhs: In A, value: Int B, to: Distance C } "if R[lhs] < value then pc += to"
    /// The opposite, which is not `>=` where a NaN is.
    JumpIfNotLessInt { lhs: In A, value: Int B, to: Distance C } "if !(R[lhs] < value) then pc += to"
    /// To `to` if `lhs <= value`.
    JumpIfLessEqualInt { lhs: In A, value: Int B, to: Distance C } "if R[lhs] <= value then pc += to"
    /// The opposite.
    JumpIfNotLessEqualInt { lhs: In A, value: Int B, to: Distance C } "if !(R[lhs] <= value) then pc += to"
    /// To `to` if `lhs > value`.
    JumpIfGreaterInt { lhs: In A, value: Int B, to: Distance C } "if R[lhs] > value then pc += to"
    /// The opposite.
    JumpIfNotGreaterInt { lhs: In A, value: Int B, to: Distance C } "if !(R[lhs] > value) then pc += to"
    /// To `to` if `lhs >= value`.
    JumpIfGreaterEqualInt { lhs: In A, value: Int B, to: Distance C } "if R[lhs] >= value then pc += to"
    /// The opposite.
    JumpIfNotGreaterEqualInt { lhs: In A, value: Int B, to: Distance C } "if !(R[lhs] >= value) then pc += to"
    /// To `to` if `lhs === value`.
    JumpIfStrictEqualInt { lhs: In A, value: Int B, to: Distance C } "if R[lhs] === value then pc += to"
    /// To `to` if `lhs !== value`.
    JumpIfStrictNotEqualInt { lhs: In A, value: Int B, to: Distance C } "if R[lhs] !== value then pc += to"
    /// To `to` if `src` is `null`.
    JumpIfNull { test: In A, to: Distance Wide } "if R[test] is null then pc += to"
    /// To `to` if `src` is anything but `null`.
    JumpIfNotNull { test: In A, to: Distance Wide } "if R[test] is not null then pc += to"

    // --- Properties --------------------------------------------------------

    /// Reads a property by name.
    GetProperty { dst: Out A, object: In B, cache: Cache C } "R[dst] := R[object][cache.key]"
    /// The property `length`, which arrays and strings have without a slot.
    GetLength { dst: Out A, object: In B, cache: Cache C } "R[dst] := R[object].length"
    /// Reads a method and puts it and its receiver where a call wants them.
    GetMethod { frame: Frame A, object: In B, cache: Cache C } "R[frame] := R[object][cache.key]; R[frame + 3] := R[object]"
    /// Writes a property by name. `strict` is 1 in strict mode code.
    SetProperty { object: In A, src: In B, cache: Cache C, strict: Count X } "R[object][cache.key] := R[src]"
    /// Reads a property by value.
    GetElement { dst: Out A, object: In B, key: In C } "R[dst] := R[object][R[key]]"
    /// Writes a property by value. `strict` is 1 in strict mode code.
    SetElement { object: In A, key: In B, src: In C, strict: Count X } "R[object][R[key]] := R[src]"
    /// Defines a property of a literal or a class by name.
    DefineProperty { object: In A, src: In B, cache: Cache C } "define R[object][cache.key] := R[src]"
    /// Defines a property of a literal or a class by value.
    DefineElement { object: In A, key: In B, src: In C } "define R[object][R[key]] := R[src]"
    /// Defines a method (`kind` 0), getter (1) or setter (2) of a literal; with 4 added,
    /// of a class: not enumerable.
    DefineMethod { object: In A, key: In B, function: In C, kind: Count X } "define method R[object][R[key]] := R[function]"
    /// Deletes a property. `strict` is 1 in strict mode code.
    DeleteElement { dst: Out A, object: In B, key: In C, strict: Count X } "R[dst] := delete R[object][R[key]]"
    /// Sets the prototype of an object literal: `__proto__: value`.
    SetLiteralPrototype { object: In A, src: In B } "R[object].prototype := R[src], if it can be one"
    /// Throws a `TypeError` if a value that a pattern takes apart has no properties; `key`
    /// is the first that it looks at, if that is known, and `source` says where the value
    /// comes from: a part of another pattern (0), an expression (1), an argument (2), a
    /// loop (3).
    RequireObjectCoercible { src: In A, key: Constant Wide, source: Count X } "if R[src] is nullish then throw TypeError(K[key])"
    /// Copies all own enumerable properties: `...source`.
    CopyProperties { object: In A, source: In B } "define all of R[source] in R[object]"
    /// Copies all own enumerable properties but those whose keys are in so many
    /// registers after the object's.
    CopyOtherProperties { object: Frame A, source: In B, excluded: Count C } "define all of R[source] but R[object + 1], … in R[object]"

    // --- Objects -----------------------------------------------------------

    /// Makes an ordinary object of the form that literals of one place have.
    NewObjectOf { dst: Out A, values: Frame B, literal: Constant C } "R[dst] := {} with the keys of K[literal] and the values from R[values] on"
    /// Makes an ordinary object with room for so many properties.
    NewObject { dst: Out A, slots: Count Wide } "R[dst] := {}"
    /// Makes an array with room for so many elements.
    NewArray { dst: Out A, capacity: Count Wide } "R[dst] := []"
    /// Makes a regular expression with a pattern.
    NewRegExp { dst: Out A, pattern: Constant Wide } "R[dst] := new RegExp K[pattern]"
    /// Adds an element at the end of an array; a hole if there is no value.
    AppendElement { array: In A, src: In B } "R[array].push(R[src])"
    /// Adds all that an iterable gives at the end of an array; `to_call` is 1 where the
    /// array has arguments.
    AppendIterable { array: In A, src: In B, to_call: Count X } "R[array].push(...R[src])"
    /// Makes the `arguments` object of a list of arguments; `mapped` is 1 where it has
    /// `callee`.
    NewArguments { dst: Out A, list: In B, mapped: Count X } "R[dst] := arguments(R[list])"
    /// Makes an `arguments` object whose elements are parameters.
    NewMappedArguments { dst: Out A, list: In B, environment: In C } "R[dst] := arguments(R[list]) with parameters in R[environment]"
    /// Loads the object that a tagged template gives to its function.
    GetTemplateObject { dst: Out A, template: Constant Wide } "R[dst] := template object of K[template]"
    /// Makes a function of a function's code.
    NewFunction { dst: Out A, environment: In B, code: Constant C } "R[dst] := closure(K[code], R[environment])"

    /// Makes a function of code that is no constant which an operand can name.
    NewFunctionOf { dst: Out A, environment: In B, code: In C } "R[dst] := closure(R[code], R[environment])"

    // --- Calls -------------------------------------------------------------

    /// Calls a function with so many arguments.
    Call { frame: Frame A, arguments: Count B, dst: Out C } "R[dst] := R[frame].call(R[frame + 3], ...)"
    /// Calls a constructor with so many arguments.
    New { frame: Frame A, arguments: Count B, dst: Out C } "R[dst] := new R[frame](...)"
    /// The same, where the object is made for another constructor: where a call has `this`
    /// stands the new target.
    Construct { frame: Frame A, arguments: Count B, dst: Out C } "R[dst] := new R[frame](...) for R[frame + 3]"
    /// Calls a function with the elements of an array.
    CallWithArray { frame: Frame A, array: In B, dst: Out C } "R[dst] := R[frame].apply(R[frame + 3], R[array])"
    /// Calls a constructor with the elements of an array.
    ConstructWithArray { frame: Frame A, array: In B, dst: Out C } "R[dst] := new R[frame](...R[array]) for R[frame + 3]"
    /// If the function called is `eval` itself, evaluates its first argument, if there
    /// is one, where it stands, and passes over the two instructions that follow.
    DirectEval { dst: Out A, frame: Frame B, environment: In C, arguments: Count X } "if R[frame] is eval then R[dst] := evaluate R[frame + 4] in R[environment]; pc += 2"
    /// Says where a direct eval stands: no instruction, but a part of the one before.
    EvalScope { scope: Count Wide } "pass"
    /// Imports a module, and gives the promise of its namespace object.
    ImportCall { dst: Out A, specifier: In B, options: In C } "R[dst] := import(R[specifier], R[options])"
    /// Loads `import.meta` of a module.
    GetImportMeta { dst: Out A, module: In B } "R[dst] := R[module].meta"
    /// Returns a value.
    Return { src: In A } "return R[src]"
    /// Returns `undefined`.
    ReturnUndefined { } "return undefined"
    /// Loads `this` of the running function.
    LoadThis { dst: Out A } "R[dst] := this"
    /// Loads the running function.
    LoadCallee { dst: Out A } "R[dst] := callee"
    /// Makes an array of the arguments from a number on.
    RestOfArguments { dst: Out A, arguments: In B, from: Count C } "R[dst] := R[arguments].slice(from)"
    /// Replaces `this` as sloppy mode code has it: the global object or a wrapper.
    CoerceThis { } "this := object(this)"
    /// Ends the run of the machine that a native function has begun.
    Halt { } "give what was returned to the native caller"

    // --- Iteration ---------------------------------------------------------

    /// Begins a `for`-`in`: lists the names of all properties, in three registers.
    BeginForIn { state: Frame A, object: In B } "R[state] := names of R[object]; R[state + 1] := R[object]; R[state + 2] := 0"
    /// Gives the next name that is still there; no value at the end.
    NextForIn { dst: Out A, state: Frame B } "R[dst] := next name, or empty"
    /// Begins an iteration, in three registers: the iterator, its `next`, and whether
    /// nothing is to be closed. Of an array that iterates as arrays do, the second is
    /// empty and the third the next index.
    GetIterator { state: Frame A, iterable: In B, source: Count X } "R[state], R[state + 1] := iterator of R[iterable] and its next; R[state + 2] := false"
    /// Begins an asynchronous iteration.
    GetAsyncIterator { state: Frame A, iterable: In B } "R[state], R[state + 1] := async iterator of R[iterable] and its next; R[state + 2] := false"
    /// Asks an array for its next element, or gives no value where there is none, and
    /// passes over the two instructions that follow; else lays out the call of `next`
    /// that they make and look at.
    IteratorNext { dst: Out A, state: Frame B, frame: Frame C } "R[dst] := next element, and pc += 2; or R[frame] := R[state + 1]; R[frame + 3] := R[state]; R[state + 2] := true"
    /// Looks at what `next` has given: no value at the end.
    IteratorResult { dst: Out A, result: In B, state: Frame C } "R[dst] := R[result].done ? empty : R[result].value; R[state + 2] := R[result].done"
    /// Closes an iterator that is not done. `quiet` is 1 where an exception is on its
    /// way, which goes on whatever happens.
    CloseIterator { state: Frame A, quiet: Count X } "if !R[state + 2] then R[state].return()"
    /// Lays out the call of `return` of an iterator that is not done; `undefined` in
    /// the place of the function if there is nothing to call.
    PrepareClose { frame: Frame A, state: Frame B } "R[frame] := R[state + 2] ? undefined : R[state].return; R[frame + 3] := R[state]; R[state + 2] := true"
    /// Throws a `TypeError` if what a method of an iterator has given is no object.
    CheckIteratorResult { value: In A } "if R[value] is no object then throw TypeError"
    /// Gives `undefined` in the place of no value.
    UndefinedIfEmpty { dst: Out A, src: In B } "R[dst] := R[src] is empty ? undefined : R[src]"

    // --- Classes -----------------------------------------------------------

    /// Makes the constructor of a class and its prototype object. Before, the register
    /// has the superclass, or no value.
    NewClass { class: Frame A, environment: In B, code: Constant C } "R[class] := constructor(K[code], R[class]); R[class + 1] := R[class].prototype"
    /// Makes a class whose code is no constant which an operand can name.
    NewClassOf { class: Frame A, environment: In B, code: In C } "R[class] := constructor(R[code], R[class]); R[class + 1] := R[class].prototype"
    /// Gives a function its home object, where `super` begins.
    SetHome { function: In A, object: In B } "R[function].home := R[object]"
    /// Gives a function the name that a property key makes. `kind` is 1 for a getter,
    /// 2 for a setter.
    SetFunctionName { function: In A, key: In B, kind: Count X } "R[function].name := R[key]"
    /// Loads the function that gives an instance of a class its fields.
    LoadFields { dst: Out A, constructor: In B } "R[dst] := fields of R[constructor], or undefined"
    /// Loads the object in which `super` of a method looks.
    LoadSuper { dst: Out A, function: In B } "R[dst] := R[function].home.prototype"
    /// Loads the constructor that `super()` calls.
    LoadSuperConstructor { dst: Out A, function: In B } "R[dst] := R[function].prototype"
    /// Reads a property of `super`; object and `this` are in two registers.
    GetSuper { dst: Out A, object: Frame B, key: In C } "R[dst] := R[object][R[key]] of R[object + 1]"
    /// Writes a property of `super`.
    SetSuper { object: Frame A, key: In B, src: In C, strict: Count X } "R[object][R[key]] := R[src], of R[object + 1]"
    /// Throws a `ReferenceError` if `this` has not been bound by `super()`.
    CheckThis { value: In A } "if R[value] is empty then throw ReferenceError"
    /// Throws a `ReferenceError` if `this` is already bound.
    CheckThisUnbound { value: In A } "if R[value] is not empty then throw ReferenceError"
    /// Binds `this` of the running function.
    StoreThis { src: In A } "this := R[src]"
    /// What the constructor of a class that extends another returns.
    CheckConstructorResult { dst: Out A, value: In B, this: In C } "R[dst] := R[value] is an object ? R[value] : R[this], or throw"
    /// Makes a private name.
    NewPrivateName { dst: Out A, name: Constant Wide } "R[dst] := private name K[name]"
    /// Reads a private field or calls its getter.
    GetPrivate { dst: Out A, object: In B, name: In C } "R[dst] := R[object].#R[name]"
    /// Writes a private field or calls its setter.
    SetPrivate { object: In A, name: In B, src: In C } "R[object].#R[name] := R[src]"
    /// Adds a private field (`kind` 0), method (1), getter (2) or setter (3).
    DefinePrivate { object: In A, name: In B, src: In C, kind: Count X } "define R[object].#R[name] := R[src]"
    /// Says whether an object has a private name.
    HasPrivate { dst: Out A, object: In B, name: In C } "R[dst] := #R[name] in R[object]"

    // --- Resources ---------------------------------------------------------

    /// Adds a value to a list of what is to be disposed of, if it is neither `undefined`
    /// nor `null`, with its method.
    AddResource { list: In A, value: In B, is_async: Count X } "R[list].push(R[value], R[value][Symbol.dispose])"
    /// Takes the last resource out of a list, and lays out the call of its method:
    /// `undefined` if there is none, no value if the list is empty. The register after the
    /// list's says whether it is asynchronous.
    NextResource { frame: Frame A, list: Frame B } "R[frame], R[frame + 3] := R[list].pop(); R[list + 1] := is it async"
    /// An exception comes on top of how code has ended.
    SuppressError { how: Out A, value: Out B, error: In C } "R[value] := R[how] is an exception ? SuppressedError(R[error], R[value]) : R[error]; R[how] := an exception"

    // --- Coroutines --------------------------------------------------------

    /// Makes the state of an async function, with its promise.
    BeginAsync { coroutine: Out A } "R[coroutine] := async function"
    /// Makes a generator and returns it; so many registers are in use.
    BeginGenerator { coroutine: Out A, live: Count B } "R[coroutine] := generator; return it"
    /// Suspends a generator, which gives a value or, as it is, a result. Told to return it
    /// goes on with the next instruction, else with the one after that; the register has
    /// what it was told.
    Yield { value: Frame A, coroutine: In B, live: Count C, is_result: Count X } "return R[value]; on resumption R[value] := argument"
    /// Suspends until a promise is settled.
    Await { value: Frame A, coroutine: In B, live: Count C } "R[value] := await R[value]"
    /// Returns from a coroutine.
    FinishCoroutine { src: In A, coroutine: In B } "finish R[coroutine] with R[src]"
    /// Ends a coroutine by an exception.
    FailCoroutine { exception: In A, coroutine: In B } "fail R[coroutine] with R[exception]"
    /// Begins the iteration of a `yield*`, in three registers.
    GetDelegate { state: Frame A, iterable: In B } "R[state], R[state + 1] := iterator of R[iterable] and its next; R[state + 2] := false"
    /// Tells a generator of the engine's own to go on, with what R[value] holds, and puts
    /// there what it yields, or returns: R[status] says which, by false and true. It is
    /// null if it gave a result of somebody else's, and undefined if R[state] is no such
    /// generator, or R[state + 3] says that it is to be told something else than `next`.
    StepDelegate { status: Out A, state: Frame B, value: In C } "R[status], R[value] := next of the generator R[state], if it is one"
    /// Lays out the call of the method of an iterator that is to be told what a
    /// generator was told: 0 `next`, 1 `throw`, 2 `return`; `undefined` in the place of
    /// the function if it has no such method.
    PrepareDelegate { frame: Frame A, state: Frame B, how: In C } "R[frame] := R[state].next, throw or return, or empty; R[frame + 3] := R[state]"
    /// Looks at the result of such a call.
    IsIteratorDone { dst: Out A, result: In B } "R[dst] := R[result].done, or throw TypeError"
    /// Throws the `TypeError` of an iterator without `throw`.
    ThrowNoThrowMethod { } "throw TypeError"

    // --- Exceptions --------------------------------------------------------

    /// Throws the `ReferenceError` of an assignment to a call.
    ThrowInvalidTarget { } "throw ReferenceError"
    /// Throws the `ReferenceError` of `delete super.x`.
    ThrowDeleteSuper { } "throw ReferenceError"

    /// Throws a value.
    Throw { src: In A } "throw R[src]"
    /// Lets an exception go on that has been held up: where it was thrown stays as it was.
    Rethrow { src: In A } "throw R[src], which was thrown before"
}
