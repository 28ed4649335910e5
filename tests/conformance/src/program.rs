//! The program `axil`, for suites that run it.
//!
//! The variable `AXIL` names one that is there already, for who works on something and has
//! built it otherwise.

use std::env;
use std::io;
use std::path::PathBuf;
use std::process::Command;

use crate::paths;

/// Builds `axil` as this suite was built, and says where it is.
///
/// # Errors
/// If it cannot be built.
pub fn build() -> io::Result<PathBuf> {
    // Cargo gives a package's tests the programs of that package only.
    if cfg!(debug_assertions) { build_as("test", "debug") } else { build_as("release", "release") }
}

/// Builds the optimised `axil`, and says where it is.
///
/// # Errors
/// If it cannot be built.
pub fn build_optimised() -> io::Result<PathBuf> {
    build_as("release", "release")
}

fn build_as(profile: &str, folder: &str) -> io::Result<PathBuf> {
    if let Some(given) = env::var_os("AXIL") {
        return std::path::absolute(given);
    }
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "axil", "--profile", profile])
        .current_dir(paths::workspace())
        .status()?;
    if !status.success() {
        return Err(io::Error::other(format!("building axil failed: {status}")));
    }
    // A suite is target/PROFILE/deps/NAME, a program target/PROFILE/NAME.
    let this = env::current_exe()?;
    let own = this.ancestors().skip(1).find(|folder| !folder.ends_with("deps"));
    let own = own.expect("a program lies in a folder");
    Ok(own.with_file_name(folder).join("axil").with_extension(env::consts::EXE_EXTENSION))
}
