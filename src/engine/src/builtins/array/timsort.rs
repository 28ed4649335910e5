//! Timsort, question by question as V8 does it: what a comparator is asked, and what becomes
//! of the values where it contradicts itself, are the same.
//!
//! Tim Peters's description: <https://github.com/python/cpython/blob/main/Objects/listsort.txt>.
//! Stretches that are in order already are runs; short ones are made longer by insertion.
//! Runs are merged so that those that meet are about as long as each other. A merge that
//! takes many values from one side in succession looks for the end of them in ever greater
//! steps, which is called galloping.

use crate::heap::RootedVec;
use crate::value::Value;
use crate::vm::{Completion, Vm};

/// So many values in succession from one side make a merge gallop.
const GALLOP: usize = 7;

/// Sorts, stably; `less` says whether one value comes before another.
pub(super) fn sort<F>(vm: &mut Vm, values: &mut RootedVec<Value>, less: F) -> Completion<()>
where
    F: FnMut(&mut Vm, Value, Value) -> Completion<bool>,
{
    Timsort::new(vm, values, less).sort(vm)
}

/// Sorts a few values, each of which is put among those before it.
pub(super) fn insert<F>(vm: &mut Vm, values: &mut RootedVec<Value>, less: F) -> Completion<()>
where
    F: FnMut(&mut Vm, Value, Value) -> Completion<bool>,
{
    let count = values.len();
    Timsort::new(vm, values, less).insert(vm, 0, 1, count)
}

/// A stretch of the values that is in order.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    length: usize,
}

/// The lists that a merge deals with.
#[derive(Clone, Copy)]
enum List {
    Values,
    Aside,
}

/// Where, among values that are equal to it, the place of a value is.
#[derive(Clone, Copy)]
enum Side {
    Before,
    Behind,
}

struct Timsort<'v, F> {
    values: &'v mut RootedVec<Value>,
    /// A copy of the shorter of two runs that are merged.
    aside: RootedVec<Value>,
    /// What is in order so far, without gaps. Their lengths shrink so fast that there are
    /// never many.
    runs: Vec<Run>,
    /// So many values in succession from one side make a merge gallop: fewer while it pays.
    gallops_from: usize,
    less: F,
}

/// How long runs are made: between 32 and 64, so that there are nearly as many as a power
/// of two.
fn shortest_run(mut count: usize) -> usize {
    let mut rest = 0;
    while count >= 64 {
        rest |= count & 1;
        count >>= 1;
    }
    count + rest
}

impl<'v, F: FnMut(&mut Vm, Value, Value) -> Completion<bool>> Timsort<'v, F> {
    fn new(vm: &Vm, values: &'v mut RootedVec<Value>, less: F) -> Self {
        let aside = vm.memory.rooted_vec();
        Self { values, aside, runs: Vec::new(), gallops_from: GALLOP, less }
    }

    fn sort(mut self, vm: &mut Vm) -> Completion<()> {
        let count = self.values.len();
        if count < 2 {
            return Ok(());
        }
        let shortest = shortest_run(count);
        let mut start = 0;
        while start < count {
            let rest = count - start;
            let mut length = self.find_run(vm, start, count)?;
            if length < shortest {
                let longer = shortest.min(rest);
                self.insert(vm, start, start + length, start + longer)?;
                length = longer;
            }
            self.runs.push(Run { start, length });
            self.merge_where_needed(vm)?;
            start += length;
        }
        self.merge_all(vm)
    }

    #[inline]
    fn less(&mut self, vm: &mut Vm, one: Value, other: Value) -> Completion<bool> {
        (self.less)(vm, one, other)
    }

    #[inline]
    fn get(&self, list: List, index: usize) -> Value {
        let list = match list {
            List::Values => &*self.values,
            List::Aside => &self.aside,
        };
        list.get(index).unwrap_or(Value::UNDEFINED)
    }

    /// Copies to the values, from one of the lists; the stretches may overlap.
    fn copy(&mut self, list: List, from: usize, to: usize, count: usize) {
        match list {
            List::Values => self.values.copy_within(from, to, count),
            List::Aside => self.values.copy_from(to, &self.aside, from, count),
        }
    }

