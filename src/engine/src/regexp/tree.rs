//! The tree of a pattern, made while the grammar reads it. Flags and modifiers do not
//! appear in it: what they say is settled where the leaves are made.
//!
//! Nodes lie in one vector and name each other by number, so neither making nor dropping
//! a tree recurses, however deep it is.

use std::collections::HashMap;

use axil_grammar::regexp::{
    Assertion, Builder, ClassEscape, ClassOperand, ClassOperator, Flags, Group, Quantifier,
};

use super::case_folding::Folding;
use super::class::{ClassContents, Comparison, OpenClass};
use super::code_points::CodePoints;
use super::firsts::{Facts, Firsts};
use super::properties::line_terminators;

/// The number of a node.
pub(super) type NodeId = u32;

/// Some nodes in a row: from where to where in [`Tree::lists`].
pub(super) type List = (u32, u32);

/// A part of a pattern.
#[derive(Clone, Copy, Debug)]
pub(super) enum Node {
    /// Matches where it stands, and nothing.
    Empty,
    /// A code unit, or with `u` and `v` a code point, that is itself.
    Character(u32),
    /// One character of a set.
    Set(u32),
    /// One after the other.
    Sequence(List),
    /// The first that leads to a match.
    Alternatives(List),
    /// A group that captures.
    Capture { group: u32, body: NodeId },
    /// `(?=`, `(?!`, `(?<=`, `(?<!`, with the captures within.
    Look { is_behind: bool, is_negated: bool, body: NodeId, captures: (u32, u32) },
    /// What has a quantifier, with the captures within.
    Repeat { body: NodeId, min: u32, max: Option<u32>, is_greedy: bool, captures: (u32, u32) },
    /// `^`
    Start { of_line: bool },
    /// `$`
    End { of_line: bool },
    /// `\b` and `\B`. More characters are part of words where case folding adds some.
    Boundary { is_negated: bool, has_more: bool },
    /// `\1`
    BackReference { group: u32, folding: Option<Folding> },
    /// `\k<name>`, by the number of the name.
    NamedReference { name: u32, folding: Option<Folding> },
}

/// A name, and the numbers of the groups that have it: more than one if they stand in
/// different alternatives (ECMA-262 §22.2.1.1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct GroupName {
    /// In UTF-16.
    pub(crate) name: Vec<u16>,
    /// From one on. None if there is only a reference, which no valid pattern has.
    pub(crate) groups: Vec<usize>,
}

/// A pattern.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// What is known of each node.
    facts: Vec<Facts>,
    pub(super) lists: Vec<NodeId>,
    pub(super) sets: Vec<CodePoints>,
    pub(super) names: Vec<GroupName>,
    /// The number of groups, the whole match included.
    pub(super) groups: u32,
    pub(super) root: NodeId,
    pub(super) is_unicode: bool,
}

impl Tree {
    pub(super) fn node(&self, id: NodeId) -> Node {
        self.nodes[id as usize]
    }

    pub(super) fn facts(&self, id: NodeId) -> Facts {
        self.facts[id as usize]
    }

    pub(super) fn list(&self, (start, end): List) -> &[NodeId] {
        &self.lists[start as usize..end as usize]
    }
}

/// A group whose `)` is not reached yet.
struct OpenGroup {
    kind: Kind,
    /// What was in force before it.
    comparison: Comparison,
    /// Where its alternatives and its terms begin, on the builder's stacks.
    alternatives: usize,
    terms: usize,
    /// How many groups come before it, itself not counted.
    groups: u32,
}

#[derive(Clone, Copy)]
enum Kind {
    Plain,
    Capture(u32),
    Look { is_behind: bool, is_negated: bool },
}

/// Makes a [`Tree`].
pub(super) struct TreeBuilder {
    tree: Tree,
    comparison: Comparison,
    open: Vec<OpenGroup>,
    classes: Vec<OpenClass>,
    /// The finished alternatives of all open groups.
    alternatives: Vec<NodeId>,
    /// The terms of all open alternatives.
    terms: Vec<NodeId>,
    /// How many groups come before the last term.
    groups_before: u32,
    known_sets: HashMap<CodePoints, u32>,
}

impl TreeBuilder {
    pub(super) fn new(flags: Flags) -> Self {
        let tree = Tree {
            nodes: Vec::new(),
            facts: Vec::new(),
            lists: Vec::new(),
            sets: Vec::new(),
            names: Vec::new(),
            groups: 1,
            root: 0,
            is_unicode: flags.unicode_mode(),
        };
        let mut builder = Self {
            tree,
            comparison: Comparison { flags, folding: None },
            open: Vec::new(),
            classes: Vec::new(),
            alternatives: Vec::new(),
            terms: Vec::new(),
            groups_before: 1,
            known_sets: HashMap::new(),
        };
        builder.set_flags(flags);
        builder
    }

    /// The tree, when the whole pattern has been read.
    pub(super) fn finish(mut self) -> Tree {
        self.tree.root = self.disjunction(0, 0);
        self.tree
    }

