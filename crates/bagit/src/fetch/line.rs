//! One line of a fetch file: `url length filepath`.

use crate::finding::{Code, E601, E602};
use fixity::manifest::{Decoding, Oddity, decode};
use fixity::{PathProblem, PayloadPath};
use std::fmt;

/// What stands between the three parts (§2.2.3).
const BLANKS: [char; 2] = [' ', '\t'];

/// A line that could be read. Its URL has not been judged yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchItem {
    /// Where the file is said to be; no white space in it.
    pub url: String,
    /// Octets that the file is said to have; `None` where the line says `-`.
    pub length: Option<u64>,
    /// Where the file belongs, relative to the base directory, decoded. It may be a tag file still.
    pub path: PayloadPath,
    /// How the writing of the path departs from the standard, if it does.
    pub oddity: Option<Oddity>,
}

/// Why a line could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FetchProblem {
    /// Nothing, or white space alone.
    #[error("the line is blank")]
    Blank,
    /// Fewer than three parts.
    #[error("it has no three parts with white space between")]
    Parts,
    /// The second part is neither digits nor `-`; often a URL holds a space.
    #[error("the second part is neither a number of octets nor `-` (a space in the URL is written %20)")]
    Length,
    /// The number is larger than any file.
    #[error("its length is larger than any file")]
    TooLarge,
    /// The path stays in the bag, but it is not written as a path is.
    #[error("its path {0}")]
    Path(PathProblem),
    /// The path leads out of the bag, at least on some system.
    #[error("its path leads out of the bag: it {0}")]
    LeadsOut(WayOut),
}

impl FetchProblem {
    /// The finding that it makes.
    #[must_use]
    pub const fn code(self) -> &'static Code {
        match self {
            Self::LeadsOut(_) => &E602,
            Self::Blank | Self::Parts | Self::Length | Self::TooLarge | Self::Path(_) => &E601,
        }
    }
}

/// How a path leads out of a bag (RFC 8493 §5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WayOut {
    /// BagIt 0.97 takes such a path for relative; whoever does not would write anywhere.
    #[error("begins with a slash")]
    Absolute,
    /// A `..` component.
    #[error("has a `..` component")]
    Parent,
    /// A separator on Windows; with it begin UNC paths and namespaces, too.
    #[error("holds a backslash, which other systems read as a separator")]
    Backslash,
    /// A component that begins like a drive.
    #[error("has a component that begins like a drive (`C:`)")]
    Drive,
    /// A home directory, for a program that asks a shell.
    #[error("begins with `~`, which stands for a home directory")]
    Home,
    /// NUL, at which some programs cut a name short.
    #[error("holds a NUL character")]
    Nul,
    /// Only three percent codes mean something (§2.2.3), but a program that decodes all of them
    /// would leave the bag.
    #[error("would do so in a program that decodes every percent code")]
    Encoded,
}

/// Reads one line, without its end. Spaces that end the line belong to the path.
///
/// # Errors
/// A [`FetchProblem`]; other lines can still be read.
pub fn parse_line(line: &str, decoding: Decoding) -> Result<FetchItem, FetchProblem> {
    if line.trim_start_matches(BLANKS).is_empty() {
        return Err(FetchProblem::Blank);
    }
    let (url, rest) = line.split_once(BLANKS).ok_or(FetchProblem::Parts)?;
    let (length, rest) = rest.trim_start_matches(BLANKS).split_once(BLANKS).ok_or(FetchProblem::Parts)?;
    let written = rest.trim_start_matches(BLANKS);
    if url.is_empty() || written.is_empty() {
        return Err(FetchProblem::Parts);
    }
    let length = match length {
        "-" => None,
        digits if digits.bytes().all(|octet| octet.is_ascii_digit()) => {
            Some(digits.parse().map_err(|_| FetchProblem::TooLarge)?)
        }
        _ => return Err(FetchProblem::Length),
    };
    let (path, oddity) = path(written, decoding)?;
    Ok(FetchItem { url: url.to_owned(), length, path, oddity })
}

