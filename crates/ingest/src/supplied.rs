//! Digests that came with the documents: lists among them or beside them, and manifests of bags. They
//! are found and read here; whether they agree shows when each document is read, once.

mod above;
mod bag;
mod list;
mod places;
mod sink;

use crate::checklist::hint_of;
use crate::error::shown;
use crate::received::Received;
use crate::{Error, ErrorKind};
use places::Places;
use sink::Sink;
use std::collections::HashSet;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// As many digests are held against documents, whatever the lists hold: each takes some 90 octets.
const MOST_DIGESTS: usize = 2_000_000;
/// Octets of the longest list that is read.
const LONGEST_LIST: u64 = 256 << 20;

/// Reads every list of checksums among the documents, every manifest of a bag there, and the lists
/// `beside` them, whose paths begin where the payload does.
///
/// # Errors
/// Of kind `Checksums` if one of `beside` is no list, or lists none of the documents; `Unreadable` if something can no longer be read.
pub(crate) fn gather(received: &mut Received, beside: &[PathBuf], look_among: bool) -> Result<(), Error> {
    let mut sink = Sink::default();
    let places = Places::of(&received.accession);
    for path in beside {
        let file = open_beside(path)?;
        list::read_beside(path, BufReader::new(file), &places, &mut sink)?;
    }
    if look_among {
        let bags = bag::find(&places);
        let manifests: HashSet<usize> = bags.iter().flat_map(bag::Bag::manifests).collect();
        for bag in &bags {
            bag::check(bag, &places, &received.source, &mut sink)?;
        }
        for item in 0..places.count() {
            let raw = places.raw(item);
            let name = raw.rsplit(|octet| *octet == b'/').next().unwrap_or(raw);
            // What came in a mail or a capture is no list of what lies around it.
            let is_derived = places.item(item).given.iter().any(|given| given.column == "derived_from");
            if !is_derived
                && !manifests.contains(&item)
                && let Some(hint) = hint_of(name)
            {
                list::read_among(item, &hint, &places, &received.source, &mut sink)?;
            }
        }
    }
    let Sink { lists, supplied, guessed, arrivals, missing } = sink;
    received.accession.arrivals.extend(arrivals);
    received.accession.lists = lists;
    received.accession.supplied = supplied;
    received.accession.guessed = guessed;
    received.missing = missing;
    Ok(())
}

/// Opens a list that a person named.
fn open_beside(path: &Path) -> Result<File, Error> {
    let failed = |why: &dyn std::fmt::Display| {
        let message = format!("cannot read the list of checksums `{}`: {why}", shown(path));
        Error::new(ErrorKind::Checksums, message)
    };
    let metadata = std::fs::metadata(path).map_err(|error| failed(&error))?;
    if !metadata.is_file() {
        return Err(failed(&"it is no file"));
    }
    if metadata.len() > LONGEST_LIST {
        return Err(failed(&format!("expected at most {LONGEST_LIST} octets, found {}", metadata.len())));
    }
    File::open(path).map_err(|error| failed(&error))
}
