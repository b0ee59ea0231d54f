//! Whom and what the person who verifies believes, from files that they hand over; never from the bag.

use crate::refusal::Refusal;
use crate::spelling::shown;
use crate::{Context, whole_file};
use export::vouching::Believed;
use provenance::Timestamp;
use provenance::seal::certificate::Anchors;
use provenance::seal::ots::Headers;
use provenance::seal::ssh::{AllowedSigners, Fault, Revoked};
use provenance::seal::vouch::Broken;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Octets of the longest such file.
const MOST_OCTETS: u64 = 16 << 20;
/// What a list of revoked certificates in PEM begins with.
const CRL: &[u8] = b"-----BEGIN X509 CRL-----";

/// Files that say whom to believe.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct BelievedArgs {
    /// Keys of OpenSSH that you believe, and whose they are: `WHO ssh-ed25519 AAAA…` on each line, as
    /// ssh-keygen(1) has it under ALLOWED SIGNERS
    #[arg(long, value_name = "FILE")]
    allowed_signers: Option<PathBuf>,
    /// Keys that are not believed any more: one of OpenSSH on each line, or a list of `ssh-keygen -k`; and
    /// revocation lists (X509 CRL) of authorities; may be repeated
    #[arg(long, value_name = "FILE")]
    revoked: Vec<PathBuf>,
    /// Authorities whose certificates you believe, in PEM: for signatures in CMS, and for timestamps
    #[arg(long, value_name = "FILE.pem")]
    ca: Option<PathBuf>,
    /// Authorities for timestamps, if they are others than those of --ca
    #[arg(long, value_name = "FILE.pem")]
    tsa_ca: Option<PathBuf>,
    /// Headers of Bitcoin's blocks for proofs of OpenTimestamps: `HEIGHT HEADER` on each line
    #[arg(long, value_name = "FILE")]
    block_headers: Option<PathBuf>,
}

impl BelievedArgs {
    /// Reads them all. A list that is not understood to its last line is not used at all.
    pub(crate) fn read(&self, context: &Context<'_>) -> Result<Believed, Refusal> {
        let anchors = |path: &Option<PathBuf>| match path {
            Some(path) => Anchors::read(&read(path)?).map_err(|broken| refused(path, &why(broken))),
            None => Ok(Anchors::default()),
        };
        let mut believed = Believed {
            signers: None,
            revoked: None,
            authorities: anchors(&self.ca)?,
            timestamping: anchors(if self.tsa_ca.is_some() { &self.tsa_ca } else { &self.ca })?,
            headers: Headers::default(),
            now: context.now.as_ref().ok().and_then(|&now| Timestamp::try_from(now).ok()),
        };
        if let Some(path) = &self.allowed_signers {
            let signers = AllowedSigners::read(&read(path)?);
            believed.signers = Some(signers.map_err(|faults| refused(path, &listed(&faults)))?);
        }
        for path in &self.revoked {
            revoke(&mut believed, path)?;
        }
        if let Some(path) = &self.block_headers {
            believed.headers = Headers::read(&read(path)?).map_err(|broken| refused(path, &why(broken)))?;
        }
        Ok(believed)
    }

    /// The same as words for another process.
    pub(crate) fn words(&self) -> Vec<OsString> {
        let one = |name: &str, path: &Option<PathBuf>| -> Vec<OsString> {
            path.iter().flat_map(|path| [OsString::from(name), path.clone().into()]).collect()
        };
        let mut words = one("--allowed-signers", &self.allowed_signers);
        words.extend(self.revoked.iter().flat_map(|path| [OsString::from("--revoked"), path.clone().into()]));
        words.extend(one("--ca", &self.ca));
        words.extend(one("--tsa-ca", &self.tsa_ca));
        words.extend(one("--block-headers", &self.block_headers));
        words
    }
}

fn revoke(believed: &mut Believed, path: &Path) -> Result<(), Refusal> {
    let octets = read(path)?;
    if octets.windows(CRL.len()).any(|window| window == CRL) {
        for anchors in [&mut believed.authorities, &mut believed.timestamping] {
            let with = std::mem::take(anchors).with_revocations(&octets);
            *anchors = with.map_err(|broken| refused(path, &why(broken)))?;
        }
        return Ok(());
    }
    if believed.revoked.is_some() {
        return Err(refused(
            path,
            "expected one list of revoked keys, found a second; put them into one file",
        ));
    }
    let revoked = Revoked::read(&octets).map_err(|faults| refused(path, &listed(&faults)))?;
    believed.revoked = Some(revoked);
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>, Refusal> {
    whole_file::read(path, MOST_OCTETS)
        .map_err(|error| Refusal::new(&format_args!("cannot read `{}`: {error}", shown(path)), None))
}

fn refused(path: &Path, why: &str) -> Refusal {
    let hint = "mend the file, and give each sort of list a file of its own; without all of it nobody could \
                tell whom you believe";
    Refusal::new(&format_args!("cannot use `{}`: {why}", shown(path)), Some(hint))
}

fn listed(faults: &[Fault]) -> String {
    let mut words: Vec<String> = faults.iter().take(20).map(ToString::to_string).collect();
    if faults.len() > words.len() {
        words.push(format!("and {} more", faults.len() - words.len()));
    }
    words.join("; ")
}

/// Why something of a seal says nothing.
pub(crate) fn why(broken: Broken) -> String {
    let (Broken::Unreadable(why) | Broken::Mismatch(why) | Broken::Unsupported(why)) = broken;
    why
}
