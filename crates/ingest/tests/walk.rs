//! What is taken, what is left out, and what is refused, on real folders.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod sources;

use fixity::{Observer, Step};
use ingest::{ErrorKind, Options, Warning, receive};
use provenance::{Accession, Reason};
use sources::{folder, receive_all, refusal};
use std::fs;
use std::ops::ControlFlow;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

fn accession(source: &Path) -> Accession {
    receive_all(&[source], &Options::default()).unwrap().accession
}

fn paths(accession: &Accession) -> Vec<&str> {
    accession.items.iter().map(|item| item.path.as_str()).collect()
}

fn left_out(accession: &Accession) -> Vec<(&str, Reason, &str)> {
    accession.left_out.iter().map(|left| (left.name.as_str(), left.reason, left.detail.as_str())).collect()
}

#[test]
fn a_single_folder_goes_directly_below_data_sorted_by_octets() {
    let source = folder(&["b/2", "b.txt", "b/1/deep", "a", "Z", ".hidden", "empty/inner/", "b-c"]);
    let found = accession(source.path());
    let sorted = ["data/.hidden", "data/Z", "data/a", "data/b-c", "data/b.txt", "data/b/1/deep", "data/b/2"];
    assert_eq!(paths(&found), sorted);
    assert_eq!(found.empty_folders.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["data/empty/inner"]);
}

#[test]
fn several_sources_and_files_go_below_their_own_names() {
    let place = folder(&["letters/1", "photos/1", "note.txt"]);
    let [letters, photos, note] = ["letters", "photos/", "note.txt"].map(|name| place.path().join(name));
    let found = receive_all(&[&photos, &note, &letters], &Options::default()).unwrap().accession;
    assert_eq!(paths(&found), ["data/letters/1", "data/note.txt", "data/photos/1"]);
    assert_eq!(paths(&receive_all(&[&note], &Options::default()).unwrap().accession), ["data/note.txt"]);
    let dotted = receive_all(&[&letters.join(".."), &note], &Options::default()).unwrap().accession;
    assert_eq!(dotted.items.len(), 4);

    let other = folder(&["note.txt"]);
    let twin = other.path().join("note.txt");
    let error = refusal(&[&note, &twin], &Options::default());
    assert_eq!(error.kind(), ErrorKind::SameName);
    let message = error.to_string();
    assert!(
        message.contains(note.to_str().unwrap()) && message.contains(twin.to_str().unwrap()),
        "{message}"
    );
}

#[test]
fn sizes_and_times_are_those_of_the_file() {
    let source = folder(&["a"]);
    let file = fs::File::options().write(true).open(source.path().join("a")).unwrap();
    let time = std::time::UNIX_EPOCH + std::time::Duration::new(1_000_000_000, 123_456_789);
    file.set_modified(time).unwrap();
    let found = accession(source.path());
    assert_eq!(found.items[0].size_octets, 1);
    assert_eq!(found.items[0].modified.unwrap().to_rfc3339(), "2001-09-09T01:46:40.123456789+00:00");
}

#[test]
fn what_is_no_document_is_left_out_by_name_and_never_waited_for() {
    let source = folder(&["only/", "kept"]);
    let at = |name: &str| source.path().join(name);
    let pipe = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, at("only/pipe"), pipe, 0o644.into(), 0).unwrap();
    let _socket = UnixListener::bind(at("socket")).unwrap();
    symlink("/etc/\u{202E}passwd", at("link")).unwrap();
    symlink("kept", at("inner")).unwrap();
    symlink(".", at("loop")).unwrap();
    let found = accession(source.path());
    assert_eq!(paths(&found), ["data/kept"]);
    assert_eq!(found.empty_folders.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["data/only"]);
    assert_eq!(
        left_out(&found),
        [
            ("inner", Reason::SymbolicLink, "points to kept"),
            ("link", Reason::SymbolicLink, "points to /etc/\\xE2\\x80\\xAEpasswd"),
            ("loop", Reason::SymbolicLink, "points to ."),
            ("only/pipe", Reason::Fifo, ""),
            ("socket", Reason::Socket, ""),
        ]
    );
}

