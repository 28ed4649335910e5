//! Deflate in its three wrappings: zlib's, gzip's and none.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

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

/// zlib's numbers of flushes.
const NO_FLUSH: i32 = 0;
const PARTIAL_FLUSH: i32 = 1;
const SYNC_FLUSH: i32 = 2;
const FULL_FLUSH: i32 = 3;
const FINISH: i32 = 4;

/// A coder of a mode.
pub(super) fn make(mode: i32, bits: u8, level: i32, dictionary: Vec<u8>) -> Option<Box<dyn Coder>> {
    match mode {
        DEFLATE | GZIP | DEFLATE_RAW => {
            let mut coder =
                Deflate { mode, bits, level, dictionary, coder: encoder(mode, bits, level) };
            coder.set_dictionary().ok()?;
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
    mode: i32,
    bits: u8,
    level: i32,
    dictionary: Vec<u8>,
    coder: Compress,
}

/// The level that is meant by −1.
const USUAL_LEVEL: u32 = 6;

fn compression(level: i32) -> Compression {
    Compression::new(u32::try_from(level).unwrap_or(USUAL_LEVEL).min(9))
}

fn encoder(mode: i32, bits: u8, level: i32) -> Compress {
    // Windows of 2^8 bytes are what zlib does not do either.
    let bits = bits.clamp(9, 15);
    match mode {
        GZIP => Compress::new_gzip(compression(level), bits),
        _ => Compress::new_with_window_bits(compression(level), mode == DEFLATE, bits),
    }
}

impl Deflate {
    fn set_dictionary(&mut self) -> Result<(), String> {
        if self.dictionary.is_empty() || self.mode == GZIP {
            return Ok(());
        }
        match self.coder.set_dictionary(&self.dictionary) {
            Ok(_) => Ok(()),
            Err(_) => Err("Failed to set dictionary".to_owned()),
        }
    }
}

impl Coder for Deflate {
    fn step(&mut self, flush: i32, input: &[u8], output: &mut [u8]) -> Step {
        let flush = match flush {
            NO_FLUSH => FlushCompress::None,
            PARTIAL_FLUSH => FlushCompress::Partial,
            SYNC_FLUSH => FlushCompress::Sync,
            FULL_FLUSH => FlushCompress::Full,
            FINISH => FlushCompress::Finish,
            _ => FlushCompress::None,
        };
        let before = (self.coder.total_in(), self.coder.total_out());
        let result = self.coder.compress(input, output, flush);
        let read = difference(self.coder.total_in(), before.0);
        let written = difference(self.coder.total_out(), before.1);
        let failure = match result {
            Ok(Status::BufError)
                if written < output.len() && matches!(flush, FlushCompress::Finish) =>
            {
                failure(BUFFER_ERROR, "unexpected end of file")
            }
            Ok(_) => None,
            Err(_) => failure(STREAM_ERROR, "Zlib error"),
        };
        Step { read, written, failure }
    }

    fn reset(&mut self) -> Result<(), String> {
        self.coder = encoder(self.mode, self.bits, self.level);
        self.set_dictionary()
    }

    fn set_params(&mut self, level: i32, _: i32) -> Result<(), String> {
        self.level = level;
        // The library changes between some levels only while nothing has been written; what
        // follows is then compressed as before, which is right all the same.
        let _ = self.coder.set_level(compression(level));
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
