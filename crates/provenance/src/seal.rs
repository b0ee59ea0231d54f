//! The seal: all of a bundle as one number, who vouches for that number, and since when.
//!
//! Everything below `seal/` stands outside of the tag manifests, since it is made over what they protect
//! and is added to for years. What each file says is in FORMAT.md, §The seal.

mod bounds;
pub mod certificate;
pub mod cms;
pub mod disclosure;
pub mod hash;
pub mod imprint;
pub mod multiproof;
pub mod nabit;
pub mod ots;
pub mod partial;
mod pem;
pub mod record;
pub mod root;
pub mod salt;
mod signature;
mod signed;
pub mod ssh;
pub mod statement;
pub mod timestamp;
pub mod tree;
pub mod vouch;

pub use hash::Hash;
pub use record::{Kind, Record};
pub use root::{Fingerprint, Root};
pub use salt::Seed;
pub use tree::Tree;

/// The folder of the seal inside a bundle.
pub const FOLDER: &str = "seal/";
/// The root over all files outside of [`FOLDER`]; this text, octet for octet, is what people sign.
pub const ROOT: &str = "seal/root.txt";
/// The secret that salts are derived from: in whole bundles only, never in a disclosure.
pub const SEED: &str = "seal/seed.txt";
/// Detached signatures over [`ROOT`]: `NAME.sig` of OpenSSH, `NAME.p7s` of CMS.
pub const SIGNATURES: &str = "seal/signatures/";
/// Timestamps: `STEM.tsr` of RFC 3161 and `STEM.ots` of OpenTimestamps, where STEM is the name below `seal/` of
/// the file they speak of, with `/` written as `-`: `root.txt.tsr`, `signatures-NAME.sig.tsr`.
pub const TIMESTAMPS: &str = "seal/timestamps/";
/// Who added what below [`SIGNATURES`] and [`TIMESTAMPS`], and when: a ledger that goes on with `metadata/events.csv`.
pub const EVENTS: &str = "seal/events.csv";
/// What a disclosure opens of the whole, and who withheld the rest.
pub const DISCLOSURE: &str = "seal/disclosure/";

/// Whether a file has a place in a seal as we know it: whatever else lies below [`FOLDER`], nothing
/// protects.
#[must_use]
pub fn is_of_the_seal(path: &str) -> bool {
    matches!(path, ROOT | SEED | EVENTS)
        || [SIGNATURES, TIMESTAMPS, DISCLOSURE].iter().any(|folder| path.starts_with(folder))
}
