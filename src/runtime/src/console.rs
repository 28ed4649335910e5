//! What `console` writes to while nobody has asked for the streams of `process`.

use std::io::{self, Write};

/// Writes bytes to standard output or standard error, all of them. Like Node.js, a program
/// is not told that nobody reads them.
pub(crate) fn write_bytes(to_error: bool, bytes: &[u8]) {
    let mut rest = bytes;
    while !rest.is_empty() {
        let written = if to_error { io::stderr().write(rest) } else { io::stdout().write(rest) };
        match written {
            Ok(0) => return,
            Ok(count) => rest = &rest[count..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // Somebody else has made the pipe one that does not block.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
            Err(_) => return,
        }
    }
    if !to_error {
        let _ = io::stdout().flush();
    }
}
