//! URLs as web browsers have them, and their queries: the native half of `internal/url.js`.
//!
//! <https://url.spec.whatwg.org/>

use ada_url::{Idna, Url};
use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::operators::to_string;
use axil_engine::string::{JsString, Units};
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use crate::native::{Row, array, define, define_functions, integer, string, strings, text};

const FUNCTIONS: &[Row] = &[
    // parse(input, base): the URL's text; its parts' places are in `parts`. Undefined if
    // it is none.
    ("parse", 2, |vm, arguments| {
        let input = text(vm, arguments, 0)?;
        let base = base(vm, arguments)?;
        Ok(Url::parse(input.as_str(), base.as_deref())
            .map_or(Value::UNDEFINED, |url| kept(vm, &url)))
    }),
    // canParse(input, base)
    ("canParse", 2, |vm, arguments| {
        let input = text(vm, arguments, 0)?;
        let base = base(vm, arguments)?;
        Ok(Value::bool(Url::can_parse(&input, base.as_deref())))
    }),
    // update(href, part, value): as `parse`, with a part changed, if it can be.
    ("update", 3, update),
    ("domainToASCII", 1, |vm, arguments| {
        let domain = text(vm, arguments, 0)?;
        let host = host_of(&domain);
        Ok(string(vm, &host))
    }),
    ("domainToUnicode", 1, |vm, arguments| {
        let domain = text(vm, arguments, 0)?;
        let host = host_of(&domain);
        Ok(string(vm, &Idna::unicode(&host)))
    }),
    // toASCII(domain, isLenient): by IDNA alone.
    ("toASCII", 1, |vm, arguments| {
        let domain = text(vm, arguments, 0)?;
        Ok(string(vm, &Idna::ascii(&domain)))
    }),
    ("toUnicode", 1, |vm, arguments| {
        let domain = text(vm, arguments, 0)?;
        Ok(string(vm, &Idna::unicode(&domain)))
    }),
    // parseQuery(text): names and values in turn.
    ("parseQuery", 1, |vm, arguments| {
        let query = text(vm, arguments, 0)?;
        let fields = query.split('&').filter(|field| !field.is_empty()).flat_map(|field| {
            let (name, value) = field.split_once('=').unwrap_or((field, ""));
            [decoded(name), decoded(value)]
        });
        let fields: Vec<String> = fields.collect();
        Ok(strings(vm, fields))
    }),
    // serializeQuery(names and values in turn)
    ("serializeQuery", 1, serialize_query),
    // percentDecode(text): the bytes.
    ("percentDecode", 1, |vm, arguments| {
        let text = text(vm, arguments, 0)?;
        let bytes = percent_decoded(text.bytes());
        Ok(Value::cell(vm.new_uint8_array(&bytes)?))
    }),
];

