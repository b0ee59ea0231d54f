//! Writing rows of `mentions.csv`.

use super::{COLUMNS, LONGEST_TEXT, LONGEST_VALUE, MOST, STATUS};
use crate::one_line::one_line;
use crate::sheet::item_id;
use provenance::cell::neutralise;
use provenance::description::Mention;
use std::borrow::Cow;
use std::io::{self, Write as _};

/// Octets that most rows have.
const ROW: usize = 160;

/// The byte order mark and the header row.
///
/// # Errors
/// None but those of `csv`, which writes to memory.
pub fn header() -> io::Result<Vec<u8>> {
    let mut text = "\u{FEFF}".as_bytes().to_vec();
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut text);
    csv.write_record(COLUMNS)?;
    csv.flush()?;
    drop(csv);
    Ok(text)
}

/// The rows of one document, in their order, and the mentions they are of. What no sheet can hold as it
/// is, is left out: no words where they stand, none at all, far too many, or beyond the document's end.
#[must_use]
pub fn rows<'a>(path: &str, size_octets: u64, mentions: &'a [Mention]) -> (Vec<u8>, Vec<&'a Mention>) {
    let mut kept: Vec<(&Mention, Cow<'_, str>)> = Vec::with_capacity(mentions.len());
    let are_somewhere = mentions.iter().filter(|one| one.start < one.end && one.end <= size_octets);
    let on_one_line = are_somewhere.map(|mention| (mention, one_line(&mention.text)));
    kept.extend(on_one_line.filter(|(_, text)| !text.is_empty() && text.len() <= LONGEST_TEXT));
    kept.sort_by_key(|(mention, _)| (mention.start, mention.end, mention.kind.word()));
    kept.truncate(MOST);
    let id = item_id(path);
    let mut rows = Vec::with_capacity(kept.len() * ROW);
    for (mention, text) in &kept {
        push_row(&mut rows, id.as_str(), mention, text);
    }
    (rows, kept.into_iter().map(|(mention, _)| mention).collect())
}

/// Writes the row of one mention, of which this is the text on one line.
fn push_row(rows: &mut Vec<u8>, id: &str, mention: &Mention, text: &str) {
    let value = |text| Some(one_line(text)).filter(|text| text.len() <= LONGEST_VALUE).unwrap_or_default();
    let percent = mention.confidence.min(100);
    let confidence = [b'0' + percent / 100, b'.', b'0' + percent / 10 % 10, b'0' + percent % 10];
    rows.extend_from_slice(id.as_bytes());
    for cell in [
        mention.kind.word(),
        text,
        &value(&mention.role),
        &value(&mention.speaker),
        &value(&mention.normalised),
    ] {
        rows.push(b',');
        push_cell(rows, &neutralise(cell));
    }
    // Nothing written to memory fails.
    let _ = write!(rows, ",{},{},", mention.start, mention.end);
    push_cell(rows, &neutralise(mention.signal));
    rows.push(b',');
    rows.extend_from_slice(&confidence);
    rows.push(b',');
    rows.extend_from_slice(STATUS.as_bytes());
    rows.extend_from_slice(b"\r\n");
}

/// Writes a cell as `csv` does, which would have to be set up anew for each of very many documents: in
/// quotes where it must be.
fn push_cell(rows: &mut Vec<u8>, cell: &str) {
    let is_special = |octet: &u8| matches!(octet, b',' | b'"' | b'\r' | b'\n');
    if !cell.as_bytes().iter().fold(false, |any, octet| any | is_special(octet)) {
        rows.extend_from_slice(cell.as_bytes());
        return;
    }
    rows.push(b'"');
    for &octet in cell.as_bytes() {
        if octet == b'"' {
            rows.push(b'"');
        }
        rows.push(octet);
    }
    rows.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mentions::MentionReader;
    use proptest::prelude::*;
    use provenance::description::MentionKind;

    fn mention(text: &str, start: u64, end: u64) -> Mention {
        Mention {
            kind: MentionKind::Quotation,
            text: text.into(),
            role: String::new(),
            speaker: "=SUM(A1)".into(),
            normalised: String::new(),
            start,
            end,
            signal: "quotation",
            confidence: 95,
        }
    }

    #[test]
    fn rows_are_inert_sorted_and_of_words_only() {
        let mentions = [
            mention("b, \"c\"", 9, 12),
            mention("a\u{202E}\n a", 2, 8),
            mention("x", 5, 5),
            mention("\u{200F}", 1, 2),
        ];
        let (rows, kept) = rows("data/a.txt", 99, &mentions);
        let id = item_id("data/a.txt");
        let expected = format!(
            "{id},quotation,a a,,'=SUM(A1),,2,8,quotation,0.95,suggested\r\n\
             {id},quotation,\"b, \"\"c\"\"\",,'=SUM(A1),,9,12,quotation,0.95,suggested\r\n",
            id = id.as_str()
        );
        assert_eq!(String::from_utf8(rows).unwrap(), expected);
        assert_eq!(kept.len(), 2);
    }

    #[test]
    fn what_no_sheet_can_hold_is_left_out() {
        let long = "x".repeat(LONGEST_TEXT + 1);
        let many: Vec<Mention> = (0..5_000).map(|at| mention("x", at, at + 1)).collect();
        assert!(rows("data/a", 99, &[mention(&long, 0, 9)]).0.is_empty());
        assert!(rows("data/a", 8, &[mention("x", 0, 9)]).0.is_empty());
        assert_eq!(rows("data/a", 9_000, &many).1.len(), MOST);
    }

    proptest! {
        #[test]
        fn rows_are_those_that_csv_writes(
            texts in prop::collection::vec(("[a,\"\r\n=' é]{0,6}", "[a,\"=]{0,3}", 0_u64..200, 0..=255_u8), 0..6),
        ) {
            let made = texts.into_iter().map(|(text, role, start, confidence)| {
                Mention { role, confidence, signal: "a, \"b\"", ..mention(&text, start << 40, (start << 40) + 9) }
            });
            let mentions: Vec<Mention> = made.collect();
            let (text, kept) = rows("data/a", u64::MAX, &mentions);
            let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
            for one in kept {
                let share = format!("{:.2}", f64::from(one.confidence.min(100)) / 100.0);
                let (start, end) = (one.start.to_string(), one.end.to_string());
                let values = [
                    item_id("data/a").as_str(), one.kind.word(), &one_line(&one.text), &one_line(&one.role),
                    &one.speaker, "", &start, &end, one.signal, &share, STATUS,
                ].map(|value| neutralise(value).into_owned());
                csv.write_record(values).unwrap();
            }
            prop_assert_eq!(text, csv.into_inner().unwrap());
        }

        #[test]
        fn what_is_written_is_read_back(texts in prop::collection::vec(("\\PC{0,40}", "\\PC{0,10}", 0_u64..99, 1_u64..9), 0..20)) {
            let mentions: Vec<Mention> = texts
                .iter()
                .map(|(text, role, start, more)| Mention { role: role.clone(), ..mention(text, *start, start + more) })
                .collect();
            let (text, kept) = rows("data/a", 999, &mentions);
            let sheet = [header().unwrap(), text].concat();
            let mut problems = Vec::new();
            let mut reader = MentionReader::new(&sheet[..], &mut |problem| problems.push(problem)).unwrap();
            let mut read = Vec::new();
            while let Some(row) = reader.next_row(&mut |problem| problems.push(problem)).unwrap() {
                read.push((row.text.to_owned(), row.role.to_owned(), row.start, row.end));
            }
            prop_assert!(problems.is_empty(), "{problems:?}");
            let kept: Vec<_> = kept
                .into_iter()
                .map(|one| (one_line(&one.text).into_owned(), one_line(&one.role).into_owned(), one.start, one.end))
                .collect();
            prop_assert_eq!(read, kept);
        }
    }
}
