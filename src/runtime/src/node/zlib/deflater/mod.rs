//! A compressor that makes of each input the very bytes that Node.js makes.
//!
//! Deflate (RFC 1951) leaves it to the compressor which repetitions it finds, where it
//! begins blocks and how it codes them. Programs compare bodies and hashes of what is
//! compressed, so this one decides as zlib does, in the form that Node.js ships: it looks
//! up four bytes at a time, so repetitions of three are hardly ever found.
//!
//! Input goes through a window (`window.rs`), in which repetitions are searched
//! (`matching.rs`); how eagerly is a matter of the strategy (`strategies.rs`; `stored.rs`
//! for level 0). What is found waits until a block is full, and is then coded
//! (`block.rs`), with codes made for it (`huffman.rs`) if these pay.

mod block;
mod huffman;
mod matching;
mod stored;
mod strategies;
mod window;

use block::BlockWriter;
use matching::Effort;
use window::Window;

/// What is to come out beside what is ready (zlib's numbers).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Flush {
    /// Nothing.
    None,
    /// All of the input, and ten bits that tell a decoder nothing.
    Partial,
    /// All of the input, up to a byte's end.
    Sync,
    /// The same; what follows does not refer to what is before.
    Full,
    /// All there is: the end.
    Finish,
    /// All of the input, but for some bits.
    Block,
}

impl Flush {
    /// The flush of zlib's number.
    pub(super) fn of(number: i32) -> Self {
        [Self::None, Self::Partial, Self::Sync, Self::Full, Self::Finish, Self::Block]
            .get(number as usize)
            .copied()
            .unwrap_or(Self::None)
    }

    /// Flushes in the order of what they bring about.
    fn rank(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Block => 1,
            Self::Partial => 2,
            Self::Sync => 3,
            Self::Full => 4,
            Self::Finish => 5,
        }
    }
}

/// What surrounds the compressed data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Wrapping {
    /// Nothing.
    Raw,
    /// zlib's header, and a checksum behind (RFC 1950).
    Zlib,
    /// gzip's header, checksum and length behind (RFC 1952).
    Gzip,
}

/// How repetitions are searched for (zlib's numbers).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Strategy {
    /// As the level says.
    Usual,
    /// Short ones are no gain.
    Filtered,
    /// Not at all.
    HuffmanOnly,
    /// Only of the byte before.
    RunLength,
    /// As the level says, without codes made for the data.
    Fixed,
}

impl Strategy {
    /// The strategy of zlib's number.
    pub(super) fn of(number: i32) -> Self {
        [Self::Usual, Self::Filtered, Self::HuffmanOnly, Self::RunLength, Self::Fixed]
            .get(number as usize)
            .copied()
            .unwrap_or(Self::Usual)
    }

    fn makes_little_effort(self) -> bool {
        !matches!(self, Self::Usual | Self::Filtered)
    }
}

/// Parameters of a compressor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings {
    pub(super) wrapping: Wrapping,
    /// 0 to 9; −1 is 6.
    pub(super) level: i32,
    /// The logarithm of the window's size, 8 to 15.
    pub(super) window_bits: u8,
    /// How much memory goes to blocks and tables, 1 to 9.
    pub(super) memory_level: u8,
    pub(super) strategy: Strategy,
}

/// Why a call gives nothing more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Progress {
    /// More input or more room is wanted.
    NeedMore,
    /// All of the input is in blocks, which have been written.
    BlockDone,
    /// The last block has been begun: only room is wanted.
    FinishStarted,
    /// The last block has been written.
    FinishDone,
}

/// How far it has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Header,
    Body,
    /// The last block has been written; the trailer if the flag is set.
    End {
        has_trailer: bool,
    },
}

/// Input that is left, and room for output.
struct Buffers<'b> {
    input: &'b [u8],
    output: &'b mut [u8],
    written: usize,
}

impl Buffers<'_> {
    fn room(&self) -> usize {
        self.output.len() - self.written
    }

    fn put(&mut self, bytes: &[u8]) {
        self.output[self.written..self.written + bytes.len()].copy_from_slice(bytes);
        self.written += bytes.len();
    }
}

/// The checksum of what has been read.
enum Checksum {
    None,
    Adler(u32),
    Crc(crc32fast::Hasher),
}

impl Checksum {
    fn of(wrapping: Wrapping) -> Self {
        match wrapping {
            Wrapping::Raw => Self::None,
            Wrapping::Zlib => Self::Adler(1),
            Wrapping::Gzip => Self::Crc(crc32fast::Hasher::new()),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::None => {}
            Self::Adler(sum) => *sum = adler32(*sum, bytes),
            Self::Crc(hasher) => hasher.update(bytes),
        }
    }
}

