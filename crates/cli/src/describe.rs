//! `fonds describe`: descriptions that people filled in come back.

use crate::answer::shown;
use crate::context::Refusal;
use crate::progress::Progress;
use crate::render;
use crate::{Context, Format, Status};
use bagit::container::{Container, Opening};
use export::columns::Sheet;
use export::returned::{DateReading, Plan, Table};
use export::{returned, vouched};
use ingest::dates::{Hints, read_date};
use std::io::Cursor;
use std::path::PathBuf;

/// Arguments of `fonds describe`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "SHEET is what `fonds sheet` wrote, filled in, in whatever a spreadsheet made of it: \
    CSV with commas, semicolons or tabs in any usual encoding, XLSX, XLS or ODS; columns in any order. \
    What a spreadsheet does by itself (dates in another notation, lost zeros, spaces) is no change."
)]
pub struct Args {
    /// A bundle: a directory, a ZIP, a TAR or a compressed TAR
    #[arg(value_name = "BUNDLE")]
    bag: PathBuf,
    /// The sheet that came back
    #[arg(value_name = "SHEET")]
    sheet: PathBuf,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

impl Args {
    pub(crate) fn run(self, context: &mut Context<'_>) -> Status {
        match self.plan(context) {
            Ok((table, plan)) => {
                match self.format {
                    Format::Text => render::text::planned(&self.sheet, &table, &plan, context),
                    _ => context.say_json(&render::json::planned(&table, &plan), self.format),
                }
                if plan.problems.is_empty() { Status::Sound } else { Status::Unsound }
            }
            Err(refusal) => refusal.tell(context, "describe", self.format),
        }
    }

    fn plan(&self, context: &Context<'_>) -> Result<(Table, Plan), Refusal> {
        let unreadable = |error: &std::io::Error| {
            Refusal::new(&format_args!("cannot read `{}`: {error}", shown(&self.sheet)), None)
        };
        let octets = std::fs::read(&self.sheet).map_err(|error| unreadable(&error))?;
        let refused = |error: export::Error| Refusal::new(&error, error.hint());
        let table = Table::read(&shown(&self.sheet), &octets).map_err(refused)?;
        let progress = Progress::new(context);
        let opening = Opening { threads: context.threads, observer: &progress, sums: false };
        let container = bagit::container::open_with(&self.bag, &opening)
            .map_err(|error| Refusal::new(&error, error.hint()))?;
        let stored = stored(&*container).map_err(refused)?;
        let plan = Plan::make(Cursor::new(stored), &table, &reading).map_err(refused)?;
        Ok((table, plan))
    }
}

/// `manifest.csv` as the tag manifest vouches for it.
fn stored(container: &dyn Container) -> export::Result<Vec<u8>> {
    let mut octets = Vec::new();
    vouched::copy(container, &Sheet::Manifest.path(), &mut octets)?;
    Ok(octets)
}

/// What a person's date says: EDTF as it stands, else any date of one reading.
fn reading(text: &str) -> returned::DateReading {
    if edtf_core::is_valid(text) {
        return DateReading::Settled(text.to_owned());
    }
    match read_date(text, &Hints::default()) {
        Some(reading) => match reading.edtf {
            Some(date) => DateReading::Settled(date),
            None if reading.alternatives.is_empty() => DateReading::Unreadable,
            None => DateReading::Unsettled(reading.alternatives),
        },
        None => DateReading::Unreadable,
    }
}
