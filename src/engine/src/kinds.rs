//! The kinds of cells.

use crate::heap::CellKind;

/// Numbers the kinds, in order, from one.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident)*) => {
        #[allow(clippy::upper_case_acronyms, non_camel_case_types)]
        #[repr(u8)]
        enum Number { $($name),* }

        $($(#[$doc])* pub const $name: CellKind = CellKind(Number::$name as u8 + 1);)*

        /// The number of kinds, with the one that no cell has.
        pub const COUNT: usize = [$(Number::$name as u8),*].len() + 1;
    };
}

kinds! {
    /// A string.
    STRING
    /// A symbol, or a private name.
    SYMBOL
    /// A big integer.
    BIGINT

    /// Room for the units of strings.
    STRING_BUFFER
    /// The shape of objects.
    SHAPE
    /// Properties that do not fit into their object.
    SLOTS
    /// The elements of an object.
    ELEMENTS

    /// The code of a function.
    CODE
    /// A realm.
    REALM
    /// The getter and the setter of a property.
    ACCESSOR
    /// Variables that closures share.
    ENVIRONMENT
    /// What object literals with constant keys make.
    LITERAL_FORM
    /// A variable of another module.
    IMPORT
    /// What a promise is to do when it is settled.
    REACTION
    /// The pattern of regular expressions.
    PATTERN
    /// A module record.
    MODULE
    /// What an async generator has been told.
    ASYNC_REQUEST
    /// The entries of a `Map` or a `Set`.
    ORDERED_TABLE
    /// The entries of a `WeakMap` or a `WeakSet`.
    EPHEMERON_TABLE
    /// What has been registered in a `FinalizationRegistry`.
    REGISTRATION

    /// An object that emulates `undefined`: `document.all` (Annex B.3.6).
    UNDETECTABLE
    /// An object without internal slots.
    OBJECT
    /// An array.
    ARRAY
    /// A Boolean, Number, String or Symbol object.
    PRIMITIVE_WRAPPER
    /// An exception.
    ERROR
    /// A function written in ECMAScript.
    FUNCTION
    /// A function written in Rust.
    NATIVE_FUNCTION
    /// A function that `bind` has made.
    BOUND_FUNCTION
    /// The `arguments` of a function.
    ARGUMENTS
    /// The exports of a module.
    NAMESPACE
    /// An iterator over what is like an array.
    ARRAY_ITERATOR
    /// An iterator over a string.
    STRING_ITERATOR
    /// An iterator helper.
    ITERATOR_HELPER
    /// What `Iterator.from` makes of an iterator.
    ITERATOR_WRAPPER
    /// A `DisposableStack`.
    DISPOSABLE_STACK
    /// An `AsyncDisposableStack`.
    ASYNC_DISPOSABLE_STACK
    /// A generator, or the state of an async function.
    COROUTINE
    /// A promise.
    PROMISE
    /// A proxy.
    PROXY
    /// A builtin object whose properties may not have been made yet.
    LAZY
    /// A date.
    DATE
    /// A buffer of bytes.
    ARRAY_BUFFER
    /// A typed array.
    TYPED_ARRAY
    /// A `DataView`.
    DATA_VIEW
    /// What `JSON.rawJSON` has made.
    RAW_JSON
    /// A regular expression.
    REGEXP
    /// What goes through all matches of a regular expression.
    REGEXP_STRING_ITERATOR
    /// A `Map`.
    MAP
    /// A `Set`.
    SET
    /// An iterator over a `Map`.
    MAP_ITERATOR
    /// An iterator over a `Set`.
    SET_ITERATOR
    /// A `WeakMap`.
    WEAK_MAP
    /// A `WeakSet`.
    WEAK_SET
    /// A `WeakRef`.
    WEAK_REF
    /// A `FinalizationRegistry`.
    FINALIZATION_REGISTRY
    /// A `Temporal.PlainDate`.
    PLAIN_DATE
    /// A `Temporal.PlainTime`.
    PLAIN_TIME
    /// A `Temporal.PlainDateTime`.
    PLAIN_DATE_TIME
    /// A `Temporal.ZonedDateTime`.
    ZONED_DATE_TIME
    /// A `Temporal.Duration`.
    DURATION
    /// A `Temporal.Instant`.
    INSTANT
    /// A `Temporal.PlainYearMonth`.
    PLAIN_YEAR_MONTH
    /// A `Temporal.PlainMonthDay`.
    PLAIN_MONTH_DAY
    /// An object that holds something of the embedder's.
    HOST
}

/// The first kind that is an object.
pub const FIRST_OBJECT: CellKind = UNDETECTABLE;
