//! Messages of HTTP/1 as they come in (RFC 9112): heads, bodies, trailers.
//!
//! Strict wherever two readers could disagree on where a message ends: lines end in CR LF,
//! a message has one length, chunk sizes are digits and nothing else. The head itself is
//! read by `httparse`; framing is ours.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::{memchr, memchr_iter, memmem};

use super::diagnosis;

/// What a parser reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Requests, one after the other.
    Request,
    /// Responses.
    Response,
}

/// Why a message is refused: the code and the words by which Node.js's parser knows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ParseError {
    /// Like `HPE_INVALID_METHOD`.
    pub code: &'static str,
    /// What is wrong.
    pub reason: &'static str,
}

const fn error<T>(code: &'static str, reason: &'static str) -> Result<T, ParseError> {
    Err(ParseError { code, reason })
}

/// The head of a message is longer than allowed.
pub const HEADER_OVERFLOW: ParseError =
    ParseError { code: "HPE_HEADER_OVERFLOW", reason: "Header overflow" };

/// A head, with the places of its parts.
#[derive(Debug)]
pub struct Head {
    /// All of it, up to and with the empty line.
    text: Box<[u8]>,
    first: Range<u32>,
    second: Range<u32>,
    /// HTTP/1.1 and not 1.0.
    pub is_1_1: bool,
    /// The status of a response.
    pub status: u16,
    fields: Box<[Field]>,
    /// How the message goes on.
    pub framing: Framing,
    /// What its `Connection` fields say.
    pub connection: ConnectionOptions,
    /// It has an `Upgrade` field.
    pub has_upgrade: bool,
    /// It has a `Host` field.
    pub has_host: bool,
    /// It has an `Expect` field, and that says `100-continue`.
    pub expects: Option<bool>,
}

#[derive(Clone, Copy, Debug)]
struct Field {
    name: u32,
    name_length: u32,
    value: u32,
    value_length: u32,
}

/// What `Connection` fields ask for.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct ConnectionOptions {
    /// `close`
    pub close: bool,
    /// `keep-alive`
    pub keep_alive: bool,
    /// `upgrade`
    pub upgrade: bool,
}

/// How the end of a body is known (RFC 9112 §6.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Framing {
    /// There is none.
    None,
    /// By its length.
    Length(u64),
    /// It comes in chunks.
    Chunked,
    /// It ends with the connection.
    UntilClose,
}

impl Head {
    fn slice(&self, range: &Range<u32>) -> &[u8] {
        &self.text[range.start as usize..range.end as usize]
    }

    /// The method of a request, or the reason of a response.
    pub fn method(&self) -> &[u8] {
        self.slice(&self.first)
    }

    /// The target of a request.
    pub fn target(&self) -> &[u8] {
        self.slice(&self.second)
    }

    /// The reason of a response.
    pub fn reason(&self) -> &[u8] {
        self.slice(&self.second)
    }

    /// How many fields there are.
    pub fn field_count(&self) -> usize {
        self.fields.len()
    }

    /// Its fields, names and values as they stand there.
    pub fn fields(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.fields.iter().map(|field| {
            let name = field.name as usize..(field.name + field.name_length) as usize;
            let value = field.value as usize..(field.value + field.value_length) as usize;
            (&self.text[name], &self.text[value])
        })
    }

    /// Whether a request wants to go on in another protocol.
    pub fn asks_for_upgrade(&self) -> bool {
        self.has_upgrade && self.connection.upgrade || self.method() == b"CONNECT"
    }

    /// Whether the connection may be used again after the message (RFC 9112 §9.3).
    pub fn should_keep_alive(&self) -> bool {
        if self.is_1_1 { !self.connection.close } else { self.connection.keep_alive }
    }
}

/// Fields behind the last chunk of a body: names and values.
pub type Trailers = Vec<(Box<[u8]>, Box<[u8]>)>;

/// What a parser has found.
#[derive(Debug)]
pub enum Event<'i> {
    /// A head.
    Head(Head),
    /// A part of the body.
    Body(&'i [u8]),
    /// The message is over; these are the fields behind its last chunk.
    End(Trailers),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// Between messages, or in a head.
    Head,
    Length(u64),
    UntilClose,
    ChunkSize,
    Chunk(u64),
    ChunkEnd,
    Trailers,
    /// The message has no body, which is to be said.
    NoBody,
    /// What follows is no HTTP.
    Handed,
    /// What has come is no HTTP, nor is what follows.
    Failed(ParseError),
}

/// What a head ends with: prepared once, for that takes longer than finding it.
static END_OF_HEAD: LazyLock<memmem::Finder<'static>> =
    LazyLock::new(|| memmem::Finder::new(b"\r\n\r\n"));

