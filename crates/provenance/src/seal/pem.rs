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

/// The next value, if it is closed, and what follows.
fn next(file: &[u8]) -> Option<(Option<Block<'_>>, &[u8])> {
    let begin = find(file, BEGIN)?;
    let from = file.get(begin..)?;
    let behind_begin = from.get(BEGIN.len()..)?;
    let label = behind_begin.get(..find(behind_begin, DASHES)?)?;
    let Ok(label) = std::str::from_utf8(label) else { return Some((None, behind_begin)) };
    if label.len() > 64 || label.contains('\n') {
        return Some((None, behind_begin));
    }
    let end = format!("-----END {label}-----");
    let Some(length) = find(from, end.as_bytes()) else { return Some((None, behind_begin)) };
    let (block, behind) = from.split_at_checked(length + end.len())?;
    // Nothing may begin within: then this one was not closed.
    if find(block.get(BEGIN.len()..)?, BEGIN).is_some() {
        return Some((None, behind_begin));
    }
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
    fn many_beginnings_end() {
        let file = b"-----BEGIN A-----".repeat(200);
        assert!(blocks(&file).is_empty());
    }
}
