//! RO-Crate 1.2: the bundle unpacked in a folder, and beside it `ro-crate-metadata.json`, which describes
//! it as linked data.
//!
//! The crate wraps the bag, as the specification has it («Example of wrapping a BagIt bag»): the bag
//! stays what it is, octet for octet, and can be verified within the crate. A target whose name ends in
//! `.json` gets the description alone, to be laid beside the unpacked bundle.

mod entities;
mod graph;

use super::agents::Agents;
use super::recorded::{self, Wanted};
use super::{Order, Source, Written, damaged, derived::Derived, one_file};
use crate::columns::Sheet;
use crate::extract::extract;
use crate::{Error, ErrorKind, Result};
use bagit::Severity;
use bagit::container::EntryKind;
use bagit::staging::Staged;
use entities::{Folder, Mentioned};
use fixity::{Observer, PayloadPath};
use graph::{Graph, References, path_reference, reference};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufWriter, Write};

/// The one name that the description has in a crate.
const METADATA: &str = "ro-crate-metadata.json";

/// What stands in place of a licence.
const LICENCE: &str = "#licence";

/// Writes a crate, or its description alone.
///
/// # Errors
/// If the bundle is damaged, the target cannot be written, or the observer asked to stop.
pub(super) fn write(source: &Source<'_>, order: &Order<'_>, observer: &dyn Observer) -> Result<Written> {
    let top = source.container().top().filter(|top| is_folder_name(top)).unwrap_or("bundle");
    let folder = Folder { name: top };
    if order.target.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
        let mut written = one_file(order.target, |file| describe(source, &folder, file, observer))?;
        written.remarks.push(format!(
            "this is the description alone: it becomes an RO-Crate when it is called `{METADATA}` and lies \
             beside the bundle, unpacked in a folder `{top}`"
        ));
        return Ok(written);
    }
    let staged = Staged::directory(order.target)?;
    let examined = extract(source.container(), &staged.path().join(top), order.threads, observer)?;
    if let Some(finding) =
        examined.report.findings.iter().find(|finding| finding.code.severity() == Severity::Error)
    {
        return Err(damaged(&finding.path, &finding.message));
    }
    let target = staged.path().join(METADATA);
    let file = File::create_new(&target).map_err(|error| {
        Error::io(ErrorKind::Package, &format!("cannot create `{}`", target.display()), error)
    })?;
    let written = describe(source, &folder, &file, observer)?;
    staged.commit()?;
    Ok(written)
}

/// One component of a path, and no more.
fn is_folder_name(name: &str) -> bool {
    PayloadPath::problem(name).is_none() && !name.contains('/') && name != METADATA
}

/// Writes the description.
fn describe(
    source: &Source<'_>,
    folder: &Folder<'_>,
    out: &File,
    observer: &dyn Observer,
) -> Result<Written> {
    let derived = Derived::of(source, observer)?;
    let mut written = Written { remarks: derived.remark().into_iter().collect(), ..Written::default() };
    let mut wanted = Wanted::by(observer);
    let ledger = source.sheet(Sheet::Events)?;
    let mut graph = Graph::new(BufWriter::with_capacity(128 << 10, out))?;
    let agents = write_roots(source, folder, ledger.as_ref(), &mut graph, &mut wanted)?;
    let mut mentioned = Mentioned::default();
    source.rows(&mut |row| {
        written.items += 1;
        let entity = entities::document(row, folder, &derived, &mut mentioned, &mut written.withheld);
        graph.entity(&entity)?;
        wanted.still()
    })?;
    for (path, size) in tag_files(source) {
        graph.entity(&tag_file(folder, path, size))?;
    }
    if let Some(ledger) = &ledger {
        recorded::events(ledger, &mut |stored| {
            let is_of_file = recorded::is_of_file(source.container(), stored);
            graph.entity(&entities::action(stored, folder, is_of_file))?;
            wanted.still()
        })?;
    }
    let organization = source.info("Source-Organization");
    for name in &agents.people {
        graph.entity(&entities::agent(name, organization))?;
    }
    for software in &agents.software {
        graph.entity(&entities::software(software, folder))?;
    }
    for entity in mentioned.entities() {
        graph.entity(&entity)?;
    }
    graph.end()?;
    if written.withheld.contains_key("creator") {
        written.remarks.push(
            "creators are named only of documents whose sensitivity says `public`: fill that column in to \
             let them out"
                .to_owned(),
        );
    }
    Ok(written)
}

