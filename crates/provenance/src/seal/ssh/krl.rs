//! OpenSSH's binary key revocation lists (its PROTOCOL.krl).

use super::certificate::Certificate;
use super::public::PublicKey;
use super::wire::Wire;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// How one begins.
pub const MAGIC: &[u8] = b"SSHKRL\n\0";

/// What such a list revokes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Krl {
    blobs: BTreeSet<Vec<u8>>,
    by_sha1: BTreeSet<Vec<u8>>,
    by_sha256: BTreeSet<Vec<u8>>,
    certificates: Vec<Certificates>,
}

/// Revoked certificates of one authority.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Certificates {
    /// Empty: of any.
    authority: Vec<u8>,
    serials: Vec<RangeInclusive<u64>>,
    /// From a first serial number on, a bit for each, in a big-endian number.
    bits: Vec<(u64, Vec<u8>)>,
    ids: BTreeSet<Vec<u8>>,
}

impl Krl {
    /// Reads a list whole.
    ///
    /// # Errors
    /// What is not understood: such a list is not used, since something in it might be revoked.
    pub fn read(octets: &[u8]) -> Result<Self, String> {
        let damaged = || {
            "expected a key revocation list of OpenSSH, and it breaks off or says something else".to_owned()
        };
        let mut wire = Wire::new(octets);
        wire.take(MAGIC.len());
        match wire.number() {
            Some(1) => {}
            Some(version) => {
                return Err(format!("expected a key revocation list of format 1, found {version}"));
            }
            None => return Err(damaged()),
        }
        let mut list = Self::default();
        let header = |wire: &mut Wire<'_>| {
            // Its number, its date, flags; then a reserved field and a comment.
            wire.take(3 * 8)?;
            wire.string()?;
            wire.string().map(drop)
        };
        header(&mut wire).ok_or_else(damaged)?;
        while wire.end().is_none() {
            let (Some(kind), Some(data)) = (wire.byte(), wire.string()) else { return Err(damaged()) };
            let read = match kind {
                1 => Certificates::read(data).map(|certificates| list.certificates.push(certificates)),
                2 => strings(data).map(|blobs| list.blobs.extend(blobs)),
                3 => strings(data).map(|digests| list.by_sha1.extend(digests)),
                5 => strings(data).map(|digests| list.by_sha256.extend(digests)),
                255 => passed_over(data),
                kind => {
                    return Err(format!(
                        "expected sections 1, 2, 3 and 5 in the key revocation list, found {kind}; \
                         make it anew with `ssh-keygen -k`"
                    ));
                }
            };
            read.ok_or_else(damaged)?;
        }
        Ok(list)
    }

    /// Whether a key is in it.
    pub fn has(&self, key: &PublicKey) -> bool {
        let blob = key.blob();
        self.blobs.contains(blob)
            || self.by_sha256.contains(Sha256::digest(blob).as_slice())
            || self.by_sha1.contains(Sha1::digest(blob).as_slice())
    }

    /// Whether a certificate is in it by its number or name.
    pub fn has_certificate(&self, certificate: &Certificate) -> bool {
        let of = |list: &&Certificates| {
            list.authority.is_empty() || list.authority == certificate.authority.blob()
        };
        self.certificates.iter().filter(of).any(|list| {
            list.serials.iter().any(|range| range.contains(&certificate.serial))
                || list.bits.iter().any(|(first, bits)| has_bit(*first, bits, certificate.serial))
                || list.ids.contains(&certificate.id)
        })
    }
}

impl Certificates {
    fn read(data: &[u8]) -> Option<Self> {
        let mut wire = Wire::new(data);
        let authority = wire.string()?.to_vec();
        wire.string()?; // reserved
        let mut list = Self { authority, serials: Vec::new(), bits: Vec::new(), ids: BTreeSet::new() };
        while wire.end().is_none() {
            let (kind, data) = (wire.byte()?, wire.string()?);
            let mut inner = Wire::new(data);
            match kind {
                0x20 => {
                    while inner.end().is_none() {
                        let serial = inner.long()?;
                        list.serials.push(serial..=serial);
                    }
                }
                0x21 => list.serials.push(inner.long()?..=inner.long()?),
                0x22 => list.bits.push((inner.long()?, inner.string()?.to_vec())),
                0x23 => {
                    list.ids.extend(strings(inner.rest())?);
                    inner = Wire::new(&[]);
                }
                0x39 => {
                    passed_over(inner.rest())?;
                    inner = Wire::new(&[]);
                }
                _ => return None,
            }
            inner.end()?;
        }
        Some(list)
    }
}

fn strings(data: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut wire = Wire::new(data);
    let mut strings = Vec::new();
    while wire.end().is_none() {
        strings.push(wire.string()?.to_vec());
    }
    Some(strings)
}

/// An extension that says of itself that it may be passed over.
fn passed_over(data: &[u8]) -> Option<()> {
    let mut wire = Wire::new(data);
    wire.string()?;
    (wire.byte()? == 0).then_some(())?;
    wire.string()?;
    wire.end()
}

fn has_bit(first: u64, bits: &[u8], serial: u64) -> bool {
    let Some(bit) = serial.checked_sub(first) else { return false };
    usize::try_from(bit / 8)
        .ok()
        .and_then(|octet| bits.iter().rev().nth(octet))
        .is_some_and(|octet| octet >> (bit % 8) & 1 == 1)
}
