//! Which column of `manifest.csv` says what a name in another system's list says: on the way out, for
//! packs, and on the way in, for lists that describe documents.
//!
//! The words stand in `crosswalk.csv`, where an archivist can edit them.

use std::sync::LazyLock;

/// The table of all names.
const TABLE: &str = include_str!("crosswalk.csv");

/// Whose names they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vocabulary {
    /// `metadata.csv` of Archivematica.
    Archivematica,
    /// The CSV template of AtoM for ISAD(G).
    Atom,
    /// The fifteen elements of Dublin Core, as in `oai_dc`.
    OaiDc,
    /// What people write above the columns of a list of their own, in five languages.
    List,
}

/// In which direction a name is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Way {
    In,
    Out,
    Both,
}

/// A name, and the column that says the same.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Term {
    form: Vocabulary,
    /// The name there.
    pub name: String,
    /// The column of `manifest.csv`.
    pub column: String,
    way: Way,
    /// Language of the name (BCP 47); blank where it is a term.
    pub language: String,
}

/// The table, read; that every row of it can be is tested.
static TERMS: LazyLock<Vec<Term>> = LazyLock::new(|| {
    csv::Reader::from_reader(TABLE.as_bytes()).into_deserialize().filter_map(Result::ok).collect()
});

/// The names under which columns go out, in their order.
pub fn outgoing(vocabulary: Vocabulary) -> impl Iterator<Item = &'static Term> {
    TERMS.iter().filter(move |term| term.form == vocabulary && term.way != Way::In)
}

/// The names that are understood when they come in, in their order.
pub fn incoming(vocabulary: Vocabulary) -> impl Iterator<Item = &'static Term> {
    TERMS.iter().filter(move |term| term.form == vocabulary && term.way != Way::Out)
}

/// The column of `manifest.csv` that says what `name` says: whatever its case, spaces, hyphens and
/// underscores, and with Persian and Arabic forms of one letter taken for the same.
#[must_use]
pub fn column_of(vocabulary: Vocabulary, name: &str) -> Option<&'static str> {
    let folded = fold(name);
    incoming(vocabulary).find(|term| fold(&term.name) == folded).map(|term| term.column.as_str())
}

/// A name as it is compared.
fn fold(name: &str) -> String {
    let letter = |c: char| match c {
        // Separators, joiners, and the kashida that only stretches.
        ' ' | '_' | '-' | '\u{A0}' | '\u{200C}' | '\u{200D}' | '\u{200E}' | '\u{200F}' | '\u{640}' => None,
        'ي' | 'ى' => Some('ی'),
        'ك' => Some('ک'),
        'أ' | 'إ' | 'آ' => Some('ا'),
        'ة' => Some('ه'),
        other => Some(other),
    };
    name.trim().to_lowercase().chars().filter_map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::COLUMNS;

    #[test]
    fn every_row_can_be_read_and_names_a_column() {
        assert_eq!(TERMS.len(), TABLE.lines().count() - 1);
        for term in TERMS.iter() {
            assert!(COLUMNS.iter().any(|column| column.name == term.column), "{term:?}");
            assert_eq!(term.form == Vocabulary::List, !term.language.is_empty(), "{term:?}");
        }
    }

    #[test]
    fn every_name_stands_in_the_text_of_the_format() {
        let text = include_str!("../FORMAT.md");
        for Term { form, name, .. } in TERMS.iter() {
            let found = match form {
                Vocabulary::List => text.contains(name.as_str()),
                _ => text.contains(&format!("`{name}`")),
            };
            assert!(found, "{form:?} {name}");
        }
    }

    #[test]
    fn no_name_means_two_columns() {
        for vocabulary in [Vocabulary::Archivematica, Vocabulary::Atom, Vocabulary::List] {
            for term in incoming(vocabulary) {
                assert_eq!(column_of(vocabulary, &term.name), Some(term.column.as_str()), "{term:?}");
            }
        }
    }

    #[test]
    fn names_are_known_in_five_languages_however_they_are_typed() {
        for (name, column) in [
            ("File_Name", "path"),
            ("TITLE", "title"),
            ("Mots-clés", "subject"),
            ("Título", "title"),
            ("تاريخ", "date_created"),
            ("تاریخ", "date_created"),
            ("تاريخ انتشار", "date_published"),
            ("كليدواژه ها", "subject"),
            ("نام‌فایل", "path"),
        ] {
            assert_eq!(column_of(Vocabulary::List, name), Some(column), "{name}");
        }
        for language in ["en", "fr", "es", "ar", "fa"] {
            let known =
                |column| incoming(Vocabulary::List).any(|t| t.language == language && t.column == column);
            assert!(["path", "title", "creator", "place", "people"].into_iter().all(known), "{language}");
        }
        assert_eq!(column_of(Vocabulary::List, "colour"), None);
    }
}
