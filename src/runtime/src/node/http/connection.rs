//! A connection that a server has taken: requests are read from it, and answered in the
//! same order.
//!
//! The program gets each request as soon as it has come. One response at a time has its
//! turn and is written; those of the requests behind it are kept by the program's half.
//! What is written in one turn of the program goes out in one piece.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::{Duration, Instant};

use axil_engine::heap::{Gc, Root};
use axil_engine::object::Object;
use axil_engine::value::Value;
use axil_engine::vm::Vm;

use super::fields;
use super::head_writer::Facts;
use super::parser::{Event, Framing, Head, Kind, ParseError, Parser, Trailers};
use super::server::Server;
use crate::event_loop::TimerKey;
use crate::log::log;
use crate::node::net::stream::{Consumer, Stream};
use crate::node::system_error::SystemError;
use crate::runtime::{self, Callback};

/// So much of what comes while nothing can be looked at is kept; the rest waits in the
/// system.
const MOST_AHEAD: usize = 64 << 10;
/// So many requests may wait behind the one that is being answered: whoever sends more of
/// them has to wait for answers.
const MOST_WAITING: usize = 10_000;

/// What carries a connection.
pub enum Transport {
    /// A socket of the system.
    Native(Rc<Stream>),
    /// A stream of the program's, which it feeds.
    Script,
}

/// A request and its response.
struct Exchange {
    request: Root<Object>,
    response: Root<Object>,
    /// All of the request has come.
    is_received: bool,
    /// The program has ended the response.
    is_answered: bool,
    /// Somebody listens for its end, and is told when the program has had its turn.
    is_observed: bool,
    facts: Facts,
    has_head: bool,
}

/// What a connection waits for, and is closed for if it does not come in time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Waiting {
    /// The next request.
    Idle,
    /// The rest of a head.
    Head,
    /// The rest of a request.
    Request,
    /// Nothing: the program has its time.
    Answer,
}

/// A connection.
pub struct Connection {
    server: Rc<Server>,
    /// Its number among the server's.
    pub number: Cell<usize>,
    transport: RefCell<Transport>,
    parser: RefCell<Parser>,
    /// What has come and was not looked at yet.
    ahead: RefCell<Vec<u8>>,
    /// The one whose response has its turn.
    exchange: RefCell<Option<Exchange>>,
    /// Those that wait for theirs.
    queue: RefCell<VecDeque<Exchange>>,
    /// A request that has been answered before all of it has come.
    unread: RefCell<Option<Root<Object>>>,
    /// A head that goes out with the first part of the body.
    held: RefCell<Vec<u8>>,
    /// What is to be written at the end of the turn.
    output: RefCell<Vec<u8>>,
    /// The chunk that what the program writes goes into, as long as it is corked.
    chunk: RefCell<Vec<u8>>,
    /// Who wants to be told when everything is written.
    waiting_for_write: RefCell<Vec<Callback>>,
    /// The program waits with more until everything is written.
    wants_drain: Cell<bool>,
    is_flush_scheduled: Cell<bool>,
    /// Input is being looked at: what is written meanwhile goes out afterwards.
    is_reading_input: Cell<bool>,
    /// Something of the input that is being looked at has been answered.
    has_just_answered: Cell<bool>,
    is_paused: Cell<bool>,
    /// The program has enough to write for now.
    is_held: Cell<bool>,
    /// Somebody has asked for more since a part of a body was handed over.
    is_wanted: Cell<bool>,
    is_open: Cell<bool>,
    has_ended: Cell<bool>,
    /// After the response that is under way, or after what is written, it is closed.
    is_last: Cell<bool>,
    is_detached: Cell<bool>,
    /// The client has gone before its response: it is closed when all is written.
    is_abandoned: Cell<bool>,
    /// The head of a request for another protocol, as long as what came before it is not
    /// answered.
    next: RefCell<Option<Head>>,
    requests: Cell<u32>,
    /// The request that has begun last has a body.
    has_body: Cell<bool>,
    /// It has begun after the server was to take no more, and nothing follows it.
    is_late: Cell<bool>,
    /// The object by which the program's half knows it.
    object: RefCell<Option<Root<Object>>>,
    waiting: Cell<Waiting>,
    since: Cell<Instant>,
    /// When it is looked whether it has waited for too long.
    timer: Cell<Option<TimerKey>>,
}

