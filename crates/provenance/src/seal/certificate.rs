//! Certificates (RFC 5280): what they say of themselves, and whether there is a reason to believe them.

mod anchors;
mod chain;

pub use anchors::Anchors;

use super::{bounds, imprint::Imprint, pem, vouch::Broken};
use crate::Timestamp;
use chrono::DateTime;
use der::{Decode, Encode, Header, SliceReader, Tag, Tagged, asn1::ObjectIdentifier};
use x509_cert::{
    Version,
    ext::pkix::{BasicConstraints, KeyUsage, KeyUsages},
    name::Name,
    spki::SubjectPublicKeyInfoOwned,
};

const EXTENDED_KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");
const SUBJECT_KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");
const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");
/// Octets of a certificate.
const LONGEST: usize = 64 << 10;

/// A certificate, octet for octet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    read: x509_cert::Certificate,
}

/// The instant at which a certificate has to have been valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// From a timestamp of a known authority: the signature existed then, so what came later does not touch it.
    Proven(Timestamp),
    /// What somebody says, for the most part the clock of whoever checks.
    Told(Timestamp),
}

/// What a certificate is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Signing; whatever else the certificate was made for (`-purpose any`).
    Any,
    /// Being a time-stamping authority (RFC 3161 §2.3).
    TimeStamping,
}

impl Certificate {
    /// Reads one certificate in DER.
    ///
    /// # Errors
    /// [`Broken::Unreadable`] if it is none, or longer than 64 KiB.
    pub fn read(der: &[u8]) -> Result<Self, Broken> {
        if der.len() > LONGEST {
            return Err(bounds::unreadable(
                &format!("a certificate of at most {LONGEST} octets"),
                &format!("{}", der.len()),
            ));
        }
        bounds::check(der)?;
        let read = x509_cert::Certificate::from_der(der)
            .map_err(|error| bounds::unreadable("a certificate (X.509)", &error.to_string()))?;
        Ok(Self { der: der.to_vec(), read })
    }

    /// Reads all certificates of a file: PEM with any number of them, or one in DER.
    ///
    /// # Errors
    /// [`Broken::Unreadable`] if there is none, or one that cannot be read.
    pub fn read_all(file: &[u8]) -> Result<Vec<Self>, Broken> {
        if !pem::is_pem(file) {
            return Ok(vec![Self::read(file)?]);
        }
        let mut all = Vec::new();
        let mut labels = Vec::new();
        for block in pem::blocks(file) {
            match (block.label, block.octets) {
                ("CERTIFICATE" | "X509 CERTIFICATE", Some(der)) => all.push(Self::read(&der)?),
                ("CERTIFICATE" | "X509 CERTIFICATE", None) => {
                    return Err(bounds::unreadable("base64 of a certificate", "something else"));
                }
                (label, _) => labels.push(label.to_owned()),
            }
        }
        if all.is_empty() {
            return Err(bounds::unreadable(
                "certificates (-----BEGIN CERTIFICATE-----)",
                &if labels.is_empty() { "nothing".into() } else { labels.join(", ") },
            ));
        }
        Ok(all)
    }

    /// Its octets.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// SHA-256 of its octets, in hexadecimal: `openssl x509 -fingerprint -sha256`, without colons.
    #[must_use]
    pub fn sha256(&self) -> String {
        base16ct::lower::encode_string(&Imprint::Sha256.of(&self.der))
    }

    /// Who it says it belongs to, as RFC 4514 writes it. What would act on a terminal is escaped.
    #[must_use]
    pub fn subject(&self) -> String {
        name_text(self.name())
    }

    /// From when to when it is valid, both included.
    #[must_use]
    pub fn validity(&self) -> (Timestamp, Timestamp) {
        let validity = &self.read.tbs_certificate.validity;
        (instant(&validity.not_before), instant(&validity.not_after))
    }

    pub(super) fn name(&self) -> &Name {
        &self.read.tbs_certificate.subject
    }

    pub(super) fn key(&self) -> &SubjectPublicKeyInfoOwned {
        &self.read.tbs_certificate.subject_public_key_info
    }

    pub(super) fn issuer(&self) -> &Name {
        &self.read.tbs_certificate.issuer
    }

    pub(super) fn serial(&self) -> &x509_cert::serial_number::SerialNumber {
        &self.read.tbs_certificate.serial_number
    }

