//! Values in cells that no spreadsheet will run.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and some skip a
//! line break or tabulator to find one, or fold full-width forms. Such a value gets one apostrophe in
//! front, which is taken away when the cell is read. So that this can be undone, a value that itself
//! begins with an apostrophe gets one too.
//!
//! This guards cells, given that a reader splits cells at commas; one that was told to split at
//! semicolons finds other cells, and no quoting prevents that.

use std::borrow::Cow;

/// Whether a value needs an apostrophe in front.
#[must_use]
pub fn needs_apostrophe(value: &str) -> bool {
    matches!(
        value.chars().next(),
        Some(
            '=' | '+'
                | '-'
                | '@'
                | '\t'
                | '\r'
                | '\n'
                | '\''
                | '\u{FF1D}'
                | '\u{FF0B}'
                | '\u{FF0D}'
                | '\u{FF20}'
        )
    )
}

/// The cell for a value: [`restore`] undoes it.
#[must_use]
pub fn neutralise(value: &str) -> Cow<'_, str> {
    if needs_apostrophe(value) { Cow::Owned(format!("'{value}")) } else { Cow::Borrowed(value) }
}

/// The value of a cell: without its first apostrophe, if it begins with one.
#[must_use]
pub fn restore(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// Whether a cell is one that [`neutralise`] writes: harmless, and with no needless apostrophe.
#[must_use]
pub fn is_neutral(cell: &str) -> bool {
    let value = restore(cell);
    needs_apostrophe(value) == (value.len() < cell.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::Path;

    /// Lines of a file of the shared corpora, or nothing where they are not at hand.
    fn corpus(file: &str) -> Vec<String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora").join(file);
        let Ok(octets) = std::fs::read(&path) else {
            println!("skipped: no {}", path.display());
            return Vec::new();
        };
        String::from_utf8_lossy(&octets).split('\n').map(str::to_owned).collect()
    }

    fn comes_back_harmless(value: &str) {
        let cell = neutralise(value);
        assert_eq!(restore(&cell), value);
        assert!(is_neutral(&cell), "{cell:?}");
        assert_eq!(is_neutral(value), neutralise(restore(value)) == value, "{value:?}");
        let first = cell.chars().next();
        assert!(!first.is_some_and(|c| "=+-@\t\r\n＝＋－＠".contains(c)), "{cell:?} would be run");
    }

    #[test]
    fn what_others_collected_is_harmless() {
        for file in ["blns/blns.txt", "blns/blns.json", "payloads-csv-injection/payloads.txt"] {
            for line in corpus(file) {
                comes_back_harmless(&line);
                comes_back_harmless(line.trim());
                comes_back_harmless(line.trim().trim_matches(['"', ',']));
            }
        }
    }

    #[test]
    fn one_apostrophe_out_and_one_in() {
        for (value, cell) in [
            ("=1+1", "'=1+1"),
            ("'tis", "''tis"),
            ("''", "'''"),
            ("＝1", "'＝1"),
            ("\n=1", "'\n=1"),
            ("a=1", "a=1"),
        ] {
            assert_eq!(neutralise(value), cell);
        }
        assert_eq!(neutralise(""), "");
        assert_eq!(restore("'"), "");
    }

    proptest! {
        #[test]
        fn every_value_comes_back(value in "[-=+@'\t\r\n＝＋－＠]{0,3}(?s:.{0,9})") {
            comes_back_harmless(&value);
        }
    }
}
