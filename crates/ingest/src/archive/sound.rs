//! Whether all that an archive holds can be taken out of it, and whether there is one way only to do so.

use crate::error::shown;
use crate::{Error, ErrorKind};
use bagit::Finding;
use bagit::container::{Container, Entry, EntryKind, find};
use bagit::finding::{E106, W112, W113, W118};
use fixity::PayloadPath;
use provenance::name::escape;
use provenance::{LeftOut, Reason};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// As many findings are told.
const MOST_TOLD: usize = 5;
/// Octets of a name above which it may have been cut where it is told.
const LONGEST_NAME: usize = 250;

/// What comes of judging an archive that is sound.
pub(super) struct Judged {
    pub(super) left_out: Vec<LeftOut>,
    pub(super) remarks: Vec<&'static str>,
    pub(super) may_be_cut: bool,
}

/// Judges an archive by what was found wrong with it. What concerns bags only is passed over.
///
/// # Errors
/// If it is damaged, hostile or ambiguous.
pub(super) fn judge(path: &Path, container: &dyn Container, is_tar: bool) -> Result<Judged, Error> {
    let mut judged = Judged { left_out: Vec::new(), remarks: Vec::new(), may_be_cut: false };
    let mut grave = Vec::new();
    for finding in container.findings() {
        let code = finding.code;
        if code == &W112 {
            judged.may_be_cut = true;
            judged.remarks.push("its end is not marked, so that it may have been cut short");
        } else if code == &W118 {
            judged.remarks.push("names in it are UTF-8 and not marked so");
        } else if code == &E106
            && let Some(left) = no_document(finding, container.entries(), is_tar)
        {
            judged.left_out.push(left);
        } else if code != &W113 {
            grave.push(finding);
        }
    }
    if grave.is_empty() { Ok(judged) } else { Err(refusal(path, &grave)) }
}

/// A link, pipe, socket or device that can be left out by name, as one in a folder is: nothing else has
/// its name, or lies below it. A hard link is a document, and cannot. In a ZIP, where nothing sums what
/// an entry is, only links are met in practice: a pipe or device there is damage.
fn no_document(finding: &Finding, entries: &[Entry], is_tar: bool) -> Option<LeftOut> {
    // `tar -c .` begins every name so.
    let name = finding.path.trim_start_matches("./");
    let reason = match finding.message.rsplit_once(" found ")?.1 {
        "a symbolic link" => Reason::SymbolicLink,
        "a pipe" => Reason::Fifo,
        "a device" if is_tar => Reason::Device,
        _ => return None,
    };
    let below = format!("{name}/");
    let next = entries.partition_point(|entry| entry.path.as_str() < below.as_str());
    let is_alone = find(entries, name).is_none()
        && entries.get(next).is_none_or(|entry| !entry.path.as_str().starts_with(&below));
    let is_plain = name.len() <= LONGEST_NAME && PayloadPath::problem(name).is_none();
    (is_alone && is_plain).then(|| LeftOut { name: escape(name.as_bytes()), reason, detail: String::new() })
}

/// Refuses an archive of which a file cannot be read at all: encrypted, or compressed in an unknown way.
pub(super) fn refuse_unread(path: &Path, container: &dyn Container) -> Result<(), Error> {
    let noted = Mutex::new(Vec::new());
    let note = |_: usize, finding: Finding| {
        noted.lock().unwrap_or_else(PoisonError::into_inner).push(finding);
    };
    for (index, entry) in container.entries().iter().enumerate() {
        if entry.kind == EntryKind::File {
            let _ = container.open(index, &note);
        }
    }
    let noted = noted.into_inner().unwrap_or_else(PoisonError::into_inner);
    if noted.is_empty() { Ok(()) } else { Err(refusal(path, &noted.iter().collect::<Vec<_>>())) }
}

fn refusal(path: &Path, findings: &[&Finding]) -> Error {
    let line = |finding: &&Finding| {
        let place =
            if finding.path.is_empty() { "the archive".into() } else { escape(finding.path.as_bytes()) };
        format!("{} {place}: {}", finding.code.id, escape(finding.message.as_bytes()))
    };
    let mut lines: Vec<String> = findings.iter().take(MOST_TOLD).map(line).collect();
    if findings.len() > MOST_TOLD {
        lines.push(format!("and {} more", findings.len() - MOST_TOLD));
    }
    let heading = format!(
        "cannot take the documents out of `{}`: it is damaged, or not every program finds the same in it",
        shown(path)
    );
    Error::listing(ErrorKind::Archive, &heading, &lines)
        .with_hint("ask for another copy, or pack the archive as it is with `--nested`")
}
