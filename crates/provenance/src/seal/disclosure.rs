//! The leaves that a disclosure opens, and the proof that they are of the sealed whole.
//!
//! `seal/disclosure/opened.txt` has a line for each opened leaf, `seal/disclosure/proof.txt` the hashes
//! that stand for all others. What is withheld leaves no trace in either but its place in the tree.

use super::hash::{Hash, leaf};
use super::multiproof::{ProofFault, root_from};
use super::record::{Kind, Record, RecordFault};
use super::root::{Root, hash_of};
use super::salt::Salt;
use fixity::manifest::{Decoding, decode, encode};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The opened leaves.
pub const OPENED: &str = "seal/disclosure/opened.txt";
/// The roots of the subtrees in which nothing is opened, left to right.
pub const PROOF: &str = "seal/disclosure/proof.txt";

/// An opened leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its index among the sorted leaves.
    pub index: u64,
    /// What hid it.
    pub salt: Salt,
    /// What it stands for; never a decoy.
    pub kind: Kind,
    /// Path from the base directory of the sealed bundle.
    pub path: String,
    /// Octets.
    pub size_octets: u64,
    /// SHA-256 of the content.
    pub sha256: [u8; 32],
}

impl Opened {
    /// What the leaf says.
    #[must_use]
    pub fn record(&self) -> Record<'_> {
        Record { kind: self.kind, path: &self.path, size_octets: self.size_octets, sha256: self.sha256 }
    }
}

/// Why a disclosure proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DisclosureFault {
    /// A line that is not in its one form; counted from 1.
    #[error("expected {expected} on line {line}, found another line")]
    Line {
        /// Its number, counted from 1.
        line: usize,
        /// What has to stand there.
        expected: &'static str,
    },
    /// A record that cannot be.
    #[error("line {line}: {fault}")]
    Record {
        /// Its number, counted from 1.
        line: usize,
        /// What is wrong with it.
        fault: RecordFault,
    },
    /// Two leaves with one salt.
    #[error("expected another salt for each leaf, found one twice")]
    Salt,
    /// Two leaves for one path.
    #[error("expected each path once, found `{0}` twice")]
    Path(String),
    /// Leaves and hashes are no proof.
    #[error(transparent)]
    Proof(#[from] ProofFault),
    /// A proof of something, but not of this root.
    #[error("expected leaves of the sealed bundle, found others: they do not lead to its root")]
    Root,
}

const LINE: &str = "`INDEX SALT KIND SIZE SHA256 PATH`";

/// The text of `opened.txt`: `INDEX SALT KIND SIZE SHA256 PATH`, a space between, LF; numbers are
/// decimal, salt and digest lower-case hexadecimal, `%`, LF and CR of a path as in manifests.
#[must_use]
pub fn write_opened(opened: &[Opened]) -> String {
    let mut text = String::new();
    for one in opened {
        let (mut salt, mut digest) = ([0; 64], [0; 64]);
        let _ = writeln!(
            text,
            "{} {} {} {} {} {}",
            one.index,
            fixity::hex_of(&one.salt, &mut salt),
            one.kind.word(),
            one.size_octets,
            fixity::hex_of(&one.sha256, &mut digest),
            encode(&one.path)
        );
    }
    text
}

/// Reads what [`write_opened`] writes, and nothing else.
///
/// # Errors
/// [`DisclosureFault::Line`] or [`DisclosureFault::Record`].
pub fn parse_opened(text: &[u8]) -> Result<Vec<Opened>, DisclosureFault> {
    let lines = lines_of(text, LINE)?;
    let mut all = Vec::new();
    for (line, words) in (1..).zip(lines) {
        let opened = opened_of(words).ok_or(DisclosureFault::Line { line, expected: LINE })?;
        opened.record().check().map_err(|fault| DisclosureFault::Record { line, fault })?;
        all.push(opened);
    }
    Ok(all)
}

fn opened_of(line: &str) -> Option<Opened> {
    let mut words = line.splitn(6, ' ');
    let mut next = || words.next();
    let (index, salt, kind, size, sha256, path) = (next()?, next()?, next()?, next()?, next()?, next()?);
    let (decoded, _) = decode(path, Decoding::LineEndsAndPercent);
    let is_one_spelling = encode(&decoded) == path;
    let kind = Kind::named(kind).filter(|&kind| kind != Kind::Decoy)?;
    is_one_spelling.then_some(Opened {
        index: number(index)?,
        salt: hash_of(salt)?,
        kind,
        path: decoded.into_owned(),
        size_octets: number(size)?,
        sha256: hash_of(sha256)?,
    })
}

/// A decimal number in its one spelling.
fn number(digits: &str) -> Option<u64> {
    digits.parse().ok().filter(|number: &u64| number.to_string() == digits)
}

