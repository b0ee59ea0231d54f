//! Packs an accession into a bundle (AIP): a bag with sheets, as a ZIP or as a directory.

mod beginning;
mod captures;
mod contents;
mod custody;
mod descriptions;
mod events;
mod facts;
mod formats;
mod given;
mod late;
mod mentions;
mod seal;
mod suggested;
mod supplied;
mod tags;

pub use crate::checked::{Checked, Disagreement};
use crate::columns::Sheet;
use crate::described::{csvw, data_package};
use crate::examine::examine;
use crate::{Error, ErrorKind, Result};
use bagit::container::Container;
use bagit::package::Package;
use bagit::staging::Staged;
use bagit::tree::TreePackage;
use bagit::zip::{Listing, ZipPackage, recompress};
use bagit::{Severity, declaration::DECLARATION};
pub use captures::CaptureTally;
use contents::Contents;
use custody::Custody;
use descriptions::Descriptions;
pub use descriptions::Tally;
use fixity::carry::{Halt, carry};
use fixity::{Algorithm, Observer, Oxum, PayloadPath, Phase, Step, SumTable};
use formats::Formats;
pub use mentions::MentionTally;
use mentions::Spool;
use provenance::description::Describer;
use provenance::seal::{Root, Seed};
use provenance::{Accession, Attribution, Identifier, Source};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use supplied::Asked;
pub(crate) use tags::{VERIFIER, human_size};

/// What a bundle is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A ZIP that stores the files as they are.
    Zip,
    /// A ZIP that deflates what becomes smaller by it.
    CompressedZip,
    /// A directory.
    Directory,
}

/// What is to be packed, and how.
pub struct Order<'a> {
    /// The documents.
    pub accession: &'a Accession,
    /// Empty folders that have another path than they were received under, with their raw path.
    pub renamed_folders: &'a [(PayloadPath, Box<[u8]>)],
    /// Where the documents are read from.
    pub source: &'a dyn Source,
    /// Who tells their formats.
    pub identifier: &'a dyn Identifier,
    /// Who suggests their descriptions; `None` if nobody shall, and then no event says so.
    pub describer: Option<&'a dyn Describer>,
    /// Who answers for the bundle, with what software, and when: every time in the bundle but the
    /// documents' own.
    pub by: &'a Attribution,
    /// Where the bundle will stand; its name, without `.zip`, names the top directory.
    pub target: &'a Path,
    /// What it is written as.
    pub form: Form,
    /// Digests of every file; at least one.
    pub algorithms: &'a [Algorithm],
    /// `Source-Organization`, where there is one to be named.
    pub organization: Option<&'a str>,
    /// `External-Identifier`; the name of the top directory where there is none.
    pub identifier_of_bag: Option<&'a str>,
    /// What the salts of the seal are made of: 32 octets that nobody can guess, new for every bundle and
    /// every revision of it. `None` derives them from all that is sealed ([`Seed::derived`]).
    pub seed: Option<&'a Seed>,
    /// Pack documents that are not what lists of checksums say, too, and record it.
    pub accept_damaged: bool,
    /// Read back and verify what was written before it gets its name.
    pub reread: bool,
    /// Worker threads.
    pub threads: usize,
}

impl Order<'_> {
    /// Digests by which every file is summed: the seal is by SHA-256, whatever the manifests are by.
    fn summed_by(&self) -> Vec<Algorithm> {
        let more = (!self.algorithms.contains(&Algorithm::Sha256)).then_some(Algorithm::Sha256);
        self.algorithms.iter().copied().chain(more).collect()
    }
}

/// What was packed.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// Where it stands.
    pub target: PathBuf,
    /// Payload files and octets.
    pub payload: Oxum,
    /// Digests of every file.
    pub algorithms: Vec<Algorithm>,
    /// Rows of `events.csv`.
    pub events: u64,
    /// Files whose format is known.
    pub identified: u64,
    /// Files whose extension says another format than their content.
    pub disagreeing: u64,
    /// What was suggested of them; `None` where nobody was asked to.
    pub suggested: Option<Tally>,
    /// What came of the digests that came with the documents.
    pub checked: Checked,
    /// What `metadata/mentions.csv` holds; `None` where there is none.
    pub mentioned: Option<MentionTally>,
    /// Half-made packages of interrupted runs that lie beside the target.
    pub leftovers: u32,
    /// Digest of each tag manifest: it stands for the whole bundle.
    pub tag_manifests: Vec<(String, String)>,
    /// The root of the seal: it stands for the whole bundle, too.
    pub root: Root,
}

