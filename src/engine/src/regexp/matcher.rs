//! The machine that runs a program over a text: a backtracking matcher
//! (ECMA-262 §22.2.2), for texts of one byte a unit and of two.
//!
//! It keeps what it may have to come back to on a stack of its own, so that neither
//! patterns nor texts can exhaust the native one. What a step changes is written there
//! too: going back undoes it. Where the stack is empty there is nothing to undo, since a
//! failure then ends the attempt.

use super::case_folding::Folding;
use super::firsts::Firsts;
use super::program::{Program, Register, Run, RunKind, Step};
use super::{Captures, Failure, search};

/// What a register of a group holds that matches nothing.
pub(super) const NONE: u32 = u32::MAX;

/// The most that there may be to go back to. V8 has a limit on its stack, too.
const MOST_FRAMES: usize = (128 << 20) / size_of::<Frame>();

/// How much of a stack is kept for the next match.
const KEPT_FRAMES: usize = (1 << 20) / size_of::<Frame>();

/// After so many steps somebody is asked whether to go on.
const STEPS_BETWEEN_QUESTIONS: u64 = 1 << 16;

/// A code unit of a text.
pub(super) trait Unit: Copy {
    /// The unit's number.
    fn code(self) -> u16;

    /// A text of bytes as bytes.
    fn bytes(text: &[Self]) -> Option<&[u8]>;

    /// Where the first of some units below 256 stands.
    fn position(text: &[Self], units: &[u8]) -> Option<usize>;
}

impl Unit for u8 {
    #[inline]
    fn code(self) -> u16 {
        u16::from(self)
    }

    #[inline]
    fn bytes(text: &[Self]) -> Option<&[u8]> {
        Some(text)
    }

    #[inline]
    fn position(text: &[Self], units: &[u8]) -> Option<usize> {
        match *units {
            [a] => memchr::memchr(a, text),
            [a, b] => memchr::memchr2(a, b, text),
            [a, b, c] => memchr::memchr3(a, b, c, text),
            _ => text.iter().position(|unit| units.contains(unit)),
        }
    }
}

impl Unit for u16 {
    #[inline]
    fn code(self) -> u16 {
        self
    }

    #[inline]
    fn bytes(_: &[Self]) -> Option<&[u8]> {
        None
    }

    #[inline]
    fn position(text: &[Self], units: &[u8]) -> Option<usize> {
        let is_wanted = |unit: &u16| units.iter().any(|wanted| u16::from(*wanted) == *unit);
        text.iter().position(is_wanted)
    }
}

/// What there is to go back to, or to undo on the way.
#[derive(Clone, Copy)]
enum Frame {
    /// Another way.
    Choice { pc: u32, at: u32 },
    /// A run may end earlier, but not before `min`.
    GiveBack { pc: u32, min: u32, at: u32 },
    /// A run may go on, for so many characters.
    TakeMore { pc: u32, left: u32, at: u32 },
    /// What a register held.
    Restore { register: Register, value: u32 },
}

/// The memory of a machine, kept between matches.
#[derive(Default)]
pub struct Machine {
    registers: Vec<u32>,
    stack: Vec<Frame>,
    groups: u32,
}

impl Machine {
    /// Where the groups of the last match begin and end, the whole match first; all
    /// until the next match is looked for.
    pub fn captures(&self) -> Captures<'_> {
        Captures::new(&self.registers[..2 * self.groups as usize])
    }
}

/// Who says when a machine is to stop.
pub struct Watch<'w> {
    /// The most steps for one place where a match might begin.
    pub most_steps: u64,
    /// Asked now and then, and told how many steps have been made since.
    pub is_to_stop: &'w mut dyn FnMut(u64) -> bool,
}

/// Looks for a match from an index on, or at it only. Its groups are in the machine.
pub(super) fn find<U: Unit>(
    program: &Program,
    text: &[U],
    start: usize,
    is_sticky: bool,
    machine: &mut Machine,
    watch: &mut Watch<'_>,
) -> Result<bool, Failure> {
    machine.groups = program.groups;
    machine.stack.clear();
    machine.registers.clear();
    machine.registers.resize(program.registers as usize, NONE);
    let mut matcher = Matcher {
        program,
        text,
        registers: &mut machine.registers,
        stack: &mut machine.stack,
        is_dirty: false,
        fuel: STEPS_BETWEEN_QUESTIONS,
        steps: 0,
        watch,
    };
    let found = matcher.find(start, is_sticky);
    if machine.stack.capacity() > KEPT_FRAMES {
        machine.stack = Vec::new();
    }
    found
}

