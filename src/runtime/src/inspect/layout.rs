//! Where lines are broken.

use super::{ENOUGH, Inspector};

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
        let count = entries.len();
        let entries = match kind {
            Entries::Elements { numbers } if count > 6 => self.group(entries, numbers),
            _ => entries,
        };
        let base = if base.is_empty() { base } else { base + " " };
        let text = if self.current_depth < depth + self.options.compact
            && entries.len() == count
            && self.fits(&entries, &open, &base)
        {
            format!("{base}{open} {} {close}", entries.join(", "))
        } else {
            let line = format!("\n{}", " ".repeat(self.indentation));
            let separator = format!(",{line}  ");
            format!("{base}{open}{line}  {}{line}{close}", entries.join(&separator))
        };
        self.budget += text.len();
        if self.budget > ENOUGH {
            self.options.depth = Some(0);
        }
        text
    }

    /// Whether entries fit into a line.
    fn fits(&self, entries: &[String], open: &str, base: &str) -> bool {
        /// So much room is kept for what stands beside the object.
        const MARGIN: usize = 10;
        let start =
            entries.len() + self.indentation + width(open) + width(base).saturating_sub(1) + MARGIN;
        let total: usize = entries.iter().map(|entry| width(entry)).sum();
        total + entries.len() + start <= self.options.break_length
            && !base.contains('\n')
            && !entries.iter().any(|entry| entry.contains('\n'))
    }

    /// Puts short elements side by side, in columns.
    fn group(&self, entries: Vec<String>, numbers: bool) -> Vec<String> {
        /// Columns are separated by a comma and a space.
        const SEPARATOR: usize = 2;
        /// A character is about so many times as high as it is wide.
        const HEIGHT: f64 = 2.5;
        const MOST_COLUMNS: usize = 15;
        // The last entry says how many are not shown.
        let left_out = usize::from(entries.len() > self.options.max_array_length);
        let (elements, rest) = entries.split_at(entries.len() - left_out);
        let widths: Vec<usize> = elements.iter().map(|element| columns_of(element)).collect();
        let widest = widths.iter().copied().max().unwrap_or(0);
        let total: usize = widths.iter().map(|width| width + SEPARATOR).sum();
        let column = widest + SEPARATOR;
        let three_fit = column * 3 + self.indentation < self.options.break_length;
        if !three_fit || (total as f64 / column as f64 <= 5.0 && widest > 6) {
            return entries;
        }
        let bias = (column as f64 - total as f64 / entries.len() as f64).sqrt();
        let biased = (column as f64 - 3.0 - bias).max(1.0);
        // About as high as wide.
        let square = ((HEIGHT * biased * elements.len() as f64).sqrt() / biased).round() as usize;
        let columns = square
            .min(self.options.break_length.saturating_sub(self.indentation) / column)
            .min(self.options.compact * 4)
            .min(MOST_COLUMNS);
        if columns <= 1 {
            return entries;
        }
        let column_widths: Vec<usize> = (0..columns)
            .map(|column| widths.iter().skip(column).step_by(columns).copied().max().unwrap_or(0))
            .collect();
        let mut lines: Vec<String> = Vec::new();
        for (row, row_widths) in elements.chunks(columns).zip(widths.chunks(columns)) {
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

/// The number of UTF-16 units.
fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// The number of columns in a terminal; wide characters take two.
fn columns_of(text: &str) -> usize {
    let columns = |c: char| match u32::from(c) {
        0x300..=0x36F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF => 2,
        0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1FAFF => 2,
        0x20000..=0x3FFFD => 2,
        _ => 1,
    };
    if text.is_ascii() { text.len() } else { text.chars().map(columns).sum() }
}
