//! Heap, strings and objects under random use, beside plain Rust models: with a
//! collection at every few allocations, and freed cells poisoned.

use std::collections::HashMap;

use axil_engine::heap::{Gc, Heap, RootedVec, Settings};
use axil_engine::kinds;
use axil_engine::object::{Attributes, Layout, Memory, Object, Shape, Shapes};
use axil_engine::string::{JsString, PropertyKey};
use axil_engine::value::Value;

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 16) as usize % limit
    }
}

fn stressed(every: u32) -> Memory {
    Memory::new(Settings { stress: Some(every), ..Settings::default() })
}

fn object_layout(inline_slots: u16) -> Layout {
    Layout { kind: kinds::OBJECT, inline_offset: size_of::<Object>() as u16, inline_slots }
}

fn empty_shape(memory: &Memory) -> Gc<Shape> {
    Shapes::root(memory, object_layout(2), None)
}

#[test]
fn strings_are_what_they_are_made_of() {
    for stress in [1, 7] {
        let memory = stressed(stress);
        memory.enter(|| strings_beside_vectors(&memory, &mut Random(stress.into())));
    }
}

fn strings_beside_vectors(memory: &Memory, random: &mut Random) {
    const STRINGS: usize = 24;
    let mut strings: RootedVec<Gc<JsString>> = memory.rooted_vec();
    let mut models: Vec<Vec<u16>> = Vec::new();
    for _ in 0..STRINGS {
        strings.push(memory.string(""));
        models.push(Vec::new());
    }
    for _ in 0..4000 {
        let (a, b, to) = (random.below(STRINGS), random.below(STRINGS), random.below(STRINGS));
        let (one, other) = (strings.get(a).expect("there"), strings.get(b).expect("there"));
        let (string, model) = match random.below(6) {
            0 => {
                let mask = if random.below(4) == 0 { 0xFFFF } else { 0xFF };
                let units: Vec<u16> =
                    (0..random.below(40)).map(|_| random.next() as u16 & mask).collect();
                (Gc::<JsString>::from_utf16(memory, &units), units)
            }
            // Appending again and again is what programs do.
            1..=3 if models[a].len() + models[b].len() < 5000 => (
                one.concat(memory, other).expect("short enough"),
                [&models[a][..], &models[b][..]].concat(),
            ),
            4 => {
                let string = memory.intern(one);
                assert!(string.is_interned());
                (string, models[a].clone())
            }
            _ => {
                let end = random.below(models[a].len() + 1);
                let start = random.below(end + 1);
                (one.substring(memory, start as u32, end as u32), models[a][start..end].to_vec())
            }
        };
        assert_eq!(string.len() as usize, model.len());
        if random.below(3) == 0 {
            assert_eq!(string.units(memory).to_utf16(), model);
        }
        assert_eq!(one.equals(memory, other), models[a] == models[b]);
        strings.set(to, string);
        models[to] = model;
    }
    for (n, model) in models.iter().enumerate() {
        let string = strings.get(n).expect("there");
        assert_eq!(&string.units(memory).to_utf16(), model);
        let again = memory.intern(Gc::<JsString>::from_utf16(memory, model));
        assert_eq!(memory.intern(string), again);
    }
}

#[test]
fn objects_keep_their_properties() {
    for stress in [1, 5, 100] {
        let memory = stressed(stress);
        memory.enter(|| objects_beside_maps(&memory, &mut Random(stress.into())));
    }
}

fn objects_beside_maps(memory: &Memory, random: &mut Random) {
    const OBJECTS: usize = 8;
    const KEYS: usize = 60;
    let mut objects: RootedVec<Gc<Object>> = memory.rooted_vec();
    let mut models: Vec<HashMap<usize, i32>> = vec![HashMap::new(); OBJECTS];
    let shape = empty_shape(memory);
    for _ in 0..OBJECTS {
        objects.push(Gc::<Object>::ordinary(memory, shape));
    }
    let key = |n: usize| memory.key(&format!("property {n}"));
    for step in 0..6000 {
        let (which, n) = (random.below(OBJECTS), random.below(KEYS));
        let object = objects.get(which).expect("there");
        match (random.below(8), object.own_property(memory, key(n))) {
            (0, _) if step % 50 == 0 => {
                objects.set(which, Gc::<Object>::ordinary(memory, shape));
                models[which].clear();
            }
            (1, Some(_)) => {
                object.remove_property(memory, key(n));
                models[which].remove(&n);
            }
            (2, Some(property)) => {
                let attributes = property.attributes ^ Attributes::ENUMERABLE;
                object.set_attributes(memory, key(n), attributes);
            }
            (_, Some(property)) => {
                object.set_slot(memory, property.slot, Value::int(step));
                models[which].insert(n, step);
            }
            (_, None) => {
                // A number on the heap: its string has to survive too.
                let value = Value::int(step);
                object.add_property(memory, key(n), value, Attributes::DATA);
                models[which].insert(n, step);
            }
        }
    }
    for (which, model) in models.iter().enumerate() {
        let object = objects.get(which).expect("there");
        assert_eq!(object.shape(memory).property_count(), model.len());
        for n in 0..KEYS {
            let found = object
                .own_property(memory, key(n))
                .map(|property| object.get_slot(memory, property.slot));
            assert_eq!(found, model.get(&n).copied().map(Value::int));
        }
    }
}

