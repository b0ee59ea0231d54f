//! Revisions of bundles that are directories.

use super::{Changes, expect_sound, original::Original, read_back};
use crate::examine::{asked_by_the_seal, examine, examine_as_ours};
use crate::extract::Entries;
use crate::{Error, ErrorKind, Result};
use bagit::package::Package;
use bagit::staging::Staged;
use bagit::tag_file::TagFile;
use bagit::tree::TreePackage;
use bagit::validate::validate_into;
use chrono::{DateTime, Utc};
use fixity::Observer;
use std::fs::File;
use std::io;
use std::path::Path;

/// Copies a bundle, verified on the way, and puts changed files in place of their old ones. Answers
/// how many half-made packages lie beside the target.
pub(super) fn write(
    original: &Original,
    target: &Path,
    changes: &Changes,
    at: DateTime<Utc>,
    threads: usize,
    observer: &dyn Observer,
) -> Result<u32> {
    let staged = Staged::directory(target)?;
    let mut package = TreePackage::new(staged.path(), at);
    let entries = Entries(&*original.container);
    package.lay_out(&entries)?;
    let also = asked_by_the_seal(&*original.container);
    let examination = validate_into(&*original.container, also, &package, &entries, threads, observer)?;
    expect_sound(&examine_as_ours(&*original.container, examination), &original.path)?;
    for (path, text) in changes.files() {
        if original.has(path) {
            take_away(staged.path(), path)?;
        }
        if let Some(text) = text {
            put(&mut package, path, text)?;
        }
    }
    read_back(staged.path(), &original.path, threads, observer)?;
    let leftovers = staged.leftovers();
    staged.commit()?;
    Ok(leftovers)
}

/// Puts files below `seal/` of a bundle that is sound, each by one rename; what is read back first.
pub(super) fn add(
    original: &Original,
    changes: &Changes,
    at: DateTime<Utc>,
    threads: usize,
    observer: &dyn Observer,
) -> Result<()> {
    expect_sound(&examine(&*original.container, threads, observer)?, &original.path)?;
    let base = original.path.canonicalize().map_err(|error| failed("read", &original.path, error))?;
    // Beside the bundle and not in it: a half-made file is no part of it.
    let mut name = base.file_name().unwrap_or_default().to_owned();
    name.push(".seal");
    let staged = Staged::directory(&base.with_file_name(name))?;
    let mut package = TreePackage::new(staged.path(), at);
    for (path, text) in changes.files() {
        let Some(text) = text else { continue };
        put(&mut package, path, text)?;
        let full = staged.path().join(path);
        let expected = text.sum(&[]).map_err(|error| failed("read back", &full, error))?;
        let found = File::open(&full)
            .and_then(|file| {
                file.sync_all()?;
                TagFile::Spooled(file).sum(&[])
            })
            .map_err(|error| failed("read back", &full, error))?;
        if expected != found {
            let message = format!("what was written to `{}` does not read back the same", full.display());
            return Err(Error::new(ErrorKind::Reread, message).with_hint("check the disk"));
        }
    }
    for (path, text) in changes.files() {
        let full = base.join(path);
        let parent = full.parent().unwrap_or(&base);
        let moved = match text {
            Some(_) => std::fs::create_dir_all(parent)
                .and_then(|()| std::fs::rename(staged.path().join(path), &full)),
            None => std::fs::remove_file(&full),
        };
        moved.and_then(|()| File::open(parent)?.sync_all()).map_err(|error| failed("write", &full, error))?;
    }
    Ok(())
}

fn put(package: &mut TreePackage, path: &str, text: &TagFile) -> Result<()> {
    package.put_tag(path, &[], &mut |out| text.each_chunk(&mut |chunk| out.write_all(chunk)))?;
    Ok(())
}

/// Takes a file away, and folders that hold nothing any more.
fn take_away(base: &Path, path: &str) -> Result<()> {
    let full = base.join(path);
    std::fs::remove_file(&full).map_err(|error| failed("leave out", &full, error))?;
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        // A folder that still holds something stays.
        if std::fs::remove_dir(base.join(above)).is_err() {
            break;
        }
        folder = above;
    }
    Ok(())
}

fn failed(verb: &str, path: &Path, error: io::Error) -> Error {
    bagit::Error::io(bagit::ErrorKind::Write, verb, path, error).into()
}
