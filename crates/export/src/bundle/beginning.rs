//! The beginning of a large document, which arrives in pieces.

use provenance::Format;

/// Octets that are held of one document, at most. A worker has 16 large documents open at once, so
/// that these take half of the 64 MiB that describing may; one that is being described takes the rest.
const MOST_OCTETS: usize = 2 << 20;

/// What is held of a document until it is described: once, as soon as enough of it was seen.
pub(super) enum Beginning {
    /// Nothing was seen yet.
    Awaited,
    /// The first piece is enough.
    Short(Format),
    /// So many octets are wanted.
    Gathered(Format, Vec<u8>, usize),
    /// It is described.
    Over,
}

impl Beginning {
    /// Of a document of which so many octets are wanted, and whose first piece has so many.
    pub(super) fn of(format: Format, wanted: usize, piece: usize) -> Self {
        let wanted = wanted.min(MOST_OCTETS);
        if wanted <= piece {
            return Self::Short(format);
        }
        Self::Gathered(format, Vec::with_capacity(wanted), wanted)
    }

    pub(super) fn is_awaited(&self) -> bool {
        matches!(self, Self::Awaited)
    }

    /// Sees the next piece; gives the beginning to `describe` if that makes it whole.
    pub(super) fn pass(&mut self, piece: &[u8], describe: impl FnOnce(&Format, &[u8])) {
        match self {
            Self::Awaited | Self::Over => return,
            Self::Short(format) => describe(format, piece),
            Self::Gathered(format, octets, wanted) => {
                octets.extend_from_slice(&piece[..piece.len().min(*wanted - octets.len())]);
                if octets.len() < *wanted {
                    return;
                }
                describe(format, octets);
            }
        }
        *self = Self::Over;
    }

    /// Gives what there is to `describe`, if the document was shorter than it was said to be.
    pub(super) fn end(self, describe: impl FnOnce(&Format, &[u8])) {
        if let Self::Gathered(format, octets, _) = self {
            describe(&format, &octets);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is described of pieces of these lengths.
    fn described(wanted: usize, pieces: &[usize]) -> Vec<usize> {
        let mut seen = Vec::new();
        let mut beginning = Beginning::of(Format::UNKNOWN, wanted, pieces[0]);
        for &piece in pieces {
            beginning.pass(&vec![b'x'; piece], |_, octets| seen.push(octets.len()));
        }
        beginning.end(|_, octets| seen.push(octets.len()));
        seen
    }

    #[test]
    fn every_document_is_described_once_and_of_none_is_too_much_held() {
        assert_eq!(described(0, &[10, 10]), [10]);
        assert_eq!(described(10, &[10, 10]), [10]);
        assert_eq!(described(15, &[10, 10, 10]), [15]);
        assert_eq!(described(20, &[10, 10]), [20]);
        assert_eq!(described(20, &[10, 5]), [15]);
        assert_eq!(described(usize::MAX, &[MOST_OCTETS - 1, 5, 5]), [MOST_OCTETS]);
    }
}
