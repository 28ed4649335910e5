//! The options of Node.js: which there are, and what a program was called with.
//!
//! <https://nodejs.org/api/cli.html>

use std::collections::BTreeMap;

/// What an option takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Nothing; `--no-…` turns it off.
    Flag,
    /// The same, and it is on unless it is turned off.
    On,
    /// A text, of which the last one counts.
    Text,
    /// A whole number, of which the last one counts.
    Number,
    /// A text, of which all count.
    List,
    /// It is Node.js's, and not built here.
    Missing,
}

/// Where an option may stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// In the command line and in `NODE_OPTIONS`.
    Anywhere,
    /// In the command line.
    Arguments,
}

/// A row: the option's name without dashes, what it takes, and where it may stand.
pub type Row = (&'static str, Kind, Place);

use Kind::{Flag, List, Missing, Number, On, Text};
use Place::{Anywhere, Arguments};

/// Those that have one letter, too.
const LETTERS: &[(&str, &str)] = &[("C", "conditions"), ("r", "require")];

/// All of them, in the order of names. Those that begin with `experimental-` are taken
/// without being looked at.
pub const ROWS: &[Row] = &[
    ("abort-on-uncaught-exception", Flag, Anywhere),
    ("addons", On, Anywhere),
    ("allow-natives-syntax", Missing, Arguments),
    ("async-context-frame", On, Anywhere),
    ("build-sea", Missing, Arguments),
    ("build-snapshot", Missing, Arguments),
    ("conditions", List, Anywhere),
    ("cpu-prof", Missing, Anywhere),
    ("deprecation", On, Anywhere),
    ("diagnostic-dir", Text, Anywhere),
    ("disable-proto", Text, Anywhere),
    ("disable-sigusr1", Flag, Anywhere),
    ("disable-warning", List, Anywhere),
    ("disable-wasm-trap-handler", Flag, Anywhere),
    ("disallow-code-generation-from-strings", Missing, Anywhere),
    ("dns-result-order", Text, Anywhere),
    ("enable-source-maps", Flag, Anywhere),
    ("env-file", List, Arguments),
    ("env-file-if-exists", List, Arguments),
    ("expose-gc", Flag, Anywhere),
    ("extra-info-on-fatal-exception", On, Anywhere),
    ("force-context-aware", Flag, Anywhere),
    ("force-node-api-uncaught-exceptions-policy", Flag, Anywhere),
    ("frozen-intrinsics", Missing, Anywhere),
    ("global-search-paths", On, Anywhere),
    ("heap-prof", Missing, Anywhere),
    ("icu-data-dir", Text, Anywhere),
    ("import", List, Anywhere),
    ("input-type", Text, Anywhere),
    ("insecure-http-parser", Flag, Anywhere),
    ("inspect", Missing, Anywhere),
    ("inspect-brk", Missing, Anywhere),
    ("inspect-port", Text, Anywhere),
    ("inspect-publish-uid", Text, Anywhere),
    ("inspect-wait", Missing, Anywhere),
    ("interactive", Missing, Arguments),
    ("interpreted-frames-native-stack", Flag, Anywhere),
    ("jitless", Flag, Anywhere),
    ("loader", Missing, Anywhere),
    ("localstorage-file", Missing, Anywhere),
    ("max-heap-size", Number, Anywhere),
    ("max-http-header-size", Number, Anywhere),
    ("max-old-space-size", Number, Anywhere),
    ("max-semi-space-size", Number, Anywhere),
    ("network-family-autoselection", On, Anywhere),
    ("network-family-autoselection-attempt-timeout", Number, Anywhere),
    ("node-snapshot", On, Anywhere),
    ("openssl-config", Text, Anywhere),
    ("openssl-legacy-provider", Flag, Anywhere),
    ("openssl-shared-config", Flag, Anywhere),
    ("pending-deprecation", Flag, Anywhere),
    ("permission", Missing, Anywhere),
    ("preserve-symlinks", Flag, Anywhere),
    ("preserve-symlinks-main", Flag, Anywhere),
    ("prof", Missing, Arguments),
    ("redirect-warnings", Text, Anywhere),
    ("report-on-fatalerror", Missing, Anywhere),
    ("report-on-signal", Missing, Anywhere),
    ("report-uncaught-exception", Missing, Anywhere),
    ("require", List, Anywhere),
    ("require-module", On, Anywhere),
    ("run", Missing, Arguments),
    ("secure-heap", Number, Anywhere),
    ("secure-heap-min", Number, Anywhere),
    ("snapshot-blob", Missing, Anywhere),
    ("stack-size", Number, Arguments),
    ("stack-trace-limit", Number, Anywhere),
    ("strip-types", On, Anywhere),
    ("test", Flag, Arguments),
    ("test-concurrency", Number, Anywhere),
    ("test-force-exit", Flag, Anywhere),
    ("test-global-setup", Text, Anywhere),
    ("test-isolation", Text, Anywhere),
    ("test-name-pattern", List, Anywhere),
    ("test-only", Flag, Anywhere),
    ("test-reporter", List, Anywhere),
    ("test-reporter-destination", List, Anywhere),
    ("test-rerun-failures", Text, Anywhere),
    ("test-shard", Text, Anywhere),
    ("test-skip-pattern", List, Anywhere),
    ("test-timeout", Number, Anywhere),
    ("test-update-snapshots", Flag, Anywhere),
    ("throw-deprecation", Flag, Anywhere),
    ("title", Text, Anywhere),
    ("tls-cipher-list", Text, Anywhere),
    ("tls-keylog", Text, Anywhere),
    ("tls-max-v1.2", Flag, Anywhere),
    ("tls-max-v1.3", Flag, Anywhere),
    ("tls-min-v1.0", Flag, Anywhere),
    ("tls-min-v1.1", Flag, Anywhere),
    ("tls-min-v1.2", Flag, Anywhere),
    ("tls-min-v1.3", Flag, Anywhere),
    ("trace-deprecation", Flag, Anywhere),
    ("trace-event-categories", Missing, Anywhere),
    ("trace-exit", Flag, Anywhere),
    ("trace-require-module", Text, Anywhere),
    ("trace-sigint", Flag, Anywhere),
    ("trace-sync-io", Flag, Anywhere),
    ("trace-tls", Flag, Anywhere),
    ("trace-uncaught", Flag, Anywhere),
    ("trace-warnings", Flag, Anywhere),
    ("track-heap-objects", Flag, Anywhere),
    ("unhandled-rejections", Text, Anywhere),
    ("use-bundled-ca", Flag, Anywhere),
    ("use-env-proxy", Flag, Anywhere),
    ("use-openssl-ca", Flag, Anywhere),
    ("use-system-ca", Flag, Anywhere),
    ("v8-options", Missing, Arguments),
    ("v8-pool-size", Number, Anywhere),
    ("verify-base-objects", Flag, Anywhere),
    ("warnings", On, Anywhere),
    ("watch", Missing, Anywhere),
    ("watch-path", Missing, Anywhere),
    ("zero-fill-buffers", Flag, Anywhere),
];

/// What options may be beside the ones that are listed.
const EXPERIMENTAL: &str = "experimental-";

/// Options of this kind that hook into loading: it would matter that they are not there.
const NOT_TAKEN: &[&str] = &[
    "experimental-loader",
    "experimental-config-file",
    "experimental-default-config-file",
    "experimental-sea-config",
    "experimental-shadow-realm",
    "experimental-wasm-modules",
    "experimental-test-coverage",
    "experimental-vm-modules",
];

/// What an option was given.
#[derive(Clone, PartialEq, Debug)]
enum Given {
    Flag(bool),
    Text(String),
    List(Vec<String>),
}

/// The options that a program was called with.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Options {
    given: BTreeMap<String, Given>,
}

