//! Certificates of OpenSSH (its PROTOCOL.certkeys): a key, for whom it is, and an authority that says so.

use super::algorithm;
use super::public::{CERTIFICATE, PublicKey};
use super::wire::{Wire, put_string};
use crate::seal::vouch::Broken;

/// For people; the other kind is for machines.
const USER: u32 = 1;
/// `valid before` of one that never ends.
const FOREVER: u64 = u64::MAX;
/// OpenSSH takes no more either.
const MAX_PRINCIPALS: usize = 256;

/// A certificate whose authority signed it rightly. Whether one believes the authority is another question.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// The key that it is about.
    pub key: PublicKey,
    /// The authority.
    pub authority: PublicKey,
    /// What the authority calls it.
    pub id: Vec<u8>,
    /// The names for which it is; never none.
    pub principals: Vec<String>,
    /// The number that the authority gave it.
    pub serial: u64,
    /// From this second since 1970 on.
    pub after: u64,
    /// Before this second since 1970; `None`: for ever.
    pub before: Option<u64>,
}

impl Certificate {
    /// Reads one and judges its own signature.
    ///
    /// # Errors
    /// [`Broken`]: not read, signed wrongly, for a machine, for nobody or everybody, or with limits that are not
    /// known here.
    pub fn read(blob: &[u8]) -> Result<Self, Broken> {
        let fields = Fields::read(blob).ok_or_else(|| {
            Broken::Unreadable("expected an OpenSSH certificate, found other octets".to_owned())
        })?;
        let key = PublicKey::from_blob(&fields.key).map_err(Broken::Unreadable)?;
        let authority = PublicKey::from_blob(fields.authority)
            .map_err(|why| Broken::Unsupported(format!("a certificate of an authority that {why}")))?;
        algorithm::verify(&authority, fields.covered, fields.signature).map_err(|broken| match broken {
            Broken::Unreadable(why) => Broken::Unreadable(format!("its certificate: {why}")),
            Broken::Mismatch(_) => {
                Broken::Mismatch("the authority that its certificate names did not sign it".to_owned())
            }
            Broken::Unsupported(why) => Broken::Unsupported(format!("a certificate with {why}")),
        })?;
        if fields.kind != USER {
            return Err(Broken::Unsupported(
                "a certificate that is for a machine and for no person".to_owned(),
            ));
        }
        if !fields.critical.is_empty() {
            return Err(Broken::Unsupported(
                "a certificate with limits (critical options) that are not judged here".to_owned(),
            ));
        }
        if fields.principals.is_empty() {
            return Err(Broken::Unsupported("a certificate that names nobody, and so everybody".to_owned()));
        }
        Ok(Self {
            key,
            authority,
            id: fields.id.to_vec(),
            principals: fields.principals.into_iter().map(str::to_owned).collect(),
            serial: fields.serial,
            after: fields.after,
            before: (fields.before != FOREVER).then_some(fields.before),
        })
    }
}

struct Fields<'a> {
    key: Vec<u8>,
    serial: u64,
    kind: u32,
    id: &'a [u8],
    principals: Vec<&'a str>,
    after: u64,
    before: u64,
    critical: &'a [u8],
    authority: &'a [u8],
    covered: &'a [u8],
    signature: &'a [u8],
}

impl<'a> Fields<'a> {
    fn read(blob: &'a [u8]) -> Option<Self> {
        let mut wire = Wire::new(blob);
        let kind = wire.text()?.strip_suffix(CERTIFICATE)?;
        wire.string()?; // a nonce
        // The numbers of the key stand here as they stand in the plain key.
        let (plain, numbers) = match kind {
            "ssh-ed25519" => ("ssh-ed25519", 1),
            "ssh-rsa" => ("ssh-rsa", 2),
            "ecdsa-sha2-nistp256" | "ecdsa-sha2-nistp384" | "ecdsa-sha2-nistp521" => (kind, 2),
            "sk-ssh-ed25519" => ("sk-ssh-ed25519@openssh.com", 2),
            "sk-ecdsa-sha2-nistp256" => ("sk-ecdsa-sha2-nistp256@openssh.com", 3),
            _ => return None,
        };
        let mut key = Vec::new();
        put_string(&mut key, plain.as_bytes());
        for _ in 0..numbers {
            put_string(&mut key, wire.string()?);
        }
        let serial = wire.long()?;
        let kind = wire.number()?;
        let id = wire.string()?;
        let principals = read_principals(wire.string()?)?;
        let (after, before) = (wire.long()?, wire.long()?);
        let critical = wire.string()?;
        wire.string()?; // extensions, which only permit things that are no matter here
        wire.string()?; // reserved
        let authority = wire.string()?;
        let covered = blob.get(..blob.len().checked_sub(wire.rest().len())?)?;
        let signature = wire.string()?;
        wire.end()?;
        Some(Self {
            key,
            serial,
            kind,
            id,
            principals,
            after,
            before,
            critical,
            authority,
            covered,
            signature,
        })
    }
}

fn read_principals(octets: &[u8]) -> Option<Vec<&str>> {
    let mut wire = Wire::new(octets);
    let mut principals = Vec::new();
    while wire.end().is_none() {
        principals.push(wire.text()?);
        if principals.len() > MAX_PRINCIPALS {
            return None;
        }
    }
    Some(principals)
}
