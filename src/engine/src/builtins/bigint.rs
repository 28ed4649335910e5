//! The `BigInt` constructor. <https://tc39.es/ecma262/#sec-bigint-objects>

use dashu_int::IBig;

use super::{Entry, add_entries, constructor, define_tag, function, this_primitive};
use crate::bigint::{self, BigInt};
use crate::heap::Gc;
use crate::object::Object;
use crate::operators::{
    Hint, bigint_to_string, number_to_string, to_bigint, to_index, to_integer_or_infinity,
    to_primitive,
};
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

const BIGINT: &[Entry] = &[
    function("asUintN", 2, |vm, arguments| narrow(vm, arguments, bigint::as_uint)),
    function("asIntN", 2, |vm, arguments| narrow(vm, arguments, bigint::as_int)),
];

const PROTOTYPE: &[Entry] = &[
    function("toLocaleString", 0, to_locale_string),
    function("toString", 0, to_string),
    function("valueOf", 0, |vm, arguments| this_bigint(vm, arguments, "valueOf").map(Value::cell)),
];

pub(super) fn install(vm: &Vm, global: Gc<Object>) {
    let intrinsic = Intrinsic::BigIntPrototype;
    constructor(vm, global, ("BigInt", 1, construct), intrinsic, BIGINT);
    let prototype = vm.realm().get(intrinsic);
    add_entries(vm, prototype, PROTOTYPE);
    define_tag(vm, prototype, "BigInt");
}

/// `BigInt ( value )` (§21.2.1.1)
fn construct(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    if !arguments.new_target().is_undefined() {
        return Err(vm.throw_type_error("BigInt is not a constructor"));
    }
    let primitive = to_primitive(vm, arguments.get(0), Hint::Number)?;
    let Some(number) = primitive.as_number() else {
        return to_bigint(vm, primitive).map(Value::cell);
    };
    if let Some(int) = primitive.as_int() {
        return Ok(Value::cell(Gc::<BigInt>::from_i128(&vm.memory, int.into())));
    }
    // `NumberToBigInt` (§21.2.1.1.1)
    match IBig::try_from(number) {
        Ok(value) if number.fract() == 0.0 => {
            Ok(Value::cell(Gc::<BigInt>::from_big(&vm.memory, &value)))
        }
        _ => {
            let text = number_to_string(number);
            Err(vm.throw_range_error(&format!(
                "The number {text} cannot be converted to a BigInt because it is not an integer"
            )))
        }
    }
}

/// `BigInt.asIntN` (§21.2.2.1) and `BigInt.asUintN` (§21.2.2.2)
fn narrow(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    to_bits: fn(&mut Vm, u64, Gc<BigInt>) -> Completion,
) -> Completion {
    let message = "Invalid value: not (convertible to) a safe integer";
    let bits = to_index(vm, arguments.get(0), message)?;
    let value = to_bigint(vm, arguments.get(1))?;
    to_bits(vm, bits, value)
}

/// `ThisBigIntValue` (§21.2.3.4.1)
fn this_bigint(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<Gc<BigInt>> {
    this_primitive(arguments).downcast().ok_or_else(|| {
        vm.throw_type_error(&format!("BigInt.prototype.{method} requires that 'this' be a BigInt"))
    })
}

/// `BigInt.prototype.toString` (§21.2.3.3)
fn to_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let value = this_bigint(vm, arguments, "toString")?;
    let radix = match arguments.get(0) {
        Value::UNDEFINED => 10.0,
        radix => to_integer_or_infinity(vm, radix)?,
    };
    if !(2.0..=36.0).contains(&radix) {
        let message = "toString() radix argument must be between 2 and 36";
        return Err(vm.throw_range_error(message));
    }
    bigint_to_string(vm, value, radix as u32).map(Value::cell)
}

/// `BigInt.prototype.toLocaleString` (§21.2.3.2)
fn to_locale_string(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let value = this_bigint(vm, arguments, "toLocaleString")?;
    super::number_locale::bigint_text(vm, arguments, &bigint::to_text(value, 10))
}
