//! EPUB (EPUB 3.3, 5.4 and 5.5): books and articles, by their package document.

use super::evidence::Evidence;
use super::package::Package;
use super::stated::{Stated, untagged};
use super::xml::{Element, Elements};
use provenance::description::Look;

/// The signal.
const OPF: &str = "opf";
/// Octets of the package document, with its list of all files.
const PART: usize = 2 << 20;

/// What the package document of a book says.
pub(super) fn evidence(look: &Look<'_>) -> Evidence {
    let mut stated = Stated::of(look.name);
    match Package::open(look) {
        Err(why) => stated.given_up(&format!("EPUB: {why}")),
        Ok(package) => {
            match document(&package) {
                None => stated.given_up("EPUB: its package document was not found"),
                Some(document) => {
                    describe(&document, &mut stated);
                    if package.has("META-INF/rights.xml") || package.has("META-INF/license.lcpl") {
                        stated.detail("with rights management");
                    }
                }
            }
            package.tell_of_pictures(&mut stated);
        }
    }
    stated.evidence()
}

fn document(package: &Package<'_>) -> Option<Elements> {
    let container = package.read("META-INF/container.xml", PART)?;
    let container = Elements::read(&container);
    let path = container.named("ocf:rootfile").find_map(|root| root.attribute("full-path"))?;
    Some(Elements::read(&package.read(path, PART)?))
}

fn describe(document: &Elements, stated: &mut Stated<'_>) {
    let version = document.named("opf:package").find_map(|package| package.attribute("version"));
    if let Some(version) = version.filter(|version| version.len() < 6) {
        stated.detail(&format!("EPUB {version}"));
    }
    // A book that somebody published says so; what a program wrote for its user does not.
    let publisher = document.text("dc:publisher");
    if let Some(publisher) = publisher {
        stated.published();
        stated.publisher(OPF, publisher);
    }
    let mut titles =
        document.named("dc:title").map(|title| title.text.trim()).filter(|title| !title.is_empty());
    if let Some(title) = titles.next() {
        stated.title(OPF, title);
    }
    let creators = document.named("dc:creator").filter(|creator| is_author(creator, document));
    let place = publisher.map_or("the document properties", |_| "");
    stated.creators(OPF, place, creators.map(|creator| creator.text.as_str()));
    dates(document, stated, publisher.is_some());
    let mut languages = document.named("dc:language");
    if let (Some(language), None) = (languages.next(), languages.next()) {
        stated.language(OPF, &language.text);
    }
    if let Some(summary) = document.text("dc:description") {
        // Many are HTML within XML.
        stated.summary(OPF, &untagged(summary));
    }
    let identifiers = document.named("dc:identifier").chain(document.named("dc:source"));
    for identifier in identifiers.take(20) {
        stated.address(OPF, &identifier.text);
        if let Some(isbn) = isbn(identifier) {
            stated.detail(&format!("ISBN {isbn}"));
            break;
        }
    }
    if let Some(fault) = document.fault {
        stated.given_up(&format!("package document: {}", fault.words()));
    }
}

/// Whether a creator is not declared to be something else, in version 2 or 3.
fn is_author(creator: &Element, document: &Elements) -> bool {
    let refines = creator.attribute("id").map(|id| format!("#{id}"));
    let refined = document.named("opf:meta").find(|meta| {
        meta.attribute("property") == Some("role")
            && refines.is_some()
            && meta.attribute("refines") == refines.as_deref()
    });
    let role = refined.map(|meta| meta.text.trim()).or_else(|| creator.attribute("opf:role"));
    role.is_none_or(|role| role == "aut" || role == "edt")
}

fn dates(document: &Elements, stated: &mut Stated<'_>, is_published: bool) {
    for date in document.named("dc:date").take(10) {
        match (date.attribute("opf:event"), is_published) {
            (None, _) | (Some("publication"), true) | (Some("creation"), false) => {
                stated.made(OPF, &date.text);
            }
            (Some("modification"), _) => stated.changed(OPF, &date.text),
            _ => {}
        }
    }
    for meta in document
        .named("opf:meta")
        .filter(|meta| meta.attribute("property") == Some("dcterms:modified"))
        .take(1)
    {
        stated.changed(OPF, &meta.text);
    }
}

/// The digits of an ISBN that an identifier is.
fn isbn(identifier: &Element) -> Option<String> {
    let text = identifier.text.trim();
    let is_told =
        identifier.attribute("opf:scheme").is_some_and(|scheme| scheme.eq_ignore_ascii_case("isbn"));
    let bare =
        text.get(..9).filter(|start| start.eq_ignore_ascii_case("urn:isbn:")).map_or(text, |_| &text[9..]);
    let digits: String = bare.chars().filter(|c| *c != '-' && *c != ' ').collect();
    let is_isbn = matches!(digits.len(), 10 | 13)
        && digits
            .char_indices()
            .all(|(at, c)| c.is_ascii_digit() || at == 9 && digits.len() == 10 && matches!(c, 'X' | 'x'));
    (is_isbn && (is_told || bare.len() < text.len() || digits.starts_with("978"))).then_some(digits)
}
