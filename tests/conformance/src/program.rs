//! The program `axil`, for suites that run it.

use std::env;
use std::io;
use std::path::PathBuf;
use std::process::Command;

use crate::paths;

/// Builds `axil` as this suite was built, and says where it is.
pub fn build() -> io::Result<PathBuf> {
    // Cargo gives a package's tests the programs of that package only.
    let profile = if cfg!(debug_assertions) { "test" } else { "release" };
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "axil", "--profile", profile])
        .current_dir(paths::workspace())
        .status()?;
    if !status.success() {
        return Err(io::Error::other(format!("building axil failed: {status}")));
    }
    // A suite is target/PROFILE/deps/NAME, a program target/PROFILE/NAME.
    let this = env::current_exe()?;
    let folder = this.ancestors().skip(1).find(|folder| !folder.ends_with("deps"));
    let folder = folder.expect("a program lies in a folder");
    Ok(folder.join("axil").with_extension(env::consts::EXE_EXTENSION))
}
