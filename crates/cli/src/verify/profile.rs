//! The profile that bags are held against: one that is built in, or a file. Nothing is fetched.

use crate::refusal::Refusal;
use crate::whole_file;
use bagit::profile::{Profile, find, known};
use std::io::Read;
use std::path::Path;

/// More octets than any profile has.
const MOST_OCTETS: u64 = 5 << 20;

/// Finds the profile of that name or identifier, or in the file at that path.
pub(super) fn load(named: &Path) -> Result<Profile, Refusal> {
    let read = match named.to_str().and_then(find) {
        Some(known) => known.profile(),
        None => Profile::parse(&read_file(named)?),
    };
    read.map_err(|problem| {
        let message = format!("cannot use `{}` as a profile: {problem}", named.display());
        Refusal::new(&message, Some("see https://bagit-profiles.github.io/bagit-profiles-specification/"))
    })
}

fn read_file(path: &Path) -> Result<Vec<u8>, Refusal> {
    let mut text = Vec::new();
    let read = whole_file::open(path).and_then(|file| file.take(MOST_OCTETS).read_to_end(&mut text));
    read.map(|_| text).map_err(|error| {
        let names: Vec<&str> = known().iter().map(|known| known.name).collect();
        let message = format!("cannot read the profile `{}`: {error}", path.display());
        let hint = format!("give a JSON file, or one of the built-in profiles: {}", names.join(", "));
        Refusal::new(&message, Some(&hint))
    })
}
