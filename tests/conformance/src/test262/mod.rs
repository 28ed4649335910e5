//! test262, the conformance suite of ECMA-262.
//!
//! Its tests are read where they lie; none of their text is part of Axil.

pub mod corpus;
pub mod expectations;
pub mod metadata;
pub mod parse_mode;
pub mod ratchet;
pub mod run_mode;
pub mod worker;
