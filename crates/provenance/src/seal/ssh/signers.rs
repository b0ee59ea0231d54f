//! Whom the person who checks believes: OpenSSH's list of allowed signers (`ssh-keygen(1)`, ALLOWED SIGNERS).

mod line;
pub(super) mod moment;
mod pattern;

use super::certificate::Certificate;
use super::public::PublicKey;
use super::{Fault, MAX_LIST, NAMESPACE};
use crate::Timestamp;
use crate::name::excerpt;
use crate::seal::vouch::Trust;
use chrono::DateTime;
use line::Signer;

/// Keys, whose they are, for what and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedSigners {
    signers: Vec<Signer>,
}

impl AllowedSigners {
    /// Reads a file. Empty lines and those that begin with `#` say nothing.
    ///
    /// # Errors
    /// Every line that is not understood. The others are not used either: whoever checks must know what is believed.
    pub fn read(octets: &[u8]) -> Result<Self, Vec<Fault>> {
        let mut signers = Vec::new();
        let mut faults = Vec::new();
        for (line, text) in lines(octets)? {
            match Signer::read(text) {
                Ok(signer) => signers.push(signer),
                Err(what) => faults.push(Fault { line, what }),
            }
        }
        if faults.is_empty() { Ok(Self { signers }) } else { Err(faults) }
    }

    /// Whose a key is. As `ssh-keygen -Y find-principals`, the first line that fits counts, and the name is the
    /// principals as they stand there.
    pub(super) fn trust(&self, key: &PublicKey, at: Option<Timestamp>) -> Trust {
        self.first(|signer| {
            let fits = !signer.authority && signer.key == *key && signer.is_for(NAMESPACE);
            fits.then(|| match signer.in_time(at) {
                Ok(()) => Trust::Known { who: excerpt(signer.principals.as_bytes()) },
                Err(when) => Trust::OutOfTime(when),
            })
        })
    }

    /// Whose a certificate is: the names in it that a believed authority may give.
    pub(super) fn trust_certificate(&self, certificate: &Certificate, at: Option<Timestamp>) -> Trust {
        self.first(|signer| {
            if !signer.authority || signer.key != certificate.authority || !signer.is_for(NAMESPACE) {
                return None;
            }
            let names: Vec<_> = certificate
                .principals
                .iter()
                .filter(|name| pattern::matches(&signer.principals, name))
                .map(|name| excerpt(name.as_bytes()))
                .collect();
            if names.is_empty() {
                return None;
            }
            Some(match signer.in_time(at).and_then(|()| in_time(certificate, at)) {
                Ok(()) => Trust::Known { who: names.join(",") },
                Err(when) => Trust::OutOfTime(when),
            })
        })
    }

    /// The first that is known, else the first that says anything.
    fn first(&self, judge: impl Fn(&Signer) -> Option<Trust>) -> Trust {
        let mut said = None;
        for trust in self.signers.iter().filter_map(judge) {
            if let Trust::Known { .. } = trust {
                return trust;
            }
            said.get_or_insert(trust);
        }
        said.unwrap_or(Trust::Unknown)
    }
}

/// The lines of a list that say something, with their numbers.
pub(super) fn lines(octets: &[u8]) -> Result<Vec<(usize, &str)>, Vec<Fault>> {
    let whole = |what: String| vec![Fault { line: 0, what }];
    if octets.len() > MAX_LIST {
        return Err(whole(format!("expected a list of at most {MAX_LIST} octets, found {}", octets.len())));
    }
    let octets = octets.strip_prefix("\u{feff}".as_bytes()).unwrap_or(octets);
    let mut said = Vec::new();
    let mut faults = Vec::new();
    for (number, line) in (1..).zip(octets.split(|octet| *octet == b'\n')) {
        match std::str::from_utf8(line).map(str::trim_ascii) {
            Ok(line) if line.is_empty() || line.starts_with('#') => {}
            Ok(line) => said.push((number, line)),
            Err(_) => faults
                .push(Fault { line: number, what: format!("expected UTF-8, found \"{}\"", excerpt(line)) }),
        }
    }
    if faults.is_empty() { Ok(said) } else { Err(faults) }
}

/// Whether a certificate was valid; if not, when it is.
fn in_time(certificate: &Certificate, at: Option<Timestamp>) -> Result<(), String> {
    let Certificate { after, before, .. } = *certificate;
    if after == 0 && before.is_none() {
        return Ok(());
    }
    // Whole seconds, since that is what a certificate counts; before 1970 none is valid.
    let second = at.map(|at| u64::try_from(DateTime::from(at).timestamp()).ok());
    match second {
        Some(Some(second)) if after <= second && before.is_none_or(|before| second < before) => Ok(()),
        _ => Err(format!(
            "the certificate is valid from {}{}{}",
            told(after),
            before.map(|before| format!(" before {}", told(before))).unwrap_or_default(),
            moment::against(at),
        )),
    }
}

fn told(second: u64) -> String {
    i64::try_from(second)
        .ok()
        .and_then(|second| DateTime::from_timestamp(second, 0))
        .and_then(|time| Timestamp::try_from(time).ok())
        .map_or_else(|| format!("second {second} since 1970"), |time| time.to_string())
}
