//! Methods of sets that take another set, or what is like one.
//! <https://tc39.es/ecma262/#sec-set-records>

use super::set::{put, this};
use super::{Entry, function};
use crate::heap::Gc;
use crate::internal_methods::IteratorRecord;
use crate::kinds;
use crate::object::Set;
use crate::operators::{as_object, is_callable, to_boolean, to_integer_or_infinity, to_number};
use crate::realm::Intrinsic;
use crate::value::Value;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("union", 1, union),
    function("intersection", 1, intersection),
    function("difference", 1, difference),
    function("symmetricDifference", 1, symmetric_difference),
    function("isSubsetOf", 1, is_subset_of),
    function("isSupersetOf", 1, is_superset_of),
    function("isDisjointFrom", 1, is_disjoint_from),
];

/// A Set Record (§24.2.1.1): another set as its methods show it.
struct Other {
    set: Value,
    size: f64,
    has: Value,
    keys: Value,
    /// It, if it is one of this engine's with a `has` of this engine's.
    own: Option<Gc<Set>>,
}

impl Other {
    /// `GetSetRecord` (§24.2.1.2)
    fn new(vm: &mut Vm, value: Value, method: &str) -> Completion<Self> {
        let Some(object) = as_object(value) else {
            return Err(
                vm.throw_type_error(&format!("Set.prototype.{method} argument must be an object"))
            );
        };
        let size = vm.get(object, vm.memory.literal_key("size"))?;
        let size = Value::number(to_number(vm, size)?);
        if size.as_number().is_some_and(f64::is_nan) {
            return Err(vm.throw_type_error("The .size property is NaN"));
        }
        let size = to_integer_or_infinity(vm, size)?;
        if size < 0.0 {
            return Err(vm.throw_range_error(&format!("'{size}' is an invalid size")));
        }
        let mut methods = [Value::UNDEFINED; 2];
        for (method, name) in methods.iter_mut().zip(["has", "keys"]) {
            *method = vm.get(object, vm.memory.key(name))?;
            if !is_callable(*method) {
                return Err(vm.throw_type_error(&format!("string \"{name}\" is not a function")));
            }
        }
        let [has, keys] = methods;
        let own = value
            .downcast()
            .filter(|_| vm.realm().find(Intrinsic::SetHas).map(Value::cell) == Some(has));
        Ok(Self { set: value, size, has, keys, own })
    }

    fn has(&self, vm: &mut Vm, element: Value) -> Completion<bool> {
        vm.heed_interrupt()?;
        match self.own {
            Some(own) => Ok(own.has(&vm.memory, element)),
            None => vm.call(self.has, self.set, &[element]).map(to_boolean),
        }
    }

    /// An iterator over its elements.
    fn elements(&self, vm: &mut Vm) -> Completion<IteratorRecord> {
        let iterator = vm.call(self.keys, self.set, &[])?;
        match as_object(iterator) {
            Some(iterator) => vm.get_iterator_direct(iterator),
            None => Err(vm.throw_type_error("Result of the keys method is not an object")),
        }
    }
}

/// `this`, and the argument.
fn both(vm: &mut Vm, arguments: Arguments<'_>, method: &str) -> Completion<(Gc<Set>, Other, bool)> {
    let set = this(vm, arguments, method)?;
    let other = Other::new(vm, arguments.get(0), method)?;
    let is_smaller = f64::from(set.len()) <= other.size;
    Ok((set, other, is_smaller))
}

fn empty(vm: &Vm) -> Gc<Set> {
    let prototype = vm.realm().get(Intrinsic::SetPrototype);
    let shape = vm.shape_for_prototype(Some(prototype), kinds::SET, 0);
    Gc::<Set>::new(&vm.memory, shape)
}

fn copy(vm: &Vm, set: Gc<Set>) -> Gc<Set> {
    let result = empty(vm);
    result.copy_entries(&vm.memory, set);
    result
}

