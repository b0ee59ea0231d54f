//! `mentions.csv` against the payload, where there is one.

use super::Bundle;
use crate::finding::E511;
use crate::mentions::{MentionProblem, MentionReader};
use crate::sheet::item_id;
use bagit::{Finding, Findings};
use std::collections::HashMap;

const PATH: &str = "metadata/mentions.csv";

/// Every row: that it keeps the rules of rows, is of an item, lies in it, and comes in its order.
pub(super) fn check(bundle: &Bundle<'_>) -> Findings {
    let mut findings = Findings::default();
    let Some(text) = bundle.open(PATH) else {
        return findings;
    };
    let files: HashMap<String, usize> = bundle
        .payload()
        .map(|file| (item_id(bundle.entry(file).path.as_str()).as_str().to_owned(), file))
        .collect();
    let mut last = None;
    let mut note = |problem: MentionProblem| findings.push(Finding::new(&E511, PATH, problem.to_string()));
    let read = || -> crate::Result<()> {
        let mut sheet = MentionReader::new(text, &mut note)?;
        while let Some(row) = sheet.next_row(&mut note)? {
            let problem = |expected: String, found: &str| MentionProblem::new(row.row, expected, found);
            let Some(&file) = files.get(row.item_id) else {
                note(problem("the item_id of a payload file".into(), row.item_id));
                continue;
            };
            // No charset needs less than an octet for a character.
            if let Some(size) = bundle.sums.size(file).filter(|size| row.end > *size) {
                note(problem(format!("an end within the {size} octets of the file"), &row.end.to_string()));
            }
            let place = (file, row.start, row.end, row.kind.word());
            if last.is_some_and(|last| last > place) {
                let order = "a row behind the one before by path, start, end and kind";
                note(problem(order.into(), row.item_id));
            }
            last = Some(place);
        }
        Ok(())
    };
    if let Err(error) = read() {
        findings.push(Finding::new(&E511, PATH, format!("expected to read the sheet, found: {error}")));
    }
    findings
}
