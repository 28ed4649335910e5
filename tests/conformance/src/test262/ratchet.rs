//! The list of runs that are known to fail.
//!
//! A line is `NAME MODE  # REASON`. A run that fails and is not listed is a
//! regression. One that is listed and passes is to be taken off the list, so
//! that it cannot fail again unseen.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The reason given to an entry that blessing adds.
const UNEXPLAINED: &str = "not explained yet";

/// The list, its file, and what was seen of its entries.
#[derive(Debug)]
pub struct Ratchet {
    file: PathBuf,
    head: String,
    reasons: BTreeMap<String, String>,
}

impl Ratchet {
    /// Reads the list; an absent one is empty.
    pub fn read(file: &Path) -> io::Result<Self> {
        let text = match fs::read_to_string(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            result => result?,
        };
        let mut ratchet =
            Self { file: file.to_path_buf(), head: String::new(), reasons: BTreeMap::new() };
        for line in text.lines() {
            if line.starts_with('#') {
                ratchet.head += line;
                ratchet.head.push('\n');
            } else if !line.trim().is_empty() {
                let (run, reason) = line.split_once('#').unwrap_or((line, UNEXPLAINED));
                ratchet.reasons.insert(run.trim().to_owned(), reason.trim().to_owned());
            }
        }
        Ok(ratchet)
    }

    /// Whether `run` is known to fail.
    pub fn lists(&self, run: &str) -> bool {
        self.reasons.contains_key(run)
    }

    /// Whether `run` is listed with a reason.
    pub fn explains(&self, run: &str) -> bool {
        self.reasons.get(run).is_some_and(|reason| reason != UNEXPLAINED)
    }

    /// The runs listed, in order.
    pub fn runs(&self) -> impl Iterator<Item = &str> {
        self.reasons.keys().map(String::as_str)
    }

    /// Writes the list anew: `failing` and no others, reasons kept.
    pub fn rewrite(&self, failing: &[String]) -> io::Result<()> {
        let mut failing: Vec<&String> = failing.iter().collect();
        failing.sort();
        let mut text = self.head.clone();
        for run in failing {
            let reason = self.reasons.get(run).map_or(UNEXPLAINED, String::as_str);
            text += &format!("{run}  # {reason}\n");
        }
        fs::write(&self.file, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rewriting_keeps_head_and_reasons() {
        let file = std::env::temp_dir().join(format!("axil-ratchet-{}", std::process::id()));
        fs::write(&file, "# Head.\n\nb.js strict  # why\na.js sloppy  # because\n")
            .expect("written");
        let ratchet = Ratchet::read(&file).expect("read");
        assert!(ratchet.lists("b.js strict") && !ratchet.lists("b.js sloppy"));
        ratchet.rewrite(&["c.js module".to_owned(), "b.js strict".to_owned()]).expect("written");
        let text = fs::read_to_string(&file).expect("read");
        fs::remove_file(&file).expect("removed");
        assert_eq!(text, "# Head.\nb.js strict  # why\nc.js module  # not explained yet\n");
    }
}
