//! The event loop: what a program waits for, in the phases and the order that Node.js has
//! them in.
//!
//! ```text
//! timers ─▶ pending ─▶ poll ─▶ immediates ─▶ closing ─▶ timers ─▶ …
//! ```
//!
//! Between any two callbacks, ticks and jobs have their turn ([`crate::runtime`]). The
//! loop ends when nothing is left that holds it.
//!
//! <https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick>

pub mod poll;
mod thread_pool;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::rc::Rc;
use std::time::{Duration, Instant};

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::vm::Vm;
use slab::Slab;

use poll::{Event, Interest, Pollable, Poller, Readiness, Waker};
use thread_pool::ThreadPool;

/// Something to be done on the loop's thread.
pub type Task = Box<dyn FnOnce(&mut Vm)>;

/// Who is told that a source is ready.
pub trait Source {
    /// The source is ready.
    fn ready(self: Rc<Self>, vm: &mut Vm, readiness: Readiness);

    /// What Node.js calls the source, and the script's object for it; none while it does
    /// not hold the loop.
    fn resource(&self) -> Option<(&'static str, Option<Gc<Object>>)> {
        None
    }
}

/// What a piece of work is followed by.
type Finish = Box<dyn FnOnce(&mut Vm, Option<Box<dyn Any + Send>>)>;

/// A timer of native code: when, and its number.
pub type TimerKey = (Instant, u64);

/// What a program waits for.
pub struct EventLoop {
    poller: RefCell<Poller>,
    sources: RefCell<Slab<Rc<dyn Source>>>,
    holds: Rc<Cell<usize>>,
    /// What the time was when the loop looked last.
    now: Cell<Instant>,
    start: Instant,
    timers: RefCell<BTreeMap<TimerKey, Task>>,
    next_timer: Cell<u64>,
    /// When the timers of `timers.js` want to run, and whether they hold the loop.
    deadline: Cell<Option<Instant>>,
    timers_hold: Hold,
    /// `timers.js` has immediates, and some of them hold the loop.
    has_immediates: Cell<bool>,
    immediates_hold: Hold,
    pending: RefCell<VecDeque<Task>>,
    /// What sources have to do though the system will not say so again.
    ready: RefCell<VecDeque<Task>>,
    closing: RefCell<VecDeque<Task>>,
    pool: RefCell<Option<ThreadPool>>,
    works: RefCell<Slab<(Finish, Hold)>>,
}

/// What may keep the loop going: it does while it is both active and referenced.
pub struct Hold {
    holds: Rc<Cell<usize>>,
    active: Cell<bool>,
    referenced: Cell<bool>,
}

impl Hold {
    fn new(holds: &Rc<Cell<usize>>, active: bool) -> Self {
        if active {
            holds.set(holds.get() + 1);
        }
        Self { holds: Rc::clone(holds), active: Cell::new(active), referenced: Cell::new(true) }
    }

    fn counts(&self) -> bool {
        self.active.get() && self.referenced.get()
    }

    fn change(&self, cell: &Cell<bool>, value: bool) {
        let before = self.counts();
        cell.set(value);
        match (before, self.counts()) {
            (false, true) => self.holds.set(self.holds.get() + 1),
            (true, false) => self.holds.set(self.holds.get() - 1),
            _ => {}
        }
    }

    /// Something is waited for, or no longer.
    pub fn set_active(&self, active: bool) {
        self.change(&self.active, active);
    }

    /// What is waited for counts (`ref`), or does not (`unref`).
    pub fn set_referenced(&self, referenced: bool) {
        self.change(&self.referenced, referenced);
    }

    /// Whether it counts (`hasRef`).
    pub fn is_referenced(&self) -> bool {
        self.referenced.get()
    }

    /// Whether it keeps the loop going.
    pub fn holds(&self) -> bool {
        self.counts()
    }

    /// Whether something is waited for.
    pub fn is_active(&self) -> bool {
        self.active.get()
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.set_active(false);
    }
}

/// What calls the timers and immediates of `timers.js`.
pub trait ScriptTimers {
    /// Runs the timers that are due at a time, in milliseconds since the loop began, and
    /// sets the deadline for the others.
    fn run_timers(&self, vm: &mut Vm, now: u64);

    /// Runs the immediates.
    fn run_immediates(&self, vm: &mut Vm);
}

