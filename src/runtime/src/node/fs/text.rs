//! Whole files: read, written, copied.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axil_engine::string::JsString;
use axil_engine::vm::{Completion, Vm};
use rustix::fs::{FileType, Mode, OFlags};
use rustix::io::Errno;

use super::paths::errno;
use super::{Failure, Given, Operation, Outcome, bytes, failing};
use crate::descriptors::Descriptor;

/// The longest file that is read at once.
const MOST: u64 = 0x7fff_ffff;

pub(super) const OPERATIONS: &[Operation] = &[
    // readFile(path or descriptor, flags, as text)
    ("readFile", |vm, given| {
        let as_text = given.flag(2);
        let file = match file(
            vm,
            given,
            OFlags::from_bits_retain(given.integer(1) as u32),
            Mode::empty(),
        )? {
            Ok(file) => file,
            Err(errno) => return Ok(failing(Failure::of(errno, "read"))),
        };
        Ok(Box::new(move || {
            let descriptor = file.open()?;
            let bytes = read_all(&descriptor)?;
            Ok(Outcome::name(bytes, !as_text))
        }))
    }),
    // writeFile(path or descriptor, bytes or text, flags, mode, flush)
    ("writeFile", |vm, given| {
        let bytes = given.bytes(vm, 1);
        let flush = given.flag(4);
        let flags = OFlags::from_bits_retain(given.integer(2) as u32);
        let file = match file(vm, given, flags, Mode::from_raw_mode(given.integer(3) as u32))? {
            Ok(file) => file,
            Err(errno) => return Ok(failing(Failure::of(errno, "write"))),
        };
        Ok(Box::new(move || {
            let descriptor = file.open()?;
            let mut rest = &*bytes;
            while !rest.is_empty() {
                match bytes::write(&descriptor, rest, None) {
                    Ok(count) => rest = &rest[count..],
                    Err(errno) => return Err(Failure::of(errno, "write")),
                }
            }
            if flush && let Err(errno) = rustix::fs::fsync(&*descriptor) {
                return Err(Failure::of(errno, "fsync"));
            }
            Ok(Outcome::Nothing)
        }))
    }),
    // copyFile(from, to, mode)
    ("copyFile", |vm, given| {
        let (from, to, mode) = (given.path(vm, 0)?, given.path(vm, 1)?, given.integer(2));
        Ok(Box::new(move || {
            copy(&from, &to, mode)
                .map(|()| Outcome::Nothing)
                .map_err(|errno| Failure::between(errno, "copyfile", (&from, &to)))
        }))
    }),
];

/// A file that is open, or is to be opened.
enum File {
    Open(Arc<Descriptor>),
    Named(PathBuf, OFlags, Mode),
}

fn file(
    vm: &mut Vm,
    given: Given<'_>,
    flags: OFlags,
    mode: Mode,
) -> Completion<Result<File, Errno>> {
    let value = given.get(0);
    if value.as_number().is_some() && value.downcast::<JsString>().is_none() {
        return Ok(given.descriptor(0).map(File::Open));
    }
    Ok(Ok(File::Named(given.path(vm, 0)?, flags | OFlags::CLOEXEC, mode)))
}

impl File {
    fn open(self) -> Result<Arc<Descriptor>, Failure> {
        match self {
            Self::Open(descriptor) => Ok(descriptor),
            Self::Named(path, flags, mode) => match rustix::fs::open(&path, flags, mode) {
                Ok(descriptor) => Ok(Arc::new(Descriptor::Owned(descriptor))),
                Err(errno) => Err(Failure::at(errno, "open", &path)),
            },
        }
    }
}

/// All that can be read from the current place on.
fn read_all(descriptor: &Descriptor) -> Result<Vec<u8>, Failure> {
    const STEP: usize = 64 * 1024;
    let failed = |errno| Failure::of(errno, "read");
    let status = rustix::fs::fstat(descriptor).map_err(|errno| Failure::of(errno, "fstat"))?;
    let is_file = FileType::from_raw_mode(status.st_mode) == FileType::RegularFile;
    let size = if is_file { status.st_size.max(0) as u64 } else { 0 };
    if size > MOST {
        let message = format!("File size ({size}) is greater than 2 GiB");
        return Err(Failure::special("ERR_FS_FILE_TOO_LARGE", message));
    }
    let mut bytes = vec![0; size as usize];
    let mut count = 0;
    loop {
        if count == bytes.len() {
            // Files of the kernel have no size, and others may grow.
            if size > 0 {
                let mut more = [0; 1];
                match bytes::read(descriptor, &mut more, None).map_err(failed)? {
                    0 => break,
                    _ => bytes.push(more[0]),
                }
                count += 1;
            }
            bytes.resize(count + STEP, 0);
        }
        match bytes::read(descriptor, &mut bytes[count..], None).map_err(failed)? {
            0 => break,
            more => count += more,
        }
    }
    bytes.truncate(count);
    Ok(bytes)
}

/// Copies a file with its permissions.
fn copy(from: &Path, to: &Path, mode: i64) -> Result<(), Errno> {
    /// The target must not be there.
    const EXCLUSIVE: i64 = 1;
    /// Nothing but a clone will do.
    const FORCE_CLONE: i64 = 4;
    if mode & FORCE_CLONE != 0 {
        return clone(from, to, mode & EXCLUSIVE != 0);
    }
    if mode & EXCLUSIVE == 0 {
        // To copy a file onto itself would empty it.
        if let (Ok(one), Ok(other)) = (rustix::fs::stat(from), rustix::fs::stat(to))
            && (one.st_dev, one.st_ino) == (other.st_dev, other.st_ino)
        {
            return Ok(());
        }
    }
    let source = rustix::fs::open(from, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?;
    let status = rustix::fs::fstat(&source)?;
    let permissions = Mode::from_raw_mode(status.st_mode & 0o7777);
    let mut flags = OFlags::WRONLY | OFlags::CREATE | OFlags::CLOEXEC;
    if mode & EXCLUSIVE != 0 {
        flags |= OFlags::EXCL;
    }
    if FileType::from_raw_mode(status.st_mode) == FileType::Directory {
        return Err(Errno::ISDIR);
    }
    let target = rustix::fs::open(to, flags, permissions)?;
    rustix::fs::ftruncate(&target, 0)?;
    rustix::fs::fchmod(&target, permissions)?;
    let (mut source, mut target) = (std::fs::File::from(source), std::fs::File::from(target));
    std::io::copy(&mut source, &mut target).map_err(|error| errno(&error))?;
    Ok(())
}

#[cfg(target_os = "linux")]
fn clone(from: &Path, to: &Path, exclusive: bool) -> Result<(), Errno> {
    let source = rustix::fs::open(from, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?;
    let status = rustix::fs::fstat(&source)?;
    let mut flags = OFlags::WRONLY | OFlags::CREATE | OFlags::CLOEXEC;
    if exclusive {
        flags |= OFlags::EXCL;
    }
    let is_new = rustix::fs::access(to, rustix::fs::Access::EXISTS).is_err();
    let target = rustix::fs::open(to, flags, Mode::from_raw_mode(status.st_mode & 0o7777))?;
    rustix::fs::ioctl_ficlone(&target, &source).inspect_err(|_| {
        if is_new {
            // What could not be filled is not left behind.
            let _ = rustix::fs::unlink(to);
        }
    })
}

#[cfg(not(target_os = "linux"))]
fn clone(_: &Path, _: &Path, _: bool) -> Result<(), Errno> {
    Err(Errno::NOSYS)
}