#[test]
fn elements_are_dense_or_sparse_and_the_same() {
    let memory = stressed(9);
    memory.enter(|| {
        let mut random = Random(3);
        for far in [40, 5000, 4_000_000_000] {
            let object = Gc::<Object>::ordinary(&memory, empty_shape(&memory));
            let mut model = HashMap::new();
            for step in 0..300 {
                let index = random.below(far) as u32;
                let there = !object.element(index).is_empty()
                    || object.sparse_property(&memory, index).is_some();
                assert_eq!(there, model.contains_key(&index));
                if there && random.below(2) == 0 {
                    object.remove_element(&memory, index);
                    model.remove(&index);
                } else if !there {
                    object.add_element(&memory, index, Value::int(step), Attributes::DATA);
                    model.insert(index, step);
                }
            }
            for (index, step) in model {
                let value = match object.sparse_property(&memory, index) {
                    Some(property) => object.get_slot(&memory, property.slot),
                    None => object.element(index),
                };
                assert_eq!(value, Value::int(step));
            }
        }
    });
}

#[test]
fn objects_made_alike_share_their_shape() {
    let memory = Memory::new(Settings::default());
    memory.enter(|| {
        let shape = empty_shape(&memory);
        let make = |keys: &[&str]| {
            let object = Gc::<Object>::ordinary(&memory, shape);
            for key in keys {
                object.add_property(&memory, memory.key(key), Value::NULL, Attributes::DATA);
            }
            object.shape(&memory)
        };
        assert!(make(&["a", "b", "c"]) == make(&["a", "b", "c"]));
        assert!(make(&["a", "b"]) != make(&["b", "a"]));
        let mut order = Vec::new();
        make(&["z", "a", "m"]).each_property(|key, _| {
            order.push(key.as_name().map(|name| name.to_rust(&memory)));
        });
        assert_eq!(order, ["z", "a", "m"].map(|name| Some(name.to_owned())));
    });
}

#[test]
fn indices_are_no_names() {
    let memory = Memory::new(Settings::default());
    memory.enter(|| {
        for (text, index) in [
            ("0", Some(0)),
            ("10", Some(10)),
            ("4294967294", Some(4_294_967_294)),
            ("4294967295", None),
            ("01", None),
            ("", None),
            ("-1", None),
            ("1.0", None),
        ] {
            assert_eq!(memory.key(text).as_index(), index, "{text}");
        }
        assert!(memory.key("a") == memory.key("a"));
        assert!(memory.key("7") == PropertyKey::index(7));
    });
}

/// A list of `length` objects, each of which refers to the next.
fn list(memory: &Memory, shape: Gc<Shape>, key: PropertyKey, length: usize) -> Gc<Object> {
    let mut first = Gc::<Object>::ordinary(memory, shape);
    for _ in 1..length {
        let next = Gc::<Object>::ordinary(memory, shape);
        next.add_property(memory, key, Value::cell(first), Attributes::DATA);
        first = next;
    }
    first
}

fn list_length(memory: &Memory, key: PropertyKey, mut at: Gc<Object>) -> usize {
    let mut length = 1;
    while let Some(property) = at.own_property(memory, key) {
        at = at.get_slot(memory, property.slot).downcast().expect("an object");
        length += 1;
    }
    length
}

#[test]
fn what_is_dead_is_used_again() {
    let memory = Memory::new(Settings::default());
    memory.enter(|| {
        let (shape, key) = (empty_shape(&memory), memory.key("next"));
        let kept = list(&memory, shape, key, 10_000);
        for _ in 0..400 {
            assert_eq!(list_length(&memory, key, list(&memory, shape, key, 1000)), 1000);
        }
        let large = memory.string(&"x".repeat(1 << 20));
        for _ in 0..100 {
            let other = memory.string(&"y".repeat(1 << 20));
            assert_eq!(other.len(), large.len());
        }
        assert_eq!(list_length(&memory, key, kept), 10_000);
        assert_eq!(large.unit_at(&memory, 1 << 19), u16::from(b'x'));
        let statistics = memory.statistics();
        assert!(statistics.minor_collections > 3, "{statistics:?}");
        assert!(statistics.allocated > 100 << 20, "{statistics:?}");
        assert!(statistics.committed < 40 << 20, "{statistics:?}");
    });
}

#[test]
fn old_objects_keep_young_ones() {
    let memory = stressed(3);
    memory.enter(|| {
        let (shape, key) = (empty_shape(&memory), memory.key("next"));
        let old = Gc::<Object>::ordinary(&memory, shape);
        old.add_property(&memory, key, Value::NULL, Attributes::DATA);
        let slot = old.own_property(&memory, key).expect("there").slot;
        for round in 1..200 {
            let young = list(&memory, shape, key, round % 7 + 1);
            old.set_slot(&memory, slot, Value::cell(young));
            assert_eq!(list_length(&memory, key, old), round % 7 + 2);
        }
    });
}

#[test]
fn roots_keep_cells_alive_without_the_stack() {
    let memory = stressed(1);
    let root = memory.enter(|| memory.root(memory.string("kept alive by a root")));
    memory.enter(|| {
        for n in 0..1000 {
            memory.string(&format!("garbage number {n}"));
        }
        assert_eq!(root.get().to_rust(&memory), "kept alive by a root");
    });
}

#[test]
fn the_limit_is_told_before_it_is_passed() {
    let memory = Memory::new(Settings { limit: 8 << 20, ..Settings::default() });
    let heap: &Heap = &memory;
    assert!(!heap.would_exceed_limit(4 << 20));
    assert!(heap.would_exceed_limit(9 << 20));
}
