//! Manifest text: `checksum filepath` lines (RFC 8493 §2.1.3).

use crate::{Algorithm, Digest, PathProblem, PayloadPath};
use std::borrow::Cow;

/// One line that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestLine {
    /// The path, decoded.
    pub path: PayloadPath,
    /// The path as it is written, where it holds a `%` and decoding made another of it.
    pub literal: Option<PayloadPath>,
    /// The digest it should have.
    pub digest: Digest,
    /// How the writing departs from the standard, if it does; the meaning is plain all the same.
    pub oddity: Option<Oddity>,
}

/// A way of writing that strict readers refuse and whose meaning is plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// `*` before the path, as md5sum writes in binary mode (RFC 8493 §6.1.3).
    BinaryMarker,
    /// A `%` that should have been encoded: taken as it stands.
    RawPercent,
    /// A leading `./`.
    LeadingDot,
}

/// Which percent-encodings stand for another character in a path; versions of BagIt differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoding {
    /// None: a `%` is a `%` (before 0.97).
    Nothing,
    /// `%0A` and `%0D` only (0.97).
    LineEnds,
    /// `%0A`, `%0D` and `%25` (RFC 8493 §2.1.3).
    LineEndsAndPercent,
}

/// Why a line could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineProblem {
    /// Not UTF-8.
    #[error("the line is not UTF-8")]
    NotUtf8,
    /// An empty line.
    #[error("the line is blank")]
    Blank,
    /// No white space between checksum and path, or no path.
    #[error("the line has no checksum and path with white space between")]
    NoPath,
    /// The checksum is not hexadecimal of the right length.
    #[error("the checksum is not {expected} hexadecimal digits")]
    Checksum {
        /// Digits that the algorithm makes.
        expected: usize,
    },
    /// The line begins with a backslash, as GNU tools write names they had to escape (§6.1.3).
    #[error("the line is escaped the GNU way (it begins with a backslash)")]
    GnuEscape,
    /// The path leads elsewhere.
    #[error("the path {0}")]
    Path(#[from] PathProblem),
}

/// Splits a text into lines at LF, CR or CRLF and nowhere else; the last may lack its end.
pub fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(end) = rest.iter().position(|&b| b == b'\n' || b == b'\r') else {
            return Some(std::mem::take(&mut rest));
        };
        let width = if rest[end..].starts_with(b"\r\n") { 2 } else { 1 };
        let line = &rest[..end];
        rest = &rest[end + width..];
        Some(line)
    })
}

/// Reads one line, without its end, with paths encoded as `decoding` says.
///
/// # Errors
/// A [`LineProblem`]; other lines can still be read.
pub fn parse_line(
    line: &[u8],
    algorithm: Algorithm,
    decoding: Decoding,
) -> Result<ManifestLine, LineProblem> {
    if line.iter().all(u8::is_ascii_whitespace) {
        return Err(LineProblem::Blank);
    }
    if line[0] == b'\\' {
        return Err(LineProblem::GnuEscape);
    }
    let is_blank = |b: &u8| *b == b' ' || *b == b'\t';
    let end = line.iter().position(is_blank).ok_or(LineProblem::NoPath)?;
    let gap = line[end..].iter().position(|b| !is_blank(b)).ok_or(LineProblem::NoPath)?;
    let digest = Digest::from_hex(algorithm, &line[..end])
        .ok_or(LineProblem::Checksum { expected: 2 * algorithm.octets() })?;
    let mut written = std::str::from_utf8(&line[end + gap..]).map_err(|_| LineProblem::NotUtf8)?;
    let mut oddity = None;
    if let Some(marked) = written.strip_prefix('*') {
        (written, oddity) = (marked, Some(Oddity::BinaryMarker));
    }
    while let Some(below) = written.strip_prefix("./") {
        (written, oddity) = (below, Some(Oddity::LeadingDot));
    }
    let (path, raw_percent) = decode(written, decoding);
    if raw_percent {
        oddity = Some(Oddity::RawPercent);
    }
    let literal = if path == written { None } else { PayloadPath::new(written).ok() };
    Ok(ManifestLine { path: PayloadPath::new(path.into_owned())?, literal, digest, oddity })
}

/// Decodes what `decoding` names, and nothing else, once; says whether another `%` was met where
/// that should not be.
#[must_use]
pub fn decode(written: &str, decoding: Decoding) -> (Cow<'_, str>, bool) {
    if decoding == Decoding::Nothing || !written.contains('%') {
        return (Cow::Borrowed(written), false);
    }
    let percent_is_encoded = decoding == Decoding::LineEndsAndPercent;
    let mut path = String::with_capacity(written.len());
    let mut raw = false;
    let mut rest = written;
    while let Some(at) = rest.find('%') {
        path.push_str(&rest[..at]);
        let code = rest.as_bytes().get(at + 1..at + 3).unwrap_or_default().to_ascii_uppercase();
        let (c, width) = match code.as_slice() {
            b"25" if percent_is_encoded => ('%', 3),
            b"0A" => ('\n', 3),
            b"0D" => ('\r', 3),
            _ => {
                raw |= percent_is_encoded;
                ('%', 1)
            }
        };
        path.push(c);
        rest = &rest[at + width..];
    }
    path.push_str(rest);
    (Cow::Owned(path), raw)
}