impl EventLoop {
    /// A loop that waits for nothing.
    ///
    /// # Errors
    /// Those of the system.
    pub fn new() -> io::Result<Self> {
        let holds = Rc::new(Cell::new(0));
        let now = Instant::now();
        Ok(Self {
            poller: RefCell::new(Poller::new()?),
            sources: RefCell::default(),
            now: Cell::new(now),
            start: now,
            timers: RefCell::default(),
            next_timer: Cell::new(0),
            deadline: Cell::new(None),
            timers_hold: Hold::new(&holds, false),
            has_immediates: Cell::new(false),
            immediates_hold: Hold::new(&holds, false),
            pending: RefCell::default(),
            ready: RefCell::default(),
            closing: RefCell::default(),
            pool: RefCell::default(),
            works: RefCell::default(),
            holds,
        })
    }

    /// What may hold the loop; it does not yet.
    pub fn hold(&self) -> Hold {
        Hold::new(&self.holds, false)
    }

    /// Whether anything holds the loop.
    pub fn is_alive(&self) -> bool {
        self.holds.get() > 0 || !self.closing.borrow().is_empty()
    }

    // -----------------------------------------------------------------------
    // Time
    // -----------------------------------------------------------------------

    /// When the loop looked at the clock last.
    pub fn now(&self) -> Instant {
        self.now.get()
    }

    /// The same in milliseconds since the loop was made.
    pub fn now_milliseconds(&self) -> u64 {
        self.now.get().duration_since(self.start).as_millis() as u64
    }

    /// When the loop was made.
    pub fn start(&self) -> Instant {
        self.start
    }

    /// Looks at the clock.
    pub fn update_time(&self) {
        self.now.set(Instant::now());
    }

    /// Does something at a time, unless it is cancelled before. It does not hold the loop.
    pub fn set_timer(&self, at: Instant, task: Task) -> TimerKey {
        let number = self.next_timer.get();
        self.next_timer.set(number + 1);
        self.timers.borrow_mut().insert((at, number), task);
        (at, number)
    }

    /// Does not do it.
    pub fn cancel_timer(&self, key: TimerKey) {
        self.timers.borrow_mut().remove(&key);
    }

    /// When the timers of `timers.js` want to run: so many milliseconds after the loop was
    /// made.
    pub fn set_deadline(&self, milliseconds: u64) {
        self.deadline.set(self.start.checked_add(Duration::from_millis(milliseconds)));
        self.timers_hold.set_active(true);
    }

    /// Whether the timers of `timers.js` hold the loop.
    pub fn hold_for_timers(&self, held: bool) {
        self.timers_hold.set_referenced(held);
    }

    /// Whether `timers.js` has immediates, and whether they hold the loop.
    pub fn set_immediates(&self, any: bool, held: bool) {
        self.has_immediates.set(any);
        self.immediates_hold.set_active(any);
        self.immediates_hold.set_referenced(held);
    }

    // -----------------------------------------------------------------------
    // What is waited for
    // -----------------------------------------------------------------------

    /// Has somebody be told when a source is ready; the number is for
    /// [`Self::deregister`].
    ///
    /// # Errors
    /// Those of the system.
    pub fn register(
        &self,
        source: &mut impl Pollable,
        interest: Interest,
        who: Rc<dyn Source>,
    ) -> io::Result<usize> {
        let mut sources = self.sources.borrow_mut();
        let entry = sources.vacant_entry();
        let number = entry.key();
        self.poller.borrow().register(source, number, interest)?;
        entry.insert(who);
        Ok(number)
    }

    /// Has nobody be told any more.
    pub fn deregister(&self, source: &mut impl Pollable, number: usize) {
        // A source that the system has forgotten is gone anyway.
        let _ = self.poller.borrow().deregister(source);
        self.sources.borrow_mut().try_remove(number);
    }

    /// Does something in the next turn, before anything is waited for.
    pub fn defer(&self, task: Task) {
        self.pending.borrow_mut().push_back(task);
    }

    /// Does something in the next turn as if the system had said that a source is ready.
    pub fn defer_ready(&self, task: Task) {
        self.ready.borrow_mut().push_back(task);
    }

    /// Does something in the next turn, and holds the loop until then.
    pub fn defer_held(&self, task: Task) {
        let hold = Hold::new(&self.holds, true);
        self.defer(Box::new(move |vm| {
            drop(hold);
            task(vm);
        }));
    }

    /// Does something in the closing phase, which holds the loop. What is closed last is
    /// told first, as by libuv.
    pub fn defer_close(&self, task: Task) {
        self.closing.borrow_mut().push_back(task);
    }