    fn put_aside(&mut self, run: Run) {
        self.aside.truncate(0);
        self.aside.append_from(self.values, run.start, run.length);
    }

    /// The length of the run that begins at a place; one that goes down is turned round.
    fn find_run(&mut self, vm: &mut Vm, start: usize, end: usize) -> Completion<usize> {
        if end - start == 1 {
            return Ok(1);
        }
        let (first, second) = (self.get(List::Values, start), self.get(List::Values, start + 1));
        let goes_down = self.less(vm, second, first)?;
        let (mut length, mut before) = (2, second);
        while start + length < end {
            let value = self.get(List::Values, start + length);
            if self.less(vm, value, before)? != goes_down {
                break;
            }
            before = value;
            length += 1;
        }
        if goes_down {
            for index in 0..length / 2 {
                let (low, high) = (start + index, start + length - 1 - index);
                let (one, other) = (self.get(List::Values, low), self.get(List::Values, high));
                self.values.set(low, other);
                self.values.set(high, one);
            }
        }
        Ok(length)
    }

    /// Makes a run longer, a value at a time, by binary search.
    fn insert(&mut self, vm: &mut Vm, start: usize, from: usize, end: usize) -> Completion<()> {
        for at in from..end {
            let value = self.get(List::Values, at);
            let (mut left, mut right) = (start, at);
            while left < right {
                let middle = left + (right - left) / 2;
                let other = self.get(List::Values, middle);
                if self.less(vm, value, other)? {
                    right = middle;
                } else {
                    left = middle + 1;
                }
            }
            self.copy(List::Values, left, left + 1, at - left);
            self.values.set(left, value);
        }
        Ok(())
    }

    /// Whether the two runs before this one are together shorter than the third.
    fn shrinks_at(&self, number: usize) -> bool {
        let length = |number: usize| self.runs[number].length;
        number < 2 || length(number - 2) > length(number - 1) + length(number)
    }

    /// Merges until the lengths of the runs shrink as they should.
    fn merge_where_needed(&mut self, vm: &mut Vm) -> Completion<()> {
        while self.runs.len() > 1 {
            let mut number = self.runs.len() - 2;
            let length = |number: usize| self.runs[number].length;
            if !self.shrinks_at(number + 1) || !self.shrinks_at(number) {
                if length(number - 1) < length(number + 1) {
                    number -= 1;
                }
            } else if length(number) > length(number + 1) {
                break;
            }
            self.merge_at(vm, number)?;
        }
        Ok(())
    }

    fn merge_all(&mut self, vm: &mut Vm) -> Completion<()> {
        while self.runs.len() > 1 {
            let mut number = self.runs.len() - 2;
            if number > 0 && self.runs[number - 1].length < self.runs[number + 1].length {
                number -= 1;
            }
            self.merge_at(vm, number)?;
        }
        Ok(())
    }

    /// Merges a run with the next one.
    fn merge_at(&mut self, vm: &mut Vm, number: usize) -> Completion<()> {
        let (mut left, mut right) = (self.runs[number], self.runs[number + 1]);
        self.runs[number].length += right.length;
        self.runs.remove(number + 1);
        // What is in its place already, at both ends, stays out of the merge.
        let first = self.get(List::Values, right.start);
        let place = self.place(vm, Side::Behind, first, (List::Values, left), 0)?;
        left = Run { start: left.start + place, length: left.length - place };
        if left.length == 0 {
            return Ok(());
        }
        let last = self.get(List::Values, left.start + left.length - 1);
        let values = (List::Values, right);
        right.length = self.place(vm, Side::Before, last, values, right.length - 1)?;
        if right.length == 0 {
            return Ok(());
        }
        if left.length <= right.length {
            self.merge_upwards(vm, left, right)
        } else {
            self.merge_downwards(vm, left, right)
        }
    }

