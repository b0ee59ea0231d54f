//! Which files the lines mean that name none exactly, now that all manifests are read.
//!
//! Another reading of a name is tolerated where nothing else can be meant (RFC 8493 §6.1.1). Where a
//! line names the file exactly, or two names claim it, a file is missing, and must not be found again
//! in its neighbour.

use super::Bag;
use super::manifest::{Doubtful, Manifest, Missing};
use super::resolve::How;
use crate::Report;
use crate::finding::{Finding, W306, W309};
use fixity::PayloadPath;
use std::collections::BTreeMap;

/// Takes every doubtful line for the file that it must mean, or for missing.
pub(super) fn settle(bag: &Bag<'_>, manifests: &mut [Manifest], report: &mut Report) {
    if manifests.iter().all(|manifest| manifest.doubtful.is_empty()) {
        return;
    }
    let sole = [true, false].map(|is_payload| sole_claims(manifests, is_payload));
    for manifest in manifests {
        let sole = &sole[usize::from(!manifest.is_payload)];
        for (file, doubtful) in std::mem::take(&mut manifest.doubtful) {
            if sole.get(&file) == Some(&Some(doubtful.path.clone())) {
                manifest.expect(file, &doubtful.digest);
                report.findings.push(remark(bag, manifest, file, &doubtful));
            } else {
                manifest.missing.push(Missing::new(doubtful.path, &doubtful.digest));
            }
        }
    }
}

/// The one name by which manifests of a kind claim each doubtful file; `None` where there are several,
/// its own among them.
fn sole_claims(manifests: &[Manifest], is_payload: bool) -> BTreeMap<usize, Option<PayloadPath>> {
    let of_kind = || manifests.iter().filter(move |manifest| manifest.is_payload == is_payload);
    let mut claims: BTreeMap<usize, Option<PayloadPath>> = BTreeMap::new();
    for (&file, doubtful) in of_kind().flat_map(|manifest| &manifest.doubtful) {
        let claim = claims.entry(file).or_insert_with(|| Some(doubtful.path.clone()));
        if claim.as_ref() != Some(&doubtful.path) || of_kind().any(|manifest| manifest.lists(file)) {
            *claim = None;
        }
    }
    claims
}

fn remark(bag: &Bag<'_>, manifest: &Manifest, file: usize, doubtful: &Doubtful) -> Finding {
    let Doubtful { path, how, line, .. } = doubtful;
    let there = &bag.entry(file).path;
    let (code, message) = match how {
        How::ByNormalization => {
            (&W309, format!("expected the name as the file has it, found another Unicode form: `{path}`"))
        }
        How::ByOtherPercent | How::Exactly => {
            (&W306, format!("expected `%` encoded as this version asks, found a line that means `{there}`"))
        }
    };
    Finding::new(code, manifest.name.as_str(), format!("line {line}: {message}"))
}