/// The base of an argument, if there is one.
fn base(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<Option<String>> {
    if arguments.get(1).is_undefined() {
        return Ok(None);
    }
    text(vm, arguments, 1).map(Some)
}

/// How many numbers tell of the parts of a URL.
const PARTS: usize = 9;

/// A URL's text; the places of its parts are left in `parts` of this half: the ends of
/// protocol and user name, the beginning and the end of the host, the port, the beginnings
/// of path, query and fragment, and the kind of its scheme; the greatest number if there is
/// none.
fn kept(vm: &mut Vm, url: &Url) -> Value {
    let at = url.components();
    let numbers: [u32; PARTS] = [
        at.protocol_end,
        at.username_end,
        at.host_start,
        at.host_end,
        at.port.unwrap_or(u32::MAX),
        at.pathname_start.unwrap_or(u32::MAX),
        at.search_start.unwrap_or(u32::MAX),
        at.hash_start.unwrap_or(u32::MAX),
        url.scheme_type() as u32,
    ];
    let parts = crate::runtime::of(vm).state(Parts::default);
    if let Some(parts) = &*parts.0.borrow() {
        vm.with_bytes_mut(Value::cell(parts.get()), |_, bytes| {
            for (place, number) in bytes.chunks_exact_mut(4).zip(numbers) {
                place.copy_from_slice(&number.to_ne_bytes());
            }
        });
    }
    string(vm, url.href())
}

/// The array of the places of parts.
#[derive(Default)]
struct Parts(std::cell::RefCell<Option<axil_engine::heap::Root<Object>>>);

fn update(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let href = text(vm, arguments, 0)?;
    let value = text(vm, arguments, 2)?;
    let Ok(mut url) = Url::parse(href.as_str(), None) else { return Ok(Value::UNDEFINED) };
    let optional = (!value.is_empty()).then_some(value.as_str());
    // What cannot be changed stays as it is.
    let _ = match integer(arguments, 1) {
        0 => url.set_protocol(&value),
        1 => url.set_username(Some(&value)),
        2 => url.set_password(Some(&value)),
        3 => url.set_host(Some(&value)),
        4 => url.set_hostname(Some(&value)),
        5 => url.set_port(optional),
        6 => url.set_pathname(Some(&value)),
        7 => {
            url.set_search(optional);
            Ok(())
        }
        _ => {
            url.set_hash(optional);
            Ok(())
        }
    };
    Ok(kept(vm, &url))
}

/// A domain as URLs have it; empty if it is none.
fn host_of(domain: &str) -> String {
    let Ok(mut url) = Url::parse("ws://x", None) else { return String::new() };
    match url.set_hostname(Some(domain)) {
        Ok(()) => url.hostname().to_owned(),
        Err(()) => String::new(),
    }
}

// ---------------------------------------------------------------------------
// application/x-www-form-urlencoded
// ---------------------------------------------------------------------------

fn percent_decoded(bytes: impl Iterator<Item = u8> + Clone) -> Vec<u8> {
    let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
    let mut decoded = Vec::new();
    let mut rest = bytes;
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        if byte == b'%'
            && let (Some(high), Some(low)) = (digit(ahead.next()), digit(ahead.next()))
        {
            decoded.push((high * 16 + low) as u8);
            rest = ahead;
        } else {
            decoded.push(byte);
        }
    }
    decoded
}

fn decoded(text: &str) -> String {
    if !text.contains(['+', '%']) {
        return text.to_owned();
    }
    let bytes = text.bytes().map(|byte| if byte == b'+' { b' ' } else { byte });
    String::from_utf8_lossy(&percent_decoded(bytes)).into_owned()
}

fn serialize_query(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(fields) = axil_engine::operators::as_object(arguments.get(0)) else {
        return Ok(string(vm, ""));
    };
    let key = vm.memory.keys().length;
    let length = vm.get(fields, key)?.as_number().unwrap_or(0.0) as u32;
    let mut query = String::new();
    for index in 0..length {
        if index > 0 {
            query.push(if index % 2 == 0 { '&' } else { '=' });
        }
        let value = vm.get(fields, axil_engine::string::PropertyKey::index(index))?;
        let value = match value.downcast::<JsString>() {
            Some(value) => value,
            None => to_string(vm, value)?,
        };
        encode(&mut query, value.units(&vm.memory));
    }
    Ok(string(vm, &query))
}

fn encode(query: &mut String, units: Units<'_>) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in units.to_rust().bytes() {
        match byte {
            b'*' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                query.push(byte.into());
            }
            b' ' => query.push('+'),
            _ => {
                query.push('%');
                query.push(DIGITS[usize::from(byte >> 4)].into());
                query.push(DIGITS[usize::from(byte & 15)].into());
            }
        }
    }
}

pub(super) fn make(vm: &mut Vm, half: Gc<Object>) -> Completion<()> {
    define_functions(vm, half, FUNCTIONS);
    let bytes = vm.new_uint8_array(&[0; PARTS * 4])?;
    let object = axil_engine::operators::as_object(Value::cell(bytes));
    let parts = crate::runtime::of(vm).state(Parts::default);
    *parts.0.borrow_mut() = object.map(|object| vm.memory.root(object));
    define(vm, half, "parts", Value::cell(bytes));
    let names = ["http", "notSpecial", "https", "ws", "ftp", "wss", "file"];
    let names = names.map(|name| string(vm, name));
    let names = array(vm, &names);
    define(vm, half, "schemes", names);
    Ok(())
}
