//! What is wrong with a message that is refused: the code, the words and the place that
//! Node.js's parser (llhttp) would tell.
//!
//! The parser itself reads heads at a stroke; only what it refuses, or what comes in pieces,
//! is gone through byte by byte.

use super::parser::{HEADER_OVERFLOW, Kind, METHODS, ParseError, is_token};

/// What is wrong, and where.
pub type Fault = (ParseError, usize);

/// Methods that are known though no request may have them.
const OTHER_METHODS: &[&[u8]] = &[
    b"ANNOUNCE",
    b"DESCRIBE",
    b"FLUSH",
    b"GET_PARAMETER",
    b"PAUSE",
    b"PLAY",
    b"PRI",
    b"RECORD",
    b"REDIRECT",
    b"SETUP",
    b"SET_PARAMETER",
    b"TEARDOWN",
];

/// `Ok` where the text ends before anything is wrong.
type Scan<T = ()> = Result<T, Stop>;

/// Why a scan ends.
enum Stop {
    /// The text is over.
    End,
    /// Something is wrong.
    Fault(ParseError, usize),
}

fn fault<T>(code: &'static str, reason: &'static str, at: usize) -> Scan<T> {
    Err(Stop::Fault(ParseError { code, reason }, at))
}

fn found(scan: &Scan) -> Option<Fault> {
    match scan {
        Err(Stop::Fault(error, at)) => Some((*error, *at)),
        _ => None,
    }
}

/// What is wrong with a head, or with the beginning of one, that may have so many bytes of
/// a target, names and values.
pub fn of_head(kind: Kind, text: &[u8], max_head: usize) -> Option<Fault> {
    let mut scanner = Scanner { text, at: 0, counted: 0, max_head };
    let scan = scanner.head(kind);
    match found(&scan) {
        None if scanner.counted + scanner.open_span() >= max_head => {
            Some((HEADER_OVERFLOW, text.len()))
        }
        other => other,
    }
}

/// What is wrong with a line of a chunk's size, or with the beginning of one.
pub fn of_chunk_size(line: &[u8]) -> Option<Fault> {
    let mut scanner = Scanner { text: line, at: 0, counted: 0, max_head: usize::MAX };
    found(&scanner.chunk_size())
}

/// What is wrong with a field behind the last chunk.
pub fn of_trailer(line: &[u8]) -> Option<Fault> {
    let mut scanner = Scanner { text: line, at: 0, counted: 0, max_head: usize::MAX };
    found(&scanner.field(&mut Framing::default()))
}

/// What fields have said so far on the length of a body.
#[derive(Default)]
struct Framing {
    has_length: bool,
    has_encoding: bool,
    is_chunked: bool,
}

