//! What is written comes back, and what is malformed is told.

use super::*;
use crate::ErrorKind;
use chrono::DateTime;
use proptest::prelude::*;

const SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn sheet(rows: &[Row<'_>]) -> Vec<u8> {
    let mut writer = SheetWriter::new(Vec::new()).unwrap();
    for row in rows {
        writer.row(row).unwrap();
    }
    writer.finish().unwrap()
}

/// Every row as text, one string per column, and every problem.
fn read(octets: &[u8]) -> (Vec<Vec<String>>, Vec<SheetProblem>) {
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    let mut reader = SheetReader::new(octets, &mut |problem| problems.push(problem)).unwrap();
    while let Some(row) = reader.next_row(&mut |problem| problems.push(problem)).unwrap() {
        rows.push(texts(&row));
    }
    (rows, problems)
}

fn texts(row: &Row<'_>) -> Vec<String> {
    let measured = [
        row.item_id.to_owned(),
        row.path.to_owned(),
        row.original_name.to_owned(),
        row.size_octets.map_or(String::new(), |size| size.to_string()),
        row.sha256.unwrap_or_default().to_owned(),
        row.sha512.unwrap_or_default().to_owned(),
        row.modified.map_or(String::new(), |at| at.to_rfc3339()),
        row.media_type.unwrap_or_default().to_owned(),
        row.puid.unwrap_or_default().to_owned(),
        row.format_basis.to_owned(),
    ];
    measured.into_iter().chain(row.description.values().map(str::to_owned)).collect()
}

fn faults(octets: &[u8]) -> Vec<(u64, SheetFault)> {
    read(octets).1.iter().map(|problem| (problem.row, problem.fault)).collect()
}

fn sound_row<'a>(id: &'a str, path: &'a str) -> Row<'a> {
    Row {
        item_id: id,
        path,
        original_name: "a",
        size_octets: Some(0),
        sha256: Some(SHA256),
        ..Row::default()
    }
}

#[test]
fn the_columns_are_those_of_the_design() {
    let count = |by| COLUMNS.iter().filter(|column| column.filled_by == by).count();
    assert_eq!((count(FilledBy::Fonds), count(FilledBy::Suggestion), count(FilledBy::Person)), (10, 13, 16));
    let filled_by = |columns: &[Column], by| columns.iter().all(|column| column.filled_by == by);
    assert!(filled_by(&COLUMNS[..MEASURED], FilledBy::Fonds));
    assert!(filled_by(&COLUMNS[MEASURED..MEASURED + SUGGESTED], FilledBy::Suggestion));
}

#[test]
fn the_form_is_fixed_to_the_octet() {
    let id = item_id("data/نامه, ۱.txt");
    let row = Row {
        original_name: "=1+1",
        modified: DateTime::from_timestamp(1_688_634_842, 0),
        media_type: Some("text/plain"),
        puid: Some("x-fmt/111"),
        format_basis: "no octet outside of text",
        ..sound_row(id.as_str(), "data/نامه, ۱.txt")
    };
    let stored = String::from_utf8(sheet(&[row])).unwrap();
    let header = COLUMNS.map(|column| column.name).join(",");
    assert_eq!(
        stored,
        format!(
            "\u{FEFF}{header}\r\n{id},\"data/نامه, ۱.txt\",'=1+1,0,{SHA256},,2023-07-06T09:14:02Z,text/plain,\
             x-fmt/111,no octet outside of text{}\r\n",
            ",".repeat(DESCRIBED)
        )
    );
    let (rows, problems) = read(stored.as_bytes());
    assert_eq!((rows, problems), (vec![texts(&row)], vec![]));
}

#[test]
fn what_cannot_be_written_leaves_no_trace() {
    let (a, b) = (item_id("data/a"), item_id("data/b"));
    let mut writer = SheetWriter::new(Vec::new()).unwrap();
    writer.row(&sound_row(a.as_str(), "data/a")).unwrap();
    let long = "x".repeat(600_000);
    let b = sound_row(b.as_str(), "data/b");
    for (row, kind) in [
        (sound_row(a.as_str(), "data/a"), ErrorKind::Order),
        (sound_row("", "data/A"), ErrorKind::Order),
        (Row { modified: Some(DateTime::<chrono::Utc>::MAX_UTC), ..b }, ErrorKind::Time),
        (Row { original_name: &long, ..b }, ErrorKind::TooLong),
    ] {
        assert_eq!(writer.row(&row).unwrap_err().kind(), kind);
    }
    writer.row(&Row { original_name: &"\"".repeat(500_000), ..b }).unwrap();
    let (rows, problems) = read(&writer.finish().unwrap());
    assert_eq!((rows.len(), problems), (2, vec![]));
}

/// A sound sheet of one row, with one text in place of another.
fn changed(from: &str, to: &str) -> Vec<(u64, SheetFault)> {
    let id = item_id("data/a");
    let row =
        Row { modified: DateTime::from_timestamp(1_688_634_842, 0), ..sound_row(id.as_str(), "data/a") };
    let stored = String::from_utf8(sheet(&[row])).unwrap();
    assert!(stored.contains(from), "{from}");
    faults(stored.replacen(from, to, 1).as_bytes())
}

#[test]
fn each_rule_has_a_fault_of_its_own() {
    use SheetFault as F;
    for (from, to, expected) in [
        ("\u{FEFF}", "", vec![(1, F::ByteOrderMark)]),
        ("\u{FEFF}", "\u{FEFF}\u{FEFF}", vec![(1, F::ExtraColumn), (1, F::MissingColumn), (2, F::ItemId)]),
        (",puid", ",pronom", vec![(1, F::ExtraColumn), (1, F::MissingColumn)]),
        (",title,creator", ",creator,title", vec![(1, F::ColumnOrder)]),
        (",notes\r", ",title\r", vec![(1, F::ExtraColumn), (1, F::MissingColumn)]),
        (",notes\r", ",notes,mine\r", vec![(1, F::ExtraColumn), (2, F::CellCount)]),
        ("data/a,a,", "data/a,", vec![(2, F::CellCount)]),
        ("data/a,a,", "data/a,=a,", vec![(2, F::Formula)]),
        ("data/a,a,", "data/a,'a,", vec![(2, F::Formula)]),
        ("data/a,", "data/b,", vec![(2, F::ItemId)]),
        ("data/a,", "data/../a,", vec![(2, F::Path), (2, F::ItemId)]),
        (",0,", ",+0,", vec![(2, F::Formula), (2, F::Size)]),
        (",0,", ",,", vec![(2, F::Size)]),
        (",e3b0", ",E3B0", vec![(2, F::Digest)]),
        (",e3b0", ",e3b", vec![(2, F::Digest)]),
        ("2023-07-06T", "2023-07-06 ", vec![(2, F::Time)]),
        ("\r\n", "\n", vec![]),
    ] {
        assert_eq!(changed(from, to), expected, "{from} became {to}");
    }
    let id = item_id("data/a");
    let twice = sheet(&[sound_row(id.as_str(), "data/a")]);
    let row = twice.split_inclusive(|b| *b == b'\n').nth(1).unwrap();
    assert_eq!(faults(&[&twice[..], row].concat()), [(3, SheetFault::Order)]);
    assert_eq!(
        faults(&[&twice[..], b"\xff\r\n", row].concat()),
        [(3, SheetFault::Text), (4, SheetFault::Order)]
    );
    assert_eq!(faults(b"").len(), 1 + COLUMNS.len());
}

#[test]
fn no_quote_makes_it_eat_memory() {
    let mut stored = sheet(&[]);
    stored.push(b'"');
    stored.resize(5_000_000, b'x');
    assert_eq!(faults(&stored), [(2, SheetFault::TooLong)]);
}

#[test]
fn columns_are_read_by_name() {
    let mut values = [""; DESCRIBED];
    values[0] = "-";
    let id = item_id("data/a");
    let stored = sheet(&[Row { description: Description::of(&values), ..sound_row(id.as_str(), "data/a") }]);
    let stored = String::from_utf8(stored).unwrap().replace("title,creator", "creator,title");
    let mut reader = SheetReader::new(stored.as_bytes(), &mut |_| ()).unwrap();
    let row = reader.next_row(&mut |_| ()).unwrap().unwrap();
    assert_eq!(row.description.get("creator"), Some("-"));
    assert_eq!(row.description.get("title"), Some(""));
    assert_eq!(row.description.get("path"), None);
}

const ANY_TEXT: &str = "[-=+@',\"\t\r\n＝]{0,3}(?s:.{0,9})";

proptest! {
    #[test]
    fn every_value_comes_back(
        paths in proptest::collection::btree_set("[-=+@',\"\t\r\n＝]{0,3}(?s:.{1,9})", 1..5),
        measured in proptest::array::uniform4(ANY_TEXT),
        described in proptest::collection::vec(ANY_TEXT, DESCRIBED),
        size in proptest::option::of(any::<u64>()),
        seconds in proptest::option::of(-62_167_219_200_i64..253_402_300_800),
    ) {
        let mut values = [""; DESCRIBED];
        for (value, text) in values.iter_mut().zip(&described) {
            *value = text;
        }
        let rows: Vec<_> = paths.iter().map(|path| Row {
            item_id: "item-0",
            path,
            original_name: &measured[0],
            size_octets: size,
            sha256: Some(SHA256),
            sha512: None,
            modified: seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0)),
            media_type: Some(&measured[1]),
            puid: Some(&measured[2]),
            format_basis: &measured[3],
            description: Description::of(&values),
        }).collect();
        let (found, problems) = read(&sheet(&rows));
        prop_assert_eq!(found, rows.iter().map(texts).collect::<Vec<_>>());
        let only_of_the_paths = |p: &SheetProblem| matches!(p.fault, SheetFault::Path | SheetFault::ItemId | SheetFault::Size);
        prop_assert!(problems.iter().all(only_of_the_paths), "{:?}", problems);
    }

    #[test]
    fn no_octets_make_it_panic(octets in proptest::collection::vec(any::<u8>(), 0..300)) {
        faults(&octets);
        faults(&[&sheet(&[])[..], &octets].concat());
    }
}
