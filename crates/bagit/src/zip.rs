//! ZIP files in fonds' canonical layout (FORMAT.md, "The ZIP").
//!
//! The layout leaves one way to write a given list of names, contents and times, so that a reader
//! can write every header anew and compare octets: nothing in an accepted file has two readings.

mod audit;
mod layout;
mod reader;
mod recompress;
mod record;
mod rewrite;
mod writer;

pub use layout::{Layout, Listing, Member};
pub use recompress::recompress;
pub use record::DosTime;
pub use rewrite::{Rewriting, rewrite};
pub use writer::ZipPackage;

pub(crate) use audit::{Audited, audit, shown};
pub(crate) use reader::{CanonicalZip, Stop, ZipEntry};
pub(crate) use record::Method;
pub(crate) use writer::TagWriter;