struct Matcher<'m, 'w, U> {
    program: &'m Program,
    text: &'m [U],
    registers: &'m mut Vec<u32>,
    stack: &'m mut Vec<Frame>,
    /// Whether registers of groups have been written to.
    is_dirty: bool,
    /// How many steps until somebody is asked.
    fuel: u64,
    /// How many steps have been made from this start, roughly.
    steps: u64,
    watch: &'m mut Watch<'w>,
}

impl<U: Unit> Matcher<'_, '_, U> {
    fn find(&mut self, start: usize, is_sticky: bool) -> Result<bool, Failure> {
        let mut from = start;
        if self.program.is_unicode && self.is_inside_pair(from) {
            // No match begins between the halves of a code point.
            from -= 1;
        }
        loop {
            if !is_sticky {
                match search::candidate(self.program, self.text, from) {
                    Some(candidate) => from = candidate,
                    None => return Ok(false),
                }
            }
            self.steps = 0;
            self.spend(1)?;
            if self.is_dirty {
                let groups = 2 * self.program.groups as usize;
                self.registers[..groups].fill(NONE);
                self.is_dirty = false;
            }
            if self.run(from)? {
                return Ok(true);
            }
            let run = self.program.leading_run.map(|run| &self.program.runs[run as usize]);
            let end = run.map_or(from, |run| self.extent(run, from, u32::MAX).0);
            from = end.max(from + 1);
            if self.program.is_unicode && self.is_inside_pair(from) {
                from += 1;
            }
            if is_sticky || from > self.text.len() {
                return Ok(false);
            }
        }
    }

    // -----------------------------------------------------------------------
    // Texts
    // -----------------------------------------------------------------------

    /// The unit at an index.
    #[inline]
    fn unit(&self, at: usize) -> Option<u16> {
        self.text.get(at).map(|unit| unit.code())
    }

    /// The unit before an index.
    #[inline]
    fn unit_before(&self, at: usize) -> Option<u16> {
        self.unit(at.wrapping_sub(1))
    }

    /// Whether an index is between the halves of a code point.
    #[inline]
    fn is_inside_pair(&self, at: usize) -> bool {
        size_of::<U>() > 1
            && matches!(self.unit(at), Some(0xDC00..=0xDFFF))
            && matches!(self.unit_before(at), Some(0xD800..=0xDBFF))
    }

    /// The code point at an index, and where it ends.
    #[inline]
    fn point(&self, at: usize) -> Option<(u32, usize)> {
        let lead = u32::from(self.unit(at)?);
        if size_of::<U>() > 1
            && let 0xD800..=0xDBFF = lead
            && let Some(trail @ 0xDC00..=0xDFFF) = self.unit(at + 1)
        {
            return Some((join(lead, u32::from(trail)), at + 2));
        }
        Some((lead, at + 1))
    }

    /// The code point that ends at an index, and where it begins.
    #[inline]
    fn point_before(&self, at: usize) -> Option<(u32, usize)> {
        let trail = u32::from(self.unit_before(at)?);
        if size_of::<U>() > 1
            && let 0xDC00..=0xDFFF = trail
            && let Some(lead @ 0xD800..=0xDBFF) = self.unit_before(at - 1)
        {
            return Some((join(u32::from(lead), trail), at - 2));
        }
        Some((trail, at - 1))
    }

    fn is_word(unit: Option<u16>, has_more: bool) -> bool {
        unit.is_some_and(|unit| match unit {
            0x30..=0x39 | 0x41..=0x5A | 0x5F | 0x61..=0x7A => true,
            0x017F | 0x212A => has_more,
            _ => false,
        })
    }

    fn is_line_end(unit: u16) -> bool {
        matches!(unit, 0x0A | 0x0D | 0x2028 | 0x2029)
    }

    /// Whether what follows may begin at an index.
    #[inline]
    fn may_follow(&self, follow: Option<&Firsts>, at: usize) -> bool {
        match follow {
            None => true,
            Some(firsts) => self.unit(at).is_some_and(|unit| firsts.contains(unit)),
        }
    }