    /// The place of a value in a run, searched from a guess on.
    fn place(
        &mut self,
        vm: &mut Vm,
        side: Side,
        value: Value,
        (list, run): (List, Run),
        guess: usize,
    ) -> Completion<usize> {
        // Whether the value's place is behind another one.
        let is_behind = |this: &mut Self, vm: &mut Vm, index: usize| {
            let other = this.get(list, run.start + index);
            match side {
                Side::Before => this.less(vm, other, value),
                Side::Behind => Ok(!this.less(vm, value, other)?),
            }
        };
        let (mut near, mut far) = (0, 1);
        let upwards = is_behind(self, vm, guess)?;
        let most = if upwards { run.length - guess } else { guess + 1 };
        while far < most {
            let index = if upwards { guess + far } else { guess - far };
            if is_behind(self, vm, index)? != upwards {
                break;
            }
            near = far;
            far = far * 2 + 1;
        }
        far = far.min(most);
        let (mut left, mut right) =
            if upwards { (guess + near + 1, guess + far) } else { (guess + 1 - far, guess - near) };
        while left < right {
            let middle = left + (right - left) / 2;
            if is_behind(self, vm, middle)? {
                left = middle + 1;
            } else {
                right = middle;
            }
        }
        Ok(left)
    }

    /// Merges from below; the left run, which is not longer than the right one, steps
    /// aside. Its first value goes behind the right one's first, its last behind all.
    fn merge_upwards(&mut self, vm: &mut Vm, left: Run, right: Run) -> Completion<()> {
        self.put_aside(left);
        let mut merge =
            Merge { aside: Run { start: 0, length: left.length }, staying: right, to: left.start };
        self.take_first(&mut merge);
        if merge.staying.length > 0 && merge.aside.length > 1 {
            self.interleave_upwards(vm, &mut merge)?;
        }
        let Merge { aside, staying, to } = merge;
        if staying.length > 0 {
            self.copy(List::Values, staying.start, to, staying.length);
        }
        self.copy(List::Aside, aside.start, to + staying.length, aside.length);
        Ok(())
    }

    /// Takes the first value of the run that has stayed.
    fn take_first(&mut self, merge: &mut Merge) {
        self.copy(List::Values, merge.staying.start, merge.to, 1);
        merge.staying = merge.staying.without_first(1);
        merge.to += 1;
    }

    /// Takes the first values of the run that has stepped aside.
    fn take_first_aside(&mut self, merge: &mut Merge, count: usize) {
        self.copy(List::Aside, merge.aside.start, merge.to, count);
        merge.aside = merge.aside.without_first(count);
        merge.to += count;
    }

    /// Until nothing of the run that stayed is left, or one value of the other.
    fn interleave_upwards(&mut self, vm: &mut Vm, merge: &mut Merge) -> Completion<()> {
        loop {
            let (mut aside_wins, mut staying_wins) = (0, 0);
            while aside_wins < self.gallops_from && staying_wins < self.gallops_from {
                let staying = self.get(List::Values, merge.staying.start);
                let aside = self.get(List::Aside, merge.aside.start);
                if self.less(vm, staying, aside)? {
                    self.take_first(merge);
                    (aside_wins, staying_wins) = (0, staying_wins + 1);
                } else {
                    self.take_first_aside(merge, 1);
                    (aside_wins, staying_wins) = (aside_wins + 1, 0);
                }
                if merge.staying.length == 0 || merge.aside.length <= 1 {
                    return Ok(());
                }
            }
            self.gallops_from += 1;
            loop {
                self.gallops_from = self.gallops_from.saturating_sub(1).max(1);
                let value = self.get(List::Values, merge.staying.start);
                let run = (List::Aside, merge.aside);
                let aside_wins = self.place(vm, Side::Behind, value, run, 0)?;
                self.take_first_aside(merge, aside_wins);
                if merge.aside.length <= 1 {
                    return Ok(());
                }
                self.take_first(merge);
                if merge.staying.length == 0 {
                    return Ok(());
                }
                let value = self.get(List::Aside, merge.aside.start);
                let run = (List::Values, merge.staying);
                let staying_wins = self.place(vm, Side::Before, value, run, 0)?;
                self.copy(List::Values, merge.staying.start, merge.to, staying_wins);
                merge.staying = merge.staying.without_first(staying_wins);
                merge.to += staying_wins;
                if merge.staying.length == 0 {
                    return Ok(());
                }
                self.take_first_aside(merge, 1);
                if merge.aside.length == 1 {
                    return Ok(());
                }
                if aside_wins < GALLOP && staying_wins < GALLOP {
                    break;
                }
            }
            self.gallops_from += 1;
        }
    }

