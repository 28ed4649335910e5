//! Blocks: what they hold, and how they are written (RFC 1951 §3.2).

use std::sync::LazyLock;

use super::huffman::{Alphabet, Code, MOST};
use super::window::{RawBlock, SHORTEST};

const END_OF_BLOCK: usize = 256;
/// Symbols for literals, the end, and lengths.
const LITERALS: usize = 286;
const DISTANCES: usize = 30;
/// Symbols for the lengths of codes.
const LENGTHS: usize = 19;

const LENGTH_EXTRA: [u8; 29] =
    [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_EXTRA: [u8; DISTANCES] = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13,
];
const REPEAT_EXTRA: [u8; 3] = [2, 3, 7];

const LITERAL_ALPHABET: Alphabet =
    Alphabet { size: LITERALS, longest: 15, extra: &LENGTH_EXTRA, first_extra: END_OF_BLOCK + 1 };
const DISTANCE_ALPHABET: Alphabet =
    Alphabet { size: DISTANCES, longest: 15, extra: &DISTANCE_EXTRA, first_extra: 0 };
const LENGTH_ALPHABET: Alphabet =
    Alphabet { size: LENGTHS, longest: 7, extra: &REPEAT_EXTRA, first_extra: REPEAT };

/// The order in which the lengths of lengths' codes are written: those that are seldom
/// wanted come last.
const ORDER: [usize; LENGTHS] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// Symbols that repeat a length, or zeros.
const REPEAT: usize = 16;
const FEW_ZEROS: usize = 17;
const MANY_ZEROS: usize = 18;

/// The codes of blocks that bring none.
static FIXED: LazyLock<(Code, Code)> = LazyLock::new(|| {
    let literals = (0..MOST).map(|symbol| match symbol {
        0..=143 => 8,
        144..=255 => 9,
        256..=279 => 7,
        _ => 8,
    });
    (Code::of_lengths(literals.collect()), Code::of_lengths(vec![5; DISTANCES]))
});

/// The symbols of lengths from the shortest on.
const LENGTH_SYMBOLS: [u8; 256] = length_symbols();

const fn length_symbols() -> [u8; 256] {
    let mut symbols = [0; 256];
    let (mut symbol, mut at) = (0, 0);
    while at < 255 {
        let end = at + (1 << LENGTH_EXTRA[symbol]);
        while at < end && at < 255 {
            symbols[at] = symbol as u8;
            at += 1;
        }
        symbol += 1;
    }
    // The greatest length has a symbol of its own.
    symbols[255] = 28;
    symbols
}

/// What the extra bits of a length's symbol count from.
const LENGTH_BASES: [u16; 29] = length_bases();

const fn length_bases() -> [u16; 29] {
    let mut bases = [0; 29];
    let (mut symbol, mut base) = (0, SHORTEST as u16);
    while symbol < 28 {
        bases[symbol] = base;
        base += 1 << LENGTH_EXTRA[symbol];
        symbol += 1;
    }
    bases[28] = 258;
    bases
}

/// The symbol of a repetition's length, and what its extra bits count from.
fn length_symbol(length: usize) -> (usize, usize) {
    let symbol = usize::from(LENGTH_SYMBOLS[length - SHORTEST]);
    (symbol, usize::from(LENGTH_BASES[symbol]))
}

/// The symbol of a distance, and what its extra bits count from.
fn distance_symbol(distance: usize) -> (usize, usize) {
    let from_zero = distance - 1;
    if from_zero < 4 {
        return (from_zero, distance);
    }
    // Two symbols for each power of two.
    let power = from_zero.ilog2() as usize;
    let half = from_zero >> (power - 1) & 1;
    (2 * power + half, ((2 + half) << (power - 1)) + 1)
}

/// Something that has been found in the input.
#[derive(Clone, Copy)]
struct Symbol {
    /// A byte, or the length of a repetition.
    value: u16,
    /// From where it repeats; 0 for a byte.
    distance: u16,
}

/// Writes blocks.
pub(super) struct BlockWriter {
    symbols: Vec<Symbol>,
    /// A block is full with so many.
    most_symbols: usize,
    literals: Code,
    distances: Code,
    lengths: Code,
    /// Bits that make no byte yet.
    bits: u64,
    bit_count: u32,
    /// Bytes that wait for room, and how many of them have found it.
    waiting: Vec<u8>,
    written: usize,
    /// Stored blocks may get so long before there is room.
    pub(super) capacity: usize,
}

impl BlockWriter {
    pub(super) fn new(memory_level: u8) -> Self {
        let buffer = 1 << (memory_level + 6);
        let mut writer = Self {
            symbols: Vec::with_capacity(buffer),
            most_symbols: buffer - 1,
            literals: Code::new(LITERALS),
            distances: Code::new(DISTANCES),
            lengths: Code::new(LENGTHS),
            bits: 0,
            bit_count: 0,
            waiting: Vec::new(),
            written: 0,
            capacity: 4 * buffer,
        };
        writer.begin();
        writer
    }