    // -----------------------------------------------------------------------
    // Going back
    // -----------------------------------------------------------------------

    #[inline]
    fn push(&mut self, frame: Frame) -> Result<(), Failure> {
        if self.stack.len() == self.stack.capacity() && self.stack.len() >= MOST_FRAMES {
            return Err(Failure::TooMuchMemory);
        }
        self.stack.push(frame);
        Ok(())
    }

    /// Changes a register, so that going back undoes it.
    #[inline]
    fn set(&mut self, register: Register, value: u32) -> Result<(), Failure> {
        self.is_dirty = true;
        let old = std::mem::replace(&mut self.registers[register as usize], value);
        if self.stack.is_empty() {
            return Ok(());
        }
        self.push(Frame::Restore { register, value: old })
    }

    /// Counts steps, and asks now and then whether to go on.
    #[inline]
    fn spend(&mut self, steps: usize) -> Result<(), Failure> {
        match self.fuel.checked_sub(steps as u64) {
            Some(left) => {
                self.fuel = left;
                Ok(())
            }
            None => self.ask(steps as u64),
        }
    }

    #[cold]
    #[inline(never)]
    fn ask(&mut self, steps: u64) -> Result<(), Failure> {
        let spent = STEPS_BETWEEN_QUESTIONS - self.fuel + steps;
        self.fuel = STEPS_BETWEEN_QUESTIONS;
        self.steps += spent;
        if (self.watch.is_to_stop)(spent) {
            return Err(Failure::Interrupted);
        }
        if self.steps > self.watch.most_steps {
            return Err(Failure::TooManySteps);
        }
        Ok(())
    }

    /// Where to go on after a failure: a step and an index. None if there is no other way.
    #[inline]
    fn back(&mut self) -> Result<Option<(usize, usize)>, Failure> {
        self.spend(1)?;
        while let Some(frame) = self.stack.pop() {
            match frame {
                Frame::Restore { register, value } => self.registers[register as usize] = value,
                Frame::Choice { pc, at } => return Ok(Some((pc as usize, at as usize))),
                Frame::GiveBack { pc, min, at } => {
                    if let Some(at) = self.give_back(pc, min as usize, at as usize - 1)? {
                        return Ok(Some((pc as usize, at)));
                    }
                }
                Frame::TakeMore { pc, left, at } => {
                    if let Some(at) = self.take_more(pc, at as usize, left)? {
                        return Ok(Some((pc as usize, at)));
                    }
                }
            }
        }
        Ok(None)
    }

    /// The run whose end leads to a step: only runs leave frames that need it.
    fn run_before(program: &Program, pc: u32) -> Option<&Run> {
        match program.steps[pc as usize - 1] {
            Step::Run(run) => Some(&program.runs[run as usize]),
            _ => None,
        }
    }

    // -----------------------------------------------------------------------
    // Runs
    // -----------------------------------------------------------------------

    /// Where a run ends that takes all it can, and how many characters it has.
    #[inline]
    fn extent(&self, run: &Run, at: usize, most: u32) -> (usize, u32) {
        let program = self.program;
        let set = &program.sets[run.set as usize];
        if run.has_pairs && size_of::<U>() > 1 {
            let (mut end, mut count) = (at, 0);
            while count < most
                && let Some((point, after)) = self.point(end)
                && set.contains(point)
            {
                (end, count) = (after, count + 1);
            }
            return (end, count);
        }
        let most = (most as usize).min(self.text.len() - at);
        let rest = &self.text[at..at + most];
        let length = match set.few_others() {
            Some(others) if size_of::<U>() == 1 => {
                if others.is_empty() {
                    None
                } else {
                    U::position(rest, others)
                }
            }
            _ => rest.iter().position(|unit| !set.contains(u32::from(unit.code()))),
        };
        let length = length.unwrap_or(most);
        (at + length, length as u32)
    }

