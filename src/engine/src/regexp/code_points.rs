//! Sets of code points, as classes are while a pattern is compiled.

/// The last code point.
pub(super) const LAST: u32 = 0x10_FFFF;

/// A set of code points: ranges in order, of which none touches another. Surrogates are
/// members like all others.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(super) struct CodePoints {
    ranges: Vec<(u32, u32)>,
}

impl CodePoints {
    /// Ranges in any order; both ends belong to them.
    pub(super) fn new(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.sort_unstable();
        let mut joined = Vec::<(u32, u32)>::with_capacity(ranges.len());
        for (start, end) in ranges {
            match joined.last_mut() {
                Some(last) if start <= last.1.saturating_add(1) => last.1 = last.1.max(end),
                _ => joined.push((start, end)),
            }
        }
        Self { ranges: joined }
    }

    /// One code point.
    pub(super) fn one(point: u32) -> Self {
        Self { ranges: vec![(point, point)] }
    }

    /// All of them.
    pub(super) fn all() -> Self {
        Self { ranges: vec![(0, LAST)] }
    }

    /// The ranges in order, both ends included.
    pub(super) fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    pub(super) fn contains(&self, point: u32) -> bool {
        contains(&self.ranges, point)
    }

    /// How many there are.
    pub(super) fn count(&self) -> u32 {
        self.ranges.iter().map(|(start, end)| end - start + 1).sum()
    }

    /// All members, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.ranges.iter().flat_map(|(start, end)| *start..=*end)
    }

    /// The members of either.
    pub(super) fn union(&self, other: &Self) -> Self {
        Self::new(self.ranges.iter().chain(&other.ranges).copied().collect())
    }

    /// The members of both.
    pub(super) fn intersection(&self, other: &Self) -> Self {
        let (mut mine, mut others) = (self.ranges.iter(), other.ranges.iter());
        let (mut a, mut b) = (mine.next(), others.next());
        let mut ranges = Vec::new();
        while let (Some(&left), Some(&right)) = (a, b) {
            let (start, end) = (left.0.max(right.0), left.1.min(right.1));
            if start <= end {
                ranges.push((start, end));
            }
            if left.1 < right.1 {
                a = mine.next();
            } else {
                b = others.next();
            }
        }
        Self { ranges }
    }

    /// All but the members.
    pub(super) fn complement(&self) -> Self {
        let mut ranges = Vec::with_capacity(self.ranges.len() + 1);
        let mut next = 0;
        for &(start, end) in &self.ranges {
            if start > next {
                ranges.push((next, start - 1));
            }
            next = end + 1;
        }
        if next <= LAST {
            ranges.push((next, LAST));
        }
        Self { ranges }
    }

    /// The members that are not in the other.
    pub(super) fn difference(&self, other: &Self) -> Self {
        self.intersection(&other.complement())
    }
}

/// Whether one of some ranges in order has a code point.
pub(super) fn contains(ranges: &[(u32, u32)], point: u32) -> bool {
    let after = ranges.partition_point(|(start, _)| *start <= point);
    after > 0 && point <= ranges[after - 1].1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations() {
        let a = CodePoints::new(vec![(5, 9), (1, 2), (3, 3), (20, LAST)]);
        assert_eq!(a.ranges(), [(1, 3), (5, 9), (20, LAST)]);
        let b = CodePoints::new(vec![(3, 6), (30, 40)]);
        assert_eq!(a.intersection(&b).ranges(), [(3, 3), (5, 6), (30, 40)]);
        assert_eq!(a.union(&b).ranges(), [(1, 9), (20, LAST)]);
        assert_eq!(b.complement().ranges(), [(0, 2), (7, 29), (41, LAST)]);
        assert_eq!(a.difference(&b).ranges(), [(1, 2), (7, 9), (20, 29), (41, LAST)]);
        assert_eq!(CodePoints::all().complement(), CodePoints::default());
        assert!(b.contains(3) && b.contains(6) && !b.contains(7) && !b.contains(2));
        assert_eq!((b.count(), b.iter().next()), (15, Some(3)));
    }
}
