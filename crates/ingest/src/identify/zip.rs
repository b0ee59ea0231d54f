//! ZIP and what is built on it: Office Open XML, `OpenDocument`, EPUB.

use super::{Head, find, signed};
use flate2::{Decompress, FlushDecompress};
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

/// Main parts of Office Open XML packages as `[Content_Types].xml` names them, media types, identifiers.
const OFFICE_PARTS: [(&[u8], &str, &str); 7] = [
    (
        b"ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "fmt/412",
    ),
    (
        b"ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "fmt/214",
    ),
    (
        b"ContentType=\"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml\"",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "fmt/215",
    ),
    (
        b"ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml\"",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
        "fmt/597",
    ),
    (
        b"ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"",
        "application/vnd.ms-word.document.macroEnabled.12",
        "fmt/523",
    ),
    (
        b"ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"",
        "application/vnd.ms-excel.sheet.macroEnabled.12",
        "fmt/445",
    ),
    (
        b"ContentType=\"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml\"",
        "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
        "fmt/487",
    ),
];

/// Media types of `OpenDocument`, and the identifiers of versions 1.0 to 1.3.
const OPEN_DOCUMENTS: [(&[u8], &str, [&str; 4]); 3] = [
    (
        b"application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.text",
        ["fmt/136", "fmt/290", "fmt/291", "fmt/1756"],
    ),
    (
        b"application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.spreadsheet",
        ["fmt/137", "fmt/294", "fmt/295", "fmt/1755"],
    ),
    (
        b"application/vnd.oasis.opendocument.presentation",
        "application/vnd.oasis.opendocument.presentation",
        ["fmt/138", "fmt/292", "fmt/293", "fmt/1754"],
    ),
];

/// Tells what a ZIP is by the entries at its beginning.
pub(super) fn identify(head: Head) -> Option<Format> {
    let first = entry_at(head, 0)?;
    if first.name == b"mimetype" && first.method == 0 {
        return Some(by_mimetype(head, first.data));
    }
    let mut office = None;
    let mut package = false;
    for entry in entries(head) {
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
    match office {
        Some(format) => Some(format),
        None if package => super::by_crate(head),
        None => Some(signed("application/zip", Some("x-fmt/263"))),
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
    let document = OPEN_DOCUMENTS.iter().find(|(type_, ..)| data.strip_prefix(*type_).is_some_and(is_end));
    let Some((_, media_type, puids)) = document else {
        return super::by_crate(head).unwrap_or(signed("application/zip", None));
    };
    let puid = entries(head)
        .find(|entry| entry.name == b"content.xml")
        .and_then(|entry| open_document_version(&unpack(&entry)))
        .map(|version| puids[version]);
    let basis =
        if puid.is_some() { "signature, entry mimetype, version read from content.xml" } else { basis };
    Format { media_type: Some(media_type), puid, basis }
}

/// 0 for version 1.0 to 3 for version 1.3.
fn open_document_version(content: &[u8]) -> Option<usize> {
    let mark = b"office:version=";
    let after = &content[find(content, mark)? + mark.len()..];
    let version = after.get(1..5)?;
    ["1.0", "1.1", "1.2", "1.3"]
        .iter()
        .position(|known| version[..3] == *known.as_bytes() && matches!(version[3], b'"' | b'\''))
}

fn by_content_types(types: &[u8]) -> Option<Format> {
    let is_main = |part: &&(&[u8], _, _)| find(types, part.0).is_some();
    let (_, media_type, puid) = OFFICE_PARTS.iter().find(is_main)?;
    let basis = "signature, entry [Content_Types].xml";
    Some(Format { basis, ..signed(media_type, Some(puid)) })
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
