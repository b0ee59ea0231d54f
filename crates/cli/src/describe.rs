//! `fonds describe`: descriptions that people filled in come back.

mod revision;

use crate::attribution::{by, parse_line, parse_time};
use crate::bundle::described::date::{Told, language_of, told};
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::render;
use crate::spelling::shown;
use crate::{Context, Format, Status, seed, whole_file};
use bagit::container::{Container, Opening};
use chrono::{DateTime, Utc};
use export::columns::Sheet;
use export::returned::{Application, DateReading, Plan, SheetFile, Table};
use export::revise::{Revised, sealer};
use export::{returned, vouched};
use provenance::{Sha256Hex, name::escape};
use std::io::Cursor;
use std::path::PathBuf;

/// Arguments of `fonds describe`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "SHEET is what `fonds sheet` wrote, filled in, in whatever a spreadsheet made of it: \
    CSV with commas, semicolons or tabs in any usual encoding, XLSX, XLS or ODS; columns in any order. \
    What a spreadsheet does by itself (dates in another notation, lost zeros, spaces) is no change.\n\n\
    Nothing is written without --apply, and with it only if all of the sheet can be taken. The bundle \
    itself is never changed: a new one is written beside it, with the same documents, and each change \
    recorded in metadata/events.csv."
)]
pub struct Args {
    /// A bundle: a directory or a ZIP; to plan only, also a TAR or a compressed TAR
    #[arg(value_name = "BUNDLE")]
    bag: PathBuf,
    /// The sheet that came back
    #[arg(value_name = "SHEET")]
    sheet: PathBuf,
    /// Write a new bundle with what would change
    #[arg(long)]
    apply: bool,
    /// Where to write it [default: beside BUNDLE, NAME-r2.zip and so on]
    #[arg(short, long, value_name = "OUT", requires = "apply")]
    output: Option<PathBuf>,
    /// The time that stands for now, as 2026-11-22 or 2026-11-22T10:00:00Z
    /// [default: `SOURCE_DATE_EPOCH`, else the clock]
    #[arg(long, value_name = "TIME", value_parser = parse_time, requires = "apply")]
    at: Option<DateTime<Utc>>,
    /// A file with 64 digits 0-9 and a-f: the secret of the new seal, never used for another bundle
    /// [default: drawn by the system; derived from the documents where the time is given]
    #[arg(long, value_name = "FILE", requires = "apply")]
    seed: Option<PathBuf>,
    /// Who answers for the changes; stays blank if not given
    #[arg(long, value_name = "NAME", env = "FONDS_AGENT", value_parser = parse_line)]
    agent: Option<String>,
    /// Worker threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = crate::parse_number)]
    threads: Option<usize>,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// A sheet, and what it would change.
struct Planned {
    container: Box<dyn Container>,
    /// `manifest.csv` of the bundle.
    stored: Vec<u8>,
    table: Table,
    /// SHA-256 of the sheet that came back.
    sha256: Sha256Hex,
    plan: Plan,
}

impl Args {
    pub(crate) fn run(self, context: &mut Context<'_>) -> Status {
        self.describe(context).unwrap_or_else(|refusal| refusal.tell(context, "describe", self.format))
    }

    fn describe(&self, context: &mut Context<'_>) -> Result<Status, Refusal> {
        let planned = self.plan(context)?;
        let Planned { table, plan, .. } = &planned;
        let is_applied = self.apply && plan.problems.is_empty() && !plan.changes.is_empty();
        if self.format == Format::Text {
            render::text::planned(&self.sheet, table, plan, is_applied, context);
        }
        let revised = if is_applied { Some(self.apply(&planned, context)?) } else { None };
        match (&revised, self.format) {
            (Some(revised), Format::Text) => render::text::revised(revised, context),
            (None, Format::Text) => {}
            _ => context.say_json(&render::json::planned(table, plan, revised.as_ref()), self.format),
        }
        Ok(if plan.problems.is_empty() { Status::Sound } else { Status::Unsound })
    }

    fn plan(&self, context: &Context<'_>) -> Result<Planned, Refusal> {
        let octets = whole_file::read(&self.sheet, returned::LONGEST_FILE).map_err(|error| {
            Refusal::new(&format_args!("cannot read `{}`: {error}", shown(&self.sheet)), None)
        })?;
        let refused = |error: export::Error| Refusal::new(&error, error.hint());
        let sha256 = Sha256Hex::of(&octets);
        let table = Table::read(&shown(&self.sheet), &octets).map_err(refused)?;
        // All that is needed of it stands in the table: a large sheet is not kept twice.
        drop(octets);
        let progress = Progress::new(context);
        let opening = Opening { threads: self.threads(context), observer: &progress, sums: false };
        let container = bagit::container::open_with(&self.bag, &opening)
            .map_err(|error| Refusal::new(&error, error.hint()))?;
        let mut stored = Vec::new();
        vouched::copy(&*container, &Sheet::Manifest.path(), &mut stored).map_err(refused)?;
        let language = language_of(table.columns.iter().map(String::as_str));
        let read_date = |text: &str| reading(text, language);
        let plan = Plan::make(Cursor::new(&stored), &table, &read_date).map_err(refused)?;
        Ok(Planned { container, stored, table, sha256, plan })
    }

    fn apply(&self, planned: &Planned, context: &Context<'_>) -> Result<Revised, Refusal> {
        let by = by(self.agent.as_deref(), self.at, context)?;
        let refused = |error: export::Error| Refusal::new(&error, error.hint());
        let seed = seed::of(self.seed.as_deref(), self.at.is_some(), context)?;
        let sealer = sealer(&*planned.container, seed.as_ref()).map_err(refused)?;
        let target = revision::target(&self.bag, self.output.as_deref())?;
        let sheet = SheetFile {
            name: escape(self.sheet.file_name().unwrap_or_default().as_encoded_bytes()),
            sha256: planned.sha256,
            dialect: planned.table.dialect.clone(),
        };
        let application = Application {
            source: &self.bag,
            container: &*planned.container,
            stored: &planned.stored,
            plan: &planned.plan,
            sheet: &sheet,
            target: &target,
            by: &by,
            sealer: Some(sealer),
            threads: self.threads(context),
        };
        let progress = Progress::new(context);
        returned::apply(application, &progress).map_err(refused)
    }

    fn threads(&self, context: &Context<'_>) -> usize {
        self.threads.unwrap_or(context.threads)
    }
}

/// What a person's date says: EDTF as it stands, else any date of one reading, as in a list in the
/// language of this header.
fn reading(text: &str, language: Option<&str>) -> DateReading {
    match told(text, language) {
        Told::One(date, _) => DateReading::Settled(date),
        Told::Timed(day, _) => DateReading::Timed(day),
        Told::Several(readings) => DateReading::Unsettled(readings),
        Told::Unreadable => DateReading::Unreadable,
    }
}
