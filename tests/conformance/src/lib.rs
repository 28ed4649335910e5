//! What the suites in `suites/` stand on.
//!
//! A suite judges Axil by texts that lie in files: our own beside this crate,
//! or test262 and npm packages, which are fetched and never part of the tree.
//! Where such data are absent, a suite says so in one line and is skipped.

pub mod archive;
pub mod cases;
pub mod estree;
pub mod jobs;
pub mod nests;
pub mod node;
pub mod node_tests;
pub mod paths;
pub mod program;
pub mod served;
pub mod summary;
pub mod test262;

/// Whether expectations are to be rewritten rather than checked; `make bless`
/// asks for it by the variable that insta reads too.
pub fn blessing() -> bool {
    std::env::var_os("INSTA_UPDATE").is_some_and(|value| value == "always")
}
