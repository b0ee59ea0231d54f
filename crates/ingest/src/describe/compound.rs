//! Compound files (MS-CFB): Word, Excel and `PowerPoint` before 2007, Outlook messages, and newer
//! documents that are encrypted.

pub(super) mod code_page;
mod message;
mod properties;
mod word;

use super::evidence::Evidence;
use super::reach::{File, Reach};
use super::stated::{Stated, counted};
use cfb::CompoundFile;
use properties::{Properties, Property};
use provenance::description::Look;
use std::cell::{Cell, RefCell};
use std::io::Read;

/// The signal.
const SUMMARY: &str = "summary information";
/// Where the properties are, in words.
const PROPERTIES: &str = "the document properties";
/// Octets that are read of a document, in all.
const READ: u64 = 16 << 20;
/// Octets of a document whose allocation table is held in memory.
const LARGEST: u64 = 256 << 20;
/// Octets of a stream of properties; one with a thumbnail is large.
const STREAM: usize = 1 << 20;

/// An open compound file.
struct Compound<'r, 'l> {
    file: RefCell<CompoundFile<File<'r, 'l>>>,
    /// Whether a part could not be read to its end.
    is_broken: Cell<bool>,
}

impl Compound<'_, '_> {
    /// At most `most` octets from the beginning of a stream.
    fn read(&self, path: &str, most: usize) -> Option<Vec<u8>> {
        let mut octets = Vec::new();
        let stream = self.has(path).then(|| self.file.borrow_mut().open_stream(path))?;
        // A chain that is broken gives what stood before.
        let read = stream.and_then(|stream| stream.take(most as u64).read_to_end(&mut octets));
        self.is_broken.set(self.is_broken.get() || read.is_err());
        Some(octets)
    }

    fn has(&self, path: &str) -> bool {
        self.file.borrow().exists(path)
    }

    /// How many storages there are whose names begin so.
    fn count(&self, start: &str) -> u64 {
        self.file
            .borrow()
            .read_root_storage()
            .take(10_000)
            .filter(|entry| entry.name().starts_with(start))
            .count() as u64
    }
}

/// What the properties of a document say.
pub(super) fn evidence(look: &Look<'_>) -> Evidence {
    let mut stated = Stated::of(look.name);
    if look.size_octets > LARGEST {
        stated.given_up(&format!(
            "compound file: larger than {} MiB, its properties were not read",
            LARGEST >> 20
        ));
        return stated.evidence();
    }
    let reach = Reach::of(look, READ);
    match CompoundFile::open(reach.file()) {
        Err(_) if reach.was_refused() => {
            stated
                .given_up("compound file: only its beginning could be had here, and its parts lie anywhere");
        }
        Err(_) => stated.given_up("compound file: broken or cut, its parts were not found"),
        Ok(file) => {
            let file = Compound { file: RefCell::new(file), is_broken: Cell::new(false) };
            describe(&file, &mut stated);
            if reach.is_spent(512) {
                stated.given_up("compound file: too large or too entangled, not all of it was looked at");
            } else if reach.was_refused() {
                stated.given_up(
                    "compound file: only its beginning could be had here, and some of its parts were not",
                );
            } else if file.is_broken.get() {
                stated.given_up("compound file: broken or cut, some of its parts could not be read");
            }
        }
    }
    stated.evidence()
}

fn describe(file: &Compound<'_, '_>, stated: &mut Stated<'_>) {
    if file.has("EncryptedPackage") {
        stated.detail("encrypted");
        return stated.given_up("Office document: encrypted, so its properties were not read");
    }
    if file.has("__properties_version1.0") {
        return message::describe(file, stated);
    }
    if file.has("WordDocument") {
        word::describe(file, stated);
    } else if is_encrypted(file) {
        stated.detail("encrypted");
    }
    summary(file, stated);
    document_summary(file, stated);
}

/// Whether a workbook or presentation is: its properties often are not, all the same.
fn is_encrypted(file: &Compound<'_, '_>) -> bool {
    const FILE_PASS: u16 = 0x2F;
    if file.has("EncryptedSummary") {
        return true;
    }
    let Some(book) = file.read("Workbook", 4_096).or_else(|| file.read("Book", 4_096)) else { return false };
    // Records of a type, a length and as many octets; the mark is one of the first. Were their number
    // known to the compiler, it would write the loop out and reason for minutes about all its lengths.
    let mut rest = &book[..];
    for _ in 0..(book.len() / 4).min(20) {
        let [type_1, type_2, length_1, length_2, after @ ..] = rest else { return false };
        if u16::from_le_bytes([*type_1, *type_2]) == FILE_PASS {
            return true;
        }
        let length = usize::from(u16::from_le_bytes([*length_1, *length_2]));
        let Some(behind) = after.get(length..) else { return false };
        rest = behind;
    }
    false
}

/// MS-OLEPS 3.1: the properties of any document.
fn summary(file: &Compound<'_, '_>, stated: &mut Stated<'_>) {
    let Some(octets) = file.read("\u{5}SummaryInformation", STREAM) else { return };
    let Some(found) = Properties::read(&octets) else {
        return stated.given_up("summary information: broken");
    };
    if let Some(title) = found.text(2) {
        stated.paths("title", &title);
        stated.title(SUMMARY, &title);
    }
    match (found.text(4), found.has_text(4)) {
        (Some(author), _) => stated.creators(SUMMARY, PROPERTIES, [author.as_str()]),
        (None, true) => stated.sensitive(&format!("author in {PROPERTIES}")),
        (None, false) => {}
    }
    if found.has_text(8) {
        let editor = found.text(8).unwrap_or_else(|| "x".into());
        stated.person(&format!("last editor in {PROPERTIES}"), &editor);
    }
    // Comments, else the subject.
    if let Some(summary) = found.text(6).or_else(|| found.text(3)) {
        stated.summary(SUMMARY, &summary);
    }
    if let Some(template) = found.text(7) {
        stated.paths("template", &template);
    }
    if let Some(made) = found.moment(12) {
        stated.made(SUMMARY, &made);
    }
    if let Some(changed) = found.moment(13) {
        stated.changed(SUMMARY, &changed);
    }
    if let Some(pages) = found.number(14).filter(|pages| *pages > 0 && file.has("WordDocument")) {
        stated.detail(&format!("{} by its own count", counted(pages, "page", "pages")));
    }
    if matches!(found.get(17), Some(Property::Picture)) {
        stated.sensitive("embedded thumbnail");
    }
}

/// MS-OLEPS 3.2: what documents of Office add.
fn document_summary(file: &Compound<'_, '_>, stated: &mut Stated<'_>) {
    let Some(octets) = file.read("\u{5}DocumentSummaryInformation", STREAM) else { return };
    let Some(found) = Properties::read(&octets) else {
        return stated.given_up("document summary information: broken");
    };
    for (id, what) in [(14, "manager"), (15, "company")] {
        if found.has_text(id) {
            let name = found.text(id).unwrap_or_else(|| "x".into());
            stated.person(&format!("{what} in {PROPERTIES}"), &name);
        }
    }
    if let Some(slides) = found.number(7).filter(|slides| *slides > 0 && file.has("PowerPoint Document")) {
        stated.detail(&format!("{} by its own count", counted(slides, "slide", "slides")));
    }
    // Names of properties that others added, in a charset of one octet or of two.
    let wide: Vec<u8> = "_AuthorEmail".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if [&b"_AuthorEmail"[..], &wide].iter().any(|name| memchr::memmem::find(&octets, name).is_some()) {
        stated.sensitive("author or address in the custom properties");
    }
}
