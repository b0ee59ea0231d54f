//! Is this bundle sound? Whatever any bag must be, and what fonds promises besides.

mod bounded;
mod disclosure;
mod ledger;
mod mentions;
mod progress;
mod seal;
mod sheet;
mod statements;

use crate::Result;
use crate::finding::{E505, E506, E510, W507};
use crate::format::FORMAT_VERSION;
use crate::vouching::{Believed, Vouched, judge, judge_foreign};
use bagit::container::{Container, Entry, Layout, Stream, find, open_stated};
use bagit::finding::{E102, W406, W409};
use bagit::profile::{Facts, Profile};
use bagit::validate::{Examination, validate_by};
use bagit::{Finding, Report, Verdict};
pub use disclosure::Disclosed;
use fixity::{Algorithm, Observer, SumTable};
use provenance::seal::{DISCLOSURE, FOLDER, ROOT, Record, Root, Seed, is_of_the_seal};

/// What an examination came to.
#[derive(Debug)]
pub struct Examined {
    /// All findings, and what was examined.
    pub report: Report,
    /// The version of fonds' format that the bag claims to keep, if it is a bundle of fonds.
    pub format: Option<String>,
    /// Events recorded in it, where it has a ledger.
    pub events: Option<provenance::LedgerSummary>,
    /// The root of its seal, where all of its files lead to it.
    pub root: Option<Root>,
    /// What it holds of a sealed whole, if it is a disclosure and proved; then `root` is that of the whole.
    pub disclosed: Option<Disclosed>,
    /// Identifier of the profile that the bag was held against, if it was.
    pub profile: Option<String>,
    /// Who vouches for it.
    pub vouched: Vouched,
}

impl Examined {
    /// What it all comes to: what the findings ask for, or [`Verdict::Verified`] where somebody who is believed
    /// has signed all of it. What a profile recommends takes nothing from that.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.report.verdict() {
            Verdict::Consistent if self.vouched.is_complete => Verdict::Verified,
            verdict => verdict,
        }
    }

    /// Adds what the bag does not keep of a profile.
    pub fn hold_against(&mut self, profile: &Profile, container: &dyn Container) {
        let findings = profile.check(&Facts::gather(profile, container, &self.report));
        self.report.findings.extend(findings);
        self.report.findings.sort();
        self.profile = Some(profile.info().identifier.clone());
    }
}

/// Examines any bag, ours or not, reading every octet once. Writes nothing.
///
/// # Errors
/// Only if the observer asked to stop.
pub fn examine(container: &dyn Container, threads: usize, observer: &dyn Observer) -> Result<Examined> {
    examine_for(container, &Believed::default(), threads, observer)
}

/// The same for somebody who believes some keys: so it is told who vouches.
///
/// # Errors
/// Only if the observer asked to stop.
pub fn examine_for(
    container: &dyn Container,
    believed: &Believed,
    threads: usize,
    observer: &dyn Observer,
) -> Result<Examined> {
    let examination = validate_by(container, asked_by_the_seal(container), threads, observer)?;
    let Examination { report, sums, files } = examination;
    Ok(as_ours(container, report, (&files, &sums), believed))
}

/// What a bag has to be summed by besides the algorithms of its manifests.
pub(crate) fn asked_by_the_seal(container: &dyn Container) -> &'static [Algorithm] {
    if find(container.entries(), ROOT).is_some() { &[Algorithm::Sha256] } else { &[] }
}

/// Adds what fonds promises of its own bundles, where the bag claims to be one.
pub(crate) fn examine_as_ours(container: &dyn Container, examination: Examination) -> Examined {
    let Examination { report, sums, files } = examination;
    as_ours(container, report, (&files, &sums), &Believed::default())
}

/// The same of what was read, which whoever asks goes on with.
pub(crate) fn as_ours(
    container: &dyn Container,
    report: Report,
    (files, sums): (&[usize], &SumTable),
    believed: &Believed,
) -> Examined {
    let format = report.info_value("Fonds-Format").map(str::to_owned);
    let mut examined = Examined {
        report,
        format,
        events: None,
        root: None,
        disclosed: None,
        profile: None,
        vouched: Vouched::default(),
    };
    let Some(format) = &examined.format else {
        vouch_for_foreign(container, &mut examined, believed);
        return examined;
    };
    let report = &mut examined.report;
    if format != FORMAT_VERSION {
        let message = format!("expected fonds format {FORMAT_VERSION}, found `{format}`");
        report.findings.push(Finding::new(&W507, "bag-info.txt", message));
        report.findings.sort();
        return examined;
    }
    if let Layout::Deviates(deviation) = container.layout() {
        let message =
            format!("expected the one layout that a bundle of fonds can have, found that {deviation}");
        report.findings.push(Finding::new(&E102, "", message));
    }
    for manifest in &report.uncanonical {
        let message = "expected the one form in which fonds writes a manifest, found another";
        report.findings.push(Finding::new(&E506, manifest.as_str(), message));
    }
    let bundle = Bundle { container, entries: container.entries(), files, sums };
    bundle.require_tag_files(report);
    if bundle.file(ROOT).is_some() {
        // The root protects what tag manifests list; signatures and timestamps protect the root.
        let is_listed_nowhere = |finding: &Finding| *finding.code == W406 || *finding.code == W409;
        report.findings.forget(|finding| is_listed_nowhere(finding) && is_of_the_seal(&finding.path));
    }
    let report = &*report;
    let unlisted = report.findings.iter().filter(|finding| *finding.code == W406);
    let unlisted = unlisted.map(|finding| &*finding.path).collect();
    let ((events, mut from_ledger), from_seal, from_sheet, from_mentions) = std::thread::scope(|scope| {
        let ledger = scope.spawn(|| ledger::check(&bundle));
        let sealed = scope.spawn(|| seal::check(&bundle, report, &unlisted));
        let sheet = sheet::check(&bundle);
        let mentions = mentions::check(&bundle);
        (ledger.join().unwrap_or_default(), sealed.join().unwrap_or_default(), sheet, mentions)
    });
    let report = &mut examined.report;
    report.findings.extend(from_seal.findings);
    from_ledger.extend(bundle.expected_seal(events.as_ref()));
    from_ledger.move_into(&mut report.findings);
    from_sheet.move_into(&mut report.findings);
    from_mentions.move_into(&mut report.findings);
    let from_vouchers = judge(container, events.as_ref(), believed);
    let is_signed_whole = from_seal.root.is_some() && from_vouchers.has_known_signer_of(ROOT);
    report.findings.extend(from_vouchers.findings);
    report.findings.sort();
    let is_complete = is_signed_whole && report.findings.found() == 0;
    examined.vouched = Vouched { vouchers: from_vouchers.vouchers, is_complete };
    examined.events = events;
    examined.root = from_seal.root;
    examined.disclosed = from_seal.disclosed;
    examined
}

