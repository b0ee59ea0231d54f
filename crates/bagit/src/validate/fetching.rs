//! `fetch.txt` of a bag: judged, never followed.

use super::Bag;
use super::lines::{LONGEST_LINE, Line, each_line};
use super::manifest::Manifest;
use super::text::unreadable_text;
use crate::Report;
use crate::fetch::{Facts, Judge};
use crate::finding::{E210, Finding};
use fixity::PayloadPath;
use std::collections::BTreeMap;

const PATH: &str = "fetch.txt";

/// Judges `fetch.txt`, where there is one; answers every payload file that it promises, with the
/// octets that it states.
pub(super) fn judge(
    bag: &Bag<'_>,
    manifests: &[Manifest],
    has_unread: bool,
    report: &mut Report,
) -> BTreeMap<PayloadPath, Option<u64>> {
    let Some(file) = bag.file(PATH) else {
        return BTreeMap::new();
    };
    let Some(stream) = bag.open_text(file, bag.encoding, report) else {
        return BTreeMap::new();
    };
    // Where one manifest may do, it may be the one that could not be read: then none is asked.
    let is_asked = bag.version.is_strict() || !has_unread;
    let can_tell = |manifest: &&Manifest| manifest.is_payload && manifest.is_whole && is_asked;
    let asked: Vec<&Manifest> = manifests.iter().filter(can_tell).collect();
    let names: Vec<&str> = asked.iter().map(|manifest| manifest.name.as_str()).collect();
    let size_octets = |path: &PayloadPath| bag.file(path.as_str()).map(|file| bag.entry(file).size_octets);
    let lists = |number: usize, path: &PayloadPath| {
        let manifest = asked[number];
        bag.file(path.as_str()).is_some_and(|file| manifest.lists(file))
            || manifest.missing.binary_search_by(|missing| missing.path.cmp(path)).is_ok()
    };
    let facts = Facts { version: bag.version, manifests: &names, size_octets: &size_octets, lists: &lists };
    let mut judge = Judge::new(facts, &mut report.findings);
    let mut number = 0;
    let mut has_mark = false;
    let read = each_line(stream, |line| {
        number += 1;
        match line {
            Line::TooLong => judge.take_unreadable(number, &format!("more than {LONGEST_LINE} octets")),
            Line::Whole(mut line, _) => {
                if number == 1
                    && let Some(rest) = line.strip_prefix(b"\xEF\xBB\xBF")
                {
                    (has_mark, line) = (true, rest);
                }
                match std::str::from_utf8(line) {
                    Ok(line) => judge.take(number, line),
                    Err(_) => judge.take_unreadable(number, "octets that are not UTF-8"),
                }
            }
        }
    });
    let promised = judge.finish();
    if has_mark {
        report.findings.push(Finding::new(&E210, PATH, "expected no byte order mark, found one"));
    }
    if let Err(error) = read {
        report.findings.extend(unreadable_text(bag.encoding, &bag.entry(file).path, &error));
    }
    promised
}
