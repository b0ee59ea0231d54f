//! CSV as spreadsheets write it: any of three separators, and encodings of several decades.

use super::Raw;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// What may stand between cells.
const SEPARATORS: [(u8, &str); 3] = [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs")];

/// Octets that a charset is guessed from.
const GUESSED_FROM: usize = 1 << 20;

/// Reads a CSV file.
pub(super) fn read(octets: &[u8]) -> Result<Raw, String> {
    let (text, encoding) = decoded(octets)?;
    // Excel may say in a line of its own what separates cells.
    let (text, skipped, declared) = match text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n')) {
        Some((separator, rest)) => (rest, 1, separator.trim_end_matches('\r').bytes().next()),
        None => (&*text, 0, None),
    };
    let (separator, words) =
        SEPARATORS.into_iter().find(|known| declared == Some(known.0)).unwrap_or_else(|| separator(text));
    let is_legacy = ![UTF_8.name(), UTF_16LE.name(), UTF_16BE.name()].contains(&encoding);
    let mut raw = Raw {
        dialect: format!("CSV, {encoding}, {words}"),
        legacy: is_legacy.then_some(encoding),
        ..Raw::default()
    };
    let mut csv = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut number = skipped;
    let mut line = 1;
    let mut cells = Vec::new();
    while csv.read_record(&mut record).map_err(|error| error.to_string())? {
        // The reader passes over empty lines in silence; a spreadsheet counts them.
        let own = 1 + record.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
        let empty = (csv.position().line() - line).saturating_sub(own);
        line = csv.position().line();
        (raw.blank_rows, number) = (raw.blank_rows + empty, number + empty + 1);
        cells.clear();
        cells.extend(record.iter().map(str::to_owned));
        raw.push(number, &cells)?;
    }
    Ok(raw)
}

/// The text, and what it is written in.
fn decoded(octets: &[u8]) -> Result<(Cow<'_, str>, &'static str), String> {
    if let Some((encoding, mark)) = Encoding::for_bom(octets) {
        let (text, had_errors) = encoding.decode_without_bom_handling(&octets[mark..]);
        return if had_errors {
            Err(format!("it is not the {} it says", encoding.name()))
        } else {
            Ok((text, encoding.name()))
        };
    }
    if octets.contains(&0) {
        // Of the two octets of Latin letters in UTF-16, one is 0.
        let at_even = octets.iter().step_by(2).filter(|&&octet| octet == 0).count();
        let at_odd = octets.iter().skip(1).step_by(2).filter(|&&octet| octet == 0).count();
        let encoding = if at_even > at_odd { UTF_16BE } else { UTF_16LE };
        let (text, had_errors) = encoding.decode_without_bom_handling(octets);
        return if had_errors { Err("it is no text".to_owned()) } else { Ok((text, encoding.name())) };
    }
    if let Ok(text) = std::str::from_utf8(octets) {
        return Ok((Cow::Borrowed(text), UTF_8.name()));
    }
    if let Some(line) = broken_line(octets) {
        return Err(format!("it is not valid UTF-8 in line {line}, and is elsewhere"));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&octets[..octets.len().min(GUESSED_FROM)], true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    let (text, had_errors) = encoding.decode_without_bom_handling(octets);
    if had_errors { Err("its encoding is not known".to_owned()) } else { Ok((text, encoding.name())) }
}

/// The line in which a text that is in UTF-8 is none; `None` where it was never in it. In other encodings
/// a few octets are valid by chance, and more are not.
fn broken_line(octets: &[u8]) -> Option<usize> {
    let (mut letters, mut broken, mut passed, mut first) = (0_usize, 0_usize, 0, None);
    for chunk in octets.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += chunk.invalid().len();
        passed += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            first = first.or(Some(passed));
        }
        passed += chunk.invalid().len();
    }
    let line = octets[..first?].split(|&octet| octet == b'\n').count();
    (letters >= broken * 2).then_some(line)
}

