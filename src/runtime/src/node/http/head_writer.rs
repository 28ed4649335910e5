//! Heads of messages as they go out: the first line, the program's fields, and those that
//! Node.js adds.
//!
//! <https://nodejs.org/api/http.html#responsewriteheadstatuscode-statusmessage-headers>

use std::cell::RefCell;
use std::time::{SystemTime, UNIX_EPOCH};

use axil_engine::heap::Gc;
use axil_engine::object::{Array, Object};
use axil_engine::operators::{as_object, to_string};
use axil_engine::string::{JsString, PropertyKey, Units};
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};

use super::parser::is_token;

bitflags::bitflags! {
    /// What is known of a message before its head is written, and what is settled by that.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub struct Facts: u32 {
        /// The connection may go on after the message.
        const KEEP_ALIVE = 1;
        /// The message may have a body.
        const HAS_BODY = 1 << 1;
        /// A body of unknown length may come in chunks.
        const MAY_CHUNK = 1 << 2;
        /// A `Date` is wanted.
        const SEND_DATE = 1 << 3;
        /// The program has taken away `Connection`.
        const NO_CONNECTION = 1 << 4;
        /// The program has taken away `Content-Length`.
        const NO_LENGTH = 1 << 5;
        /// The program has taken away `Transfer-Encoding`.
        const NO_ENCODING = 1 << 6;
        /// A `Keep-Alive` with the time-out is wanted.
        const TELL_TIMEOUT = 1 << 7;
        /// It is one of an agent that keeps connections.
        const HAS_AGENT = 1 << 8;
        /// No more requests are served on the connection.
        const IS_LAST_ALLOWED = 1 << 9;
        /// It is a response whose status says that there is no body (204, 304).
        const NO_CONTENT = 1 << 10;
        /// Settled: the body comes in chunks.
        const CHUNKED = 1 << 16;
        /// Settled: the connection ends after the message.
        const LAST = 1 << 17;
        /// Settled: the program has said itself how long the body is.
        const HAS_LENGTH = 1 << 18;
        /// Settled: there is a `Trailer`.
        const HAS_TRAILER = 1 << 19;
        /// Settled: the program wants to be told to go on.
        const EXPECTS = 1 << 20;
    }
}

/// What is to be told beside the program's fields.
#[derive(Clone, Copy, Debug)]
pub struct Additions {
    /// Facts.
    pub facts: Facts,
    /// The length of the body, if it is known.
    pub length: Option<u64>,
    /// The seconds for which an idle connection is kept.
    pub timeout: u64,
    /// How many requests one connection serves at most; 0 if there is no limit.
    pub max_requests: u32,
}

/// Why a field is refused. The JavaScript half throws the error.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvalidField;

/// The first line of a response.
pub fn status_line(out: &mut Vec<u8>, status: u16, reason: &[u8]) {
    out.extend_from_slice(b"HTTP/1.1 ");
    out.extend_from_slice(itoa::Buffer::new().format(status).as_bytes());
    out.push(b' ');
    out.extend_from_slice(reason);
    out.extend_from_slice(b"\r\n");
}

/// Writes fields and the empty line behind them. `fields` is an array of names and values
/// in turn, an array of pairs, or an object. What has been settled is the result; where a
/// field is refused, nothing has been written.
///
/// # Errors
/// What a getter or a conversion throws.
pub fn fields(
    vm: &mut Vm,
    out: &mut Vec<u8>,
    fields: Value,
    additions: &Additions,
) -> Completion<Result<Facts, InvalidField>> {
    let start = out.len();
    let mut writer = Writer {
        out,
        facts: additions.facts,
        connection: None,
        has_date: false,
        has_encoding: false,
        has_keep_alive: false,
    };
    let written = writer.all(vm, fields);
    match written {
        Ok(Ok(())) => {}
        Ok(Err(invalid)) => {
            writer.out.truncate(start);
            return Ok(Err(invalid));
        }
        Err(throw) => {
            writer.out.truncate(start);
            return Err(throw);
        }
    }
    Ok(Ok(writer.finish(additions)))
}

struct Writer<'o> {
    out: &'o mut Vec<u8>,
    facts: Facts,
    /// Whether the program's `Connection` closes.
    connection: Option<bool>,
    has_date: bool,
    has_encoding: bool,
    has_keep_alive: bool,
}

