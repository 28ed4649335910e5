//! Writes the parser's tables and reductions as Rust code.

use std::fmt::Write as _;

use crate::lalrpop_output::{Output, Production};

/// The module that `src/lib.rs` includes.
pub fn write(output: &Output<'_>) -> String {
    let mut code = String::new();
    write_all(&mut code, output).expect("a string takes all that is written");
    code
}

fn write_all(code: &mut String, output: &Output<'_>) -> std::fmt::Result {
    code.push_str(HEAD);
    let Output { symbols, goto, start, .. } = output;
    writeln!(
        code,
        "/// The value of a grammar symbol.\n\
         #[derive(Clone, Copy)]\n\
         pub(crate) enum Symbol<'a> {{{symbols}}}\n\n\
         /// The state after `nonterminal` has been produced above `state`.\n\
         pub(crate) fn goto(state: i16, nonterminal: u8) -> i16 {{\n\
             match nonterminal {{{goto}}}\n\
         }}\n\n\
         /// The value of the start symbol, which alone is left on the stack.\n\
         pub(crate) fn root<'a>(symbols: &[Operand<'a>]) -> Root<'a> {{\n\
             match symbols {{\n\
                 &[(_, Symbol::Variant{start}(root), _)] => root,\n\
                 _ => misplaced(),\n\
             }}\n\
         }}\n"
    )?;
    actions(code, output)?;
    reductions(code, output)?;
    // LALRPOP's own error type is one that only our faults ever are.
    let functions =
        output.functions.replace("__lalrpop_util::ParseError<u32,Token,Fault>", "Fault");
    writeln!(code, "#[allow(unused_variables)]\n{functions}")
}

const HEAD: &str = "\
use crate::ast::*;
use crate::builder::{
    ArrowHead, Cover, Cx, ForHeadKind, FunctionContext, FunctionTail, ListStart, Root, TemplateStart,
};
use crate::diagnostic::Fault;
use crate::driver::{Operand, Reduction, misplaced};
use crate::source::Span;
use crate::token::Token;

";

fn actions(code: &mut String, output: &Output<'_>) -> std::fmt::Result {
    let (states, terminals) = (output.actions.len(), output.actions[0].len());
    writeln!(code, "pub(crate) static ACTIONS: [[i16; {terminals}]; {states}] = [")?;
    // The production that ends the parse has no reduction: its number is past all.
    for row in &output.actions {
        writeln!(code, "    {row:?},")?;
    }
    writeln!(code, "];\n")
}

fn reductions(code: &mut String, output: &Output<'_>) -> std::fmt::Result {
    let count = output.productions.len();
    writeln!(code, "pub(crate) static REDUCTIONS: [Reduction; {count}] = [")?;
    for (index, Production { operands, nonterminal, unit, .. }) in
        output.productions.iter().enumerate()
    {
        let length = operands.len();
        let perform = if *unit { "None".to_owned() } else { format!("Some(reduce{index})") };
        writeln!(
            code,
            "    Reduction {{ length: {length}, nonterminal: {nonterminal}, perform: {perform} }},"
        )?;
    }
    writeln!(code, "];\n")?;
    for (index, production) in output.productions.iter().enumerate() {
        if !production.unit {
            reduction(code, index, production)?;
        }
    }
    Ok(())
}

/// Writes the function that performs a reduction, such as
///
/// ```text
/// fn reduce9<'a>(cx: &Cx<'a>, _: u32, symbols: &mut Vec<Operand<'a>>) -> Result<(), Fault> {
///     let &[.., (l0, Symbol::Variant3(v0), r0), (l1, Symbol::Variant0(v1), r1), (l2, Symbol::Variant0(v2), r2)] =
///         symbols.as_slice() else { misplaced() };
///     let value = __action888(cx, (l0, v0, r0), (l1, v1, r1), (l2, v2, r2));
///     symbols.truncate(symbols.len() - 2);
///     if let Some(last) = symbols.last_mut() { *last = (l0, Symbol::Variant3(value), r2); }
///     Ok(())
/// }
/// ```
fn reduction(code: &mut String, index: usize, production: &Production<'_>) -> std::fmt::Result {
    let Production { text, operands, result, action, fallible, .. } = production;
    let fail = if *fallible { "?" } else { "" };
    writeln!(
        code,
        "// {text}\n\
         fn reduce{index}<'a>(cx: &Cx<'a>, at: u32, symbols: &mut Vec<Operand<'a>>) -> Result<(), Fault> {{"
    )?;
    if operands.is_empty() {
        writeln!(code, "    let value = __action{action}(cx, &at, &at){fail};")?;
        writeln!(code, "    symbols.push((at, Symbol::Variant{result}(value), at));")?;
    } else {
        let last = operands.len() - 1;
        let mut patterns = String::new();
        let mut arguments = String::new();
        for (n, variant) in operands.iter().enumerate() {
            write!(patterns, ", (l{n}, Symbol::Variant{variant}(v{n}), r{n})")?;
            write!(arguments, ", (l{n}, v{n}, r{n})")?;
        }
        writeln!(code, "    let &[..{patterns}] = symbols.as_slice() else {{ misplaced() }};")?;
        writeln!(code, "    let value = __action{action}(cx{arguments}){fail};")?;
        if last > 0 {
            writeln!(code, "    symbols.truncate(symbols.len() - {last});")?;
        }
        writeln!(
            code,
            "    if let Some(last) = symbols.last_mut() {{\n        \
                 *last = (l0, Symbol::Variant{result}(value), r{last});\n    }}"
        )?;
    }
    writeln!(code, "    Ok(())\n}}\n")
}
