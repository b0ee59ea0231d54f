//! What no compiler checks: sizes, names, leftovers, and that codes and documents agree.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Every file of the repository: all but what is built and what git keeps for itself.
fn files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                found.push(entry.path());
            } else if entry.file_type().unwrap().is_dir() && !is_set_aside(&entry.path()) {
                folders.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

fn is_set_aside(folder: &Path) -> bool {
    let named = |name: &str| folder.file_name().is_some_and(|found| found == name);
    named(".git") || named("proptest-regressions") || folder.join("CACHEDIR.TAG").exists()
}

fn sources() -> Vec<(String, String)> {
    let rust = files().into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    rust.map(|path| (shown(&path), fs::read_to_string(path).unwrap())).collect()
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

fn none(culprits: &[String]) {
    assert!(culprits.is_empty(), "\n{}", culprits.join("\n"));
}

#[test]
fn no_source_file_is_longer_than_six_hundred_lines() {
    let long = |(path, text): &(String, String)| {
        (text.lines().count() > 600).then(|| format!("{path}: more than one idea?"))
    };
    none(&sources().iter().filter_map(long).collect::<Vec<_>>());
}

#[test]
fn every_module_begins_by_saying_what_it_is() {
    let silent = |(path, text): &(String, String)| {
        (path.contains("src/") && !text.starts_with("//!")).then(|| path.clone())
    };
    none(&sources().iter().filter_map(silent).collect::<Vec<_>>());
}

#[test]
fn every_file_name_says_something() {
    const EMPTY_WORDS: [&str; 9] =
        ["util", "utils", "helper", "helpers", "common", "misc", "manager", "core", "stuff"];
    let culprits = sources().into_iter().map(|(path, _)| path).filter(|path| {
        let mut parts =
            Path::new(path).components().map(|part| Path::new(part.as_os_str()).file_stem().unwrap());
        parts.any(|part| EMPTY_WORDS.iter().any(|word| part == *word))
    });
    none(&culprits.collect::<Vec<_>>());
}

#[test]
fn nothing_is_left_for_later() {
    let marks =
        [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("unimple", "mented!"), concat!("to", "do!")];
    let mut culprits = Vec::new();
    for (path, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark)) {
                culprits.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    none(&culprits);
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    let places = [concat!("/wo", "rk/"), concat!("/fa", "rm/")];
    let mut culprits = Vec::new();
    for path in files() {
        let octets = fs::read(&path).unwrap();
        for place in places {
            if octets.windows(place.len()).any(|window| window == place.as_bytes()) {
                culprits.push(format!("{} names {place}", shown(&path)));
            }
        }
    }
    none(&culprits);
}

#[test]
fn the_readme_can_be_read_in_one_sitting() {
    let lines = fs::read_to_string(root().join("README.md")).unwrap().lines().count();
    assert!(lines <= 120, "README.md has {lines} lines");
}

/// `E` or `W` and three digits, as a word of its own.
fn codes_in(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.filter(|word| is_code(word)).map(str::to_owned).collect()
}

fn is_code(word: &str) -> bool {
    word.len() == 4 && word.starts_with(['E', 'W']) && word[1..].bytes().all(|octet| octet.is_ascii_digit())
}

/// The codes that the two crates with findings declare.
fn declared() -> BTreeSet<String> {
    let declares = |path: &str| {
        ["crates/bagit/src/", "crates/export/src/"].iter().any(|folder| path.starts_with(folder))
    };
    let mut codes = BTreeSet::new();
    for (path, text) in sources() {
        if declares(&path) && path.ends_with("/finding.rs") {
            let code: Vec<_> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            codes.extend(codes_in(&code.join("\n")));
        }
    }
    codes
}

/// The codes that have a row in FORMAT.md: the first cell of a table.
fn documented() -> BTreeSet<String> {
    let text =
        fs::read_to_string(root().join("crates/export/FORMAT.md")).expect("crates/export/FORMAT.md is there");
    let first_cells = text.lines().filter_map(|line| line.strip_prefix('|')?.split('|').next());
    first_cells.flat_map(codes_in).collect()
}

#[test]
fn every_code_has_a_row_and_every_row_a_code() {
    let (declared, documented) = (declared(), documented());
    assert!(!declared.is_empty(), "no finding.rs declares a code");
    let missing = declared.difference(&documented).map(|code| format!("{code} has no row in FORMAT.md"));
    let extra = documented.difference(&declared).map(|code| format!("{code} of FORMAT.md is no code"));
    none(&missing.chain(extra).collect::<Vec<_>>());
}

#[test]
fn a_fixture_bag_lies_under_a_verdict_and_names_a_code() {
    let bags = root().join("fixtures/bags");
    let declared = declared();
    let mut culprits = Vec::new();
    for verdict in fs::read_dir(bags).into_iter().flatten().map(|entry| entry.unwrap().path()) {
        let word = verdict.file_name().unwrap().to_string_lossy().into_owned();
        if !["consistent", "weak", "incomplete", "unreadable", "altered", "unsafe"].contains(&word.as_str()) {
            culprits.push(format!("{} is no verdict", shown(&verdict)));
            continue;
        }
        for bag in fs::read_dir(&verdict).unwrap().map(|entry| entry.unwrap().path()) {
            let name = bag.file_name().unwrap().to_string_lossy().into_owned();
            let code = name.split('_').next().unwrap_or_default();
            if word != "consistent" && !declared.contains(code) {
                culprits.push(format!("{}: `{code}` is no code", shown(&bag)));
            }
        }
    }
    none(&culprits);
}

#[test]
fn codes_are_told_from_other_words() {
    let found = codes_in("E101 W20 WE203 E1234 | `W406` and E_207, XE301");
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["E101", "W406"]);
}
