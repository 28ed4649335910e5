//! Test data that are no part of the tree: a checkout that a variable names, or an archive
//! beside the workspace.

use std::env;
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use ruzstd::decoding::StreamingDecoder;

use crate::paths;

/// The folder that `variable` names, else the archive `name` beside the workspace,
/// unpacked. None where there is neither.
///
/// # Errors
/// If the folder has no folder `test` in it, or the archive cannot be unpacked.
pub fn locate(variable: &str, name: &str) -> io::Result<Option<PathBuf>> {
    if let Some(folder) = env::var_os(variable) {
        let folder = PathBuf::from(folder);
        if !folder.join("test").is_dir() {
            let text = format!("{variable} is {}, which has no folder 'test'", folder.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, text));
        }
        return Ok(Some(folder));
    }
    let archive = paths::shared_data().join(name).with_extension("tar.zst");
    if archive.is_file() { unpack(&archive, name).map(Some) } else { Ok(None) }
}

/// Unpacks `archive` into a folder of that name under `target/`, unless that
/// has been done.
fn unpack(archive: &Path, name: &str) -> io::Result<PathBuf> {
    let folder = paths::scratch().join(name);
    let stamp = folder.join(".unpacked");
    let version = version(archive)?;
    if fs::read_to_string(&stamp).is_ok_and(|text| text == version) {
        return Ok(folder);
    }
    // Another process may do the same: each unpacks for itself, one rename wins.
    let fresh = paths::scratch().join(format!("{name}.{}", std::process::id()));
    fs::create_dir_all(&fresh)?;
    let decoder = StreamingDecoder::new(BufReader::new(File::open(archive)?))
        .map_err(|error| io::Error::other(format!("{}: {error}", archive.display())))?;
    tar::Archive::new(decoder).unpack(&fresh)?;
    fs::write(fresh.join(".unpacked"), version)?;
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::rename(&fresh, &folder)?;
    Ok(folder)
}

/// Size and time of a file, to notice that it is another one.
fn version(file: &Path) -> io::Result<String> {
    let metadata = fs::metadata(file)?;
    let time = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(format!("{} bytes, {} s\n", metadata.len(), time.as_secs()))
}
