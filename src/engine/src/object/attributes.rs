//! Attributes of properties (ECMA-262 §6.1.7.1).

use bitflags::bitflags;

bitflags! {
    /// The attributes of a property.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
    pub struct Attributes: u8 {
        /// Its value can be changed. Accessors do not have this.
        const WRITABLE = 1;
        /// `for`-`in` comes by it.
        const ENUMERABLE = 1 << 1;
        /// It can be deleted, and its attributes changed.
        const CONFIGURABLE = 1 << 2;
        /// It has a getter, a setter or both in place of a value.
        const ACCESSOR = 1 << 3;
    }
}

impl Attributes {
    /// Those of a property that an assignment creates.
    pub const DATA: Self = Self::WRITABLE.union(Self::ENUMERABLE).union(Self::CONFIGURABLE);
    /// Those of a builtin method.
    pub const METHOD: Self = Self::WRITABLE.union(Self::CONFIGURABLE);
    /// None at all.
    pub const FIXED: Self = Self::empty();

    /// Whether it has a getter, a setter or both.
    #[inline]
    #[must_use]
    pub const fn is_accessor(self) -> bool {
        self.contains(Self::ACCESSOR)
    }

    /// Whether its value can be changed.
    #[inline]
    #[must_use]
    pub const fn is_writable(self) -> bool {
        self.contains(Self::WRITABLE)
    }

    /// Whether `for`-`in` comes by it.
    #[inline]
    #[must_use]
    pub const fn is_enumerable(self) -> bool {
        self.contains(Self::ENUMERABLE)
    }

    /// Whether it can be deleted, and its attributes changed.
    #[inline]
    #[must_use]
    pub const fn is_configurable(self) -> bool {
        self.contains(Self::CONFIGURABLE)
    }
}
