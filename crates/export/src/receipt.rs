//! Receipts of bundles: made of one that was verified, as a page for people; and held against one later.

mod compare;
mod html;
mod page;
mod qr;
mod text;
mod words;

pub use compare::{Comparison, compare};
pub use page::Language;

use crate::examine::Examined;
use crate::{Error, ErrorKind, Result};
use bagit::container::{Container, EntryKind};
use provenance::receipt::{Receipt, Unwritable};
use provenance::{Timestamp, name, seal};

/// What a receipt says that the bundle does not.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// Who hands the bundle over.
    pub given_by: Option<&'a str>,
    /// Who takes it.
    pub received_by: Option<&'a str>,
    /// Where.
    pub place: Option<&'a str>,
    /// When the receipt is made.
    pub made: Timestamp,
    /// By what program.
    pub software: &'a str,
}

/// Makes the receipt of a bundle that was examined.
///
/// # Errors
/// [`ErrorKind::Request`] if the bundle is not sound, has no seal, or is a disclosure: then there is
/// nothing that a receipt could speak of.
pub fn make(examined: &Examined, container: &dyn Container, order: &Order<'_>) -> Result<Receipt> {
    let report = &examined.report;
    let verdict = report.verdict();
    if !verdict.is_sound() {
        let message = format!("expected a sound bundle, found one that is {}", verdict.word());
        return Err(Error::new(ErrorKind::Request, message)
            .with_hint("`fonds verify` says what is wrong with it; a receipt is made of what is whole"));
    }
    if count(container, seal::DISCLOSURE) > 0 {
        return Err(Error::new(ErrorKind::Request, "expected a whole bundle, found a disclosure")
            .with_hint("make the receipt of the whole bundle: it holds for every part of it, too"));
    }
    let Some(root) = &examined.root else {
        return Err(Error::new(ErrorKind::Request, "expected a bundle with a seal, found none")
            .with_hint("pack the documents, or the bag, with `fonds bundle`, which seals what it writes"));
    };
    // What a bag says of itself may have several lines, and anything in them.
    let said = |label| {
        let value = report.info_value(label)?.replace(['\r', '\n'], " ");
        Some(name::spell(value.trim()).into_owned()).filter(|value| !value.is_empty())
    };
    Ok(Receipt {
        root: root.clone(),
        organisation: said("Source-Organization"),
        bagged: said("Bagging-Date"),
        payload: report.payload,
        algorithms: report.algorithms.iter().map(|algorithm| algorithm.name().to_owned()).collect(),
        signatures: count(container, seal::SIGNATURES),
        timestamps: count(container, seal::TIMESTAMPS),
        given_by: order.given_by.map(str::to_owned),
        received_by: order.received_by.map(str::to_owned),
        place: order.place.map(str::to_owned),
        made: order.made,
        software: order.software.to_owned(),
    })
}

/// The receipt as text, in lines of at most 78 columns but for long values.
///
/// # Errors
/// If a value is not fit for a receipt.
pub fn text(receipt: &Receipt, language: Language) -> Result<String> {
    text::write(receipt, language).map_err(|fault| unwritable(&fault))
}

/// The receipt as one page of HTML for A4, which holds no script and fetches nothing.
///
/// # Errors
/// If a value is not fit for a receipt.
pub fn html(receipt: &Receipt, language: Language) -> Result<String> {
    html::write(receipt, language).map_err(|fault| unwritable(&fault))
}

fn unwritable(fault: &Unwritable) -> Error {
    Error::new(ErrorKind::Request, format!("cannot write the receipt: {fault}"))
}

/// How many files lie below a folder.
fn count(container: &dyn Container, folder: &str) -> u64 {
    let files = container.entries().iter().filter(|entry| entry.kind == EntryKind::File);
    files.filter(|entry| entry.path.as_str().starts_with(folder)).count() as u64
}
