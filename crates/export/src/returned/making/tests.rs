//! Sheets that come back in many a shape, held against one that was stored.

use super::super::plan::DateReading;
use super::super::rewrite::rewrite;
use super::super::tolerance::Tolerance;
use super::*;
use crate::sheet::{COLUMNS, DESCRIBED, Description, MEASURED, SheetWriter, item_id};
use proptest::prelude::*;

/// Three documents; the second is described.
fn stored() -> Vec<u8> {
    let mut writer = SheetWriter::new(Vec::new()).unwrap();
    for path in ["data/a.txt", "data/b.txt", "data/ج.txt"] {
        let mut described = [""; DESCRIBED];
        let mut put = |name: &str, value: &'static str| {
            let at = COLUMNS.iter().position(|column| column.name == name).unwrap();
            described[at - MEASURED] = value;
        };
        if path == "data/b.txt" {
            put("title", "=SUM of all fears");
            put("date_published", "1988-07-05");
            put("notes", "007");
            put("sensitivity", "restricted");
        }
        let id = item_id(path);
        writer
            .row(&Row {
                item_id: id.as_str(),
                path,
                size_octets: Some(12_345_678_901),
                description: Description::of(&described),
                ..Row::default()
            })
            .unwrap();
    }
    writer.finish().unwrap()
}

fn read_date(text: &str) -> DateReading {
    match text {
        "05/07/2023" => DateReading::Unsettled(vec!["2023-07-05".into(), "2023-05-07".into()]),
        "07/05/1988" => DateReading::Unsettled(vec!["1988-05-07".into(), "1988-07-05".into()]),
        "6 July 1988" => DateReading::Settled("1988-07-06".into()),
        "5/7/1988 10:30" => DateReading::Timed("1988-07-05".into()),
        "soon" => DateReading::Unreadable,
        text => DateReading::Settled(text.to_owned()),
    }
}

fn plan(sheet: &str) -> Plan {
    let table = Table::read("back.csv", sheet.as_bytes()).unwrap();
    Plan::make(&stored()[..], &table, &read_date).unwrap()
}

#[test]
fn what_was_stored_plans_nothing() {
    let table = Table::read("manifest.csv", &stored()).unwrap();
    let plan = Plan::make(&stored()[..], &table, &read_date).unwrap();
    assert_eq!(plan, Plan { items: 3, ..Plan::default() });
}

#[test]
fn what_stands_nowhere_was_lost_or_garbled_is_refused() {
    let kinds = |sheet: &str| plan(sheet).problems.iter().map(|problem| problem.kind).collect::<Vec<_>>();
    assert_eq!(kinds("path,,title\ndata/a.txt,jotted,x\n"), [ProblemKind::NoColumn]);
    assert_eq!(kinds("path,title\ndata/a.txt,x,y\n"), [ProblemKind::NoColumn]);
    assert_eq!(kinds("path,title,,\ndata/a.txt,x,,\n"), []);
    let cut = plan("path,title,notes\ndata/b.txt,New\n");
    assert_eq!((cut.changes.len(), cut.problems[0].kind), (1, ProblemKind::BrokenOff));
    assert_eq!(cut.problems[0].column, "notes");
    let blank = plan("path,title,notes\ndata/a.txt,New\n");
    assert_eq!((blank.changes.len(), blank.problems), (1, vec![]), "there was nothing to lose");

    let mut persian = [""; DESCRIBED];
    persian[0] = "باد و باران";
    let mut writer = SheetWriter::new(Vec::new()).unwrap();
    let row = Row { path: "data/a.txt", description: Description::of(&persian), ..Row::default() };
    writer.row(&row).unwrap();
    let old = writer.finish().unwrap();
    for (title, is_garbled) in [
        ("??? ? ?????", true),
        ("?????? ?? ??????????", true),
        ("Ø¨Ø§Ø¯ Ùˆ Ø¨Ø§Ø±Ø§Ù†", true),
        ("باد", false),
        ("?", false),
        ("", false),
    ] {
        let table = Table::read("a.csv", format!("path,title\ndata/a.txt,{title}\n").as_bytes()).unwrap();
        let plan = planned(&old, &table);
        let garbled = plan.problems.iter().filter(|problem| problem.kind == ProblemKind::Garbled).count();
        assert_eq!((garbled == 1, plan.changes.len() == 1), (is_garbled, !is_garbled), "{title}");
    }
}