    /// Goes through a run. Where it ends for now, or None if it fails.
    #[inline]
    fn enter_run(&mut self, run: &Run, pc: u32, at: usize) -> Result<Option<usize>, Failure> {
        if run.kind == RunKind::Lazy {
            let (end, count) = self.extent(run, at, run.min);
            if count < run.min {
                return Ok(None);
            }
            let left = if run.max == u32::MAX { u32::MAX } else { run.max - run.min };
            if self.may_follow(run.follow.as_ref(), end) {
                if left > 0 {
                    self.push(Frame::TakeMore { pc, left, at: end as u32 })?;
                }
                return Ok(Some(end));
            }
            return self.take_more(pc, end, left);
        }
        let (end, count) = self.extent(run, at, run.max);
        self.spend((end - at) >> 6)?;
        if count < run.min {
            return Ok(None);
        }
        if run.kind == RunKind::Possessive {
            return Ok(Some(end));
        }
        let min = match run.min {
            0 => at,
            min if run.has_pairs && size_of::<U>() > 1 => self.extent(run, at, min).0,
            min => at + min as usize,
        };
        self.give_back(pc, min, end)
    }

    /// The last index up to one given where what follows a run may begin.
    fn give_back(&mut self, pc: u32, min: usize, last: usize) -> Result<Option<usize>, Failure> {
        let program = self.program;
        let Some(run) = Self::run_before(program, pc) else { return Ok(None) };
        let mut at = last;
        if run.has_pairs && self.is_inside_pair(at) {
            at -= 1;
        }
        while !self.may_follow(run.follow.as_ref(), at) {
            if at <= min {
                return Ok(None);
            }
            at -= 1;
            if run.has_pairs && self.is_inside_pair(at) {
                at -= 1;
            }
        }
        self.spend((last - at) >> 4)?;
        if at > min {
            self.push(Frame::GiveBack { pc, min: min as u32, at: at as u32 })?;
        }
        Ok(Some(at))
    }

    /// The next index after one given where what follows a lazy run may begin.
    fn take_more(&mut self, pc: u32, at: usize, left: u32) -> Result<Option<usize>, Failure> {
        let program = self.program;
        let Some(run) = Self::run_before(program, pc) else { return Ok(None) };
        let set = &program.sets[run.set as usize];
        let (mut end, mut left) = (at, left);
        loop {
            let next = if run.has_pairs {
                self.point(end)
            } else {
                self.unit(end).map(|unit| (u32::from(unit), end + 1))
            };
            match next {
                Some((point, after)) if left > 0 && set.contains(point) => end = after,
                _ => return Ok(None),
            }
            if left != u32::MAX {
                left -= 1;
            }
            if self.may_follow(run.follow.as_ref(), end) {
                break;
            }
        }
        self.spend((end - at) >> 4)?;
        if left > 0 {
            self.push(Frame::TakeMore { pc, left, at: end as u32 })?;
        }
        Ok(Some(end))
    }

    // -----------------------------------------------------------------------
    // Steps
    // -----------------------------------------------------------------------

