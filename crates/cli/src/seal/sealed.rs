//! What sealing came to.

use export::sealing::Added;
use provenance::seal::{Fingerprint, Root};
use std::path::PathBuf;

/// What came of sealing.
pub(crate) struct Sealed {
    pub(crate) target: PathBuf,
    pub(crate) root: Root,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) added: Vec<Added>,
    /// Whether the bundle had no root before.
    pub(crate) is_root_new: bool,
    /// Keys that had signed it already.
    pub(crate) already: Vec<String>,
    /// Where a request was written, and over what.
    pub(crate) request: Option<(PathBuf, String)>,
}
