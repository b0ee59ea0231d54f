//! Comments of Vorbis, in FLAC (RFC 9639) and Ogg (RFC 3533).

use crate::dates::Trust;
use crate::describe::afar::{Afar, Trouble, be_64, le_32};
use crate::describe::made::{Key, Made};
use crate::describe::sensitive::Clue;

/// Octets of comments that are read.
const COMMENTS: usize = 256 << 10;
/// Comments that are read.
const MOST: usize = 500;

/// Takes what a FLAC file says.
pub(super) fn flac(afar: &Afar<'_>, made: &mut Made) -> Option<()> {
    const WHAT: &str = "a block of metadata";
    let mut at = 4;
    for _ in 0..MOST {
        let head = afar.octets(at, 4, WHAT)?;
        let (kind, length) =
            (head.first()? & 0x7F, u64::from(crate::describe::afar::be_32(&head, 0)? & 0xFF_FFFF));
        let (start, end) = (at + 4, at + 4 + length);
        match kind {
            0 => {
                let info = afar.beginning(start, end, 18, WHAT)?;
                // Rate in 20 bits, channels and depth in 8, samples in 36.
                let packed = be_64(&info, 10)?;
                let (rate, samples) = (packed >> 44, packed & 0xF_FFFF_FFFF);
                made.length = (samples * 1_000).checked_div(rate);
            }
            4 => {
                comments(&afar.beginning(start, end, COMMENTS, WHAT)?, afar, made)?;
            }
            _ => {}
        }
        if head.first()? & 0x80 != 0 {
            return Some(());
        }
        at = end;
    }
    afar.fails(Trouble::TooMuch)
}

/// Takes what an Ogg file says: the second packet of its first stream that has comments.
pub(super) fn ogg(afar: &Afar<'_>, made: &mut Made) -> Option<()> {
    const WHAT: &str = "a page";
    /// Pages that are looked at.
    const PAGES: usize = 100;
    const NAMES: [&[u8]; 3] = [b"\x03vorbis", b"OpusTags", b"\x81theora"];
    let (mut at, mut packet) = (0, Vec::new());
    for _ in 0..PAGES {
        if at == afar.end() {
            return Some(());
        }
        let head = afar.octets(at, 27, WHAT)?;
        if !head.starts_with(b"OggS") {
            return afar.fails(Trouble::Broken("no page where one should begin"));
        }
        let lengths = afar.octets(at + 27, usize::from(*head.get(26)?), WHAT)?;
        at += 27 + lengths.len() as u64;
        for length in lengths.iter().copied() {
            if packet.len() < COMMENTS {
                packet.extend_from_slice(&afar.octets(at, length.into(), WHAT)?);
            }
            at += u64::from(length);
            if length < 255 {
                if let Some(rest) = NAMES.iter().find_map(|name| packet.strip_prefix(*name)) {
                    return comments(rest, afar, made);
                }
                packet.clear();
            }
        }
    }
    Some(())
}

/// Takes comments: `TITLE=…`, each behind its length.
fn comments(octets: &[u8], afar: &Afar<'_>, made: &mut Made) -> Option<()> {
    let mut rest = octets;
    let Some(_vendor) = counted(&mut rest) else { return afar.fails(Trouble::Cut("comments")) };
    let count = usize::try_from(le_32(rest, 0)?).ok()?;
    rest = rest.get(4..)?;
    for _ in 0..count.min(MOST) {
        let Some(comment) = counted(&mut rest) else { return afar.fails(Trouble::Cut("comments")) };
        let Some((name, value)) = std::str::from_utf8(comment).ok().and_then(|text| text.split_once('='))
        else {
            continue;
        };
        comment_of(&name.to_uppercase(), value, made);
    }
    Some(())
}

fn comment_of(name: &str, value: &str, made: &mut Made) {
    const PLACE: &str = "comments of the recording";
    let key = match name {
        "TITLE" => Key::Title,
        "ARTIST" | "AUTHOR" | "PERFORMER" => Key::Creator,
        "ORGANIZATION" | "PUBLISHER" => Key::Publisher,
        "DESCRIPTION" => Key::Summary,
        "DATE" => return made.dated("recording date", Trust::Fair, value.trim(), value.trim()),
        "LOCATION" | "GEO_LOCATION" => Key::Clue(Clue::Position),
        "CONTACT" => Key::Clue(Clue::MailAddress),
        "METADATA_BLOCK_PICTURE" => return,
        name if name.contains("LOCATION") || name.contains("GPS") => Key::Clue(Clue::Position),
        name if name.contains("SERIAL") => Key::Clue(Clue::SerialNumber),
        _ => return,
    };
    made.hear(key, PLACE, value);
}

/// Octets behind their length.
fn counted<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::try_from(le_32(rest, 0)?).ok()?;
    let (value, after) = rest.get(4..)?.split_at_checked(length)?;
    *rest = after;
    Some(value)
}
