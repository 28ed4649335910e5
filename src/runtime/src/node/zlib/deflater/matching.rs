//! The search for repetitions, and how much of it a level wants.

use super::window::{LONGEST, SHORTEST, Window};

/// What a level does for a good result.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// With a repetition of this length in hand a quarter of the effort is enough.
    good: u16,
    /// With one of this length, none better is looked for at the next place. Of the lower
    /// levels: inside longer ones places are not put into the table.
    lazy: u16,
    /// One of this length ends the search.
    nice: u16,
    /// So many places are looked at.
    chain: u16,
}

const fn limits(good: u16, lazy: u16, nice: u16, chain: u16) -> Limits {
    Limits { good, lazy, nice, chain }
}

/// By level: zlib's.
const LEVELS: [Limits; 10] = [
    limits(0, 0, 0, 0),
    limits(4, 4, 8, 4),
    limits(4, 5, 16, 8),
    limits(4, 6, 32, 32),
    limits(4, 4, 16, 16),
    limits(8, 16, 32, 32),
    limits(8, 16, 128, 128),
    limits(8, 32, 128, 256),
    limits(32, 128, 258, 1024),
    limits(32, 258, 258, 4096),
];

/// The state of the search.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    limits: Limits,
    /// The length of the repetition at this place, and of that at the place before.
    pub(super) length: usize,
    pub(super) length_before: usize,
    /// The byte before waits: it is a literal if what begins here is longer.
    pub(super) has_waiting: bool,
}

impl Effort {
    pub(super) fn of(level: i32) -> Self {
        Self {
            limits: LEVELS[level as usize],
            length: SHORTEST - 1,
            length_before: SHORTEST - 1,
            has_waiting: false,
        }
    }

    pub(super) fn set_level(&mut self, level: i32) {
        self.limits = LEVELS[level as usize];
    }

    pub(super) fn lazy(&self) -> usize {
        usize::from(self.limits.lazy)
    }

    /// Nothing has been found.
    pub(super) fn forget(&mut self) {
        self.length = SHORTEST - 1;
        self.length_before = SHORTEST - 1;
        self.has_waiting = false;
    }

    /// The length of the longest repetition, from a place in the table on, which is longer
    /// than that of the place before; where it begins is noted in the window. If there is
    /// none, the length before.
    pub(super) fn longest_match(&self, window: &mut Window, first: usize) -> usize {
        let at = window.at;
        let limit = at.saturating_sub(window.reach());
        let nice = usize::from(self.limits.nice).min(window.ahead());
        let mut chain = self.limits.chain;
        if self.length_before >= usize::from(self.limits.good) {
            chain >>= 2;
        }
        let mut best = self.length_before;
        let mut place = first;
        loop {
            let bytes = &window.bytes;
            // A longer one has the next byte in common; that is seldom so.
            if bytes[place + best] == bytes[at + best]
                && bytes[place + best - 1] == bytes[at + best - 1]
            {
                let length = common(&bytes[place..], &bytes[at..]);
                if length > best {
                    window.match_start = place;
                    best = length;
                    if length >= nice {
                        break;
                    }
                }
            }
            place = window.before(place);
            chain -= 1;
            if place <= limit || chain == 0 {
                break;
            }
        }
        best.min(window.ahead())
    }
}

/// How many bytes two texts have in common.
fn common(one: &[u8], other: &[u8]) -> usize {
    let most = LONGEST.min(one.len()).min(other.len());
    let (one, other) = (&one[..most], &other[..most]);
    let mut length = 0;
    while let (Some(left), Some(right)) =
        (one[length..].first_chunk::<8>(), other[length..].first_chunk::<8>())
    {
        let difference = u64::from_le_bytes(*left) ^ u64::from_le_bytes(*right);
        if difference != 0 {
            return length + difference.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    while length < most && one[length] == other[length] {
        length += 1;
    }
    length
}
