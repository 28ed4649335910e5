//! What operators can have told of a program's work.

use crate::Folder;

/// A server that gets one good and one bad request.
const PROGRAM: &str = "
const http = require('node:http'), net = require('node:net');
const server = http.createServer((req, res) => res.end('hi'));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  http.get({ port, host: '127.0.0.1', path: '/good', agent: false }, (res) => {
    res.resume().on('close', () => {
      const socket = net.connect(port, '127.0.0.1');
      socket.end('BAD\\r\\n\\r\\n');
      socket.resume().on('close', () => server.close());
    });
  });
});
";

/// The lines of the standard error stream that begin with one of the names, without what
/// differs from run to run.
fn told(variable: &str, value: &str, names: &[&str]) -> Vec<String> {
    let folder = Folder::new().file("a.js", PROGRAM);
    let output =
        folder.command(&["a.js"]).env(variable, value).output().expect("the program starts");
    assert!(output.status.success());
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let lines = text.lines().filter(|line| names.iter().any(|name| line.starts_with(name)));
    let is_number = |word: &str| word.trim_end_matches(':').parse::<u32>().is_ok();
    let without_process = |line: &str| match line.split(' ').collect::<Vec<_>>()[..] {
        [name, process, ref rest @ ..] if is_number(process) => {
            format!("{name} {}", rest.join(" "))
        }
        _ => line.to_owned(),
    };
    lines.map(without_process).collect()
}

#[test]
fn native_code_tells_what_it_is_asked_for() {
    assert_eq!(
        told("AXIL_LOG", "http=trace", &["axil"]),
        [
            "axil http info: connection 0: opened",
            "axil http trace: connection 0: GET /good",
            "axil http info: connection 0: closed, 1 requests",
            "axil http info: connection 0: opened",
            "axil http error: connection 0: Invalid method encountered (HPE_INVALID_METHOD), waiting for: Head",
            "axil http info: connection 0: closed, 0 requests",
        ]
    );
    assert_eq!(
        told("AXIL_LOG", "all=error", &["axil"]),
        [
            "axil http error: connection 0: Invalid method encountered (HPE_INVALID_METHOD), waiting for: Head"
        ]
    );
    assert!(told("AXIL_LOG", "", &["axil"]).is_empty());
    assert_eq!(
        told("AXIL_LOG", "https", &["axil"]),
        [
            "axil: AXIL_LOG: \"https\" is no section (all, http, net) with a level (error, info, trace)"
        ]
    );
}

#[test]
fn modules_tell_in_nodes_form() {
    let http = told("NODE_DEBUG", "http", &["HTTP"]);
    for line in [
        "HTTP SERVER request 1 of its connection: GET /good",
        "HTTP SERVER answered: 200 GET /good",
        "HTTP CLIENT response: 200 GET /good",
        "HTTP SERVER client error: HPE_INVALID_METHOD Invalid method encountered",
    ] {
        assert!(http.iter().any(|told| told == line), "{line}: {http:#?}");
    }
    let net = told("NODE_DEBUG", "net", &["NET", "HTTP"]);
    assert!(net[0].starts_with("NET SERVER listen: 127.0.0.1 0"), "{net:#?}");
    assert!(net.iter().all(|line| line.starts_with("NET")), "{net:#?}");
}
