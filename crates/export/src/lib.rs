//! What leaves: bundles, sheets, packs; and the examination of what left.

pub mod bundle;
mod error;
pub mod examine;
pub mod extract;
pub mod finding;
pub mod format;
pub mod mentions;
pub mod overview;
pub mod sensitive;
pub mod sheet;

pub use error::{Error, ErrorKind, Result};
