//! Bags that could be read in two ways, and bags of which a part cannot be read: nothing lost passes
//! for found, and nothing unread for added.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/report.rs"]
mod report;

use bagit::{Report, Verdict};
use fixity::manifest::write_line;
use fixity::{Algorithm, sum_of};
use report::report_of;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A bag in a directory of its own.
struct Bag(TempDir);

impl Bag {
    /// With these files below `data/`, and a manifest that lists them as they are named.
    fn new(version: &str, payload: &[(&str, &str)]) -> Self {
        let bag = Self(tempfile::tempdir().unwrap());
        let declaration = format!("BagIt-Version: {version}\nTag-File-Character-Encoding: UTF-8\n");
        let mut bag = bag.with("bagit.txt", &declaration);
        fs::create_dir(bag.at("data")).unwrap();
        for (path, content) in payload {
            bag = bag.with(path, content);
        }
        let lines: String = payload.iter().map(|(path, content)| line(path, content)).collect();
        bag.with("manifest-sha256.txt", &lines)
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn with(self, path: &str, content: &str) -> Self {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), content).unwrap();
        self
    }

    fn without(self, path: &str) -> Self {
        fs::remove_file(self.at(path)).unwrap();
        self
    }

    #[track_caller]
    fn is(&self, verdict: Verdict, codes: &[&str]) {
        let report = report_of(self.0.path());
        assert_eq!(codes_of(&report), codes.iter().copied().collect(), "{:?}", report.findings);
        assert_eq!(report.verdict(), verdict);
    }
}

/// What was found, but for what these bags have not to do with: they have no tag manifest, and odd names.
fn codes_of(report: &Report) -> BTreeSet<&'static str> {
    let codes = report.findings.iter().map(|finding| finding.code.id);
    codes.filter(|id| !["W407", "W115", "W116"].contains(id)).collect()
}

/// A line of a manifest by SHA-256, the path as it stands.
fn line(path: &str, content: &str) -> String {
    let mut text = Vec::new();
    write_line(&mut text, &sum_of(content.as_bytes(), &[Algorithm::Sha256]).digests[0], "");
    String::from_utf8(text).unwrap().trim_end_matches('\n').to_owned() + path + "\n"
}

#[test]
fn a_lost_file_is_not_found_again_in_its_neighbour() {
    for (kept, lost) in [("data/é", "data/e\u{301}"), ("data/a%b", "data/a%25b"), ("data/a\nb", "data/a%0Ab")]
    {
        let both = [(kept, "same"), (lost, "same")];
        Bag::new("0.96", &[both[0]])
            .with("manifest-sha256.txt", &line(lost, "same"))
            .is(Verdict::Consistent, if lost.contains('%') { &["W306"] } else { &["W309"] });
        let bag = Bag::new("0.96", &both).without(lost);
        if kept.contains('\n') {
            continue; // A name with a line break cannot stand in a manifest of 0.96.
        }
        bag.is(Verdict::Altered, &["E401"]);
    }
    let one = line("data/é", "same");
    let other = line("data/e\u{301}", "same");
    let split = Bag::new("0.97", &[("data/é", "same")]).with("manifest-sha256.txt", &one);
    split.with("manifest-sha256.txt", &(one + &other)).is(Verdict::Altered, &["E401"]);
}

#[test]
fn a_file_called_data_is_no_payload_directory() {
    let bag = Bag::new("1.0", &[]);
    fs::remove_dir(bag.at("data")).unwrap();
    bag.with("data", "x").is(Verdict::Altered, &["E204"]);
}

#[test]
fn what_is_missing_and_listed_twice_is_told_twice() {
    let hole = line("data/b", "one") + &line("data/b", "two");
    let bag = Bag::new("1.0", &[("data/a", "a")]);
    let listing = line("data/a", "a") + &hole;
    let bag = bag.with("manifest-sha256.txt", &listing);
    bag.is(Verdict::Altered, &["E302", "E401"]);
    let promised = bag.with("fetch.txt", "https://archive.example/b - data/b\n");
    promised.is(Verdict::Altered, &["E302", "W211"]);
}

#[test]
fn an_oxum_may_count_what_is_still_to_be_fetched() {
    let with = |oxum: &str, length: &str| {
        Bag::new("1.0", &[("data/a", "12345")])
            .with("manifest-sha256.txt", &(line("data/a", "12345") + &line("data/b", "123456")))
            .with("fetch.txt", &format!("https://archive.example/b {length} data/b\n"))
            .with("bag-info.txt", &format!("Payload-Oxum: {oxum}\n"))
    };
    for (oxum, length) in [("5.1", "6"), ("11.2", "6"), ("11.2", "-"), ("900.2", "-")] {
        with(oxum, length).is(Verdict::Incomplete, &["W211"]);
    }
    for (oxum, length) in [("12.2", "6"), ("11.3", "6"), ("4.2", "-"), ("11.1", "6")] {
        with(oxum, length).is(Verdict::Altered, &["E404", "W211"]);
    }
}

#[test]
fn tag_files_in_an_encoding_that_nobody_knows_are_held_against_nobody() {
    let wide: Vec<u8> = line("data/a", "a").chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
    let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-32\n";
    let bag = Bag::new("1.0", &[("data/a", "a")]).with("bagit.txt", declaration);
    bag.is(Verdict::Incomplete, &["W208"]);
    fs::write(bag.at("manifest-sha256.txt"), &wide).unwrap();
    fs::write(bag.at("bag-info.txt"), &wide).unwrap();
    bag.is(Verdict::Incomplete, &["W208"]);
    // Whether that manifest lists what is to be fetched, nobody can tell either.
    let bag = bag.with("fetch.txt", "https://archive.example/b - data/b\n");
    bag.is(Verdict::Incomplete, &["W208"]);
    // What reads as UTF-8 all the same is read: a changed declaration hides no changed file.
    let changed = Bag::new("1.0", &[("data/a", "a")]).with("bagit.txt", declaration).with("data/a", "b");
    changed.is(Verdict::Altered, &["E403", "W208"]);
}

#[test]
fn white_space_around_an_oxum_is_free_before_1_0() {
    for oxum in ["Payload-Oxum: 1.1 ", "Payload-Oxum:\n  1.1"] {
        Bag::new("0.97", &[("data/a", "a")]).with("bag-info.txt", oxum).is(Verdict::Consistent, &[]);
    }
    Bag::new("1.0", &[("data/a", "a")])
        .with("bag-info.txt", "Payload-Oxum: 1.1 \n")
        .is(Verdict::Altered, &["E405"]);
}

#[test]
fn package_info_is_any_tag_file_since_0_96() {
    for (version, codes) in [("1.0", &[][..]), ("0.96", &[]), ("0.95", &["E209"])] {
        let bag = Bag::new(version, &[("data/a", "a")]).with("package-info.txt", "just some notes\n");
        bag.is(if codes.is_empty() { Verdict::Consistent } else { Verdict::Altered }, codes);
    }
}

#[test]
fn what_only_looks_like_a_tag_manifest_is_told_to_be_unprotected() {
    let bag = Bag::new("1.0", &[("data/a", "a")]);
    let listed = ["bagit.txt", "manifest-sha256.txt"]
        .map(|path| line(path, &fs::read_to_string(bag.at(path)).unwrap()))
        .concat();
    let bag = bag.with("tagmanifest-sha256.txt", &listed).with("tagmanifest-evil.exe", "x");
    bag.is(Verdict::Consistent, &["W406"]);
}