    /// Merges from above; the right run, which is shorter than the left one, steps aside.
    /// The left one's last value goes behind all of it, its own first before the rest.
    fn merge_downwards(&mut self, vm: &mut Vm, left: Run, right: Run) -> Completion<()> {
        self.put_aside(right);
        let mut merge = Merge {
            aside: Run { start: 0, length: right.length },
            staying: left,
            to: right.start + right.length,
        };
        self.take_last(&mut merge, 1);
        if merge.staying.length > 0 && merge.aside.length > 1 {
            self.interleave_downwards(vm, &mut merge)?;
        }
        let Merge { aside, staying, to } = merge;
        let to = to - staying.length;
        if staying.length > 0 {
            self.copy(List::Values, staying.start, to, staying.length);
        }
        self.copy(List::Aside, 0, to - aside.length, aside.length);
        Ok(())
    }

    /// Takes the last values of the run that has stayed.
    fn take_last(&mut self, merge: &mut Merge, count: usize) {
        merge.staying.length -= count;
        merge.to -= count;
        self.copy(List::Values, merge.staying.start + merge.staying.length, merge.to, count);
    }

    /// Takes the last values of the run that has stepped aside.
    fn take_last_aside(&mut self, merge: &mut Merge, count: usize) {
        merge.aside.length -= count;
        merge.to -= count;
        self.copy(List::Aside, merge.aside.length, merge.to, count);
    }

    /// Until nothing of the run that stayed is left, or one value of the other.
    fn interleave_downwards(&mut self, vm: &mut Vm, merge: &mut Merge) -> Completion<()> {
        loop {
            let (mut aside_wins, mut staying_wins) = (0, 0);
            while aside_wins < self.gallops_from && staying_wins < self.gallops_from {
                let aside = self.get(List::Aside, merge.aside.length - 1);
                let staying = self.get(List::Values, merge.staying.end() - 1);
                if self.less(vm, aside, staying)? {
                    self.take_last(merge, 1);
                    (aside_wins, staying_wins) = (0, staying_wins + 1);
                } else {
                    self.take_last_aside(merge, 1);
                    (aside_wins, staying_wins) = (aside_wins + 1, 0);
                }
                if merge.staying.length == 0 || merge.aside.length <= 1 {
                    return Ok(());
                }
            }
            self.gallops_from += 1;
            loop {
                self.gallops_from = self.gallops_from.saturating_sub(1).max(1);
                let value = self.get(List::Aside, merge.aside.length - 1);
                let run = (List::Values, merge.staying);
                let guess = merge.staying.length - 1;
                let place = self.place(vm, Side::Behind, value, run, guess)?;
                let staying_wins = merge.staying.length - place;
                self.take_last(merge, staying_wins);
                if merge.staying.length == 0 {
                    return Ok(());
                }
                self.take_last_aside(merge, 1);
                if merge.aside.length == 1 {
                    return Ok(());
                }
                let value = self.get(List::Values, merge.staying.end() - 1);
                let run = (List::Aside, merge.aside);
                let guess = merge.aside.length - 1;
                let place = self.place(vm, Side::Before, value, run, guess)?;
                let aside_wins = merge.aside.length - place;
                self.take_last_aside(merge, aside_wins);
                if merge.aside.length <= 1 {
                    return Ok(());
                }
                self.take_last(merge, 1);
                if merge.staying.length == 0 {
                    return Ok(());
                }
                if aside_wins < GALLOP && staying_wins < GALLOP {
                    break;
                }
            }
            self.gallops_from += 1;
        }
    }
}

/// What is left of two runs that are merged, and where the next value goes: upwards, or
/// right below.
struct Merge {
    aside: Run,
    staying: Run,
    to: usize,
}

impl Run {
    fn end(self) -> usize {
        self.start + self.length
    }

    fn without_first(self, count: usize) -> Self {
        Self { start: self.start + count, length: self.length - count }
    }
}
