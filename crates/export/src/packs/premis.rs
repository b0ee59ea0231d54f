//! PREMIS 3 in XML: the bundle, its documents, every event and whoever answers for it.
//!
//! Written row by row after `premis-v3-0.xsd` (Library of Congress, 18 January 2016), so that a bundle
//! of any size needs little memory. Of what people filled into the sheet only `derived_from` and
//! `rights` are there: PREMIS is about preservation, and not about what documents say.

mod event;
mod object;
mod xml;

use super::agents::Agents;
use super::guarded::is_guarded;
use super::recorded::{self, Wanted};
use super::{Source, Written, derived::Derived};
use crate::columns::Sheet;
use crate::sheet::Row;
use crate::{Error, ErrorKind, Result};
use bagit::container::read_small;
use bagit::encoding::TagEncoding;
use fixity::Observer;
use object::Entity;
use provenance::Sha256Hex;
use std::fs::File;
use std::io::{BufWriter, Write};
use xml::Xml;

/// Type of the identifiers of documents.
const ITEM: &str = "fonds item_id";

/// Octets of the longest tag manifest: it lists some twenty files.
const LONGEST_MANIFEST: u64 = 1 << 20;

/// Writes a bundle as one document to `out`.
///
/// # Errors
/// If a sheet breaks its rules, `out` cannot be written, or the observer asked to stop.
pub(super) fn write(source: &Source<'_>, out: &File, observer: &dyn Observer) -> Result<Written> {
    let derived = Derived::of(source, observer)?;
    let entity = entity(source);
    let mut wanted = Wanted::by(observer);
    let mut written = Written { remarks: derived.remark().into_iter().collect(), ..Written::default() };
    let mut xml = Xml::new(BufWriter::with_capacity(128 << 10, out))?;
    entity.write(&mut xml)?;
    source.rows(&mut |row| {
        written.items += 1;
        object::write_file(&mut xml, row, &entity, &derived)?;
        wanted.still()
    })?;
    let mut agents = Agents::default();
    if let Some(ledger) = source.sheet(Sheet::Events)? {
        recorded::events(&ledger, &mut |stored| {
            let is_of_file = recorded::is_of_file(source.container(), stored);
            event::write_event(&mut xml, stored, is_of_file, &entity, &mut agents)?;
            wanted.still()
        })?;
    }
    event::write_agents(&agents, &mut xml, source.info("Source-Organization"))?;
    write_rights(source, &mut xml, &mut written, &mut wanted)?;
    xml.end()?
        .flush()
        .map_err(|error| Error::io(ErrorKind::Package, "cannot write the PREMIS document", error))?;
    Ok(written)
}

/// Rights of documents stand behind everything else. What is written of a document that not everybody
/// may see may name who gave it: it stays in the bundle.
fn write_rights<W: Write>(
    source: &Source<'_>,
    xml: &mut Xml<W>,
    written: &mut Written,
    wanted: &mut Wanted<'_>,
) -> Result<()> {
    let stated = |row: &Row<'_>| row.description.get("rights").is_some_and(|rights| !rights.is_empty());
    let (mut open, mut closed) = (0_u64, 0_u64);
    source.rows(&mut |row| {
        let count = if is_guarded(row) { &mut closed } else { &mut open };
        *count += u64::from(stated(row));
        Ok(())
    })?;
    if closed > 0 {
        written.withheld.insert("rights", closed);
    }
    if open == 0 {
        return Ok(());
    }
    xml.element("rights", &mut |xml| {
        source.rows(&mut |row| {
            if let Some(rights) = row.description.get("rights")
                && stated(row)
                && !is_guarded(row)
            {
                object::write_rights(xml, row, rights)?;
            }
            wanted.still()
        })
    })
}

/// What the bundle is called, and the digest of what vouches for all of it: so the document tells the
/// state of the bundle that it describes.
fn entity(source: &Source<'_>) -> Entity {
    let mut identifiers = vec![("fonds bundle".to_owned(), source.name().to_owned())];
    for manifest in ["tagmanifest-sha512.txt", "tagmanifest-sha256.txt"] {
        if let Some(octets) = read_small(source.container(), manifest, TagEncoding::Utf8, LONGEST_MANIFEST) {
            identifiers.push((format!("SHA-256 of {manifest}"), Sha256Hex::of(&octets).to_string()));
        }
    }
    let name = source.container().top().unwrap_or_else(|| source.name()).to_owned();
    Entity { identifiers, name }
}

/// What a person wrote that a document was made from; blank if nothing.
fn derived_from<'r>(row: &Row<'r>) -> &'r str {
    row.description.get("derived_from").unwrap_or_default()
}
