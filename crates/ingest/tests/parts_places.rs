//! Where parts lie, and what they are said to be derived from, whatever becomes of names.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod holders;

use holders::warcs::page;
use holders::{take, take_with};
use ingest::{ErrorKind, Names, Options, receive};
use provenance::id::item_id;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;

const MAIL: &[u8] = b"Content-Type: a/b; name=note.txt\n\nx\n";
const PART: &str = "01 note.txt";

fn with_parts(names: Names) -> Options {
    Options { parts: true, names, ..Options::default() }
}

#[test]
fn a_name_that_is_taken_is_passed_over() {
    let taken = take(&[
        ("a.eml", MAIL),
        ("a.eml.parts/own.txt", b"own"),
        ("A.EML.PARTS 2", b"a twin"),
        ("b/c/a.eml", MAIL),
    ]);
    let expected = [
        "A.EML.PARTS 2",
        "a.eml",
        "a.eml.parts 3/01 note.txt",
        "a.eml.parts/own.txt",
        "b/c/a.eml",
        "b/c/a.eml.parts/01 note.txt",
    ];
    assert_eq!(taken.paths(), expected);
    let derived = |path| taken.given(path, "derived_from").map(str::to_owned);
    assert_eq!(derived("a.eml.parts 3/01 note.txt"), Some(item_id("data/a.eml").to_string()));
    assert_eq!(derived("b/c/a.eml.parts/01 note.txt"), Some(item_id("data/b/c/a.eml").to_string()));
    assert_eq!(derived("a.eml"), None);
    taken.read_all();
}

#[test]
fn long_names_leave_room_for_their_parts() {
    let long = format!("{}.eml", "گ".repeat(125));
    let taken = take(&[(&long, MAIL)]);
    let folder = taken.paths().into_iter().find_map(|path| path.strip_suffix(&format!("/{PART}"))).unwrap();
    assert!(
        folder.len() <= 255 && folder.rsplit('.').next() == Some("parts") && folder.starts_with("گگ"),
        "{folder}"
    );
}

#[test]
fn renamed_containers_take_their_parts_along() {
    let folder = tempfile::tempdir().unwrap();
    for name in [&b"100%.eml"[..], b"caf\xe9.eml", b"A.eml", b"a.eml"] {
        fs::write(folder.path().join(OsStr::from_bytes(name)), MAIL).unwrap();
    }
    let sub = folder.path().join("what?");
    fs::create_dir(&sub).unwrap();
    fs::write(sub.join("b.eml"), MAIL).unwrap();
    let sources = [folder.path().to_path_buf()];
    let error = receive(&sources, &with_parts(Names::Strict), &()).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Names);
    assert!(!error.to_string().contains(".parts"), "only what was received is refused: {error}");

    let received = receive(&sources, &with_parts(Names::Portable), &()).unwrap();
    let items = &received.accession.items;
    let paths: Vec<&str> = items.iter().map(|item| item.path.as_str()).collect();
    let containers = ["100=25.eml", "A.eml", "a~2.eml", "caf=E9.eml", "what=3F/b.eml"];
    for container in containers {
        let part = format!("data/{container}.parts/{PART}");
        let at = paths
            .iter()
            .position(|path| *path == part)
            .unwrap_or_else(|| panic!("{part} is not in {paths:?}"));
        let derived = items[at].given.iter().find(|given| given.column == "derived_from").unwrap();
        assert_eq!(derived.value, item_id(&format!("data/{container}")).to_string());
        assert_eq!(items[at].received_as, None, "nobody received it");
        assert!(
            received
                .accession
                .arrivals
                .iter()
                .any(|arrival| arrival.object_path == format!("data/{container}"))
        );
    }
    assert_eq!((paths.len(), received.renamed), (10, 4));
}

#[test]
fn several_sources_and_files_have_their_parts_beside_them() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("letter.eml"), MAIL).unwrap();
    fs::create_dir(folder.path().join("web")).unwrap();
    fs::write(folder.path().join("web/a.warc"), page("http://a.example/x", "x")).unwrap();
    let [letter, web] = ["letter.eml", "web"].map(|name| folder.path().join(name));
    let paths = |sources: &[std::path::PathBuf]| {
        let received = receive(sources, &with_parts(Names::Strict), &()).unwrap();
        received.accession.items.iter().map(|item| item.path.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        paths(std::slice::from_ref(&letter)),
        ["data/letter.eml", "data/letter.eml.parts/01 note.txt"]
    );
    assert_eq!(
        paths(&[web, letter]),
        [
            "data/letter.eml",
            "data/letter.eml.parts/01 note.txt",
            "data/web/a.warc",
            "data/web/a.warc.parts/01 a.example-x.html"
        ]
    );
}

#[test]
fn a_bag_is_left_whole_and_nothing_is_looked_into_where_nobody_asked() {
    let files: [(&str, &[u8]); 4] = [
        ("bag/bagit.txt", b"x"),
        ("bag/data/a.eml", MAIL),
        ("bag/data/deep/a.eml", MAIL),
        ("bag2/a.eml", MAIL),
    ];
    let parts = |taken: &holders::Taken| taken.paths().iter().filter(|path| path.contains(".parts/")).count();
    assert_eq!(parts(&take(&files)), 1);
    let nothing = take_with(&files, &Options::default());
    let unpacked = |arrival: &&provenance::Arrival| arrival.event_type == provenance::EventType::Unpacking;
    assert_eq!(parts(&nothing), 0);
    assert_eq!(nothing.received.accession.arrivals.iter().filter(unpacked).count(), 0);
}

#[test]
fn parts_that_are_slices_can_be_read_anywhere() {
    use provenance::Source;
    let taken = take(&[("a.warc", &page("http://a.example/x", "0123456789"))]);
    let item = taken.item("a.warc.parts/01 a.example-x.html");
    let document = taken.received.source.open(item).unwrap();
    let mut room = [0; 4];
    assert_eq!(document.read_at(8, &mut room).unwrap(), 2, "no more than the part has");
    assert_eq!(&room[..2], b"89");
    assert_eq!(document.read_at(10, &mut room).unwrap(), 0);
    let packed = take(&[("a.warc.gz", &holders::warcs::gzip(&page("http://a.example/x", "0123456789")))]);
    let item = packed.item("a.warc.gz.parts/01 a.example-x.html");
    let error = packed.received.source.open(item).unwrap().read_at(0, &mut room).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::Unsupported);
}

#[test]
fn a_list_of_checksums_that_came_in_a_mail_speaks_of_nothing() {
    let list = "Content-Type: text/plain; name=all.md5\n\nd41d8cd98f00b204e9800998ecf8427e *../a.eml\n";
    let taken = take(&[("a.eml", list.as_bytes())]);
    assert_eq!(taken.parts("a.eml"), ["01 all.md5"]);
    assert!(taken.received.accession.supplied.is_empty(), "{:?}", taken.received.accession.lists);
    // Where it was received as a document of its own it does.
    let beside = take(&[("all.md5", b"d41d8cd98f00b204e9800998ecf8427e *a.txt\n"), ("a.txt", b"x")]);
    assert_eq!(beside.received.accession.supplied.len(), 1);
}
