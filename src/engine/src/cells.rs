//! What the collector has to know about each kind of cell.

use crate::bigint::BigInt;
use crate::bytecode::Code;
use crate::heap::{CellType, cell_type};
use crate::kinds;
use crate::module::{Module, Namespace};
use crate::object::{
    Accessor, Array, ArrayBuffer, ArrayIterator, AsyncDisposableStack, BoundFunction, DataView,
    Date, DisposableStack, EPHEMERONS, Elements, Environment, EphemeronTable, FinalizationRegistry,
    Function, HostObject, Import, IteratorHelper, IteratorWrapper, LiteralForm, Map, MapIterator,
    MappedArguments, Object, OrderedTable, PrimitiveWrapper, Promise, Proxy, REGISTRATIONS,
    Reaction, RegExp, RegExpStringIterator, Registration, Set, SetIterator, Shape, SharedPattern,
    Slots, StringIterator, TypedArray, WEAK_REFS, WeakMap, WeakRef, WeakSet,
};
use crate::realm::Realm;
use crate::string::{Buffer, JsString, Symbol};
use crate::vm::{AsyncRequest, Coroutine, LazyObject, NativeFunction};

/// The types of cells, by kind.
pub static TYPES: [CellType; kinds::COUNT] = {
    const NONE: CellType = CellType { name: "none", trace: |_, _| {}, drop: None, weak: None };
    let mut types = [NONE; kinds::COUNT];
    types[kinds::STRING.0 as usize] = cell_type::<JsString>("string");
    types[kinds::SYMBOL.0 as usize] = cell_type::<Symbol>("symbol");
    types[kinds::BIGINT.0 as usize] = cell_type::<BigInt>("big integer");
    types[kinds::STRING_BUFFER.0 as usize] = cell_type::<Buffer>("string buffer");
    types[kinds::SHAPE.0 as usize] = cell_type::<Shape>("shape");
    types[kinds::SLOTS.0 as usize] = cell_type::<Slots>("slots");
    types[kinds::ELEMENTS.0 as usize] = cell_type::<Elements>("elements");
    types[kinds::UNDETECTABLE.0 as usize] = cell_type::<Object>("undetectable object");
    types[kinds::OBJECT.0 as usize] = cell_type::<Object>("object");
    types[kinds::CODE.0 as usize] = cell_type::<Code>("code");
    types[kinds::ACCESSOR.0 as usize] = cell_type::<Accessor>("accessor");
    types[kinds::ARRAY.0 as usize] = cell_type::<Array>("array");
    types[kinds::REALM.0 as usize] = cell_type::<Realm>("realm");
    types[kinds::ENVIRONMENT.0 as usize] = cell_type::<Environment>("environment");
    types[kinds::PRIMITIVE_WRAPPER.0 as usize] =
        cell_type::<PrimitiveWrapper>("wrapper of a primitive value");
    types[kinds::ERROR.0 as usize] = cell_type::<Object>("error");
    types[kinds::FUNCTION.0 as usize] = cell_type::<Function>("function");
    types[kinds::NATIVE_FUNCTION.0 as usize] = cell_type::<NativeFunction>("native function");
    types[kinds::BOUND_FUNCTION.0 as usize] = cell_type::<BoundFunction>("bound function");
    types[kinds::LITERAL_FORM.0 as usize] = cell_type::<LiteralForm>("literal form");
    types[kinds::IMPORT.0 as usize] = cell_type::<Import>("import");
    types[kinds::ARGUMENTS.0 as usize] = cell_type::<MappedArguments>("arguments");
    types[kinds::COROUTINE.0 as usize] = cell_type::<Coroutine>("coroutine");
    types[kinds::REACTION.0 as usize] = cell_type::<Reaction>("reaction");
    types[kinds::PATTERN.0 as usize] = cell_type::<SharedPattern>("pattern");
    types[kinds::LAZY.0 as usize] = cell_type::<LazyObject>("lazy object");
    types[kinds::DATE.0 as usize] = cell_type::<Date>("date");
    types[kinds::ARRAY_BUFFER.0 as usize] = cell_type::<ArrayBuffer>("buffer");
    types[kinds::TYPED_ARRAY.0 as usize] = cell_type::<TypedArray>("typed array");
    types[kinds::DATA_VIEW.0 as usize] = cell_type::<DataView>("data view");
    types[kinds::RAW_JSON.0 as usize] = cell_type::<Object>("raw JSON");
    types[kinds::REGEXP.0 as usize] = cell_type::<RegExp>("regular expression");
    types[kinds::REGEXP_STRING_ITERATOR.0 as usize] =
        cell_type::<RegExpStringIterator>("iterator of matches");
    types[kinds::PROXY.0 as usize] = cell_type::<Proxy>("proxy");
    types[kinds::PROMISE.0 as usize] = cell_type::<Promise>("promise");
    types[kinds::ARRAY_ITERATOR.0 as usize] = cell_type::<ArrayIterator>("array iterator");
    types[kinds::STRING_ITERATOR.0 as usize] = cell_type::<StringIterator>("string iterator");
    types[kinds::ITERATOR_HELPER.0 as usize] = cell_type::<IteratorHelper>("iterator helper");
    types[kinds::ITERATOR_WRAPPER.0 as usize] = cell_type::<IteratorWrapper>("iterator wrapper");
    types[kinds::DISPOSABLE_STACK.0 as usize] = cell_type::<DisposableStack>("disposable stack");
    types[kinds::ASYNC_DISPOSABLE_STACK.0 as usize] =
        cell_type::<AsyncDisposableStack>("async disposable stack");
    types[kinds::MODULE.0 as usize] = cell_type::<Module>("module");
    types[kinds::NAMESPACE.0 as usize] = cell_type::<Namespace>("namespace of a module");
    types[kinds::ASYNC_REQUEST.0 as usize] =
        cell_type::<AsyncRequest>("request to an async generator");
    types[kinds::ORDERED_TABLE.0 as usize] = cell_type::<OrderedTable>("entries");
    types[kinds::EPHEMERON_TABLE.0 as usize] =
        CellType { weak: Some(EPHEMERONS), ..cell_type::<EphemeronTable>("weak entries") };
    types[kinds::REGISTRATION.0 as usize] =
        CellType { weak: Some(REGISTRATIONS), ..cell_type::<Registration>("registration") };
    types[kinds::MAP.0 as usize] = cell_type::<Map>("map");
    types[kinds::SET.0 as usize] = cell_type::<Set>("set");
    types[kinds::MAP_ITERATOR.0 as usize] = cell_type::<MapIterator>("map iterator");
    types[kinds::SET_ITERATOR.0 as usize] = cell_type::<SetIterator>("set iterator");
    types[kinds::WEAK_MAP.0 as usize] = cell_type::<WeakMap>("weak map");
    types[kinds::WEAK_SET.0 as usize] = cell_type::<WeakSet>("weak set");
    types[kinds::WEAK_REF.0 as usize] =
        CellType { weak: Some(WEAK_REFS), ..cell_type::<WeakRef>("weak reference") };
    types[kinds::FINALIZATION_REGISTRY.0 as usize] =
        cell_type::<FinalizationRegistry>("finalization registry");
    types[kinds::HOST.0 as usize] = cell_type::<HostObject>("host object");
    #[cfg(feature = "temporal")]
    {
        let mut index = 0;
        while index < crate::object::TEMPORAL_TYPES.len() {
            let (kind, cell_type) = crate::object::TEMPORAL_TYPES[index];
            types[kind.0 as usize] = cell_type;
            index += 1;
        }
    }
    types
};