#[test]
fn what_a_spreadsheet_did_by_itself_is_no_change() {
    let plan = plan(
        "path;size_bytes;title;date_published;notes;sensitivity\n\
         data/b.txt;1.23457E+10;'=SUM of all fears ;07/05/1988;7;Restricted\n",
    );
    assert_eq!(plan.changes, []);
    assert_eq!(plan.problems, []);
    let why: Vec<_> = plan.tolerated.iter().map(|(why, count)| (*why, *count)).collect();
    let expected = [
        (Tolerance::Apostrophe, 1),
        (Tolerance::LeadingZeros, 1),
        (Tolerance::Number, 1),
        (Tolerance::Date, 1),
        (Tolerance::Case, 1),
    ];
    assert_eq!(why, expected);
    assert_eq!(plan.missing, ["data/a.txt", "data/ج.txt"]);
}

#[test]
fn every_changed_cell_is_planned() {
    let plan = plan("عنوان,path,date_published,graphic\nشهر,data/ج.txt,6 July 1988,YES\n,b.txt,,\n");
    let changes: Vec<_> =
        plan.changes.iter().map(|c| (&*c.path, c.column, &*c.old, &*c.new, c.line)).collect();
    let expected = [
        ("data/b.txt", "title", "=SUM of all fears", "", 3),
        ("data/b.txt", "date_published", "1988-07-05", "", 3),
        ("data/ج.txt", "title", "", "شهر", 2),
        ("data/ج.txt", "date_published", "", "1988-07-06", 2),
        ("data/ج.txt", "graphic", "", "yes", 2),
    ];
    assert_eq!(changes, expected);
}

#[test]
fn what_cannot_be_taken_is_told_with_its_row() {
    let id = item_id("data/a.txt");
    let plan = plan(&format!(
        "item_id,path,title,date_created,acquired_on,sensitivity,notes,shelf\n\
         {id},data/a.txt,x,05/07/2023,soon,secret,#REF!,9\n\
         {id},data/a.txt,y,,,,,\n\
         item-0000000000000000,data/z.txt,,,,,,\n\
         ,data/b.txt,a\u{202E}b,,,,,\n"
    ));
    let problems: Vec<_> = plan.problems.iter().map(|p| (p.line, &*p.column, p.kind)).collect();
    let expected = [
        (2, "acquired_on", ProblemKind::NoDate),
        (2, "date_created", ProblemKind::AmbiguousDate),
        (2, "notes", ProblemKind::SpreadsheetError),
        (2, "sensitivity", ProblemKind::NotInList),
        (3, "", ProblemKind::Twice),
        (4, "", ProblemKind::NoSuchItem),
        (5, "title", ProblemKind::UnsafeCharacter),
    ];
    assert_eq!(problems, expected);
    assert!(plan.problems[1].message.contains("2023-07-05 or 2023-05-07"));
    assert_eq!(plan.unknown_columns, ["shelf"]);
    // Row 5 blanked what a person had written there: that is a change, and told as one.
    let blanked: Vec<_> = plan.changes.iter().filter(|c| c.line == 5).map(|c| c.column).collect();
    assert_eq!(blanked, ["sensitivity", "notes"]);
}

#[test]
fn a_time_that_no_date_can_hold_is_refused() {
    for path in ["data/a.txt", "data/b.txt"] {
        let plan = plan(&format!("path,date_published\n{path},5/7/1988 10:30\n"));
        assert_eq!(plan.changes, []);
        assert_eq!(plan.problems.iter().map(|p| p.kind).collect::<Vec<_>>(), [ProblemKind::NoDate], "{path}");
        assert!(
            plan.problems[0].message.contains("write it as 1988-07-05, and its time into date_as_written")
        );
    }
}

