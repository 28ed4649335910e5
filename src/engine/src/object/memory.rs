//! What strings and objects are made with.

use std::cell::{OnceCell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{Shape, Shapes};
use crate::heap::{Gc, Heap, HeapCell, RootedVec, Settings};
use crate::string::{Interner, JsString, PropertyKey, Symbol, Units, parse_index};
use crate::value::Value;

/// Makes the keys that the engine itself asks for again and again.
macro_rules! common_keys {
    ($($name:ident $text:literal)*) => {
        /// Property keys that the engine itself asks for again and again.
        #[allow(missing_docs, reason = "each is the key that it is named after")]
        pub struct CommonKeys {
            $(pub $name: PropertyKey,)*
            /// The private name under which the constructor of a class keeps the function
            /// that gives an instance its fields.
            pub fields: PropertyKey,
            /// Keeps them alive.
            _roots: RootedVec<PropertyKey>,
        }

        impl CommonKeys {
            fn new(heap: &Heap, interner: &Interner) -> Self {
                let mut roots = heap.rooted_vec();
                $(
                    let $name = PropertyKey::name(interner.intern_str(heap, $text));
                    roots.push($name);
                )*
                let text = interner.intern_str(heap, "#fields");
                let fields = PropertyKey::symbol(Gc::<Symbol>::new_private(heap, text));
                roots.push(fields);
                Self { $($name,)* fields, _roots: roots }
            }
        }
    };
}

common_keys! {
    bigint "bigint"
    boolean "boolean"
    callee "callee"
    constructor "constructor"
    done "done"
    empty ""
    function "function"
    get "get"
    groups "groups"
    index "index"
    input "input"
    last_index "lastIndex"
    length "length"
    message "message"
    name "name"
    next "next"
    number "number"
    object "object"
    prototype "prototype"
    return_ "return"
    set "set"
    stack "stack"
    stack_trace_limit "stackTraceLimit"
    string "string"
    symbol "symbol"
    then "then"
    throw "throw"
    to_json "toJSON"
    undefined "undefined"
    value "value"
}

/// The keys that native code has asked for by texts in the program.
struct LiteralKeys {
    keys: RootedVec<PropertyKey>,
    /// Which of them a text is, by where it stands.
    numbers: FxHashMap<(usize, usize), usize>,
}

/// A heap, its interned strings and its shapes.
pub struct Memory {
    heap: Heap,
    interner: Rc<Interner>,
    shapes: Rc<Shapes>,
    keys: CommonKeys,
    literals: RefCell<LiteralKeys>,
    /// The strings of one Latin-1 unit, once somebody has asked for one.
    unit_strings: OnceCell<RootedVec<Gc<JsString>>>,
}

impl Memory {
    /// Empty memory.
    pub fn new(settings: Settings) -> Self {
        let heap = Heap::new(&crate::cells::TYPES, settings);
        let (interner, shapes) = (Interner::new(&heap), Shapes::new(&heap));
        let keys = heap.enter(|| CommonKeys::new(&heap, &interner));
        let literals = LiteralKeys { keys: heap.rooted_vec(), numbers: FxHashMap::default() };
        let (literals, unit_strings) = (RefCell::new(literals), OnceCell::new());
        Self { heap, interner, shapes, keys, literals, unit_strings }
    }

    /// Moves an object of a shape into the heap, with `tail` bytes after it.
    #[inline]
    pub fn allocate_object<T: HeapCell>(&self, object: T, shape: Gc<Shape>, tail: usize) -> Gc<T> {
        let object = self.heap.allocate_with_tail(object, tail);
        // Until now nothing but this variable has kept the shape alive: the object has
        // only its number.
        std::hint::black_box(shape);
        object
    }

    /// Keys that are asked for again and again.
    #[inline]
    pub fn keys(&self) -> &CommonKeys {
        &self.keys
    }

    /// The heap's shapes.
    #[inline]
    pub fn shapes(&self) -> &Shapes {
        &self.shapes
    }

    /// The interned string with the content of this one.
    pub fn intern(&self, string: Gc<JsString>) -> Gc<JsString> {
        self.interner.intern(&self.heap, string)
    }

    /// The interned string with this text.
    pub fn intern_str(&self, text: &str) -> Gc<JsString> {
        self.interner.intern_str(&self.heap, text)
    }

    /// The empty string.
    pub fn empty_string(&self) -> Gc<JsString> {
        self.keys.empty.as_name().unwrap_or_else(|| self.intern_str(""))
    }

    /// A string with this text.
    pub fn string(&self, text: &str) -> Gc<JsString> {
        Gc::<JsString>::from_str(&self.heap, text)
    }

    /// A string of these units.
    pub fn latin1(&self, units: &[u8]) -> Gc<JsString> {
        Gc::<JsString>::from_latin1(&self.heap, units)
    }

    /// The string of the one unit that a string has at an index below its length.
    pub fn unit_string(&self, string: Gc<JsString>, index: u32) -> Gc<JsString> {
        self.string_of_unit(string.unit_at(&self.heap, index))
    }

    /// The string of one unit.
    pub fn string_of_unit(&self, unit: u16) -> Gc<JsString> {
        let known = self.unit_strings.get_or_init(|| {
            let mut strings = self.heap.rooted_vec();
            for unit in 0..=u8::MAX {
                strings.push(self.interner.intern_units(&self.heap, Units::Latin1(&[unit])));
            }
            strings
        });
        match known.get(usize::from(unit)) {
            Some(string) => string,
            None => Gc::<JsString>::from_utf16(&self.heap, &[unit]),
        }
    }

    /// The property key that a text is.
    pub fn key(&self, text: &str) -> PropertyKey {
        self.key_of_string(self.intern_str(text))
    }

    /// The property key that a text in the program is: found in less time than by
    /// [`Self::key`] once it has been asked for.
    pub fn literal_key(&self, text: &'static str) -> PropertyKey {
        let place = (text.as_ptr().addr(), text.len());
        let mut literals = self.literals.borrow_mut();
        if let Some(key) = literals.numbers.get(&place).and_then(|at| literals.keys.get(*at)) {
            return key;
        }
        let (key, number) = (self.key(text), literals.keys.len());
        literals.keys.push(key);
        literals.numbers.insert(place, number);
        key
    }

    /// The property key that a string is.
    pub fn key_of_string(&self, string: Gc<JsString>) -> PropertyKey {
        if !string.is_interned()
            && let Some(index) = parse_index(string.units(&self.heap))
        {
            return PropertyKey::index(index);
        }
        let interned = self.intern(string);
        match parse_index(interned.units(&self.heap)) {
            Some(index) => PropertyKey::index(index),
            None => PropertyKey::name(interned),
        }
    }

    /// The property key that units are.
    pub fn key_of_units(&self, units: Units<'_>) -> PropertyKey {
        match parse_index(units) {
            Some(index) => PropertyKey::index(index),
            None => PropertyKey::name(self.interner.intern_units(&self.heap, units)),
        }
    }

    /// The property key that an integer up to 2^53 is.
    pub fn key_of_index(&self, index: f64) -> PropertyKey {
        if index < f64::from(u32::MAX) {
            PropertyKey::index(index as u32)
        } else {
            PropertyKey::name(self.intern_str(&format!("{index}")))
        }
    }

    /// The property key that a value is, if no conversion is needed for it: a
    /// string, a symbol, or a number that is an index.
    #[inline]
    pub fn key_of_value(&self, value: Value) -> Option<PropertyKey> {
        if let Some(int) = value.as_int() {
            return u32::try_from(int).ok().map(PropertyKey::index);
        }
        if let Some(string) = value.downcast::<JsString>() {
            return Some(self.key_of_string(string));
        }
        value.downcast().map(PropertyKey::symbol)
    }

    /// The value that a property key is: a string or a symbol.
    pub fn value_of_key(&self, key: PropertyKey) -> Value {
        match (key.as_index(), key.as_cell_value()) {
            (None, Some(value)) => value,
            (index, _) => Value::cell(self.string(&index.unwrap_or_default().to_string())),
        }
    }
}

impl Deref for Memory {
    type Target = Heap;

    #[inline]
    fn deref(&self) -> &Heap {
        &self.heap
    }
}
