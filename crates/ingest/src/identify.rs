//! Telling what format a document is in, by its first octets.

mod archive;
mod basis;
mod database;
pub(crate) mod encoding;
mod extension;
mod image;
mod json;
mod mail;
mod markup;
mod office;
mod ole;
mod rows;
mod sealed;
mod signatures;
mod sound_and_film;
mod text;
mod written;
mod zip;

use file_format::FileFormat;
use provenance::{Format, Identifier};
use std::io::Cursor;

/// Tells formats by content: signatures first, then what text is, then the crate `file-format`.
///
/// A PRONOM identifier is given only where the first octets settle it; where a later part of the
/// file could still make it another one, it stays blank.
#[derive(Clone, Copy, Debug, Default)]
pub struct FormatIdentifier;

impl Identifier for FormatIdentifier {
    fn identify(&self, name: &str, head: &[u8], size_octets: u64) -> Format {
        if size_octets == 0 || head.is_empty() {
            return Format { basis: "empty file", ..Format::UNKNOWN };
        }
        let head = Head { name, octets: head, whole: size_octets == head.len() as u64 };
        signatures::identify(head)
            .or_else(|| text::identify(head))
            .or_else(|| sealed::open_pgp(head))
            .or_else(|| by_crate(head))
            .unwrap_or(Format::UNKNOWN)
    }

    fn disagreement(&self, name: &str, format: &Format) -> Option<String> {
        extension::disagreement(name, format)
    }
}

/// The first octets of a document.
#[derive(Clone, Copy)]
struct Head<'a> {
    /// What the document is called; it decides nothing that content can decide.
    name: &'a str,
    octets: &'a [u8],
    /// Whether nothing follows them.
    whole: bool,
}

impl Head<'_> {
    /// Whether the name ends in this extension, in any case.
    fn has_extension(&self, extension: &str) -> bool {
        self.name.rsplit_once('.').is_some_and(|(_, found)| found.eq_ignore_ascii_case(extension))
    }

    /// Whether `signature` stands at `offset`.
    fn has(&self, offset: usize, signature: &[u8]) -> bool {
        self.octets.get(offset..).is_some_and(|rest| rest.starts_with(signature))
    }

    /// Whether `needle`, which is not empty, stands anywhere in the first `limit` octets.
    fn holds(&self, needle: &[u8], limit: usize) -> bool {
        find(&self.octets[..self.octets.len().min(limit)], needle).is_some()
    }

    /// The two octets at `offset` as a little-endian number.
    fn u16_le(&self, offset: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.octets.get(offset..offset.checked_add(2)?)?.try_into().ok()?))
    }

    /// The four octets at `offset` as a little-endian number.
    fn u32_le(&self, offset: usize) -> Option<usize> {
        let octets = self.octets.get(offset..offset.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(octets)).ok()
    }

    /// The four octets at `offset` as a big-endian number.
    fn u32_be(&self, offset: usize) -> Option<usize> {
        let octets = self.octets.get(offset..offset.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(octets)).ok()
    }
}

/// A format told by a signature; the basis says whether a version was read from it.
fn signed(media_type: &'static str, puid: Option<&'static str>) -> Format {
    Format { media_type: Some(media_type), puid, basis: "signature" }
}

/// A format whose version decides its PRONOM identifier.
fn versioned(media_type: &'static str, puid: Option<&'static str>) -> Format {
    let basis = if puid.is_some() { "signature, version read" } else { "signature" };
    Format { media_type: Some(media_type), puid, basis }
}

fn find(octets: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(octets, needle)
}

/// What the crate `file-format` knows by two octets, which is what any of a few hundred files begins
/// with by chance, or less surely than it is told here.
const TOO_WEAK: &[FileFormat] = &[
    FileFormat::AdvancedAudioCoding,
    FileFormat::AppleDiskImage,
    FileFormat::AudioCodec3,
    FileFormat::AutodeskAnimator,
    FileFormat::AutodeskAnimatorPro,
    FileFormat::BdavMpeg2TransportStream,
    FileFormat::CommonObjectFileFormat,
    FileFormat::Cpio,
    FileFormat::DerCertificate,
    FileFormat::Gzip,
    FileFormat::JpegXl,
    FileFormat::Mpeg12AudioLayer2,
    FileFormat::Mpeg12AudioLayer3,
    FileFormat::Mpeg2TransportStream,
    FileFormat::SiliconGraphicsImage,
    FileFormat::ArbitraryBinaryData,
    FileFormat::PlainText,
    FileFormat::Empty,
];

/// What the crate `file-format` says of a document that is neither text nor one of the formats known here.
fn by_crate(head: Head) -> Option<Format> {
    let format = FileFormat::from_reader(Cursor::new(head.octets)).ok()?;
    if TOO_WEAK.contains(&format) {
        return None;
    }
    // Its media types are lent by a format; those in its own tables live for ever.
    let eternal = FileFormat::from_kind(format.kind()).iter().find(|known| **known == format)?;
    Some(signed(eternal.media_type(), None))
}
