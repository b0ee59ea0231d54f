//! `fonds inspect --sensitive`: what in documents could identify a source, in a bag or before packing.

use super::Args;
use crate::outside::expect_free;
use crate::patience::Patient;
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::render::sheet::Sheet;
use crate::spelling::shown;
use crate::{Context, Format, Status, render};
use bagit::container::{Container, Opening, find};
use bagit::media;
use export::sensitive::{OfAccession, OfContainer, Shelf, Survey, sort_of, survey};
use fixity::Observer;
use ingest::describe::ContentDescriber;
use ingest::{FormatIdentifier, Received};
use provenance::{Identifier, name};
use std::io::Read as _;
use std::path::Path;

/// Octets by which the format of a file is told.
const FIRST: u64 = 64 << 10;

/// What the report cannot find: a person has to look for it.
pub(crate) const NOT_FOUND: [&str; 6] = [
    "faces, bodies, clothes, places and number plates that can be seen",
    "voices, and names that are said or written in the text",
    "handwriting, signatures, letterheads and stamps",
    "watermarks, printer dots, and other marks that tell copies apart",
    "earlier versions, comments and deleted text, except where a line above says so",
    "what is in documents that were not looked into",
];

/// What is looked at.
enum Place {
    /// A bag: of it the payload.
    Bag(Box<dyn Container>),
    /// An archive that is no bag: all of it.
    Archive(Box<dyn Container>),
    /// A folder, or one document.
    Documents(Box<Received>),
}

/// All that is told.
pub(crate) struct Report<'a> {
    pub(crate) path: String,
    /// What was looked at: `bag`, `folder`.
    pub(crate) what: &'static str,
    pub(crate) survey: Survey,
    /// What a document is called.
    pub(crate) name: &'a dyn Fn(usize) -> String,
    /// What could not even be listed: names, and why.
    pub(crate) beside: Vec<(String, String)>,
    /// Links, pipes and the like, which are never followed.
    pub(crate) left_out: u64,
}

impl Report<'_> {
    /// An answer is an answer, whatever was found; but it may not be the whole answer.
    pub(crate) fn status(&self) -> Status {
        let is_whole = self.beside.is_empty() && self.survey.unseen().next().is_none();
        if is_whole { Status::Sound } else { Status::Unchecked }
    }
}

impl Args {
    pub(super) fn run_sensitive(&self, context: &mut Context<'_>) -> Status {
        self.look(context).unwrap_or_else(|refusal| refusal.tell(context, "inspect", self.format))
    }

    fn look(&self, context: &mut Context<'_>) -> Result<Status, Refusal> {
        if let Some(target) = &self.sheet {
            expect_free(target, [self.bag.as_path()], "inspecting")?;
        }
        let progress = Progress::new(context);
        let threads = self.threads.unwrap_or(context.threads);
        let place = open(&self.bag, threads, &progress)?;
        let shelf: Box<dyn Shelf + '_> = match &place {
            Place::Bag(bag) => Box::new(OfContainer::payload(&**bag)),
            Place::Archive(archive) => Box::new(OfContainer::all(&**archive)),
            Place::Documents(received) => Box::new(OfAccession::new(&received.accession, &received.source)),
        };
        let survey = survey(&*shelf, &FormatIdentifier, &Patient::new(ContentDescriber), threads, &progress)
            .map_err(|error| Refusal::new(&error, error.hint()))?;
        progress.clear();
        let named = |index: usize| match &place {
            Place::Documents(received) => received_as(received, index),
            _ => shelf.path(index).to_owned(),
        };
        let report = report(&self.bag, &place, survey, &named);
        if let Some(target) = &self.sheet {
            write_sheet(target, &report).map_err(|error| Refusal::new(&error, error.hint()))?;
        }
        match self.format {
            Format::Text => render::text::sensitive_report(&report, self.sheet.as_deref(), context),
            _ => context.say_json(&render::json::sensitive_report(&report), self.format),
        }
        Ok(report.status())
    }
}

