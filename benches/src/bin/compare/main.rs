//! Axil beside acorn, V8 and QuickJS-ng on the same programs: `make compare`.
//!
//! Every round measures each of them once, in turn, so that a slow spell of
//! the machine hits all alike. What counts is the ratio of the medians; the
//! times themselves say something about this machine at this hour only.

mod contender;
mod js;
mod quickjs;
mod table;

use std::env;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use axil_benches::Program;

use axil_benches::statistics::median;
use contender::{Axil, Contender};
use js::NodeWorker;
use quickjs::QuickJs;
use table::Row;

/// Rounds before those that count: compilers warm up, caches fill.
const WARM_UP: usize = 5;

/// Rounds that count: at least so many,
const ROUNDS: usize = 9;

/// and more while this has not passed,
const TIME: Duration = Duration::from_secs(6);

/// but no more than so many.
const MOST_ROUNDS: usize = 101;

/// The allocator that the program `axil` has.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("compare: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<()> {
    let files: Vec<String> = env::args().skip(1).collect();
    let programs = if files.is_empty() {
        axil_benches::corpus()?
    } else {
        files.iter().map(|file| Program::read(Path::new(file))).collect::<io::Result<_>>()?
    };
    let mut contenders: Vec<Box<dyn Contender>> = vec![
        Box::new(Axil),
        Box::new(NodeWorker::start("acorn")?),
        Box::new(NodeWorker::start("V8")?),
        Box::new(QuickJs::new()?),
    ];
    let names: Vec<String> = contenders.iter().map(|contender| contender.name()).collect();
    table::print_head(&names);
    let mut rows = Vec::new();
    for program in &programs {
        let medians = measure(program, &mut contenders)?;
        let row = Row { program: program.name.clone(), megabytes: program.megabytes(), medians };
        row.print();
        rows.push(row);
    }
    table::print_foot(&rows);
    Ok(())
}

/// The median of each contender's times for a program.
fn measure(program: &Program, contenders: &mut [Box<dyn Contender>]) -> io::Result<Vec<Duration>> {
    for _ in 0..WARM_UP {
        for contender in &mut *contenders {
            contender.measure(program)?;
        }
    }
    let mut times = vec![Vec::new(); contenders.len()];
    let begin = Instant::now();
    for round in 0..MOST_ROUNDS {
        if round >= ROUNDS && begin.elapsed() > TIME {
            break;
        }
        for (contender, times) in contenders.iter_mut().zip(&mut times) {
            times.push(contender.measure(program)?);
        }
    }
    Ok(times.into_iter().map(median).collect())
}
