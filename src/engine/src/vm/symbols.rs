//! The symbols that all realms share (ECMA-262 §6.1.5.1, §20.4.2.2).

use super::{Completion, Vm};
use crate::heap::{Gc, Root, RootedVec};
use crate::kinds;
use crate::object::{Memory, Object, Shapes};
use crate::realm::layout;
use crate::string::{JsString, PropertyKey, Symbol};
use crate::value::Value;

/// Makes the enum of well-known symbols, and the list of their names.
macro_rules! well_known {
    ($($(#[$doc:meta])* $symbol:ident $name:literal)*) => {
        /// A well-known symbol.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum WellKnown { $($(#[$doc])* $symbol),* }

        impl WellKnown {
            /// All of them, with what they are called as properties of `Symbol`.
            pub const ALL: &[(Self, &str)] = &[$((Self::$symbol, $name)),*];
        }
    };
}

well_known! {
    /// `Symbol.asyncIterator`
    AsyncIterator "asyncIterator"
    /// `Symbol.hasInstance`
    HasInstance "hasInstance"
    /// `Symbol.isConcatSpreadable`
    IsConcatSpreadable "isConcatSpreadable"
    /// `Symbol.iterator`
    Iterator "iterator"
    /// `Symbol.match`
    Match "match"
    /// `Symbol.matchAll`
    MatchAll "matchAll"
    /// `Symbol.replace`
    Replace "replace"
    /// `Symbol.search`
    Search "search"
    /// `Symbol.species`
    Species "species"
    /// `Symbol.split`
    Split "split"
    /// `Symbol.toPrimitive`
    ToPrimitive "toPrimitive"
    /// `Symbol.toStringTag`
    ToStringTag "toStringTag"
    /// `Symbol.unscopables`
    Unscopables "unscopables"
    /// `Symbol.dispose`
    Dispose "dispose"
    /// `Symbol.asyncDispose`
    AsyncDispose "asyncDispose"
}

/// The well-known symbols and the registry of `Symbol.for`.
pub(super) struct Symbols {
    well_known: RootedVec<Gc<Symbol>>,
    /// An object without a prototype: its properties are the registered symbols, by key.
    registry: Root<Object>,
    /// The private name of the frames of errors.
    frames: Root<Symbol>,
    /// The private name that says of errors that their stack begins with their code, too.
    coded: Root<Symbol>,
}

impl Symbols {
    /// The well-known symbols, and an empty registry.
    pub(super) fn new(memory: &Memory) -> Self {
        let mut well_known = memory.rooted_vec();
        for (_, name) in WellKnown::ALL {
            let description = memory.intern_str(&format!("Symbol.{name}"));
            well_known.push(Gc::<Symbol>::new(memory, Some(description)));
        }
        let shape = Shapes::root(memory, layout(kinds::OBJECT, 4), None);
        let registry = memory.root(Gc::<Object>::ordinary(memory, shape));
        let frames = Gc::<Symbol>::new_private(memory, memory.intern_str("frames"));
        let coded = Gc::<Symbol>::new_private(memory, memory.intern_str("coded"));
        let (frames, coded) = (memory.root(frames), memory.root(coded));
        Self { well_known, registry, frames, coded }
    }

    /// The private name of the frames of errors.
    pub(super) fn frames(&self) -> Gc<Symbol> {
        self.frames.get()
    }

    /// The private name that says of errors that their stack begins with their code, too.
    pub(super) fn coded(&self) -> Gc<Symbol> {
        self.coded.get()
    }
}

impl Vm {
    /// A well-known symbol.
    ///
    /// # Panics
    /// Never: a machine is made with all of them.
    pub fn well_known(&self, symbol: WellKnown) -> Gc<Symbol> {
        self.symbols.well_known.get(symbol as usize).expect("a machine has all symbols")
    }

    /// The property key that a well-known symbol is.
    pub fn well_known_key(&self, symbol: WellKnown) -> PropertyKey {
        PropertyKey::symbol(self.well_known(symbol))
    }

    /// The registered symbol of a string.
    ///
    /// # Errors
    /// None: the registry is an ordinary object.
    pub fn registered_symbol(&mut self, key: Gc<JsString>) -> Completion<Gc<Symbol>> {
        let (registry, name) = (self.symbols.registry.get(), self.memory.key_of_string(key));
        if let Some(symbol) = self.get(registry, name)?.downcast::<Symbol>() {
            return Ok(symbol);
        }
        let symbol = Gc::<Symbol>::new(&self.memory, Some(key));
        symbol.set_registered();
        self.create_data_property(registry, name, Value::cell(symbol))?;
        Ok(symbol)
    }
}
