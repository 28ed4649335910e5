//! What files are: sizes, times, kinds.
//!
//! Numbers come in Node.js's order: dev, mode, nlink, uid, gid, rdev, blksize, ino, size,
//! blocks, and then seconds and nanoseconds of the times when the file was accessed,
//! modified, changed and born.

use std::os::fd::AsFd;

use rustix::fs::{AtFlags, CWD};
use rustix::io::Errno;

use super::{Failure, Operation, Outcome, failing};

pub(super) const OPERATIONS: &[Operation] = &[
    // stat(path, exact, quiet), lstat: quiet gives nothing where there is no file.
    ("stat", |vm, given| {
        let (path, exact, quiet) = (given.path(vm, 0)?, given.flag(1), given.flag(2));
        Ok(Box::new(move || match of_path(&path, AtFlags::empty()) {
            Ok(numbers) => Ok(shaped(&numbers, exact)),
            Err(Errno::NOENT | Errno::NOTDIR) if quiet => Ok(Outcome::Nothing),
            Err(errno) => Err(Failure::at(errno, "stat", &path)),
        }))
    }),
    ("lstat", |vm, given| {
        let (path, exact, quiet) = (given.path(vm, 0)?, given.flag(1), given.flag(2));
        Ok(Box::new(move || match of_path(&path, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(numbers) => Ok(shaped(&numbers, exact)),
            Err(Errno::NOENT | Errno::NOTDIR) if quiet => Ok(Outcome::Nothing),
            Err(errno) => Err(Failure::at(errno, "lstat", &path)),
        }))
    }),
    // fstat(descriptor, exact)
    ("fstat", |_, given| {
        let exact = given.flag(1);
        let descriptor = match given.descriptor(0) {
            Ok(descriptor) => descriptor,
            Err(errno) => return Ok(failing(Failure::of(errno, "fstat"))),
        };
        Ok(Box::new(move || match of_descriptor(&*descriptor) {
            Ok(numbers) => Ok(shaped(&numbers, exact)),
            Err(errno) => Err(Failure::of(errno, "fstat")),
        }))
    }),
    // statfs(path, exact): type, bsize, blocks, bfree, bavail, files, ffree, frsize.
    ("statfs", |vm, given| {
        let (path, exact) = (given.path(vm, 0)?, given.flag(1));
        Ok(Box::new(move || match rustix::fs::statfs(&path) {
            Ok(status) => {
                #[cfg(target_os = "linux")]
                let fragment = status.f_frsize;
                #[cfg(not(target_os = "linux"))]
                let fragment = status.f_bsize as i64;
                let numbers = [
                    status.f_type,
                    status.f_bsize,
                    status.f_blocks as i64,
                    status.f_bfree as i64,
                    status.f_bavail as i64,
                    status.f_files as i64,
                    status.f_ffree as i64,
                    fragment,
                ];
                Ok(shaped(&numbers, exact))
            }
            Err(errno) => Err(Failure::at(errno, "statfs", &path)),
        }))
    }),
];

fn shaped(numbers: &[i64], exact: bool) -> Outcome {
    if exact {
        return Outcome::Exact(numbers.to_vec());
    }
    Outcome::Numbers(numbers.iter().map(|number| *number as f64).collect())
}

#[cfg(target_os = "linux")]
fn of_path(path: &std::path::Path, flags: AtFlags) -> Result<[i64; 18], Errno> {
    extended(CWD, path, flags)
}

#[cfg(target_os = "linux")]
fn of_descriptor(descriptor: impl AsFd) -> Result<[i64; 18], Errno> {
    extended(descriptor.as_fd(), std::path::Path::new(""), AtFlags::EMPTY_PATH)
}

/// With the time when the file was born, which only this call tells.
#[cfg(target_os = "linux")]
fn extended(
    folder: rustix::fd::BorrowedFd<'_>,
    path: &std::path::Path,
    flags: AtFlags,
) -> Result<[i64; 18], Errno> {
    use rustix::fs::{StatxFlags, makedev, statx};
    let wanted = StatxFlags::BASIC_STATS | StatxFlags::BTIME;
    let status = statx(folder, path, flags, wanted)?;
    let born = StatxFlags::from_bits_retain(status.stx_mask).contains(StatxFlags::BTIME);
    let birth = if born { status.stx_btime } else { status.stx_ctime };
    Ok([
        makedev(status.stx_dev_major, status.stx_dev_minor) as i64,
        status.stx_mode.into(),
        status.stx_nlink.into(),
        status.stx_uid.into(),
        status.stx_gid.into(),
        makedev(status.stx_rdev_major, status.stx_rdev_minor) as i64,
        status.stx_blksize.into(),
        status.stx_ino as i64,
        status.stx_size as i64,
        status.stx_blocks as i64,
        status.stx_atime.tv_sec,
        status.stx_atime.tv_nsec.into(),
        status.stx_mtime.tv_sec,
        status.stx_mtime.tv_nsec.into(),
        status.stx_ctime.tv_sec,
        status.stx_ctime.tv_nsec.into(),
        birth.tv_sec,
        birth.tv_nsec.into(),
    ])
}

#[cfg(not(target_os = "linux"))]
fn of_path(path: &std::path::Path, flags: AtFlags) -> Result<[i64; 18], Errno> {
    rustix::fs::statat(CWD, path, flags).map(|status| usual(&status))
}

#[cfg(not(target_os = "linux"))]
fn of_descriptor(descriptor: impl AsFd) -> Result<[i64; 18], Errno> {
    rustix::fs::fstat(descriptor).map(|status| usual(&status))
}

#[cfg(not(target_os = "linux"))]
fn usual(status: &rustix::fs::Stat) -> [i64; 18] {
    #[cfg(target_vendor = "apple")]
    let birth = (status.st_birthtime as i64, status.st_birthtime_nsec as i64);
    #[cfg(not(target_vendor = "apple"))]
    let birth = (status.st_ctime as i64, status.st_ctime_nsec as i64);
    [
        status.st_dev as i64,
        status.st_mode as i64,
        status.st_nlink as i64,
        status.st_uid as i64,
        status.st_gid as i64,
        status.st_rdev as i64,
        status.st_blksize as i64,
        status.st_ino as i64,
        status.st_size as i64,
        status.st_blocks as i64,
        status.st_atime as i64,
        status.st_atime_nsec as i64,
        status.st_mtime as i64,
        status.st_mtime_nsec as i64,
        status.st_ctime as i64,
        status.st_ctime_nsec as i64,
        birth.0,
        birth.1,
    ]
}