    /// Tries to match at an index.
    fn run(&mut self, start: usize) -> Result<bool, Failure> {
        let program = self.program;
        let (mut pc, mut at) = (0, start);
        loop {
            let step = program.steps[pc];
            pc += 1;
            // Where a step leaves `at`; None if it fails.
            let after = match step {
                Step::Unit(wanted) => (self.unit(at) == Some(wanted)).then_some(at + 1),
                Step::Either(one, other) => {
                    let unit = self.unit(at);
                    (unit == Some(one) || unit == Some(other)).then_some(at + 1)
                }
                Step::Literal { start, length } => {
                    let literal = &program.literals[start as usize..(start + length) as usize];
                    let end = at + literal.len();
                    self.is_literal(literal, at, end).then_some(end)
                }
                Step::Set(set) => match self.unit(at) {
                    Some(unit) if program.sets[set as usize].contains(u32::from(unit)) => {
                        Some(at + 1)
                    }
                    _ => None,
                },
                Step::Point(set) => match self.point(at) {
                    Some((point, end)) if program.sets[set as usize].contains(point) => Some(end),
                    _ => None,
                },
                Step::UnitBefore(wanted) => (self.unit_before(at) == Some(wanted)).then(|| at - 1),
                Step::LiteralBefore { start, length } => {
                    let literal = &program.literals[start as usize..(start + length) as usize];
                    let start = at.checked_sub(literal.len());
                    start.filter(|start| self.is_literal(literal, *start, at))
                }
                Step::SetBefore(set) => match self.unit_before(at) {
                    Some(unit) if program.sets[set as usize].contains(u32::from(unit)) => {
                        Some(at - 1)
                    }
                    _ => None,
                },
                Step::PointBefore(set) => match self.point_before(at) {
                    Some((point, start)) if program.sets[set as usize].contains(point) => {
                        Some(start)
                    }
                    _ => None,
                },
                Step::Run(run) => self.enter_run(&program.runs[run as usize], pc as u32, at)?,
                Step::Fork(other) => {
                    self.push(Frame::Choice { pc: other, at: at as u32 })?;
                    Some(at)
                }
                Step::Guard { firsts, otherwise } => {
                    if !self.may_follow(Some(&program.firsts[firsts as usize]), at) {
                        pc = otherwise as usize;
                    }
                    Some(at)
                }
                Step::GuardedFork { firsts, otherwise } => {
                    if self.may_follow(Some(&program.firsts[firsts as usize]), at) {
                        self.push(Frame::Choice { pc: otherwise, at: at as u32 })?;
                    } else {
                        pc = otherwise as usize;
                    }
                    Some(at)
                }
                Step::Switch(switch) => {
                    let switch = &program.switches[switch as usize];
                    pc = match self.unit(at) {
                        Some(unit @ ..=0xFF) => switch.latin1[usize::from(unit)],
                        Some(_) => switch.beyond,
                        None => switch.end,
                    } as usize;
                    Some(at)
                }
                Step::Jump(to) => {
                    pc = to as usize;
                    Some(at)
                }
                Step::Save(register) => {
                    self.set(register, at as u32)?;
                    Some(at)
                }
                Step::Clear { from, to } => {
                    self.clear(from, to)?;
                    Some(at)
                }
                Step::Zero(register) => {
                    self.set(register, 0)?;
                    Some(at)
                }
                Step::Loop(number) => self.go_round(number, &mut pc, at)?.then_some(at),
                Step::Turn(number) => {
                    let turn = &program.loops[number as usize];
                    let count = self.registers[turn.counter as usize];
                    self.set(turn.counter, count + 1)?;
                    if let Some(mark) = turn.mark {
                        self.set(mark, at as u32)?;
                    }
                    let (from, to) = turn.captures;
                    self.clear(from, to)?;
                    Some(at)
                }
                Step::Look(look) => {
                    // Nothing goes back to before this without coming here again.
                    self.registers[look as usize] = self.stack.len() as u32;
                    self.registers[look as usize + 1] = at as u32;
                    Some(at)
                }
                Step::Found { look, captures } => Some(self.found(look, captures)),
                Step::Refuse(look) => {
                    self.refuse(look);
                    None
                }
                Step::BackReference { group, folding } => self.reference(group, folding, at),
                Step::BackReferenceBefore { group, folding } => {
                    self.reference_before(group, folding, at)
                }
                Step::TextStart => (at == 0).then_some(at),
                Step::TextEnd => (at == self.text.len()).then_some(at),
                Step::LineStart => self.unit_before(at).is_none_or(Self::is_line_end).then_some(at),
                Step::LineEnd => self.unit(at).is_none_or(Self::is_line_end).then_some(at),
                Step::Boundary { is_negated, has_more } => {
                    let before = Self::is_word(self.unit_before(at), has_more);
                    let after = Self::is_word(self.unit(at), has_more);
                    ((before != after) != is_negated).then_some(at)
                }
                Step::Match => {
                    self.registers[0] = start as u32;
                    self.registers[1] = at as u32;
                    return Ok(true);
                }
            };
            match after {
                Some(after) => at = after,
                None => match self.back()? {
                    Some(other) => (pc, at) = other,
                    None => return Ok(false),
                },
            }
        }
    }

    #[inline]
    fn is_literal(&self, literal: &[u16], start: usize, end: usize) -> bool {
        self.text.get(start..end).is_some_and(|text| {
            text.iter().zip(literal).all(|(unit, wanted)| unit.code() == *wanted)
        })
    }

    /// Has groups match nothing.
    fn clear(&mut self, from: u32, to: u32) -> Result<(), Failure> {
        for register in 2 * from..2 * to {
            if self.registers[register as usize] != NONE {
                self.set(register, NONE)?;
            }
        }
        Ok(())
    }

