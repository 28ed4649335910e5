//! Changes of files, as the system tells of them.
//!
//! <https://nodejs.org/api/fs.html#fswatchfilename-options-listener>

use std::cell::{Cell, RefCell};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use axil_engine::operators::to_boolean;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Vm};
use crossbeam_channel::{Receiver, Sender, unbounded};
use notify::event::ModifyKind;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use rustix::io::Errno;
use slab::Slab;

use super::{Failure, Given};
use crate::event_loop::poll::{Interest, Readiness, pipe};
use crate::event_loop::{Hold, Source};
use crate::native::{integer, string};
use crate::runtime::{self, Callback};

/// What has happened to which file: a change, or something about its name.
type Told = (bool, Option<PathBuf>);

/// Something that is watched.
struct Watch {
    /// What tells of changes; it stops with this.
    watcher: RefCell<Option<RecommendedWatcher>>,
    events: Receiver<Told>,
    pipe: RefCell<pipe::Receiver>,
    source: Cell<usize>,
    /// Called with `rename` or `change`, and a name.
    callback: Callback,
    hold: Hold,
    root: PathBuf,
    is_file: bool,
}

#[derive(Default)]
struct Watches {
    all: RefCell<Slab<Rc<Watch>>>,
}

impl Source for Watch {
    fn ready(self: Rc<Self>, vm: &mut Vm, _: Readiness) {
        let mut bytes = [0; 256];
        while matches!(self.pipe.borrow_mut().read(&mut bytes), Ok(count) if count > 0) {}
        while let Ok((is_change, path)) = self.events.try_recv() {
            if self.watcher.borrow().is_none() {
                return;
            }
            let kind = string(vm, if is_change { "change" } else { "rename" });
            let name = match path.as_deref().and_then(|path| self.name(path)) {
                Some(name) => string(vm, &name),
                None => Value::NULL,
            };
            self.callback.call(vm, Value::UNDEFINED, &[kind, name]);
        }
    }
}

impl Watch {
    /// A file's name, as it is called from what is watched.
    fn name(&self, path: &Path) -> Option<String> {
        let name = if self.is_file || path == self.root {
            Path::new(self.root.file_name()?)
        } else {
            path.strip_prefix(&self.root).ok()?
        };
        Some(super::shown(name))
    }
}

fn send(events: &Sender<Told>, pipe: &mut pipe::Sender, told: Told) {
    if events.send(told).is_ok() {
        // Where it is full, somebody will read anyway.
        let _ = pipe.write(&[0]);
    }
}

/// `watch(path, recursive, callback)`: a number.
pub(super) fn watch(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let given = Given { arguments, first: 0 };
    let path = given.path(vm, 0)?;
    let recursive = to_boolean(arguments.get(1));
    let Some(callback) = Callback::new(vm, arguments.get(2)) else {
        return Err(vm.throw_type_error("A watcher wants a callback"));
    };
    match begin(vm, &path, recursive, callback) {
        Ok(number) => Ok(Value::number(number as f64)),
        Err(errno) => {
            let exception = Failure::at(errno, "watch", &path).into_exception(vm);
            Err(vm.throw(exception))
        }
    }
}

fn begin(vm: &mut Vm, path: &Path, recursive: bool, callback: Callback) -> Result<usize, Errno> {
    let from = |error: std::io::Error| super::paths::errno(&error);
    let metadata = std::fs::metadata(path).map_err(from)?;
    let (sender, events) = unbounded();
    let (mut pipe_sender, pipe) = pipe::new().map_err(from)?;
    let handler = move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        let is_change = match event.kind {
            EventKind::Modify(ModifyKind::Name(_))
            | EventKind::Create(_)
            | EventKind::Remove(_) => false,
            EventKind::Modify(_) | EventKind::Any | EventKind::Other => true,
            EventKind::Access(_) => return,
        };
        // A name that has changed is told with both, which are also told one by one.
        let is_pair = matches!(
            event.kind,
            EventKind::Modify(ModifyKind::Name(notify::event::RenameMode::Both))
        );
        if is_pair {
            return;
        }
        if event.paths.is_empty() {
            send(&sender, &mut pipe_sender, (is_change, None));
        }
        for path in event.paths {
            send(&sender, &mut pipe_sender, (is_change, Some(path)));
        }
    };
    let failed = |error: notify::Error| match error.kind {
        notify::ErrorKind::Io(error) => super::paths::errno(&error),
        notify::ErrorKind::PathNotFound => Errno::NOENT,
        notify::ErrorKind::MaxFilesWatch => Errno::NOSPC,
        _ => Errno::INVAL,
    };
    let config = notify::Config::default().with_follow_symlinks(false);
    let mut watcher = RecommendedWatcher::new(handler, config).map_err(failed)?;
    let mode = if recursive { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
    let root = std::path::absolute(path).map_err(from)?;
    watcher.watch(&root, mode).map_err(failed)?;

    let runtime = runtime::of(vm);
    let watch = Rc::new(Watch {
        watcher: RefCell::new(Some(watcher)),
        events,
        pipe: RefCell::new(pipe),
        source: Cell::new(0),
        callback,
        hold: runtime.event_loop.hold(),
        root,
        is_file: !metadata.is_dir(),
    });
    watch.hold.set_active(true);
    let who: Rc<dyn Source> = Rc::clone(&watch) as _;
    let source =
        runtime.event_loop.register(&mut *watch.pipe.borrow_mut(), Interest::Readable, who);
    watch.source.set(source.map_err(from)?);
    Ok(runtime.state(Watches::default).all.borrow_mut().insert(watch))
}

fn find(vm: &Vm, arguments: Arguments<'_>) -> Option<Rc<Watch>> {
    let watches = runtime::of(vm).state(Watches::default);

    watches.all.borrow().get(integer(arguments, 0) as usize).map(Rc::clone)
}

/// `unwatch(number)`
pub(super) fn unwatch(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let Some(watch) = find(vm, arguments) else { return Ok(Value::UNDEFINED) };
    let runtime = runtime::of(vm);
    watch.hold.set_active(false);
    watch.watcher.borrow_mut().take();
    runtime.event_loop.deregister(&mut *watch.pipe.borrow_mut(), watch.source.get());
    runtime.state(Watches::default).all.borrow_mut().try_remove(integer(arguments, 0) as usize);
    Ok(Value::UNDEFINED)
}

/// `setWatchReferenced(number, referenced)`
pub(super) fn set_referenced(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    if let Some(watch) = find(vm, arguments) {
        watch.hold.set_referenced(to_boolean(arguments.get(1)));
    }
    Ok(Value::UNDEFINED)
}
