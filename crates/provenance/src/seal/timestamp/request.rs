//! What an authority is asked (RFC 3161 §2.4.1).

use super::info::{Info, MessageImprint};
use crate::seal::{
    bounds::{self, unreadable},
    certificate::{within, wrapped},
    imprint::Imprint,
    vouch::Broken,
};
use der::{
    Decode, Encode, Reader, Tag,
    asn1::{ObjectIdentifier, Uint, UintRef},
};

/// A request, as it stands in a file `.tsq`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    imprint: MessageImprint,
    policy: Option<ObjectIdentifier>,
    nonce: Option<Vec<u8>>,
    certificate: bool,
}

impl Request {
    /// Asks for a timestamp over `content`, with the authority's certificate in the answer.
    ///
    /// `nonce` is fresh chance: by it an old answer is told from the one to this request.
    #[must_use]
    pub fn over(content: &[u8], imprint: Imprint, nonce: [u8; 16]) -> Self {
        let zeros = nonce.iter().take_while(|&&octet| octet == 0).count().min(nonce.len() - 1);
        Self {
            imprint: MessageImprint { algorithm: imprint.identifier(), digest: imprint.of(content) },
            policy: None,
            nonce: Some(nonce.iter().skip(zeros).copied().collect()),
            certificate: true,
        }
    }

    /// The octets of the file.
    ///
    /// # Errors
    /// [`Broken::Unreadable`] if a part of it has no form in DER; none that comes out of this module.
    pub fn to_der(&self) -> Result<Vec<u8>, Broken> {
        let write = || {
            let mut inner = 1_u8.to_der()?;
            inner.extend(self.imprint.to_der()?);
            if let Some(policy) = &self.policy {
                inner.extend(policy.to_der()?);
            }
            if let Some(nonce) = &self.nonce {
                inner.extend(Uint::new(nonce)?.to_der()?);
            }
            if self.certificate {
                inner.extend(true.to_der()?);
            }
            wrapped(Tag::Sequence, &inner)
        };
        write().map_err(|error: der::Error| not_one(&error))
    }

    /// Reads a request, ours or that of `openssl ts -query`.
    ///
    /// # Errors
    /// [`Broken::Unreadable`] if it is none; [`Broken::Unsupported`] if it asks for a weak digest.
    pub fn read(octets: &[u8]) -> Result<Self, Broken> {
        bounds::check(octets)?;
        let read = || {
            let mut reader = within(octets)?;
            let version: u8 = reader.decode()?;
            let imprint = MessageImprint::read(reader.tlv_bytes()?)?;
            let mut request = Self { imprint, policy: None, nonce: None, certificate: false };
            if !reader.is_finished() && reader.peek_tag()? == Tag::ObjectIdentifier {
                request.policy = Some(reader.decode()?);
            }
            if !reader.is_finished() && reader.peek_tag()? == Tag::Integer {
                request.nonce = Some(reader.decode::<UintRef>()?.as_bytes().to_vec());
            }
            if !reader.is_finished() && reader.peek_tag()? == Tag::Boolean {
                request.certificate = reader.decode()?;
            }
            // Extensions of requests: none was ever registered, so one is refused.
            reader.finish((version, request))
        };
        let (version, request) = read().map_err(|error: der::Error| not_one(&error))?;
        if version != 1 {
            return Err(unreadable("a request of version 1".into(), &version.to_string()));
        }
        Imprint::named(&request.imprint.algorithm)?;
        Ok(request)
    }

    /// Whether it asks about `content`.
    ///
    /// # Errors
    /// [`Broken::Mismatch`] if it does not.
    pub fn is_over(&self, content: &[u8]) -> Result<(), Broken> {
        self.imprint.is_of(content)
    }

    pub(super) fn is_answered_by(&self, info: &Info) -> Result<(), Broken> {
        let wrong = |what: &str| Err(Broken::Mismatch(format!("it answers another request: {what}")));
        if self.imprint.digest != info.imprint.digest
            || self.imprint.algorithm.oid != info.imprint.algorithm.oid
        {
            return wrong("other octets were asked about");
        }
        if self.nonce.is_some() && self.nonce != info.nonce {
            return wrong("its nonce is not the one that was sent");
        }
        if self.policy.is_some_and(|policy| policy != info.policy) {
            return wrong("its policy is not the one that was asked for");
        }
        Ok(())
    }
}

impl MessageImprint {
    pub(super) fn read(octets: &[u8]) -> der::Result<Self> {
        let mut reader = within(octets)?;
        let algorithm = reader.decode()?;
        let digest = der::asn1::OctetStringRef::decode(&mut reader)?.as_bytes().to_vec();
        reader.finish(Self { algorithm, digest })
    }

    fn to_der(&self) -> der::Result<Vec<u8>> {
        let mut inner = self.algorithm.to_der()?;
        inner.extend(der::asn1::OctetStringRef::new(&self.digest)?.to_der()?);
        wrapped(Tag::Sequence, &inner)
    }

    /// # Errors
    /// [`Broken::Mismatch`] if it is of other octets; [`Broken::Unsupported`] if it is weak.
    pub(super) fn is_of(&self, content: &[u8]) -> Result<(), Broken> {
        let imprint = Imprint::named(&self.algorithm)?;
        let here = imprint.of(content);
        if self.digest == here {
            return Ok(());
        }
        Err(Broken::Mismatch(format!(
            "it is over other octets: {imprint} {} was stamped, and {} is here",
            base16ct::lower::encode_string(&self.digest),
            base16ct::lower::encode_string(&here)
        )))
    }
}

fn not_one(error: &der::Error) -> Broken {
    unreadable("a timestamp request (RFC 3161 §2.4.1)".into(), &error.to_string())
}