/// Why an option is refused; a message as Node.js has it, without the program's name.
#[derive(Debug, PartialEq)]
pub struct Refusal(pub String);

impl Options {
    /// Whether none was given.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    /// Takes a word that begins with a dash; `next` gives the word after it.
    ///
    /// # Errors
    /// A [`Refusal`] for what is no option, or no such one.
    pub fn take(
        &mut self,
        word: &str,
        place: Place,
        mut next: impl FnMut() -> Option<String>,
    ) -> Result<(), Refusal> {
        let (shown, attached) = match word.split_once('=') {
            Some((name, value)) if word.starts_with("--") => (name, Some(value.to_owned())),
            _ => (word, None),
        };
        let unknown = || match place {
            Place::Arguments => Refusal(format!("bad option: {word}")),
            Place::Anywhere => Refusal(format!("{word} is not allowed in NODE_OPTIONS")),
        };
        let name = match shown.strip_prefix("--") {
            Some(name) => name.replace('_', "-"),
            None => {
                let letter = shown.strip_prefix('-').unwrap_or(shown);
                let known = LETTERS.iter().find(|(known, _)| *known == letter);
                known.map(|(_, name)| (*name).to_owned()).ok_or_else(unknown)?
            }
        };
        let (name, is_on) = match name.strip_prefix("no-") {
            Some(positive) if find(&name).is_none() => (positive.to_owned(), false),
            _ => (name, true),
        };
        let (kind, allowed) = find(&name).ok_or_else(unknown)?;
        if place == Place::Anywhere && allowed != Place::Anywhere {
            return Err(unknown());
        }
        let given = match kind {
            Kind::Missing => {
                return Err(Refusal(format!("{shown} is not implemented in Axil yet")));
            }
            Kind::Flag | Kind::On if attached.is_some() && !name.starts_with(EXPERIMENTAL) => {
                return Err(Refusal(format!("{shown} does not take an argument")));
            }
            Kind::Flag | Kind::On => Given::Flag(is_on),
            _ if !is_on => {
                return Err(Refusal(format!(
                    "{shown} is an invalid negation because it is not a boolean option"
                )));
            }
            Kind::Text | Kind::Number | Kind::List => {
                let value = match attached {
                    Some(value) => value,
                    None => next()
                        .filter(|value| !value.starts_with('-') || value.len() == 1)
                        .ok_or_else(|| Refusal(format!("{shown} requires an argument")))?,
                };
                let value = check(&name, kind, value)?;
                match (kind, self.given.remove(&name)) {
                    (Kind::List, Some(Given::List(mut list))) => {
                        list.push(value);
                        Given::List(list)
                    }
                    (Kind::List, _) => Given::List(vec![value]),
                    _ => Given::Text(value),
                }
            }
        };
        self.given.insert(name, given);
        Ok(())
    }

