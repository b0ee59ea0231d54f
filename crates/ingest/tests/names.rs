//! Names that are refused, and what they become when they are not.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ingest::{ErrorKind, Names, Options, Received, receive};
use proptest::prelude::*;
use provenance::Source;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use tempfile::TempDir;

/// A folder in which each file holds its own name.
fn folder(names: &[&[u8]]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in names {
        let path = folder.path().join(OsStr::from_bytes(name));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, name).unwrap();
    }
    folder
}

fn receive_as(names: Names, source: &Path) -> Result<Received, ingest::Error> {
    receive(&[source.to_path_buf()], &Options { names, ..Options::default() }, &())
}

#[test]
fn every_unsuitable_name_is_listed_with_its_reason() {
    let source = folder(&[
        b"100%/fine",
        b"new\nline",
        b"caf\xe9",
        b"a/nul.txt",
        b"a/end.",
        b"Case",
        b"case",
        "é".as_bytes(),
        "e\u{301}".as_bytes(),
        b"also fine",
        b"b\\c",
    ]);
    fs::create_dir(source.path().join("empty ")).unwrap();
    let error = receive_as(Names::Strict, source.path()).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Names);
    assert!(error.hint().unwrap().contains("--names portable"));
    let message = error.to_string();
    for line in [
        "cannot keep 11 names, which not every system can store:",
        "`100%`: holds `%`, which checkers of bags decode differently",
        "`Case`: differs from `case` only in case or Unicode normalization",
        "`case`: differs from `Case` only in case or Unicode normalization",
        "`a/end.`: ends in a space or dot, which Windows drops",
        "`a/nul.txt`: is reserved by Windows",
        "`b\\\\c`: holds a backslash, which Windows reads as a separator",
        "`caf\\xE9`: is not UTF-8",
        "`empty `: ends in a space or dot, which Windows drops",
        "`e\u{301}`: differs from `é` only in case or Unicode normalization",
        "`new\\x0Aline`: holds a control or direction character (U+000A)",
        "`é`: differs from `e\u{301}` only in case or Unicode normalization",
    ] {
        assert!(message.lines().any(|found| found.trim_start() == line), "{line}\nnot in\n{message}");
    }
    assert!(!message.contains("fine"), "{message}");
}

#[test]
fn portable_names_keep_the_raw_ones_beside_them() {
    let source = folder(&[b"100%/fine", b"plain", b"x/A", b"x/a", b"caf\xe9.txt", b"a=25"]);
    fs::create_dir(source.path().join("what?")).unwrap();
    let received = receive_as(Names::Portable, source.path()).unwrap();
    let names: Vec<(&str, Option<&[u8]>)> = received
        .accession
        .items
        .iter()
        .map(|item| (item.path.as_str(), item.received_as.as_deref()))
        .collect();
    assert_eq!(
        names,
        [
            ("data/100=25/fine", Some(&b"100%/fine"[..])),
            ("data/a=3D25", Some(b"a=25")),
            ("data/caf=E9.txt", Some(b"caf\xe9.txt")),
            ("data/plain", None),
            ("data/x/A", None),
            ("data/x/a~2", Some(b"x/a")),
        ]
    );
    assert_eq!(received.accession.empty_folders[0].as_str(), "data/what=3F");
    assert_eq!(received.renamed_folders[0].1.as_ref(), b"what?");
    assert_eq!((received.renamed, received.warnings.len()), (5, 0));
}

fn raw_name() -> impl Strategy<Value = Vec<u8>> {
    let letters = "(con|A|a|é|e\u{301}|ß|SS|~2|[=A-F0-9%. :?\\\\]|[\\x01-\\x7f&&[^/]]|\\PC){1,60}";
    (letters.prop_map(String::into_bytes), proptest::collection::vec(0x80_u8.., 0..3))
        .prop_map(|(name, tail)| [name, tail].concat())
        .prop_filter("what a folder can hold", |name| {
            name.len() <= 255 && !matches!(&name[..], b"." | b"..") && !name.contains(&b'/')
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_portable_tree_is_strict_and_each_document_is_still_found(
        names in proptest::collection::btree_set(raw_name(), 1..12),
    ) {
        let source = folder(&names.iter().map(|name| &name[..]).collect::<Vec<_>>());
        let received = receive_as(Names::Portable, source.path()).unwrap();
        let renamed = tempfile::tempdir().unwrap();
        let mut found = BTreeSet::new();
        for item in &received.accession.items {
            let mut content = Vec::new();
            let mut document = received.source.open(item).unwrap();
            document.read_to_end(&mut content).unwrap();
            document.settle().unwrap();
            let name = item.path.file_name();
            prop_assert_eq!(item.received_as.as_deref().unwrap_or(name.as_bytes()), &content[..]);
            fs::write(renamed.path().join(name), "").unwrap();
            found.insert(content);
        }
        prop_assert_eq!(found, names);
        let again = receive_as(Names::Strict, renamed.path());
        prop_assert!(again.is_ok(), "{}", again.err().unwrap());
        let warnings = again.unwrap().warnings;
        prop_assert!(warnings.is_empty(), "{warnings:?}");
    }
}