/// The most fields that a head may have unless fewer are allowed.
const MOST_FIELDS: usize = 2000;
/// The most bytes that the size and the extensions of a chunk may take.
const MOST_EXTENSIONS: usize = 16 << 10;

/// The state between two pieces of a connection's input.
pub struct Parser {
    kind: Kind,
    state: State,
    /// What has come of a line or a head that is not complete.
    partial: Vec<u8>,
    /// How much of it has been looked through for the end.
    searched: usize,
    max_head: usize,
    trailers: Trailers,
    /// The response to come has no body, whatever it says: that of a `HEAD`.
    skips_body: bool,
    /// What careless peers send is taken, too (`insecureHTTPParser`).
    is_lenient: bool,
    /// The message that is being read, or has been, is the connection's last one.
    is_closed: bool,
    /// How much of the input is behind the place where it failed.
    behind_failure: usize,
}

impl Parser {
    /// One that has seen nothing, and allows heads of so many bytes.
    pub fn new(kind: Kind, max_head: usize) -> Self {
        Self {
            kind,
            state: State::Head,
            partial: Vec::new(),
            searched: 0,
            max_head,
            trailers: Vec::new(),
            skips_body: false,
            is_lenient: false,
            is_closed: false,
            behind_failure: 0,
        }
    }

    /// Where the input, of so many bytes, failed.
    pub fn failed_at(&self, length: usize) -> usize {
        length.saturating_sub(self.behind_failure)
    }

    /// Takes control characters in values, lines that end in LF alone, and both a length
    /// and chunks, of which the chunks count: what `insecureHTTPParser` asks for.
    pub fn set_lenient(&mut self, is_lenient: bool) {
        self.is_lenient = is_lenient;
    }

    /// Says whether the next response is one without a body, whatever it says.
    pub fn set_skips_body(&mut self, skips: bool) {
        self.skips_body = skips;
    }

    /// Whether it stands between two messages.
    pub fn is_between_messages(&self) -> bool {
        self.state == State::Head && self.partial.is_empty()
    }

    /// Whether it stands between two messages, and something of the next head has come.
    pub fn is_in_head(&self) -> bool {
        self.state == State::Head && !self.partial.is_empty()
    }

    /// What follows is another protocol's: the parser is done.
    pub fn hand_over(&mut self) {
        self.state = State::Handed;
    }

    /// The connection has ended. Whether that ends a message; an error if it tears one.
    ///
    /// # Errors
    /// If the message was not complete.
    pub fn finish(&mut self) -> Result<bool, ParseError> {
        match self.state {
            State::UntilClose => {
                self.state = State::Head;
                Ok(true)
            }
            State::NoBody => Ok(true),
            State::Head if self.partial.is_empty() => Ok(false),
            State::Handed | State::Failed(_) => Ok(false),
            _ => error("HPE_INVALID_EOF_STATE", "Invalid EOF state"),
        }
    }

