//! How what every answer names is spelt: paths, hashes, and text that a terminal might obey.

use std::fmt::Write as _;
use std::path::Path;

/// A path of this machine as text; octets that are not UTF-8 are spelt out.
pub(crate) fn shown(path: &Path) -> String {
    match path.to_str() {
        Some(text) => text.to_owned(),
        None => provenance::name::escape(path.as_os_str().as_encoded_bytes()),
    }
}

/// A hash as people compare it.
pub(crate) fn hex(hash: &provenance::seal::Hash) -> String {
    fixity::hex_of(hash, &mut [0; 64]).to_owned()
}

/// JSON escapes C0 controls only; what else a terminal would obey is escaped the same way here.
pub(crate) fn escape_controls(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && provenance::name::is_unsafe_character(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}