impl Connection {
    /// A connection of a server, known to the program's half as an object.
    pub fn new(vm: &Vm, server: Rc<Server>, transport: Transport) -> Rc<Self> {
        let mut parser = Parser::new(Kind::Request, server.max_head.get());
        parser.set_lenient(server.is_lenient.get());
        Rc::new(Self {
            server,
            number: Cell::new(usize::MAX),
            transport: RefCell::new(transport),
            parser: RefCell::new(parser),
            ahead: RefCell::default(),
            exchange: RefCell::new(None),
            queue: RefCell::default(),
            unread: RefCell::new(None),
            held: RefCell::default(),
            output: RefCell::default(),
            chunk: RefCell::default(),
            waiting_for_write: RefCell::default(),
            wants_drain: Cell::new(false),
            is_flush_scheduled: Cell::new(false),
            is_reading_input: Cell::new(false),
            has_just_answered: Cell::new(false),
            is_paused: Cell::new(false),
            is_held: Cell::new(false),
            is_wanted: Cell::new(false),
            is_open: Cell::new(true),
            has_ended: Cell::new(false),
            is_last: Cell::new(false),
            is_detached: Cell::new(false),
            is_abandoned: Cell::new(false),
            next: RefCell::new(None),
            requests: Cell::new(0),
            has_body: Cell::new(false),
            is_late: Cell::new(false),
            object: RefCell::new(None),
            waiting: Cell::new(Waiting::Head),
            since: Cell::new(runtime::of(vm).event_loop.now()),
            timer: Cell::new(None),
        })
    }

    /// Sets the object by which the program's half knows it.
    pub fn set_object(&self, vm: &Vm, object: Gc<Object>) {
        *self.object.borrow_mut() = Some(vm.memory.root(object));
    }

    /// The object by which the program's half knows it.
    pub fn object(&self) -> Value {
        self.object.borrow().as_ref().map_or(Value::UNDEFINED, |object| Value::cell(object.get()))
    }

    /// The socket of the system, if one carries it.
    pub fn stream(&self) -> Option<Rc<Stream>> {
        match &*self.transport.borrow() {
            Transport::Native(stream) => Some(Rc::clone(stream)),
            Transport::Script => None,
        }
    }

    /// The program wants to see itself what comes: from now on its socket feeds the
    /// connection.
    pub fn give_to_script(self: &Rc<Self>, vm: &mut Vm) {
        self.flush(vm);
        *self.transport.borrow_mut() = Transport::Script;
    }

    /// What clients are told: the seconds for which an idle connection is kept, and how
    /// many requests it serves at most.
    pub fn told(&self) -> (u64, u32) {
        (self.server.told_timeout.get(), self.server.max_requests.get())
    }

    /// Whether no request is under way.
    pub fn is_idle(&self) -> bool {
        self.exchange.borrow().is_none()
            && self.next.borrow().is_none()
            && self.unread.borrow().is_none()
            && self.parser.borrow().is_between_messages()
    }

    /// Whether it can be used.
    pub fn is_open(&self) -> bool {
        self.is_open.get()
    }

    /// Begins to read.
    pub fn start(self: &Rc<Self>, vm: &mut Vm) {
        log!(Http, Info, "connection {}: opened", self.number.get());
        self.wait_for(vm, Waiting::Head);
        if let Some(stream) = self.stream() {
            stream.set_consumer(Rc::<Self>::clone(self));
            stream.start_reading(vm);
        }
    }

    // -----------------------------------------------------------------------
    // What comes in
    // -----------------------------------------------------------------------

    /// Looks at bytes that have come.
    pub fn receive(self: &Rc<Self>, vm: &mut Vm, bytes: &[u8]) {
        if !self.is_open.get() || self.is_detached.get() {
            return;
        }
        if self.is_blocked() || !self.ahead.borrow().is_empty() || self.is_reading_input.get() {
            self.ahead.borrow_mut().extend_from_slice(bytes);
            if self.ahead.borrow().len() >= MOST_AHEAD {
                self.stop_reading();
            }
            return;
        }
        let rest = self.process(vm, bytes);
        if rest > 0 && self.is_open.get() {
            let from = bytes.len() - rest;
            let mut ahead = self.ahead.borrow_mut();
            let later = std::mem::take(&mut *ahead);
            ahead.extend_from_slice(&bytes[from..]);
            ahead.extend_from_slice(&later);
        }
        if !self.ahead.borrow().is_empty() && !self.is_blocked() {
            // Who was told of a request has fed more from within.
            self.go_on_later(vm);
        }
    }

    /// Whether nothing can be looked at now: the program does not want more of a body, or
    /// has to answer first.
    fn is_blocked(&self) -> bool {
        self.is_paused.get()
            || self.exchange.borrow().is_some()
                && (self.next.borrow().is_some() || self.queue.borrow().len() >= MOST_WAITING)
    }

