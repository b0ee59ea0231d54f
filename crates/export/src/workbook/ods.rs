//! A workbook in OpenDocument 1.3 (ISO/IEC 26300): XML in a ZIP, written row by row.

mod text;

use super::{Book, Language, Shown, cannot_write};
use crate::Result;
use crate::columns::{Meaning, Sheet};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use text::{attribute, paragraphs};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"#;

/// What stands before the first table: `{mode}` is the direction of the sheets.
const HEAD: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" office:version="1.3">
<office:automatic-styles>
<style:style style:name="narrow" style:family="table-column"><style:table-column-properties style:column-width="3cm"/></style:style>
<style:style style:name="wide" style:family="table-column"><style:table-column-properties style:column-width="6.5cm"/></style:style>
<style:style style:name="page" style:family="table"><style:table-properties table:display="true" style:writing-mode="{mode}"/></style:style>
<number:text-style style:name="text"><number:text-content/></number:text-style>
<style:style style:name="header" style:family="table-cell" style:data-style-name="text"><style:table-cell-properties style:cell-protect="protected" fo:background-color="#bfbfbf"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="locked" style:family="table-cell" style:data-style-name="text"><style:table-cell-properties style:cell-protect="protected" fo:background-color="#e7e6e6"/></style:style>
<style:style style:name="open" style:family="table-cell" style:data-style-name="text"><style:table-cell-properties style:cell-protect="none" fo:wrap-option="wrap"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
"##;

/// What a reader may do in a locked sheet.
const PROTECTION: &str = r#"<loext:table-protection loext:select-protected-cells="true" loext:select-unprotected-cells="true" loext:use-autofilter="true"/>"#;

/// A workbook on its way.
pub(super) struct Ods {
    zip: ZipWriter<BufWriter<File>>,
    language: Language,
    columns: Vec<Column>,
    sheet: Sheet,
    /// Rows of the sheet that is being written, its header among them.
    rows: u64,
    /// Each sheet with its columns and rows.
    tables: Vec<(Sheet, usize, u64)>,
}

struct Column {
    locked: bool,
    /// Its list of words, if there is one to choose from.
    choice: Option<String>,
}

impl Ods {
    pub(super) fn new(out: File, language: Language, right_to_left: bool) -> Result<Self> {
        let mut zip = ZipWriter::new(BufWriter::with_capacity(128 << 10, out));
        let begin = |zip: &mut ZipWriter<_>| -> io::Result<()> {
            // OpenDocument 1.3 part 2 §3.3: the first entry, stored, so that it can be told by its octets.
            zip.start_file("mimetype", options(zip::CompressionMethod::Stored))?;
            zip.write_all(MEDIA_TYPE.as_bytes())?;
            zip.start_file("META-INF/manifest.xml", options(zip::CompressionMethod::Deflated))?;
            zip.write_all(MANIFEST.as_bytes())?;
            zip.start_file("content.xml", options(zip::CompressionMethod::Deflated))?;
            zip.write_all(HEAD.replace("{mode}", if right_to_left { "rl-tb" } else { "lr-tb" }).as_bytes())?;
            zip.write_all(choices().as_bytes())
        };
        begin(&mut zip).map_err(cannot_write)?;
        Ok(Self { zip, language, columns: Vec::new(), sheet: Sheet::Manifest, rows: 0, tables: Vec::new() })
    }

    pub(super) fn save(mut self) -> Result<()> {
        let mut end = || -> io::Result<()> {
            self.zip.write_all(ranges(&self.tables).as_bytes())?;
            self.zip.write_all(b"</office:spreadsheet></office:body></office:document-content>\n")?;
            self.zip.start_file("settings.xml", options(zip::CompressionMethod::Deflated))?;
            self.zip.write_all(settings(&self.tables).as_bytes())
        };
        end().map_err(cannot_write)?;
        let mut out = self.zip.finish().map_err(cannot_write)?;
        out.flush().map_err(cannot_write)
    }

