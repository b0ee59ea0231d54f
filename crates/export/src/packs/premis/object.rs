//! Objects: the bundle as an intellectual entity, and a file for each document.

use super::xml::{Term, Xml};
use super::{ITEM, derived_from};
use crate::Result;
use crate::packs::derived::Derived;
use crate::sheet::Row;
use std::io::Write;

/// The bundle as it is called in the document.
pub(super) struct Entity {
    /// Type and value of its identifiers; the first is the one that others refer to.
    pub(super) identifiers: Vec<(String, String)>,
    /// The name of its top directory.
    pub(super) name: String,
}

impl Entity {
    /// The identifier that others refer to.
    pub(super) fn identifier(&self) -> (&str, &str) {
        self.identifiers.first().map_or(("", ""), |(kind, value)| (kind, value))
    }

    /// Writes it as an object.
    pub(super) fn write<W: Write>(&self, xml: &mut Xml<W>) -> Result<()> {
        xml.object("intellectualEntity", &mut |xml| {
            for (kind, value) in &self.identifiers {
                xml.identifier("objectIdentifier", kind, value)?;
            }
            xml.text("originalName", &self.name)
        })
    }
}

/// Writes a document as an object.
pub(super) fn write_file<W: Write>(
    xml: &mut Xml<W>,
    row: &Row<'_>,
    entity: &Entity,
    derived: &Derived,
) -> Result<()> {
    xml.object("file", &mut |xml| {
        xml.identifier("objectIdentifier", ITEM, row.item_id)?;
        if let Some(at) = row.modified.and_then(|at| provenance::Timestamp::try_from(at).ok()) {
            xml.element("significantProperties", &mut |xml| {
                xml.text("significantPropertiesType", "modification time of the file")?;
                xml.text("significantPropertiesValue", &at.to_string())
            })?;
        }
        xml.element("objectCharacteristics", &mut |xml| write_characteristics(xml, row))?;
        if !row.original_name.is_empty() {
            xml.text("originalName", row.original_name)?;
        }
        xml.element("storage", &mut |xml| xml.identifier("contentLocation", "path in the bundle", row.path))?;
        let (kind, value) = entity.identifier();
        write_relationship(xml, STRUCTURAL, IS_PART_OF, kind, value)?;
        let from = derived_from(row);
        if derived.path(from).is_some() {
            write_relationship(xml, DERIVATION, HAS_SOURCE, ITEM, from)?;
        }
        Ok(())
    })
}

fn write_characteristics<W: Write>(xml: &mut Xml<W>, row: &Row<'_>) -> Result<()> {
    for (label, code, digest) in [("SHA-256", "sha256", row.sha256), ("SHA-512", "sha512", row.sha512)] {
        let Some(digest) = digest else { continue };
        xml.element("fixity", &mut |xml| {
            let term = Term { label, vocabulary: "cryptographicHashFunctions", code };
            xml.term("messageDigestAlgorithm", term)?;
            xml.text("messageDigest", digest)
        })?;
    }
    // The schema counts with a signed number; no file is longer than that can hold.
    if let Some(size) = row.size_octets.and_then(|size| i64::try_from(size).ok()) {
        xml.text("size", &size.to_string())?;
    }
    xml.element("format", &mut |xml| {
        // PREMIS asks for a format of every file: `unknown` is what its dictionary has for none.
        if row.media_type.is_some() || row.puid.is_none() {
            xml.element("formatDesignation", &mut |xml| {
                xml.text("formatName", row.media_type.unwrap_or("unknown"))
            })?;
        }
        if let Some(puid) = row.puid {
            xml.element("formatRegistry", &mut |xml| {
                xml.text("formatRegistryName", "PRONOM")?;
                xml.text("formatRegistryKey", puid)
            })?;
        }
        if row.format_basis.is_empty() { Ok(()) } else { xml.text("formatNote", row.format_basis) }
    })
}

const STRUCTURAL: Term = Term { label: "structural", vocabulary: "relationshipType", code: "str" };
const IS_PART_OF: Term = Term { label: "is part of", vocabulary: "relationshipSubType", code: "isp" };
const DERIVATION: Term = Term { label: "derivation", vocabulary: "relationshipType", code: "der" };
const HAS_SOURCE: Term = Term { label: "has source", vocabulary: "relationshipSubType", code: "hss" };

fn write_relationship<W: Write>(
    xml: &mut Xml<W>,
    kind: Term,
    subtype: Term,
    identifier: &str,
    value: &str,
) -> Result<()> {
    xml.element("relationship", &mut |xml| {
        xml.term("relationshipType", kind)?;
        xml.term("relationshipSubType", subtype)?;
        xml.identifier("relatedObjectIdentifier", identifier, value)
    })
}

/// Writes what a document's `rights` say, which only a person has filled in.
pub(super) fn write_rights<W: Write>(xml: &mut Xml<W>, row: &Row<'_>, rights: &str) -> Result<()> {
    xml.element("rightsStatement", &mut |xml| {
        let number = row.item_id.strip_prefix("item-").unwrap_or(row.item_id);
        xml.identifier("rightsStatementIdentifier", "fonds rights", &format!("rights-{number}"))?;
        xml.text("rightsBasis", "other")?;
        xml.element("otherRightsInformation", &mut |xml| {
            xml.text("otherRightsBasis", "as somebody wrote it in the sheet of the bundle")?;
            xml.text("otherRightsNote", rights)
        })?;
        xml.identifier("linkingObjectIdentifier", ITEM, row.item_id)
    })
}