struct Scanner<'t> {
    text: &'t [u8],
    at: usize,
    /// How many bytes of the target, names and values are behind.
    counted: usize,
    max_head: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Scan<u8> {
        self.text.get(self.at).copied().ok_or(Stop::End)
    }

    /// How much has come of a name or a value that is not complete.
    fn open_span(&self) -> usize {
        let line = memchr::memrchr(b'\n', self.text).map_or(0, |end| end + 1);
        let from = memchr::memchr(b':', &self.text[line..]).map_or(line, |colon| line + colon + 1);
        if line == 0 { 0 } else { self.text[from..].trim_ascii_start().len() }
    }

    /// Skips bytes of a kind; how many there were.
    fn skip(&mut self, is: impl Fn(u8) -> bool) -> usize {
        let from = self.at;
        while self.text.get(self.at).is_some_and(|byte| is(*byte)) {
            self.at += 1;
        }
        self.at - from
    }

    /// Counts what belongs to the size of a head.
    fn count(&mut self, bytes: usize, end: usize) -> Scan {
        self.counted += bytes;
        if self.counted >= self.max_head {
            return Err(Stop::Fault(HEADER_OVERFLOW, end));
        }
        Ok(())
    }

    fn head(&mut self, kind: Kind) -> Scan {
        self.skip(|byte| byte == b'\r' || byte == b'\n');
        match kind {
            Kind::Request => self.request_line()?,
            Kind::Response => self.status_line()?,
        }
        if matches!(self.peek()?, b' ' | b'\t') {
            return fault("HPE_UNEXPECTED_SPACE", "Unexpected space after start line", self.at + 1);
        }
        let mut framing = Framing::default();
        while self.peek()? != b'\r' {
            self.field(&mut framing)?;
        }
        self.at += 1;
        if self.peek()? != b'\n' {
            return fault("HPE_STRICT", "Expected LF after headers", self.at);
        }
        Ok(())
    }

    fn request_line(&mut self) -> Scan {
        let is_connect = self.method()?;
        self.skip(|byte| byte == b' ');
        let from = self.at;
        self.target(is_connect)?;
        self.count(self.at - from, self.at)?;
        self.at += 1;
        self.version()?;
        self.line_end("Expected CRLF after version")
    }

    fn status_line(&mut self) -> Scan {
        self.version()?;
        if self.peek()? != b' ' {
            return fault("HPE_INVALID_VERSION", "Expected space after version", self.at);
        }
        self.at += 1;
        for _ in 0..3 {
            if !self.peek()?.is_ascii_digit() {
                return fault("HPE_INVALID_STATUS", "Invalid status code", self.at);
            }
            self.at += 1;
        }
        match self.peek()? {
            b' ' | b'\r' | b'\n' => {}
            _ => return fault("HPE_INVALID_STATUS", "Invalid response status", self.at),
        }
        self.skip(|byte| byte != b'\r' && byte != b'\n');
        if self.peek()? == b'\n' {
            return fault(
                "HPE_CR_EXPECTED",
                "Missing expected CR after response line",
                self.at + 1,
            );
        }
        self.at += 1;
        if self.peek()? != b'\n' {
            return fault("HPE_STRICT", "Expected LF after CR", self.at);
        }
        self.at += 1;
        Ok(())
    }

    /// A method and the space behind it; whether it is `CONNECT`.
    fn method(&mut self) -> Scan<bool> {
        let from = self.at;
        loop {
            let next = self.peek()?;
            let name = &self.text[from..self.at];
            let known = || METHODS.iter().chain(OTHER_METHODS);
            if next == b' ' && known().any(|method| *method == name) {
                self.at += 1;
                return Ok(name == b"CONNECT");
            }
            let longer = &self.text[from..=self.at];
            if !known().any(|method| method.starts_with(longer)) {
                let is_whole = known().any(|method| *method == name);
                let reason = if is_whole {
                    "Expected space after method"
                } else {
                    "Invalid method encountered"
                };
                return fault("HPE_INVALID_METHOD", reason, self.at);
            }
            self.at += 1;
        }
    }

    /// A target, up to the space behind it.
    fn target(&mut self, is_connect: bool) -> Scan {
        const URL: &str = "HPE_INVALID_URL";
        const FORBIDDEN: &str = "Invalid characters in url";
        let is_space = |byte: u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x0C);
        let first = self.peek()?;
        if !is_connect && first.is_ascii_alphabetic() {
            self.skip(|byte| byte.is_ascii_alphabetic());
            for expected in b"://" {
                let next = self.peek()?;
                if is_space(next) {
                    return fault(URL, FORBIDDEN, self.at + 1);
                }
                if next != *expected {
                    return fault(URL, "Unexpected char in url schema", self.at);
                }
                self.at += 1;
            }
        } else if is_space(first) {
            return fault(URL, FORBIDDEN, self.at + 1);
        } else if !is_connect && first != b'/' && first != b'*' {
            return fault(URL, "Unexpected start char in url", self.at);
        }
        let mut part = "Invalid char in url path";
        loop {
            match self.peek()? {
                b' ' => return Ok(()),
                // HTTP/0.9: refused, but not for this.
                b'\r' | b'\n' => return Err(Stop::End),
                b'?' => part = "Invalid char in url query",
                b'#' => part = "Invalid char in url fragment",
                0x21..=0x7E | 0x80.. => {}
                _ => return fault(URL, part, self.at),
            }
            self.at += 1;
        }
    }

    fn version(&mut self) -> Scan {
        const CODE: &str = "HPE_INVALID_VERSION";
        for expected in b"HTTP/" {
            if self.peek()? != *expected {
                let reason = "Expected HTTP/, RTSP/ or ICE/";
                return fault("HPE_INVALID_CONSTANT", reason, self.at);
            }
            self.at += 1;
        }
        let major = self.peek()?;
        if !major.is_ascii_digit() {
            return fault(CODE, "Invalid major version", self.at);
        }
        self.at += 1;
        if self.peek()? != b'.' {
            return fault(CODE, "Expected dot", self.at);
        }
        self.at += 1;
        let minor = self.peek()?;
        if !minor.is_ascii_digit() {
            return fault(CODE, "Invalid minor version", self.at);
        }
        self.at += 1;
        if !matches!((major, minor), (b'0', b'9') | (b'1', b'0' | b'1') | (b'2', b'0')) {
            return fault(CODE, "Invalid HTTP version", self.at);
        }
        Ok(())
    }

    fn line_end(&mut self, reason: &'static str) -> Scan {
        match self.peek()? {
            b'\r' => self.at += 1,
            b'\n' => return fault("HPE_INVALID_VERSION", reason, self.at + 1),
            _ => return fault("HPE_INVALID_VERSION", reason, self.at),
        }
        if self.peek()? != b'\n' {
            return fault("HPE_STRICT", reason, self.at);
        }
        self.at += 1;
        Ok(())
    }

    /// A field with the end of its line.
    fn field(&mut self, framing: &mut Framing) -> Scan {
        const TOKEN: &str = "HPE_INVALID_HEADER_TOKEN";
        let from = self.at;
        self.skip(is_token);
        let name = &self.text[from..self.at];
        if self.peek()? != b':' || name.is_empty() {
            return fault(TOKEN, "Invalid header token", self.at);
        }
        self.at += 1;
        let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
        let (is_length, is_encoding) = (is(b"content-length"), is(b"transfer-encoding"));
        self.count(name.len(), self.at)?;
        if is_encoding && framing.has_length {
            let reason = "Transfer-Encoding can't be present with Content-Length";
            return fault("HPE_INVALID_TRANSFER_ENCODING", reason, self.at);
        }
        if is_length && framing.has_encoding {
            let reason = "Content-Length can't be present with Transfer-Encoding";
            return fault("HPE_INVALID_CONTENT_LENGTH", reason, self.at);
        }
        self.skip(|byte| byte == b' ' || byte == b'\t');
        if is_length {
            self.length(framing)?;
        } else if is_encoding {
            self.encoding(framing)?;
        }
        let from = self.at;
        self.skip(|byte| byte == b'\t' || (0x20..0x7F).contains(&byte) || byte >= 0x80);
        match self.peek()? {
            b'\r' => self.at += 1,
            b'\n' => {
                let reason = "Missing expected CR after header value";
                return fault("HPE_CR_EXPECTED", reason, self.at);
            }
            _ => return fault(TOKEN, "Invalid header value char", self.at),
        }
        self.count(self.at - 1 - from, self.at)?;
        if self.peek()? != b'\n' {
            return fault("HPE_LF_EXPECTED", "Missing expected LF after header value", self.at);
        }
        self.at += 1;
        if matches!(self.peek()?, b' ' | b'\t') {
            return fault(TOKEN, "Unexpected whitespace after header value", self.at);
        }
        Ok(())
    }

    fn length(&mut self, framing: &mut Framing) -> Scan {
        const CODE: &str = "HPE_INVALID_CONTENT_LENGTH";
        if framing.has_length {
            return fault("HPE_UNEXPECTED_CONTENT_LENGTH", "Duplicate Content-Length", self.at);
        }
        framing.has_length = true;
        if self.peek()? == b'\r' {
            return fault(CODE, "Empty Content-Length", (self.at + 2).min(self.text.len()));
        }
        let mut length = 0_u64;
        while self.peek()?.is_ascii_digit() {
            let digit = u64::from(self.peek()? - b'0');
            self.at += 1;
            match length.checked_mul(10).and_then(|length| length.checked_add(digit)) {
                Some(longer) => length = longer,
                None => return fault(CODE, "Content-Length overflow", self.at),
            }
        }
        self.skip(|byte| byte == b' ');
        if self.peek()? != b'\r' {
            return fault(CODE, "Invalid character in Content-Length", self.at);
        }
        Ok(())
    }

    /// `chunked` is the last of the codings, and comes once.
    fn encoding(&mut self, framing: &mut Framing) -> Scan {
        const CODE: &str = "HPE_INVALID_TRANSFER_ENCODING";
        const REASON: &str = "Invalid `Transfer-Encoding` header value";
        framing.has_encoding = true;
        if framing.is_chunked {
            return fault(CODE, REASON, self.at + 1);
        }
        let end = memchr::memchr(b'\r', &self.text[self.at..]).ok_or(Stop::End)?;
        let mut at = self.at;
        for coding in self.text[self.at..self.at + end].split(|byte| *byte == b',') {
            if framing.is_chunked {
                return fault(CODE, REASON, at);
            }
            framing.is_chunked = coding.trim_ascii().eq_ignore_ascii_case(b"chunked");
            at += coding.len() + 1;
        }
        Ok(())
    }

    fn chunk_size(&mut self) -> Scan {
        const SIZE: &str = "HPE_INVALID_CHUNK_SIZE";
        const WRONG: &str = "Invalid character in chunk size";
        let mut size = 0_u64;
        if !self.peek()?.is_ascii_hexdigit() {
            return fault(SIZE, WRONG, self.at);
        }
        while let Some(digit) = (self.peek()? as char).to_digit(16) {
            self.at += 1;
            if size >> 60 != 0 {
                return fault(SIZE, "Chunk size overflow", self.at);
            }
            size = size << 4 | u64::from(digit);
        }
        match self.peek()? {
            b'\r' => {}
            b';' => self.extensions()?,
            b'\n' => {
                let reason = "Missing expected CR after chunk size";
                return fault("HPE_CR_EXPECTED", reason, self.at + 1);
            }
            b' ' => return fault(SIZE, WRONG, self.at + 1),
            _ => return fault(SIZE, WRONG, self.at),
        }
        self.at += 1;
        if self.peek()? != b'\n' {
            return fault("HPE_STRICT", "Expected LF after chunk size", self.at);
        }
        Ok(())
    }

    /// Extensions of a chunk, up to the CR behind them.
    fn extensions(&mut self) -> Scan {
        const CODE: &str = "HPE_STRICT";
        while self.peek()? == b';' {
            self.at += 1;
            if self.peek()? == b' ' {
                return fault(CODE, "Invalid character in chunk extensions", self.at + 1);
            }
            self.skip(is_token);
            if self.peek()? == b'=' {
                self.at += 1;
                if self.peek()? == b'"' {
                    self.quoted()?;
                    if !matches!(self.peek()?, b';' | b'\r') {
                        let reason = "Invalid character in chunk extensions quote value";
                        return fault(CODE, reason, self.at + 1);
                    }
                    continue;
                }
                self.skip(is_token);
                if !matches!(self.peek()?, b';' | b'\r') {
                    let reason = "Invalid character in chunk extensions value";
                    return fault(CODE, reason, self.at + 1);
                }
            } else if !matches!(self.peek()?, b';' | b'\r') {
                return fault(CODE, "Invalid character in chunk extensions name", self.at + 1);
            }
        }
        Ok(())
    }

    fn quoted(&mut self) -> Scan {
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Ok(());
                }
                b'\\' => {
                    self.at += 1;
                    self.peek()?;
                }
                b'\t' | 0x20..=0x7E | 0x80.. => {}
                _ => {
                    let reason = "Invalid character in chunk extensions quoted value";
                    return fault("HPE_STRICT", reason, self.at + 1);
                }
            }
            self.at += 1;
        }
    }
}
