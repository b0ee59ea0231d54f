//! Receipts that a bundle is held against: read before anything is examined.

use crate::answer::ReceiptRow;
use crate::refusal::Refusal;
use crate::spelling::shown;
use crate::whole_file;
use bagit::container::Container;
use export::examine::Examined;
use export::receipt::compare;
use provenance::receipt::{MOST_OCTETS, Stated};
use std::path::{Path, PathBuf};

/// Receipts and where they are from.
#[derive(Default)]
pub(super) struct Receipts(Vec<(String, Stated)>);

impl Receipts {
    /// Reads them all; one that cannot be read is no reason to look at the rest.
    pub(super) fn read(paths: &[PathBuf]) -> Result<Self, Refusal> {
        let read = |path: &PathBuf| Ok((shown(path), read(path)?));
        paths.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Holds each of them against a bundle, whose findings get what does not agree.
    pub(super) fn compare(&self, examined: &mut Examined, container: &dyn Container) -> Vec<ReceiptRow> {
        let row = |(path, stated): &(String, Stated)| ReceiptRow {
            path: path.clone(),
            comparison: compare(examined, container, stated).word().to_owned(),
            made: stated.made.to_string(),
            bundle: stated.root.bundle.clone(),
            fingerprint: stated.root.fingerprint().to_string(),
        };
        self.0.iter().map(row).collect()
    }
}

fn read(path: &Path) -> Result<Stated, Refusal> {
    let octets = whole_file::read(path, MOST_OCTETS as u64).map_err(|error| {
        let message = format!("cannot read the receipt `{}`: {error}", shown(path));
        Refusal::new(
            &message,
            Some("give the file that `fonds receipt` wrote, or one with the line of its QR code"),
        )
    })?;
    Stated::read(&octets).map_err(|fault| {
        let message = format!("cannot read the receipt `{}`: {fault}", shown(path));
        Refusal::new(&message, Some("take the receipt as it was made: one that was changed proves nothing. A paper one has a QR code, whose line can be put into a file"))
    })
}
