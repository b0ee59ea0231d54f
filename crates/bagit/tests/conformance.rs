//! The conformance suite of the Library of Congress: 60 bags, each with the verdict of its folder.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "what is passed over is said")]

#[path = "support/report.rs"]
mod report;

use bagit::{Finding, Report, Severity};
use report::report_of;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Bags that are not here what they were where they were made, and the path that is missing.
///
/// - git lost `.DS_Store`. It was empty, as its digest says; put back, the bag is as its folder asks.
/// - The same name in another normalization form is lost as well, and was empty, too.
/// - The third was made where both names are one file: its Payload-Oxum counts one. Here the second
///   name is missing, and the finding says that the first is there.
const DAMAGED: [(&str, &str, Option<&str>); 3] = [
    ("special-system-files", "data/.DS_Store", Some("")),
    ("same-filename-listed-twice-with-different-normalization", "data/Nu\u{301}n\u{303}ez", Some("")),
    ("duplicate-file-with-different-case", "data/HELLO.txt", None),
];

/// What a folder of the suite asks for.
fn keeps(folder: &str, report: &Report) -> bool {
    let severity = report.verdict().severity();
    match folder {
        "valid" => severity == Severity::Warning,
        // That md5 can be forged is said of most bags here, and is not what these are about.
        "warning" => {
            severity == Severity::Warning && report.findings.iter().any(|finding| finding.code.id != "W207")
        }
        // Paths that lead out on one system are refused on all.
        "invalid" | "linux-only" | "windows-only" => severity == Severity::Error,
        other => panic!("the suite has no folder `{other}`"),
    }
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let mut children: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()).collect();
    children.sort();
    children
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// Every bag of the suite, with its folder; `None`, after a printed line, where it is not at hand.
fn suite() -> Option<Vec<(String, PathBuf)>> {
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora/bagit-conformance");
    if !suite.is_dir() {
        println!("passed over: the conformance suite is not at hand");
        return None;
    }
    let versions =
        children(&suite).into_iter().filter(|path| name(path).starts_with("v0.") || name(path) == "v1.0");
    let folders: Vec<PathBuf> = versions.flat_map(|version| children(&version)).collect();
    let bags = folders
        .iter()
        .flat_map(|folder| children(folder).into_iter().map(|bag| (name(folder).to_owned(), bag)));
    // Beside the bags lies a page about each folder.
    Some(bags.filter(|(_, bag)| bag.is_dir()).collect())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for from in children(from) {
        let to = to.join(name(&from));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}

#[test]
fn sixty_of_sixty_get_their_verdict() {
    let Some(bags) = suite() else { return };
    let mut wrong = BTreeMap::new();
    let mut damaged = 0;
    for (folder, bag) in &bags {
        let report = report_of(bag);
        let Some((_, lost, content)) = DAMAGED.iter().find(|(damaged, ..)| *damaged == name(bag)) else {
            if !keeps(folder, &report) {
                wrong.insert(bag.clone(), report.findings);
            }
            continue;
        };
        damaged += 1;
        let is_lost = |finding: &&Finding| finding.code.id == "E401" && &*finding.path == *lost;
        let finding = report.findings.iter().find(is_lost).unwrap_or_else(|| panic!("{:?}", report.findings));
        assert_eq!(finding.message.contains("but `data/hello.txt` is there"), content.is_none());
        let Some(content) = content else { continue };
        let place = tempfile::tempdir().unwrap();
        let repaired = place.path().join("bag");
        copy(bag, &repaired);
        fs::write(repaired.join(lost), content).unwrap();
        let report = report_of(&repaired);
        if !keeps(folder, &report) {
            wrong.insert(bag.clone(), report.findings);
        }
    }
    assert_eq!((bags.len(), damaged), (60, DAMAGED.len()));
    assert!(wrong.is_empty(), "{wrong:#?}");
}
