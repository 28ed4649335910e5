//! Source files beside the text that Axil makes of them.
//!
//! `parse/arrow/body_is_object.js` lies beside `body_is_object.tree`. A case
//! ends in `.js` for a script, `.mjs` for a module, `.cjs` for a CommonJS
//! module.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use axil_grammar::{Arena, Goal, Source, tree};
use similar::TextDiff;

use crate::paths;

/// What a folder of cases is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Subject {
    /// The tree of a program.
    Parse,
    /// The diagnostics for one that is none.
    SyntaxError,
    /// The scopes of a program.
    Scope,
}

impl Subject {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Parse, Self::SyntaxError, Self::Scope];

    /// The folder its cases lie in.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Parse => "parse",
            Self::SyntaxError => "syntax_error",
            Self::Scope => "scope",
        }
    }

    /// The extension of the files that hold what is expected.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Parse => "tree",
            Self::SyntaxError => "txt",
            Self::Scope => "scopes",
        }
    }

    /// Its cases, by name.
    pub fn cases(self) -> io::Result<Vec<Case>> {
        let is_case = |path: &Path| goal_of(path).is_some();
        let files = paths::files_below(&paths::conformance().join(self.folder()), &is_case)?;
        Ok(files.into_iter().map(|file| Case { subject: self, file }).collect())
    }

    /// Files of expectations that no case goes with.
    pub fn orphans(self) -> io::Result<Vec<PathBuf>> {
        let is_orphan = |path: &Path| {
            goal_of(path).is_none()
                && ["js", "mjs", "cjs"].iter().all(|end| !path.with_extension(end).exists())
        };
        paths::files_below(&paths::conformance().join(self.folder()), &is_orphan)
    }
}

/// A source file, and what is expected of it.
#[derive(Clone, Debug)]
pub struct Case {
    subject: Subject,
    file: PathBuf,
}

impl Case {
    /// `parse::arrow::body_is_object`
    pub fn name(&self) -> String {
        paths::relative(&self.file.with_extension(""), paths::conformance()).replace('/', "::")
    }

    /// Compares what Axil makes of the case with what is expected; the error
    /// shows the difference. When `blessing`, the expectation is rewritten.
    pub fn check(&self, blessing: bool) -> Result<(), String> {
        let actual = self.actual()?;
        let snapshot = self.file.with_extension(self.subject.extension());
        let expected = fs::read_to_string(&snapshot).ok();
        if expected.as_ref() == Some(&actual) {
            return Ok(());
        }
        if blessing {
            return fs::write(&snapshot, actual).map_err(|error| error.to_string());
        }
        let name = paths::relative(&snapshot, paths::workspace());
        let Some(expected) = expected else {
            return Err(format!("{name} is absent; `make bless` writes it:\n{actual}"));
        };
        let difference = TextDiff::from_lines(&expected, &actual);
        let difference = difference.unified_diff().header(&name, "now").to_string();
        Err(format!("{difference}`make bless` accepts this"))
    }

    fn actual(&self) -> Result<String, String> {
        let text = fs::read_to_string(&self.file).map_err(|error| error.to_string())?;
        let source = Source::new(paths::relative(&self.file, paths::conformance()), text);
        let goal = goal_of(&self.file).expect("a case has a goal");
        let arena = Arena::new();
        let parsed = axil_grammar::parse(&source, goal, &arena);
        let program = match (self.subject, parsed) {
            (Subject::SyntaxError, Ok(_)) => return Err("this parses".to_owned()),
            (Subject::SyntaxError, Err(diagnostics)) => {
                let rendered = diagnostics.into_iter().map(|each| each.render(&source, false));
                return Ok(rendered.collect());
            }
            (_, Ok(program)) => program,
            (_, Err(diagnostics)) => return Err(diagnostics.first().render(&source, false)),
        };
        Ok(match self.subject {
            Subject::Scope => tree::scopes(program, &source),
            _ => tree::print(program, &source),
        })
    }
}

/// The goal that the extension of a case stands for.
fn goal_of(path: &Path) -> Option<Goal<'static>> {
    Some(match path.extension()?.to_str()? {
        "js" => Goal::Script,
        "mjs" => Goal::Module,
        "cjs" => Goal::CommonJs,
        _ => return None,
    })
}
