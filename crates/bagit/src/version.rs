//! Versions of BagIt, and what each asks for where they differ.

use fixity::manifest::Decoding;

/// A version by whose rules a bag is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 0.93
    V0_93,
    /// 0.94
    V0_94,
    /// 0.95
    V0_95,
    /// 0.96
    V0_96,
    /// 0.97
    V0_97,
    /// Any that fonds does not know: only what no version allows is held against such a bag.
    Unknown,
    /// 1.0 (RFC 8493)
    V1_0,
}

impl Version {
    /// The version of that number, as it stands in `bagit.txt`.
    #[must_use]
    pub fn named(number: &str) -> Self {
        match number {
            "0.93" => Self::V0_93,
            "0.94" => Self::V0_94,
            "0.95" => Self::V0_95,
            "0.96" => Self::V0_96,
            "0.97" => Self::V0_97,
            "1.0" => Self::V1_0,
            _ => Self::Unknown,
        }
    }

    /// Whether the rules of RFC 8493 apply in full: every payload file in every payload manifest,
    /// exactly once; every payload manifest in every tag manifest; one way of writing labels.
    #[must_use]
    pub const fn is_strict(self) -> bool {
        matches!(self, Self::V1_0)
    }

    /// Which percent-encodings in paths of manifests and `fetch.txt` are to be decoded.
    #[must_use]
    pub const fn decoding(self) -> Decoding {
        match self {
            Self::V0_93 | Self::V0_94 | Self::V0_95 | Self::V0_96 => Decoding::Nothing,
            Self::V0_97 => Decoding::LineEnds,
            Self::Unknown | Self::V1_0 => Decoding::LineEndsAndPercent,
        }
    }

    /// The file that holds the bag metadata.
    #[must_use]
    pub const fn info_file(self) -> &'static str {
        match self {
            Self::V0_93 | Self::V0_94 | Self::V0_95 => "package-info.txt",
            _ => "bag-info.txt",
        }
    }
}
