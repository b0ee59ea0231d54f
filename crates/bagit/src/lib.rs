//! BagIt (RFC 8493) on any container: read, write, validate, with findings.

pub mod beneath;
pub mod container;
pub mod declaration;
pub mod encoding;
mod error;
pub mod fetch;
pub mod finding;
mod findings;
pub mod info;
pub mod media;
pub mod package;
pub mod profile;
mod report;
pub mod staging;
pub mod tag_file;
pub mod tree;
pub mod validate;
mod verdict;
mod version;
pub mod zip;

pub use error::{Error, ErrorKind, Result};
pub use finding::{Code, Finding};
pub use findings::{Count, Findings};
pub use report::Report;
pub use verdict::{Severity, Verdict};
pub use version::Version;
