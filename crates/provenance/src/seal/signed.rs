//! Signed data (RFC 5652 §5): what CMS signatures and timestamps are written in.

mod attributes;

use super::{
    bounds::{self, unreadable},
    certificate::{Anchors, Certificate},
    imprint::Imprint,
    signature,
    vouch::Broken,
};
use crate::Timestamp;
use attributes::Attributes;
pub(super) use attributes::{CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_CERTIFICATE_V2, SIGNING_TIME};
use cms::{
    content_info::{CmsVersion, ContentInfo},
    signed_data::{
        DigestAlgorithmIdentifiers, EncapsulatedContentInfo, SignerIdentifier, SignerInfo, SignerInfos,
    },
};
use der::{
    Decode, Encode, Reader, SliceReader, Tag, TagNumber,
    asn1::{ObjectIdentifier, OctetStringRef},
};

pub(super) const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
pub(super) const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
/// People who sign one file.
const MOST_SIGNERS: usize = 8;
/// Certificates beside them.
const MOST_CERTIFICATES: usize = 32;

/// What a file of signed data holds. Certificates keep their octets: what others signed is not written anew.
pub(super) struct Signed {
    /// What kind of content was signed.
    pub kind: ObjectIdentifier,
    /// The content, where it stands inside; a detached signature has none.
    pub content: Option<Vec<u8>>,
    /// The certificates that can be read.
    pub certificates: Vec<Certificate>,
    /// One to eight.
    pub signers: Vec<SignerInfo>,
}

/// A signature that is right by its octets.
pub(super) struct Sound<'a> {
    /// Whose key made it.
    pub certificate: &'a Certificate,
    /// When it says that it was made.
    pub signing_time: Option<Timestamp>,
    /// Whether it names its certificate by digest, so that no other one with the same key can be put in its place.
    pub names_certificate: bool,
}

impl Signed {
    /// Reads a `ContentInfo` in DER.
    ///
    /// # Errors
    /// [`Broken::Unreadable`] if it is none or holds anything but signed data; [`Broken::Unsupported`] if it has
    /// more signers or certificates than anybody needs.
    pub(super) fn read(octets: &[u8]) -> Result<Self, Broken> {
        bounds::check(octets)?;
        let outer = ContentInfo::from_der(octets).map_err(|error| not_cms(&error))?;
        if outer.content_type != SIGNED_DATA {
            return Err(unreadable(
                "signed data (RFC 5652 §5)".into(),
                &format!("content {}", outer.content_type),
            ));
        }
        let inner = outer.content.to_der().map_err(|error| not_cms(&error))?;
        let parts = Parts::read(&inner).map_err(|error| not_cms(&error))?;
        let kind = parts.content.econtent_type;
        let signers = parts.signers.0.into_vec();
        let by_key = |it: &SignerInfo| matches!(it.sid, SignerIdentifier::SubjectKeyIdentifier(_));
        let version =
            if kind != DATA || signers.iter().any(by_key) { CmsVersion::V3 } else { CmsVersion::V1 };
        if parts.version != version {
            return Err(unreadable(
                format!("signed data of version {version:?} (RFC 5652 §5.1)"),
                &format!("{:?}", parts.version),
            ));
        }
        if signers.is_empty() {
            return Err(unreadable("a signature".into(), "certificates and nobody who signed"));
        }
        if signers.len() > MOST_SIGNERS || parts.certificates.len() > MOST_CERTIFICATES {
            return Err(Broken::Unsupported(format!(
                "{} signers and {} certificates in one file: at most {MOST_SIGNERS} and {MOST_CERTIFICATES} are looked at",
                signers.len(),
                parts.certificates.len()
            )));
        }
        for signer in &signers {
            let expected = if by_key(signer) { CmsVersion::V3 } else { CmsVersion::V1 };
            if signer.version != expected || !parts.digests.iter().any(|it| *it == signer.digest_alg) {
                return Err(unreadable(
                    "a signer as RFC 5652 §5.3 has it".into(),
                    "another version or digest",
                ));
            }
        }
        let content = parts
            .content
            .econtent
            .map(|it| it.decode_as::<OctetStringRef>().map(|it| it.as_bytes().to_vec()));
        Ok(Self {
            kind,
            content: content.transpose().map_err(|error| not_cms(&error))?,
            // One that cannot be read vouches for nobody. If it was the signer's, that is said when it is sought.
            certificates: parts.certificates.iter().filter_map(|der| Certificate::read(der).ok()).collect(),
            signers,
        })
    }

