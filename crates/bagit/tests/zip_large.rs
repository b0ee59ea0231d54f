//! Sizes and offsets that need the 64-bit forms of ZIP.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "what is passed over is said")]

use bagit::container::{self, Layout};
use bagit::package::Package;
use bagit::zip::{Listing, Member, ZipPackage};
use fixity::{Sum, SumTable, sum_of};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use zip::ZipArchive;

/// One octet more than 32 bits can tell; one less is the mark that the 64-bit field tells it.
const LARGE: u64 = 1 << 32;
const BEHIND: &[u8] = b"behind the large ones\n";

/// Files of zeros about the limit, and a small one behind them.
struct Large;

const MEMBERS: [(&str, Option<u64>); 5] = [
    ("data", None),
    ("data/a", Some(LARGE - 2)),
    ("data/b", Some(LARGE - 1)),
    ("data/c", Some(LARGE)),
    ("data/d", Some(BEHIND.len() as u64)),
];

impl Listing for Large {
    fn count(&self) -> usize {
        MEMBERS.len()
    }

    fn member(&self, index: usize) -> Member<'_> {
        let (path, size_octets) = MEMBERS[index];
        Member { path, size_octets, modified: None }
    }
}

/// Writes the ZIP without writing the zeros: nothing was ever written where they lie.
fn write(file: &File, path: &Path) {
    let mut package = ZipPackage::new(file, path, "top", "2026-01-05T09:00:00Z".parse().unwrap());
    package.lay_out(&Large).unwrap();
    // Nobody reads the zeros, so that their CRC-32 need not be right.
    let zeros = |size_octets| Sum { size_octets, crc32: 0, digests: Vec::new() };
    let sums = [zeros(LARGE - 2), zeros(LARGE - 1), zeros(LARGE), sum_of(BEHIND, &[])];
    let mut table = SumTable::new(&[], sums.len());
    for (number, sum) in sums.iter().enumerate() {
        let mut slot = package.begin_file(&Large, number + 1).unwrap();
        if sum.size_octets == BEHIND.len() as u64 {
            package.put(&mut slot, BEHIND).unwrap();
        }
        package.end_file(&Large, number + 1, slot, sum).unwrap();
        table.set(number, sum);
    }
    package.close(&Large, &[1, 2, 3, 4], &table).unwrap();
}

#[test]
fn sizes_and_offsets_over_four_gibioctets_are_read_by_both_readers() {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
    if bagit::staging::expect_room(place, 4 * LARGE).is_err() {
        println!("passed over: no room for 16 GiB");
        return;
    }
    let zip = tempfile::NamedTempFile::new_in(place).unwrap();
    write(zip.as_file(), zip.path());
    let container = container::open(zip.path()).unwrap();
    assert_eq!((container.layout(), container.findings()), (Layout::Canonical, [].as_slice()));
    let sizes: Vec<u64> = container.entries().iter().map(|entry| entry.size_octets).collect();
    assert_eq!(sizes, [0, LARGE - 2, LARGE - 1, LARGE, BEHIND.len() as u64]);

    let mut archive = ZipArchive::new(File::open(zip.path()).unwrap()).unwrap();
    archive.validate_header_consistency().unwrap();
    assert!(!archive.has_overlapping_entries().unwrap());
    for (index, (path, size)) in MEMBERS.into_iter().enumerate() {
        let entry = archive.by_index_raw(index).unwrap();
        assert_eq!(
            entry.name_raw().strip_suffix(b"/").unwrap_or(entry.name_raw()),
            format!("top/{path}").as_bytes()
        );
        assert_eq!((entry.size(), entry.compressed_size()), (size.unwrap_or(0), size.unwrap_or(0)));
    }
    let mut content = Vec::new();
    archive.by_index(4).unwrap().read_to_end(&mut content).unwrap();
    assert_eq!(content, BEHIND);
}
