//! Values by name in films: user data, `QuickTime` keys, lists of iTunes.

use crate::dates::Trust;
use crate::describe::afar::{Afar, be_16, be_32};
use crate::describe::boxes::{Boxes, Part};
use crate::describe::made::{Key, Made, VALUE};
use crate::describe::sensitive::Clue;

const WHAT: &str = "user data";
const PLACE: &str = "film metadata";

/// Names of four octets, of `QuickTime`, 3GPP and the makers of cameras.
const CODES: [(&[u8; 4], Key); 29] = [
    (b"\xA9nam", Key::Title),
    (b"titl", Key::Title),
    (b"\xA9ART", Key::Creator),
    (b"\xA9aut", Key::Creator),
    (b"\xA9dir", Key::Creator),
    (b"auth", Key::Creator),
    (b"perf", Key::Creator),
    (b"\xA9pub", Key::Publisher),
    (b"\xA9des", Key::Summary),
    (b"desc", Key::Summary),
    (b"dscp", Key::Summary),
    (b"\xA9day", Key::Day),
    (b"\xA9mak", Key::Make),
    (b"manu", Key::Make),
    (b"\xA9mod", Key::Model),
    (b"modl", Key::Model),
    (b"\xA9xyz", Key::Clue(Clue::Position)),
    (b"loci", Key::Clue(Clue::Position)),
    (b"\xA9lvl", Key::Clue(Clue::Position)),
    (b"ownr", Key::Clue(Clue::Owner)),
    (b"apID", Key::Clue(Clue::Owner)),
    (b"\xA9hst", Key::Clue(Clue::Computer)),
    (b"SNum", Key::Clue(Clue::SerialNumber)),
    (b"CAME", Key::Clue(Clue::SerialNumber)),
    (b"LENS", Key::Clue(Clue::SerialNumber)),
    (b"GUMI", Key::Clue(Clue::UniqueNumber)),
    (b"MUID", Key::Clue(Clue::UniqueNumber)),
    (b"GPMF", Key::Clue(Clue::MakerNotes)),
    (b"thmb", Key::Clue(Clue::Thumbnail)),
];

/// Ends of the names of keys, after `com.apple.quicktime.` and the like.
const KEYS: [(&str, Key); 20] = [
    ("title", Key::Title),
    ("displayname", Key::Title),
    ("author", Key::Creator),
    ("artist", Key::Creator),
    ("director", Key::Creator),
    ("publisher", Key::Publisher),
    ("description", Key::Summary),
    ("make", Key::Make),
    ("manufacturer", Key::Make),
    ("model", Key::Model),
    ("year", Key::Day),
    ("location.iso6709", Key::Clue(Clue::Position)),
    ("location.name", Key::Clue(Clue::Position)),
    ("location.body", Key::Clue(Clue::Position)),
    ("gps", Key::Clue(Clue::Position)),
    ("serialnumber", Key::Clue(Clue::SerialNumber)),
    ("serial", Key::Clue(Clue::SerialNumber)),
    ("content.identifier", Key::Clue(Clue::UniqueNumber)),
    ("camera.identifier", Key::Clue(Clue::UniqueNumber)),
    ("owner", Key::Clue(Clue::Owner)),
];

/// Takes what user data says.
pub(super) fn user_data(afar: &Afar<'_>, part: Part, made: &mut Made) {
    for entry in Boxes::within(afar, part) {
        match &entry.kind {
            b"meta" => {
                let _ = meta(afar, entry, made);
            }
            b"XMP_" => packet(afar, entry, made),
            code => {
                if let Some((_, key)) = CODES.iter().find(|(known, _)| *known == code) {
                    let _ = value(afar, entry, *key, made);
                }
            }
        }
    }
}

/// Takes what a packet of XMP says.
pub(super) fn packet(afar: &Afar<'_>, part: Part, made: &mut Made) {
    let most = crate::describe::xmp::LONGEST;
    if let Some(octets) = afar.beginning(part.start, part.end, most, "the XMP packet") {
        made.packet(&octets);
    }
}

