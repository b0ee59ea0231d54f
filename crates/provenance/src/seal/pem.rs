//! Files in which DER is written as text (RFC 7468): several values, with whatever people wrote between them.

use zeroize::Zeroizing;

/// A value out of such a file.
pub(super) struct Block<'a> {
    /// What stands behind `BEGIN`.
    pub label: &'a str,
    /// Its octets; none if the text between the two lines is not base64 as RFC 7468 has it.
    pub octets: Option<Zeroizing<Vec<u8>>>,
    /// Whether it has the headers with which OpenSSL once marked keys that it had encrypted.
    pub headed: bool,
}

const BEGIN: &[u8] = b"-----BEGIN ";
const DASHES: &[u8] = b"-----";
/// Values in one file: a system's list of authorities has some 150.
const MOST: usize = 1024;

/// Whether a file is text of that kind.
pub(super) fn is_pem(file: &[u8]) -> bool {
    find(file, BEGIN).is_some()
}

/// All values of a file, at most 1,024, in their order. What is not closed is left out.
pub(super) fn blocks(file: &[u8]) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut rest = file;
    while found.len() < MOST
        && let Some((block, behind)) = next(rest)
    {
        found.extend(block);
        rest = behind;
    }
    found
}

/// The first line of a file that is neither of closed values with this label, nor blank, nor a remark that
/// begins with `#`: its number, from 1 on, and its text.
pub(super) fn stray<'a>(file: &'a [u8], label: &str) -> Option<(usize, &'a [u8])> {
    let (begin, end) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
    let mut open = None;
    for (number, line) in (1..).zip(file.split(|&octet| octet == b'\n')) {
        let text = line.trim_ascii();
        match open {
            None if text == begin.as_bytes() => open = Some((number, text)),
            None if text.is_empty() || text.starts_with(b"#") => {}
            Some(_) if text == end.as_bytes() => open = None,
            Some(_) if !text.starts_with(DASHES) => {}
            _ => return Some((number, text)),
        }
    }
    open
}

/// The next value, if it is closed, and what follows. No octet is looked at more than a few times.
fn next(file: &[u8]) -> Option<(Option<Block<'_>>, &[u8])> {
    let from = file.get(find(file, BEGIN)?..)?;
    let behind_begin = from.get(BEGIN.len()..)?;
    let label =
        behind_begin.get(..find(behind_begin.get(..70).unwrap_or(behind_begin), DASHES).unwrap_or(0))?;
    let Ok(label) = std::str::from_utf8(label) else { return Some((None, behind_begin)) };
    // The next dashes have to be those of its end: if another value begins there, this one was not closed.
    let head = BEGIN.len() + label.len() + DASHES.len();
    let end = format!("-----END {label}-----");
    let length = head + find(from.get(head..)?, DASHES)?;
    if label.is_empty() || !from.get(length..)?.starts_with(end.as_bytes()) {
        return Some((None, behind_begin));
    }
    let (block, behind) = from.split_at_checked(length + end.len())?;
    let octets = der::pem::decode_vec(block).ok().map(|(_, octets)| Zeroizing::new(octets));
    Some((Some(Block { label, octets, headed: find(block, b"Proc-Type:").is_some() }), behind))
}

fn find(file: &[u8], what: &[u8]) -> Option<usize> {
    file.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_between_words_of_people() {
        let file = b"Bag Attributes\n-----BEGIN A-----\nBQA=\n-----END A-----\nsubject=x\r\n-----BEGIN B C-----\r\nAgEB\r\n-----END B C-----\r\n-----BEGIN D-----\n!!\n-----END D-----\n-----BEGIN E-----\nBQA=\n";
        let found: Vec<_> = blocks(file)
            .into_iter()
            .map(|block| (block.label, block.octets.map(|octets| octets.to_vec())))
            .collect();
        assert_eq!(found, [("A", Some(vec![5, 0])), ("B C", Some(vec![2, 1, 1])), ("D", None)]);
    }

    #[test]
    fn a_value_that_is_not_closed_does_not_swallow_the_next() {
        let file = b"-----BEGIN A-----\nBQA=\n-----BEGIN A-----\nAgEB\n-----END A-----\n";
        let found = blocks(file);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].octets.as_ref().unwrap().as_slice(), [2, 1, 1]);
    }

    #[test]
    fn what_is_beside_values_of_a_sort_is_found() {
        let value = "-----BEGIN A-----\nBQA=\n-----END A-----\n";
        let stray = |text: String| super::stray(text.as_bytes(), "A").map(|(line, _)| line);
        assert_eq!(stray(format!("# of last year\r\n{value}\n{value}")), None);
        assert_eq!(stray(format!("{value}ssh-ed25519 AAAA\n")), Some(4));
        assert_eq!(stray(format!("ssh-ed25519 AAAA\n{value}")), Some(1));
        assert_eq!(stray(format!("{value}{}", value.replace('A', "B"))), Some(4));
        assert_eq!(stray(format!("{value}-----BEGIN A-----\nBQA=\n")), Some(4));
        assert_eq!(stray(format!("-----BEGIN A-----\nBQA=\n{value}")), Some(3));
        assert_eq!(stray(value.replace("=\n", "=")), Some(1));
    }

    #[test]
    fn many_beginnings_end() {
        // A megabyte each; were every beginning to look for its end in all of it, this would take minutes.
        for line in
            [&b"-----BEGIN A-----\n"[..], b"-----BEGIN ", b"-----BEGIN A-----\nBQA=\n-----END B-----\n"]
        {
            assert!(blocks(&line.repeat((1 << 20) / line.len())).is_empty());
        }
    }
}
