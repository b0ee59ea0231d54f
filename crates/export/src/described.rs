//! The sheets described for programs: CSVW (`csv-metadata.json`) and a Frictionless data package
//! (`datapackage.json`), both made from [`crate::columns`].

use crate::columns::{Kind, Meaning, Sheet};
use crate::sheet::{COLUMNS, FilledBy};
use serde_json::{Map, Value, json};

/// A digest of 64 or 128 lower-case hexadecimal digits, as a pattern.
const SHA256: &str = "^[0-9a-f]{64}$";
const SHA512: &str = "^[0-9a-f]{128}$";
/// A timestamp as it stands in a sheet, as a pattern: fractions may have nine digits, which not every
/// reader of times takes.
const TIMESTAMP: &str = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3}|\.\d{6}|\.\d{9})?Z$";

/// Text of `csv-metadata.json`: Metadata Vocabulary for Tabular Data (W3C, 2015).
#[must_use]
pub fn csvw(sheets: &[Sheet]) -> String {
    let tables: Vec<Value> = sheets.iter().map(|&sheet| table(sheet)).collect();
    pretty(&json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
        "dialect": {
            "delimiter": ",",
            "doubleQuote": true,
            "encoding": "utf-8",
            "header": true,
            "lineTerminators": ["\r\n"],
            "quoteChar": "\"",
        },
        "tables": tables,
    }))
}

fn table(sheet: Sheet) -> Value {
    let columns: Vec<Value> = sheet.columns().map(|meaning| column(sheet, meaning)).collect();
    let mut schema = json!({ "columns": columns });
    match sheet {
        Sheet::Manifest => schema["primaryKey"] = json!("item_id"),
        Sheet::Events => schema["primaryKey"] = json!("event_id"),
        Sheet::Mentions => {
            schema["foreignKeys"] = json!([{
                "columnReference": "item_id",
                "reference": { "resource": "manifest.csv", "columnReference": "item_id" },
            }]);
        }
    }
    json!({
        "dc:description": ESCAPE,
        "tableSchema": schema,
        "url": format!("{}.csv", sheet.name()),
    })
}

/// What whoever takes values out of cells must know.
const ESCAPE: &str = "A cell that a spreadsheet would run has one apostrophe put before it; \
    take one leading apostrophe away to get the value.";

fn column(sheet: Sheet, meaning: &Meaning) -> Value {
    let mut column = Map::new();
    column.insert("datatype".into(), datatype(meaning));
    column.insert("dc:description".into(), json!(meaning.note_en));
    column.insert("name".into(), json!(meaning.name));
    // A validator looks for the header among the titles, whatever its language.
    column.insert(
        "titles".into(),
        json!({ "en": [meaning.name, meaning.title_en], "fa": [meaning.name, meaning.title_fa] }),
    );
    if !meaning.term.is_empty() {
        column.insert("propertyUrl".into(), json!(meaning.term));
    }
    if meaning.several {
        column.insert("separator".into(), json!(" | "));
    }
    if let Some(filled_by) = filled_by(sheet, &meaning.name) {
        column.insert("dc:provenance".into(), json!(filled_by));
    }
    Value::Object(column)
}

fn datatype(meaning: &Meaning) -> Value {
    match meaning.kind {
        Kind::Text | Kind::Id | Kind::Edtf | Kind::Language => json!("string"),
        Kind::Count => json!("nonNegativeInteger"),
        Kind::Number => json!("decimal"),
        Kind::Sha256 => json!({ "base": "string", "format": SHA256 }),
        Kind::Sha512 => json!({ "base": "string", "format": SHA512 }),
        Kind::Timestamp => json!({ "base": "string", "format": TIMESTAMP }),
        Kind::Uri => json!("anyURI"),
    }
}

