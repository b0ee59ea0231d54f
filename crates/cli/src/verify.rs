//! `fonds verify`: is this bag sound, and are these?

mod crew;
mod profile;
pub(crate) mod reader;
mod receipts;
mod search;
mod signs;
mod supervised;
mod wire;

use crate::answer::Answer;
use crate::believed::BelievedArgs;
use crate::outside::expect_free;
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::render::sheet::FindingsSheet;
use crate::spelling::shown;
use crate::telling::Telling;
use crate::{Context, Format, Status, render};
use bagit::container::{Container, Opening};
use bagit::profile::Profile;
use crew::Crew;
use export::examine::{Examined, examine_for};
use export::vouching::Believed;
use fixity::Observer;
use receipts::Receipts;
use search::Place;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Arguments of `fonds verify`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Every payload and tag file is compared with every manifest; all findings are \
    listed, never only the first. Several bags are examined at the same time, each by a process of its \
    own, and told in the order given. Exit status: 0 sound (VERIFIED, CONSISTENT, WEAK); 1 unsound \
    (UNREADABLE, ALTERED, UNSAFE); 2 could not be examined; 3 not fully checked (INCOMPLETE). With several \
    bags the worst: 2, then 1, then 3, then 0.")]
pub struct Args {
    /// Bags: directories or archive files
    #[arg(required = true, value_name = "BUNDLE")]
    bags: Vec<PathBuf>,
    /// Take each BUNDLE for a folder, and look for bags in it and in all folders below: folders with a
    /// bagit.txt, or with a manifest and a folder `data`, and files that end in .zip, .tar, .tar.gz, .tgz
    /// and the like, or in .gz and the like with a TAR in them; links are not followed
    #[arg(long)]
    recursive: bool,
    /// Hold the bags against a BagIt profile: a JSON file, or a built-in one (aptrust-2.2, aptrust-2.3,
    /// btr-1.0, fonds-1); nothing is fetched
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    #[command(flatten)]
    believed: BelievedArgs,
    /// Compare one bundle with an earlier receipt of it, in HTML or text, or with the line of its QR code;
    /// several may be given. Says: the same, altered since, or another bundle
    #[arg(long = "receipt", value_name = "FILE", conflicts_with = "recursive")]
    receipts: Vec<PathBuf>,
    /// Write all findings of all bags into this CSV file, for a spreadsheet; it must not exist
    #[arg(long, value_name = "FILE.csv")]
    findings: Option<PathBuf>,
    /// Bags that are examined at the same time [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = crate::parse_number)]
    jobs: Option<usize>,
    /// Worker threads for each bag [default: the processors, shared out]
    #[arg(long, value_name = "N", value_parser = crate::parse_number)]
    threads: Option<usize>,
    /// With several bags: give one up that shows no sign of progress for so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    patience: u64,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

impl Args {
    pub(crate) fn run(self, context: &mut Context<'_>) -> Status {
        match self.prepare(context) {
            Ok(Prepared { places, sheet, held, receipts }) => match places.as_slice() {
                [Place::Bag(path)] if !self.recursive => {
                    self.verify_one(path, &held, &receipts, sheet, context)
                }
                _ => self.verify_many(&places, sheet, context),
            },
            Err(refusal) => refusal.tell(context, "verify", self.format),
        }
    }

    /// What is to be examined, against what, and the sheet that was asked for.
    fn prepare(&self, context: &mut Context<'_>) -> Result<Prepared, Refusal> {
        let held = Held {
            profile: self.profile.as_deref().map(profile::load).transpose()?,
            believed: self.believed.read(context)?,
        };
        for remark in held.profile.iter().flat_map(Profile::remarks) {
            context.remark(format_args!("profile: {remark}"));
        }
        if !self.receipts.is_empty() && self.bags.len() > 1 {
            let message = "cannot compare several bundles with receipts";
            return Err(Refusal::new(&message, Some("give one BUNDLE at a time with --receipt")));
        }
        let receipts = Receipts::read(&self.receipts)?;
        let places = if self.recursive {
            self.search(context)?
        } else {
            self.bags.iter().cloned().map(Place::Bag).collect()
        };
        let Some(target) = &self.findings else {
            return Ok(Prepared { places, held, receipts, sheet: None });
        };
        expect_free(target, places.iter().map(Place::path), "verifying")?;
        let sheet = FindingsSheet::begin_at(target);
        let sheet = sheet.map_err(|error| Refusal::new(&error, error.hint()))?;
        Ok(Prepared { places, held, receipts, sheet: Some(sheet) })
    }