/// The separator that parts the header into most cells.
fn separator(text: &str) -> (u8, &'static str) {
    let cells = |separator: u8| {
        let mut csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(text.as_bytes());
        let mut header = csv::StringRecord::new();
        csv.read_record(&mut header).map_or(0, |_| header.len())
    };
    let mut best = SEPARATORS[0];
    for known in SEPARATORS {
        if cells(known.0) > cells(best.0) {
            best = known;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::Table;

    fn cells(octets: &[u8]) -> (String, Vec<(u64, Vec<String>)>) {
        let table = Table::read("a.csv", octets).unwrap();
        (
            table.dialect,
            table
                .rows
                .iter()
                .map(|line| (line.number, line.cells.iter().map(str::to_owned).collect()))
                .collect(),
        )
    }

    #[test]
    fn what_spreadsheets_write_is_read() {
        let expected = vec![(2, vec!["data/a".to_owned(), "یادداشت".to_owned()])];
        let text = "path,notes\r\ndata/a,یادداشت\r\n";
        assert_eq!(cells(text.as_bytes()), ("CSV, UTF-8, commas".into(), expected.clone()));
        let marked = format!("\u{FEFF}{text}");
        assert_eq!(cells(marked.as_bytes()).1, expected);
        let little: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(cells(&little), ("CSV, UTF-16LE, commas".into(), expected.clone()));
        let tabs = text.replace(',', "\t");
        let big: Vec<u8> = tabs.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(cells(&big), ("CSV, UTF-16BE, tabs".into(), expected.clone()));
        let semicolons = format!("sep=;\r\n{}", text.replace(',', ";"));
        assert_eq!(
            cells(semicolons.as_bytes()),
            ("CSV, UTF-8, semicolons".into(), vec![(3, expected[0].1.clone())])
        );
    }

    #[test]
    fn legacy_encodings_are_told_by_their_letters() {
        let text = "path;notes\r\ndata/a;گزارش کوتاه از شهر بندری و مردم آن در سال ۶۷\r\n"
            .replace('ی', "ي")
            .replace("۶۷", "67");
        let (octets, _, failed) = encoding_rs::WINDOWS_1256.encode(&text);
        assert!(!failed);
        let (dialect, rows) = cells(&octets);
        assert_eq!(dialect, "CSV, windows-1256, semicolons");
        assert_eq!(rows[0].1[1], "گزارش کوتاه از شهر بندري و مردم آن در سال 67");
        let (octets, _, _) = encoding_rs::WINDOWS_1252.encode("path,notes\ndata/a,Déjà vu à l’été\n");
        assert_eq!(cells(&octets).1[0].1[1], "Déjà vu à l’été");
    }

    #[test]
    fn blank_rows_are_counted_and_numbers_are_those_of_the_spreadsheet() {
        let table = Table::read("a.csv", b"\n\npath,notes\n,\n\"a\",\"x\ny\"\n\n , \nb,c\n,,,\n").unwrap();
        assert_eq!(table.columns, ["path", "notes"]);
        let numbers: Vec<u64> = table.rows.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [5, 8]);
        assert_eq!(table.blank_rows, 6);
    }

    #[test]
    fn utf8_with_an_octet_that_is_none_is_refused_and_what_was_never_utf8_is_not() {
        let text = "path,notes\r\ndata/a,Déjà vu\r\ndata/b,\"été\nl’été\"\r\ndata/c,x\r\n";
        for (octet, line) in [(0xE9, 5), (0xFF, 5), (0x80, 5)] {
            let mut octets = text.as_bytes().to_vec();
            let end = octets.len() - 3;
            octets[end] = octet;
            let why = Table::read("a.csv", &octets).unwrap_err().to_string();
            assert!(why.contains(&format!("it is not valid UTF-8 in line {line}")), "{why}");
        }
        // A letter that was cut in two.
        let cut = &text.as_bytes()[..=text.find('é').unwrap()];
        let octets = [text.as_bytes(), cut].concat();
        assert!(Table::read("a.csv", &octets).unwrap_err().to_string().contains("in line 7"));
        // In legacy encodings neighbours are valid UTF-8 by chance only.
        for (encoding, word) in [
            (encoding_rs::WINDOWS_1256, "گزارش، اگر چه کوتاه، از دیگر شهر، و مردم آن؛ پس چگونه؟"),
            (encoding_rs::WINDOWS_1252, "„Gruß“ und „Fuß“ – schöne Grüße, über Äcker"),
            (encoding_rs::WINDOWS_1251, "Він і Євген – Віра, «Надія», Їжак"),
            (encoding_rs::WINDOWS_874, "รักกันที่วัดในเมืองเก่า และบันทึกของคนทั้งสองวัน"),
            (encoding_rs::GB18030, "关于联通公司的报告和其他文件的目录"),
        ] {
            let word = word.replace('ی', "ي");
            let text = format!("path,notes\ndata/a,\"{word}\"\n");
            let octets = encoding.encode(&text).0;
            assert_eq!(cells(&octets).1[0].1[1], word);
        }
    }
}