/// Who fills a column.
fn filled_by(sheet: Sheet, name: &str) -> Option<&'static str> {
    let filled_by = match sheet {
        Sheet::Manifest => COLUMNS.iter().find(|column| column.name == name)?.filled_by,
        Sheet::Events => FilledBy::Fonds,
        Sheet::Mentions => FilledBy::Suggestion,
    };
    Some(match filled_by {
        FilledBy::Fonds => "filled by fonds",
        FilledBy::Suggestion => "suggested by fonds, confirmed by a person",
        FilledBy::Person => "filled by a person",
    })
}

/// Text of `datapackage.json`: a tabular data package (Frictionless Data, version 1).
#[must_use]
pub fn data_package(name: &str, sheets: &[Sheet]) -> String {
    let resources: Vec<Value> = sheets.iter().map(|&sheet| resource(sheet)).collect();
    pretty(&json!({
        "name": package_name(name),
        "profile": "tabular-data-package",
        "resources": resources,
        "title": name,
    }))
}

/// Names of packages are lower-case ASCII; what is not becomes a hyphen.
fn package_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let plain = plain.trim_matches('-');
    if plain.is_empty() { "bundle".to_owned() } else { plain.to_owned() }
}

fn resource(sheet: Sheet) -> Value {
    let fields: Vec<Value> = sheet.columns().map(|meaning| field(sheet, meaning)).collect();
    let mut schema = json!({ "fields": fields, "missingValues": [""] });
    match sheet {
        Sheet::Manifest => schema["primaryKey"] = json!("item_id"),
        Sheet::Events => schema["primaryKey"] = json!("event_id"),
        Sheet::Mentions => {
            schema["foreignKeys"] = json!([{
                "fields": "item_id",
                "reference": { "resource": "manifest", "fields": "item_id" },
            }]);
        }
    }
    json!({
        "description": ESCAPE,
        "dialect": { "delimiter": ",", "doubleQuote": true, "header": true, "lineTerminator": "\r\n", "quoteChar": "\"" },
        "encoding": "utf-8",
        "format": "csv",
        "mediatype": "text/csv",
        "name": sheet.name(),
        "path": format!("{}.csv", sheet.name()),
        "profile": "tabular-data-resource",
        "schema": schema,
    })
}

fn field(sheet: Sheet, meaning: &Meaning) -> Value {
    let mut field = Map::new();
    field.insert("name".into(), json!(meaning.name));
    field.insert("title".into(), json!(meaning.title_en));
    field.insert("title:fa".into(), json!(meaning.title_fa));
    field.insert("description".into(), json!(meaning.note_en));
    field.insert("description:fa".into(), json!(meaning.note_fa));
    if !meaning.term.is_empty() {
        field.insert("rdfType".into(), json!(meaning.term));
    }
    if let Some(filled_by) = filled_by(sheet, &meaning.name) {
        field.insert("filled_by".into(), json!(filled_by));
    }
    let (kind, pattern) = match meaning.kind {
        Kind::Count => ("integer", None),
        Kind::Number => ("number", None),
        Kind::Sha256 => ("string", Some(SHA256)),
        Kind::Sha512 => ("string", Some(SHA512)),
        Kind::Timestamp => ("string", Some(TIMESTAMP)),
        Kind::Text | Kind::Id | Kind::Edtf | Kind::Uri | Kind::Language => ("string", None),
    };
    field.insert("type".into(), json!(kind));
    let mut constraints = Map::new();
    if let Some(pattern) = pattern {
        constraints.insert("pattern".into(), json!(pattern));
    }
    if !meaning.vocabulary.is_empty() {
        constraints.insert("enum".into(), json!(meaning.vocabulary));
    }
    if !constraints.is_empty() {
        field.insert("constraints".into(), Value::Object(constraints));
    }
    Value::Object(field)
}

/// JSON as text with a line end, keys sorted: the same value gives the same octets.
fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_packages_are_plain() {
        assert_eq!(package_name("Press 1988"), "press-1988");
        assert_eq!(package_name("سندها"), "bundle");
    }
}