    /// What is found next in `input`, of which it takes what it has dealt with. None if
    /// more input is needed.
    ///
    /// # Errors
    /// If the input is no HTTP; from then on, all that comes is none.
    pub fn next<'i>(&mut self, input: &mut &'i [u8]) -> Result<Option<Event<'i>>, ParseError> {
        self.behind_failure = match self.state {
            State::Failed(_) => input.len(),
            _ => 0,
        };
        let result = self.step(input);
        if let Err(error) = &result {
            self.state = State::Failed(*error);
            *input = &[];
        }
        result
    }

    fn step<'i>(&mut self, input: &mut &'i [u8]) -> Result<Option<Event<'i>>, ParseError> {
        loop {
            match self.state {
                State::Handed => return Ok(None),
                State::Failed(_) if input.is_empty() => return Ok(None),
                State::Failed(error) => return Err(error),
                State::Head => return self.head(input),
                State::NoBody => return Ok(Some(self.end())),
                State::Length(0) => return Ok(Some(self.end())),
                State::Length(left) => {
                    let Some(body) = take(input, left) else { return Ok(None) };
                    self.state = State::Length(left - body.len() as u64);
                    return Ok(Some(Event::Body(body)));
                }
                State::UntilClose => {
                    let Some(body) = take(input, u64::MAX) else { return Ok(None) };
                    return Ok(Some(Event::Body(body)));
                }
                State::ChunkSize => {
                    const TOO_LONG: ParseError = ParseError {
                        code: "HPE_CHUNK_EXTENSIONS_OVERFLOW",
                        reason: "Chunk extensions overflow",
                    };
                    let limit = (MOST_EXTENSIONS, TOO_LONG);
                    let line = self.checked_line(input, limit, diagnosis::of_chunk_size)?;
                    let Some(line) = line else { return Ok(None) };
                    let size = self.chunk_size(&line)?;
                    self.state = if size == 0 { State::Trailers } else { State::Chunk(size) };
                }
                State::Chunk(0) => self.state = State::ChunkEnd,
                State::Chunk(left) => {
                    let Some(body) = take(input, left) else { return Ok(None) };
                    self.state = State::Chunk(left - body.len() as u64);
                    return Ok(Some(Event::Body(body)));
                }
                State::ChunkEnd => {
                    // Not by `line`: what is no line end must be refused at once.
                    while self.partial.len() < 2 {
                        let Some(byte) = take(input, 1) else { return Ok(None) };
                        if byte[0] != b"\r\n"[self.partial.len()] {
                            if byte[0] == b'\n' {
                                self.behind_failure = input.len();
                                return error(
                                    "HPE_CR_EXPECTED",
                                    "Missing expected CR after chunk data",
                                );
                            }
                            self.behind_failure = input.len() + 1;
                            return error("HPE_STRICT", "Expected LF after chunk data");
                        }
                        self.partial.push(byte[0]);
                    }
                    self.partial.clear();
                    self.state = State::ChunkSize;
                }
                State::Trailers => {
                    let limit = (self.max_head, HEADER_OVERFLOW);
                    let line = self.checked_line(input, limit, |start| {
                        if start.starts_with(b"\r") { None } else { diagnosis::of_trailer(start) }
                    })?;
                    let Some(line) = line else { return Ok(None) };
                    if line.is_empty() {
                        return Ok(Some(self.end()));
                    }
                    self.trailer(&line)?;
                }
            }
        }
    }

    /// [`Self::line`], of which what has come is looked at as it comes: nobody should wait for
    /// the end of what is none.
    fn checked_line(
        &mut self,
        input: &mut &[u8],
        (limit, too_long): (usize, ParseError),
        look: impl Fn(&[u8]) -> Option<diagnosis::Fault>,
    ) -> Result<Option<Vec<u8>>, ParseError> {
        let (before, whole) = (self.partial.len(), *input);
        let line = self.line(input, limit, too_long);
        if !self.is_lenient {
            let found = look(&Self::start_of(&self.partial, before, whole, input));
            self.fail(found, whole.len() + before)?;
        }
        line
    }

    /// What has come of a line: what was there before, and what was taken of the input.
    fn start_of<'l>(
        partial: &'l [u8],
        before: usize,
        whole: &'l [u8],
        rest: &[u8],
    ) -> std::borrow::Cow<'l, [u8]> {
        if before == 0 || !partial.is_empty() {
            let taken = &whole[..whole.len() - rest.len()];
            return if before == 0 { taken.into() } else { partial.into() };
        }
        // It is complete, and was told before that its beginning is right.
        std::borrow::Cow::Borrowed(&[])
    }

    /// Fails with what was found, of which the place is given from the beginning of what is
    /// being read, so far before the end of the input.
    fn fail(&mut self, found: Option<diagnosis::Fault>, length: usize) -> Result<(), ParseError> {
        let Some((error, at)) = found else { return Ok(()) };
        self.behind_failure = length.saturating_sub(at);
        Err(error)
    }

    /// A head is refused for what a careful look finds wrong with it, and else as it was.
    fn refuse_head<T>(
        &mut self,
        error: ParseError,
        text: &[u8],
        behind: usize,
    ) -> Result<T, ParseError> {
        if !self.is_lenient {
            let found = diagnosis::of_head(self.kind, text, self.max_head);
            self.fail(found, text.len() + behind)?;
        }
        self.behind_failure = behind;
        Err(error)
    }

    /// Whether a head is too long: what counts is the target, the names and the values.
    fn is_too_long(&self, text: &[u8]) -> bool {
        if text.len() <= self.max_head {
            return false;
        }
        let found = diagnosis::of_head(self.kind, text, self.max_head);
        text.len() > self.max_head.saturating_mul(4)
            || found.is_some_and(|(error, _)| error == HEADER_OVERFLOW)
    }

    fn end(&mut self) -> Event<'static> {
        self.state = State::Head;
        Event::End(std::mem::take(&mut self.trailers))
    }

    // -----------------------------------------------------------------------
    // Heads
    // -----------------------------------------------------------------------

    fn head<'i>(&mut self, input: &mut &'i [u8]) -> Result<Option<Event<'i>>, ParseError> {
        if self.partial.is_empty() {
            // Empty lines before a message are allowed (RFC 9112 §2.2).
            while let [b'\r' | b'\n', rest @ ..] = input {
                *input = rest;
            }
        }
        if self.is_closed && !input.is_empty() {
            self.behind_failure = input.len() - 1;
            return error("HPE_CLOSED_CONNECTION", "Data after `Connection: close`");
        }
        if input.is_empty() {
            return Ok(None);
        }
        if self.partial.is_empty()
            && let Some(length) = self.head_length(input)
        {
            let (text, rest) = input.split_at(length);
            *input = rest;
            return self.take_head(text, rest.len());
        }
        // The end may lie across two pieces.
        let before = self.partial.len();
        self.partial.extend_from_slice(input);
        let from = self.searched.saturating_sub(3);
        match self.head_length(&self.partial[from..]) {
            Some(end) => {
                let length = from + end;
                *input = &input[length - before..];
                self.searched = 0;
                let mut text = std::mem::take(&mut self.partial);
                text.truncate(length);
                self.take_head(&text, input.len())
            }
            None => {
                *input = &[];
                self.searched = self.partial.len();
                if self.is_too_long(&self.partial) {
                    let text = std::mem::take(&mut self.partial);
                    return self.refuse_head(HEADER_OVERFLOW, &text, 0);
                }
                if let Err(error) = self.check_beginning() {
                    let text = std::mem::take(&mut self.partial);
                    return self.refuse_head(error, &text, 0);
                }
                // What comes in many small pieces is not gone through again and again.
                let is_worth_it = self.partial.len() < 1024 || self.partial.len() - before >= 64;
                if is_worth_it && !self.is_lenient {
                    let found = diagnosis::of_head(self.kind, &self.partial, self.max_head);
                    self.fail(found, self.partial.len())?;
                }
                Ok(None)
            }
        }
    }

    /// A head of which all is there, with so much behind it.
    fn take_head(
        &mut self,
        text: &[u8],
        behind: usize,
    ) -> Result<Option<Event<'static>>, ParseError> {
        if self.is_too_long(text) {
            return self.refuse_head(HEADER_OVERFLOW, text, behind);
        }
        match self.parse_head(text.into()) {
            Ok(head) => Ok(Some(Event::Head(head))),
            Err(error) => self.refuse_head(error, text, behind),
        }
    }

    /// Where a head ends, behind its empty line.
    fn head_length(&self, text: &[u8]) -> Option<usize> {
        let strict = END_OF_HEAD.find(text).map(|at| at + 4);
        if !self.is_lenient {
            return strict;
        }
        let plain = memmem::find(text, b"\n\n").map(|at| at + 2);
        let mixed = memmem::find(text, b"\n\r\n").map(|at| at + 3);
        [strict, plain, mixed].into_iter().flatten().min()
    }

    /// Refuses what cannot become a head any more: nobody should wait for its end.
    fn check_beginning(&self) -> Result<(), ParseError> {
        if !self.is_lenient {
            check_lines(&self.partial)?;
        }
        match self.kind {
            Kind::Request => {
                let end = memchr(b' ', &self.partial);
                let method = &self.partial[..end.unwrap_or(self.partial.len())];
                let is_known = match end {
                    Some(_) => METHODS.contains(&method),
                    None => METHODS.iter().any(|known| known.starts_with(method)),
                };
                if is_known { Ok(()) } else { Err(unknown_method(method)) }
            }
            Kind::Response => {
                let known = b"HTTP/1.";
                let length = self.partial.len().min(known.len());
                if self.partial[..length] == known[..length] {
                    Ok(())
                } else {
                    error("HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/")
                }
            }
        }
    }

    fn parse_head(&mut self, text: Box<[u8]>) -> Result<Head, ParseError> {
        if !self.is_lenient {
            check_lines(&text)?;
        }
        // Parts are known by their places: where characters are taken that `httparse` does
        // not, it reads a copy with others in their stead.
        let copy: Option<Vec<u8>> =
            self.is_lenient.then(|| text.iter().map(|byte| plainer(*byte)).collect());
        let plain = copy.as_deref().unwrap_or(&text);
        let mut storage = [const { std::mem::MaybeUninit::uninit() }; 64];
        let few = self.parse_with(plain, &mut storage);
        let parsed = match few {
            Err(httparse::Error::TooManyHeaders) => {
                let mut storage = vec![std::mem::MaybeUninit::uninit(); MOST_FIELDS];
                self.parse_with(plain, &mut storage)
            }
            other => other,
        };
        let parts = parsed.map_err(|error| self.explain(error, &text))?;
        let Parts { first, second, minor, status, fields } = parts;
        let mut head = Head {
            text,
            first,
            second,
            is_1_1: minor == 1,
            status,
            fields,
            framing: Framing::None,
            connection: ConnectionOptions::default(),
            has_upgrade: false,
            has_host: false,
            expects: None,
        };
        if self.kind == Kind::Request && !METHODS.contains(&head.method()) {
            return Err(unknown_method(head.method()));
        }
        if self.kind == Kind::Request {
            check_target(&head)?;
        }
        self.settle_framing(&mut head)?;
        // Nothing may follow a request after which the connection is to be closed.
        self.is_closed = self.kind == Kind::Request
            && !self.is_lenient
            && !head.should_keep_alive()
            && !head.asks_for_upgrade();
        self.state = match head.framing {
            Framing::None => State::NoBody,
            Framing::Length(length) => State::Length(length),
            Framing::Chunked => State::ChunkSize,
            Framing::UntilClose => State::UntilClose,
        };
        Ok(head)
    }

    fn parse_with<'t>(
        &self,
        text: &'t [u8],
        storage: &mut [std::mem::MaybeUninit<httparse::Header<'t>>],
    ) -> Result<Parts, httparse::Error> {
        let place = |part: &[u8]| {
            let start = (part.as_ptr().addr() - text.as_ptr().addr()) as u32;
            start..start + part.len() as u32
        };
        let fields = |headers: &[httparse::Header<'_>]| {
            let field = |header: &httparse::Header<'_>| {
                let (name, value) = (place(header.name.as_bytes()), place(header.value));
                Field {
                    name: name.start,
                    name_length: name.len() as u32,
                    value: value.start,
                    value_length: value.len() as u32,
                }
            };
            headers.iter().map(field).collect()
        };
        let config = httparse::ParserConfig::default();
        match self.kind {
            Kind::Request => {
                let mut request = httparse::Request::new(&mut []);
                let status =
                    config.parse_request_with_uninit_headers(&mut request, text, storage)?;
                if status.is_partial() {
                    return Err(httparse::Error::Token);
                }
                Ok(Parts {
                    first: place(request.method.unwrap_or("").as_bytes()),
                    second: place(request.path.unwrap_or("").as_bytes()),
                    minor: request.version.unwrap_or(1),
                    status: 0,
                    fields: fields(request.headers),
                })
            }
            Kind::Response => {
                let mut response = httparse::Response::new(&mut []);
                let status =
                    config.parse_response_with_uninit_headers(&mut response, text, storage)?;
                if status.is_partial() {
                    return Err(httparse::Error::Token);
                }
                let reason = response.reason.unwrap_or("");
                // A reason that is no ASCII is given as an empty text of its own.
                let reason =
                    if reason.is_empty() { reason_in(text) } else { place(reason.as_bytes()) };
                Ok(Parts {
                    first: 0..0,
                    second: reason,
                    minor: response.version.unwrap_or(1),
                    status: response.code.unwrap_or(0),
                    fields: fields(response.headers),
                })
            }
        }
    }

    /// What Node.js's parser would have said.
    fn explain(&self, error: httparse::Error, text: &[u8]) -> ParseError {
        let (code, reason) = match (error, self.kind) {
            (httparse::Error::TooManyHeaders, _) => return HEADER_OVERFLOW,
            (httparse::Error::Token, Kind::Request) => {
                let method = text.split(|byte| *byte == b' ').next().unwrap_or(text);
                if METHODS.contains(&method) {
                    ("HPE_INVALID_URL", "Invalid char in url path")
                } else {
                    return unknown_method(method);
                }
            }
            (httparse::Error::Version, Kind::Request) => {
                ("HPE_INVALID_VERSION", "Invalid HTTP version")
            }
            (httparse::Error::Version, Kind::Response) => {
                ("HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/")
            }
            (httparse::Error::Status, _) => ("HPE_INVALID_STATUS", "Invalid status code"),
            (httparse::Error::HeaderValue, _) => {
                ("HPE_INVALID_HEADER_TOKEN", "Invalid header value char")
            }
            (httparse::Error::HeaderName, _) => {
                ("HPE_INVALID_HEADER_TOKEN", "Invalid header token")
            }
            (httparse::Error::NewLine, _) => {
                ("HPE_CR_EXPECTED", "Missing expected CR after header value")
            }
            (httparse::Error::Token, Kind::Response) => {
                ("HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/")
            }
        };
        ParseError { code, reason }
    }

    /// Finds out how the message goes on, and refuses what can be taken in two ways.
    fn settle_framing(&self, head: &mut Head) -> Result<(), ParseError> {
        let (mut length, mut chunked, mut has_encoding) = (None, false, false);
        let mut connection = ConnectionOptions::default();
        let (mut has_upgrade, mut has_host, mut expects) = (false, false, None);
        for (name, value) in head.fields() {
            let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
            match name.len() {
                4 if is(b"host") => has_host = true,
                6 if is(b"expect") => {
                    expects = Some(value.eq_ignore_ascii_case(b"100-continue"));
                }
                7 if is(b"upgrade") => has_upgrade = true,
                10 if is(b"connection") => {
                    for option in value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii) {
                        connection.close |= option.eq_ignore_ascii_case(b"close");
                        connection.keep_alive |= option.eq_ignore_ascii_case(b"keep-alive");
                        connection.upgrade |= option.eq_ignore_ascii_case(b"upgrade");
                    }
                }
                14 if is(b"content-length") => {
                    if length.is_some() {
                        return error("HPE_UNEXPECTED_CONTENT_LENGTH", "Duplicate Content-Length");
                    }
                    length = Some(content_length(value)?);
                }
                17 if is(b"transfer-encoding") => {
                    if chunked {
                        return error(
                            "HPE_INVALID_TRANSFER_ENCODING",
                            "Request has invalid `Transfer-Encoding`",
                        );
                    }
                    has_encoding = true;
                    let last = value.rsplit(|byte| *byte == b',').next().unwrap_or(value);
                    chunked = last.trim_ascii().eq_ignore_ascii_case(b"chunked");
                    let earlier = &value[..value.len() - last.len()];
                    let named = earlier.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
                    if named.clone().any(|coding| coding.eq_ignore_ascii_case(b"chunked")) {
                        return error(
                            "HPE_INVALID_TRANSFER_ENCODING",
                            "Request has invalid `Transfer-Encoding`",
                        );
                    }
                }
                _ => {}
            }
        }
        if has_encoding && length.is_some() && !self.is_lenient {
            return error(
                "HPE_INVALID_TRANSFER_ENCODING",
                "Transfer-Encoding can't be present with Content-Length",
            );
        }
        head.framing = match self.kind {
            Kind::Request if has_encoding && !chunked => {
                return error(
                    "HPE_INVALID_TRANSFER_ENCODING",
                    "Request has invalid `Transfer-Encoding`",
                );
            }
            Kind::Response
                if self.skips_body
                    || head.status < 200
                    || head.status == 204
                    || head.status == 304 =>
            {
                Framing::None
            }
            _ if chunked => Framing::Chunked,
            Kind::Response if has_encoding => Framing::UntilClose,
            _ => match (length, self.kind) {
                (Some(0), _) | (None, Kind::Request) => Framing::None,
                (Some(length), _) => Framing::Length(length),
                (None, Kind::Response) => Framing::UntilClose,
            },
        };
        head.connection = connection;
        head.has_upgrade = has_upgrade;
        head.has_host = has_host;
        head.expects = expects;
        Ok(())
    }

    // -----------------------------------------------------------------------
    // Chunks
    // -----------------------------------------------------------------------

    /// A line without its end, as soon as it is complete.
    fn line(
        &mut self,
        input: &mut &[u8],
        limit: usize,
        too_long: ParseError,
    ) -> Result<Option<Vec<u8>>, ParseError> {
        let end = memchr(b'\n', input);
        let (part, rest) = input.split_at(end.map_or(input.len(), |end| end + 1));
        *input = rest;
        self.partial.extend_from_slice(part);
        if self.partial.len() > limit {
            return Err(too_long);
        }
        if end.is_none() {
            return Ok(None);
        }
        let mut line = std::mem::take(&mut self.partial);
        line.pop();
        if self.is_lenient {
            line.pop_if(|byte| *byte == b'\r');
        } else if line.pop() != Some(b'\r') || line.contains(&b'\r') {
            return error("HPE_CR_EXPECTED", "Missing expected CR");
        }
        Ok(Some(line))
    }

    /// The size of a chunk: hexadecimal digits, and an extension behind a semicolon.
    fn chunk_size(&mut self, line: &[u8]) -> Result<u64, ParseError> {
        const WRONG: (&str, &str) = ("HPE_INVALID_CHUNK_SIZE", "Invalid character in chunk size");
        let end = memchr(b';', line).unwrap_or(line.len());
        let (mut digits, extension) = line.split_at(end);
        if self.is_lenient {
            digits = digits.trim_ascii_end();
        }
        let is_plain = |byte: &u8| *byte == b'\t' || (0x20..0x7F).contains(byte) || *byte >= 0x80;
        if !extension.iter().all(is_plain) {
            return error("HPE_STRICT", "Invalid character in chunk extensions");
        }
        if digits.is_empty() || digits.len() > 15 || !digits.iter().all(u8::is_ascii_hexdigit) {
            return error(WRONG.0, WRONG.1);
        }
        let digit = |byte: &u8| u64::from((*byte as char).to_digit(16).unwrap_or(0));
        Ok(digits.iter().fold(0, |size, byte| size << 4 | digit(byte)))
    }

    fn trailer(&mut self, line: &[u8]) -> Result<(), ParseError> {
        let colon = memchr(b':', line).filter(|colon| *colon > 0);
        let name =
            colon.map(|colon| &line[..colon]).filter(|name| name.iter().all(|b| is_token(*b)));
        let (Some(colon), Some(name)) = (colon, name) else {
            return error("HPE_INVALID_HEADER_TOKEN", "Invalid header token");
        };
        let value = line[colon + 1..].trim_ascii();
        if value.iter().any(|byte| *byte < 0x20 && *byte != b'\t' || *byte == 0x7F) {
            return error("HPE_INVALID_HEADER_TOKEN", "Invalid header value char");
        }
        let size: usize = self.trailers.iter().map(|(name, value)| name.len() + value.len()).sum();
        if size + line.len() > self.max_head || self.trailers.len() >= MOST_FIELDS {
            return Err(HEADER_OVERFLOW);
        }
        self.trailers.push((name.into(), value.into()));
        Ok(())
    }
}

