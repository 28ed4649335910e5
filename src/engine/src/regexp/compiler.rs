//! From the tree of a pattern to its program.
//!
//! The steps of a part stand where the part stands, each leading to the next. What of a
//! part is to be matched backwards, in `(?<=`, has its terms in reverse.
//!
//! Where the first units of what may come next are known, choices are left out: an
//! alternative that cannot match is not tried, and one that excludes all others is final.

use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

use super::TooLarge;
use super::firsts::{Firsts, Follow};
use super::program::*;
use super::tree::{Node, NodeId, Tree};

/// The most steps that a program may have.
const MOST_STEPS: usize = 1 << 26;

/// What of the native stack has to be left, and what is added when it is not, in bytes.
const STACK: (usize, usize) = (64 << 10, 1 << 20);

/// Compiles a pattern.
pub(super) fn compile(tree: &Tree) -> Result<Program, TooLarge> {
    let mut compiler = Compiler {
        tree,
        steps: Vec::new(),
        sets: tree.sets.iter().map(CharacterSet::new).collect(),
        singles: FxHashMap::default(),
        known_firsts: FxHashMap::default(),
        firsts: Vec::new(),
        literals: Vec::new(),
        runs: Vec::new(),
        loops: Vec::new(),
        switches: Vec::new(),
        registers: 2 * tree.groups,
        is_backward: false,
    };
    let end = Follow::UNKNOWN;
    compiler.node(tree.root, end)?;
    compiler.push(Step::Match);
    compiler.drop_useless_choices();
    let mut names = tree.names.clone();
    names.sort_by_key(|name| name.groups.first().copied());
    Ok(Program {
        start: start(tree),
        leading_run: compiler.leading_run(),
        steps: compiler.steps,
        sets: compiler.sets,
        firsts: compiler.firsts,
        literals: compiler.literals,
        runs: compiler.runs,
        loops: compiler.loops,
        switches: compiler.switches,
        groups: tree.groups,
        registers: compiler.registers,
        names,
        is_unicode: tree.is_unicode,
    })
}

struct Compiler<'t> {
    tree: &'t Tree,
    steps: Vec<Step>,
    sets: Vec<CharacterSet>,
    /// Sets of one character, made for runs of it and for lone surrogates.
    singles: FxHashMap<u32, u32>,
    known_firsts: FxHashMap<Firsts, u32>,
    firsts: Vec<Firsts>,
    literals: Vec<u16>,
    runs: Vec<Run>,
    loops: Vec<Loop>,
    switches: Vec<Switch>,
    registers: u32,
    /// Whether what comes before is to be matched.
    is_backward: bool,
}

