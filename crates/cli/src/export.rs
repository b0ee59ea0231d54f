//! `fonds export`: what leaves a bundle for another system.

use crate::outside::expect_outside;
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::spelling::shown;
use crate::{Context, Format, SOFTWARE, Status};
use ::export::packs::{self, Order, Pack, Written};
use bagit::container::Opening;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Arguments of `fonds export`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Nothing is ever overwritten, and the bundle is only read. What goes to a public \
    catalogue (atom, dublin-core) leaves out documents whose `sensitivity` is not public, and names where \
    it is not said to be; how much was left out is told.")]
pub struct Args {
    /// A bundle: a directory, a ZIP, a TAR or a compressed TAR
    #[arg(value_name = "BUNDLE")]
    bag: PathBuf,
    /// For what system
    #[arg(long = "for", value_name = "SYSTEM", value_parser = parse_pack)]
    pack: Pack,
    /// Where to write; for Archivematica a name that ends in .zip, or a directory that does not exist
    /// [default: the bundle's name with that of the system, here]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Worker threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = crate::parse_number)]
    threads: Option<usize>,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

fn parse_pack(name: &str) -> Result<Pack, String> {
    let known = || Pack::ALL.map(Pack::name).join(", ");
    Pack::ALL
        .into_iter()
        .find(|pack| pack.name() == name)
        .ok_or_else(|| format!("expected one of {}", known()))
}

/// The answer.
#[derive(Serialize)]
struct Exported<'a> {
    version: u32,
    command: &'static str,
    #[serde(rename = "for")]
    pack: &'static str,
    output: String,
    documents: u64,
    kept_back: &'a [String],
    withheld: &'a BTreeMap<&'static str, u64>,
    remarks: &'a [String],
}

impl Args {
    pub(crate) fn run(self, context: &mut Context<'_>) -> Status {
        let target = self.target();
        match self.write(&target, context) {
            Ok(written) => {
                self.answer(&target, &written, context);
                Status::Sound
            }
            Err(refusal) => refusal.tell(context, "export", self.format),
        }
    }

    fn write(&self, target: &std::path::Path, context: &Context<'_>) -> Result<Written, Refusal> {
        expect_outside(target, [self.bag.as_path()], "exporting")?;
        let refused = |error: ::export::Error| Refusal::new(&error, error.hint());
        let progress = Progress::new(context);
        let threads = self.threads.unwrap_or(context.threads);
        let opening = Opening { threads, observer: &progress, sums: false };
        let container = bagit::container::open_with(&self.bag, &opening)
            .map_err(|error| Refusal::new(&error, error.hint()))?;
        let order = Order { pack: self.pack, target, software: SOFTWARE, threads };
        packs::write(&*container, &order, &progress).map_err(refused)
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
        PathBuf::from(format!("{stem}{}", self.pack.extension()))
    }

    fn answer(&self, target: &std::path::Path, written: &Written, context: &mut Context<'_>) {
        let Written { items, kept_back, withheld, remarks } = written;
        if self.format != Format::Text {
            let answer = Exported {
                version: 1,
                command: "export",
                pack: self.pack.name(),
                output: shown(target),
                documents: *items,
                kept_back,
                withheld,
                remarks,
            };
            context.say_json(&answer, self.format);
            return;
        }
        context.say(shown(target));
        context.say(format_args!("  for        {}", self.pack.name()));
        context.say(format_args!("  documents  {items}"));
        if !kept_back.is_empty() {
            context.say(format_args!("  kept back  {} whose sensitivity is not public", kept_back.len()));
        }
        for (column, cells) in withheld {
            context.say(format_args!("  withheld   {column} of {cells}"));
        }
        for remark in remarks {
            context.remark(remark);
        }
    }
}
