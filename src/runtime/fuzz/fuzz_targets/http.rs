//! Whatever comes in on a connection is read as messages or refused, and where the network
//! cuts it into pieces makes no difference: the same messages are found, and the same input
//! is refused.
//!
//! The first byte of an input chooses requests or responses, strict or lenient, and the
//! longest head; the second one how the rest is cut.
//!
//! The parser is private to `axil-runtime`, and stays so: its file needs nothing else of that
//! crate, so it is a module of this program, too.
#![no_main]

use libfuzzer_sys::fuzz_target;
use parser::{Event, Kind, Parser};

#[allow(dead_code, reason = "the server uses more of it")]
#[path = "../../src/node/http/parser.rs"]
mod parser;

/// A message as a program sees it.
#[derive(Default, PartialEq, Debug)]
struct Message {
    /// Method and target or status and reason, the version, and what the parser made of it.
    head: String,
    body: Vec<u8>,
    /// The fields behind the body, once that has come to its end.
    trailers: Option<parser::Trailers>,
}

/// All that was found in a connection's input.
#[derive(Default, PartialEq, Debug)]
struct Found {
    messages: Vec<Message>,
    is_refused: bool,
    /// Whether its end ends a message.
    ends_message: Option<bool>,
}

fn new_parser(selector: u8) -> Parser {
    let kind = if selector & 1 == 0 { Kind::Request } else { Kind::Response };
    let mut parser = Parser::new(kind, if selector & 4 == 0 { 16 << 10 } else { 40 });
    parser.set_lenient(selector & 2 != 0);
    parser.set_skips_body(selector & 8 != 0);
    parser
}

fn read<'i>(selector: u8, pieces: impl Iterator<Item = &'i [u8]>) -> Found {
    let mut parser = new_parser(selector);
    let mut found = Found::default();
    for mut piece in pieces {
        loop {
            let left = piece.len();
            match parser.next(&mut piece) {
                Err(_) => {
                    found.is_refused = true;
                    assert!(piece.is_empty());
                    assert!(parser.next(&mut &b"GET / HTTP/1.1\r\n\r\n"[..]).is_err());
                    return found;
                }
                Ok(None) => {
                    assert!(piece.is_empty(), "what is not taken is lost");
                    break;
                }
                Ok(Some(Event::Head(head))) => {
                    assert!(piece.len() < left);
                    found.messages.push(Message { head: described(&head), ..Message::default() });
                }
                Ok(Some(Event::Body(body))) => {
                    assert!(!body.is_empty() && piece.len() < left);
                    let message = found.messages.last_mut().expect("a head comes first");
                    assert!(message.trailers.is_none());
                    message.body.extend_from_slice(body);
                }
                Ok(Some(Event::End(trailers))) => {
                    let message = found.messages.last_mut().expect("a head comes first");
                    assert!(message.trailers.replace(trailers).is_none());
                }
            }
        }
    }
    found.ends_message = parser.finish().ok();
    found
}

fn described(head: &parser::Head) -> String {
    let fields: Vec<String> = head
        .fields()
        .map(|(name, value)| format!("{}: {}", name.escape_ascii(), value.escape_ascii()))
        .collect();
    format!(
        "{} {} {} 1.1={} {:?} {:?} {} {} {:?} {fields:?}",
        head.method().escape_ascii(),
        head.target().escape_ascii(),
        head.status,
        head.is_1_1,
        head.framing,
        head.connection,
        head.has_upgrade,
        head.has_host,
        head.expects,
    )
}

fuzz_target!(|data: &[u8]| {
    let [selector, cut, text @ ..] = data else { return };
    let whole = read(*selector, std::iter::once(text));
    let by_bytes = read(*selector, text.chunks(1));
    assert_eq!(whole, by_bytes, "whole, and byte by byte");
    let by_pieces = read(*selector, text.chunks(usize::from(*cut) + 2));
    assert_eq!(whole, by_pieces, "whole, and in pieces of {} bytes", usize::from(*cut) + 2);
});
