//! Pictures, films and recordings made in code, and what is said of them.
#![allow(dead_code, reason = "each test takes what it needs")]

use ingest::FormatIdentifier;
use ingest::describe::ContentDescriber;
use provenance::Identifier;
use provenance::description::{Describer, Description, Look, RemarkKind};

/// What is said of a document in memory.
pub fn describe(name: &str, octets: &[u8]) -> Description {
    let format = FormatIdentifier.identify(name, octets, octets.len() as u64);
    ContentDescriber.describe(&Look::whole(name, &format, octets))
}

/// Details of all remarks of one kind.
pub fn details(description: &Description, kind: RemarkKind) -> Vec<&str> {
    let remarks = description.remarks.iter().filter(|remark| remark.kind == kind);
    remarks.map(|remark| remark.detail.as_str()).collect()
}

/// What could identify a source.
pub fn sensitive(description: &Description) -> Vec<&str> {
    details(description, RemarkKind::Sensitive)
}

/// What was given up.
pub fn given_up(description: &Description) -> Vec<&str> {
    details(description, RemarkKind::GivenUp)
}

/// The title, or nothing.
pub fn title(description: &Description) -> &str {
    description.title.as_ref().map_or("", |title| &title.value)
}

/// All creators.
pub fn creators(description: &Description) -> Vec<&str> {
    description.creators.iter().map(|creator| creator.value.as_str()).collect()
}

/// The date of making, or nothing.
pub fn created(description: &Description) -> &str {
    description.dates.created.as_deref().unwrap_or_default()
}

/// Every text of a description, to look for what must not be in it.
pub fn everything(description: &Description) -> String {
    format!("{description:?}")
}

/// A value of TIFF: type, count, octets.
pub type Value = (u16, u32, Vec<u8>);

/// Text with its final zero.
pub fn ascii(text: &str) -> Value {
    (2, u32::try_from(text.len() + 1).unwrap(), [text.as_bytes(), &[0]].concat())
}

/// Fractions of whole numbers.
pub fn fractions(numbers: &[u32], big: bool) -> Value {
    let octets = numbers.iter().flat_map(|number| [u32_of(*number, big), u32_of(1, big)].concat()).collect();
    (5, u32::try_from(numbers.len()).unwrap(), octets)
}

/// Octets of no type.
pub fn octets(octets: &[u8]) -> Value {
    (7, u32::try_from(octets.len()).unwrap(), octets.to_vec())
}

fn u16_of(number: u16, big: bool) -> Vec<u8> {
    if big { number.to_be_bytes().to_vec() } else { number.to_le_bytes().to_vec() }
}

fn u32_of(number: u32, big: bool) -> Vec<u8> {
    if big { number.to_be_bytes().to_vec() } else { number.to_le_bytes().to_vec() }
}

/// Directories of Exif.
#[derive(Default, Clone)]
pub struct Exif {
    pub is_big_endian: bool,
    pub main: Vec<(u16, Value)>,
    pub taken: Vec<(u16, Value)>,
    pub gps: Vec<(u16, Value)>,
    pub thumbnail: Vec<(u16, Value)>,
}

