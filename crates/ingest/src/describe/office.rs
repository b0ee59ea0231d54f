//! Office Open XML (ISO/IEC 29500-2): Word, Excel and `PowerPoint` since 2007, by their core and
//! extended properties, and what of their parts names people.

use super::evidence::Evidence;
use super::has_extension;
use super::package::Package;
use super::stated::{Stated, counted, untagged};
use super::xml::Elements;
use provenance::description::Look;

/// The signal.
const CORE: &str = "core properties";
/// Where the properties are, in words.
const PROPERTIES: &str = "the document properties";
/// Octets of a part that holds properties or relationships.
const PART: usize = 1 << 20;
/// Octets of a part with relationships, and of all of them.
const RELATIONSHIPS: usize = 256 << 10;
const ALL_RELATIONSHIPS: usize = 512 << 10;
/// Octets of a part that is searched for names: the text of a book.
const BODY: usize = 6 << 20;
/// Octets of the text, with its markup, that its language is detected from.
const SAMPLE: usize = 128 << 10;
/// Parts with relationships, and parts with comments, that are looked at.
const PARTS: usize = 40;

/// What the properties of a document say.
pub(super) fn evidence(look: &Look<'_>) -> Evidence {
    let mut stated = Stated::of(look.name);
    match Package::open(look) {
        Err(why) => stated.given_up(&format!("Office document: {why}")),
        Ok(package) => {
            core(&package, &mut stated);
            extended(&package, &mut stated);
            custom(&package, &mut stated);
            text(&package, &mut stated);
            relationships(&package, &mut stated);
            people(&package, &mut stated);
            carried(&package, &mut stated);
            package.tell_of_pictures(&mut stated);
            if package.is_spent() {
                stated.given_up("Office document: too large, not all of it was looked at");
            }
        }
    }
    stated.evidence()
}

/// A part by its type of relationship, and by the name that it usually has.
fn part(package: &Package<'_>, kind: &str, usual: &str, stated: &mut Stated<'_>) -> Option<Elements> {
    let roots = package.read("_rels/.rels", PART).map(|octets| Elements::read(&octets)).unwrap_or_default();
    let target = roots
        .named("rel:Relationship")
        .find(|relationship| relationship.attribute("Type").is_some_and(|found| found.ends_with(kind)))
        .and_then(|relationship| relationship.attribute("Target"));
    let name = target.map_or(usual, |target| target.trim_start_matches('/'));
    let octets = package.read(name, PART).or_else(|| package.read(usual, PART))?;
    let elements = Elements::read(&octets);
    if let Some(fault) = elements.fault {
        stated.given_up(&format!("{}: {}", &kind[1..], fault.words()));
    }
    Some(elements)
}

/// ISO/IEC 29500-2, 10: what `docProps/core.xml` states.
fn core(package: &Package<'_>, stated: &mut Stated<'_>) {
    let Some(core) = part(package, "/core-properties", "docProps/core.xml", stated) else { return };
    if let Some(title) = core.text("dc:title") {
        stated.paths("title", title);
        stated.title(CORE, title);
    }
    stated.creators(CORE, PROPERTIES, core.text("dc:creator"));
    if let Some(summary) = core.text("dc:description").or_else(|| core.text("dc:subject")) {
        stated.paths("description", summary);
        stated.summary(CORE, summary);
    }
    if let Some(language) = core.text("dc:language") {
        stated.language(CORE, language);
    }
    if let Some(made) = core.text("dcterms:created") {
        stated.made(CORE, made);
    }
    if let Some(changed) = core.text("dcterms:modified") {
        stated.changed(CORE, changed);
    }
    if let Some(name) = core.text("cp:lastModifiedBy") {
        stated.person(&format!("last editor in {PROPERTIES}"), name);
    }
}

/// ISO/IEC 29500-1, 22.2: what `docProps/app.xml` states, with the numbers that a program counted.
fn extended(package: &Package<'_>, stated: &mut Stated<'_>) {
    let app = part(package, "/extended-properties", "docProps/app.xml", stated).unwrap_or_default();
    let has = |start: &str| {
        package.names().filter(|name| name.starts_with(start) && has_extension(name, "xml")).count() as u64
    };
    let (slides, sheets) = (has("ppt/slides/slide"), has("xl/worksheets/sheet"));
    let pages = app.text("ep:Pages").and_then(|pages| pages.parse::<u64>().ok()).filter(|pages| *pages > 0);
    if slides > 0 {
        stated.detail(&counted(slides, "slide", "slides"));
    } else if sheets > 0 {
        stated.detail(&counted(sheets, "sheet", "sheets"));
    } else if let Some(pages) = pages.filter(|_| package.names().any(|name| name.starts_with("word/"))) {
        stated.detail(&format!("{} by its own count", counted(pages, "page", "pages")));
    }
    if package.names().any(|name| name.ends_with("vbaProject.bin")) {
        stated.detail("with macros");
    }
    for (name, what) in [("ep:Company", "company"), ("ep:Manager", "manager")] {
        if let Some(value) = app.text(name) {
            stated.person(&format!("{what} in {PROPERTIES}"), value);
        }
    }
    for (name, place) in [("ep:Template", "template"), ("ep:HyperlinkBase", "hyperlink base")] {
        if let Some(path) = app.text(name) {
            stated.paths(place, path);
        }
    }
}

