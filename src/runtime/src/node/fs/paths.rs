//! Operations on names: links, folders, permissions, times.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use axil_engine::vm::{Completion, Vm};
use rustix::fs::{Access, AtFlags, CWD, Gid, Mode, OFlags, Timespec, Timestamps, Uid};
use rustix::io::Errno;

use super::{Failure, Given, Operation, Outcome, Work, failing};
use crate::descriptors;

pub(super) const OPERATIONS: &[Operation] = &[
    // access(path, mode)
    ("access", |vm, given| {
        let path = given.path(vm, 0)?;
        let mode = Access::from_bits_truncate(given.integer(1) as u32);
        Ok(Box::new(move || plain(rustix::fs::access(&path, mode), "access", &path)))
    }),
    // open(path, flags, mode): a descriptor.
    ("open", |vm, given| {
        let path = given.path(vm, 0)?;
        let flags = OFlags::from_bits_retain(given.integer(1) as u32) | OFlags::CLOEXEC;
        let mode = Mode::from_raw_mode(given.integer(2) as u32);
        Ok(Box::new(move || match rustix::fs::open(&path, flags, mode) {
            Ok(descriptor) => Ok(Outcome::Number(f64::from(descriptors::adopt(descriptor)))),
            Err(errno) => Err(Failure::at(errno, "open", &path)),
        }))
    }),
    // close(descriptor)
    ("close", |_, given| {
        let number = given.integer(0) as i32;
        Ok(Box::new(move || match descriptors::close(number) {
            Ok(()) => Ok(Outcome::Nothing),
            Err(errno) => Err(Failure::of(errno, "close")),
        }))
    }),
    // rename(from, to)
    ("rename", |vm, given| two(vm, given, "rename", |from, to| rustix::fs::rename(from, to))),
    // link(existing, new)
    ("link", |vm, given| two(vm, given, "link", |from, to| rustix::fs::link(from, to))),
    // symlink(target, path)
    ("symlink", |vm, given| two(vm, given, "symlink", |from, to| rustix::fs::symlink(from, to))),
    ("unlink", |vm, given| one(vm, given, "unlink", |path| rustix::fs::unlink(path))),
    ("rmdir", |vm, given| one(vm, given, "rmdir", |path| rustix::fs::rmdir(path))),
    // readlink(path, as bytes)
    ("readlink", |vm, given| {
        let (path, as_bytes) = (given.path(vm, 0)?, given.flag(1));
        Ok(Box::new(move || match rustix::fs::readlink(&path, Vec::new()) {
            Ok(target) => Ok(Outcome::name(target.into_bytes(), as_bytes)),
            Err(errno) => Err(Failure::at(errno, "readlink", &path)),
        }))
    }),
    // realpath(path, as bytes)
    ("realpath", |vm, given| {
        use std::os::unix::ffi::OsStringExt;
        let (path, as_bytes) = (given.path(vm, 0)?, given.flag(1));
        Ok(Box::new(move || match std::fs::canonicalize(&path) {
            Ok(real) => Ok(Outcome::name(real.into_os_string().into_vec(), as_bytes)),
            Err(error) => Err(Failure::at(errno(&error), "realpath", &path)),
        }))
    }),
    // mkdir(path, mode, recursive): the first folder that was made, if recursive.
    ("mkdir", |vm, given| {
        let (path, recursive) = (given.path(vm, 0)?, given.flag(2));
        let mode = Mode::from_raw_mode(given.integer(1) as u32);
        Ok(Box::new(move || {
            if recursive {
                return make_folders(&path, mode);
            }
            plain(rustix::fs::mkdir(&path, mode), "mkdir", &path)
        }))
    }),
    // mkdtemp(prefix, as bytes)
    ("mkdtemp", |vm, given| {
        let (prefix, as_bytes) = (given.path(vm, 0)?, given.flag(1));
        Ok(Box::new(move || make_temporary(&prefix, as_bytes)))
    }),
    // chmod(path, mode), fchmod(descriptor, mode)
    ("chmod", |vm, given| {
        let (path, mode) = (given.path(vm, 0)?, mode(given, 1));
        Ok(Box::new(move || plain(rustix::fs::chmod(&path, mode), "chmod", &path)))
    }),
    ("fchmod", |_, given| {
        let mode = mode(given, 1);
        descriptor_work(given, "fchmod", move |file| rustix::fs::fchmod(file, mode))
    }),
    // chown(path, user, group), lchown, fchown(descriptor, user, group)
    ("chown", |vm, given| {
        let (path, (user, group)) = (given.path(vm, 0)?, owners(given));
        Ok(Box::new(move || plain(rustix::fs::chown(&path, user, group), "chown", &path)))
    }),
    ("lchown", |vm, given| {
        let (path, (user, group)) = (given.path(vm, 0)?, owners(given));
        Ok(Box::new(move || {
            let result = rustix::fs::chownat(CWD, &path, user, group, AtFlags::SYMLINK_NOFOLLOW);
            plain(result, "lchown", &path)
        }))
    }),
    ("fchown", |_, given| {
        let (user, group) = owners(given);
        descriptor_work(given, "fchown", move |file| rustix::fs::fchown(file, user, group))
    }),
    // utimes(path, accessed, modified): in seconds; lutimes, futimes(descriptor, …)
    ("utimes", |vm, given| {
        let (path, times) = (given.path(vm, 0)?, times(given));
        Ok(Box::new(move || {
            let result = rustix::fs::utimensat(CWD, &path, &times, AtFlags::empty());
            plain(result, "utime", &path)
        }))
    }),
    ("lutimes", |vm, given| {
        let (path, times) = (given.path(vm, 0)?, times(given));
        Ok(Box::new(move || {
            let result = rustix::fs::utimensat(CWD, &path, &times, AtFlags::SYMLINK_NOFOLLOW);
            plain(result, "lutime", &path)
        }))
    }),
    ("futimes", |_, given| {
        let times = times(given);
        descriptor_work(given, "futime", move |file| rustix::fs::futimens(file, &times))
    }),
    ("fsync", |_, given| descriptor_work(given, "fsync", |file| rustix::fs::fsync(file))),
    ("fdatasync", |_, given| {
        descriptor_work(given, "fdatasync", |file| rustix::fs::fdatasync(file))
    }),
    // ftruncate(descriptor, length)
    ("ftruncate", |_, given| {
        let length = given.integer(1).max(0) as u64;
        descriptor_work(given, "ftruncate", move |file| rustix::fs::ftruncate(file, length))
    }),
];

