//! Workbooks that people send back, cell by cell.

use super::super::Table;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// An XLSX with one sheet that holds `inside`.
fn xlsx(inside: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let files = [
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="manifest" sheetId="1" r:id="a"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!(r#"<worksheet xmlns="{main}">{inside}</worksheet>"#)),
    ];
    for (name, text) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn header() -> String {
    format!(r#"<row r="1">{}{}</row>"#, cell("A1", "path"), cell("B1", "notes"))
}

fn read(rows: &str) -> Result<Table, String> {
    let sheet = format!("<sheetData>{}{rows}</sheetData>", header());
    Table::read("a.xlsx", &xlsx(&sheet)).map_err(|error| error.to_string())
}

#[test]
fn a_cell_far_off_takes_no_memory() {
    let table = read(&format!(r#"<row r="1048576">{}</row>"#, cell("B1048576", " "))).unwrap();
    assert_eq!((table.rows.len(), table.blank_rows), (0, 1_048_575));
    let corner = read(&format!(r#"<row r="1048576">{}</row>"#, cell("XFD1048576", "x"))).unwrap_err();
    assert!(corner.contains("row 1048576, column 16384"), "{corner}");
    let below = read(&format!(r#"<row r="2000000">{}</row>"#, cell("A2000000", "x"))).unwrap_err();
    assert!(below.contains("row 2000000"), "{below}");
    let back = format!(r#"<row r="3">{}</row><row r="2">{}</row>"#, cell("A3", "x"), cell("A2", "y"));
    assert!(read(&back).unwrap_err().contains("row 2 stands behind row 3"));
}

#[test]
fn a_row_is_as_wide_as_the_header() {
    let table = read(&format!(r#"<row r="3">{}</row>"#, cell("A3", "data/a"))).unwrap();
    assert_eq!(table.blank_rows, 1);
    assert_eq!((table.rows[0].number, table.rows[0].cells.get(1)), (3, Some("")));
    let table = read(&format!(r#"<row r="2">{}{}</row>"#, cell("A2", "data/a"), cell("C2", "x"))).unwrap();
    assert_eq!(table.nameless, [2]);
}

#[test]
fn a_formula_without_its_value_and_merged_cells_are_told() {
    let formula = r#"<c r="B2"><f>1+1</f></c>"#;
    let table = read(&format!(r#"<row r="2">{}{formula}</row>"#, cell("A2", "data/a"))).unwrap();
    assert_eq!((table.unknown[0].row, table.unknown[0].place), (2, 1));
    let computed = r#"<c r="B2"><f>1+1</f><v>2</v></c>"#;
    let table = read(&format!(r#"<row r="2">{}{computed}</row>"#, cell("A2", "data/a"))).unwrap();
    assert_eq!((table.unknown.len(), table.rows[0].cells.get(1)), (0, Some("2")));
    let merged = format!(
        r#"<sheetData>{}<row r="2">{}</row></sheetData><mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>"#,
        header(),
        cell("B2", "both")
    );
    let table = Table::read("a.xlsx", &xlsx(&merged)).unwrap();
    assert_eq!((table.unknown[0].row, table.unknown[0].place), (2, 1));
    assert!(table.unknown[0].found.contains("row 3"), "{:?}", table.unknown);
}

#[test]
fn another_zip_is_no_workbook() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("letter.txt", SimpleFileOptions::default()).unwrap();
    let octets = zip.finish().unwrap().into_inner();
    let error = Table::read("a.zip", &octets).unwrap_err().to_string();
    assert!(error.contains("neither XLSX nor ODS"), "{error}");
}
