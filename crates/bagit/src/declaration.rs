//! The bag declaration `bagit.txt` (RFC 8493 §2.1.1).

/// Text of the declaration of every bag that fonds writes.
pub const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// What a bag declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The version, as written: `1.0`.
    pub version: String,
    /// The encoding of the other tag files, as written.
    pub encoding: String,
}

/// Reads a declaration; `Err` says in words how it departs from the standard.
///
/// # Errors
/// What was expected and found.
pub fn parse(text: &[u8]) -> Result<Declaration, String> {
    if text.starts_with(b"\xEF\xBB\xBF") {
        return Err("expected no byte order mark, found one".into());
    }
    let text = std::str::from_utf8(text).map_err(|_| "expected UTF-8, found other octets".to_owned())?;
    let lines: Vec<&[u8]> = fixity::manifest::lines(text.as_bytes()).collect();
    let [first, second] = lines[..] else {
        return Err(format!("expected exactly two lines, found {}", lines.len()));
    };
    let version = value(first, "BagIt-Version")?;
    let encoding = value(second, "Tag-File-Character-Encoding")?;
    let numbers = version.split_once('.').map(|(major, minor)| [major, minor]);
    if !numbers
        .is_some_and(|parts| parts.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit())))
    {
        return Err(format!("expected a version of the form M.N, found `{version}`"));
    }
    Ok(Declaration { version, encoding })
}

fn value(line: &[u8], label: &str) -> Result<String, String> {
    let line = String::from_utf8_lossy(line);
    line.strip_prefix(label)
        .and_then(|rest| rest.strip_prefix(": "))
        .filter(|value| !value.is_empty() && !value.contains(char::is_whitespace))
        .map(str::to_owned)
        .ok_or_else(|| format!("expected a line `{label}: VALUE`, found `{line}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_is_read_back() {
        let read = parse(DECLARATION.as_bytes()).unwrap();
        assert_eq!((read.version.as_str(), read.encoding.as_str()), ("1.0", "UTF-8"));
    }

    #[test]
    fn departures_are_named() {
        for text in [
            &b""[..],
            b"BagIt-Version: 1.0\n",
            b"BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n",
            b"Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n",
            b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nX: y\n",
            b"\xEF\xBB\xBFBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            b"BagIt-Version: one\nTag-File-Character-Encoding: UTF-8\n",
        ] {
            assert!(parse(text).is_err(), "{}", String::from_utf8_lossy(text));
        }
    }
}
