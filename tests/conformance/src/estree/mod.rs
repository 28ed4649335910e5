//! Our ESTree beside acorn's, on the files of well-known packages.

pub mod acorn;
pub mod compare;
pub mod packages;
