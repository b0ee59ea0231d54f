//! The bag declaration and the bag metadata.

use super::Bag;
use crate::finding::{E201, E202, E209, E210, E405, Finding, W203, W208};
use crate::{Report, declaration, info};
use std::io::Read;

/// No declaration or metadata of a real bag is longer.
const LONGEST_TEXT: u64 = 16 << 20;

/// Text of one small tag file; `None`, after a finding, if it cannot be read.
fn read(bag: &Bag<'_>, path: &str, report: &mut Report) -> Option<Vec<u8>> {
    let index = bag.files[bag.file(path)?];
    let noted = std::sync::Mutex::new(Vec::new());
    let stream = bag.container.open(index, &|_, finding| {
        noted.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(finding);
    });
    let mut text = Vec::new();
    let result = stream.map(|stream| stream.take(LONGEST_TEXT).read_to_end(&mut text));
    report.findings.extend(noted.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner));
    match result? {
        Ok(_) => Some(text),
        Err(error) => {
            report.findings.push(crate::container::unreadable(&bag.entries[index].path, &error));
            None
        }
    }
}

/// Reads `bagit.txt`; says whether the rules of BagIt 1.0 apply in full.
pub(super) fn read_declaration(bag: &Bag<'_>, report: &mut Report) -> bool {
    let path = "bagit.txt";
    if bag.file(path).is_none() {
        report.findings.push(Finding::new(&E201, path, "expected the bag declaration, found no such file"));
        return true;
    }
    let Some(text) = read(bag, path, report) else {
        return true;
    };
    let declared = match declaration::parse(&text) {
        Ok(declared) => declared,
        Err(message) => {
            report.findings.push(Finding::new(&E202, path, message));
            return true;
        }
    };
    if !declared.encoding.eq_ignore_ascii_case("UTF-8") {
        let message = format!("expected tag files in UTF-8, found `{}`", declared.encoding);
        report.findings.push(Finding::new(&W208, path, message));
    }
    let strict = declared.version == "1.0";
    if !strict {
        let message = format!("expected BagIt 1.0, found version {}", declared.version);
        report.findings.push(Finding::new(&W203, path, message));
    }
    report.version = Some(declared.version);
    strict
}

/// Reads `bag-info.txt`, where there is one, and compares the Payload-Oxum with what is there.
pub(super) fn read_info(bag: &Bag<'_>, report: &mut Report) {
    let path = "bag-info.txt";
    let Some(text) = read(bag, path, report) else {
        return;
    };
    if text.starts_with(b"\xEF\xBB\xBF") {
        report.findings.push(Finding::new(&E210, path, "expected no byte order mark, found one"));
    }
    if std::str::from_utf8(&text).is_err() {
        report.findings.push(Finding::new(&E209, path, "expected UTF-8, found other octets"));
    }
    let (elements, bad) = info::parse(&String::from_utf8_lossy(&text));
    for line in bad {
        report.findings.push(Finding::new(&E209, path, format!("line {}: {}", line.number, line.message)));
    }
    report.info = elements;
    let oxums: Vec<&String> = report
        .info
        .iter()
        .filter(|(label, _)| label.eq_ignore_ascii_case("Payload-Oxum"))
        .map(|(_, value)| value)
        .collect();
    let finding = match oxums[..] {
        [] => None,
        [oxum] => match oxum.parse::<fixity::Oxum>() {
            Err(problem) => {
                Some((&E405, format!("expected `OctetCount.StreamCount`, found `{oxum}`, {problem}")))
            }
            Ok(oxum) if oxum != report.payload => Some((
                &crate::finding::E404,
                format!("expected a Payload-Oxum of {}, found {oxum} in the file", report.payload),
            )),
            Ok(_) => None,
        },
        _ => Some((&E405, format!("expected one Payload-Oxum, found {}", oxums.len()))),
    };
    report.findings.extend(finding.map(|(code, message)| Finding::new(code, path, message)));
}
