//! Making a detached signature.

use super::{Key, KeyFault, verify};
use crate::{
    Timestamp,
    seal::{
        certificate::{Anchors, Certificate, Moment, wrapped},
        imprint::Imprint,
        signature::{ECDSA_SHA256, ECDSA_SHA384, ED25519},
        signed::{CONTENT_TYPE, DATA, MESSAGE_DIGEST, SIGNED_DATA, SIGNING_CERTIFICATE_V2, SIGNING_TIME},
    },
};
use chrono::{DateTime, Utc};
use cms::{
    cert::IssuerAndSerialNumber,
    content_info::{CmsVersion, ContentInfo},
    signed_data::{EncapsulatedContentInfo, SignedAttributes, SignerIdentifier, SignerInfo},
};
use der::{
    Any, DateTime as DerTime, Decode, Encode, Tag, TagNumber,
    asn1::{GeneralizedTime, ObjectIdentifier, OctetString, SetOfVec, UtcTime},
};
use std::time::Duration;
use x509_cert::{attr::Attribute, spki::AlgorithmIdentifierOwned};

const RSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");

/// Signs `content` and gives the file `NAME.p7s`: DER, detached, one signer, all certificates of `chain` inside.
///
/// The signer's certificate is the one of the key, wherever in the chain it stands. Signed with the content are
/// its kind, its digest, the time (which is claimed), and the digest of the certificate (RFC 5035). The same
/// arguments give the same octets.
///
/// # Errors
/// [`KeyFault::Mismatch`] if no certificate is for the key.
pub fn sign(content: &[u8], key: &Key, chain: &[Certificate], at: Timestamp) -> Result<Vec<u8>, KeyFault> {
    let own = chain.iter().find(|it| key.is_of(it.key())).ok_or_else(|| {
        KeyFault::Mismatch(format!(
            "none of the {} certificates is for the private key: hand over the one that is",
            chain.len()
        ))
    })?;
    let octets = build(content, key, own, chain, at)?;
    // A fault in the arithmetic would betray the key, so what is not right is not handed out.
    match verify(&octets, content, &Anchors::default(), Moment::Told(at)).as_slice() {
        [Ok(_)] => Ok(octets),
        other => Err(KeyFault::Mismatch(format!("the signature that was made does not hold: {other:?}"))),
    }
}

fn build(
    content: &[u8],
    key: &Key,
    own: &Certificate,
    chain: &[Certificate],
    at: Timestamp,
) -> Result<Vec<u8>, KeyFault> {
    let wrong =
        |error: der::Error| KeyFault::Mismatch(format!("the signature could not be written: {error}"));
    let imprint = key.imprint();
    let signed_attrs = attributes(content, imprint, own, at).map_err(wrong)?;
    let message = signed_attrs.to_der().map_err(wrong)?;
    let signature = key.sign(&message)?;
    let assemble = || {
        let signer = SignerInfo {
            version: CmsVersion::V1,
            sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
                issuer: own.issuer().clone(),
                serial_number: own.serial().clone(),
            }),
            digest_alg: imprint.identifier(),
            signed_attrs: Some(signed_attrs),
            signature_algorithm: algorithm(key),
            signature: OctetString::new(signature)?,
            unsigned_attrs: None,
        };
        let mut certificates: Vec<_> = chain.iter().map(Certificate::der).collect();
        certificates.sort_unstable();
        certificates.dedup();
        let mut inner = CmsVersion::V1.to_der()?;
        inner.extend(wrapped(Tag::Set, &imprint.identifier().to_der()?)?);
        inner.extend(EncapsulatedContentInfo { econtent_type: DATA, econtent: None }.to_der()?);
        let zero = Tag::ContextSpecific { constructed: true, number: TagNumber::N0 };
        inner.extend(wrapped(zero, &certificates.concat())?);
        inner.extend(wrapped(Tag::Set, &signer.to_der()?)?);
        let content = Any::from_der(&wrapped(Tag::Sequence, &inner)?)?;
        ContentInfo { content_type: SIGNED_DATA, content }.to_der()
    };
    assemble().map_err(wrong)
}

fn attributes(
    content: &[u8],
    imprint: Imprint,
    own: &Certificate,
    at: Timestamp,
) -> der::Result<SignedAttributes> {
    // ESSCertIDv2 with SHA-256, which is what it means if it names no digest.
    let digest = OctetString::new(Imprint::Sha256.of(own.der()))?.to_der()?;
    let named = wrapped(Tag::Sequence, &wrapped(Tag::Sequence, &wrapped(Tag::Sequence, &digest)?)?)?;
    let one = |oid, value| -> der::Result<Attribute> {
        Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? })
    };
    SetOfVec::try_from(vec![
        one(CONTENT_TYPE, Any::encode_from(&DATA)?)?,
        one(MESSAGE_DIGEST, Any::encode_from(&OctetString::new(imprint.of(content))?)?)?,
        one(SIGNING_TIME, time(at)?)?,
        one(SIGNING_CERTIFICATE_V2, Any::from_der(&named)?)?,
    ])
}

/// In whole seconds; to 2049 in two digits of the year (RFC 5652 §11.3).
fn time(at: Timestamp) -> der::Result<Any> {
    let seconds = u64::try_from(DateTime::<Utc>::from(at).timestamp()).unwrap_or(0);
    let since = Duration::from_secs(seconds);
    match UtcTime::from_unix_duration(since) {
        Ok(time) => Any::encode_from(&time),
        Err(_) => Any::encode_from(&GeneralizedTime::from_date_time(DerTime::from_unix_duration(since)?)),
    }
}

fn algorithm(key: &Key) -> AlgorithmIdentifierOwned {
    match key.imprint() {
        Imprint::Sha256 if key.is_rsa() => {
            AlgorithmIdentifierOwned { oid: RSA_SHA256, parameters: Some(Any::null()) }
        }
        Imprint::Sha256 => AlgorithmIdentifierOwned { oid: ECDSA_SHA256, parameters: None },
        Imprint::Sha384 => AlgorithmIdentifierOwned { oid: ECDSA_SHA384, parameters: None },
        Imprint::Sha512 => AlgorithmIdentifierOwned { oid: ED25519, parameters: None },
    }
}
