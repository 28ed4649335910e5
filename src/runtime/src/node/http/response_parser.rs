//! A parser of responses, for clients whose streams are the program's.

use std::cell::RefCell;
use std::rc::Rc;

use axil_engine::heap::Gc;
use axil_engine::object::{HostObject, Object};
use axil_engine::operators::to_boolean;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};

use super::parser::{Event, Kind, ParseError, Parser};
use super::{fields, new_head_object};
use crate::native::{Row, array, integer, string};
use crate::node::net;

/// A parser, while nobody uses it.
type State = Rc<RefCell<Option<Parser>>>;

const METHODS: &[Row] = &[
    ("execute", 2, execute),
    // finish(): whether the end of the input ends a message; an array of code and reason if
    // it tears one.
    ("finish", 0, |vm, arguments| {
        let state = state(vm, arguments)?;
        let result = state.borrow_mut().as_mut().map_or(Ok(false), Parser::finish);
        Ok(match result {
            Ok(ended) => Value::bool(ended),
            Err(error) => described(vm, error),
        })
    }),
    // skipBody(whether the next response has none, whatever it says)
    ("skipBody", 1, |vm, arguments| {
        let state = state(vm, arguments)?;
        if let Some(parser) = state.borrow_mut().as_mut() {
            parser.set_skips_body(to_boolean(arguments.get(0)));
        }
        Ok(Value::UNDEFINED)
    }),
    // handOver(): what follows is another protocol's.
    ("handOver", 0, |vm, arguments| {
        let state = state(vm, arguments)?;
        if let Some(parser) = state.borrow_mut().as_mut() {
            parser.hand_over();
        }
        Ok(Value::UNDEFINED)
    }),
];

/// The class: its constructor takes the most bytes that a head may have, and whether what
/// careless servers send is taken.
pub(super) fn class(vm: &mut Vm) -> Gc<Object> {
    vm.new_native_class(
        ("ResponseParser", 2, |vm, arguments| {
            let max_head = integer(arguments, 0).max(0) as usize;
            let mut parser = Parser::new(Kind::Response, max_head);
            parser.set_lenient(to_boolean(arguments.get(1)));
            let state: State = Rc::new(RefCell::new(Some(parser)));
            vm.new_host_object(arguments, state).map(|it| Value::cell(it.as_object()))
        }),
        METHODS,
    )
}

fn state(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<State> {
    let found = arguments
        .this()
        .downcast::<HostObject>()
        .and_then(|object| object.with(|state: &mut State| Rc::clone(state)));
    found.ok_or_else(|| vm.throw_type_error("Illegal invocation"))
}

/// The code and the reason of an error.
fn described(vm: &Vm, error: ParseError) -> Value {
    let (code, reason) = (string(vm, error.code), string(vm, error.reason));
    array(vm, &[code, reason])
}

/// `execute(bytes, callback)`: calls back with `('head', head, status, reason, flags)`,
/// `('body', bytes)` and `('end', trailers)`. The number of bytes that were read; an array
/// of code and reason if they are no response. A callback that gives `false` ends it.
fn execute(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let state = state(vm, arguments)?;
    let bytes = net::bytes_to_write(vm, arguments.get(0), true)?;
    let callback = arguments.get(1);
    // Whoever is called back may not use the parser meanwhile, but may replace it.
    let mut input = &*bytes;
    loop {
        let Some(mut parser) = state.borrow_mut().take() else { break };
        let event = parser.next(&mut input);
        *state.borrow_mut() = Some(parser);
        let result = match event {
            Ok(None) => break,
            Err(error) => return Ok(described(vm, error)),
            Ok(Some(Event::Head(head))) => {
                let flags = i32::from(head.is_1_1)
                    | i32::from(head.should_keep_alive()) << 1
                    | i32::from(head.has_upgrade && head.connection.upgrade) << 2
                    | i32::from(head.connection.keep_alive) << 3;
                let status = Value::from(u32::from(head.status));
                let reason = fields::latin1(vm, head.reason());
                let head = Value::cell(new_head_object(vm, head));
                let arguments = [string(vm, "head"), head, status, reason, Value::int(flags)];
                vm.call(callback, Value::UNDEFINED, &arguments)?
            }
            Ok(Some(Event::Body(body))) => {
                let chunk = Value::cell(vm.new_uint8_array(body)?);
                let arguments = [string(vm, "body"), chunk];
                vm.call(callback, Value::UNDEFINED, &arguments)?
            }
            Ok(Some(Event::End(trailers))) => {
                let pairs = trailers.iter().map(|(name, value)| (&**name, &**value));
                let arguments = [string(vm, "end"), fields::raw(vm, pairs)];
                vm.call(callback, Value::UNDEFINED, &arguments)?
            }
        };
        if result == Value::FALSE {
            break;
        }
    }
    Ok(Value::number((bytes.len() - input.len()) as f64))
}
