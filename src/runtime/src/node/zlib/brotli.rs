//! Brotli.
//!
//! <https://datatracker.ietf.org/doc/html/rfc7932>

use brotli::enc::StandardAlloc;
use brotli::enc::encode::{
    BrotliEncoderOperation, BrotliEncoderParameter, BrotliEncoderStateStruct,
};
use brotli::{BrotliDecompressStream, BrotliResult, BrotliState};

use super::{Coder, Step};

/// Modes by Node.js's numbers.
const DECODE: i32 = 8;
const ENCODE: i32 = 9;

/// What is not given of the parameters.
const NOT_GIVEN: u32 = u32::MAX;

const BUFFER_ERROR: i32 = -5;

const PARAMETERS: &[BrotliEncoderParameter] = &[
    BrotliEncoderParameter::BROTLI_PARAM_MODE,
    BrotliEncoderParameter::BROTLI_PARAM_QUALITY,
    BrotliEncoderParameter::BROTLI_PARAM_LGWIN,
    BrotliEncoderParameter::BROTLI_PARAM_LGBLOCK,
    BrotliEncoderParameter::BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING,
    BrotliEncoderParameter::BROTLI_PARAM_SIZE_HINT,
    BrotliEncoderParameter::BROTLI_PARAM_LARGE_WINDOW,
];

pub(super) fn is_mode(mode: i32) -> bool {
    mode == DECODE || mode == ENCODE
}

/// A coder with parameters, by their numbers, and what both sides know before.
pub(super) fn make(mode: i32, parameters: Vec<u32>, dictionary: Vec<u8>) -> Option<Box<dyn Coder>> {
    if mode == DECODE {
        let state = decoder(&dictionary);
        return Some(Box::new(Decoder { state, dictionary, is_over: false }));
    }
    let state = encoder(&parameters, &dictionary)?;
    Some(Box::new(Encoder { state, parameters, dictionary }))
}

struct Encoder {
    state: Box<BrotliEncoderStateStruct<StandardAlloc>>,
    parameters: Vec<u32>,
    dictionary: Vec<u8>,
}

fn encoder(
    parameters: &[u32],
    dictionary: &[u8],
) -> Option<Box<BrotliEncoderStateStruct<StandardAlloc>>> {
    let mut state = Box::new(BrotliEncoderStateStruct::new(StandardAlloc::default()));
    for (parameter, value) in PARAMETERS.iter().zip(parameters) {
        if *value != NOT_GIVEN && !state.set_parameter(*parameter, *value) {
            return None;
        }
    }
    if !dictionary.is_empty() {
        state.set_custom_dictionary(dictionary.len(), dictionary);
    }
    Some(state)
}

impl Coder for Encoder {
    fn step(&mut self, flush: i32, input: &[u8], output: &mut [u8]) -> Step {
        let operation = match flush {
            1 => BrotliEncoderOperation::BROTLI_OPERATION_FLUSH,
            2 => BrotliEncoderOperation::BROTLI_OPERATION_FINISH,
            3 => BrotliEncoderOperation::BROTLI_OPERATION_EMIT_METADATA,
            _ => BrotliEncoderOperation::BROTLI_OPERATION_PROCESS,
        };
        let (mut left_in, mut read) = (input.len(), 0);
        let (mut left_out, mut written) = (output.len(), 0);
        let is_right = self.state.compress_stream(
            operation,
            &mut left_in,
            input,
            &mut read,
            &mut left_out,
            output,
            &mut written,
            &mut None,
            &mut |_, _, _, _| (),
        );
        let failure = (!is_right)
            .then(|| (-2, "ERR_BROTLI_COMPRESSION_FAILED", "Compression failed".to_owned()));
        Step { read, written, failure }
    }

    fn reset(&mut self) -> Result<(), String> {
        match encoder(&self.parameters, &self.dictionary) {
            Some(state) => {
                self.state = state;
                Ok(())
            }
            None => Err("Could not initialize Brotli instance".to_owned()),
        }
    }
}

struct Decoder {
    state: Box<BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>>,
    dictionary: Vec<u8>,
    is_over: bool,
}

fn decoder(dictionary: &[u8]) -> Box<BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>> {
    let alloc = StandardAlloc::default;
    Box::new(if dictionary.is_empty() {
        BrotliState::new(alloc(), alloc(), alloc())
    } else {
        let known = dictionary.to_vec().into();
        BrotliState::new_with_custom_dictionary(alloc(), alloc(), alloc(), known)
    })
}

impl Coder for Decoder {
    fn step(&mut self, flush: i32, input: &[u8], output: &mut [u8]) -> Step {
        /// `BROTLI_OPERATION_FINISH`
        const FINISH: i32 = 2;
        if self.is_over {
            return Step::default();
        }
        let (mut left_in, mut read) = (input.len(), 0);
        let (mut left_out, mut written, mut total) = (output.len(), 0, 0);
        let result = BrotliDecompressStream(
            &mut left_in,
            &mut read,
            input,
            &mut left_out,
            &mut written,
            output,
            &mut total,
            &mut self.state,
        );
        let failure = match result {
            BrotliResult::ResultSuccess => {
                self.is_over = true;
                None
            }
            BrotliResult::NeedsMoreInput if flush == FINISH => {
                Some((BUFFER_ERROR, "Z_BUF_ERROR", "unexpected end of file".to_owned()))
            }
            BrotliResult::NeedsMoreInput | BrotliResult::NeedsMoreOutput => None,
            BrotliResult::ResultFailure => {
                let number = self.state.error_code as i32;
                Some((number, error_code(number), "Decompression failed".to_owned()))
            }
        };
        Step { read, written, failure }
    }

    fn reset(&mut self) -> Result<(), String> {
        self.state = decoder(&self.dictionary);
        self.is_over = false;
        Ok(())
    }
}

/// The decoder's errors, as Node.js names them.
fn error_code(number: i32) -> &'static str {
    match number {
        -1 => "ERR__ERROR_FORMAT_EXUBERANT_NIBBLE",
        -2 => "ERR__ERROR_FORMAT_RESERVED",
        -3 => "ERR__ERROR_FORMAT_EXUBERANT_META_NIBBLE",
        -4 => "ERR__ERROR_FORMAT_SIMPLE_HUFFMAN_ALPHABET",
        -5 => "ERR__ERROR_FORMAT_SIMPLE_HUFFMAN_SAME",
        -6 => "ERR__ERROR_FORMAT_CL_SPACE",
        -7 => "ERR__ERROR_FORMAT_HUFFMAN_SPACE",
        -8 => "ERR__ERROR_FORMAT_CONTEXT_MAP_REPEAT",
        -9 => "ERR__ERROR_FORMAT_BLOCK_LENGTH_1",
        -10 => "ERR__ERROR_FORMAT_BLOCK_LENGTH_2",
        -11 => "ERR__ERROR_FORMAT_TRANSFORM",
        -12 => "ERR__ERROR_FORMAT_DICTIONARY",
        -13 => "ERR__ERROR_FORMAT_WINDOW_BITS",
        -14 => "ERR__ERROR_FORMAT_PADDING_1",
        -15 => "ERR__ERROR_FORMAT_PADDING_2",
        -16 => "ERR__ERROR_FORMAT_DISTANCE",
        -19 => "ERR__ERROR_DICTIONARY_NOT_SET",
        -20 => "ERR__ERROR_INVALID_ARGUMENTS",
        _ => "ERR__ERROR_UNREACHABLE",
    }
}
