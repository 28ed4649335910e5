//! Folders and all that is in them.

use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags};
use rustix::io::Errno;

use super::{Failure, Operation, Outcome, path_of};

pub(super) const OPERATIONS: &[Operation] = &[
    // readdir(path, as bytes, with kinds): names, and numbers of kinds.
    ("readdir", |vm, given| {
        let path = given.path(vm, 0)?;
        let (as_bytes, with_kinds) = (given.flag(1), given.flag(2));
        Ok(Box::new(move || list(&path, "scandir", as_bytes, with_kinds)))
    }),
    // opendir(path, as bytes): the same with kinds.
    ("opendir", |vm, given| {
        let (path, as_bytes) = (given.path(vm, 0)?, given.flag(1));
        Ok(Box::new(move || list(&path, "opendir", as_bytes, true)))
    }),
    // rm(path, force, recursive, tries, delay in milliseconds)
    ("rm", |vm, given| {
        let path = given.path(vm, 0)?;
        let (force, recursive) = (given.flag(1), given.flag(2));
        let (tries, delay) = (given.integer(3), given.integer(4).max(0) as u64);
        Ok(Box::new(move || {
            let mut left = tries;
            loop {
                match remove(&path, recursive) {
                    Ok(()) => return Ok(Outcome::Nothing),
                    Err(failure) if failure.errno() == Errno::NOENT && force => {
                        return Ok(Outcome::Nothing);
                    }
                    Err(failure) => {
                        let is_passing = matches!(
                            failure.errno(),
                            Errno::BUSY
                                | Errno::MFILE
                                | Errno::NFILE
                                | Errno::NOTEMPTY
                                | Errno::PERM
                        );
                        if left <= 0 || !is_passing {
                            return Err(failure);
                        }
                        std::thread::sleep(Duration::from_millis(
                            delay * (tries - left + 1) as u64,
                        ));
                        left -= 1;
                    }
                }
            }
        }))
    }),
];

/// A kind's number, as `fs.constants.UV_DIRENT_…` has it.
fn kind_number(kind: FileType) -> u8 {
    match kind {
        FileType::RegularFile => 1,
        FileType::Directory => 2,
        FileType::Symlink => 3,
        FileType::Fifo => 4,
        FileType::Socket => 5,
        FileType::CharacterDevice => 6,
        FileType::BlockDevice => 7,
        FileType::Unknown => 0,
    }
}

fn list(
    path: &Path,
    syscall: &'static str,
    as_bytes: bool,
    with_kinds: bool,
) -> Result<Outcome, Failure> {
    let failed = |errno| Failure::at(errno, syscall, path);
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let folder = rustix::fs::open(path, flags, Mode::empty()).map_err(failed)?;
    let mut entries: Vec<(Vec<u8>, u8)> = Vec::new();
    for entry in Dir::read_from(&folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_bytes();
        if name == b"." || name == b".." {
            continue;
        }
        let mut kind = entry.file_type();
        if with_kinds && kind == FileType::Unknown {
            // Some file systems do not say.
            let status = rustix::fs::statat(&folder, entry.file_name(), AtFlags::SYMLINK_NOFOLLOW);
            kind = status.map_or(FileType::Unknown, |it| FileType::from_raw_mode(it.st_mode));
        }
        entries.push((name.to_vec(), kind_number(kind)));
    }
    if syscall == "scandir" {
        entries.sort();
    }
    let kinds = with_kinds.then(|| entries.iter().map(|(_, kind)| *kind).collect());
    let names = entries.into_iter().map(|(name, _)| name).collect();
    Ok(Outcome::Names { names, kinds, as_bytes })
}

fn is_folder(path: &Path) -> Result<bool, Errno> {
    let status = rustix::fs::statat(CWD, path, AtFlags::SYMLINK_NOFOLLOW)?;
    Ok(FileType::from_raw_mode(status.st_mode) == FileType::Directory)
}

/// Removes a file, or a folder and all that is in it. A list, not the native stack, holds
/// what is still to be done.
fn remove(path: &Path, recursive: bool) -> Result<(), Failure> {
    let at = |errno, syscall, path: &Path| Failure::at(errno, syscall, path);
    if !is_folder(path).map_err(|errno| at(errno, "rm", path))? {
        return rustix::fs::unlink(path).map_err(|errno| at(errno, "rm", path));
    }
    if !recursive {
        return Err(at(Errno::ISDIR, "rm", path));
    }
    // Each is looked at twice: to remove what is in it, and then to remove it.
    let mut waiting: Vec<(PathBuf, bool)> = vec![(path.to_owned(), false)];
    while let Some((folder, is_empty)) = waiting.pop() {
        if is_empty {
            match rustix::fs::rmdir(&folder) {
                Ok(()) | Err(Errno::NOENT) => {}
                Err(errno) => return Err(at(errno, "rm", &folder)),
            }
            continue;
        }
        waiting.push((folder.clone(), true));
        let entries = match list(&folder, "rm", true, true) {
            Ok(Outcome::Names { names, kinds: Some(kinds), .. }) => names.into_iter().zip(kinds),
            Ok(_) => continue,
            Err(failure) if failure.errno() == Errno::NOENT => continue,
            Err(failure) => return Err(failure),
        };
        for (name, kind) in entries {
            let mut whole = folder.as_os_str().as_bytes().to_vec();
            whole.push(b'/');
            whole.extend(name);
            let entry = path_of(whole);
            if kind == kind_number(FileType::Directory) {
                waiting.push((entry, false));
            } else {
                match rustix::fs::unlink(&entry) {
                    Ok(()) | Err(Errno::NOENT) => {}
                    Err(errno) => return Err(at(errno, "rm", &entry)),
                }
            }
        }
    }
    Ok(())
}
