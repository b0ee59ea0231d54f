//! From a signer's certificate to one that is believed, at an instant.

use super::{Anchors, Certificate, Moment, Purpose};
use crate::{
    Timestamp,
    seal::{signature, vouch::Trust},
};
use chrono::{DateTime, Utc};
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use std::time::Duration;
use webpki::{
    EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter, RevocationOptionsBuilder,
    RevocationReason, UnknownStatusPolicy, VerifiedPath,
};

/// Certificates that a chain may be sought among: all orders of them are tried. A real one has three.
const MOST_BETWEEN: usize = 6;
/// Other instants at which a chain is sought, to tell one that is past its time from one that never was.
const MOST_INSTANTS: usize = 4;

/// Issuer and serial number.
type Named = (Vec<u8>, Vec<u8>);

impl Anchors {
    /// Whether there is a reason to believe that a certificate is whose it says, at a moment.
    ///
    /// A revocation counts from its date on. It counts for all time where nothing proves that the signature is
    /// older; and for an authority's certificate, whose own timestamps cannot prove it, unless the list says that
    /// the key was not lost (RFC 3161 §4).
    pub(in crate::seal) fn judge(
        &self,
        signer: &Certificate,
        others: &[Certificate],
        moment: Moment,
        purpose: Purpose,
    ) -> Trust {
        let (Moment::Proven(at) | Moment::Told(at)) = moment;
        let known = || Trust::Known { who: signer.subject() };
        if self.certificates.iter().any(|it| it.der == signer.der) {
            return match self.counts(&[named(signer)], moment, purpose) {
                true => Trust::Revoked,
                false if !valid_at(signer, at) => Trust::OutOfTime(span(signer)),
                false => known(),
            };
        }
        match self.chain(signer, others, moment, purpose, true) {
            Ok(_) => known(),
            Err(Error::CertRevoked) => match self.chain(signer, others, moment, purpose, false) {
                Ok(path) if !self.counts(&path, moment, purpose) => known(),
                _ => Trust::Revoked,
            },
            // Made to be searched for long: that is not done again.
            Err(Error::MaximumPathBuildCallsExceeded | Error::MaximumSignatureChecksExceeded) => {
                Trust::Unknown
            }
            Err(_) if self.was_believed(signer, others, purpose) => {
                if valid_at(signer, at) {
                    Trust::OutOfTime(format!("{}; what it rests on was not valid then", span(signer)))
                } else {
                    Trust::OutOfTime(span(signer))
                }
            }
            Err(_) => Trust::Unknown,
        }
    }

    /// Whether there is a chain at some instant. Whenever there is one, there is one at the beginning of the
    /// validity of one of its certificates.
    fn was_believed(&self, signer: &Certificate, others: &[Certificate], purpose: Purpose) -> bool {
        let mut instants: Vec<_> = [signer]
            .into_iter()
            .chain(others)
            .chain(self.known())
            .map(|it| it.validity().0)
            .filter(|&at| valid_at(signer, at))
            .collect();
        instants.sort_unstable();
        instants.dedup();
        instants
            .into_iter()
            .rev()
            .take(MOST_INSTANTS)
            .any(|at| self.chain(signer, others, Moment::Told(at), purpose, false).is_ok())
    }