    fn begin_table(&mut self, columns: &[Shown<'_>]) -> io::Result<()> {
        let name = self.sheet.name();
        write!(
            self.zip,
            r#"<table:table table:name="{name}" table:style-name="page" table:protected="true">{PROTECTION}"#
        )?;
        for column in columns {
            let (width, style) = if column.locked { ("narrow", "locked") } else { ("wide", "open") };
            write!(
                self.zip,
                r#"<table:table-column table:style-name="{width}" table:default-cell-style-name="{style}"/>"#
            )?;
        }
        self.zip.write_all(b"<table:table-header-rows><table:table-row>")?;
        for column in columns {
            let note = column.meaning.map_or_else(String::new, |meaning| {
                format!("<office:annotation>{}</office:annotation>", paragraphs(&self.language.note(meaning)))
            });
            let name = paragraphs(column.name);
            write!(
                self.zip,
                r#"<table:table-cell table:style-name="header" office:value-type="string">{note}{name}</table:table-cell>"#
            )?;
        }
        self.zip.write_all(b"</table:table-row></table:table-header-rows>\n")
    }

    fn write_row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> io::Result<()> {
        self.zip.write_all(b"<table:table-row>")?;
        for (column, cell) in self.columns.iter().zip(cells) {
            let style = if column.locked { "locked" } else { "open" };
            write!(self.zip, r#"<table:table-cell table:style-name="{style}""#)?;
            if let Some(choice) = &column.choice {
                write!(self.zip, r#" table:content-validation-name="{choice}""#)?;
            }
            if cell.is_empty() {
                self.zip.write_all(b"/>")?;
            } else {
                write!(self.zip, r#" office:value-type="string">{}</table:table-cell>"#, paragraphs(cell))?;
            }
        }
        self.zip.write_all(b"</table:table-row>\n")
    }
}

impl Book for Ods {
    fn begin(&mut self, sheet: Sheet, columns: &[Shown<'_>]) -> Result<()> {
        (self.sheet, self.rows) = (sheet, 1);
        self.columns = columns
            .iter()
            .map(|column| Column {
                locked: column.locked,
                choice: column.meaning.filter(|_| !column.locked).and_then(|meaning| choice(sheet, meaning)),
            })
            .collect();
        self.begin_table(columns).map_err(cannot_write)
    }

    fn row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<()> {
        self.rows += 1;
        self.write_row(cells).map_err(cannot_write)
    }

    fn end(&mut self) -> Result<()> {
        self.tables.push((self.sheet, self.columns.len(), self.rows));
        self.zip.write_all(b"</table:table>\n").map_err(cannot_write)
    }
}

/// No clock: entries have the earliest time there is.
fn options(method: zip::CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(method).last_modified_time(zip::DateTime::default())
}

/// Name of the list of words of a column.
fn choice(sheet: Sheet, meaning: &Meaning) -> Option<String> {
    (!meaning.vocabulary.is_empty()).then(|| format!("{}-{}", sheet.name(), meaning.name))
}

/// Every list of words. Another word is allowed, after a question.
fn choices() -> String {
    let mut text = String::from("<table:content-validations>");
    for sheet in Sheet::ALL {
        for meaning in sheet.columns() {
            let Some(name) = choice(sheet, meaning) else { continue };
            let words: Vec<String> = meaning.vocabulary.iter().map(|word| format!("\"{word}\"")).collect();
            let condition = format!("of:cell-content-is-in-list({})", words.join(";"));
            let (condition, sheet) = (attribute(&condition), sheet.name());
            let _ = write!(
                text,
                r#"<table:content-validation table:name="{name}" table:condition="{condition}" table:allow-empty-cell="true" table:display-list="unsorted" table:base-cell-address="{sheet}.A2"><table:error-message table:message-type="warning" table:display="true"/></table:content-validation>"#
            );
        }
    }
    text.push_str("</table:content-validations>\n");
    text
}

/// Filters over every table.
fn ranges(tables: &[(Sheet, usize, u64)]) -> String {
    let mut text = String::from("<table:database-ranges>");
    for (sheet, columns, rows) in tables {
        let (name, last) = (sheet.name(), letters(*columns));
        let _ = write!(
            text,
            r#"<table:database-range table:name="{name}" table:target-range-address="{name}.A1:{name}.{last}{rows}" table:display-filter-buttons="true"/>"#
        );
    }
    text.push_str("</table:database-ranges>\n");
    text
}

/// The letters of a column, counted from 1: 1 is A, 27 is AA.
fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        column /= 26;
    }
    letters.iter().rev().collect()
}

/// Header and first two columns stay where they are.
fn settings(tables: &[(Sheet, usize, u64)]) -> String {
    let item = |name: &str, kind: &str, value: &str| {
        format!(
            r#"<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>"#
        )
    };
    let frozen = [
        item("HorizontalSplitMode", "short", "2"),
        item("VerticalSplitMode", "short", "2"),
        item("HorizontalSplitPosition", "int", "2"),
        item("VerticalSplitPosition", "int", "1"),
        item("PositionRight", "int", "2"),
        item("PositionBottom", "int", "1"),
    ]
    .concat();
    let mut pages = String::new();
    for (sheet, _, _) in tables {
        let name = sheet.name();
        let _ = write!(
            pages,
            r#"<config:config-item-map-entry config:name="{name}">{frozen}</config:config-item-map-entry>"#
        );
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-settings xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" xmlns:ooo="http://openoffice.org/2004/office" office:version="1.3"><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry><config:config-item-map-named config:name="Tables">{pages}</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>
"#
    )
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn columns_have_letters() {
        assert_eq!([1, 26, 27, 39, 702, 703].map(letters), ["A", "Z", "AA", "AM", "ZZ", "AAA"]);
    }
}
