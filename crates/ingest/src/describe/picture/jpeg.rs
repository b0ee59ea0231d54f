//! JPEG (ITU-T T.81): the segments before the first scan.

use super::{PACKET, exif, iptc};
use crate::describe::afar::{Afar, Trouble, be_16};
use crate::describe::made::Made;
use crate::describe::sensitive::Clue;

/// Segments that are looked at: extended packets and colour profiles come in many.
const MOST: usize = 300;

const EXIF: &[u8] = b"Exif\0\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";

/// Takes what stands before the first scan.
pub(super) fn read(afar: &Afar<'_>, made: &mut Made) -> Option<()> {
    const WHAT: &str = "a segment";
    let mut at = 2;
    for _ in 0..MOST {
        let head = afar.octets(at, 4, WHAT)?;
        let (mark, kind) = (*head.first()?, *head.get(1)?);
        if mark != 0xFF {
            return afar.fails(Trouble::Broken("no segment where one should begin"));
        }
        match kind {
            // Fill, and marks without content.
            0xFF => {
                at += 1;
                continue;
            }
            0x01 | 0xD0..=0xD7 => {
                at += 2;
                continue;
            }
            // The scan, or the end.
            0xDA | 0xD9 => return Some(()),
            _ => {}
        }
        let (start, end) = (at + 4, at + 2 + u64::from(be_16(&head, 2)?));
        if end < start {
            return afar.fails(Trouble::Broken("a segment shorter than its header"));
        }
        match kind {
            // Frames of all kinds; the others in their midst are tables.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                let frame = afar.beginning(start, end, 5, WHAT)?;
                made.evidence.pixels = Some((be_16(&frame, 3)?.into(), be_16(&frame, 1)?.into()));
            }
            0xE1 | 0xED => application(afar, start, end, made)?,
            _ => {}
        }
        at = end;
    }
    afar.fails(Trouble::TooMuch)
}

/// Takes what an application wrote.
fn application(afar: &Afar<'_>, start: u64, end: u64, made: &mut Made) -> Option<()> {
    const WHAT: &str = "metadata";
    let name = afar.beginning(start, end, XMP.len(), WHAT)?;
    let behind = |name: &[u8]| start + name.len() as u64;
    if name.starts_with(EXIF) {
        // What is broken in it leaves the picture to be read on.
        let _ = exif::read(afar, behind(EXIF), end, made);
    } else if name.starts_with(XMP) {
        made.packet(&afar.beginning(behind(XMP), end, PACKET, WHAT)?);
    } else if name.starts_with(PHOTOSHOP) {
        resources(&afar.beginning(behind(PHOTOSHOP), end, PACKET, WHAT)?, made);
    }
    Some(())
}

/// Takes what resources of Photoshop say.
pub(super) fn resources(octets: &[u8], made: &mut Made) {
    let (datasets, has_thumbnail) = iptc::among_resources(octets);
    if let Some(datasets) = datasets {
        iptc::read(datasets, made);
    }
    if has_thumbnail {
        made.clues.note(Clue::Thumbnail, "resources of Photoshop");
    }
}