#[test]
fn litter_is_left_out_unless_wanted() {
    let source = folder(&[
        ".DS_Store",
        "a/Thumbs.db",
        "a/DESKTOP.INI",
        "a/._photo",
        "a/photo",
        "a/._orphan",
        "a/._text",
        "a/text",
        "__MACOSX/x/1",
        "__MACOSX/2",
        ".Trashes/",
    ]);
    for companion in ["a/._photo", "a/._orphan"] {
        fs::write(source.path().join(companion), b"\x00\x05\x16\x07\x00\x02").unwrap();
    }
    let found = accession(source.path());
    assert_eq!(paths(&found), ["data/a/._orphan", "data/a/._text", "data/a/photo", "data/a/text"]);
    assert_eq!(
        left_out(&found),
        [
            (".DS_Store", Reason::SystemLitter, ""),
            (".Trashes", Reason::SystemLitter, "0 files in it"),
            ("__MACOSX", Reason::SystemLitter, "2 files in it"),
            ("a/._photo", Reason::SystemLitter, "AppleDouble companion of a file"),
            ("a/DESKTOP.INI", Reason::SystemLitter, ""),
            ("a/Thumbs.db", Reason::SystemLitter, ""),
        ]
    );
    let options = Options { keep_litter: true, ..Options::default() };
    let all = receive_all(&[source.path()], &options).unwrap().accession;
    assert_eq!((all.items.len(), all.left_out.len(), all.empty_folders.len()), (10, 0, 1));
}

#[test]
fn names_of_every_script_are_kept_and_windows_is_warned_of() {
    let names = [
        "گزارش ۱۳۶۷، «پیوست».pdf",
        "می‌خواهم",
        "تقرير",
        "Отчёт",
        "😀👩‍👩‍👧.jpg",
        " a, b ",
        "it's \"so\"",
        "12:30?",
    ];
    let source = folder(&names.map(str::trim_end));
    let received = receive_all(&[source.path()], &Options::default()).unwrap();
    assert_eq!(received.accession.items.len(), names.len());
    assert!(received.accession.items.iter().all(|item| item.received_as.is_none()));
    let paths = ["12:30?", "it's \"so\""].map(String::from).to_vec();
    assert_eq!(received.warnings, [Warning::ForeignToWindows { paths }]);
}

#[test]
fn depth_is_no_danger() {
    let source = tempfile::tempdir().unwrap();
    let deep: PathBuf = source.path().join(vec!["d"; 1800].join("/"));
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("file"), "x").unwrap();
    let found = accession(source.path());
    assert_eq!(found.items[0].path.as_str().len(), "data/".len() + 1800 * 2 + "file".len());

    // Beyond what a path may have, by way of a folder that moves in.
    let long = source.path().join(format!("{0}/{0}", "l".repeat(250)));
    fs::create_dir_all(&long).unwrap();
    fs::rename(source.path().join("d"), long.join("d")).unwrap();
    let error = refusal(&[source.path()], &Options::default());
    assert_eq!(error.kind(), ErrorKind::Names);
    assert!(error.to_string().contains("4096"), "{error}");
}

#[test]
fn the_order_in_which_a_folder_lists_its_names_does_not_matter() {
    let names: Vec<String> = (0..200).map(|number| format!("{}/{number}", number % 7)).collect();
    let forwards = folder(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let backwards = folder(&names.iter().rev().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(paths(&accession(forwards.path())), paths(&accession(backwards.path())));
}

/// Counts what it is told, and stops after so many files.
struct Counter {
    stop_after: u64,
    files: std::sync::atomic::AtomicU64,
}

impl Observer for Counter {
    fn observe(&self, step: Step) -> ControlFlow<()> {
        use std::sync::atomic::Ordering::Relaxed;
        if let Step::Advanced { files, .. } = step {
            self.files.fetch_add(files, Relaxed);
        }
        if self.files.load(Relaxed) >= self.stop_after {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

#[test]
fn the_observer_hears_of_every_file_and_may_stop() {
    let names: Vec<String> = (0..2100).map(|number| number.to_string()).collect();
    let source = folder(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let walk = |stop_after| {
        let counter = Counter { stop_after, files: 0.into() };
        let answer = receive(&[source.path().to_path_buf()], &Options::default(), &counter);
        (answer.map(drop).map_err(|error| error.kind()), counter.files.into_inner())
    };
    assert_eq!(walk(u64::MAX), (Ok(()), 2100));
    assert_eq!(walk(1500), (Err(ErrorKind::Cancelled), 2000));
}