/// A target is a path, or begins with a scheme; whom a connection is to be made to is left
/// to the program.
fn check_target(head: &Head) -> Result<(), ParseError> {
    let target = head.target();
    if matches!(target, [b'/' | b'*', ..]) || head.method() == b"CONNECT" {
        return Ok(());
    }
    let scheme = target.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if scheme > 0 && target[scheme..].starts_with(b"://") {
        return Ok(());
    }
    error("HPE_INVALID_URL", "Unexpected start char in url")
}

/// Why a method is refused: it may begin as one that is known.
fn unknown_method(method: &[u8]) -> ParseError {
    let goes_on = METHODS.iter().any(|known| method.starts_with(known));
    let reason = if goes_on { "Expected space after method" } else { "Invalid method encountered" };
    ParseError { code: "HPE_INVALID_METHOD", reason }
}

/// A byte that may stand in a value, for one that may not.
fn plainer(byte: u8) -> u8 {
    match byte {
        b'\t' | b'\r' | b'\n' => byte,
        0..0x20 | 0x7F => b'?',
        _ => byte,
    }
}

/// What `httparse` has found.
struct Parts {
    first: Range<u32>,
    second: Range<u32>,
    minor: u8,
    status: u16,
    fields: Box<[Field]>,
}

/// Up to so many bytes of the input; none if there are none.
fn take<'i>(input: &mut &'i [u8], most: u64) -> Option<&'i [u8]> {
    let count = usize::try_from(most).unwrap_or(usize::MAX).min(input.len());
    let (taken, rest) = input.split_at(count);
    *input = rest;
    (count > 0).then_some(taken)
}

