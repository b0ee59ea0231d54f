//! What holds for the answer about any bag.

use bagit::Report;
use bagit::container::Container;
use export::examine::{Examined, examine};
use provenance::name::{is_harmless, spell};

/// Octets that all findings may have for each octet that was read, and for any bag: a line of two
/// octets may be worth a sentence.
const FOR_EACH: usize = 200;
const FOR_ANY: usize = 64 << 10;

/// Examines a bag of so many octets twice, and holds the answer against what any answer keeps.
pub fn answer(container: &dyn Container, octets: usize) -> Report {
    let first = once(container);
    let second = once(container);
    assert_eq!(first.verdict(), second.verdict(), "two runs, two verdicts");
    assert_eq!(first.findings.to_vec(), second.findings.to_vec(), "two runs, two answers");
    assert!(first.findings.is_sorted_by_key(|finding| finding.code.severity()), "findings in no order");
    for finding in &first.findings {
        for text in [&*finding.path, &*finding.message] {
            assert!(is_harmless(&spell(text)), "a terminal would act on {text:?}");
        }
        assert!(!finding.message.is_empty(), "{} says nothing", finding.code.id);
    }
    are_few(first.findings.iter().map(|finding| finding.path.len() + finding.message.len()), octets);
    first
}

/// Whether texts of these lengths are in proportion to the octets that they are about.
pub fn are_few(lengths: impl Iterator<Item = usize>, octets: usize) {
    let length: usize = lengths.sum();
    let most = FOR_EACH.saturating_mul(octets).saturating_add(FOR_ANY);
    assert!(length <= most, "{octets} octets came to findings of {length}");
}

/// What one examination comes to.
pub fn once(container: &dyn Container) -> Report {
    let Examined { report, .. } = examine(container, 1, &()).expect("whatever is wrong is a finding");
    report
}
