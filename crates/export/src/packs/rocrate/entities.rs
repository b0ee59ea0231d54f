//! What the crate says of documents, of events, and of what these refer to.

use super::graph::{local_id, one_or_many, path_reference, reference};
use crate::packs::agents::parted;
use crate::packs::cells::{is_several, values};
use crate::packs::derived::Derived;
use crate::packs::guarded::is_guarded;
use crate::packs::recorded::told;
use crate::sheet::Row;
use provenance::ledger::StoredEvent;
use provenance::{EventType, Outcome, Timestamp};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Where PRONOM describes its formats.
const PRONOM: &str = "https://www.nationalarchives.gov.uk/PRONOM/";

/// Columns that name persons: only of documents that somebody called public.
const PERSONS: [&str; 1] = ["creator"];
/// Columns that may tell of sources: never.
const NEVER: [&str; 4] = ["people", "custody_note", "acquired_how", "notes"];
/// Columns that say something as text, and the properties of schema.org that hold it.
const TEXTS: [(&str, &str); 11] = [
    ("creator", "creator"),
    ("publisher", "publisher"),
    ("source_url", "isBasedOn"),
    ("date_published", "datePublished"),
    ("date_created", "dateCreated"),
    ("language", "inLanguage"),
    ("item_type", "genre"),
    ("coverage", "temporalCoverage"),
    ("subject", "keywords"),
    ("rights", "copyrightNotice"),
    ("sensitivity", "conditionsOfAccess"),
];
/// Columns that a guarded document does not show, besides those that are never shown.
const GUARDED: [&str; 14] = [
    "title",
    "description",
    "description_auto",
    "creator",
    "publisher",
    "source_url",
    "date_published",
    "date_created",
    "language",
    "item_type",
    "coverage",
    "subject",
    "rights",
    "place",
];

/// Distinct places and formats that get an entity of their own; what is beyond is told in words.
const MOST_ENTITIES: usize = 10_000;

/// What documents refer to, gathered until they are all written.
#[derive(Default)]
pub(super) struct Mentioned {
    puids: BTreeSet<String>,
    places: BTreeSet<String>,
}

impl Mentioned {
    /// Whether it is one of the entities that will be written.
    fn keeps(known: &mut BTreeSet<String>, name: &str) -> bool {
        if !known.contains(name) {
            if known.len() >= MOST_ENTITIES {
                return false;
            }
            known.insert(name.to_owned());
        }
        true
    }

    /// The entities.
    pub(super) fn entities(&self) -> impl Iterator<Item = Value> {
        let formats = self.puids.iter().map(|puid| {
            json!({
                "@id": format!("{PRONOM}{puid}"),
                "@type": ["WebPage", "Standard"],
                "name": format!("PRONOM {puid}"),
                "description": "A format in the register of the UK National Archives",
            })
        });
        let places = self.places.iter().map(|place| {
            json!({
                "@id": local_id("place", place),
                "@type": "Place",
                "name": place,
                "description": "A place that documents are about, as somebody wrote it in the sheet of the bundle",
            })
        });
        formats.chain(places)
    }
}

/// The bundle within the crate.
pub(super) struct Folder<'a> {
    /// Its name.
    pub(super) name: &'a str,
}

impl Folder<'_> {
    /// The reference to one of its files or folders; blank for itself.
    pub(super) fn id(&self, path: &str) -> String {
        path_reference(&format!("{}/{path}", self.name))
    }
}

