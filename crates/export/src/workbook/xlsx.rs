//! A workbook for Excel, by the crate `rust_xlsxwriter`, which keeps rows on disk.

use super::{Book, Language, Shown, cannot_write};
use crate::Result;
use crate::columns::Sheet;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, Note,
    ProtectionOptions, Workbook, Worksheet, XlsxError,
};
use std::fs::File;
use std::path::Path;

/// Grey, for what nobody shall change.
const GREY: u32 = 0x00E7_E6E6;
/// A darker grey, for headers.
const HEADER_GREY: u32 = 0x00BF_BFBF;
/// Widths of columns, in characters.
const NARROW: f64 = 14.0;
const WIDE: f64 = 32.0;

/// A workbook on its way.
pub(super) struct Xlsx {
    workbook: Workbook,
    language: Language,
    right_to_left: bool,
    header: Format,
    locked: Format,
    open: Format,
    /// What of the sheet that is being written must be known at its end.
    sheet: Columns,
}

#[derive(Default)]
struct Columns {
    index: usize,
    /// The next row.
    row: u32,
    locked: Vec<bool>,
    vocabularies: Vec<(u16, Vec<String>)>,
}

impl Xlsx {
    pub(super) fn new(folder: &Path, language: Language, right_to_left: bool) -> Result<Self> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder).map_err(cannot_write)?;
        // No clock: the same bundle gives the same octets.
        let epoch = ExcelDateTime::from_ymd(1980, 1, 1).map_err(cannot_write)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
        let text = Format::new().set_num_format("@").set_align(FormatAlign::Top);
        let header = text.clone().set_bold().set_background_color(HEADER_GREY).set_locked();
        let locked = text.clone().set_background_color(GREY).set_locked();
        let open = text.set_text_wrap().set_unlocked();
        let sheet = Columns::default();
        Ok(Self { workbook, language, right_to_left, header, locked, open, sheet })
    }

    pub(super) fn save(mut self, out: File) -> Result<()> {
        self.workbook.save_to_writer(out).map_err(cannot_write)
    }

    fn begin_sheet(&mut self, sheet: Sheet, columns: &[Shown<'_>]) -> std::result::Result<(), XlsxError> {
        let index = self.sheet.index;
        self.sheet = Columns { index, row: 1, ..Columns::default() };
        let page = self.workbook.add_worksheet_with_constant_memory()?;
        page.set_name(sheet.name())?;
        page.set_right_to_left(self.right_to_left);
        page.set_freeze_panes(1, 2)?;
        for (number, column) in (0..).zip(columns) {
            let format = if column.locked { &self.locked } else { &self.open };
            page.set_column_format(number, format)?;
            page.set_column_width(number, if column.locked { NARROW } else { WIDE })?;
            self.sheet.locked.push(column.locked);
            if let Some(meaning) = column.meaning {
                page.insert_note(0, number, &note(&self.language.note(meaning)))?;
                if !meaning.vocabulary.is_empty() && !column.locked {
                    self.sheet.vocabularies.push((number, meaning.vocabulary.clone()));
                }
            }
        }
        for (number, column) in (0..).zip(columns) {
            page.write_string_with_format(0, number, column.name, &self.header)?;
        }
        Ok(())
    }

    fn page(&mut self) -> std::result::Result<&mut Worksheet, XlsxError> {
        self.workbook.worksheet_from_index(self.sheet.index)
    }

    fn end_sheet(&mut self) -> std::result::Result<(), XlsxError> {
        let last_row = self.sheet.row.saturating_sub(1);
        let last_column = u16::try_from(self.sheet.locked.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let vocabularies = std::mem::take(&mut self.sheet.vocabularies);
        let page = self.page()?;
        page.autofilter(0, 0, last_row, last_column)?;
        for (column, words) in vocabularies.iter().filter(|_| last_row > 0) {
            // Another word is allowed, after a question.
            let choice = DataValidation::new()
                .allow_list_strings(words)?
                .set_error_style(DataValidationErrorStyle::Warning);
            page.add_data_validation(1, *column, last_row, *column, &choice)?;
        }
        page.protect_with_options(&ProtectionOptions {
            use_autofilter: true,
            sort: true,
            format_columns: true,
            format_rows: true,
            ..ProtectionOptions::default()
        });
        self.sheet.index += 1;
        Ok(())
    }
}

impl Book for Xlsx {
    fn begin(&mut self, sheet: Sheet, columns: &[Shown<'_>]) -> Result<()> {
        self.begin_sheet(sheet, columns).map_err(cannot_write)
    }

    fn row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<()> {
        let row = self.sheet.row;
        let (locked, open) = (self.locked.clone(), self.open.clone());
        let columns = std::mem::take(&mut self.sheet.locked);
        let page = self.page().map_err(cannot_write)?;
        for ((number, cell), &is_locked) in (0..).zip(cells).zip(&columns) {
            let format = if is_locked { &locked } else { &open };
            if !cell.is_empty() {
                page.write_string_with_format(row, number, cell, format).map_err(cannot_write)?;
            }
        }
        self.sheet.locked = columns;
        self.sheet.row += 1;
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        self.end_sheet().map_err(cannot_write)
    }
}

fn note(text: &str) -> Note {
    Note::new(text).add_author_prefix(false).set_width(260).set_height(110)
}
