//! Who vouches for a bag, since when, and whether there is a reason to believe it.
//!
//! Two things are kept apart here. Whether a signature or timestamp is right by its octets is a matter of the bag:
//! what is not right is a finding. Whether its key is believed is a matter of whoever checks, and is told beside
//! the findings; only [`Believed`] leads to it, never anything that lies in the bag.

mod acts;
mod foreign;
mod places;
mod sealed;

use crate::finding::{E521, E522, W523};
use bagit::Finding;
use bagit::container::{Container, find};
use provenance::Timestamp;
use provenance::seal::certificate::{Anchors, Moment};
use provenance::seal::ots::Headers;
use provenance::seal::ssh::{AllowedSigners, Revoked};
use provenance::seal::vouch::{Broken, Trust, Vouching};
use std::io::Read;

pub(crate) use foreign::judge as judge_foreign;
pub use places::{Kind, Place, places, timestamp_path};
pub(crate) use sealed::judge;

/// Octets of the longest signature, timestamp or proof that is read.
pub const LONGEST: u64 = 1 << 20;

/// Whom and what the person who checks believes. By default nobody and nothing.
#[derive(Clone, Debug, Default)]
pub struct Believed {
    /// Keys of OpenSSH, and whose they are.
    pub signers: Option<AllowedSigners>,
    /// Keys of OpenSSH that are not believed any more.
    pub revoked: Option<Revoked>,
    /// Authorities for CMS, and what they revoked.
    pub authorities: Anchors,
    /// The same for timestamps.
    pub timestamping: Anchors,
    /// Headers of Bitcoin's blocks.
    pub headers: Headers,
    /// The clock of whoever checks: at what time a key has to be valid where no timestamp proves one.
    pub now: Option<Timestamp>,
}

impl Believed {
    /// The moment that counts for a certificate: what is proven, else the clock.
    fn moment(&self, proven: Option<&Proven>) -> Moment {
        match (proven, self.now) {
            (Some(proven), _) => Moment::Proven(proven.at),
            (None, Some(now)) => Moment::Told(now),
            // Nobody is believed either, so that no time makes a difference.
            (None, None) => Moment::Told(Timestamp::default()),
        }
    }
}

/// When something existed at the latest, by the word of somebody who is believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// The latest time, with what the witness may be off.
    pub at: Timestamp,
    /// Who says so.
    pub by: String,
}

/// A signature or timestamp that is right by its octets, and what it is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voucher {
    /// Where it lies below the base directory.
    pub path: String,
    /// The path of the file that it is over.
    pub over: String,
    /// Whether it is a signature or a timestamp.
    pub kind: Kind,
    /// By which key, and whether that is believed.
    pub vouching: Vouching,
    /// Of a signature: since when it exists, where that is proven.
    pub proven: Option<Proven>,
}

impl Voucher {
    /// Whether it is a signature by somebody who is believed.
    #[must_use]
    pub fn is_by_somebody_known(&self) -> bool {
        self.kind == Kind::Signature && matches!(self.vouching.trust, Trust::Known { .. })
    }
}

/// All that vouches for a bag.
#[derive(Clone, Debug, Default)]
pub struct Vouched {
    /// Signatures first, then timestamps; each sorted by path.
    pub vouchers: Vec<Voucher>,
    /// Whether somebody who is believed has signed all of it, and nothing is wrong with it.
    pub is_complete: bool,
}

/// What came of looking.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    pub(crate) vouchers: Vec<Voucher>,
    pub(crate) findings: Vec<Finding>,
}

impl Judged {
    /// Somebody who is believed signed what stands for the whole.
    pub(crate) fn has_known_signer_of(&self, whole: &str) -> bool {
        self.vouchers.iter().any(|voucher| voucher.over == whole && voucher.is_by_somebody_known())
    }

    fn broken(&mut self, path: &str, broken: Broken) {
        let finding = match broken {
            Broken::Mismatch(why) => Finding::new(&E521, path, why),
            Broken::Unreadable(why) => Finding::new(&E522, path, why),
            Broken::Unsupported(why) => Finding::new(&W523, path, format!("cannot be judged here: {why}")),
        };
        self.findings.push(finding);
    }
}

/// Octets of a file of the bag; `None` if it is not there, cannot be read, or is longer than `most`.
fn octets_of(container: &dyn Container, path: &str, most: u64) -> Option<Vec<u8>> {
    let stream = container.open(find(container.entries(), path)?, &|_, _| {})?;
    let mut octets = Vec::new();
    stream.take(most + 1).read_to_end(&mut octets).ok()?;
    (octets.len() as u64 <= most).then_some(octets)
}
