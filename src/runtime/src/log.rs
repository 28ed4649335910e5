//! What native code tells operators, when they ask: `AXIL_LOG=http,net=trace`.
//!
//! A section by its name tells what happens (`info`), with `=trace` each step, with
//! `=error` only what goes wrong; `all` means every section. Each line goes to the standard
//! error stream as one piece:
//!
//! ```text
//! axil 4711 http info: connection 0: opened
//! ```
//!
//! What nobody has asked for costs a look at one byte.

use std::fmt::Arguments;
use std::io::Write as _;
use std::sync::atomic::{AtomicU8, Ordering};

/// How much is told: each level tells what those before it tell, too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// What goes wrong.
    Error = 1,
    /// What begins and ends.
    Info,
    /// Each step.
    Trace,
}

/// What is told of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
    /// Connections, requests and refusals of http servers.
    Http,
    /// Sockets that listen and that connect.
    Net,
}

const SECTIONS: [(&str, Section); 2] = [("http", Section::Http), ("net", Section::Net)];
const LEVELS: [(&str, Level); 3] =
    [("error", Level::Error), ("info", Level::Info), ("trace", Level::Trace)];

/// The level of each section; 0 tells nothing.
static WANTED: [AtomicU8; SECTIONS.len()] = [const { AtomicU8::new(0) }; SECTIONS.len()];

/// Reads `AXIL_LOG`. What it does not know is said, and passed over.
pub(crate) fn install() {
    let Some(text) = std::env::var_os("AXIL_LOG") else { return };
    for (sections, level) in parse(&text.to_string_lossy()).unwrap_or_else(|unknown| {
        eprintln!("axil: AXIL_LOG: {unknown:?} is no section (all, http, net) with a level (error, info, trace)");
        Vec::new()
    }) {
        for section in sections {
            WANTED[section as usize].store(level as u8, Ordering::Relaxed);
        }
    }
}

/// Which sections are to have which level; the item that is none, as an error.
fn parse(text: &str) -> Result<Vec<(Vec<Section>, Level)>, &str> {
    let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
    items.map(|item| meaning(item).ok_or(item)).collect()
}

fn meaning(item: &str) -> Option<(Vec<Section>, Level)> {
    let (name, level) = item.split_once('=').unwrap_or((item, "info"));
    let level = LEVELS.iter().find(|(known, _)| *known == level)?.1;
    let meant = SECTIONS.iter().filter(|(known, _)| name == "all" || name == *known);
    let sections: Vec<Section> = meant.map(|(_, section)| *section).collect();
    (!sections.is_empty()).then_some((sections, level))
}

/// Whether somebody wants to be told of a section so much.
#[inline]
pub fn is_on(section: Section, level: Level) -> bool {
    WANTED[section as usize].load(Ordering::Relaxed) >= level as u8
}

/// Tells something; use `log!`, which looks first whether anybody listens.
#[cold]
pub fn write(section: Section, level: Level, what: Arguments<'_>) {
    let section = SECTIONS[section as usize].0;
    let level = LEVELS[level as usize - 1].0;
    let line = format!("axil {} {section} {level}: {what}\n", std::process::id());
    // Where nobody can be told there is nothing to be done about it.
    let _ = std::io::stderr().write_all(line.as_bytes());
}

/// Tells something of a section, if somebody wants to know: `log!(Http, Info, "…", …)`.
macro_rules! log {
    ($section:ident, $level:ident, $($what:tt)+) => {
        if $crate::log::is_on($crate::log::Section::$section, $crate::log::Level::$level) {
            $crate::log::write(
                $crate::log::Section::$section,
                $crate::log::Level::$level,
                format_args!($($what)+),
            );
        }
    };
}

pub(crate) use log;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_have_levels() {
        assert_eq!(parse("http"), Ok(vec![(vec![Section::Http], Level::Info)]));
        assert_eq!(
            parse(" net=trace, all=error,"),
            Ok(vec![
                (vec![Section::Net], Level::Trace),
                (vec![Section::Http, Section::Net], Level::Error)
            ])
        );
        assert_eq!(parse("http,dns"), Err("dns"));
        assert_eq!(parse("http=loud"), Err("http=loud"));
    }
}
