//! The programs that Axil is measured on.

pub mod statistics;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use axil_conformance::node;

/// The programs below `node_modules`, from small to large. All are scripts.
const CORPUS: [&str; 7] = [
    "jquery/dist/jquery.js",
    "lodash/lodash.js",
    "vue/dist/vue.global.js",
    "d3/dist/d3.js",
    "react-dom/cjs/react-dom-client.development.js",
    "three/build/three.cjs",
    "typescript/lib/typescript.js",
];

/// A program to parse.
#[derive(Clone, Debug)]
pub struct Program {
    /// The file's name without folders.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

impl Program {
    /// Reads the program in a file.
    pub fn read(path: &Path) -> io::Result<Self> {
        let complain = |error| io::Error::other(format!("{}: {error}", path.display()));
        let path = fs::canonicalize(path).map_err(complain)?;
        let text = fs::read_to_string(&path).map_err(complain)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, path, text })
    }

    /// Its length in megabytes of UTF-8.
    pub fn megabytes(&self) -> f64 {
        self.text.len() as f64 / 1e6
    }
}

/// The programs that `make peers` installs.
pub fn corpus() -> io::Result<Vec<Program>> {
    CORPUS.iter().map(|path| Program::read(&node::packages().join(path))).collect()
}