/// Opens what stands at a path: a bag, an archive of documents, a folder, a document.
fn open(path: &Path, threads: usize, observer: &dyn Observer) -> Result<Place, Refusal> {
    let refuse = |error: bagit::Error| Refusal::new(&error, error.hint());
    let is_folder = std::fs::metadata(path).is_ok_and(|found| found.is_dir());
    if is_folder && !path.join("bagit.txt").is_file() {
        return receive(path, observer);
    }
    if !is_folder && !is_box(path) {
        return receive(path, observer);
    }
    let opening = Opening { threads, observer, sums: false };
    let container = bagit::container::open_with(path, &opening).map_err(refuse)?;
    let is_bag = find(container.entries(), "bagit.txt").is_some();
    let types = container.media_types();
    if types.is_some_and(|types| types != media::ZIP && types != media::TAR) {
        let message = format!(
            "cannot look into `{}`: it is compressed as a whole, and its files cannot be had one by one",
            shown(path)
        );
        return Err(Refusal::new(
            &message,
            Some("unpack it (`fonds extract`, if it is a bag), and inspect the folder"),
        ));
    }
    if container.entries().is_empty()
        && let Some(damage) = container.findings().first()
    {
        let message = format!("cannot look into `{}`: {}", shown(path), damage.message);
        return Err(Refusal::new(&message, Some(damage.code.hint)));
    }
    Ok(if is_bag { Place::Bag(container) } else { Place::Archive(container) })
}

/// Whether a file is an archive of files, and no document that only is one inside.
fn is_box(path: &Path) -> bool {
    let mut first = Vec::new();
    let file = std::fs::File::open(path);
    let Ok(size) = file.and_then(|file| {
        let size = file.metadata()?.len();
        file.take(FIRST).read_to_end(&mut first)?;
        Ok(size)
    }) else {
        return true;
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let told = FormatIdentifier.identify(&name, &first, size).media_type;
    let is_packed_tar = || {
        let name = name.to_lowercase();
        [".tgz", ".tbz2", ".txz"].iter().any(|end| name.ends_with(end)) || name.contains(".tar.")
    };
    told.is_some_and(|told| media::ZIP.contains(&told) || media::TAR.contains(&told)) || is_packed_tar()
}

fn receive(path: &Path, observer: &dyn Observer) -> Result<Place, Refusal> {
    // Whatever it is called, it can be looked into.
    let options = ingest::Options {
        names: ingest::Names::Portable,
        keep_litter: true,
        nested: true,
        ..ingest::Options::default()
    };
    let received = ingest::receive(&[path.to_owned()], &options, observer);
    let received = received.map_err(|error| Refusal::new(&error, error.hint()))?;
    Ok(Place::Documents(Box::new(received)))
}

/// What a document was called where it was found.
fn received_as(received: &Received, index: usize) -> String {
    let item = &received.accession.items[index];
    let path = item.path.as_str();
    let placed = path.strip_prefix("data/").unwrap_or(path).as_bytes();
    name::escape(item.received_as.as_deref().unwrap_or(placed))
}

fn report<'a>(path: &Path, place: &Place, survey: Survey, name: &'a dyn Fn(usize) -> String) -> Report<'a> {
    let of_container = |container: &dyn Container| {
        let findings = container.findings().iter().filter(|finding| !finding.path.is_empty());
        findings.map(|finding| (finding.path.to_string(), finding.message.to_string())).collect()
    };
    let (what, beside, left_out) = match place {
        Place::Bag(bag) => ("bag", of_container(&**bag), 0),
        Place::Archive(archive) => ("archive", of_container(&**archive), 0),
        Place::Documents(received) if path.is_dir() => {
            ("folder", Vec::new(), received.accession.left_out.len() as u64)
        }
        Place::Documents(_) => ("single file", Vec::new(), 0),
    };
    Report { path: shown(path), what, survey, name, beside, left_out }
}

/// A row for each thing that was found, and for each document that was not looked into.
fn write_sheet(target: &Path, report: &Report<'_>) -> bagit::Result<()> {
    const UNSEEN: &str = "not looked into";
    let mut sheet = Sheet::begin_at(target, &["path", "sort", "what"])?;
    for (file, words) in report.survey.found() {
        let path = (report.name)(file);
        for wording in words {
            sheet.write([path.as_str(), sort_of(wording), wording])?;
        }
    }
    for (file, reason, more) in report.survey.unseen() {
        sheet.write([(report.name)(file).as_str(), UNSEEN, &with_more(reason.words(), more)])?;
    }
    for (path, why) in &report.beside {
        sheet.write([path.as_str(), UNSEEN, why])?;
    }
    sheet.finish()
}

/// A reason, and more about it where there is more.
pub(crate) fn with_more(reason: &str, more: &str) -> String {
    if more.is_empty() { reason.to_owned() } else { format!("{reason}: {more}") }
}
