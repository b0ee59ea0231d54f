//! Payload-Oxum.

use std::fmt;
use std::str::FromStr;

/// The octet and stream count of a payload, printed `octets.streams` (RFC 8493 §2.2.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Oxum {
    /// Octets of all payload files together.
    pub octets: u64,
    /// Number of payload files.
    pub streams: u64,
}

impl Oxum {
    /// Counts one more file of so many octets.
    pub fn add(&mut self, octets: u64) {
        self.octets = self.octets.saturating_add(octets);
        self.streams = self.streams.saturating_add(1);
    }
}

impl fmt::Display for Oxum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.octets, self.streams)
    }
}

/// The text is not of the form `OctetCount.StreamCount`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not of the form OctetCount.StreamCount")]
pub struct NotAnOxum;

impl FromStr for Oxum {
    type Err = NotAnOxum;

    fn from_str(text: &str) -> Result<Self, NotAnOxum> {
        let (octets, streams) = text.split_once('.').ok_or(NotAnOxum)?;
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(octets) || !digits(streams) {
            return Err(NotAnOxum);
        }
        Ok(Self {
            octets: octets.parse().map_err(|_| NotAnOxum)?,
            streams: streams.parse().map_err(|_| NotAnOxum)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_comes_back(octets: u64, streams: u64) {
            let oxum = Oxum { octets, streams };
            prop_assert_eq!(oxum.to_string().parse(), Ok(oxum));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "4", ".", "1.", ".1", "+1.2", "1.2.3", "1 .2", "99999999999999999999.1"] {
            assert_eq!(text.parse::<Oxum>(), Err(NotAnOxum), "{text:?}");
        }
    }
}
