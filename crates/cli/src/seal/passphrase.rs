//! The passphrase of a private key: typed without being shown, or read from where a script put it.

use super::Refused;
use crate::refusal::Refusal;
use crate::spelling::shown;
use provenance::name::spell;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use zeroize::Zeroizing;

/// Octets of the longest passphrase.
const MOST_OCTETS: u64 = 1024;
/// How often somebody may mistype it.
const MOST_TRIES: u32 = 3;

/// Where it comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum From {
    /// The terminal, without an echo.
    Terminal,
    /// A descriptor that was open when this program began.
    Descriptor(u32),
}

/// What came of trying a passphrase.
pub(super) enum Tried<T> {
    Right(T),
    Wrong(String),
    Failed(Refusal),
}

/// Asks for the passphrase of a key until it opens the key; it is wiped from memory each time.
pub(super) fn ask<T>(key: &Path, from: From, mut open: impl FnMut(&[u8]) -> Tried<T>) -> Result<T, Refusal> {
    let tries = if matches!(from, From::Terminal) { MOST_TRIES } else { 1 };
    let mut why = String::new();
    for _ in 0..tries {
        let passphrase = one(key, from)?;
        match open(passphrase.as_slice()) {
            Tried::Right(opened) => return Ok(opened),
            Tried::Failed(refusal) => return Err(refusal),
            Tried::Wrong(message) => why = message,
        }
    }
    Err(Refused::key(
        key,
        &why,
        Some(
            "give its passphrase; `ssh-keygen -y -f FILE` or `openssl pkey -in FILE` tells whether it is the right one",
        ),
    ))
}

fn one(key: &Path, from: From) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    match from {
        From::Terminal => {
            let prompt = format!("Passphrase of {}: ", spell(&shown(key)));
            let typed = rpassword::prompt_password(prompt).map_err(|error| {
                let why =
                    format!("its passphrase is needed, and there is no terminal to ask for it: {error}");
                Refused::key(
                    key,
                    &why,
                    Some("run it on a terminal, let an agent sign (--agent-key), or give --passphrase-fd N"),
                )
            })?;
            Ok(Zeroizing::new(typed.into_bytes()))
        }
        From::Descriptor(number) => {
            let mut octets =
                Zeroizing::new(Vec::with_capacity(usize::try_from(MOST_OCTETS + 1).unwrap_or(0)));
            File::open(format!("/dev/fd/{number}"))
                .and_then(|file| file.take(MOST_OCTETS + 1).read_to_end(&mut octets))
                .map_err(|error| {
                    let why = format!("cannot read its passphrase from descriptor {number}: {error}");
                    Refused::key(key, &why, Some("for example: --passphrase-fd 3 3<FILE"))
                })?;
            if octets.len() as u64 > MOST_OCTETS {
                return Err(Refused::key(key, "expected a passphrase, found more than 1,024 octets", None));
            }
            // A line ends where a person pressed the key for it.
            while matches!(octets.last(), Some(b'\n' | b'\r')) {
                octets.pop();
            }
            Ok(octets)
        }
    }
}