    /// Whether a flag is on.
    pub fn flag(&self, name: &str) -> bool {
        match self.given.get(name) {
            Some(Given::Flag(is_on)) => *is_on,
            _ => matches!(find(name), Some((Kind::On, _))),
        }
    }

    /// The text that an option was given.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.given.get(name) {
            Some(Given::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The number that an option was given.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// The texts that an option was given.
    pub fn list(&self, name: &str) -> &[String] {
        match self.given.get(name) {
            Some(Given::List(list)) => list,
            _ => &[],
        }
    }
}

fn find(name: &str) -> Option<(Kind, Place)> {
    if name.starts_with(EXPERIMENTAL) {
        let kind = match name {
            "experimental-detect-module" | "experimental-require-module" => Kind::On,
            name if NOT_TAKEN.contains(&name) => Kind::Missing,
            _ => Kind::Flag,
        };
        return Some((kind, Place::Anywhere));
    }
    let at = ROWS.binary_search_by_key(&name, |(name, ..)| name).ok()?;
    Some((ROWS[at].1, ROWS[at].2))
}

/// The value of an option, if it may have it.
fn check(name: &str, kind: Kind, value: String) -> Result<String, Refusal> {
    if kind == Kind::Number && value.parse::<i64>().is_err() {
        return Err(Refusal(format!("invalid value for --{name}: {value}")));
    }
    let modes: &[&str] = match name {
        "unhandled-rejections" => &["strict", "warn", "none", "throw", "warn-with-error-code"],
        "input-type" => &["module", "commonjs"],
        "disable-proto" => &["delete", "throw"],
        "trace-require-module" => &["all", "no-node-modules"],
        "dns-result-order" => &["verbatim", "ipv4first", "ipv6first"],
        _ => return Ok(value),
    };
    if modes.contains(&&*value) {
        return Ok(value);
    }
    Err(Refusal(match name {
        "input-type" if value.ends_with("-typescript") => {
            format!("--input-type={value}: TypeScript is not implemented in Axil yet")
        }
        "input-type" => "--input-type must be \"module\",\"commonjs\", \"module-typescript\" or \
                         \"commonjs-typescript\""
            .to_owned(),
        _ => format!("invalid value for --{name}"),
    }))
}

/// The words of `NODE_OPTIONS`: spaces part them, except within double quotes.
///
/// # Errors
/// A [`Refusal`] where quotes or backslashes do not end.
pub fn split(text: &str) -> Result<Vec<String>, Refusal> {
    let mut words = Vec::new();
    let (mut word, mut begun, mut quoted) = (String::new(), false, false);
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if quoted => {
                let Some(next) = letters.next() else {
                    return Err(Refusal(
                        "invalid value for NODE_OPTIONS (invalid escape)".to_owned(),
                    ));
                };
                word.push(next);
            }
            ' ' if !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            '"' => {
                quoted = !quoted;
                begun = true;
            }
            letter => {
                word.push(letter);
                begun = true;
            }
        }
    }
    if quoted {
        return Err(Refusal("invalid value for NODE_OPTIONS (unterminated string)".to_owned()));
    }
    if begun {
        words.push(word);
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(words: &[&str]) -> Result<Options, Refusal> {
        let mut options = Options::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            options.take(word, Place::Arguments, || words.next().map(|&word| word.to_owned()))?;
        }
        Ok(options)
    }

    #[test]
    fn rows_are_sorted() {
        assert!(ROWS.is_sorted_by_key(|(name, ..)| name));
    }

    #[test]
    fn options_are_taken() {
        let options = take(&["--no-warnings", "-r", "a", "--require=b", "--title", "t"]).unwrap();
        assert!(!options.flag("warnings") && options.flag("deprecation"));
        assert_eq!(options.list("require"), ["a", "b"]);
        assert_eq!(options.text("title"), Some("t"));
        assert!(take(&["--stack_trace_limit=5"]).unwrap().number("stack-trace-limit") == Some(5));
    }

    #[test]
    fn others_are_refused() {
        for (words, message) in [
            (&["--x"][..], "bad option: --x"),
            (&["-x"], "bad option: -x"),
            (&["--require"], "--require requires an argument"),
            (
                &["--no-require"],
                "--no-require is an invalid negation because it is not a boolean option",
            ),
            (&["--unhandled-rejections=x"], "invalid value for --unhandled-rejections"),
        ] {
            assert_eq!(take(words), Err(Refusal(message.to_owned())));
        }
    }

    #[test]
    fn words_are_split() {
        assert_eq!(split(r#" a  "b c"d "#).unwrap(), ["a", "b cd"]);
        assert!(split("\"a").is_err());
    }
}
