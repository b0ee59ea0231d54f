//! What HTTP says of the body of a response.

use super::coding::Codings;
use super::head::Head;
use crate::parts::label;

/// What the head of a response says.
#[derive(Debug, Default)]
pub(super) struct Response {
    /// Three digits, if there are such.
    pub(super) status: Option<String>,
    pub(super) media_type: String,
    /// Whether it says that the body comes in chunks.
    pub(super) chunked: bool,
    /// What is to be undone, first to last.
    pub(super) codings: Codings,
    /// The name of a coding that fonds cannot undo.
    pub(super) unknown: Option<String>,
}

impl Response {
    pub(super) fn of(head: &Head) -> Self {
        let status = head.first.split_ascii_whitespace().nth(1);
        let status =
            status.filter(|code| code.len() == 3 && code.bytes().all(|digit| digit.is_ascii_digit()));
        let names = |field: &'static str| {
            head.fields(field)
                .flat_map(|value| value.split(','))
                .map(str::trim)
                .filter(|name| !name.is_empty())
        };
        let transfer: Vec<&str> = names("Transfer-Encoding").collect();
        let chunked = transfer.last().is_some_and(|last| last.eq_ignore_ascii_case("chunked"));
        let transfer = transfer.iter().copied().filter(|name| !name.eq_ignore_ascii_case("chunked"));
        let applied: Vec<&str> = names("Content-Encoding").chain(transfer).collect();
        let (codings, unknown) = match Codings::of(&applied) {
            Ok(codings) => (codings, None),
            Err(name) => (Codings::default(), Some(label::of_coding(name))),
        };
        let media_type = head.field("Content-Type").unwrap_or_default().to_owned();
        Self { status: status.map(str::to_owned), media_type, chunked, codings, unknown }
    }
}
