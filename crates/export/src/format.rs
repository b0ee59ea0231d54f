//! The bundle format that this crate writes and holds bundles to (`FORMAT.md`).

/// Version of the format, as `bag-info.txt` states it.
pub const FORMAT_VERSION: &str = "1";

/// Identifier of the profile that every bundle keeps, for `bag-info.txt`.
pub const PROFILE: &str = "urn:fonds:bagit-profile:1";
