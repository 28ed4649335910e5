//! Addresses of modules: files as `file:` URLs, and back.
//!
//! <https://nodejs.org/api/url.html#urlpathtofileurlpath-options>

use super::failure::Failure;

/// The address of a file.
pub(crate) fn from_path(path: &str) -> String {
    let mut url = String::with_capacity(path.len() + 8);
    url.push_str("file://");
    for byte in path.bytes() {
        let is_special = matches!(byte, b'%' | b'\\' | b'?' | b'#');
        push_encoded(&mut url, byte, is_special);
    }
    url
}

/// Adds a byte of a path to a URL, as three letters if it cannot stand there.
fn push_encoded(url: &mut String, byte: u8, is_special: bool) {
    let is_plain = byte.is_ascii_graphic()
        && !matches!(byte, b'"' | b'<' | b'>' | b'`' | b'{' | b'}' | b'^')
        && !is_special;
    if is_plain {
        url.push(char::from(byte));
    } else {
        url.push_str(&format!("%{byte:02X}"));
    }
}

/// What stands for bytes is those bytes. Bytes that are no text are replaced.
pub(crate) fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    String::from_utf8_lossy(&decoded_bytes(text)).into_owned()
}

/// The same as bytes.
pub(crate) fn decoded_bytes(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut result = Vec::with_capacity(bytes.len());
    let mut at = 0;
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                result.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                result.push(byte);
                at += 1;
            }
        }
    }
    result
}

/// A URL's path, and its query and fragment.
pub(crate) fn split(url: &str) -> (&str, &str) {
    url.split_at(url.find(['?', '#']).unwrap_or(url.len()))
}

/// The file of a `file:` URL.
pub(crate) fn to_path(url: &str) -> Result<String, Failure> {
    let (url, _) = split(url);
    let rest = url.strip_prefix("file:").unwrap_or(url);
    let path = match rest.strip_prefix("//") {
        Some(rest) => {
            let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            if !host.is_empty() && host != "localhost" {
                let platform = crate::node::process::platform();
                let message = format!("File URL host must be \"localhost\" or empty on {platform}");
                return Err(Failure::of_type("ERR_INVALID_FILE_URL_HOST", message));
            }
            path
        }
        None => rest,
    };
    if has_encoded_separator(path) {
        let message = "File URL path must not include encoded / characters";
        return Err(Failure::of_type("ERR_INVALID_FILE_URL_PATH", message));
    }
    Ok(decoded(path))
}

/// Whether a `/` or a `\` is written so that it would not part names.
pub(crate) fn has_encoded_separator(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    lower.contains("%2f") || lower.contains("%5c")
}

/// The file of a URL, for messages: URLs of other kinds are themselves.
pub(crate) fn shown(url: &str) -> String {
    if url.starts_with("file:") {
        return to_path(url).unwrap_or_else(|_| url.to_owned());
    }
    url.to_owned()
}

/// What a specifier that begins with `/`, `./` or `../`, or is a `file:` URL, means beside
/// a file.
pub(crate) fn joined(base: &str, specifier: &str) -> String {
    let (path, suffix) = split(specifier);
    let mut whole = String::new();
    let path = match path.strip_prefix("file:") {
        Some(rest) => rest.strip_prefix("//").unwrap_or(rest),
        None => path,
    };
    let host_end = if specifier.starts_with("file:") { path.find('/').unwrap_or(0) } else { 0 };
    let (host, path) = path.split_at(host_end);
    if path.starts_with('/') || path.starts_with('\\') || specifier.starts_with("file:") {
        whole.push_str(path);
    } else {
        let (base, _) = split(base);
        let base = base.strip_prefix("file://").unwrap_or(base);
        whole.push_str(&base[..base.rfind('/').map_or(0, |at| at + 1)]);
        whole.push_str(path);
    }
    let mut segments: Vec<String> = Vec::new();
    let parts: Vec<&str> = whole.split(['/', '\\']).skip(1).collect();
    let count = parts.len();
    for (index, part) in parts.into_iter().enumerate() {
        let is_last = index + 1 == count;
        match &*part.to_ascii_lowercase().replace("%2e", ".") {
            "." if is_last => segments.push(String::new()),
            "." => {}
            ".." => {
                segments.pop();
                if is_last {
                    segments.push(String::new());
                }
            }
            _ => {
                let mut encoded = String::with_capacity(part.len());
                part.bytes().for_each(|byte| push_encoded(&mut encoded, byte, false));
                segments.push(encoded);
            }
        }
    }
    let host = if host == "localhost" { "" } else { host };
    format!("file://{host}/{}{suffix}", segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_urls() {
        assert_eq!(from_path("/a b/ü%?#.js"), "file:///a%20b/%C3%BC%25%3F%23.js");
        assert_eq!(to_path("file:///a%20b/%C3%BC.js?x").unwrap(), "/a b/ü.js");
        assert!(to_path("file:///a%2fb").is_err());
        for (specifier, expected) in [
            ("./x.js", "file:///a/b/x.js"),
            ("../x.js?q#h", "file:///a/x.js?q#h"),
            ("/x/./y/../z", "file:///x/z"),
            ("..", "file:///a/"),
            (".", "file:///a/b/"),
            ("file:///q%20r", "file:///q%20r"),
            ("./a b", "file:///a/b/a%20b"),
            ("../../../../x", "file:///x"),
        ] {
            assert_eq!(joined("file:///a/b/c.mjs?y", specifier), expected, "{specifier}");
        }
    }
}
