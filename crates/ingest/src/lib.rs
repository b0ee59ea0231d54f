//! Taking custody: sources, the walk, names, and what format a document is in.
//!
//! Nothing here writes, but for a compressed TAR that is unfolded into a file without a name.
//! [`receive`] answers with an accession whose every document can then be
//! read once from its [`Documents`]; [`FormatIdentifier`] tells formats by content.

mod archive;
mod checklist;
pub mod dates;
pub mod describe;
mod eight;
mod error;
mod fnv;
mod identify;
pub mod mentions;
mod names;
mod origin;
mod parts;
mod place;
mod progress;
mod receive;
mod received;
mod root;
mod source;
mod stamp;
mod suitability;
mod supplied;
mod tree;
mod walk;

pub use error::{Error, ErrorKind};
pub use identify::FormatIdentifier;
pub use names::{Names, name_problems};
pub use receive::{Options, receive};
pub use received::{Missing, Received, Warning};
pub use source::Documents;
