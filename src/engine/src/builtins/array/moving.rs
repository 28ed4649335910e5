//! Elements that are moved all at once, where nobody can see how.

use super::dense_elements;
use crate::heap::Gc;
use crate::object::{Elements, MOST_VALUES, Object};
use crate::vm::Vm;

impl Vm {
    /// Puts `added` elements, which the caller is to write, in the place of `removed` ones
    /// of an array, from `start` on, and changes its length. None, and nothing done, if a
    /// step of it may be seen: by a prototype that is asked for what is not there, or
    /// because elements or length may not be changed. The
    /// collector has been told of what is written.
    pub(super) fn make_room(
        &self,
        object: Gc<Object>,
        start: u32,
        removed: u32,
        added: u32,
    ) -> Option<Gc<Elements>> {
        let array = self.growable(object)?;
        let (_, mut elements) = dense_elements(object)?;
        let length = array.length.get();
        let kept = length.checked_sub(start.checked_add(removed)?)?;
        let new_length = (length - removed).checked_add(added)?;
        if elements.length() != length || new_length > MOST_VALUES {
            return None;
        }
        if new_length > elements.capacity() {
            let wanted = new_length.max(length + length / 2).min(MOST_VALUES);
            object.reserve_elements(&self.memory, wanted);
            elements = object.elements()?;
        }
        elements.set_length(length.max(new_length));
        elements.move_within(&self.memory, start + removed, start + added, kept);
        elements.set_length(new_length);
        array.length.set(new_length);
        Some(elements)
    }
}