impl Writer<'_> {
    fn all(&mut self, vm: &mut Vm, fields: Value) -> Completion<Result<(), InvalidField>> {
        let Some(object) = as_object(fields) else { return Ok(Ok(())) };
        if let Some(list) = fields.downcast::<Array>() {
            let length = list.length.get();
            let mut index = 0;
            while index < length {
                let first = vm.get(object, PropertyKey::index(index))?;
                let (name, value) = if let Some(pair) = first.downcast::<Array>() {
                    index += 1;
                    let pair: Gc<Object> = pair.as_object();
                    (vm.get(pair, PropertyKey::index(0))?, vm.get(pair, PropertyKey::index(1))?)
                } else {
                    index += 2;
                    (first, vm.get(object, PropertyKey::index(index - 1))?)
                };
                if self.field(vm, name, value)?.is_err() {
                    return Ok(Err(InvalidField));
                }
            }
            return Ok(Ok(()));
        }
        let names = vm.enumerable_own_names(object)?;
        for key in names.as_slice() {
            let value = vm.get(object, *key)?;
            let name = vm.memory.value_of_key(*key);
            if self.field(vm, name, value)?.is_err() {
                return Ok(Err(InvalidField));
            }
        }
        Ok(Ok(()))
    }

    fn field(
        &mut self,
        vm: &mut Vm,
        name: Value,
        value: Value,
    ) -> Completion<Result<(), InvalidField>> {
        if let Some(list) = value.downcast::<Array>() {
            // Cookies come in one field (RFC 6265 §5.4).
            let is_cookie = name.downcast::<JsString>().is_some_and(|name| {
                name.len() == 6 && name.to_rust(&vm.memory).eq_ignore_ascii_case("cookie")
            });
            if is_cookie && list.length.get() > 1 {
                let separator = Value::cell(vm.memory.string("; "));
                let key = vm.memory.literal_key("join");
                let all = vm.invoke(value, key, &[separator])?;
                return self.line(vm, name, all);
            }
            for index in 0..list.length.get() {
                let item = vm.get(list.as_object(), PropertyKey::index(index))?;
                if self.line(vm, name, item)?.is_err() {
                    return Ok(Err(InvalidField));
                }
            }
            return Ok(Ok(()));
        }
        self.line(vm, name, value)
    }

    fn line(
        &mut self,
        vm: &mut Vm,
        name: Value,
        value: Value,
    ) -> Completion<Result<(), InvalidField>> {
        let Some(name) = name.downcast::<JsString>() else { return Ok(Err(InvalidField)) };
        if value.is_undefined() {
            return Ok(Err(InvalidField));
        }
        let value = match value.downcast::<JsString>() {
            Some(value) => value,
            None => to_string(vm, value)?,
        };
        let name_start = self.out.len();
        let Units::Latin1(units) = name.units(&vm.memory) else { return Ok(Err(InvalidField)) };
        if units.is_empty() || !units.iter().all(|byte| is_token(*byte)) {
            return Ok(Err(InvalidField));
        }
        self.out.extend_from_slice(units);
        let value_start = self.out.len() + 2;
        self.out.extend_from_slice(b": ");
        let Units::Latin1(units) = value.units(&vm.memory) else { return Ok(Err(InvalidField)) };
        if !units.iter().all(|byte| is_in_value(*byte)) {
            return Ok(Err(InvalidField));
        }
        self.out.extend_from_slice(units);
        self.notice(name_start, value_start);
        self.out.extend_from_slice(b"\r\n");
        Ok(Ok(()))
    }

    /// Some of the program's fields settle what is added.
    fn notice(&mut self, name_start: usize, value_start: usize) {
        let name = &self.out[name_start..value_start - 2];
        let value = &self.out[value_start..];
        let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
        match name.len() {
            4 if is(b"date") => self.has_date = true,
            6 if is(b"expect") => self.facts |= Facts::EXPECTS,
            7 if is(b"trailer") => self.facts |= Facts::HAS_TRAILER,
            10 if is(b"connection") => {
                let closes = value
                    .split(|byte| *byte == b',')
                    .any(|option| option.trim_ascii().eq_ignore_ascii_case(b"close"));
                self.connection = Some(closes);
            }
            10 if is(b"keep-alive") => self.has_keep_alive = true,
            14 if is(b"content-length") => self.facts |= Facts::HAS_LENGTH,
            17 if is(b"transfer-encoding") => {
                self.has_encoding = true;
                let last = value.rsplit(|byte| *byte == b',').next().unwrap_or(value);
                if last.trim_ascii().eq_ignore_ascii_case(b"chunked") {
                    self.facts |= Facts::CHUNKED;
                }
            }
            _ => {}
        }
    }

    /// Adds what the program has not said, in Node.js's order.
    fn finish(mut self, additions: &Additions) -> Facts {
        if self.facts.contains(Facts::SEND_DATE) && !self.has_date {
            self.out.extend_from_slice(b"Date: ");
            with_date(|date| self.out.extend_from_slice(date));
            self.out.extend_from_slice(b"\r\n");
        }
        // What has no body is not sent in chunks, whatever the program says.
        if !self.facts.contains(Facts::HAS_BODY) && self.facts.contains(Facts::CHUNKED) {
            self.facts.remove(Facts::CHUNKED);
            // A client that waits for chunks all the same must not take the next response
            // for them.
            if self.facts.contains(Facts::NO_CONTENT) {
                self.facts.remove(Facts::KEEP_ALIVE);
            }
        }
        self.connection_fields(additions);
        if !self.facts.contains(Facts::HAS_LENGTH) && !self.has_encoding {
            self.length_fields(additions);
        }
        self.out.extend_from_slice(b"\r\n");
        self.facts
    }

    fn connection_fields(&mut self, additions: &Additions) {
        if let Some(closes) = self.connection {
            if closes {
                self.facts |= Facts::LAST;
            }
            return;
        }
        if self.facts.contains(Facts::NO_CONNECTION) {
            if !self.facts.contains(Facts::KEEP_ALIVE) {
                self.facts |= Facts::LAST;
            }
            return;
        }
        let can_tell_end = self.facts.contains(Facts::HAS_LENGTH)
            || self.facts.intersects(Facts::MAY_CHUNK | Facts::HAS_AGENT);
        let goes_on = self.facts.contains(Facts::KEEP_ALIVE) && can_tell_end;
        if goes_on && self.facts.contains(Facts::IS_LAST_ALLOWED) {
            self.out.extend_from_slice(b"Connection: close\r\n");
            return;
        }
        if !goes_on {
            self.facts |= Facts::LAST;
            self.out.extend_from_slice(b"Connection: close\r\n");
            return;
        }
        self.out.extend_from_slice(b"Connection: keep-alive\r\n");
        if self.facts.contains(Facts::TELL_TIMEOUT) && !self.has_keep_alive && additions.timeout > 0
        {
            self.out.extend_from_slice(b"Keep-Alive: timeout=");
            self.out.extend_from_slice(itoa::Buffer::new().format(additions.timeout).as_bytes());
            if additions.max_requests > 0 {
                self.out.extend_from_slice(b", max=");
                let most = additions.max_requests;
                self.out.extend_from_slice(itoa::Buffer::new().format(most).as_bytes());
            }
            self.out.extend_from_slice(b"\r\n");
        }
    }

    fn length_fields(&mut self, additions: &Additions) {
        let may_tell = !self.facts.intersects(Facts::HAS_TRAILER | Facts::NO_LENGTH);
        if !self.facts.contains(Facts::HAS_BODY) {
            return;
        }
        if !self.facts.contains(Facts::MAY_CHUNK) {
            self.facts |= Facts::LAST;
        } else if let Some(length) = additions.length.filter(|_| may_tell) {
            self.out.extend_from_slice(b"Content-Length: ");
            self.out.extend_from_slice(itoa::Buffer::new().format(length).as_bytes());
            self.out.extend_from_slice(b"\r\n");
            self.facts |= Facts::HAS_LENGTH;
        } else if !self.facts.contains(Facts::NO_ENCODING) {
            self.out.extend_from_slice(b"Transfer-Encoding: chunked\r\n");
            self.facts |= Facts::CHUNKED;
        } else {
            // Nothing says where the body ends but the end of the connection.
            self.facts |= Facts::LAST;
        }
    }
}

/// Whether a byte may stand in a field's value (RFC 9110 §5.5).
pub fn is_in_value(byte: u8) -> bool {
    byte == b'\t' || byte >= 0x20 && byte != 0x7F
}

/// The time as `Date` has it: made once a second.
fn with_date(action: impl FnOnce(&[u8])) {
    thread_local!(static DATE: RefCell<(u64, String)> = RefCell::default());
    let now = SystemTime::now();
    let seconds = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    DATE.with_borrow_mut(|(of, text)| {
        if *of != seconds || text.is_empty() {
            *text = httpdate::fmt_http_date(now);
            *of = seconds;
        }
        action(text.as_bytes());
    });
}
