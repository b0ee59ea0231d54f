//! Documents that change between being found and being read are noticed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ingest::{Options, Received, receive};
use provenance::Source;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What is done to a file, and words by which it is told.
type Change<'a> = (&'a dyn Fn(&Path), &'a str);

/// A folder with the file `a/file` of five octets, received.
fn received() -> (TempDir, PathBuf, Received) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a/file");
    fs::create_dir(folder.path().join("a")).unwrap();
    fs::write(&file, "12345").unwrap();
    let received = receive(&[folder.path().to_path_buf()], &Options::default(), &()).unwrap();
    (folder, file, received)
}

/// Rewrites the content and gives the file its old modification time back.
fn rewrite_in_secret(path: &Path) {
    let modified = fs::metadata(path).unwrap().modified().unwrap();
    let mut file = File::options().write(true).open(path).unwrap();
    file.write_all(b"54321").unwrap();
    file.set_modified(modified).unwrap();
}

fn grow(path: &Path) {
    File::options().append(true).open(path).unwrap().write_all(b"6").unwrap();
}

fn truncate(path: &Path) {
    File::options().write(true).open(path).unwrap().set_len(2).unwrap();
}

fn replace(path: &Path) {
    fs::write(path.with_extension("new"), "12345").unwrap();
    fs::rename(path.with_extension("new"), path).unwrap();
}

/// Time of files moves in steps; a change within one step would be no change.
fn wait_for_the_next_tick() {
    std::thread::sleep(std::time::Duration::from_millis(20));
}

#[test]
fn what_stays_as_it_was_is_read_whole() {
    let (_folder, _, received) = received();
    let mut document = received.source.open(&received.accession.items[0]).unwrap();
    let mut content = String::new();
    document.read_to_string(&mut content).unwrap();
    assert_eq!(content, "12345");
    document.settle().unwrap();
}

#[test]
fn a_change_before_reading_is_noticed_when_opening() {
    let to_link = |path: &Path| {
        fs::rename(path, path.with_extension("moved")).unwrap();
        symlink("file.moved", path).unwrap();
    };
    let to_folder = |path: &Path| {
        fs::remove_file(path).unwrap();
        fs::create_dir(path).unwrap();
    };
    let parent_to_link = |path: &Path| {
        let parent = path.parent().unwrap();
        fs::rename(parent, parent.with_extension("moved")).unwrap();
        symlink("a.moved", parent).unwrap();
    };
    let changes: [Change; 7] = [
        (&grow, "size from 5 to 6 octets"),
        (&truncate, "size from 5 to 2 octets"),
        (&replace, "replaced by another file"),
        (&rewrite_in_secret, "status-change time from"),
        (&to_folder, "no regular file"),
        (&to_link, ""),
        (&parent_to_link, ""),
    ];
    for (change, words) in changes {
        let (_folder, file, received) = received();
        wait_for_the_next_tick();
        change(&file);
        let error = received.source.open(&received.accession.items[0]).err().unwrap().to_string();
        assert!(error.contains(words), "{words}: {error}");
    }
}

#[test]
fn a_change_while_reading_is_noticed_at_the_end() {
    let changes: [Change; 3] = [
        (&grow, "size from 5 to 6 octets"),
        (&truncate, "size from 5 to 2 octets"),
        (&rewrite_in_secret, "status-change time from"),
    ];
    for (change, words) in changes {
        let (_folder, file, received) = received();
        wait_for_the_next_tick();
        let mut document = received.source.open(&received.accession.items[0]).unwrap();
        let mut content = vec![0; 3];
        document.read_exact(&mut content).unwrap();
        change(&file);
        document.read_to_end(&mut content).unwrap();
        assert!(content.len() <= 5, "never more than was found");
        let error = document.settle().unwrap_err().to_string();
        assert!(error.contains(words), "{words}: {error}");
    }
}

#[test]
fn what_was_not_read_to_its_end_is_not_settled() {
    let (_folder, _, received) = received();
    let mut document = received.source.open(&received.accession.items[0]).unwrap();
    assert!(document.settle().unwrap_err().to_string().contains("only 0 of 5 octets"));
}

#[test]
fn a_file_that_is_a_source_by_itself_is_read_beside_a_folder() {
    let (folder, file, _) = received();
    let other = folder.path().join("alone");
    fs::write(&other, "alone").unwrap();
    let received = receive(&[other, folder.path().join("a"), file], &Options::default(), &()).unwrap();
    let read = |item| {
        let mut content = String::new();
        received.source.open(item).unwrap().read_to_string(&mut content).unwrap();
        content
    };
    assert_eq!(received.accession.items.iter().map(read).collect::<Vec<_>>(), ["12345", "alone", "12345"]);
}