    pub(super) fn subject_key_identifier(&self) -> Option<Vec<u8>> {
        let octets = self.extension(SUBJECT_KEY_IDENTIFIER)?.1;
        Some(der::asn1::OctetStringRef::from_der(octets).ok()?.as_bytes().to_vec())
    }

    /// Whether it may stand above others (RFC 5280 §4.2.1.9). A root of version 1 can say nothing of that.
    pub(super) fn is_authority(&self) -> bool {
        let certificate = &self.read.tbs_certificate;
        let is_authority = match certificate.get::<BasicConstraints>() {
            Ok(Some((_, constraints))) => constraints.ca,
            Ok(None) => certificate.version == Version::V1 && self.name() == self.issuer(),
            Err(_) => false,
        };
        is_authority && self.may_certify()
    }

    /// Whether its key usage, if it has one, is for certificates (RFC 5280 §4.2.1.3).
    pub(super) fn may_certify(&self) -> bool {
        self.key_usage(|usage| usage.key_cert_sign())
    }

    /// How many others may stand between it and a signer, not counting those that an authority gave itself
    /// (RFC 5280 §4.2.1.9); none if it does not say.
    pub(super) fn most_below(&self) -> Option<usize> {
        let (_, constraints) = self.read.tbs_certificate.get::<BasicConstraints>().ok()??;
        constraints.path_len_constraint.map(usize::from)
    }

    /// Whether its key usage is so, or it has none.
    fn key_usage(&self, is_so: impl Fn(KeyUsage) -> bool) -> bool {
        self.read
            .tbs_certificate
            .get::<KeyUsage>()
            .is_ok_and(|usage| usage.is_none_or(|(_, usage)| is_so(usage)))
    }

    /// Whether it is for timestamps and for nothing else, and says so critically (RFC 3161 §2.3); its key, if
    /// it says for what that is, for signatures alone.
    pub(super) fn is_for_timestamps(&self) -> bool {
        let signs = KeyUsages::DigitalSignature | KeyUsages::NonRepudiation;
        if !self.key_usage(|usage| !usage.0.is_empty() && signs.contains(usage.0)) {
            return false;
        }
        self.extension(EXTENDED_KEY_USAGE).is_some_and(|(critical, octets)| {
            let purposes = Vec::<ObjectIdentifier>::from_der(octets).unwrap_or_default();
            critical && purposes == [TIME_STAMPING]
        })
    }

    /// Whether it is critical, and its octets; none if it stands there twice.
    fn extension(&self, which: ObjectIdentifier) -> Option<(bool, &[u8])> {
        let mut those =
            self.read.tbs_certificate.extensions.iter().flatten().filter(|it| it.extn_id == which);
        let first = those.next()?;
        those.next().is_none().then_some((first.critical, first.extn_value.as_bytes()))
    }
}

/// A name as RFC 4514 writes it, and no more than 1,000 characters of it.
fn name_text(name: &Name) -> String {
    let mut text = String::new();
    for c in name.to_string().chars().take(1000) {
        if fixity::name::is_unsafe_character(c) {
            let mut octets = [0; 4];
            for octet in c.encode_utf8(&mut octets).bytes() {
                text.push('\\');
                text.push_str(&base16ct::upper::encode_string(&[octet]));
            }
        } else {
            text.push(c);
        }
    }
    text
}

fn instant(time: &x509_cert::time::Time) -> Timestamp {
    at_second(i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX))
}

/// The instant so many seconds after 1970, or the last one that has a text.
pub(super) fn at_second(seconds: i64) -> Timestamp {
    const LAST: i64 = 253_402_300_799;
    DateTime::from_timestamp(seconds.clamp(0, LAST), 0)
        .and_then(|at| Timestamp::try_from(at).ok())
        .unwrap_or_else(|| Timestamp::try_from(DateTime::UNIX_EPOCH).unwrap_or_else(|_| unreachable!()))
}

/// A SEQUENCE or SET around octets that are DER already.
pub(super) fn wrapped(tag: Tag, octets: &[u8]) -> der::Result<Vec<u8>> {
    let mut whole = Header::new(tag, octets.len())?.to_der()?;
    whole.extend_from_slice(octets);
    Ok(whole)
}

/// What lies within a SEQUENCE.
pub(super) fn within(octets: &[u8]) -> der::Result<SliceReader<'_>> {
    let whole = der::asn1::AnyRef::from_der(octets)?;
    whole.tag().assert_eq(Tag::Sequence)?;
    SliceReader::new(whole.value())
}
