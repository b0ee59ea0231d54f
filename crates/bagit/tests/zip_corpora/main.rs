//! ZIPs of other projects, odd and hostile: what is found wrong with each container, and that two
//! other programs read the same out of each that nothing is wrong with.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "what is passed over is said")]

#[path = "../support/corpus.rs"]
mod corpus;
mod expected;
mod seen;

use corpus::{corpus, zips_below};
use expected::{DIFFERENCES, EXPECTED};
use seen::{Contents, by_fonds, by_python, by_unzip};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The corpora, and the least number of ZIPs in each.
const CORPORA: [(&str, usize); 6] = [
    ("cpython-testdata", 2),
    ("dart-bags", 1),
    ("go-archive-zip", 30),
    ("yauzl", 45),
    ("zip-bombs", 2),
    ("zip2-tests", 30),
];

/// Every ZIP that is at hand, by its path in the corpora.
fn zips() -> Vec<(String, PathBuf)> {
    let mut zips = Vec::new();
    for (name, least) in CORPORA {
        let Some(folder) = corpus(name) else { continue };
        let found = zips_below(&folder);
        assert!(found.len() >= least, "{name} has {} files", found.len());
        let above = folder.parent().unwrap().to_owned();
        zips.extend(
            found.into_iter().map(|path| (path.strip_prefix(&above).unwrap().display().to_string(), path)),
        );
    }
    zips
}

fn expected_of(name: &str) -> BTreeSet<&'static str> {
    let row = EXPECTED.iter().find(|(listed, ..)| *listed == name);
    row.unwrap_or_else(|| panic!("nothing is expected of {name}"))
        .1
        .split(' ')
        .filter(|c| !c.is_empty())
        .collect()
}

#[test]
fn every_container_has_the_findings_that_are_expected_of_it() {
    for (name, path) in zips() {
        let seen = by_fonds(&path);
        assert_eq!(seen.codes, expected_of(&name), "{name}: {:?}", seen.findings);
    }
}

#[test]
fn what_must_be_refused_is_refused() {
    let must_be_refused = |name: &str| {
        ["yauzl/failure/", "zip2-tests/invalid_", "zip-bombs/"].iter().any(|start| name.starts_with(start))
    };
    for (name, codes, _) in EXPECTED.iter().filter(|(name, ..)| must_be_refused(name)) {
        assert!(codes.contains('E'), "{name}");
    }
}

#[test]
fn every_expectation_has_its_file_once() {
    let names: BTreeSet<&str> = EXPECTED.iter().map(|(name, ..)| *name).collect();
    assert_eq!(names.len(), EXPECTED.len());
    let zips = zips();
    if CORPORA.iter().all(|(corpus, _)| zips.iter().any(|(name, _)| name.starts_with(corpus))) {
        assert_eq!(names, zips.iter().map(|(name, _)| name.as_str()).collect());
    }
}

#[test]
fn what_is_accepted_is_read_the_same_by_python_and_by_unzip() {
    let (mut compared, mut at_odds) = (0, Vec::new());
    for (name, path) in zips() {
        let ours = by_fonds(&path);
        if ours.codes.iter().any(|code| code.starts_with('E')) {
            continue;
        }
        for (reader, theirs) in [("python", by_python(&path)), ("unzip", by_unzip(&path))] {
            let Some(theirs) = theirs else { continue };
            match agreed(&ours.contents, &theirs) {
                Ok(same) => compared += same,
                Err(_) if DIFFERENCES.iter().any(|(file, who, _)| (*file, *who) == (&*name, reader)) => {}
                Err(other) => at_odds.push(format!("{name} by {reader}: `{other}`")),
            }
        }
    }
    println!("{compared} contents were compared");
    assert!(at_odds.is_empty(), "{}", at_odds.join("\n"));
}

/// How many contents are the same; `Err` is the name of one that is not. What fonds leaves unread
/// the other may read, and it may list folders that are only in the names of others.
fn agreed(ours: &Contents, theirs: &Contents) -> Result<usize, String> {
    let mut same = 0;
    for (name, content) in ours.iter().filter(|(_, content)| *content != "-") {
        if theirs.get(name) != Some(content) {
            return Err(name.clone());
        }
        same += 1;
    }
    let is_above = |folder: &str| ours.keys().any(|name| name.starts_with(folder));
    let is_ours = |name: &String| ours.contains_key(name) || (name.ends_with('/') && is_above(name));
    theirs.keys().find(|name| !is_ours(name)).map_or(Ok(same), |other| Err(other.clone()))
}