/// Packs an accession; the bundle appears at its target whole or not at all.
///
/// The octets are a function of the documents, their names and times, and of the order: not of
/// threads, directory order, time zone, locale or umask.
///
/// # Errors
/// If a document cannot be read or changes meanwhile, is not what a list of checksums says, or the
/// bundle cannot be written; then nothing stands at the target.
pub fn bundle(order: &Order<'_>, observer: &dyn Observer) -> Result<Receipt> {
    let top = top_name(order)?;
    let contents = Contents::new(order.accession);
    let (staged, leftovers, receipt) = match order.form {
        Form::Directory => {
            let staged = Staged::directory(order.target)?;
            let mut package = TreePackage::new(staged.path(), order.by.at);
            let receipt = write(order, &top, &contents, &mut package, observer)?;
            let leftovers = staged.leftovers();
            (staged, leftovers, receipt)
        }
        Form::Zip | Form::CompressedZip => {
            let (staged, file) = Staged::file(order.target)?;
            let path = staged.path().to_owned();
            let mut package = ZipPackage::new(&file, &path, &top, order.by.at);
            let receipt = write(order, &top, &contents, &mut package, observer)?;
            let leftovers = staged.leftovers();
            if order.form == Form::CompressedZip {
                let (smaller, out) = Staged::file(order.target)?;
                recompress(&file, &out, smaller.path(), observer)?;
                (smaller, leftovers, receipt)
            } else {
                (staged, leftovers, receipt)
            }
        }
    };
    if order.reread {
        read_back(staged.path(), order.threads, observer)?;
    }
    staged.commit()?;
    Ok(Receipt { leftovers, ..receipt })
}

/// Whether a target's name asks for a ZIP: it ends in `.zip`, in any case.
#[must_use]
pub fn is_zip(target: &Path) -> bool {
    let name = target.file_name().map(std::ffi::OsStr::as_encoded_bytes).unwrap_or_default();
    name.len() >= 4 && name[name.len() - 4..].eq_ignore_ascii_case(b".zip")
}

/// Refuses what cannot stand in `bag-info.txt`, and names the top directory.
fn top_name(order: &Order<'_>) -> Result<String> {
    if let Some(text) = order.organization.iter().chain(&order.identifier_of_bag).find(|text| is_unsafe(text))
    {
        let shown = provenance::name::escape(text.as_bytes());
        return Err(Error::new(
            ErrorKind::Request,
            format!("cannot write `{shown}` on a line of bag-info.txt"),
        ));
    }
    top_of(order.target, order.form)
}

fn is_unsafe(text: &str) -> bool {
    text.contains(provenance::name::is_unsafe_character)
}

/// The top directory is named as the target, without `.zip`.
pub(crate) fn top_of(target: &Path, form: Form) -> Result<String> {
    let name = target.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let top = match form {
        Form::Directory => name,
        _ if is_zip(target) => &name[..name.len() - ".zip".len()],
        _ => name,
    };
    if PayloadPath::problem(top).is_some() || is_unsafe(top) {
        return Err(Error::new(
            ErrorKind::Request,
            format!(
                "cannot name a bundle `{}`: expected a plain name",
                provenance::name::escape(top.as_bytes())
            ),
        )
        .with_hint("choose another name with -o"));
    }
    Ok(top.to_owned())
}