fn path(written: &str, decoding: Decoding) -> Result<(PayloadPath, Option<Oddity>), FetchProblem> {
    if let Some(way) = way_out(written) {
        return Err(FetchProblem::LeadsOut(way));
    }
    let mut plain = written;
    while let Some(below) = plain.strip_prefix("./") {
        plain = below;
    }
    let (decoded, is_raw) = decode(plain, decoding);
    if let Some(way) = way_out(&decoded) {
        return Err(FetchProblem::LeadsOut(way));
    }
    if plain.contains('%') && leads_out_decoded(plain) {
        return Err(FetchProblem::LeadsOut(WayOut::Encoded));
    }
    let oddity = match (is_raw, plain.len() < written.len()) {
        (true, _) => Some(Oddity::RawPercent),
        (false, true) => Some(Oddity::LeadingDot),
        (false, false) => None,
    };
    Ok((PayloadPath::new(decoded.into_owned()).map_err(FetchProblem::Path)?, oddity))
}

/// How a path leads out of the bag, on any system; `None` if it does not.
fn way_out(path: &str) -> Option<WayOut> {
    if path.contains('\0') {
        return Some(WayOut::Nul);
    }
    if path.starts_with('/') {
        return Some(WayOut::Absolute);
    }
    if path.starts_with('~') {
        return Some(WayOut::Home);
    }
    if path.contains('\\') {
        return Some(WayOut::Backslash);
    }
    path.split('/').find_map(|component| match component.as_bytes() {
        b".." => Some(WayOut::Parent),
        [letter, b':', ..] if letter.is_ascii_alphabetic() => Some(WayOut::Drive),
        _ => None,
    })
}

/// Whether a path leads out once all its percent codes are decoded, however often that is done.
fn leads_out_decoded(written: &str) -> bool {
    let mut octets = written.as_bytes().to_vec();
    // A code of a code of a code: each round makes the text shorter, and three are more than enough.
    for _ in 0..3 {
        octets = decode_all(&octets);
        if way_out(&String::from_utf8_lossy(&octets)).is_some() {
            return true;
        }
    }
    false
}

fn decode_all(written: &[u8]) -> Vec<u8> {
    let digit = |octet: u8| char::from(octet).to_digit(16);
    let mut octets = Vec::with_capacity(written.len());
    let mut rest = written;
    while let [first, after @ ..] = rest {
        let code = match (first, after) {
            (b'%', [high, low, ..]) => digit(*high).zip(digit(*low)),
            _ => None,
        };
        if let Some(octet) = code.and_then(|(high, low)| u8::try_from(16 * high + low).ok()) {
            octets.push(octet);
            rest = &after[2..];
        } else {
            octets.push(*first);
            rest = after;
        }
    }
    octets
}

/// What was found instead of a plain path.
pub(super) const fn oddity(oddity: Oddity) -> &'static str {
    match oddity {
        Oddity::BinaryMarker => "`*` before it",
        Oddity::RawPercent => "a `%` that is not %25, %0A or %0D",
        Oddity::LeadingDot => "`./` before it",
    }
}

impl fmt::Display for FetchItem {
    /// The line, without its end, in the one form that every reader takes. White space that begins a
    /// path would be taken for the gap before it; `./` keeps the two apart and is read as an oddity.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.url)?;
        match self.length {
            Some(length) => write!(f, "{length} ")?,
            None => f.write_str("- ")?,
        }
        let path = self.path.as_str();
        if path.starts_with(BLANKS) {
            f.write_str("./")?;
        }
        f.write_str(&path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const URL: &str = "https://archive.example/a";

    fn problem(path: &str) -> Option<FetchProblem> {
        parse_line(&format!("{URL} - {path}"), Decoding::LineEndsAndPercent).err()
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            url in "[!-~]{1,40}",
            length: Option<u64>,
            name in "[^\\x00/\\\\~ \t]{1}[^\\x00/\\\\]{0,30}",
        ) {
            let path = PayloadPath::new(format!("data/xx{name}")).unwrap();
            let item = FetchItem { url, length, path, oddity: None };
            let line = item.to_string();
            prop_assert!(!line.contains(['\n', '\r']));
            // A name that another program would decode into a way out is refused, however it is written.
            match parse_line(&line, Decoding::LineEndsAndPercent) {
                Ok(read) => prop_assert_eq!(read, item),
                Err(problem) => prop_assert_eq!(problem, FetchProblem::LeadsOut(WayOut::Encoded)),
            }
        }

        #[test]
        fn any_text_is_met_without_panic(text in "\\PC{0,80}", dense in "[%25eEfF./\\\\~ \t0c:-]{0,60}") {
            let _ = parse_line(&text, Decoding::LineEndsAndPercent);
            let _ = parse_line(&dense, Decoding::LineEndsAndPercent);
            let _ = parse_line(&format!("{URL} - {dense}"), Decoding::LineEndsAndPercent);
        }
    }

