//! What is written in very many ways, or very often, is not held in memory as often.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/report.rs"]
mod report;

use bagit::Verdict;
use bagit::profile::Profile;
use report::report_of;
use std::fs;

/// Letters of all findings: a few for each file and for each manifest, not for each pair of them.
const MOST_OCTETS: usize = 2 << 20;
const FILES: usize = 2_000;
const MANIFESTS: usize = 500;

#[test]
fn manifests_by_one_algorithm_are_not_read_for_every_way_to_write_its_name() {
    let place = tempfile::tempdir().unwrap();
    let bag = place.path().join("bag");
    fs::create_dir_all(bag.join("data")).unwrap();
    fs::write(bag.join("bagit.txt"), bagit::declaration::DECLARATION).unwrap();
    for number in 0..FILES {
        fs::write(bag.join(format!("data/{number}")), "").unwrap();
    }
    for number in 0..MANIFESTS {
        let dashes = "-".repeat(number % 25);
        let dots = ".".repeat(number / 25);
        fs::write(bag.join(format!("manifest-sha{dashes}512{dots}.txt")), "").unwrap();
    }
    let report = report_of(&bag);
    let found = |code: &str| report.findings.iter().filter(|finding| finding.code.id == code).count();
    assert_eq!((found("E216"), found("E402")), (MANIFESTS - 1, FILES));
    assert_eq!((report.verdict(), report.algorithms.len()), (Verdict::Altered, 1));
    let octets: usize =
        report.findings.iter().map(|finding| finding.path.len() + finding.message.len()).sum();
    assert!(octets < MOST_OCTETS, "{octets}");
}

#[test]
fn a_profile_with_a_flood_of_faults_tells_the_first() {
    let items = vec!["1"; 300_000].join(",");
    let text = format!("{{\"Manifests-Required\":[{items}],\"Tag-Files-Required\":[{items}]}}");
    let problem = Profile::parse(text.as_bytes()).unwrap_err();
    assert_eq!(problem.faults.len(), 1001);
}