    fn begin(&mut self) {
        self.symbols.clear();
        self.literals.frequencies.fill(0);
        self.distances.frequencies.fill(0);
        self.lengths.frequencies.fill(0);
        self.literals.frequencies[END_OF_BLOCK] = 1;
    }

    // -----------------------------------------------------------------------
    // What a block holds
    // -----------------------------------------------------------------------

    pub(super) fn has_symbols(&self) -> bool {
        !self.symbols.is_empty()
    }

    /// Adds a byte; whether the block is full.
    pub(super) fn add_literal(&mut self, byte: u8) -> bool {
        self.symbols.push(Symbol { value: u16::from(byte), distance: 0 });
        self.literals.frequencies[usize::from(byte)] += 1;
        self.symbols.len() == self.most_symbols
    }

    /// Adds a repetition; whether the block is full.
    pub(super) fn add_match(&mut self, length: usize, distance: usize) -> bool {
        self.symbols.push(Symbol { value: length as u16, distance: distance as u16 });
        self.literals.frequencies[END_OF_BLOCK + 1 + length_symbol(length).0] += 1;
        self.distances.frequencies[distance_symbol(distance).0] += 1;
        self.symbols.len() == self.most_symbols
    }

    // -----------------------------------------------------------------------
    // Bits and bytes
    // -----------------------------------------------------------------------

    fn put_bits(&mut self, value: usize, count: u32) {
        self.bits |= (value as u64) << self.bit_count;
        self.bit_count += count;
        while self.bit_count >= 32 {
            self.waiting.extend_from_slice(&(self.bits as u32).to_le_bytes());
            self.bits >>= 32;
            self.bit_count -= 32;
        }
    }

    fn put_whole_bytes(&mut self) {
        while self.bit_count >= 8 {
            self.waiting.push(self.bits as u8);
            self.bits >>= 8;
            self.bit_count -= 8;
        }
    }

    fn fill_byte(&mut self) {
        self.bit_count = self.bit_count.next_multiple_of(8);
        self.put_whole_bytes();
    }

    /// How many bits there are beyond whole bytes that have been put.
    pub(super) fn open_bits(&mut self) -> usize {
        self.put_whole_bytes();
        self.bit_count as usize
    }

    pub(super) fn put_bytes(&mut self, bytes: &[u8]) {
        self.fill_byte();
        self.waiting.extend_from_slice(bytes);
    }

    pub(super) fn has_pending(&self) -> bool {
        self.written < self.waiting.len()
    }

    /// What waits for room, so much at most.
    pub(super) fn pending(&mut self, room: usize) -> &[u8] {
        self.put_whole_bytes();
        let end = self.waiting.len().min(self.written + room);
        &self.waiting[self.written..end]
    }

    /// So much of it has found room.
    pub(super) fn consume(&mut self, count: usize) {
        self.written += count;
        if self.written == self.waiting.len() {
            self.waiting.clear();
            self.written = 0;
        }
    }

    // -----------------------------------------------------------------------
    // Blocks
    // -----------------------------------------------------------------------

    fn put_head(&mut self, kind: usize, is_last: bool) {
        self.put_bits(kind << 1 | usize::from(is_last), 3);
    }

    /// The head of a block that brings its bytes as they are; they are to follow.
    pub(super) fn stored_head(&mut self, length: usize, is_last: bool) {
        self.put_head(0, is_last);
        self.fill_byte();
        let length = length as u16;
        self.waiting.extend_from_slice(&length.to_le_bytes());
        self.waiting.extend_from_slice(&(!length).to_le_bytes());
    }

    /// A block that brings its bytes as they are.
    pub(super) fn stored(&mut self, bytes: &[u8], is_last: bool) {
        self.stored_head(bytes.len(), is_last);
        self.waiting.extend_from_slice(bytes);
    }

    /// An empty block with the fixed codes, so that everything before it can be decoded.
    pub(super) fn align(&mut self) {
        self.put_head(1, false);
        self.put_bits(0, 7);
        self.put_whole_bytes();
    }

