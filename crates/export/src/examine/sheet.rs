//! `manifest.csv` against the payload.

use super::Bundle;
use super::progress::Named;
use crate::finding::{E502, E503, E504};
use crate::sheet::{Row, SheetProblem, SheetReader};
use bagit::container::Layout;
use bagit::zip::DosTime;
use bagit::{Finding, Findings};
use fixity::{Algorithm, hex_of};

const PATH: &str = "metadata/manifest.csv";

/// Every row against its file, and every payload file against its row.
pub(super) fn check(bundle: &Bundle<'_>) -> Findings {
    let mut findings = Findings::default();
    let Some(text) = bundle.open(PATH) else {
        return findings;
    };
    let mut problems = Findings::default();
    let mut note = |problem: SheetProblem| problems.push(Finding::new(&E502, PATH, problem.to_string()));
    let mut named = Named::new(bundle);
    let read = || -> crate::Result<()> {
        let mut sheet = SheetReader::new(text, &mut note)?;
        while let Some(row) = sheet.next_row(&mut note)? {
            match named.mark(row.path) {
                Some(file) => findings.extend(differences(bundle, file, &row)),
                None => findings.push(Finding::new(
                    &E503,
                    row.path,
                    "expected the file that a row of manifest.csv describes, found no such file",
                )),
            }
        }
        Ok(())
    };
    if let Err(error) = read() {
        problems.push(Finding::new(&E502, PATH, format!("expected to read the sheet, found: {error}")));
    }
    let lacking = "expected a row in manifest.csv, found none";
    findings.extend(named.unnamed().map(|path| Finding::new(&E503, path, lacking)));
    problems.move_into(&mut findings);
    findings
}

/// Where a row and its file say different things; a file that could not be read says nothing.
fn differences(bundle: &Bundle<'_>, file: usize, row: &Row<'_>) -> Vec<Finding> {
    let Some(size) = bundle.sums.size(file) else {
        return Vec::new();
    };
    let mut differences = Vec::new();
    if row.size_octets != Some(size) {
        let stated = row.size_octets.map_or_else(|| "none".to_owned(), |size| size.to_string());
        differences.push(format!("expected size_bytes {stated}, as manifest.csv says, found {size}"));
    }
    for (algorithm, stated) in [(Algorithm::Sha256, row.sha256), (Algorithm::Sha512, row.sha512)] {
        let Some(digest) = bundle.sums.digest(file, algorithm) else {
            continue;
        };
        let mut room = [0; 128];
        let made = hex_of(digest.octets(), &mut room);
        if stated != Some(made) {
            let stated = stated.unwrap_or("none");
            differences.push(format!("expected {algorithm} {stated}, as manifest.csv says, found {made}"));
        }
    }
    let entry = bundle.entry(file);
    let kept = DosTime::from_utc(row.modified).to_utc();
    if bundle.container.layout() == Layout::Canonical && entry.modified != kept {
        let [expected, found] =
            [kept, entry.modified].map(|at| at.map_or("none".into(), |at| at.to_rfc3339()));
        differences.push(format!("expected an entry of {expected}, as manifest.csv says, found {found}"));
    }
    differences.into_iter().map(|message| Finding::new(&E504, row.path, message)).collect()
}