/// Adler's checksum (RFC 1950 §8.2), going on from another.
fn adler32(sum: u32, bytes: &[u8]) -> u32 {
    /// The largest prime below 2^16.
    const BASE: u32 = 65521;
    /// So many bytes can be added before 32 bits run over.
    const MOST: usize = 5552;
    let (mut low, mut high) = (sum & 0xFFFF, sum >> 16);
    for piece in bytes.chunks(MOST) {
        for byte in piece {
            low += u32::from(*byte);
            high += low;
        }
        low %= BASE;
        high %= BASE;
    }
    high << 16 | low
}

/// A compressor.
pub(super) struct Deflater {
    settings: Settings,
    effort: Effort,
    window: Window,
    block: BlockWriter,
    checksum: Checksum,
    /// How many bytes have been read.
    total: u32,
    stage: Stage,
    /// The last flush; none where the next call with the same is not in vain.
    last_flush: Option<Flush>,
    /// A checksum of the dictionary, for the header.
    dictionary: Option<u32>,
}

impl Deflater {
    /// A new one.
    pub(super) fn new(settings: Settings) -> Self {
        // Windows of 2^8 bytes are what zlib does not do either.
        let window_bits = settings.window_bits.clamp(9, 15);
        let memory_level = settings.memory_level.clamp(1, 9);
        let level = if settings.level < 0 { 6 } else { settings.level.min(9) };
        let settings = Settings { level, window_bits, memory_level, ..settings };
        Self {
            settings,
            effort: Effort::of(level),
            window: Window::new(window_bits, memory_level),
            block: BlockWriter::new(memory_level),
            checksum: Checksum::of(settings.wrapping),
            total: 0,
            stage: Stage::Header,
            last_flush: Some(Flush::None),
            dictionary: None,
        }
    }

    /// Begins anew.
    pub(super) fn reset(&mut self) {
        *self = Self::new(self.settings);
    }

    /// Takes what stands before the data, and is known to who decompresses.
    pub(super) fn set_dictionary(&mut self, dictionary: &[u8]) {
        if self.settings.wrapping == Wrapping::Zlib {
            self.dictionary = Some(adler32(1, dictionary));
        }
        self.window.preset(dictionary);
        self.effort.forget();
    }

    /// Another level and strategy for what comes.
    pub(super) fn set_params(&mut self, level: i32, strategy: Strategy) {
        let level = if level < 0 { 6 } else { level.min(9) };
        if level != self.settings.level {
            if self.settings.level == 0 {
                self.window.catch_up();
            }
            self.settings.level = level;
            self.effort.set_level(level);
        }
        self.settings.strategy = strategy;
    }

    /// Compresses: how much it has read and written. False if the call was in vain.
    pub(super) fn deflate(
        &mut self,
        input: &[u8],
        output: &mut [u8],
        flush: Flush,
    ) -> (usize, usize, bool) {
        let mut buffers = Buffers { input, output, written: 0 };
        let was_useful = self.run(&mut buffers, flush);
        (input.len() - buffers.input.len(), buffers.written, was_useful)
    }

    fn run(&mut self, buffers: &mut Buffers<'_>, flush: Flush) -> bool {
        let is_over = matches!(self.stage, Stage::End { .. });
        if buffers.room() == 0 || is_over && flush != Flush::Finish {
            return false;
        }
        let before = self.last_flush.replace(flush);
        if self.block.has_pending() {
            self.write_pending(buffers);
            if buffers.room() == 0 {
                self.last_flush = None;
                return true;
            }
        } else if buffers.input.is_empty()
            && before.is_some_and(|before| flush.rank() <= before.rank())
            && flush != Flush::Finish
        {
            return false;
        }
        if is_over && !buffers.input.is_empty() {
            return false;
        }
        if self.stage == Stage::Header {
            self.header();
            self.stage = Stage::Body;
            self.write_pending(buffers);
            if self.block.has_pending() {
                self.last_flush = None;
                return true;
            }
        }
        let has_work = !buffers.input.is_empty()
            || self.window.ahead() > 0
            || flush != Flush::None && !matches!(self.stage, Stage::End { .. });
        if has_work && !self.compress(buffers, flush) {
            return true;
        }
        if flush == Flush::Finish && self.stage == (Stage::End { has_trailer: false }) {
            self.trailer();
            self.write_pending(buffers);
            self.stage = Stage::End { has_trailer: true };
        }
        true
    }

