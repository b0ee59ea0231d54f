//! Answers in words and in JSON.

pub(crate) mod json;
pub(crate) mod text;
