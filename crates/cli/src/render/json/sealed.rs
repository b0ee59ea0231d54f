//! What was sealed, for machines.

use super::refused::VERSION;
use crate::seal::sealed;
use crate::spelling::{hex, shown};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct Sealed<'a> {
    version: u32,
    command: &'static str,
    target: String,
    root: String,
    fingerprint: String,
    root_is_new: bool,
    added: Vec<AddedRow<'a>>,
    /// Keys that had signed it already.
    already: &'a [String],
    request: Option<RequestRow<'a>>,
}

#[derive(Serialize)]
struct AddedRow<'a> {
    path: &'a str,
    detail: &'a str,
}

#[derive(Serialize)]
struct RequestRow<'a> {
    path: String,
    over: &'a str,
}

pub(crate) fn sealed(sealed: &sealed::Sealed) -> Sealed<'_> {
    let added = sealed.added.iter();
    Sealed {
        version: VERSION,
        command: "seal",
        target: shown(&sealed.target),
        root: hex(&sealed.root.hash),
        fingerprint: sealed.fingerprint.to_string(),
        root_is_new: sealed.is_root_new,
        added: added.map(|added| AddedRow { path: &added.path, detail: &added.detail }).collect(),
        already: &sealed.already,
        request: sealed.request.as_ref().map(|(path, over)| RequestRow { path: shown(path), over }),
    }
}