/// A path as fonds writes it in a line: `%`, CR and LF encoded, and nothing else.
#[must_use]
pub fn encode(path: &str) -> Cow<'_, str> {
    if !path.contains(['%', '\n', '\r']) {
        return Cow::Borrowed(path);
    }
    Cow::Owned(path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D"))
}

/// Writes one line in the one form that GNU, shasum, busybox and rhash all read: lower-case
/// hexadecimal, two spaces, the path with `%`, CR and LF encoded, LF.
pub fn write_line(out: &mut Vec<u8>, digest: &Digest, path: &str) {
    let mut room = [0; 128];
    out.extend_from_slice(crate::digest::hex_of(digest.octets(), &mut room).as_bytes());
    out.extend_from_slice(b"  ");
    out.extend_from_slice(encode(path).as_bytes());
    out.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HASH: &str = "d41d8cd98f00b204e9800998ecf8427e";

    fn read(path: &str) -> Result<ManifestLine, LineProblem> {
        parse_line(format!("{HASH}  {path}").as_bytes(), Algorithm::Md5, Decoding::LineEndsAndPercent)
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(name in "[^\\x00/\\\\]{1,30}", octets: [u8; 16]) {
            let digest = Digest::from_octets(Algorithm::Md5, &octets).unwrap();
            let path = format!("data/xx{name}");
            let mut text = Vec::new();
            write_line(&mut text, &digest, &path);
            let mut read = lines(&text);
            let line = parse_line(read.next().unwrap(), Algorithm::Md5, Decoding::LineEndsAndPercent).unwrap();
            prop_assert_eq!(line.path.as_str(), path);
            prop_assert_eq!(line.digest, digest);
            prop_assert_eq!(line.oddity, None);
            prop_assert!(read.next().is_none());
        }

        #[test]
        fn any_octets_are_met_without_panic(text in proptest::collection::vec(any::<u8>(), 0..200)) {
            for line in lines(&text) {
                let _ = parse_line(line, Algorithm::Sha256, Decoding::LineEndsAndPercent);
            }
        }
    }

    #[test]
    fn only_three_codes_are_decoded_and_only_once() {
        assert_eq!(read("data/100%25.txt").unwrap().path.as_str(), "data/100%.txt");
        assert_eq!(read("data/a%0ab%0D").unwrap().path.as_str(), "data/a\nb\r");
        let twice = read("data/%2525").unwrap();
        assert_eq!(twice.path.as_str(), "data/%25");
        assert_eq!(twice.literal.unwrap().as_str(), "data/%2525");
        assert_eq!(decode("%25%0d%20", Decoding::LineEnds), ("%25\r%20".into(), false));
        assert_eq!(decode("%25%0d%20", Decoding::Nothing), ("%25%0d%20".into(), false));
        let odd = read("data/%20%7E%").unwrap();
        assert_eq!((odd.path.as_str(), odd.oddity), ("data/%20%7E%", Some(Oddity::RawPercent)));
    }

    #[test]
    fn bad_lines_say_what_is_wrong() {
        assert_eq!(parse_line(b"", Algorithm::Md5, Decoding::LineEndsAndPercent), Err(LineProblem::Blank));
        assert_eq!(
            parse_line(HASH.as_bytes(), Algorithm::Md5, Decoding::LineEndsAndPercent),
            Err(LineProblem::NoPath)
        );
        assert_eq!(
            parse_line(b"zz  data/a", Algorithm::Md5, Decoding::LineEndsAndPercent),
            Err(LineProblem::Checksum { expected: 32 })
        );
        assert_eq!(read("../x"), Err(LineProblem::Path(PathProblem::DotComponent)));
        assert_eq!(
            parse_line(b"\\abc  x", Algorithm::Md5, Decoding::LineEndsAndPercent),
            Err(LineProblem::GnuEscape)
        );
        assert_eq!(read("*data/x").unwrap().oddity, Some(Oddity::BinaryMarker));
    }

    #[test]
    fn lines_end_at_lf_cr_and_crlf_only() {
        let text = "a\nb\rc\r\nd\u{2028}e\u{b}f".as_bytes();
        let found: Vec<&[u8]> = lines(text).collect();
        assert_eq!(found, [b"a", b"b", b"c", "d\u{2028}e\u{b}f".as_bytes()]);
    }
}
