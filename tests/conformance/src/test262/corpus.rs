//! Where test262 lies.

use std::io;
use std::path::{Path, PathBuf};

use crate::{archive, paths};

/// The variable that names a checkout of test262.
const VARIABLE: &str = "TEST262_DIR";

/// The folder of test262: what `TEST262_DIR` names, else the archive beside
/// the workspace, unpacked. None where there is neither.
pub fn locate() -> io::Result<Option<PathBuf>> {
    archive::locate(VARIABLE, "test262")
}

/// A test's name, `language/…/x.js`, and where it lies.
#[derive(Clone, Debug)]
pub struct Test {
    /// Its path below `test`.
    pub name: String,
    /// Its path.
    pub path: PathBuf,
}

/// All tests in the folder of test262, by name.
pub fn tests(root: &Path) -> io::Result<Vec<Test>> {
    let root = root.join("test");
    let is_test = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".js") && !name.contains("_FIXTURE")
    };
    let files = paths::files_below(&root, &is_test)?;
    let test = |path: PathBuf| Test { name: paths::relative(&path, &root), path };
    Ok(files.into_iter().map(test).collect())
}
