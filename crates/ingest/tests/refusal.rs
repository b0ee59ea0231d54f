//! Sources that are refused, and what the refusal says.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod sources;

use ingest::{ErrorKind, Options};
use sources::{folder, receive_all, refusal};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;

#[test]
fn unsuitable_sources_are_refused_by_name() {
    let place = folder(&["file"]);
    let at = |name: &str| place.path().join(name);
    symlink(place.path(), at("link")).unwrap();
    rustix::fs::mknodat(rustix::fs::CWD, at("pipe"), rustix::fs::FileType::Fifo, 0o644.into(), 0).unwrap();
    for (name, kind) in [
        ("missing", ErrorKind::NotFound),
        ("link", ErrorKind::NotADocument),
        ("link/", ErrorKind::NotADocument),
        ("pipe", ErrorKind::NotADocument),
    ] {
        let error = refusal(&[&at(name)], &Options::default());
        assert_eq!(error.kind(), kind, "{name}");
        assert!(error.to_string().contains(name), "{error}");
    }
    assert_eq!(refusal(&[Path::new("/dev/null")], &Options::default()).kind(), ErrorKind::NotADocument);
    assert_eq!(refusal(&[], &Options::default()).kind(), ErrorKind::NoSource);
}

#[test]
fn all_that_cannot_be_read_is_listed() {
    let source = folder(&["a", "b", "c/d", "readable"]);
    for closed in ["a", "b", "c"] {
        fs::set_permissions(source.path().join(closed), fs::Permissions::from_mode(0o000)).unwrap();
    }
    let answer = receive_all(&[source.path()], &Options::default());
    fs::set_permissions(source.path().join("c"), fs::Permissions::from_mode(0o755)).unwrap();
    // Nothing is closed to the administrator.
    if fs::metadata("/proc/self").unwrap().uid() == 0 {
        assert_eq!(answer.unwrap().accession.items.len(), 4);
        return;
    }
    let error = answer.err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Unreadable);
    assert!(["`a`", "`b`", "`c`"].iter().all(|name| error.to_string().contains(name)), "{error}");
}

#[test]
fn the_package_may_not_lie_in_its_source() {
    let place = folder(&["source/a", "beside/"]);
    let source = place.path().join("source");
    symlink(&source, place.path().join("door")).unwrap();
    let aim = |target: &str| {
        let options = Options { target: Some(place.path().join(target)), ..Options::default() };
        receive_all(&[&source], &options)
    };
    for target in
        ["source/out.zip", "source/new/out", "source", "door/out.zip", "beside/../source/x", "source/a"]
    {
        let error = aim(target).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::TargetInsideSource, "{target}");
    }
    for target in ["out.zip", "beside/out.zip", "source.zip", "new/folder/out"] {
        assert!(aim(target).is_ok(), "{target}");
    }
}

#[test]
fn a_name_that_is_not_utf_8_is_no_reason_to_stop_before_all_are_judged() {
    let source = folder(&["fine", "100%"]);
    fs::write(source.path().join(OsStr::from_bytes(b"caf\xe9")), "").unwrap();
    let message = refusal(&[source.path()], &Options::default()).to_string();
    assert!(
        message.contains("`caf\\xE9`") && message.contains("`100%`") && !message.contains("fine"),
        "{message}"
    );
}
