//! Digests and values that come with the documents, in the bundle.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use chrono::{DateTime, Utc};
use export::ErrorKind;
use export::bundle::{Form, Order, Receipt, bundle};
use export::examine::examine;
use fixity::{Algorithm, Digest, PayloadPath, sum_of};
use provenance::{
    Accession, Arrival, Attribution, Document, EventType, Given, Item, Outcome, Source, Supplied,
};
use std::fs;
use std::io::{self, Cursor, Read};
use std::path::Path;

/// Documents of many sizes; the handle of an item is its number.
fn octets(number: usize) -> Vec<u8> {
    let size = [0, 11, 4096, 300_001, 20][number % 5];
    (0..size).map(|at| u8::try_from((at * 7 + number) % 251).unwrap()).collect()
}

struct Shelf;

struct Lent(Cursor<Vec<u8>>);

impl Source for Shelf {
    fn open(&self, item: &Item) -> io::Result<Box<dyn Document + '_>> {
        Ok(Box::new(Lent(Cursor::new(octets(usize::try_from(item.handle).map_err(io::Error::other)?)))))
    }
}

impl Read for Lent {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        self.0.read(room)
    }
}

impl Document for Lent {
    fn settle(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn accession(count: usize) -> Accession {
    let items = (0..count).map(|number| Item {
        path: PayloadPath::new(format!("data/{number:03}")).unwrap(),
        received_as: None,
        size_octets: octets(number).len() as u64,
        modified: None,
        handle: number as u64,
        given: Vec::new(),
    });
    Accession {
        items: items.collect(),
        lists: vec!["data/004".into(), "sums.md5".into()],
        ..Accession::default()
    }
}

fn sum(number: usize, algorithm: Algorithm) -> Digest {
    sum_of(&octets(number), &[algorithm]).digests[0]
}

fn pack(
    accession: &Accession,
    target: &Path,
    accept_damaged: bool,
    threads: usize,
) -> export::Result<Receipt> {
    let by = Attribution {
        agent: None,
        role: String::new(),
        software: "fonds test".into(),
        at: DateTime::<Utc>::UNIX_EPOCH,
    };
    let order = Order {
        accession,
        renamed_folders: &[],
        source: &Shelf,
        identifier: &(),
        describer: None,
        by: &by,
        target,
        form: Form::Directory,
        algorithms: &[Algorithm::Sha256, Algorithm::Sha512],
        organization: None,
        identifier_of_bag: None,
        seed: None,
        accept_damaged,
        reread: true,
        threads,
    };
    bundle(&order, &())
}

/// Rows of the ledger of one event type, without what stands before the path and behind the detail.
fn rows(bundle: &Path, label: &str) -> Vec<String> {
    let ledger = fs::read_to_string(bundle.join("metadata/events.csv")).unwrap();
    let rows = ledger.lines().filter(|row| row.split(',').nth(2) == Some(label));
    rows.map(|row| row.rsplit_once(',').unwrap().0.splitn(9, ',').nth(8).unwrap().to_owned()).collect()
}

#[test]
fn every_supplied_digest_is_compared_by_its_own_algorithm() {
    let place = tempfile::tempdir().unwrap();
    let target = place.path().join("sound");
    let mut accession = accession(23);
    for item in 0..23 {
        let algorithm = [Algorithm::Sha256, Algorithm::Md5, Algorithm::Sha384][item % 3];
        accession.supplied.push(Supplied {
            item,
            digest: sum(item, algorithm),
            list: usize::from(item > 15),
        });
    }
    for threads in [1, 3] {
        let receipt = pack(&accession, &target, false, threads).unwrap();
        assert_eq!((receipt.checked.digests, receipt.checked.agreed(), receipt.checked.lists()), (23, 23, 2));
        let expected =
            ["data/004,,,success,16 of 16 digests agree", "sums.md5,,,success,7 of 7 digests agree"];
        assert_eq!(rows(&target, "fixity check"), expected);
        assert!(!target.join("manifest-md5.txt").exists(), "a list makes no manifest");
        fs::remove_dir_all(&target).unwrap();
    }
}

#[test]
fn a_disagreement_keeps_the_bundle_from_appearing_unless_it_is_accepted() {
    let place = tempfile::tempdir().unwrap();
    let target = place.path().join("damaged");
    let mut accession = accession(5);
    let (wrong, right) = (sum(1, Algorithm::Sha1), sum(3, Algorithm::Sha1));
    for (item, digest, list) in [(3, wrong, 1), (3, right, 0), (2, wrong, 0)] {
        accession.supplied.push(Supplied { item, digest, list });
    }
    let error = pack(&accession, &target, false, 2).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Damaged);
    assert!(error.hint().unwrap().contains("--accept-damaged"));
    let checked = error.checked().unwrap().clone();
    let told: Vec<_> = checked.disagreements.iter().map(|one| (one.item, one.list, one.found)).collect();
    assert_eq!(told, [(2, 0, sum(2, Algorithm::Sha1)), (3, 1, right)]);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0, "nothing is left");

