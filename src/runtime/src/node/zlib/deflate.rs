//! Deflate in its three wrappings: zlib's, gzip's and none.

use flate2::{Decompress, FlushDecompress, Status};

use super::deflater::{Deflater, Flush, Settings, Strategy, Wrapping};
use super::{Coder, Step};

/// Modes by Node.js's numbers.
const DEFLATE: i32 = 1;
const INFLATE: i32 = 2;
const GZIP: i32 = 3;
const GUNZIP: i32 = 4;
const DEFLATE_RAW: i32 = 5;
const INFLATE_RAW: i32 = 6;
const UNZIP: i32 = 7;

/// zlib's numbers of errors.
const NEED_DICTIONARY: i32 = 2;
const STREAM_ERROR: i32 = -2;
const DATA_ERROR: i32 = -3;
const BUFFER_ERROR: i32 = -5;

/// zlib's number of the flush that ends everything.
const FINISH: i32 = 4;

/// What a coder is made with.
pub(super) struct Parameters {
    pub(super) mode: i32,
    pub(super) bits: u8,
    pub(super) level: i32,
    pub(super) memory_level: u8,
    pub(super) strategy: i32,
    pub(super) dictionary: Vec<u8>,
}

/// A coder of a mode.
pub(super) fn make(parameters: Parameters) -> Option<Box<dyn Coder>> {
    let Parameters { mode, bits, level, memory_level, strategy, dictionary } = parameters;
    match mode {
        DEFLATE | GZIP | DEFLATE_RAW => {
            let settings = Settings {
                wrapping: match mode {
                    DEFLATE => Wrapping::Zlib,
                    GZIP => Wrapping::Gzip,
                    _ => Wrapping::Raw,
                },
                level,
                window_bits: bits,
                memory_level,
                strategy: Strategy::of(strategy),
            };
            let dictionary = if mode == GZIP { Vec::new() } else { dictionary };
            let mut coder = Deflate { dictionary, coder: Deflater::new(settings) };
            coder.set_dictionary();
            Some(Box::new(coder))
        }
        INFLATE | GUNZIP | INFLATE_RAW | UNZIP => Some(Box::new(Inflate {
            mode,
            bits,
            dictionary,
            coder: None,
            format: mode,
            first: Vec::new(),
            is_over: false,
        })),
        _ => None,
    }
}

fn failure(number: i32, words: &str) -> Option<(i32, &'static str, String)> {
    let code = match number {
        NEED_DICTIONARY => "Z_NEED_DICT",
        DATA_ERROR => "Z_DATA_ERROR",
        BUFFER_ERROR => "Z_BUF_ERROR",
        _ => "Z_STREAM_ERROR",
    };
    Some((number, code, words.to_owned()))
}

fn difference(after: u64, before: u64) -> usize {
    after.saturating_sub(before) as usize
}

// ---------------------------------------------------------------------------
// Compressing
// ---------------------------------------------------------------------------

struct Deflate {
    dictionary: Vec<u8>,
    coder: Deflater,
}

impl Deflate {
    fn set_dictionary(&mut self) {
        if !self.dictionary.is_empty() {
            self.coder.set_dictionary(&self.dictionary);
        }
    }
}

impl Coder for Deflate {
    fn step(&mut self, flush: i32, input: &[u8], output: &mut [u8]) -> Step {
        let has_room = !output.is_empty();
        let (read, written, was_useful) = self.coder.deflate(input, output, Flush::of(flush));
        let is_cut = !was_useful && has_room && flush == FINISH;
        let failure = if is_cut { failure(BUFFER_ERROR, "unexpected end of file") } else { None };
        Step { read, written, failure }
    }

    fn reset(&mut self) -> Result<(), String> {
        self.coder.reset();
        self.set_dictionary();
        Ok(())
    }

    fn set_params(&mut self, level: i32, strategy: i32) -> Result<(), String> {
        self.coder.set_params(level, Strategy::of(strategy));
        Ok(())
    }
}

// ---------------------------------------------------------------------------
// Decompressing
// ---------------------------------------------------------------------------

struct Inflate {
    mode: i32,
    bits: u8,
    dictionary: Vec<u8>,
    /// None before anything has come.
    coder: Option<Decompress>,
    /// What the input is: another one than the mode where that leaves it open.
    format: i32,
    /// The bytes that settle that, where there were too few of them.
    first: Vec<u8>,
    is_over: bool,
}