    /// Looks at bytes as far as possible; how many are left.
    fn process(self: &Rc<Self>, vm: &mut Vm, bytes: &[u8]) -> usize {
        let mut input = bytes;
        loop {
            let before = input.len();
            self.process_until_blocked(vm, &mut input, bytes);
            self.flush(vm);
            // That may have been the end of the request which was in the way.
            let goes_on = !input.is_empty()
                && input.len() < before
                && self.is_open.get()
                && !self.is_detached.get()
                && !self.is_blocked()
                && !self.is_last.get();
            if !goes_on {
                break;
            }
        }
        if self.is_detached.get() {
            // What follows an upgrade is the other protocol's.
            let object = self.object();
            *self.object.borrow_mut() = None;
            let server = Rc::clone(&self.server);
            server.detached(vm, object, input);
            return 0;
        }
        input.len()
    }

    /// Looks at input as far as the program lets it, and gives the program its turn.
    fn process_until_blocked(self: &Rc<Self>, vm: &mut Vm, input: &mut &[u8], whole: &[u8]) {
        self.is_reading_input.set(true);
        if !input.is_empty() && self.waiting.get() == Waiting::Idle {
            self.wait_for(vm, Waiting::Head);
        }
        while self.is_open.get() && !self.is_detached.get() && !self.is_blocked() {
            let next = self.next.borrow_mut().take();
            if let Some(head) = next {
                self.begin(vm, head, !input.is_empty());
                continue;
            }
            let event = self.parser.borrow_mut().next(input);
            match event {
                Ok(None) => break,
                Ok(Some(Event::Head(head)))
                    if head.asks_for_upgrade() && self.exchange.borrow().is_some() =>
                {
                    *self.next.borrow_mut() = Some(head);
                }
                Ok(Some(Event::Head(head))) => self.begin(vm, head, !input.is_empty()),
                Ok(Some(Event::Body(body))) => self.body(vm, body),
                Ok(Some(Event::End(trailers))) => self.complete(vm, &trailers),
                Err(error) => {
                    self.refuse(vm, error, whole);
                    break;
                }
            }
        }
        // Requests that come together are begun together: then the program has its turn.
        runtime::of(vm).settle(vm);
        self.is_reading_input.set(false);
        self.has_just_answered.set(false);
        self.look_for_head(vm);
    }

    /// If the beginning of a head is there, its time runs.
    fn look_for_head(self: &Rc<Self>, vm: &mut Vm) {
        if matches!(self.waiting.get(), Waiting::Idle | Waiting::Answer)
            && self.parser.borrow().is_in_head()
        {
            self.wait_for(vm, Waiting::Head);
        }
    }

    /// Looks at what waits, after what was in the way is gone.
    fn go_on(self: &Rc<Self>, vm: &mut Vm) {
        if self.is_reading_input.get() || !self.is_open.get() {
            return;
        }
        while !self.is_blocked()
            && (!self.ahead.borrow().is_empty() || self.next.borrow().is_some())
            && self.is_open.get()
        {
            let ahead = std::mem::take(&mut *self.ahead.borrow_mut());
            let rest = self.process(vm, &ahead);
            if rest > 0 {
                let mut kept = self.ahead.borrow_mut();
                let later = std::mem::take(&mut *kept);
                kept.extend_from_slice(&ahead[ahead.len() - rest..]);
                kept.extend_from_slice(&later);
            }
            if rest == ahead.len() && self.next.borrow().is_none() {
                break;
            }
        }
        if self.is_open.get()
            && !self.is_paused.get()
            && !self.is_held.get()
            && self.ahead.borrow().len() < MOST_AHEAD
            && let Some(stream) = self.stream()
        {
            stream.start_reading(vm);
        }
        if self.has_ended.get() && self.is_open.get() && self.exchange.borrow().is_none() {
            self.finish_input(vm);
        }
    }

    /// Not from within: a flood of requests must not fill the stack.
    fn go_on_later(self: &Rc<Self>, vm: &Vm) {
        let this = Rc::clone(self);
        runtime::of(vm).event_loop.defer(Box::new(move |vm| this.go_on(vm)));
    }

    /// The program has enough to write for now, or has not any more.
    pub fn hold(self: &Rc<Self>, vm: &Vm, is_held: bool) {
        self.is_held.set(is_held);
        if is_held {
            self.stop_reading();
        } else {
            self.go_on_later(vm);
        }
    }

    fn stop_reading(&self) {
        if let Some(stream) = self.stream() {
            stream.stop_reading();
        }
    }

