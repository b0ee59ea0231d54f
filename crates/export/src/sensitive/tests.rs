//! Every document is looked at, wherever it stands, and nothing is told that should not be.

use super::*;
use fixity::PayloadPath;
use provenance::description::{Description, Look, Remark, RemarkKind};
use provenance::{Accession, Document, Format, Item, Source};
use std::io::{self, Cursor, Read, Write};
use std::path::Path;

const SECRET: &str = "position in EXIF";

/// Remarks on what a document says, in lines of its own; reads its last octet if it is a large one.
struct Reader;

impl Describer for Reader {
    fn describe(&self, look: &Look<'_>) -> Description {
        let text = String::from_utf8_lossy(look.beginning);
        assert!(!text.starts_with("panic"), "a describer may fail");
        let mut description = Description::default();
        let mut remark =
            |kind, detail: &str| description.remarks.push(Remark { kind, detail: detail.into() });
        for line in text.lines().filter(|line| line.len() < 100) {
            match line.split_once(' ') {
                Some(("secret", detail)) => remark(RemarkKind::Sensitive, detail),
                Some(("broken", detail)) => remark(RemarkKind::GivenUp, detail),
                Some(("hollow", detail)) => remark(RemarkKind::HollowCapture, detail),
                _ => {}
            }
        }
        if !look.is_whole() && look.read(look.size_octets - 1, 1).is_ok_and(|last| *last == *b"!") {
            remark(RemarkKind::Sensitive, "end in the end");
        }
        description
    }

    fn looks_into(&self, format: &Format) -> bool {
        format.media_type == Some("text/plain")
    }

    fn wants(&self, _: &Format) -> usize {
        300_000
    }
}

/// Tells formats by the extension alone.
struct ByName;

impl Identifier for ByName {
    fn identify(&self, name: &str, _: &[u8], _: u64) -> Format {
        let media_type = match name.rsplit_once('.') {
            Some((_, "txt")) => Some("text/plain"),
            Some((_, "psd")) => Some("image/vnd.adobe.photoshop"),
            Some((_, "zip")) => Some("application/zip"),
            _ => None,
        };
        Format { media_type, ..Format::UNKNOWN }
    }
}

/// Documents by name; one that is called `gone` cannot be opened.
fn documents() -> Vec<(&'static str, Vec<u8>)> {
    let large = |end: u8| [&b"secret head\n"[..], &vec![b'.'; 700_000], &[end]].concat();
    vec![
        ("box.zip", b"PK".to_vec()),
        ("drawing.psd", b"8BPS".to_vec()),
        ("empty", Vec::new()),
        ("gone.txt", Vec::new()),
        ("large-1.txt", large(b'!')),
        ("large-2.txt", large(b'?')),
        ("note.txt", b"nothing\nhollow a wall\n".to_vec()),
        ("panic.txt", b"panic".to_vec()),
        ("photo.txt", format!("secret {SECRET}\nsecret serial number in EXIF\nsecret {SECRET}\n").into()),
        ("unknown.bin", b"secret position in XMP\nbroken too deep".to_vec()),
    ]
}

struct Lent(Cursor<Vec<u8>>);

impl Read for Lent {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        self.0.read(room)
    }
}

