//! Source texts from files and standard input.

use std::ffi::OsString;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use axil_grammar::Source;

/// The longest source text read, in bytes: what V8 takes as one string.
const MAX_BYTES: u64 = (1 << 29) - 24;

/// Where a source text comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// `-`
    Stdin,
    /// A path.
    File(PathBuf),
}

impl Input {
    /// The input an argument names.
    pub fn from_argument(argument: OsString) -> Self {
        if argument == "-" { Self::Stdin } else { Self::File(argument.into()) }
    }

    /// Reads all of it; the error is a message for people.
    pub fn read(&self) -> Result<Source, String> {
        Ok(Source::new(self.to_string(), self.read_text()?))
    }

    /// Reads all of it; the error is a message for people.
    pub fn read_text(&self) -> Result<String, String> {
        let bytes = self.read_bytes().map_err(|error| format!("cannot read '{self}': {error}"))?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(format!("'{self}' is longer than {MAX_BYTES} bytes, the most Axil reads"));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(text),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..offset].iter().filter(|&&b| b == b'\n').count() + 1;
                let byte = error.as_bytes()[offset];
                Err(format!(
                    "'{self}' is not UTF-8: byte 0x{byte:02x} at offset {offset}, line {line}"
                ))
            }
        }
    }

    /// The bytes, and one more than allowed at most.
    fn read_bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match self {
            Self::Stdin => io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes)?,
            Self::File(path) => {
                let file = File::open(path)?;
                let length = file.metadata()?.len().min(MAX_BYTES);
                bytes.reserve(usize::try_from(length).unwrap_or(0));
                file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?
            }
        };
        Ok(bytes)
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("<stdin>"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}
