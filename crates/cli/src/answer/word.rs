//! A verdict as its word, or that there is none.

use super::NOT_EXAMINED;
use bagit::Verdict;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};

#[expect(clippy::trivially_copy_pass_by_ref, clippy::ref_option, reason = "serde hands over a reference")]
pub(super) fn serialize<S: Serializer>(verdict: &Option<Verdict>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(verdict.map_or(NOT_EXAMINED, Verdict::word))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Verdict>, D::Error> {
    let word = String::deserialize(from)?;
    match Verdict::ALL.into_iter().find(|verdict| verdict.word() == word) {
        None if word != NOT_EXAMINED => Err(D::Error::custom("no such verdict")),
        verdict => Ok(verdict),
    }
}