#[test]
fn facts_are_refused() {
    let id = item_id("data/b.txt");
    let plan = plan(&format!("item_id,path,size_bytes,date_basis\n{id},data/c.txt,5,mine\n"));
    assert_eq!(plan.changes, []);
    let columns: Vec<_> = plan.problems.iter().map(|p| (&*p.column, p.kind)).collect();
    assert_eq!(
        columns,
        [("date_basis", ProblemKind::Fact), ("path", ProblemKind::Fact), ("size_bytes", ProblemKind::Fact)]
    );
}

#[test]
fn a_sheet_that_names_no_document_is_refused() {
    let table = Table::read("a.csv", b"title\nx\n").unwrap();
    let error = Plan::make(&stored()[..], &table, &read_date).unwrap_err();
    assert!(error.to_string().contains("`item_id` or `path`"));
}

/// What [`stored`] gives, with a date that was read out of the third document.
fn dated() -> Vec<u8> {
    let text = String::from_utf8(stored()).unwrap();
    let (before, last) = text.trim_end().rsplit_once("\r\n").unwrap();
    let mut cells: Vec<&str> = last.split(',').collect();
    for (name, value) in [
        ("date_published", "2023-07-05"),
        ("date_as_written", "14 Tir; 1402"),
        ("date_calendar", "persian"),
        ("date_basis", "json-ld and url agree"),
        ("description_basis", "title: h1; creator: byline"),
    ] {
        cells[COLUMNS.iter().position(|column| column.name == name).unwrap()] = value;
    }
    format!("{before}\r\n{}\r\n", cells.join(",")).into_bytes()
}

fn planned(stored: &[u8], table: &Table) -> Plan {
    Plan::make(stored, table, &read_date).unwrap()
}

fn applied(stored: &[u8], table: &Table) -> Vec<u8> {
    let mut out = Vec::new();
    rewrite(stored, &planned(stored, table).changes, &mut out).unwrap();
    out
}

#[test]
fn a_persons_date_takes_out_how_the_documents_own_is_written() {
    let sheet = String::from_utf8(dated()).unwrap().replace("2023-07-05", "2023-07");
    let table = Table::read("back.csv", sheet.as_bytes()).unwrap();
    let plan = planned(&dated(), &table);
    let changes: Vec<_> = plan.changes.iter().map(|c| (c.column, &*c.new, c.is_withdrawn)).collect();
    let expected =
        [("date_published", "2023-07", false), ("date_as_written", "", true), ("date_calendar", "", true)];
    assert_eq!(changes, expected);
    let new = applied(&dated(), &table);
    assert_eq!(planned(&new, &table).changes, [], "the sheet still has what was taken out");
    let fresh = Table::read("fresh.csv", &new).unwrap();
    assert_eq!(planned(&new, &fresh), Plan { items: 3, ..Plan::default() });

    // Whoever knows of the new date, and writes there what stood there before, means it.
    let text = String::from_utf8(new.clone()).unwrap().replace(",2023-07,,,", ",2023-07,,14 Tir; 1402,");
    let table = Table::read("fresh.csv", text.as_bytes()).unwrap();
    let changes = planned(&new, &table).changes;
    assert_eq!(
        changes.iter().map(|c| (c.column, &*c.new)).collect::<Vec<_>>(),
        [("date_as_written", "14 Tir; 1402")]
    );

    // A date that is taken away leaves what the document says.
    let sheet = String::from_utf8(dated()).unwrap().replace("2023-07-05", "");
    let table = Table::read("back.csv", sheet.as_bytes()).unwrap();
    assert_eq!(planned(&dated(), &table).changes.len(), 1);
}

