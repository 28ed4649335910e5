//! Where lines are broken.

use super::width::{columns, units};
use super::{Compact, Inspector};

/// What the entries between two braces are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Entries {
    /// Properties.
    Properties,
    /// Elements of an array, maybe with properties after them; whether all are numbers.
    Elements { numbers: bool },
}

/// An object's text before it is put together.
pub(super) struct Parts {
    /// What stands before the opening brace.
    pub(super) base: String,
    /// The braces, the first with what belongs to it.
    pub(super) braces: [String; 2],
    pub(super) entries: Vec<String>,
    pub(super) kind: Entries,
}

impl Inspector<'_> {
    /// Puts an object's text together: on one line if it fits and not too many levels
    /// share the line, else an entry a line.
    pub(super) fn join(&mut self, parts: Parts, depth: usize) -> String {
        let Parts { base, braces: [open, close], entries, kind } = parts;
        let compact = self.request.options.compact;
        if compact == Compact::Always {
            return self.join_compactly(&base, &open, &close, &entries);
        }
        let count = entries.len();
        let mut entries = entries;
        let space = if base.is_empty() { "" } else { " " };
        if let Compact::Levels(levels) = compact
            && levels >= 1.0
        {
            if let Entries::Elements { numbers } = kind
                && count > 6
            {
                entries = self.group(entries, numbers, levels);
            }
            if (self.current_depth as f64 - depth as f64) < levels && entries.len() == count {
                let start = entries.len() + self.indentation + units(&open) + units(&base) + MARGIN;
                if self.fits(&entries, start, &base)
                    && !entries.iter().any(|entry| entry.contains('\n'))
                {
                    return format!("{base}{space}{open} {} {close}", entries.join(", "));
                }
            }
        }
        let line = format!("\n{}", " ".repeat(self.indentation));
        let separator = format!(",{line}  ");
        format!("{base}{space}{open}{line}  {}{line}{close}", entries.join(&separator))
    }

    /// The form with `compact: true`: the first entry stands beside the brace.
    fn join_compactly(&self, base: &str, open: &str, close: &str, entries: &[String]) -> String {
        let base_after = if base.is_empty() { String::new() } else { format!(" {base}") };
        if self.fits(entries, 0, base) {
            return format!("{open}{base_after} {} {close}", entries.join(", "));
        }
        let line = format!("\n{}", " ".repeat(self.indentation));
        // A long beginning stands alone, so that entries are below each other.
        let begin = if base.is_empty() && open.len() == 1 {
            " ".to_owned()
        } else {
            format!("{base_after}{line}  ")
        };
        format!("{open}{begin}{} {close}", entries.join(&format!(",{line}  ")))
    }

    /// Whether entries fit into a line of which so much is taken.
    fn fits(&self, entries: &[String], start: usize, base: &str) -> bool {
        let total: usize = entries.iter().map(|entry| units(&self.visible(entry))).sum();
        (total + entries.len() + start) as f64 <= self.request.options.break_length
            && !base.contains('\n')
    }

    /// Puts short elements side by side, in columns.
    fn group(&self, entries: Vec<String>, numbers: bool, levels: f64) -> Vec<String> {
        /// Columns are separated by a comma and a space.
        const SEPARATOR: usize = 2;
        /// A character is about so many times as high as it is wide.
        const HEIGHT: f64 = 2.5;
        const MOST_COLUMNS: f64 = 15.0;
        // The last entry says how many are not shown.
        let is_cut = (entries.len() as f64) > self.request.options.max_array_length;
        let (elements, rest) = entries.split_at(entries.len() - usize::from(is_cut));
        let widths: Vec<usize> =
            elements.iter().map(|element| columns(&self.visible(element))).collect();
        let widest = widths.iter().copied().max().unwrap_or(0);
        let total: usize = widths.iter().map(|width| width + SEPARATOR).sum();
        let column = widest + SEPARATOR;
        let break_length = self.request.options.break_length;
        let three_fit = ((column * 3 + self.indentation) as f64) < break_length;
        if !three_fit || (total as f64 / column as f64 <= 5.0 && widest > 6) {
            return entries;
        }
        let bias = (column as f64 - total as f64 / entries.len() as f64).sqrt();
        let biased = (column as f64 - 3.0 - bias).max(1.0);
        // About as high as wide.
        let square = ((HEIGHT * biased * elements.len() as f64).sqrt() / biased).round();
        let count = square
            .min(((break_length - self.indentation as f64) / column as f64).floor())
            .min(levels * 4.0)
            .min(MOST_COLUMNS);
        if count <= 1.0 {
            return entries;
        }
        let count = count as usize;
        let column_widths: Vec<usize> = (0..count)
            .map(|column| widths.iter().skip(column).step_by(count).copied().max().unwrap_or(0))
            .collect();
        let mut lines: Vec<String> = Vec::new();
        for (row, row_widths) in elements.chunks(count).zip(widths.chunks(count)) {
            let mut line = String::new();
            for (index, (element, width)) in row.iter().zip(row_widths).enumerate() {
                let padding = " ".repeat(column_widths[index].saturating_sub(*width));
                let is_last = index + 1 == row.len();
                if numbers {
                    line.push_str(&padding);
                }
                line.push_str(element);
                if !is_last {
                    line.push_str(", ");
                    if !numbers {
                        line.push_str(&padding);
                    }
                }
            }
            lines.push(line);
        }
        lines.extend(rest.iter().cloned());
        lines
    }
}

/// So much room is kept for what stands beside the object.
const MARGIN: usize = 10;
