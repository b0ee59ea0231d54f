//! WebP (RFC 9649).

use super::{PACKET, exif};
use crate::describe::afar::{Afar, le_16, le_32};
use crate::describe::chunks::Chunks;
use crate::describe::made::Made;

const WHAT: &str = "a chunk";

/// Takes what stands in the chunks of Exif and XMP.
pub(super) fn read(afar: &Afar<'_>, made: &mut Made) -> Option<()> {
    for chunk in Chunks::of_document(afar) {
        let (start, end) = (chunk.start, chunk.end);
        match &chunk.kind {
            b"VP8X" => {
                let canvas = afar.beginning(start, end, 10, WHAT)?;
                let less_one = |at| Some((le_32(&[canvas.get(at..at + 3)?, &[0]].concat(), 0)?) + 1);
                made.evidence.pixels = less_one(4).zip(less_one(7));
            }
            b"VP8 " if made.evidence.pixels.is_none() => {
                let frame = afar.beginning(start, end, 10, WHAT)?;
                if frame.get(3..6) == Some(b"\x9D\x01\x2A") {
                    let side = |at| le_16(&frame, at).map(|side| u32::from(side & 0x3FFF));
                    made.evidence.pixels = side(6).zip(side(8));
                }
            }
            b"VP8L" if made.evidence.pixels.is_none() => {
                let header = afar.beginning(start, end, 5, WHAT)?;
                if header.first() == Some(&0x2F) {
                    let bits = le_32(&header, 1)?;
                    made.evidence.pixels = Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1));
                }
            }
            b"EXIF" => {
                // Some put the name before it that it has in JPEG.
                let name = afar.beginning(start, end, 6, WHAT)?;
                let skipped = if &*name == b"Exif\0\0" { 6 } else { 0 };
                let _ = exif::read(afar, start + skipped, end, made);
            }
            b"XMP " => made.packet(&afar.beginning(start, end, PACKET, WHAT)?),
            _ => {}
        }
    }
    Some(())
}