#[test]
fn a_column_that_an_older_bundle_lacks_is_refused_and_a_value_has_a_bound() {
    let table = Table::read("back.csv", b"path,capture,notes\ndata/a.txt,all of it,x\n").unwrap();
    let old = String::from_utf8(stored()).unwrap().replace(",capture", ",");
    let plan = planned(old.as_bytes(), &table);
    assert_eq!(plan.problems.iter().map(|p| p.kind).collect::<Vec<_>>(), [ProblemKind::NoSuchColumn]);
    let sheet = format!("path,title,notes\ndata/a.txt,{},{}\n", "x".repeat(1001), "x".repeat(10_000));
    let plan = planned(&stored(), &Table::read("back.csv", sheet.as_bytes()).unwrap());
    assert_eq!(plan.problems.iter().map(|p| p.kind).collect::<Vec<_>>(), [ProblemKind::TooLong]);
    assert_eq!(plan.changes.len(), 1);
}

#[test]
fn an_apostrophe_before_a_letter_belongs_to_the_word() {
    let plan = plan("path,title,notes,creator,place\ndata/a.txt,'tis,'0123,'=1,''tis\n");
    let new: Vec<_> = plan.changes.iter().map(|c| &*c.new).collect();
    assert_eq!(new, ["'tis", "=1", "'tis", "0123"]);
}

/// A cell as somebody might leave it.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[ '=+a\",;:0-9\n\r\tش…-]{0,8}",
        proptest::sample::select(&[
            "05/07/2023",
            "07/05/1988",
            "6 July 1988",
            "1988-07-05",
            "2023-07-05 ",
            "14 Tir; 1402",
            "persian",
            "json-ld and url agree",
            "title: h1; creator: byline",
            "Restricted",
            "PUBLIC",
            "yes",
            "=SUM of all fears",
            "7",
            "007",
            "soon",
            "#REF!",
        ])
        .prop_map(str::to_owned),
    ]
}

const EDITED: [&str; 12] = [
    "path",
    "title",
    "creator",
    "date_published",
    "date_created",
    "date_as_written",
    "date_calendar",
    "date_basis",
    "description_basis",
    "sensitivity",
    "graphic",
    "notes",
];

proptest! {
    #[test]
    fn a_sheet_that_was_applied_plans_nothing(
        rows in proptest::collection::vec(proptest::collection::vec(cell(), EDITED.len()), 3),
        columns in proptest::sample::subsequence((1..EDITED.len()).collect::<Vec<_>>(), 1..EDITED.len()),
    ) {
        let names = ["data/a.txt", "data/b.txt", "data/ج.txt"];
        let lines = rows.iter().zip(names).zip(2..).map(|((row, path), number)| Line {
            number,
            cells: [path.to_owned()].into_iter().chain(columns.iter().map(|&at| row[at].clone())).collect(),
        });
        let mut table = Table {
            columns: [0].iter().chain(&columns).map(|&at| EDITED[at].to_owned()).collect(),
            rows: lines.collect(),
            ..Table::default()
        };
        let old = dated();
        // Only a sheet that can be taken is ever applied.
        for problem in planned(&old, &table).problems {
            let place = table.column(&problem.column).unwrap();
            table.rows.iter_mut().filter(|row| row.number == problem.line).for_each(|row| {
                row.cells = row.cells.iter().enumerate().map(|(at, cell)| if at == place { "" } else { cell }).collect();
            });
        }
        prop_assert_eq!(planned(&old, &table).problems, vec![]);
        let new = applied(&old, &table);
        prop_assert_eq!(planned(&new, &table).changes, vec![]);
        // What was written is a sheet without a fault, and by itself changes nothing.
        let mut sheet = SheetReader::new(&new[..], &mut |problem| panic!("{problem}")).unwrap();
        while sheet.next_row(&mut |problem| panic!("{problem}")).unwrap().is_some() {}
        let fresh = Table::read("fresh.csv", &new).unwrap();
        let again = planned(&new, &fresh);
        prop_assert_eq!((again.changes, again.problems), (vec![], vec![]));
    }
}