impl Compiler<'_> {
    fn push(&mut self, step: Step) -> usize {
        self.steps.push(step);
        self.steps.len() - 1
    }

    /// The place of the next step.
    fn here(&self) -> Pc {
        self.steps.len() as Pc
    }

    /// Has a step go here instead of where it went.
    fn lead_here(&mut self, step: usize) {
        let here = self.here();
        match &mut self.steps[step] {
            Step::Fork(to)
            | Step::Jump(to)
            | Step::Guard { otherwise: to, .. }
            | Step::GuardedFork { otherwise: to, .. } => *to = here,
            _ => unreachable!("only these are made before it is known where they go"),
        }
    }

    fn registers(&mut self, count: u32) -> Register {
        self.registers += count;
        self.registers - count
    }

    fn firsts(&mut self, firsts: Firsts) -> u32 {
        let all = &mut self.firsts;
        *self.known_firsts.entry(firsts).or_insert_with(|| {
            all.push(firsts);
            all.len() as u32 - 1
        })
    }

    /// The set of one character.
    fn single(&mut self, point: u32) -> u32 {
        let sets = &mut self.sets;
        *self.singles.entry(point).or_insert_with(|| {
            sets.push(CharacterSet::new(&super::code_points::CodePoints::one(point)));
            sets.len() as u32 - 1
        })
    }

    /// Whether a character is part of a pair, or might be taken for one half of it.
    fn needs_pairs(&self, point: u32) -> bool {
        self.tree.is_unicode && is_paired(point)
    }

    fn node(&mut self, id: NodeId, follow: Follow) -> Result<(), TooLarge> {
        if self.steps.len() > MOST_STEPS {
            return Err(TooLarge);
        }
        stacker::maybe_grow(STACK.0, STACK.1, || self.node_on_this_stack(id, follow))
    }

    fn node_on_this_stack(&mut self, id: NodeId, follow: Follow) -> Result<(), TooLarge> {
        match self.tree.node(id) {
            Node::Empty => {}
            Node::Character(point) => self.character(point),
            Node::Set(set) => self.set(set),
            Node::Sequence(list) => {
                let tree = self.tree;
                self.sequence(tree.list(list), follow)?;
            }
            Node::Alternatives(list) => {
                let tree = self.tree;
                self.alternatives(tree.list(list), follow)?;
            }
            Node::Capture { group, body } => {
                let (first, last) = (2 * group, 2 * group + 1);
                let (first, last) = if self.is_backward { (last, first) } else { (first, last) };
                self.push(Step::Save(first));
                self.node(body, follow)?;
                self.push(Step::Save(last));
            }
            Node::Look { is_behind, is_negated, body, captures } => {
                let was_backward = std::mem::replace(&mut self.is_backward, is_behind);
                let look = self.registers(2);
                self.push(Step::Look(look));
                if is_negated {
                    let fork = self.push(Step::Fork(0));
                    self.node(body, Follow::UNKNOWN)?;
                    self.push(Step::Refuse(look));
                    self.lead_here(fork);
                } else {
                    self.node(body, Follow::UNKNOWN)?;
                    self.push(Step::Found { look, captures: captures.0 < captures.1 });
                }
                self.is_backward = was_backward;
            }
            Node::Repeat { .. } => self.repeat(id, follow)?,
            Node::Start { of_line } => {
                self.push(if of_line { Step::LineStart } else { Step::TextStart });
            }
            Node::End { of_line } => {
                self.push(if of_line { Step::LineEnd } else { Step::TextEnd });
            }
            Node::Boundary { is_negated, has_more } => {
                self.push(Step::Boundary { is_negated, has_more });
            }
            Node::BackReference { group, folding } => self.back_reference(group, folding),
            Node::NamedReference { name, folding } => {
                // Of groups with one name at most one takes part, and a reference to any
                // other matches nothing.
                let tree = self.tree;
                for group in &tree.names[name as usize].groups {
                    self.back_reference(*group as u32, folding);
                }
            }
        }
        Ok(())
    }

    fn back_reference(&mut self, group: u32, folding: Option<super::case_folding::Folding>) {
        self.push(if self.is_backward {
            Step::BackReferenceBefore { group, folding }
        } else {
            Step::BackReference { group, folding }
        });
    }

    // -----------------------------------------------------------------------
    // Characters
    // -----------------------------------------------------------------------

    fn character(&mut self, point: u32) {
        if self.needs_pairs(point) {
            let set = self.single(point);
            self.push(if self.is_backward { Step::PointBefore(set) } else { Step::Point(set) });
            return;
        }
        let unit = point as u16;
        self.push(if self.is_backward { Step::UnitBefore(unit) } else { Step::Unit(unit) });
    }

    fn set(&mut self, set: u32) {
        let points = &self.tree.sets[set as usize];
        let has_pairs = self.tree.is_unicode && points.ranges().iter().copied().any(has_surrogates);
        self.push(match (has_pairs, self.is_backward) {
            (true, true) => Step::PointBefore(set),
            (true, false) => Step::Point(set),
            (false, true) => Step::SetBefore(set),
            (false, false) if points.count() == 2 => {
                let mut both = points.iter();
                let mut unit = || both.next().unwrap_or_default() as u16;
                Step::Either(unit(), unit())
            }
            (false, false) => Step::Set(set),
        });
    }

    /// Characters in a row that are themselves: how many, and as which units.
    fn literal(&mut self, terms: &[NodeId]) -> usize {
        let start = self.literals.len() as u32;
        let mut count = 0;
        for term in terms {
            let Node::Character(point) = self.tree.node(*term) else { break };
            match char::from_u32(point) {
                Some(character) if self.tree.is_unicode => {
                    self.literals.extend_from_slice(character.encode_utf16(&mut [0; 2]));
                }
                None if self.tree.is_unicode => break,
                _ => self.literals.push(point as u16),
            }
            count += 1;
        }
        let length = self.literals.len() as u32 - start;
        if count < 2 {
            self.literals.truncate(start as usize);
            return 0;
        }
        self.push(if self.is_backward {
            Step::LiteralBefore { start, length }
        } else {
            Step::Literal { start, length }
        });
        count
    }

    // -----------------------------------------------------------------------
    // Sequences and alternatives
    // -----------------------------------------------------------------------

    fn sequence(&mut self, terms: &[NodeId], follow: Follow) -> Result<(), TooLarge> {
        if self.is_backward {
            return self.sequence_backward(terms);
        }
        // What follows each term, from the last to the first. Characters do not ask.
        let mut follows = Vec::new();
        let mut after = follow;
        for term in terms.iter().rev() {
            if !matches!(self.tree.node(*term), Node::Character(_) | Node::Set(_)) {
                follows.push(after);
            }
            after = self.tree.facts(*term).before(after);
        }
        let mut at = 0;
        while at < terms.len() {
            let literal = self.literal(&terms[at..]);
            if literal > 0 {
                at += literal;
                continue;
            }
            let is_character =
                matches!(self.tree.node(terms[at]), Node::Character(_) | Node::Set(_));
            let follow = if is_character { None } else { follows.pop() };
            self.node(terms[at], follow.unwrap_or(Follow::UNKNOWN))?;
            at += 1;
        }
        Ok(())
    }

    fn sequence_backward(&mut self, terms: &[NodeId]) -> Result<(), TooLarge> {
        let mut end = terms.len();
        while end > 0 {
            let is_character = |term: &NodeId| matches!(self.tree.node(*term), Node::Character(_));
            let characters =
                terms[..end].iter().rev().take_while(|term| is_character(term)).count();
            // A lone surrogate among them is no part of a literal.
            let literal = self.literal(&terms[end - characters..end]);
            if literal > 0 && literal == characters {
                end -= literal;
                continue;
            }
            if let (true, Some(Step::LiteralBefore { start, .. })) =
                (literal > 0, self.steps.last())
            {
                self.literals.truncate(*start as usize);
                self.steps.pop();
            }
            end -= 1;
            self.node(terms[end], Follow::UNKNOWN)?;
        }
        Ok(())
    }

    fn alternatives(&mut self, list: &[NodeId], follow: Follow) -> Result<(), TooLarge> {
        // With which units each can begin, if the choice may depend on that.
        let begins: Vec<Follow> = list
            .iter()
            .map(|id| {
                if self.is_backward { Follow::UNKNOWN } else { self.tree.facts(*id).before(follow) }
            })
            .collect();
        // What all later ones can begin with.
        let mut later = vec![Follow { firsts: Firsts::default(), is_open: false }];
        for begin in begins.iter().skip(1).rev() {
            let last = later[later.len() - 1];
            let is_open = last.is_open || begin.is_open;
            later.push(Follow { firsts: last.firsts.union(begin.firsts), is_open });
        }
        later.reverse();
        let switch = self.begin_switch(&begins);
        let mut places = Vec::new();
        let mut ends = Vec::new();
        for (index, id) in list.iter().enumerate() {
            places.push(self.here());
            let is_last = index + 1 == list.len();
            let choice = if is_last {
                None
            } else if begins[index].is_open {
                Some(self.push(Step::Fork(0)))
            } else {
                let firsts = begins[index].firsts;
                let is_final = !later[index].is_open && later[index].firsts.is_disjoint(&firsts);
                let firsts = self.firsts(firsts);
                Some(self.push(if is_final {
                    Step::Guard { firsts, otherwise: 0 }
                } else {
                    Step::GuardedFork { firsts, otherwise: 0 }
                }))
            };
            self.node(*id, follow)?;
            if !is_last {
                ends.push(self.push(Step::Jump(0)));
            }
            if let Some(choice) = choice {
                self.lead_here(choice);
            }
        }
        for end in ends {
            self.lead_here(end);
        }
        if let Some(switch) = switch {
            self.finish_switch(switch, &begins, &places);
        }
        Ok(())
    }

    /// A switch before alternatives, if they are many and no more than a few are open.
    fn begin_switch(&mut self, begins: &[Follow]) -> Option<u32> {
        if begins.len() < 4 || begins.iter().any(|begin| begin.is_open) {
            return None;
        }
        let switch = self.switches.len() as u32;
        self.switches.push(Switch { latin1: Box::new([0; 256]), beyond: 0, end: 0 });
        self.push(Step::Switch(switch));
        Some(switch)
    }

    /// Fills in where a switch goes: to the first alternative that can begin with a unit.
    /// Where none can, the last one fails by itself.
    fn finish_switch(&mut self, switch: u32, begins: &[Follow], places: &[Pc]) {
        let last = places[places.len() - 1];
        let place = |can_begin: &dyn Fn(&Firsts) -> bool| {
            let found = begins.iter().position(|begin| can_begin(&begin.firsts));
            found.map_or(last, |index| places[index])
        };
        let switch = &mut self.switches[switch as usize];
        for (unit, to) in (0..).zip(switch.latin1.iter_mut()) {
            *to = place(&|firsts: &Firsts| firsts.contains(unit));
        }
        switch.beyond = place(&|firsts: &Firsts| firsts.beyond);
        switch.end = last;
    }

    // -----------------------------------------------------------------------
    // Quantifiers
    // -----------------------------------------------------------------------

    fn repeat(&mut self, id: NodeId, follow: Follow) -> Result<(), TooLarge> {
        let Node::Repeat { body, min, max, is_greedy, captures } = self.tree.node(id) else {
            return Ok(());
        };
        if !self.is_backward && self.run(body, (min, max), is_greedy, follow) {
            return Ok(());
        }
        let facts = self.tree.facts(body);
        let is_simple = !facts.is_nullable && matches!((min, max), (0, Some(1)) | (0 | 1, None));
        if !is_simple {
            return self.counted_loop(id);
        }
        // After a turn comes another one, or what follows.
        let is_loop = max.is_none();
        let inner = if is_loop {
            Follow { firsts: facts.firsts.union(follow.firsts), is_open: follow.is_open }
        } else {
            follow
        };
        let begin = self.here();
        let optional = |compiler: &mut Self| {
            if !is_greedy {
                let fork = compiler.push(Step::Fork(0));
                return (Some(fork), compiler.push(Step::Jump(0)));
            }
            if compiler.is_backward {
                return (None, compiler.push(Step::Fork(0)));
            }
            let is_final = !follow.is_open && follow.firsts.is_disjoint(&facts.firsts);
            let firsts = compiler.firsts(facts.firsts);
            let step = if is_final {
                Step::Guard { firsts, otherwise: 0 }
            } else {
                Step::GuardedFork { firsts, otherwise: 0 }
            };
            (None, compiler.push(step))
        };
        if min == 0 {
            let (fork, leave) = optional(self);
            if let Some(fork) = fork {
                self.lead_here(fork);
            }
            self.body(body, captures, inner)?;
            if is_loop {
                self.push(Step::Jump(begin));
            }
            self.lead_here(leave);
        } else {
            self.body(body, captures, inner)?;
            let (fork, leave) = optional(self);
            if let Some(fork) = fork {
                self.lead_here(fork);
            }
            self.push(Step::Jump(begin));
            self.lead_here(leave);
        }
        Ok(())
    }

    /// One turn of a loop.
    fn body(
        &mut self,
        body: NodeId,
        (from, to): (u32, u32),
        follow: Follow,
    ) -> Result<(), TooLarge> {
        if from < to {
            self.push(Step::Clear { from, to });
        }
        self.node(body, follow)
    }

    /// A loop that counts, or whose turns might match nothing.
    fn counted_loop(&mut self, id: NodeId) -> Result<(), TooLarge> {
        let Node::Repeat { body, min, max, is_greedy, captures } = self.tree.node(id) else {
            return Ok(());
        };
        let counter = self.registers(1);
        let is_nullable = self.tree.facts(body).is_nullable;
        let mark = is_nullable.then(|| self.registers(1));
        let number = self.loops.len() as u32;
        let max = max.unwrap_or(u32::MAX);
        self.loops.push(Loop { min, max, is_greedy, counter, mark, captures, exit: 0 });
        self.push(Step::Zero(counter));
        let begin = self.here();
        self.push(Step::Loop(number));
        self.push(Step::Turn(number));
        self.node(body, Follow::UNKNOWN)?;
        self.push(Step::Jump(begin));
        self.loops[number as usize].exit = self.here();
        Ok(())
    }

    /// A repeated character as one step. Says whether it is one.
    fn run(
        &mut self,
        body: NodeId,
        (min, max): (u32, Option<u32>),
        is_greedy: bool,
        follow: Follow,
    ) -> bool {
        let (set, has_pairs) = match self.tree.node(body) {
            Node::Character(point) => (self.single(point), self.needs_pairs(point)),
            Node::Set(set) => {
                let ranges = self.tree.sets[set as usize].ranges();
                let has_pairs = self.tree.is_unicode && ranges.iter().copied().any(has_surrogates);
                (set, has_pairs)
            }
            _ => return false,
        };
        let firsts = self.tree.facts(body).firsts;
        let kind = if max == Some(min) {
            RunKind::Possessive
        } else if !is_greedy {
            RunKind::Lazy
        } else if !follow.is_open && follow.firsts.is_disjoint(&firsts) {
            // What could be given back is nothing that may follow.
            RunKind::Possessive
        } else {
            RunKind::Greedy
        };
        let follow = (!follow.is_open).then_some(follow.firsts);
        let max = max.unwrap_or(u32::MAX);
        let run = self.runs.len() as u32;
        self.runs.push(Run { set, has_pairs, min, max, kind, follow });
        self.push(Step::Run(run));
        true
    }

    /// The run without an upper bound that the pattern begins with. Where a match fails
    /// that begins with it, all fail that begin within it: they come to the same places.
    /// Not so if it matters what a group has matched.
    fn leading_run(&self) -> Option<u32> {
        let has_memory = |step: &Step| {
            matches!(step, Step::BackReference { .. } | Step::BackReferenceBefore { .. })
        };
        let mut steps = self.steps.iter().skip_while(|step| matches!(step, Step::Save(_)));
        match steps.next() {
            Some(Step::Run(run)) if self.runs[*run as usize].max == u32::MAX => {
                (!self.steps.iter().any(has_memory)).then_some(*run)
            }
            _ => None,
        }
    }

    /// A run before the end of the pattern has nothing to give back for.
    fn drop_useless_choices(&mut self) {
        let mut steps =
            self.steps.iter().rev().skip_while(|step| matches!(step, Step::Match | Step::Save(_)));
        if let Some(Step::Run(run)) = steps.next() {
            let run = &mut self.runs[*run as usize];
            match run.kind {
                RunKind::Greedy => run.kind = RunKind::Possessive,
                RunKind::Lazy => {
                    run.kind = RunKind::Possessive;
                    run.max = run.min;
                }
                RunKind::Possessive => {}
            }
        }
    }
}