    #[test]
    fn separators_are_any_spaces_and_tabs() {
        let item =
            parse_line("https://archive.example/a%20b \t 12\t\tdata/a  b.txt ", Decoding::LineEndsAndPercent)
                .unwrap();
        assert_eq!(item.url, "https://archive.example/a%20b");
        assert_eq!((item.length, item.path.as_str()), (Some(12), "data/a  b.txt "));
        assert_eq!(
            parse_line(&format!("{URL} - data/a"), Decoding::LineEndsAndPercent).unwrap().length,
            None
        );
    }

    #[test]
    fn a_path_that_begins_with_a_blank_is_kept_apart_from_the_gap() {
        for path in [" data/x", "\tdata/x", "  x"] {
            let item = parse_line(&format!("{URL} - ./{path}"), Decoding::LineEndsAndPercent).unwrap();
            assert_eq!((item.path.as_str(), item.oddity), (path, Some(Oddity::LeadingDot)));
            assert_eq!(parse_line(&item.to_string(), Decoding::LineEndsAndPercent), Ok(item));
        }
    }

    #[test]
    fn what_is_no_line_is_said() {
        use FetchProblem::{Blank, Length, Parts, TooLarge};
        for (line, expected) in [
            ("", Blank),
            (" \t", Blank),
            ("https://archive.example/a", Parts),
            ("https://archive.example/a -", Parts),
            ("https://archive.example/a - ", Parts),
            (" https://archive.example/a - data/a", Parts),
            ("https://archive.example/a b - data/a", Length),
            ("https://archive.example/a +5 data/a", Length),
            ("https://archive.example/a 5k data/a", Length),
            ("https://archive.example/a 99999999999999999999 data/a", TooLarge),
        ] {
            assert_eq!(parse_line(line, Decoding::LineEndsAndPercent), Err(expected), "{line:?}");
        }
    }

    #[test]
    fn every_way_out_is_known() {
        use WayOut::{Absolute, Backslash, Drive, Encoded, Home, Nul, Parent};
        for (path, way) in [
            ("/tmp/test.txt", Absolute),
            ("//server/share", Absolute),
            ("../../../README.md", Parent),
            ("data/../../x", Parent),
            ("./../x", Parent),
            ("data\\..\\x", Backslash),
            ("\\\\?\\UNC\\server\\x", Backslash),
            ("%HomeDrive%\\Windows\\x", Backslash),
            ("C:\\Windows\\x", Backslash),
            ("C:/Windows/x", Drive),
            ("data/c:x", Drive),
            ("~/test.txt", Home),
            ("~root/foo", Home),
            ("data/a\0b", Nul),
            (".//etc/passwd", Absolute),
            ("data/%2e%2e/%2E%2e/x", Encoded),
            ("data/.%252e/%25252e./../x", Parent),
            ("data/%252e%252e%252fx", Encoded),
            ("data%5c..%5cx", Encoded),
            ("%2ftmp/x", Encoded),
        ] {
            assert_eq!(problem(path), Some(FetchProblem::LeadsOut(way)), "{path}");
        }
    }

    #[test]
    fn what_stays_in_the_bag_is_no_danger() {
        for path in ["data//x", "data/./x", "data/", "data/x/"] {
            assert!(matches!(problem(path), Some(FetchProblem::Path(_))), "{path}");
        }
        for (path, read) in [
            ("data/100%25", "data/100%"),
            ("data/a%0Ab", "data/a\nb"),
            ("data/..x/...", "data/..x/..."),
            ("data/~x", "data/~x"),
            ("./data/x", "data/x"),
            ("data/%20%7E", "data/%20%7E"),
        ] {
            assert_eq!(
                parse_line(&format!("{URL} - {path}"), Decoding::LineEndsAndPercent).unwrap().path.as_str(),
                read
            );
        }
    }
}