    /// Decides whether a loop goes round once more. False if it fails.
    fn go_round(&mut self, number: u32, pc: &mut usize, at: usize) -> Result<bool, Failure> {
        let turn = &self.program.loops[number as usize];
        let count = self.registers[turn.counter as usize];
        self.spend(1)?;
        if let Some(mark) = turn.mark
            && count > turn.min
            && self.registers[mark as usize] == at as u32
        {
            // A turn more than there have to be has matched nothing (§22.2.2.3.1).
            return Ok(false);
        }
        if count < turn.min {
            return Ok(true);
        }
        if count >= turn.max {
            *pc = turn.exit as usize;
            return Ok(true);
        }
        if turn.is_greedy {
            self.push(Frame::Choice { pc: turn.exit, at: at as u32 })?;
        } else {
            self.push(Frame::Choice { pc: *pc as u32, at: at as u32 })?;
            *pc = turn.exit as usize;
        }
        Ok(true)
    }

    // -----------------------------------------------------------------------
    // Looking around, and back
    // -----------------------------------------------------------------------

    /// Forgets the choices since a look began, but not what is to be undone. Gives the
    /// index where it began.
    fn found(&mut self, look: Register, captures: bool) -> usize {
        let height = self.registers[look as usize] as usize;
        let mut kept = height;
        if captures && height > 0 {
            for index in height..self.stack.len() {
                if let frame @ Frame::Restore { .. } = self.stack[index] {
                    self.stack[kept] = frame;
                    kept += 1;
                }
            }
        }
        self.stack.truncate(kept);
        self.registers[look as usize + 1] as usize
    }

    /// Undoes everything since a look began.
    fn refuse(&mut self, look: Register) {
        let height = self.registers[look as usize] as usize;
        while self.stack.len() > height
            && let Some(frame) = self.stack.pop()
        {
            if let Frame::Restore { register, value } = frame {
                self.registers[register as usize] = value;
            }
        }
    }

    /// What a group has matched.
    fn group(&self, group: u32) -> Option<(usize, usize)> {
        let start = self.registers[2 * group as usize];
        let end = self.registers[2 * group as usize + 1];
        (start != NONE && end != NONE).then_some((start as usize, end as usize))
    }

    /// Where a back reference ends that begins at an index.
    fn reference(&self, group: u32, folding: Option<Folding>, at: usize) -> Option<usize> {
        let Some((start, end)) = self.group(group) else { return Some(at) };
        let mut here = at;
        match folding {
            Some(folding) if self.program.is_unicode => {
                let mut there = start;
                while there < end {
                    let (wanted, next) = self.point(there)?;
                    let (point, after) = self.point(here)?;
                    if !is_same(folding, wanted, point) {
                        return None;
                    }
                    (there, here) = (next, after);
                }
            }
            _ => {
                here = at + (end - start);
                if !self.is_repeated(start, end, at, folding) {
                    return None;
                }
            }
        }
        (!self.program.is_unicode || !self.is_inside_pair(here)).then_some(here)
    }

    /// Where a back reference begins that ends at an index.
    fn reference_before(&self, group: u32, folding: Option<Folding>, at: usize) -> Option<usize> {
        let Some((start, end)) = self.group(group) else { return Some(at) };
        let mut here = at;
        match folding {
            Some(folding) if self.program.is_unicode => {
                let mut there = end;
                while there > start {
                    let (wanted, next) = self.point_before(there)?;
                    let (point, before) = self.point_before(here)?;
                    if !is_same(folding, wanted, point) {
                        return None;
                    }
                    (there, here) = (next, before);
                }
            }
            _ => {
                here = at.checked_sub(end - start)?;
                if !self.is_repeated(start, end, here, folding) {
                    return None;
                }
            }
        }
        (!self.program.is_unicode || !self.is_inside_pair(here)).then_some(here)
    }

    /// Whether the units of a part of the text stand at an index once more.
    fn is_repeated(&self, start: usize, end: usize, at: usize, folding: Option<Folding>) -> bool {
        let Some(here) = self.text.get(at..at + (end - start)) else { return false };
        self.text[start..end].iter().zip(here).all(|(wanted, unit)| {
            let (wanted, unit) = (wanted.code(), unit.code());
            match folding {
                None => wanted == unit,
                Some(folding) => is_same(folding, u32::from(wanted), u32::from(unit)),
            }
        })
    }
}

fn is_same(folding: Folding, one: u32, other: u32) -> bool {
    one == other || folding.canonicalize(one) == folding.canonicalize(other)
}

/// The code point of two surrogates.
fn join(lead: u32, trail: u32) -> u32 {
    0x1_0000 + ((lead - 0xD800) << 10) + (trail - 0xDC00)
}