    fn set_flags(&mut self, flags: Flags) {
        let folding = if flags.unicode_mode() { Folding::Simple } else { Folding::UpperCase };
        let folding = flags.contains(Flags::IGNORE_CASE).then_some(folding);
        self.comparison = Comparison { flags, folding };
    }

    fn has(&self, flag: Flags) -> bool {
        self.comparison.flags.contains(flag)
    }

    fn add(&mut self, node: Node, facts: Facts) -> NodeId {
        let id = self.tree.nodes.len() as NodeId;
        self.tree.nodes.push(node);
        self.tree.facts.push(facts);
        id
    }

    /// Adds a term to the open alternative.
    fn term(&mut self, node: Node, facts: Facts) {
        let id = self.add(node, facts);
        self.groups_before = self.tree.groups;
        self.terms.push(id);
    }

    fn list(&mut self, nodes: &[NodeId]) -> List {
        let start = self.tree.lists.len() as u32;
        self.tree.lists.extend_from_slice(nodes);
        (start, self.tree.lists.len() as u32)
    }

    /// One node of the terms from an index on.
    fn sequence(&mut self, from: usize) -> NodeId {
        let terms = self.terms.split_off(from);
        match terms[..] {
            [] => self.add(Node::Empty, Facts::ZERO_WIDTH),
            [only] => only,
            _ => {
                let list = self.list(&terms);
                let facts = terms
                    .iter()
                    .rev()
                    .fold(Facts::ZERO_WIDTH, |facts, term| self.tree.facts(*term).then(facts));
                self.add(Node::Sequence(list), facts)
            }
        }
    }

    /// One node of the alternatives from an index on, and of the terms that are the last.
    fn disjunction(&mut self, alternatives: usize, terms: usize) -> NodeId {
        let last = self.sequence(terms);
        if self.alternatives.len() == alternatives {
            return last;
        }
        let mut all = self.alternatives.split_off(alternatives);
        all.push(last);
        if let Some(set) = self.union_of_characters(&all) {
            let (node, facts) = self.set(set);
            return self.add(node, facts);
        }
        let facts = all.iter().map(|id| self.tree.facts(*id)).reduce(Facts::or);
        let list = self.list(&all);
        self.add(Node::Alternatives(list), facts.unwrap_or(Facts::ZERO_WIDTH))
    }

    /// Alternatives of one character each are one set.
    fn union_of_characters(&self, alternatives: &[NodeId]) -> Option<CodePoints> {
        let mut ranges = Vec::new();
        for id in alternatives {
            match self.tree.node(*id) {
                Node::Character(point) => ranges.push((point, point)),
                Node::Set(set) => ranges.extend_from_slice(self.tree.sets[set as usize].ranges()),
                _ => return None,
            }
        }
        Some(CodePoints::new(ranges))
    }

    /// A set as a node.
    fn set(&mut self, points: CodePoints) -> (Node, Facts) {
        let facts = Facts::character(Firsts::of(&points));
        if let [(start, end)] = points.ranges()
            && start == end
        {
            return (Node::Character(*start), facts);
        }
        let sets = &mut self.tree.sets;
        let number = *self.known_sets.entry(points).or_insert_with_key(|points| {
            sets.push(points.clone());
            sets.len() as u32 - 1
        });
        (Node::Set(number), facts)
    }

    /// A character of the pattern: a unit or a code point.
    fn one(&mut self, point: u32) {
        let set = match self.comparison.folding {
            Some(folding) => folding.close_one(point),
            None => CodePoints::one(point),
        };
        let (node, facts) = if set.count() == 1 {
            (Node::Character(point), Facts::character(Firsts::of_one(point)))
        } else {
            self.set(set)
        };
        self.term(node, facts);
    }

    /// What a class matches, as a term: longer strings are tried before shorter ones.
    fn contents(&mut self, contents: &ClassContents) {
        let mut points = contents.points.clone();
        if !self.tree.is_unicode {
            // A pattern without `u` sees units only.
            points = points.intersection(&CodePoints::new(vec![(0, 0xFFFF)]));
        }
        let (node, facts) = self.set(points);
        if contents.strings.is_empty() {
            return self.term(node, facts);
        }
        self.open(Group::Plain);
        let mut strings: Vec<_> = contents.strings.iter().collect();
        strings.sort_by_key(|string| std::cmp::Reverse(string.len()));
        let shorter = strings.partition_point(|string| string.len() > 1);
        for (index, string) in strings.iter().enumerate() {
            if index == shorter {
                self.term(node, facts);
                self.alternative();
            }
            string.iter().for_each(|point| self.one(*point));
            if index + 1 < strings.len() {
                self.alternative();
            }
        }
        if shorter == strings.len() {
            self.alternative();
            self.term(node, facts);
        }
        self.close();
    }

    fn name(&mut self, name: &[u8]) -> u32 {
        let name: Vec<u16> = String::from_utf8_lossy(name).encode_utf16().collect();
        let names = &mut self.tree.names;
        let known = names.iter().position(|known| known.name == name).unwrap_or_else(|| {
            names.push(GroupName { name, groups: Vec::new() });
            names.len() - 1
        });
        known as u32
    }
}

