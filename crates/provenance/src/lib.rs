//! What was done, and by whom: accession, item, PREMIS event and agent, ledger, seal, receipt.

pub mod accession;
pub mod agent;
pub mod cell;
pub mod description;
pub mod digest;
mod error;
pub mod event;
pub mod id;
pub mod ledger;
pub mod name;
pub mod receipt;
pub mod seal;
pub mod time;

pub use accession::{
    Accession, Arrival, Document, Format, Given, Identifier, Item, LeftOut, Reason, Source, Supplied,
};
pub use agent::Attribution;
pub use digest::{DigestText, Sha256Hex};
pub use error::{Error, ErrorKind};
pub use event::{Event, EventType, Outcome};
pub use ledger::{
    LedgerFault, LedgerProblem, LedgerSummary, LedgerVisitor, LedgerWriter, check_ledger, visit_ledger,
};
pub use time::Timestamp;
