//! What was signed together with the content (RFC 5652 §11, RFC 5035).

use crate::{
    Timestamp,
    seal::{
        bounds::unreadable,
        certificate::{Certificate, at_second, within},
        imprint::Imprint,
        vouch::Broken,
    },
};
use cms::signed_data::SignedAttributes;
use der::{
    Any, Encode, Reader, Tag, Tagged,
    asn1::{ObjectIdentifier, OctetStringRef},
};
use x509_cert::{spki::AlgorithmIdentifierOwned, time::Time};

pub(in crate::seal) const CONTENT_TYPE: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
pub(in crate::seal) const MESSAGE_DIGEST: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
pub(in crate::seal) const SIGNING_TIME: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
pub(in crate::seal) const SIGNING_CERTIFICATE_V2: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

/// The attributes that are looked at.
pub(super) struct Attributes {
    pub kind: ObjectIdentifier,
    pub digest: Vec<u8>,
    pub signing_time: Option<Timestamp>,
    /// Digest of the signer's certificate, by SHA-1 (RFC 2634) and by a stronger one (RFC 5035).
    certificate: Option<Vec<u8>>,
    certificate_v2: Option<(AlgorithmIdentifierOwned, Vec<u8>)>,
}

impl Attributes {
    /// # Errors
    /// [`Broken::Unreadable`] if one is missing, stands there twice, or has not exactly one value.
    pub(super) fn read(set: &SignedAttributes) -> Result<Self, Broken> {
        let wrong =
            |what: &str| unreadable(format!("one signed attribute {what}"), "none, several, or another form");
        let one = |which: ObjectIdentifier, what: &str| -> Result<Option<&Any>, Broken> {
            let mut those = set.iter().filter(|it| it.oid == which);
            let Some(first) = those.next() else { return Ok(None) };
            match (those.next(), first.values.len(), first.values.get(0)) {
                (None, 1, Some(value)) => Ok(Some(value)),
                _ => Err(wrong(what)),
            }
        };
        let kind = one(CONTENT_TYPE, "content-type")?.and_then(|it| it.decode_as::<ObjectIdentifier>().ok());
        let digest =
            one(MESSAGE_DIGEST, "message-digest")?.and_then(|it| it.decode_as::<OctetStringRef>().ok());
        let signing_time = match one(SIGNING_TIME, "signing-time")? {
            Some(value) => Some(time(value).ok_or_else(|| wrong("signing-time"))?),
            None => None,
        };
        let certificate = match one(SIGNING_CERTIFICATE, "signing-certificate")? {
            Some(value) => Some(first_v1(value).map_err(|_| wrong("signing-certificate"))?),
            None => None,
        };
        let certificate_v2 = match one(SIGNING_CERTIFICATE_V2, "signing-certificate-v2")? {
            Some(value) => Some(first_v2(value).map_err(|_| wrong("signing-certificate-v2"))?),
            None => None,
        };
        Ok(Self {
            kind: kind.ok_or_else(|| wrong("content-type"))?,
            digest: digest.ok_or_else(|| wrong("message-digest"))?.as_bytes().to_vec(),
            signing_time,
            certificate,
            certificate_v2,
        })
    }

    /// Whether it names that certificate; nothing if it names none.
    ///
    /// # Errors
    /// [`Broken::Unsupported`] if it does so by a digest that is not known.
    pub(super) fn names(&self, certificate: &Certificate) -> Result<Option<bool>, Broken> {
        let mut named = None;
        if let Some((algorithm, digest)) = &self.certificate_v2 {
            named = Some(Imprint::named(algorithm)?.of(certificate.der()) == *digest);
        }
        if let Some(digest) = &self.certificate {
            // SHA-1 is what RFC 3161 asked of authorities for years. Whoever wanted to use it had to make the
            // authority's own certificate collide with another one of the same key.
            let same =
                <sha1::Sha1 as sha2::Digest>::digest(certificate.der()).as_slice() == digest.as_slice();
            named = Some(named.unwrap_or(true) && same);
        }
        Ok(named)
    }
}

fn time(value: &Any) -> Option<Timestamp> {
    let time = match value.tag() {
        Tag::UtcTime => Time::UtcTime(value.decode_as().ok()?),
        Tag::GeneralizedTime => Time::GeneralTime(value.decode_as().ok()?),
        _ => return None,
    };
    Some(at_second(i64::try_from(time.to_unix_duration().as_secs()).ok()?))
}

/// `SigningCertificate ::= SEQUENCE { certs SEQUENCE OF ESSCertID, policies OPTIONAL }`: the first is the
/// signer's (RFC 2634 §5.4).
fn first_v1(value: &Any) -> der::Result<Vec<u8>> {
    let first = first_of(value)?;
    let mut reader = within(&first)?;
    Ok(reader.decode::<OctetStringRef>()?.as_bytes().to_vec())
}

/// The same with the digest's algorithm before it, unless that is SHA-256 (RFC 5035 §4).
fn first_v2(value: &Any) -> der::Result<(AlgorithmIdentifierOwned, Vec<u8>)> {
    let first = first_of(value)?;
    let mut reader = within(&first)?;
    let algorithm = match reader.peek_tag()? {
        Tag::Sequence => reader.decode()?,
        _ => Imprint::Sha256.identifier(),
    };
    Ok((algorithm, reader.decode::<OctetStringRef>()?.as_bytes().to_vec()))
}

fn first_of(value: &Any) -> der::Result<Vec<u8>> {
    let whole = value.to_der()?;
    let mut outer = within(&whole)?;
    let mut list = within(outer.tlv_bytes()?)?;
    Ok(list.tlv_bytes()?.to_vec())
}
