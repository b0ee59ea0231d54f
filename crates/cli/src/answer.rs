//! One record of an answer about a bag: whatever is said of it, to people, to machines or from one
//! process to another, is said from this.

mod part;
mod protection;
mod vouchers;
mod word;

pub(crate) use part::{Act, Part};
pub(crate) use protection::unprotected;
pub(crate) use vouchers::{KNOWN, OUT_OF_TIME, REVOKED, VoucherRow, kind_word, scheme_word};

use crate::Status;
use crate::spelling::shown;
use bagit::container::Container;
use bagit::{Finding, Findings, Severity, Verdict};
use export::examine::Examined;
use protection::{has_seal, has_signature, has_tag_manifest};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::path::Path;

/// All that is said of a bag but its lists: the findings and the unprotected tag files follow one by
/// one, for there may be very many.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub(crate) path: String,
    #[serde(with = "word")]
    pub(crate) verdict: Option<Verdict>,
    pub(crate) status: u8,
    /// Why it was not examined.
    pub(crate) error: Option<String>,
    /// What to do about that.
    pub(crate) hint: Option<String>,
    pub(crate) bagit_version: Option<String>,
    pub(crate) fonds_format: Option<String>,
    /// The profile that the bag says it keeps.
    pub(crate) profile: Option<String>,
    /// The profile that it was held against.
    pub(crate) held_against: Option<String>,
    pub(crate) payload: Count,
    pub(crate) tag_files: u64,
    /// Octets that went past the digests.
    pub(crate) octets_read: u64,
    pub(crate) algorithms: Vec<String>,
    pub(crate) events: Option<u64>,
    /// SHA-256 of the last row of `events.csv`.
    pub(crate) last_event: Option<String>,
    pub(crate) has_tag_manifest: bool,
    pub(crate) has_seal: bool,
    /// Whether anything is there that might vouch for it: a signature or timestamp.
    pub(crate) has_signature: bool,
    /// The root of the seal in hexadecimal, where all files lead to it.
    pub(crate) root: Option<String>,
    /// The fingerprint of that root.
    pub(crate) fingerprint: Option<String>,
    /// What comparing with each receipt came to.
    pub(crate) receipts: Vec<ReceiptRow>,
    /// What it holds of a sealed whole, where it is a disclosure.
    pub(crate) disclosure: Option<Part>,
    /// Signatures and timestamps that are right by their octets, and what each is worth.
    pub(crate) vouchers: Vec<VoucherRow>,
    pub(crate) counts: Counts,
    /// How many findings of each code there are, in the order of the findings' severity.
    pub(crate) codes: Vec<CodeCount>,
}

/// A receipt that a bundle was held against.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ReceiptRow {
    pub(crate) path: String,
    /// As [`export::receipt::Comparison::word`] has it.
    pub(crate) comparison: String,
    /// When the receipt says that it was made.
    pub(crate) made: String,
    /// The name of the bundle that it speaks of.
    pub(crate) bundle: String,
    pub(crate) fingerprint: String,
}

/// Files, and octets in them.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Count {
    pub(crate) files: u64,
    pub(crate) octets: u64,
}

impl From<fixity::Oxum> for Count {
    fn from(oxum: fixity::Oxum) -> Self {
        Self { files: oxum.streams, octets: oxum.octets }
    }
}

/// How many findings there are of each severity, and files that no manifest protects.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Counts {
    pub(crate) errors: u64,
    pub(crate) unchecked: u64,
    pub(crate) warnings: u64,
    /// Findings that are counted above and not listed, since there are too many.
    pub(crate) not_listed: u64,
    pub(crate) unprotected: u64,
}

impl Counts {
    pub(crate) fn findings(&self) -> u64 {
        self.errors + self.unchecked + self.warnings
    }
}

/// How often a code was found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct CodeCount {
    pub(crate) code: String,
    pub(crate) severity: String,
    pub(crate) count: u64,
    pub(crate) clause: String,
    pub(crate) hint: String,
}

/// One finding as it is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct FindingRow<'a> {
    #[serde(borrow)]
    pub(crate) code: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) severity: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) path: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) clause: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) message: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) hint: Cow<'a, str>,
}

impl<'a> From<&'a Finding> for FindingRow<'a> {
    fn from(finding: &'a Finding) -> Self {
        let code = finding.code;
        Self {
            code: code.id.into(),
            severity: code.severity().word().into(),
            path: Cow::Borrowed(&finding.path),
            clause: code.clause.into(),
            message: Cow::Borrowed(&finding.message),
            hint: code.hint.into(),
        }
    }
}

