//! What is unpacked is the bag that was packed, in one place and nowhere else.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/bundles.rs"]
mod bundles;

use bagit::{Report, Severity, Verdict};
use bundles::{DOCUMENTS, EMPTY_FOLDER, at, pack, report_of};
use chrono::{DateTime, Utc};
use export::bundle::Form;
use export::extract::extract;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn unpack(bundle: &Path, target: &Path) -> Report {
    extract(&*bagit::container::open(bundle).unwrap(), target, 2, &()).unwrap().report
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|item| item.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Every file below `folder` as a path and its octets.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for name in names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            all.extend(
                contents(&path).into_iter().map(|(below, octets)| (format!("{name}/{below}"), octets)),
            );
        } else {
            all.push((name, fs::read(path).unwrap()));
        }
    }
    all
}

#[test]
fn every_form_unpacks_to_the_same_valid_bundle_with_its_times() {
    let place = tempfile::tempdir().unwrap();
    let directory = place.path().join("packed/tide");
    fs::create_dir(place.path().join("packed")).unwrap();
    pack(&directory, Form::Directory);
    let forms = [("stored", Form::Zip), ("deflated", Form::CompressedZip), ("copied", Form::Directory)];
    for (name, form) in forms {
        let source = place.path().join(name);
        fs::create_dir(&source).unwrap();
        let bundle = source.join(if form == Form::Directory { "tide" } else { "tide.zip" });
        pack(&bundle, form);
        let target = place.path().join(format!("{name}-unpacked"));
        assert_eq!(unpack(&bundle, &target).findings, [], "{name}");
        assert_eq!(report_of(&target).findings, [], "{name}");
        assert_eq!(contents(&target), contents(&directory), "{name}");
        assert!(target.join(EMPTY_FOLDER).is_dir(), "{name}");
        for (path, octets, modified) in DOCUMENTS {
            assert_eq!(fs::read(target.join(path)).unwrap(), octets, "{name}: {path}");
            let found = fs::metadata(target.join(path)).unwrap().modified().unwrap();
            assert_eq!(DateTime::<Utc>::from(found), at(modified), "{name}: {path}");
        }
    }
}

#[test]
fn a_damaged_bundle_leaves_nothing() {
    let place = tempfile::tempdir().unwrap();
    let bundle = place.path().join("tide.zip");
    pack(&bundle, Form::Zip);
    let mut octets = fs::read(&bundle).unwrap();
    let at = octets.windows(7).position(|seven| seven == b"hour,cm").unwrap();
    octets[at] ^= 1;
    fs::write(&bundle, octets).unwrap();
    let report = unpack(&bundle, &place.path().join("out"));
    assert!(report.verdict().severity() == Severity::Error);
    assert_eq!(names(place.path()), ["tide.zip"]);
}

#[test]
fn a_target_that_exists_is_left_as_it_is() {
    let place = tempfile::tempdir().unwrap();
    let bundle = place.path().join("tide.zip");
    pack(&bundle, Form::Zip);
    let target = place.path().join("out");
    fs::create_dir(&target).unwrap();
    let container = bagit::container::open(&bundle).unwrap();
    let error = extract(&*container, &target, 2, &()).unwrap_err();
    assert_eq!(error.kind(), export::ErrorKind::TargetExists);
    assert_eq!((names(place.path()), names(&target)), (vec!["out".into(), "tide.zip".into()], vec![]));
}

#[test]
fn names_that_lead_out_write_nothing_anywhere() {
    let bag = [
        ("data/a.txt", b"a\n".as_slice()),
        ("bagit.txt", bagit::declaration::DECLARATION.as_bytes()),
        (
            "manifest-sha256.txt",
            b"87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7  data/a.txt\n",
        ),
    ];
    let hostile = |top: &str, name: Option<&str>| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, octets) in bag.iter().map(|(path, octets)| (format!("{top}{path}"), *octets)) {
            zip.start_file(path, SimpleFileOptions::default()).unwrap();
            zip.write_all(octets).unwrap();
        }
        if let Some(name) = name {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(b"outside\n").unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let place = tempfile::tempdir().unwrap();
    let inner = place.path().join("a/b/c");
    fs::create_dir_all(&inner).unwrap();
    let (bundle, target) = (inner.join("bag.zip"), inner.join("out"));
    let before = |expected: &[&str]| {
        assert_eq!(names(&inner), expected);
        assert_eq!(
            (names(place.path()), names(&place.path().join("a"))),
            (vec!["a".into()], vec!["b".into()])
        );
        assert_eq!(names(&place.path().join("a/b")), ["c"]);
    };
    let outside = place.path().join("outside.txt");
    let absolute = outside.to_str().unwrap();
    for (top, name) in [
        ("bag/", Some("bag/../../outside.txt")),
        ("bag/", Some("bag/data/../../../outside.txt")),
        ("bag/", Some("../outside.txt")),
        ("bag/", Some(absolute)),
        ("bag/", Some("bag/data\\..\\..\\..\\outside.txt")),
        ("../", None),
        ("../../bag/", None),
        ("", Some("../outside.txt")),
    ] {
        fs::write(&bundle, hostile(top, name)).unwrap();
        assert!(unpack(&bundle, &target).verdict().severity() == Severity::Error, "{top} {name:?}");
        before(&["bag.zip"]);
    }
    fs::write(&bundle, hostile("bag/", None)).unwrap();
    assert_eq!(unpack(&bundle, &target).verdict(), Verdict::Consistent);
    before(&["bag.zip", "out"]);
}