impl Document for Lent {
    fn settle(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn read_at(&self, offset: u64, room: &mut [u8]) -> io::Result<usize> {
        let mut cursor = Cursor::new(self.0.get_ref());
        cursor.set_position(offset);
        cursor.read(room)
    }
}

struct Drawer;

impl Source for Drawer {
    fn open(&self, item: &Item) -> io::Result<Box<dyn Document + '_>> {
        let (name, octets) = documents().swap_remove(usize::try_from(item.handle).map_err(io::Error::other)?);
        if name.starts_with("gone") {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Ok(Box::new(Lent(Cursor::new(octets))))
    }
}

fn accession() -> Accession {
    let items = documents().into_iter().enumerate().map(|(number, (name, octets))| Item {
        path: PayloadPath::new(format!("data/{name}")).unwrap(),
        received_as: None,
        size_octets: octets.len() as u64,
        modified: None,
        handle: number as u64,
        given: Vec::new(),
    });
    Accession { items: items.collect(), ..Accession::default() }
}

/// What was found, as text.
fn told(shelf: &dyn Shelf, threads: usize) -> Vec<String> {
    let survey = survey(shelf, &ByName, &Reader, threads, &()).unwrap();
    assert_eq!(survey.documents(), shelf.count() as u64);
    let found = survey.found().map(|(file, words)| format!("{}: {}", shelf.path(file), words.join("; ")));
    let unseen =
        survey.unseen().map(|(file, why, more)| format!("{}: {}: {more}", shelf.path(file), why.words()));
    let sorts = survey.sorts();
    found.chain(unseen).chain(sorts.iter().map(|(sort, count)| format!("{sort}: {count}"))).collect()
}

const EXPECTED: [&str; 14] = [
    "data/large-1.txt: end in the end; head",
    "data/large-2.txt: head",
    "data/photo.txt: position in EXIF; serial number in EXIF",
    "data/unknown.bin: position in XMP",
    "data/box.zip: holds other documents, which were not taken out: ",
    "data/drawing.psd: fonds cannot look into this format: image/vnd.adobe.photoshop",
    "data/gone.txt: could not be read: permission denied",
    "data/panic.txt: not read to its end: ",
    "data/unknown.bin: not read to its end: too deep",
    "data/unknown.bin: its format is not known: ",
    "end: 1",
    "head: 2",
    "position: 2",
    "serial number: 1",
];

#[test]
fn every_document_is_looked_at_whatever_the_threads() {
    let accession = accession();
    let shelf = OfAccession::new(&accession, &Drawer);
    for threads in [1, 2, 7] {
        assert_eq!(told(&shelf, threads), EXPECTED, "{threads}");
    }
}

/// Writes a bag that declares nothing but what it must, in a folder or a ZIP by either method.
fn bag(path: &Path, method: Option<zip::CompressionMethod>) {
    let mut files = vec![("bagit.txt".to_owned(), b"BagIt-Version: 1.0\n".to_vec())];
    files.extend(documents().into_iter().map(|(name, octets)| (format!("data/{name}"), octets)));
    files.retain(|(name, _)| name != "data/gone.txt");
    match method {
        None => {
            std::fs::create_dir_all(path.join("data")).unwrap();
            for (name, octets) in &files {
                std::fs::write(path.join(name), octets).unwrap();
            }
        }
        Some(method) => {
            let mut archive = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
            let options = zip::write::SimpleFileOptions::default().compression_method(method);
            for (name, octets) in &files {
                archive.start_file(format!("bag/{name}"), options).unwrap();
                archive.write_all(octets).unwrap();
            }
            archive.finish().unwrap();
        }
    }
}

#[test]
fn the_same_is_found_in_a_bag_of_any_form() {
    let room = tempfile::tempdir().unwrap();
    let expected: Vec<_> = EXPECTED.iter().filter(|line| !line.contains("gone")).collect();
    for (name, method) in [
        ("folder", None),
        ("stored.zip", Some(zip::CompressionMethod::Stored)),
        ("deflated.zip", Some(zip::CompressionMethod::Deflated)),
    ] {
        let path = room.path().join(name);
        bag(&path, method);
        let container = bagit::container::open(&path).unwrap();
        let shelf = OfContainer::payload(&*container);
        assert_eq!(
            told(&shelf, 2).iter().map(String::as_str).collect::<Vec<_>>(),
            expected.iter().map(|line| **line).collect::<Vec<_>>(),
            "{name}"
        );
        assert_eq!(OfContainer::all(&*container).count(), shelf.count() + 1);
    }
}

/// Stops at once, or after the first document.
struct Impatient(AtomicUsize);

impl Observer for Impatient {
    fn observe(&self, _: Step) -> ControlFlow<()> {
        match self.0.fetch_sub(1, Ordering::Relaxed) {
            0 | 1 => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }
}

#[test]
fn it_can_be_stopped() {
    let accession = accession();
    let shelf = OfAccession::new(&accession, &Drawer);
    for steps in [1, 2] {
        let stopped = survey(&shelf, &ByName, &Reader, 2, &Impatient(AtomicUsize::new(steps)));
        assert_eq!(stopped.err().map(|error| error.kind()), Some(ErrorKind::Cancelled), "{steps}");
    }
}

#[test]
fn many_wordings_take_no_more_room() {
    let mut survey = Survey::default();
    for number in 0..10_000 {
        let found = vec![format!("position in file {number}{}", "x".repeat(1000))];
        survey.take(number, Seen { found, unseen: Vec::new() });
    }
    let survey = survey.settled();
    assert_eq!(survey.sorts(), [("position", 10_000)].into());
    assert!(survey.found().all(|(_, words)| words[0].chars().count() <= 300));
}