/// The number of an error of the standard library.
pub(super) fn errno(error: &std::io::Error) -> Errno {
    error.raw_os_error().map_or(Errno::INVAL, Errno::from_raw_os_error)
}

pub(super) fn plain(
    result: Result<(), Errno>,
    syscall: &'static str,
    path: &Path,
) -> Result<Outcome, Failure> {
    match result {
        Ok(()) => Ok(Outcome::Nothing),
        Err(errno) => Err(Failure::at(errno, syscall, path)),
    }
}

fn one(
    vm: &mut Vm,
    given: Given<'_>,
    syscall: &'static str,
    call: fn(&Path) -> Result<(), Errno>,
) -> Completion<Work> {
    let path = given.path(vm, 0)?;
    Ok(Box::new(move || plain(call(&path), syscall, &path)))
}

fn two(
    vm: &mut Vm,
    given: Given<'_>,
    syscall: &'static str,
    call: fn(&Path, &Path) -> Result<(), Errno>,
) -> Completion<Work> {
    let (from, to) = (given.path(vm, 0)?, given.path(vm, 1)?);
    Ok(Box::new(move || match call(&from, &to) {
        Ok(()) => Ok(Outcome::Nothing),
        Err(errno) => Err(Failure::between(errno, syscall, (&from, &to))),
    }))
}

/// Work on an open file.
fn descriptor_work(
    given: Given<'_>,
    syscall: &'static str,
    call: impl FnOnce(&descriptors::Descriptor) -> Result<(), Errno> + Send + 'static,
) -> Completion<Work> {
    let descriptor = match given.descriptor(0) {
        Ok(descriptor) => descriptor,
        Err(errno) => return Ok(failing(Failure::of(errno, syscall))),
    };
    Ok(Box::new(move || match call(&descriptor) {
        Ok(()) => Ok(Outcome::Nothing),
        Err(errno) => Err(Failure::of(errno, syscall)),
    }))
}

