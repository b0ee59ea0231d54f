//! What each column of each sheet means: for the descriptions that programs read, and for the notes
//! that people read in a workbook.
//!
//! The words stand in `columns.csv`, where a translator can edit them.

use std::sync::LazyLock;

/// The table of all columns.
const TABLE: &str = include_str!("columns.csv");

/// A sheet of a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sheet {
    /// `manifest.csv`
    Manifest,
    /// `events.csv`
    Events,
    /// `mentions.csv`
    Mentions,
}

impl Sheet {
    /// Every sheet.
    pub const ALL: [Self; 3] = [Self::Manifest, Self::Events, Self::Mentions];

    /// Its name without `.csv`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Events => "events",
            Self::Mentions => "mentions",
        }
    }

    /// Where it lies in a bundle.
    #[must_use]
    pub fn path(self) -> String {
        format!("metadata/{}.csv", self.name())
    }

    /// Its columns, in their order.
    pub fn columns(self) -> impl Iterator<Item = &'static Meaning> {
        MEANINGS.iter().filter(move |meaning| meaning.sheet == self.name())
    }
}

/// What a value of a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Any text.
    Text,
    /// An identifier that fonds derives.
    Id,
    /// A whole number from 0 on, in decimal.
    Count,
    /// A number from 0 to 1.
    Number,
    /// 64 lower-case hexadecimal digits.
    Sha256,
    /// 128 lower-case hexadecimal digits.
    Sha512,
    /// RFC 3339 in UTC.
    Timestamp,
    /// A date in EDTF (ISO 8601-2).
    Edtf,
    /// An address (RFC 3986).
    Uri,
    /// A language (BCP 47).
    Language,
}

/// What a column means.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Meaning {
    /// Which sheet it is in: [`Sheet::name`].
    sheet: String,
    /// Its name in the header.
    pub name: String,
    /// What its values are.
    pub kind: Kind,
    /// Address of its term in Dublin Core or PREMIS 3; blank if there is none.
    pub term: String,
    #[serde(deserialize_with = "yes")]
    /// Whether a cell may hold several values, joined by ` | `.
    pub several: bool,
    #[serde(deserialize_with = "bars")]
    /// The values it may have; empty if there is no such list.
    pub vocabulary: Vec<String>,
    /// Title in English.
    pub title_en: String,
    /// Title in Persian.
    pub title_fa: String,
    /// A sentence for whoever fills or reads it, in English.
    pub note_en: String,
    /// The same in Persian.
    pub note_fa: String,
}

/// The table, read; that every row of it can be is tested.
static MEANINGS: LazyLock<Vec<Meaning>> = LazyLock::new(|| {
    csv::Reader::from_reader(TABLE.as_bytes()).into_deserialize().filter_map(Result::ok).collect()
});

fn yes<'de, D: serde::Deserializer<'de>>(cell: D) -> Result<bool, D::Error> {
    Ok(<String as serde::Deserialize>::deserialize(cell)? == "yes")
}

fn bars<'de, D: serde::Deserializer<'de>>(cell: D) -> Result<Vec<String>, D::Error> {
    let text = <String as serde::Deserialize>::deserialize(cell)?;
    Ok(text.split('|').filter(|word| !word.is_empty()).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_every_sheet_has_a_meaning_in_both_languages() {
        let names = |sheet: Sheet| sheet.columns().map(|meaning| meaning.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(Sheet::Manifest), crate::sheet::COLUMNS.map(|column| column.name));
        assert_eq!(names(Sheet::Events), provenance::ledger::COLUMNS);
        assert_eq!(names(Sheet::Mentions), crate::mentions::COLUMNS);
        assert_eq!(MEANINGS.len(), TABLE.lines().count() - 1, "every row can be read");
        for meaning in MEANINGS.iter() {
            let words = [&meaning.title_en, &meaning.title_fa, &meaning.note_en, &meaning.note_fa];
            assert!(words.iter().all(|text| !text.is_empty()), "{}", meaning.name);
            assert!(meaning.term.is_empty() || meaning.term.starts_with("http"), "{}", meaning.name);
        }
    }
}