impl Exif {
    /// A structure of TIFF with these directories, one behind the other.
    pub fn tiff(&self) -> Vec<u8> {
        let big = self.is_big_endian;
        let mut main = self.main.clone();
        let lengths: Vec<usize> =
            [&self.taken, &self.gps, &self.thumbnail].iter().map(|entries| length(entries)).collect();
        let pointers = usize::from(!self.taken.is_empty()) + usize::from(!self.gps.is_empty());
        let first = 8 + length(&main).max(6) + 12 * pointers;
        let (exif_at, gps_at) = (first, first + lengths[0]);
        let thumbnail_at = gps_at + lengths[1];
        let pointer = |at: usize| (4, 1, u32_of(u32::try_from(at).unwrap(), big));
        if !self.taken.is_empty() {
            main.push((0x8769, pointer(exif_at)));
        }
        if !self.gps.is_empty() {
            main.push((0x8825, pointer(gps_at)));
        }
        let mut octets = if big { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
        octets.extend(u32_of(8, big));
        let next = if self.thumbnail.is_empty() { 0 } else { thumbnail_at };
        for (entries, next) in [(&main, next), (&self.taken, 0), (&self.gps, 0), (&self.thumbnail, 0)] {
            if !entries.is_empty() || octets.len() == 8 {
                octets = directory(octets, entries, next, big);
            }
        }
        octets
    }
}

/// Octets of a directory with its values; nothing without entries.
fn length(entries: &[(u16, Value)]) -> usize {
    if entries.is_empty() {
        return 0;
    }
    let values = entries
        .iter()
        .map(|(_, (.., value))| if value.len() > 4 { value.len() + value.len() % 2 } else { 0 });
    6 + 12 * entries.len() + values.sum::<usize>()
}

fn directory(mut octets: Vec<u8>, entries: &[(u16, Value)], next: usize, big: bool) -> Vec<u8> {
    let mut entries = entries.to_vec();
    entries.sort_by_key(|(tag, _)| *tag);
    let mut values_at = octets.len() + 6 + 12 * entries.len();
    let mut values = Vec::new();
    octets.extend(u16_of(u16::try_from(entries.len()).unwrap(), big));
    for (tag, (kind, count, mut value)) in entries {
        octets.extend(u16_of(tag, big));
        octets.extend(u16_of(kind, big));
        octets.extend(u32_of(count, big));
        if value.len() <= 4 {
            value.resize(4, 0);
            octets.extend(value);
        } else {
            octets.extend(u32_of(u32::try_from(values_at).unwrap(), big));
            value.resize(value.len() + value.len() % 2, 0);
            values_at += value.len();
            values.extend(value);
        }
    }
    octets.extend(u32_of(u32::try_from(next).unwrap(), big));
    octets.extend(values);
    octets
}

/// A camera's directories with everything that could identify a source.
pub fn camera() -> Exif {
    Exif {
        is_big_endian: true,
        main: vec![
            (0x010E, ascii("Water in the lower town")),
            (0x010F, ascii("EXAMPLE")),
            (0x0110, ascii("Example E-100")),
            (0x0132, ascii("2023:07:06 09:00:00")),
            (0x013B, ascii("Jane Sample; John Placeholder")),
            (0x013C, ascii("janes-computer")),
        ],
        taken: vec![
            (0x9003, ascii("2023:07:05 14:03:00")),
            (0x9011, ascii("+03:30")),
            (0x927C, octets(b"Example maker note with SN 4711")),
            (0xA420, ascii("00ff00ff00ff00ff00ff00ff00ff0047")),
            (0xA430, ascii("Owner Sample")),
            (0xA431, ascii("SN-4711")),
            (0xA435, ascii("LENS-4712")),
        ],
        gps: vec![
            (1, ascii("N")),
            (2, fractions(&[35, 41, 7], true)),
            (3, ascii("E")),
            (4, fractions(&[51, 25, 9], true)),
            (7, fractions(&[10, 33, 0], true)),
            (29, ascii("2023:07:05")),
        ],
        thumbnail: vec![
            (0x0103, (3, 1, vec![0, 6])),
            (0x0201, (4, 1, vec![0, 0, 0, 8])),
            (0x0202, (4, 1, vec![0, 0, 0, 2])),
        ],
    }
}

/// A segment of JPEG.
pub fn segment(kind: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap();
    [&[0xFF, kind][..], &length.to_be_bytes(), content].concat()
}

/// A JPEG of 640 × 480 pixels with these segments; its picture is no picture.
pub fn jpeg(segments: &[Vec<u8>]) -> Vec<u8> {
    let frame = segment(0xC0, &[8, 1, 0xE0, 2, 0x80, 1, 1, 0x11, 0]);
    let scan = segment(0xDA, &[1, 1, 0, 0, 63, 0]);
    [vec![0xFF, 0xD8], segments.concat(), frame, scan, vec![0x55; 40], vec![0xFF, 0xD9]].concat()
}

/// The segment that holds Exif.
pub fn exif_segment(exif: &Exif) -> Vec<u8> {
    segment(0xE1, &[b"Exif\0\0", &exif.tiff()[..]].concat())
}

/// A packet of XMP with these properties inside.
pub fn packet(inner: &str) -> String {
    format!(
        r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/">{inner}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"#
    )
}

/// The segment that holds XMP.
pub fn xmp_segment(packet: &str) -> Vec<u8> {
    segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", packet.as_bytes()].concat())
}

/// The segment that holds datasets of IPTC.
pub fn iptc_segment(datasets: &[(u8, u8, &str)]) -> Vec<u8> {
    let mut iim = Vec::new();
    for (record, number, value) in datasets {
        iim.extend([0x1C, *record, *number]);
        iim.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
        iim.extend(value.as_bytes());
    }
    let length = u32::try_from(iim.len()).unwrap().to_be_bytes();
    segment(0xED, &[&b"Photoshop 3.0\08BIM\x04\x04\0\0"[..], &length, &iim].concat())
}

/// A chunk of PNG; nobody here looks at its checksum.
pub fn png_chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap();
    [&length.to_be_bytes()[..], kind, content, &[0; 4]].concat()
}

