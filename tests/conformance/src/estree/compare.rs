//! One file: our tree beside acorn's.

use std::fs;

use axil_grammar::ast::Program;
use axil_grammar::{Arena, Source, estree};
use sha2::{Digest, Sha256};

use super::acorn::{Acorn, Answer, Form, hex};
use super::packages::{File, SourceType};

/// How a comparison ended.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    /// The same tree.
    Equal,
    /// Refused by both.
    BothRefuse,
    /// Something else, with words for it.
    Different(String),
}

/// Compares what we make of `file` with what acorn does.
pub fn compare(file: &File, answer: &Answer, acorn: &Acorn) -> Verdict {
    let text = match fs::read(&file.path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    {
        Ok(text) => text,
        Err(error) => return Verdict::Different(error.to_string()),
    };
    // Node's readFileSync drops no byte order mark, and neither do we.
    let source = Source::new(&file.name, text);
    let mut refusal = None;
    for &goal in &file.goals {
        let arena = Arena::new();
        let program = match axil_grammar::parse(&source, goal.goal(), &arena) {
            Ok(program) => program,
            Err(diagnostics) => {
                let complaint = diagnostics.first().render(&source, false);
                refusal.get_or_insert(complaint.clone());
                if matches!(answer, Answer::Accepted { goal: theirs, .. } if *theirs == goal) {
                    let goal = goal.name();
                    return Verdict::Different(format!("acorn takes it as {goal}\n{complaint}"));
                }
                continue;
            }
        };
        return match answer {
            Answer::Accepted { goal: theirs, plain, full } if *theirs == goal => {
                let hashes = [(Form::Plain, Some(plain)), (Form::Full, full.as_ref())];
                let differs = hashes.into_iter().find_map(|(form, hash)| {
                    difference(program, &source, form, hash?, (file, goal, acorn))
                });
                differs.map_or(Verdict::Equal, Verdict::Different)
            }
            Answer::Accepted { goal: theirs, .. } => Verdict::Different(format!(
                "we take it as {}, acorn only as {}",
                goal.name(),
                theirs.name()
            )),
            Answer::Refused(message) => {
                Verdict::Different(format!("we take it as {}, acorn says: {message}", goal.name()))
            }
        };
    }
    match answer {
        Answer::Refused(_) => Verdict::BothRefuse,
        Answer::Accepted { .. } => Verdict::Different(refusal.unwrap_or_default()),
    }
}

/// Where our tree in this form departs from acorn's, if its hash says so.
fn difference(
    program: &Program<'_>,
    source: &Source,
    form: Form,
    hash: &str,
    (file, goal, acorn): (&File, SourceType, &Acorn),
) -> Option<String> {
    let all = form == Form::Full;
    let options = estree::Options { loc: all, range: all, ..estree::Options::default() };
    let ours = match estree::to_json(program, source, &options) {
        Ok(json) => json,
        Err(error) => return Some(error.to_string()),
    };
    if hex(Sha256::new_with_prefix(&ours)) == hash {
        return None;
    }
    Some(match acorn.tree(&file.path, goal, form) {
        Ok(theirs) => first_difference(&ours, &theirs),
        Err(error) => error.to_string(),
    })
}

/// The first place where two texts differ, with what stands around it.
fn first_difference(ours: &str, theirs: &str) -> String {
    let same = ours.bytes().zip(theirs.bytes()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| {
        let from = text.floor_char_boundary(same.saturating_sub(200));
        let to = text.ceil_char_boundary((same + 120).min(text.len()));
        text[from..to].to_owned()
    };
    format!("byte {same}\n  ours:  …{}\n  acorn: …{}", around(ours), around(theirs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_shows_both_sides() {
        let text = first_difference("{\"a\":1}", "{\"a\":null}");
        assert_eq!(text, "byte 5\n  ours:  …{\"a\":1}\n  acorn: …{\"a\":null}");
    }
}
