//! Many small jobs on all cores, none of which can stop the others.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How a job ended.
#[derive(Debug, PartialEq)]
pub enum Outcome<T> {
    /// With a result.
    Done(T),
    /// In a panic, with this message and place.
    Panicked(String),
    /// Not at all, in the time it had.
    TimedOut,
}

/// Runs `work` on each of `jobs`; outcomes come in the jobs' order.
///
/// A job that takes longer than `limit` is given up. Its thread cannot be
/// stopped and runs on until the process ends; another takes its place.
///
/// # Panics
///
/// If the system gives no threads.
pub fn run<J, T>(
    jobs: Vec<J>,
    limit: Duration,
    work: impl Fn(&J) -> T + Send + Sync + 'static,
) -> Vec<Outcome<T>>
where
    J: Send + Sync + 'static,
    T: Send + 'static,
{
    record_panics();
    let count = jobs.len();
    let pool =
        Arc::new(Pool { jobs, work, next: AtomicUsize::new(0), running: Mutex::new(Vec::new()) });
    let (sender, receiver) = mpsc::channel();
    for _ in 0..thread::available_parallelism().map_or(1, usize::from).min(count) {
        Pool::spawn(&pool, sender.clone());
    }
    let mut outcomes: Vec<Option<Outcome<T>>> = Vec::new();
    outcomes.resize_with(count, || None);
    let mut open = count;
    while open > 0 {
        match receiver.recv_timeout(limit / 10) {
            Ok((job, outcome)) => {
                let slot: &mut Option<Outcome<T>> = &mut outcomes[job];
                // A job that was given up may still end.
                if slot.is_none() {
                    *slot = Some(outcome);
                    open -= 1;
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => unreachable!("this thread holds a sender"),
        }
        for job in pool.take_overdue(limit) {
            outcomes[job] = Some(Outcome::TimedOut);
            open -= 1;
            Pool::spawn(&pool, sender.clone());
        }
    }
    outcomes.into_iter().map(|outcome| outcome.expect("all jobs ended")).collect()
}

/// What the threads share.
struct Pool<J, F> {
    jobs: Vec<J>,
    work: F,
    /// The first job that nobody has taken.
    next: AtomicUsize,
    /// The jobs under way and when they began.
    running: Mutex<Vec<(usize, Instant)>>,
}

impl<J, F> Pool<J, F>
where
    J: Send + Sync + 'static,
    F: Send + Sync + 'static,
{
    fn spawn<T>(pool: &Arc<Self>, sender: Sender<(usize, Outcome<T>)>)
    where
        T: Send + 'static,
        F: Fn(&J) -> T,
    {
        let pool = Arc::clone(pool);
        thread::Builder::new()
            .name("job".to_owned())
            .spawn(move || {
                loop {
                    let number = pool.next.fetch_add(1, Ordering::Relaxed);
                    let Some(job) = pool.jobs.get(number) else { break };
                    pool.lock_running().push((number, Instant::now()));
                    let outcome = match catch(|| (pool.work)(job)) {
                        Ok(result) => Outcome::Done(result),
                        Err(message) => Outcome::Panicked(message),
                    };
                    let still_wanted = pool.take_running(number);
                    if !still_wanted || sender.send((number, outcome)).is_err() {
                        break;
                    }
                }
            })
            .expect("the system gives a thread");
    }

    fn lock_running(&self) -> std::sync::MutexGuard<'_, Vec<(usize, Instant)>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Strikes a job off the list; false if it had been given up.
    fn take_running(&self, job: usize) -> bool {
        let mut running = self.lock_running();
        let place = running.iter().position(|&(other, _)| other == job);
        place.map(|place| running.swap_remove(place)).is_some()
    }

    fn take_overdue(&self, limit: Duration) -> Vec<usize> {
        let mut running = self.lock_running();
        let overdue = |&mut (_, since): &mut (usize, Instant)| since.elapsed() > limit;
        running.extract_if(.., overdue).map(|(job, _)| job).collect()
    }
}

thread_local! {
    static LAST_PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Calls `f`; the error is the message of its panic and the place.
fn catch<T>(f: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(f)).map_err(|payload: Box<dyn Any + Send>| {
        drop(payload);
        LAST_PANIC.with_borrow_mut(Option::take).unwrap_or_default()
    })
}

/// Has panics in jobs kept for the report rather than printed.
fn record_panics() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let default = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().name() == Some("job") {
                let message = info.payload_as_str().unwrap_or("a panic without a message");
                let place = info.location().map(ToString::to_string).unwrap_or_default();
                LAST_PANIC.set(Some(format!("{message} ({place})")));
            } else {
                default(info);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_job_has_its_outcome() {
        let outcomes = run((0..100).collect(), Duration::from_mins(1), |&n: &u32| n * 2);
        assert_eq!(outcomes, (0..100).map(|n| Outcome::Done(n * 2)).collect::<Vec<_>>());
    }

    #[test]
    fn panics_and_hangs_stay_by_themselves() {
        let outcomes = run((0..8).collect(), Duration::from_millis(200), |&n: &u32| match n {
            2 => panic!("two"),
            4 => thread::sleep(Duration::from_mins(1)),
            _ => {}
        });
        for (n, outcome) in outcomes.iter().enumerate() {
            match n {
                2 => assert!(matches!(outcome, Outcome::Panicked(m) if m.starts_with("two ("))),
                4 => assert_eq!(*outcome, Outcome::TimedOut),
                _ => assert_eq!(*outcome, Outcome::Done(())),
            }
        }
    }
}
