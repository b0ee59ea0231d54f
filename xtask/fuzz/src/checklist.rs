//! Lists of checksums that came with documents.

use fixity::{PayloadPath, hex_of};
use ingest::{Options, Received, receive};
use provenance::name::{is_harmless, spell};
use std::fs;

/// Names that lists have, and what each says of the list.
const NAMES: [&str; 4] = ["SHA256SUMS", "checksums.txt", "letter.txt.md5", "hashdeep.txt"];
/// Documents that a list may be about.
const DOCUMENTS: [&str; 3] = ["letter.txt", "a b.txt", "within/none"];
/// Octets of what is told of a list, for each of its own and for any: names are told as far as a person reads.
const FOR_EACH: usize = 40;
const FOR_ANY: usize = 16 << 10;

/// A list of checksums: every digest that is held against a document stands in the list, no path leads out
/// of the folder, and what is told is harmless and in proportion.
pub fn checklist(octets: &[u8]) {
    let folder = tempfile::tempdir().expect("room for a folder");
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("within")).expect("room for a folder");
    for name in DOCUMENTS {
        fs::write(at(name), "The water stood at the third step.\n").expect("room for a file");
    }
    let text = octets.to_ascii_lowercase();
    for name in NAMES {
        fs::write(at(name), octets).expect("room for a file");
        let take =
            || receive(&[folder.path().to_owned()], &Options::default(), &()).expect("told, not failed");
        let (first, second) = (take(), take());
        fs::remove_file(at(name)).expect("a file of our own");
        assert_eq!(first.accession.supplied, second.accession.supplied, "read twice");
        assert_eq!(first.missing, second.missing, "missed twice");
        assert_eq!(first.accession.arrivals, second.accession.arrivals, "told twice");
        holds(&first, &text);
    }
}

fn holds(received: &Received, text: &[u8]) {
    let accession = &received.accession;
    for supplied in &accession.supplied {
        let mut room = [0; 128];
        let digits = hex_of(supplied.digest.octets(), &mut room);
        assert!(memmem(text, digits.as_bytes()), "{digits} stands in no line");
        assert!(supplied.item < accession.items.len() && supplied.list < accession.lists.len());
    }
    for missing in &received.missing {
        assert!(is_harmless(&spell(&missing.path)), "{missing:?}");
        let leads_out = missing.path.split('/').any(|part| part == "..");
        assert!(missing.path.starts_with("data/") && !leads_out, "{missing:?}");
    }
    assert!(accession.items.iter().all(|item| PayloadPath::problem(item.path.as_str()).is_none()));
    let mut told = 0;
    for arrival in &accession.arrivals {
        assert!(is_harmless(&arrival.detail) && !arrival.detail.is_empty(), "{arrival:?}");
        told += arrival.detail.len();
    }
    assert!(told <= FOR_EACH * text.len() + FOR_ANY, "{} octets came to {told}", text.len());
}

fn memmem(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}
