//! Realms: the objects a program finds (ECMA-262 §9.3).

use std::cell::Cell;

use crate::heap::{CellKind, Gc, Header, HeapCell, Tracer};
use crate::kinds;
use crate::module::Namespace;
use crate::object::{
    Accessor, Array, ArrayBuffer, ArrayIterator, AsyncDisposableStack, Attributes, BoundFunction,
    DataView, Date, DisposableStack, FinalizationRegistry, Function, HostObject, IteratorHelper,
    IteratorWrapper, Layout, Map, MapIterator, MappedArguments, Memory, Object, PrimitiveWrapper,
    Promise, Proxy, RegExp, RegExpStringIterator, Set, SetIterator, Shape, Shapes, StringIterator,
    TypedArray, WeakMap, WeakRef, WeakSet,
};
use crate::value::Value;
use crate::vm::{Coroutine, LazyObject, NativeFunction};

/// Makes the enum of intrinsic objects.
macro_rules! intrinsics {
    ($($(#[$doc:meta])* $name:ident)*) => {
        /// A well-known intrinsic object (§6.1.7.4).
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Intrinsic { $($(#[$doc])* $name),* }

        impl Intrinsic {
            const COUNT: usize = [$(Self::$name),*].len();
        }
    };
}

intrinsics! {
    /// `%Object.prototype%`
    ObjectPrototype
    /// `%Function.prototype%`
    FunctionPrototype
    /// `%Array.prototype%`
    ArrayPrototype
    /// `%String.prototype%`
    StringPrototype
    /// `%Number.prototype%`
    NumberPrototype
    /// `%Boolean.prototype%`
    BooleanPrototype
    /// `%Symbol.prototype%`
    SymbolPrototype
    /// `%Error.prototype%`
    ErrorPrototype
    /// `%TypeError.prototype%`
    TypeErrorPrototype
    /// `%RangeError.prototype%`
    RangeErrorPrototype
    /// `%ReferenceError.prototype%`
    ReferenceErrorPrototype
    /// `%SyntaxError.prototype%`
    SyntaxErrorPrototype
    /// `%EvalError.prototype%`
    EvalErrorPrototype
    /// `%URIError.prototype%`
    UriErrorPrototype
    /// `%AggregateError.prototype%`
    AggregateErrorPrototype
    /// `%SuppressedError.prototype%`
    SuppressedErrorPrototype
    /// `%Error%`
    Error
    /// The getter and the setter of `stack` of errors, which is no object.
    StackAccessor
    /// What the sites of calls in stack traces inherit from.
    CallSitePrototype
    /// `%ThrowTypeError%`
    ThrowTypeError
    /// `%Function.prototype% [ %Symbol.hasInstance% ]`
    FunctionHasInstance
    /// `%eval%`
    Eval
    /// `%Array%`
    Array
    /// `%Iterator.prototype%`
    IteratorPrototype
    /// `%Iterator%`
    Iterator
    /// `%IteratorHelperPrototype%`
    IteratorHelperPrototype
    /// `%IteratorHelperPrototype%.next`
    IteratorHelperNext
    /// `%WrapForValidIteratorPrototype%`
    WrapForValidIteratorPrototype
    /// `%ArrayIteratorPrototype%`
    ArrayIteratorPrototype
    /// `%StringIteratorPrototype%`
    StringIteratorPrototype
    /// `%ArrayIteratorPrototype%.next`
    ArrayIteratorNext
    /// `%StringIteratorPrototype%.next`
    StringIteratorNext
    /// `%Array.prototype.toString%`
    ArrayPrototypeToString
    /// `%Array.prototype.values%`
    ArrayPrototypeValues
    /// `%GeneratorFunction.prototype%`
    GeneratorFunctionPrototype
    /// `%GeneratorFunction.prototype.prototype%`
    GeneratorPrototype
    /// `%AsyncFunction.prototype%`
    AsyncFunctionPrototype
    /// `%AsyncGeneratorFunction.prototype%`
    AsyncGeneratorFunctionPrototype
    /// `%AsyncGeneratorFunction.prototype.prototype%`
    AsyncGeneratorPrototype
    /// `%AsyncIteratorPrototype%`
    AsyncIteratorPrototype
    /// `%AsyncFromSyncIteratorPrototype%`
    AsyncFromSyncIteratorPrototype
    /// `%BigInt.prototype%`
    BigIntPrototype
    /// `%Promise%`
    Promise
    /// `%Promise.prototype%`
    PromisePrototype
    /// `%Promise.prototype.then%`
    PromiseThen
    /// `get %Promise% [ %Symbol.species% ]`
    PromiseSpecies
    /// `%RegExp%`
    RegExp
    /// `%RegExp.prototype%`
    RegExpPrototype
    /// `%RegExp.prototype.exec%`
    RegExpExec
    /// `%Map.prototype%`
    MapPrototype
    /// `%Set.prototype%`
    SetPrototype
    /// `%WeakMap.prototype%`
    WeakMapPrototype
    /// `%WeakSet.prototype%`
    WeakSetPrototype
    /// `%WeakRef.prototype%`
    WeakRefPrototype
    /// `%FinalizationRegistry.prototype%`
    FinalizationRegistryPrototype
    /// `%MapIteratorPrototype%`
    MapIteratorPrototype
    /// `%MapIteratorPrototype.next%`
    MapIteratorNext
    /// `%Map.prototype.set%`
    MapSet
    /// `%Set.prototype.add%`
    SetAdd
    /// `%Set.prototype.has%`
    SetHas
    /// `%SetIteratorPrototype%`
    SetIteratorPrototype
    /// `%SetIteratorPrototype.next%`
    SetIteratorNext
    /// `%GeneratorPrototype.next%`
    GeneratorNext
    /// `%RegExpStringIteratorPrototype%`
    RegExpStringIteratorPrototype
    /// `%DisposableStack.prototype%`
    DisposableStackPrototype
    /// `%AsyncDisposableStack.prototype%`
    AsyncDisposableStackPrototype
    /// `%Date.prototype%`
    DatePrototype
    /// `%Temporal%`
    Temporal
    /// `%Temporal.PlainDate.prototype%`
    PlainDatePrototype
    /// `%Temporal.PlainTime.prototype%`
    PlainTimePrototype
    /// `%Temporal.PlainDateTime.prototype%`
    PlainDateTimePrototype
    /// `%Temporal.ZonedDateTime.prototype%`
    ZonedDateTimePrototype
    /// `%Temporal.Duration.prototype%`
    DurationPrototype
    /// `%Temporal.Instant.prototype%`
    InstantPrototype
    /// `%Temporal.PlainYearMonth.prototype%`
    PlainYearMonthPrototype
    /// `%Temporal.PlainMonthDay.prototype%`
    PlainMonthDayPrototype
    /// `%ArrayBuffer%`
    ArrayBuffer
    /// `%ArrayBuffer.prototype%`
    ArrayBufferPrototype
    /// `%SharedArrayBuffer%`
    SharedArrayBuffer
    /// `%SharedArrayBuffer.prototype%`
    SharedArrayBufferPrototype
    /// `%DataView.prototype%`
    DataViewPrototype
    /// `%TypedArray%`
    TypedArray
    /// `%TypedArray.prototype%`
    TypedArrayPrototype
    /// `%Int8Array%`
    Int8Array
    /// `%Int8Array.prototype%`
    Int8ArrayPrototype
    /// `%Uint8Array%`
    Uint8Array
    /// `%Uint8Array.prototype%`
    Uint8ArrayPrototype
    /// `%Uint8ClampedArray%`
    Uint8ClampedArray
    /// `%Uint8ClampedArray.prototype%`
    Uint8ClampedArrayPrototype
    /// `%Int16Array%`
    Int16Array
    /// `%Int16Array.prototype%`
    Int16ArrayPrototype
    /// `%Uint16Array%`
    Uint16Array
    /// `%Uint16Array.prototype%`
    Uint16ArrayPrototype
    /// `%Int32Array%`
    Int32Array
    /// `%Int32Array.prototype%`
    Int32ArrayPrototype
    /// `%Uint32Array%`
    Uint32Array
    /// `%Uint32Array.prototype%`
    Uint32ArrayPrototype
    /// `%BigInt64Array%`
    BigInt64Array
    /// `%BigInt64Array.prototype%`
    BigInt64ArrayPrototype
    /// `%BigUint64Array%`
    BigUint64Array
    /// `%BigUint64Array.prototype%`
    BigUint64ArrayPrototype
    /// `%Float16Array%`
    Float16Array
    /// `%Float16Array.prototype%`
    Float16ArrayPrototype
    /// `%Float32Array%`
    Float32Array
    /// `%Float32Array.prototype%`
    Float32ArrayPrototype
    /// `%Float64Array%`
    Float64Array
    /// `%Float64Array.prototype%`
    Float64ArrayPrototype
}

/// Makes the enum of shapes that are needed again and again.
macro_rules! root_shapes {
    ($($(#[$doc:meta])* $name:ident)*) => {
        /// The shape of a kind of object as it is made.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum RootShape { $($(#[$doc])* $name),* }

        impl RootShape {
            const COUNT: usize = [$(Self::$name),*].len();
        }
    };
}

root_shapes! {
    /// An ordinary object.
    Object
    /// An array.
    Array
    /// A function written in ECMAScript.
    Function
    /// A generator function.
    GeneratorFunction
    /// An async function.
    AsyncFunction
    /// An async generator function.
    AsyncGeneratorFunction
    /// A function written in Rust.
    NativeFunction
    /// Native functions with length and name.
    NamedNativeFunction
    /// A promise.
    Promise
    /// A regular expression.
    RegExp
    /// What `next` of an iterator gives: an object with `value` and `done`.
    IteratorResult
    /// What `exec` gives: an array with `index`, `input` and `groups`.
    MatchResult
}

/// A realm.
#[repr(C)]
pub struct Realm {
    header: Header,
    /// The global object.
    pub global: Gc<Object>,
    /// What holds the `let`, `const` and classes of scripts.
    pub lexical: Gc<Object>,
    intrinsics: [Cell<Value>; Intrinsic::COUNT],
    shapes: [Cell<Option<Gc<Shape>>>; RootShape::COUNT],
    /// The shapes of what object literals begin with, by half the number of slots inside.
    literals: [Cell<Option<Gc<Shape>>>; 16],
}

// SAFETY: It begins with the header; all references are visited.
unsafe impl HeapCell for Realm {
    const KIND: CellKind = kinds::REALM;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.cell(self.global);
        tracer.cell(self.lexical);
        for intrinsic in &self.intrinsics {
            tracer.word(intrinsic.get().bits());
        }
        for shape in self.shapes.iter().chain(&self.literals).filter_map(Cell::get) {
            tracer.cell(shape);
        }
    }
}

/// The most slots that an object is made with inside.
pub const MOST_INSIDE: u16 = 31;

/// The slots inside of an object of which nobody knows how many it will have.
pub const UNKNOWN_INSIDE: u16 = 5;

/// The number of slots inside for so many properties: with an odd one the cell ends where
/// a granule does.
pub fn slots_inside(properties: usize) -> u16 {
    match u16::try_from(properties) {
        Ok(0) => UNKNOWN_INSIDE,
        Ok(properties) => (properties | 1).min(MOST_INSIDE),
        Err(_) => MOST_INSIDE,
    }
}

/// The layout of objects of a kind with so many slots inside.
pub fn layout(kind: CellKind, inline_slots: u16) -> Layout {
    let size = match kind {
        kinds::ARRAY => size_of::<Array>(),
        kinds::PRIMITIVE_WRAPPER => size_of::<PrimitiveWrapper>(),
        kinds::FUNCTION => size_of::<Function>(),
        kinds::NATIVE_FUNCTION => size_of::<NativeFunction>(),
        kinds::BOUND_FUNCTION => size_of::<BoundFunction>(),
        kinds::ARGUMENTS => size_of::<MappedArguments>(),
        kinds::ARRAY_ITERATOR => size_of::<ArrayIterator>(),
        kinds::STRING_ITERATOR => size_of::<StringIterator>(),
        kinds::ITERATOR_HELPER => size_of::<IteratorHelper>(),
        kinds::ITERATOR_WRAPPER => size_of::<IteratorWrapper>(),
        kinds::DISPOSABLE_STACK => size_of::<DisposableStack>(),
        kinds::ASYNC_DISPOSABLE_STACK => size_of::<AsyncDisposableStack>(),
        kinds::NAMESPACE => size_of::<Namespace>(),
        kinds::COROUTINE => size_of::<Coroutine>(),
        kinds::PROMISE => size_of::<Promise>(),
        kinds::PROXY => size_of::<Proxy>(),
        kinds::REGEXP => size_of::<RegExp>(),
        kinds::LAZY => size_of::<LazyObject>(),
        kinds::DATE => size_of::<Date>(),
        kinds::ARRAY_BUFFER => size_of::<ArrayBuffer>(),
        kinds::TYPED_ARRAY => size_of::<TypedArray>(),
        kinds::DATA_VIEW => size_of::<DataView>(),
        kinds::REGEXP_STRING_ITERATOR => size_of::<RegExpStringIterator>(),
        kinds::MAP => size_of::<Map>(),
        kinds::SET => size_of::<Set>(),
        kinds::MAP_ITERATOR => size_of::<MapIterator>(),
        kinds::SET_ITERATOR => size_of::<SetIterator>(),
        kinds::WEAK_MAP => size_of::<WeakMap>(),
        kinds::WEAK_SET => size_of::<WeakSet>(),
        kinds::WEAK_REF => size_of::<WeakRef>(),
        kinds::FINALIZATION_REGISTRY => size_of::<FinalizationRegistry>(),
        kinds::HOST => size_of::<HostObject>(),
        #[cfg(feature = "temporal")]
        _ if let Some(size) = crate::object::temporal_size(kind) => size,
        _ => size_of::<Object>(),
    };
    Layout { kind, inline_offset: size as u16, inline_slots }
}

impl Gc<Realm> {
    /// A realm with nothing but what objects are made with: prototypes without
    /// properties, shapes, and an empty global object.
    pub fn new(memory: &Memory) -> Self {
        let root = |kind, slots, prototype| Shapes::root(memory, layout(kind, slots), prototype);
        let object_prototype = Gc::<Object>::ordinary(memory, root(kinds::OBJECT, 4, None));
        object_prototype.mark_as_prototype();
        let object = root(kinds::OBJECT, UNKNOWN_INSIDE, Some(object_prototype));
        let prototype = || {
            let prototype = Gc::<Object>::ordinary(memory, object);
            prototype.mark_as_prototype();
            prototype
        };
        let function_shape = root(kinds::NATIVE_FUNCTION, 2, Some(object_prototype));
        let function_prototype =
            Gc::<NativeFunction>::new(memory, function_shape, memory.intern_str(""), |_, _| {
                Ok(Value::UNDEFINED)
            })
            .as_object();
        function_prototype.mark_as_prototype();
        let array_shape = root(kinds::ARRAY, 0, Some(object_prototype));
        let array_prototype = Gc::<Array>::new(memory, array_shape, 0).as_object();
        array_prototype.mark_as_prototype();
        let global = Gc::<Object>::ordinary(memory, object);
        let lexical = Gc::<Object>::ordinary(memory, root(kinds::OBJECT, 4, None));
        // Caches hear of their changes as of those of prototypes.
        global.mark_as_prototype();
        lexical.mark_as_prototype();
        let realm = memory.allocate(Realm {
            header: Header::new(kinds::REALM, 0),
            global,
            lexical,
            intrinsics: [const { Cell::new(Value::UNDEFINED) }; Intrinsic::COUNT],
            shapes: [const { Cell::new(None) }; RootShape::COUNT],
            literals: [const { Cell::new(None) }; 16],
        });
        realm.set(memory, Intrinsic::ObjectPrototype, object_prototype);
        realm.set(memory, Intrinsic::FunctionPrototype, function_prototype);
        realm.set(memory, Intrinsic::ArrayPrototype, array_prototype);
        for (intrinsic, value) in [
            (Intrinsic::StringPrototype, Value::cell(memory.intern_str(""))),
            (Intrinsic::NumberPrototype, Value::ZERO),
            (Intrinsic::BooleanPrototype, Value::FALSE),
        ] {
            let shape = root(kinds::PRIMITIVE_WRAPPER, 4, Some(object_prototype));
            let prototype = Gc::<PrimitiveWrapper>::new(memory, shape, value).as_object();
            prototype.mark_as_prototype();
            realm.set(memory, intrinsic, prototype);
        }
        for intrinsic in [
            Intrinsic::SymbolPrototype,
            Intrinsic::ErrorPrototype,
            Intrinsic::IteratorPrototype,
            Intrinsic::AsyncIteratorPrototype,
            Intrinsic::BigIntPrototype,
            Intrinsic::PromisePrototype,
            Intrinsic::RegExpPrototype,
            Intrinsic::ArrayBufferPrototype,
            Intrinsic::SharedArrayBufferPrototype,
            Intrinsic::MapPrototype,
            Intrinsic::SetPrototype,
            Intrinsic::WeakMapPrototype,
            Intrinsic::WeakSetPrototype,
            Intrinsic::WeakRefPrototype,
            Intrinsic::FinalizationRegistryPrototype,
        ] {
            realm.set(memory, intrinsic, prototype());
        }
        let iterator_prototype = realm.get(Intrinsic::IteratorPrototype);
        for (intrinsic, parent) in [
            (Intrinsic::DatePrototype, object_prototype),
            (Intrinsic::PlainDatePrototype, object_prototype),
            (Intrinsic::PlainTimePrototype, object_prototype),
            (Intrinsic::PlainDateTimePrototype, object_prototype),
            (Intrinsic::ZonedDateTimePrototype, object_prototype),
            (Intrinsic::DurationPrototype, object_prototype),
            (Intrinsic::InstantPrototype, object_prototype),
            (Intrinsic::PlainYearMonthPrototype, object_prototype),
            (Intrinsic::PlainMonthDayPrototype, object_prototype),
            (Intrinsic::DisposableStackPrototype, object_prototype),
            (Intrinsic::AsyncDisposableStackPrototype, object_prototype),
            (Intrinsic::DataViewPrototype, object_prototype),
            (Intrinsic::TypedArrayPrototype, object_prototype),
            (Intrinsic::IteratorHelperPrototype, iterator_prototype),
            (Intrinsic::WrapForValidIteratorPrototype, iterator_prototype),
        ] {
            let shape = root(kinds::LAZY, UNKNOWN_INSIDE, Some(parent));
            let prototype = Gc::<LazyObject>::new(memory, shape).as_object();
            prototype.mark_as_prototype();
            realm.set(memory, intrinsic, prototype);
        }
        let inheriting = |parent: Gc<Object>| {
            let shape = root(kinds::OBJECT, 4, Some(parent));
            let prototype = Gc::<Object>::ordinary(memory, shape);
            prototype.mark_as_prototype();
            prototype
        };
        for (intrinsic, parent) in [
            (Intrinsic::ArrayIteratorPrototype, Intrinsic::IteratorPrototype),
            (Intrinsic::StringIteratorPrototype, Intrinsic::IteratorPrototype),
            (Intrinsic::MapIteratorPrototype, Intrinsic::IteratorPrototype),
            (Intrinsic::SetIteratorPrototype, Intrinsic::IteratorPrototype),
            (Intrinsic::GeneratorPrototype, Intrinsic::IteratorPrototype),
            (Intrinsic::RegExpStringIteratorPrototype, Intrinsic::IteratorPrototype),
            (Intrinsic::Int8ArrayPrototype, Intrinsic::TypedArrayPrototype),
            (Intrinsic::Uint8ArrayPrototype, Intrinsic::TypedArrayPrototype),
            (Intrinsic::Uint8ClampedArrayPrototype, Intrinsic::TypedArrayPrototype),
            (Intrinsic::Int16ArrayPrototype, Intrinsic::TypedArrayPrototype),
            (Intrinsic::Uint16ArrayPrototype, Intrinsic::TypedArrayPrototype),
            (Intrinsic::Int32ArrayPrototype, Intrinsic::TypedArrayPrototype),
            (Intrinsic::Uint32ArrayPrototype, Intrinsic::TypedArrayPrototype),
            (Intrinsic::BigInt64ArrayPrototype, Intrinsic::TypedArrayPrototype),
            (Intrinsic::BigUint64ArrayPrototype, Intrinsic::TypedArrayPrototype),
            (Intrinsic::Float16ArrayPrototype, Intrinsic::TypedArrayPrototype),
            (Intrinsic::Float32ArrayPrototype, Intrinsic::TypedArrayPrototype),
            (Intrinsic::Float64ArrayPrototype, Intrinsic::TypedArrayPrototype),
            (Intrinsic::AsyncGeneratorPrototype, Intrinsic::AsyncIteratorPrototype),
            (Intrinsic::AsyncFromSyncIteratorPrototype, Intrinsic::AsyncIteratorPrototype),
            (Intrinsic::GeneratorFunctionPrototype, Intrinsic::FunctionPrototype),
            (Intrinsic::AsyncFunctionPrototype, Intrinsic::FunctionPrototype),
            (Intrinsic::AsyncGeneratorFunctionPrototype, Intrinsic::FunctionPrototype),
        ] {
            realm.set(memory, intrinsic, inheriting(realm.get(parent)));
        }
        let error_prototype = realm.get(Intrinsic::ErrorPrototype);
        let promise_prototype = realm.get(Intrinsic::PromisePrototype);
        let regexp_prototype = realm.get(Intrinsic::RegExpPrototype);
        for intrinsic in [
            Intrinsic::TypeErrorPrototype,
            Intrinsic::RangeErrorPrototype,
            Intrinsic::ReferenceErrorPrototype,
            Intrinsic::SyntaxErrorPrototype,
            Intrinsic::EvalErrorPrototype,
            Intrinsic::UriErrorPrototype,
            Intrinsic::AggregateErrorPrototype,
            Intrinsic::SuppressedErrorPrototype,
        ] {
            realm.set(memory, intrinsic, inheriting(error_prototype));
        }
        let of_functions = |prototype| root(kinds::FUNCTION, 3, Some(realm.get(prototype)));
        let (keys, shapes) = (memory.keys(), memory.shapes());
        let result = root(kinds::OBJECT, slots_inside(2), Some(object_prototype));
        let result = shapes.add(memory, result, keys.value, Attributes::DATA);
        let result = shapes.add(memory, result, keys.done, Attributes::DATA);
        let mut found = root(kinds::ARRAY, slots_inside(3), Some(array_prototype));
        for key in [keys.index, keys.input, keys.groups] {
            found = shapes.add(memory, found, key, Attributes::DATA);
        }
        let native_function = root(kinds::NATIVE_FUNCTION, 2, Some(function_prototype));
        let (shapes, keys) = (memory.shapes(), memory.keys());
        let named_native_function =
            [keys.length, keys.name].into_iter().fold(native_function, |shape, key| {
                shapes.add(memory, shape, key, Attributes::CONFIGURABLE)
            });
        for (which, shape) in [
            (RootShape::Object, object),
            (RootShape::MatchResult, found),
            (RootShape::IteratorResult, result),
            (RootShape::Array, root(kinds::ARRAY, 0, Some(array_prototype))),
            (RootShape::Function, root(kinds::FUNCTION, 3, Some(function_prototype))),
            (RootShape::GeneratorFunction, of_functions(Intrinsic::GeneratorFunctionPrototype)),
            (RootShape::AsyncFunction, of_functions(Intrinsic::AsyncFunctionPrototype)),
            (
                RootShape::AsyncGeneratorFunction,
                of_functions(Intrinsic::AsyncGeneratorFunctionPrototype),
            ),
            (RootShape::NativeFunction, native_function),
            (RootShape::NamedNativeFunction, named_native_function),
            (RootShape::Promise, root(kinds::PROMISE, 0, Some(promise_prototype))),
            (RootShape::RegExp, root(kinds::REGEXP, 1, Some(regexp_prototype))),
        ] {
            realm.shapes[which as usize].set(Some(shape));
            memory.write_barrier(realm, shape.to_word());
        }
        realm
    }

    /// An intrinsic object.
    ///
    /// # Panics
    /// If it has not been made.
    pub fn get(self, intrinsic: Intrinsic) -> Gc<Object> {
        let value = self.intrinsics[intrinsic as usize].get();
        crate::operators::as_object(value).expect("a realm has all its intrinsics")
    }

    /// An intrinsic object, if it has been made.
    pub fn find(self, intrinsic: Intrinsic) -> Option<Gc<Object>> {
        crate::operators::as_object(self.intrinsics[intrinsic as usize].get())
    }

    /// Makes an object an intrinsic one.
    pub(crate) fn set(self, memory: &Memory, intrinsic: Intrinsic, object: Gc<Object>) {
        self.intrinsics[intrinsic as usize].set(Value::cell(object));
        memory.write_barrier(self, Value::cell(object).bits());
    }

    /// The accessor that errors have as `stack`.
    pub(crate) fn stack_accessor(self) -> Option<Value> {
        let accessor = self.intrinsics[Intrinsic::StackAccessor as usize].get();
        Some(accessor).filter(|accessor| !accessor.is_undefined())
    }

    /// Sets the accessor that errors have as `stack`.
    pub(crate) fn set_stack_accessor(self, memory: &Memory, accessor: Gc<Accessor>) {
        self.intrinsics[Intrinsic::StackAccessor as usize].set(Value::cell(accessor));
        memory.write_barrier(self, accessor.to_word());
    }

    /// The shape of a kind of object as it is made.
    ///
    /// # Panics
    /// Never: realms are made with all of them.
    pub fn shape(self, shape: RootShape) -> Gc<Shape> {
        self.shapes[shape as usize].get().expect("a realm has all its shapes")
    }

    /// The shape that an object literal with so many properties begins with.
    pub fn literal_shape(self, memory: &Memory, properties: usize) -> Gc<Shape> {
        let slots = slots_inside(properties);
        let place = &self.literals[usize::from(slots / 2) % self.literals.len()];
        place.get().unwrap_or_else(|| {
            let prototype = self.get(Intrinsic::ObjectPrototype);
            let shape = if slots == UNKNOWN_INSIDE {
                self.shape(RootShape::Object)
            } else {
                Shapes::root(memory, layout(kinds::OBJECT, slots), Some(prototype))
            };
            place.set(Some(shape));
            memory.write_barrier(self, shape.to_word());
            shape
        })
    }
}
