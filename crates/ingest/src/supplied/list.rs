//! One list of checksums, among the documents or beside them.

use super::above::Above;
use super::places::{Leads, Places, is_absolute};
use super::sink::Sink;
use super::{LONGEST_LIST, shown};
use crate::checklist::{Hint, Listed, Reading, hint_of, read};
use crate::source::Documents;
use crate::{Error, ErrorKind};
use fixity::{Algorithm, Pass};
use provenance::name::{escape, excerpt};
use provenance::{Arrival, EventType, Outcome, Source};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// Reads a document that is named as a list of checksums, and is one if its content is.
pub(super) fn read_among(
    item: usize,
    hint: &Hint,
    places: &Places<'_>,
    source: &Documents,
    sink: &mut Sink,
) -> Result<(), Error> {
    let name = places.item(item).path.as_str();
    if places.item(item).size_octets > LONGEST_LIST {
        let detail = format!("named as a list of checksums, and longer than {LONGEST_LIST} octets; not read");
        sink.warn(EventType::FixityCheck, name, detail);
        return Ok(());
    }
    let failed = |error: io::Error| {
        Error::new(ErrorKind::Unreadable, format!("cannot read the list of checksums `{name}`: {error}"))
    };
    let mut document = source.open(places.item(item)).map_err(failed)?;
    let reading = read(BufReader::new(&mut document), hint, sink.room()).map_err(failed)?;
    let why = match reading {
        Reading::List(listed) => {
            document.settle().map_err(failed)?;
            let raw = places.raw(item);
            let base = raw.iter().rposition(|octet| *octet == b'/').map_or(&raw[..0], |end| &raw[..end]);
            let list = sink.begin(name.to_owned());
            hold(&listed, base, (list, Some(item)), places, sink);
            return Ok(());
        }
        Reading::NoList if places.item(item).size_octets == 0 => "it is empty".to_owned(),
        Reading::NoList => {
            "it is in no form of such lists that is known, or in another encoding than UTF-8".to_owned()
        }
        Reading::Broken(line) => format!("its line {line} is none of a list"),
        Reading::TooLong => "it lists more than can be held against the documents".to_owned(),
    };
    let detail = format!("named as a list of checksums, but {why}; nothing was checked by it");
    sink.warn(EventType::FixityCheck, name, detail);
    Ok(())
}

/// Reads a list that a person named and that is not packed; its digest is recorded.
pub(super) fn read_beside(
    path: &Path,
    text: BufReader<File>,
    places: &Places<'_>,
    sink: &mut Sink,
) -> Result<(), Error> {
    let failed = |why: &dyn std::fmt::Display| {
        let message = format!("cannot read the list of checksums `{}`: {why}", shown(path));
        Error::new(ErrorKind::Checksums, message)
    };
    let name = path.file_name().unwrap_or_default().as_bytes();
    let mut summed = Summed { text, pass: Pass::new(&[Algorithm::Sha256]) };
    let hint = hint_of(name).unwrap_or_default();
    let reading = read(BufReader::new(&mut summed), &hint, sink.room()).map_err(|error| failed(&error))?;
    let Reading::List(listed) = reading else {
        return Err(failed(&match reading {
            Reading::Broken(line) => format!("line {line} is no checksum and path"),
            Reading::TooLong => "it lists more than can be held against the documents".to_owned(),
            _ => "expected lines such as `sha256sum` or `hashdeep` write, found others".to_owned(),
        }));
    };
    let list = sink.begin(escape(name));
    sink.arrivals.push(Arrival {
        event_type: EventType::MessageDigestCalculation,
        object_path: escape(name),
        digest_before: summed.pass.finish().digests.first().copied(),
        outcome: Outcome::Success,
        detail: format!("a list of {} checksums that came beside the documents; not packed", listed.len()),
    });
    let before = sink.supplied.len();
    hold(&listed, b"", (list, None), places, sink);
    if sink.supplied.len() == before {
        let first = listed.first().map(|entry| excerpt(&entry.path)).unwrap_or_default();
        let why = format!(
            "expected paths of these documents, found none in {} lines, such as `{first}`",
            listed.len()
        );
        return Err(failed(&why).with_hint(
            "see that its paths begin where the documents do, or below one folder more; or leave it out",
        ));
    }
    Ok(())
}

/// A text that is digested while it is read.
struct Summed {
    text: BufReader<File>,
    pass: Pass,
}

impl Read for Summed {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let octets = self.text.read(room)?;
        self.pass.update(&room[..octets]);
        Ok(octets)
    }
}

/// Finds the documents that are listed; the list is about the folder `base`, and may be an item itself.
fn hold(
    listed: &[Listed],
    base: &[u8],
    (list, own): (usize, Option<usize>),
    places: &Places<'_>,
    sink: &mut Sink,
) {
    if listed.iter().all(|entry| entry.is_guessed) {
        sink.guessed.push(list);
    }
    // A list was often made one folder further up, or of a folder of another computer.
    let absolute = Above::of_absolute(listed, base, places);
    let relative = Above::of_relative(listed, base, places, own.is_some());
    let (mut missing, mut outside, mut left_out, mut itself) = (Vec::new(), Vec::new(), 0_u64, false);
    let mut seen: HashMap<usize, Vec<fixity::Digest>> = HashMap::new();
    for entry in listed {
        let lead = match (&absolute, &relative) {
            (Some(above), _) if is_absolute(&entry.path) => {
                above.strip(&entry.path).map_or(Leads::Outside, |path| places.lead(base, &path))
            }
            (_, Some(above)) if !is_absolute(&entry.path) => match above.strip(&entry.path) {
                Some(path) => places.lead(base, &path),
                // A stranger: what lies here under its name is another document.
                None => Leads::Outside,
            },
            _ => places.lead(base, &entry.path),
        };
        match lead {
            // What a list says of itself was written before the list was whole.
            Leads::To(item) if Some(item) == own => itself = true,
            Leads::To(item) => {
                let before = seen.entry(item).or_default();
                if !before.contains(&entry.digest) {
                    before.push(entry.digest);
                    sink.expect(list, item, entry.digest);
                }
            }
            Leads::Nowhere(path) => missing.push(format!("data/{}", escape(&path))),
            Leads::LeftOut => left_out += 1,
            Leads::Outside => outside.push(&entry.path),
        }
    }
    let name = sink.lists[list].clone();
    let mut warn = |detail: String| sink.warn(EventType::FixityCheck, &name, detail);
    if itself {
        warn("lists itself, which no list can do rightly; that line was passed over".to_owned());
    }
    if left_out > 0 {
        warn(format!("{left_out} of what it lists was left out, and not checked"));
    }
    if let Some(first) = outside.first() {
        let first = excerpt(first);
        warn(format!("{} of its paths lead elsewhere and were not followed, such as {first}", outside.len()));
    }
    sink.tell_missing(list, missing, "not there");
}