/// Writes the whole package: tag files, payload, tag files.
fn write<P: Package>(
    order: &Order<'_>,
    top: &str,
    contents: &Contents<'_>,
    package: &mut P,
    observer: &dyn Observer,
) -> Result<Receipt> {
    let mut payload = Oxum::default();
    order.accession.items.iter().for_each(|item| payload.add(item.size_octets));
    let mut tags = tags::Tags::new(order, top, payload);
    tags.put(package, "bag-info.txt", |tags, out| out.write_all(tags.bag_info().as_bytes()))?;
    tags.put(package, "bagit.txt", |_, out| out.write_all(DECLARATION.as_bytes()))?;
    package.lay_out(contents)?;
    let told = Told::new(order);
    let sums = carry_payload(order, contents, package, &told, observer)?;
    let mut checked = Checked::of(order.accession, &sums);
    checked.look_otherwise(order, observer)?;
    if !checked.disagreements.is_empty() && !order.accept_damaged {
        return Err(Error::damaged(checked));
    }
    let (formats, mut descriptions) = (told.formats.into_table(), told.descriptions.into_table());
    if order.describer.is_some() {
        descriptions.judge_captures(order.accession, &formats);
    }
    let suggested = order.describer.map(|_| descriptions.tally().clone());
    let mut recorded = events::Recorded::default();
    let mut mentions = told.mentions.map(Spool::into_rows);
    let mentioned = mentions.as_ref().map(|rows| rows.tally().clone());
    for &algorithm in order.algorithms {
        tags.put(package, &format!("manifest-{algorithm}.txt"), |tags, out| {
            tags.manifest(algorithm, &sums, out)
        })?;
    }
    tags.put(package, "metadata/FORMAT.txt", |tags, out| out.write_all(tags.format_text().as_bytes()))?;
    let sheets: &[Sheet] = if mentions.is_some() { &Sheet::ALL } else { &[Sheet::Manifest, Sheet::Events] };
    for (path, text) in [("csv-metadata.json", csvw(sheets)), ("datapackage.json", data_package(top, sheets))]
    {
        tags.put(package, &format!("metadata/{path}"), |_, out| out.write_all(text.as_bytes()))?;
    }
    tags.put(package, "metadata/events.csv", |tags, out| {
        recorded = tags.events(&sums, &checked, &formats, &descriptions, mentioned.as_ref(), out)?;
        Ok(())
    })?;
    tags.put(package, "metadata/manifest.csv", |tags, out| tags.sheet(&sums, &formats, &descriptions, out))?;
    if let Some(rows) = &mut mentions {
        tags.put(package, "metadata/mentions.csv", |_, out| rows.write_to(out))?;
    }
    tags.put(package, "metadata/verify.py", |_, out| out.write_all(tags::VERIFIER.as_bytes()))?;
    // The seal is over the tag manifests, too, and its name sorts before theirs.
    let tag_manifests = tags.tag_manifests();
    let root = seal::put(order, &tags, &tag_manifests, &sums, package)?;
    let tag_manifests = tags::put_tag_manifests(package, tag_manifests)?;
    package.close(contents, &contents.files, &sums)?;
    Ok(Receipt {
        target: order.target.to_owned(),
        payload,
        algorithms: order.algorithms.to_vec(),
        events: recorded.events,
        identified: formats.identified(),
        disagreeing: recorded.disagreeing,
        suggested,
        checked,
        mentioned,
        leftovers: 0,
        tag_manifests,
        root,
    })
}

/// What is told of the documents while they pass.
struct Told {
    formats: Formats,
    descriptions: Descriptions,
    mentions: Option<Spool>,
}

impl Told {
    fn new(order: &Order<'_>) -> Self {
        let files = order.accession.items.len();
        let mentions = order.describer.filter(|describer| describer.mentions());
        Self {
            formats: Formats::new(files),
            descriptions: Descriptions::new(files),
            mentions: mentions.map(|_| Spool::new(files, order.target)),
        }
    }
}

/// Carries every document past the digests into the package.
fn carry_payload<P: Package>(
    order: &Order<'_>,
    contents: &Contents<'_>,
    package: &P,
    told: &Told,
    observer: &dyn Observer,
) -> Result<SumTable> {
    let sizes: Vec<u64> = order.accession.items.iter().map(|item| item.size_octets).collect();
    let begun = Step::Began { phase: Phase::Packing, files: sizes.len() as u64, octets: sizes.iter().sum() };
    if observer.observe(begun) == ControlFlow::Break(()) {
        return Err(cancelled());
    }
    let asked = Asked::of(order);
    let custody = Custody { order, contents, package, told, asked: &asked };
    let sums =
        carry(&custody, &sizes, &asked.algorithms, order.threads, observer).map_err(|halt| match halt {
            Halt::Cancelled => cancelled(),
            Halt::Failed(error) => error,
        })?;
    let _ = observer.observe(Step::Ended);
    Ok(sums)
}

fn cancelled() -> Error {
    Error::new(ErrorKind::Cancelled, "cancelled; nothing was left at the target")
}

/// Verifies what was written, as anybody would.
pub(crate) fn read_back(path: &Path, threads: usize, observer: &dyn Observer) -> Result<()> {
    let container: Box<dyn Container> = bagit::container::open(path)?;
    let examined = examine(&*container, threads, observer)?;
    match examined.report.findings.iter().find(|finding| finding.code.severity() != Severity::Warning) {
        None => Ok(()),
        Some(finding) => Err(Error::new(
            ErrorKind::Reread,
            format!("what was written does not read back the same: `{}`: {}", finding.path, finding.message),
        )
        .with_hint("check the disk, or write to another one; nothing was left at the target")),
    }
}

/// Seen as [`Listing`] by the package.
impl Listing for Contents<'_> {
    fn count(&self) -> usize {
        self.members()
    }

    fn member(&self, index: usize) -> bagit::zip::Member<'_> {
        self.at(index)
    }
}
