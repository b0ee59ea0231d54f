//! Captures in a WACZ (Webrecorder's Web Archive Collection Zipped, 1.1.1): a ZIP of WARCs.

mod archive;
mod package;
mod pages;

use super::found::Found;
use super::plain::{GZIP, Place, Plain, Stretch};
use super::warc::{Captures, begins_warc};
use super::window::{Watch, Window};
use crate::source::OpenFile;
use archive::{Archive, Entry};
use std::io;
use std::sync::Arc;

/// WARCs in one WACZ.
const MOST_WARCS: usize = 10_000;

/// Looks through a WACZ; `None` if it is no ZIP with a `datapackage.json`.
pub(super) fn look(
    file: &Arc<OpenFile>,
    stretches: &mut Vec<Stretch>,
    watch: Watch<'_>,
) -> io::Result<Option<Found>> {
    let archive = match Archive::open(file) {
        Ok(archive) => archive,
        Err(archive::Obstacle::NoZip) => return Ok(None),
        Err(archive::Obstacle::Unread(why)) => return Ok(Some(Found::unread(&why))),
    };
    if archive.find("datapackage.json").is_none() {
        return Ok(None);
    }
    let checked = package::check(&archive, watch)?;
    let titles = pages::read(&archive);
    let mut captures = Captures::new(file.size()).with_titles(titles);
    let mut obstacles = Vec::new();
    for entry in archive.entries.iter().filter(|entry| is_warc(&entry.name)).take(MOST_WARCS) {
        match stretch_of(file, entry) {
            Ok(stretch) => {
                stretches.push(stretch);
                captures.read(file, stretches, watch)?;
            }
            Err(why) => obstacles.push(format!("`{}` is not looked through: {why}", shown(&entry.name))),
        }
    }
    let mut found = captures.end("");
    for why in obstacles {
        found.note(provenance::EventType::Unpacking, provenance::Outcome::Warning, why);
    }
    found.notes.extend(checked);
    Ok(Some(found))
}

fn is_warc(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let stem = lower.strip_suffix(".gz").unwrap_or(&lower);
    lower.starts_with("archive/") && stem.rsplit_once('.').is_some_and(|(_, extension)| extension == "warc")
}

/// Where the octets of an entry lie, and how they are wrapped.
fn stretch_of(file: &Arc<OpenFile>, entry: &Entry) -> Result<Stretch, String> {
    let bare = entry.stretch()?;
    let window = Window::new(Arc::clone(file), bare.at, bare.octets);
    let mut plain = Plain::begin(window, bare, Place { from: 0, skip: 0 }, u64::MAX);
    let first = plain.ahead(GZIP.len()).map_err(|error| error.to_string())?;
    let stretch = Stretch { gzip: first.starts_with(&GZIP), ..bare };
    if begins_warc(file, stretch) { Ok(stretch) } else { Err("it is no WARC".to_owned()) }
}

/// A name of an entry, as much of it as one wants to see.
fn shown(name: &str) -> String {
    provenance::name::excerpt(name.as_bytes())
}
