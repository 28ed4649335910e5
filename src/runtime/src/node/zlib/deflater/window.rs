//! The window: the input that repetitions may refer to, and that which is looked at.
//!
//! It has twice the size that references reach back. When the second half has been looked
//! at, it becomes the first one. Places of four bytes are found through a table of hashes:
//! it gives the last place with a hash, from which a chain leads to those before.

/// The longest repetition, and the shortest.
pub(super) const LONGEST: usize = 258;
pub(super) const SHORTEST: usize = 3;

/// So much input must be there, unless it ends, for a repetition to be looked for.
pub(super) const LOOKAHEAD: usize = LONGEST + SHORTEST + 1;

/// Bytes behind the window that hashing may read.
const PADDING: usize = 8;

pub(super) struct Window {
    pub(super) size: usize,
    pub(super) bytes: Vec<u8>,
    /// The place that is looked at.
    pub(super) at: usize,
    /// How much there is from there on.
    ahead: usize,
    /// Where the block begins that is open: before the window if that has moved on since.
    pub(super) block_start: isize,
    /// So many places before this one have not been put into the table.
    pub(super) not_inserted: usize,
    /// Up to here bytes have been written or cleared.
    pub(super) clean_until: usize,
    /// The last place of each hash, and the one before each place. Place 0 is none.
    head: Vec<u16>,
    previous: Vec<u16>,
    /// Where the last repetition was found: it moves with the window.
    pub(super) match_start: usize,
    /// How often the window has moved while the table was not kept, two at most.
    pub(super) missed_slides: u8,
}

impl Window {
    pub(super) fn new(bits: u8, memory_level: u8) -> Self {
        let size = 1 << bits;
        // More memory makes fewer collisions; with little, the table has this size at least.
        let hash_bits = (u32::from(memory_level) + 7).max(15);
        Self {
            size,
            bytes: vec![0; 2 * size + PADDING],
            at: 0,
            ahead: 0,
            block_start: 0,
            not_inserted: 0,
            clean_until: 0,
            head: vec![0; 1 << hash_bits],
            previous: vec![0; size],
            match_start: 0,
            missed_slides: 0,
        }
    }

    pub(super) fn ahead(&self) -> usize {
        self.ahead
    }

    /// How far back references reach.
    pub(super) fn reach(&self) -> usize {
        self.size - LOOKAHEAD
    }

    fn capacity(&self) -> usize {
        2 * self.size
    }

    /// Goes on by so many bytes.
    pub(super) fn advance(&mut self, count: usize) {
        self.at += count;
        self.ahead -= count;
    }

    /// A hash of the four bytes at a place.
    fn hash(&self, place: usize) -> usize {
        // There are more bytes behind every place than that.
        let bytes = self.bytes[place..].first_chunk().copied().unwrap_or_default();
        hash_of(u32::from_le_bytes(bytes)) as usize & (self.head.len() - 1)
    }

    /// Puts a place into the table: the last one before with the same hash, or 0.
    pub(super) fn insert(&mut self, place: usize) -> usize {
        let hash = self.hash(place);
        let before = std::mem::replace(&mut self.head[hash], place as u16);
        self.previous[place & (self.size - 1)] = before;
        usize::from(before)
    }

    /// The place before another one in its chain.
    pub(super) fn before(&self, place: usize) -> usize {
        usize::from(self.previous[place & (self.size - 1)])
    }

    /// Reads input until there is enough to look at, or none left: how much it has taken.
    pub(super) fn fill(&mut self, input: &[u8]) -> usize {
        let mut taken = 0;
        loop {
            let mut room = self.capacity() - self.ahead - self.at;
            if self.at >= self.size + self.reach() {
                let used = self.size - room.min(self.size);
                self.bytes.copy_within(self.size..self.size + used, 0);
                // One at the very edge may now lie one byte before the window.
                self.match_start = self.match_start.wrapping_sub(self.size);
                self.at -= self.size;
                self.block_start -= self.size as isize;
                self.not_inserted = self.not_inserted.min(self.at);
                self.slide_table();
                room += self.size;
            }
            let rest = &input[taken..];
            if rest.is_empty() {
                break;
            }
            let count = room.min(rest.len());
            let from = self.at + self.ahead;
            self.bytes[from..from + count].copy_from_slice(&rest[..count]);
            self.ahead += count;
            taken += count;
            self.insert_missing();
            if self.ahead >= LOOKAHEAD || taken == input.len() {
                break;
            }
        }
        self.clear_ahead();
        taken
    }

