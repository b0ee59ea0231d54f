//! The verdict on an archive in memory.

use bagit::container::{self, Opening};
use bagit::validate::validate;
use bagit::{Report, Verdict};
use std::io::Write;
use std::path::Path;

/// The report on a bag, which must be the same whether it was read through at once or later.
#[track_caller]
pub fn report_both_ways(path: &Path) -> Report {
    let of = |sums, threads| {
        let opening = Opening { threads, observer: &(), sums };
        let container = container::open_with(path, &opening).unwrap();
        validate(&*container, threads, &()).unwrap().report
    };
    let report = of(true, 3);
    assert_eq!(report.findings, of(false, 1).findings);
    report
}

/// The verdict on an archive, and the codes of its findings in their order, each once.
#[track_caller]
pub fn answer(octets: &[u8]) -> (Verdict, Vec<&'static str>) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(octets).unwrap();
    let report = report_both_ways(file.path());
    let mut codes: Vec<&str> = report.findings.iter().map(|finding| finding.code.id).collect();
    codes.sort_unstable();
    codes.dedup();
    (report.verdict(), codes)
}
