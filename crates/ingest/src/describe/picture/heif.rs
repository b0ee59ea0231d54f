//! HEIC, HEIF and AVIF (ISO/IEC 23008-12): items beside the picture.

use super::{PACKET, exif};
use crate::describe::afar::{Afar, Trouble, be_16, be_32};
use crate::describe::boxes::{Boxes, Part};
use crate::describe::made::Made;
use std::borrow::Cow;

/// Octets of a table of items that are read; a picture of a thousand tiles has some 30 KiB.
const TABLE: usize = 256 << 10;

const WHAT: &str = "the table of items";

/// Items that say something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Exif,
    Xmp,
}

/// Takes what the items of Exif and XMP say.
pub(super) fn read(afar: &Afar<'_>, made: &mut Made) -> Option<()> {
    let meta = Boxes::between(afar, 0, afar.end()).find_kind(*b"meta")?;
    let inside = Part { start: meta.start.saturating_add(4), ..meta };
    let (mut items, mut places, mut data) = (Vec::new(), None, None);
    for part in Boxes::within(afar, inside) {
        match &part.kind {
            b"iinf" => items = informative(afar, part).unwrap_or_default(),
            b"iloc" => places = afar.beginning(part.start, part.end, TABLE, WHAT),
            b"idat" => data = Some(part),
            b"iprp" => made.evidence.pixels = largest(afar, part),
            _ => {}
        }
    }
    let places = places?;
    for (item, kind) in items {
        let Some((start, end)) = place(&places, item, data) else { continue };
        match kind {
            Kind::Xmp => made.packet(&afar.beginning(start, end, PACKET, "the XMP packet")?),
            Kind::Exif => {
                // How far behind its length the header of TIFF stands.
                let skipped = u64::from(be_32(&afar.octets(start, 4, "the header of Exif")?, 0)?);
                let base = start.saturating_add(4).saturating_add(skipped);
                if end > afar.end() {
                    return afar.fails(Trouble::Cut("Exif"));
                }
                let _ = exif::read(afar, base, end, made);
            }
        }
    }
    Some(())
}

/// Numbers of the items that are looked for, by the table of what items are.
fn informative(afar: &Afar<'_>, table: Part) -> Option<Vec<(u32, Kind)>> {
    let version = *afar.octets(table.start, 4, WHAT)?.first()?;
    let skipped = if version == 0 { 6 } else { 8 };
    let mut items = Vec::new();
    for entry in Boxes::between(afar, table.start + skipped, table.end) {
        let octets = afar.beginning(entry.start, entry.end, 64, WHAT)?;
        let (item, rest) = match octets.first()? {
            2 => (u32::from(be_16(&octets, 4)?), octets.get(8..)?),
            3 => (be_32(&octets, 4)?, octets.get(10..)?),
            _ => continue,
        };
        let kind = match rest.get(..4)? {
            b"Exif" => Kind::Exif,
            b"mime" if memchr::memmem::find(rest, b"application/rdf+xml").is_some() => Kind::Xmp,
            _ => continue,
        };
        if items.len() < 4 {
            items.push((item, kind));
        }
    }
    Some(items)
}

/// Where an item stands in the document, if it stands there in one piece.
fn place(table: &[u8], wanted: u32, data: Option<Part>) -> Option<(u64, u64)> {
    let mut table = Table { octets: table };
    let version = table.number(1)?;
    table.number(3)?;
    let sizes = table.number(2)?;
    let (offset_size, length_size, base_size) = (sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15);
    let index_size = if version == 0 { 0 } else { sizes & 15 };
    let wide = if version < 2 { 2 } else { 4 };
    let count = table.number(wide)?;
    for _ in 0..count {
        let item = table.number(wide)?;
        let method = if version == 0 { 0 } else { table.number(2)? & 15 };
        table.number(2)?;
        let base = table.number(base_size)?;
        let extents = table.number(2)?;
        let mut pieces = Table { octets: table.pass(extents * (index_size + offset_size + length_size))? };
        if u64::from(wanted) != item {
            continue;
        }
        if extents != 1 {
            return None;
        }
        pieces.number(index_size)?;
        let (offset, length) = (pieces.number(offset_size)?, pieces.number(length_size)?);
        let origin = match method {
            0 => 0,
            1 => data?.start,
            _ => return None,
        };
        let start = origin.checked_add(base)?.checked_add(offset)?;
        return Some((start, start.checked_add(length)?));
    }
    None
}

/// Numbers behind each other, of several widths.
struct Table<'a> {
    octets: &'a [u8],
}

impl<'a> Table<'a> {
    fn pass(&mut self, count: u64) -> Option<&'a [u8]> {
        let (passed, rest) = self.octets.split_at_checked(usize::try_from(count).ok()?)?;
        self.octets = rest;
        Some(passed)
    }

    /// A number of at most eight octets.
    fn number(&mut self, width: u64) -> Option<u64> {
        let value = self.pass(width).filter(|_| width <= 8)?;
        Some(value.iter().fold(0, |number, octet| number << 8 | u64::from(*octet)))
    }
}

/// The largest size among the properties of items: tiles and thumbnails are smaller than the picture.
fn largest(afar: &Afar<'_>, properties: Part) -> Option<(u32, u32)> {
    let container = Boxes::within(afar, properties).find_kind(*b"ipco")?;
    let sizes = Boxes::within(afar, container).filter(|property| &property.kind == b"ispe");
    let read = |property: Part| -> Option<(u32, u32)> {
        let octets: Cow<'_, [u8]> = afar.beginning(property.start, property.end, 12, "a size")?;
        be_32(&octets, 4).zip(be_32(&octets, 8))
    };
    sizes.filter_map(read).max_by_key(|(width, height)| u64::from(*width) * u64::from(*height))
}
