//! Whoever signs: a private key in a file, or one in an agent.

use super::passphrase::{From, Tried, ask};
use super::{Refused, Signed};
use crate::believed::why;
use crate::refusal::Refusal;
use crate::{Context, whole_file};
use provenance::Timestamp;
use provenance::seal::SIGNATURES;
use provenance::seal::certificate::{Anchors, Certificate, Moment};
use provenance::seal::cms::{self, KeyFault};
use provenance::seal::ssh::{self, KeyError, PublicKey, Signature};
use std::io;
use std::path::Path;
use std::time::Duration;
use zeroize::Zeroizing;

/// Octets of the longest key or chain of certificates.
const MOST_OCTETS: u64 = 1 << 20;
/// How long an agent may think: it may be asking its owner.
const PATIENCE: Duration = Duration::from_mins(2);

/// Somebody who is ready to sign.
pub(super) enum Signer {
    OpenSsh(ssh::Key),
    Agent(PublicKey),
    Cms(cms::Key, Vec<Certificate>),
}

impl Signer {
    /// Opens a private key; asks for its passphrase if it has one.
    pub(super) fn open(path: &Path, certificate: Option<&Path>, from: From) -> Result<Self, Refusal> {
        let Some(certificate) = certificate else {
            return open_ssh(path, from).map(Self::OpenSsh);
        };
        let octets = octets_of(path)?;
        let unusable = |found: String| {
            Refused::key(
                certificate,
                &found,
                Some("hand over the certificate of the key and those up to its authority, in PEM"),
            )
        };
        let chain = whole_file::read(certificate, MOST_OCTETS)
            .map_err(|error: io::Error| unusable(error.to_string()))?;
        let chain = Certificate::read_all(&chain).map_err(|broken| unusable(why(broken)))?;
        Ok(Self::Cms(open_cms(path, &octets, from)?, chain))
    }

    /// The key of which this file is the public half, in the agent.
    pub(super) fn in_agent(public: &Path) -> Result<Self, Refusal> {
        let octets = whole_file::read(public, MOST_OCTETS)
            .map_err(|error| Refused::key(public, &format!("cannot read it: {error}"), None))?;
        let key = PublicKey::read(&octets).map_err(|found| Refused::key(public, &found, None))?;
        Ok(Self::Agent(key))
    }

    /// Signs a root.
    pub(super) fn sign(&self, root: &[u8], at: Timestamp) -> Result<Signed, Refusal> {
        let failed = |error: &dyn std::fmt::Display| {
            Refusal::new(&format_args!("cannot sign: {error}"), Some("nothing was changed"))
        };
        match self {
            Self::OpenSsh(key) => {
                let octets = ssh::sign(key, root).map_err(|error| failed(&error))?;
                Ok(Signed::openssh(octets.into_bytes(), key.public()))
            }
            Self::Agent(key) => {
                let socket = Context::agent_socket().ok_or_else(|| {
                    failed(&"no agent runs: SSH_AUTH_SOCK is not set; start one with `eval $(ssh-agent)`")
                })?;
                let mut agent =
                    ssh::agent::Agent::connect(&socket, PATIENCE).map_err(|error| failed(&error))?;
                let octets = agent.sign(key, root).map_err(|error| failed(&error))?;
                Ok(Signed::openssh(octets.into_bytes(), key))
            }
            Self::Cms(key, chain) => {
                let octets = cms::sign(root, key, chain, at).map_err(|error| failed(&error))?;
                Signed::cms(octets, root, at).map_err(|found| failed(&found))
            }
        }
    }
}

fn octets_of(path: &Path) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let octets = whole_file::read(path, MOST_OCTETS).map(Zeroizing::new);
    octets.map_err(|error| Refused::key(path, &format!("cannot read it: {error}"), None))
}

/// Opens a private key of OpenSSH; asks for its passphrase if it has one.
pub(crate) fn open_ssh(path: &Path, from: From) -> Result<ssh::Key, Refusal> {
    let octets = octets_of(path)?;
    let octets = &**octets;
    let refused = |error: &KeyError| {
        let is_pkcs8 = octets.windows(11).any(|window| window == b"PRIVATE KEY")
            && matches!(error, KeyError::NotAKey(_));
        let hint = is_pkcs8.then_some("to sign with a certificate, name it, too: --certificate CHAIN.pem");
        Refused::key(path, &error.to_string(), hint)
    };
    match ssh::Key::read(octets, None) {
        Ok(key) => Ok(key),
        Err(KeyError::NeedsPassphrase) => {
            ask(path, from, |passphrase| match ssh::Key::read(octets, Some(passphrase)) {
                Ok(key) => Tried::Right(key),
                Err(error @ KeyError::WrongPassphrase) => Tried::Wrong(error.to_string()),
                Err(error) => Tried::Failed(refused(&error)),
            })
        }
        Err(error) => Err(refused(&error)),
    }
}

fn open_cms(path: &Path, octets: &[u8], from: From) -> Result<cms::Key, Refusal> {
    let refused = |error: &KeyFault| Refused::key(path, &error.to_string(), None);
    match cms::Key::read(octets, None) {
        Ok(key) => Ok(key),
        Err(KeyFault::NeedsPassphrase) => {
            ask(path, from, |passphrase| match cms::Key::read(octets, Some(passphrase)) {
                Ok(key) => Tried::Right(key),
                Err(error @ KeyFault::WrongPassphrase) => Tried::Wrong(error.to_string()),
                Err(error) => Tried::Failed(refused(&error)),
            })
        }
        Err(error) => Err(refused(&error)),
    }
}

impl Signed {
    fn openssh(octets: Vec<u8>, key: &PublicKey) -> Self {
        let key = key.fingerprint();
        // As `ssh-keygen -l` prints it, in characters that any file system keeps.
        let name = key.replace(':', "-").replace('/', "_").replace('+', "-");
        Self { path: format!("{SIGNATURES}{name}.sig"), octets, scheme: "openssh", key }
    }

    fn cms(octets: Vec<u8>, root: &[u8], at: Timestamp) -> Result<Self, String> {
        match cms::verify(&octets, root, &Anchors::default(), Moment::Told(at)).as_slice() {
            [Ok(vouching), ..] => {
                let key = vouching.key.clone();
                Ok(Self { path: format!("{SIGNATURES}SHA256-{key}.p7s"), octets, scheme: "cms", key })
            }
            [Err(broken), ..] => Err(why(broken.clone())),
            [] => Err("expected a signature, found none".to_owned()),
        }
    }

    /// A signature that was made elsewhere, if it is one over this root.
    pub(super) fn read(octets: Vec<u8>, root: &[u8], at: Timestamp) -> Result<Self, String> {
        if octets.starts_with(b"-----BEGIN SSH SIGNATURE-----") {
            let key = Signature::read(root, &octets).map_err(why)?.key().clone();
            return Ok(Self::openssh(octets, &key));
        }
        Self::cms(octets, root, at)
    }
}
