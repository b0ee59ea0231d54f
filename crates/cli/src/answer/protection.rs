//! What protects the tag files of a bag, and which of them nothing protects.

use bagit::container::{Container, EntryKind};
use bagit::finding::{W406, W407};
use export::examine::Examined;
use provenance::seal;

/// Tag files to which no manifest holds anybody: all but the tag manifests where there is none of
/// these, else those that stand in none.
pub(crate) fn unprotected<'a>(
    container: &'a dyn Container,
    examined: &'a Examined,
) -> impl Iterator<Item = &'a str> {
    let findings = &examined.report.findings;
    let has_none = findings.iter().any(|finding| *finding.code == W407);
    let all = tag_files(container).filter(move |path| has_none && !is_tag_manifest(path));
    let unlisted = findings.iter().filter(move |finding| !has_none && *finding.code == W406);
    all.chain(unlisted.map(|finding| &*finding.path))
}

fn tag_files(container: &dyn Container) -> impl Iterator<Item = &str> {
    let files = container.entries().iter().filter(|entry| entry.kind == EntryKind::File);
    files.filter(|entry| !entry.path.is_payload()).map(|entry| entry.path.as_str())
}

fn is_tag_manifest(path: &str) -> bool {
    let algorithm = path.strip_prefix("tagmanifest-").and_then(|rest| rest.strip_suffix(".txt"));
    algorithm.is_some_and(|algorithm| !algorithm.contains('/'))
}

pub(super) fn has_tag_manifest(container: &dyn Container) -> bool {
    tag_files(container).any(is_tag_manifest)
}

pub(super) fn has_seal(container: &dyn Container) -> bool {
    tag_files(container).any(|path| path.starts_with(seal::FOLDER))
}

pub(super) fn has_signature(container: &dyn Container) -> bool {
    let is_one = |path: &str| path.starts_with(seal::SIGNATURES) || path.starts_with(seal::TIMESTAMPS);
    tag_files(container).any(is_one)
}
