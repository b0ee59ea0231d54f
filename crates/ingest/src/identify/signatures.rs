//! Formats that their first octets give away.

use super::{Head, archive, database, image, office, ole, sealed, signed, sound_and_film, versioned, zip};
use provenance::Format;

/// What a signature leads to.
enum Leads {
    /// At once to a format: media type and PRONOM identifier.
    To(&'static str, Option<&'static str>),
    /// The same, where the signature is of one version of the format.
    ToVersion(&'static str, &'static str),
    /// To a closer look for the version or what is inside.
    On(fn(Head) -> Format),
    /// To a closer look, which may find that it is something else.
    Perhaps(fn(Head) -> Option<Format>),
}

use Leads::{On, Perhaps, To, ToVersion};

/// Offset, signature, and where it leads. The first that fits decides.
const SIGNATURES: &[(usize, &[u8], Leads)] = &[
    (0, b"%PDF-", Perhaps(office::pdf)),
    (0, b"\xFF\xD8\xFF", On(image::jpeg)),
    (0, b"\x89PNG\r\n\x1A\n", On(image::png)),
    (0, b"PK\x03\x04", Perhaps(zip::identify)),
    (0, b"PK\x05\x06", To("application/zip", None)),
    (0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", On(ole::identify)),
    (0, b"GIF87a", ToVersion("image/gif", "fmt/3")),
    (0, b"GIF89a", ToVersion("image/gif", "fmt/4")),
    (0, b"II*\0", On(image::tiff)),
    (0, b"MM\0*", On(image::tiff)),
    (0, b"BM", Perhaps(image::bmp)),
    (0, b"RIFF", Perhaps(sound_and_film::riff)),
    (0, b"OggS\0\x02", On(sound_and_film::ogg)),
    (0, b"fLaC\0\0\0\x22", To("audio/flac", Some("fmt/279"))),
    (0, b"fLaC\x80\0\0\x22", To("audio/flac", Some("fmt/279"))),
    (0, b"ID3", Perhaps(sound_and_film::mp3)),
    (0, b"\xFF", Perhaps(sound_and_film::mp3)),
    (0, b"\xFF", Perhaps(sound_and_film::aac)),
    (0, b"FORM", Perhaps(sound_and_film::aiff)),
    (0, b"#!AMR\n", To("audio/AMR", Some("fmt/356"))),
    (0, b"#!AMR-WB\n", To("audio/AMR-WB", Some("fmt/954"))),
    (0, b"caff\0\x01\0\0desc", ToVersion("audio/x-caf", "fmt/416")),
    (0, b"\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\0\xAA\0\x62\xCE\x6C", On(sound_and_film::windows_media)),
    (0, b"FLV\x01", ToVersion("video/x-flv", "x-fmt/382")),
    (0, b"\0\0\x01\xBA", Perhaps(sound_and_film::program_stream)),
    (0, b"\x47", Perhaps(sound_and_film::transport_stream)),
    (0, b"\x1A\x45\xDF\xA3", Perhaps(sound_and_film::ebml)),
    (4, b"ftyp", Perhaps(sound_and_film::iso_media)),
    (4, b"moov", Perhaps(sound_and_film::old_quicktime)),
    (0, b"\x1F\x8B\x08", On(archive::gzip)),
    (0, b"7z\xBC\xAF\x27\x1C", To("application/x-7z-compressed", Some("fmt/484"))),
    (0, b"Rar!\x1A\x07", On(archive::rar)),
    (0, b"BZh", Perhaps(archive::bzip2)),
    (0, b"\xFD7zXZ\0", To("application/x-xz", Some("fmt/1098"))),
    (0, b"\x28\xB5\x2F\xFD", To("application/zstd", None)),
    (0, b"{\\rtf", Perhaps(office::rtf)),
    (0, b"SQLite format 3\0", To("application/vnd.sqlite3", Some("fmt/729"))),
    (0, b"WARC/", Perhaps(archive::warc)),
    (257, b"ustar", Perhaps(archive::tar)),
    (0, b"\0\0\0\x0CjP  \r\n\x87\n", Perhaps(image::jpeg_2000)),
    (0, b"8BPS\0\x01\0\0\0\0\0\0", To("image/vnd.adobe.photoshop", Some("x-fmt/92"))),
    (
        0,
        b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xC0\0\0\0\0\0\0F",
        To("application/x-ms-shortcut", Some("x-fmt/428")),
    ),
    (0, b"\x78\x9F\x3E\x22", To("application/vnd.ms-tnef", None)),
    (0, b"\0\0\0\x0CJXL \r\n\x87\n", To("image/jxl", Some("fmt/1485"))),
    (0, b"AT&TFORM", Perhaps(database::djvu)),
    (0, b"\0\x01\0\0Standard Jet DB\0", On(database::jet)),
    (0, b"\0\x01\0\0Standard ACE DB\0", On(database::ace)),
    (0, b"!BDN", Perhaps(database::outlook)),
    (0, b"\x30", Perhaps(sealed::der)),
    (
        0,
        b"\0OpenTimestamps\0\0Proof\0\xBF\x89\xE2\xE8\x84\xE8\x92\x94",
        To("application/vnd.opentimestamps.v1", None),
    ),
];

pub(super) fn identify(head: Head) -> Option<Format> {
    let mut fitting = SIGNATURES.iter().filter(|(offset, signature, _)| head.has(*offset, signature));
    fitting.find_map(|(_, _, leads)| match leads {
        To(media_type, puid) => Some(signed(media_type, *puid)),
        ToVersion(media_type, puid) => Some(versioned(media_type, Some(puid))),
        On(look) => Some(look(head)),
        Perhaps(look) => look(head),
    })
}