/// `Set.prototype.union` (§24.2.4.16)
fn union(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (set, other, _) = both(vm, arguments, "union")?;
    let mut elements = other.elements(vm)?;
    let result = copy(vm, set);
    while let Some(element) = vm.iterator_step(&mut elements)? {
        put(vm, result, element)?;
    }
    Ok(Value::cell(result))
}

/// `Set.prototype.intersection` (§24.2.4.9)
fn intersection(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (set, other, is_smaller) = both(vm, arguments, "intersection")?;
    let result = empty(vm);
    if is_smaller {
        for (element, _) in set.cursor(&vm.memory) {
            if other.has(vm, element)? {
                put(vm, result, element)?;
            }
        }
        return Ok(Value::cell(result));
    }
    let mut elements = other.elements(vm)?;
    while let Some(element) = vm.iterator_step(&mut elements)? {
        if set.has(&vm.memory, element) {
            put(vm, result, element)?;
        }
    }
    Ok(Value::cell(result))
}

/// `Set.prototype.difference` (§24.2.4.5)
fn difference(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (set, other, is_smaller) = both(vm, arguments, "difference")?;
    let result = copy(vm, set);
    if is_smaller {
        for (element, _) in set.cursor(&vm.memory) {
            if other.has(vm, element)? {
                result.delete(&vm.memory, element);
            }
        }
        return Ok(Value::cell(result));
    }
    let mut elements = other.elements(vm)?;
    while let Some(element) = vm.iterator_step(&mut elements)? {
        result.delete(&vm.memory, element);
    }
    Ok(Value::cell(result))
}

/// `Set.prototype.symmetricDifference` (§24.2.4.15)
fn symmetric_difference(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (set, other, _) = both(vm, arguments, "symmetricDifference")?;
    let mut elements = other.elements(vm)?;
    let result = copy(vm, set);
    while let Some(element) = vm.iterator_step(&mut elements)? {
        // What this set has is asked now: `next` may have changed it.
        if set.has(&vm.memory, element) {
            result.delete(&vm.memory, element);
        } else {
            put(vm, result, element)?;
        }
    }
    Ok(Value::cell(result))
}

/// `Set.prototype.isSubsetOf` (§24.2.4.11)
fn is_subset_of(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (set, other, is_smaller) = both(vm, arguments, "isSubsetOf")?;
    if !is_smaller {
        return Ok(Value::FALSE);
    }
    for (element, _) in set.cursor(&vm.memory) {
        if !other.has(vm, element)? {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}

/// Whether an element of the other set is found for which `is_it`; then its iterator is
/// closed.
fn any(vm: &mut Vm, other: &Other, is_it: impl Fn(&Vm, Value) -> bool) -> Completion<bool> {
    let mut elements = other.elements(vm)?;
    while let Some(element) = vm.iterator_step(&mut elements)? {
        if is_it(vm, element) {
            vm.iterator_close(elements.iterator)?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// `Set.prototype.isSupersetOf` (§24.2.4.12)
fn is_superset_of(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (set, other, _) = both(vm, arguments, "isSupersetOf")?;
    if f64::from(set.len()) < other.size {
        return Ok(Value::FALSE);
    }
    let is_missing = any(vm, &other, |vm, element| !set.has(&vm.memory, element))?;
    Ok(Value::bool(!is_missing))
}

/// `Set.prototype.isDisjointFrom` (§24.2.4.10)
fn is_disjoint_from(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (set, other, is_smaller) = both(vm, arguments, "isDisjointFrom")?;
    if is_smaller {
        for (element, _) in set.cursor(&vm.memory) {
            if other.has(vm, element)? {
                return Ok(Value::FALSE);
            }
        }
        return Ok(Value::TRUE);
    }
    let is_shared = any(vm, &other, |vm, element| set.has(&vm.memory, element))?;
    Ok(Value::bool(!is_shared))
}
