//! Lists of hashdeep: two lines say which columns follow.

use super::Listed;
use fixity::{Algorithm, Digest};

/// The columns before the name of a file: an algorithm, or something else.
pub(super) struct Columns(Vec<Option<Algorithm>>);

/// Reads a line that begins with four percent signs: `None` if it is another; the columns within, if
/// it is the line that names them.
pub(super) fn header(line: &[u8]) -> Option<Option<Columns>> {
    let rest = line.strip_prefix(b"%%%% ")?;
    let columns = std::str::from_utf8(rest).ok().and_then(|rest| rest.strip_suffix(",filename"));
    Some(columns.map(|names| Columns(names.split(',').map(|name| name.parse().ok()).collect())))
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
        listed.extend(digests.into_iter().map(|digest| Listed { path: name.to_vec(), digest }));
    }
}
