//! Servers that are treated badly: whatever clients do, the others are served, and memory
//! stays bounded.
//!
//! `make soak` lets the last trial run for long: `SOAK` gives its seconds.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use axil_conformance::served::{Served, read_response, read_to_end};
use axil_conformance::{paths, program};
use libtest_mimic::{Arguments, Failed, Trial};

type Result<T = (), E = Box<dyn Error>> = std::result::Result<T, E>;

const GOOD: &[u8] = b"GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";

fn main() {
    let arguments = Arguments::from_args();
    let axil: Arc<Path> = match program::build_optimised() {
        Ok(axil) => axil.into(),
        Err(error) => {
            eprintln!("http faults: {error}");
            std::process::exit(1);
        }
    };
    let trial = |name: &str, run: fn(&Path) -> Result| {
        let axil = Arc::clone(&axil);
        Trial::test(name, move || run(&axil).map_err(|error| Failed::from(format!("{error}"))))
    };
    let trials = vec![
        trial("what_is_no_request_is_refused", what_is_no_request_is_refused),
        trial("idle_connections_cost_little", idle_connections_cost_little),
        trial("slow_heads_end", slow_heads_end),
        trial("slow_bodies_end", slow_bodies_end),
        trial("clients_that_go_are_told_of", clients_that_go_are_told_of),
        trial("floods_of_requests_are_answered", floods_of_requests_are_answered),
        trial("handlers_may_throw", handlers_may_throw),
        trial("who_does_not_read_gets_no_more", who_does_not_read_gets_no_more),
        trial("bodies_that_nobody_reads_wait", bodies_that_nobody_reads_wait),
        trial("unread_bodies_stall_nothing", unread_bodies_stall_nothing),
        trial("closing_loses_no_request", closing_loses_no_request),
        trial("closing_waits_for_answers", closing_waits_for_answers),
        trial("descriptors_come_back", descriptors_come_back),
        trial("memory_is_flat_under_load", memory_is_flat_under_load),
    ];
    libtest_mimic::run(&arguments, trials).exit();
}

fn folder() -> PathBuf {
    paths::conformance().join("http")
}

fn serve(axil: &Path, options: &str) -> Result<Served> {
    Ok(Served::start(axil, &folder().join("server.js"), &[options])?)
}

fn ensure(holds: bool, what: impl FnOnce() -> String) -> Result {
    if holds { Ok(()) } else { Err(what().into()) }
}

/// The server answers as ever.
fn is_well(served: &mut Served) -> Result {
    ensure(served.is_alive()?, || "the process has ended".to_owned())?;
    let hello = served.get("/hello")?;
    ensure(hello == "Hello, World!\n", || format!("it says {hello:?}"))
}

/// The memory now; 0 where the system does not tell, which no bound is about.
fn memory(served: &Served) -> u64 {
    served.memory().unwrap_or(0)
}

/// Bytes with the escapes of JavaScript.
fn unescaped(text: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = text.chars();
    while let Some(letter) = rest.next() {
        if letter != '\\' {
            bytes.push(u8::try_from(letter)?);
            continue;
        }
        bytes.push(match rest.next() {
            Some('r') => b'\r',
            Some('n') => b'\n',
            Some('t') => b'\t',
            Some('x') => u8::from_str_radix(&rest.by_ref().take(2).collect::<String>(), 16)?,
            Some(other) => u8::try_from(other)?,
            None => return Err("an escape without a letter".into()),
        });
    }
    Ok(bytes)
}

fn what_is_no_request_is_refused(axil: &Path) -> Result {
    let mut served = serve(axil, "{}")?;
    let text = fs::read_to_string(folder().join("refused.txt"))?;
    let (mut wrong, mut count, mut has_head) = (String::new(), 0, false);
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let Some((name, bytes)) = line.split_once(" | ") else {
            has_head |= line == "[bodies]";
            continue;
        };
        count += 1;
        let mut bytes = unescaped(bytes)?;
        bytes.extend_from_slice(b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
        let response = served.exchange(&bytes)?;
        let response = String::from_utf8_lossy(&response);
        // Byte by byte, it is the same.
        let mut stream = served.connect()?;
        for byte in &bytes {
            if stream.write_all(&[*byte]).is_err() {
                break;
            }
        }
        let slowly = read_to_end(&mut stream)?;
        let slowly = String::from_utf8_lossy(&slowly);
        let refusal = "HTTP/1.1 400 Bad Request\r\n";
        let is_refused = |response: &str| {
            response.starts_with(refusal) && response.matches("HTTP/1.1").count() == 1
        };
        if !is_refused(&response) || !(is_refused(&slowly) || slowly.is_empty()) {
            writeln!(wrong, "{name}: {response:?}, byte by byte {slowly:?}")?;
        }
        if (served.seen("heads")? > 0 && !has_head) || served.seen("smuggled")? > 0 {
            writeln!(wrong, "{name}: it has reached the handler")?;
            served = serve(axil, "{}")?;
        }
    }
    ensure(served.seen("ends")? == 0, || "a bad body has come to an end".to_owned())?;
    ensure(wrong.is_empty(), || wrong)?;
    ensure(count >= 100, || format!("only {count} cases"))?;
    println!("{count} requests refused");
    is_well(&mut served)
}

