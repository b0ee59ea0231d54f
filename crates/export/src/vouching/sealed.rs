//! What vouches for a bundle of ours: the files of `seal/signatures/` and `seal/timestamps/`.

use super::places::{Kind, Place, places};
use super::{Believed, Judged, LONGEST, Proven, Voucher, acts, octets_of};
use crate::finding::{W523, W527};
use bagit::Finding;
use bagit::container::Container;
use chrono::{DateTime, TimeDelta, Utc};
use provenance::ledger::Before;
use provenance::seal::root::MOST_OCTETS;
use provenance::seal::ssh::Signature;
use provenance::seal::vouch::{Broken, Scheme, Trust, Vouching};
use provenance::seal::{self, cms, ots, timestamp};
use provenance::{LedgerSummary, Timestamp};
use std::collections::BTreeMap;

/// Signatures and timestamps that are looked at; nobody has so many.
const MOST_FILES: usize = 256;
/// How far the time of a block of Bitcoin may be off.
const OFF_OF_A_BLOCK: TimeDelta = TimeDelta::hours(2);

/// Judges all that vouches for the root, and holds it against what `seal/events.csv` says of it. `events` is what
/// `metadata/events.csv` came to.
pub(crate) fn judge(
    container: &dyn Container,
    events: Option<&LedgerSummary>,
    believed: &Believed,
) -> Judged {
    let (mut places, others) = places(container);
    let mut judged = Judged::default();
    for path in others {
        let message = "expected NAME.sig or NAME.p7s, or in the folder of timestamps STEM.tsr or STEM.ots, found another name";
        judged.findings.push(Finding::new(&W527, path, message));
    }
    for place in places.drain(MOST_FILES.min(places.len())..) {
        let message = format!(
            "expected at most {MOST_FILES} signatures and timestamps, found more; it was not checked"
        );
        judged.findings.push(Finding::new(&W523, place.path, message));
    }
    let is_disclosure = container.entries().iter().any(|it| it.path.as_str().starts_with(seal::DISCLOSURE));
    let before = match events {
        // A disclosure has a ledger of its own, and no more that of the whole.
        Some(events) if !is_disclosure => Before::Row(events.last_row),
        _ => Before::Untold,
    };
    acts::check(container, &places, before, &mut judged);
    let mut seal = Seal { container, believed, proven: BTreeMap::new() };
    let mut timestamps = Vec::new();
    for place in places.iter().filter(|place| place.kind == Kind::Timestamp) {
        for answer in seal.timestamp(place, &mut judged) {
            timestamps.extend(seal.told(place, answer, &mut judged));
        }
    }
    for place in places.iter().filter(|place| place.kind == Kind::Signature) {
        for answer in seal.signature(place) {
            let told = seal.told(place, answer, &mut judged);
            judged.vouchers.extend(told);
        }
    }
    judged.vouchers.extend(timestamps);
    judged
}

struct Seal<'a> {
    container: &'a dyn Container,
    believed: &'a Believed,
    /// Since when files exist, by their path.
    proven: BTreeMap<String, Proven>,
}

impl Seal<'_> {
    fn told(&self, place: &Place, answer: Result<Vouching, Broken>, judged: &mut Judged) -> Option<Voucher> {
        match answer {
            Ok(vouching) => {
                let is_signature = place.kind == Kind::Signature;
                Some(Voucher {
                    path: place.path.clone(),
                    over: place.over.clone().unwrap_or_default(),
                    kind: place.kind,
                    vouching,
                    proven: self.proven.get(&place.path).filter(|_| is_signature).cloned(),
                })
            }
            Err(broken) => {
                judged.broken(&place.path, broken);
                None
            }
        }
    }

    /// The octets of a file that vouches, and of what it is over.
    fn octets(&self, place: &Place) -> Result<(Vec<u8>, Vec<u8>), Broken> {
        let octets = octets_of(self.container, &place.path, LONGEST).ok_or_else(|| {
            Broken::Unreadable(format!("expected at most {LONGEST} octets that can be read"))
        })?;
        let most = if place.kind == Kind::Signature { MOST_OCTETS as u64 } else { LONGEST };
        let over = place.over.as_deref();
        let content = over.and_then(|over| octets_of(self.container, over, most)).ok_or_else(|| {
            let what = over.unwrap_or("the file that its name tells");
            Broken::Mismatch(format!("expected `{what}`, which it is over, found no such file"))
        })?;
        Ok((octets, content))
    }

    fn timestamp(&mut self, place: &Place, judged: &mut Judged) -> Vec<Result<Vouching, Broken>> {
        let (octets, content) = match self.octets(place) {
            Ok(both) => both,
            Err(broken) => return vec![Err(broken)],
        };
        if place.scheme == Scheme::OpenTimestamps {
            let answers = ots::verify(&octets, &content, &self.believed.headers);
            for vouching in answers.iter().flatten() {
                self.prove(place, vouching, OFF_OF_A_BLOCK);
            }
            return answers;
        }
        let anchors = &self.believed.timestamping;
        match timestamp::verify(&octets, &content, None, anchors) {
            Ok(stamped) => {
                let off = i64::try_from(stamped.accuracy.unwrap_or(0))
                    .map_or(TimeDelta::MAX, TimeDelta::microseconds);
                self.prove(place, &stamped.vouching, off);
                vec![Ok(stamped.vouching)]
            }
            Err(broken) => {
                judged.broken(&place.path, broken);
                Vec::new()
            }
        }
    }

    /// Keeps the earliest time at which somebody who is believed saw a file.
    fn prove(&mut self, place: &Place, vouching: &Vouching, off: TimeDelta) {
        let (Some(over), Some(at), Trust::Known { who }) = (&place.over, vouching.at, &vouching.trust) else {
            return;
        };
        let latest = DateTime::<Utc>::from(at).checked_add_signed(off);
        let Some(at) = latest.and_then(|latest| Timestamp::try_from(latest).ok()) else { return };
        let is_earlier = self.proven.get(over).is_none_or(|known| at < known.at);
        if is_earlier {
            self.proven.insert(over.clone(), Proven { at, by: who.clone() });
        }
    }

    fn signature(&self, place: &Place) -> Vec<Result<Vouching, Broken>> {
        let (octets, root) = match self.octets(place) {
            Ok(both) => both,
            Err(broken) => return vec![Err(broken)],
        };
        let proven = self.proven.get(&place.path);
        if place.scheme == Scheme::Cms {
            return cms::verify(&octets, &root, &self.believed.authorities, self.believed.moment(proven));
        }
        vec![Signature::read(&root, &octets).map(|signature| self.openssh(&signature, proven))]
    }

    /// What a signature of OpenSSH is worth. Only a proven time shows that it is older than a revocation; the clock
    /// of whoever checks says no more than whether the key is valid today.
    fn openssh(&self, signature: &Signature, proven: Option<&Proven>) -> Vouching {
        let Believed { signers, revoked, now, .. } = self.believed;
        let at = proven.map(|proven| proven.at);
        let judged = signature.judge(signers.as_ref(), revoked.as_ref(), at);
        match judged.trust {
            Trust::Revoked => judged,
            _ => signature.judge(signers.as_ref(), None, at.or(*now)),
        }
    }
}
