//! More entries and more octets than a ZIP of 1989 could hold.

use crate::oracle::Oracle;
use crate::place::Place;
use crate::trees;
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};

#[test]
fn more_files_than_65535_fit_into_a_bundle() {
    const FILES: usize = 70_000;
    let place = Place::new();
    trees::many(&place, "source", FILES);
    place.bundle("source", "b.zip").says("packed     70000 files");
    place.fonds("verify b.zip").ends(0);
    let Some(python) = Oracle::python(include_str!("oracles/zip_opens.py")) else { return };
    python.agrees(place.root(), &["b.zip", "70000", "b/data/139/069999.txt", "11"]);
}

#[test]
fn a_file_of_more_than_four_gibibytes_fits_into_a_bundle() {
    if std::env::var_os("FONDS_BIG_TESTS").is_none() {
        println!(
            "passed over: a file over 4 GiB takes a minute and 5 GB of disk; FONDS_BIG_TESTS=1 asks for it"
        );
        return;
    }
    let size: u64 = (4 << 30) + 11;
    let place = Place::new();
    let mut file = File::create(place.folder("source").join("a hole")).unwrap();
    file.seek(SeekFrom::Start(size - 3)).unwrap();
    file.write_all(b"end").unwrap();
    // Lies behind the large one, so that its offset needs 64 bits as well.
    place.file("source/behind.txt", "behind");
    place.bundle("source", "b.zip").says("packed     2 files");
    place.fonds("verify b.zip").ends(0);
    if let Some(python) = Oracle::python(include_str!("oracles/zip_opens.py")) {
        python.agrees(place.root(), &["b.zip", "2", "b/data/a hole", &size.to_string()]);
        python.agrees(place.root(), &["b.zip", "2", "b/data/behind.txt", "6"]);
    }
    place.fonds("extract b.zip bag").ends(0);
    place.shell("cmp 'source/a hole' 'bag/data/a hole'").go().ends(0);
}
