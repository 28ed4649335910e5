//! Where things lie.

use std::path::{Path, PathBuf};

/// The root of the workspace.
pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("two folders deep")
}

/// The folder of this crate, where the source files of the suites lie.
pub fn conformance() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder that git ignores, for what is unpacked or installed.
pub fn scratch() -> PathBuf {
    workspace().join("target")
}

/// Test data that may lie beside the workspace.
pub fn shared_data() -> PathBuf {
    workspace().join("../shared/data")
}

/// `path` as seen from `root`, with forward slashes.
///
/// # Panics
///
/// If it does not lie below `root`.
pub fn relative(path: &Path, root: &Path) -> String {
    let path = path.strip_prefix(root).expect("the path lies below its root");
    path.to_string_lossy().replace('\\', "/")
}

/// All files below `root` that `wanted` likes, in the order of their names.
pub fn files_below(root: &Path, wanted: &dyn Fn(&Path) -> bool) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            // Links are left alone: they lead out of the tree, or in circles.
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() && wanted(&entry.path()) {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}
