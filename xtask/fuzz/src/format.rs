//! Formats by content.

use ingest::FormatIdentifier;
use provenance::name::is_harmless;
use provenance::{Format, Identifier};

/// Names that the octets are told under: none of them may decide what only content can.
const NAMES: [&str; 6] = ["x", "x.txt", "x.csv", "x.docx", "x.wacz", "x.pdf"];

/// Characters of the longest words on a format.
const LONGEST: usize = 200;

/// A document: the same is told of it every time, under any name, whole or cut, and whatever is said
/// is plain words. What holds binary controls and no wide characters is no text.
pub fn format(octets: &[u8]) {
    for name in NAMES {
        let size = octets.len() as u64;
        let told = FormatIdentifier.identify(name, octets, size);
        assert_eq!(told, FormatIdentifier.identify(name, octets, size), "told twice");
        for told in [
            told,
            FormatIdentifier.identify(name, octets, size + 1),
            FormatIdentifier.identify(name, octets, u64::MAX),
        ] {
            is_plain(name, &told);
            let has_controls = octets.iter().any(|octet| (1..=8).contains(octet));
            let is_narrow =
                !octets.contains(&0) && !octets.starts_with(b"\xFF\xFE") && !octets.starts_with(b"\xFE\xFF");
            assert!(!(has_controls && is_narrow && told.basis.starts_with("text")), "{told:?}");
        }
    }
}

fn is_plain(name: &str, told: &Format) {
    assert!(told.media_type.is_some() || told.puid.is_none(), "{told:?}");
    assert!(told.media_type.is_none() || !told.basis.is_empty(), "{told:?}");
    assert!(is_harmless(told.basis) && told.basis.len() <= LONGEST, "{told:?}");
    if let Some(words) = FormatIdentifier.disagreement(name, told) {
        assert!(is_harmless(&words) && words.len() <= LONGEST, "{words}");
        // What is in no known format disagrees with an extension whose every file has a signature.
        let found = told.media_type.unwrap_or("of no known format");
        assert!(words.contains(found), "{words}");
    }
}
