//! Every code of the fetch file has a bag that shows it, and large fetch files are judged quickly.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use bagit::fetch::{Facts, Promised, judge};
use bagit::{Finding, Findings, Version};
use fixity::{PayloadPath, manifest};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What a fetch file came to.
struct Judged {
    findings: Findings,
    promised: Promised,
}

/// A bag as far as a fetch file is held against it.
struct Bag {
    sizes: BTreeMap<String, u64>,
    manifests: Vec<(String, BTreeSet<String>)>,
}

impl Bag {
    fn new(files: &[(&str, u64)], manifests: &[&[&str]]) -> Self {
        let listing = |(number, paths): (usize, &&[&str])| {
            (format!("manifest-{number}.txt"), paths.iter().map(|&path| path.to_owned()).collect())
        };
        Self {
            sizes: files.iter().map(|&(path, size)| (path.to_owned(), size)).collect(),
            manifests: manifests.iter().enumerate().map(listing).collect(),
        }
    }

    fn judge(&self, is_strict: bool, fetch: &str) -> Judged {
        let names: Vec<&str> = self.manifests.iter().map(|(name, _)| name.as_str()).collect();
        let facts = Facts {
            version: if is_strict { Version::V1_0 } else { Version::V0_97 },
            manifests: &names,
            size_octets: &|path: &PayloadPath| self.sizes.get(path.as_str()).copied(),
            lists: &|number, path: &PayloadPath| self.manifests[number].1.contains(path.as_str()),
        };
        let lines = manifest::lines(fetch.as_bytes()).map(|line| std::str::from_utf8(line).unwrap());
        let mut findings = Findings::default();
        let promised = judge(lines, facts, &mut findings);
        Judged { findings, promised }
    }

    /// A bag in a directory, read plainly.
    fn read(bag: &Path) -> Self {
        let mut sizes = BTreeMap::new();
        let mut folders = vec![bag.join("data")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_dir() {
                    folders.push(entry.path());
                } else {
                    let path = entry.path().strip_prefix(bag).unwrap().to_str().unwrap().to_owned();
                    sizes.insert(path, entry.metadata().unwrap().len());
                }
            }
        }
        let text = fs::read_to_string(bag.join("manifest-sha256.txt")).unwrap();
        let listed = text.lines().map(|line| line.split_once("  ").unwrap().1.to_owned()).collect();
        Self { sizes, manifests: vec![("manifest-sha256.txt".into(), listed)] }
    }
}

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.code.id).collect()
}

const HOLE: &str = "https://archive.example/a 3 data/a\n";

#[test]
fn every_code_has_a_bag() {
    let bags = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/bags");
    let mut met = BTreeSet::new();
    for verdict in ["altered", "consistent", "incomplete", "unsafe"] {
        let in_folder = fs::read_dir(bags.join(verdict)).unwrap().map(|entry| entry.unwrap().path());
        for bag in in_folder.filter(|bag| bag.join("fetch.txt").exists()) {
            let wanted = code_of(&bag);
            let judged = Bag::read(&bag).judge(true, &fs::read_to_string(bag.join("fetch.txt")).unwrap());
            let found: BTreeSet<&str> = codes(&judged.findings).into_iter().collect();
            let expected = match wanted.as_str() {
                "W211" => BTreeSet::new(),
                "W608" => BTreeSet::from(["W608", "W610"]),
                one if one[1..].starts_with('6') => BTreeSet::from([one]),
                // Bags of other matters have holes that are in order, or none.
                _ => BTreeSet::new(),
            };
            assert_eq!(found, expected, "{}: {:?}", bag.display(), judged.findings);
            met.insert(wanted);
        }
    }
    let all = bagit::finding::CODES.iter().map(|code| code.id).filter(|id| id[1..].starts_with('6'));
    assert_eq!(all.filter(|id| !met.contains(*id)).collect::<Vec<_>>(), [""; 0]);
}

fn code_of(bag: &Path) -> String {
    bag.file_name().unwrap().to_str().unwrap().split('_').next().unwrap().to_owned()
}

#[test]
fn a_hole_that_is_in_order_is_promised_and_nothing_else() {
    let judged = Bag::new(&[], &[&["data/a"]]).judge(true, HOLE);
    assert_eq!(judged.findings, []);
    assert_eq!(judged.promised[&PayloadPath::new("data/a").unwrap()], Some(3));
}

#[test]
fn every_manifest_must_list_it_in_version_one_and_any_before() {
    let one_of_two = Bag::new(&[], &[&["data/a"], &["data/b"]]);
    assert_eq!(codes(&one_of_two.judge(true, HOLE).findings), ["E604"]);
    assert_eq!(codes(&one_of_two.judge(false, HOLE).findings), [""; 0]);
    assert_eq!(codes(&Bag::new(&[], &[&[], &[]]).judge(false, HOLE).findings), ["E604"]);
    // Without a manifest another finding says all there is to say.
    assert_eq!(codes(&Bag::new(&[], &[]).judge(true, HOLE).findings), [""; 0]);
}

#[test]
fn what_is_there_is_a_leftover_or_at_odds() {
    let judge = |size| Bag::new(&[("data/a", size)], &[&["data/a"]]).judge(true, HOLE).findings;
    assert_eq!(codes(&judge(3)), ["W610"]);
    assert_eq!(codes(&judge(4)), ["E609"]);
    let local = "http://localhost:8989/a - data/a\n";
    let found = Bag::new(&[("data/a", 3)], &[&["data/a"]]).judge(false, local).findings;
    assert_eq!(codes(&found), ["W610"]);
    assert!(found[0].message.contains("do not let a program fetch it again"), "{}", found[0].message);
    assert_eq!(codes(&Bag::new(&[], &[&["data/a"]]).judge(false, local).findings), ["E607"]);
}

#[test]
fn all_findings_come_in_one_run() {
    let fetch = "\n\
        ftp://archive.example/a - data/a\n\
        ftp://archive.example/a - data/a\n\
        file:///etc/passwd 1 data/b\n\
        https://archive.example/c 1 bag-info.txt\n\
        https://archive.example/c 1 /etc/cron.d/c\n\
        s3://bucket/d 1 ./data/d\n";
    let judged = Bag::new(&[], &[&["data/a", "data/b", "data/d"]]).judge(true, fetch);
    assert_eq!(codes(&judged.findings), ["E601", "E605", "E607", "E603", "E602", "W306", "W608"]);
    assert_eq!(judged.promised.len(), 3);
    for finding in &judged.findings {
        assert!(finding.message.contains("expected") && finding.message.contains("found"), "{finding:?}");
    }
}

#[test]
fn very_many_lines_are_no_burden() {
    let paths: Vec<String> =
        (0..200_000).map(|number| format!("data/{:06}", number * 7919 % 200_000)).collect();
    let mut fetch = String::new();
    for path in &paths {
        fetch.extend(["https://archive.example/", path, " 1 ", path, "\n"]);
    }
    let listed: Vec<&str> = paths.iter().map(String::as_str).collect();
    let judged = Bag::new(&[], &[&listed]).judge(true, &fetch);
    assert_eq!((judged.findings.len(), judged.promised.len()), (0, 200_000));
}