    fn begin(self: &Rc<Self>, vm: &mut Vm, head: Head, has_more: bool) {
        self.is_late.set(self.server.is_closing.get() && !has_more);
        let has_body = head.framing != Framing::None;
        self.has_body.set(has_body);
        self.requests.set(self.requests.get() + 1);
        self.wait_for(vm, if has_body { Waiting::Request } else { Waiting::Answer });
        log!(
            Http,
            Trace,
            "connection {}: {} {}",
            self.number.get(),
            head.method().escape_ascii(),
            head.target().escape_ascii()
        );
        let server = Rc::clone(&self.server);
        server.request(vm, self.object(), head, self.requests.get());
        let is_taken = self.unread.borrow().is_some()
            || self.with_receiving(|exchange| !exchange.is_received) == Some(true);
        if !is_taken && self.is_open.get() && !self.is_detached.get() {
            // The program's half has thrown before it took the request.
            self.close(vm);
        }
    }

    /// What the program's half has made of a request.
    pub fn attach(&self, vm: &Vm, request: Gc<Object>, response: Gc<Object>) {
        let (request, response) = (vm.memory.root(request), vm.memory.root(response));
        let attached = Exchange {
            request,
            response,
            is_received: false,
            is_answered: false,
            is_observed: false,
            facts: Facts::empty(),
            has_head: false,
        };
        let mut exchange = self.exchange.borrow_mut();
        if exchange.is_none() {
            *exchange = Some(attached);
        } else {
            self.queue.borrow_mut().push_back(attached);
        }
    }

    /// Does something with the exchange that has begun last.
    fn with_receiving<T>(&self, action: impl FnOnce(&mut Exchange) -> T) -> Option<T> {
        if let Some(last) = self.queue.borrow_mut().back_mut() {
            return Some(action(last));
        }
        self.exchange.borrow_mut().as_mut().map(action)
    }

    fn body(self: &Rc<Self>, vm: &mut Vm, bytes: &[u8]) {
        let unread = self.unread.borrow().as_ref().map(Root::get);
        let request = unread.or_else(|| self.with_receiving(|exchange| exchange.request.get()));
        let Some(request) = request else { return };
        let Ok(chunk) = vm.new_uint8_array(bytes) else {
            vm.take_exception();
            self.close(vm);
            return;
        };
        // The jobs that run before this call returns may already have read what has come.
        self.is_wanted.set(false);
        let wants_more = self.server.body(vm, Value::cell(request), Value::cell(chunk));
        if !wants_more && !self.is_wanted.get() {
            self.is_paused.set(true);
            self.stop_reading();
        }
    }

    fn complete(self: &Rc<Self>, vm: &mut Vm, trailers: &Trailers) {
        let unread = self.unread.borrow_mut().take();
        let has_body = self.has_body.get();
        let request = match &unread {
            Some(request) => Some(request.get()),
            None => self.with_receiving(|exchange| {
                exchange.is_received = true;
                exchange.request.get()
            }),
        };
        let Some(request) = request else { return };
        // Of a request without a body that has been said at its beginning.
        if has_body {
            let is_answered = unread.is_some() && self.exchange.borrow().is_none();
            self.wait_for(vm, if is_answered { Waiting::Idle } else { Waiting::Answer });
            let trailers = if trailers.is_empty() {
                Value::UNDEFINED
            } else {
                fields::raw(vm, trailers.iter().map(|(name, value)| (&**name, &**value)))
            };
            self.server.complete(vm, Value::cell(request), trailers);
            if is_answered && self.has_ended.get() && self.ahead.borrow().is_empty() {
                self.close_when_written(vm);
            }
        }
        let ends = self.exchange.borrow().as_ref().is_some_and(|exchange| {
            exchange.is_received && exchange.is_answered && !exchange.is_observed
        });
        if ends {
            self.end_answered(vm);
        }
    }

    /// The request has come to its end after the response. What several requests of one
    /// piece of input are answered goes out together, but nothing goes out after the end.
    fn end_answered(self: &Rc<Self>, vm: &mut Vm) {
        self.has_just_answered.set(true);
        if self.is_last.get() {
            self.flush(vm);
        }
        self.end_exchange(vm);
    }

    /// The program wants more of a body.
    pub fn resume(self: &Rc<Self>, vm: &mut Vm) {
        self.is_wanted.set(true);
        if !self.is_paused.replace(false) {
            return;
        }
        self.go_on_later(vm);
    }

    /// Nothing follows what has come.
    pub fn end(self: &Rc<Self>, vm: &mut Vm) {
        self.has_ended.set(true);
        if !self.is_open.get() {
            return;
        }
        let server = Rc::clone(&self.server);
        server.input_ended(vm, self.object());
        if !self.is_open.get() {
            return;
        }
        // As Node.js has it unless `httpAllowHalfOpen` is set: who closes its end is gone.
        let is_answering = !self.queue.borrow().is_empty()
            || self.exchange.borrow().as_ref().is_some_and(|exchange| !exchange.is_answered);
        if is_answering && !self.server.allows_half_open.get() {
            self.is_abandoned.set(true);
            self.flush(vm);
        } else if !self.is_blocked() {
            self.finish_input(vm);
        }
    }