/// What gzip's files begin with.
const MAGIC: [u8; 2] = [0x1f, 0x8b];

impl Inflate {
    fn decoder(&self) -> Decompress {
        // No window, or that of the input: the greatest there is.
        let bits = if self.bits < 9 { 15 } else { self.bits.min(15) };
        match self.format {
            GUNZIP => Decompress::new_gzip(bits),
            format => Decompress::new_with_window_bits(format == INFLATE, bits),
        }
    }

    /// Decodes until input or room ends.
    fn decode(&mut self, flush: i32, input: &[u8], output: &mut [u8]) -> Step {
        let mut step = Step::default();
        loop {
            if self.coder.is_none() {
                let mut decoder = self.decoder();
                if self.format == INFLATE_RAW
                    && !self.dictionary.is_empty()
                    && decoder.set_dictionary(&self.dictionary).is_err()
                {
                    step.failure = failure(STREAM_ERROR, "Failed to set dictionary");
                    return step;
                }
                self.coder = Some(decoder);
            }
            let Some(coder) = &mut self.coder else { return step };
            let (rest, room) = (&input[step.read..], &mut output[step.written..]);
            let before = (coder.total_in(), coder.total_out());
            let wanted =
                if flush == FINISH { FlushDecompress::Finish } else { FlushDecompress::Sync };
            let result = coder.decompress(rest, room, wanted);
            let (read, written) =
                (difference(coder.total_in(), before.0), difference(coder.total_out(), before.1));
            step.read += read;
            step.written += written;
            match result {
                Ok(Status::StreamEnd) => {
                    // Another part may follow, which begins as all do.
                    let has_more =
                        self.format == GUNZIP && step.read < input.len() && input[step.read] != 0;
                    if !has_more {
                        self.is_over = true;
                        return step;
                    }
                    self.coder = None;
                }
                Ok(Status::Ok | Status::BufError) => {
                    let is_cut =
                        flush == FINISH && step.written < output.len() && step.read == input.len();
                    if is_cut {
                        step.failure = failure(BUFFER_ERROR, "unexpected end of file");
                        return step;
                    }
                    if (read == 0 && written == 0)
                        || step.read == input.len()
                        || step.written == output.len()
                    {
                        return step;
                    }
                }
                Err(error) => {
                    if error.needs_dictionary().is_some() {
                        if self.dictionary.is_empty() {
                            step.failure = failure(NEED_DICTIONARY, "Missing dictionary");
                            return step;
                        }
                        if coder.set_dictionary(&self.dictionary).is_err() {
                            step.failure = failure(NEED_DICTIONARY, "Bad dictionary");
                            return step;
                        }
                        continue;
                    }
                    step.failure = failure(DATA_ERROR, error.message().unwrap_or("Zlib error"));
                    return step;
                }
            }
        }
    }
}

impl Coder for Inflate {
    fn step(&mut self, flush: i32, input: &[u8], output: &mut [u8]) -> Step {
        if self.is_over {
            // What follows the end is nobody's.
            return Step::default();
        }
        if self.mode != UNZIP || self.coder.is_some() {
            return self.decode(flush, input, output);
        }
        let mut whole = std::mem::take(&mut self.first);
        let held = whole.len();
        whole.extend_from_slice(input);
        self.format = match *whole {
            [] => return self.decode_nothing(flush, output),
            [byte] if byte == MAGIC[0] && flush != FINISH => {
                self.first = whole;
                return Step { read: input.len(), ..Step::default() };
            }
            [one, other, ..] if [one, other] == MAGIC => GUNZIP,
            _ => INFLATE,
        };
        let mut step = self.decode(flush, &whole, output);
        step.read = step.read.saturating_sub(held);
        step
    }

    fn reset(&mut self) -> Result<(), String> {
        self.coder = None;
        self.format = self.mode;
        self.first.clear();
        self.is_over = false;
        Ok(())
    }
}

impl Inflate {
    /// Nothing has come yet.
    fn decode_nothing(&self, flush: i32, output: &[u8]) -> Step {
        let is_cut = flush == FINISH && !output.is_empty();
        let failure = is_cut.then(|| failure(BUFFER_ERROR, "unexpected end of file")).flatten();
        Step { failure, ..Step::default() }
    }
}
