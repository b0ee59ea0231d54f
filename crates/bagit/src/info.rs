//! Bag metadata: `bag-info.txt` (RFC 8493 §2.2.2).

use crate::Version;
use fixity::manifest::lines;

/// A line that is no metadata element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Counted from 1.
    pub number: usize,
    /// The last of the lines that follow at once and are none either.
    pub last: usize,
    /// What was expected and found.
    pub message: String,
}

/// Reads labels and values in order; continued lines are joined by a line break.
///
/// Version 1.0 asks for a label, a colon and one space or tab; before, white space around the colon
/// is as one likes (0.97, "Bag Metadata").
#[must_use]
pub fn parse(text: &str, version: Version) -> (Vec<(String, String)>, Vec<BadLine>) {
    let mut elements: Vec<(String, String)> = Vec::new();
    let mut bad: Vec<BadLine> = Vec::new();
    let mut note = |number: usize, message: String| match bad.last_mut() {
        // A flood of them is one.
        Some(before) if before.last + 1 == number => before.last = number,
        _ => bad.push(BadLine { number, last: number, message }),
    };
    for (number, line) in (1..).zip(lines(text.as_bytes())) {
        let line = String::from_utf8_lossy(line);
        if line.starts_with([' ', '\t']) {
            match elements.last_mut() {
                Some((_, value)) => {
                    value.push('\n');
                    value.push_str(line.trim_start_matches([' ', '\t']));
                }
                None => {
                    note(number, "expected a label, found a continued line".into());
                }
            }
            continue;
        }
        match split(&line, version) {
            Ok(element) => elements.push(element),
            Err(message) => note(number, message),
        }
    }
    (elements, bad)
}

fn split(line: &str, version: Version) -> Result<(String, String), String> {
    let (label, rest) =
        line.split_once(':').ok_or_else(|| format!("expected `Label: value`, found `{line}`"))?;
    if !version.is_strict() && !label.trim().is_empty() {
        return Ok((label.trim().to_owned(), rest.trim_start_matches([' ', '\t']).to_owned()));
    }
    if label.is_empty() || label.trim_matches([' ', '\t']) != label {
        return Err(format!("expected a label without white space around it, found `{label}`"));
    }
    let value = rest
        .strip_prefix([' ', '\t'])
        .ok_or_else(|| format!("expected one space after `{label}:`, found `{rest}`"))?;
    Ok((label.to_owned(), value.to_owned()))
}

/// Writes elements in order, one `Label: value` line each; a line break in a value continues it
/// on an indented line.
#[must_use]
pub fn write(elements: &[(&str, String)]) -> String {
    let mut text = String::new();
    for (label, value) in elements {
        text.extend([label, ": ", &value.split(['\r', '\n']).collect::<Vec<_>>().join("\n  "), "\n"]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            elements in proptest::collection::vec(("[A-Za-z][A-Za-z -]{0,9}[a-z]", "[^\\s:]([^\\r\\n]{0,30}[^\\s])?(\n[^\\s][^\\r\\n]{0,9})?"), 0..6),
        ) {
            let written: Vec<(&str, String)> = elements.iter().map(|(l, v)| (l.as_str(), v.clone())).collect();
            let (read, bad) = parse(&write(&written), Version::V1_0);
            prop_assert_eq!(bad, vec![]);
            prop_assert_eq!(read, elements);
        }
    }

    #[test]
    fn order_and_repetition_are_kept() {
        let (read, bad) = parse("B: 1\nA: 2\r\nB: 3\n  and more\nnothing\n: x\nA:y\n", Version::V1_0);
        assert_eq!(read[2], ("B".into(), "3\nand more".into()));
        assert_eq!(read.len(), 3);
        assert_eq!(bad.iter().map(|b| (b.number, b.last)).collect::<Vec<_>>(), [(5, 7)]);
    }

    #[test]
    fn white_space_around_the_colon_is_free_before_1_0() {
        let (read, bad) = parse("A : 1\nB:2\nC   :\t 3\n", Version::V0_97);
        assert_eq!(bad, []);
        assert_eq!(read, [("A", "1"), ("B", "2"), ("C", "3")].map(|(l, v)| (l.to_owned(), v.to_owned())));
    }
}
