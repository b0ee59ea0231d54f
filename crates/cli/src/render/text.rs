//! Answers for people.

mod arrived;
mod inspected;
mod many;
mod one;
mod packed;
mod planned;
mod sealed;
mod sensitive;
mod vouched;

pub(crate) use arrived::{arrived, damaged, disagreeing};
pub(crate) use inspected::inspected;
pub(crate) use many::ManyBags;
pub(crate) use one::OneBag;
pub(crate) use packed::{described, packed, sensitive};
pub(crate) use planned::{planned, revised};
pub(crate) use sealed::sealed;
pub(crate) use sensitive::sensitive_report;

use crate::Context;
use crate::answer::{Count, FindingRow};
use bagit::Severity;
use fixity::Algorithm;
use indicatif::HumanBytes;

/// Names listed before the rest is only counted; the JSON has them all.
const MOST_LISTED: usize = 200;

/// Where the findings are that a person is not shown.
const ALL_FINDINGS: &str = "`fonds verify --findings FILE.csv` or --format json lists them all";

fn names(algorithms: &[Algorithm]) -> String {
    algorithms.iter().map(|algorithm| algorithm.name()).collect::<Vec<_>>().join(", ")
}

fn files(count: Count) -> String {
    let plural = if count.files == 1 { "" } else { "s" };
    format!("{} file{plural}, {}", count.files, HumanBytes(count.octets))
}

/// Remarks a list, of which a person reads no more than so much.
pub(crate) fn list<'a>(lines: impl ExactSizeIterator<Item = &'a str>, context: &mut Context<'_>) {
    let more = lines.len().saturating_sub(MOST_LISTED);
    for line in lines.take(MOST_LISTED) {
        context.remark(format_args!("  {line}"));
    }
    if more > 0 {
        context.remark(format_args!("  … and {more} more; --format json lists them all"));
    }
}

/// A finding on a line.
fn finding_line(row: &FindingRow<'_>) -> String {
    let FindingRow { code, severity, path, message, .. } = row;
    let place = if path.is_empty() { "the bag" } else { path };
    format!("  {code} {severity} {place}: {message}")
}

/// What to do about a finding, for those that make a bag unsound.
fn hint_line(row: &FindingRow<'_>) -> Option<String> {
    (row.severity != Severity::Warning.word()).then(|| format!("       {} ({})", row.hint, row.clause))
}
