//! Certificates that whoever checks believes, and lists of those that were revoked.

use super::Certificate;
use crate::name::excerpt;
use crate::seal::{bounds, pem, vouch::Broken};
use std::sync::Arc;
use webpki::{CertRevocationList, OwnedCertRevocationList};

/// Octets of a file of certificates, and of one of revocations.
const LONGEST: usize = 16 << 20;
/// What a revocation list in PEM is called.
const LIST: &str = "X509 CRL";
/// Revocation lists that are asked.
const MOST_LISTS: usize = 64;

/// Whom the person who checks believes. Without any, nobody is known.
#[derive(Clone, Debug, Default)]
pub struct Anchors {
    pub(super) certificates: Vec<Certificate>,
    pub(super) between: Vec<Certificate>,
    pub(super) revocations: Vec<Arc<CertRevocationList<'static>>>,
}

impl Anchors {
    /// Reads a file of certificates: PEM with any number, or one in DER.
    ///
    /// Every one of them is believed, roots and others alike (OpenSSL's `-CAfile` with `-partial_chain`), and
    /// so is a signer's own.
    ///
    /// # Errors
    /// [`Broken::Unreadable`] if there is none, one that cannot be read, or the file is over 16 MiB.
    pub fn read(file: &[u8]) -> Result<Self, Broken> {
        short_enough(file)?;
        Ok(Self { certificates: Certificate::read_all(file)?, ..Self::default() })
    }

    /// The same, with certificates that a chain may lead over, and that are no reason to believe anything
    /// (`-untrusted`).
    #[must_use]
    pub fn over(&self, certificates: &[Certificate]) -> Self {
        let mut more = self.clone();
        more.between.extend_from_slice(certificates);
        more
    }

    /// Adds revocation lists (RFC 5280 §5): PEM with any number and nothing else but remarks, or one in DER.
    ///
    /// A list counts for the certificates of the authority that signed it. One that is past its time counts, too.
    ///
    /// # Errors
    /// [`Broken::Unreadable`] if there is none, one that cannot be read, anything else beside them, which might
    /// be meant to revoke something too, or the file is over 16 MiB.
    pub fn with_revocations(mut self, file: &[u8]) -> Result<Self, Broken> {
        short_enough(file)?;
        let mut lists = Vec::new();
        if pem::is_pem(file) {
            if let Some((number, line)) = pem::stray(file, LIST) {
                return Err(bounds::unreadable(
                    "revocation lists (-----BEGIN X509 CRL-----) and nothing else",
                    &format!("`{}` in line {number}", excerpt(line)),
                ));
            }
            for block in pem::blocks(file) {
                lists.push(block.octets.map(|octets| octets.to_vec()).unwrap_or_default());
            }
        } else {
            lists.push(file.to_vec());
        }
        if lists.is_empty() || lists.len() + self.revocations.len() > MOST_LISTS {
            return Err(bounds::unreadable(
                &format!("1 to {MOST_LISTS} revocation lists (-----BEGIN X509 CRL-----)"),
                &lists.len().to_string(),
            ));
        }
        for list in lists {
            let list = OwnedCertRevocationList::from_der(&list)
                .map_err(|error| bounds::unreadable("a revocation list (RFC 5280 §5)", &error.to_string()))?;
            self.revocations.push(Arc::new(list.into()));
        }
        Ok(self)
    }

    /// The certificate that a signer names, if the file of the signature does not hold it.
    pub(in crate::seal) fn known(&self) -> impl Iterator<Item = &Certificate> {
        self.certificates.iter().chain(&self.between)
    }
}

fn short_enough(file: &[u8]) -> Result<(), Broken> {
    if file.len() > LONGEST {
        return Err(bounds::unreadable(
            &format!("a file of at most {LONGEST} octets"),
            &file.len().to_string(),
        ));
    }
    Ok(())
}
