//! Tells answers, one bag after another, in whatever form was asked for; and remembers how they ended.

use crate::answer::{Answer, FindingRow};
use crate::render::sheet::FindingsSheet;
use crate::rendering::{Rendering, Tally};
use crate::{Context, Status};
use bagit::Severity;
use bagit::container::Container;
use export::examine::Examined;

/// Where answers go.
pub(crate) struct Telling<'a, 'c> {
    pub(crate) context: &'a mut Context<'c>,
    rendering: Box<dyn Rendering + 'a>,
    sheet: Option<FindingsSheet>,
    tally: Tally,
}

impl<'a, 'c> Telling<'a, 'c> {
    pub(crate) fn new(context: &'a mut Context<'c>, rendering: Box<dyn Rendering + 'a>) -> Self {
        Self { context, rendering, sheet: None, tally: Tally::default() }
    }

    /// Writes every finding into a sheet, too.
    pub(crate) fn with_sheet(self, sheet: Option<FindingsSheet>) -> Self {
        Self { sheet, ..self }
    }

    /// Tells of a bag that was examined in this process.
    pub(crate) fn examined(&mut self, answer: &Answer, container: &dyn Container, examined: &Examined) {
        self.begin(answer);
        for path in crate::answer::unprotected(container, examined) {
            self.unprotected(path);
        }
        for finding in &examined.report.findings {
            self.finding(&finding.into());
        }
        self.end(None);
    }

    /// Tells of a bag that was not examined.
    pub(crate) fn not_examined(&mut self, answer: &Answer) {
        self.begin(answer);
        let row = FindingRow {
            code: "".into(),
            severity: Severity::Error.word().into(),
            path: "".into(),
            clause: "".into(),
            message: answer.error.as_deref().unwrap_or_default().into(),
            hint: answer.hint.as_deref().unwrap_or_default().into(),
        };
        // It is no finding; but a sheet from which a bag were missing would be read as if it were sound.
        self.write_row(&row);
        self.end(None);
    }

    pub(crate) fn begin(&mut self, answer: &Answer) {
        self.tally.count(answer);
        if let Some(sheet) = &mut self.sheet {
            sheet.begin(answer);
        }
        self.rendering.begin(answer, self.context);
    }

    pub(crate) fn unprotected(&mut self, path: &str) {
        self.rendering.unprotected(path, self.context);
    }

    pub(crate) fn finding(&mut self, row: &FindingRow<'_>) {
        self.write_row(row);
        self.rendering.finding(row, self.context);
    }

    pub(crate) fn end(&mut self, broken_off: Option<&str>) {
        if broken_off.is_some() {
            self.tally.worsen(Status::Failed);
        }
        self.rendering.end(broken_off, self.context);
    }

    fn write_row(&mut self, row: &FindingRow<'_>) {
        let Some(sheet) = &mut self.sheet else { return };
        if let Err(error) = sheet.write(row) {
            self.lose_sheet(&error);
        }
    }

    /// Without the sheet the answers are still worth having; the status tells that it is not there.
    fn lose_sheet(&mut self, error: &bagit::Error) {
        self.sheet = None;
        let status = self.context.fail(error, error.hint());
        self.tally.worsen(status);
    }

    /// Tells what is to be told at the end; the status is that of the run.
    pub(crate) fn close(mut self) -> Status {
        // A sheet of a run that was stopped is not whole, and gets no name.
        if let Some(sheet) = self.sheet.take().filter(|_| !Context::is_interrupted())
            && let Err(error) = sheet.finish()
        {
            self.lose_sheet(&error);
        }
        self.rendering.close(&self.tally, self.context);
        self.tally.status()
    }
}