/// A document, and what of it is withheld.
pub(super) fn document(
    row: &Row<'_>,
    folder: &Folder<'_>,
    derived: &Derived,
    mentioned: &mut Mentioned,
    withheld: &mut BTreeMap<&'static str, u64>,
) -> Value {
    let guarded = is_guarded(row);
    let is_public = row.description.get("sensitivity") == Some("public");
    let mut shown = |column: &'static str| {
        let value = row.description.get(column).unwrap_or_default();
        let stays = NEVER.contains(&column)
            || (guarded && GUARDED.contains(&column))
            || (!is_public && PERSONS.contains(&column));
        if stays && !value.is_empty() {
            *withheld.entry(column).or_default() += 1;
        }
        if stays { "" } else { value }
    };
    let mut entity = facts(row, folder, mentioned);
    let file_name = row.path.rsplit('/').next().unwrap_or(row.path);
    let title = Some(shown("title")).filter(|title| !title.is_empty());
    entity.insert("name".into(), json!(title.unwrap_or(file_name)));
    let (by_person, by_machine) = (shown("description"), shown("description_auto"));
    let description = if by_person.is_empty() { by_machine } else { by_person };
    if !description.is_empty() {
        entity.insert("description".into(), json!(description));
    }
    for (column, property) in TEXTS {
        let texts = values(is_several(column), shown(column)).into_iter().map(|text| json!(text)).collect();
        if let Some(value) = one_or_many(texts) {
            entity.insert(property.into(), value);
        }
    }
    let places = values(is_several("place"), shown("place")).into_iter().map(|place| {
        let is_kept = Mentioned::keeps(&mut mentioned.places, place);
        if is_kept { reference(&local_id("place", place)) } else { json!(place) }
    });
    if let Some(value) = one_or_many(places.collect()) {
        entity.insert("spatialCoverage".into(), value);
    }
    for column in NEVER {
        shown(column);
    }
    let from = row.description.get("derived_from").unwrap_or_default();
    if let Some(path) = derived.path(from) {
        let sources = entity.remove("isBasedOn").into_iter().chain([reference(&folder.id(path))]);
        if let Some(value) = one_or_many(sources.collect()) {
            entity.insert("isBasedOn".into(), value);
        }
    }
    Value::Object(entity)
}

/// What fonds measured.
fn facts(row: &Row<'_>, folder: &Folder<'_>, mentioned: &mut Mentioned) -> Map<String, Value> {
    let mut entity = Map::new();
    entity.insert("@id".into(), json!(folder.id(row.path)));
    entity.insert("@type".into(), json!("File"));
    entity.insert("identifier".into(), json!(row.item_id));
    if let Some(size) = row.size_octets {
        entity.insert("contentSize".into(), json!(size.to_string()));
    }
    if let Some(digest) = row.sha256 {
        entity.insert("sha256".into(), json!(digest));
    }
    if let Some(at) = row.modified.and_then(|at| Timestamp::try_from(at).ok()) {
        entity.insert("dateModified".into(), json!(at.to_string()));
    }
    let below = row.path.strip_prefix("data/").unwrap_or(row.path);
    if !row.original_name.is_empty() && row.original_name != below {
        entity.insert("alternateName".into(), json!(row.original_name));
    }
    let mut formats: Vec<Value> = row.media_type.map(|media_type| json!(media_type)).into_iter().collect();
    if let Some(puid) = row.puid.filter(|puid| is_puid(puid))
        && Mentioned::keeps(&mut mentioned.puids, puid)
    {
        formats.push(reference(&format!("{PRONOM}{puid}")));
    }
    if let Some(value) = one_or_many(formats) {
        entity.insert("encodingFormat".into(), value);
    }
    entity
}

/// `fmt/` or `x-fmt/` and a number.
fn is_puid(text: &str) -> bool {
    let number = text.strip_prefix("x-").unwrap_or(text).strip_prefix("fmt/");
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|octet| octet.is_ascii_digit()))
}

/// The identifier of an event.
pub(super) fn action_id(stored: &StoredEvent<'_>) -> String {
    format!("#{}", path_reference(stored.event_id))
}

/// The identifier of whoever answers.
pub(super) fn agent_id(name: &str) -> String {
    local_id("agent", name)
}

fn software_id(software: &str) -> String {
    local_id("software", software)
}

/// An event as an action: the making of the bundle creates it, and no other creates anything.
pub(super) fn action(stored: &StoredEvent<'_>, folder: &Folder<'_>, is_of_file: bool) -> Value {
    let event = &stored.event;
    let mut entity = Map::new();
    entity.insert("@id".into(), json!(action_id(stored)));
    let whole = folder.id("");
    let object = if is_of_file { folder.id(event.object_path) } else { whole.clone() };
    let makes = event.event_type == EventType::InformationPackageCreation;
    entity.insert("@type".into(), json!(if makes { "CreateAction" } else { "Action" }));
    if makes {
        entity.insert("result".into(), reference(&whole));
    }
    entity.insert("object".into(), reference(if makes { "./" } else { &object }));
    entity.insert("name".into(), json!(event.event_type.label()));
    entity.insert("additionalType".into(), json!(event.event_type.uri()));
    if let Ok(at) = Timestamp::try_from(stored.at) {
        entity.insert("endTime".into(), json!(at.to_string()));
    }
    let is_named = !is_of_file && !matches!(event.object_path, "" | "data/");
    let named = is_named.then(|| format!("done to: {}", event.object_path));
    let before = event.digest_before.map(|digest| format!("digest before: {digest}"));
    let after = event.digest_after.map(|digest| format!("digest after: {digest}"));
    let detail = told(event);
    let warning = (event.outcome == Outcome::Warning).then(|| "warning".to_owned());
    let parts: Vec<String> = [warning, detail, named, before, after].into_iter().flatten().collect();
    if !parts.is_empty() {
        entity.insert("description".into(), json!(parts.join("; ")));
    }
    let status = match event.outcome {
        Outcome::Success | Outcome::Warning => "http://schema.org/CompletedActionStatus",
        Outcome::Fail => "http://schema.org/FailedActionStatus",
    };
    entity.insert("actionStatus".into(), json!(status));
    if let Some(agent) = stored.agent {
        entity.insert("agent".into(), reference(&agent_id(agent)));
    }
    if !stored.software.is_empty() {
        entity.insert("instrument".into(), reference(&software_id(stored.software)));
    }
    Value::Object(entity)
}