    fn finish_input(self: &Rc<Self>, vm: &mut Vm) {
        let result = self.parser.borrow_mut().finish();
        match result {
            Err(error) => self.refuse(vm, error, &[]),
            Ok(_) if self.exchange.borrow().is_none() => self.close_when_written(vm),
            Ok(_) if self.queue.borrow().is_empty() => self.is_last.set(true),
            // The last of the exchanges closes it.
            Ok(_) => {}
        }
    }

    /// What has come is no request.
    fn refuse(self: &Rc<Self>, vm: &mut Vm, error: ParseError, bytes: &[u8]) {
        log!(
            Http,
            Error,
            "connection {}: {} ({}), waiting for: {:?}",
            self.number.get(),
            error.reason,
            error.code,
            self.waiting.get()
        );
        // What has been answered goes out before, and is nothing to be followed by an answer
        // to this.
        let has_answered = self.has_just_answered.get()
            || self.exchange.borrow().as_ref().is_some_and(|exchange| exchange.has_head);
        self.flush(vm);
        if self.is_open.get() {
            let at = self.parser.borrow().failed_at(bytes.len());
            let server = Rc::clone(&self.server);
            server.client_error(vm, self.object(), error, bytes, (at, has_answered));
        }
    }

    /// Writes a response of native code's own, and closes.
    pub fn answer_bare(self: &Rc<Self>, vm: &mut Vm, text: &[u8]) {
        self.is_last.set(true);
        self.stop_reading();
        self.output.borrow_mut().extend_from_slice(text);
        self.flush(vm);
        self.close_when_written(vm);
    }

    // -----------------------------------------------------------------------
    // What goes out
    // -----------------------------------------------------------------------

    /// Appends to what goes out at the end of the turn. The number of bytes that wait.
    pub fn with_output(self: &Rc<Self>, vm: &Vm, action: impl FnOnce(&mut Vec<u8>)) -> usize {
        let mut output = self.take_output();
        action(&mut output);
        self.give_output(vm, output);
        self.queued()
    }

    /// The head that is held back until the body begins. It is to be given back.
    pub fn take_held(&self) -> Vec<u8> {
        std::mem::take(&mut *self.held.borrow_mut())
    }

    /// Gives it back, with more.
    pub fn give_held(&self, head: Vec<u8>) {
        *self.held.borrow_mut() = head;
    }

    /// What goes out at the end of the turn, with room for more; a head that was held back
    /// goes before. It is to be given back.
    pub fn take_output(&self) -> Vec<u8> {
        let mut output = std::mem::take(&mut *self.output.borrow_mut());
        if output.capacity() == 0 {
            output = self.server.take_buffer();
        }
        let mut held = self.held.borrow_mut();
        if !held.is_empty() {
            output.extend_from_slice(&held);
            held.clear();
        }
        output
    }

    /// Gives it back, with more.
    pub fn give_output(self: &Rc<Self>, vm: &Vm, output: Vec<u8>) {
        *self.output.borrow_mut() = output;
        self.schedule_flush(vm);
    }

    /// Calls somebody back when everything is written.
    pub fn when_written(self: &Rc<Self>, vm: &Vm, callback: Callback) {
        self.waiting_for_write.borrow_mut().push(callback);
        self.schedule_flush(vm);
    }

    /// The program waits with more until everything is written.
    pub fn want_drain(&self) {
        self.wants_drain.set(true);
    }

    /// How many bytes the system has not taken yet.
    pub fn unsent(&self) -> usize {
        self.stream().map_or(0, |stream| stream.queued())
    }

    /// How many bytes wait to be written.
    pub fn queued(&self) -> usize {
        let waiting = self.unsent();
        let open = self.chunk.borrow().len();
        waiting + self.output.borrow().len() + self.held.borrow().len() + open
    }

    /// What is to become one chunk, with room for more; to be given back.
    pub fn take_chunk(&self) -> Vec<u8> {
        std::mem::take(&mut *self.chunk.borrow_mut())
    }

    /// Gives it back, with more.
    pub fn give_chunk(&self, chunk: Vec<u8>) {
        *self.chunk.borrow_mut() = chunk;
    }

    fn schedule_flush(self: &Rc<Self>, vm: &Vm) {
        if self.is_reading_input.get() || self.is_flush_scheduled.replace(true) {
            return;
        }
        let this = Rc::clone(self);
        runtime::of(vm).at_end_of_turn(Box::new(move |vm| this.flush(vm)));
    }