    let receipt = pack(&accession, &target, true, 2).unwrap();
    assert_eq!(receipt.checked, checked);
    let expected = [
        "data/004,,,fail,1 of 2 digests agree".to_owned(),
        "sums.md5,,,fail,0 of 1 digests agree".to_owned(),
        format!("data/002,sha1:{wrong},sha1:{},fail,not what data/004 says", sum(2, Algorithm::Sha1)),
        format!("data/003,sha1:{wrong},sha1:{right},fail,not what sums.md5 says"),
    ];
    assert_eq!(rows(&target, "fixity check"), expected);
    let container = bagit::container::open(&target).unwrap();
    assert_eq!(examine(&*container, 1, &()).unwrap().report.findings, []);
}

#[test]
fn what_is_known_stands_in_the_sheet_and_what_cannot_is_told() {
    let place = tempfile::tempdir().unwrap();
    let target = place.path().join("known");
    let mut accession = accession(3);
    let given = |column, value: &str, by| Given { column, value: value.to_owned(), by };
    accession.items[1].given = vec![
        given("source_url", "http://example.org/a", "WARC"),
        given("derived_from", "item-0123456789abcdef", "WARC"),
        given("notes", "=1+1", "list"),
    ];
    accession.items[2].given = vec![given("title", "two\nlines", "mail")];
    accession.arrivals.push(Arrival {
        event_type: EventType::Unpacking,
        object_path: "x.zip".into(),
        digest_before: Some(sum(1, Algorithm::Sha256)),
        outcome: Outcome::Success,
        detail: "ZIP".into(),
    });
    accession.lists.clear();
    pack(&accession, &target, false, 1).unwrap();
    let sheet = fs::read_to_string(target.join("metadata/manifest.csv")).unwrap();
    let row = sheet.lines().nth(2).unwrap();
    for cell in [
        ",http://example.org/a,",
        ",source_url: WARC; derived_from: WARC; notes: list,",
        ",item-0123456789abcdef,",
        ",'=1+1",
    ] {
        assert!(row.contains(cell), "{cell}: {row}");
    }
    assert_eq!(
        rows(&target, "metadata extraction"),
        ["data/002,,,warning,\"given, and not kept in the sheet: title\""]
    );
    assert_eq!(
        rows(&target, "unpacking"),
        [format!("x.zip,sha256:{},,success,ZIP", sum(1, Algorithm::Sha256))]
    );
}

/// An accession of eleven documents with one list of which nothing names the algorithm; each digest is
/// taken to be by the usual algorithm of its length, as a reader of lists does.
fn guessed(digest_of: impl Fn(usize) -> Digest) -> Accession {
    let mut accession = accession(11);
    accession.guessed = vec![1];
    for item in 0..11 {
        let digest = digest_of(item);
        let usual = if digest.octets().len() == 64 { Algorithm::Sha512 } else { Algorithm::Sha256 };
        let digest = Digest::from_octets(usual, digest.octets()).unwrap();
        accession.supplied.push(Supplied { item, digest, list: 1 });
    }
    accession
}

#[test]
fn a_list_that_names_no_algorithm_is_held_against_all_of_its_length_before_it_accuses() {
    use Algorithm::{Blake2b512, Blake3, Sha3_256, Sha256};
    let place = tempfile::tempdir().unwrap();
    let target = place.path().join("otherwise");
    for algorithm in [Blake2b512, Blake3, Sha3_256] {
        let accession = guessed(|item| sum(item, algorithm));
        let receipt = pack(&accession, &target, false, 2).unwrap();
        assert_eq!((receipt.checked.digests, receipt.checked.agreed()), (11, 11), "{algorithm}");
        let said = format!(
            "sums.md5,,,success,\"11 of 11 digests agree; by {algorithm}, which nothing names: by the usual algorithm none do\""
        );
        assert_eq!(rows(&target, "fixity check")[1], said);
        fs::remove_dir_all(&target).unwrap();
    }
    // Damage is damage by whatever it was summed, also where the smallest document is the damaged one.
    let accession = guessed(|item| sum(if item == 0 { 1 } else { item }, Blake3));
    let error = pack(&accession, &target, false, 2).unwrap_err();
    let found = &error.checked().unwrap().disagreements;
    assert_eq!(found.iter().map(|one| (one.item, one.found)).collect::<Vec<_>>(), [(0, sum(0, Blake3))]);
    // If one line agrees, the list is by the usual algorithm.
    let accession = guessed(|item| sum(item, if item == 3 { Sha256 } else { Blake3 }));
    let error = pack(&accession, &target, false, 2).unwrap_err();
    assert_eq!(error.checked().unwrap().disagreements.len(), 10);
    // Both lines of each document agree with it by the usual algorithm, or by none.
    let mut accession = guessed(|item| sum(item, Sha256));
    let more = guessed(|item| sum(item, Blake3)).supplied;
    accession.supplied.extend(more);
    let error = pack(&accession, &target, false, 2).unwrap_err();
    assert_eq!(error.checked().unwrap().agreed(), 11);
    // Of a list that names its algorithm nothing else is tried.
    let mut accession = guessed(|item| sum(item, Blake3));
    accession.guessed.clear();
    let error = pack(&accession, &target, false, 2).unwrap_err();
    assert_eq!(error.checked().unwrap().agreed(), 0);
}
