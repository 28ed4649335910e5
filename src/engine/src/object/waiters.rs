//! Who waits for a place in shared bytes (ECMA-262 §25.4.1).

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What a machine learns of those of its promises that wait.
#[derive(Default)]
pub struct Mailbox {
    notified: Mutex<Vec<u64>>,
    arrived: Condvar,
}

impl Mailbox {
    /// The waiters that have been notified since the last question, by number.
    pub fn take(&self) -> Vec<u64> {
        std::mem::take(&mut *lock(&self.notified))
    }

    /// Waits until somebody has been notified, or up to a moment.
    pub fn wait(&self, until: Option<Instant>) {
        let notified = lock(&self.notified);
        if notified.is_empty() {
            drop(sleep(&self.arrived, notified, until));
        }
    }
}

/// How a waiter hears that it has been notified.
enum Wake {
    /// A thread sleeps.
    Thread(Arc<Condvar>),
    /// A promise is to be resolved.
    Mailbox(Arc<Mailbox>),
}

struct Waiter {
    number: u64,
    /// What it waits for: a place, by its distance from the beginning of the bytes.
    offset: usize,
    wake: Wake,
}

/// Those who wait for places in a block, in the order in which they came. The lock is
/// the critical section of the specification.
#[derive(Default)]
pub struct Waiters(Mutex<Vec<Waiter>>);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nobody panics while holding one; if so, the list is as good as before.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn sleep<'m, T>(
    condition: &Condvar,
    guard: MutexGuard<'m, T>,
    until: Option<Instant>,
) -> MutexGuard<'m, T> {
    match until {
        None => condition.wait(guard).unwrap_or_else(PoisonError::into_inner),
        Some(until) => {
            let rest = until.saturating_duration_since(Instant::now());
            condition.wait_timeout(guard, rest).unwrap_or_else(PoisonError::into_inner).0
        }
    }
}

/// A number that no waiter has had.
fn new_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl Waiters {
    /// Waits for a place, unless it does not hold what is expected: gives how that ended.
    /// Now and then it looks whether the wait is to be given up, which ends it as if the
    /// time were over.
    pub fn wait(
        &self,
        offset: usize,
        is_expected: impl Fn() -> bool,
        until: Option<Instant>,
        is_given_up: impl Fn() -> bool,
    ) -> &'static str {
        /// How long a sleep is at most.
        const LOOK: Duration = Duration::from_millis(20);
        let mut list = lock(&self.0);
        if !is_expected() {
            return "not-equal";
        }
        let (number, condition) = (new_number(), Arc::new(Condvar::new()));
        let wake = Wake::Thread(condition.clone());
        list.push(Waiter { number, offset, wake });
        loop {
            let now = Instant::now();
            if is_given_up() || until.is_some_and(|until| until <= now) {
                list.retain(|waiter| waiter.number != number);
                return "timed-out";
            }
            let look = now + LOOK;
            list = sleep(&condition, list, Some(until.map_or(look, |until| until.min(look))));
            // Who has been notified is no longer in the list.
            if !list.iter().any(|waiter| waiter.number == number) {
                return "ok";
            }
        }
    }

    /// Puts down a promise that waits for a place, unless that does not hold what is
    /// expected, or there is no time: gives the waiter's number, or how it ended.
    pub fn wait_asynchronously(
        &self,
        offset: usize,
        is_expected: impl Fn() -> bool,
        is_over: bool,
        mailbox: &Arc<Mailbox>,
    ) -> Result<u64, &'static str> {
        let mut list = lock(&self.0);
        if !is_expected() {
            return Err("not-equal");
        }
        if is_over {
            return Err("timed-out");
        }
        let number = new_number();
        list.push(Waiter { number, offset, wake: Wake::Mailbox(mailbox.clone()) });
        Ok(number)
    }

    /// Takes a waiter off the list; false if it has been notified.
    pub fn give_up(&self, number: u64) -> bool {
        let mut list = lock(&self.0);
        let before = list.len();
        list.retain(|waiter| waiter.number != number);
        list.len() < before
    }

    /// Notifies so many of those who wait for a place, and says how many there were.
    pub fn notify(&self, offset: usize, count: usize) -> usize {
        let mut list = lock(&self.0);
        let mut notified = 0;
        list.retain(|waiter| {
            if waiter.offset != offset || notified == count {
                return true;
            }
            notified += 1;
            match &waiter.wake {
                Wake::Thread(condition) => condition.notify_one(),
                Wake::Mailbox(mailbox) => {
                    lock(&mailbox.notified).push(waiter.number);
                    mailbox.arrived.notify_one();
                }
            }
            false
        });
        notified
    }
}