    /// Puts places into the table that could not be before, for too little followed them.
    fn insert_missing(&mut self) {
        let mut place = self.at - self.not_inserted;
        while self.not_inserted > 0 && self.ahead + self.not_inserted > SHORTEST {
            self.insert(place);
            place += 1;
            self.not_inserted -= 1;
        }
    }

    /// Clears what is behind the input as far as comparisons may read.
    fn clear_ahead(&mut self) {
        let end = self.at + self.ahead;
        let until = (end + LONGEST).min(self.capacity());
        let from = self.clean_until.max(end);
        if from < until {
            self.bytes[from..until].fill(0);
        }
        self.clean_until = self.clean_until.max(until);
    }

    fn slide_table(&mut self) {
        let size = self.size as u16;
        // A window of 2^15 bytes has places up to 2^16 only.
        for place in self.head.iter_mut().chain(&mut self.previous) {
            *place = place.saturating_sub(size);
        }
    }

    /// Moves on by its size, and leaves the table for later.
    pub(super) fn slide_unseen(&mut self) {
        self.at -= self.size;
        self.bytes.copy_within(self.size..self.size + self.at, 0);
        self.missed_slides = (self.missed_slides + 1).min(2);
        self.not_inserted = self.not_inserted.min(self.at);
    }

    /// Empties the table, and lets the window begin anew if nothing is in it that has not
    /// been looked at.
    pub(super) fn forget(&mut self) {
        self.head.fill(0);
        if self.ahead == 0 {
            self.at = 0;
            self.block_start = 0;
            self.not_inserted = 0;
        }
    }

    /// The bytes of the block that is open, if they are still there.
    pub(super) fn block(&self) -> RawBlock<'_> {
        let length = (self.at as isize - self.block_start) as usize;
        let start = usize::try_from(self.block_start).ok();
        RawBlock { length, bytes: start.map(|start| &self.bytes[start..self.at]) }
    }

    pub(super) fn begin_block(&mut self) {
        self.block_start = self.at as isize;
    }

    /// Takes a dictionary as if it had been compressed.
    pub(super) fn preset(&mut self, dictionary: &[u8]) {
        let tail = &dictionary[dictionary.len().saturating_sub(self.size)..];
        let mut taken = self.fill(tail);
        while self.ahead >= SHORTEST {
            let count = self.ahead - (SHORTEST - 1);
            for place in self.at..self.at + count {
                self.insert(place);
            }
            self.advance(count);
            taken += self.fill(&tail[taken..]);
        }
        self.not_inserted = self.ahead;
        self.advance(self.ahead);
        self.block_start = self.at as isize;
    }

    /// Brings the table up to date after the window has moved without it.
    pub(super) fn catch_up(&mut self) {
        match std::mem::take(&mut self.missed_slides) {
            0 => {}
            1 => self.slide_table(),
            _ => self.head.fill(0),
        }
    }
}

/// A block as it stands in the input.
#[derive(Clone, Copy)]
pub(super) struct RawBlock<'w> {
    pub(super) length: usize,
    /// None if the window has moved on.
    pub(super) bytes: Option<&'w [u8]>,
}

/// A hash of four bytes: zlib's multiplier, and the upper bits.
fn hash_of(word: u32) -> u32 {
    const MULTIPLIER: u32 = 66521;
    word.wrapping_mul(MULTIPLIER).wrapping_add(MULTIPLIER) >> 16
}
