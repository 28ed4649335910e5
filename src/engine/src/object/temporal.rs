//! Objects of Temporal: each holds a value of `temporal_rs`.

use temporal_rs::{
    Duration, Instant, PlainDate, PlainDateTime, PlainMonthDay, PlainTime, PlainYearMonth,
    ZonedDateTime,
};

use super::{Memory, Object, Shape};
use crate::heap::{CellKind, CellType, Gc, HeapCell, Tracer, cell_type};
use crate::kinds;
use crate::realm::Intrinsic;
use crate::value::Value;

/// A type of values that there are objects of. They own no memory.
pub trait TemporalValue: Clone + 'static {
    /// The kind of the objects.
    const KIND: CellKind;
    /// Their prototype.
    const PROTOTYPE: Intrinsic;
    /// The name of their constructor, as messages have it.
    const NAME: &'static str;
}

/// An object of Temporal. Its value never changes.
#[repr(C)]
pub struct TemporalObject<T> {
    object: Object,
    /// The value.
    pub value: T,
}

// SAFETY: It begins with an object, which is visited; the value refers to no cells.
unsafe impl<T: TemporalValue> HeapCell for TemporalObject<T> {
    const KIND: CellKind = T::KIND;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace_object(tracer);
    }
}

impl<T: TemporalValue> Gc<TemporalObject<T>> {
    /// The object of a value.
    pub fn new(memory: &Memory, shape: Gc<Shape>, value: T) -> Self {
        const { assert!(!std::mem::needs_drop::<T>()) };
        let inside = usize::from(shape.layout().inline_slots) * size_of::<Value>();
        let object = TemporalObject { object: Object::new(shape), value };
        memory.allocate_object(object, shape, inside)
    }

    /// The object that it is.
    #[inline]
    pub fn as_object(self) -> Gc<Object> {
        // SAFETY: It begins with one.
        unsafe { self.cast() }
    }
}

/// Says of each type which objects it has.
macro_rules! temporal_values {
    ($($type:ident $kind:ident $prototype:ident)*) => {
        $(impl TemporalValue for $type {
            const KIND: CellKind = kinds::$kind;
            const PROTOTYPE: Intrinsic = Intrinsic::$prototype;
            const NAME: &'static str = concat!("Temporal.", stringify!($type));
        })*

        /// What the collector has to know about each kind.
        pub const TEMPORAL_TYPES: [(CellKind, CellType); 8] = [
            $((kinds::$kind, cell_type::<TemporalObject<$type>>(stringify!($type)))),*
        ];

        /// The size of objects of a kind of Temporal's.
        pub const fn temporal_size(kind: CellKind) -> Option<usize> {
            match kind {
                $(kinds::$kind => Some(size_of::<TemporalObject<$type>>()),)*
                _ => None,
            }
        }
    };
}

temporal_values! {
    PlainDate PLAIN_DATE PlainDatePrototype
    PlainTime PLAIN_TIME PlainTimePrototype
    PlainDateTime PLAIN_DATE_TIME PlainDateTimePrototype
    ZonedDateTime ZONED_DATE_TIME ZonedDateTimePrototype
    Duration DURATION DurationPrototype
    Instant INSTANT InstantPrototype
    PlainYearMonth PLAIN_YEAR_MONTH PlainYearMonthPrototype
    PlainMonthDay PLAIN_MONTH_DAY PlainMonthDayPrototype
}