fn idle_connections_cost_little(axil: &Path) -> Result {
    const WANTED: usize = 10_000;
    let mut served = serve(axil, r#"{"server":{"keepAliveTimeout":60000}}"#)?;
    is_well(&mut served)?;
    let before = memory(&served);
    let mut connections: Vec<TcpStream> = Vec::new();
    let mut answer = vec![0; 4096];
    while connections.len() < WANTED {
        // Where the system allows fewer, these have to do.
        let Ok(mut stream) = served.connect() else { break };
        stream.write_all(GOOD)?;
        ensure(stream.read(&mut answer)? > 0, || "a connection has no answer".to_owned())?;
        connections.push(stream);
    }
    ensure(connections.len() >= 500, || format!("only {} connections", connections.len()))?;
    let each = memory(&served).saturating_sub(before) / connections.len() as u64;
    println!("{} idle connections, {each} bytes each", connections.len());
    ensure(each < 16 << 10, || format!("{each} bytes a connection"))?;
    let mut last = connections.pop().ok_or("no connection")?;
    last.write_all(GOOD)?;
    ensure(last.read(&mut answer)? > 0, || "an idle connection is dead".to_owned())?;
    drop(connections);
    is_well(&mut served)
}

/// Sends a byte now and then until the server has enough; what it says, and after how long.
fn send_slowly(served: &Served, beginning: &[u8]) -> Result<(String, Duration)> {
    let start = Instant::now();
    let mut stream = served.connect()?;
    stream.write_all(beginning)?;
    let mut writer = stream.try_clone()?;
    let sender = thread::spawn(move || {
        while start.elapsed() < Duration::from_secs(15) && writer.write_all(b"a").is_ok() {
            thread::sleep(Duration::from_millis(50));
        }
    });
    let response = read_to_end(&mut stream)?;
    let time = start.elapsed();
    drop(stream);
    sender.join().map_err(|_| "the sender has panicked")?;
    Ok((String::from_utf8_lossy(&response).into_owned(), time))
}

fn slow_heads_end(axil: &Path) -> Result {
    let options = r#"{"server":{"headersTimeout":1000,"requestTimeout":3000}}"#;
    let mut served = serve(axil, options)?;
    let (response, time) = send_slowly(&served, b"GET / HTTP/1.1\r\nA: ")?;
    ensure(response.starts_with("HTTP/1.1 408 "), || format!("it says {response:?}"))?;
    ensure(time < Duration::from_secs(3), || format!("it has taken {time:?}"))?;
    ensure(served.seen("heads")? == 0, || "a handler was called".to_owned())?;
    is_well(&mut served)
}

fn slow_bodies_end(axil: &Path) -> Result {
    let options = r#"{"server":{"headersTimeout":1000,"requestTimeout":1500}}"#;
    let mut served = serve(axil, options)?;
    let beginning = b"POST /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n";
    let (response, time) = send_slowly(&served, beginning)?;
    let is_over = response.is_empty() || response.starts_with("HTTP/1.1 ");
    ensure(is_over && time < Duration::from_secs(4), || format!("{response:?} after {time:?}"))?;
    is_well(&mut served)
}

fn clients_that_go_are_told_of(axil: &Path) -> Result {
    const CLIENTS: u64 = 200;
    let mut served = serve(axil, "{}")?;
    for round in 0..CLIENTS {
        let mut stream = served.connect()?;
        match round % 4 {
            0 => stream.write_all(b"GET /hel")?,
            1 => stream.write_all(
                b"POST /waiting HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf",
            )?,
            2 => stream.write_all(b"GET /later HTTP/1.1\r\nHost: x\r\n\r\n")?,
            _ => {
                stream.write_all(b"GET /flood HTTP/1.1\r\nHost: x\r\n\r\n")?;
                let mut some = [0; 1000];
                stream.read_exact(&mut some)?;
            }
        }
    }
    let start = Instant::now();
    while served.seen("aborted")? < CLIENTS * 3 / 4 {
        let aborted = served.seen("aborted")?;
        ensure(start.elapsed() < Duration::from_secs(10), || format!("{aborted} aborted"))?;
        thread::sleep(Duration::from_millis(50));
    }
    is_well(&mut served)
}

fn floods_of_requests_are_answered(axil: &Path) -> Result {
    const REQUESTS: usize = 50_000;
    let mut served = serve(axil, "{}")?;
    is_well(&mut served)?;
    let before = memory(&served);
    let stream = served.connect()?;
    let mut writer = stream.try_clone()?;
    let sender = thread::spawn(move || {
        let many = GOOD.repeat(100);
        for _ in 0..REQUESTS / 100 {
            if writer.write_all(&many).is_err() {
                return false;
            }
        }
        true
    });
    // They wait, in both directions, before anybody reads.
    thread::sleep(Duration::from_millis(500));
    let others = Instant::now();
    is_well(&mut served)?;
    ensure(others.elapsed() < Duration::from_secs(2), || "others wait for a flood".to_owned())?;
    let mut reader = BufReader::new(stream);
    for number in 0..REQUESTS {
        let (head, body) = read_response(&mut reader)?;
        let is_good = head.starts_with("HTTP/1.1 200 ") && body == b"Hello, World!\n";
        ensure(is_good, || format!("response {number}: {head}"))?;
    }
    ensure(sender.join().unwrap_or(false), || "not all could be sent".to_owned())?;
    let more = memory(&served).saturating_sub(before);
    ensure(more < 32 << 20, || format!("{more} bytes more"))?;
    is_well(&mut served)
}

fn handlers_may_throw(axil: &Path) -> Result {
    let mut served = serve(axil, "{}")?;
    let mut waiting = served.connect()?;
    waiting.write_all(b"GET /later HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")?;
    let mut broken = Vec::new();
    for _ in 0..20 {
        let mut stream = served.connect()?;
        stream.write_all(b"GET /throw HTTP/1.1\r\nHost: x\r\n\r\n")?;
        broken.push(stream);
    }
    let response = read_to_end(&mut waiting)?;
    let response = String::from_utf8_lossy(&response);
    ensure(response.ends_with("later\n"), || format!("another one gets {response:?}"))?;
    ensure(served.seen("caught")? == 20, || "not all were caught".to_owned())?;
    is_well(&mut served)?;
    // Where nobody catches it, the process ends, and says why.
    let program = "require('http').createServer(() => { throw new Error('lost'); })\
                   .listen(0, '127.0.0.1', function() { console.log(this.address().port); });";
    let mut command = std::process::Command::new(axil);
    command.args(["-e", program]).stderr(std::process::Stdio::null());
    let mut lost = Served::spawn(command)?;
    let response = lost.exchange(GOOD)?;
    ensure(response.is_empty(), || "it has answered".to_owned())?;
    let (_, is_well) = lost.wait(Duration::from_secs(5))?;
    ensure(!is_well, || "it has ended well".to_owned())
}

fn who_does_not_read_gets_no_more(axil: &Path) -> Result {
    let mut served = serve(axil, "{}")?;
    is_well(&mut served)?;
    let before = memory(&served);
    let mut stream = served.connect()?;
    stream.write_all(b"GET /flood HTTP/1.1\r\nHost: x\r\n\r\n")?;
    thread::sleep(Duration::from_secs(1));
    let written = served.seen("written")?;
    thread::sleep(Duration::from_secs(1));
    ensure(served.seen("written")? == written, || "it goes on writing".to_owned())?;
    ensure(written < 64 << 20, || format!("{written} bytes were written"))?;
    let more = memory(&served).saturating_sub(before);
    ensure(more < 16 << 20, || format!("{more} bytes more"))?;
    // Who reads again gets more.
    let mut some = vec![0; 16 << 20];
    stream.read_exact(&mut some)?;
    let start = Instant::now();
    while served.seen("written")? == written {
        ensure(start.elapsed() < Duration::from_secs(5), || "no drain".to_owned())?;
        thread::sleep(Duration::from_millis(20));
    }
    ensure(served.seen("drained")? > 0, || "no drain".to_owned())?;
    drop(stream);
    is_well(&mut served)
}

fn bodies_that_nobody_reads_wait(axil: &Path) -> Result {
    let mut served = serve(axil, "{}")?;
    is_well(&mut served)?;
    let before = memory(&served);
    let mut stream = served.connect()?;
    stream.set_write_timeout(Some(Duration::from_millis(500)))?;
    stream.write_all(b"POST /waiting HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n")?;
    let piece = vec![b'x'; 1 << 20];
    let mut sent = 0;
    while sent < 200 {
        if stream.write_all(&piece).is_err() {
            break;
        }
        sent += 1;
    }
    ensure(sent < 200, || "the server has taken it all".to_owned())?;
    let more = memory(&served).saturating_sub(before);
    ensure(more < 16 << 20, || format!("{more} bytes more"))?;
    is_well(&mut served)
}

fn unread_bodies_stall_nothing(axil: &Path) -> Result {
    let mut served = serve(axil, "{}")?;
    let stream = served.connect()?;
    let mut writer = stream.try_clone()?;
    let mut reader = BufReader::new(stream);
    let body = vec![b'x'; 1 << 20];
    for _ in 0..5 {
        let head =
            format!("POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n", body.len());
        writer.write_all(head.as_bytes())?;
        writer.write_all(&body)?;
        writer.write_all(GOOD)?;
        let (_, first) = read_response(&mut reader)?;
        let (_, second) = read_response(&mut reader)?;
        let is_good = first == b"not read\n" && second == b"Hello, World!\n";
        ensure(is_good, || "the next request is not answered".to_owned())?;
    }
    is_well(&mut served)
}

/// What clients have seen who ask again and again.
#[derive(Default)]
struct Load {
    is_over: AtomicBool,
    answered: AtomicU64,
    lost: AtomicU64,
}

/// Asks on one connection until the server says that it is the last one, or there is enough.
fn ask_until_told(served: &Served, load: &Load) -> Result {
    while !load.is_over.load(Ordering::Relaxed) {
        // Who listens no more takes nobody, and so loses nobody.
        let Ok(stream) = served.connect() else { return Ok(()) };
        let mut writer = stream.try_clone()?;
        let mut reader = BufReader::new(stream);
        let mut is_first = true;
        while !load.is_over.load(Ordering::Relaxed) {
            let answer = writer.write_all(GOOD);
            match answer.and_then(|()| read_response(&mut reader)) {
                Ok((head, _)) => {
                    load.answered.fetch_add(1, Ordering::Relaxed);
                    if head.contains("Connection: close") {
                        break;
                    }
                }
                // It was taken by the system, but not yet by the server.
                Err(_) if is_first => return Ok(()),
                Err(_) => {
                    load.lost.fetch_add(1, Ordering::Relaxed);
                    break;
                }
            }
            is_first = false;
        }
    }
    Ok(())
}

fn closing_loses_no_request(axil: &Path) -> Result {
    let mut served = serve(axil, r#"{"server":{"keepAliveTimeout":2000}}"#)?;
    let load = Load::default();
    let ended = thread::scope(|scope| -> Result<Duration> {
        for _ in 0..16 {
            scope.spawn(|| ask_until_told(&served, &load).is_ok());
        }
        thread::sleep(Duration::from_secs(1));
        served.terminate()?;
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(6) {
            thread::sleep(Duration::from_millis(20));
            if served.connect().is_err() && served.memory().is_none_or(|bytes| bytes == 0) {
                break;
            }
        }
        load.is_over.store(true, Ordering::Relaxed);
        Ok(start.elapsed())
    })?;
    let (said, is_well) = served.wait(Duration::from_secs(5))?;
    let (answered, lost) =
        (load.answered.load(Ordering::Relaxed), load.lost.load(Ordering::Relaxed));
    println!("{answered} answered, {lost} lost, closed after {ended:?}");
    ensure(said == "closed\n" && is_well, || format!("it says {said:?}"))?;
    ensure(lost == 0, || format!("{lost} of {answered} requests are lost"))?;
    ensure(ended < Duration::from_secs(4), || format!("it has taken {ended:?}"))
}

fn closing_waits_for_answers(axil: &Path) -> Result {
    let mut served = serve(axil, "{}")?;
    let idle = served.connect()?;
    let mut waiting = served.connect()?;
    waiting.write_all(b"GET /later HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")?;
    while served.seen("heads")? == 0 {
        thread::sleep(Duration::from_millis(5));
    }
    served.terminate()?;
    let response = read_to_end(&mut waiting)?;
    ensure(response.ends_with(b"later\n"), || "an answer is lost".to_owned())?;
    let (said, _) = served.wait(Duration::from_secs(8))?;
    drop(idle);
    ensure(said == "closed\n", || format!("it says {said:?}"))
}

fn descriptors_come_back(axil: &Path) -> Result {
    let mut command = std::process::Command::new("sh");
    command.arg("-c").arg("ulimit -n 40; exec \"$0\" \"$@\"");
    command.arg(axil).arg(folder().join("server.js")).arg("{}");
    let mut served = Served::spawn(command)?;
    is_well(&mut served)?;
    let many: Vec<TcpStream> = (0..80).map(|_| served.connect()).collect::<std::io::Result<_>>()?;
    thread::sleep(Duration::from_millis(500));
    ensure(served.is_alive()?, || "the process has ended".to_owned())?;
    drop(many);
    let start = Instant::now();
    while is_well(&mut served).is_err() {
        ensure(start.elapsed() < Duration::from_secs(10), || "it takes nobody more".to_owned())?;
        thread::sleep(Duration::from_millis(100));
    }
    ensure(served.seen("errors")? > 0, || "nobody was told".to_owned())
}

/// Loads a server in all its ways at once. The memory must stop growing: the second half of
/// the time may take no more than a bit over the first.
fn memory_is_flat_under_load(axil: &Path) -> Result {
    /// What the trial takes if nobody says how many seconds. Between two collections of
    /// everything there are some 55,000: each half has to see the highest point of one such
    /// stretch, however slow the machine is.
    const EXCHANGES: u64 = 240_000;
    let seconds: Option<u64> = std::env::var("SOAK").ok().and_then(|text| text.parse().ok());
    let mut served = serve(axil, "{}")?;
    let is_over = AtomicBool::new(false);
    let answered = AtomicU64::new(0);
    let marks = thread::scope(|scope| -> Result<[u64; 2]> {
        let plain = || -> Result {
            let stream = served.connect()?;
            let mut writer = stream.try_clone()?;
            let mut reader = BufReader::new(stream);
            while !is_over.load(Ordering::Relaxed) {
                writer.write_all(GOOD)?;
                read_response(&mut reader)?;
                answered.fetch_add(1, Ordering::Relaxed);
            }
            Ok(())
        };
        let with_bodies = || -> Result {
            let body = "x".repeat(10_000);
            let length = body.len();
            let request = format!(
                "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
            );
            while !is_over.load(Ordering::Relaxed) {
                let response = served.exchange(request.as_bytes())?;
                ensure(response.len() > length, || "an echo is too short".to_owned())?;
                answered.fetch_add(1, Ordering::Relaxed);
            }
            Ok(())
        };
        let badly = || -> Result {
            while !is_over.load(Ordering::Relaxed) {
                let mut stream = served.connect()?;
                stream.write_all(b"GET /flood HTTP/1.1\r\nHost: x\r\n\r\nGET / HT")?;
                drop(stream);
                served.exchange(b"GET / HTTP/1.1\nHost: x\n\n")?;
                answered.fetch_add(1, Ordering::Relaxed);
            }
            Ok(())
        };
        let clients = [
            scope.spawn(move || plain().map_err(|error| error.to_string())),
            scope.spawn(move || with_bodies().map_err(|error| error.to_string())),
            scope.spawn(move || badly().map_err(|error| error.to_string())),
        ];
        // The highest of many looks: collections come and go.
        let mut marks = [0, 0];
        let (start, mut next) = (Instant::now(), 1);
        let progress = || match seconds {
            Some(seconds) => start.elapsed().as_secs_f64() / seconds as f64,
            None => answered.load(Ordering::Relaxed) as f64 / EXCHANGES as f64,
        };
        // A client that is done has failed, which is told below.
        while progress() < 1.0 && !clients.iter().any(thread::ScopedJoinHandle::is_finished) {
            let half = usize::from(progress() > 0.5);
            let now = memory(&served);
            marks[half] = marks[half].max(now);
            if progress() >= f64::from(next) / 20.0 {
                println!("{:?}: {} KB", start.elapsed(), now >> 10);
                next += 1;
            }
            thread::sleep(Duration::from_millis(50));
        }
        is_over.store(true, Ordering::Relaxed);
        for client in clients {
            client.join().map_err(|_| "a client has panicked")??;
        }
        Ok(marks)
    })?;
    let [first, second] = marks.map(|bytes| bytes >> 10);
    let count = answered.load(Ordering::Relaxed);
    println!("{count} exchanges: at most {first} KB in the first half, {second} KB in the second");
    ensure(second < first + first / 5 + 2048, || format!("{first} KB, then {second} KB"))?;
    is_well(&mut served)
}