/// A PNG of 640 × 480 pixels with these chunks.
pub fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    let header = png_chunk(b"IHDR", &[0, 0, 2, 0x80, 0, 0, 1, 0xE0, 8, 2, 0, 0, 0]);
    [b"\x89PNG\r\n\x1A\n".to_vec(), header, chunks.concat(), png_chunk(b"IEND", b"")].concat()
}

/// A chunk of RIFF.
pub fn chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap();
    [kind, &length.to_le_bytes()[..], content, &vec![0; content.len() % 2]].concat()
}

/// A RIFF of some form.
pub fn riff(form: &[u8], chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk(b"RIFF", &[form, &chunks.concat()].concat())
}

/// A box of MP4.
pub fn part(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).unwrap();
    [&length.to_be_bytes()[..], kind, content].concat()
}

/// The header of a film that was made so many seconds after 1904, and lasts 192.5 seconds.
pub fn film_header(created: u32) -> Vec<u8> {
    let numbers = [0, created, created, 600, 115_500];
    let mut content: Vec<u8> = numbers.iter().flat_map(|number: &u32| number.to_be_bytes()).collect();
    content.resize(100, 0);
    part(b"mvhd", &content)
}

/// A track with a picture of so many pixels.
pub fn track(width: u16, height: u16) -> Vec<u8> {
    let mut header = vec![0; 84];
    header[76..78].copy_from_slice(&width.to_be_bytes());
    header[80..82].copy_from_slice(&height.to_be_bytes());
    part(b"trak", &part(b"tkhd", &header))
}

/// Keys and values as Apple's cameras write them.
pub fn keys(values: &[(&str, &str)]) -> Vec<u8> {
    let handler = part(b"hdlr", &[&[0; 8][..], b"mdta", &[0; 14]].concat());
    let mut names = [[0; 4], u32::try_from(values.len()).unwrap().to_be_bytes()].concat();
    let mut items = Vec::new();
    for (number, (name, value)) in (1_u32..).zip(values) {
        names.extend(part(b"mdta", name.as_bytes()));
        let data = part(b"data", &[&[0, 0, 0, 1, 0, 0, 0, 0], value.as_bytes()].concat());
        items.extend(part(&number.to_be_bytes(), &data));
    }
    part(b"meta", &[handler, part(b"keys", &names), part(b"ilst", &items)].concat())
}

/// A film: its type, its description, its content.
pub fn movie(brand: &[u8], described: &[Vec<u8>]) -> Vec<u8> {
    let brands = [brand, &[0; 4], brand].concat();
    [part(b"ftyp", &brands), part(b"moov", &described.concat()), part(b"mdat", &[0x55; 64])].concat()
}

/// An element of Matroska, with its size in one, two or eight octets.
pub fn element(id: u32, content: &[u8]) -> Vec<u8> {
    let id: Vec<u8> = id.to_be_bytes().into_iter().skip_while(|octet| *octet == 0).collect();
    let size = match content.len() {
        length @ 0..=126 => vec![0x80 | u8::try_from(length).unwrap()],
        length => (0x0100_0000_0000_0000 | length as u64).to_be_bytes().to_vec(),
    };
    [id, size, content.to_vec()].concat()
}

/// The header of Matroska.
pub fn ebml() -> Vec<u8> {
    element(0x1A45_DFA3, &element(0x4282, b"matroska"))
}

/// Seconds from 1904 to 5 July 2023, 10:33 in UTC.
pub const CREATED: u32 = 3_771_397_980;
