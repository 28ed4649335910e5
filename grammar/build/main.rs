//! Runs LALRPOP and makes of its output what our own driver wants.
//!
//! LALRPOP gives the tables of the automaton, a function for each action, and a
//! parser around them that keeps its stacks in its own way. The tables and the
//! actions stay as they are. The rest is written anew: an action reads its
//! operands where they lie on the stack and leaves its result there, and what the
//! driver has to know of a production without performing it stands in one table.

mod lalrpop_output;
mod parser;

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=ecmascript.lalrpop");
    println!("cargo::rerun-if-changed=build");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    lalrpop::Configuration::new()
        .set_out_dir(&out)
        .emit_rerun_directives(false)
        .force_build(true)
        .process_file("ecmascript.lalrpop")
        .expect("the grammar compiles");
    let text = fs::read_to_string(out.join("ecmascript.rs")).expect("LALRPOP has written");
    let parser = parser::write(&lalrpop_output::read(&text));
    fs::write(out.join("parser.rs"), parser).expect("OUT_DIR is writable");
}