impl Builder for TreeBuilder {
    fn open(&mut self, group: Group<'_>) {
        let groups = self.tree.groups;
        let comparison = self.comparison;
        let kind = match group {
            Group::Capturing | Group::Named(_) => {
                self.tree.groups += 1;
                Kind::Capture(groups)
            }
            Group::Look { is_behind, is_negated } => Kind::Look { is_behind, is_negated },
            Group::Plain | Group::Modifiers { .. } => Kind::Plain,
        };
        match group {
            Group::Named(name) => {
                let name = self.name(name);
                self.tree.names[name as usize].groups.push(groups as usize);
            }
            Group::Modifiers { add, remove } => {
                let flags = |letters: &[u8]| {
                    std::str::from_utf8(letters).ok().and_then(Flags::parse).unwrap_or_default()
                };
                let flags = comparison.flags.union(flags(add)).without(flags(remove));
                self.set_flags(flags);
            }
            _ => {}
        }
        let (alternatives, terms) = (self.alternatives.len(), self.terms.len());
        self.open.push(OpenGroup { kind, comparison, alternatives, terms, groups });
    }

    fn close(&mut self) {
        let Some(group) = self.open.pop() else { return };
        let body = self.disjunction(group.alternatives, group.terms);
        let facts = self.tree.facts(body);
        let captures = (group.groups, self.tree.groups);
        let id = match group.kind {
            Kind::Plain => body,
            Kind::Capture(group) => self.add(Node::Capture { group, body }, facts),
            Kind::Look { is_behind, is_negated } => {
                self.add(Node::Look { is_behind, is_negated, body, captures }, Facts::ZERO_WIDTH)
            }
        };
        self.terms.push(id);
        self.comparison = group.comparison;
        self.groups_before = group.groups;
    }

    fn alternative(&mut self) {
        let terms = self.open.last().map_or(0, |group| group.terms);
        let finished = self.sequence(terms);
        self.alternatives.push(finished);
    }

    fn quantifier(&mut self, quantifier: Quantifier) {
        let Some(body) = self.terms.pop() else { return };
        let Quantifier { mut min, mut max, is_greedy } = quantifier;
        let mut facts = self.tree.facts(body);
        if facts.is_zero_width {
            // Once is as good as often, and what may be left out always is: a repetition
            // that matches nothing does not count (§22.2.2.3.1).
            min = min.min(1);
            max = Some(min);
        }
        let captures = (self.groups_before, self.tree.groups);
        let id = match (min, max) {
            (_, Some(0)) => self.add(Node::Empty, Facts::ZERO_WIDTH),
            (1, Some(1)) => body,
            _ => {
                facts.is_nullable |= min == 0;
                self.add(Node::Repeat { body, min, max, is_greedy, captures }, facts)
            }
        };
        self.terms.push(id);
    }

    fn character(&mut self, code_point: u32) {
        if self.tree.is_unicode || code_point <= 0xFFFF {
            return self.one(code_point);
        }
        let offset = code_point - 0x1_0000;
        self.one(0xD800 + (offset >> 10));
        self.one(0xDC00 + (offset & 0x3FF));
    }

    fn dot(&mut self) {
        let points = if self.has(Flags::DOT_ALL) {
            CodePoints::all()
        } else {
            line_terminators().complement()
        };
        self.contents(&points.into());
    }

    fn class_escape(&mut self, escape: ClassEscape<'_>) {
        let contents = self.comparison.escape(escape);
        self.contents(&contents);
    }

    fn assertion(&mut self, assertion: Assertion) {
        let of_line = self.has(Flags::MULTILINE);
        let has_more = self.comparison.folding == Some(Folding::Simple);
        let node = match assertion {
            Assertion::Start => Node::Start { of_line },
            Assertion::End => Node::End { of_line },
            Assertion::WordBoundary => Node::Boundary { is_negated: false, has_more },
            Assertion::NoWordBoundary => Node::Boundary { is_negated: true, has_more },
        };
        self.term(node, Facts::ZERO_WIDTH);
    }

    fn back_reference(&mut self, group: u32) {
        let folding = self.comparison.folding;
        self.term(Node::BackReference { group, folding }, UNKNOWN);
    }

    fn named_reference(&mut self, name: &[u8]) {
        let (name, folding) = (self.name(name), self.comparison.folding);
        self.term(Node::NamedReference { name, folding }, UNKNOWN);
    }

    fn open_class(&mut self, is_negated: bool) {
        self.classes.push(OpenClass::new(self.comparison, is_negated));
    }

    fn close_class(&mut self) {
        let Some(class) = self.classes.pop() else { return };
        let contents = class.close();
        match self.classes.last_mut() {
            Some(around) => around.class(contents),
            None => self.contents(&contents),
        }
    }

    fn class_operand(&mut self, operand: ClassOperand<'_>) {
        if let Some(class) = self.classes.last_mut() {
            class.operand(operand);
        }
    }

    fn class_operator(&mut self, operator: ClassOperator) {
        if let Some(class) = self.classes.last_mut() {
            class.operator(operator);
        }
    }
}

/// A back reference may match anything.
const UNKNOWN: Facts = Facts { firsts: Firsts::ALL, is_nullable: true, is_zero_width: false };
