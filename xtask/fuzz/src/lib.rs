//! What each parser keeps, whatever it is given: the one place from which libFuzzer and the tests
//! of the workspace (`xtask/tests/regressions.rs`) take it.
//!
//! A property is a function of octets that panics where it does not hold. It takes the file itself,
//! as it would lie in a bag, so that a regression is an ordinary file; only those of `bundle` are
//! changes to a bundle.

mod archive;
mod bundle;
mod checklist;
mod describe;
mod encoding;
mod fetch;
mod findings;
mod format;
mod ledger;
mod manifest;
mod openssh;
mod parts;
mod profile;
mod seal;
mod sheet;
mod shelf;
mod signature;
mod tag_files;

pub use archive::archive;
pub use bundle::bundle;
pub use checklist::checklist;
pub use describe::describe;
pub use encoding::encoding;
pub use fetch::fetch;
pub use format::format;
pub use ledger::ledger;
pub use manifest::manifest;
pub use openssh::openssh;
pub use parts::parts;
pub use profile::profile;
pub use seal::seal;
pub use sheet::sheet;
pub use signature::signature;
pub use tag_files::tag_files;

/// A property, by the name of its target, of its seeds and of its regressions.
pub type Property = (&'static str, fn(&[u8]));

/// Every property.
pub const PROPERTIES: [Property; 16] = [
    ("archive", archive),
    ("bundle", bundle),
    ("checklist", checklist),
    ("describe", describe),
    ("encoding", encoding),
    ("fetch", fetch),
    ("format", format),
    ("ledger", ledger),
    ("manifest", manifest),
    ("openssh", openssh),
    ("parts", parts),
    ("profile", profile),
    ("seal", seal),
    ("sheet", sheet),
    ("signature", signature),
    ("tag_files", tag_files),
];
