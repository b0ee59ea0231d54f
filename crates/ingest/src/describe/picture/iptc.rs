//! IPTC-IIM 4.2: what agencies write into a picture.

use crate::dates::Trust;
use crate::describe::afar::{be_16, be_32};
use crate::describe::made::{Key, Made};
use crate::describe::sensitive::Clue;

const PLACE: &str = "IPTC";

/// Datasets that are looked at.
const MOST: usize = 500;

/// Takes what the datasets say.
pub(super) fn read(octets: &[u8], made: &mut Made) {
    let (mut names, mut day, mut time) = (Vec::new(), None, None);
    let mut rest = octets;
    for _ in 0..MOST {
        let Some((record, number, value, after)) = dataset(rest) else { break };
        rest = after;
        // Hardly anybody declares a charset, and a few words do not tell one.
        let Ok(text) = std::str::from_utf8(value) else { continue };
        match (record, number) {
            (2, 5 | 105) => made.hear(Key::Title, PLACE, text),
            (2, 120) => made.hear(Key::Summary, PLACE, text),
            (2, 80) => names.push(text.to_owned()),
            (2, 55) => day = Some(text.to_owned()),
            (2, 60) => time = Some(text.to_owned()),
            (2, 90 | 92 | 95) => made.clues.note(Clue::Position, PLACE),
            (2, 122 | 118) => made.clues.note(Clue::Creator, PLACE),
            _ => {}
        }
    }
    made.creators(PLACE, names);
    if let Some(day) = day {
        let written = time.map_or_else(|| day.clone(), |time| format!("{day} {time}"));
        made.dated("IPTC date created", Trust::Fair, &written, &day);
    }
}

/// The first dataset: record, number, value, and what follows.
fn dataset(octets: &[u8]) -> Option<(u8, u8, &[u8], &[u8])> {
    let [0x1C, record, number, ..] = *octets else { return None };
    let length = usize::from(be_16(octets, 3)?);
    // The first bit would make it the length of the length.
    let rest = octets.get(5..).filter(|_| length < 0x8000)?;
    let (value, after) = rest.split_at_checked(length)?;
    Some((record, number, value, after))
}

/// The datasets among the resources of Photoshop, and whether a thumbnail is among them, too.
pub(super) fn among_resources(octets: &[u8]) -> (Option<&[u8]>, bool) {
    let (mut found, mut has_thumbnail) = (None, false);
    let mut rest = octets;
    for _ in 0..MOST {
        let Some((number, value, after)) = resource(rest) else { break };
        rest = after;
        match number {
            0x0404 => found = found.or(Some(value)),
            0x0409 | 0x040C => has_thumbnail = true,
            _ => {}
        }
    }
    (found, has_thumbnail)
}

/// The first resource: its number, its value, and what follows. Names and values have even lengths.
fn resource(octets: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let rest = octets.strip_prefix(b"8BIM")?;
    let number = be_16(rest, 0)?;
    let name = usize::from(*rest.get(2)?);
    let rest = rest.get(2 + (name + 1).next_multiple_of(2)..)?;
    let length = usize::try_from(be_32(rest, 0)?).ok()?;
    let rest = rest.get(4..)?;
    let value = rest.get(..length)?;
    Some((number, value, rest.get(length.checked_add(length % 2)?..).unwrap_or_default()))
}
