//! `fonds sheet`: the sheets of a bundle for a spreadsheet.

use crate::outside::expect_outside;
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::spelling::shown;
use crate::{Context, Format, Status};
use bagit::container::{Container, Opening};
use bagit::staging::Staged;
use clap::ValueEnum;
use export::columns::Sheet;
use export::vouched;
use export::workbook::{self, Kind, Language};
use serde::Serialize;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Arguments of `fonds sheet`.
#[derive(Debug, clap::Args)]
#[command(after_help = "A workbook has a tab for each sheet. What fonds measured is grey and locked, \
    without a password; all cells are text, so that no program makes another date or number of \
    them. Nothing is ever overwritten. A sheet that is not what its tag manifest says is not written.")]
pub struct Args {
    /// A bundle: a directory, a ZIP, a TAR or a compressed TAR
    #[arg(value_name = "BUNDLE")]
    bag: PathBuf,
    /// Where to write [default: the bundle's name with .csv, .xlsx or .ods, here]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// A workbook for Excel
    #[arg(long)]
    xlsx: bool,
    /// A workbook in OpenDocument, as LibreOffice writes it
    #[arg(long, conflicts_with = "xlsx")]
    ods: bool,
    /// Which sheet is written as CSV
    #[arg(long, value_name = "SHEET", default_value = "manifest", conflicts_with_all = ["xlsx", "ods"])]
    sheet: Name,
    /// Language of the notes on the headers of a workbook; with `fa` the sheets run from right to left
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    language: Tongue,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// A sheet by its name.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Name {
    /// One row for each document
    Manifest,
    /// What was done, when and by whom
    Events,
    /// What is reported to have been said, as a machine read it
    Mentions,
}

/// A language by its code.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Tongue {
    /// English
    En,
    /// Persian
    Fa,
}

/// What was written.
#[derive(Serialize)]
struct Written {
    version: u32,
    command: &'static str,
    output: String,
    sheets: Vec<Tab>,
    #[serde(skip_serializing_if = "Option::is_none")]
    right_to_left: Option<bool>,
}

#[derive(Serialize)]
struct Tab {
    sheet: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    octets: Option<u64>,
}

impl Args {
    pub(crate) fn run(self, context: &mut Context<'_>) -> Status {
        match self.write(context) {
            Ok(written) => {
                self.answer(&written, context);
                Status::Sound
            }
            Err(refusal) => refusal.tell(context, "sheet", self.format),
        }
    }

    fn write(&self, context: &Context<'_>) -> Result<Written, Refusal> {
        let progress = Progress::new(context);
        let opening = Opening { threads: context.threads, observer: &progress, sums: false };
        let container = bagit::container::open_with(&self.bag, &opening)
            .map_err(|error| Refusal::new(&error, error.hint()))?;
        let target = self.target();
        expect_outside(&target, [self.bag.as_path()], "writing a sheet")?;
        let (staged, file) = Staged::file(&target).map_err(|error| Refusal::new(&error, error.hint()))?;
        let (sheets, right_to_left) = self
            .fill(&*container, file, &target, &progress)
            .map_err(|error| Refusal::new(&error, error.hint()))?;
        staged.commit().map_err(|error| Refusal::new(&error, error.hint()))?;
        let output = shown(&target);
        Ok(Written { version: 1, command: "sheet", output, sheets, right_to_left })
    }

    fn fill(
        &self,
        container: &dyn Container,
        mut file: File,
        target: &Path,
        progress: &Progress,
    ) -> export::Result<(Vec<Tab>, Option<bool>)> {
        let kind = match (self.xlsx, self.ods) {
            (true, _) => Kind::Xlsx,
            (_, true) => Kind::Ods,
            _ => {
                let sheet = self.sheet.sheet();
                let octets = vouched::copy(container, &sheet.path(), &mut file)?;
                return Ok((vec![Tab { sheet: sheet.name(), rows: None, octets: Some(octets) }], None));
            }
        };
        let folder = target.parent().filter(|parent| !parent.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let language = match self.language {
            Tongue::En => Language::English,
            Tongue::Fa => Language::Persian,
        };
        let written = workbook::write(container, kind, language, file, folder, progress)?;
        let tab = |&(sheet, rows): &(Sheet, u64)| Tab { sheet: sheet.name(), rows: Some(rows), octets: None };
        Ok((written.rows.iter().map(tab).collect(), Some(written.right_to_left)))
    }

    /// Where to write; the default is named after the bundle and stands here.
    fn target(&self) -> PathBuf {
        if let Some(output) = &self.output {
            return output.clone();
        }
        let full = self.bag.canonicalize().unwrap_or_else(|_| self.bag.clone());
        let name = full.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let archive = [".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst"];
        let stem = archive.iter().find_map(|extension| name.strip_suffix(extension)).unwrap_or(&name);
        let extension = match (self.xlsx, self.ods, self.sheet) {
            (true, _, _) => ".xlsx",
            (_, true, _) => ".ods",
            (_, _, Name::Manifest) => ".csv",
            (_, _, Name::Events) => "-events.csv",
            (_, _, Name::Mentions) => "-mentions.csv",
        };
        PathBuf::from(format!("{stem}{extension}"))
    }

    fn answer(&self, written: &Written, context: &mut Context<'_>) {
        if self.format != Format::Text {
            context.say_json(written, self.format);
            return;
        }
        context.say(&written.output);
        for tab in &written.sheets {
            match (tab.rows, tab.octets) {
                (Some(rows), _) => context.say(format_args!("  {:<10} {rows} rows", tab.sheet)),
                (_, Some(octets)) => context.say(format_args!("  {:<10} {octets} octets", tab.sheet)),
                _ => {}
            }
        }
    }
}

impl Name {
    fn sheet(self) -> Sheet {
        match self {
            Self::Manifest => Sheet::Manifest,
            Self::Events => Sheet::Events,
            Self::Mentions => Sheet::Mentions,
        }
    }
}
