//! `seal/root.txt`: the text that stands for all of a bundle, and that people sign.

use super::hash::Hash;
use crate::name::is_unsafe_character;
use sha2::{Digest as _, Sha512};
use std::fmt;

/// The first line, which nothing but a root begins with.
pub const LABEL: &str = "bundle-root/v1";

/// Octets of the longest text: no name in it is longer than some 1,000.
pub const MOST_OCTETS: usize = 4096;

/// What `seal/root.txt` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The name of the bundle: its `External-Identifier`.
    pub bundle: String,
    /// Leaves, decoys too: 0 or a power of two.
    pub size: u64,
    /// The root of the tree over them.
    pub hash: Hash,
}

/// Why a text is no root.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RootFault {
    /// Longer than [`MOST_OCTETS`], not UTF-8, or not six lines that each end in LF.
    #[error("expected six lines of UTF-8 that end in a line feed, found something else")]
    Shape,
    /// A line that is not what has to stand there.
    #[error("expected `{0}`, found another line")]
    Line(&'static str),
}

impl Root {
    /// The text, octet for octet.
    #[must_use]
    pub fn text(&self) -> String {
        let mut room = [0; 64];
        let hash = fixity::hex_of(&self.hash, &mut room);
        format!("{LABEL}\nbundle {}\nalg sha256\nsize {}\nroot {hash}\nformat 1\n", self.bundle, self.size)
    }

    /// Reads what [`text`](Self::text) writes, and nothing else.
    ///
    /// # Errors
    /// The first [`RootFault`] found.
    pub fn parse(text: &[u8]) -> Result<Self, RootFault> {
        if text.len() > MOST_OCTETS {
            return Err(RootFault::Shape);
        }
        let text = std::str::from_utf8(text).map_err(|_| RootFault::Shape)?;
        let lines: Vec<&str> = text.strip_suffix('\n').ok_or(RootFault::Shape)?.split('\n').collect();
        let [label, bundle, algorithm, size, root, format] = lines[..] else {
            return Err(RootFault::Shape);
        };
        let fixed = [(label, LABEL), (algorithm, "alg sha256"), (format, "format 1")];
        if let Some((_, expected)) = fixed.into_iter().find(|(found, expected)| found != expected) {
            return Err(RootFault::Line(expected));
        }
        let bundle = bundle
            .strip_prefix("bundle ")
            .filter(|name| !name.contains(is_unsafe_character))
            .ok_or(RootFault::Line("bundle NAME"))?;
        let size = size.strip_prefix("size ").and_then(size_of).ok_or(RootFault::Line("size N"))?;
        let hash = root.strip_prefix("root ").and_then(hash_of).ok_or(RootFault::Line("root HEX"))?;
        Ok(Self { bundle: bundle.to_owned(), size, hash })
    }

    /// The fingerprint of this root.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self.text().as_bytes())
    }
}

/// A size in its one spelling.
fn size_of(digits: &str) -> Option<u64> {
    let size: u64 = digits.parse().ok()?;
    (size.to_string() == digits && (size == 0 || size.is_power_of_two())).then_some(size)
}

/// 64 lower-case hexadecimal digits.
pub(crate) fn hash_of(digits: &str) -> Option<Hash> {
    let mut hash = Hash::default();
    let octets = base16ct::lower::decode(digits, &mut hash).ok()?.len();
    (octets == hash.len()).then_some(hash)
}

/// A root in ten groups of five decimal digits: to be read out over the telephone in any language, and
/// compared on paper.
///
/// Group `i` is octets `5i` to `5i + 4` of SHA-512( `bundle-fingerprint/v1` LF, text of the root ) as a
/// big-endian number, modulo 100,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u32; 10]);

/// What stands before the text that a fingerprint is of.
const FINGERPRINT_LABEL: &[u8] = b"bundle-fingerprint/v1\n";

impl Fingerprint {
    /// The fingerprint of the octets of a `seal/root.txt`.
    #[must_use]
    pub fn of(root_text: &[u8]) -> Self {
        let hash = Sha512::new_with_prefix(FINGERPRINT_LABEL).chain_update(root_text).finalize();
        let mut groups = [0; 10];
        for (group, five) in groups.iter_mut().zip(hash.chunks_exact(5)) {
            let number = five.iter().fold(0_u64, |number, &octet| number << 8 | u64::from(octet));
            *group = u32::try_from(number % 100_000).unwrap_or_default();
        }
        Self(groups)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, group) in self.0.iter().enumerate() {
            let space = if number == 0 { "" } else { " " };
            write!(f, "{space}{group:05}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some() -> Root {
        Root { bundle: "press 1988 بامداد".into(), size: 16, hash: [0xAB; 32] }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(bundle in "[^\\p{C}\u{61C}\u{200E}\u{200F}\u{2028}\u{2029}]{0,30}", bits in 0_u32..63, hash: [u8; 32]) {
            let root = Root { bundle, size: 1 << bits, hash };
            prop_assert_eq!(Root::parse(root.text().as_bytes()), Ok(root));
        }

        #[test]
        fn only_one_spelling_is_read(at: prop::sample::Index, octet: u8) {
            let mut text = some().text().into_bytes();
            let at = at.index(text.len());
            text[at] = octet;
            if let Ok(root) = Root::parse(&text) {
                prop_assert_eq!(root.text().into_bytes(), text);
            }
        }
    }

    #[test]
    fn what_is_not_quite_a_root_is_refused() {
        let text = some().text();
        for length in 0..text.len() {
            assert_eq!(Root::parse(&text.as_bytes()[..length]), Err(RootFault::Shape), "cut to {length}");
        }
        for (from, to) in [
            ("size 16", "size 016"),
            ("size 16", "size +16"),
            ("size 16", "size 15"),
            ("size 16", "size 18446744073709551616"),
            ("abab", "ABAB"),
            ("ababab", "abab"),
            ("bundle-root/v1", "bundle-root/v2"),
            ("sha256", "sha512"),
            ("format 1", "format 1 "),
            ("press", "press\u{202E}"),
            ("\n", "\r\n"),
            ("format 1\n", "format 1\n\n"),
        ] {
            assert!(Root::parse(text.replace(from, to).as_bytes()).is_err(), "{to:?}");
        }
        assert_eq!(Root::parse(&vec![b'\n'; MOST_OCTETS + 1]), Err(RootFault::Shape));
    }

    #[test]
    fn a_fingerprint_is_ten_groups_of_five_digits() {
        let shown = some().fingerprint().to_string();
        assert_eq!(shown.len(), 59);
        assert!(shown.split(' ').all(|group| group.len() == 5 && group.bytes().all(|b| b.is_ascii_digit())));
        let other = Root { size: 32, ..some() };
        assert_ne!(other.fingerprint(), some().fingerprint());
    }
}
