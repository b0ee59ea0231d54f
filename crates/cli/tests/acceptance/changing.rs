//! A source that changes while it is read fails the run by name.

use crate::place::Place;
use crate::trees;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::thread;
use std::time::Duration;

/// Long enough to read that a change cannot miss it, and short to make: a hole.
const LARGE: u64 = 300 << 20;

fn with_large_file() -> Place {
    let place = Place::new();
    let path = place.file("source/large.bin", "begins");
    File::options().write(true).open(path).unwrap().set_len(LARGE).unwrap();
    place
}

/// Packs while a file is changed again and again; the run must fail and name it.
fn fails_while(place: &Place, options: &str, changed: &str, change: impl Fn(&Path) + Sync) {
    let mut underway = place.run(&format!("bundle source {options}")).begin();
    let path = place.at("source").join(changed);
    thread::scope(|scope| {
        let changing = scope.spawn(|| {
            while underway.is_running() {
                change(&path);
                thread::sleep(Duration::from_millis(2));
            }
        });
        changing.join().unwrap();
    });
    let failed = underway.end();
    failed
        .ends(2)
        .says_nothing()
        .remarks(&format!("cannot take `data/{changed}` into custody: changed since it was found"));
    failed.remarks("hint: see that nobody changes the sources meanwhile");
    assert_eq!(place.names(), ["source"]);
}

fn append(path: &Path) {
    OpenOptions::new().append(true).open(path).unwrap().write_all(b"+").unwrap();
}

#[test]
fn a_file_that_grows_while_it_is_read_fails_the_run_by_name() {
    fails_while(&with_large_file(), "-o bundle.zip", "large.bin", append);
}

#[test]
fn a_file_that_changes_in_place_fails_the_run_by_name() {
    fails_while(&with_large_file(), "-o bag", "large.bin", |path| {
        OpenOptions::new().write(true).open(path).unwrap().write_all(b"begins").unwrap();
    });
}

#[test]
fn a_file_that_shrinks_while_it_is_read_fails_the_run_by_name() {
    fails_while(&with_large_file(), "-o bundle.zip", "large.bin", |path| {
        let file = OpenOptions::new().write(true).open(path).unwrap();
        file.set_len(file.metadata().unwrap().len() - 1).unwrap();
    });
}

#[test]
fn a_small_file_that_changes_before_its_turn_fails_the_run_by_name() {
    let place = Place::new();
    trees::many(&place, "source", 5000);
    place.file("source/zuletzt.txt", "small");
    fails_while(&place, "--threads 1 -o bundle.zip", "zuletzt.txt", append);
}
