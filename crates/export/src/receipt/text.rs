//! A receipt as plain text.
//!
//! No character in it turns the direction of writing: so what has to be read from left to right stands on
//! lines of its own, without a letter that runs the other way.

use super::page::{Kind, Language, persian_digits, rows};
use super::qr;
use super::words::{WITH, WITHOUT, Words};
use provenance::receipt::{Receipt, Unwritable};
use std::fmt::Write as _;

/// Columns of a line.
const COLUMNS: usize = 78;

pub(super) fn write(receipt: &Receipt, language: Language) -> Result<String, Unwritable> {
    let block = receipt.block()?;
    let code = qr::code(&receipt.line())?;
    let mut text = String::new();
    for words in language.words() {
        in_language(receipt, words, &mut text);
    }
    text.push_str(&qr::half_blocks(&code));
    for words in language.words() {
        paragraph(words.qr, "", &mut text);
    }
    let _ = write!(text, "\n{block}");
    Ok(text)
}

fn in_language(receipt: &Receipt, words: &Words, text: &mut String) {
    let _ = writeln!(text, "{}\n{}\n", words.title, "=".repeat(words.title.chars().count()));
    paragraph(words.intro, "", text);
    text.push('\n');
    for row in rows(receipt) {
        let value = match row.kind {
            Kind::Numbers if words.is_right_to_left => persian_digits(&row.value),
            _ => row.value,
        };
        let label = (row.label)(words);
        // Beside letters that run the other way, groups of digits would change their places.
        if row.kind == Kind::Words || !words.is_right_to_left && value.len() < 40 {
            let _ = writeln!(text, "{label}: {value}");
        } else {
            let _ = writeln!(text, "{label}:\n  {value}");
        }
    }
    let fingerprint = receipt.root.fingerprint().to_string();
    let _ = writeln!(text, "{}:\n  {fingerprint}", words.fingerprint);
    if words.is_right_to_left {
        let _ = writeln!(text, "  {}", persian_digits(&fingerprint));
    }
    let _ = writeln!(text, "\n{}\n", words.proves);
    for sentence in words.proof {
        paragraph(sentence, "  ", text);
    }
    let _ = writeln!(text, "\n{}\n", words.compare);
    paragraph(words.with, "  ", text);
    for line in WITH {
        let _ = writeln!(text, "    {line}");
    }
    paragraph(words.without, "  ", text);
    for line in WITHOUT {
        let _ = writeln!(text, "    {line}");
    }
    for side in [words.given_by, words.received_by] {
        let _ = writeln!(text, "\n{side}\n");
        for what in words.by_hand {
            let _ = writeln!(text, "  {what}: {}\n", "_".repeat(40));
        }
    }
}

/// Breaks a paragraph between words.
fn paragraph(sentence: &str, indent: &str, text: &mut String) {
    let mut column = 0;
    for word in sentence.split(' ') {
        let width = word.chars().count();
        if column == 0 {
            text.push_str(indent);
            column = indent.len();
        } else if column + 1 + width > COLUMNS {
            text.push('\n');
            text.push_str(indent);
            column = indent.len();
        } else {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += width;
    }
    text.push('\n');
}
