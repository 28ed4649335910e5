//! With which code units something can begin: what lets the matcher see without trying
//! that an alternative cannot match, or that it will never have to come back.

use super::code_points::CodePoints;

/// A set of code units, exact below 256, with one answer for all others.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(super) struct Firsts {
    /// A bit for each unit below 256.
    pub(super) latin1: [u64; 4],
    /// Whether any other unit is a member.
    pub(super) beyond: bool,
}

impl Firsts {
    /// All units.
    pub(super) const ALL: Self = Self { latin1: [u64::MAX; 4], beyond: true };

    /// The first units of some code points.
    pub(super) fn of(points: &CodePoints) -> Self {
        let mut firsts = Self::default();
        for &(start, end) in points.ranges() {
            for point in start..=end.min(0xFF) {
                firsts.latin1[point as usize / 64] |= 1 << (point % 64);
            }
            firsts.beyond |= end > 0xFF;
        }
        firsts
    }

    /// The first unit of one code point.
    pub(super) fn of_one(point: u32) -> Self {
        let mut firsts = Self { latin1: [0; 4], beyond: point > 0xFF };
        if point <= 0xFF {
            firsts.latin1[point as usize / 64] |= 1 << (point % 64);
        }
        firsts
    }

    #[inline]
    pub(super) fn contains(&self, unit: u16) -> bool {
        if unit > 0xFF {
            return self.beyond;
        }
        self.latin1[usize::from(unit) / 64] >> (unit % 64) & 1 != 0
    }

    /// The members of either.
    pub(super) fn union(mut self, other: Self) -> Self {
        for (mine, others) in self.latin1.iter_mut().zip(other.latin1) {
            *mine |= others;
        }
        self.beyond |= other.beyond;
        self
    }

    /// Whether no unit is a member of both.
    pub(super) fn is_disjoint(&self, other: &Self) -> bool {
        !(self.beyond && other.beyond)
            && self.latin1.iter().zip(other.latin1).all(|(mine, others)| mine & others == 0)
    }

    /// The members below 256, if there are no others and not more than three.
    pub(super) fn few(&self) -> Option<Vec<u8>> {
        let count: u32 = self.latin1.iter().map(|bits| bits.count_ones()).sum();
        (!self.beyond && count <= 3)
            .then(|| (0..=u8::MAX).filter(|unit| self.contains(u16::from(*unit))).collect())
    }
}

/// What comes after something in a pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct Follow {
    /// With which units it can begin.
    pub(super) firsts: Firsts,
    /// It may also match without a unit, or there is nothing known about it.
    pub(super) is_open: bool,
}

impl Follow {
    /// Nothing is known of it.
    pub(super) const UNKNOWN: Self = Self { firsts: Firsts::ALL, is_open: true };
}

/// What is known of a part of a pattern before it is compiled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Facts {
    /// With which units it begins where it matches any.
    pub(super) firsts: Firsts,
    /// Whether it may match without any unit. What holds before it then holds after it.
    pub(super) is_nullable: bool,
    /// Whether it never matches any unit.
    pub(super) is_zero_width: bool,
}

impl Facts {
    /// An assertion, or nothing.
    pub(super) const ZERO_WIDTH: Self = Self {
        firsts: Firsts { latin1: [0; 4], beyond: false },
        is_nullable: true,
        is_zero_width: true,
    };

    /// A character with these first units.
    pub(super) fn character(firsts: Firsts) -> Self {
        Self { firsts, is_nullable: false, is_zero_width: false }
    }

    /// This and then another.
    pub(super) fn then(self, next: Self) -> Self {
        Self {
            firsts: if self.is_nullable { self.firsts.union(next.firsts) } else { self.firsts },
            is_nullable: self.is_nullable && next.is_nullable,
            is_zero_width: self.is_zero_width && next.is_zero_width,
        }
    }

    /// This or another.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            firsts: self.firsts.union(other.firsts),
            is_nullable: self.is_nullable || other.is_nullable,
            is_zero_width: self.is_zero_width && other.is_zero_width,
        }
    }

    /// What follows whatever comes before this.
    pub(super) fn before(self, follow: Follow) -> Follow {
        if !self.is_nullable {
            return Follow { firsts: self.firsts, is_open: false };
        }
        Follow { firsts: self.firsts.union(follow.firsts), is_open: follow.is_open }
    }
}
