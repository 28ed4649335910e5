//! A stack that allocates only when it grows past a fixed size.

/// A stack of small values. The first `N` live inside it; when there are more,
/// all of them move to the heap, so that [`as_slice`](Self::as_slice) always
/// has one piece to show.
pub(super) struct InlineStack<T, const N: usize> {
    inline: [T; N],
    len: usize,
    spilled: Vec<T>,
}

impl<T: Copy + Default, const N: usize> InlineStack<T, N> {
    pub(super) fn new() -> Self {
        Self { inline: [T::default(); N], len: 0, spilled: Vec::new() }
    }

    pub(super) fn push(&mut self, value: T) {
        if !self.spilled.is_empty() {
            self.spilled.push(value);
        } else if self.len < N {
            self.inline[self.len] = value;
            self.len += 1;
        } else {
            self.spilled.reserve(2 * N);
            self.spilled.extend_from_slice(&self.inline);
            self.spilled.push(value);
            self.len = 0;
        }
    }

    pub(super) fn pop(&mut self) -> Option<T> {
        if self.spilled.is_empty() {
            self.len = self.len.checked_sub(1)?;
            Some(self.inline[self.len])
        } else {
            self.spilled.pop()
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }

    /// Everything on the stack, the bottom first.
    pub(super) fn as_slice(&self) -> &[T] {
        if self.spilled.is_empty() { &self.inline[..self.len] } else { &self.spilled }
    }
}
