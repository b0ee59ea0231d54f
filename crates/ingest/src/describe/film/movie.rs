//! MP4, MOV, 3GP and M4A: the box that describes the film, wherever in it that stands.

use super::named;
use crate::dates::Trust;
use crate::describe::afar::{Afar, be_32, be_64};
use crate::describe::boxes::{Boxes, Part};
use crate::describe::made::Made;
use crate::describe::sensitive::Clue;
use chrono::{DateTime, Datelike as _};

/// Boxes at the top that are looked at. A film that was cut for streaming has thousands, and the
/// first of them says what there is.
const TOP: usize = 200;

/// Seconds from 1904 to 1970.
const FROM_1904: i64 = 2_082_844_800;

/// The identifier of a box with an XMP packet.
const XMP: [u8; 16] = *b"\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC";

/// Takes what the film says.
pub(super) fn read(afar: &Afar<'_>, made: &mut Made) {
    for part in Boxes::between(afar, 0, afar.end()).take(TOP) {
        match &part.kind {
            b"moov" => movie(afar, part, made),
            b"meta" => {
                let _ = named::meta(afar, part, made);
            }
            b"uuid" => {
                let _ = packet(afar, part, made);
            }
            _ => {}
        }
    }
}

fn movie(afar: &Afar<'_>, movie: Part, made: &mut Made) {
    for part in Boxes::within(afar, movie) {
        let _ = match &part.kind {
            b"mvhd" => header(afar, part, made),
            b"trak" => {
                track(afar, part, made);
                Some(())
            }
            b"meta" => named::meta(afar, part, made),
            b"uuid" => packet(afar, part, made),
            b"udta" => {
                named::user_data(afar, part, made);
                Some(())
            }
            _ => None,
        };
    }
}

fn packet(afar: &Afar<'_>, part: Part, made: &mut Made) -> Option<()> {
    let identifier = afar.beginning(part.start, part.end, 16, "a box")?;
    if *identifier == XMP {
        named::packet(afar, Part { start: part.start + 16, ..part }, made);
    }
    Some(())
}

/// When it was made, and how long it is.
fn header(afar: &Afar<'_>, part: Part, made: &mut Made) -> Option<()> {
    let head = afar.beginning(part.start, part.end, 32, "the header of the film")?;
    let (created, scale, length) = if head.first() == Some(&1) {
        (be_64(&head, 4)?, be_32(&head, 20)?, be_64(&head, 24)?)
    } else {
        (be_32(&head, 4)?.into(), be_32(&head, 12)?, be_32(&head, 16)?.into())
    };
    let is_known = length != u64::from(u32::MAX) && length != u64::MAX;
    if is_known {
        made.length = length.checked_mul(1_000).and_then(|length| length.checked_div(u64::from(scale)));
    }
    // UTC by the standard; some cameras write local time. So it tells a day, and no more.
    let moment =
        i64::try_from(created).ok().and_then(|seconds| DateTime::from_timestamp(seconds - FROM_1904, 0))?;
    // Programs that count from 1970 come out before it.
    if created != 0 && created != u64::from(u32::MAX) && (1990..2100).contains(&moment.year()) {
        let iso = moment.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        made.dated("film header", Trust::Fair, &iso, &iso);
    }
    Some(())
}

/// The size of the picture, and whether a track follows where the camera was.
fn track(afar: &Afar<'_>, track: Part, made: &mut Made) {
    for part in Boxes::within(afar, track) {
        let _ = match &part.kind {
            b"tkhd" => size(afar, part, made),
            b"mdia" => samples(afar, part, made),
            b"meta" => named::meta(afar, part, made),
            b"udta" => {
                named::user_data(afar, part, made);
                Some(())
            }
            _ => None,
        };
    }
}

fn size(afar: &Afar<'_>, part: Part, made: &mut Made) -> Option<()> {
    let head = afar.beginning(part.start, part.end, 96, "the header of a track")?;
    let at = if head.first() == Some(&1) { 88 } else { 76 };
    let (width, height) = (be_32(&head, at)? >> 16, be_32(&head, at + 4)? >> 16);
    if width > 0 && height > 0 {
        made.frame = made.frame.or(Some((width, height)));
    }
    Some(())
}

/// What the samples of a track are: some cameras write one of positions.
fn samples(afar: &Afar<'_>, media: Part, made: &mut Made) -> Option<()> {
    let information = Boxes::within(afar, media).find_kind(*b"minf")?;
    let table = Boxes::within(afar, information).find_kind(*b"stbl")?;
    let kinds = Boxes::within(afar, table).find_kind(*b"stsd")?;
    let head = afar.beginning(kinds.start, kinds.end, 16, "a table of samples")?;
    match head.get(12..16)? {
        b"gpmd" | b"camm" | b"djmd" | b"dbgi" => {
            made.clues.note(Clue::Position, "a track of the camera's data");
        }
        _ => {}
    }
    Some(())
}
