//! `OpenDocument` (ISO/IEC 26300-1, 4.3): texts, tables and slides, by `meta.xml`.

use super::evidence::Evidence;
use super::package::Package;
use super::stated::{Stated, counted, untagged};
use super::xml::Elements;
use provenance::description::Look;

/// The signal.
const META: &str = "meta.xml";
/// Where the properties are, in words.
const PROPERTIES: &str = "the document properties";
/// Octets of a part that holds properties.
const PART: usize = 1 << 20;
/// Octets of the text, with its markup, that its language is detected from.
const SAMPLE: usize = 128 << 10;
/// Octets of the text that are searched for names.
const BODY: usize = 8 << 20;

/// What the properties of a document say.
pub(super) fn evidence(look: &Look<'_>) -> Evidence {
    let mut stated = Stated::of(look.name);
    match Package::open(look) {
        Err(why) => stated.given_up(&format!("OpenDocument: {why}")),
        Ok(package) if is_encrypted(&package) => {
            stated.detail("encrypted");
            stated.given_up("OpenDocument: encrypted, so its properties were not read");
        }
        Ok(package) => {
            meta(&package, &mut stated);
            parts(&package, &mut stated);
            package.tell_of_pictures(&mut stated);
            if package.is_spent() {
                stated.given_up("OpenDocument: too large, not all of it was looked at");
            }
        }
    }
    stated.evidence()
}

fn is_encrypted(package: &Package<'_>) -> bool {
    let manifest = package.read("META-INF/manifest.xml", PART).unwrap_or_default();
    let holds = |mark: &[u8]| memchr::memmem::find(&manifest, mark).is_some();
    holds(b"encryption-data") || package.has("encrypted-package")
}

fn meta(package: &Package<'_>, stated: &mut Stated<'_>) {
    let Some(octets) = package.read("meta.xml", PART) else { return };
    let meta = Elements::read(&octets);
    let statistic = |name: &str| {
        let mut all = meta.named("meta:document-statistic");
        all.find_map(|found| found.attribute(name)?.parse::<u64>().ok()).filter(|count| *count > 0)
    };
    if let Some(pages) = statistic("meta:page-count") {
        stated.detail(&format!("{} by its own count", counted(pages, "page", "pages")));
    } else if let Some(tables) = statistic("meta:table-count") {
        stated.detail(&format!("{} by its own count", counted(tables, "sheet", "sheets")));
    }
    if let Some(title) = meta.text("dc:title") {
        stated.paths("title", title);
        stated.title(META, title);
    }
    // `dc:creator` is who saved it last.
    stated.creators(META, PROPERTIES, meta.text("meta:initial-creator"));
    for (name, what) in [("dc:creator", "last editor"), ("meta:printed-by", "name of who printed it")] {
        if let Some(value) = meta.text(name) {
            stated.person(&format!("{what} in {PROPERTIES}"), value);
        }
    }
    if let Some(summary) = meta.text("dc:description").or_else(|| meta.text("dc:subject")) {
        stated.summary(META, summary);
    }
    if let Some(language) = meta.text("dc:language") {
        stated.language(META, language);
    }
    if let Some(made) = meta.text("meta:creation-date") {
        stated.made(META, made);
    }
    if let Some(changed) = meta.text("dc:date") {
        stated.changed(META, changed);
    }
    for template in meta.named("meta:template") {
        stated.paths("template", template.attribute("xlink:href").unwrap_or_default());
    }
    for own in meta.named("meta:user-defined") {
        stated.paths("custom properties", &own.text);
    }
    if let Some(fault) = meta.fault {
        stated.given_up(&format!("meta.xml: {}", fault.words()));
    }
}

/// Its text, who commented and changed, and what a document carries with it.
fn parts(package: &Package<'_>, stated: &mut Stated<'_>) {
    let content = package.read("content.xml", BODY).unwrap_or_default();
    let holds = |mark: &[u8]| memchr::memmem::find(&content, mark);
    let body = holds(b"<office:body").unwrap_or(0);
    stated.text(&untagged(&String::from_utf8_lossy(&content[body..content.len().min(body + SAMPLE)])));
    let names_somebody = |from: usize| memchr::memmem::find(&content[from..], b"<dc:creator>").is_some();
    if holds(b"<office:annotation").is_some_and(names_somebody) {
        stated.sensitive("author of a comment");
    }
    if holds(b"<text:changed-region").or_else(|| holds(b"<table:tracked-changes")).is_some_and(names_somebody)
    {
        stated.sensitive("author of a tracked change");
    }
    for at in memchr::memmem::find_iter(&content, b"xlink:href=\"").take(5_000) {
        let value = &content[at + 12..content.len().min(at + 1_024)];
        let value = &value[..memchr::memchr(b'"', value).unwrap_or(value.len())];
        stated.paths("link", &String::from_utf8_lossy(value));
    }
    let settings =
        package.read("settings.xml", PART).map(|octets| Elements::read(&octets)).unwrap_or_default();
    let printers = settings.all().filter(|item| item.attribute("config:name") == Some("PrinterName"));
    if { printers }.any(|item| !item.text.trim().is_empty()) {
        stated.sensitive("printer named in the settings");
    }
    if package.has("Thumbnails/thumbnail.png") {
        stated.sensitive("embedded thumbnail");
    }
}
