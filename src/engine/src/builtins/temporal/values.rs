//! Between the values of programs and those of the crate.

use temporal_rs::{MonthCode, TemporalResult, TinyAsciiStr};

use super::{OrThrow, range_error};
use crate::bigint::BigInt;
use crate::heap::Gc;
use crate::operators::to_number;
use crate::value::Value;
use crate::vm::{Completion, Vm};

/// What getters give.
pub(super) trait IntoValue {
    /// It as a value of a program's.
    fn into_value(self, vm: &Vm) -> Value;
}

macro_rules! numbers {
    ($($type:ty: $convert:expr),*) => {
        $(impl IntoValue for $type {
            fn into_value(self, _: &Vm) -> Value {
                Value::number($convert(self))
            }
        })*
    };
}

numbers! {
    u8: f64::from,
    u16: f64::from,
    i32: f64::from,
    f64: f64::from,
    i64: |number| number as f64,
    i128: |number| number as f64
}

impl IntoValue for bool {
    fn into_value(self, _: &Vm) -> Value {
        if self { Value::TRUE } else { Value::FALSE }
    }
}

impl IntoValue for &str {
    fn into_value(self, vm: &Vm) -> Value {
        Value::cell(vm.memory.string(self))
    }
}

impl IntoValue for String {
    fn into_value(self, vm: &Vm) -> Value {
        self.as_str().into_value(vm)
    }
}

impl IntoValue for MonthCode {
    fn into_value(self, vm: &Vm) -> Value {
        self.as_str().into_value(vm)
    }
}

impl<const N: usize> IntoValue for TinyAsciiStr<N> {
    fn into_value(self, vm: &Vm) -> Value {
        self.as_str().into_value(vm)
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self, vm: &Vm) -> Value {
        self.map_or(Value::UNDEFINED, |value| value.into_value(vm))
    }
}

/// An integer that programs have as a big one.
pub(super) struct Big(pub(super) i128);

impl IntoValue for Big {
    fn into_value(self, vm: &Vm) -> Value {
        Value::cell(Gc::<BigInt>::from_i128(&vm.memory, self.0))
    }
}

/// What getters give, or why they cannot.
pub(super) trait Answer {
    /// It as a value of a program's.
    fn answer(self, vm: &mut Vm) -> Completion;
}

impl<T: IntoValue> Answer for T {
    fn answer(self, vm: &mut Vm) -> Completion {
        Ok(self.into_value(vm))
    }
}

impl<T: IntoValue> Answer for TemporalResult<T> {
    fn answer(self, vm: &mut Vm) -> Completion {
        Ok(self.or_throw(vm)?.into_value(vm))
    }
}

/// A table of getters, each with what it asks of the value that `this` holds.
macro_rules! getters {
    ($class:ty: $($name:literal => $ask:expr,)*) => {
        &[$($crate::builtins::accessor(
            $name,
            |vm, arguments| {
                let this = $crate::builtins::temporal::this::<$class>(vm, arguments)?;
                $crate::builtins::temporal::values::Answer::answer(($ask)(&this), vm)
            },
            None,
        )),*]
    };
}
pub(super) use getters;

/// `ToIntegerWithTruncation`
pub(super) fn to_integer_with_truncation(vm: &mut Vm, value: Value) -> Completion<f64> {
    let number = to_number(vm, value)?;
    if !number.is_finite() {
        return Err(range_error(vm, "Expected finite integer."));
    }
    Ok(number.trunc() + 0.0)
}

/// `ToPositiveIntegerWithTruncation`
pub(super) fn to_positive_integer(vm: &mut Vm, value: Value) -> Completion<f64> {
    let number = to_integer_with_truncation(vm, value)?;
    if number <= 0.0 {
        return Err(range_error(vm, "Expected positive integer."));
    }
    Ok(number)
}

/// `ToIntegerIfIntegral`
pub(super) fn to_integer_if_integral(vm: &mut Vm, value: Value) -> Completion<f64> {
    let number = to_number(vm, value)?;
    if !number.is_finite() || number.trunc() != number {
        return Err(range_error(vm, "Expected finite integer."));
    }
    Ok(number + 0.0)
}

/// An integer for a parameter of a constructor's: what is out of the type's range becomes
/// its greatest number, which is out of the range of every field.
pub(super) fn field<T: TryFrom<i64>>(number: f64, greatest: T) -> T {
    T::try_from(number as i64).unwrap_or(greatest)
}

/// A big integer as one of the machine's, if it is small enough.
pub(super) fn to_i128(value: Gc<BigInt>) -> Option<i128> {
    let (low, high) = match *value.words() {
        [] => (0, 0),
        [low] => (low, 0),
        [low, high] => (low, high),
        _ => return None,
    };
    let magnitude = i128::try_from(u128::from(high) << 64 | u128::from(low)).ok()?;
    Some(if value.is_negative() { -magnitude } else { magnitude })
}
