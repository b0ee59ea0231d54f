//! What a leaf of the seal says: one file, by kind, path, size and digest.

use fixity::PayloadPath;

/// What a leaf stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A document: a file below `data/`.
    Payload,
    /// Any other file outside of `seal/`.
    Metadata,
    /// No file: it fills the tree up to a power of two, so that its size does not tell how many files
    /// there are.
    Decoy,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Payload, Self::Metadata, Self::Decoy];

    /// The word in a record.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Payload => "payload",
            Self::Metadata => "metadata",
            Self::Decoy => "decoy",
        }
    }

    /// The kind that a word names.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// One file as the seal has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// What it stands for.
    pub kind: Kind,
    /// Path from the base directory; empty for a decoy.
    pub path: &'a str,
    /// Octets; 0 for a decoy.
    pub size_octets: u64,
    /// SHA-256 of the content; 32 zeros for a decoy.
    pub sha256: [u8; 32],
}

/// Why octets are no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordFault {
    /// A length that is not that of what follows, or octets before or behind the four fields.
    #[error("expected four fields behind their lengths and nothing else, found other octets")]
    Shape,
    /// Another word than a [`Kind`].
    #[error("expected payload, metadata or decoy, found another kind")]
    Kind,
    /// A path that is no plain path, or not one of this kind.
    #[error("expected a plain path that belongs to its kind, found another")]
    Path,
    /// A decoy that states a size or digest.
    #[error("expected a decoy that says nothing, found a size or digest in it")]
    Decoy,
}

impl<'a> Record<'a> {
    /// What fills the tree up.
    pub const DECOY: Record<'static> =
        Record { kind: Kind::Decoy, path: "", size_octets: 0, sha256: [0; 32] };

    /// A file of the bundle; its path tells the kind.
    #[must_use]
    pub fn of_file(path: &'a str, size_octets: u64, sha256: [u8; 32]) -> Self {
        let kind = if path.starts_with("data/") { Kind::Payload } else { Kind::Metadata };
        Self { kind, path, size_octets, sha256 }
    }

    /// Appends kind, path, size (8 octets, big-endian) and digest, each behind its length in octets
    /// (8 octets, big-endian).
    pub fn encode(&self, out: &mut Vec<u8>) {
        let size = self.size_octets.to_be_bytes();
        for field in [self.kind.word().as_bytes(), self.path.as_bytes(), &size, &self.sha256] {
            out.extend_from_slice(&(field.len() as u64).to_be_bytes());
            out.extend_from_slice(field);
        }
    }

    /// Reads what [`encode`](Self::encode) writes, and nothing else.
    ///
    /// # Errors
    /// The first [`RecordFault`] found.
    pub fn decode(octets: &'a [u8]) -> Result<Self, RecordFault> {
        let (kind, rest) = field(octets)?;
        let (path, rest) = field(rest)?;
        let (size, rest) = field(rest)?;
        let (sha256, rest) = field(rest)?;
        if !rest.is_empty() {
            return Err(RecordFault::Shape);
        }
        let record = Self {
            kind: std::str::from_utf8(kind).ok().and_then(Kind::named).ok_or(RecordFault::Kind)?,
            path: std::str::from_utf8(path).map_err(|_| RecordFault::Path)?,
            size_octets: u64::from_be_bytes(size.try_into().map_err(|_| RecordFault::Shape)?),
            sha256: sha256.try_into().map_err(|_| RecordFault::Shape)?,
        };
        record.check().map(|()| record)
    }

    /// Whether kind, path, size and digest may stand together.
    ///
    /// # Errors
    /// [`RecordFault::Path`] or [`RecordFault::Decoy`].
    pub fn check(&self) -> Result<(), RecordFault> {
        if self.kind == Kind::Decoy {
            return match *self {
                Self { path: "", .. } if *self == Self::DECOY => Ok(()),
                Self { path: "", .. } => Err(RecordFault::Decoy),
                _ => Err(RecordFault::Path),
            };
        }
        let is_its = Self::of_file(self.path, 0, [0; 32]).kind == self.kind;
        let is_sealed = !self.path.starts_with(super::FOLDER);
        let is_plain = PayloadPath::problem(self.path).is_none();
        if is_its && is_sealed && is_plain { Ok(()) } else { Err(RecordFault::Path) }
    }
}

/// The next field, and what follows it.
fn field(octets: &[u8]) -> Result<(&[u8], &[u8]), RecordFault> {
    let (length, rest) = octets.split_first_chunk::<8>().ok_or(RecordFault::Shape)?;
    let length = usize::try_from(u64::from_be_bytes(*length)).map_err(|_| RecordFault::Shape)?;
    rest.split_at_checked(length).ok_or(RecordFault::Shape)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encoded(record: &Record<'_>) -> Vec<u8> {
        let mut octets = Vec::new();
        record.encode(&mut octets);
        octets
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(name in "[a-zء-ی ]{1,20}", size: u64, sha256: [u8; 32], is_payload: bool) {
            let path = format!("{}/x{name}", if is_payload { "data" } else { "metadata" });
            let record = Record::of_file(&path, size, sha256);
            let octets = encoded(&record);
            prop_assert_eq!(Record::decode(&octets), Ok(record));
            for length in 0..octets.len() {
                prop_assert_eq!(Record::decode(&octets[..length]), Err(RecordFault::Shape));
            }
        }

        #[test]
        fn only_one_spelling_is_read(octets in proptest::collection::vec(any::<u8>(), 0..80)) {
            if let Ok(record) = Record::decode(&octets) {
                prop_assert_eq!(encoded(&record), octets);
            }
        }

        #[test]
        fn a_changed_bit_is_another_record_or_none(at in 0_usize..90, bit in 0_u8..8) {
            let record = Record::of_file("data/letter.txt", 7, [9; 32]);
            let mut octets = encoded(&record);
            let at = at % octets.len();
            octets[at] ^= 1 << bit;
            prop_assert_ne!(Record::decode(&octets), Ok(record));
        }
    }

    #[test]
    fn kinds_keep_to_their_paths() {
        let record = |kind, path| Record { kind, path, size_octets: 1, sha256: [1; 32] };
        for (kind, path) in [
            (Kind::Payload, "metadata/events.csv"),
            (Kind::Payload, "data"),
            (Kind::Metadata, "data/letter.txt"),
            (Kind::Metadata, "seal/root.txt"),
            (Kind::Metadata, ""),
            (Kind::Payload, "data/../bagit.txt"),
            (Kind::Decoy, "data/letter.txt"),
        ] {
            assert_eq!(
                Record::decode(&encoded(&record(kind, path))),
                Err(RecordFault::Path),
                "{kind:?} {path}"
            );
        }
        assert_eq!(Record::decode(&encoded(&record(Kind::Decoy, ""))), Err(RecordFault::Decoy));
        assert_eq!(Record::decode(&encoded(&Record::DECOY)), Ok(Record::DECOY));
        assert_eq!(
            Record::decode(&encoded(&record(Kind::Metadata, "bagit.txt"))).map(|r| r.path),
            Ok("bagit.txt")
        );
    }

    #[test]
    fn a_huge_length_is_no_record() {
        assert_eq!(Record::decode(&[255; 40]), Err(RecordFault::Shape));
        let mut more = encoded(&Record::DECOY);
        more.push(0);
        assert_eq!(Record::decode(&more), Err(RecordFault::Shape));
    }
}