/// Takes a box with keys and values.
pub(super) fn meta(afar: &Afar<'_>, part: Part, made: &mut Made) -> Option<()> {
    let head = afar.beginning(part.start, part.end, 8, WHAT)?;
    // In MP4 it has a version, in QuickTime none.
    let skipped = if head.get(4..) == Some(b"hdlr") { 0 } else { 4 };
    let inside = Part { start: (part.start + skipped).min(part.end), ..part };
    let mut names = Vec::new();
    for entry in Boxes::within(afar, inside) {
        match &entry.kind {
            b"keys" => names = keys(afar, entry).unwrap_or_default(),
            b"ilst" => {
                for item in Boxes::within(afar, entry) {
                    item_of_list(afar, item, &names, made);
                }
            }
            b"xml " => packet(afar, entry, made),
            _ => {}
        }
    }
    Some(())
}

/// Names of keys, in lower case.
fn keys(afar: &Afar<'_>, part: Part) -> Option<Vec<String>> {
    let mut names = Vec::new();
    // A version and the number of keys come first.
    for key in Boxes::within(afar, Part { start: part.start.saturating_add(8).min(part.end), ..part }) {
        let name = afar.beginning(key.start, key.end, 200, WHAT)?;
        names.push(String::from_utf8_lossy(&name).to_lowercase());
    }
    Some(names)
}

/// Takes an item of a list: its type is a name, or the number of a key.
fn item_of_list(afar: &Afar<'_>, item: Part, names: &[String], made: &mut Made) -> Option<()> {
    let number = usize::try_from(u32::from_be_bytes(item.kind)).ok()?;
    let name = number.checked_sub(1).and_then(|number| names.get(number));
    let key = match name {
        None => CODES.iter().find(|(known, _)| **known == item.kind).map(|(_, key)| *key)?,
        // Apple's is the moment of recording with its zone; nobody else writes it.
        Some(name) if name == "com.apple.quicktime.creationdate" => Key::Moment,
        Some(name) => {
            let ends =
                |end: &str| name.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
            KEYS.iter().find(|(end, _)| ends(end)).map(|(_, key)| *key)?
        }
    };
    let data = Boxes::within(afar, item).find_kind(*b"data")?;
    let octets = afar.beginning(data.start, data.end, VALUE, WHAT)?;
    let (kind, value) = (be_32(&octets, 0)?, octets.get(8..)?);
    match kind {
        1 => hear(key, &String::from_utf8_lossy(value), made),
        2 => hear(key, &wide(value), made),
        // Pictures and numbers: only that they are there can matter.
        _ if matches!(key, Key::Clue(_)) => hear(key, "set", made),
        _ => {}
    }
    Some(())
}

/// Takes a value of user data: with its length and language, as 3GPP has it, or bare.
fn value(afar: &Afar<'_>, part: Part, key: Key, made: &mut Made) -> Option<()> {
    let octets = afar.beginning(part.start, part.end, VALUE, WHAT)?;
    if octets.iter().all(|octet| *octet == 0) {
        return None;
    }
    if matches!(key, Key::Clue(_)) {
        hear(key, "set", made);
        return Some(());
    }
    let length = usize::from(be_16(&octets, 0)?);
    let text = if part.kind[0] == 0xA9 {
        if octets.get(4..8) == Some(b"data") {
            String::from_utf8_lossy(octets.get(16..)?).into_owned()
        } else {
            String::from_utf8_lossy(octets.get(4..4 + length)?).into_owned()
        }
    } else {
        let text = octets.get(6..)?;
        if text.starts_with(&[0xFE, 0xFF]) {
            wide(&text[2..])
        } else {
            String::from_utf8_lossy(text).into_owned()
        }
    };
    hear(key, text.split('\0').next().unwrap_or_default(), made);
    Some(())
}

/// Text in big-endian UTF-16.
fn wide(octets: &[u8]) -> String {
    let units: Vec<u16> = octets.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

fn hear(key: Key, value: &str, made: &mut Made) {
    match key {
        Key::Moment => made.dated("QuickTime creation date", Trust::Strong, value.trim(), value.trim()),
        key => made.hear(key, PLACE, value),
    }
}
