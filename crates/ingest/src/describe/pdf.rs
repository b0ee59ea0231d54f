//! PDF (ISO 32000): its pages, whether they have text, and what its properties state, in the
//! information dictionary and in XMP.

mod content;
mod file;
mod filter;
mod object;
mod opening;
mod pages;
mod rebuilt;
mod sections;
mod text;

use super::evidence::Evidence;
use super::stated::{Stated, counted};
use super::xmp::{self, Xmp};
use content::Shown;
use file::File;
use object::{Dictionary, Value};
use pages::{Pages, SAMPLED};
use provenance::description::Look;

/// The signals.
const INFO: &str = "pdf info";
const XMP: &str = "xmp";
const CATALOG: &str = "pdf catalog";

/// Where the properties are, in words.
const PROPERTIES: &str = "the document properties";
/// Pages that are looked at for annotations.
const ANNOTATED: usize = 30;

/// What the signals of a PDF say.
pub(super) fn evidence(look: &Look<'_>) -> Evidence {
    let mut stated = Stated::of(look.name);
    match File::open(look) {
        Err(reach) if reach.was_refused() => {
            stated.given_up("PDF: only its beginning could be had here, and it is read from its end");
        }
        Err(_) => stated.given_up("PDF: broken or cut, its objects were not found"),
        Ok(file) if file.is_encrypted() => {
            stated.detail("encrypted");
            stated.given_up("PDF: encrypted, so its properties and its text were not read");
        }
        Ok(file) => {
            let catalog = file.catalog().unwrap_or_default();
            properties(&file, &catalog, &mut stated);
            describe_pages(&file, &catalog, &mut stated);
            if file.reach.was_refused() || file.is_spent() {
                stated.given_up("PDF: too large or too entangled, not all of it was looked at");
            } else if file.is_rebuilt() {
                stated.given_up(
                    "PDF: its cross-reference is broken, objects were searched for and some may be missed",
                );
            }
        }
    }
    stated.evidence()
}

fn describe_pages(file: &File<'_>, catalog: &Dictionary, stated: &mut Stated<'_>) {
    let pages = Pages::of(file, catalog);
    let count = pages.count();
    match pages.stated {
        // Nothing is known of pages that cannot be found, whatever is said of their number.
        _ if count == 0 => {}
        Some(said) if !pages.is_whole => {
            stated.detail(&format!("{} by its own count", counted(said, "page", "pages")));
        }
        Some(said) if said != count as u64 => {
            stated.detail(&format!("{} ({said} by its own count)", counted(count as u64, "page", "pages")));
        }
        _ => stated.detail(&counted(count as u64, "page", "pages")),
    }
    if let Some(words) = layer(count, pages.is_whole, &pages.shown(file)) {
        stated.detail(&words);
    }
    stated.detail("not encrypted");
    for name in pages.annotators(file, ANNOTATED) {
        stated.person("author of an annotation", &text::decoded(&name).unwrap_or_else(|| "x".into()));
    }
    if pages.have_thumbnails(ANNOTATED) {
        stated.sensitive("embedded thumbnail (pages)");
    }
}

/// Whether there is a text layer, in words that claim no more than was looked at.
fn layer(pages: usize, is_whole: bool, shown: &[Shown]) -> Option<String> {
    let told = shown.iter().filter(|shown| **shown != Shown::Unknown).count();
    let with = shown.iter().filter(|shown| **shown == Shown::Text).count();
    let is_all = is_whole && pages <= SAMPLED && told == pages;
    match (with, told) {
        (_, 0) => None,
        (0, _) if is_all => Some("no text layer".into()),
        (0, _) => Some(format!("no text layer on {} looked at", counted(told as u64, "page", "pages"))),
        _ if with == told => Some("text layer".into()),
        _ => Some(format!("text layer on {with} of {} looked at", counted(told as u64, "page", "pages"))),
    }
}

fn properties(file: &File<'_>, catalog: &Dictionary, stated: &mut Stated<'_>) {
    if let Some(info) = file.trailer.get(b"Info").and_then(|info| file.dictionary(info)) {
        of_info(file, &info, stated);
    }
    let packet = catalog.get(b"Metadata").and_then(|metadata| file.stream(metadata, xmp::LONGEST));
    if let Some(packet) = packet {
        of_xmp(&Xmp::read(&packet), stated);
    }
    if let Some(language) = file.get(catalog, b"Lang").and_then(|value| text::decoded(value.text()?)) {
        stated.language(CATALOG, &language);
    }
}

fn of_info(file: &File<'_>, info: &Dictionary, stated: &mut Stated<'_>) {
    let get = |key: &[u8]| text::decoded(file.get(info, key).as_ref().and_then(Value::text)?);
    if let Some(title) = get(b"Title") {
        stated.paths("title", &title);
        stated.title(INFO, &title);
    }
    match (get(b"Author"), info.has(b"Author")) {
        (Some(author), _) => stated.creators(INFO, PROPERTIES, [author.as_str()]),
        // In a charset that cannot be told: no suggestion, and a name for all that.
        (None, true) => stated.sensitive(&format!("author in {PROPERTIES}")),
        (None, false) => {}
    }
    if let Some(subject) = get(b"Subject") {
        stated.summary(INFO, &subject);
    }
    if let Some(made) = get(b"CreationDate") {
        stated.made(INFO, &made);
    }
    if let Some(changed) = get(b"ModDate") {
        stated.changed(INFO, &changed);
    }
    // Word writes these.
    for (key, what) in [(&b"Company"[..], "company"), (b"Manager", "manager")] {
        if let Some(name) = get(key) {
            stated.person(&format!("{what} in {PROPERTIES}"), &name);
        }
    }
}

fn of_xmp(xmp: &Xmp, stated: &mut Stated<'_>) {
    if let Some(title) = xmp.first("dc:title") {
        stated.title(XMP, title);
    }
    stated.creators(XMP, PROPERTIES, xmp.all("dc:creator"));
    if let Some(publisher) = xmp.first("dc:publisher") {
        stated.publisher(XMP, publisher);
    }
    if let Some(made) = xmp.first("xmp:CreateDate") {
        stated.made(XMP, made);
    }
    if let Some(changed) = xmp.first("xmp:ModifyDate") {
        stated.changed(XMP, changed);
    }
    // Of several languages none is the language.
    let languages: Vec<&str> = xmp.all("dc:language").collect();
    if let [language] = languages[..] {
        stated.language(XMP, language);
    }
    if let Some(summary) = xmp.first("dc:description") {
        stated.summary(XMP, summary);
    }
    if let Some(claim) = xmp.pdf_a() {
        stated.detail(&format!("says it is {claim}"));
    }
    if let Some((_, name)) = xmp.first_of(&["pdfx:Company", "pdfx:Manager"]) {
        stated.person(&format!("company or manager in {PROPERTIES}"), name);
    }
    if xmp.has("xmp:Thumbnails") {
        stated.sensitive("embedded thumbnail (XMP)");
    }
    for property in xmp.properties.iter().filter(|property| property.name != "dc:source") {
        stated.paths("XMP", &property.value);
    }
    if let Some(fault) = xmp.fault {
        stated.given_up(&format!("XMP: {}", fault.words()));
    }
}
