//! `package.json`: what of it matters when modules are loaded, each read once.
//!
//! <https://nodejs.org/api/packages.html>

use std::cell::RefCell;
use std::fs;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::failure::Failure;

/// What a package says of its `.js` files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// Nothing.
    None,
    CommonJs,
    Module,
}

impl Kind {
    /// Its word.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::CommonJs => "commonjs",
            Self::Module => "module",
        }
    }
}

/// A package, as its `package.json` describes it.
#[derive(Debug)]
pub(crate) struct Package {
    /// Its folder, without a `/` at the end, unless it is the root.
    pub(crate) folder: String,
    pub(crate) name: Option<String>,
    pub(crate) main: Option<String>,
    pub(crate) kind: Kind,
    pub(crate) exports: Option<Value>,
    pub(crate) imports: Option<Value>,
}

impl Package {
    /// The path of the file that says all this.
    pub(crate) fn file(&self) -> String {
        file_in(&self.folder)
    }
}

fn file_in(folder: &str) -> String {
    format!("{}/package.json", folder.trim_end_matches('/'))
}

/// All that have been read.
#[derive(Default)]
pub(crate) struct Packages {
    known: RefCell<FxHashMap<Box<str>, Rc<Package>>>,
    /// What programs are to be warned of, by code and message.
    warnings: RefCell<Vec<(&'static str, String)>>,
    /// Which of these each package has given already.
    warned: RefCell<FxHashSet<String>>,
}

/// The folder of a path; none of the root.
pub(crate) fn folder_of(path: &str) -> Option<&str> {
    let at = path.rfind('/')?;
    match at {
        0 if path.len() == 1 => None,
        0 => Some("/"),
        at => Some(&path[..at]),
    }
}

/// What is said of a `package.json` that makes no sense.
pub(crate) fn invalid(file: &str, importing: Option<&str>, why: &str) -> Failure {
    let importing = importing.map_or_else(String::new, |base| format!(" while importing {base}"));
    let why = if why.is_empty() { String::new() } else { format!(" {why}") };
    let message = format!("Invalid package config {file}{importing}.{why}");
    Failure::new("ERR_INVALID_PACKAGE_CONFIG", message)
}

impl Packages {
    /// Has programs be warned, once for a key.
    pub(crate) fn warn(&self, key: String, code: &'static str, message: String) {
        if self.warned.borrow_mut().insert(key) {
            self.warnings.borrow_mut().push((code, message));
        }
    }

    /// What has come together of warnings.
    pub(crate) fn take_warnings(&self) -> Vec<(&'static str, String)> {
        self.warnings.take()
    }

    /// The package of a folder; none if it has no `package.json`.
    pub(crate) fn in_folder(
        &self,
        folder: &str,
        importing: Option<&str>,
    ) -> Result<Option<Rc<Package>>, Failure> {
        if let Some(known) = self.known.borrow().get(folder) {
            return Ok(Some(Rc::clone(known)));
        }
        let file = file_in(folder);
        // One that cannot be read is as good as none.
        let Ok(text) = fs::read(&file) else { return Ok(None) };
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&text);
        let Ok(Value::Object(mut fields)) = serde_json::from_slice(text) else {
            return Err(invalid(&file, importing, ""));
        };
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let package = Rc::new(Package {
            folder: folder.to_owned(),
            name: text(fields.get("name")),
            main: text(fields.get("main")),
            kind: match fields.get("type").and_then(Value::as_str) {
                Some("module") => Kind::Module,
                Some("commonjs") => Kind::CommonJs,
                _ => Kind::None,
            },
            exports: fields.shift_remove("exports").filter(|exports| !exports.is_null()),
            imports: fields.shift_remove("imports").filter(Value::is_object),
        });
        self.known.borrow_mut().insert(folder.into(), Rc::clone(&package));
        Ok(Some(package))
    }

    /// The package that a file is in: the nearest one above it, but none across the
    /// border of `node_modules`.
    pub(crate) fn around(&self, file: &str) -> Result<Option<Rc<Package>>, Failure> {
        let mut at = file;
        while let Some(folder) = folder_of(at) {
            if folder.ends_with("/node_modules") {
                return Ok(None);
            }
            if let Some(package) = self.in_folder(folder, None)? {
                return Ok(Some(package));
            }
            at = folder;
        }
        Ok(None)
    }
}
