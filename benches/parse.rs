//! Lexing and parsing of real programs, in bytes a second: `make bench`.
//!
//! `tokens` is a list of all tokens. What a lexeme is depends on where it stands, so
//! the lexer has the automaton beside it, which builds a tree on the way; only early
//! errors and scopes are left out. `parse` is all of `axil_grammar::parse`.

use std::hint::black_box;

use axil_grammar::{Arena, Goal, Source, tokens};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

fn parse(criterion: &mut Criterion) {
    let programs = match axil_benches::corpus() {
        Ok(programs) => programs,
        Err(error) => {
            eprintln!("nothing to measure, `make peers` installs it: {error}");
            return;
        }
    };
    for program in programs {
        let source = Source::new(program.name, program.text);
        let mut group = criterion.benchmark_group("parse");
        group.sample_size(20).throughput(Throughput::Bytes(source.text().len() as u64));
        group.bench_with_input(
            BenchmarkId::new("tokens", source.name()),
            &source,
            |bencher, source| {
                bencher.iter(|| tokens::tokens(black_box(source), Goal::Script));
            },
        );
        let id = BenchmarkId::new("parse", source.name());
        group.bench_with_input(id, &source, |bencher, source| {
            bencher.iter(|| {
                let arena = Arena::new();
                axil_grammar::parse(black_box(source), Goal::Script, &arena).map(|tree| tree.span)
            });
        });
    }
}

criterion_group!(benches, parse);
criterion_main!(benches);
