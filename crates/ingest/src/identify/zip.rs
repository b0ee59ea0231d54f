//! ZIP and what is built on it: Office Open XML, `OpenDocument`, EPUB.

mod kinds;

use super::{Head, find, signed};
use flate2::{Decompress, FlushDecompress};
use kinds::{OFFICE_PARTS, OPEN_DOCUMENTS};
use provenance::Format;

/// Octets of an entry that are unpacked at most: what is looked for stands at its beginning.
const UNPACKED_LIMIT: usize = 65_536;

/// Entries looked at before giving up.
const ENTRY_LIMIT: usize = 64;

/// One entry whose local header is within the head.
struct Entry<'a> {
    name: &'a [u8],
    method: u16,
    /// What of its data is within the head; it may reach into the next entries.
    data: &'a [u8],
    /// Where the next header stands, if this one says so.
    next: Option<usize>,
}

/// Tells what a ZIP is by the entries at its beginning.
pub(super) fn identify(head: Head) -> Option<Format> {
    let first = entry_at(head, 0)?;
    if first.name == b"mimetype" && first.method == 0 {
        return Some(by_mimetype(head, first.data));
    }
    let mut office = None;
    let mut package = false;
    let mut captures = Captures::default();
    for entry in entries(head) {
        captures.see(&entry);
        if entry.name == b"[Content_Types].xml" {
            // Where the entry is cut, what it does not say yet is no evidence.
            let cut = !head.whole && entry.next.is_none_or(|next| next > head.octets.len());
            match by_content_types(&unpack(&entry)) {
                None if cut => package = true,
                told => return told.or(Some(signed("application/zip", None))),
            }
        }
        office = office.or_else(|| by_folder(head, entry.name));
        package |= belongs_to_a_package(entry.name);
    }
    match office.or_else(|| captures.told(head)) {
        Some(format) => Some(format),
        None if package => super::by_crate(head),
        None => Some(signed("application/zip", Some("x-fmt/263"))),
    }
}

/// What speaks for a collection of web captures (WACZ).
#[derive(Default)]
struct Captures {
    /// The description of the package says which version of WACZ it is.
    described: bool,
    /// A WARC in the folder for them.
    archive: bool,
    /// The list of pages.
    pages: bool,
}

impl Captures {
    fn see(&mut self, entry: &Entry) {
        let name = entry.name;
        self.archive |=
            name.starts_with(b"archive/") && (name.ends_with(b".warc.gz") || name.ends_with(b".warc"));
        self.pages |= name == b"pages/pages.jsonl";
        self.described |= name == b"datapackage.json" && find(&unpack(entry), b"\"wacz_version\"").is_some();
    }

    fn told(&self, head: Head) -> Option<Format> {
        let basis = match () {
            () if self.described => "signature, entry datapackage.json",
            () if self.archive && self.pages => "signature, entries archive/ and pages/pages.jsonl",
            () if self.archive && head.has_extension("wacz") => {
                "signature, entries in archive/, extension .wacz"
            }
            () => return None,
        };
        Some(Format { basis, ..signed("application/wacz", self.described.then_some("fmt/1840")) })
    }
}

/// Office Open XML whose `[Content_Types].xml` lies behind the head: folder and extension agree,
/// which says less than that entry would.
fn by_folder(head: Head, entry: &[u8]) -> Option<Format> {
    const FOLDERS: [(&[u8], &str, usize, &str); 3] = [
        (b"word/", "docx", 0, "signature, entries in word/, extension .docx"),
        (b"xl/", "xlsx", 1, "signature, entries in xl/, extension .xlsx"),
        (b"ppt/", "pptx", 2, "signature, entries in ppt/, extension .pptx"),
    ];
    let agrees = |known: &&(&[u8], &str, _, _)| entry.starts_with(known.0) && head.has_extension(known.1);
    let (_, _, part, basis) = FOLDERS.iter().find(agrees)?;
    Some(Format { basis, ..signed(OFFICE_PARTS[*part].1, None) })
}

/// Whether an entry of this name makes the ZIP more than a ZIP.
fn belongs_to_a_package(name: &[u8]) -> bool {
    let folders: [&[u8]; 7] = [b"META-INF/", b"word/", b"xl/", b"ppt/", b"_rels/", b"Index/", b"docProps/"];
    name == b"AndroidManifest.xml"
        || name.ends_with(b".kml")
        || name.ends_with(b".iwa")
        || folders.iter().any(|folder| name.starts_with(folder))
}