fn mode(given: Given<'_>, index: usize) -> Mode {
    Mode::from_raw_mode(given.integer(index) as u32)
}

/// A user and a group; −1 leaves it as it is.
fn owners(given: Given<'_>) -> (Option<Uid>, Option<Gid>) {
    let number = |index| Some(given.integer(index) as u32).filter(|number| *number != u32::MAX);
    (number(1).map(Uid::from_raw), number(2).map(Gid::from_raw))
}

fn times(given: Given<'_>) -> Timestamps {
    let time = |index| {
        let seconds = given.number(index).unwrap_or(0.0);
        // Doubles are exact to less than a microsecond: what is below is noise.
        let whole = seconds.floor();
        let nanoseconds = ((seconds - whole) * 1e6).round() * 1e3;
        let (whole, nanoseconds) =
            if nanoseconds >= 1e9 { (whole + 1.0, 0.0) } else { (whole, nanoseconds) };
        Timespec { tv_sec: whole as i64, tv_nsec: nanoseconds as _ }
    };
    Timestamps { last_access: time(1), last_modification: time(2) }
}

/// Makes a folder, and those above it that are missing: gives the first one.
fn make_folders(path: &Path, mode: Mode) -> Result<Outcome, Failure> {
    let mut missing: Vec<PathBuf> = vec![path.to_owned()];
    let mut first = None;
    while let Some(folder) = missing.pop() {
        match rustix::fs::mkdir(&folder, mode) {
            Ok(()) => {
                if first.is_none() {
                    first = Some(folder);
                }
            }
            Err(Errno::NOENT) => {
                let parent = folder.parent().map(Path::to_owned);
                match parent {
                    Some(parent) if parent != folder && !parent.as_os_str().is_empty() => {
                        missing.push(folder);
                        missing.push(parent);
                    }
                    _ => return Err(Failure::at(Errno::NOENT, "mkdir", path)),
                }
            }
            Err(error @ (Errno::ACCESS | Errno::PERM | Errno::NOSPC | Errno::NAMETOOLONG)) => {
                return Err(Failure::at(error, "mkdir", path));
            }
            Err(error) => {
                // What is there may be a folder already.
                let is_folder = std::fs::metadata(&folder).is_ok_and(|it| it.is_dir());
                if !is_folder {
                    let error =
                        if error == Errno::EXIST && folder != path { Errno::NOTDIR } else { error };
                    return Err(Failure::at(error, "mkdir", path));
                }
            }
        }
    }
    Ok(match first {
        Some(first) => {
            use std::os::unix::ffi::OsStringExt;
            Outcome::Text(first.into_os_string().into_vec())
        }
        None => Outcome::Nothing,
    })
}

/// A new folder whose name begins with a prefix.
fn make_temporary(prefix: &Path, as_bytes: bool) -> Result<Outcome, Failure> {
    use std::os::unix::ffi::OsStrExt;
    const LETTERS: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const LENGTH: usize = 6;
    const TRIES: usize = 100;
    let mut template = prefix.as_os_str().as_bytes().to_vec();
    template.extend([b'X'; LENGTH]);
    let shown = super::path_of(template);
    for _ in 0..TRIES {
        let mut random = [0; LENGTH];
        if getrandom::fill(&mut random).is_err() {
            // Names need not be secret, only new.
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            random.copy_from_slice(&now.subsec_nanos().to_ne_bytes().repeat(2)[..LENGTH]);
        }
        let mut name = prefix.as_os_str().as_bytes().to_vec();
        name.extend(random.map(|byte| LETTERS[usize::from(byte) % LETTERS.len()]));
        let path = super::path_of(name.clone());
        match rustix::fs::mkdir(&path, Mode::RWXU) {
            Ok(()) => return Ok(Outcome::name(name, as_bytes)),
            Err(Errno::EXIST) => {}
            Err(errno) => return Err(Failure::at(errno, "mkdtemp", &shown)),
        }
    }
    Err(Failure::at(Errno::EXIST, "mkdtemp", &shown))
}
