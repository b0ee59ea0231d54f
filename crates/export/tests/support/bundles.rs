//! Small bundles, packed in this process from documents in memory.

use bagit::Report;
use chrono::{DateTime, Utc};
use export::bundle::{Form, Order, Receipt, bundle};
use export::examine::examine;
use fixity::{Algorithm, PayloadPath};
use provenance::{Accession, Attribution, Document, Item, Source};
use std::io::{self, Cursor, Read};
use std::path::Path;

/// The documents of every bundle here, sorted; the last part is when each was modified.
pub const DOCUMENTS: [(&str, &[u8], &str); 3] = [
    ("data/drafts/blank.txt", b"", "1979-11-30T23:00:01Z"),
    ("data/tide, hourly.csv", b"hour,cm\n1,88\n2,88\n3,88\n4,88\n5,88\n6,88\n", "2021-03-04T05:06:07Z"),
    ("data/یادداشت.txt", "آب تا پلهٔ سوم رسید.\n".as_bytes(), "2023-07-06T09:14:02.123456789Z"),
];

/// The folder that holds nothing.
pub const EMPTY_FOLDER: &str = "data/negatives";

/// Documents in memory: the handle of an item is its number.
struct Shelf;

struct Lent(Cursor<&'static [u8]>);

impl Source for Shelf {
    fn open(&self, item: &Item) -> io::Result<Box<dyn Document + '_>> {
        let number = usize::try_from(item.handle).map_err(io::Error::other)?;
        Ok(Box::new(Lent(Cursor::new(DOCUMENTS[number].1))))
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

/// A time from its text.
pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Packs [`DOCUMENTS`] and [`EMPTY_FOLDER`].
pub fn pack(target: &Path, form: Form) -> Receipt {
    let items = DOCUMENTS.iter().zip(0..).map(|(&(path, octets, modified), handle)| Item {
        path: PayloadPath::new(path).unwrap(),
        received_as: None,
        size_octets: octets.len() as u64,
        modified: Some(at(modified)),
        handle,
        given: Vec::new(),
    });
    let accession = Accession {
        items: items.collect(),
        empty_folders: vec![PayloadPath::new(EMPTY_FOLDER).unwrap()],
        left_out: Vec::new(),
        ..Accession::default()
    };
    let by = Attribution {
        agent: Some("Ellery Harbour Archive".into()),
        role: "implementer".into(),
        software: "fonds test".into(),
        at: at("2026-01-05T09:00:00Z"),
    };
    let order = Order {
        accession: &accession,
        renamed_folders: &[],
        source: &Shelf,
        identifier: &(),
        describer: None,
        by: &by,
        target,
        form,
        algorithms: &[Algorithm::Sha256, Algorithm::Sha512],
        organization: None,
        identifier_of_bag: None,
        seed: None,
        accept_damaged: false,
        reread: false,
        threads: 1,
    };
    bundle(&order, &()).unwrap()
}

/// What an examination of the bag at `path` comes to. That it cannot be answered fails the test:
/// whatever is wrong with a bag is a finding, and no error.
pub fn report_of(path: &Path) -> Report {
    let container = bagit::container::open(path).unwrap();
    examine(&*container, 1, &()).unwrap().report
}
