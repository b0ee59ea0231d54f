//! Where something new may be written: never into what is only read.

use crate::refusal::Refusal;
use crate::spelling::shown;
use std::path::Path;

/// Refuses a place that stands already, or lies in what is looked at. `deed` is what is being done.
pub(crate) fn expect_free<'a>(
    target: &Path,
    looked_at: impl IntoIterator<Item = &'a Path>,
    deed: &str,
) -> Result<(), Refusal> {
    expect_outside(target, looked_at, deed)?;
    if target.symlink_metadata().is_ok() {
        let message = format!("cannot write `{}`: it exists already", shown(target));
        return Err(Refusal::new(&message, Some("choose another name; fonds never overwrites")));
    }
    Ok(())
}

/// Refuses a place that lies in what is looked at, however it is named: a bag with one more file is
/// another bag. `deed` is what is being done.
pub(crate) fn expect_outside<'a>(
    target: &Path,
    looked_at: impl IntoIterator<Item = &'a Path>,
    deed: &str,
) -> Result<(), Refusal> {
    let Some(bag) = looked_at.into_iter().find(|bag| lies_in(target, bag)) else {
        return Ok(());
    };
    let what = if bag.join("bagit.txt").is_file() { "bag" } else { "folder" };
    let message = format!("cannot write `{}`: it would lie in the {what} `{}`", shown(target), shown(bag));
    let hint = format!("{deed} writes nothing into a {what}; choose another place");
    Err(Refusal::new(&message, Some(&hint)))
}

/// Whether what is to be written would lie in a bag that is a folder.
fn lies_in(target: &Path, bag: &Path) -> bool {
    let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (parent.canonicalize(), bag.canonicalize()) {
        (Ok(parent), Ok(bag)) => bag.is_dir() && parent.starts_with(bag),
        // What is not there holds nothing, and nothing can be written there.
        _ => false,
    }
}
