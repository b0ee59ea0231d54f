//! Single dates in many languages. `?a | b` are the alternatives of what is not settled; nothing is
//! no date.

mod eastern;
mod numbers;
mod western;

use ingest::dates::{Hints, read_date};

/// What a text reads.
fn read(text: &str, language: &str) -> String {
    let hints =
        Hints { language: Some(language).filter(|language| !language.is_empty()), ..Hints::default() };
    match read_date(text, &hints) {
        None => String::new(),
        Some(reading) => {
            assert_eq!(reading.as_written, text.trim());
            assert_eq!(reading.edtf.is_none(), !reading.alternatives.is_empty(), "{text}");
            for edtf in reading.edtf.iter().chain(&reading.alternatives).chain(&reading.timestamp) {
                assert!(edtf_core::is_valid(edtf), "{text}: {edtf}");
            }
            reading.edtf.unwrap_or_else(|| format!("?{}", reading.alternatives.join(" | ")))
        }
    }
}

/// Checks a table, and tells every row that is wrong.
fn check(language: &str, table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .map(|(text, expected)| (text, expected, read(text, language)))
        .filter(|(_, expected, got)| *expected != got)
        .map(|(text, expected, got)| format!("{text:?}: {got:?}, not {expected:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
