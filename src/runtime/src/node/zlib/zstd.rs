//! Zstandard.
//!
//! <https://datatracker.ietf.org/doc/html/rfc8878>

use zstd_safe::zstd_sys::{ZSTD_EndDirective, ZSTD_strategy};
use zstd_safe::{CCtx, CParameter, DCtx, DParameter, InBuffer, OutBuffer, ResetDirective};

use super::{Coder, Step};

/// Modes by Node.js's numbers.
const COMPRESS: i32 = 10;
const DECOMPRESS: i32 = 11;

/// What is not given of the parameters.
const NOT_GIVEN: u32 = u32::MAX;

const BUFFER_ERROR: i32 = -5;

/// `ZSTD_e_end`
const END: i32 = 2;

pub(super) fn is_mode(mode: i32) -> bool {
    mode == COMPRESS || mode == DECOMPRESS
}

/// What a coder is made with.
pub(super) struct Parameters {
    pub(super) mode: i32,
    /// By the library's numbers.
    pub(super) values: Vec<u32>,
    /// How long the input is said to be.
    pub(super) pledged: Option<u64>,
    pub(super) dictionary: Option<Vec<u8>>,
}

/// A coder, or what Node.js says of its parameters.
pub(super) fn make(parameters: Parameters) -> Result<Box<dyn Coder>, &'static str> {
    Ok(match parameters.mode {
        COMPRESS => Box::new(Encoder { context: encoder(&parameters)?, parameters }),
        _ => {
            let context = decoder(&parameters)?;
            Box::new(Decoder { context, is_between: false, magic: Vec::new() })
        }
    })
}

/// A failure of the library: its number, Node.js's code and the library's words.
fn failure(code: usize) -> (i32, &'static str, String) {
    let number = code.wrapping_neg() as i32;
    (number, error_code(number), zstd_safe::get_error_name(code).to_owned())
}

// ---------------------------------------------------------------------------
// Compression
// ---------------------------------------------------------------------------

struct Encoder {
    context: CCtx<'static>,
    parameters: Parameters,
}

fn encoder(parameters: &Parameters) -> Result<CCtx<'static>, &'static str> {
    let mut context = CCtx::try_create().ok_or("Could not initialize zstd instance")?;
    context
        .set_pledged_src_size(parameters.pledged)
        .map_err(|_| "Could not set pledged src size")?;
    if let Some(dictionary) = &parameters.dictionary {
        context.load_dictionary(dictionary).map_err(|_| "Failed to load zstd dictionary")?;
    }
    for (number, value) in parameters.values.iter().enumerate() {
        if *value != NOT_GIVEN && !set_parameter(&mut context, number, *value) {
            return Err("Setting parameter failed");
        }
    }
    Ok(context)
}

/// Whether a parameter exists and may have the value.
fn set_parameter(context: &mut CCtx<'_>, number: usize, value: u32) -> bool {
    let flag = value != 0;
    let parameter = match number {
        100 => CParameter::CompressionLevel(value as i32),
        101 => CParameter::WindowLog(value),
        102 => CParameter::HashLog(value),
        103 => CParameter::ChainLog(value),
        104 => CParameter::SearchLog(value),
        105 => CParameter::MinMatch(value),
        106 => CParameter::TargetLength(value),
        107 => match strategy(value) {
            Some(strategy) => CParameter::Strategy(strategy),
            // None is the one that goes with the level.
            None => return value == 0,
        },
        130 => CParameter::TargetCBlockSize(value),
        160 if value > 2 => return false,
        160 => CParameter::EnableLongDistanceMatching(value == 1),
        161 => CParameter::LdmHashLog(value),
        162 => CParameter::LdmMinMatch(value),
        163 => CParameter::LdmBucketSizeLog(value),
        164 => CParameter::LdmHashRateLog(value),
        200 => CParameter::ContentSizeFlag(flag),
        201 => CParameter::ChecksumFlag(flag),
        202 => CParameter::DictIdFlag(flag),
        400 => CParameter::NbWorkers(value),
        401 => CParameter::JobSize(value),
        402 => CParameter::OverlapSizeLog(value),
        _ => return false,
    };
    context.set_parameter(parameter).is_ok()
}

fn strategy(value: u32) -> Option<ZSTD_strategy> {
    Some(match value {
        1 => ZSTD_strategy::ZSTD_fast,
        2 => ZSTD_strategy::ZSTD_dfast,
        3 => ZSTD_strategy::ZSTD_greedy,
        4 => ZSTD_strategy::ZSTD_lazy,
        5 => ZSTD_strategy::ZSTD_lazy2,
        6 => ZSTD_strategy::ZSTD_btlazy2,
        7 => ZSTD_strategy::ZSTD_btopt,
        8 => ZSTD_strategy::ZSTD_btultra,
        9 => ZSTD_strategy::ZSTD_btultra2,
        _ => return None,
    })
}

impl Coder for Encoder {
    fn step(&mut self, flush: i32, input: &[u8], output: &mut [u8]) -> Step {
        let directive = match flush {
            1 => ZSTD_EndDirective::ZSTD_e_flush,
            END => ZSTD_EndDirective::ZSTD_e_end,
            _ => ZSTD_EndDirective::ZSTD_e_continue,
        };
        let (mut from, mut to) = (InBuffer::around(input), OutBuffer::around(output));
        let result = self.context.compress_stream2(&mut to, &mut from, directive);
        Step { read: from.pos(), written: to.pos(), failure: result.err().map(failure) }
    }

    fn reset(&mut self) -> Result<(), String> {
        self.context = encoder(&self.parameters).map_err(str::to_owned)?;
        Ok(())
    }
}

