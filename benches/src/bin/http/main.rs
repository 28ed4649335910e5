//! Axil's http servers beside Node.js's and Bun's: `make serve`.
//!
//! Each contender runs the same program, on a processor of its own; the client of this
//! program has another one. In every round each serves for a while, in turn, so that a slow
//! spell of the machine hits all alike. What counts is the ratio of the medians.

mod client;
mod server;

use std::env;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use axil_conformance::{node, paths, program};

use client::{Load, Served};
use server::{Contender, Server};

/// Rounds that count; one before them does not.
const ROUNDS: usize = 5;

/// How long a contender serves in a round.
const TIME: Duration = Duration::from_secs(2);

/// How many connections ask at once.
const CONNECTIONS: usize = 50;

fn main() -> ExitCode {
    match compare(&env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("serve: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A program that serves, and what it is asked.
struct Workload {
    name: &'static str,
    what: &'static str,
    request: Vec<u8>,
}

fn workloads() -> Vec<Workload> {
    let get = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".to_vec();
    let items: Vec<String> = (0..20)
        .map(|number| format!(r#"{{"name":"item {number}","price":{number}.25,"count":3}}"#))
        .collect();
    let order = format!(r#"{{"id":12345,"customer":"somebody","items":[{}]}}"#, items.join(","));
    let post = format!(
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{order}",
        order.len()
    );
    vec![
        Workload { name: "hello", what: "the example", request: get.clone() },
        Workload { name: "json", what: "1 KB of JSON in and out", request: post.into_bytes() },
        Workload { name: "file", what: "a file of 100 KB", request: get.clone() },
        Workload { name: "express", what: "express's hello", request: get },
    ]
}

fn contenders() -> io::Result<Vec<Contender>> {
    let axil = Contender { name: "axil", program: program::build_optimised()?, options: vec![] };
    let mut all = vec![axil];
    if let Some(node) = node::program() {
        let jitless = vec!["--jitless".to_owned()];
        all.push(Contender { name: "node", program: node.clone(), options: vec![] });
        all.push(Contender { name: "node --jitless", program: node, options: jitless });
    }
    let bun = node::packages().join("@oven/bun-linux-x64/bin/bun");
    if bun.exists() {
        all.push(Contender { name: "bun", program: bun, options: vec![] });
    }
    Ok(all)
}

fn compare(filters: &[String]) -> io::Result<()> {
    let contenders = contenders()?;
    let scratch = paths::scratch().join("http");
    fs::create_dir_all(&scratch)?;
    let file = scratch.join("file");
    fs::write(&file, vec![b'x'; 100 << 10])?;
    server::pin_this()?;
    for workload in workloads() {
        if !filters.is_empty() && !filters.iter().any(|filter| workload.name.contains(filter)) {
            continue;
        }
        println!("\n{}: {}", workload.name, workload.what);
        println!(
            "  {:16} {:>10} {:>7} {:>12} {:>7} {:>8} {:>8} {:>9} {:>7}",
            "",
            "requests/s",
            "ratio",
            "per CPU s",
            "ratio",
            "p50 ms",
            "p99 ms",
            "memory MB",
            "ratio"
        );
        let rows = measure(&workload, &contenders, &file)?;
        for (contender, row) in contenders.iter().zip(&rows) {
            print_row(contender.name, row, &rows[0]);
        }
    }
    println!("\nA ratio is Axil's value over the contender's.");
    Ok(())
}

/// The medians of a contender's rounds.
#[derive(Clone, Copy, Default)]
struct Row {
    per_second: f64,
    per_cpu_second: f64,
    p50: f64,
    p99: f64,
    megabytes: f64,
}

fn measure(
    workload: &Workload,
    contenders: &[Contender],
    file: &std::path::Path,
) -> io::Result<Vec<Row>> {
    let program: PathBuf =
        paths::workspace().join("benches/http").join(workload.name).with_extension("js");
    let mut rounds: Vec<Vec<Row>> = vec![Vec::new(); contenders.len()];
    for round in 0..=ROUNDS {
        for (contender, rows) in contenders.iter().zip(&mut rounds) {
            let server = Server::start(contender, &program, file)?;
            let load = Load { request: &workload.request, connections: CONNECTIONS };
            // What is compiled first and cached is not what is measured.
            load.run(server.address(), TIME / 4)?;
            let before = server.cpu_seconds();
            let served = load.run(server.address(), TIME)?;
            let cpu = server.cpu_seconds() - before;
            let memory = server.peak_memory();
            if round > 0 {
                rows.push(row_of(&served, cpu, memory));
            }
        }
    }
    Ok(rounds.iter().map(|rows| medians(rows)).collect())
}

fn row_of(served: &Served, cpu: f64, memory: u64) -> Row {
    let count = served.latencies.len() as f64;
    Row {
        per_second: count / served.time.as_secs_f64(),
        per_cpu_second: count / cpu.max(1e-9),
        p50: served.percentile(50.0),
        p99: served.percentile(99.0),
        megabytes: memory as f64 / 1e6,
    }
}

fn medians(rows: &[Row]) -> Row {
    let middle = |value: fn(&Row) -> f64| {
        let mut all: Vec<f64> = rows.iter().map(value).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    Row {
        per_second: middle(|row| row.per_second),
        per_cpu_second: middle(|row| row.per_cpu_second),
        p50: middle(|row| row.p50),
        p99: middle(|row| row.p99),
        megabytes: middle(|row| row.megabytes),
    }
}

fn print_row(name: &str, row: &Row, first: &Row) {
    println!(
        "  {name:16} {:10.0} {:7.2} {:12.0} {:7.2} {:8.2} {:8.2} {:9.1} {:7.2}",
        row.per_second,
        first.per_second / row.per_second,
        row.per_cpu_second,
        first.per_cpu_second / row.per_cpu_second,
        row.p50,
        row.p99,
        row.megabytes,
        first.megabytes / row.megabytes,
    );
}
