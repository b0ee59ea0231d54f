//! Packs: what leaves a bundle in the form that another system takes in.
//!
//! A pack is made of the sheets as the tag manifests vouch for them, and, where documents go with it,
//! of a read in which every octet is held against the manifests. It holds nothing that the bundle does
//! not say, no time but the bundle's own, and the same bundle gives the same octets.

mod agents;
mod archivematica;
mod atom;
mod cells;
mod delimited;
mod derived;
mod disclosure;
mod dublin_core;
mod guarded;
mod premis;
mod recorded;
mod rocrate;
mod source;

use crate::{Error, ErrorKind, Result};
use bagit::container::Container;
use bagit::staging::Staged;
use bagit::{Finding, Severity};
use fixity::Observer;
pub use source::Source;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;

/// What a pack is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pack {
    /// A transfer for Archivematica: a bag with `data/objects/` and `data/metadata/metadata.csv`.
    Archivematica,
    /// Descriptions for AtoM: a CSV in the template for ISAD(G).
    Atom,
    /// Descriptions in the fifteen elements of Dublin Core: XML, a record of `oai_dc` for each item.
    DublinCore,
    /// Preservation metadata: PREMIS 3 in XML.
    Premis,
    /// The bundle as an RO-Crate 1.2, or its description alone.
    RoCrate,
}

impl Pack {
    /// Every pack.
    pub const ALL: [Self; 5] =
        [Self::Archivematica, Self::Atom, Self::DublinCore, Self::Premis, Self::RoCrate];

    /// Its name on a command line and in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Archivematica => "archivematica",
            Self::Atom => "atom",
            Self::DublinCore => "dublin-core",
            Self::Premis => "premis",
            Self::RoCrate => "ro-crate",
        }
    }

    /// What the name of a bundle gets in place of its own extension where nobody names the pack.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Archivematica => "-archivematica.zip",
            Self::Atom => "-atom.csv",
            Self::DublinCore => "-dublin-core.xml",
            Self::Premis => "-premis.xml",
            Self::RoCrate => "-ro-crate",
        }
    }
}

/// What is to be written, and how.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// What for.
    pub pack: Pack,
    /// Where it will stand; must not exist.
    pub target: &'a Path,
    /// What makes it, such as `fonds 0.1.0`.
    pub software: &'a str,
    /// Worker threads.
    pub threads: usize,
}

/// What was written, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Documents that are in the pack.
    pub items: u64,
    /// Paths of documents that are not, since their `sensitivity` keeps them.
    pub kept_back: Vec<String>,
    /// Cells with a value that were left out, by column of `manifest.csv`.
    pub withheld: BTreeMap<&'static str, u64>,
    /// What a person should know of the pack, in whole sentences.
    pub remarks: Vec<String>,
}

/// Writes a pack; it appears at its target whole or not at all.
///
/// # Errors
/// If the bag is no bundle of fonds, a sheet or document of it is damaged, the target exists or cannot
/// be written, or the observer asked to stop.
pub fn write(container: &dyn Container, order: &Order<'_>, observer: &dyn Observer) -> Result<Written> {
    all_damaged(container.findings())?;
    let source = Source::open(container, order.target)?;
    match order.pack {
        Pack::Premis => one_file(order.target, |file| premis::write(&source, file, observer)),
        Pack::RoCrate => rocrate::write(&source, order, observer),
        Pack::DublinCore => dublin_core::write(&source, order, observer),
        Pack::Atom => atom::write(&source, order, observer),
        Pack::Archivematica => archivematica::write(&source, order, observer),
    }
}

/// Writes a pack that is one file.
fn one_file(target: &Path, fill: impl FnOnce(&File) -> Result<Written>) -> Result<Written> {
    let (staged, file) = Staged::file(target)?;
    let written = fill(&file)?;
    staged.commit()?;
    Ok(written)
}

/// As many findings are told; `fonds verify` tells all.
const MOST_TOLD: usize = 20;

/// Refuses a bundle with findings that are no warnings, and tells them.
fn all_damaged<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Result<()> {
    let grave = findings.into_iter().filter(|finding| finding.code.severity() != Severity::Warning);
    let lines: Vec<String> =
        grave.map(|finding| format!("\n  `{}`: {}", finding.path, finding.message)).collect();
    if lines.is_empty() {
        return Ok(());
    }
    let more = lines.len().saturating_sub(MOST_TOLD);
    let mut message =
        format!("cannot make a pack of a damaged bundle:{}", lines[..lines.len() - more].concat());
    if more > 0 {
        let _ = write!(message, "\n  and {more} more");
    }
    Err(Error::new(ErrorKind::Read, message).with_hint(DAMAGED))
}

/// What to do with a damaged bundle.
const DAMAGED: &str = "`fonds verify` says what else is wrong with it; nothing was written";

/// The bundle is not what it says of itself.
fn damaged(path: &str, how: &str) -> Error {
    Error::new(ErrorKind::Read, format!("cannot make a pack of a damaged bundle: `{path}`: {how}"))
        .with_hint(DAMAGED)
}

fn cancelled() -> Error {
    Error::new(ErrorKind::Cancelled, "cancelled; nothing was left at the target")
}
