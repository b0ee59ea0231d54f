//! Whether a signature is by a key: arithmetic alone, nothing of whose key it is.

use super::{imprint::Imprint, vouch::Broken};
use der::{Encode, Reader, asn1::ObjectIdentifier};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use ring::signature as rsa;
use rustls_pki_types::{AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const RSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
const RSA_SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
pub(super) const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
pub(super) const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
pub(super) const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
pub(super) const ECDSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
pub(super) const ECDSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
const ECDSA_SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.4");
pub(super) const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// Checks a signature over `message`.
///
/// `imprint` is the digest that the signer names beside the signature; both have to agree (RFC 5652 §5.3).
///
/// # Errors
/// [`Broken::Mismatch`] if it is wrong; [`Broken::Unsupported`] for an algorithm, curve or length of key that
/// is not known or too weak.
pub(super) fn verify(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: &AlgorithmIdentifierOwned,
    imprint: Imprint,
    message: &[u8],
    signature: &[u8],
) -> Result<(), Broken> {
    let public = key.subject_public_key.as_bytes().unwrap_or_default();
    let right = match key.algorithm.oid {
        RSA => {
            rsa_length(public)?;
            rsa::UnparsedPublicKey::new(rsa_scheme(algorithm, imprint)?, public)
                .verify(message, signature)
                .is_ok()
        }
        EC => {
            ecdsa_agrees(algorithm, imprint)?;
            let curve =
                key.algorithm.parameters.as_ref().and_then(|it| it.decode_as::<ObjectIdentifier>().ok());
            match curve {
                Some(P256) => ecdsa_p256(public, &imprint.of(message), signature),
                Some(P384) => ecdsa_p384(public, &imprint.of(message), signature),
                _ => return Err(Broken::Unsupported("a curve other than P-256 and P-384".into())),
            }
        }
        ED25519 if algorithm.oid == ED25519 && algorithm.parameters.is_none() => {
            ed25519(public, message, signature)
        }
        ED25519 => return Err(unknown(algorithm)),
        other => return Err(Broken::Unsupported(format!("a key of the kind {other}"))),
    };
    if right {
        Ok(())
    } else {
        Err(Broken::Mismatch("the signature is not by the key of its certificate".into()))
    }
}

fn unknown(algorithm: &AlgorithmIdentifierOwned) -> Broken {
    Broken::Unsupported(format!(
        "the signature algorithm {} with that key: only RSA, ECDSA and Ed25519 with SHA-256, SHA-384 or SHA-512 are known",
        algorithm.oid
    ))
}

/// Tells a short key from a wrong signature: ring says the same of both.
fn rsa_length(public: &[u8]) -> Result<(), Broken> {
    let bits = der::asn1::AnyRef::try_from(public)
        .and_then(|key| {
            key.sequence(|reader| {
                let modulus = reader.decode::<der::asn1::UintRef>()?;
                let _exponent = reader.decode::<der::asn1::UintRef>()?;
                Ok(modulus.as_bytes().len() * 8)
            })
        })
        .map_err(|_| Broken::Unreadable("expected the public key of RSA in a certificate".into()))?;
    if (2048..=8192).contains(&bits) {
        Ok(())
    } else {
        Err(Broken::Unsupported(format!("RSA of {bits} bits: 2048 to 8192 are")))
    }
}

fn rsa_scheme(
    algorithm: &AlgorithmIdentifierOwned,
    imprint: Imprint,
) -> Result<&'static rsa::RsaParameters, Broken> {
    if algorithm.oid == RSA_PSS {
        // One form each: the digest of the mask is that of the message, and the salt is as long as it.
        let der = algorithm.to_der().unwrap_or_default();
        let is = |id: AlgorithmIdentifier| der.ends_with(id.as_ref()) && der.len() - id.as_ref().len() <= 4;
        return match imprint {
            Imprint::Sha256 if is(alg_id::RSA_PSS_SHA256) => Ok(&rsa::RSA_PSS_2048_8192_SHA256),
            Imprint::Sha384 if is(alg_id::RSA_PSS_SHA384) => Ok(&rsa::RSA_PSS_2048_8192_SHA384),
            Imprint::Sha512 if is(alg_id::RSA_PSS_SHA512) => Ok(&rsa::RSA_PSS_2048_8192_SHA512),
            _ => Err(Broken::Unsupported("RSA-PSS with other parameters than its digest's own".into())),
        };
    }
    if algorithm.parameters.as_ref().is_some_and(|it| !it.is_null()) {
        return Err(unknown(algorithm));
    }
    match (algorithm.oid, imprint) {
        (RSA | RSA_SHA256, Imprint::Sha256) => Ok(&rsa::RSA_PKCS1_2048_8192_SHA256),
        (RSA | RSA_SHA384, Imprint::Sha384) => Ok(&rsa::RSA_PKCS1_2048_8192_SHA384),
        (RSA | RSA_SHA512, Imprint::Sha512) => Ok(&rsa::RSA_PKCS1_2048_8192_SHA512),
        _ => Err(unknown(algorithm)),
    }
}

fn ecdsa_agrees(algorithm: &AlgorithmIdentifierOwned, imprint: Imprint) -> Result<(), Broken> {
    match (algorithm.oid, imprint, &algorithm.parameters) {
        (ECDSA_SHA256, Imprint::Sha256, None)
        | (ECDSA_SHA384, Imprint::Sha384, None)
        | (ECDSA_SHA512, Imprint::Sha512, None) => Ok(()),
        _ => Err(unknown(algorithm)),
    }
}

fn ecdsa_p256(public: &[u8], digest: &[u8], signature: &[u8]) -> bool {
    let (Ok(key), Ok(signature)) = (
        p256::ecdsa::VerifyingKey::from_sec1_bytes(public),
        p256::ecdsa::DerSignature::from_bytes(signature),
    ) else {
        return false;
    };
    key.verify_prehash(digest, &signature).is_ok()
}

fn ecdsa_p384(public: &[u8], digest: &[u8], signature: &[u8]) -> bool {
    let (Ok(key), Ok(signature)) = (
        p384::ecdsa::VerifyingKey::from_sec1_bytes(public),
        p384::ecdsa::DerSignature::from_bytes(signature),
    ) else {
        return false;
    };
    key.verify_prehash(digest, &signature).is_ok()
}

fn ed25519(public: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let (Ok(public), Ok(signature)) = (public.try_into(), ed25519_dalek::Signature::from_slice(signature))
    else {
        return false;
    };
    ed25519_dalek::VerifyingKey::from_bytes(public)
        .is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
}

/// What certificates and revocation lists may be signed with: all of ring's, and ECDSA with SHA-512, which it
/// has not.
pub(super) fn of_certificates() -> Vec<&'static dyn SignatureVerificationAlgorithm> {
    let mut all = webpki::ALL_VERIFICATION_ALGS.to_vec();
    all.extend([&EcdsaSha512::P256 as &dyn SignatureVerificationAlgorithm, &EcdsaSha512::P384]);
    all
}

#[derive(Debug)]
enum EcdsaSha512 {
    P256,
    P384,
}

impl SignatureVerificationAlgorithm for EcdsaSha512 {
    fn verify_signature(&self, key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let digest = Imprint::Sha512.of(message);
        let right = match self {
            Self::P256 => ecdsa_p256(key, &digest, signature),
            Self::P384 => ecdsa_p384(key, &digest, signature),
        };
        if right { Ok(()) } else { Err(InvalidSignature) }
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        match self {
            Self::P256 => alg_id::ECDSA_P256,
            Self::P384 => alg_id::ECDSA_P384,
        }
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::ECDSA_SHA512
    }
}
