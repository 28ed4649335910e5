//! What stands in the Rust code that LALRPOP writes.
//!
//! The code is regular, so it is read by its lines. Whatever is not as expected
//! ends the build: a new version of LALRPOP may write otherwise.

use std::collections::{HashMap, HashSet};

/// The parts of LALRPOP's output that we keep.
pub struct Output<'t> {
    /// The variants of the type of a grammar symbol's value, without the braces.
    pub symbols: &'t str,
    /// What to do in each state, by terminal; the last terminal is the end of the
    /// input. Positive: go to this state less one. Negative: do the reduction
    /// whose complement this is. Zero: nothing.
    pub actions: Vec<Vec<i16>>,
    /// The arms of the match that gives the next state, by nonterminal.
    pub goto: &'t str,
    /// The productions, but for the one that ends a parse, which comes last.
    pub productions: Vec<Production<'t>>,
    /// The variant of the start symbol's value.
    pub start: u32,
    /// The functions that perform the actions.
    pub functions: &'t str,
}

/// A production, and how its action is performed.
pub struct Production<'t> {
    /// As it stands in the grammar, inlined nonterminals resolved.
    pub text: &'t str,
    /// The variants of its operands' values, the first operand first.
    pub operands: Vec<u32>,
    /// The nonterminal it produces.
    pub nonterminal: u32,
    /// The variant of that one's value.
    pub result: u32,
    /// The number of its action.
    pub action: &'t str,
    /// Whether the action may fail.
    pub fallible: bool,
    /// Whether its value is that of its only operand.
    pub unit: bool,
}

/// Takes LALRPOP's output apart.
pub fn read(text: &str) -> Output<'_> {
    let functions = between(
        text,
        "\n#[allow(unused_variables)]\n",
        "\n#[allow(clippy::type_complexity, dead_code)]\npub trait __ToTriple",
    );
    let eof = numbers(between(text, "const __EOF_ACTION: &[i16] = &[", "];"));
    let terminals = between(text, "const __TERMINAL: &[&str] = &[", "];").lines().count() - 2;
    let mut actions: Vec<Vec<i16>> = numbers(between(text, "const __ACTION: &[i16] = &[", "];"))
        .chunks(terminals)
        .map(<[i16]>::to_vec)
        .collect();
    assert_eq!(actions.len(), eof.len(), "{UNKNOWN}: a row of actions a state");
    for (row, at_end) in actions.iter_mut().zip(eof) {
        *row.last_mut().expect("a row has columns") = at_end;
    }
    let (productions, start) = productions(text, &identities(functions));
    Output {
        symbols: between(text, "pub(crate) enum __Symbol<'a>\n     {", "    }\n"),
        actions,
        goto: between(
            text,
            "fn __goto(state: i16, nt: usize) -> i16 {\n        match nt {",
            "\n        }\n    }\n",
        ),
        productions,
        start,
        functions,
    }
}

const UNKNOWN: &str = "LALRPOP's output has changed";

/// The text between two marks.
fn between<'t>(text: &'t str, begin: &str, end: &str) -> &'t str {
    text.split_once(begin)
        .and_then(|(_, rest)| rest.split_once(end))
        .unwrap_or_else(|| panic!("{UNKNOWN}: no {begin:?} … {end:?}"))
        .0
}

/// The numbers of a table with comments.
fn numbers(table: &str) -> Vec<i16> {
    let rows = table.lines().filter(|line| !line.trim_start().starts_with("//"));
    rows.flat_map(|row| row.split(','))
        .map(str::trim)
        .filter(|number| !number.is_empty())
        .map(|number| number.parse().expect("tables consist of numbers"))
        .collect()
}

