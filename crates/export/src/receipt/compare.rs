//! A receipt held against a bundle.

use crate::examine::Examined;
use crate::finding::{E540, W541, W542};
use bagit::Finding;
use bagit::container::{Container, find};
use provenance::EventType;
use provenance::receipt::Stated;
use provenance::seal::root::MOST_OCTETS;
use provenance::seal::{self, Root};
use std::fmt::Write as _;
use std::io::Read;

/// What comparing came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// All files lead to the root of the receipt.
    Same,
    /// A disclosure, all of whose documents are proved to be of the bundle that the receipt speaks of.
    SamePart,
    /// The bundle of that name has another root, or its files do not lead to the root of the receipt.
    AlteredSince,
    /// A bundle of another name: nothing can be said of it by this receipt.
    AnotherBundle,
    /// The root is that of the receipt, and some files could not be checked; other findings say which.
    NotCompared,
}

impl Comparison {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Same, Self::SamePart, Self::AlteredSince, Self::AnotherBundle, Self::NotCompared];

    /// The word for machines, which never changes.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::SamePart => "same-part",
            Self::AlteredSince => "altered-since",
            Self::AnotherBundle => "another-bundle",
            Self::NotCompared => "not-compared",
        }
    }
}

/// Holds a receipt against a bundle that was examined, and adds to its findings what does not agree.
pub fn compare(examined: &mut Examined, container: &dyn Container, stated: &Stated) -> Comparison {
    let here = root_here(container);
    let is_root_same = here.as_deref() == Some(stated.root.text().as_bytes());
    let (comparison, finding) = if is_root_same {
        of_the_same_root(examined, container, stated)
    } else {
        let here = here.and_then(|text| Root::parse(&text).ok());
        of_another_root(examined, here.as_ref(), stated)
    };
    examined.report.findings.extend(finding);
    examined.report.findings.sort();
    comparison
}

fn of_the_same_root(
    examined: &Examined,
    container: &dyn Container,
    stated: &Stated,
) -> (Comparison, Option<Finding>) {
    if examined.root.as_ref() == Some(&stated.root) {
        let is_part = super::count(container, seal::DISCLOSURE) > 0;
        // A disclosure has those over the root that whoever made it handed on.
        return if is_part {
            (Comparison::SamePart, None)
        } else {
            (Comparison::Same, lost(container, stated))
        };
    }
    let report = &examined.report;
    if report.verdict().is_sound() {
        // A seal that nobody asked for, since the bag no longer says that it is a bundle, is no proof.
        let message = format!(
            "expected files that lead to the root of the receipt of {}, found that they do not, or that bag-info.txt no longer tells of a seal",
            stated.made
        );
        return (Comparison::AlteredSince, Some(Finding::new(&E540, seal::ROOT, message)));
    }
    (Comparison::NotCompared, None)
}

/// Signatures and timestamps are not of the root: whoever took some away changed nothing that is sealed.
fn lost(container: &dyn Container, stated: &Stated) -> Option<Finding> {
    let (signatures, timestamps) = stated.vouchers?;
    let here = [seal::SIGNATURES, seal::TIMESTAMPS].map(|folder| super::count(container, folder));
    (here[0] < signatures || here[1] < timestamps).then(|| {
        let message = format!(
            "expected {signatures} signatures and {timestamps} timestamps, as the receipt of {} counts, found {} and {}",
            stated.made, here[0], here[1]
        );
        Finding::new(&W542, seal::ROOT, message)
    })
}

fn of_another_root(
    examined: &Examined,
    here: Option<&Root>,
    stated: &Stated,
) -> (Comparison, Option<Finding>) {
    let named = examined.report.info_value("External-Identifier");
    let names = [here.map(|root| root.bundle.as_str()), named];
    let (name, made) = (&stated.root.bundle, stated.made);
    if !names.contains(&Some(name)) {
        let found = names.into_iter().flatten().next().unwrap_or("no name");
        let message =
            format!("expected the bundle `{name}`, of which the receipt of {made} speaks, found `{found}`");
        return (Comparison::AnotherBundle, Some(Finding::new(&W541, seal::ROOT, message)));
    }
    let mut room = [0; 64];
    let expected = stated.root.fingerprint();
    let mut message = match here {
        Some(root) => format!(
            "expected the root {}… (fingerprint {expected}), as the receipt of {made} says, found {}… ({})",
            start(&stated.root, &mut room),
            start(root, &mut [0; 64]),
            root.fingerprint()
        ),
        None => format!(
            "expected the root with the fingerprint {expected}, as the receipt of {made} says, found none"
        ),
    };
    if let Some(then) = stated.payload {
        let now = examined.report.payload;
        if then == now {
            message.push_str("; documents are as many as then and as large together");
        } else {
            let _ = write!(
                message,
                "; the receipt counts {} documents with {} octets, here are {} with {}",
                then.streams, then.octets, now.streams, now.octets
            );
        }
    }
    message.push_str(revised(examined));
    (Comparison::AlteredSince, Some(Finding::new(&E540, seal::ROOT, message)))
}

/// Whether the bundle says that it is a revision: its ledger has a second creation. That is its own word.
fn revised(examined: &Examined) -> &'static str {
    let count = |kind| examined.events.as_ref().map_or(0, |events| events.count(kind));
    if count(EventType::InformationPackageCreation) > 1 {
        "; its events.csv says that it is a later revision: hold the receipt against the bundle from which that was made"
    } else {
        ""
    }
}

/// The first digits of a root: enough to tell two from one another.
fn start<'a>(root: &Root, room: &'a mut [u8]) -> &'a str {
    let digits = fixity::hex_of(&root.hash, room);
    digits.get(..16).unwrap_or(digits)
}

/// The octets of `seal/root.txt`; `None` if it is not there or cannot be read.
fn root_here(container: &dyn Container) -> Option<Vec<u8>> {
    let stream = container.open(find(container.entries(), seal::ROOT)?, &|_, _| {})?;
    let mut text = Vec::new();
    // One octet more than any root has shows that there is more.
    stream.take(MOST_OCTETS as u64 + 1).read_to_end(&mut text).ok()?;
    Some(text)
}
