//! Keys that are not to be believed any more.

use super::certificate::Certificate;
use super::krl::{self, Krl};
use super::public::{PublicKey, is_certificate};
use super::signers::lines;
use super::signers::moment::Moment;
use super::wire::Wire;
use super::{Fault, MAX_LIST};
use crate::Timestamp;
use crate::name::excerpt;
use base64ct::{Base64, Base64Unpadded, Encoding};
use std::collections::BTreeMap;

/// How a line says since when a key is revoked.
const AFTER: &str = "revoked-after=";

/// Revoked keys: a list with one on each line, or OpenSSH's own key revocation list (`ssh-keygen -k`).
///
/// A line is a public key as in a `.pub` file, or `SHA256:…`. OpenSSH takes the same keys (`ssh-keygen -Y verify -r`).
/// Behind the key, where OpenSSH has a comment, may stand `revoked-after=20230706Z`: then signatures that a trusted
/// timestamp shows to be older are still good, while OpenSSH refuses them all. Without it none is good.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revoked {
    /// By fingerprint; with a time, those that are older are good.
    keys: BTreeMap<String, Option<Timestamp>>,
    list: Krl,
}

impl Revoked {
    /// Reads a file of either form.
    ///
    /// # Errors
    /// Every line that is not understood: a key that was to be revoked must not pass.
    pub fn read(octets: &[u8]) -> Result<Self, Vec<Fault>> {
        if octets.starts_with(krl::MAGIC) {
            let whole = |what: String| vec![Fault { line: 0, what }];
            if octets.len() > MAX_LIST {
                return Err(whole(format!("expected at most {MAX_LIST} octets, found {}", octets.len())));
            }
            let list = Krl::read(octets).map_err(whole)?;
            return Ok(Self { keys: BTreeMap::new(), list });
        }
        let mut revoked = Self::default();
        let mut faults = Vec::new();
        for (line, text) in lines(octets)? {
            match read_line(text) {
                Ok((key, after)) => revoked.add(key, after),
                Err(what) => faults.push(Fault { line, what }),
            }
        }
        if faults.is_empty() { Ok(revoked) } else { Err(faults) }
    }

    /// Of two lines about a key the stricter one counts.
    fn add(&mut self, key: String, after: Option<Timestamp>) {
        let stricter = self.keys.get(&key).map_or(after, |known| known.zip(after).map(|(a, b)| a.min(b)));
        self.keys.insert(key, stricter);
    }

    /// Whether a signature falls under it: by its key, or by its certificate or the authority of that.
    pub(super) fn covers(
        &self,
        key: &PublicKey,
        certificate: Option<&Certificate>,
        at: Option<Timestamp>,
    ) -> bool {
        let revoked = |key: &PublicKey| {
            let by_line = self.keys.get(&key.fingerprint()).is_some_and(|after| {
                // Only what is shown to be older is older.
                !matches!((after, at), (Some(after), Some(at)) if at < *after)
            });
            by_line || self.list.has(key)
        };
        revoked(key)
            || certificate.is_some_and(|certificate| {
                revoked(&certificate.authority) || self.list.has_certificate(certificate)
            })
    }
}

/// A fingerprint, and since when it is revoked.
fn read_line(line: &str) -> Result<(String, Option<Timestamp>), String> {
    let mut words = line.split_ascii_whitespace().peekable();
    if words.peek() == Some(&"hash:") {
        words.next();
    }
    let first = words.next().unwrap_or_default();
    let fingerprint = if let Some(digest) = first.strip_prefix("SHA256:") {
        let known = Base64Unpadded::decode_vec(digest).is_ok_and(|octets| octets.len() == 32);
        known.then(|| first.to_owned()).ok_or_else(|| {
            format!("expected SHA256: and 43 characters, found \"{}\"", excerpt(first.as_bytes()))
        })?
    } else if is_certificate(first) {
        let blob = Base64::decode_vec(words.next().unwrap_or_default()).ok();
        // Whoever lists a certificate does not believe its key.
        blob.filter(|blob| Wire::new(blob).text() == Some(first))
            .and_then(|blob| Certificate::read(&blob).ok())
            .map(|certificate| certificate.key.fingerprint())
            .ok_or("expected a certificate that can be read; list its plain key instead")?
    } else {
        words.next();
        PublicKey::line(line)
            .map_err(|why| format!("{why} (a list for `ssh-keygen -k` is to be made into its file first)"))?
            .fingerprint()
    };
    let mut after = None;
    for word in words.filter(|word| word.to_ascii_lowercase().starts_with("revoked-")) {
        let time = word.strip_prefix(AFTER).map(|time| time.trim_matches('"')).and_then(Moment::read);
        match (time, after) {
            // In any time zone that may be meant.
            (Some(time), None) => after = Some(time.earliest),
            _ => {
                return Err(format!(
                    "expected once {AFTER} and a time such as 20230706Z, found \"{}\"",
                    excerpt(word.as_bytes())
                ));
            }
        }
    }
    Ok((fingerprint, after))
}
