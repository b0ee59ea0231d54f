//! Pictures: when and with what they were taken, and what in them could identify a source.

mod directory;
mod exif;
mod heif;
mod iptc;
mod jpeg;
mod png;
mod webp;

use super::afar::{Afar, le_16, le_32};
use super::made::Made;
use directory::Tiff;

/// Octets of a packet or text that are read.
const PACKET: usize = super::xmp::LONGEST;

/// What is written in a picture. The pixels themselves are never looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picture {
    Jpeg,
    Png,
    Gif,
    Tiff,
    WebP,
    Heif,
    Bmp,
}

impl Picture {
    pub(super) fn of(media_type: &str) -> Option<Self> {
        Some(match media_type {
            "image/jpeg" => Self::Jpeg,
            "image/png" | "image/apng" => Self::Png,
            "image/gif" => Self::Gif,
            "image/tiff" => Self::Tiff,
            "image/webp" => Self::WebP,
            "image/heic" | "image/heif" | "image/avif" => Self::Heif,
            "image/bmp" => Self::Bmp,
            _ => return None,
        })
    }

    /// Takes what the picture says; stops where it is broken.
    pub(super) fn read(self, afar: &Afar<'_>, made: &mut Made) {
        let _ = match self {
            Self::Jpeg => jpeg::read(afar, made),
            Self::Png => png::read(afar, made),
            Self::Gif => gif(afar, made),
            Self::Tiff => tiff(afar, made),
            Self::WebP => webp::read(afar, made),
            Self::Heif => heif::read(afar, made),
            Self::Bmp => bitmap(afar, made),
        };
        // A picture without any pixel is none.
        made.evidence.pixels = made.evidence.pixels.filter(|(width, height)| *width > 0 && *height > 0);
    }
}

fn gif(afar: &Afar<'_>, made: &mut Made) -> Option<()> {
    let head = afar.octets(6, 4, "the header")?;
    made.evidence.pixels = Some((le_16(&head, 0)?.into(), le_16(&head, 2)?.into()));
    Some(())
}

fn bitmap(afar: &Afar<'_>, made: &mut Made) -> Option<()> {
    let head = afar.octets(14, 12, "the header")?;
    made.evidence.pixels = if le_32(&head, 0)? == 12 {
        Some((le_16(&head, 4)?.into(), le_16(&head, 6)?.into()))
    } else {
        // The height is negative where the lines begin at the top.
        Some((le_32(&head, 4)?, le_32(&head, 8)?.cast_signed().unsigned_abs()))
    };
    Some(())
}

fn tiff(afar: &Afar<'_>, made: &mut Made) -> Option<()> {
    const WIDTH: u16 = 0x0100;
    const HEIGHT: u16 = 0x0101;
    const XMP: u16 = 0x02BC;
    const IPTC: u16 = 0x83BB;
    const RESOURCES: u16 = 0x8649;
    let tiff = Tiff::open(afar, 0, afar.end())?;
    let main = tiff.directory(tiff.first)?;
    let number = |tag| tiff.number(main.entry(tag)?);
    made.evidence.pixels = number(WIDTH).zip(number(HEIGHT));
    exif::directory(&tiff, &main, made);
    let value = |tag, what| {
        let (start, end) = main.entry(tag)?.region();
        afar.beginning(start, end, PACKET, what)
    };
    if let Some(packet) = value(XMP, "the XMP packet") {
        made.packet(&packet);
    }
    if let Some(datasets) = value(IPTC, "IPTC datasets") {
        iptc::read(&datasets, made);
    }
    if let Some(resources) = value(RESOURCES, "resources of Photoshop") {
        jpeg::resources(&resources, made);
    }
    Some(())
}
