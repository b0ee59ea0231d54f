//! Keys in an agent, which signs without giving them away (draft-miller-ssh-agent).

use super::public::{PublicKey, is_certificate};
use super::wire::{Wire, put_string};
use super::{KeyError, sealed};
use crate::name::excerpt;
use ssh_key::public::KeyData;
use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

const FAILURE: u8 = 5;
const REQUEST_IDENTITIES: u8 = 11;
const IDENTITIES_ANSWER: u8 = 12;
const SIGN_REQUEST: u8 = 13;
const SIGN_RESPONSE: u8 = 14;
/// Asks for `rsa-sha2-512` rather than SHA-1.
const RSA_SHA2_512: u32 = 4;
/// What OpenSSH itself takes for the longest answer.
const MAX_ANSWER: usize = 256 * 1024;
/// OpenSSH takes no more identities either.
const MAX_IDENTITIES: u32 = 2048;

/// A key that an agent holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its public half.
    pub key: PublicKey,
    /// What its owner called it; harmless on a terminal.
    pub comment: String,
}

/// A connection to an agent.
#[derive(Debug)]
pub struct Agent {
    stream: UnixStream,
}

impl Agent {
    /// Connects to the socket that the variable `SSH_AUTH_SOCK` names, which is read by whoever calls. `patience` is
    /// how long an agent may be silent: it may be asking its owner, or waiting for a touch on a security key.
    ///
    /// # Errors
    /// [`KeyError::Agent`] where nobody listens.
    pub fn connect(socket: &Path, patience: Duration) -> Result<Self, KeyError> {
        let stream = UnixStream::connect(socket)
            .and_then(|stream| {
                stream.set_read_timeout(Some(patience))?;
                stream.set_write_timeout(Some(patience))?;
                Ok(stream)
            })
            .map_err(|error| {
                KeyError::Agent(format!(
                    "cannot be reached at {}: {error}; start one with `eval $(ssh-agent)`",
                    excerpt(socket.as_os_str().as_encoded_bytes())
                ))
            })?;
        Ok(Self { stream })
    }

    /// The keys that it holds and that could sign. Certificates are passed over: their keys are listed as well.
    ///
    /// # Errors
    /// [`KeyError::Agent`].
    pub fn identities(&mut self) -> Result<Vec<Identity>, KeyError> {
        let answer = self.ask(&[REQUEST_IDENTITIES])?;
        let read = || {
            let mut wire = Wire::new(&answer);
            if wire.byte()? != IDENTITIES_ANSWER {
                return None;
            }
            let count = wire.number().filter(|count| *count <= MAX_IDENTITIES)?;
            let mut listed = Vec::new();
            for _ in 0..count {
                listed.push((wire.string()?, wire.string()?));
            }
            wire.end()?;
            Some(listed)
        };
        let listed = read().ok_or_else(|| strange("a list of its keys"))?;
        let plain =
            listed.into_iter().filter(|(blob, _)| !Wire::new(blob).text().is_some_and(is_certificate));
        Ok(plain
            .filter_map(|(blob, comment)| {
                Some(Identity { key: PublicKey::from_blob(blob).ok()?, comment: excerpt(comment) })
            })
            .collect())
    }

    /// Signs the octets of a bundle's root with the key of which this is the public half, and looks whether the
    /// signature is right. What is returned is the file, as `ssh-keygen -Y sign` writes it.
    ///
    /// # Errors
    /// [`KeyError::Agent`] where it has not that key, its owner or it refuses, or it signs wrongly.
    pub fn sign(&mut self, key: &PublicKey, root: &[u8]) -> Result<String, KeyError> {
        let identities = self.identities()?;
        if !identities.iter().any(|identity| identity.key == *key) {
            return Err(KeyError::Agent(format!(
                "does not hold the key {}, but {}; add it with `ssh-add FILE`",
                key.fingerprint(),
                match identities.len() {
                    0 => "none".to_owned(),
                    1 => "one other".to_owned(),
                    count => format!("{count} others"),
                }
            )));
        }
        sealed(super::NAMESPACE, key, root, |message| {
            let flags = if let KeyData::Rsa(_) = key.data() { RSA_SHA2_512 } else { 0 };
            let mut request = vec![SIGN_REQUEST];
            put_string(&mut request, key.blob());
            put_string(&mut request, message);
            request.extend_from_slice(&flags.to_be_bytes());
            let answer = self.ask(&request)?;
            let mut wire = Wire::new(&answer);
            match (wire.byte(), wire.string(), wire.end()) {
                (Some(SIGN_RESPONSE), Some(signature), Some(())) => Ok(signature.to_vec()),
                (Some(FAILURE), ..) => Err(KeyError::Agent(format!(
                    "would not sign with {}: was it refused, or is it locked (`ssh-add -X`)?",
                    key.fingerprint()
                ))),
                _ => Err(strange("a signature")),
            }
        })
    }

    fn ask(&mut self, request: &[u8]) -> Result<Vec<u8>, KeyError> {
        let mut exchange = || {
            let mut message = Vec::with_capacity(4 + request.len());
            put_string(&mut message, request);
            self.stream.write_all(&message)?;
            let mut length = [0; 4];
            self.stream.read_exact(&mut length)?;
            let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
            if length > MAX_ANSWER {
                return Ok(None);
            }
            let mut answer = vec![0; length];
            self.stream.read_exact(&mut answer)?;
            Ok(Some(answer))
        };
        match exchange() {
            Ok(Some(answer)) => Ok(answer),
            Ok(None) => Err(strange("an answer of at most 256 KiB")),
            Err(error) => Err(KeyError::Agent(format!("did not answer: {}", said(&error)))),
        }
    }
}

fn said(error: &std::io::Error) -> String {
    match error.kind() {
        // What a time limit of a socket is called.
        std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut => {
            "it was silent for too long".to_owned()
        }
        _ => error.to_string(),
    }
}

fn strange(expected: &str) -> KeyError {
    KeyError::Agent(format!("was asked for {expected} and answered something else"))
}