/// The actions whose value is their only operand's.
fn identities(functions: &str) -> HashSet<&str> {
    let functions = functions.split("\nfn __action").skip(1);
    functions
        .filter(|function| {
            let (head, body) = function.split_once("\n{\n").unwrap_or((function, ""));
            let one_operand = head.matches("(_, __0, _):").count() == 1
                && head.matches("):").count() <= 1
                && !head.contains("(_, _, _)");
            one_operand && body.split_once("\n}").is_some_and(|(body, _)| body.trim() == "__0")
        })
        .filter_map(|function| function.split(['<', '(']).next())
        .collect()
}

/// All productions in the order of their numbers, and the variant of the start
/// symbol's value.
fn productions<'t>(text: &'t str, identities: &HashSet<&str>) -> (Vec<Production<'t>>, u32) {
    let cases = between(
        text,
        "let (__pop_states, __nonterminal) = match __action {\n",
        "            _ => panic!(\"invalid action code",
    );
    // A reduction that cannot fail is a function of its own.
    let functions: HashMap<&str, &str> = text
        .split("    fn __reduce")
        .skip(2)
        .filter_map(|function| {
            Some((function.split_once('<')?.0, function.split_once("    {\n")?.1))
        })
        .collect();
    let mut cases: Vec<&str> =
        cases.split("\n            }\n").filter(|case| !case.trim().is_empty()).collect();
    let last = cases.pop().expect("there are productions");
    assert!(last.contains("// __Start = Start"), "{UNKNOWN}: {last}");
    let (start, _) = popped(last).pop().expect("the start symbol is an operand");
    let productions = cases.into_iter().enumerate().map(|(index, case)| {
        let body = case.strip_prefix(&*format!("            {index} => {{\n"));
        let body = body.unwrap_or_else(|| panic!("{UNKNOWN}: {case}"));
        let body = if body.trim_start().starts_with("// ") {
            body
        } else {
            functions[index.to_string().as_str()].split("\n    }\n").next().unwrap_or_default()
        };
        production(body, identities)
    });
    (productions.collect(), start)
}

/// Reads one reduction, such as
///
/// ```text
/// // Accessed<MemberExpression> = MemberExpression, ".", "identifier" => ActionFn(888);
/// assert!(__symbols.len() >= 3);
/// let __sym2 = __pop_Variant0(__symbols);
/// let __sym1 = __pop_Variant0(__symbols);
/// let __sym0 = __pop_Variant3(__symbols);
/// let __start = __sym0.0.clone();
/// let __end = __sym2.2.clone();
/// let __nt = super::__action888::<>(cx, __sym0, __sym1, __sym2);
/// __symbols.push((__start, __Symbol::Variant3(__nt), __end));
/// (3, 4)
/// ```
fn production<'t>(body: &'t str, identities: &HashSet<&str>) -> Production<'t> {
    let operands: Vec<u32> = popped(body).into_iter().map(|(variant, _)| variant).rev().collect();
    let action = between(body, "super::__action", "::<>");
    let result = between(body, "__symbols.push((__start, __Symbol::Variant", "(__nt)");
    let pair = body.trim_end().lines().last().unwrap_or_default();
    let (pops, nonterminal) = between(pair, "(", ")").split_once(", ").expect("a pair");
    assert_eq!(pops, operands.len().to_string(), "{UNKNOWN}: {body}");
    Production {
        text: between(body, "// ", " => ActionFn"),
        nonterminal: nonterminal.parse().expect("a nonterminal is a number"),
        result: result.parse().expect("a variant is a number"),
        fallible: body.contains("= match super::__action"),
        unit: operands.len() == 1 && identities.contains(action),
        operands,
        action,
    }
}

/// The variants of the values that a reduction takes from the stack, in that
/// order, and the names it gives them.
fn popped(body: &str) -> Vec<(u32, &str)> {
    body.lines()
        .filter_map(|line| {
            let (name, call) = line.trim().strip_prefix("let ")?.split_once(" = __pop_Variant")?;
            Some((call.split_once('(')?.0.parse().ok()?, name))
        })
        .collect()
}
