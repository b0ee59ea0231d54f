//! Is a signature one of a key over some octets? By each algorithm that OpenSSH has.

use super::public::PublicKey;
use super::wire::Wire;
use crate::name::excerpt;
use crate::seal::vouch::Broken;
use ed25519_dalek::Verifier as _;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA512, RsaPublicKeyComponents};
use sha2::{Digest, Sha256};
use ssh_key::public::{EcdsaPublicKey, KeyData, RsaPublicKey};

/// Judges a `signature` of the form of RFC 4253 §6.6: its algorithm, and its octets.
///
/// # Errors
/// [`Broken::Mismatch`] where it is not of this key over these octets; [`Broken::Unreadable`] where it has not the
/// form; [`Broken::Unsupported`] for what is too weak or not known.
pub fn verify(key: &PublicKey, message: &[u8], signature: &[u8]) -> Result<(), Broken> {
    let mut wire = Wire::new(signature);
    let (Some(algorithm), Some(octets)) = (wire.text(), wire.string()) else {
        return Err(unreadable());
    };
    let with_device = match (wire.rest(), wire.byte(), wire.number(), wire.end()) {
        ([], ..) => None,
        (device, Some(_), Some(_), Some(())) => Some(device),
        _ => return Err(unreadable()),
    };
    if let KeyData::Rsa(rsa) = key.data() {
        return if with_device.is_none() {
            by_rsa(rsa, algorithm, message, octets)
        } else {
            Err(unreadable())
        };
    }
    let kind = key.data().algorithm();
    if let KeyData::Dsa(_) | KeyData::Other(_) = key.data() {
        return Err(Broken::Unsupported(format!("a signature of a key of the kind {}", key.kind())));
    }
    if algorithm != kind.as_str() {
        return Err(Broken::Unreadable(format!(
            "expected a signature of the kind {} by its key, found {}",
            key.kind(),
            excerpt(algorithm.as_bytes())
        )));
    }
    let right = match (key.data(), with_device) {
        (KeyData::Ed25519(public), None) => by_ed25519(&public.0, message, octets),
        (KeyData::Ecdsa(public), None) => by_ecdsa(public, message, octets)?,
        (KeyData::SkEd25519(public), Some(device)) => {
            by_ed25519(&public.public_key().0, &by_device(public.application(), device, message), octets)
        }
        (KeyData::SkEcdsaSha2NistP256(public), Some(device)) => by_ecdsa(
            &EcdsaPublicKey::NistP256(*public.ec_point()),
            &by_device(public.application(), device, message),
            octets,
        )?,
        _ => return Err(unreadable()),
    };
    if right { Ok(()) } else { Err(mismatch()) }
}

/// What a security key signs (PROTOCOL.u2f): what it is for, its flags and counter, and digests of both.
fn by_device(application: &str, device: &[u8], message: &[u8]) -> Vec<u8> {
    [&Sha256::digest(application.as_bytes()), device, &Sha256::digest(message)].concat()
}

/// RFC 8032 §5.1.7 without its cofactor, and more: the key and R are in their one encoding and of no small order,
/// S is below the order of the group. So no second signature can be made from one, and no key fits everything.
fn by_ed25519(key: &[u8; 32], message: &[u8], signature: &[u8]) -> bool {
    let (Ok(key), Ok(signature)) =
        (ed25519_dalek::VerifyingKey::from_bytes(key), ed25519_dalek::Signature::from_slice(signature))
    else {
        return false;
    };
    key.to_edwards().compress().to_bytes() == key.to_bytes() && key.verify_strict(message, &signature).is_ok()
}

/// FIPS 186-5 §6.4. Both halves are in their one encoding and within the order of the curve; as everywhere, the
/// second half has two values, of which whoever has a signature can make the other.
fn by_ecdsa(key: &EcdsaPublicKey, message: &[u8], signature: &[u8]) -> Result<bool, Broken> {
    let mut wire = Wire::new(signature);
    let (Some(r), Some(s), Some(())) = (wire.positive(), wire.positive(), wire.end()) else {
        return Err(unreadable());
    };
    Ok(match key {
        EcdsaPublicKey::NistP256(point) => by_p256(point.as_bytes(), message, r, s),
        EcdsaPublicKey::NistP384(point) => by_p384(point.as_bytes(), message, r, s),
        EcdsaPublicKey::NistP521(point) => by_p521(point.as_bytes(), message, r, s),
    }
    .is_some())
}

macro_rules! curve {
    ($verify:ident, $curve:ident, $octets:literal) => {
        fn $verify(point: &[u8], message: &[u8], r: &[u8], s: &[u8]) -> Option<()> {
            let both = [padded::<$octets>(r)?, padded::<$octets>(s)?].concat();
            let signature = $curve::ecdsa::Signature::from_slice(&both).ok()?;
            $curve::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?.verify(message, &signature).ok()
        }
    };
}
curve!(by_p256, p256, 32);
curve!(by_p384, p384, 48);
curve!(by_p521, p521, 66);

fn padded<const OCTETS: usize>(number: &[u8]) -> Option<[u8; OCTETS]> {
    let mut padded = [0; OCTETS];
    padded.get_mut(OCTETS.checked_sub(number.len())?..)?.copy_from_slice(number);
    Some(padded)
}

/// RFC 8332: PKCS#1 1.5 with SHA-2, and keys of 2048 to 8192 bits.
fn by_rsa(key: &RsaPublicKey, algorithm: &str, message: &[u8], signature: &[u8]) -> Result<(), Broken> {
    let by = match algorithm {
        "rsa-sha2-256" => &RSA_PKCS1_2048_8192_SHA256,
        "rsa-sha2-512" => &RSA_PKCS1_2048_8192_SHA512,
        "ssh-rsa" => {
            return Err(Broken::Unsupported("a signature with RSA and SHA-1, which is too weak".to_owned()));
        }
        other => {
            return Err(Broken::Unreadable(format!(
                "expected a signature of the kind rsa-sha2-512 by its key, found {}",
                excerpt(other.as_bytes())
            )));
        }
    };
    let (Some(n), Some(e)) = (key.n.as_positive_bytes(), key.e.as_positive_bytes()) else {
        return Err(unreadable());
    };
    let bits = n.first().map_or(0, |first| n.len() * 8 - first.leading_zeros() as usize);
    if !(2048..=8192).contains(&bits) {
        return Err(Broken::Unsupported(format!(
            "a signature of an RSA key of {bits} bits, where 2048 to 8192 are judged"
        )));
    }
    RsaPublicKeyComponents { n, e }.verify(by, message, signature).map_err(|_| mismatch())
}

fn unreadable() -> Broken {
    Broken::Unreadable("expected a signature of the kind that its key makes, found other octets".to_owned())
}

fn mismatch() -> Broken {
    Broken::Mismatch("the key that it names did not sign these octets".to_owned())
}

#[cfg(test)]
mod tests;
