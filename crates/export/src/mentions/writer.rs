//! Writing rows of `mentions.csv`.

use super::{COLUMNS, LONGEST_TEXT, LONGEST_VALUE, MOST, STATUS};
use crate::one_line::one_line;
use crate::sheet::item_id;
use provenance::cell::neutralise;
use provenance::description::Mention;
use std::borrow::Cow;
use std::io;

/// The byte order mark and the header row.
///
/// # Errors
/// None but those of `csv`, which writes to memory.
pub fn header() -> io::Result<Vec<u8>> {
    let mut text = "\u{FEFF}".as_bytes().to_vec();
    let mut csv = writer(&mut text);
    csv.write_record(COLUMNS)?;
    csv.flush()?;
    drop(csv);
    Ok(text)
}

/// The rows of one document, in their order, and the mentions they are of. What no sheet can hold as it
/// is, is left out: no words where they stand, none at all, far too many, or beyond the document's end.
///
/// # Errors
/// None but those of `csv`, which writes to memory.
pub fn rows<'a>(
    path: &str,
    size_octets: u64,
    mentions: &'a [Mention],
) -> io::Result<(Vec<u8>, Vec<&'a Mention>)> {
    let mut kept: Vec<(&Mention, Cow<'_, str>)> = mentions
        .iter()
        .filter(|mention| mention.start < mention.end && mention.end <= size_octets)
        .map(|mention| (mention, one_line(&mention.text)))
        .filter(|(_, text)| !text.is_empty() && text.len() <= LONGEST_TEXT)
        .collect();
    kept.sort_by_key(|(mention, _)| (mention.start, mention.end, mention.kind.word()));
    kept.truncate(MOST);
    let mut rows = Vec::with_capacity(kept.len() * 160);
    let id = item_id(path);
    let mut csv = writer(&mut rows);
    for (mention, text) in &kept {
        let value =
            |text| Some(one_line(text)).filter(|text| text.len() <= LONGEST_VALUE).unwrap_or_default();
        let (start, end) = (mention.start.to_string(), mention.end.to_string());
        let percent = mention.confidence.min(100);
        let confidence = format!("{}.{:02}", percent / 100, percent % 100);
        let cells: [&str; COLUMNS.len()] = [
            id.as_str(),
            mention.kind.word(),
            text,
            &value(&mention.role),
            &value(&mention.speaker),
            &value(&mention.normalised),
            &start,
            &end,
            mention.signal,
            &confidence,
            STATUS,
        ];
        for cell in cells {
            csv.write_field(&*neutralise(cell))?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()?;
    drop(csv);
    Ok((rows, kept.into_iter().map(|(mention, _)| mention).collect()))
}

fn writer(out: &mut Vec<u8>) -> csv::Writer<&mut Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).buffer_capacity(2 << 10).from_writer(out)
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
        let (rows, kept) = rows("data/a.txt", 99, &mentions).unwrap();
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
        assert!(rows("data/a", 99, &[mention(&long, 0, 9)]).unwrap().0.is_empty());
        assert!(rows("data/a", 8, &[mention("x", 0, 9)]).unwrap().0.is_empty());
        assert_eq!(rows("data/a", 9_000, &many).unwrap().1.len(), MOST);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(texts in prop::collection::vec(("\\PC{0,40}", "\\PC{0,10}", 0_u64..99, 1_u64..9), 0..20)) {
            let mentions: Vec<Mention> = texts
                .iter()
                .map(|(text, role, start, more)| Mention { role: role.clone(), ..mention(text, *start, start + more) })
                .collect();
            let (text, kept) = rows("data/a", 999, &mentions).unwrap();
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
