//! Which keys follow which in objects that have been read.
//!
//! Objects in a text look like those before them. A node of this tree stands for the keys
//! that an object has begun with; its children are the keys that have come next. So the
//! next key is guessed, and compared with the text where it stands: a guess that is right
//! costs a few comparisons, where else a string is made and looked up. The node at which
//! an object ends knows the object's shape.

use super::scan::Unit;
use crate::heap::{Gc, RootedVec};
use crate::object::{Attributes, Object, Shape};
use crate::string::{PropertyKey, Units};
use crate::value::Value;
use crate::vm::Vm;

/// The node of objects of which no key has been read.
pub(super) const ROOT: u32 = 0;

/// So many nodes at most: a text of which no two objects are alike shall not fill the
/// memory.
const MOST_NODES: usize = 4096;

/// Objects with more keys than this are rather maps, whose keys nobody can guess.
pub(super) const MOST_KEYS: u32 = 128;

/// So many children are guesses.
const GUESSES: usize = 4;

/// The number of places by which children that are no guesses are found.
const PLACES: usize = 1024;

#[derive(Clone, Copy)]
struct Node {
    parent: u32,
    /// The number of keys.
    depth: u32,
    /// Where the key and the quote behind it stand among the texts; its length is 0 if it
    /// cannot be compared with texts.
    text: u32,
    length: u32,
    /// What has followed. The root, which follows nothing, stands for none.
    guesses: [u32; GUESSES],
}

/// The tree. While it is in use it keeps keys and shapes alive.
pub(super) struct KeyTree {
    nodes: Vec<Node>,
    /// The last key of each node.
    keys: RootedVec<PropertyKey>,
    /// The shape of objects with the node's keys, or `EMPTY`.
    shapes: RootedVec<Value>,
    texts: Vec<u8>,
    places: Box<[u32; PLACES]>,
    /// The realm whose objects the shapes are for.
    realm: u64,
}

fn place(node: u32, key: PropertyKey) -> usize {
    let hash = (key.bits() >> 4 ^ u64::from(node) << 20).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    const { assert!(PLACES == 1 << 10) };
    (hash >> 54) as usize
}

impl KeyTree {
    pub(super) fn new(keys: RootedVec<PropertyKey>, shapes: RootedVec<Value>) -> Self {
        let places = Box::new([ROOT; PLACES]);
        Self { nodes: Vec::new(), keys, shapes, texts: Vec::new(), places, realm: 0 }
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        if !self.nodes.is_empty() {
            self.nodes.clear();
            self.keys.truncate(0);
            self.shapes.truncate(0);
            self.texts.clear();
            self.places.fill(ROOT);
        }
    }

    /// Has a root, for the objects of the machine's realm.
    pub(super) fn prepare(&mut self, vm: &Vm) {
        let realm = vm.realm().to_word();
        if self.realm != realm || self.nodes.len() >= MOST_NODES {
            self.clear();
            self.realm = realm;
        }
        if self.nodes.is_empty() {
            self.push(ROOT, 0, vm.memory.keys().undefined, None);
        }
    }

    fn push(&mut self, parent: u32, depth: u32, key: PropertyKey, text: Option<&[u8]>) -> u32 {
        let node = self.nodes.len() as u32;
        let start = self.texts.len() as u32;
        if let Some(text) = text {
            self.texts.extend_from_slice(text);
            self.texts.push(b'"');
        }
        let length = self.texts.len() as u32 - start;
        self.nodes.push(Node { parent, depth, text: start, length, guesses: [ROOT; GUESSES] });
        self.keys.push(key);
        self.shapes.push(Value::EMPTY);
        node
    }

    /// The child whose key begins at the next unit, if that can be guessed, and the length
    /// of the key with the quote behind it.
    #[inline(always)]
    pub(super) fn guess<U: Unit>(&self, node: u32, rest: &[U]) -> Option<(u32, usize)> {
        for child in self.nodes[node as usize].guesses {
            let known = &self.nodes[child as usize];
            let text = &self.texts[known.text as usize..][..known.length as usize];
            if !text.is_empty()
                && rest.len() >= text.len()
                && rest.iter().zip(text).all(|(unit, byte)| unit.wide() == u16::from(*byte))
            {
                return Some((child, text.len()));
            }
        }
        None
    }

    /// The child of a key; none if objects with such keys are to be made otherwise.
    pub(super) fn child(&mut self, vm: &Vm, node: u32, key: PropertyKey) -> Option<u32> {
        let place = place(node, key);
        let mut child = self.places[place];
        let is_it = |tree: &Self, child: u32| {
            tree.nodes[child as usize].parent == node && tree.keys.get(child as usize) == Some(key)
        };
        if child == ROOT || !is_it(self, child) {
            child = match self.nodes[node as usize].guesses.into_iter().find(|c| is_it(self, *c)) {
                Some(child) if child != ROOT => child,
                _ => self.add(vm, node, key)?,
            };
            self.places[place] = child;
        }
        // The last place is for what came last.
        let guesses = &mut self.nodes[node as usize].guesses;
        if !guesses.contains(&child) {
            let free = guesses.iter().position(|guess| *guess == ROOT).unwrap_or(GUESSES - 1);
            guesses[free] = child;
        }
        Some(child)
    }

    fn add(&mut self, vm: &Vm, node: u32, key: PropertyKey) -> Option<u32> {
        let depth = self.nodes[node as usize].depth + 1;
        if self.nodes.len() >= MOST_NODES || depth > MOST_KEYS {
            return None;
        }
        let name = key.as_name()?;
        // A key that comes again changes the property that is there.
        let mut at = node;
        while at != ROOT {
            if self.keys.get(at as usize) == Some(key) {
                return None;
            }
            at = self.nodes[at as usize].parent;
        }
        let is_plain = |unit: &u8| !matches!(unit, 0..0x20 | b'"' | b'\\');
        let text = match name.units(&vm.memory) {
            Units::Latin1(units) if units.iter().all(is_plain) => Some(units),
            _ => None,
        };
        Some(self.push(node, depth, key, text))
    }

    /// The keys of a node.
    pub(super) fn each_key(&self, node: u32, mut visit: impl FnMut(PropertyKey)) {
        let mut path = Vec::new();
        let mut at = node;
        while at != ROOT {
            path.push(at);
            at = self.nodes[at as usize].parent;
        }
        path.iter().rev().filter_map(|at| self.keys.get(*at as usize)).for_each(&mut visit);
    }

    /// The number of a node's keys.
    pub(super) fn depth(&self, node: u32) -> usize {
        self.nodes[node as usize].depth as usize
    }

    /// The shape of objects that have a node's keys.
    #[inline(always)]
    fn shape(&mut self, vm: &Vm, node: u32) -> Gc<Shape> {
        match self.shapes.get(node as usize).and_then(Value::downcast::<Shape>) {
            Some(shape) => shape,
            None => self.find_shape(vm, node),
        }
    }

    #[cold]
    fn find_shape(&mut self, vm: &Vm, node: u32) -> Gc<Shape> {
        let memory = &vm.memory;
        let mut shape = vm.realm().literal_shape(memory, self.depth(node));
        self.each_key(node, |key| {
            shape = memory.shapes().add(memory, shape, key, Attributes::DATA);
        });
        self.shapes.set(node as usize, Value::cell(shape));
        shape
    }

    /// An object with a node's keys and these values.
    #[inline(always)]
    pub(super) fn object(&mut self, vm: &Vm, node: u32, values: &[Value]) -> Gc<Object> {
        let shape = self.shape(vm, node);
        Gc::<Object>::with_values(&vm.memory, shape, values)
    }
}