/// A record of each file that the seal of a sound bundle is made over, sorted by path; `None` if one could not
/// be read.
pub(crate) fn sealed_files<'a>(
    container: &'a dyn Container,
    examined: &Examined,
    files: &'a [usize],
    sums: &'a SumTable,
) -> Option<Vec<Record<'a>>> {
    let unlisted = examined.report.findings.iter().filter(|finding| *finding.code == W406);
    let unlisted = unlisted.map(|finding| &*finding.path).collect();
    seal::sealed_files(&Bundle { container, entries: container.entries(), files, sums }, &unlisted)
}

/// The root of a bundle that has none yet; `None` if a file of it could not be read.
pub(crate) fn root_to_be(
    container: &dyn Container,
    examination: &Examination,
    seed: Option<Seed>,
) -> Option<(Root, Seed)> {
    let Examination { files, sums, report, .. } = examination;
    let bundle = Bundle { container, entries: container.entries(), files, sums };
    seal::root_to_be(&bundle, report, seed)
}

/// Who vouches for a bag that others made.
fn vouch_for_foreign(container: &dyn Container, examined: &mut Examined, believed: &Believed) {
    let Some(foreign) = judge_foreign(container, believed) else { return };
    let findings = &mut examined.report.findings;
    let is_its_own = |path: &str| foreign.own.iter().any(|own| own == path);
    findings.forget(|finding| (*finding.code == W406 || *finding.code == W409) && is_its_own(&finding.path));
    findings.extend(foreign.judged.findings);
    findings.sort();
    let is_complete = foreign.is_signed_whole && findings.found() == 0;
    examined.vouched = Vouched { vouchers: foreign.judged.vouchers, is_complete };
}

/// Tag files that every bundle has, whatever its algorithms.
const REQUIRED: [&str; 5] =
    ["bag-info.txt", "bagit.txt", "metadata/FORMAT.txt", "metadata/events.csv", "metadata/manifest.csv"];

/// What the checks look at.
struct Bundle<'a> {
    container: &'a dyn Container,
    entries: &'a [Entry],
    files: &'a [usize],
    sums: &'a SumTable,
}

impl<'a> Bundle<'a> {
    fn entry(&self, file: usize) -> &'a Entry {
        &self.entries[self.files[file]]
    }

    fn file(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|&index| self.entries[index].path.as_str().cmp(path)).ok()
    }

    /// Opens a tag file; what is in the way of that was found when it was digested.
    fn open(&self, path: &str) -> Option<Stream<'a>> {
        open_stated(self.container, self.files[self.file(path)?], &|_, _| {})
    }

    /// Numbers of the payload files, which stand together in the order of names.
    fn payload(&self) -> std::ops::Range<usize> {
        let begin = self.files.partition_point(|&index| self.entries[index].path.as_str() < "data/");
        let end = self.files.partition_point(|&index| self.entries[index].path.as_str() < "data0");
        begin..end
    }

    /// Whether there is a file below a folder, whose path ends in a slash.
    fn holds_any_below(&self, folder: &str) -> bool {
        let first = self.files.partition_point(|&index| self.entries[index].path.as_str() < folder);
        let first = self.files.get(first);
        first.is_some_and(|&index| self.entries[index].path.as_str().starts_with(folder))
    }

    /// Whether it holds a part of another.
    fn is_part(&self) -> bool {
        self.file(ROOT).is_some() && self.holds_any_below(DISCLOSURE)
    }

    /// A bundle whose ledger says that it was signed has a seal, unless somebody took it away.
    fn expected_seal(&self, events: Option<&provenance::LedgerSummary>) -> Option<Finding> {
        let signings = events?.count(provenance::EventType::DigitalSignatureGeneration);
        (signings > 0 && !self.holds_any_below(FOLDER)).then(|| {
            let message = format!("expected a seal, since events.csv records {signings} digital signature generation(s), found none");
            Finding::new(&E510, "seal", message)
        })
    }

    fn require_tag_files(&self, report: &mut Report) {
        let manifests = report.algorithms.iter().map(|algorithm| format!("tagmanifest-{algorithm}.txt"));
        for path in REQUIRED.iter().map(|&path| path.to_owned()).chain(manifests) {
            let has_finding = report.findings.iter().any(|finding| *finding.path == *path);
            if self.file(&path).is_none() && !has_finding {
                report.findings.push(Finding::new(
                    &E505,
                    path,
                    "expected this file in every bundle, found none",
                ));
            }
        }
    }
}
