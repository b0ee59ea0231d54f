//! Whether a file that cannot be looked through would give parts: by its beginning, of one mail by
//! all of it.

use super::Kind;
use super::mail;
use super::plain::GZIP;
use std::io::Read;

/// Octets in which a container shows itself.
const FIRST: u64 = 5;
/// Octets of a mail that are looked through.
const MOST: u64 = 64 << 20;

impl Kind {
    /// Whether `octets` seem to hold documents, as the name promises; also where they cannot be read.
    pub(crate) fn keeps_promise(self, mut octets: impl Read) -> bool {
        if self == Self::Mail {
            return mail::holds_any(octets.take(MOST));
        }
        let mut first = Vec::new();
        if octets.by_ref().take(FIRST).read_to_end(&mut first).is_err() {
            return true;
        }
        match self {
            Self::Warc => first.starts_with(b"WARC/") || first.starts_with(&GZIP),
            Self::Wacz => first.starts_with(b"PK"),
            Self::Mailbox => first.starts_with(b"From "),
            Self::Mail => false,
        }
    }
}
