//! Descriptions on their way into a bundle.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use bagit::Verdict;
use export::bundle::{Form, Order, Receipt, bundle};
use export::examine::examine;
use fixity::{Algorithm, PayloadPath};
use provenance::description::{
    Dates, Describer, Description, Look, Mention, MentionKind, Remark, RemarkKind, Suggestion,
};
use provenance::{Accession, Attribution, Document, Format, Item, Source};
use std::fs;
use std::io::{self, Cursor, Read};
use std::path::Path;

/// Octets of the documents: small ones and large ones, some of them longer than is held.
const SIZES: [usize; 9] = [0, 1, 7000, 262_144, 262_145, 400_000, 2 << 20, (2 << 20) + 1, 5_000_000];

/// Documents in memory, by their number.
struct Shelf;

struct Lent(Cursor<Vec<u8>>);

impl Source for Shelf {
    fn open(&self, item: &Item) -> io::Result<Box<dyn Document + '_>> {
        let number = usize::try_from(item.handle).map_err(io::Error::other)?;
        Ok(Box::new(Lent(Cursor::new(vec![b'a'; SIZES[number]]))))
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

/// Suggests how much it saw for a title, remarks on every second document, and fails at the third.
struct Counting;

impl Describer for Counting {
    fn describe(&self, look: &Look<'_>) -> Description {
        let Look { name, path, beginning: octets, size_octets, .. } = *look;
        assert_eq!(path.strip_prefix("data/"), Some(name), "the path is not that in the package");
        assert!(name != "2", "a describer may fail");
        let title = format!("{} of {size_octets}", octets.len());
        let kind = if name == "4" { RemarkKind::Sensitive } else { RemarkKind::HollowCapture };
        let mention = |kind, start: u64| Mention {
            kind,
            text: format!("words of {name}"),
            role: String::new(),
            speaker: String::new(),
            normalised: "1988".into(),
            start,
            end: start + 1,
            signal: "a rule",
            confidence: 90,
        };
        // Every second document mentions a body, too, and before its date.
        let date = mention(MentionKind::Date, 0);
        let body = mention(MentionKind::Organisation, 0);
        let mentions = if size_octets % 2 == 0 { vec![date, body] } else { vec![date] };
        let is_remarked = name.bytes().all(|digit| digit % 2 == 0);
        Description {
            title: Some(Suggestion { value: title, signals: vec!["h1"] }),
            dates: Dates { created: Some("1988~".into()), ..Dates::default() },
            format_detail: format!("{} letters\tin a row", octets.len()),
            mentions,
            remarks: is_remarked.then(|| Remark { kind, detail: "a wall".into() }).into_iter().collect(),
            ..Description::default()
        }
    }

    fn wants(&self, _: &Format) -> usize {
        usize::MAX
    }
}

fn pack(target: &Path, form: Form, describer: Option<&dyn Describer>, threads: usize) -> Receipt {
    let items = SIZES.iter().enumerate().map(|(number, &size)| Item {
        path: PayloadPath::new(format!("data/{number}")).unwrap(),
        received_as: None,
        size_octets: size as u64,
        modified: None,
        handle: number as u64,
        given: Vec::new(),
    });
    let accession = Accession { items: items.collect(), ..Accession::default() };
    let by = Attribution {
        agent: None,
        role: String::new(),
        software: "fonds test".into(),
        at: "2026-01-05T09:00:00Z".parse().unwrap(),
    };
    let order = Order {
        accession: &accession,
        renamed_folders: &[],
        source: &Shelf,
        identifier: &(),
        describer,
        by: &by,
        target,
        form,
        algorithms: &[Algorithm::Sha256],
        organization: None,
        identifier_of_bag: None,
        seed: None,
        accept_damaged: false,
        reread: true,
        threads,
    };
    bundle(&order, &()).unwrap()
}

#[test]
fn every_document_is_described_by_its_beginning_whatever_the_threads() {
    let room = tempfile::tempdir().unwrap();
    let packed: Vec<_> = [1, 2, 12]
        .map(|threads| {
            let target = room.path().join(format!("{threads}/b.zip"));
            fs::create_dir(target.parent().unwrap()).unwrap();
            pack(&target, Form::Zip, Some(&Counting), threads);
            fs::read(target).unwrap()
        })
        .into();
    assert!(packed.iter().all(|one| *one == packed[0]), "threads made another bundle");

    let target = room.path().join("b");
    let tally = pack(&target, Form::Directory, Some(&Counting), 2).suggested.unwrap();
    let sheet = fs::read_to_string(target.join("metadata/manifest.csv")).unwrap();
    for (number, size) in SIZES.into_iter().enumerate().filter(|(number, _)| *number != 2) {
        let cell = format!(",{} of {size},", size.min(2 << 20));
        let row = sheet.lines().find(|line| line.contains(&format!(",data/{number},"))).unwrap();
        let detail = format!(",{} letters in a row,", size.min(2 << 20));
        assert!(row.contains(&detail), "{row}");
        assert!(row.contains(&cell) && row.contains(",title: h1,"), "{row}");
    }
    assert_eq!((tally.described, tally.titles, tally.dates, tally.creators), (8, 8, 8, 0));
    assert_eq!((tally.hollow, tally.given_up, tally.sensitive), (3, 1, vec![4]));
    assert_eq!(tally.sensitive_sorts, [("a wall".to_owned(), 1)].into());
}

#[test]
fn a_document_of_a_bundle_is_read_anywhere() {
    let room = tempfile::tempdir().unwrap();
    for (form, expected) in [(Form::Zip, Ok(7)), (Form::CompressedZip, Err(io::ErrorKind::Unsupported))] {
        let target = room.path().join(format!("{form:?}.zip"));
        pack(&target, form, None, 2);
        let container = bagit::container::open(&target).unwrap();
        let file = bagit::container::find(container.entries(), "data/8").unwrap();
        let mut octets = [b'-'; 20];
        let count = container.read_at(file, 4_999_993, &mut octets).map_err(|error| error.kind());
        assert_eq!(count, expected, "{form:?}");
        assert!(count.is_err() || octets == *b"aaaaaaa-------------");
    }
}

#[test]
fn what_was_suggested_and_what_was_remarked_is_recorded() {
    let room = tempfile::tempdir().unwrap();
    let target = room.path().join("b");
    pack(&target, Form::Directory, Some(&Counting), 2);
    let ledger = fs::read_to_string(target.join("metadata/events.csv")).unwrap();
    let rows: Vec<_> = ledger.lines().filter(|line| line.contains(",metadata extraction,")).collect();
    let expected = [
        "data/,,,success,\"suggested, to be confirmed by a person: a title of 8, a creator of 0, a date of 8, anything of 8 of 9 files; mentions of 0 persons, 4 organisations, 0 quotations, 7 dates, 0 places, 0 events, in 7 files\"",
        "data/0,,,warning,hollow capture: a wall,",
        "data/2,,,warning,extraction given up,",
        "data/4,,,warning,may identify a source: a wall,",
        "data/6,,,warning,hollow capture: a wall,",
        "data/8,,,warning,hollow capture: a wall,",
    ];
    assert_eq!(rows.len(), expected.len(), "{rows:#?}");
    assert!(rows.iter().zip(expected).all(|(row, part)| row.contains(part)), "{rows:#?}");
    let container = bagit::container::open(&target).unwrap();
    let report = examine(&*container, 1, &()).unwrap().report;
    assert_eq!((report.verdict(), report.findings.len()), (Verdict::Consistent, 0));
}

/// Describes the same, and nobody wants names.
struct Discreet;

impl Describer for Discreet {
    fn describe(&self, look: &Look<'_>) -> Description {
        Counting.describe(look)
    }

