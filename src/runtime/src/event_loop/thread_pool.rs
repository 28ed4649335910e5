//! Threads for what blocks: files, names of hosts, compression.

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::poll::Waker;

/// What a thread does; it gives what the loop's thread is told.
pub(super) type Work = Box<dyn FnOnce() -> Box<dyn Any + Send> + Send>;

/// A piece of work that is done: its number, and what it gave. None if it has panicked.
pub(super) type Done = (usize, Option<Box<dyn Any + Send>>);

/// How many threads there are unless `UV_THREADPOOL_SIZE` says otherwise, and at most.
const USUAL: usize = 4;
const MOST: usize = 1024;

/// Threads, which begin to run when there is work for them.
pub(super) struct ThreadPool {
    work: Sender<(usize, Work)>,
    waiting: Receiver<(usize, Work)>,
    finished: Sender<Done>,
    done: Receiver<Done>,
    idle: Arc<AtomicUsize>,
    running: usize,
    most: usize,
    waker: Waker,
}

impl ThreadPool {
    /// No threads yet.
    pub(super) fn new(waker: Waker) -> Self {
        let (work, waiting) = unbounded();
        let (finished, done) = unbounded();
        let wanted = std::env::var("UV_THREADPOOL_SIZE").ok();
        let most = wanted.and_then(|size| size.parse().ok()).unwrap_or(USUAL).clamp(1, MOST);
        let idle = Arc::new(AtomicUsize::new(0));
        Self { work, waiting, finished, done, idle, running: 0, most, waker }
    }

    /// Has a thread do something.
    pub(super) fn submit(&mut self, number: usize, work: Work) {
        let has_idle = self.idle.load(Ordering::Acquire) > self.waiting.len();
        if !has_idle && self.running < self.most && self.start() {
            self.running += 1;
        }
        // The pool holds a receiver, so somebody is there.
        let _ = self.work.send((number, work));
        if self.running == 0 {
            // The system gives no threads: what is to be done is done here.
            if let Ok((number, work)) = self.waiting.try_recv() {
                run(number, work, &self.finished, &self.waker);
            }
        }
    }

    fn start(&self) -> bool {
        let (waiting, finished) = (self.waiting.clone(), self.finished.clone());
        let (idle, waker) = (Arc::clone(&self.idle), self.waker.clone());
        let thread = move || {
            loop {
                idle.fetch_add(1, Ordering::AcqRel);
                let next = waiting.recv();
                idle.fetch_sub(1, Ordering::AcqRel);
                let Ok((number, work)) = next else { return };
                run(number, work, &finished, &waker);
            }
        };
        std::thread::Builder::new().name("axil-pool".to_owned()).spawn(thread).is_ok()
    }

    /// Something that is done, if anything is.
    pub(super) fn take_done(&self) -> Option<Done> {
        self.done.try_recv().ok()
    }
}

fn run(number: usize, work: Work, finished: &Sender<Done>, waker: &Waker) {
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).ok();
    if finished.send((number, outcome)).is_ok() {
        waker.wake();
    }
}