/// The text of `proof.txt`: a hash in lower-case hexadecimal on each line.
#[must_use]
pub fn write_proof(nodes: &[Hash]) -> String {
    let mut text = String::new();
    for node in nodes {
        let mut room = [0; 64];
        text.extend([fixity::hex_of(node, &mut room), "\n"]);
    }
    text
}

/// Reads what [`write_proof`] writes, and nothing else.
///
/// # Errors
/// [`DisclosureFault::Line`].
pub fn parse_proof(text: &[u8]) -> Result<Vec<Hash>, DisclosureFault> {
    const EXPECTED: &str = "64 hexadecimal digits";
    let lines = lines_of(text, EXPECTED)?;
    let fault = |line| DisclosureFault::Line { line, expected: EXPECTED };
    (1..).zip(lines).map(|(line, digits)| hash_of(digits).ok_or_else(|| fault(line))).collect()
}

/// Lines of UTF-8 that each end in LF; none where there is no octet.
fn lines_of<'a>(
    text: &'a [u8],
    expected: &'static str,
) -> Result<impl Iterator<Item = &'a str>, DisclosureFault> {
    match std::str::from_utf8(text) {
        Ok(text) if text.is_empty() || text.ends_with('\n') => Ok(text.split_terminator('\n')),
        // The last line is not ended, or the octets of some line are no text.
        _ => Err(DisclosureFault::Line { line: text.split(|&octet| octet == b'\n').count(), expected }),
    }
}