impl Answer {
    /// What an examination came to.
    pub(crate) fn examined(
        path: &Path,
        container: &dyn Container,
        examined: &Examined,
        octets_read: u64,
    ) -> Self {
        let report = &examined.report;
        let verdict = examined.verdict();
        let (mut counts, codes) = counted(&report.findings);
        counts.unprotected = unprotected(container, examined).count() as u64;
        Self {
            path: shown(path),
            verdict: Some(verdict),
            status: Status::from(verdict) as u8,
            error: None,
            hint: None,
            bagit_version: report.version.clone(),
            fonds_format: examined.format.clone(),
            profile: report.info_value("BagIt-Profile-Identifier").map(str::to_owned),
            held_against: examined.profile.clone(),
            payload: report.payload.into(),
            tag_files: report.tag_files,
            octets_read,
            algorithms: report.algorithms.iter().map(|algorithm| algorithm.name().to_owned()).collect(),
            events: examined.events.as_ref().map(|events| events.rows),
            last_event: examined.events.as_ref().map(|events| events.last_row.as_str().to_owned()),
            has_tag_manifest: has_tag_manifest(container),
            has_seal: has_seal(container),
            has_signature: has_signature(container),
            root: examined.root.as_ref().map(|root| crate::spelling::hex(&root.hash)),
            fingerprint: examined.root.as_ref().map(|root| root.fingerprint().to_string()),
            receipts: Vec::new(),
            disclosure: Part::of(examined),
            vouchers: examined.vouched.vouchers.iter().map(Into::into).collect(),
            counts,
            codes,
        }
    }

    /// That there was no examination, and why.
    pub(crate) fn not_examined(path: &Path, error: impl Into<String>, hint: Option<&str>) -> Self {
        Self {
            path: shown(path),
            verdict: None,
            status: Status::Failed as u8,
            error: Some(error.into()),
            hint: hint.map(str::to_owned),
            bagit_version: None,
            fonds_format: None,
            profile: None,
            held_against: None,
            payload: Count::default(),
            tag_files: 0,
            octets_read: 0,
            algorithms: Vec::new(),
            events: None,
            last_event: None,
            has_tag_manifest: false,
            has_seal: false,
            has_signature: false,
            root: None,
            fingerprint: None,
            receipts: Vec::new(),
            disclosure: None,
            vouchers: Vec::new(),
            counts: Counts::default(),
            codes: Vec::new(),
        }
    }

    /// The verdict in a word, or that there is none.
    pub(crate) fn word(&self) -> &'static str {
        self.verdict.map_or(NOT_EXAMINED, Verdict::word)
    }

    pub(crate) fn status(&self) -> Status {
        self.verdict.map_or(Status::Failed, Status::from)
    }

    /// Whether all that is wrong with it is what a profile asks for.
    pub(crate) fn breaks_only_its_profile(&self) -> bool {
        let mut errors = self.codes.iter().filter(|code| code.severity == Severity::Error.word()).peekable();
        errors.peek().is_some() && errors.all(|code| code.code.starts_with("E7"))
    }
}

/// What stands for a verdict where there is none.
pub(crate) const NOT_EXAMINED: &str = "not examined";

/// Counts findings by severity and by code.
fn counted(findings: &Findings) -> (Counts, Vec<CodeCount>) {
    let mut counts = Counts::default();
    let mut codes = Vec::new();
    for bagit::Count { code, found, kept } in findings.counts().filter(|count| count.found > 0) {
        *match code.severity() {
            Severity::Error => &mut counts.errors,
            Severity::Unchecked => &mut counts.unchecked,
            Severity::Warning => &mut counts.warnings,
        } += found;
        counts.not_listed += found - kept;
        codes.push((
            code.severity(),
            CodeCount {
                code: code.id.to_owned(),
                severity: code.severity().word().to_owned(),
                count: found,
                clause: code.clause.to_owned(),
                hint: code.hint.to_owned(),
            },
        ));
    }
    // Within a severity they stay in the order of codes.
    codes.sort_by_key(|(severity, _)| *severity);
    (counts, codes.into_iter().map(|(_, code)| code).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_a_profile_alone_are_told_apart_from_damage() {
        let with = |codes: &[(&str, &str)]| {
            let mut answer = Answer::not_examined(Path::new("bag"), "", None);
            answer.codes = codes
                .iter()
                .map(|&(code, severity)| CodeCount {
                    code: code.to_owned(),
                    severity: severity.to_owned(),
                    count: 1,
                    clause: String::new(),
                    hint: String::new(),
                })
                .collect();
            answer.breaks_only_its_profile()
        };
        assert!(with(&[("E701", "error"), ("E799", "error"), ("W406", "warning")]));
        assert!(!with(&[("E701", "error"), ("E401", "error")]));
        assert!(!with(&[("W701", "unchecked")]));
        assert!(!with(&[]));
    }

    #[test]
    fn what_was_said_is_read_back_the_same() {
        let path = Path::new("b\u{202E}a\x1b\"g");
        let answer = Answer::not_examined(path, "no\nreason", Some("none"));
        for verdict in Verdict::ALL.into_iter().map(Some).chain([None]) {
            let text = crate::render::json::line(&Answer { verdict, ..answer.clone() });
            assert!(provenance::name::is_harmless(&text));
            let read: Answer = serde_json::from_str(&text).unwrap();
            assert_eq!((read.verdict, read.path.as_str()), (verdict, path.to_str().unwrap()));
        }
    }
}
