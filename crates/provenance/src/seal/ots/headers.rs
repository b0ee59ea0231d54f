//! Headers of Bitcoin's blocks, which a person hands over to have times proven without a network.

use crate::{
    Timestamp,
    seal::{bounds::unreadable, certificate::at_second, vouch::Broken},
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Octets of the file: more lines than any bundle has proofs.
const LONGEST: usize = 16 << 20;
/// The least work that any block ever had, as `bits` say it.
const EASIEST: u32 = 0x1D00_FFFF;

/// Headers by the height of their block.
#[derive(Clone, Debug, Default)]
pub struct Headers(BTreeMap<u64, Header>);

/// The 80 octets of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header([u8; 80]);

impl Headers {
    /// Reads lines of `HEIGHT HEADER`, the header being 160 hexadecimal digits as `bitcoin-cli getblockheader HASH
    /// false` or any block explorer prints it. Empty lines, and lines that begin with `#`, are passed over.
    ///
    /// A header has to have the work in it that it claims, so that a digit that was mistyped is noticed. Whether a
    /// block is in the chain that everybody has, its hash tells, which is printed with what it proves.
    ///
    /// # Errors
    /// [`Broken::Unreadable`] with the number of the line that is something else; [`Broken::Mismatch`] for a
    /// header without its work, and for two headers of one height.
    pub fn read(file: &[u8]) -> Result<Self, Broken> {
        if file.len() > LONGEST {
            return Err(unreadable(format!("at most {LONGEST} octets of headers"), &file.len().to_string()));
        }
        let text =
            std::str::from_utf8(file).map_err(|_| unreadable("headers as text".into(), "something else"))?;
        let mut headers = BTreeMap::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (height, header) = read_line(line).ok_or_else(|| {
                unreadable(
                    format!("`HEIGHT HEADER` (160 hexadecimal digits) in line {number} of the headers"),
                    "something else",
                )
            })?;
            if !header.has_its_work() {
                return Err(Broken::Mismatch(format!(
                    "line {number} of the headers is no block of Bitcoin: its hash {} shows no work",
                    header.hash()
                )));
            }
            if headers.insert(height, header).is_some_and(|other| other != header) {
                return Err(Broken::Mismatch(format!(
                    "line {number} of the headers is another block {height}"
                )));
            }
        }
        Ok(Self(headers))
    }

    pub(super) fn at(&self, height: u64) -> Option<Header> {
        self.0.get(&height).copied()
    }
}

fn read_line(line: &str) -> Option<(u64, Header)> {
    let (height, header) = line.split_once(char::is_whitespace)?;
    let header = base16ct::mixed::decode_vec(header.trim()).ok()?;
    Some((height.parse().ok()?, Header(header.try_into().ok()?)))
}

impl Header {
    fn part<const N: usize>(self, from: usize) -> [u8; N] {
        let mut part = [0; N];
        for (to, octet) in part.iter_mut().zip(self.0.iter().skip(from)) {
            *to = *octet;
        }
        part
    }

    pub(super) fn merkle_root(self) -> [u8; 32] {
        self.part(36)
    }

    /// When the miner says that it was found: true to some two hours, since all others checked it then.
    pub(super) fn time(self) -> Timestamp {
        at_second(i64::from(u32::from_le_bytes(self.part(68))))
    }

    /// As block explorers show it.
    pub(super) fn hash(self) -> String {
        shown(self.digest())
    }

    fn digest(self) -> [u8; 32] {
        Sha256::digest(Sha256::digest(self.0)).into()
    }

    /// Whether the hash is below what the header itself claims, and that is at least what every block had.
    fn has_its_work(self) -> bool {
        let target = target(u32::from_le_bytes(self.part(72)));
        let easiest = target_of_easiest();
        let mut hash = self.digest();
        hash.reverse();
        target.is_some_and(|target| target <= easiest && hash <= target)
    }
}

/// A number of 256 bits, first octet highest, out of its short form: an exponent to 256 and three octets.
fn target(bits: u32) -> Option<[u8; 32]> {
    let [exponent, mantissa @ ..] = bits.to_be_bytes();
    let mut target = [0; 32];
    let end = usize::from(exponent);
    if !(3..=32).contains(&end) || mantissa[0] & 0x80 != 0 {
        return None;
    }
    for (to, octet) in target.iter_mut().skip(32 - end).zip(mantissa) {
        *to = octet;
    }
    Some(target)
}

fn target_of_easiest() -> [u8; 32] {
    target(EASIEST).unwrap_or_default()
}

/// A digest as Bitcoin shows it: last octet first.
pub(super) fn shown(mut digest: [u8; 32]) -> String {
    digest.reverse();
    base16ct::lower::encode_string(&digest)
}
