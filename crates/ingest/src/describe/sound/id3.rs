//! ID3 before and behind MP3: versions 2.2 to 2.4, and 1.

use crate::dates::Trust;
use crate::describe::afar::{Afar, Trouble, be_32};
use crate::describe::made::{Key, Made, VALUE};
use crate::describe::sensitive::Clue;
use std::borrow::Cow;

/// Frames that are looked at.
const MOST: usize = 500;

const WHAT: &str = "a frame of ID3";

/// Text frames, by the names of version 2.3 and 2.4, and of 2.2.
const FRAMES: [(&[u8; 4], &[u8; 3], Key); 8] = [
    (b"TIT2", b"TT2", Key::Title),
    (b"TPE1", b"TP1", Key::Creator),
    (b"TPUB", b"TPB", Key::Publisher),
    (b"TDRC", b"\0\0\0", Key::Day),
    (b"TYER", b"TYE", Key::Day),
    (b"TOWN", b"\0\0\0", Key::Clue(Clue::Owner)),
    (b"OWNE", b"\0\0\0", Key::Clue(Clue::Owner)),
    (b"TENC", b"TEN", Key::Clue(Clue::Creator)),
];

/// Takes what the tags say.
pub(super) fn read(afar: &Afar<'_>, made: &mut Made) -> Option<()> {
    let head = afar.octets(0, 10, WHAT)?;
    if head.starts_with(b"ID3") {
        let _ = frames(afar, &head, made);
    }
    // The old tag is looked for only where the new one says nothing.
    if made.evidence.titles.is_empty() && made.evidence.creators.is_empty() && afar.end() > 128 {
        old(&afar.octets(afar.end() - 128, 128, "the tag at the end")?, made);
    }
    Some(())
}

fn frames(afar: &Afar<'_>, head: &[u8], made: &mut Made) -> Option<()> {
    let (version, flags) = (*head.get(3)?, *head.get(5)?);
    let end = 10 + u64::from(seven_bits(be_32(head, 6)?));
    if end > afar.end() {
        return afar.fails(Trouble::Cut("the ID3 tag"));
    }
    let mut at = 10;
    if flags & 0x40 != 0 && version >= 3 {
        let size = be_32(&afar.octets(at, 4, WHAT)?, 0)?;
        at += u64::from(if version == 3 { size.saturating_add(4) } else { seven_bits(size) });
    }
    let header = if version == 2 { 6 } else { 10 };
    for _ in 0..MOST {
        if at.saturating_add(header) > end {
            return Some(());
        }
        let frame = afar.octets(at, usize::try_from(header).ok()?, WHAT)?;
        // Padding.
        if frame.first() == Some(&0) {
            return Some(());
        }
        let size = match version {
            2 => be_32(&[&[0], frame.get(3..6)?].concat(), 0)?,
            3 => be_32(&frame, 4)?,
            _ => seven_bits(be_32(&frame, 4)?),
        };
        let (start, after) = (at + header, at + header + u64::from(size));
        if after > end {
            return afar.fails(Trouble::Cut(WHAT));
        }
        let is_whole = version == 2 || frame.get(9)? & 0x0C == 0;
        let known = FRAMES.iter().find(|(new, older, _)| {
            if version == 2 { frame.starts_with(*older) } else { frame.starts_with(*new) }
        });
        if let Some((.., key)) = known.filter(|_| is_whole) {
            let value = afar.beginning(start, after, VALUE, WHAT)?;
            let unsynchronised = if version == 4 { frame.get(9)? & 2 != 0 } else { flags & 0x80 != 0 };
            // The length of the frame as it was may stand before it.
            let skipped = if version == 4 && frame.get(9)? & 1 != 0 { 4 } else { 0 };
            let value = resynchronised(value.get(skipped..)?, unsynchronised);
            if let Some(text) = text(&value) {
                hear(*key, &text, made);
            }
        }
        at = after;
    }
    afar.fails(Trouble::TooMuch)
}

fn hear(key: Key, text: &str, made: &mut Made) {
    match key {
        Key::Day => made.dated("ID3 date", Trust::Fair, text.trim(), text.trim()),
        Key::Clue(_) if text.trim().is_empty() => {}
        key => made.hear(key, "ID3", text),
    }
}

/// Text behind the octet that says its encoding; of several values the first.
fn text(octets: &[u8]) -> Option<String> {
    let (encoding, text) = octets.split_first()?;
    let wide = |text: &[u8], is_big_endian: bool| {
        let unit = |pair: &[u8]| {
            if is_big_endian {
                u16::from_be_bytes([pair[0], pair[1]])
            } else {
                u16::from_le_bytes([pair[0], pair[1]])
            }
        };
        let units: Vec<u16> = text.chunks_exact(2).map(unit).take_while(|unit| *unit != 0).collect();
        String::from_utf16(&units).ok()
    };
    match encoding {
        1 if text.starts_with(b"\xFE\xFF") => wide(&text[2..], true),
        1 if text.starts_with(b"\xFF\xFE") => wide(&text[2..], false),
        1 => wide(text, false),
        2 => wide(text, true),
        // Latin 1 by the standard; beyond ASCII it may be any charset of its writer.
        0 | 3 => {
            let text = text.split(|octet| *octet == 0).next()?;
            std::str::from_utf8(text).ok().map(str::to_owned)
        }
        _ => None,
    }
}

/// Without the zeros that keep 0xFF from looking like a frame of sound.
fn resynchronised(octets: &[u8], is_needed: bool) -> Cow<'_, [u8]> {
    if !is_needed {
        return Cow::Borrowed(octets);
    }
    let mut last = 0;
    let mut kept = octets.to_vec();
    kept.retain(|octet| {
        let is_inserted = last == 0xFF && *octet == 0;
        last = *octet;
        !is_inserted
    });
    Cow::Owned(kept)
}

/// Seven bits of each octet.
fn seven_bits(number: u32) -> u32 {
    number.to_be_bytes().iter().fold(0, |sum, octet| sum << 7 | u32::from(octet & 0x7F))
}

/// The tag of version 1.
fn old(tag: &[u8], made: &mut Made) {
    const PLACE: &str = "ID3 version 1";
    if !tag.starts_with(b"TAG") {
        return;
    }
    for (key, from, to) in [(Key::Title, 3, 33), (Key::Creator, 33, 63), (Key::Day, 93, 97)] {
        let field = tag.get(from..to).and_then(|field| field.split(|octet| *octet == 0).next());
        if let Some(text) = field.and_then(|field| std::str::from_utf8(field).ok()) {
            match key {
                Key::Day => hear(key, text, made),
                key => made.hear(key, PLACE, text),
            }
        }
    }
}
