//! Who vouches for a bag, as it is told.

use export::vouching::{Kind, Voucher};
use provenance::Timestamp;
use provenance::seal::vouch::{Scheme, Trust};
use serde::{Deserialize, Serialize};

/// A signature or timestamp that is right by its octets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct VoucherRow {
    pub(crate) path: String,
    /// What it is over.
    pub(crate) over: String,
    /// `signature` or `timestamp`.
    pub(crate) kind: String,
    pub(crate) scheme: String,
    /// The key, as people compare it.
    pub(crate) key: String,
    /// What the file says of itself; no reason to believe anything.
    pub(crate) claims: Option<String>,
    /// `known`, `unknown`, `revoked` or `out of time`.
    pub(crate) trust: String,
    /// Whose key it is, by what was handed over.
    pub(crate) who: Option<String>,
    /// When the key was valid, where it is out of time.
    pub(crate) valid: Option<String>,
    /// The time in it.
    pub(crate) at: Option<String>,
    /// Whether that is more than claimed.
    pub(crate) at_is_proven: bool,
    /// Of a signature: it existed at this time, by a timestamp that is believed.
    pub(crate) since: Option<String>,
    /// Who says so.
    pub(crate) since_by: Option<String>,
}

impl VoucherRow {
    pub(crate) fn is_known_signature(&self) -> bool {
        self.kind == SIGNATURE && self.trust == KNOWN
    }

    pub(crate) fn is_signature(&self) -> bool {
        self.kind == SIGNATURE
    }
}

pub(crate) const SIGNATURE: &str = "signature";
pub(crate) const KNOWN: &str = "known";
pub(crate) const REVOKED: &str = "revoked";
pub(crate) const OUT_OF_TIME: &str = "out of time";

impl From<&Voucher> for VoucherRow {
    fn from(voucher: &Voucher) -> Self {
        let vouching = &voucher.vouching;
        let (trust, who, valid) = match &vouching.trust {
            Trust::Known { who } => (KNOWN, Some(who.clone()), None),
            Trust::Unknown => ("unknown", None, None),
            Trust::Revoked => (REVOKED, None, None),
            Trust::OutOfTime(when) => (OUT_OF_TIME, None, Some(when.clone())),
        };
        Self {
            path: voucher.path.clone(),
            over: voucher.over.clone(),
            kind: kind_word(voucher.kind).to_owned(),
            scheme: scheme_word(vouching.scheme).to_owned(),
            key: vouching.key.clone(),
            claims: vouching.claims.clone(),
            trust: trust.to_owned(),
            who,
            valid,
            at: vouching.at.map(text_of),
            at_is_proven: voucher.kind == Kind::Timestamp && trust == KNOWN && vouching.at.is_some(),
            since: voucher.proven.as_ref().map(|proven| text_of(proven.at)),
            since_by: voucher.proven.as_ref().map(|proven| proven.by.clone()),
        }
    }
}

pub(crate) fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Signature => SIGNATURE,
        Kind::Timestamp => "timestamp",
    }
}

pub(crate) fn scheme_word(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::OpenSsh => "openssh",
        Scheme::Cms => "cms",
        Scheme::TimeStamp => "rfc3161",
        Scheme::OpenTimestamps => "opentimestamps",
    }
}

fn text_of(at: Timestamp) -> String {
    let mut text = String::new();
    at.write_to(&mut text);
    text
}
