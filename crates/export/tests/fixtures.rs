//! Every bag below `fixtures/bags` has the verdict of its folder and the finding of its name; every
//! code has such a bag. Where `fixtures/profiles` has a profile of that code, the bag is held against it;
//! and so where `fixtures/receipts` has a receipt.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use bagit::profile::{Facts, Profile};
use bagit::{Code, Report, Verdict};
use export::examine::examine;
use export::receipt::compare;
use provenance::receipt::Stated;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

/// Verdicts that no fixture can have: whom to believe does not lie in a bag.
const RESERVED: [Verdict; 1] = [Verdict::Verified];

/// Findings that cannot be had without another.
const COMPANIONS: [(&str, &str); 5] = [
    // What the one tag manifest does not list, nothing protects.
    ("E305", "W406"),
    // What is still to be fetched is not there.
    ("E605", "W211"),
    ("E606", "W211"),
    ("E607", "W211"),
    // With a hole the bag would be incomplete, which is worse; without one the line is a leftover.
    ("W608", "W610"),
];

/// Bags that git cannot keep: the code that is to be found, and what is done to a sound bag.
const BUILT: [(&str, Change); 5] = [
    ("E105", |bag| fs::write(bag.join(OsStr::from_bytes(b"n\xFFte.txt")), "x").unwrap()),
    ("E105", |bag| fs::write(bag.join("data\\letter.txt"), "x").unwrap()),
    ("E106", |bag| symlink("letter.txt", bag.join("data/link")).unwrap()),
    ("E106", |bag| symlink("lists", bag.join("data/folder link")).unwrap()),
    ("E106", |bag| {
        rustix::fs::mknodat(
            rustix::fs::CWD,
            bag.join("data/pipe"),
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR,
            0,
        )
        .unwrap();
    }),
];

type Change = fn(&Path);

fn bags() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/bags")
}

/// Names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|item| item.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn report_of(bag: &Path) -> Report {
    let container = bagit::container::open(bag).unwrap();
    examine(&*container, 2, &()).unwrap().report
}

/// The profile that bags of this code are held against, if there is one.
fn profile_of(code: &Code) -> Option<Profile> {
    let text = fs::read(bags().join(format!("../profiles/{}.json", code.id))).ok()?;
    Some(Profile::parse(&text).unwrap())
}

/// Adds what a bag does not keep of a profile.
fn hold_against(profile: &Profile, bag: &Path, report: &mut Report) {
    let container = bagit::container::open(bag).unwrap();
    let findings = profile.check(&Facts::gather(profile, &*container, report));
    report.findings.extend(findings);
    report.findings.sort();
}

/// The receipt that bags of this code are compared with, if there is one.
fn receipt_of(code: &Code) -> Option<Stated> {
    let receipts = bags().join("../receipts");
    let name = names(&receipts).into_iter().find(|name| name.split('.').next() == Some(code.id))?;
    Some(Stated::read(&fs::read(receipts.join(name)).unwrap()).unwrap())
}

/// What examining a bag and comparing it with a receipt come to.
fn compared(stated: &Stated, bag: &Path) -> Report {
    let container = bagit::container::open(bag).unwrap();
    let mut examined = examine(&*container, 2, &()).unwrap();
    assert_eq!(examined.report.findings, [], "{} is nothing without a receipt", bag.display());
    compare(&mut examined, &*container, stated);
    examined.report
}

fn codes_of(report: &Report) -> BTreeSet<&'static str> {
    report.findings.iter().map(|finding| finding.code.id).collect()
}

/// The code itself, and whatever cannot be had without it.
fn expected(code: &'static str) -> BTreeSet<&'static str> {
    COMPANIONS
        .iter()
        .filter(|(of, _)| *of == code)
        .map(|(_, companion)| *companion)
        .chain(std::iter::once(code))
        .collect()
}

fn all_codes() -> impl Iterator<Item = &'static Code> {
    bagit::finding::CODES.iter().chain(export::finding::CODES).copied()
}

/// The code of a fixture's name, `E403_altered_file`; `None` if it names none.
fn code_named(name: &str) -> Option<&'static Code> {
    let id = name.split('_').next().unwrap();
    all_codes().find(|code| code.id == id)
}

/// The folder of a verdict: its word in lower case.
fn folder_of(verdict: Verdict) -> String {
    verdict.word().to_lowercase()
}

fn with_fixtures() -> impl Iterator<Item = Verdict> {
    Verdict::ALL.into_iter().filter(|verdict| !RESERVED.contains(verdict))
}

#[test]
fn every_bag_has_the_verdict_of_its_folder_and_no_finding_but_that_of_its_name() {
    let folders: BTreeSet<String> = with_fixtures().map(folder_of).collect();
    assert_eq!(names(&bags()).into_iter().collect::<BTreeSet<_>>(), folders);
    for verdict in with_fixtures() {
        let folder = folder_of(verdict);
        for name in names(&bags().join(&folder)) {
            let bag = bags().join(&folder).join(&name);
            let mut report = report_of(&bag);
            let code = code_named(&name);
            if let Some(stated) = code.and_then(receipt_of) {
                report = compared(&stated, &bag);
            }
            if let Some(profile) = code.and_then(profile_of) {
                hold_against(&profile, &bag, &mut report);
            }
            assert_eq!(report.verdict(), verdict, "{folder}/{name}: {:?}", report.findings);
            assert!(
                code.is_some() || verdict == Verdict::Consistent,
                "no finding is called as {folder}/{name} says"
            );
            let wanted = code.map_or_else(BTreeSet::new, |code| expected(code.id));
            assert_eq!(codes_of(&report), wanted, "{folder}/{name}: {:?}", report.findings);
            if let Some(code) = code {
                assert_eq!(code.verdict, verdict, "{folder}/{name} lies in the wrong folder");
            }
        }
    }
}

#[test]
fn every_code_has_a_bag() {
    let kept: BTreeSet<&str> = with_fixtures()
        .flat_map(|verdict| names(&bags().join(folder_of(verdict))))
        .filter_map(|name| code_named(&name))
        .map(|code| code.id)
        .collect();
    let without: Vec<&str> = all_codes().map(|code| code.id).filter(|id| !kept.contains(id)).collect();
    assert_eq!(without, [""; 0]);
}

#[test]
fn every_profile_and_receipt_belongs_to_a_code() {
    for (folder, extensions) in [("profiles", ["json", "json"]), ("receipts", ["txt", "html"])] {
        for name in names(&bags().join("..").join(folder)) {
            let id = name.split_once('.').filter(|(_, extension)| extensions.contains(extension));
            let id = id.map_or("", |(id, _)| id);
            assert!(all_codes().any(|code| code.id == id), "no code is called as {folder}/{name} says");
        }
    }
}

#[test]
fn what_git_cannot_keep_is_found_as_well() {
    let place = tempfile::tempdir().unwrap();
    for (number, (code, change)) in BUILT.into_iter().enumerate() {
        let bag = place.path().join(number.to_string());
        copy(&bags().join("consistent/minimal_1_0"), &bag);
        assert_eq!(report_of(&bag).findings, []);
        change(&bag);
        let report = report_of(&bag);
        assert_eq!(codes_of(&report), expected(code), "change {number}: {:?}", report.findings);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for name in names(from) {
        let (from, to) = (from.join(&name), to.join(&name));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}
