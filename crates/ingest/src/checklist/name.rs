//! Which names lists of checksums have, and what such a name says.

use super::Listed;
use fixity::{Algorithm, Digest};

/// What the name of a list says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hint {
    /// By what it sums.
    pub(crate) algorithm: Option<Algorithm>,
    /// The file that it is about, if it stands beside one: `letter.pdf` of `letter.pdf.md5`.
    of: Option<Vec<u8>>,
}

impl Hint {
    /// A line that is nothing but the digest of the file beside which the list stands.
    pub(super) fn alone(&self, line: &[u8]) -> Option<Listed> {
        let digest = Digest::from_hex(self.algorithm?, line.trim_ascii())?;
        Some(Listed { path: self.of.clone()?, digest, is_guessed: false })
    }
}

/// What the name of a file says, if it is one that a list of checksums has.
pub(crate) fn hint_of(name: &[u8]) -> Option<Hint> {
    let lower = std::str::from_utf8(name).ok()?.to_ascii_lowercase();
    let stem = lower.strip_suffix(".txt").unwrap_or(&lower);
    let of_all = |algorithm| Some(Hint { algorithm, of: None });
    if matches!(stem, "checksum" | "checksums") || stem.contains("hashdeep") {
        return of_all(None);
    }
    if let Some(named) = lower.strip_suffix(".txt").and_then(|stem| stem.strip_prefix("manifest-")) {
        return of_all(Some(named.parse().ok()?));
    }
    if let Some(algorithm) = by_program(stem) {
        return of_all(Some(algorithm));
    }
    if let Some((before, _)) = stem.split_once("deep")
        && let Some(algorithm) = ["md5", "sha1", "sha256"].into_iter().find(|known| before.ends_with(known))
    {
        return of_all(algorithm.parse().ok());
    }
    let (before, extension) = lower.rsplit_once('.')?;
    let algorithm = usual(extension).or_else(|| by_program(extension))?;
    Some(Hint { algorithm: Some(algorithm), of: Some(name[..before.len()].to_vec()) })
}

/// The algorithm of `sha256sum`, `SHA256SUMS`, `md5sum` and the like.
fn by_program(name: &str) -> Option<Algorithm> {
    usual(name.strip_suffix("sums").or_else(|| name.strip_suffix("sum"))?)
}

fn usual(name: &str) -> Option<Algorithm> {
    match name {
        // `b2sum` and `b3sum`.
        "b2" => return Some(Algorithm::Blake2b512),
        "b3" => return Some(Algorithm::Blake3),
        _ => {}
    }
    let is_usual = ["md5", "sha", "blake"].iter().any(|begin| name.starts_with(begin));
    if is_usual { name.parse().ok() } else { None }
}
