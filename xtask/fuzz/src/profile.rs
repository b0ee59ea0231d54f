//! BagIt profiles.

use super::findings::are_few;
use super::shelf::{PAYLOAD, Shelf};
use bagit::profile::{Facts, Profile};
use bagit::validate::validate;

/// A profile: it is refused with reasons, or read and held against a bag, twice the same.
pub fn profile(octets: &[u8]) {
    let profile = match Profile::parse(octets) {
        Ok(profile) => profile,
        Err(problem) => {
            assert!(!problem.faults.is_empty(), "refused for no reason");
            are_few(problem.faults.iter().map(|fault| fault.place.len() + fault.message.len()), octets.len());
            return;
        }
    };
    assert!(!profile.info().identifier.is_empty(), "a profile that no bag can name");
    are_few(profile.remarks().iter().map(String::len), octets.len());
    let again = Profile::parse(octets).expect("what was read can be read");
    assert_eq!((again.info(), again.rules()), (profile.info(), profile.rules()));
    let bag = Shelf::sound().with("bag-info.txt", b"Source-Organization: Ellery\nContact-Name: \n");
    let report = validate(&bag, 1, &()).expect("whatever is wrong is a finding").report;
    let facts = Facts::gather(&profile, &bag, &report);
    assert_eq!((facts.payload.len(), facts.version), (PAYLOAD.len(), Some("1.0")));
    let findings = profile.check(&facts);
    are_few(findings.iter().map(|finding| finding.path.len() + finding.message.len()), octets.len());
    assert_eq!(findings, again.check(&facts));
}