    fn mentions(&self) -> bool {
        false
    }
}

#[test]
fn what_is_mentioned_stands_in_the_order_of_paths_and_places() {
    let room = tempfile::tempdir().unwrap();
    let target = room.path().join("b");
    let tally = pack(&target, Form::Directory, Some(&Counting), 2).mentioned.unwrap();
    assert_eq!((tally.documents, tally.of(MentionKind::Date)), (7, 7));
    let sheet = fs::read_to_string(target.join("metadata/mentions.csv")).unwrap();
    let expected: String = SIZES
        .into_iter()
        .enumerate()
        // An empty one mentions nothing, whatever its describer says.
        .filter(|(number, _)| ![0, 2].contains(number))
        .map(|(number, size)| {
            let id = provenance::id::item_id(&format!("data/{number}"));
            let row = |kind: &str, end: u64| {
                format!("{},{kind},words of {number},,,1988,0,{end},a rule,0.90,suggested\r\n", id.as_str())
            };
            if size % 2 == 0 { row("date", 1) + &row("organisation", 1) } else { row("date", 1) }
        })
        .collect();
    let header = "\u{FEFF}item_id,kind,text,role,speaker,normalised,start,end,signal,confidence,status\r\n";
    assert_eq!(sheet, format!("{header}{expected}"));
    let listed = fs::read_to_string(target.join("tagmanifest-sha256.txt")).unwrap();
    assert!(listed.contains("  metadata/mentions.csv\n"));
    assert!(
        fs::read_to_string(target.join("metadata/FORMAT.txt")).unwrap().contains("metadata/mentions.csv")
    );
}

#[test]
fn nobody_wants_names_and_there_are_none() {
    let room = tempfile::tempdir().unwrap();
    let target = room.path().join("b");
    let receipt = pack(&target, Form::Directory, Some(&Discreet), 2);
    assert!(receipt.mentioned.is_none() && receipt.suggested.is_some());
    assert!(!target.join("metadata/mentions.csv").exists());
    for file in ["metadata/FORMAT.txt", "metadata/events.csv", "tagmanifest-sha256.txt"] {
        assert!(!fs::read_to_string(target.join(file)).unwrap().contains("mention"), "{file}");
    }
}

#[test]
fn nobody_asked_nothing_said() {
    let room = tempfile::tempdir().unwrap();
    let target = room.path().join("b");
    let receipt = pack(&target, Form::Directory, None, 2);
    assert!(receipt.suggested.is_none() && receipt.mentioned.is_none());
    assert!(!target.join("metadata/mentions.csv").exists());
    let ledger = fs::read_to_string(target.join("metadata/events.csv")).unwrap();
    assert!(!ledger.contains("metadata extraction"));
}
