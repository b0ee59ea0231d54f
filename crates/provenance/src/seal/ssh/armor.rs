//! Octets as lines of base64 between a first and a last line, as OpenSSH writes them.

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

/// How long `ssh-keygen` makes a line of a signature.
const WIDTH: usize = 70;

/// What is between `-----BEGIN LABEL-----` and `-----END LABEL-----`; the lines may have any width, and end
/// with LF or CRLF. Nothing stands before or behind, and base64 has its one form.
///
/// # Errors
/// What was expected instead, to stand behind "it".
pub fn open(octets: &[u8], label: &str) -> Result<Zeroizing<Vec<u8>>, String> {
    let first = format!("-----BEGIN {label}-----");
    let last = format!("-----END {label}-----");
    let mut body = Zeroizing::new(Vec::with_capacity(octets.len()));
    let mut lines =
        octets.split(|octet| *octet == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    if lines.next() != Some(first.as_bytes()) {
        return Err(format!("does not begin with the line {first}"));
    }
    loop {
        match lines.next() {
            Some(line) if line == last.as_bytes() => break,
            Some(line) if !line.is_empty() => body.extend_from_slice(line),
            Some(_) => return Err(format!("has an empty line before {last}")),
            None => return Err(format!("breaks off before the line {last}")),
        }
    }
    if lines.next().is_some_and(|line| !line.is_empty()) || lines.next().is_some() {
        return Err(format!("has something behind the line {last}"));
    }
    // Padding and the bits behind the last octet are as they must be, or the crate refuses.
    let mut opened = Zeroizing::new(vec![0; body.len()]);
    let length = Base64::decode(&*body, &mut opened)
        .map_err(|_| format!("has something other than base64 between {first} and {last}"))?
        .len();
    opened.truncate(length);
    Ok(opened)
}

/// The lines as `ssh-keygen` writes them.
pub fn close(octets: &[u8], label: &str) -> String {
    let body = Base64::encode_string(octets);
    let mut text = format!("-----BEGIN {label}-----\n");
    let mut rest = body.as_str();
    while !rest.is_empty() {
        // Base64 is ASCII, so that every place is one between characters.
        let (line, behind) = rest.split_at(rest.len().min(WIDTH));
        text.push_str(line);
        text.push('\n');
        rest = behind;
    }
    text.push_str("-----END ");
    text.push_str(label);
    text.push_str("-----\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_closed_opens() {
        for length in 0..200 {
            let octets: Vec<u8> = (0..length).collect();
            let text = close(&octets, "A THING");
            assert_eq!(*open(text.as_bytes(), "A THING").unwrap(), octets);
            assert_eq!(*open(text.replace('\n', "\r\n").as_bytes(), "A THING").unwrap(), octets);
            assert_eq!(*open(text.trim_end().as_bytes(), "A THING").unwrap(), octets);
            assert!(text.lines().all(|line| line.len() <= WIDTH));
            assert!(open(text.as_bytes(), "ANOTHER").is_err());
        }
    }

    #[test]
    fn there_is_nothing_besides() {
        let text = close(b"some octets", "A THING");
        assert!(open(text.as_bytes(), "A THING").is_ok());
        for wrong in [
            format!("{text}\n"),
            format!("{text}more"),
            format!(" {text}"),
            format!("Comment: x\n{text}"),
            text.replace("=\n", "\n"),
            text.replace("c29t", "c2 9t"),
            text.replace("\n-----END", "\n\n-----END"),
            text.replace("-----END", "-----End"),
            text.replace("M=", "N="),
            text.repeat(2),
        ] {
            assert_ne!(wrong, text);
            assert!(open(wrong.as_bytes(), "A THING").is_err(), "{wrong}");
        }
    }
}