    /// Does something on another thread, and then something here with what it gave. Until
    /// then the loop is held. What is given is None where the work has panicked.
    pub fn run_blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
        finish: impl FnOnce(&mut Vm, Option<T>) + 'static,
    ) {
        let finish: Finish = Box::new(move |vm, outcome| {
            let outcome = outcome.and_then(|outcome| outcome.downcast::<T>().ok());
            finish(vm, outcome.map(|outcome| *outcome));
        });
        let number = self.works.borrow_mut().insert((finish, Hold::new(&self.holds, true)));
        let mut pool = self.pool.borrow_mut();
        let pool = pool.get_or_insert_with(|| ThreadPool::new(self.waker()));
        pool.submit(number, Box::new(move || Box::new(work())));
    }

    /// How many pieces of work are under way on other threads.
    pub fn works(&self) -> usize {
        self.works.borrow().len()
    }

    /// The sources that hold the loop.
    pub fn visit_resources(&self, mut visit: impl FnMut(&'static str, Option<Gc<Object>>)) {
        for (_, source) in self.sources.borrow().iter() {
            if let Some((name, object)) = source.resource() {
                visit(name, object);
            }
        }
    }

    /// What ends the loop's wait from any thread.
    pub fn waker(&self) -> Waker {
        self.poller.borrow().waker()
    }

    // -----------------------------------------------------------------------
    // Running
    // -----------------------------------------------------------------------

    /// Runs until nothing holds the loop.
    pub fn run(&self, vm: &mut Vm, timers: &dyn ScriptTimers) {
        if !self.is_alive() {
            return;
        }
        self.update_time();
        self.run_timers(vm, timers);
        let mut events = Vec::new();
        while self.is_alive() {
            run_all(&self.pending, vm);
            self.poll(vm, &mut events);
            // What has been begun and done at once in this turn is told in it, as by libuv.
            for _ in 0..8 {
                if self.pending.borrow().is_empty() {
                    break;
                }
                run_all(&self.pending, vm);
            }
            if self.has_immediates.get() {
                timers.run_immediates(vm);
            }
            for task in self.closing.take().into_iter().rev() {
                task(vm);
            }
            self.update_time();
            self.run_timers(vm, timers);
        }
    }

    /// How long to wait for sources; None if for as long as it takes.
    fn patience(&self) -> Option<Duration> {
        let is_busy = self.has_immediates.get()
            || !self.pending.borrow().is_empty()
            || !self.ready.borrow().is_empty()
            || !self.closing.borrow().is_empty()
            || self.holds.get() == 0;
        if is_busy {
            return Some(Duration::ZERO);
        }
        let native = self.timers.borrow().first_key_value().map(|((at, _), _)| *at);
        let next = [native, self.deadline.get()].into_iter().flatten().min()?;
        Some(next.saturating_duration_since(self.now.get()))
    }

    fn poll(&self, vm: &mut Vm, events: &mut Vec<Event>) {
        let patience = self.patience();
        if let Err(error) = self.poller.borrow_mut().wait(patience, events) {
            // Nothing can be waited for any more: the system has taken the loop's means.
            eprintln!("axil: the event loop cannot wait: {error}");
            std::process::exit(1);
        }
        if patience != Some(Duration::ZERO) {
            self.update_time();
        }
        // What comes of these belongs into the next turn, so the system was asked before.
        run_all(&self.ready, vm);
        for event in events.drain(..) {
            match event {
                Event::Woken => self.finish_works(vm),
                Event::Ready { source, readiness } => {
                    let source = self.sources.borrow().get(source).map(Rc::clone);
                    if let Some(source) = source {
                        source.ready(vm, readiness);
                    }
                }
            }
        }
    }

    fn finish_works(&self, vm: &mut Vm) {
        loop {
            let done = self.pool.borrow().as_ref().and_then(ThreadPool::take_done);
            let Some((number, outcome)) = done else { return };
            let (finish, hold) = self.works.borrow_mut().remove(number);
            drop(hold);
            finish(vm, outcome);
        }
    }

    fn run_timers(&self, vm: &mut Vm, timers: &dyn ScriptTimers) {
        let now = self.now.get();
        loop {
            let mut waiting = self.timers.borrow_mut();
            let Some(first) = waiting.first_entry().filter(|first| first.key().0 <= now) else {
                break;
            };
            let task = first.remove();
            drop(waiting);
            task(vm);
        }
        if self.deadline.get().is_none_or(|deadline| deadline > now) {
            return;
        }
        self.deadline.set(None);
        self.timers_hold.set_active(false);
        timers.run_timers(vm, self.now_milliseconds());
    }
}

/// Does what waits, but not what is added meanwhile.
fn run_all(tasks: &RefCell<VecDeque<Task>>, vm: &mut Vm) {
    let count = tasks.borrow().len();
    for _ in 0..count {
        let task = tasks.borrow_mut().pop_front();
        if let Some(task) = task {
            task(vm);
        }
    }
}
