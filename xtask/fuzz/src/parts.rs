//! Documents that hold others.

use ingest::{Names, Options, Received, receive};
use provenance::name::{is_harmless, spell};
use provenance::{Item, Source};
use std::fs;
use std::io::Read;
use tempfile::TempDir;

/// Names that promise each kind of container.
const NAMES: [&str; 4] = ["x.warc", "x.wacz", "x.eml", "x.mbox"];
/// Octets that the parts of a container may come to: see `ingest/parts/budget.rs`.
const UNFOLDED_FOR_EACH: u64 = 256;
const UNFOLDED_FOR_ANY: u64 = 64 << 20;

/// A container of documents: it is taken as it is whatever it holds, every part can be had and has the size
/// that was found, in any order, and nothing that is said of it would act on a terminal.
pub fn parts(octets: &[u8]) {
    for name in NAMES {
        let folder = tempfile::tempdir().expect("room for a folder");
        fs::write(folder.path().join(name), octets).expect("room for a file");
        holds_together(&folder, octets.len() as u64);
    }
}

fn received(folder: &TempDir) -> Received {
    // None of the names of parts may need to be another.
    let options = Options { parts: true, names: Names::default(), ..Options::default() };
    receive(&[folder.path().to_owned()], &options, &()).expect("whatever is wrong is told")
}

fn holds_together(folder: &TempDir, octets: u64) {
    let (first, second) = (received(folder), received(folder));
    let (items, arrivals) = (&first.accession.items, &first.accession.arrivals);
    let found = |items: &[Item]| items.iter().map(|item| format!("{item:?}")).collect::<Vec<_>>();
    assert_eq!(found(items), found(&second.accession.items), "found twice");
    assert_eq!(*arrivals, second.accession.arrivals, "told twice");
    assert_eq!(first.renamed, 0, "a part is called what it may not be");
    for arrival in arrivals {
        assert!(is_harmless(&spell(&arrival.object_path)), "{arrival:?}");
        assert!(is_harmless(&arrival.detail) && !arrival.detail.is_empty(), "{arrival:?}");
    }
    for given in items.iter().flat_map(|item| &item.given) {
        assert!(is_harmless(&given.value), "a terminal would act on {given:?}");
    }
    let all: u64 = items.iter().map(|item| item.size_octets).sum();
    assert!(all <= UNFOLDED_FOR_ANY + (UNFOLDED_FOR_EACH + 1) * octets, "{octets} octets came to {all}");
    let forward: Vec<_> = items.iter().map(|item| sum(&first, item)).collect();
    let mut backward: Vec<_> = items.iter().rev().map(|item| sum(&second, item)).collect();
    backward.reverse();
    assert_eq!(forward, backward, "in another order, other octets");
}

/// Sum of one document, which has the size that was found.
fn sum(received: &Received, item: &Item) -> u64 {
    let mut document = received.source.open(item).expect("what was found can be opened");
    let (mut room, mut size, mut sum) = ([0; 8 << 10], 0, 0_u64);
    loop {
        let count = document.read(&mut room).expect("what was measured can be read");
        if count == 0 {
            break;
        }
        size += count as u64;
        sum = room[..count]
            .iter()
            .fold(sum, |sum, &octet| (sum ^ u64::from(octet)).wrapping_mul(0x0100_0000_01B3));
    }
    assert_eq!(size, item.size_octets, "{}", item.path);
    document.settle().expect("nothing has changed");
    sum
}