    /// Writes what is to be written, and tells who waits for that.
    pub fn flush(self: &Rc<Self>, vm: &mut Vm) {
        self.is_flush_scheduled.set(false);
        self.write_out(vm);
        if self.is_written() {
            self.all_written(vm);
        }
    }

    /// Writes what is to be written.
    pub fn write_out(self: &Rc<Self>, vm: &mut Vm) {
        let mut output = std::mem::take(&mut *self.output.borrow_mut());
        if !output.is_empty() {
            match self.stream() {
                Some(stream) => {
                    stream.write_from(vm, &output);
                    output.clear();
                    // What one response needed, the next one will; not more.
                    if output.capacity() <= MOST_AHEAD {
                        self.server.give_buffer(output);
                    }
                }
                None => {
                    let server = Rc::clone(&self.server);
                    server.write_to_script(vm, self.object(), &output);
                }
            }
        }
    }

    fn is_written(&self) -> bool {
        self.output.borrow().is_empty()
            && self.chunk.borrow().is_empty()
            && self.stream().is_none_or(|stream| stream.is_flushed())
    }

    fn all_written(self: &Rc<Self>, vm: &mut Vm) {
        let callbacks = std::mem::take(&mut *self.waiting_for_write.borrow_mut());
        for callback in callbacks {
            callback.call(vm, Value::UNDEFINED, &[]);
        }
        if self.wants_drain.replace(false) {
            let response = match &*self.exchange.borrow() {
                Some(exchange) if !exchange.is_answered => Some(exchange.response.get()),
                _ => None,
            };
            if let Some(response) = response {
                let server = Rc::clone(&self.server);
                server.drained(vm, Value::cell(response));
            }
        }
        if !self.is_written() {
            // Who was told has written more; what follows waits for that.
            return;
        }
        let is_answered =
            self.exchange.borrow().as_ref().is_some_and(|exchange| exchange.is_answered);
        if self.is_abandoned.get() && !is_answered {
            self.close(vm);
        } else if is_answered {
            self.answered(vm);
        } else if self.is_last.get()
            && self.exchange.borrow().is_none()
            && !self.is_reading_input.get()
        {
            self.close(vm);
        }
    }

    /// Facts of the response that is under way; none if there is none.
    pub fn facts(&self) -> Option<Facts> {
        self.exchange.borrow().as_ref().filter(|it| it.has_head).map(|it| it.facts)
    }

    /// The head of the response has been written.
    pub fn set_facts(&self, facts: Facts) {
        if let Some(exchange) = &mut *self.exchange.borrow_mut() {
            exchange.facts = facts;
            exchange.has_head = true;
        }
        if facts.contains(Facts::LAST) {
            self.is_last.set(true);
        }
    }

    /// The program has ended its response; whether somebody listens for that.
    pub fn end_response(self: &Rc<Self>, vm: &mut Vm, is_observed: bool) {
        if let Some(exchange) = &mut *self.exchange.borrow_mut() {
            exchange.is_answered = true;
            exchange.is_observed = is_observed;
        }
        self.schedule_flush(vm);
    }

    /// All of a response is written.
    fn answered(self: &Rc<Self>, vm: &mut Vm) {
        let unread = match &*self.exchange.borrow() {
            Some(exchange) if exchange.is_received => None,
            Some(exchange) => Some(vm.memory.root(exchange.request.get())),
            None => return,
        };
        *self.unread.borrow_mut() = unread;
        self.end_exchange(vm);
    }

    fn end_exchange(self: &Rc<Self>, vm: &mut Vm) {
        let Some(exchange) = self.exchange.borrow_mut().take() else { return };
        self.chunk.borrow_mut().clear();
        let (request, response) = (exchange.request.get(), exchange.response.get());
        drop(exchange);
        if !self.is_last.get() && !self.is_abandoned.get() {
            // The next response has its turn, which the program's half is told, too.
            *self.exchange.borrow_mut() = self.queue.borrow_mut().pop_front();
        }
        let server = Rc::clone(&self.server);
        let has_next = self.exchange.borrow().is_some();
        let exchange = (Value::cell(request), Value::cell(response));
        server.answered(vm, exchange, has_next, self.is_reading_input.get());
        if !self.is_open.get() {
            return;
        }
        let is_at_end = self.has_ended.get()
            && self.exchange.borrow().is_none()
            && self.ahead.borrow().is_empty()
            && self.next.borrow().is_none()
            && self.unread.borrow().is_none();
        if self.is_last.get() || self.is_abandoned.get() || is_at_end {
            self.close_when_written(vm);
            return;
        }
        if self.waiting.get() == Waiting::Answer && self.exchange.borrow().is_none() {
            self.wait_for(vm, Waiting::Idle);
        }
        self.look_for_head(vm);
        let has_more = !self.ahead.borrow().is_empty() || self.next.borrow().is_some();
        if has_more && !self.is_reading_input.get() {
            self.go_on_later(vm);
        }
    }