    /// Whether the end of the call can be looked at.
    fn compress(&mut self, buffers: &mut Buffers<'_>, flush: Flush) -> bool {
        let progress = match (self.settings.level, self.settings.strategy) {
            (0, _) => self.store(buffers, flush),
            (_, Strategy::HuffmanOnly) => self.only_code(buffers, flush),
            (_, Strategy::RunLength) => self.find_runs(buffers, flush),
            (1..=3, _) => self.take_first_matches(buffers, flush),
            _ => self.weigh_matches(buffers, flush),
        };
        if matches!(progress, Progress::FinishStarted | Progress::FinishDone) {
            self.stage = Stage::End { has_trailer: false };
        }
        match progress {
            Progress::NeedMore | Progress::FinishStarted => {
                if buffers.room() == 0 {
                    self.last_flush = None;
                }
                false
            }
            Progress::FinishDone => true,
            Progress::BlockDone => {
                match flush {
                    Flush::Partial => self.block.align(),
                    Flush::Block => {}
                    _ => {
                        self.block.stored(&[], false);
                        if flush == Flush::Full {
                            self.window.forget();
                        }
                    }
                }
                self.write_pending(buffers);
                if buffers.room() == 0 {
                    self.last_flush = None;
                    return false;
                }
                true
            }
        }
    }

    fn write_pending(&mut self, buffers: &mut Buffers<'_>) {
        let pending = self.block.pending(buffers.room());
        buffers.put(pending);
        let written = pending.len();
        self.block.consume(written);
    }

    fn header(&mut self) {
        let Settings { level, strategy, window_bits, .. } = self.settings;
        match self.settings.wrapping {
            Wrapping::Raw => {}
            Wrapping::Zlib => {
                let effort = match level {
                    _ if strategy.makes_little_effort() => 0,
                    0 | 1 => 0,
                    2..=5 => 1,
                    6 => 2,
                    _ => 3,
                };
                // Deflate is 8; the window's size is given from 2^8 on.
                let mut header = (8 + (u16::from(window_bits - 8) << 4)) << 8 | effort << 6;
                if self.dictionary.is_some() {
                    header |= 0x20;
                }
                header += 31 - header % 31;
                self.block.put_bytes(&header.to_be_bytes());
                if let Some(sum) = self.dictionary {
                    self.block.put_bytes(&sum.to_be_bytes());
                }
            }
            Wrapping::Gzip => {
                let extra = match level {
                    9 => 2,
                    _ if strategy.makes_little_effort() || level < 2 => 4,
                    _ => 0,
                };
                // No name, no time; the system is Unix.
                self.block.put_bytes(&[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, extra, 3]);
            }
        }
    }

    fn trailer(&mut self) {
        match std::mem::replace(&mut self.checksum, Checksum::None) {
            Checksum::None => {}
            Checksum::Adler(sum) => self.block.put_bytes(&sum.to_be_bytes()),
            Checksum::Crc(hasher) => {
                self.block.put_bytes(&hasher.finalize().to_le_bytes());
                self.block.put_bytes(&self.total.to_le_bytes());
            }
        }
    }

    /// Reads input into the window, as much as there is room for.
    fn fill_window(&mut self, buffers: &mut Buffers<'_>) {
        let taken = self.window.fill(buffers.input);
        self.note_read(&buffers.input[..taken]);
        buffers.input = &buffers.input[taken..];
    }

    fn note_read(&mut self, bytes: &[u8]) {
        self.checksum.update(bytes);
        self.total = self.total.wrapping_add(bytes.len() as u32);
    }

    /// Ends the block that is open with what the window has been looked at so far. False
    /// if there is no more room for output.
    fn end_block(&mut self, buffers: &mut Buffers<'_>, is_last: bool) -> bool {
        let raw = self.window.block();
        self.block.end(raw, is_last, self.settings.strategy == Strategy::Fixed);
        self.window.begin_block();
        self.write_pending(buffers);
        buffers.room() > 0
    }

    /// What follows when all of the input has been looked at.
    fn close_blocks(&mut self, buffers: &mut Buffers<'_>, flush: Flush) -> Progress {
        if flush == Flush::Finish {
            let has_room = self.end_block(buffers, true);
            return if has_room { Progress::FinishDone } else { Progress::FinishStarted };
        }
        if self.block.has_symbols() && !self.end_block(buffers, false) {
            return Progress::NeedMore;
        }
        Progress::BlockDone
    }
}