/// Whoever answers. Nobody knows whether it is a person, but for the organisation of the bundle.
pub(super) fn agent(name: &str, organization: Option<&str>) -> Value {
    let kind = if organization == Some(name) { "Organization" } else { "Thing" };
    json!({
        "@id": agent_id(name),
        "@type": kind,
        "name": name,
        "description": "Who answers for it, as the bundle says",
    })
}

/// A program. RO-Crate asks an address of software: what fonds made is told in the bundle itself.
pub(super) fn software(software: &str, folder: &Folder<'_>) -> Value {
    let (name, version) = parted(software);
    let description = "The program that did it, as the bundle says";
    let id = software_id(software);
    match version {
        Some(version) if name == "fonds" => json!({
            "@id": id,
            "@type": "SoftwareApplication",
            "name": name,
            "version": version,
            "url": folder.id("metadata/FORMAT.txt"),
            "description": description,
        }),
        _ => json!({ "@id": id, "@type": "Thing", "name": software, "description": description }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::{COLUMNS, DESCRIBED, Description, MEASURED};

    #[test]
    fn every_property_is_of_a_column() {
        let is_column = |name: &str| COLUMNS[MEASURED..].iter().any(|column| column.name == name);
        let named = TEXTS.iter().map(|(column, _)| *column).chain(NEVER).chain(PERSONS).chain(GUARDED);
        assert!(named.into_iter().all(is_column));
        // Whatever is shown and is not a word about access is guarded.
        let shown = TEXTS.iter().map(|(column, _)| *column).filter(|column| *column != "sensitivity");
        assert!(shown.into_iter().all(|column| GUARDED.contains(&column)));
    }

    #[test]
    fn what_is_guarded_stays_and_is_counted() {
        let of = |sensitivity: &str| {
            let mut values = COLUMNS[MEASURED..].iter().map(|column| column.name).collect::<Vec<_>>();
            let at = values.iter().position(|name| *name == "sensitivity").unwrap();
            values[at] = sensitivity;
            let values: [&str; DESCRIBED] = values.try_into().unwrap();
            let row = Row { path: "data/a", description: Description::of(&values), ..Row::default() };
            let mut withheld = BTreeMap::new();
            let derived = Derived::none();
            let folder = Folder { name: "bag" };
            let value = document(&row, &folder, &derived, &mut Mentioned::default(), &mut withheld);
            (value.to_string(), withheld)
        };
        let (text, withheld) = of("public");
        assert!(text.contains("\"creator\":\"creator\"") && text.contains("\"name\":\"title\""), "{text}");
        assert_eq!(
            withheld.keys().copied().collect::<Vec<_>>(),
            ["acquired_how", "custody_note", "notes", "people"]
        );
        let (text, withheld) = of("");
        assert!(!text.contains("creator") && text.contains("\"name\":\"title\""), "{text}");
        assert_eq!(withheld["creator"], 1);
        let (text, withheld) = of("sealed");
        for word in NEVER.iter().chain(&GUARDED) {
            assert!(!text.contains(&format!(":\"{word}\"")), "{word} in {text}");
            assert_eq!(withheld[word], 1, "{word}");
        }
    }

    #[test]
    fn a_puid_has_one_form() {
        assert!(is_puid("fmt/18") && is_puid("x-fmt/263"));
        for text in ["", "fmt/", "fmt/1a", "fmt/../../evil", "fmt/1 2", "y-fmt/1"] {
            assert!(!is_puid(text), "{text}");
        }
    }
}
