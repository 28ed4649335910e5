//! The commands that show what was read.

use std::rc::Rc;

use axil_engine::bytecode::disassemble;
use axil_engine::compiler::compile;
use axil_engine::heap::Settings;
use axil_engine::vm::Vm;
use axil_grammar::ast::Program;
use axil_grammar::{Arena, Diagnostics, Goal, Source, estree, sexpr, tokens, tree};

use crate::args::{AstFormat, AstRequest, CheckRequest, FileRequest};
use crate::goal::Goals;
use crate::output;

/// Why a command did not succeed.
#[derive(Debug)]
pub enum Failure {
    /// Diagnostics have been printed; there is nothing to add.
    Reported,
    /// A message for people.
    Message(String),
    /// What was asked for is not built yet.
    NotBuilt(String),
    /// All has been said; the program ends with this code.
    Exit(u8),
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self::Message(message)
    }
}

/// `axil tokens`
pub fn tokens(request: &FileRequest) -> Result<(), Failure> {
    with_program(request, |_, source, goal| {
        tokens::dump(source, goal).map_err(|diagnostics| report(diagnostics, source))
    })
}

/// `axil ast`
pub fn ast(request: &AstRequest) -> Result<(), Failure> {
    with_program(&request.file, |program, source, _| match request.format {
        AstFormat::Tree => Ok(tree::print(program, source)),
        AstFormat::Sexpr => Ok(sexpr::print(program, source)),
        AstFormat::Estree => {
            let indent = if request.compact { None } else { Some(2) };
            let options = estree::Options {
                loc: request.loc,
                range: request.range,
                indent,
                ..estree::Options::default()
            };
            let mut json = estree::to_json(program, source, &options)
                .map_err(|error| format!("cannot print '{}': {error}", source.name()))?;
            json.push('\n');
            Ok(json)
        }
    })
}

/// `axil scopes`
pub fn scopes(request: &FileRequest) -> Result<(), Failure> {
    with_program(request, |program, source, _| Ok(tree::scopes(program, source)))
}

/// `axil bytecode`
pub fn bytecode(request: &FileRequest) -> Result<(), Failure> {
    let goals = Goals::of(&request.input, request.goal)?;
    let source = Rc::new(request.input.read()?);
    let arena = Arena::new();
    let (program, _) =
        goals.parse(&source, &arena).map_err(|diagnostics| report(diagnostics, &source))?;
    let vm = Vm::new(Settings::default());
    let memory = &vm.memory;
    let text = memory.without_collections(|| {
        let code = compile(memory, &source, program).map_err(|missing| {
            let place = source.position(missing.span.start);
            let (line, column) = (place.line, place.column + 1);
            Failure::NotBuilt(format!("{}:{line}:{column}: {}", source.name(), missing.what))
        })?;
        Ok::<_, Failure>(disassemble(memory, code))
    })?;
    output::print(&text)
}

/// `axil check`
pub fn check(request: &CheckRequest) -> Result<(), Failure> {
    let mut outcome = Ok(());
    for input in &request.inputs {
        let file = FileRequest { input: input.clone(), goal: request.goal };
        match with_program(&file, |_, _, _| Ok(String::new())) {
            Ok(()) => continue,
            Err(Failure::Message(message)) => output::complain(&message),
            Err(_) => {}
        }
        outcome = Err(Failure::Reported);
    }
    outcome
}

/// Reads and parses a file, and prints what `show` makes of it.
fn with_program(
    request: &FileRequest,
    show: impl FnOnce(&Program<'_>, &Source, Goal<'static>) -> Result<String, Failure>,
) -> Result<(), Failure> {
    let goals = Goals::of(&request.input, request.goal)?;
    let source = request.input.read()?;
    let arena = Arena::new();
    let (program, goal) =
        goals.parse(&source, &arena).map_err(|diagnostics| report(diagnostics, &source))?;
    output::print(&show(program, &source, goal)?)
}

fn report(diagnostics: Diagnostics, source: &Source) -> Failure {
    let color = output::stderr_color();
    for diagnostic in diagnostics {
        output::report(&diagnostic.render(source, color));
    }
    Failure::Reported
}
