//! Unpacking TARs, compressed or not: the same files, and nothing else.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use bagit::Verdict;
use export::extract::extract;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn bags() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/bags")
}

/// Every file below a folder, by its path there.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        let name = PathBuf::from(path.file_name().unwrap());
        if path.is_dir() {
            files.extend(self::files(&path).into_iter().map(|(below, octets)| (name.join(below), octets)));
        } else {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
    files
}

#[test]
fn a_tar_unpacks_to_its_files_however_it_is_compressed() {
    let expected = files(&bags().join("consistent/minimal_1_0"));
    for name in [
        "uncompressed.tar",
        "compressed_gzip.tar.gz",
        "compressed_bzip2.tar.bz2",
        "compressed_xz.tar.xz",
        "compressed_zstd.tar.zst",
    ] {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("unpacked");
        let container = bagit::container::open(&bags().join("consistent").join(name)).unwrap();
        let report = extract(&*container, &target, 2, &()).unwrap().report;
        assert_eq!(report.verdict(), Verdict::Consistent, "{name}: {:?}", report.findings);
        assert_eq!(files(&target), expected, "{name}");
        assert_eq!(
            fs::metadata(target.join("bagit.txt")).unwrap().modified().unwrap(),
            from_1970(1_750_000_000)
        );
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "{name} leaves something beside");
    }
}

fn from_1970(seconds: u64) -> std::time::SystemTime {
    std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds)
}

#[test]
fn a_tar_that_is_not_sound_leaves_nothing() {
    for name in ["E110_unfolds_too_far.tar.bz2", "E111_second_archive_behind_the_end.tar"] {
        let place = tempfile::tempdir().unwrap();
        let container = bagit::container::open(&bags().join("unsafe").join(name)).unwrap();
        let report = extract(&*container, &place.path().join("unpacked"), 2, &()).unwrap().report;
        assert_eq!(report.verdict(), Verdict::Unsafe);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0, "{name} leaves something");
    }
}

#[test]
fn a_target_that_exists_is_left_as_it_is() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("target"), "somebody else's").unwrap();
    let container = bagit::container::open(&bags().join("consistent/compressed_gzip.tar.gz")).unwrap();
    assert!(extract(&*container, &place.path().join("target"), 2, &()).is_err());
    assert_eq!(fs::read_to_string(place.path().join("target")).unwrap(), "somebody else's");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}
