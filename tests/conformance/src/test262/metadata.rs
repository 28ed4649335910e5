//! The comment at the head of a test: what it needs and how it must end.

/// What the front matter of a test says, as far as it matters here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    /// `negative`: the error the test must end with.
    pub negative: Option<Negative>,
    /// `features`: what the test needs beyond the core.
    pub features: Vec<String>,
    /// `flags`
    pub flags: Vec<String>,
    /// `includes`: the files of the harness that it needs beside the usual ones.
    pub includes: Vec<String>,
}

/// The error that a test must end with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Negative {
    /// `parse`, `resolution` or `runtime`.
    pub phase: String,
    /// The name of the error's constructor.
    pub kind: String,
}

impl Metadata {
    /// Reads the front matter of `source`.
    pub fn of(source: &str) -> Self {
        let mut metadata = Self::default();
        for (key, values) in entries(front_matter(source)) {
            match key.as_str() {
                "features" => metadata.features = values,
                "flags" => metadata.flags = values,
                "includes" => metadata.includes = values,
                "negative" => {
                    let field = |name: &str| {
                        let found = values.iter().find_map(|line| line.strip_prefix(name));
                        found.unwrap_or_default().trim().to_owned()
                    };
                    let (phase, kind) = (field("phase:"), field("type:"));
                    metadata.negative = Some(Negative { phase, kind });
                }
                _ => {}
            }
        }
        metadata
    }

    /// Whether the test bears this flag.
    pub fn flag(&self, name: &str) -> bool {
        self.flags.iter().any(|flag| flag == name)
    }
}

fn front_matter(source: &str) -> &str {
    let after = source.split_once("/*---").map_or("", |(_, rest)| rest);
    after.split_once("---*/").map_or("", |(inside, _)| inside)
}

/// The top-level keys of a YAML mapping with their values: the elements of a
/// list in either notation, the lines of anything else.
fn entries(yaml: &str) -> Vec<(String, Vec<String>)> {
    let mut entries: Vec<(String, Vec<String>)> = Vec::new();
    // Line ends are of all kinds, for some tests are about them.
    for line in yaml.split(['\n', '\r']) {
        let indented = line.starts_with([' ', '\t']) || line.starts_with('-');
        let value = match line.split_once(':') {
            Some((key, value)) if !indented => {
                entries.push((key.to_owned(), Vec::new()));
                value
            }
            _ => line,
        };
        let Some((_, values)) = entries.last_mut() else { continue };
        let value = value.trim();
        let list = value.starts_with('[') || value.ends_with(']');
        for element in value.split(if list { ',' } else { '\n' }) {
            let element = element.trim_matches(['[', ']', ' ']);
            let element = element.strip_prefix("- ").unwrap_or(element).trim();
            if !element.is_empty() {
                values.push(element.to_owned());
            }
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, features: &[&str], flags: &[&str], negative: Option<(&str, &str)>) {
        let strings = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let negative = negative
            .map(|(phase, kind)| Negative { phase: phase.to_owned(), kind: kind.to_owned() });
        let expected = Metadata {
            negative,
            features: strings(features),
            flags: strings(flags),
            ..Metadata::default()
        };
        assert_eq!(Metadata::of(source), expected);
    }

    #[test]
    fn lists_in_both_notations() {
        check("/*---\nflags: [module, async]\n---*/", &[], &["module", "async"], None);
        check("/*---\nfeatures:\n  - a\n  - b\nes6id: 1\n---*/", &["a", "b"], &[], None);
        check("/*---\nfeatures:\n- a\n- b\n---*/", &["a", "b"], &[], None);
    }

    #[test]
    fn negative() {
        let source = "/*---\ndescription: >\n  phase: of the moon\nnegative:\n  phase: parse\n  \
                      type: SyntaxError\n---*/\n$DONOTEVALUATE();";
        check(source, &[], &[], Some(("parse", "SyntaxError")));
    }

    #[test]
    fn other_line_ends_and_absence() {
        check("/*---\r\nflags: [raw]\r\n---*/", &[], &["raw"], None);
        check("var a;", &[], &[], None);
    }
}
