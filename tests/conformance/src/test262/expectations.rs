//! What of test262 is known to fail when it is run, by cause.
//!
//! The file is a list of causes. A line `== CAUSE` begins one; notes on it are lines
//! that begin with `#`. Below them stand its entries:
//!
//! ```text
//! feature NAME    tests that need this feature are not judged
//! folder PREFIX   nor are those whose names begin so
//! global NAME     runs may fail for want of this global
//! TEST [MODE]     a test that fails, in all its modes or in one
//! ```
//!
//! A failure that no entry foresees is a regression. An entry that nothing needs any
//! more is to be taken off the list, so that the failure cannot come back unseen.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::metadata::Metadata;

/// The cause that blessing gives to what it adds.
const UNEXPLAINED: &str = "Not explained yet";

/// The list, and what of it the runs have needed.
#[derive(Debug)]
pub struct Expectations {
    file: PathBuf,
    /// The lines before the first cause.
    head: String,
    causes: Vec<Cause>,
    /// The names of tests that are listed, and the places of their entries.
    tests: BTreeMap<String, Place>,
}

#[derive(Debug)]
struct Cause {
    title: String,
    notes: String,
    entries: Vec<Entry>,
}

/// An entry: which cause's, and which of its entries.
type Place = (usize, usize);

#[derive(Debug)]
struct Entry {
    what: What,
    /// How many runs it has spoken for.
    runs: usize,
    /// How many of them have failed.
    failed: usize,
}

#[derive(Clone, Debug, PartialEq)]
enum What {
    Feature(String),
    Folder(String),
    Global(String),
    /// A test, with its mode if one is named.
    Test(String),
}

/// What is to be made of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It passes, as it should.
    Passed,
    /// It fails, as the list says.
    Expected,
    /// It fails, and the list does not say so.
    Regression,
    /// It passes, and the list says that it fails.
    Unexpected,
}

impl What {
    fn of(line: &str) -> Self {
        match line.split_once(' ') {
            Some(("feature", name)) => Self::Feature(name.to_owned()),
            Some(("folder", prefix)) => Self::Folder(prefix.to_owned()),
            Some(("global", name)) => Self::Global(name.to_owned()),
            _ => Self::Test(line.to_owned()),
        }
    }

    fn line(&self) -> String {
        match self {
            Self::Feature(name) => format!("feature {name}"),
            Self::Folder(prefix) => format!("folder {prefix}"),
            Self::Global(name) => format!("global {name}"),
            Self::Test(run) => run.clone(),
        }
    }
}

impl Expectations {
    /// Reads the list; an absent one is empty.
    ///
    /// # Errors
    /// If the file cannot be read, or an entry stands above all causes.
    pub fn read(file: &Path) -> io::Result<Self> {
        let text = match fs::read_to_string(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            result => result?,
        };
        let mut list = Self {
            file: file.to_path_buf(),
            head: String::new(),
            causes: Vec::new(),
            tests: BTreeMap::new(),
        };
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            if let Some(title) = line.strip_prefix("==") {
                list.add_cause(title.trim());
            } else if line.starts_with('#') {
                let notes = list.causes.last_mut().map_or(&mut list.head, |cause| &mut cause.notes);
                notes.push_str(line);
                notes.push('\n');
            } else if list.causes.is_empty() {
                let text = format!("{}: '{line}' has no cause", file.display());
                return Err(io::Error::other(text));
            } else {
                list.add_entry(list.causes.len() - 1, What::of(line.trim()));
            }
        }
        Ok(list)
    }

    fn add_cause(&mut self, title: &str) {
        let (title, notes) = (title.to_owned(), String::new());
        self.causes.push(Cause { title, notes, entries: Vec::new() });
    }

    fn add_entry(&mut self, cause: usize, what: What) {
        let entries = &mut self.causes[cause].entries;
        if let What::Test(run) = &what {
            self.tests.insert(run.clone(), (cause, entries.len()));
        }
        entries.push(Entry { what, runs: 0, failed: 0 });
    }

    /// The entry by which a test is not judged.
    fn exemption(&self, test: &str, metadata: &Metadata) -> Option<Place> {
        self.places().find(|&place| match &self.entry(place).what {
            What::Feature(name) => metadata.features.contains(name),
            What::Folder(prefix) => test.starts_with(prefix.as_str()),
            What::Global(_) | What::Test(_) => false,
        })
    }

    /// Whether a test is not judged, so that it need not be run.
    pub fn exempts(&self, test: &str, metadata: &Metadata) -> bool {
        self.exemption(test, metadata).is_some()
    }

    /// Judges a run: of a test, in a mode, which has failed with a message or passed.
    pub fn judge(
        &mut self,
        test: &str,
        mode: &str,
        metadata: &Metadata,
        failure: Option<&str>,
    ) -> Verdict {
        if let Some(place) = self.exemption(test, metadata) {
            self.count(place, failure.is_some());
            return if failure.is_some() { Verdict::Expected } else { Verdict::Passed };
        }
        let listed = self.tests.get(test).or_else(|| self.tests.get(&format!("{test} {mode}")));
        if let Some(&place) = listed {
            self.count(place, failure.is_some());
            return if failure.is_some() { Verdict::Expected } else { Verdict::Unexpected };
        }
        let Some(failure) = failure else { return Verdict::Passed };
        let wanting = self.places().find(|&place| match &self.entry(place).what {
            What::Global(name) => failure.contains(&format!("{name} is not defined")),
            _ => false,
        });
        let Some(place) = wanting else { return Verdict::Regression };
        self.count(place, true);
        Verdict::Expected
    }

    fn count(&mut self, (cause, entry): Place, failed: bool) {
        let entry = &mut self.causes[cause].entries[entry];
        entry.runs += 1;
        entry.failed += usize::from(failed);
    }

    fn entry(&self, (cause, entry): Place) -> &Entry {
        &self.causes[cause].entries[entry]
    }

    fn places(&self) -> impl Iterator<Item = Place> {
        self.causes
            .iter()
            .enumerate()
            .flat_map(|(index, cause)| (0..cause.entries.len()).map(move |entry| (index, entry)))
    }

    /// The entries that nothing needs any more, of those that the runs have come to.
    ///
    /// `all` says that the runs were those of all tests, so that a global of which
    /// nobody has complained is there.
    pub fn stale(&self, all: bool) -> Vec<String> {
        let entries = self.causes.iter().flat_map(|cause| &cause.entries);
        entries.filter(|entry| entry.is_stale(all)).map(|entry| entry.what.line()).collect()
    }

    /// A line for each cause that runs have met with: how many it excuses.
    pub fn table(&self) -> String {
        let mut table = String::new();
        for cause in &self.causes {
            let failed: usize = cause.entries.iter().map(|entry| entry.failed).sum();
            if failed > 0 {
                let _ = writeln!(table, "{failed:>6}  {}", cause.title);
            }
        }
        table
    }

    /// Writes the list anew: without what is stale, with what is new.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn rewrite(&mut self, all: bool, new: &[String]) -> io::Result<()> {
        for cause in &mut self.causes {
            cause.entries.retain(|entry| !entry.is_stale(all));
        }
        if !new.is_empty() {
            let found = self.causes.iter().position(|cause| cause.title == UNEXPLAINED);
            let cause = found.unwrap_or_else(|| {
                self.add_cause(UNEXPLAINED);
                self.causes.len() - 1
            });
            for run in new {
                self.add_entry(cause, What::Test(run.clone()));
            }
        }
        let mut text = self.head.clone();
        for cause in self.causes.iter().filter(|cause| !cause.entries.is_empty()) {
            let _ = write!(text, "\n== {}\n{}", cause.title, cause.notes);
            for entry in &cause.entries {
                text += &entry.what.line();
                text.push('\n');
            }
        }
        fs::write(&self.file, text)
    }
}