/// The text of a document, for its language.
fn text(package: &Package<'_>, stated: &mut Stated<'_>) {
    let Some(octets) = package.read("word/document.xml", SAMPLE) else { return };
    let body = memchr::memmem::find(&octets, b"<w:body").unwrap_or(0);
    stated.text(&untagged(&String::from_utf8_lossy(&octets[body..])));
}

/// Properties of other programs' making, such as the address that a review was mailed to.
fn custom(package: &Package<'_>, stated: &mut Stated<'_>) {
    let Some(octets) = package.read("docProps/custom.xml", PART) else { return };
    for property in Elements::read(&octets).named("property") {
        let name = property.attribute("name").unwrap_or_default().to_ascii_lowercase();
        if ["author", "mail", "owner", "editor", "user", "reviewer"].iter().any(|word| name.contains(word)) {
            stated.sensitive("author or address in the custom properties");
        }
    }
    stated.paths("custom properties", &String::from_utf8_lossy(&octets));
}

/// Where links, templates and data outside of the document lead.
fn relationships(package: &Package<'_>, stated: &mut Stated<'_>) {
    let parts: Vec<&str> = package.names().filter(|name| has_extension(name, "rels")).take(PARTS).collect();
    let mut left = ALL_RELATIONSHIPS;
    for name in parts {
        let Some(octets) = package.read(name, RELATIONSHIPS.min(left)) else { continue };
        left -= octets.len();
        if left == 0 {
            stated.given_up("relationships: too long, not all of them were looked at");
            break;
        }
        for relationship in Elements::read(&octets).named("rel:Relationship") {
            let kind =
                relationship.attribute("Type").and_then(|kind| kind.rsplit('/').next()).unwrap_or_default();
            let place = match kind {
                "attachedTemplate" => "template",
                "hyperlink" => "link",
                "image" | "oleObject" | "video" | "audio" | "media" => "linked file",
                _ => "reference to another file",
            };
            if relationship.attribute("TargetMode") == Some("External") {
                stated.paths(place, relationship.attribute("Target").unwrap_or_default());
            }
        }
    }
    // Excel writes down where it saved a workbook.
    if let Some(workbook) = package.read("xl/workbook.xml", PART) {
        stated.paths("workbook", &String::from_utf8_lossy(&workbook));
    }
}

/// Who commented and changed, as the parts of the document name them.
fn people(package: &Package<'_>, stated: &mut Stated<'_>) {
    let search = |name: &str, mark: &[u8]| {
        let octets = package.read(name, BODY);
        octets.is_some_and(|octets| {
            memchr::memmem::find_iter(&octets, mark).any(|at| is_filled(&octets[at + mark.len()..]))
        })
    };
    let parts: Vec<&str> = package.names().filter(|name| has_extension(name, "xml")).collect();
    let mut searched = 0;
    for name in parts {
        let is = |start: &str| name.starts_with(start);
        let (what, mark): (_, &[u8]) = if is("word/comments") {
            ("author of a comment", b"w:author=\"")
        } else if is("word/document")
            || is("word/footnotes")
            || is("word/endnotes")
            || is("word/header")
            || is("word/footer")
        {
            ("author of a tracked change", b"w:author=\"")
        } else if is("word/people") {
            ("people named in the document's parts", b"w15:author=\"")
        } else if is("xl/comments") {
            ("author of a comment", b"<author>")
        } else if is("xl/persons/") || is("xl/threadedComments/") {
            ("author of a comment", b"displayName=\"")
        } else if is("xl/revisions/") {
            ("author of a tracked change", b"userName=\"")
        } else if is("ppt/commentAuthors") || is("ppt/authors") {
            ("author of a comment", b" name=\"")
        } else {
            continue;
        };
        searched += 1;
        if searched <= PARTS && search(name, mark) {
            stated.sensitive(what);
        }
    }
}

/// Whether a value begins here that is not empty.
fn is_filled(rest: &[u8]) -> bool {
    rest.first().is_some_and(|octet| !matches!(octet, b'"' | b'<'))
}

/// What a document carries with it.
fn carried(package: &Package<'_>, stated: &mut Stated<'_>) {
    if package.names().any(|name| name.starts_with("docProps/thumbnail")) {
        stated.sensitive("embedded thumbnail");
    }
    let printers =
        package.names().find(|name| name.contains("/printerSettings/") && has_extension(name, "bin"));
    let named = printers
        .and_then(|name| package.read(name, 64))
        .is_some_and(|octets| octets.iter().take(2).any(|octet| *octet != 0));
    if named {
        stated.sensitive("printer named in the printer settings");
    }
}