fn by_mimetype(head: Head, data: &[u8]) -> Format {
    let basis = "signature, entry mimetype";
    if data.starts_with(b"application/epub+zip") {
        return Format { basis, ..signed("application/epub+zip", Some("fmt/483")) };
    }
    // The longest that fits: templates and such have a longer name than documents.
    let is_end = |rest: &[u8]| rest.starts_with(b"PK") || rest.is_empty();
    let document =
        OPEN_DOCUMENTS.iter().find(|(type_, _)| data.strip_prefix(type_.as_bytes()).is_some_and(is_end));
    let Some((media_type, puids)) = document else {
        return super::by_crate(head).unwrap_or(signed("application/zip", None));
    };
    let puid = entries(head)
        .find(|entry| entry.name == b"content.xml")
        .and_then(|entry| open_document_version(&unpack(&entry)))
        .and_then(|version| Some(puids.as_ref()?[version]));
    let basis =
        if puid.is_some() { "signature, entry mimetype, version read from content.xml" } else { basis };
    Format { media_type: Some(media_type), puid, basis }
}

/// 0 for version 1.0 to 4 for version 1.4.
fn open_document_version(content: &[u8]) -> Option<usize> {
    let mark = b"office:version=";
    let after = &content[find(content, mark)? + mark.len()..];
    let version = after.get(1..5)?;
    ["1.0", "1.1", "1.2", "1.3", "1.4"]
        .iter()
        .position(|known| version[..3] == *known.as_bytes() && matches!(version[3], b'"' | b'\''))
}

fn by_content_types(types: &[u8]) -> Option<Format> {
    let mark = b"ContentType=\"application/vnd.";
    let mut rest = types;
    // The main part is one of many, and stands anywhere among them.
    while let Some(at) = find(rest, mark) {
        rest = &rest[at + mark.len()..];
        let part = rest.split(|&octet| octet == b'"').next().unwrap_or_default();
        let main = part.strip_suffix(b".main+xml").or_else(|| part.strip_suffix(b".main"));
        let kind = OFFICE_PARTS.iter().find(|known| main == Some(known.0.as_bytes()));
        if let Some((_, media_type, puid)) = kind {
            return Some(Format {
                basis: "signature, entry [Content_Types].xml",
                ..signed(media_type, *puid)
            });
        }
    }
    None
}

/// Entries from the first on, as far as each says where the next one stands.
fn entries(head: Head<'_>) -> impl Iterator<Item = Entry<'_>> {
    std::iter::successors(entry_at(head, 0), move |entry| entry_at(head, entry.next?)).take(ENTRY_LIMIT)
}

fn entry_at(head: Head<'_>, at: usize) -> Option<Entry<'_>> {
    const HEADER: usize = 30;
    const SIZE_FOLLOWS_DATA: u16 = 1 << 3;
    let local = Head { octets: head.octets.get(at..)?, ..head };
    if !local.has(0, b"PK\x03\x04") {
        return None;
    }
    let name_end = HEADER + usize::from(local.u16_le(26)?);
    let data_start = name_end + usize::from(local.u16_le(28)?);
    let sized = local.u16_le(6)? & SIZE_FOLLOWS_DATA == 0;
    let next = if sized { at.checked_add(data_start)?.checked_add(local.u32_le(18)?) } else { None };
    Some(Entry {
        name: local.octets.get(HEADER..name_end)?,
        method: local.u16_le(8)?,
        data: local.octets.get(data_start..).unwrap_or_default(),
        next,
    })
}

/// The beginning of an entry's content; empty where it is packed in another way than deflate.
fn unpack(entry: &Entry) -> Vec<u8> {
    match entry.method {
        0 => entry.data[..entry.data.len().min(UNPACKED_LIMIT)].to_vec(),
        8 => {
            let mut content = Vec::with_capacity(UNPACKED_LIMIT);
            // Data that is cut or broken gives what was unpacked until then.
            let _ = Decompress::new(false).decompress_vec(entry.data, &mut content, FlushDecompress::Sync);
            content
        }
        _ => Vec::new(),
    }
}