/// Writes the descriptor, the crate as a whole and the bundle in it; gathers whom events name.
fn write_roots<W: Write>(
    source: &Source<'_>,
    folder: &Folder<'_>,
    ledger: Option<&File>,
    graph: &mut Graph<W>,
    wanted: &mut Wanted<'_>,
) -> Result<Agents> {
    graph.entity(&json!({
        "@id": METADATA,
        "@type": "CreativeWork",
        "name": "Description of this RO-Crate",
        "about": reference("./"),
        "conformsTo": reference("https://w3id.org/ro/crate/1.2"),
    }))?;
    let mut agents = Agents::default();
    if let Some(organization) = source.info("Source-Organization") {
        agents.people.insert(organization.to_owned());
    }
    graph.entity_with(&root(source, folder), "mentions", &mut |list| {
        let Some(ledger) = ledger else { return Ok(()) };
        recorded::events(ledger, &mut |stored| {
            agents.note(stored)?;
            list.push(&entities::action_id(stored))?;
            wanted.still()
        })
    })?;
    graph.entity(&json!({
        "@id": LICENCE,
        "@type": "CreativeWork",
        "name": "No licence is stated for the whole",
        "description": "What is known of the rights in a document stands with that document",
    }))?;
    let mut bundle = json!({
        "@id": folder.id(""),
        "@type": "Dataset",
        "name": folder.name,
        "description": format!(
            "The documents and what is known of them: a bag (RFC 8493) that fonds made. \
             `{}/metadata/FORMAT.txt` says how to read and verify it",
            folder.name
        ),
    });
    if let Some(identifier) = source.info("External-Identifier") {
        bundle["identifier"] = json!(identifier);
    }
    graph.entity_with(&bundle, "hasPart", &mut |list: &mut References<'_, W>| {
        source.rows(&mut |row| {
            list.push(&folder.id(row.path))?;
            wanted.still()
        })?;
        tag_files(source).try_for_each(|(path, _)| list.push(&folder.id(path)))
    })?;
    Ok(agents)
}

/// The crate as a whole. RO-Crate asks for a day of publication: it is the day on which the bundle was
/// made. It asks for a licence, too: nobody stated one for all of it, and so it says.
fn root(source: &Source<'_>, folder: &Folder<'_>) -> Value {
    let mut root = json!({
        "@id": "./",
        "@type": "Dataset",
        "name": source.name(),
        "description": format!(
            "The bundle {} with all that it holds. Titles, dates and descriptions may be suggestions of a \
             machine that nobody has confirmed: the column description_basis of {}/metadata/manifest.csv \
             tells which",
            folder.name, folder.name
        ),
        "datePublished": source.day().format("%Y-%m-%d").to_string(),
        "license": reference(LICENCE),
        "hasPart": reference(&folder.id("")),
    });
    if let Some(organization) = source.info("Source-Organization") {
        root["publisher"] = reference(&entities::agent_id(organization));
    }
    root
}

/// The files of the bundle that are no documents.
fn tag_files<'a>(source: &Source<'a>) -> impl Iterator<Item = (&'a str, u64)> {
    let entries = source.container().entries();
    let files = entries.iter().filter(|entry| entry.kind == EntryKind::File && !entry.path.is_payload());
    files.map(|entry| (entry.path.as_str(), entry.size_octets))
}

fn tag_file(folder: &Folder<'_>, path: &str, size_octets: u64) -> Value {
    let mut entity = json!({
        "@id": path_reference(&format!("{}/{path}", folder.name)),
        "@type": "File",
        "name": path,
        "description": "A file of the bundle about its documents",
        "contentSize": size_octets.to_string(),
    });
    let extension = path.rsplit('.').next().unwrap_or_default();
    let known = [("txt", "text/plain"), ("csv", "text/csv"), ("json", "application/json")];
    if let Some((_, media_type)) = known.into_iter().find(|(known, _)| *known == extension) {
        entity["encodingFormat"] = json!(media_type);
    }
    entity
}
