//! What is wrong with a source text, and how people are shown it.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::source::{Source, Span};

/// The constructor of the exception a fault is thrown as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorKind {
    /// `SyntaxError`: the text is no program.
    SyntaxError,
    /// `RangeError`: the text is larger than this implementation takes.
    RangeError,
}

impl ErrorKind {
    /// The constructor's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SyntaxError => "SyntaxError",
            Self::RangeError => "RangeError",
        }
    }
}

/// One fault of a source text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// What it is thrown as.
    pub kind: ErrorKind,
    /// The message, in V8's words where V8 has some.
    pub message: String,
    /// The place.
    pub span: Span,
    /// Other places that explain it, each with a few words.
    pub labels: Vec<(Span, String)>,
    /// What would be right.
    pub help: Option<String>,
}

/// The error type of the grammar's actions: boxed, so that results stay small.
pub(crate) type Fault = Box<Diagnostic>;

impl Diagnostic {
    /// A syntax error.
    pub(crate) fn syntax(span: Span, message: impl Into<String>) -> Fault {
        Box::new(Self {
            kind: ErrorKind::SyntaxError,
            message: message.into(),
            span,
            labels: Vec::new(),
            help: None,
        })
    }

    /// A refusal of what this implementation cannot hold.
    pub(crate) fn range(span: Span, message: impl Into<String>) -> Fault {
        Box::new(Self { kind: ErrorKind::RangeError, ..*Self::syntax(span, message) })
    }

    /// Adds a place that explains the fault.
    pub(crate) fn label(mut self: Box<Self>, span: Span, text: impl Into<String>) -> Box<Self> {
        self.labels.push((span, text.into()));
        self
    }

    /// Says what would be right.
    pub(crate) fn help(mut self: Box<Self>, text: impl Into<String>) -> Box<Self> {
        self.help = Some(text.into());
        self
    }

    /// The fault as people read it: message, file, line and column, the line of
    /// source text with a caret, labels and help. Ends with a line feed.
    ///
    /// Columns count UTF-16 code units from 1, as in a stack trace.
    #[must_use]
    pub fn render(&self, source: &Source, color: bool) -> String {
        let excerpt = Excerpt::around(source, self);
        let mut snippet = Snippet::source(excerpt.text.as_str())
            .path(source.name())
            .line_start(excerpt.first_line as usize)
            .fold(true)
            .annotation(AnnotationKind::Primary.span(excerpt.range(self.span)));
        for (span, text) in self.labels.iter().filter(|(span, _)| excerpt.shows(*span)) {
            let annotation = AnnotationKind::Context.span(excerpt.range(*span));
            snippet = snippet.annotation(annotation.label(text.as_str()));
        }
        let title = Level::ERROR.with_name(self.kind.as_str()).primary_title(self.message.as_str());
        let mut group = title.element(snippet);
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let report: [Group<'_>; 1] = [group];
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let mut text = renderer.render(&report);
        text.push('\n');
        let position = source.position(self.span.start);
        let place = format!("{}:{}:{}", source.name(), position.line, position.column + 1);
        with_place(&text, source.name(), &place)
    }
}

/// The report with the place put right: the renderer counts characters from the
/// beginning of the excerpt.
fn with_place(report: &str, name: &str, place: &str) -> String {
    let found = report.find("--> ").and_then(|arrow| {
        let name = arrow + report[arrow..].find(name)?;
        let end = name + report[name..].find('\n')?;
        Some((name, end))
    });
    match found {
        Some((start, end)) => format!("{}{place}{}", &report[..start], &report[end..]),
        None => report.to_owned(),
    }
}

/// The lines of a source text that a diagnostic shows.
struct Excerpt {
    text: String,
    first_line: u32,
    start: u32,
    end: u32,
}

impl Excerpt {
    /// The longest line shown whole; minified files have lines of megabytes.
    const WIDTH: u32 = 200;

    fn around(source: &Source, diagnostic: &Diagnostic) -> Self {
        // A label in the same line of a minified file may be a megabyte away.
        let near = |span: &&Span| {
            span.start.abs_diff(diagnostic.span.start) <= Self::WIDTH
                || source.position(span.start).line != source.position(diagnostic.span.start).line
        };
        let labels = diagnostic.labels.iter().map(|(span, _)| span).filter(near);
        let spans: Vec<Span> = std::iter::once(&diagnostic.span).chain(labels).copied().collect();
        let first = spans.iter().map(|span| span.start).min().unwrap_or(0);
        let last = spans.iter().map(|span| span.end).max().unwrap_or(0);
        let starts = source.line_starts();
        let len = u32::try_from(source.text().len()).unwrap_or(u32::MAX);
        let line_of = |offset: u32| starts.partition_point(|&start| start <= offset) - 1;
        let (first_line, last_line) = (line_of(first), line_of(last));
        let mut start = starts[first_line];
        let mut end = starts.get(last_line + 1).copied().unwrap_or(len);
        if first_line == last_line && end - start > Self::WIDTH {
            start = start.max(first.saturating_sub(Self::WIDTH / 2));
            end = end.min(last.saturating_add(Self::WIDTH / 2));
            // Cut between characters.
            while start > 0 && source.text()[start as usize] & 0xC0 == 0x80 {
                start -= 1;
            }
            while (end as usize) < source.text().len() && source.text()[end as usize] & 0xC0 == 0x80
            {
                end += 1;
            }
        }
        Self {
            text: source.display(Span::new(start, end.max(start))).into_owned(),
            first_line: source.position(start).line,
            start,
            end,
        }
    }

    fn shows(&self, span: Span) -> bool {
        self.start <= span.start && span.end <= self.end
    }

    fn range(&self, span: Span) -> std::ops::Range<usize> {
        let at = |offset: u32| {
            let mut at = (offset.saturating_sub(self.start) as usize).min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        at(span.start)..at(span.end)
    }
}

/// The faults of a source text, at least one. The first is the one a program
/// sees when it catches the exception.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// The fault a program sees.
    #[must_use]
    pub fn first(&self) -> &Diagnostic {
        &self.0[0]
    }

    /// All faults, in the order they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    pub(crate) fn new(faults: Vec<Diagnostic>) -> Option<Self> {
        (!faults.is_empty()).then_some(Self(faults))
    }
}

impl From<Fault> for Diagnostics {
    fn from(fault: Fault) -> Self {
        Self(vec![*fault])
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'d> IntoIterator for &'d Diagnostics {
    type Item = &'d Diagnostic;
    type IntoIter = std::slice::Iter<'d, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl std::fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let first = self.first();
        write!(f, "{}: {}", first.kind.as_str(), first.message)
    }
}

impl std::error::Error for Diagnostics {}
