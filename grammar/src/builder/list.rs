//! Side stacks: where lists wait until they are complete.
//!
//! A list grows while the automaton reads its items, and lists nest. Each kind of
//! item has one stack; a list is the part of it from its start, which is all that
//! the automaton carries. An inner list is finished, and so gone from the stack,
//! before the outer one goes on.

use std::cell::RefCell;

use bumpalo::Bump;

/// Where a list begins on its side stack.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListStart(u32);

impl ListStart {
    /// Where the outermost list begins.
    pub(crate) const BOTTOM: Self = Self(0);
}

/// The side stack of one kind of item.
pub(crate) struct Lists<T>(RefCell<Vec<T>>);

impl<T: Copy> Lists<T> {
    pub(crate) fn new() -> Self {
        Self(RefCell::new(Vec::new()))
    }

    /// An empty list.
    #[inline]
    pub(crate) fn start(&self) -> ListStart {
        ListStart(crate::source::as_u32(self.0.borrow().len()))
    }

    /// Whether a list has no items so far.
    #[inline]
    pub(crate) fn is_empty(&self, list: ListStart) -> bool {
        self.0.borrow().len() == list.0 as usize
    }

    /// Adds an item to a list.
    #[inline]
    pub(crate) fn push(&self, list: ListStart, item: impl Item<T>) -> ListStart {
        self.0.borrow_mut().push(item.get());
        list
    }

    /// Adds the last item, if there is one.
    #[inline]
    pub(crate) fn push_last(&self, list: ListStart, item: Option<impl Item<T>>) -> ListStart {
        if let Some(item) = item {
            self.push(list, item);
        }
        list
    }

    /// A list of one item.
    #[inline]
    pub(crate) fn first(&self, item: impl Item<T>) -> ListStart {
        let list = self.start();
        self.push(list, item)
    }

    /// A list of two items.
    #[inline]
    pub(crate) fn pair(&self, a: impl Item<T>, b: impl Item<T>) -> ListStart {
        let list = self.first(a);
        self.push(list, b)
    }

    /// Moves a complete list to the arena.
    #[inline]
    pub(crate) fn finish<'a>(&self, list: ListStart, arena: &'a Bump) -> &'a [T] {
        let mut stack = self.0.borrow_mut();
        let start = list.0 as usize;
        let items = arena.alloc_slice_copy(&stack[start..]);
        stack.truncate(start);
        items
    }
}

/// What can be pushed: an item, or a reference to one where the item is too large
/// to travel on the automaton's stack.
pub(crate) trait Item<T> {
    fn get(self) -> T;
}

impl<T> Item<T> for T {
    #[inline]
    fn get(self) -> T {
        self
    }
}

impl<T: Copy> Item<T> for &T {
    #[inline]
    fn get(self) -> T {
        *self
    }
}
