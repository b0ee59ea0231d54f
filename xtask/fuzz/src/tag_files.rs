//! `bagit.txt` and `bag-info.txt`.

use super::findings::answer;
use super::shelf::{Shelf, VERSIONS, declaration};
use bagit::declaration::Declaration;
use bagit::{Version, info};
use fixity::manifest::lines;

/// Octets of the longest message about a declaration.
const LONGEST: usize = 1024;

/// A tag file, taken for either: what is read is written and read the same, and no line is lost.
pub fn tag_files(octets: &[u8]) {
    match bagit::declaration::parse(octets) {
        Ok(declared) => declaration_comes_back(&declared),
        Err(message) => assert!(message.len() <= LONGEST, "a message of {} octets", message.len()),
    }
    let text = String::from_utf8_lossy(octets);
    for (version, name) in VERSIONS {
        info_comes_back(&text, version);
        let bag =
            Shelf::sound().with("bagit.txt", &declaration(name, "UTF-8")).with(version.info_file(), octets);
        answer(&bag, octets.len());
    }
    answer(&Shelf::sound().with("bagit.txt", octets).with("bag-info.txt", octets), 2 * octets.len());
}

fn declaration_comes_back(declared: &Declaration) {
    let Declaration { version, encoding, .. } = declared;
    let written = declaration(version, encoding);
    let plain = Declaration { oddity: None, ..declared.clone() };
    assert_eq!(bagit::declaration::parse(&written), Ok(plain), "{}", String::from_utf8_lossy(&written));
}

fn info_comes_back(text: &str, version: Version) {
    let (elements, bad) = info::parse(text, version);
    let values: usize = elements.iter().map(|(_, value)| value.split('\n').count()).sum();
    let bad: usize = bad.iter().map(|bad| bad.last - bad.number + 1).sum();
    assert_eq!(values + bad, lines(text.as_bytes()).count(), "a line that is neither good nor bad");
    let written: Vec<(&str, String)> =
        elements.iter().map(|(label, value)| (label.as_str(), value.clone())).collect();
    let (again, bad) = info::parse(&info::write(&written), version);
    assert_eq!(bad, []);
    assert_eq!(again, elements);
}