    /// Whether a signer signed `content`, and with whose key.
    ///
    /// # Errors
    /// [`Broken::Mismatch`] if it was other content, another key or another certificate;
    /// [`Broken::Unsupported`] for a weak algorithm, and if the certificate is nowhere.
    pub(super) fn sound<'a>(
        &'a self,
        signer: &SignerInfo,
        content: &[u8],
        anchors: &'a Anchors,
    ) -> Result<Sound<'a>, Broken> {
        let imprint = Imprint::named(&signer.digest_alg)?;
        let certificate =
            self.certificates.iter().chain(anchors.known()).find(|it| names(&signer.sid, it)).ok_or_else(
                || {
                    Broken::Unsupported(
                        "the certificate of its signer is not in it: hand it over in the file of authorities"
                            .into(),
                    )
                },
            )?;
        let Some(set) = &signer.signed_attrs else {
            if self.kind != DATA {
                return Err(unreadable("signed attributes (RFC 5652 §5.3)".into(), "none"));
            }
            signature::verify(
                certificate.key(),
                &signer.signature_algorithm,
                imprint,
                content,
                signer.signature.as_bytes(),
            )?;
            return Ok(Sound { certificate, signing_time: None, names_certificate: false });
        };
        let attributes = Attributes::read(set)?;
        if attributes.kind != self.kind {
            return Err(Broken::Mismatch("it was made over another kind of content".into()));
        }
        // What is signed is the set with its own tag (RFC 5652 §5.4).
        let message = set.to_der().map_err(|error| not_cms(&error))?;
        let octets = signer.signature.as_bytes();
        signature::verify(certificate.key(), &signer.signature_algorithm, imprint, &message, octets)?;
        if attributes.digest != imprint.of(content) {
            return Err(Broken::Mismatch(format!(
                "it was made over other octets: {imprint} {} was signed, and {} is here",
                base16ct::lower::encode_string(&attributes.digest),
                base16ct::lower::encode_string(&imprint.of(content)),
            )));
        }
        let named = attributes.names(certificate)?;
        if named == Some(false) {
            return Err(Broken::Mismatch("it names another certificate than the one beside it".into()));
        }
        Ok(Sound { certificate, signing_time: attributes.signing_time, names_certificate: named.is_some() })
    }
}

fn names(sid: &SignerIdentifier, certificate: &Certificate) -> bool {
    match sid {
        SignerIdentifier::IssuerAndSerialNumber(it) => {
            it.issuer == *certificate.issuer() && it.serial_number == *certificate.serial()
        }
        SignerIdentifier::SubjectKeyIdentifier(it) => {
            certificate.subject_key_identifier().as_deref() == Some(it.0.as_bytes())
        }
    }
}

pub(super) fn not_cms(error: &der::Error) -> Broken {
    unreadable("a signature in CMS (RFC 5652)".into(), &error.to_string())
}

/// `SignedData`, with its certificates in their octets.
struct Parts {
    version: CmsVersion,
    digests: DigestAlgorithmIdentifiers,
    content: EncapsulatedContentInfo,
    certificates: Vec<Vec<u8>>,
    signers: SignerInfos,
}

impl Parts {
    fn read(octets: &[u8]) -> der::Result<Self> {
        let mut reader = super::certificate::within(octets)?;
        let version = reader.decode()?;
        let digests = reader.decode()?;
        let content = reader.decode()?;
        let mut certificates = Vec::new();
        for number in [TagNumber::N0, TagNumber::N1] {
            let tag = Tag::ContextSpecific { constructed: true, number };
            if reader.peek_tag()? == tag {
                let set = der::asn1::AnyRef::decode(&mut reader)?;
                // Revocation lists inside ([1]) are what the signer chose to say of himself.
                let mut within = SliceReader::new(if number == TagNumber::N0 { set.value() } else { &[] })?;
                while !within.is_finished() {
                    certificates.push(within.tlv_bytes()?.to_vec());
                }
            }
        }
        let signers = reader.decode()?;
        reader.finish(Self { version, digests, content, certificates, signers })
    }
}
