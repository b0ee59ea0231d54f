//! What packing came to.

use super::described::Described;
use crate::refusal::Refusal;
use crate::seal::sealed::Sealed;
use export::bundle::{Checked, Receipt};
use ingest::Received;

/// What was packed.
pub(crate) struct Packed {
    pub(crate) receipt: Receipt,
    pub(crate) received: Received,
    /// What a list says of the documents, if one was given.
    pub(crate) described: Option<Described>,
    /// Its signature, or why it has none, if one was asked for.
    pub(crate) signed: Option<Result<Sealed, Refusal>>,
}

/// Documents that are not what their checksums say, and of which nothing was written.
pub(crate) struct Damaged {
    pub(crate) checked: Checked,
    pub(crate) received: Received,
    pub(crate) message: String,
    pub(crate) hint: String,
}
