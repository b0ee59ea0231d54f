//! What leaves: bundles, sheets, packs; and the examination of what left.

pub mod bundle;
mod checked;
pub mod columns;
pub mod crosswalk;
pub mod described;
pub mod disclose;
mod error;
pub mod examine;
pub mod extract;
pub mod finding;
pub mod format;
pub mod mentions;
mod one_line;
pub mod overview;
pub mod packs;
pub mod receipt;
pub mod returned;
pub mod revise;
mod root;
pub mod sealing;
pub mod sensitive;
pub mod sheet;
pub mod vouched;
pub mod vouching;
pub mod workbook;

pub use error::{Error, ErrorKind, Result};