/// The reason behind the status of a response.
fn reason_in(text: &[u8]) -> Range<u32> {
    let end = memchr(b'\r', text).unwrap_or(text.len());
    let start = memchr_iter(b' ', &text[..end]).nth(1).map_or(end, |space| space + 1);
    start as u32..end as u32
}

/// Each line ends in CR LF, and neither stands alone.
fn check_lines(text: &[u8]) -> Result<(), ParseError> {
    for at in memchr_iter(b'\n', text) {
        if at == 0 || text[at - 1] != b'\r' {
            if memchr(b'\n', text) == Some(at) {
                return error("HPE_INVALID_VERSION", "Expected CRLF after version");
            }
            return error("HPE_CR_EXPECTED", "Missing expected CR after header value");
        }
    }
    for at in memchr_iter(b'\r', text) {
        if text.get(at + 1).is_some_and(|next| *next != b'\n') {
            return error("HPE_LF_EXPECTED", "Missing expected LF after header value");
        }
    }
    Ok(())
}

/// A length: digits and nothing else, and no more than can be counted.
fn content_length(value: &[u8]) -> Result<u64, ParseError> {
    let is_number = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
    let text = std::str::from_utf8(value).ok().filter(|_| is_number);
    match text.map(str::parse::<u64>) {
        Some(Ok(length)) => Ok(length),
        Some(Err(_)) => error("HPE_INVALID_CONTENT_LENGTH", "Content-Length overflow"),
        None => error("HPE_INVALID_CONTENT_LENGTH", "Invalid character in Content-Length"),
    }
}

