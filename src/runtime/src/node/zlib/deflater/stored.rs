//! Level 0: blocks that bring their bytes as they are, straight from input to output where
//! there is room.

use super::{Buffers, Deflater, Flush, Progress};

/// A block's length has sixteen bits.
const LONGEST_BLOCK: usize = 65535;

impl Deflater {
    pub(super) fn store(&mut self, buffers: &mut Buffers<'_>, flush: Flush) -> Progress {
        let input_before = buffers.input;
        if self.store_directly(buffers, flush) {
            self.keep_in_window(input_before, buffers);
            return Progress::FinishDone;
        }
        self.keep_in_window(input_before, buffers);
        let waits = (self.window.at as isize - self.window.block_start) as usize;
        if !matches!(flush, Flush::None | Flush::Finish) && buffers.input.is_empty() && waits == 0 {
            return Progress::BlockDone;
        }
        self.read_into_window(buffers);
        // What could not go straight to the output goes there through the window, if it is
        // worth a block, or has to.
        let head = self.head_size();
        let most = (self.block.capacity - head).min(LONGEST_BLOCK);
        let waits = (self.window.at as isize - self.window.block_start) as usize;
        let has_to = (waits > 0 || flush == Flush::Finish)
            && flush != Flush::None
            && buffers.input.is_empty()
            && waits <= most;
        let mut is_last = false;
        if waits >= most.min(self.window.size) || has_to {
            let length = waits.min(most);
            is_last = flush == Flush::Finish && buffers.input.is_empty() && length == waits;
            let start = self.window.block_start as usize;
            self.block.stored(&self.window.bytes[start..start + length], is_last);
            self.window.block_start += length as isize;
            self.write_pending(buffers);
        }
        if is_last { Progress::FinishStarted } else { Progress::NeedMore }
    }

    /// How many bytes the head of a block takes, with the bits before it.
    fn head_size(&mut self) -> usize {
        (self.block.open_bits() + 42) >> 3
    }

    /// Writes as long as blocks are worth it, or are all that is left. Whether the last one
    /// of all has been written.
    fn store_directly(&mut self, buffers: &mut Buffers<'_>, flush: Flush) -> bool {
        let worthy = (self.block.capacity - 5).min(self.window.size);
        loop {
            let head = self.head_size();
            if buffers.room() < head {
                return false;
            }
            let start = self.window.block_start as usize;
            let waits = self.window.at - start;
            let all = waits + buffers.input.len();
            let mut length = all.min(LONGEST_BLOCK).min(buffers.room() - head);
            let is_vain = length == 0 && flush != Flush::Finish;
            if length < worthy && (is_vain || flush == Flush::None || length != all) {
                return false;
            }
            let is_last = flush == Flush::Finish && length == all;
            self.block.stored_head(length, is_last);
            self.write_pending(buffers);
            let from_window = waits.min(length);
            buffers.put(&self.window.bytes[start..start + from_window]);
            self.window.block_start += from_window as isize;
            length -= from_window;
            let (direct, rest) = buffers.input.split_at(length);
            buffers.put(direct);
            self.note_read(direct);
            buffers.input = rest;
            if is_last {
                return true;
            }
        }
    }

    /// Keeps the end of what went straight to the output, for another level may follow.
    fn keep_in_window(&mut self, before: &[u8], buffers: &Buffers<'_>) {
        let used = &before[..before.len() - buffers.input.len()];
        let window = &mut self.window;
        if !used.is_empty() {
            if used.len() >= window.size {
                window.missed_slides = 2;
                let tail = &used[used.len() - window.size..];
                window.bytes[..window.size].copy_from_slice(tail);
                window.at = window.size;
                window.not_inserted = window.at;
            } else {
                if 2 * window.size - window.at <= used.len() {
                    window.slide_unseen();
                }
                let at = window.at;
                window.bytes[at..at + used.len()].copy_from_slice(used);
                window.at += used.len();
                window.not_inserted += used.len().min(window.size - window.not_inserted);
            }
            window.block_start = window.at as isize;
        }
        window.clean_until = window.clean_until.max(window.at);
    }

    /// Reads what is left of the input into the window.
    fn read_into_window(&mut self, buffers: &mut Buffers<'_>) {
        let window = &mut self.window;
        let mut room = 2 * window.size - window.at;
        if buffers.input.len() > room && window.block_start >= window.size as isize {
            window.block_start -= window.size as isize;
            window.slide_unseen();
            room += window.size;
        }
        let count = room.min(buffers.input.len());
        let (read, rest) = buffers.input.split_at(count);
        let at = window.at;
        window.bytes[at..at + count].copy_from_slice(read);
        window.at += count;
        window.not_inserted += count.min(window.size - window.not_inserted);
        window.clean_until = window.clean_until.max(window.at);
        buffers.input = rest;
        self.note_read(read);
    }
}
