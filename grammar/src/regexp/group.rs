//! Groups and lookarounds: what follows `(` (ECMA-262 §22.2.1, `Assertion` and
//! `Atom`).

use super::builder::{Builder, Group};
use super::error::{Rule, Validated};
use super::pattern::{Term, Validator};

/// A `Disjunction` whose end is not reached yet: of a group, of a lookaround,
/// or the whole pattern's.
#[derive(Clone, Copy, Default)]
pub(super) struct OpenGroup {
    /// What kind of term the group is once it is closed.
    term: Term,
    /// The byte offset of its parenthesis.
    start: usize,
    /// The byte offset at which its `Disjunction` begins.
    disjunction: usize,
    /// The byte offset at which its latest `Alternative` begins.
    alternative: usize,
    /// Whether an earlier group of the same name might take part in a match with
    /// this one.
    has_duplicate_name: bool,
}

impl OpenGroup {
    /// Notes the `|` before the byte offset `at`.
    pub(super) fn begin_alternative(&mut self, at: usize) {
        self.alternative = at;
    }
}

impl<B: Builder> Validator<'_, '_, B> {
    /// The text from `(` to where the `Disjunction` of the group begins.
    pub(super) fn open_group(&mut self) -> Validated<()> {
        let mut group = OpenGroup { start: self.cursor.at(), ..OpenGroup::default() };
        self.cursor.bump();
        if self.cursor.eat(b'?') {
            self.extended_group(&mut group)?;
        } else {
            self.builder.open(Group::Capturing);
        }
        group.disjunction = self.cursor.at();
        group.alternative = self.cursor.at();
        self.outer_groups.push(std::mem::replace(&mut self.group, group));
        Ok(())
    }

    /// What follows `(?`.
    fn extended_group(&mut self, group: &mut OpenGroup) -> Validated<()> {
        match self.cursor.bump() {
            Some(b':') => self.builder.open(Group::Plain),
            Some(sign @ (b'=' | b'!')) => {
                self.builder.open(Group::Look { is_behind: false, is_negated: sign == b'!' });
                // Annex B has QuantifiableAssertion: a lookahead may be repeated.
                group.term = if self.unicode_mode { Term::Lookaround } else { Term::Atom };
            }
            Some(b'<') if matches!(self.cursor.peek(), Some(b'=' | b'!')) => {
                let is_negated = self.cursor.bump() == Some(b'!');
                self.builder.open(Group::Look { is_behind: true, is_negated });
                group.term = Term::Lookaround;
            }
            Some(b'<') => group.has_duplicate_name = self.group_specifier()?,
            Some(b'i' | b'm' | b's' | b'-') => self.modifiers(group.start)?,
            _ => return Err(Rule::InvalidGroup.at(group.start)),
        }
        Ok(())
    }

    /// `RegularExpressionModifiers`, up to the colon. No modifier may occur
    /// twice, on either side of the dash, and one at least has to occur.
    fn modifiers(&mut self, at: usize) -> Validated<()> {
        let first = at + "(?".len();
        self.cursor.rewind(first);
        loop {
            let modifier = self.cursor.at();
            let earlier = self.cursor.since(first);
            match self.cursor.bump() {
                Some(byte @ (b'i' | b'm' | b's' | b'-')) if earlier.contains(&byte) => {
                    let rule = if byte == b'-' { Rule::MultipleDashes } else { Rule::RepeatedFlag };
                    return Err(rule.at(modifier));
                }
                Some(b'i' | b'm' | b's' | b'-') => {}
                Some(b':') if earlier == b"-" => return Err(Rule::InvalidFlagGroup.at(at)),
                Some(b':') => {
                    let dash = earlier.iter().position(|&byte| byte == b'-');
                    let add = &earlier[..dash.unwrap_or(earlier.len())];
                    let remove = dash.map_or(&[][..], |dash| &earlier[dash + 1..]);
                    self.builder.open(Group::Modifiers { add, remove });
                    return Ok(());
                }
                _ => return Err(Rule::InvalidGroup.at(at)),
            }
        }
    }

    /// The `)` of the innermost group, and what kind of term that was.
    pub(super) fn close_group(&mut self) -> Validated<Term> {
        let at = self.cursor.at();
        let Some(outer) = self.outer_groups.pop() else {
            return Err(Rule::UnmatchedParen.at(at));
        };
        self.cursor.bump();
        self.builder.close();
        let group = std::mem::replace(&mut self.group, outer);
        if group.has_duplicate_name {
            return Err(Rule::DuplicateCaptureGroupName.at(group.start + "(?<".len()));
        }
        Ok(group.term)
    }

    /// The fault of a group that is open at the end of the pattern.
    pub(super) fn check_groups_closed(&self) -> Validated<()> {
        if self.outer_groups.is_empty() {
            return Ok(());
        }
        Err(Rule::UnterminatedGroup.at(self.group.start))
    }

    /// Whether the group whose name stands at the byte offset `earlier` might
    /// take part in a match together with a group at the cursor (§22.2.1.4,
    /// `MightBothParticipate`): not if they are in different alternatives of one
    /// `Disjunction`.
    pub(super) fn might_both_participate(&self, earlier: usize) -> bool {
        // Closed groups do not matter: the cursor is outside them. Of the open
        // ones, the innermost around both decides, since the earlier group is
        // in the latest alternative of each one further out.
        let around_both = if self.group.disjunction <= earlier {
            self.group
        } else {
            let outer = self.outer_groups.as_slice();
            let count = outer.partition_point(|group| group.disjunction <= earlier);
            outer[..count].last().copied().unwrap_or_default()
        };
        around_both.alternative <= earlier
    }

    /// What the whole pattern has in groups.
    pub(super) fn census(&mut self) -> Census {
        let pattern = self.cursor.pattern();
        let classes_nest = self.unicode_sets_mode;
        *self.census.get_or_insert_with(|| Census::take(pattern, classes_nest))
    }
}

/// Facts about the whole pattern that its escapes depend on.
#[derive(Clone, Copy)]
pub(super) struct Census {
    /// `CountLeftCapturingParensWithin` the pattern (§22.2.1.2).
    pub(super) capturing_groups: usize,
    /// Whether a group has a name, which gives an Annex B pattern
    /// `[+NamedCaptureGroups]`.
    pub(super) has_named_groups: bool,
}

impl Census {
    /// Reads over a pattern that need not be valid.
    fn take(pattern: &[u8], classes_nest: bool) -> Self {
        let mut census = Self { capturing_groups: 0, has_named_groups: false };
        let mut open_classes = 0_usize;
        let mut bytes = pattern.iter();
        while let Some(byte) = bytes.next() {
            match byte {
                b'\\' => {
                    bytes.next();
                }
                b'[' if classes_nest || open_classes == 0 => open_classes += 1,
                b']' => open_classes = open_classes.saturating_sub(1),
                b'(' if open_classes == 0 => match bytes.as_slice() {
                    [b'?', b'<', b'=' | b'!', ..] => {}
                    [b'?', b'<', ..] => {
                        census.has_named_groups = true;
                        census.capturing_groups += 1;
                    }
                    [b'?', ..] => {}
                    _ => census.capturing_groups += 1,
                },
                _ => {}
            }
        }
        census
    }
}
