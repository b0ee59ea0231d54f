//! Sheets that come back in many a shape, held against one that was stored.

use super::*;
use crate::sheet::{DESCRIBED, Description, SheetWriter, item_id};

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
