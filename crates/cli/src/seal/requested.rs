//! A request for a timestamp, to be carried to a machine with a network.

use super::Refused;
use super::draft::Draft;
use crate::Context;
use crate::believed::why;
use crate::refusal::Refusal;
use crate::spelling::shown;
use bagit::staging::Staged;
use provenance::seal::imprint::Imprint;
use provenance::seal::timestamp::Request;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A request that gets its name when the bundle is there of which it speaks.
pub(super) struct Requested {
    pub(super) staged: Staged,
    /// Where it will stand, and over what it is.
    pub(super) asked: (PathBuf, String),
}

impl Requested {
    /// Writes one beside `path`, where nothing may stand yet: `over` the root, or a signature.
    pub(super) fn stage(path: &Path, over: Option<&str>, draft: &Draft<'_>) -> Result<Self, Refusal> {
        let (over, content) = draft.over(over).map_err(|found| Refused::nothing(&found))?;
        let octets = self::over(&content)?.to_der().map_err(|broken| Refused::nothing(&why(broken)))?;
        let (staged, mut file) = Staged::file(path).map_err(|error| Refusal::new(&error, error.hint()))?;
        file.write_all(&octets).map_err(|error| {
            let message = format!("cannot write `{}`: {error}", shown(path));
            Refusal::new(&message, Some("nothing was changed"))
        })?;
        Ok(Self { staged, asked: (path.to_owned(), over) })
    }
}

/// A request over some octets, with a nonce of its own.
pub(super) fn over(content: &[u8]) -> Result<Request, Refusal> {
    let nonce = Context::draw_nonce().map_err(|problem| Refused::nothing(&problem))?;
    Ok(Request::over(content, Imprint::Sha256, nonce))
}
