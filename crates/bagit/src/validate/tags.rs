//! The bag declaration and the bag metadata.

use super::Bag;
use super::compare::Holes;
use crate::encoding::TagEncoding;
use crate::finding::{Code, E201, E202, E209, E210, E404, E405, Finding, W203, W208, W213, W214};
use crate::{Report, Version, declaration, info};
use fixity::Oxum;

/// No declaration or metadata of a real bag is longer.
const LONGEST_TEXT: u64 = 4 << 20;

/// Elements of which there should be one at most (RFC 8493 §2.2.2).
const ONCE: [&str; 4] = ["Bagging-Date", "Bag-Size", "Bag-Group-Identifier", "Bag-Count"];

fn note(report: &mut Report, code: &'static Code, path: &str, message: impl Into<String>) {
    report.findings.push(Finding::new(code, path, message.into()));
}

/// Reads `bagit.txt`, and keeps in `bag` by which rules and in which encoding to read all else.
pub(super) fn read_declaration(bag: &mut Bag<'_>, report: &mut Report) {
    let path = "bagit.txt";
    let Some(file) = bag.file(path) else {
        return note(report, &E201, path, "expected the bag declaration, found no such file");
    };
    let Some(text) = bag.text(file, TagEncoding::Utf8, LONGEST_TEXT, report) else {
        return;
    };
    let declared = match declaration::parse(&text) {
        Ok(declared) => declared,
        Err(message) => return note(report, &E202, path, message),
    };
    bag.version = Version::named(&declared.version);
    if bag.version == Version::Unknown {
        let message = format!(
            "expected a version from 0.93 to 0.97 or 1.0, found {}, which is unsupported",
            declared.version
        );
        note(report, &W203, path, message);
    }
    if let Some(oddity) = declared.oddity {
        note(report, &W213, path, oddity);
    }
    bag.encoding = TagEncoding::named(&declared.encoding).unwrap_or(TagEncoding::Unknown);
    report.encoding = bag.encoding;
    if bag.encoding == TagEncoding::Unknown {
        let message = format!("expected an encoding that fonds can decode, found `{}`", declared.encoding);
        note(report, &W208, path, message);
    }
    report.version = Some(declared.version);
}

/// Reads the bag metadata, where there are any, and compares the Payload-Oxum with what is there.
pub(super) fn read_info(bag: &Bag<'_>, report: &mut Report) {
    let Some((path, file)) = info_file(bag) else {
        return;
    };
    let Some(text) = bag.text(file, bag.encoding, LONGEST_TEXT, report) else {
        return;
    };
    if bag.encoding == TagEncoding::Utf8 && text.starts_with(b"\xEF\xBB\xBF") {
        note(report, &E210, path, "expected no byte order mark, found one");
    }
    if std::str::from_utf8(&text).is_err() {
        note(report, &E209, path, "expected UTF-8, found other octets");
    }
    let text = String::from_utf8_lossy(&text);
    let (elements, bad) = info::parse(text.trim_start_matches('\u{FEFF}'), bag.version);
    for line in bad {
        let lines = if line.number == line.last {
            format!("line {}", line.number)
        } else {
            format!("lines {} to {}, the first", line.number, line.last)
        };
        note(report, &E209, path, format!("{lines}: {}", line.message));
    }
    report.info = elements;
    if bag.version.is_strict() {
        for label in ONCE {
            let count = values(report, label).count();
            if count > 1 {
                note(report, &W214, path, format!("expected `{label}` once, found it {count} times"));
            }
        }
    }
}

fn values<'a>(report: &'a Report, label: &'a str) -> impl Iterator<Item = &'a str> {
    let named = report.info.iter().filter(move |(name, _)| name.eq_ignore_ascii_case(label));
    named.map(|(_, value)| value.as_str())
}

/// The file with the bag metadata. Later tools wrote the new name into bags of older versions, too.
fn info_file(bag: &Bag<'_>) -> Option<(&'static str, usize)> {
    [bag.version.info_file(), "bag-info.txt"].into_iter().find_map(|path| Some((path, bag.file(path)?)))
}

/// Payload-Oxum: MUST NOT be repeated since 1.0; before, each one must be right. It counts the payload
/// as it is here, or as it will be when all holes are filled (§2.2.2).
pub(super) fn compare_oxum(bag: &Bag<'_>, holes: Holes, report: &mut Report) {
    let path = info_file(bag).map_or("bag-info.txt", |(path, _)| path);
    let count = values(report, "Payload-Oxum").count();
    if count > 1 && bag.version.is_strict() {
        return note(report, &E405, path, format!("expected one Payload-Oxum, found {count}"));
    }
    let mut findings = Vec::new();
    for written in values(report, "Payload-Oxum") {
        // A continued line is no part of the number; white space was free before 1.0.
        let number = if bag.version.is_strict() { written.trim_start_matches('\n') } else { written.trim() };
        let (code, message) = match number.parse::<Oxum>() {
            Ok(oxum) if oxum == report.payload || is_filled(oxum, report.payload, holes) => continue,
            Ok(oxum) => {
                (&E404, format!("expected a Payload-Oxum of {}, found {oxum} in the file", report.payload))
            }
            Err(problem) => {
                (&E405, format!("expected `OctetCount.StreamCount`, found `{written}`, {problem}"))
            }
        };
        findings.push(Finding::new(code, path, message));
    }
    report.findings.extend(findings);
}

/// Whether an Oxum is that of the payload with all holes filled, as far as their sizes are known.
fn is_filled(oxum: Oxum, present: Oxum, holes: Holes) -> bool {
    let streams = present.streams + holes.files;
    let octets = holes.octets.and_then(|octets| present.octets.checked_add(octets));
    holes.files > 0
        && oxum.streams == streams
        && octets.map_or(oxum.octets >= present.octets, |octets| oxum.octets == octets)
}
