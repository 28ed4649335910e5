//! Runs LALRPOP and prepares its output for our own driver.
//!
//! LALRPOP's tables and actions stay as they are. Two things are taken from the
//! generated text: the one call of its own loop becomes a call of
//! `crate::driver::drive`, and the productions that only pass their operand on
//! are listed, because the driver can skip whole chains of them.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=ecmascript.lalrpop");
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    lalrpop::Configuration::new()
        .set_out_dir(&out)
        .emit_rerun_directives(false)
        .force_build(true)
        .process_file("ecmascript.lalrpop")
        .expect("the grammar compiles");
    // LALRPOP leaves its file alone when the grammar has not changed, so ours is
    // another one.
    let text = fs::read_to_string(out.join("ecmascript.rs")).expect("LALRPOP has written");
    let text = replace_once(&text, "__state_machine::Parser::drive(", "crate::driver::drive(");
    let text = replace_once(
        &text,
        "                __tokens,\n            )",
        "                cx,\n            )",
    );
    fs::write(out.join("parser.rs"), &text).expect("OUT_DIR is writable");
    fs::write(out.join("unit.rs"), unit_table(&text)).expect("OUT_DIR is writable");
}

/// Replaces the one place where `from` stands.
fn replace_once(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "LALRPOP's output has changed: {from}");
    text.replace(from, to)
}

/// A table that says of each reduction whether it is a unit reduction: one
/// symbol on the right-hand side, whose value is passed on unchanged.
fn unit_table(text: &str) -> String {
    let identity_actions: HashSet<&str> = text
        .split("\nfn __action")
        .skip(1)
        .filter(|function| {
            let body = function.split_once("\n{\n").map_or("", |(_, body)| body);
            let one_operand = function.matches("(_, __0, _):").count() == 1
                && function
                    .split_once("\n{\n")
                    .is_some_and(|(head, _)| head.matches("):").count() <= 1)
                && !function
                    .split_once("\n{\n")
                    .is_some_and(|(head, _)| head.contains("(_, _, _)"));
            one_operand && body.split_once("\n}").is_some_and(|(body, _)| body.trim() == "__0")
        })
        .filter_map(|function| function.split(['<', '(']).next())
        .collect();
    let mut units = Vec::new();
    for (index, production) in productions(text).into_iter().enumerate() {
        // `X = Y => ActionFn(7);`
        let Some((rule, action)) = production.split_once(" => ActionFn(") else {
            panic!("unknown form of production {index}: {production}");
        };
        let (_, symbols) = rule.split_once(" = ").expect("a production has a right-hand side");
        let action = action.trim_end_matches(");");
        // A comma inside a terminal's quotes makes this refuse a unit, no more. The
        // reduction that accepts ends the parse, so it is none.
        let single = !symbols.is_empty() && !symbols.contains(", ") && !rule.contains("__Start");
        units.push(single && identity_actions.contains(action));
    }
    assert!(units.iter().filter(|unit| **unit).count() > 50, "LALRPOP's output has changed");
    let mut table = String::new();
    write!(table, "pub(crate) static UNIT: [bool; {}] = {units:?};", units.len())
        .expect("a string takes all that is written");
    table
}

/// The comment on each production, in the order of the reductions.
fn productions(text: &str) -> Vec<String> {
    let reduce = text.split("let (__pop_states, __nonterminal) = match __action {").nth(1);
    let (cases, _) = reduce
        .and_then(|rest| rest.split_once("_ => panic!(\"invalid action code"))
        .expect("LALRPOP's output has changed: the match over the reductions");
    let bodies = text.split("    fn __reduce").skip(1);
    let outlined: std::collections::HashMap<&str, &str> = bodies
        .filter_map(|body| {
            let name = body.split('<').next()?;
            let comment = body.lines().find_map(|line| line.trim().strip_prefix("// "))?;
            Some((name, comment))
        })
        .collect();
    let mut found = Vec::new();
    let mut lines = cases.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    while let Some(line) = lines.next() {
        if line != format!("{} => {{", found.len()) {
            continue;
        }
        let first = lines.next().expect("a reduction has a body");
        let production = if let Some(comment) = first.strip_prefix("// ") {
            comment.to_owned()
        } else {
            let name = first.strip_prefix("__reduce").and_then(|rest| rest.split('(').next());
            let name = name.expect("a reduction calls its function");
            (*outlined.get(name).unwrap_or(&"__Start = Start => ActionFn(0);")).to_owned()
        };
        found.push(production);
    }
    found
}