    fn search(&self, context: &mut Context<'_>) -> Result<Vec<Place>, Refusal> {
        let found = search::bags_below(&self.bags);
        if Context::is_interrupted() {
            return Err(Refusal::new(&supervised::CANCELLED, None));
        }
        if !found.links.is_empty() {
            context.remark(format_args!("links, which are not followed: {}", found.links.len()));
            let links: Vec<String> = found.links.iter().map(|link| shown(link)).collect();
            render::text::list(links.iter().map(String::as_str), context);
        }
        if found.places.is_empty() {
            let tops: Vec<String> = self.bags.iter().map(|top| format!("`{}`", shown(top))).collect();
            let message = format!("cannot verify anything: there is no bag below {}", tops.join(", "));
            return Err(Refusal::new(
                &message,
                Some(
                    "a bag is a folder with a bagit.txt, or with a manifest and a folder `data`, or an archive file; give a file of another name without --recursive",
                ),
            ));
        }
        Ok(found.places)
    }

    /// One bag, in this process.
    fn verify_one(
        &self,
        path: &Path,
        held: &Held,
        receipts: &Receipts,
        sheet: Option<FindingsSheet>,
        context: &mut Context<'_>,
    ) -> Status {
        let progress = Progress::new(context);
        let examined = examine(path, held, self.threads.unwrap_or(context.threads), &progress);
        progress.clear();
        let rendering = render::of_one_bag("verify", self.format);
        let mut telling = Telling::new(context, rendering).with_sheet(sheet);
        match examined {
            Ok((container, mut examined)) => {
                let receipts = receipts.compare(&mut examined, &*container);
                let answer = Answer::examined(path, &*container, &examined, progress.octets());
                let answer = Answer { receipts, ..answer };
                telling.examined(&answer, &*container, &examined);
            }
            Err(NotExamined { message, hint }) => {
                telling.not_examined(&Answer::not_examined(path, message, hint.as_deref()));
            }
        }
        telling.close()
    }

    /// What bags are held against, as words for another process.
    fn words(&self) -> Vec<OsString> {
        let mut words = self.believed.words();
        words.extend(self.profile.iter().flat_map(|path| ["--profile".into(), path.clone().into()]));
        words
    }

    /// Many bags, each in a process of its own.
    fn verify_many(
        &self,
        places: &[Place],
        sheet: Option<FindingsSheet>,
        context: &mut Context<'_>,
    ) -> Status {
        let processors = context.threads;
        let progress = Progress::of_bags(context, places.len());
        let rendering = render::of_many_bags("verify", self.format, progress);
        let mut telling = Telling::new(context, rendering).with_sheet(sheet);
        let crew = Crew {
            places,
            jobs: self.jobs.unwrap_or(processors),
            threads: self.threads,
            held_against: self.words(),
            processors,
            patience: Duration::from_secs(self.patience),
        };
        crew.verify(&mut telling);
        telling.close()
    }
}

/// What a run needs before it begins.
struct Prepared {
    places: Vec<Place>,
    held: Held,
    receipts: Receipts,
    sheet: Option<FindingsSheet>,
}

/// What a bag is held against.
struct Held {
    profile: Option<Profile>,
    believed: Believed,
}

/// Why a bag was not examined, and what to do next.
struct NotExamined {
    message: String,
    hint: Option<String>,
}

/// Examines one bag in this process.
fn examine(
    path: &Path,
    held: &Held,
    threads: usize,
    observer: &dyn Observer,
) -> Result<(Box<dyn Container>, Examined), NotExamined> {
    let opening = Opening { threads, observer, sums: true };
    let opened = bagit::container::open_with(path, &opening).map_err(export::Error::from);
    let examined = opened.and_then(|container| {
        let mut examined = examine_for(&*container, &held.believed, threads, observer)?;
        if let Some(profile) = &held.profile {
            examined.hold_against(profile, &*container);
        }
        Ok((container, examined))
    });
    examined
        .map_err(|error| NotExamined { message: error.to_string(), hint: error.hint().map(str::to_owned) })
}
