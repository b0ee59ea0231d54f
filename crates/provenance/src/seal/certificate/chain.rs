//! From a signer's certificate to one that is believed, at an instant.

use super::{Anchors, Certificate, Moment, Purpose};
use crate::{
    Timestamp,
    seal::{signature, vouch::Trust},
};
use chrono::{DateTime, Utc};
use rustls_pki_types::{CertificateDer, UnixTime};
use std::time::Duration;
use webpki::{
    EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter, RevocationOptionsBuilder,
    RevocationReason, UnknownStatusPolicy,
};

/// Certificates that a chain may be sought among; a real one has three.
const MOST_BETWEEN: usize = 64;
/// Other instants at which a chain is sought, to tell one that is past its time from one that never was.
const MOST_INSTANTS: usize = 8;

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
            let named = [(der_name(signer), signer.serial().as_bytes().to_vec())];
            return match self.counts(&named, moment, purpose) {
                true => Trust::Revoked,
                false if !valid_at(signer, at) => Trust::OutOfTime(span(signer)),
                false => known(),
            };
        }
        match self.chain(signer, others, at, purpose, true) {
            Ok(_) => known(),
            Err(Error::CertRevoked) => match self.chain(signer, others, at, purpose, false) {
                Ok(path) if !self.counts(&path, moment, purpose) => known(),
                _ => Trust::Revoked,
            },
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
            .any(|at| self.chain(signer, others, at, purpose, false).is_ok())
    }

    /// The certificates below the one that is believed.
    fn chain(
        &self,
        signer: &Certificate,
        others: &[Certificate],
        at: Timestamp,
        purpose: Purpose,
        revocations: bool,
    ) -> Result<Vec<Named>, Error> {
        // RFC 5280 §6.1 leaves it open whether one that is believed may be past its time. OpenSSL says no.
        let anchors: Vec<CertificateDer> = self
            .certificates
            .iter()
            .filter(|it| valid_at(it, at))
            .map(|it| CertificateDer::from_slice(&it.der))
            .collect();
        let anchors: Vec<_> =
            anchors.iter().filter_map(|it| webpki::anchor_from_trusted_cert(it).ok()).collect();
        let between: Vec<CertificateDer> = others
            .iter()
            .chain(&self.between)
            .filter(|it| it.der != signer.der)
            .take(MOST_BETWEEN)
            .map(|it| CertificateDer::from_slice(&it.der))
            .collect();
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
        let path = signer.verify_for_usage(&algorithms, &anchors, &between, time, purpose, asked, None)?;
        let mut named = vec![(signer.issuer().to_vec(), signer.serial().to_vec())];
        named.extend(path.intermediate_certificates().map(|it| (it.issuer().to_vec(), it.serial().to_vec())));
        Ok(named)
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

/// The issuer's name as webpki compares it: what lies within its SEQUENCE.
fn der_name(certificate: &Certificate) -> Vec<u8> {
    let der = CertificateDer::from_slice(&certificate.der);
    EndEntityCert::try_from(&der).map(|it| it.issuer().to_vec()).unwrap_or_default()
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
