//! What octets sum to: paths, algorithms, digests, manifests, and the one pass that makes them;
//! and which names survive everywhere.
//!
//! ```
//! use fixity::{Algorithm, sum_of};
//! let sum = sum_of(b"abc", &[Algorithm::Sha256]);
//! assert!(sum.digests[0].to_string().starts_with("ba7816bf"));
//! ```

mod algorithm;
pub mod carry;
mod digest;
pub mod litter;
pub mod manifest;
pub mod name;
mod observe;
mod oxum;
mod pass;
mod path;
pub mod portable;
mod rare;
mod sha512;
mod table;
pub mod twins;

pub use algorithm::{Algorithm, UnknownAlgorithm};
pub use digest::{Digest, hex_of};
pub use observe::{Observer, Phase, Step};
pub use oxum::{NotAnOxum, Oxum};
pub use pass::{Pass, Sum, sum_of};
pub use path::{PathProblem, PayloadPath};
pub use table::SumTable;
