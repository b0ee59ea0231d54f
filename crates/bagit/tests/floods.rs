//! Bags that are meant to exhaust whoever verifies them: each gets its verdict in bounded memory.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/report.rs"]
mod report;

use bagit::{Report, Verdict};
use report::report_of;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

/// The most memory that this process may ever have held: the tests of this file run in one.
const MOST_KIB: u64 = 256 << 10;
/// Lines of a flood.
const MANY: usize = 1_000_000;
const DIGEST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A bag with one document, and one file made of `text`.
fn verdict_with(file: &str, text: String) -> Report {
    let place = tempfile::tempdir().unwrap();
    let bag = place.path().join("bag");
    bag_at(&bag);
    let mut open = fs::OpenOptions::new().create(true).append(true).open(bag.join(file)).unwrap();
    open.write_all(text.as_bytes()).unwrap();
    // It is not to be counted as memory of the examination.
    drop(text);
    report_of(&bag)
}

fn bag_at(bag: &Path) {
    fs::create_dir_all(bag.join("data")).unwrap();
    fs::write(bag.join("bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n").unwrap();
    fs::write(bag.join("data/letter.txt"), "").unwrap();
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    fs::write(bag.join("manifest-sha256.txt"), format!("{empty}  data/letter.txt\n")).unwrap();
    assert_eq!(report_of(bag).verdict(), Verdict::Consistent);
}

fn lines(line: impl Fn(&mut String, usize)) -> String {
    let mut text = String::new();
    for number in 0..MANY {
        line(&mut text, number);
    }
    text
}

fn count(report: &Report, code: &str) -> u64 {
    report.findings.counts().find(|count| count.code.id == code).map_or(0, |count| count.found)
}

/// The most memory that this process ever held, where the system tells.
fn peak_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_ascii_whitespace().nth(1)?.parse().ok()
}

/// One test, so that the memory of one flood is not counted for another.
#[test]
fn floods_are_met_with_a_verdict_in_bounded_memory() {
    type Case = (&'static str, fn() -> String, &'static str, u64, Verdict);
    let manifest = "manifest-sha256.txt";
    let cases: [Case; 10] = [
        (manifest, || "x\n".repeat(MANY), "E301", 1, Verdict::Altered),
        (
            manifest,
            || lines(|text, n| text.push_str(["x\n", "\n", "y z\n"][n % 3])),
            "E301",
            1,
            Verdict::Altered,
        ),
        (manifest, || "a".repeat(10 << 20), "E301", 1, Verdict::Altered),
        (
            manifest,
            || lines(|text, n| writeln!(text, "{DIGEST}  data/{n:07}").unwrap()),
            "E401",
            MANY as u64,
            Verdict::Altered,
        ),
        (
            manifest,
            || lines(|text, n| writeln!(text, "{DIGEST}  ../{n:07}").unwrap()),
            "E303",
            MANY as u64,
            Verdict::Unsafe,
        ),
        (manifest, || format!("{DIGEST}  data/letter.txt\n").repeat(MANY), "E302", 1, Verdict::Altered),
        ("bag-info.txt", || lines(|text, n| writeln!(text, "{n}").unwrap()), "E209", 2, Verdict::Altered),
        ("bag-info.txt", || "A: b\n".repeat(MANY), "E209", 1, Verdict::Altered),
        ("fetch.txt", || "x\n".repeat(MANY), "E601", MANY as u64, Verdict::Altered),
        (
            "fetch.txt",
            || lines(|text, n| writeln!(text, "http://127.0.0.1/ - data/{n:07}").unwrap()),
            "E607",
            MANY as u64,
            Verdict::Unsafe,
        ),
    ];
    for (number, (file, text, code, found, verdict)) in cases.into_iter().enumerate() {
        let report = verdict_with(file, text());
        assert_eq!(count(&report, code), found, "case {number}: {:?}", report.findings.first());
        assert_eq!(report.verdict(), verdict, "case {number}");
        assert!(report.findings.len() < 500_000, "case {number}");
    }
    if let Some(peak) = peak_kib() {
        assert!(peak < MOST_KIB, "{peak} KiB");
    }
}

#[test]
fn three_hundred_thousand_findings_are_all_kept() {
    let text: String = (0..300_000).fold(String::new(), |mut text, n| {
        writeln!(text, "{DIGEST}  data/{n:07}").unwrap();
        text
    });
    let report = verdict_with("manifest-sha256.txt", text);
    assert_eq!(report.findings.iter().filter(|finding| finding.code.id == "E401").count(), 300_000);
}

#[test]
fn a_tree_deeper_than_any_path_is_unsafe_and_told_by_its_path() {
    let place = tempfile::tempdir().unwrap();
    let bag = place.path().join("bag");
    bag_at(&bag);
    // A path of 5,000 folders cannot be named in one call: it is built from the inside out.
    let mut tree = place.path().join("0");
    fs::DirBuilder::new().mode(0o755).create(&tree).unwrap();
    for depth in 1..50 {
        let chain = vec!["d"; 100].join("/");
        let next = place.path().join(depth.to_string());
        fs::create_dir_all(next.join(&chain)).unwrap();
        fs::rename(&tree, next.join(&chain).join("d")).unwrap();
        tree = next;
    }
    fs::rename(&tree, bag.join("data/deep")).unwrap();
    let report = report_of(&bag);
    assert_eq!(report.verdict(), Verdict::Unsafe);
    assert_eq!(count(&report, "E105"), 1);
}