    /// The certificates below the one that is believed. `revocations` asks the lists whether any of these
    /// was ever revoked; whether the one that is believed was, as of that moment, is always asked.
    fn chain(
        &self,
        signer: &Certificate,
        others: &[Certificate],
        moment: Moment,
        purpose: Purpose,
        revocations: bool,
    ) -> Result<Vec<Named>, Error> {
        let (Moment::Proven(at) | Moment::Told(at)) = moment;
        let ders: Vec<(&Certificate, CertificateDer)> =
            self.above(at).map(|it| (it, CertificateDer::from_slice(&it.der))).collect();
        let believed: Vec<(&Certificate, TrustAnchor)> = ders
            .iter()
            .filter_map(|(it, der)| Some((*it, webpki::anchor_from_trusted_cert(der).ok()?)))
            .collect();
        let anchors: Vec<TrustAnchor> = believed.iter().map(|(_, anchor)| anchor.clone()).collect();
        let carries = |path: &VerifiedPath<'_>| {
            let below = path.intermediate_certificates().filter(|it| it.issuer() != it.subject()).count();
            // Several certificates may be of one name and key; webpki knows of them only these.
            let of_anchor = believed.iter().filter(|(_, anchor)| anchor == path.anchor());
            let mut answer = Err(Error::PathLenConstraintViolated);
            for (it, _) in of_anchor.filter(|(it, _)| it.most_below().is_none_or(|most| below <= most)) {
                if !self.counts(&[named(it)], moment, purpose) {
                    return Ok(());
                }
                answer = Err(Error::CertRevoked);
            }
            answer
        };
        let between = self.upwards(signer, others);
        let der = CertificateDer::from_slice(&signer.der);
        let signer = EndEntityCert::try_from(&der)?;
        let lists: Vec<_> = self.revocations.iter().map(AsRef::as_ref).collect();
        let asked = RevocationOptionsBuilder::new(&lists)
            .ok()
            .map(|builder| builder.with_status_policy(UnknownStatusPolicy::Allow).build())
            .filter(|_| revocations);
        let seconds = u64::try_from(DateTime::<Utc>::from(at).timestamp()).unwrap_or(0);
        let time = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        let algorithms = signature::of_certificates();
        let path =
            signer.verify_for_usage(&algorithms, &anchors, &between, time, purpose, asked, Some(&carries))?;
        let mut named = vec![(signer.issuer().to_vec(), signer.serial().to_vec())];
        named.extend(path.intermediate_certificates().map(|it| (it.issuer().to_vec(), it.serial().to_vec())));
        Ok(named)
    }

    /// Those of the file that may stand above others at that time. A person's own certificate, which is
    /// believed too, stands above nobody. RFC 5280 §6.1 leaves it open whether one that is believed may be
    /// past its time; OpenSSL says no.
    fn above(&self, at: Timestamp) -> impl Iterator<Item = &Certificate> {
        self.certificates.iter().filter(move |it| it.is_authority() && valid_at(it, at))
    }

    /// The certificates that a chain from the signer may lead over, by their names; the nearest first.
    fn upwards<'a>(&'a self, signer: &'a Certificate, others: &'a [Certificate]) -> Vec<CertificateDer<'a>> {
        let mut found = vec![signer];
        let mut at = 0;
        while let Some(lower) = found.get(at).copied() {
            at += 1;
            for upper in others.iter().chain(&self.between) {
                let is_next = upper.name() == lower.issuer() && upper.may_certify();
                if found.len() <= MOST_BETWEEN && is_next && !found.contains(&upper) {
                    found.push(upper);
                }
            }
        }
        found.iter().skip(1).map(|it| CertificateDer::from_slice(&it.der)).collect()
    }

    /// Whether a revocation of one of these counts for a signature of that moment.
    fn counts(&self, named: &[Named], moment: Moment, purpose: Purpose) -> bool {
        named.iter().any(|(issuer, serial)| {
            self.revocations.iter().filter(|list| list.issuer() == issuer).any(|list| {
                let Ok(entry) = list.find_serial(serial) else { return true };
                entry.is_some_and(|entry| {
                    let from = entry.invalidity_date.map_or(entry.revocation_date.as_secs(), |date| {
                        date.as_secs().min(entry.revocation_date.as_secs())
                    });
                    let kept = matches!(
                        entry.reason_code,
                        Some(
                            RevocationReason::Unspecified
                                | RevocationReason::AffiliationChanged
                                | RevocationReason::Superseded
                                | RevocationReason::CessationOfOperation
                        )
                    );
                    let proven = match (moment, purpose) {
                        (Moment::Proven(at), Purpose::Any) => Some(at),
                        (Moment::Proven(at), Purpose::TimeStamping) if kept => Some(at),
                        _ => None,
                    };
                    proven.is_none_or(|at| {
                        u64::try_from(DateTime::<Utc>::from(at).timestamp()).unwrap_or(0) >= from
                    })
                })
            })
        })
    }
}

/// The issuer's name as webpki compares it, what lies within its SEQUENCE; and the number.
fn named(certificate: &Certificate) -> Named {
    let der = CertificateDer::from_slice(&certificate.der);
    let issuer = EndEntityCert::try_from(&der).map(|it| it.issuer().to_vec()).unwrap_or_default();
    (issuer, certificate.serial().as_bytes().to_vec())
}

fn valid_at(certificate: &Certificate, at: Timestamp) -> bool {
    let (from, until) = certificate.validity();
    // Validity is told in whole seconds, and lasts until the end of the last one.
    let second = super::at_second(DateTime::<Utc>::from(at).timestamp());
    DateTime::<Utc>::from(at).timestamp() >= 0 && from <= second && second <= until
}

fn span(certificate: &Certificate) -> String {
    let (from, until) = certificate.validity();
    format!("valid from {from} to {until}")
}

impl ExtendedKeyUsageValidator for Purpose {
    fn validate(&self, purposes: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        const TIME_STAMPING: &[usize] = &[1, 3, 6, 1, 5, 5, 7, 3, 8];
        const ANY: &[usize] = &[2, 5, 29, 37, 0];
        let mut none = true;
        let mut fits = *self == Self::Any;
        for purpose in purposes {
            none = false;
            fits |= [TIME_STAMPING, ANY].contains(&purpose?.to_decoded_oid().as_slice());
        }
        // Authorities above say nothing or allow it; the signer's own has been looked at (`is_for_timestamps`).
        if none || fits { Ok(()) } else { Err(Error::ExtensionValueInvalid) }
    }
}