    /// Ends the block in the shortest of the three forms.
    pub(super) fn end(&mut self, raw: RawBlock<'_>, is_last: bool, is_fixed: bool) {
        self.literals.build(&LITERAL_ALPHABET);
        self.distances.build(&DISTANCE_ALPHABET);
        let described = self.describe_codes();
        let (fixed_literals, fixed_distances) = &*FIXED;
        let fixed = self.literals.cost(&fixed_literals.lengths, &LITERAL_ALPHABET)
            + self.distances.cost(&fixed_distances.lengths, &DISTANCE_ALPHABET);
        let own = self.literals.cost(&self.literals.lengths, &LITERAL_ALPHABET)
            + self.distances.cost(&self.distances.lengths, &DISTANCE_ALPHABET)
            + described.cost;
        let in_bytes = |bits: usize| (bits + 3 + 7) >> 3;
        let is_fixed = is_fixed || in_bytes(fixed) <= in_bytes(own);
        let coded = if is_fixed { in_bytes(fixed) } else { in_bytes(own) };
        match raw.bytes {
            Some(bytes) if raw.length + 4 <= coded => self.stored(bytes, is_last),
            _ if is_fixed => {
                self.put_head(1, is_last);
                self.put_symbols(fixed_literals, fixed_distances);
            }
            _ => {
                self.put_head(2, is_last);
                self.put_codes(&described);
                let literals = std::mem::replace(&mut self.literals, Code::new(0));
                let distances = std::mem::replace(&mut self.distances, Code::new(0));
                self.put_symbols(&literals, &distances);
                (self.literals, self.distances) = (literals, distances);
            }
        }
        self.begin();
        if is_last {
            self.fill_byte();
        }
    }

    fn put_symbols(&mut self, literals: &Code, distances: &Code) {
        let symbols = std::mem::take(&mut self.symbols);
        for Symbol { value, distance } in &symbols {
            let (value, distance) = (usize::from(*value), usize::from(*distance));
            if distance == 0 {
                self.put_code(literals, value);
                continue;
            }
            let (symbol, base) = length_symbol(value);
            self.put_code(literals, END_OF_BLOCK + 1 + symbol);
            self.put_bits(value - base, u32::from(LENGTH_EXTRA[symbol]));
            let (symbol, base) = distance_symbol(distance);
            self.put_code(distances, symbol);
            self.put_bits(distance - base, u32::from(DISTANCE_EXTRA[symbol]));
        }
        self.put_code(literals, END_OF_BLOCK);
        self.symbols = symbols;
    }

    fn put_code(&mut self, code: &Code, symbol: usize) {
        self.put_bits(usize::from(code.bits[symbol]), u32::from(code.lengths[symbol]));
    }

    // -----------------------------------------------------------------------
    // Codes that a block brings
    // -----------------------------------------------------------------------

    /// The lengths of both codes as symbols, and a code for these.
    fn describe_codes(&mut self) -> Description {
        let mut symbols = Vec::new();
        for code in [&self.literals, &self.distances] {
            describe_lengths(&code.lengths[..=code.last], &mut symbols);
        }
        for (symbol, _) in &symbols {
            self.lengths.frequencies[*symbol] += 1;
        }
        self.lengths.build(&LENGTH_ALPHABET);
        let is_wanted = |symbol: &usize| self.lengths.lengths[*symbol] > 0;
        let count = ORDER.iter().rposition(is_wanted).map_or(4, |last| (last + 1).max(4));
        let cost = self.lengths.cost(&self.lengths.lengths, &LENGTH_ALPHABET) + 3 * count + 14;
        Description { symbols, count, cost }
    }

    fn put_codes(&mut self, described: &Description) {
        self.put_bits(self.literals.last + 1 - 257, 5);
        self.put_bits(self.distances.last, 5);
        self.put_bits(described.count - 4, 4);
        for symbol in &ORDER[..described.count] {
            self.put_bits(usize::from(self.lengths.lengths[*symbol]), 3);
        }
        for (symbol, extra) in &described.symbols {
            let (bits, length) = (self.lengths.bits[*symbol], self.lengths.lengths[*symbol]);
            self.put_bits(usize::from(bits), u32::from(length));
            if *symbol >= REPEAT {
                self.put_bits(*extra, u32::from(REPEAT_EXTRA[*symbol - REPEAT]));
            }
        }
    }
}

/// How a block tells its codes.
struct Description {
    /// Symbols for lengths, with the values of their extra bits.
    symbols: Vec<(usize, usize)>,
    /// How many lengths of lengths' codes are written.
    count: usize,
    /// In bits.
    cost: usize,
}

/// Lengths as symbols: runs of the same one are told by their number.
fn describe_lengths(lengths: &[u8], symbols: &mut Vec<(usize, usize)>) {
    let mut before = None;
    let mut rest = lengths;
    while let Some(&length) = rest.first() {
        let symbol = usize::from(length);
        // A run that goes on needs no length of its own; that of zeros may be longer.
        let is_known = before == Some(length) && length != 0;
        let (most, least) = match length {
            0 => (138, 3),
            _ if is_known => (6, 3),
            _ => (7, 4),
        };
        let run = rest.iter().take_while(|it| **it == length).take(most).count();
        if run < least {
            symbols.extend(std::iter::repeat_n((symbol, 0), run));
        } else if length != 0 {
            if !is_known {
                symbols.push((symbol, 0));
            }
            symbols.push((REPEAT, run - usize::from(!is_known) - 3));
        } else if run <= 10 {
            symbols.push((FEW_ZEROS, run - 3));
        } else {
            symbols.push((MANY_ZEROS, run - 11));
        }
        before = Some(length);
        rest = &rest[run..];
    }
}
