//! AtoM: the CSV template for archival descriptions by ISAD(G), as AtoM 2.8 takes it in.
//!
//! One row for the collection, then one for each document, which names the collection as its parent.
//! All are drafts: what is published, a person decides in AtoM.

mod events;

use super::cells::{Outgoing, cell};
use super::delimited::Delimited;
use super::disclosure::Disclosure;
use super::{Order, Source, Written, one_file};
use crate::Result;
use crate::crosswalk::Vocabulary;
use crate::sheet::Row;
use events::Events;
use fixity::{Observer, Oxum, Step};
use std::ops::ControlFlow;

/// The columns of the template, in its order.
const COLUMNS: [&str; 56] = [
    "legacyId",
    "parentId",
    "qubitParentSlug",
    "accessionNumber",
    "identifier",
    "title",
    "levelOfDescription",
    "extentAndMedium",
    "repository",
    "archivalHistory",
    "acquisition",
    "scopeAndContent",
    "appraisal",
    "accruals",
    "arrangement",
    "accessConditions",
    "reproductionConditions",
    "language",
    "script",
    "languageNote",
    "physicalCharacteristics",
    "findingAids",
    "locationOfOriginals",
    "locationOfCopies",
    "relatedUnitsOfDescription",
    "publicationNote",
    "digitalObjectPath",
    "digitalObjectURI",
    "generalNote",
    "subjectAccessPoints",
    "placeAccessPoints",
    "nameAccessPoints",
    "genreAccessPoints",
    "descriptionIdentifier",
    "institutionIdentifier",
    "rules",
    "descriptionStatus",
    "levelOfDetail",
    "revisionHistory",
    "languageOfDescription",
    "scriptOfDescription",
    "sources",
    "archivistNote",
    "publicationStatus",
    "physicalObjectName",
    "physicalObjectLocation",
    "physicalObjectType",
    "alternativeIdentifiers",
    "alternativeIdentifierLabels",
    "eventDates",
    "eventTypes",
    "eventStartDates",
    "eventEndDates",
    "eventActors",
    "eventActorHistories",
    "culture",
];

/// Octets of a row that AtoM reads: `fgetcsv` is asked for 60,000 with the line end.
const LONGEST_ROW: usize = 59_990;
/// Columns that AtoM splits at bars, besides those of events.
const BARRED: [&str; 6] = [
    "generalNote",
    "subjectAccessPoints",
    "placeAccessPoints",
    "nameAccessPoints",
    "genreAccessPoints",
    "language",
];
/// The culture of a row whose language AtoM may not know.
const CULTURE: &str = "en";

pub(super) fn write(source: &Source<'_>, order: &Order<'_>, observer: &dyn Observer) -> Result<Written> {
    let mut payload = Oxum::default();
    source.rows(&mut |row| {
        payload.add(row.size_octets.unwrap_or_default());
        Ok(())
    })?;
    one_file(order.target, |file| {
        let mut rows = Delimited::for_php(file, LONGEST_ROW);
        for column in COLUMNS {
            rows.cell(column);
        }
        rows.end_row("the header")?;
        put_collection(&mut rows, source, payload)?;
        let mut disclosure = Disclosure::default();
        let mut terms = Outgoing::all(Vocabulary::Atom);
        let mut of = |column| {
            let at = terms.iter().position(|outgoing| outgoing.term.name == column)?;
            Some(terms.swap_remove(at))
        };
        let terms = COLUMNS.map(&mut of);
        source.rows(&mut |row| {
            if observer.observe(Step::Advanced { files: 0, octets: 0 }) == ControlFlow::Break(()) {
                return Err(super::cancelled());
            }
            if disclosure.admits(row) {
                put_item(&mut rows, &terms, source.name(), row, &mut disclosure)?;
            }
            Ok(())
        })?;
        let mut written = disclosure.finish();
        written.remarks.extend(rows.finish()?.remarks());
        Ok(written)
    })
}

fn put_collection(rows: &mut Delimited<'_>, source: &Source<'_>, payload: Oxum) -> Result<()> {
    for column in COLUMNS {
        match column {
            "legacyId" | "identifier" | "title" => rows.cell(source.name()),
            "levelOfDescription" => rows.cell("Collection"),
            "extentAndMedium" => {
                rows.cell(&format!("{} digital files, {} octets", payload.streams, payload.octets));
            }
            "descriptionStatus" | "publicationStatus" => rows.cell("Draft"),
            "culture" => rows.cell(CULTURE),
            _ => rows.cell(""),
        }
    }
    rows.end_row(source.name())
}

