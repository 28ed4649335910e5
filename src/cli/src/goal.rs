//! Which goal symbol a file is parsed with.
//!
//! Node's rules: `.mjs` is a module and `.cjs` is CommonJS. Everything else
//! follows `"type"` of the nearest `package.json`. Where that says nothing the
//! text decides: CommonJS, unless only a module can read that way.

use std::fs;
use std::io;
use std::path::Path;

use axil_grammar::ast::Program;
use axil_grammar::{Arena, Diagnostics, Goal, Source};
use serde_json::Value;

use crate::input::Input;

/// What the options say about the goal.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum GoalChoice {
    /// The file decides.
    #[default]
    ByFile,
    /// `--module`
    Module,
    /// `--script`
    Script,
}

/// The goals that may be tried for a file.
#[derive(Clone, Copy, Debug)]
pub enum Goals {
    /// This one only.
    One(Goal<'static>),
    /// CommonJS, then module.
    Detect,
}

impl Goals {
    /// The goals for `input`; the error is a message for people.
    pub fn of(input: &Input, choice: GoalChoice) -> Result<Self, String> {
        match (choice, input) {
            (GoalChoice::Module, _) => Ok(Self::One(Goal::Module)),
            (GoalChoice::Script, _) => Ok(Self::One(Goal::Script)),
            (GoalChoice::ByFile, Input::Stdin) => Ok(Self::Detect),
            (GoalChoice::ByFile, Input::File(path)) => Self::of_file(path),
        }
    }

    fn of_file(path: &Path) -> Result<Self, String> {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("mjs") => return Ok(Self::One(Goal::Module)),
            Some("cjs") => return Ok(Self::One(Goal::CommonJs)),
            _ => {}
        }
        // Node resolves links first: what counts is the package a file is in,
        // not the one it is linked from.
        let Ok(path) = fs::canonicalize(path) else { return Ok(Self::Detect) };
        Ok(match package_type(&path)?.as_deref() {
            Some("module") => Self::One(Goal::Module),
            Some("commonjs") => Self::One(Goal::CommonJs),
            _ => Self::Detect,
        })
    }

    /// Parses `source` with the goal that fits, and hands on that goal too.
    pub fn parse<'a>(
        self,
        source: &'a Source,
        arena: &'a Arena,
    ) -> Result<(&'a Program<'a>, Goal<'static>), Diagnostics> {
        let goal = match self {
            Self::One(goal) => goal,
            Self::Detect => Goal::CommonJs,
        };
        let as_commonjs = match (self, axil_grammar::parse(source, goal, arena)) {
            (_, Ok(program)) => return Ok((program, goal)),
            (Self::One(_), Err(diagnostics)) => return Err(diagnostics),
            (Self::Detect, Err(diagnostics)) => diagnostics,
        };
        match axil_grammar::parse(source, Goal::Module, arena) {
            Ok(program) => Ok((program, Goal::Module)),
            Err(as_module) => Err(further(as_commonjs, as_module)),
        }
    }
}

/// Of the errors of two attempts at one text, those of the attempt that got
/// further: the other one stumbled over what is no error under the right goal.
fn further(as_commonjs: Diagnostics, as_module: Diagnostics) -> Diagnostics {
    if as_module.first().span.start > as_commonjs.first().span.start {
        as_module
    } else {
        as_commonjs
    }
}

/// `"type"` of the `package.json` nearest above `path`, which is absolute.
fn package_type(path: &Path) -> Result<Option<String>, String> {
    for folder in path.ancestors().skip(1) {
        // A package never reaches out of the node_modules it is installed in.
        if folder.ends_with("node_modules") {
            break;
        }
        let manifest = folder.join("package.json");
        let complain = |what: &dyn std::fmt::Display| {
            format!("invalid package config '{}': {what}", manifest.display())
        };
        let text = match fs::read(&manifest) {
            Ok(text) => text,
            Err(error) if is_absence(&error) => continue,
            Err(error) => return Err(complain(&error)),
        };
        let manifest: Value = serde_json::from_slice(&text).map_err(|error| complain(&error))?;
        return Ok(manifest.get("type").and_then(Value::as_str).map(str::to_owned));
    }
    Ok(None)
}

/// Whether there is just no such file. A folder named `package.json`, or a
/// file in the place of a folder, counts as none.
fn is_absence(error: &io::Error) -> bool {
    use io::ErrorKind::{IsADirectory, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory | IsADirectory)
}