    // -----------------------------------------------------------------------
    // Time
    // -----------------------------------------------------------------------

    fn wait_for(self: &Rc<Self>, vm: &mut Vm, waiting: Waiting) {
        let before = self.waiting.replace(waiting);
        // The time of a request begins with its first byte.
        if !(waiting == Waiting::Request && before == Waiting::Head) {
            self.since.set(runtime::of(vm).event_loop.now());
        }
        if let Some(limit) = self.limit() {
            self.set_timer(vm, self.since.get() + limit);
        }
    }

    /// How long it may wait for what it waits for.
    fn limit(&self) -> Option<Duration> {
        let limit = match self.waiting.get() {
            Waiting::Idle => self.server.idle_timeout.get(),
            Waiting::Head => {
                let limits = [self.server.head_timeout.get(), self.server.request_timeout.get()];
                return limits.into_iter().filter(|limit| !limit.is_zero()).min();
            }
            Waiting::Request => self.server.request_timeout.get(),
            Waiting::Answer => Duration::ZERO,
        };
        (!limit.is_zero()).then_some(limit)
    }

    /// One timer is enough, unless it comes too late: when it runs out, it is looked what it
    /// is about by then.
    fn set_timer(self: &Rc<Self>, vm: &mut Vm, at: Instant) {
        let event_loop = &runtime::of(vm).event_loop;
        match self.timer.get() {
            Some((before, _)) if before <= at => return,
            Some(later) => event_loop.cancel_timer(later),
            None => {}
        }
        let this = Rc::downgrade(self);
        let key = event_loop.set_timer(
            at,
            Box::new(move |vm| {
                if let Some(this) = this.upgrade() {
                    this.timer.set(None);
                    this.look_at_clock(vm);
                }
            }),
        );
        self.timer.set(Some(key));
    }

    /// A timer that is not due for long would keep the memory of what is gone.
    fn forget_timer(&self, vm: &Vm) {
        if let Some(key) = self.timer.take() {
            runtime::of(vm).event_loop.cancel_timer(key);
        }
    }

    fn look_at_clock(self: &Rc<Self>, vm: &mut Vm) {
        if !self.is_open.get() || self.is_detached.get() {
            return;
        }
        let Some(limit) = self.limit() else { return };
        let at = self.since.get() + limit;
        if at > runtime::of(vm).event_loop.now() {
            self.set_timer(vm, at);
            return;
        }
        if self.waiting.get() == Waiting::Idle {
            let server = Rc::clone(&self.server);
            server.timed_out(vm, self.object());
            return;
        }
        let error = ParseError { code: "ERR_HTTP_REQUEST_TIMEOUT", reason: "Request timeout" };
        self.refuse(vm, error, &[]);
    }

    // -----------------------------------------------------------------------
    // The end
    // -----------------------------------------------------------------------

    /// Closes it as soon as everything is written.
    pub fn close_when_written(self: &Rc<Self>, vm: &mut Vm) {
        self.is_last.set(true);
        if !self.is_written() {
            return;
        }
        match self.stream() {
            // Closing with something unread would make the system reset the connection, and
            // what was written could be lost: the other end is told first.
            Some(stream) if !self.has_ended.get() && stream.is_open() => {
                stream.shut_down(vm, None);
                self.linger(vm, &stream);
            }
            Some(_) => self.close(vm),
            None => {
                let server = Rc::clone(&self.server);
                server.finished(vm, self.object());
            }
        }
    }

    /// Reads on for a while what nobody wants.
    fn linger(self: &Rc<Self>, vm: &mut Vm, stream: &Rc<Stream>) {
        const PATIENCE: Duration = Duration::from_millis(500);
        self.leave(vm);
        stream.set_consumer(Rc::new(Lingering { stream: Rc::clone(stream) }));
        // Nobody waits for it: it does not hold the loop.
        stream.hold.set_referenced(false);
        stream.start_reading(vm);
        let stream = Rc::downgrade(stream);
        let at = Instant::now() + PATIENCE;
        runtime::of(vm).event_loop.set_timer(
            at,
            Box::new(move |vm| {
                if let Some(stream) = stream.upgrade() {
                    stream.close(vm);
                }
            }),
        );
    }