impl Entry {
    fn is_stale(&self, all: bool) -> bool {
        match self.what {
            What::Global(_) => all && self.runs == 0,
            // A test that fails in one mode only is to be listed in that mode.
            What::Test(_) => self.runs > self.failed,
            What::Feature(_) | What::Folder(_) => self.runs > 0 && self.failed == 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict::{Expected, Passed, Regression, Unexpected};
    use super::*;

    const LIST: &str = "# Head.\n\n== Absent\n# A note.\nfeature Temporal\nfolder intl402/\n\
                        global Map\n\n== Wrong\na.js\nb.js strict\n";

    /// Reads the list, judges runs, and blesses: verdicts and the list that is left.
    fn check(runs: &[(&str, &str, Option<&str>)], new: &[&str]) -> (Vec<Verdict>, String) {
        let name = format!("axil-expectations-{}-{:?}", std::process::id(), runs.len());
        let file = std::env::temp_dir().join(name);
        fs::write(&file, LIST).expect("written");
        let mut list = Expectations::read(&file).expect("read");
        let metadata = Metadata::default();
        let verdicts = runs
            .iter()
            .map(|(test, mode, failure)| list.judge(test, mode, &metadata, *failure))
            .collect();
        let new: Vec<String> = new.iter().map(|&run| run.to_owned()).collect();
        list.rewrite(true, &new).expect("written");
        let text = fs::read_to_string(&file).expect("read");
        fs::remove_file(&file).expect("removed");
        (verdicts, text)
    }

    #[test]
    fn what_is_foreseen_is_no_regression() {
        let missing = Some("ReferenceError: Map is not defined");
        let (verdicts, text) = check(
            &[
                ("a.js", "sloppy", Some("wrong")),
                ("b.js", "sloppy", None),
                ("b.js", "strict", Some("wrong")),
                ("c.js", "strict", missing),
                ("intl402/d.js", "strict", Some("wrong")),
            ],
            &[],
        );
        assert_eq!(verdicts, [Expected, Passed, Expected, Expected, Expected]);
        assert_eq!(text, LIST);
    }

    #[test]
    fn what_passes_leaves_the_list() {
        let (verdicts, text) = check(
            &[
                ("a.js", "sloppy", None),
                ("b.js", "sloppy", Some("wrong")),
                ("b.js", "strict", None),
                ("intl402/d.js", "strict", None),
            ],
            &["b.js sloppy"],
        );
        assert_eq!(verdicts, [Unexpected, Regression, Unexpected, Passed]);
        assert_eq!(
            text,
            "# Head.\n\n== Absent\n# A note.\nfeature Temporal\n\n== Not explained yet\nb.js sloppy\n"
        );
    }
}
