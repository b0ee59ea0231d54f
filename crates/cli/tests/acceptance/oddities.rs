//! What is no document is left out by name, never followed, never waited for.

use crate::bundles::AT;
use crate::place::Place;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::process::Command;

/// A document, and beside it whatever else a folder can hold; answers the names and reasons.
fn odd_source(place: &Place) -> Vec<(&'static str, &'static str)> {
    place.file("source/document.txt", "a document");
    place.file("outside/secret.txt", "not to be packed");
    symlink("document.txt", place.at("source/link")).unwrap();
    symlink(place.at("outside"), place.at("source/link to a folder")).unwrap();
    symlink("nowhere", place.at("source/link to nothing")).unwrap();
    symlink(".", place.at("source/link to itself")).unwrap();
    UnixListener::bind(place.at("source/socket")).unwrap();
    make("mkfifo", place, &["source/pipe"]);
    let link = "symbolic link, never followed";
    let mut odd = vec![
        ("link", link),
        ("link to a folder", link),
        ("link to nothing", link),
        ("link to itself", link),
        ("socket", "socket, no document"),
        ("pipe", "named pipe (FIFO), no document"),
    ];
    if make("mknod", place, &["source/device", "c", "1", "5"]) {
        odd.push(("device", "device, no document"));
    }
    odd
}

fn make(tool: &str, place: &Place, arguments: &[&str]) -> bool {
    let made = Command::new(tool).args(arguments).current_dir(place.root()).output();
    let made = made.is_ok_and(|output| output.status.success());
    if !made {
        println!("passed over: `{tool}` is not allowed here");
    }
    made
}

#[test]
fn links_pipes_sockets_and_devices_are_left_out_by_name_and_never_waited_for() {
    let place = Place::new();
    let odd = odd_source(&place);
    let packed = place.run(&format!("bundle source {AT} -o bag")).within(20).go();
    packed.ends(0).says("packed     1 file, 10 B");
    packed.remarks(&format!("left out, and recorded in metadata/events.csv: {}", odd.len()));
    let events = place.text("bag/metadata/events.csv");
    for (name, reason) in &odd {
        packed.remarks(&format!("  {name}: {reason}"));
        let row =
            events.lines().find(|line| line.contains(",appraisal,") && line.contains(&format!(",{name},")));
        assert!(row.is_some_and(|row| row.contains(reason)), "{name} is not left out in\n{events}");
    }
    assert_eq!(place.names(), ["bag", "outside", "source"]);
    assert_eq!(std::fs::read_dir(place.at("bag/data")).unwrap().count(), 1);
    place.fonds("verify bag").ends(0);
}

#[test]
fn machines_are_told_what_was_left_out_too() {
    let place = Place::new();
    let mut odd = odd_source(&place);
    let answer = place.run("bundle source --format json -o bag").within(20).go().json();
    let listed = answer["left_out"].as_array().unwrap().iter();
    let listed: Vec<_> =
        listed.map(|row| (row["name"].as_str().unwrap(), row["reason"].as_str().unwrap())).collect();
    odd.sort_unstable();
    assert_eq!(listed, odd);
}

#[test]
fn a_source_that_is_a_link_or_a_pipe_is_refused_and_never_waited_for() {
    let place = Place::new();
    odd_source(&place);
    for name in ["link", "link to a folder", "link to a folder/", "link to nothing", "socket", "pipe"] {
        let source = format!("source/{name}");
        let refused = place.run("bundle -o bundle.zip").with(&source).within(20).go();
        refused.ends(2).says_nothing().remarks(&format!("`{source}`"));
        assert_eq!(place.names(), ["outside", "source"]);
    }
}

#[test]
fn litter_is_left_out_and_listed_and_hidden_files_are_kept() {
    let place = Place::new();
    let litter = [".DS_Store", "sub/Thumbs.db", "sub/DESKTOP.INI", "__MACOSX/a", "$RECYCLE.BIN/b"];
    for name in litter {
        place.file(format!("source/{name}"), "litter");
    }
    place.file("source/sub/._a.txt", [0, 5, 0x16, 7, 0, 2, 0, 0]);
    for kept in ["sub/a.txt", ".hidden", ".git/config", "._alone"] {
        place.file(format!("source/{kept}"), "kept");
    }
    let packed = place.fonds("bundle source -o bag");
    packed.ends(0).says("packed     4 files");
    for name in [".DS_Store", "sub/Thumbs.db", "sub/DESKTOP.INI", "__MACOSX", "$RECYCLE.BIN", "sub/._a.txt"] {
        packed.remarks(&format!("  {name}: made by an operating system for itself"));
    }
    for kept in ["sub/a.txt", ".hidden", ".git/config", "._alone"] {
        assert_eq!(place.text(format!("bag/data/{kept}")), "kept");
    }
    place.fonds("bundle source --keep-litter -o all").ends(0).says("packed     10 files").remarks_nothing();
    place.fonds("verify bag all").ends(0);
}

#[test]
fn a_folder_that_held_only_what_was_left_out_is_kept_as_empty() {
    let place = Place::new();
    place.file("source/sub/.DS_Store", "litter");
    place.fonds("bundle source -o bag").ends(0).says("1 empty folders, kept");
    assert!(place.at("bag/data/sub").is_dir());
}
