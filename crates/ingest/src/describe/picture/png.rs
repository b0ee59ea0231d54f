//! PNG (third edition): chunks before the pixels, and those at the end.

use super::{PACKET, exif};
use crate::dates::Trust;
use crate::describe::afar::{Afar, Trouble, be_32};
use crate::describe::made::{Key, Made, VALUE};
use memchr::memmem;

/// Chunks that are looked at one by one; there may be thousands with pixels.
const MOST: usize = 300;

/// Octets at the end in which chunks are looked for, where there were too many.
const TAIL: u64 = 64 << 10;

const WHAT: &str = "a chunk";

/// Takes what stands in chunks of text and of Exif.
pub(super) fn read(afar: &Afar<'_>, made: &mut Made) -> Option<()> {
    let mut at = 8;
    for _ in 0..MOST {
        at = chunk(afar, at, made)?;
        if at >= afar.end() {
            return Some(());
        }
    }
    // From here on a chunk is only known by what follows it: chunks, up to the end.
    let from = at.max(afar.end().saturating_sub(TAIL));
    let tail = afar.octets(from, usize::try_from(afar.end() - from).ok()?, WHAT)?;
    let names = [&b"eXIf"[..], b"tEXt", b"iTXt"];
    let found = names.iter().flat_map(|name| memmem::find_iter(&tail, name).take(MOST));
    let mut starts: Vec<usize> = found.filter_map(|at| at.checked_sub(4)).collect();
    starts.sort_unstable();
    let Some(start) = starts.into_iter().find(|start| ends_with_the_file(&tail[*start..])) else {
        return Some(());
    };
    let mut at = from + start as u64;
    for _ in 0..MOST {
        at = chunk(afar, at, made)?;
        if at >= afar.end() {
            return Some(());
        }
    }
    afar.fails(Trouble::TooMuch)
}

/// Whether chunk follows on chunk until there is nothing more.
fn ends_with_the_file(mut octets: &[u8]) -> bool {
    for _ in 0..MOST {
        let Some(length) = be_32(octets, 0).and_then(|length| usize::try_from(length).ok()) else {
            return false;
        };
        let is_named = octets.get(4..8).is_some_and(|name| name.iter().all(u8::is_ascii_alphabetic));
        let Some(rest) = length.checked_add(12).and_then(|end| octets.get(end..)).filter(|_| is_named) else {
            return false;
        };
        if rest.is_empty() {
            return true;
        }
        octets = rest;
    }
    false
}

/// Takes what the chunk at `at` says, and goes behind it.
fn chunk(afar: &Afar<'_>, at: u64, made: &mut Made) -> Option<u64> {
    let head = afar.octets(at, 8, WHAT)?;
    let (start, kind) = (at + 8, head.get(4..)?);
    let end = start + u64::from(be_32(&head, 0)?);
    if end.saturating_add(4) > afar.end() {
        return afar.fails(Trouble::Cut(WHAT));
    }
    match kind {
        b"IHDR" => {
            let size = afar.beginning(start, end, 8, WHAT)?;
            made.evidence.pixels = be_32(&size, 0).zip(be_32(&size, 4));
        }
        b"eXIf" => {
            let _ = exif::read(afar, start, end, made);
        }
        b"tEXt" => {
            let text = afar.beginning(start, end, VALUE, WHAT)?;
            let mut parts = text.splitn(2, |octet| *octet == 0);
            let (keyword, value) = (parts.next()?, parts.next().unwrap_or_default());
            // Latin 1 by the standard, and UTF-8 by many.
            let value = std::str::from_utf8(value)
                .map_or_else(|_| encoding_rs::mem::decode_latin1(value).into_owned(), str::to_owned);
            text_of(keyword, &value, made);
        }
        b"iTXt" => {
            let text = afar.beginning(start, end, PACKET, WHAT)?;
            international(&text, made);
        }
        _ => {}
    }
    Some(end + 4)
}

/// Text in UTF-8; what is compressed is left.
fn international(octets: &[u8], made: &mut Made) -> Option<()> {
    let end = memchr::memchr(0, octets)?;
    let (keyword, rest) = octets.split_at(end);
    let [0, 0, _, rest @ ..] = rest else { return None };
    let language = memchr::memchr(0, rest)?;
    let rest = &rest[language + 1..];
    let value = &rest[memchr::memchr(0, rest)? + 1..];
    if keyword == b"XML:com.adobe.xmp" {
        made.packet(value);
    } else {
        text_of(keyword, std::str::from_utf8(value).ok()?, made);
    }
    Some(())
}

/// Keywords of the standard.
fn text_of(keyword: &[u8], value: &str, made: &mut Made) {
    const PLACE: &str = "PNG text";
    match keyword {
        b"Title" => made.hear(Key::Title, PLACE, value),
        b"Author" => made.hear(Key::Creator, PLACE, value),
        b"Description" => made.hear(Key::Summary, PLACE, value),
        b"Creation Time" => made.dated("PNG creation time", Trust::Fair, value, value),
        _ => {}
    }
}