/// Proves that every opened leaf is in the tree of `root`, as `nodes` say; answers how many of its
/// leaves stay closed, decoys among them.
///
/// That a file of the disclosure has the size and digest of its record, that every file has a leaf, and
/// that nobody changed `root` is left to the caller.
///
/// # Errors
/// [`DisclosureFault`], naming what is wrong.
pub fn prove(root: &Root, opened: &[Opened], nodes: &[Hash]) -> Result<u64, DisclosureFault> {
    let (mut salts, mut paths) = (BTreeSet::new(), BTreeSet::new());
    let mut encoded = Vec::new();
    let mut leaves = Vec::with_capacity(opened.len());
    for one in opened {
        if !salts.insert(one.salt) {
            return Err(DisclosureFault::Salt);
        }
        if !paths.insert(one.path.as_str()) {
            return Err(DisclosureFault::Path(one.path.clone()));
        }
        encoded.clear();
        one.record().encode(&mut encoded);
        leaves.push((one.index, leaf(&one.salt, &encoded)));
    }
    if root_from(root.size, &leaves, nodes)? != root.hash {
        return Err(DisclosureFault::Root);
    }
    Ok(root.size - opened.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::super::salt::Seed;
    use super::super::tree::Tree;
    use super::*;
    use proptest::prelude::*;

    const PATHS: [&str; 5] =
        ["bagit.txt", "data/100% بامداد.txt", "data/a", "data/two words", "metadata/manifest.csv"];

    fn disclosed(which: &[u64]) -> (Root, Vec<Opened>, Vec<Hash>) {
        let seed = Seed::new([4; 32]);
        let record = |number: usize| Record::of_file(PATHS[number], number as u64, [6; 32]);
        let tree = Tree::grow(&seed, (0..PATHS.len()).map(record));
        let root = Root { bundle: "tide".into(), size: tree.size(), hash: tree.root() };
        let mut opened = Vec::new();
        for (index, &number) in (0..).zip(tree.numbers()) {
            let Some(record) = which.contains(&number).then(|| record(usize::try_from(number).unwrap()))
            else {
                continue;
            };
            let Record { kind, path, size_octets, sha256 } = record;
            opened.push(Opened {
                index,
                salt: seed.salts().of(number),
                kind,
                path: path.into(),
                size_octets,
                sha256,
            });
        }
        let indices: Vec<u64> = opened.iter().map(|one| one.index).collect();
        (root, opened, tree.proof(&indices))
    }

    #[test]
    fn what_is_opened_is_proved_and_says_how_much_is_withheld() {
        for which in [&[][..], &[1], &[0, 1, 3], &[0, 1, 2, 3, 4]] {
            let (root, opened, nodes) = disclosed(which);
            assert_eq!(prove(&root, &opened, &nodes), Ok(8 - which.len() as u64));
            let (opened_text, proof_text) = (write_opened(&opened), write_proof(&nodes));
            assert_eq!(parse_opened(opened_text.as_bytes()), Ok(opened));
            assert_eq!(parse_proof(proof_text.as_bytes()), Ok(nodes));
        }
    }

    #[test]
    fn no_change_of_an_opened_leaf_is_proved() {
        let (root, opened, nodes) = disclosed(&[0, 1, 3]);
        let changes: [fn(&mut Vec<Opened>); 9] = [
            |all| all[1].sha256[0] ^= 1,
            |all| all[1].size_octets += 1,
            |all| all[1].path.push('x'),
            |all| all[1].index += 1,
            |all| all[1].salt[31] ^= 128,
            |all| drop(all.remove(2)),
            |all| all.swap(0, 1),
            |all| all[1].salt = all[0].salt,
            |all| all[1].path = all[0].path.clone(),
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let mut changed = opened.clone();
            change(&mut changed);
            assert!(prove(&root, &changed, &nodes).is_err(), "change {number}");
        }
        let other = Root { size: 16, ..root.clone() };
        assert!(prove(&other, &opened, &nodes).is_err());
        assert_eq!(prove(&root, &opened, &nodes), Ok(5));
    }

    #[test]
    fn lines_have_one_form() {
        let (_, opened, nodes) = disclosed(&[1, 3]);
        let (opened, proof) = (write_opened(&opened), write_proof(&nodes));
        for length in 1..opened.len() {
            let is_whole = opened.as_bytes()[length - 1] == b'\n';
            assert_eq!(parse_opened(&opened.as_bytes()[..length]).is_ok(), is_whole, "cut to {length}");
        }
        for (from, to) in [
            ("payload", "decoy"),
            ("payload", "metadata"),
            ("payload", "Payload"),
            ("%25", "%"),
            ("%25", "%41"),
            ("data/", "seal/"),
            ("data/", "data/../"),
            (" 1 ", " 01 "),
            ("\n", "\r\n"),
            ("\n", "\n\n"),
        ] {
            assert!(parse_opened(opened.replacen(from, to, 1).as_bytes()).is_err(), "{to:?}");
        }
        assert!(parse_proof(proof.to_uppercase().as_bytes()).is_err());
        assert!(parse_proof(&proof.as_bytes()[1..]).is_err());
        assert_eq!(parse_opened(b"\xFF\n").unwrap_err(), DisclosureFault::Line { line: 2, expected: LINE });
    }

    #[test]
    fn no_flipped_bit_is_proved() {
        let (root, opened, nodes) = disclosed(&[0, 1, 3]);
        let texts = [write_opened(&opened), write_proof(&nodes)];
        let is_proved = |texts: &[Vec<u8>; 2]| {
            let (Ok(opened), Ok(nodes)) = (parse_opened(&texts[0]), parse_proof(&texts[1])) else {
                return false;
            };
            prove(&root, &opened, &nodes).is_ok()
        };
        let mut texts = texts.map(String::into_bytes);
        assert!(is_proved(&texts));
        for text in 0..2 {
            for bit in 0..8 * texts[text].len() {
                texts[text][bit / 8] ^= 1 << (bit % 8);
                assert!(!is_proved(&texts), "bit {bit} of text {text}");
                texts[text][bit / 8] ^= 1 << (bit % 8);
            }
        }
        assert!(is_proved(&texts));
    }

    #[test]
    fn a_million_leaves_are_proved_by_few_hashes() {
        let seed = Seed::new([5; 32]);
        let paths: Vec<String> = (0..1_000_000).map(|number| format!("data/{number:07}.txt")).collect();
        let record = |path| Record::of_file(path, 9, [6; 32]);
        let tree = Tree::grow(&seed, paths.iter().map(|path| record(path)));
        let root = Root { bundle: "tide".into(), size: tree.size(), hash: tree.root() };
        assert_eq!(root.size, 1 << 20);
        let salts = seed.salts();
        let chosen =
            (0..).zip(tree.numbers()).filter(|(_, number)| **number < 1_000_000 && *number % 9_973 == 0);
        let opened: Vec<Opened> = chosen
            .map(|(index, &number)| Opened {
                index,
                salt: salts.of(number),
                kind: Kind::Payload,
                path: paths[usize::try_from(number).unwrap()].clone(),
                size_octets: 9,
                sha256: [6; 32],
            })
            .collect();
        let indices: Vec<u64> = opened.iter().map(|one| one.index).collect();
        let nodes = tree.proof(&indices);
        assert_eq!(opened.len(), 101);
        assert!(nodes.len() <= 101 * 20, "{}", nodes.len());
        assert_eq!(prove(&root, &opened, &nodes), Ok((1 << 20) - 101));
    }

    proptest! {
        #[test]
        fn only_one_spelling_is_read(at: prop::sample::Index, octet: u8) {
            let mut text = write_opened(&disclosed(&[0, 1, 3]).1).into_bytes();
            let at = at.index(text.len());
            text[at] = octet;
            if let Ok(opened) = parse_opened(&text) {
                prop_assert_eq!(write_opened(&opened).into_bytes(), text);
            }
        }
    }
}
