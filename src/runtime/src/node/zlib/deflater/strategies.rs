//! Which repetitions are taken.

use super::window::{LONGEST, LOOKAHEAD, SHORTEST};
use super::{Buffers, Deflater, Flush, Progress, Strategy};

/// A repetition of the least length is no gain from farther away.
const TOO_FAR: usize = 4096;

impl Deflater {
    /// Sees to it that there is enough to look at. Otherwise what to do: to go on with what
    /// there is (true), to close (false), or to leave.
    fn look_ahead(
        &mut self,
        buffers: &mut Buffers<'_>,
        flush: Flush,
        wanted: usize,
    ) -> Result<bool, Progress> {
        if self.window.ahead() < wanted {
            self.fill_window(buffers);
            if self.window.ahead() < wanted && flush == Flush::None {
                return Err(Progress::NeedMore);
            }
        }
        Ok(self.window.ahead() > 0)
    }

    /// Puts this place into the table, if enough follows: where the same may stand.
    fn candidate(&mut self) -> Option<usize> {
        if self.window.ahead() < SHORTEST {
            return None;
        }
        let at = self.window.at;
        let first = self.window.insert(at);
        (first != 0 && at - first <= self.window.reach()).then_some(first)
    }

    /// Levels 1 to 3: what is found is taken.
    pub(super) fn take_first_matches(
        &mut self,
        buffers: &mut Buffers<'_>,
        flush: Flush,
    ) -> Progress {
        loop {
            match self.look_ahead(buffers, flush, LOOKAHEAD) {
                Ok(true) => {}
                Ok(false) => break,
                Err(progress) => return progress,
            }
            if let Some(first) = self.candidate() {
                self.effort.length = self.effort.longest_match(&mut self.window, first);
            }
            let is_full;
            let length = self.effort.length;
            if length >= SHORTEST {
                let distance = self.window.at - self.window.match_start;
                is_full = self.block.add_match(length, distance);
                let from = self.window.at;
                self.window.advance(length);
                if length <= self.effort.lazy() && self.window.ahead() >= SHORTEST {
                    for place in from + 1..from + length {
                        self.window.insert(place);
                    }
                }
                self.effort.length = 0;
            } else {
                is_full = self.block.add_literal(self.window.bytes[self.window.at]);
                self.window.advance(1);
            }
            if is_full && !self.end_block(buffers, false) {
                return Progress::NeedMore;
            }
        }
        self.window.not_inserted = self.window.at.min(SHORTEST - 1);
        self.close_blocks(buffers, flush)
    }

    /// Levels 4 to 9: a repetition is taken unless a longer one begins a byte later.
    pub(super) fn weigh_matches(&mut self, buffers: &mut Buffers<'_>, flush: Flush) -> Progress {
        loop {
            match self.look_ahead(buffers, flush, LOOKAHEAD) {
                Ok(true) => {}
                Ok(false) => break,
                Err(progress) => return progress,
            }
            let candidate = self.candidate();
            self.effort.length_before = self.effort.length;
            let start_before = self.window.match_start;
            self.effort.length = SHORTEST - 1;
            if let Some(first) = candidate
                && self.effort.length_before < self.effort.lazy()
            {
                let length = self.effort.longest_match(&mut self.window, first);
                // Where no match was found, its start is that of an earlier one, and may lie
                // ahead since the window was moved: that counts as far.
                let distance = self.window.at.wrapping_sub(self.window.match_start);
                let is_poor = length <= 5
                    && (self.settings.strategy == Strategy::Filtered
                        || length == SHORTEST && distance > TOO_FAR);
                self.effort.length = if is_poor { SHORTEST - 1 } else { length };
            }
            let before = self.effort.length_before;
            if before >= SHORTEST && self.effort.length <= before {
                // Behind this, too little follows for the table.
                let last = self.window.at + self.window.ahead() - SHORTEST;
                let distance = (self.window.at - 1).wrapping_sub(start_before);
                let is_full = self.block.add_match(before, distance);
                for place in self.window.at + 1..self.window.at + before - 1 {
                    if place <= last {
                        self.window.insert(place);
                    }
                }
                self.window.advance(before - 1);
                self.effort.has_waiting = false;
                self.effort.length = SHORTEST - 1;
                // Only a lower level that follows sees this: any length is longer.
                self.effort.length_before = 0;
                if is_full && !self.end_block(buffers, false) {
                    return Progress::NeedMore;
                }
            } else if self.effort.has_waiting {
                let is_full = self.block.add_literal(self.window.bytes[self.window.at - 1]);
                if is_full {
                    self.end_block(buffers, false);
                }
                self.window.advance(1);
                if buffers.room() == 0 {
                    return Progress::NeedMore;
                }
            } else {
                self.effort.has_waiting = true;
                self.window.advance(1);
            }
        }
        if self.effort.has_waiting {
            self.block.add_literal(self.window.bytes[self.window.at - 1]);
            self.effort.has_waiting = false;
        }
        self.window.not_inserted = self.window.at.min(SHORTEST - 1);
        self.close_blocks(buffers, flush)
    }

    /// Only a byte's own repetition counts.
    pub(super) fn find_runs(&mut self, buffers: &mut Buffers<'_>, flush: Flush) -> Progress {
        loop {
            match self.look_ahead(buffers, flush, LONGEST + 1) {
                Ok(true) => {}
                Ok(false) => break,
                Err(progress) => return progress,
            }
            let (at, ahead) = (self.window.at, self.window.ahead());
            let mut length = 0;
            if ahead >= SHORTEST && at > 0 {
                let byte = self.window.bytes[at - 1];
                let next = &self.window.bytes[at..at + ahead.min(LONGEST)];
                length = next.iter().take_while(|it| **it == byte).count();
            }
            let is_full = if length >= SHORTEST {
                self.window.advance(length);
                self.block.add_match(length, 1)
            } else {
                self.window.advance(1);
                self.block.add_literal(self.window.bytes[at])
            };
            if is_full && !self.end_block(buffers, false) {
                return Progress::NeedMore;
            }
        }
        self.window.not_inserted = 0;
        self.close_blocks(buffers, flush)
    }

    /// Every byte stands for itself.
    pub(super) fn only_code(&mut self, buffers: &mut Buffers<'_>, flush: Flush) -> Progress {
        loop {
            match self.look_ahead(buffers, flush, 1) {
                Ok(true) => {}
                Ok(false) => break,
                Err(progress) => return progress,
            }
            let is_full = self.block.add_literal(self.window.bytes[self.window.at]);
            self.window.advance(1);
            if is_full && !self.end_block(buffers, false) {
                return Progress::NeedMore;
            }
        }
        self.window.not_inserted = 0;
        self.close_blocks(buffers, flush)
    }
}
