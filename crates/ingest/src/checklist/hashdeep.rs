//! Lists of hashdeep: two lines say which columns follow.

use super::Listed;
use fixity::{Algorithm, Digest};

/// The columns before the name of a file: an algorithm, or something else.
pub(super) struct Columns(Vec<Option<Algorithm>>);

/// Whether a line belongs to the head of such a list.
pub(super) fn is_header(line: &[u8]) -> bool {
    line.starts_with(b"%%%% ")
}

/// The columns, if it is the line that names them.
pub(super) fn columns(header: &[u8]) -> Option<Columns> {
    let names = std::str::from_utf8(header.strip_prefix(b"%%%% ")?).ok()?.strip_suffix(",filename")?;
    Some(Columns(names.split(',').map(|name| name.parse().ok()).collect()))
}

impl Columns {
    /// Takes every digest of a line that fonds can compute; none if the line is not of these columns.
    /// Names are not escaped there, and have commas of their own.
    pub(super) fn read(&self, line: &[u8], listed: &mut Vec<Listed>) {
        let mut cells = line.splitn(self.0.len() + 1, |octet| *octet == b',');
        let mut digests = Vec::with_capacity(self.0.len());
        for algorithm in &self.0 {
            let Some(cell) = cells.next() else { return };
            if let Some(algorithm) = algorithm {
                let Some(digest) = Digest::from_hex(*algorithm, cell) else { return };
                digests.push(digest);
            }
        }
        let Some(name) = cells.next().filter(|name| !name.is_empty()) else { return };
        listed.extend(digests.into_iter().map(|digest| Listed {
            path: name.to_vec(),
            digest,
            is_guessed: false,
        }));
    }
}