/// Whether a byte may stand in a token (RFC 9110 §5.6.2).
pub fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// The methods that are known, in the order in which `http.METHODS` has them.
pub const METHODS: &[&[u8]] = &[
    b"ACL",
    b"BIND",
    b"CHECKOUT",
    b"CONNECT",
    b"COPY",
    b"DELETE",
    b"GET",
    b"HEAD",
    b"LINK",
    b"LOCK",
    b"M-SEARCH",
    b"MERGE",
    b"MKACTIVITY",
    b"MKCALENDAR",
    b"MKCOL",
    b"MOVE",
    b"NOTIFY",
    b"OPTIONS",
    b"PATCH",
    b"POST",
    b"PROPFIND",
    b"PROPPATCH",
    b"PURGE",
    b"PUT",
    b"QUERY",
    b"REBIND",
    b"REPORT",
    b"SEARCH",
    b"SOURCE",
    b"SUBSCRIBE",
    b"TRACE",
    b"UNBIND",
    b"UNLINK",
    b"UNLOCK",
    b"UNSUBSCRIBE",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// What a parser says of a text that comes in pieces of a size.
    fn read(kind: Kind, text: &[u8], size: usize) -> String {
        let mut parser = Parser::new(kind, 1000);
        let mut found = String::new();
        for piece in text.chunks(size) {
            let mut input = piece;
            loop {
                match parser.next(&mut input) {
                    Ok(None) => break,
                    Ok(Some(Event::Head(head))) => {
                        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                        found.push_str(&match kind {
                            Kind::Request => {
                                format!("{} {} ", text(head.method()), text(head.target()))
                            }
                            Kind::Response => format!("{} {} ", head.status, text(head.reason())),
                        });
                        for (name, value) in head.fields() {
                            found.push_str(&format!("[{}={}]", text(name), text(value)));
                        }
                        found.push_str(&format!("{:?};", head.framing));
                    }
                    Ok(Some(Event::Body(body))) => found.push_str(&String::from_utf8_lossy(body)),
                    Ok(Some(Event::End(trailers))) => {
                        found.push_str(&format!(".{}", trailers.len()));
                    }
                    Err(error) => {
                        found.push_str(error.code);
                        return found;
                    }
                }
            }
        }
        if let Err(error) = parser.finish() {
            found.push_str(error.code);
        }
        found
    }

    /// However the text is cut, the same is found.
    fn check(kind: Kind, text: &str, expected: &str) {
        for size in [text.len().max(1), 1, 2, 3, 7] {
            assert_eq!(read(kind, text.as_bytes(), size), expected, "{text:?} by {size}");
        }
    }

    #[test]
    fn requests_follow_each_other() {
        check(
            Kind::Request,
            "GET /a HTTP/1.1\r\nHost: x\r\n\r\n\r\nPOST /b HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.0\r\n\r\n",
            "GET /a [Host=x]None;.0POST /b [Content-Length=3]Length(3);abc.0GET / None;.0",
        );
    }

    #[test]
    fn chunks_come_with_extensions_and_trailers() {
        check(
            Kind::Request,
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\nA\r\n0123456789\r\n0\r\nX: y\r\n\r\n",
            "POST / [Transfer-Encoding=chunked]Chunked;hello0123456789.1",
        );
    }

    #[test]
    fn responses_end_in_their_ways() {
        check(Kind::Response, "HTTP/1.1 204 No Content\r\n\r\n", "204 No Content None;.0");
        check(Kind::Response, "HTTP/1.1 200 OK\r\n\r\nall", "200 OK UntilClose;all");
        check(
            Kind::Response,
            "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
            "200  [Content-Length=2]Length(2);ok.0",
        );
    }

    #[test]
    fn empty_lines_may_come_before_messages() {
        check(Kind::Request, "\r\n\r\nGET / HTTP/1.1\r\n\r\n", "GET / None;.0");
        check(Kind::Response, "\r\n\r\nHTTP/1.1 204 A\r\n\r\n", "204 A None;.0");
    }

    #[test]
    fn what_two_readers_could_take_in_two_ways_is_refused() {
        for (text, code) in [
            ("GET / HTTP/1.1\nHost: x\n\n", "HPE_INVALID_VERSION"),
            ("GET / HTTP/1.1\r\nHost: x\n\n", "HPE_CR_EXPECTED"),
            (
                "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
                "HPE_UNEXPECTED_CONTENT_LENGTH",
            ),
            (
                "GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HPE_INVALID_TRANSFER_ENCODING",
            ),
            (
                "GET / HTTP/1.1\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
                "HPE_INVALID_TRANSFER_ENCODING",
            ),
            (
                "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HPE_INVALID_TRANSFER_ENCODING",
            ),
            ("GET / HTTP/1.1\r\nContent-Length: +1\r\n\r\n", "HPE_INVALID_CONTENT_LENGTH"),
            ("GET / HTTP/1.1\r\nContent-Length: 1 1\r\n\r\n", "HPE_INVALID_CONTENT_LENGTH"),
            (
                "GET / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n",
                "HPE_INVALID_CONTENT_LENGTH",
            ),
            ("GET / HTTP/1.1\r\nHost : x\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"),
            ("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", "HPE_INVALID_HEADER_TOKEN"),
            ("GOT / HTTP/1.1\r\n\r\n", "HPE_INVALID_METHOD"),
        ] {
            check(Kind::Request, text, code);
        }
        for chunk in ["5 \r\nhello\r\n", "0x5\r\nhello\r\n", "\r\n", "5\nhello\r\n", "-1\r\n"] {
            let text =
                format!("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}0\r\n\r\n");
            let found = read(Kind::Request, text.as_bytes(), text.len());
            assert!(found.contains("HPE_"), "{chunk:?}: {found}");
        }
    }

    #[test]
    fn heads_have_an_end() {
        let long = format!("GET / HTTP/1.1\r\nA: {}\r\n\r\n", "x".repeat(1000));
        check(Kind::Request, &long, "HPE_HEADER_OVERFLOW");
        check(Kind::Request, "GET / HTTP/1.1\r\nHost: x\r\n", "HPE_INVALID_EOF_STATE");
    }
}
