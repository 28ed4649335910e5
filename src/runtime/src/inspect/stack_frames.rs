//! Frames of stacks that say nothing new.

use rustc_hash::FxHashMap;

/// Fewer lines are not worth leaving out.
const FEW: usize = 3;

/// Replaces the lines in the middle of a run that the stack of the cause has as well, and
/// those that a recursion repeats. `note` styles what stands in their place.
pub(super) fn shorten<E>(
    frames: &str,
    of_cause: Option<&str>,
    mut note: impl FnMut(String) -> Result<String, E>,
) -> Result<Vec<String>, E> {
    /// Shorter stacks are shown as they are.
    const SHORT: usize = 10;
    let mut lines: Vec<String> = frames.split('\n').map(str::to_owned).collect();
    if let Some(of_cause) = of_cause {
        let others: Vec<&str> = of_cause.split('\n').collect();
        if let Some((at, length)) = common_run(&lines, &others) {
            let left_out = length - 2;
            let text = note(format!("    ... {left_out} lines matching cause stack trace ..."))?;
            lines.splice(at + 1..=at + left_out, [text]);
        }
    }
    if lines.len() > SHORT {
        for run in repetitions(&lines).into_iter().rev() {
            let Repetition { begin, length, times } = run;
            let what = if times > 1 {
                format!("{length} lines {times} times...")
            } else {
                "lines ...".to_owned()
            };
            let count = length * times;
            let text =
                note(format!("    ... collapsed {count} duplicate lines matching above {what}"))?;
            lines.splice(begin..begin + count, [text]);
        }
    }
    Ok(lines)
}

/// The first run of more than [`FEW`] lines that others have as well.
fn common_run(lines: &[String], others: &[&str]) -> Option<(usize, usize)> {
    for at in 0..lines.len().saturating_sub(FEW) {
        let Some(found) = others.iter().position(|other| *other == lines[at].as_str()) else {
            continue;
        };
        let pairs = lines[at..].iter().zip(&others[found..]);
        let length = pairs.take_while(|(line, other)| line == *other).count();
        if length > FEW {
            return Some((at, length));
        }
    }
    None
}

/// Lines that repeat those before them.
struct Repetition {
    begin: usize,
    /// How many lines are repeated.
    length: usize,
    /// How often.
    times: usize,
}

/// What recursion has left in a stack.
fn repetitions(lines: &[String]) -> Vec<Repetition> {
    /// So many periods are tried at most.
    const CANDIDATES: usize = 64;
    let mut places: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (index, line) in lines.iter().enumerate() {
        places.entry(line).or_default().push(index);
    }
    let mut found = Vec::new();
    if lines.len() - places.len() <= FEW {
        return found;
    }
    let mut begin = 0;
    while begin + FEW < lines.len() {
        let same = &places[lines[begin].as_str()];
        let later = &same[same.partition_point(|place| *place <= begin)..];
        // The period is among the distances to the same line; the shortest that hides most.
        let best = later
            .iter()
            .take(CANDIDATES)
            .map(|place| place - begin)
            .map(|length| (length, times_repeated(lines, begin, length)))
            .filter(|(length, times)| length * times >= FEW)
            .max_by_key(|(length, times)| (length * times, std::cmp::Reverse(*length)));
        if let Some((length, times)) = best {
            found.push(Repetition { begin: begin + length, length, times });
            begin += length * (times + 1);
        } else {
            begin += 1;
        }
    }
    found
}

/// How often lines follow that are the same as `length` from a place on.
fn times_repeated(lines: &[String], begin: usize, length: usize) -> usize {
    let (first, rest) = lines[begin..].split_at(length);
    rest.chunks(length).take_while(|chunk| *chunk == first).count()
}
