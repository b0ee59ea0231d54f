//! What a sheet changes goes into a new bundle beside the old.

use super::Plan;
use super::record::{Before, SheetFile, record};
use super::rewrite::{cannot_write, rewrite};
use crate::columns::Sheet;
use crate::revise::{Changes, Revised, Revision, Sealer, Target, revise};
use crate::{Error, ErrorKind, Result, vouched};
use bagit::container::Container;
use bagit::staging::nameless;
use fixity::Observer;
use provenance::{Attribution, Sha256Hex};
use std::io::{BufWriter, Cursor, Write};
use std::path::Path;

/// Tag manifests that stand for a bundle, the one that is named first.
const TAG_MANIFESTS: [&str; 2] = ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"];

/// What is to be applied, and how.
pub struct Application<'a> {
    /// The bundle that the plan is of: a ZIP in the one layout, or a directory.
    pub source: &'a Path,
    /// The same, open.
    pub container: &'a dyn Container,
    /// Its `manifest.csv`, as the plan was made from.
    pub stored: &'a [u8],
    /// What changes.
    pub plan: &'a Plan,
    /// The sheet that says so.
    pub sheet: &'a SheetFile,
    /// Where the new bundle goes; nothing stands there.
    pub target: &'a Path,
    /// Who answers for the changes, with what software, and when.
    pub by: &'a Attribution,
    /// Who seals the new bundle, if anybody does.
    pub sealer: Option<Sealer<'a>>,
    /// Worker threads.
    pub threads: usize,
}

/// Writes a new bundle with what a plan changes; it appears at its target whole or not at all, and the
/// old one is only read.
///
/// # Errors
/// If the plan has problems or changes nothing, and those of [`revise`].
pub fn apply(application: Application<'_>, observer: &dyn Observer) -> Result<Revised> {
    let Application { source, container, stored, plan, sheet, target, by, sealer, threads } = application;
    if plan.changes.is_empty() || !plan.problems.is_empty() {
        let why = if plan.problems.is_empty() { "it changes nothing" } else { "not all of it can be taken" };
        return Err(Error::new(ErrorKind::Request, format!("cannot apply `{}`: {why}", sheet.name)));
    }
    let mut changes = Changes::default();
    let file = nameless(target)?;
    let mut out = BufWriter::new(&file);
    let items = rewrite(stored, &plan.changes, &mut out)?;
    out.flush().map_err(|error| cannot_write(&Sheet::Manifest.path(), error))?;
    drop(out);
    changes.put_file(&Sheet::Manifest.path(), file);

    let mut existing = Vec::new();
    vouched::copy(container, &Sheet::Events.path(), &mut existing)?;
    let file = nameless(target)?;
    let before = before(container)?;
    record(Cursor::new(existing), &file, sheet, &items, &before, by)?;
    changes.made_from(&before.tag_manifest, before.sha256);
    changes.put_file(&Sheet::Events.path(), file);
    let revision = Revision { source, target: Target::At(target), changes, sealer, at: by.at, threads };
    revise(revision, observer)
}

/// What stands for the old bundle.
fn before(container: &dyn Container) -> Result<Before> {
    let found = TAG_MANIFESTS.into_iter().find_map(|path| Some((path, vouched::read(container, path)?)));
    let (path, text) =
        found.ok_or_else(|| Error::new(ErrorKind::Read, "cannot revise a bundle without a tag manifest"))?;
    Ok(Before { tag_manifest: path.to_owned(), sha256: Sha256Hex::of(&text) })
}
