//! Archivematica: a bag that its transfer types "zipped bag" and "unzipped bag" take in.
//!
//! ```text
//! data/objects/…                                     the documents
//! data/metadata/metadata.csv                         what is known of them
//! data/metadata/submissionDocumentation/bundle/…     the tag files of the bundle, octet for octet
//! ```
//!
//! Archivematica moves `data/objects` and `data/metadata` to where it wants them, and looks a document's
//! row up by the path at which it arrived: `data/objects/…`. There is no `checksum.sha256`: the bag has
//! manifests, and Archivematica counts the lines of such a list against files that it may have unpacked.

mod layout;
mod metadata;
mod moved;

use super::{Order, Source, Written, damaged};
use crate::bundle::is_zip;
use crate::examine::{asked_by_the_seal, examine_as_ours};
use crate::{Error, ErrorKind, Result};
use bagit::Severity;
use bagit::container::{Container, find};
use bagit::declaration::DECLARATION;
use bagit::info;
use bagit::package::Package;
use bagit::staging::Staged;
use bagit::tree::TreePackage;
use bagit::validate::{Examination, validate_into};
use bagit::zip::ZipPackage;
use fixity::manifest::write_line;
use fixity::{Algorithm, Digest, Observer, Oxum, PayloadPath, Sum, SumTable};
use layout::Layout;
use metadata::Metadata;
use moved::{Entries, Moved};

pub(super) fn write(source: &Source<'_>, order: &Order<'_>, observer: &dyn Observer) -> Result<Written> {
    let top = top_of(order)?;
    let metadata = Metadata::of(source, order.target)?;
    if is_zip(order.target) {
        let (staged, file) = Staged::file(order.target)?;
        let path = staged.path().to_owned();
        let mut package = ZipPackage::new(&file, &path, &top, source.day());
        let written = fill(source, order, &metadata, &mut package, observer)?;
        staged.commit()?;
        Ok(written)
    } else {
        let staged = Staged::directory(order.target)?;
        let mut package = TreePackage::new(staged.path(), source.day());
        let written = fill(source, order, &metadata, &mut package, observer)?;
        staged.commit()?;
        Ok(written)
    }
}

/// The top directory is named as the target, without `.zip`.
fn top_of(order: &Order<'_>) -> Result<String> {
    let name = order.target.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let top = if is_zip(order.target) { &name[..name.len() - ".zip".len()] } else { name };
    if PayloadPath::problem(top).is_some() || top.contains(provenance::name::is_unsafe_character) {
        let shown = provenance::name::escape(top.as_bytes());
        let message = format!("cannot name a transfer `{shown}`: expected a plain name");
        return Err(Error::new(ErrorKind::Request, message).with_hint("choose another name with -o"));
    }
    Ok(top.to_owned())
}

/// Digests that the bundle has of everything, so that none is made that nobody can compare.
fn algorithms_of(container: &dyn Container) -> Vec<Algorithm> {
    let has =
        |algorithm: &Algorithm| find(container.entries(), &format!("manifest-{algorithm}.txt")).is_some();
    [Algorithm::Sha256, Algorithm::Sha512].into_iter().filter(has).collect()
}

fn fill<P: Package>(
    source: &Source<'_>,
    order: &Order<'_>,
    metadata: &Metadata,
    package: &mut P,
    observer: &dyn Observer,
) -> Result<Written> {
    // A compressed TAR would be unfolded from its beginning for every file; so it is unfolded once.
    let unfolded = source.container().unfolded(order.target, observer)?;
    let container = unfolded.as_deref().unwrap_or(source.container());
    let algorithms = algorithms_of(container);
    let layout = Layout::of(container, metadata.octets())?;
    let mut tags = Tags { algorithms: &algorithms, written: Vec::new() };
    tags.put(package, "bag-info.txt", bag_info(source, order, layout.payload()).as_bytes())?;
    tags.put(package, "bagit.txt", DECLARATION.as_bytes())?;
    package.lay_out(&layout)?;
    let copy = Moved { package: &*package, layout: &layout };
    let also = asked_by_the_seal(container);
    let examination = validate_into(container, also, &copy, &Entries(container), order.threads, observer)?;
    let mut sums = sums_of(&examination, &layout, &algorithms);
    let report = examine_as_ours(container, examination).report;
    if let Some(finding) = report.findings.iter().find(|finding| finding.code.severity() != Severity::Warning)
    {
        return Err(damaged(&finding.path, &finding.message));
    }
    let own = metadata.put(package, &layout, &algorithms)?;
    sums.set(layout.metadata_file(), &own);
    for &algorithm in &algorithms {
        let mut text = Vec::new();
        for (number, path) in layout.files().enumerate() {
            let digest = sums.digest(number, algorithm).ok_or_else(|| damaged(path, "it was not read"))?;
            write_line(&mut text, &digest, path);
        }
        tags.put(package, &format!("manifest-{algorithm}.txt"), &text)?;
    }
    tags.put_manifests(package)?;
    package.close(&layout, layout.numbers(), &sums)?;
    let remarks = metadata.remarks();
    Ok(Written { items: metadata.items(), remarks, ..Written::default() })
}

/// What the bag says of itself.
fn bag_info(source: &Source<'_>, order: &Order<'_>, payload: Oxum) -> String {
    let mut elements: Vec<(&str, String)> = Vec::new();
    elements.extend(source.info("Source-Organization").map(|name| ("Source-Organization", name.to_owned())));
    elements.push(("External-Identifier", source.name().to_owned()));
    elements.push(("Bagging-Date", source.day().format("%Y-%m-%d").to_string()));
    elements.push(("Payload-Oxum", payload.to_string()));
    elements.push(("Bag-Software-Agent", order.software.to_owned()));
    let description = format!("transfer for Archivematica, made of the bundle {}", source.name());
    elements.push(("Internal-Sender-Description", description));
    info::write(&elements)
}

/// What every file of the transfer sums to, by its number there; the one of `metadata.csv` is missing.
fn sums_of(examination: &Examination, layout: &Layout, algorithms: &[Algorithm]) -> SumTable {
    let mut sums = SumTable::new(algorithms, layout.numbers().len());
    for (file, &entry) in examination.files.iter().enumerate() {
        let found = &examination.sums;
        let (Some(number), Some(size_octets), Some(crc32)) =
            (layout.file_of(entry), found.size(file), found.crc32(file))
        else {
            continue;
        };
        let digests: Vec<Digest> =
            algorithms.iter().filter_map(|&algorithm| found.digest(file, algorithm)).collect();
        sums.set(number, &Sum { size_octets, crc32, digests });
    }
    sums
}

/// Writes tag files, and remembers what they summed to.
struct Tags<'a> {
    algorithms: &'a [Algorithm],
    written: Vec<(String, Sum)>,
}

impl Tags<'_> {
    fn put<P: Package>(&mut self, package: &mut P, path: &str, text: &[u8]) -> Result<()> {
        let sum = package.put_tag(path, self.algorithms, &mut |out| out.write_all(text))?;
        self.written.push((path.to_owned(), sum));
        Ok(())
    }

    /// Writes a tag manifest by each algorithm over all that was written.
    fn put_manifests<P: Package>(self, package: &mut P) -> Result<()> {
        for &algorithm in self.algorithms {
            let mut text = Vec::new();
            for (path, sum) in &self.written {
                if let Some(digest) = sum.digest(algorithm) {
                    write_line(&mut text, digest, path);
                }
            }
            let path = format!("tagmanifest-{algorithm}.txt");
            package.put_tag(&path, self.algorithms, &mut |out| out.write_all(&text))?;
        }
        Ok(())
    }
}