    /// Closes it at once: what the program has written before goes out if the system takes
    /// it.
    pub fn close(self: &Rc<Self>, vm: &mut Vm) {
        if let Some(stream) = self.stream() {
            stream.close(vm);
        }
        self.leave(vm);
    }

    /// Closes it as soon as it has been idle for so long; if a request comes before, it is
    /// answered.
    pub fn close_when_idle_for(self: &Rc<Self>, vm: &Vm, time: Duration) {
        let this = Rc::downgrade(self);
        runtime::of(vm).event_loop.set_timer(
            self.since.get() + time,
            Box::new(move |vm| {
                if let Some(this) = this.upgrade() {
                    this.close_if_idle(vm);
                }
            }),
        );
    }

    fn close_if_idle(self: &Rc<Self>, vm: &mut Vm) {
        // The system may have more than it has told of.
        if let Some(stream) = self.stream() {
            stream.read_what_is_there(vm);
        }
        if self.is_open.get() && self.is_idle() {
            self.close(vm);
        }
    }

    /// Whether the response which has its turn, or the last of those which wait, is to be
    /// the connection's last one: the request has come after the server was to take no
    /// more, and nothing is behind it.
    pub fn should_be_last(&self, has_its_turn: bool) -> bool {
        self.is_late.get()
            && self.queue.borrow().len() == usize::from(!has_its_turn)
            && self.ahead.borrow().is_empty()
            && self.next.borrow().is_none()
    }

    /// It is the server's no more: whoever waits for something of it is told.
    pub fn leave(self: &Rc<Self>, vm: &mut Vm) {
        if !self.is_open.replace(false) {
            return;
        }
        log!(
            Http,
            Info,
            "connection {}: closed, {} requests",
            self.number.get(),
            self.requests.get()
        );
        self.forget_timer(vm);
        self.server.remove(self.number.get());
        let exchange = self.exchange.borrow_mut().take();
        self.queue.borrow_mut().clear();
        *self.unread.borrow_mut() = None;
        let server = Rc::clone(&self.server);
        let callbacks = std::mem::take(&mut *self.waiting_for_write.borrow_mut());
        if !callbacks.is_empty() {
            let error = server.canceled(vm);
            for callback in callbacks {
                callback.call(vm, Value::UNDEFINED, &[error]);
            }
        }
        let object = self.object();
        let (request, response) = match &exchange {
            Some(exchange) => {
                (Value::cell(exchange.request.get()), Value::cell(exchange.response.get()))
            }
            None => (Value::UNDEFINED, Value::UNDEFINED),
        };
        server.closed(vm, object, request, response);
        drop(exchange);
        *self.object.borrow_mut() = None;
    }

    /// Gives the socket to somebody else: who has asked for that is told what has come
    /// behind the request as soon as it is known.
    pub fn detach(self: &Rc<Self>, vm: &mut Vm) {
        log!(Http, Info, "connection {}: given to another protocol", self.number.get());
        self.is_detached.set(true);
        self.parser.borrow_mut().hand_over();
        self.flush(vm);
        self.is_open.set(false);
        self.forget_timer(vm);
        self.server.remove(self.number.get());
        *self.exchange.borrow_mut() = None;
        self.stop_reading();
    }
}

impl Consumer for Connection {
    fn data(self: Rc<Self>, vm: &mut Vm, bytes: &[u8]) {
        self.receive(vm, bytes);
    }

    fn end(self: Rc<Self>, vm: &mut Vm) {
        Connection::end(&self, vm);
    }

    fn error(self: Rc<Self>, vm: &mut Vm, error: SystemError) {
        if self.is_open.get() {
            let server = Rc::clone(&self.server);
            server.broken(vm, self.object(), error);
        }
        // Whoever is told of it has had its turn.
        self.close(vm);
    }

    fn flushed(self: Rc<Self>, vm: &mut Vm) {
        if self.is_written() {
            self.all_written(vm);
        }
    }

    fn closing(self: Rc<Self>, _: &mut Vm, stream: &Stream) {
        let output = std::mem::take(&mut *self.output.borrow_mut());
        if !output.is_empty() && !self.is_abandoned.get() {
            stream.write_if_possible(&output);
        }
    }

    fn closed(self: Rc<Self>, vm: &mut Vm) {
        self.leave(vm);
    }
}

/// Reads what nobody wants, until there is no more.
struct Lingering {
    stream: Rc<Stream>,
}

impl Consumer for Lingering {
    fn data(self: Rc<Self>, _: &mut Vm, _: &[u8]) {}

    fn end(self: Rc<Self>, vm: &mut Vm) {
        self.stream.close(vm);
    }

    fn error(self: Rc<Self>, vm: &mut Vm, _: SystemError) {
        self.stream.close(vm);
    }
}
