//! Where a new revision of a bundle goes.

use crate::outside::expect_outside;
use crate::refusal::Refusal;
use crate::spelling::shown;
use export::bundle::is_zip;
use std::path::{Path, PathBuf};

/// Revisions that are looked for beside a bundle.
const MOST_REVISIONS: u32 = 10_000;

/// Where the revision of a bundle goes: where somebody said, else beside it as its next revision.
pub(super) fn target(bag: &Path, output: Option<&Path>) -> Result<PathBuf, Refusal> {
    let target = match output {
        Some(output) => output.to_owned(),
        None => next(bag)?,
    };
    expect_outside(&target, [bag], "describing")?;
    let refuse = |why: &str| {
        let message = format!("cannot write `{}`: {why}", shown(&target));
        Refusal::new(&message, Some("choose another name with -o"))
    };
    let problems = target.file_name().map(ingest::name_problems).unwrap_or_default();
    if !problems.is_empty() {
        return Err(refuse(&format!("its name {}", problems.join(", "))));
    }
    match (bag.is_dir(), is_zip(&target)) {
        (true, true) => Err(refuse("expected no name in .zip, since the bundle is a directory")),
        (false, false) => Err(refuse("expected a name that ends in .zip, since the bundle is a file")),
        _ => Ok(target),
    }
}

/// The next revision that nothing stands for yet: `letters.zip`, `letters-r2.zip`, `letters-r3.zip`.
fn next(bag: &Path) -> Result<PathBuf, Refusal> {
    let unnamed = || {
        let message = format!("cannot name a revision of `{}`", shown(bag));
        Refusal::new(&message, Some("say where to write with -o"))
    };
    // `.` and `..` have no name; their full paths have.
    let full = match bag.file_name() {
        Some(_) => bag.to_owned(),
        None => bag.canonicalize().map_err(|_| unnamed())?,
    };
    let name = full.file_name().and_then(|name| name.to_str()).ok_or_else(unnamed)?;
    let extension = if is_zip(&full) { &name[name.len() - ".zip".len()..] } else { "" };
    // A file that is no `.zip` by its name becomes one: what is written is a ZIP.
    let new_extension = if extension.is_empty() && !bag.is_dir() { ".zip" } else { extension };
    let (stem, revision) = numbered(&name[..name.len() - extension.len()]);
    let paths = (revision + 1..=MOST_REVISIONS)
        .map(|number| full.with_file_name(format!("{stem}-r{number}{new_extension}")));
    paths.into_iter().find(|path| path.symlink_metadata().is_err()).ok_or_else(unnamed)
}

/// A name without the number of its revision, and that; 1 if it has none.
fn numbered(name: &str) -> (&str, u32) {
    name.rsplit_once("-r")
        .filter(|(stem, digits)| {
            let is_decimal = digits.bytes().all(|octet| octet.is_ascii_digit()) && !digits.starts_with('0');
            !stem.is_empty() && is_decimal
        })
        .and_then(|(stem, digits)| Some((stem, digits.parse().ok().filter(|&number| number > 1)?)))
        .unwrap_or((name, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revisions_are_numbered_on() {
        assert_eq!(numbered("letters"), ("letters", 1));
        assert_eq!(numbered("letters-r2"), ("letters", 2));
        for name in ["letters-r", "letters-r1", "letters-r02", "letters-rx", "-r2", "letters-r99999999999"] {
            assert_eq!(numbered(name), (name, 1), "{name}");
        }
    }
}