fn put_item(
    rows: &mut Delimited<'_>,
    terms: &[Option<Outgoing>; COLUMNS.len()],
    collection: &str,
    row: &Row<'_>,
    disclosure: &mut Disclosure,
) -> Result<()> {
    let events = Events::of(row, disclosure);
    let language = row.description.get("language").unwrap_or_default();
    let (tongue, script) = language_and_script(language);
    for (column, outgoing) in COLUMNS.into_iter().zip(terms) {
        match column {
            "parentId" => rows.cell(collection),
            "levelOfDescription" => rows.cell("Item"),
            "extentAndMedium" => rows.cell(&extent(row)),
            "language" => rows.cell(tongue.unwrap_or_default()),
            "script" => rows.cell(script.unwrap_or_default()),
            // What AtoM has no code for is said in words.
            "languageNote" => rows.cell(if tongue == Some(language) { "" } else { language }),
            // A description of its own goes before what a machine drew out.
            "scopeAndContent" if cell(row, "description").is_empty() => {
                rows.cell(&disclosure.shown(row, "description_auto"));
            }
            "archivistNote" => rows.cell(&told_by(row)),
            "descriptionStatus" | "publicationStatus" => rows.cell("Draft"),
            "eventDates" => rows.barred(events.dates()),
            "eventTypes" => rows.barred(events.types()),
            "eventStartDates" => rows.barred(events.starts()),
            "eventEndDates" => rows.barred(events.ends()),
            "eventActors" => rows.barred(events.actors()),
            "culture" => rows.cell(tongue.unwrap_or(CULTURE)),
            _ => match outgoing {
                Some(outgoing) if BARRED.contains(&column) => {
                    let value = disclosure.shown(row, &outgoing.term.column);
                    rows.barred(outgoing.values(&value));
                }
                Some(outgoing) => rows.cell(&disclosure.shown(row, &outgoing.term.column)),
                None => rows.cell(""),
            },
        }
    }
    rows.end_row(row.path)
}

/// How much it is, and of what kind.
fn extent(row: &Row<'_>) -> String {
    let octets = row.size_octets.map_or_else(String::new, |size| format!("1 digital file, {size} octets"));
    row.media_type.map_or(octets.clone(), |media_type| format!("{octets}, {media_type}"))
}

/// How the description is known: what a machine suggested and nobody confirmed is not to look certain.
fn told_by(row: &Row<'_>) -> String {
    let basis = |column| row.description.get(column).unwrap_or_default();
    let parts = [("Description", basis("description_basis")), ("Dates", basis("date_basis"))];
    let parts = parts.into_iter().filter(|(_, basis)| !basis.is_empty());
    let parts: Vec<String> = parts.map(|(what, basis)| format!("{what} told by: {basis}")).collect();
    parts.join(". ")
}

/// The codes by which AtoM knows a language (ISO 639-1) and a script (ISO 15924), as far as the tag
/// (BCP 47) has them.
fn language_and_script(tag: &str) -> (Option<&str>, Option<&str>) {
    let mut parts = tag.split('-');
    let is_letters = |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_alphabetic());
    let tongue = parts.next().filter(|part| is_letters(part, 2));
    (tongue, parts.next().filter(|part| tongue.is_some() && is_letters(part, 4)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_crosswalk_names_is_in_the_template() {
        for term in
            crate::crosswalk::outgoing(Vocabulary::Atom).chain(crate::crosswalk::incoming(Vocabulary::Atom))
        {
            assert!(COLUMNS.contains(&term.name.as_str()), "{term:?}");
        }
    }

    #[test]
    fn languages_that_atom_has_no_code_for_are_no_codes() {
        assert_eq!(language_and_script("fa"), (Some("fa"), None));
        assert_eq!(language_and_script("zh-Hant-TW"), (Some("zh"), Some("Hant")));
        assert_eq!(language_and_script("ckb"), (None, None));
        assert_eq!(language_and_script("fa | en"), (None, None));
        assert_eq!(language_and_script("en-GB"), (Some("en"), None));
    }
}