// ---------------------------------------------------------------------------
// Decompression
// ---------------------------------------------------------------------------

/// The first bytes of a frame; those that are to be skipped have any low half in the first.
const FRAME: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
const SKIPPED: [u8; 4] = [0x50, 0x2A, 0x4D, 0x18];

struct Decoder {
    context: DCtx<'static>,
    /// Whether a frame is over and no other one has begun.
    is_between: bool,
    /// What has come of the first bytes of the next frame.
    magic: Vec<u8>,
}

fn decoder(parameters: &Parameters) -> Result<DCtx<'static>, &'static str> {
    let mut context = DCtx::try_create().ok_or("Could not initialize zstd instance")?;
    if let Some(dictionary) = &parameters.dictionary {
        context.load_dictionary(dictionary).map_err(|_| "Failed to load zstd dictionary")?;
    }
    for (number, value) in parameters.values.iter().enumerate() {
        if *value == NOT_GIVEN {
            continue;
        }
        let is_right =
            number == 100 && context.set_parameter(DParameter::WindowLogMax(*value)).is_ok();
        if !is_right {
            return Err("Setting parameter failed");
        }
    }
    Ok(context)
}

/// Whether bytes are those that a frame begins with, as far as they go.
fn begins_frame(bytes: &[u8]) -> bool {
    let is_skipped = bytes
        .iter()
        .zip(SKIPPED)
        .enumerate()
        .all(|(at, (byte, wanted))| (if at == 0 { byte & 0xF0 } else { *byte }) == wanted);
    is_skipped || FRAME.starts_with(bytes)
}

impl Decoder {
    /// Takes the first bytes of another frame, if there is one; what else follows a frame is
    /// left where it is.
    fn begin_frame(&mut self, flush: i32, input: &[u8]) -> usize {
        let known = self.magic.len();
        let new = &input[..input.len().min(FRAME.len() - known)];
        self.magic.extend_from_slice(new);
        let is_whole = self.magic.len() == FRAME.len();
        if !begins_frame(&self.magic) || flush == END && !is_whole {
            self.magic.truncate(known);
            return 0;
        }
        self.is_between = !is_whole;
        new.len()
    }
}

impl Coder for Decoder {
    fn step(&mut self, flush: i32, input: &[u8], output: &mut [u8]) -> Step {
        let room = output.len();
        let mut to = OutBuffer::around(output);
        let mut read = 0;
        loop {
            if self.is_between {
                read += self.begin_frame(flush, &input[read..]);
                if self.is_between {
                    return Step { read, written: to.pos(), failure: None };
                }
                let magic = std::mem::take(&mut self.magic);
                let mut from = InBuffer::around(&magic);
                if let Err(code) = self.context.decompress_stream(&mut to, &mut from) {
                    return Step { read, written: to.pos(), failure: Some(failure(code)) };
                }
            }
            let mut from = InBuffer::around(&input[read..]);
            let result = self.context.decompress_stream(&mut to, &mut from);
            read += from.pos();
            let written = to.pos();
            match result {
                Err(code) => return Step { read, written, failure: Some(failure(code)) },
                Ok(0) => {
                    self.is_between = true;
                    if read == input.len() || written == room {
                        return Step { read, written, failure: None };
                    }
                }
                Ok(_) => {
                    let is_cut = flush == END && read == input.len() && written < room;
                    let failure = is_cut.then(|| {
                        (BUFFER_ERROR, "Z_BUF_ERROR", "unexpected end of file".to_owned())
                    });
                    return Step { read, written, failure };
                }
            }
        }
    }

    fn reset(&mut self) -> Result<(), String> {
        self.is_between = false;
        self.magic.clear();
        self.context
            .reset(ResetDirective::SessionOnly)
            .map(|_| ())
            .map_err(|code| zstd_safe::get_error_name(code).to_owned())
    }
}

/// The library's errors, as Node.js names them.
fn error_code(number: i32) -> &'static str {
    match number {
        10 => "ZSTD_error_prefix_unknown",
        12 => "ZSTD_error_version_unsupported",
        14 => "ZSTD_error_frameParameter_unsupported",
        16 => "ZSTD_error_frameParameter_windowTooLarge",
        20 => "ZSTD_error_corruption_detected",
        22 => "ZSTD_error_checksum_wrong",
        24 => "ZSTD_error_literals_headerWrong",
        30 => "ZSTD_error_dictionary_corrupted",
        32 => "ZSTD_error_dictionary_wrong",
        34 => "ZSTD_error_dictionaryCreation_failed",
        40 => "ZSTD_error_parameter_unsupported",
        41 => "ZSTD_error_parameter_combination_unsupported",
        42 => "ZSTD_error_parameter_outOfBound",
        44 => "ZSTD_error_tableLog_tooLarge",
        46 => "ZSTD_error_maxSymbolValue_tooLarge",
        48 => "ZSTD_error_maxSymbolValue_tooSmall",
        50 => "ZSTD_error_stabilityCondition_notRespected",
        60 => "ZSTD_error_stage_wrong",
        62 => "ZSTD_error_init_missing",
        64 => "ZSTD_error_memory_allocation",
        66 => "ZSTD_error_workSpace_tooSmall",
        70 => "ZSTD_error_dstSize_tooSmall",
        72 => "ZSTD_error_srcSize_wrong",
        74 => "ZSTD_error_dstBuffer_null",
        80 => "ZSTD_error_noForwardProgress_destFull",
        82 => "ZSTD_error_noForwardProgress_inputEmpty",
        _ => "ZSTD_error_GENERIC",
    }
}
