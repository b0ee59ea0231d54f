//! Documents of which a pack says no more than it must.

use crate::sheet::Row;

/// Whether somebody said that not everybody may see a document, in whatever word: then what people
/// wrote about it stays in the bundle.
pub(super) fn is_guarded(row: &Row<'_>) -> bool {
    let sensitivity = row.description.get("sensitivity").unwrap_or_default().trim();
    !sensitivity.is_empty() && !sensitivity.eq_ignore_ascii_case("public")
}

#[cfg(test)]
mod tests {
    use super::is_guarded;
    use crate::sheet::{COLUMNS, DESCRIBED, Description, MEASURED, Row};

    #[test]
    fn any_word_but_public_guards_a_document() {
        let at = COLUMNS.iter().position(|column| column.name == "sensitivity").unwrap() - MEASURED;
        for (word, guarded) in [
            ("", false),
            ("public", false),
            ("Public", false),
            ("partner", true),
            ("sealed", true),
            ("?", true),
        ] {
            let mut values = [""; DESCRIBED];
            values[at] = word;
            let row = Row { description: Description::of(&values), ..Row::default() };
            assert_eq!(is_guarded(&row), guarded, "{word}");
        }
    }
}
