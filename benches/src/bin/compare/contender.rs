//! What takes part, and Axil itself.

use std::io;
use std::time::{Duration, Instant};

use axil_benches::Program;
use axil_grammar::{Arena, Goal, Source};

/// Something that can read a program.
pub trait Contender {
    /// What it is called in the table.
    fn name(&self) -> String;

    /// The time it takes for the program once.
    fn measure(&mut self, program: &Program) -> io::Result<Duration>;
}

/// Axil's parser: tree, early errors and scopes, and letting go of it all.
pub struct Axil;

impl Contender for Axil {
    fn name(&self) -> String {
        "Axil".to_owned()
    }

    fn measure(&mut self, program: &Program) -> io::Result<Duration> {
        let source = Source::new(&program.name, &program.text);
        let begin = Instant::now();
        let arena = Arena::new();
        let result = axil_grammar::parse(&source, Goal::Script, &arena).map(|tree| tree.span);
        drop(arena);
        let time = begin.elapsed();
        match result {
            Ok(_) => Ok(time),
            Err(diagnostics) => Err(io::Error::other(diagnostics.first().render(&source, false))),
        }
    }
}
