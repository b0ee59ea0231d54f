//! The fields of a header that say what its body is, wherever they stand in it: a circular may name
//! thousands of addresses before them.

use super::lines::Piece;

/// Octets of these fields that are kept of one header.
const LONGEST: usize = 64 << 10;
/// Those that are kept.
const KEPT: [&[u8]; 3] = [b"content-type", b"content-disposition", b"content-transfer-encoding"];

/// What is kept of a header that is being read.
#[derive(Debug, Default)]
pub(super) struct Fields {
    text: Vec<u8>,
    /// Whether the line at hand goes on with a field that is kept.
    is_kept: bool,
    /// Whether there was more to keep than there is room for.
    pub(super) is_cut: bool,
}

impl Fields {
    /// Goes on with the next line, or a piece of it.
    pub(super) fn piece(&mut self, piece: &Piece<'_>) {
        // A line that begins with white space goes on with the field before it.
        if piece.begins && !piece.octets.starts_with(b" ") && !piece.octets.starts_with(b"\t") {
            self.is_kept = is_kept(piece.octets);
        }
        if self.is_kept {
            if piece.octets.len() <= LONGEST.saturating_sub(self.text.len()) {
                self.text.extend_from_slice(piece.octets);
            } else {
                // Up to the end of a line, so that what is kept can be read.
                (self.is_cut, self.is_kept) = (true, false);
            }
        }
    }

    /// The fields, one behind the other.
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }
}

/// Whether a field of that name is kept, in any case and with space before its colon.
fn is_kept(line: &[u8]) -> bool {
    let Some(colon) = memchr::memchr(b':', line) else { return false };
    let name = line[..colon].trim_ascii_end();
    KEPT.iter().any(|kept| kept.eq_ignore_ascii_case(name))
}
