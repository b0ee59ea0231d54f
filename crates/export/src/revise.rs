//! A bundle is made anew with other tag files: the payload is carried over untouched.
//!
//! Each octet of the old bundle is read once and copied as it stands. What was written is read back
//! and verified before it gets its name; so damage of the old bundle is found here, and is never
//! carried on. The old bundle is only read, unless it is to be replaced.

mod changes;
mod directory;
mod manifests;
mod original;
mod sealing;

use crate::examine::{Examined, examine};
use crate::{Error, ErrorKind, Result};
use bagit::Severity;
use bagit::staging::Staged;
use bagit::zip::{Rewriting, rewrite};
pub use changes::Changes;
use chrono::{DateTime, Utc};
use fixity::{Digest, Observer, Oxum};
use manifests::TagManifests;
use original::{Form, Original};
pub use sealing::sealer;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Where a revision goes.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// To this path, where nothing stands; it has the form of the old bundle, a ZIP or a directory.
    At(&'a Path),
    /// In place of the old bundle. A ZIP is replaced whole, by one rename; to a directory only files
    /// below `seal/` can be put, each by one rename.
    InPlace,
}

/// A file of the new bundle, as it will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinalFile {
    /// Its path below the top directory.
    pub path: String,
    /// Octets.
    pub size_octets: u64,
    /// By each algorithm of the bundle, and by SHA-256.
    pub digests: Vec<Digest>,
}

/// Makes the seal of a revision: hears of every file outside of `seal/`, sorted by path, the tag
/// manifests among them, and answers paths below `seal/` with their octets.
///
/// Digests of the payload are those of the manifests; whether they are right shows when the revision
/// is read back, before it gets its name.
pub type Sealer<'a> = Box<dyn FnOnce(&[FinalFile]) -> Result<Vec<(String, Vec<u8>)>> + 'a>;

/// What is to become of a bundle.
pub struct Revision<'a> {
    /// The old bundle: a ZIP in the one layout, or a directory.
    pub source: &'a Path,
    /// Where the new one goes.
    pub target: Target<'a>,
    /// Tag files to be put there or left out.
    pub changes: Changes,
    /// Who seals it; `None` if nobody does. The seal of the old bundle speaks of the old bundle: it is
    /// left out as soon as anything outside of `seal/` changes.
    pub sealer: Option<Sealer<'a>>,
    /// The time of the new tag files.
    pub at: DateTime<Utc>,
    /// Worker threads.
    pub threads: usize,
}

/// What was made.
#[derive(Clone, Debug)]
pub struct Revised {
    /// Where it stands.
    pub target: PathBuf,
    /// Payload files and octets: those of the old bundle.
    pub payload: Oxum,
    /// Digest of each tag manifest by its own algorithm: it stands for the whole bundle.
    pub tag_manifests: Vec<(String, String)>,
    /// The root of its new seal, if it was sealed anew.
    pub root: Option<provenance::seal::Root>,
    /// Half-made packages of interrupted runs that lie beside the target.
    pub leftovers: u32,
}

/// Makes a bundle anew; it appears at its target whole or not at all.
///
/// Of the tag manifests, lines of changed files are written anew, if a file outside of `seal/`
/// changes; all other lines, and all other files, are copied octet for octet.
///
/// # Errors
/// If the old bundle is none of fonds, is damaged, or in another container than a ZIP of the one layout
/// or a directory; if a change is none that can be made; if the new one cannot be written, or does not
/// read back the same. Then the target is as it was.
pub fn revise(revision: Revision<'_>, observer: &dyn Observer) -> Result<Revised> {
    let Revision { source, target, mut changes, sealer, at, threads } = revision;
    let original = Original::open(source)?;
    changes.expect_possible(&original)?;
    changes.expect_made_from(&original)?;
    let mut tag_manifests = TagManifests::read(&original)?;
    let is_about_the_bundle = changes.reach_beyond_the_seal();
    if is_about_the_bundle {
        changes.leave_out_old_seal(&original, sealer.is_some())?;
        tag_manifests.apply(&changes)?;
        changes.extend(tag_manifests.texts());
    }
    let mut root = None;
    if let Some(seal) = sealer {
        let files = manifests::final_files(&original, &changes, &tag_manifests)?;
        let mut made = Changes::default();
        for (path, octets) in seal(&files)? {
            if !path.starts_with(provenance::seal::FOLDER) {
                return Err(Error::new(ErrorKind::Request, format!("cannot put `{path}` into a seal")));
            }
            if path == provenance::seal::ROOT {
                root = provenance::seal::Root::parse(&octets).ok();
            }
            made.put(&path, octets);
        }
        made.expect_possible(&original)?;
        changes.take_in(made);
    }
    let leftovers = match (original.form, target) {
        (Form::Zip, target) => write_zip(&original, target, &changes, at, threads, observer)?,
        (Form::Directory, Target::At(target)) => {
            directory::write(&original, target, &changes, at, threads, observer)?
        }
        (Form::Directory, Target::InPlace) => {
            if is_about_the_bundle {
                let message = format!("cannot change `{}` in place: it is a directory", source.display());
                return Err(Error::new(ErrorKind::Request, message).with_hint("write another one with -o"));
            }
            directory::add(&original, &changes, at, threads, observer)?;
            0
        }
    };
    Ok(Revised {
        target: match target {
            Target::At(target) => target.to_owned(),
            Target::InPlace => source.to_owned(),
        },
        payload: original.payload(),
        tag_manifests: tag_manifests.digests(),
        root,
        leftovers,
    })
}

fn write_zip(
    original: &Original,
    target: Target<'_>,
    changes: &Changes,
    at: DateTime<Utc>,
    threads: usize,
    observer: &dyn Observer,
) -> Result<u32> {
    let failed =
        |error| Error::io(ErrorKind::Read, &format!("cannot read `{}`", original.path.display()), error);
    // A link is not replaced, but the file that it leads to.
    let place = original.path.canonicalize().map_err(failed)?;
    let (staged, file) = match target {
        Target::At(target) => Staged::file(target)?,
        Target::InPlace => Staged::replacing(&place)?,
    };
    // Opened after the file to be replaced was looked at: whoever writes to it now is noticed.
    let source = File::open(&place).map_err(failed)?;
    let top = original.container.top().unwrap_or_default();
    let rewriting = Rewriting { top, files: changes.files(), at };
    rewrite(&source, &file, staged.path(), &rewriting, observer)?;
    read_back(staged.path(), &original.path, threads, observer)?;
    let leftovers = staged.leftovers();
    staged.commit()?;
    Ok(leftovers)
}

/// Verifies what was written, as anybody would.
fn read_back(path: &Path, source: &Path, threads: usize, observer: &dyn Observer) -> Result<()> {
    let container = bagit::container::open(path)?;
    expect_sound(&examine(&*container, threads, observer)?, source)
}

/// Makes sure that nothing is wrong with a bundle that was made from `source`, or is it.
fn expect_sound(examined: &Examined, source: &Path) -> Result<()> {
    match examined.report.findings.iter().find(|finding| finding.code.severity() != Severity::Warning) {
        None => Ok(()),
        Some(finding) => {
            let message = format!(
                "cannot carry on what `{}` holds: `{}`: {}",
                source.display(),
                finding.path,
                finding.message
            );
            let hint = "`fonds verify` says whether the bundle itself is damaged; if it is not, check the disk. \
                Nothing was left at the target";
            Err(Error::new(ErrorKind::Reread, message).with_hint(hint))
        }
    }
}