/// Whether a code point is a surrogate, or stands for two of them.
fn is_paired(point: u32) -> bool {
    has_surrogates((point, point))
}

fn has_surrogates((start, end): (u32, u32)) -> bool {
    end > 0xFFFF || (start <= 0xDFFF && end >= 0xD800)
}

/// What a pattern's beginning says about where matches begin.
fn start(tree: &Tree) -> Start {
    let has = |wanted: fn(Node) -> bool| begins_with(tree, tree.root, wanted);
    if has(|node| matches!(node, Node::Start { of_line: false })) {
        return Start::Text;
    }
    if has(|node| matches!(node, Node::Start { .. })) {
        return Start::Line;
    }
    let mut literal = Vec::new();
    leading_literal(tree, &mut literal);
    if literal.len() > 1 {
        let bytes: Option<Vec<u8>> = literal.iter().map(|unit| u8::try_from(*unit).ok()).collect();
        let finder = bytes.map(|bytes| Box::new(Finder::new(&bytes).into_owned()));
        return Start::Literal(literal.into(), finder);
    }
    let facts = tree.facts(tree.root);
    if facts.is_nullable {
        return Start::Anywhere;
    }
    Start::OneOf(facts.firsts, facts.firsts.few().map(Into::into))
}

/// Whether all ways through a part begin with an assertion.
fn begins_with(tree: &Tree, mut id: NodeId, wanted: fn(Node) -> bool) -> bool {
    loop {
        let node = tree.node(id);
        match node {
            _ if wanted(node) => return true,
            Node::Sequence(list) => id = tree.list(list)[0],
            Node::Capture { body, .. } => id = body,
            Node::Alternatives(list) => {
                // Alternatives within alternatives are not looked at: they may be deep.
                return tree.list(list).iter().all(|id| {
                    let node = tree.node(*id);
                    let first = match node {
                        Node::Sequence(list) => tree.node(tree.list(list)[0]),
                        _ => node,
                    };
                    wanted(first)
                });
            }
            _ => return false,
        }
    }
}

/// The characters with which every match begins, as units.
fn leading_literal(tree: &Tree, literal: &mut Vec<u16>) {
    let mut id = tree.root;
    loop {
        match tree.node(id) {
            Node::Capture { body, .. } => id = body,
            Node::Sequence(list) => {
                let list = tree.list(list);
                if literal.is_empty() && matches!(tree.node(list[0]), Node::Capture { .. }) {
                    id = list[0];
                    continue;
                }
                for term in list {
                    let Node::Character(point) = tree.node(*term) else { return };
                    match char::from_u32(point) {
                        Some(character) => {
                            literal.extend_from_slice(character.encode_utf16(&mut [0; 2]));
                        }
                        None if tree.is_unicode => return,
                        None => literal.push(point as u16),
                    }
                }
                return;
            }
            _ => return,
        }
    }
}
